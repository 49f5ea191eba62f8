package resolvers

import (
	"context"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

var receiptShape = shape[graph.Receipt]{
	"attribution":   shown(func(r *graph.Receipt) graph.ID { return r.Attribution }),
	"document":      shown(func(r *graph.Receipt) graph.ID { return r.Document }),
	"textSha256":    word(func(r *graph.Receipt) string { return r.TextSHA256 }),
	"loaderVersion": optional(func(r *graph.Receipt) *string { return given(r.LoaderVersion) }),
	"modelVersion":  optional(func(r *graph.Receipt) *string { return given(r.ModelVersion) }),
	"retrievedAt":   moment(func(r *graph.Receipt) time.Time { return r.RetrievedAt }),
	"spans":         shownAll(func(r *graph.Receipt) []graph.ID { return r.Spans }),
}

// given returns nil for an empty text.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func receipts(
	ctx context.Context, g *graph.Graph, nodes []graph.ID, _ map[string]any,
) (map[graph.ID][]graph.Receipt, error) {
	return g.Receipts(ctx, nodes)
}

var citationCheckShape = shape[graph.CitationCheck]{
	"resolution": word(func(c *graph.CitationCheck) graph.Resolution { return c.Resolution }),
	"from":       moment(func(c *graph.CitationCheck) time.Time { return c.From }),
	"to":         moment(func(c *graph.CitationCheck) time.Time { return c.To }),
	"sentences":  count(func(c *graph.CitationCheck) int { return c.Sentences }),
	"problems": plain(func(c *graph.CitationCheck) []graph.CitationProblem { return c.Problems },
		appendWords),
}

func citationChecks(
	ctx context.Context, g *graph.Graph, citations []graph.ID, _ map[string]any,
) (map[graph.ID]graph.CitationCheck, error) {
	return g.CitationChecks(ctx, citations)
}

var degreeShape = shape[graph.Degree]{
	"edge":    word(func(d *graph.Degree) graph.EdgeKind { return d.Edge }),
	"reverse": flag(func(d *graph.Degree) bool { return d.Reverse }),
	"kind":    word(func(d *graph.Degree) string { return kindName(d.Far) }),
	"count":   count(func(d *graph.Degree) int { return d.Count }),
}

func degrees(
	ctx context.Context, g *graph.Graph, nodes []graph.ID, _ map[string]any,
) (map[graph.ID][]graph.Degree, error) {
	return g.Degrees(ctx, nodes)
}
