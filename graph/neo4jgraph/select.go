package neo4jgraph

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Select compiles the request to one statement: a row is a list of values, one of which, for each Follow, is the list
// of rows below it. Every level is sorted and cut before the next is walked to.
func (s *Store) Select(ctx context.Context, sel graph.Select) (graph.Rows, error) {
	if sel.IDs != nil {
		sel.Order, sel.First, sel.After = nil, 0, nil
	}
	c := newCompiler()
	cypher, ok := c.selection(sel)
	if !ok {
		return graph.Rows{}, nil
	}
	found, err := s.ask(ctx, cypher, c.params)
	if err != nil {
		return graph.Rows{}, err
	}
	rows, err := decodeRows(sel.Level, nil, found[0][0])
	if err != nil {
		return graph.Rows{}, err
	}
	if sel.IDs != nil {
		return inOrder(rows, sel), nil
	}
	return rows, nil
}

// selection returns the statement, unless the request is seen to match nothing.
func (c *compiler) selection(sel graph.Select) (cypher string, ok bool) {
	if sel.IDs != nil {
		in := c.withIDs(sel)
		if sel.Onward == nil || in.match == "" {
			return "RETURN " + c.level(sel.Level, in), in.match != ""
		}
		walk := c.onward(in, sel)
		in.match = "UNWIND kept AS " + in.node + " WITH " + in.node
		return walk + " RETURN " + c.level(sel.Level, in), true
	}
	in := entry{node: c.name("n")}
	rest := sel.Level
	if m, others, ok := takeMatch(sel.Where); ok {
		query := lucene(m)
		if query == "" {
			return "", false
		}
		rest.Where = others
		in = c.searching(query, sel.Kinds, in.node)
	} else {
		in.match = "MATCH (" + in.node + ":" + labels(sel.Kinds) + ")"
		in.sorted = sortedByIndex(sel)
		if has, rest, ok := graph.TakeNamed(sel.Where); ok && len(sel.Kinds) == 1 {
			if in.behind, ok = c.having(sel.Kinds[0], has, in.node); !ok {
				return "", false
			}
			in.rest = rest
		}
	}
	return "RETURN " + c.level(rest, in), true
}

// searching enters at the nodes of those kinds that the full-text index finds.
func (c *compiler) searching(query string, kinds []graph.NodeKind, node string) entry {
	return entry{
		match: "CALL db.index.fulltext.queryNodes('search', " + c.param(query) + ") YIELD node AS " + node +
			", score WITH " + node + ", score",
		node: node, carry: ", score", conditions: []string{node + ":" + labels(kinds)},
	}
}

// withIDs enters at the nodes with those IDs, found by the index of their kind.
func (c *compiler) withIDs(sel graph.Select) entry {
	in := entry{node: c.name("n"), all: true}
	var parts []string
	for _, g := range byKind(sel.IDs) {
		if sel.Kinds == nil || slices.Contains(sel.Kinds, g.kind) {
			parts = append(parts, fmt.Sprintf("MATCH (%s:%s) WHERE %s.id IN %s", in.node, g.kind, in.node, c.param(texts(g.ids))))
		}
	}
	switch len(parts) {
	case 0:
	case 1:
		in.match = parts[0] + " WITH " + in.node
	default:
		in.match = "CALL () { " + strings.Join(parts, " RETURN "+in.node+" UNION ALL ") + " RETURN " + in.node +
			" } WITH " + in.node
	}
	return in
}

// onward returns clauses that walk on, layer by layer, from the nodes that a request asks for by their IDs, and pass on these and
// what they meet.
func (c *compiler) onward(in entry, sel graph.Select) string {
	from, n, most := c.name("n"), c.name("n"), c.param(graph.MaxFirst)
	step := "MATCH (" + from + ")-[:" + types(sel.Onward.Edges) + "]->(" + n + ")" +
		whereAll(append(c.conditions(nil, "", sel.Onward.Where, n), "NOT "+n+" IN kept")) + " WITH DISTINCT " + n
	var b strings.Builder
	b.WriteString(in.match + " WITH collect(" + in.node + ") AS kept WITH kept, kept AS layer, size(kept) + " + most + " AS most")
	for range sel.Onward.Steps {
		b.WriteString(" CALL (kept, layer, most) { UNWIND CASE WHEN size(kept) < most THEN layer ELSE [] END AS " + from + " " + step +
			" ORDER BY " + n + ".id LIMIT " + most + " RETURN collect(" + n + ") AS near } WITH kept + near AS kept, near AS layer, most")
	}
	return b.String() + " WITH kept[..most] AS kept"
}

