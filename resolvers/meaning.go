package resolvers

import (
	"context"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

// A Sense places texts by what they mean. It is called from several goroutines.
type Sense interface {
	Vectors(ctx context.Context, texts []string) ([]graph.Vector, error)
	Version() string // names the model
}

// leastRelevant is the cosine from which on a claim has to do with what is searched for.
const leastRelevant = 0.3

// search is a connection to the nodes whose texts match, best first.
func (r *Reads) search(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	given := f.ArgumentMap(c.op.Variables)
	if given["mode"] == "MEANING" {
		return r.searchMeaning(ctx, g, c, f)
	}
	return searchWords(ctx, g, c, f)
}

// searchMeaning is a connection to the claims that lie nearest to a text.
func (r *Reads) searchMeaning(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	given := f.ArgumentMap(c.op.Variables)
	kinds, err := nodeKinds(given["kinds"])
	if err != nil {
		return nil, err
	}
	for _, kind := range kinds {
		if kind != graph.KindClaim {
			return nil, invalid("only %s can be searched by meaning, not %s", kindName(graph.KindClaim), kindName(kind))
		}
	}
	l := &level{Level: graph.Level{
		Kinds: []graph.NodeKind{graph.KindClaim}, Order: []graph.Order{{Prop: graph.Score, Desc: true}},
	}}
	if err := c.arguments(l, f); err != nil {
		return nil, err
	}
	w, err := c.connection(l, f)
	if err != nil {
		return nil, err
	}
	text, _ := given["text"].(string)
	near, err := r.nearest(ctx, g, text)
	if err != nil {
		return nil, err
	}
	rows, err := pageOf(ctx, g, l, near)
	if err != nil {
		return nil, err
	}
	if err := l.complete(ctx, g, []graph.Rows{rows}); err != nil {
		return nil, err
	}
	return w(c.answer, &rows)
}

// nearest returns the claims nearest to a text, none where it has no words.
func (r *Reads) nearest(ctx context.Context, g *graph.Graph, text string) ([]graph.Near, error) {
	if r.Sense == nil {
		return nil, invalid("this server cannot search by meaning; search by mode WORDS")
	}
	if len(graph.Terms(text)) == 0 {
		return nil, nil
	}
	vectors, err := r.Sense.Vectors(ctx, []string{text})
	if err != nil {
		return nil, fmt.Errorf("place a text by its meaning: %w", err)
	}
	o := graph.NearestOptions{Model: r.Sense.Version(), First: graph.MaxNearest, AtLeast: leastRelevant}
	near, err := g.Nearest(ctx, vectors, o)
	if err != nil || len(near[0]) > 0 {
		return near[0], err
	}
	o.First, o.AtLeast = 1, -1
	if near, err = g.Nearest(ctx, vectors, o); err == nil && len(near[0]) == 0 {
		return nil, invalid("of no claim of this graph it is known where it lies; load articles with --model accurate, or search by mode WORDS")
	}
	return nil, err
}

// pageOf selects the level's page of claims that are in the order of CompareNear.
func pageOf(ctx context.Context, g *graph.Graph, l *level, near []graph.Near) (graph.Rows, error) {
	cosines := make(map[graph.ID]float64, len(near))
	var ids []graph.ID
	for _, n := range near {
		cosines[n.ID], ids = n.Cosine, append(ids, n.ID)
	}
	var page graph.Rows
	if len(ids) == 0 {
		return page, nil
	}
	shown, err := g.Select(ctx, graph.Select{IDs: ids}) // without what is retracted
	if err != nil {
		return page, err
	}
	ids = ids[:0]
	for _, row := range shown.Rows {
		ids = append(ids, row.ID)
	}
	page.Total = len(ids)
	if l.After != nil {
		after := graph.Near{ID: l.After.ID}
		after.Cosine, _ = l.After.Order[0].(float64)
		ids = slices.DeleteFunc(ids, func(id graph.ID) bool {
			return graph.CompareNear(graph.Near{ID: id, Cosine: cosines[id]}, after) <= 0
		})
	}
	page.More = len(ids) > l.First
	if ids = ids[:min(len(ids), l.First)]; len(ids) == 0 {
		return page, nil
	}
	level := l.Level
	level.Order, level.After, level.Total = nil, nil, false
	rows, err := g.Select(ctx, graph.Select{IDs: ids, Level: level})
	for _, row := range rows.Rows {
		row.Order = []any{cosines[row.ID]}
		page.Rows = append(page.Rows, row)
	}
	return page, err
}
