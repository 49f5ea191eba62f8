package neo4jgraph

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Paths lets Neo4j search from both ends.
func (s *Store) Paths(ctx context.Context, from, to graph.ID, o graph.PathOptions) ([]graph.Subgraph, error) {
	fromKind, fromErr := from.Kind()
	toKind, toErr := to.Kind()
	if fromErr != nil || toErr != nil {
		return nil, nil // what is no ID names no node
	}
	c := newCompiler()
	var cypher string
	switch {
	case from == to:
		cypher = fmt.Sprintf("MATCH (a:%s {id: %s}) RETURN [%s], []", fromKind, c.param(from), listed("a", o.Props))
	case o.MaxLength == 0:
		return nil, nil
	default:
		cypher = fmt.Sprintf(`
			MATCH (a:%s {id: %s}), (b:%s {id: %s})
			MATCH p = allShortestPaths((a)-[:%s*..%d]-(b))
			WITH DISTINCT nodes(p) AS path, [n IN nodes(p) | n.id] AS ids, [r IN relationships(p) | type(r)] AS kinds
			ORDER BY ids, kinds LIMIT %s
			RETURN [n IN path | %s],
				COLLECT {
					UNWIND range(0, size(kinds) - 1) AS i
					WITH i, path[i] AS x, path[i + 1] AS y
					MATCH (x)-[r]-(y) WHERE type(r) = kinds[i]
					RETURN [i, kinds[i], startNode(r).id, endNode(r).id, properties(r)]
				}`,
			fromKind, c.param(from), toKind, c.param(to), types(o.Using), o.MaxLength, c.param(o.First), listed("n", o.Props))
	}
	rows, err := s.ask(ctx, cypher, c.params)
	paths := make([]graph.Subgraph, len(rows))
	for i, row := range rows {
		paths[i] = decodePath(row, o.Props)
	}
	return paths, err
}

// listed returns the expression of a node as decodeNode reads it.
func listed(node string, props []string) string {
	values := []string{node + ".id"}
	for _, name := range props {
		values = append(values, node+"."+name)
	}
	return "[" + strings.Join(values, ", ") + "]"
}

// decodeNode reads a node: its ID, then the wanted properties.
func decodeNode(value any, props []string) graph.Node {
	values, _ := value.([]any)
	n := graph.Node{ID: graph.ID(text(values[0])), Props: make(graph.Props, len(props))}
	n.Kind, _ = n.ID.Kind() // the store holds no other IDs
	for i, name := range props {
		if v := values[1+i]; v != nil {
			n.Props[name] = fromDriver(v)
		}
	}
	return n
}

// decodeEdge reads an edge: its kind, its ends, its properties.
func decodeEdge(values []any) graph.Edge {
	e := graph.Edge{Kind: graph.EdgeKind(text(values[0])), From: graph.ID(text(values[1])), To: graph.ID(text(values[2]))}
	props, _ := values[3].(map[string]any)
	e.Props = restored(e.Kind.Info().Props, props)
	return e
}

// decodePath reads a path: its nodes, and for each step the edges of its kind, of which the first stands for all.
func decodePath(row []any, props []string) graph.Subgraph {
	var path graph.Subgraph
	nodes, _ := row[0].([]any)
	for _, value := range nodes {
		path.Nodes = append(path.Nodes, decodeNode(value, props))
	}
	candidates, _ := row[1].([]any)
	steps := make([][]graph.Edge, len(nodes)-1)
	for _, candidate := range candidates {
		values, _ := candidate.([]any)
		i, _ := values[0].(int64)
		steps[i] = append(steps[i], decodeEdge(values[1:]))
	}
	for _, edges := range steps {
		path.Edges = append(path.Edges, slices.MinFunc(edges, graph.Edge.Compare))
	}
	return path
}