// An entry is how a level's nodes are reached.
type entry struct {
	match      string
	node, edge string // their variables; edge is "" at the top
	kind       graph.EdgeKind
	edgeProps  []string // wanted
	conditions []string
	carry      string       // further variables that the order needs
	all        bool         // no order and no limit
	sorted     bool         // an index knows the order
	behind     string       // clauses that find the nodes from what the filter names; "" if it names nothing
	rest       graph.Filter // what is then left of it
	near       string       // the node before, if very many such nodes may be around it, and an index knows their order
}

// sortedByIndex reports whether an index can give the nodes in the order of the first key, so that Neo4j reads only as
// many as are wanted. Nodes that the filter names by their IDs are few, and found at once without it.
func sortedByIndex(sel graph.Select) bool {
	if len(sel.Kinds) != 1 || graph.NamedIn(sel.Where) != nil {
		return false
	}
	if len(sel.Order) == 0 {
		return true
	}
	p, ok := sel.Kinds[0].Info().Prop(sel.Order[0].Prop)
	return ok && p.Indexed
}

// level returns the expression whose value are the level's rows: their list or, where the total is wanted, a pair of
// the list and the total.
func (c *compiler) level(l graph.Level, in entry) string {
	if l.Where != nil {
		in.conditions = append(in.conditions, c.filter(l.Where, in.node))
	}
	list := "COLLECT { " + c.page(l, in) + " RETURN " + c.row(l, in) + " }"
	if !l.Total || in.all {
		return list
	}
	counted := in.match + whereAll(in.conditions)
	if in.behind != "" {
		counted = in.behind + whereAll(c.conditions(nil, "", in.rest, in.node))
	}
	return "[" + list + ", COUNT { " + counted + " RETURN 1 }]"
}

// page returns the clauses that find a level's nodes, in order and no more than are wanted.
func (c *compiler) page(l graph.Level, in entry) string {
	switch {
	case in.all:
		return in.match + whereAll(in.conditions)
	case in.behind != "":
		return c.fewOrMany(l, in)
	case in.near != "":
		return c.amongFirst(l, in)
	case in.sorted && len(l.Order) > 0:
		return c.presentThenAbsent(l, in)
	case in.sorted && l.After == nil:
		in.conditions = append(in.conditions, in.node+".id IS NOT NULL") // always so, but it is what leads to the index
	}
	if l.After != nil {
		in.conditions = append(in.conditions, c.behind(l, in.node))
	}
	return c.cut(l, in, order(l, in.node, in.edge, in.kind))
}

// mostSorted is graph.MostSorted; tests make it less.
var mostSorted = graph.MostSorted

// fewOrMany reads the nodes from what the filter names, if no more lie behind it than can be sorted, and else goes through all
// as ever. Which of both is known only once the statement runs.
func (c *compiler) fewOrMany(l graph.Level, in entry) string {
	few, n := c.name("few"), in.node
	conditions := c.conditions(nil, "", in.rest, n)
	if l.After != nil {
		conditions = append(conditions, c.behind(l, n))
	}
	found := "CALL () { " + in.behind + " LIMIT " + c.param(mostSorted+1) + " RETURN collect(" + n + ") AS " + few + " }"
	many := "size(" + few + ") > " + c.param(mostSorted)
	in.behind = ""
	return found + " CALL (" + few + ") { UNWIND CASE WHEN " + many + " THEN [] ELSE " + few + " END AS " + n +
		" WITH " + n + whereAll(conditions) + " RETURN " + n +
		" UNION ALL UNWIND CASE WHEN " + many + " THEN [true] ELSE [] END AS many" +
		" CALL () { " + c.page(l, in) + " RETURN " + n + " } RETURN " + n +
		" } WITH " + n + order(l, n, "", "") + " LIMIT " + c.param(l.First+1)
}

// cut sorts the nodes and keeps those of the page, and one more to see whether there is more.
func (c *compiler) cut(l graph.Level, in entry, order string) string {
	carry := in.carry
	if in.edge != "" {
		carry += ", " + in.edge
	}
	return in.match + whereAll(in.conditions) + " WITH " + in.node + carry + order + " LIMIT " + c.param(l.First+1)
}

