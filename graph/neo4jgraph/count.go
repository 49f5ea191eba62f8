package neo4jgraph

import (
	"context"
	"fmt"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Count groups in one statement: for each node, and each facet, a row for each of its different values.
func (s *Store) Count(
	ctx context.Context, kind graph.NodeKind, where graph.Filter, by []graph.Facet,
) ([]graph.Bucket, error) {
	c := newCompiler()
	cypher, ok := c.grouping(kind, where, by)
	if !ok {
		return none(by), nil
	}
	rows, err := s.ask(ctx, cypher, c.params)
	buckets := make([]graph.Bucket, len(rows))
	for i, row := range rows {
		count, _ := row[0].(int64)
		buckets[i].Count = int(count)
		buckets[i].Key, _ = decodeValues(row[1:], len(by))
	}
	return buckets, err
}

// none returns the groups of no nodes.
func none(by []graph.Facet) []graph.Bucket {
	if len(by) == 0 {
		return []graph.Bucket{{}}
	}
	return nil
}

// grouping returns the statement, unless the filter is seen to match nothing.
func (c *compiler) grouping(kind graph.NodeKind, f graph.Filter, by []graph.Facet) (cypher string, ok bool) {
	node := c.name("n")
	in := entry{node: node, match: "MATCH (" + node + ":" + string(kind) + ")"}
	if m, rest, ok := takeMatch(f); ok {
		query := lucene(m)
		if query == "" {
			return "", false
		}
		in, f = c.searching(query, []graph.NodeKind{kind}, node), rest
	}
	if f != nil {
		in.conditions = append(in.conditions, c.filter(f, node))
	}
	var b strings.Builder
	b.WriteString(in.match + whereAll(in.conditions))
	keys := make([]string, len(by))
	for i, facet := range by {
		keys[i] = fmt.Sprintf("k%d", i)
		b.WriteString(" CALL (" + node + ") { " + c.facet(facet, node, keys[i]) + " }")
	}
	order := strings.Join(append([]string{"nodes DESC"}, keys...), ", ")
	fmt.Fprintf(&b, " RETURN %s ORDER BY %s LIMIT %d",
		strings.Join(append([]string{"count(*) AS nodes"}, keys...), ", "), order, graph.MaxBuckets)
	return b.String(), true
}

// facet returns a subquery with a row for each different value by which the facet groups the node; null is one. Each
// step is a clause of its own, since within one clause Neo4j walks no relationship twice. Where some ways through the
// steps end early and others do not, those that do count for nothing.
func (c *compiler) facet(f graph.Facet, node, key string) string {
	var b strings.Builder
	at := node
	for _, s := range f.Steps {
		next := c.name("n")
		b.WriteString("OPTIONAL MATCH " + pattern(at, "", s.Edge, s.Reverse, next) + " WITH DISTINCT " + next + " ")
		at = next
	}
	if len(f.Steps) > 1 {
		end := c.name("n")
		b.WriteString("WITH collect(" + at + ") AS ends UNWIND CASE ends WHEN [] THEN [null] ELSE ends END AS " + end + " WITH " + end + " ")
		at = end
	}
	value := at + "." + f.Prop
	if unit := units[f.Interval]; unit != "" {
		value = "CASE WHEN " + value + " IS NOT NULL THEN datetime.truncate('" + unit + "', " + value + ") END"
	}
	if f.Same != nil {
		value = "coalesce(" + c.param(f.Same) + "[" + value + "], " + value + ")"
	}
	if isList(f) {
		b.WriteString("UNWIND coalesce(" + value + ", [null]) AS " + key + " RETURN DISTINCT " + key)
	} else {
		b.WriteString("RETURN DISTINCT " + value + " AS " + key)
	}
	return b.String()
}

// units are Cypher's names of intervals; its weeks begin on Monday.
var units = map[graph.Interval]string{
	graph.Day: "day", graph.Week: "week", graph.Month: "month", graph.Year: "year",
}

// isList reports whether the facet's property holds lists. The vocabulary gives a name one type.
func isList(f graph.Facet) bool {
	for _, n := range graph.Nodes {
		if p, ok := n.Prop(f.Prop); ok && p.Type == graph.Strings {
			return true
		}
	}
	return false
}
