package neo4jgraph

import (
	"context"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Neighbourhood walks layer by layer, each by one statement, and then asks for the edges between all. Each statement
// answers with one row, since the driver takes as much time for a row as for many values within it.
func (s *Store) Neighbourhood(
	ctx context.Context, seeds []graph.ID, o graph.NeighbourhoodOptions,
) (graph.Subgraph, error) {
	var sub graph.Subgraph
	err := s.reading(ctx, func(tx *transaction) error {
		w := walk{tx: tx, options: o}
		if err := w.seed(seeds); err != nil {
			return err
		}
		for depth := 0; depth < o.Depth && len(w.layer) > 0 && !w.sub.Truncated; depth++ {
			if err := w.grow(); err != nil {
				return err
			}
		}
		err := w.connect()
		sub = w.sub
		return err
	})
	return sub, err
}

// A walk is a neighbourhood in the making.
type walk struct {
	tx      *transaction
	options graph.NeighbourhoodOptions
	sub     graph.Subgraph
	kept    []string // the server's own names of the nodes in sub
	layer   []string // those of the layer that came last
}

// seed begins the walk at those nodes that are there.
func (w *walk) seed(seeds []graph.ID) error {
	c := newCompiler()
	in := c.withIDs(graph.Select{IDs: seeds})
	if in.match == "" {
		return nil
	}
	_, err := w.keep(in.match+" WITH "+in.node+" AS n ORDER BY n.id", c)
	return err
}

// keep runs the statement so far, which brings nodes n in their order, adds those that there is room for as a layer,
// and returns how many there were.
func (w *walk) keep(cypher string, c *compiler) (reached int, err error) {
	cypher += " WITH collect(n) AS near RETURN size(near), [n IN near[.." + c.param(w.room()) + "] | [elementId(n), " +
		listed("n", w.options.Props) + "]]"
	rows, err := w.tx.run(cypher, c.params)
	if err != nil {
		return 0, err
	}
	w.layer = nil
	for _, values := range lists(rows[0][1]) {
		w.layer = append(w.layer, text(values[0]))
		w.sub.Nodes = append(w.sub.Nodes, decodeNode(values[1], w.options.Props))
	}
	w.kept = append(w.kept, w.layer...)
	n, _ := rows[0][0].(int64)
	return int(n), nil
}

// room is how many nodes may still come.
func (w *walk) room() int { return w.options.Nodes - len(w.kept) }

// grow adds the next layer, or as much of it as there is room for.
func (w *walk) grow() error {
	c := newCompiler()
	cypher := "MATCH (a) WHERE elementId(a) IN " + c.param(w.layer) +
		" MATCH (a)-[r:" + types(w.options.Using) + "]-(n) WHERE " + w.shortcut(c) +
		" WITH DISTINCT n WHERE NOT elementId(n) IN " + c.param(w.kept)
	if w.options.Kinds != nil {
		cypher += " AND n:" + labels(w.options.Kinds)
	}
	room := w.room()
	reached, err := w.keep(cypher+w.matches(c)+" WITH n ORDER BY n.id LIMIT "+c.param(room+graph.MaxOmitted), c)
	if reached > room {
		w.sub.Truncated, w.sub.Omitted = true, reached-room
	}
	return err
}

// matches returns the conditions of a node n, each behind an AND.
func (w *walk) matches(c *compiler) string {
	var all strings.Builder
	for _, info := range graph.Nodes { // in one order, so that the server knows the statement again
		if f := w.options.Where[info.Kind]; f != nil {
			all.WriteString(" AND (NOT n:" + string(info.Kind) + " OR " + c.filter(f, "n") + ")")
		}
	}
	return all.String()
}

// shortcut returns the condition of an edge r that is no shortcut, or one that is allowed.
func (w *walk) shortcut(c *compiler) string {
	if w.options.Shortcuts == nil {
		return "true"
	}
	return "(r.relationId IS NULL OR EXISTS { (relation:" + string(graph.KindRelation) + " {id: r.relationId})" +
		whereAll(c.conditions(nil, "", w.options.Shortcuts, "relation")) + " })"
}

// connect adds the edges between the nodes.
func (w *walk) connect() error {
	if len(w.kept) == 0 {
		return nil
	}
	c := newCompiler()
	kept := c.param(w.kept)
	rows, err := w.tx.run("MATCH (a)-[r:"+types(w.options.Using)+"]->(b) WHERE elementId(a) IN "+kept+
		" AND elementId(b) IN "+kept+" AND "+w.shortcut(c)+" RETURN collect([type(r), a.id, b.id, properties(r)])", c.params)
	if err != nil {
		return err
	}
	for _, values := range lists(rows[0][0]) {
		w.sub.Edges = append(w.sub.Edges, decodeEdge(values))
	}
	slices.SortFunc(w.sub.Edges, compareEdges)
	return nil
}
