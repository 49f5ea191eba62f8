package neo4jgraph

import (
	"context"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Degrees counts in one statement, which answers with one row.
func (s *Store) Degrees(ctx context.Context, ids []graph.ID) (map[graph.ID][]graph.Degree, error) {
	c := newCompiler()
	in := c.withIDs(graph.Select{IDs: ids})
	if in.match == "" {
		return nil, nil
	}
	kinds := make([]string, len(graph.Nodes))
	for i, n := range graph.Nodes {
		kinds[i] = string(n.Kind)
	}
	known := c.param(kinds)
	side := func(pattern, reverse string) string {
		return "MATCH " + pattern + " RETURN type(r) AS edge, " + reverse +
			" AS reverse, [l IN labels(m) WHERE l IN " + known + "][0] AS far, count(*) AS edges"
	}
	edges := types(nil)
	cypher := in.match + " WITH DISTINCT " + in.node + " AS n CALL (n) { " + strings.Join([]string{
		side("(n)-[r:"+edges+"]->(m)", "false"), side("(n)<-[r:"+edges+"]-(m)", "true"),
	}, " UNION ALL ") + " } RETURN collect([n.id, edge, reverse, far, edges])"
	rows, err := s.ask(ctx, cypher, c.params)
	if err != nil {
		return nil, err
	}
	degrees := make(map[graph.ID][]graph.Degree)
	for _, v := range lists(rows[0][0]) {
		d := graph.Degree{Edge: graph.EdgeKind(text(v[1])), Far: graph.NodeKind(text(v[3]))}
		d.Reverse, _ = v[2].(bool)
		n, _ := v[4].(int64)
		d.Count = int(n)
		id := graph.ID(text(v[0]))
		degrees[id] = append(degrees[id], d)
	}
	return degrees, nil
}
