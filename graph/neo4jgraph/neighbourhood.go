package neo4jgraph

import (
	"context"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Neighbourhood asks by one statement that walks layer by layer, finds the edges between all nodes that it keeps, and
// answers with one row, since the driver takes as much time for a row as for many values within it.
func (s *Store) Neighbourhood(
	ctx context.Context, seeds []graph.ID, o graph.NeighbourhoodOptions,
) (graph.Subgraph, error) {
	c := newCompiler()
	in := c.withIDs(graph.Select{IDs: seeds})
	if in.match == "" {
		return graph.Subgraph{}, nil
	}
	cypher := c.neighbourhood(in, o)
	var sub graph.Subgraph
	err := s.reading(ctx, func(tx *transaction) error {
		rows, err := tx.run(cypher, c.params)
		if err != nil {
			return err
		}
		sub = decodeNeighbourhood(rows[0], o)
		return nil
	})
	return sub, err
}

// neighbourhood returns the statement. From layer to layer it passes on the nodes that are kept, those of the last
// layer, and by how many nodes there are too many: where that is above 0 the walk ends, and below there is room.
func (c *compiler) neighbourhood(in entry, o graph.NeighbourhoodOptions) string {
	nodes, most := c.param(o.Nodes), c.param(o.Nodes+graph.MaxOmitted)
	along := "[r:" + types(o.Using) + "]"
	shortcut := c.shortcut(o)
	reached := shortcut + c.matches(o)
	var b strings.Builder
	b.WriteString(in.match + " WITH " + in.node + " AS n ORDER BY n.id WITH collect(n) AS kept" +
		" WITH kept, kept AS layer, size(kept) - " + nodes + " AS excess")
	for range o.Depth {
		b.WriteString(" CALL (kept, layer, excess) { UNWIND CASE WHEN excess > 0 THEN [] ELSE layer END AS a" +
			" MATCH (a)-" + along + "-(n) WHERE NOT n IN kept" + reached +
			" WITH DISTINCT n LIMIT " + most + " WITH n ORDER BY n.id RETURN collect(n) AS near }" +
			" WITH kept + CASE WHEN excess < 0 THEN near[.. -excess] ELSE [] END AS kept, near AS layer," +
			" CASE WHEN excess > 0 THEN excess ELSE excess + size(near) END AS excess")
	}
	b.WriteString(c.between(o, shortcut) + " RETURN [n IN kept | " + listed("n", o.Props) + "], excess, edges, shortcuts")
	return b.String()
}

// between goes on with the edges between the nodes that are kept, and with how many shortcuts there are. The nodes are in
// their order, so that shortcuts which join a seed come before others.
func (c *compiler) between(o graph.NeighbourhoodOptions, shortcut string) string {
	lasting, derived := split(o.Using)
	cypher := " WITH kept, excess, [] AS edges, 0 AS shortcuts"
	if len(lasting) > 0 {
		cypher = " WITH kept, excess, COLLECT { UNWIND kept AS a MATCH (a)-[r:" + types(lasting) + "]->(b) WHERE b IN kept" +
			" RETURN " + edgeListed(lasting, "a.id, b.id") + " } AS edges, 0 AS shortcuts"
	}
	if len(derived) > 0 {
		cypher += " CALL (kept) { UNWIND [n IN kept WHERE n:" + string(graph.KindActor) + "] AS a MATCH (a)-[r:" + types(derived) +
			"]-(b) WHERE b IN kept" + shortcut + " WITH DISTINCT r LIMIT " + c.param(graph.MaxShortcuts+graph.MaxOmitted) +
			" RETURN collect(r) AS found }" +
			" WITH kept, excess, edges + COLLECT { UNWIND found[.." + c.param(graph.MaxShortcuts) + "] AS r RETURN " +
			edgeListed(derived, "startNode(r).id, endNode(r).id") + " } AS edges, size(found) AS shortcuts"
	}
	return cypher
}

// edgeListed returns the expression of an edge r of one of the kinds, as decodeEdge reads it. It names the properties, since
// to ask for whatever there is takes Neo4j longer than all the rest.
func edgeListed(kinds []graph.EdgeKind, ends string) string {
	var names []string
	for _, kind := range kinds {
		for _, p := range kind.Info().Props {
			if name := "." + p.Name; !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return "[type(r), " + ends + ", r {" + strings.Join(names, ", ") + "}]"
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

// matches returns the conditions of a node n that is walked to, each behind an AND.
func (c *compiler) matches(o graph.NeighbourhoodOptions) string {
	var all strings.Builder
	if o.Kinds != nil {
		all.WriteString(" AND n:" + labels(o.Kinds))
	}
	for _, info := range graph.Nodes { // in one order, so that the server knows the statement again
		if f := o.Where[info.Kind]; f != nil {
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
	return " AND (r.relationId IS NULL OR EXISTS { (relation:" + string(graph.KindRelation) + " {id: r.relationId})" +
		whereAll(c.conditions(nil, "", o.Shortcuts, "relation")) + " })"
}

// decodeNeighbourhood reads the one row of the statement.
func decodeNeighbourhood(row []any, o graph.NeighbourhoodOptions) graph.Subgraph {
	var sub graph.Subgraph
	nodes, _ := row[0].([]any)
	for _, n := range nodes {
		sub.Nodes = append(sub.Nodes, decodeNode(n, o.Props))
	}
	if excess, _ := row[1].(int64); excess > 0 {
		sub.Truncated, sub.Omitted = true, min(int(excess), graph.MaxOmitted)
	}
	if shortcuts, _ := row[3].(int64); shortcuts > graph.MaxShortcuts {
		sub.EdgesOmitted = int(shortcuts) - graph.MaxShortcuts
	}
	for _, values := range lists(row[2]) {
		sub.Edges = append(sub.Edges, decodeEdge(values))
	}
	slices.SortFunc(sub.Edges, compareEdges)
	return sub
}
