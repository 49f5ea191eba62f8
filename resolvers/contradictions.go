package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

var pairShape = shape[graph.Contradiction]{
	"type":       word(func(p *graph.Contradiction) graph.ContradictionType { return p.Type }),
	"score":      fraction(func(p *graph.Contradiction) float64 { return p.Score }),
	"relation":   shown(func(p *graph.Contradiction) graph.ID { return p.Relation }),
	"one":        part(sideShape, func(p *graph.Contradiction) graph.Side { return p.One }),
	"other":      part(sideShape, func(p *graph.Contradiction) graph.Side { return p.Other }),
	"judgements": shownAll(func(p *graph.Contradiction) []graph.ID { return p.Judgements }),
}

var sideShape = shape[graph.Side]{
	"claim":        shown(func(s *graph.Side) graph.ID { return s.Claim }),
	"polarity":     word(func(s *graph.Side) graph.Polarity { return s.Polarity }),
	"attributions": shownAll(func(s *graph.Side) []graph.ID { return s.Attributions }),
}

var pairsShape = connectionShape(pairShape, func(p *graph.Contradiction) string { return p.Cursor })

// contradictions is a connection to what contradicts what.
func contradictions(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	var p graph.ContradictionPage
	var err error
	if p.First, p.After, err = c.pageArguments(f); err != nil {
		return nil, err
	}
	given := f.ArgumentMap(c.op.Variables)
	if p.Where, err = c.where(f, given); err != nil {
		return nil, err
	}
	for _, t := range values(given["types"]) {
		name, _ := t.(string)
		p.Types = append(p.Types, graph.ContradictionType(name))
	}
	v, err := compute(c, pairsShape.compile, f)
	if err != nil {
		return nil, err
	}
	pairs, more, err := g.Contradictions(ctx, p)
	if err != nil {
		return nil, err
	}
	return v.answer(ctx, g, c, &computedPage[graph.Contradiction]{pairs, more, p.After != ""})
}