// amongFirst looks for the nodes around a busy one among the first of their kind in the order of an index, as many as can be
// sorted. Only if these do not fill the page, or the node is not busy, it sorts all that are around it.
func (c *compiler) amongFirst(l graph.Level, in entry) string {
	n, busy, soon, first, most := in.node, c.name("n"), c.name("soon"), c.param(l.First+1), c.param(mostSorted)
	near := in.near
	in.near = ""
	all := c.page(l, in)
	conditions, keys, ok := c.present(l, n)
	if !ok {
		return all
	}
	found := " RETURN " + n + ", " + in.edge
	return "WITH " + near + ", COLLECT { UNWIND CASE WHEN COUNT { " + pattern(near, "", in.kind, true, "") + " } > " + most +
		" THEN [" + near + "] ELSE [] END AS " + busy +
		" CALL (" + busy + ") { CALL () { MATCH (" + n + ":" + string(l.Kinds[0]) + ")" + whereAll(conditions) + " WITH " + n + orderBy(keys) +
		" LIMIT " + most + " RETURN " + n + " } MATCH " + pattern(busy, in.edge, in.kind, true, n) + whereAll(in.conditions) +
		" WITH " + n + ", " + in.edge + orderBy(append(keys, edgeKeys(in.edge, in.kind)...)) + " LIMIT " + first + found + " } RETURN [" + n + ", " + in.edge + "] } AS " + soon +
		" CALL (" + near + ", " + soon + ") { UNWIND " + soon + " AS row WITH row[0] AS " + n + ", row[1] AS " + in.edge +
		" WHERE size(" + soon + ") = " + first + found +
		" UNION ALL WITH * WHERE size(" + soon + ") < " + first + " " + all + found + " }" +
		" WITH " + n + ", " + in.edge + order(l, n, in.edge, in.kind)
}

// presentThenAbsent finds first the nodes that have the first property to sort by, in the order of its index, and then
// those that lack it, which no index knows. The latter are looked for only if the former do not fill the page.
func (c *compiler) presentThenAbsent(l graph.Level, in entry) string {
	rest := l
	rest.Order = l.Order[1:]
	absent := in
	absent.conditions = append(slices.Clone(in.conditions), orderKey(l.Order[0], in.node)+" IS NULL")
	var parts []string
	conditions, keys, ok := c.present(l, in.node)
	if ok {
		present := in
		present.conditions = slices.Concat(in.conditions, conditions)
		parts = append(parts, c.cut(l, present, orderBy(keys)))
	} else {
		rest.After = &graph.Position{Order: l.After.Order[1:], ID: l.After.ID}
		absent.conditions = append(absent.conditions, c.behind(rest, in.node))
	}
	parts = append(parts, c.cut(l, absent, orderBy(sortKeys(rest, in.node))))
	returning := " RETURN " + in.node
	return "CALL () { " + strings.Join(parts, returning+" UNION ALL ") + returning + " } WITH " + in.node +
		" LIMIT " + c.param(l.First+1)
}

// present returns the conditions of nodes behind the position to go on from that have the first property to sort by, and the keys
// of their order, so written that an index gives it; ok is false if the position is behind all of these.
func (c *compiler) present(l graph.Level, node string) (conditions, keys []string, ok bool) {
	if len(l.Order) == 0 {
		conditions = []string{node + ".id IS NOT NULL"} // always so, but it is what leads to the index
		if l.After != nil {
			conditions = []string{c.behind(l, node)}
		}
		return conditions, sortKeys(l, node), true
	}
	first, rest := l.Order[0], l
	rest.Order = l.Order[1:]
	key := orderKey(first, node)
	conditions = []string{key + " IS NOT NULL"}
	if l.After != nil {
		if l.After.Order[0] == nil {
			return nil, nil, false
		}
		bound := " >= "
		if first.Desc {
			bound = " <= "
		}
		conditions = append(conditions, c.compare(key, bound, l.After.Order[0]), c.behind(l, node))
	}
	if first.Desc {
		key += " DESC"
	}
	return conditions, append([]string{key}, sortKeys(rest, node)...), true
}

// row returns the expression of one row.
func (c *compiler) row(l graph.Level, in entry) string {
	values := []string{in.node + ".id"}
	for _, name := range l.Props {
		values = append(values, in.node+"."+name)
	}
	for _, name := range in.edgeProps {
		values = append(values, in.edge+"."+name)
	}
	for _, o := range l.Order {
		values = append(values, orderKey(o, in.node))
	}
	for _, f := range l.Follow {
		values = append(values, c.follow(f, in.node))
	}
	return "[" + strings.Join(values, ", ") + "]"
}

func (c *compiler) follow(f graph.Follow, near string) string {
	in := entry{node: c.name("n"), edge: c.name("e"), kind: f.Edge, edgeProps: f.EdgeProps}
	in.match = "MATCH " + pattern(near, in.edge, f.Edge, f.Reverse, in.node)
	if f.Reverse && len(f.Kinds) == 1 && f.IndexOrdered(f.Kinds[0]) { // of edges that lead away from a node there are few
		in.near = near
	}
	leads := f.Edge.Info().Far(f.Reverse)
	if f.Kinds != nil && slices.ContainsFunc(leads, func(k graph.NodeKind) bool { return !slices.Contains(f.Kinds, k) }) {
		in.conditions = append(in.conditions, in.node+":"+labels(f.Kinds))
	}
	if f.Via != nil {
		in.conditions = append(in.conditions, c.filter(f.Via, in.edge))
	}
	return c.level(f.Level, in)
}
