package graphtest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// Count puts every matching node into its groups and sorts these.
func (o *Oracle) Count(
	ctx context.Context, kind graph.NodeKind, where graph.Filter, by []graph.Facet, most int,
) ([]graph.Bucket, error) {
	m, err := o.read(ctx)
	if err != nil {
		return nil, err
	}
	groups := make(map[string]*graph.Bucket)
	if len(by) == 0 {
		groups[""] = &graph.Bucket{} // there even if nothing matches
	}
	for _, n := range m.nodes {
		if n.Kind != kind || !m.matches(where, n) {
			continue
		}
		keys := [][]any{nil}
		for _, f := range by {
			keys = extend(keys, m.facet(n.ID, f))
		}
		for _, key := range keys {
			name := keyName(key)
			if groups[name] == nil {
				groups[name] = &graph.Bucket{Key: key}
			}
			groups[name].Count++
		}
	}
	buckets := make([]graph.Bucket, 0, len(groups))
	for _, b := range groups {
		buckets = append(buckets, *b)
	}
	slices.SortFunc(buckets, compareBuckets)
	return buckets[:min(len(buckets), most)], nil
}

// extend returns every key with every value behind it.
func extend(keys [][]any, values []any) [][]any {
	var longer [][]any
	for _, key := range keys {
		for _, v := range values {
			longer = append(longer, append(slices.Clone(key), v))
		}
	}
	return longer
}

// facet returns the different values by which the facet groups the node; nil is one of them.
func (m *merged) facet(id graph.ID, f graph.Facet) []any {
	reached := map[graph.ID]bool{id: true}
	for _, s := range f.Steps {
		next := make(map[graph.ID]bool)
		for near := range reached {
			for _, e := range m.walk(near, s.Edge, s.Reverse) {
				next[farEnd(e, s.Reverse)] = true
			}
		}
		reached = next
	}
	distinct := make(map[string]any)
	for near := range reached {
		have := m.nodes[near].Props[f.Prop]
		if f.Prop == graph.IDProp {
			have = string(near)
		}
		for _, v := range groupValues(have, f.Interval) {
			if text, ok := v.(string); ok && f.Same[text] != "" {
				v = f.Same[text]
			}
			distinct[keyName([]any{v})] = v
		}
	}
	if len(reached) == 0 {
		return []any{nil}
	}
	values := make([]any, 0, len(distinct))
	for _, v := range distinct {
		values = append(values, v)
	}
	return values
}

func groupValues(v any, i graph.Interval) []any {
	switch v := v.(type) {
	case []string:
		var list []any
		for _, s := range v {
			list = append(list, s)
		}
		return list
	case time.Time:
		return []any{cut(v, i)}
	}
	return []any{v}
}

// cut returns the beginning of the interval that the time is in.
func cut(t time.Time, i graph.Interval) time.Time {
	year, month, day := t.Date()
	switch i {
	case graph.Day:
	case graph.Week:
		day -= (int(t.Weekday()) + 6) % 7
	case graph.Month:
		day = 1
	case graph.Year:
		month, day = time.January, 1
	default:
		return t
	}
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// keyName differs for different keys of one list of facets.
func keyName(key []any) string {
	var b strings.Builder
	for _, v := range key {
		if v != nil {
			b.WriteString("=" + graph.FormatValue(v))
		}
		b.WriteByte('\x1e')
	}
	return b.String()
}

func compareBuckets(a, b graph.Bucket) int {
	if c := cmp.Compare(b.Count, a.Count); c != 0 {
		return c
	}
	for i := range a.Key {
		if c := graph.Compare(a.Key[i], b.Key[i]); c != 0 {
			return c
		}
	}
	return 0
}
