package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

var identityShape = shape[graph.Identity]{
	"actors":     shownAll(func(i *graph.Identity) []graph.ID { return i.Actors }),
	"judgements": shownAll(func(i *graph.Identity) []graph.ID { return i.Judgements }),
}

func identities(
	ctx context.Context, g *graph.Graph, actors []graph.ID, _ map[string]any,
) (map[graph.ID]graph.Identity, error) {
	return g.Identities(ctx, actors)
}

var candidateShape = shape[graph.MergeCandidate]{
	"actor": shown(func(c *graph.MergeCandidate) graph.ID { return c.Actor }),
	"other": shown(func(c *graph.MergeCandidate) graph.ID { return c.Other }),
	"score": fraction(func(c *graph.MergeCandidate) float64 { return c.Score }),
	"reasons": plain(func(c *graph.MergeCandidate) []graph.MergeReason { return c.Reasons },
		appendWords),
	"unsure": shown(func(c *graph.MergeCandidate) graph.ID { return c.Unsure }),
}

// appendWords appends a list of members of an enum.
func appendWords[S ~string](b []byte, list []S) []byte {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = string(s)
	}
	return appendValue(b, texts)
}

var candidatesShape = connectionShape(candidateShape, func(c *graph.MergeCandidate) string { return c.Cursor })

// mergeCandidates is a connection to the pairs of actors that may be one.
func mergeCandidates(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	var p graph.CandidatePage
	var err error
	if p.First, p.After, err = c.pageArguments(f); err != nil {
		return nil, err
	}
	given := f.ArgumentMap(c.op.Variables)
	if p.MinScore, err = fractionOf(given["minScore"]); err != nil {
		return nil, err
	}
	if given["actor"] != nil {
		asked, err := ids(given["actor"])
		if err != nil {
			return nil, err
		}
		p.Actor = asked[0]
	}
	v, err := compute(c, candidatesShape.compile, f)
	if err != nil {
		return nil, err
	}
	list, more, err := g.MergeCandidates(ctx, p)
	if err != nil {
		return nil, err
	}
	return v.answer(ctx, g, c, &computedPage[graph.MergeCandidate]{list, more, p.After != ""})
}

// fractionOf reads a number argument; 0 if it is null.
func fractionOf(v any) (float64, error) {
	if v == nil {
		return 0, nil
	}
	f, ok := decimal(v).(float64)
	if !ok {
		return 0, invalid("%v is no number that we know", v)
	}
	return f, nil
}
