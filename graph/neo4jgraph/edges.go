package neo4jgraph

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// An edgeKey is an edge's value in a form that can be compared.
type edgeKey struct {
	kind     graph.EdgeKind
	from, to graph.ID
	props    string
}

func keyOf(e graph.Edge) edgeKey {
	key := edgeKey{kind: e.Kind, from: e.From, to: e.To}
	if len(e.Props) > 0 {
		key.props = e.ID()
	}
	return key
}

// edgeEnds are the kinds of an edge and its ends: edges that are alike in them go in one statement.
type edgeEnds struct {
	kind     graph.EdgeKind
	from, to graph.NodeKind
}

func endsOf(e graph.Edge) edgeEnds { return edgeEnds{e.Kind, kindOf(e.From), kindOf(e.To)} }

// match finds the ends, a and b, of the edge in row.
func (e edgeEnds) match(also string) string {
	return fmt.Sprintf("MATCH (a:%s {id: row.from}) MATCH (b:%s {id: row.to})%s", e.from, e.to, also)
}

// edgeRows returns edges as parameters.
func edgeRows(edges []graph.Edge) []map[string]any {
	rows := make([]map[string]any, len(edges))
	for i, e := range edges {
		rows[i] = map[string]any{"from": string(e.From), "to": string(e.To)}
		if len(e.Props) > 0 {
			rows[i]["props"] = stored(e.Props, 0)
		}
	}
	return rows
}

// sameProps returns the conditions that a relationship r has the properties in row.
func sameProps(kind graph.EdgeKind) []string {
	list := []string{"true"}
	for _, p := range kind.Info().Props {
		have, want := "r."+p.Name, "row.props."+p.Name
		condition := have + " = " + want
		if !p.Required {
			condition = "(" + condition + " OR " + have + " IS NULL AND " + want + " IS NULL)"
		}
		list = append(list, condition)
	}
	return list
}

// contributed returns the kinds of edges that owners contribute.
func contributed() []graph.EdgeKind {
	return edgeKinds(func(e graph.EdgeInfo) bool { return !e.Derived && !e.Link })
}

// links returns the kinds of edges that belong to nobody.
func links() []graph.EdgeKind { return edgeKinds(func(e graph.EdgeInfo) bool { return e.Link }) }

func edgeKinds(wanted func(graph.EdgeInfo) bool) []graph.EdgeKind {
	var kinds []graph.EdgeKind
	for _, e := range graph.Edges {
		if wanted(e) {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

// joinEdges writes the edges of the change, and those that waited for its new nodes. What leads to a node that is not
// there waits in turn.
func (c *change) joinEdges() error {
	edges := slices.Clone(c.edges)
	for _, id := range sortedKeys(c.shared) {
		for _, key := range c.shared[id].added {
			edges = append(edges, c.said[key].edges...)
		}
	}
	absent, err := c.absent(edges)
	if err != nil {
		return err
	}
	var there, pending []graph.Edge
	for _, e := range edges {
		if absent[e.To] {
			pending = append(pending, e)
		} else {
			there = append(there, e)
		}
	}
	if err := c.await(pending); err != nil {
		return err
	}
	waited, err := c.arrived()
	if err != nil {
		return err
	}
	joined, err := c.linked()
	if err != nil {
		return err
	}
	return c.createEdges(slices.Concat(there, waited, joined))
}

// linked returns the links that the change brings and whose ends are both there.
func (c *change) linked() ([]graph.Edge, error) {
	absent, err := c.absent(c.links)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(c.links), func(e graph.Edge) bool { return absent[e.From] || absent[e.To] }), nil
}

// absent returns which ends of the edges are not there. It locks their IDs, so that whoever makes such a node meanwhile
// waits for this change and then sees its pending edges.
func (c *change) absent(edges []graph.Edge) (map[graph.ID]bool, error) {
	var elsewhere []graph.ID
	for _, e := range edges {
		for _, end := range []graph.ID{e.From, e.To} {
			if !c.brings(end) {
				elsewhere = append(elsewhere, end)
			}
		}
	}
	absent := make(map[graph.ID]bool)
	for _, g := range byKind(elsewhere) {
		rows, err := c.tx.run(fmt.Sprintf("UNWIND $ids AS id MERGE (n:%s {id: id}) WITH n WHERE n.caption IS NULL RETURN n.id",
			g.kind), map[string]any{"ids": texts(g.ids)})
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			continue
		}
		ids := make([]string, len(rows))
		for i, row := range rows {
			ids[i] = text(row[0])
			absent[graph.ID(ids[i])] = true
		}
		err = c.tx.exec(fmt.Sprintf("MATCH (n:%s) WHERE n.id IN $ids DELETE n", g.kind), map[string]any{"ids": ids})
		if err != nil {
			return nil, err
		}
	}
	return absent, nil
}

// brings reports whether the change itself brings the node.
func (c *change) brings(id graph.ID) bool {
	if _, ok := c.owned[id]; ok {
		return true
	}
	node := c.shared[id]
	return node != nil && node.after != nil
}

// createEdges writes edges whose ends are there, each once. One of a shared node, and a link, may be there already, if
// neither end is new; those of owned nodes are new.
func (c *change) createEdges(edges []graph.Edge) error {
	fresh := make(map[graph.ID]bool, len(c.fresh))
	for _, id := range c.fresh {
		fresh[id] = true
	}
	type group struct {
		edgeEnds
		there bool // perhaps
	}
	groups := make(map[group][]graph.Edge)
	seen := make(map[edgeKey]bool, len(edges))
	for _, e := range edges {
		if key := keyOf(e); !seen[key] {
			seen[key] = true
			ends := endsOf(e)
			g := group{ends, (ends.from.Info().Shared || ends.kind.Info().Link) && !fresh[e.From] && !fresh[e.To]}
			groups[g] = append(groups[g], e)
		}
	}
	order := slices.SortedFunc(maps.Keys(groups), func(a, b group) int {
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	for _, g := range order {
		condition := ""
		if g.there {
			condition = " WHERE NOT EXISTS { MATCH (a)-[r:" + string(g.kind) + "]->(b) WHERE " +
				strings.Join(sameProps(g.kind), " AND ") + " }"
		}
		cypher := "UNWIND $rows AS row " + g.match(condition) + " CREATE (a)-[r:" + string(g.kind) + "]->(b)"
		if len(g.kind.Info().Props) > 0 {
			cypher += " SET r = row.props"
		}
		if err := c.tx.exec(cypher, map[string]any{"rows": edgeRows(groups[g])}); err != nil {
			return err
		}
	}
	return nil
}
