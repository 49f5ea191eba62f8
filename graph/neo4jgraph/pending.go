package neo4jgraph

import (
	"fmt"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// await keeps edges that lead to nodes which are not there.
func (c *change) await(edges []graph.Edge) error {
	if len(edges) == 0 {
		return nil
	}
	rows := make([]map[string]any, len(edges))
	for i, e := range edges {
		rows[i] = stored(e.Props, 4)
		rows[i]["id"], rows[i]["edge"] = e.ID(), string(e.Kind)
		rows[i]["from"], rows[i]["to"] = string(e.From), string(e.To)
	}
	return c.tx.exec("UNWIND $rows AS row MERGE (p:Pending {id: row.id}) SET p = row", map[string]any{"rows": rows})
}

// arrived takes the edges that waited for nodes that this change makes.
func (c *change) arrived() ([]graph.Edge, error) {
	if len(c.fresh) == 0 {
		return nil, nil
	}
	rows, err := c.tx.run("MATCH (p:Pending) WHERE p.to IN $ids WITH p, properties(p) AS found DELETE p RETURN found",
		map[string]any{"ids": texts(sortedKeys(c.fresh))})
	if err != nil {
		return nil, err
	}
	edges := make([]graph.Edge, len(rows))
	for i, row := range rows {
		found, _ := row[0].(map[string]any)
		e := decodeEdge([]any{found["edge"], found["from"], found["to"], found})
		edges[i] = e
		switch e.Kind {
		case graph.EdgeAsserts:
			c.affects[e.To] = true
		case graph.EdgeAgent, graph.EdgeTarget:
			c.affects[e.From] = true
		}
	}
	return edges, nil
}

// forgetPending removes pending edges by one of their ends.
func (c *change) forgetPending(end string, ids []graph.ID) error {
	if len(ids) == 0 {
		return nil
	}
	return c.tx.exec("MATCH (p:Pending) WHERE p."+end+" IN $ids DELETE p", map[string]any{"ids": texts(ids)})
}

// vanish removes the nodes that nobody brings any more. Others' edges that lead to them wait for their return.
func (c *change) vanish() error {
	var gone []graph.ID
	for id := range c.had {
		if _, ok := c.owned[id]; !ok {
			gone = append(gone, id)
		}
	}
	for id, node := range c.shared {
		if node.after == nil {
			gone = append(gone, id)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	slices.Sort(gone)
	var waiting []graph.Edge
	for _, g := range byKind(gone) {
		rows, err := c.tx.run(fmt.Sprintf("MATCH (n:%s) WHERE n.id IN $ids MATCH (n)<-[r:%s]-(far) "+
			"WHERE NOT far.id IN $gone RETURN type(r), far.id, n.id, properties(r)", g.kind, types(contributed())),
			map[string]any{"ids": texts(g.ids), "gone": texts(gone)})
		if err != nil {
			return err
		}
		for _, row := range rows {
			waiting = append(waiting, decodeEdge(row))
		}
	}
	if err := c.await(waiting); err != nil {
		return err
	}
	for _, g := range byKind(gone) {
		err := c.tx.exec(fmt.Sprintf("MATCH (n:%s) WHERE n.id IN $ids DETACH DELETE n", g.kind),
			map[string]any{"ids": texts(g.ids)})
		if err != nil {
			return err
		}
		if g.kind != graph.KindClaim {
			continue
		}
		if err := c.tx.exec(dropMeanings, map[string]any{"ids": texts(g.ids)}); err != nil {
			return err
		}
	}
	return c.forgetPending("from", gone)
}
