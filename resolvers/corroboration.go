package resolvers

import (
	"context"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

var corroborationShape = shape[graph.Corroboration]{
	"attributions":   count(func(c *graph.Corroboration) int { return c.Attributions }),
	"denials":        count(func(c *graph.Corroboration) int { return c.Denials }),
	"documents":      count(func(c *graph.Corroboration) int { return c.Documents }),
	"outlets":        count(func(c *graph.Corroboration) int { return c.Outlets }),
	"originsAtLeast": count(func(c *graph.Corroboration) int { return c.OriginsAtLeast }),
	"originsAtMost":  count(func(c *graph.Corroboration) int { return c.OriginsAtMost }),
	"singleSourced":  flag(func(c *graph.Corroboration) bool { return c.SingleSourced }),
	"circular":       flag(func(c *graph.Corroboration) bool { return c.Circular }),
	"truncated":      flag(func(c *graph.Corroboration) bool { return c.Truncated }),
	"basis":          shownAll(func(c *graph.Corroboration) []graph.ID { return c.Basis }),
	"judgements":     shownAll(func(c *graph.Corroboration) []graph.ID { return c.Judgements }),
}

func corroborations(
	ctx context.Context, g *graph.Graph, claims []graph.ID, given map[string]any,
) (map[graph.ID]graph.Corroboration, error) {
	t, err := times(given)
	if err != nil {
		return nil, err
	}
	return g.Corroborations(ctx, claims, graph.Wording(given["variants"] == true), t)
}

var appearanceShape = shape[graph.Appearance]{
	"at":          moment(func(a *graph.Appearance) time.Time { return a.At }),
	"role":        word(func(a *graph.Appearance) graph.AppearanceRole { return a.Role }),
	"claim":       shown(func(a *graph.Appearance) graph.ID { return a.Claim }),
	"newWording":  flag(func(a *graph.Appearance) bool { return a.NewWording }),
	"document":    shown(func(a *graph.Appearance) graph.ID { return a.Document }),
	"attribution": shown(func(a *graph.Appearance) graph.ID { return a.Attribution }),
}

func timelines(
	ctx context.Context, g *graph.Graph, claims []graph.ID, _ map[string]any,
) (map[graph.ID][]graph.Appearance, error) {
	return g.Timelines(ctx, claims)
}
