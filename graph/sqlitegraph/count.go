package sqlitegraph

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Count groups the nodes of a kind.
func (s *Store) Count(ctx context.Context, kind graph.NodeKind, where graph.Filter, by []graph.Facet) ([]graph.Bucket, error) {
	b, types, err := countStatement(kind, where, by)
	if err != nil {
		return nil, err
	}
	var buckets []graph.Bucket
	err = s.reading(ctx, func(r *reader) error {
		return r.each(func(scan func(...any) error) error {
			var bucket graph.Bucket
			raw := make([]any, len(by))
			targets := []any{&bucket.Count}
			for i := range raw {
				targets = append(targets, &raw[i])
			}
			if err := scan(targets...); err != nil {
				return err
			}
			for i, v := range raw {
				v, err := value(types[i], v)
				if err != nil {
					return err
				}
				bucket.Key = append(bucket.Key, v)
			}
			buckets = append(buckets, bucket)
			return nil
		}, b.String(), b.args...)
	})
	return buckets, err
}

// countStatement lists the matching nodes, for each facet the values that each of them has or its chain of edges leads
// to, and groups by these; a node whose chain leads nowhere stays, with an absent value.
func countStatement(kind graph.NodeKind, where graph.Filter, by []graph.Facet) (*statement, []graph.Type, error) {
	b := &statement{}
	var types []graph.Type
	b.add(`WITH matched AS (SELECT n.key AS key FROM "` + string(kind) + `" n WHERE `)
	if err := b.filter(where, subject{alias: "n", node: kind}); err != nil {
		return nil, nil, err
	}
	b.add(")")
	for i, f := range by {
		table := "f" + strconv.Itoa(i)
		if f.Same != nil {
			same, err := json.Marshal(f.Same)
			if err != nil {
				return nil, nil, err
			}
			b.add(", "+table+"same(id, k) AS MATERIALIZED (SELECT key, value FROM json_each(?))", string(same))
		}
		b.add(", " + table + "(node, k) AS (")
		types = append(types, b.facet(kind, f, table+"same"))
		b.add(")")
	}
	var keys, joins, order strings.Builder
	for i := range by {
		table := "f" + strconv.Itoa(i)
		keys.WriteString(", " + table + ".k")
		joins.WriteString(" LEFT JOIN " + table + " ON " + table + ".node = matched.key")
		order.WriteString(", " + table + ".k NULLS LAST")
	}
	b.add("SELECT count(*)" + keys.String() + " FROM matched" + joins.String())
	if len(by) > 0 {
		b.add(" GROUP BY" + strings.TrimPrefix(keys.String(), ","))
	}
	b.add(" ORDER BY count(*) DESC"+order.String()+" LIMIT ?", graph.MaxBuckets)
	return b, types, nil
}

// facet appends a query for the different values of each matched node, and returns their type. The table same has
// the IDs that count as others.
func (b *statement) facet(kind graph.NodeKind, f graph.Facet, same string) graph.Type {
	at, kinds := "matched.key", []graph.NodeKind{kind}
	var from strings.Builder
	for i, step := range f.Steps {
		alias := "e" + strconv.Itoa(i)
		w := subject{alias: alias, edge: step.Edge}.walk(at, step.Reverse, subject{alias: alias})
		from.WriteString(" CROSS JOIN " + w.tables + " ON " + w.condition)
		at, kinds = w.key, step.Edge.Info().Far(step.Reverse)
	}
	var cells []string
	var prop graph.Prop
	for _, k := range kinds {
		n := subject{alias: "n" + strconv.FormatInt(nodeCode(k), 10), node: k}
		expr, p, ok := n.property(f.Prop)
		if !ok {
			continue
		}
		prop = p
		cells = append(cells, expr)
		from.WriteString(` LEFT JOIN "` + string(k) + `" ` + n.alias + " ON " + n.alias + ".key = " + at)
	}
	cell := cells[0]
	if len(cells) > 1 {
		cell = "coalesce(" + strings.Join(cells, ", ") + ")"
	}
	if prop.Type == graph.Strings {
		from.WriteString(" LEFT JOIN json_each(" + cell + ") list")
		cell = "list.value"
		prop.Type = graph.String
	}
	if f.Same != nil {
		from.WriteString(" LEFT JOIN " + same + " ON " + same + ".id = " + cell)
		cell = "coalesce(" + same + ".k, " + cell + ")"
	}
	b.add("SELECT DISTINCT matched.key, " + interval(cell, f.Interval) + " FROM matched" + from.String())
	return prop.Type
}

// interval returns the SQL for the beginning of the interval that a time lies in.
func interval(cell string, i graph.Interval) string {
	const midnight = " || 'T00:00:00.000Z'"
	switch i {
	case graph.Day:
		return "substr(" + cell + ", 1, 10)" + midnight
	case graph.Week:
		return "date(" + cell + ", 'weekday 0', '-6 days')" + midnight
	case graph.Month:
		return "substr(" + cell + ", 1, 7) || '-01'" + midnight
	case graph.Year:
		return "substr(" + cell + ", 1, 4) || '-01-01'" + midnight
	default:
		return cell
	}
}
