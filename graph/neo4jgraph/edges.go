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

// bothEnds finds the ends, a and b, of an edge in row by their numbers.
const bothEnds = "MATCH (a) WHERE id(a) = row[0] MATCH (b) WHERE id(b) = row[1]"

// numbersOf returns the nodes' numbers, with room for two values more.
func (c *change) numbersOf(from, to graph.ID) []any {
	return append(make([]any, 0, 4), c.numbers[from], c.numbers[to])
}

// sameProps returns the condition that a relationship r has the properties in row.
func sameProps(kind graph.EdgeKind) string {
	list := []string{"true"}
	for _, p := range kind.Info().Props {
		have, want := "r."+p.Name, "row[2]."+p.Name
		condition := have + " = " + want
		if !p.Required {
			condition = "(" + condition + " OR " + have + " IS NULL AND " + want + " IS NULL)"
		}
		list = append(list, condition)
	}
	return strings.Join(list, " AND ")
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
	joined, err := c.joinable(append(waited, c.links...))
	if err != nil {
		return err
	}
	return c.createEdges(append(there, joined...))
}

// joinable returns those of the edges whose ends are both there.
func (c *change) joinable(edges []graph.Edge) ([]graph.Edge, error) {
	absent, err := c.absent(edges)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(edges, func(e graph.Edge) bool { return absent[e.From] || absent[e.To] }), nil
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
		missing, err := c.merge(g, "", "CASE WHEN n.caption IS NULL THEN id END")
		if err != nil {
			return nil, err
		}
		for _, id := range missing {
			absent[graph.ID(text(id))] = true
		}
		if len(missing) == 0 {
			continue
		}
		err = c.tx.exec(fmt.Sprintf("MATCH (n:%s) WHERE n.id IN $ids DELETE n", g.kind), map[string]any{"ids": missing})
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
	var bare, more []any // without properties, and with them
	perhaps := make(map[graph.EdgeKind][]any)
	seen := make(map[edgeKey]bool, len(edges))
	for _, e := range edges {
		key := keyOf(e)
		if seen[key] {
			continue
		}
		seen[key] = true
		row := c.numbersOf(e.From, e.To)
		switch {
		case (kindOf(e.From).Info().Shared || e.Kind.Info().Link) && !c.fresh[e.From] && !c.fresh[e.To]:
			perhaps[e.Kind] = append(perhaps[e.Kind], append(row, stored(e.Props, 0)))
		case len(e.Props) == 0:
			bare = append(bare, append(row, string(e.Kind)))
		default:
			more = append(more, append(row, stored(e.Props, 0), string(e.Kind)))
		}
	}
	if err := c.each(bare, bothEnds+" CREATE (a)-[:$(row[2])]->(b)"); err != nil {
		return err
	}
	if err := c.each(more, bothEnds+" CREATE (a)-[r:$(row[3])]->(b) SET r = row[2]"); err != nil {
		return err
	}
	for _, kind := range slices.Sorted(maps.Keys(perhaps)) {
		err := c.each(perhaps[kind], fmt.Sprintf("%s AND NOT EXISTS { MATCH (a)-[r:%s]->(b) WHERE %s } CREATE (a)-[r:%[2]s]->(b) SET r = row[2]",
			bothEnds, kind, sameProps(kind)))
		if err != nil {
			return err
		}
	}
	return nil
}
