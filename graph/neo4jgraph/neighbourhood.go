package neo4jgraph

import (
	"context"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Neighbourhood asks by one statement that walks layer by layer, finds the edges between all nodes that it keeps, and
// answers with one row of columns, since for each row, list and map the driver takes as much time as for many values.
func (s *Store) Neighbourhood(
	ctx context.Context, seeds []graph.ID, o graph.NeighbourhoodOptions,
) (graph.Subgraph, error) {
	c := newCompiler()
	in := c.withIDs(graph.Select{IDs: seeds})
	if in.match == "" {
		return graph.Subgraph{}, nil
	}
	var kinds []graph.NodeKind
	for _, g := range byKind(seeds) {
		kinds = append(kinds, g.kind)
	}
	rows, err := s.ask(ctx, c.neighbourhood(in, kinds, o), c.params)
	if err != nil {
		return graph.Subgraph{}, err
	}
	return decodeNeighbourhood(rows[0], o), nil
}

// neighbourhood returns the statement. From layer to layer it passes on the nodes that are kept, those of the last layer,
// where each layer ends, and by how many nodes there are too many: where that is above 0 the walk ends, and below there
// is room. Then the last layer is cut.
func (c *compiler) neighbourhood(in entry, seeds []graph.NodeKind, o graph.NeighbourhoodOptions) string {
	nodes, most := c.param(o.Nodes), c.param(o.Nodes+graph.MaxOmitted)
	along := "[r:" + types(o.Using) + "]"
	beside := kindsBeside(seeds, o)
	shortcut, matches := c.shortcut(o), c.matches(o, beside)
	var b strings.Builder
	b.WriteString(in.match + " WITH collect(" + in.node + ") AS kept" +
		" WITH kept, kept AS seeds, kept AS layer, [size(kept)] AS ends, size(kept) - " + nodes + " AS excess")
	for range o.Depth {
		b.WriteString(" CALL (kept, layer, excess) { UNWIND CASE WHEN excess > 0 THEN [] ELSE layer END AS a" +
			" MATCH (a)-" + along + "-(n) WHERE NOT n IN kept WITH r, n WHERE true" + shortcut +
			" WITH DISTINCT n WHERE true" + matches + " WITH n LIMIT " + most + " RETURN collect(n) AS near }" +
			" WITH seeds, kept + near AS kept, CASE WHEN excess > 0 THEN layer ELSE near END AS layer," +
			" ends + (size(kept) + size(near)) AS ends, excess + size(near) AS excess")
	}
	b.WriteString(" CALL (layer, excess) { UNWIND CASE WHEN excess > 0 THEN layer ELSE [] END AS n" +
		" WITH n ORDER BY n.id RETURN collect(n) AS last }" +
		" WITH CASE WHEN excess > 0 THEN kept[.. -size(layer)] + last[.. -excess] ELSE kept END AS kept, seeds, ends, excess")
	lasting, derived := split(o.Using)
	b.WriteString(c.lasting(lasting, beside) + c.derived(derived, shortcut))
	b.WriteString(" RETURN excess, ends, " + columns("n", "kept", slices.Concat([]string{graph.IDProp, internal}, o.Props)) +
		", " + edgeColumns("edges", edgeProps(lasting, o)) +
		", size(shortcuts), " + edgeColumns("shortcuts[.."+c.param(graph.MaxShortcuts)+"]", edgeProps(derived, o)))
	return b.String()
}

// lasting goes on with the edges of those kinds between the nodes that are kept. Where all neighbours of the seeds are
// among these, the edges at seeds are found from there, and the others from the nodes that may have any. Otherwise a seed may
// have any number of edges; but of those that lead away from a node there are few.
func (c *compiler) lasting(kinds []graph.EdgeKind, beside []graph.NodeKind) string {
	find := func(nodes, pattern, also string) string {
		return "UNWIND " + nodes + " AS a MATCH " + pattern + " WHERE b IN kept" + also + " RETURN r"
	}
	if len(kinds) == 0 {
		return " WITH *, [] AS edges"
	}
	away := "(a)-[r:" + types(kinds) + "]->(b)"
	if beside == nil {
		return " WITH *, COLLECT { " + find("kept", away, "") + " } AS edges"
	}
	parts := []string{
		find("CASE WHEN excess > 0 THEN kept ELSE [] END", away, ""),
		find("CASE WHEN excess > 0 THEN [] ELSE seeds END", "(a)-[r:"+types(kinds)+"]-(b)", " AND (startNode(r) = a OR NOT b IN seeds)"),
	}
	if among, from := joining(kinds, beside); among != nil {
		parts = append(parts, find("CASE WHEN excess > 0 THEN [] ELSE [n IN kept[size(seeds)..] WHERE (n:"+labels(from)+")] END",
			"(a)-[r:"+types(among)+"]->(b)", " AND NOT b IN seeds"))
	}
	return " WITH *, COLLECT { " + strings.Join(parts, " UNION ALL ") + " } AS edges"
}

// kindsBeside returns the kinds of nodes that may be walked to from seeds of those kinds.
func kindsBeside(seeds []graph.NodeKind, o graph.NeighbourhoodOptions) []graph.NodeKind {
	beside, layer := []graph.NodeKind(nil), seeds
	for range o.Depth {
		var next []graph.NodeKind
		for _, e := range graph.Edges {
			if o.Using != nil && !slices.Contains(o.Using, e.Kind) {
				continue
			}
			for _, reverse := range []bool{false, true} {
				if len(shared(e.Far(!reverse), layer)) > 0 {
					next = append(next, e.Far(reverse)...)
				}
			}
		}
		if o.Kinds != nil {
			next = shared(next, o.Kinds)
		}
		beside, layer = append(beside, next...), next
	}
	return beside
}

// joining returns which of the kinds of edges may join two nodes of the others, and from which of these they lead.
func joining(kinds []graph.EdgeKind, beside []graph.NodeKind) (among []graph.EdgeKind, from []graph.NodeKind) {
	for _, kind := range kinds {
		if starts := shared(kind.Info().From, beside); len(starts) > 0 && len(shared(kind.Info().To, beside)) > 0 {
			among, from = append(among, kind), append(from, starts...)
		}
	}
	slices.Sort(from)
	return among, slices.Compact(from)
}

// shared returns the kinds that both have.
func shared(a, b []graph.NodeKind) []graph.NodeKind {
	var both []graph.NodeKind
	for _, kind := range a {
		if slices.Contains(b, kind) && !slices.Contains(both, kind) {
			both = append(both, kind)
		}
	}
	return both
}

// derived goes on with the shortcuts of those kinds, and with up to MaxOmitted more than are shown. The seeds are first
// among the nodes, so that shortcuts which join them come before others.
func (c *compiler) derived(kinds []graph.EdgeKind, shortcut string) string {
	if len(kinds) == 0 {
		return " WITH *, [] AS shortcuts"
	}
	return " CALL (kept) { UNWIND [n IN kept WHERE n:" + string(graph.KindActor) + "] AS a MATCH (a)-[r:" + types(kinds) +
		"]-(b) WHERE b IN kept WITH DISTINCT r WHERE true" + shortcut + " WITH r LIMIT " + c.param(graph.MaxShortcuts+graph.MaxOmitted) +
		" RETURN collect(r) AS shortcuts }"
}

// internal stands for the number by which Neo4j knows a node, which is shorter than our ID and holds within a statement.
const internal = "id()"

// columns returns the expression of a list that has, for each of the properties, the list of its values.
func columns(variable, list string, props []string) string {
	parts := make([]string, len(props))
	for i, name := range props {
		value := variable + "." + name
		if name == internal {
			value = "id(" + variable + ")"
		}
		parts[i] = "[" + variable + " IN " + list + " | " + value + "]"
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// edgeColumns returns the columns of a list of edges with those properties, as decodeEdges reads them.
func edgeColumns(list string, props []string) string {
	return "[[r IN " + list + " | type(r)], [r IN " + list + " | id(startNode(r))], [r IN " + list + " | id(endNode(r))]] + " +
		columns("r", list, props)
}

// edgeProps returns the names of the properties that edges of those kinds may have and that are wanted.
func edgeProps(kinds []graph.EdgeKind, o graph.NeighbourhoodOptions) []string {
	var names []string
	if o.BareEdges {
		return nil
	}
	for _, kind := range kinds {
		for _, p := range kind.Info().Props {
			if !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// split returns the kinds of edges, nil meaning all, that are no shortcuts, and those that are.
func split(kinds []graph.EdgeKind) (lasting, derived []graph.EdgeKind) {
	for _, e := range graph.Edges {
		switch {
		case kinds != nil && !slices.Contains(kinds, e.Kind):
		case e.Derived:
			derived = append(derived, e.Kind)
		default:
			lasting = append(lasting, e.Kind)
		}
	}
	return lasting, derived
}

// matches returns the conditions of a node n of those kinds that is walked to, each behind an AND.
func (c *compiler) matches(o graph.NeighbourhoodOptions, beside []graph.NodeKind) string {
	var all strings.Builder
	if o.Kinds != nil {
		all.WriteString(" AND n:" + labels(o.Kinds))
	}
	for _, info := range graph.Nodes { // in one order, so that the server knows the statement again
		if f := o.Where[info.Kind]; f != nil && slices.Contains(beside, info.Kind) {
			all.WriteString(" AND (NOT n:" + string(info.Kind) + " OR " + c.filter(f, "n") + ")")
		}
	}
	return all.String()
}

// shortcut returns the condition, behind an AND, of an edge r that is no shortcut, or one that is allowed.
func (c *compiler) shortcut(o graph.NeighbourhoodOptions) string {
	if o.Shortcuts == nil {
		return ""
	}
	return " AND (r.relationId IS NULL OR EXISTS { MATCH (relation:" + string(graph.KindRelation) + " {id: r.relationId})" +
		" WITH relation WHERE " + c.filter(o.Shortcuts, "relation") + " RETURN 1 })"
}

// decodeNeighbourhood reads the one row of the statement.
func decodeNeighbourhood(row []any, o graph.NeighbourhoodOptions) graph.Subgraph {
	var sub graph.Subgraph
	if excess, _ := row[0].(int64); excess > 0 {
		sub.Truncated, sub.Omitted = true, min(int(excess), graph.MaxOmitted)
	}
	nodes := lists(row[2])
	ids := make(map[int64]graph.ID, len(nodes[0])) // by their numbers
	sub.Nodes = make([]graph.Node, 0, len(nodes[0]))
	for i, id := range nodes[0] {
		n := graph.Node{ID: graph.ID(text(id)), Props: make(graph.Props, len(o.Props))}
		n.Kind, _ = n.ID.Kind() // the store holds no other IDs
		for j, name := range o.Props {
			if v := nodes[2+j][i]; v != nil {
				n.Props[name] = fromDriver(v)
			}
		}
		number, _ := nodes[1][i].(int64)
		ids[number] = n.ID
		sub.Nodes = append(sub.Nodes, n)
	}
	layers, _ := row[1].([]any)
	begin := 0
	for _, v := range layers {
		end, _ := v.(int64)
		layer := sub.Nodes[begin:min(int(end), len(sub.Nodes))]
		graph.SortNodes(layer)
		begin += len(layer)
	}
	lasting, derived := split(o.Using)
	sub.Edges = append(decodeEdges(lists(row[3]), edgeProps(lasting, o), ids), decodeEdges(lists(row[5]), edgeProps(derived, o), ids)...)
	if shortcuts, _ := row[4].(int64); shortcuts > graph.MaxShortcuts {
		sub.EdgesOmitted = int(shortcuts) - graph.MaxShortcuts
	}
	graph.SortEdges(sub.Edges)
	return sub
}

// decodeEdges reads the columns of edges: their kinds, their ends' numbers, those properties.
func decodeEdges(columns [][]any, props []string, ids map[int64]graph.ID) []graph.Edge {
	edges := make([]graph.Edge, len(columns[0]))
	for i := range edges {
		from, _ := columns[1][i].(int64)
		to, _ := columns[2][i].(int64)
		e := graph.Edge{Kind: graph.EdgeKind(text(columns[0][i])), From: ids[from], To: ids[to]}
		for j, name := range props {
			if v := columns[3+j][i]; v != nil {
				if e.Props == nil {
					e.Props = make(graph.Props, len(props))
				}
				e.Props[name] = fromDriver(v)
			}
		}
		edges[i] = e
	}
	return edges
}
