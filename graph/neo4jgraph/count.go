package neo4jgraph

import (
	"context"
	"fmt"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Count groups in one statement: for each node, and each facet, a row for each of its different values.
func (s *Store) Count(
	ctx context.Context, kind graph.NodeKind, where graph.Filter, by []graph.Facet, most int,
) ([]graph.Bucket, error) {
	c := newCompiler()
	cypher, ok := c.grouping(kind, where, by, most)
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

// grouping returns the statement, unless the filter is seen to match nothing. Nodes are first grouped by their document, where
// a facet begins with it, so that it goes on once from each document.
func (c *compiler) grouping(kind graph.NodeKind, f graph.Filter, by []graph.Facet, most int) (cypher string, ok bool) {
	node, home := c.name("n"), c.name("n")
	found, ok := c.entering(kind, f, node)
	if !ok {
		return "", false
	}
	var near, far strings.Builder // clauses for facets of the node, and of its document
	first, keys := []string{"count(*) AS nodes"}, []string{"sum(nodes) AS nodes"}
	order := []string{"nodes DESC"}
	for i, facet := range by {
		key := fmt.Sprintf("k%d", i)
		keys, order = append(keys, key), append(order, key)
		if len(facet.Steps) > 0 && facet.Steps[0] == (graph.Step{Edge: graph.EdgeIn}) {
			if far.Len() == 0 {
				near.WriteString(" OPTIONAL MATCH " + pattern(node, "", graph.EdgeIn, false, home))
				first = append(first, home)
			}
			far.WriteString(" CALL (" + home + ") { " + c.facet(facet, facet.Steps[1:], home, key) + " }")
			continue
		}
		near.WriteString(" CALL (" + node + ") { " + c.facet(facet, facet.Steps, node, key) + " }")
		first = append(first, key)
	}
	return fmt.Sprintf("%s%s WITH %s%s RETURN %s ORDER BY %s LIMIT %s", found, near.String(), strings.Join(first, ", "), far.String(),
		strings.Join(keys, ", "), strings.Join(order, ", "), c.param(most)), true
}

// entering returns clauses that find the nodes of a kind that match, each once, unless the filter is seen to match nothing.
// Where the filter names what an edge leads to, they begin there.
func (c *compiler) entering(kind graph.NodeKind, f graph.Filter, node string) (cypher string, ok bool) {
	in := entry{match: "MATCH (" + node + ":" + string(kind) + ")"}
	if m, rest, ok := takeMatch(f); ok {
		query := lucene(m)
		if query == "" {
			return "", false
		}
		in, f = c.searching(query, []graph.NodeKind{kind}, node), rest
	} else if has, rest, ok := graph.TakeNamed(f); ok {
		if in.match, ok = c.having(kind, has, node); !ok {
			return "", false
		}
		f = rest
	}
	return in.match + whereAll(append(in.conditions, c.conditions(nil, "", f, node)...)), true
}

// having returns clauses that find the nodes of a kind that have an edge, each once, beginning at the far nodes; ok is false if
// there are seen to be none.
func (c *compiler) having(kind graph.NodeKind, has graph.Has, node string) (cypher string, ok bool) {
	edge, far := c.name("e"), c.name("n")
	start, ok := c.entering(has.Edge.Info().Far(has.Reverse)[0], has.Where, far)
	return start + " MATCH " + pattern(node+":"+string(kind), edge, has.Edge, has.Reverse, far) +
		whereAll(c.conditions(has.Via, edge, nil, "")) + " WITH DISTINCT " + node, ok
}

// facet returns a subquery with a row for each different value by which the facet groups the node, over those steps; null is
// one. Each step is a clause of its own, since within one clause Neo4j walks no relationship twice. Where some ways through
// the steps end early and others do not, those that do count for nothing.
func (c *compiler) facet(f graph.Facet, steps []graph.Step, node, key string) string {
	var b strings.Builder
	at := node
	for _, s := range steps {
		next := c.name("n")
		b.WriteString("OPTIONAL MATCH " + pattern(at, "", s.Edge, s.Reverse, next) + " WITH DISTINCT " + next + " ")
		at = next
	}
	if len(steps) > 1 {
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
