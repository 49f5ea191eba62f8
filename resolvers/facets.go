package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

// A bucket is one group of attributions with what it is grouped by.
type bucket struct {
	keys  []bucketKey
	count int
}

type bucketKey struct {
	facet graph.FacetName
	value any        // nil if absent
	by    []graph.ID // judgements
}

// actor returns the actor that the key is, "" if it is none.
func (k *bucketKey) actor() graph.ID {
	id, _ := k.value.(string)
	if k.facet != graph.FacetOutlet && k.facet != graph.FacetActor {
		return ""
	}
	return graph.ID(id)
}

var bucketShape = shape[bucket]{
	"keys":  parts(bucketKeyShape, func(b *bucket) []bucketKey { return b.keys }),
	"count": count(func(b *bucket) int { return b.count }),
}

var bucketKeyShape = shape[bucketKey]{
	"facet": word(func(k *bucketKey) graph.FacetName { return k.facet }),
	"value": optional(func(k *bucketKey) *string {
		if k.value == nil {
			return nil
		}
		text := graph.FormatValue(k.value)
		return &text
	}),
	"actor":      shown((*bucketKey).actor),
	"judgements": shownAll(func(k *bucketKey) []graph.ID { return k.by }),
}

// intervals are the schema's names of intervals.
var intervals = map[string]graph.Interval{"DAY": graph.Day, "WEEK": graph.Week, "MONTH": graph.Month, "YEAR": graph.Year}

// facets is how many attributions there are of each sort.
func facets(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	given := f.ArgumentMap(c.op.Variables)
	where, err := c.where(f, given)
	if err != nil {
		return nil, err
	}
	var by []graph.FacetName
	for _, v := range values(given["by"]) {
		name, _ := v.(string)
		by = append(by, graph.FacetName(name))
	}
	interval, _ := given["interval"].(string)
	v, err := compute(c, bucketShape.list, f)
	if err != nil {
		return nil, err
	}
	found, merged, err := g.Facets(ctx, where, by, intervals[interval])
	if err != nil {
		return nil, err
	}
	buckets := make([]bucket, len(found))
	for i, b := range found {
		buckets[i].count = b.Count
		for j, value := range b.Key {
			key := bucketKey{facet: by[j], value: value}
			key.by = merged[key.actor()]
			buckets[i].keys = append(buckets[i].keys, key)
		}
	}
	return v.answer(ctx, g, c, &buckets)
}

var sourcingShape = shape[graph.Sourcing]{
	"attributions":   count(func(s *graph.Sourcing) int { return s.Attributions }),
	"ownVoice":       count(func(s *graph.Sourcing) int { return s.OwnVoice }),
	"named":          count(func(s *graph.Sourcing) int { return s.Named }),
	"anonymous":      count(func(s *graph.Sourcing) int { return s.Anonymous }),
	"unnamed":        count(func(s *graph.Sourcing) int { return s.Unnamed }),
	"ownShare":       fraction(func(s *graph.Sourcing) float64 { return s.OwnShare() }),
	"anonymousShare": fraction(func(s *graph.Sourcing) float64 { return s.AnonymousShare() }),
	"judgements":     shownAll(func(s *graph.Sourcing) []graph.ID { return s.Judgements }),
}

func sourcings(
	ctx context.Context, g *graph.Graph, outlets []graph.ID, _ map[string]any,
) (map[graph.ID]graph.Sourcing, error) {
	return g.Sourcings(ctx, outlets)
}

var termShape = shape[graph.LoadedTerm]{
	"kind":       word(func(t *graph.LoadedTerm) graph.TermKind { return t.Kind }),
	"term":       word(func(t *graph.LoadedTerm) string { return t.Term }),
	"count":      count(func(t *graph.LoadedTerm) int { return t.Count }),
	"outlets":    parts(outletCountShape, func(t *graph.LoadedTerm) []graph.OutletCount { return t.Outlets }),
	"judgements": shownAll(func(t *graph.LoadedTerm) []graph.ID { return t.Judgements }),
}

var outletCountShape = shape[graph.OutletCount]{
	"outlet": shown(func(o *graph.OutletCount) graph.ID { return o.Outlet }),
	"count":  count(func(o *graph.OutletCount) int { return o.Count }),
}

// loadedTerms is how differently outlets call an actor.
func loadedTerms(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	actor, err := ids(f.ArgumentMap(c.op.Variables)["actor"])
	if err != nil {
		return nil, err
	}
	v, err := compute(c, termShape.list, f)
	if err != nil {
		return nil, err
	}
	terms, err := g.LoadedTerms(ctx, actor[0])
	if err != nil {
		return nil, err
	}
	return v.answer(ctx, g, c, &terms)
}
