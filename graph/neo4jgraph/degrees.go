package neo4jgraph

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Degrees asks one statement a kind of nodes, so that there are few to plan. How many edges of a kind a node has Neo4j keeps
// with the node: only where the kind leads to nodes of several kinds it has to look at them.
func (s *Store) Degrees(ctx context.Context, ids []graph.ID) (map[graph.ID][]graph.Degree, error) {
	degrees := make(map[graph.ID][]graph.Degree)
	for _, g := range byKind(ids) {
		all := degreesOf(g.kind)
		counts := make([]string, len(all))
		for i, d := range all {
			far := ""
			if len(d.Edge.Info().Far(d.Reverse)) > 1 {
				far = ":" + string(d.Far)
			}
			counts[i] = "COUNT { " + pattern("n", "", d.Edge, d.Reverse, far) + " }"
		}
		c := newCompiler()
		rows, err := s.ask(ctx, fmt.Sprintf("MATCH (n:%s) WHERE n.id IN %s RETURN n.id, %s",
			g.kind, c.param(texts(g.ids)), strings.Join(counts, ", ")), c.params)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			id := graph.ID(text(row[0]))
			for i, d := range all {
				n, _ := row[i+1].(int64)
				if d.Count = int(n); n > 0 {
					degrees[id] = append(degrees[id], d)
				}
			}
		}
	}
	return degrees, nil
}

// degreesOf lists which edges nodes of a kind may have.
func degreesOf(kind graph.NodeKind) []graph.Degree {
	var list []graph.Degree
	for _, e := range graph.Edges {
		for _, reverse := range []bool{false, true} {
			if !slices.Contains(e.Far(!reverse), kind) {
				continue
			}
			for _, far := range e.Far(reverse) {
				list = append(list, graph.Degree{Edge: e.Kind, Reverse: reverse, Far: far})
			}
		}
	}
	return list
}
