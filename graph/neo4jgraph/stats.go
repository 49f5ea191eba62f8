package neo4jgraph

import (
	"context"
	"fmt"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Stats asks Neo4j's own counters, which answer at once however large the graph is.
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	stats := graph.Stats{ByKind: make(map[graph.NodeKind]int)}
	rows, err := s.ask(ctx, counters(), nil)
	for _, row := range rows {
		count, _ := row[1].(int64)
		kind := graph.NodeKind(text(row[0]))
		if count == 0 {
			continue
		}
		if !kind.Known() {
			stats.Edges += int(count)
			continue
		}
		stats.ByKind[kind] = int(count)
		stats.Nodes += int(count)
	}
	stats.Documents = stats.ByKind[graph.KindDocument]
	return stats, err
}

// counters returns a statement with a row for each kind of nodes and of edges.
func counters() string {
	var parts []string
	for _, n := range graph.Nodes {
		parts = append(parts, fmt.Sprintf("MATCH (n:%s) RETURN '%s' AS kind, count(n) AS count", n.Kind, n.Kind))
	}
	for _, e := range graph.Edges {
		parts = append(parts, fmt.Sprintf("MATCH ()-[r:%s]->() RETURN '%s' AS kind, count(r) AS count", e.Kind, e.Kind))
	}
	return strings.Join(parts, " UNION ALL ")
}
