package resolvers

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

var chainShape = shape[graph.AuthorityChain]{
	"attribution": shown(func(a *graph.AuthorityChain) graph.ID { return a.Attribution }),
	"document":    shown(func(a *graph.AuthorityChain) graph.ID { return a.Document }),
	"polarity":    word(func(a *graph.AuthorityChain) graph.Polarity { return a.Polarity }),
	"assertedAt":  moment(func(a *graph.AuthorityChain) time.Time { return a.At }),
	"footing":     word(func(a *graph.AuthorityChain) graph.Footing { return a.Footing }),
	"length":      count(func(a *graph.AuthorityChain) int { return len(a.Hops) }),
	"hops":        parts(hopShape, func(a *graph.AuthorityChain) []graph.AuthorityHop { return a.Hops }),
}

var hopShape = shape[graph.AuthorityHop]{
	"kind":        word(func(h *graph.AuthorityHop) graph.HopKind { return h.Kind }),
	"actors":      shownAll(func(h *graph.AuthorityHop) []graph.ID { return h.Actors }),
	"attribution": shown(func(h *graph.AuthorityHop) graph.ID { return h.Attribution }),
	"citations":   shownAll(func(h *graph.AuthorityHop) []graph.ID { return h.Citations }),
	"documents":   shownAll(func(h *graph.AuthorityHop) []graph.ID { return h.Documents }),
	"spans":       shownAll(func(h *graph.AuthorityHop) []graph.ID { return h.Spans }),
	"judgements":  shownAll(func(h *graph.AuthorityHop) []graph.ID { return h.Judgements }),
}

// authority is the chains by which a claim came to us.
func authority(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	given := f.ArgumentMap(c.op.Variables)
	claim, err := ids(given["claim"])
	if err != nil {
		return nil, err
	}
	first, err := number(given, "first", 50)
	if err != nil {
		return nil, err
	}
	t, err := times(given)
	if err != nil {
		return nil, err
	}
	v, err := compute(c, chainShape.list, f)
	if err != nil {
		return nil, err
	}
	chains, err := g.Authority(ctx, claim[0], first, t)
	if err != nil {
		return nil, err
	}
	return v.answer(ctx, g, c, &chains)
}
