package neo4jgraph

import (
	"context"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// Neighbourhood walks layer by layer, each by one statement, and then asks for the edges between all.
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
	rows, err := w.tx.run(in.match+w.returning(in.node), c.params)
	if err != nil {
		return err
	}
	w.keep(rows)
	return nil
}

// returning ends a statement with a node's own name, and the node.
func (w *walk) returning(node string) string {
	return " RETURN elementId(" + node + "), " + listed(node, w.options.Props) + " ORDER BY " + node + ".id"
}

func (w *walk) keep(rows [][]any) {
	w.layer = nil
	for _, row := range rows {
		w.layer = append(w.layer, text(row[0]))
		w.sub.Nodes = append(w.sub.Nodes, decodeNode(row[1], w.options.Props))
	}
	w.kept = append(w.kept, w.layer...)
}

// grow adds the next layer, or as much of it as there is room for.
func (w *walk) grow() error {
	c := newCompiler()
	cypher := "MATCH (a) WHERE elementId(a) IN " + c.param(w.layer) +
		" MATCH (a)-[:" + types(w.options.Using) + "]-(n) WITH DISTINCT n WHERE NOT elementId(n) IN " + c.param(w.kept)
	if w.options.Kinds != nil {
		cypher += " AND n:" + labels(w.options.Kinds)
	}
	room := w.options.Nodes - len(w.kept)
	cypher += " WITH n ORDER BY n.id LIMIT " + c.param(room+graph.MaxOmitted)
	rows, err := w.tx.run(cypher+w.returning("n"), c.params)
	if err != nil {
		return err
	}
	if len(rows) > room {
		w.sub.Truncated, w.sub.Omitted = true, len(rows)-room
		rows = rows[:room]
	}
	w.keep(rows)
	return nil
}

// connect adds the edges between the nodes.
func (w *walk) connect() error {
	if len(w.kept) == 0 {
		return nil
	}
	c := newCompiler()
	kept := c.param(w.kept)
	rows, err := w.tx.run("MATCH (a)-[r:"+types(w.options.Using)+"]->(b) WHERE elementId(a) IN "+kept+
		" AND elementId(b) IN "+kept+" RETURN type(r), a.id, b.id, properties(r)", c.params)
	if err != nil {
		return err
	}
	for _, row := range rows {
		w.sub.Edges = append(w.sub.Edges, decodeEdge(row))
	}
	slices.SortFunc(w.sub.Edges, compareEdges)
	return nil
}
