package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

var cycleShape = shape[graph.Cycle]{
	"level":      word(func(c *graph.Cycle) graph.CycleLevel { return c.Level }),
	"length":     count(func(c *graph.Cycle) int { return len(c.Links) }),
	"links":      parts(cycleLinkShape, func(c *graph.Cycle) []graph.CycleLink { return c.Links }),
	"judgements": shownAll(func(c *graph.Cycle) []graph.ID { return c.Judgements }),
}

var cycleLinkShape = shape[graph.CycleLink]{
	"from":  shown(func(l *graph.CycleLink) graph.ID { return l.From }),
	"to":    shown(func(l *graph.CycleLink) graph.ID { return l.To }),
	"spans": shownAll(func(l *graph.CycleLink) []graph.ID { return l.Spans }),
}

var cyclesShape = connectionShape(cycleShape, func(c *graph.Cycle) string { return c.Cursor })

// circularCitations is a connection to the cycles of documents and outlets.
func circularCitations(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	var p graph.CyclePage
	var err error
	if p.First, p.After, err = c.pageArguments(f); err != nil {
		return nil, err
	}
	given := f.ArgumentMap(c.op.Variables)
	if p.MaxLength, err = number(given, "maxLength", 4); err != nil {
		return nil, err
	}
	level, _ := given["level"].(string)
	p.Level = graph.CycleLevel(level)
	v, err := compute(c, cyclesShape.compile, f)
	if err != nil {
		return nil, err
	}
	cycles, more, err := g.Cycles(ctx, p)
	if err != nil {
		return nil, err
	}
	if err := g.CycleSpans(ctx, cycles); err != nil {
		return nil, err
	}
	return v.answer(ctx, g, c, &computedPage[graph.Cycle]{cycles, more, p.After != ""})
}
