// Package neo4jwrite compares the Neo4j writer with a loop over the driver that somebody might write by hand: the same
// rows, one UNWIND … MERGE for each label and each relationship type, documents grouped into transactions. The loop
// knows nothing of replacing, of shared nodes' merging, of missing ends and of shortcuts.
package neo4jwrite

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/claimgraph/claimgraph/graph"
)

// A statement is one of the loop's statements with its rows.
type statement struct {
	cypher string
	rows   []map[string]any
}

// write runs the statements of one group of documents in one transaction.
func write(ctx context.Context, driver neo4j.DriverWithContext, database string, statements []statement) error {
	session := driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: database})
	defer session.Close(ctx)
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		for _, s := range statements {
			result, err := tx.Run(ctx, s.cypher, map[string]any{"rows": s.rows})
			if err != nil {
				return nil, err
			}
			if _, err := result.Consume(ctx); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	return err
}

// prepare turns a group of documents into statements, nodes before relationships, rows by ID.
func prepare(batches []graph.Batch) []statement {
	nodes := make(map[string][]map[string]any)
	edges := make(map[string][]map[string]any)
	seen := make(map[graph.ID]bool)
	for _, b := range batches {
		for _, n := range b.Nodes {
			if !seen[n.ID] {
				seen[n.ID] = true
				cypher := mergeNode(n)
				nodes[cypher] = append(nodes[cypher], map[string]any{"id": string(n.ID), "props": nodeProps(n)})
			}
		}
		for _, e := range b.Edges {
			cypher := mergeEdge(e)
			edges[cypher] = append(edges[cypher],
				map[string]any{"from": string(e.From), "to": string(e.To), "props": values(e.Props)})
		}
	}
	return append(sorted(nodes, "id"), sorted(edges, "from")...)
}

func sorted(groups map[string][]map[string]any, by string) []statement {
	var list []statement
	for _, cypher := range slices.Sorted(maps.Keys(groups)) {
		rows := groups[cypher]
		slices.SortFunc(rows, func(a, b map[string]any) int { return cmp.Compare(fmt.Sprint(a[by]), fmt.Sprint(b[by])) })
		list = append(list, statement{cypher, rows})
	}
	return list
}

func mergeNode(n graph.Node) string {
	cypher := fmt.Sprintf("UNWIND $rows AS row MERGE (n:%s {id: row.id}) SET n += row.props", n.Kind)
	if label := n.Kind.Info().Label(n.Props); label != "" {
		cypher += " SET n:" + label
	}
	return cypher
}

// mergeEdge tells parallel edges apart by the properties that every such edge has.
func mergeEdge(e graph.Edge) string {
	var keys []string
	for _, p := range e.Kind.Info().Props {
		if p.Required {
			keys = append(keys, p.Name+": row.props."+p.Name)
		}
	}
	from, _ := e.From.Kind() // generated documents hold IDs
	to, _ := e.To.Kind()
	return fmt.Sprintf("UNWIND $rows AS row MATCH (a:%s {id: row.from}) MATCH (b:%s {id: row.to}) MERGE (a)-[r:%s {%s}]->(b)",
		from, to, e.Kind, strings.Join(keys, ", "))
}

func nodeProps(n graph.Node) map[string]any {
	m := values(n.Props)
	if words := n.SearchText(); words != "" {
		m["search"] = words
	}
	return m
}

func values(p graph.Props) map[string]any {
	m := make(map[string]any, len(p))
	for name, v := range p {
		if t, ok := v.(time.Time); ok {
			v = t.In(time.FixedZone("Offset", 0))
		}
		m[name] = v
	}
	return m
}
