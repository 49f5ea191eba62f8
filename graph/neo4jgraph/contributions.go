package neo4jgraph

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// said names what an owner says of a shared node.
type said struct{ owner, node graph.ID }

// A contribution is what one owner says of one shared node: properties, and edges that lead away from it.
type contribution struct {
	props graph.Props
	edges []graph.Edge // sorted, each once
}

// sortEdges brings the edges in order, each once.
func (c *contribution) sortEdges() {
	graph.SortEdges(c.edges)
	c.edges = slices.CompactFunc(c.edges, func(a, b graph.Edge) bool { return a.Compare(b) == 0 })
}

// equal reports whether two contributions say the same.
func (c *contribution) equal(other *contribution) bool {
	return slices.EqualFunc(c.edges, other.edges, func(a, b graph.Edge) bool { return a.Compare(b) == 0 }) &&
		len(c.props) == len(other.props) && (len(c.props) == 0 || reflect.DeepEqual(c.props, other.props))
}

// encode returns the contribution as the properties of a CONTRIBUTES relationship.
func (c *contribution) encode() (map[string]any, error) {
	m := stored(c.props, 1)
	if len(c.edges) == 0 {
		return m, nil
	}
	list := make([]string, len(c.edges))
	for i, e := range c.edges {
		b, err := json.Marshal(edgeRecord{Kind: e.Kind, To: e.To, Props: e.Props})
		if err != nil {
			return nil, fmt.Errorf("%w: edge %s from %s: %w", graph.ErrInvalid, e.Kind, e.From, err)
		}
		list[i] = string(b)
	}
	m["edges"] = list
	return m, nil
}

// An edgeRecord is an edge of a contribution as it is stored.
type edgeRecord struct {
	Kind  graph.EdgeKind `json:"kind"`
	To    graph.ID       `json:"to"`
	Props map[string]any `json:"props,omitempty"`
}

// decodeContribution reads the properties of a CONTRIBUTES relationship to a node.
func decodeContribution(node graph.ID, value any) (*contribution, error) {
	have, _ := value.(map[string]any)
	kind, err := node.Kind()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", graph.ErrCorrupt, err)
	}
	c := &contribution{props: restored(kind.Info().Props, have)}
	list, _ := have["edges"].([]any)
	for _, record := range list {
		e, err := decodeRecord(node, text(record))
		if err != nil {
			return nil, fmt.Errorf("%w: contribution to %s: %w", graph.ErrCorrupt, node, err)
		}
		c.edges = append(c.edges, e)
	}
	c.sortEdges()
	return c, nil
}

func decodeRecord(from graph.ID, record string) (graph.Edge, error) {
	var r edgeRecord
	if err := json.Unmarshal([]byte(record), &r); err != nil {
		return graph.Edge{}, err
	}
	e := graph.Edge{Kind: r.Kind, From: from, To: r.To}
	for _, p := range r.Kind.Info().Props {
		v, ok := r.Props[p.Name]
		if !ok {
			continue
		}
		if e.Props == nil {
			e.Props = make(graph.Props)
		}
		if p.Type == graph.Time {
			t, err := time.Parse(time.RFC3339Nano, text(v))
			if err != nil {
				return e, err
			}
			v = t.UTC()
		}
		e.Props[p.Name] = v // edges have strings, times and floats only
	}
	return e, nil
}

// A sharedNode is a shared node that a change touches.
type sharedNode struct {
	kind         graph.NodeKind
	added, taken []said      // contributions that came or changed, and that went or changed
	before       graph.Props // as it was; nil if it was not there
	after        graph.Props // as it will be; nil if nobody speaks of it any more
	stale        []graph.Edge
}

// settleShared brings the shared nodes in step with what is said of them.
func (c *change) settleShared() error {
	c.touch()
	if err := c.readShared(); err != nil {
		return err
	}
	if err := c.dropShortcuts(); err != nil {
		return err
	}
	if err := c.writeContributions(); err != nil {
		return err
	}
	if err := c.mergeShared(); err != nil {
		return err
	}
	if err := c.writeShared(); err != nil {
		return err
	}
	return c.dropStale()
}

// touch finds the shared nodes of which something new is said, or something no more.
func (c *change) touch() {
	for key, now := range c.said {
		before := c.hadSaid[key]
		if before != nil && before.equal(now) {
			continue
		}
		node := c.touched(key.node)
		node.added = append(node.added, key)
		c.affect(key.node, now)
		if before != nil {
			node.taken = append(node.taken, key)
			c.affect(key.node, before)
		}
	}
	for key, before := range c.hadSaid {
		if c.said[key] == nil {
			node := c.touched(key.node)
			node.taken = append(node.taken, key)
			c.affect(key.node, before)
		}
	}
}

func (c *change) touched(id graph.ID) *sharedNode {
	if c.shared[id] == nil {
		kind, _ := id.Kind() // batches hold IDs, and so does the store
		c.shared[id] = &sharedNode{kind: kind}
	}
	return c.shared[id]
}

// affect notes the relations whose shortcuts depend on a contribution.
func (c *change) affect(id graph.ID, said *contribution) {
	if c.shared[id].kind == graph.KindRelation {
		c.affects[id] = true
	}
	for _, e := range said.edges {
		if e.Kind == graph.EdgeAsserts {
			c.affects[e.To] = true
		}
	}
}

// readShared makes or locks the touched nodes, and reads them as they are.
func (c *change) readShared() error {
	for _, g := range byKind(sortedKeys(c.shared)) {
		names := propNames(g.kind.Info().Props)
		there, err := c.merge(g, lockFound, "CASE WHEN n.caption IS NOT NULL THEN "+listed("n", names)+" END")
		if err != nil {
			return err
		}
		for _, values := range there {
			n := decodeNode(values, names)
			c.shared[n.ID].before = n.Props
		}
		for _, id := range g.ids {
			if c.shared[id].before == nil {
				c.fresh[id] = true
			}
		}
	}
	return nil
}

func propNames(props []graph.Prop) []string {
	names := make([]string, len(props))
	for i, p := range props {
		names[i] = p.Name
	}
	return names
}

// writeContributions removes what is said no more and adds what is new.
func (c *change) writeContributions() error {
	var taken, added []any
	for _, id := range sortedKeys(c.shared) {
		node := c.shared[id]
		for _, key := range node.taken {
			taken = append(taken, c.numbersOf(key.owner, key.node))
		}
		for _, key := range node.added {
			props, err := c.said[key].encode()
			if err != nil {
				return err
			}
			added = append(added, append(c.numbersOf(key.owner, key.node), props))
		}
	}
	if err := c.each(taken, bothEnds+" MATCH (a)-[c:CONTRIBUTES]->(b) DELETE c"); err != nil {
		return err
	}
	return c.each(added, bothEnds+" CREATE (a)-[c:CONTRIBUTES]->(b) SET c = row[2]")
}

func kindOf(id graph.ID) graph.NodeKind {
	kind, _ := id.Kind() // batches hold IDs, and so does the store
	return kind
}

// mergeShared decides what the touched nodes become. Where contributions only came, the node as it was stands for the
// earlier ones, so that the cost does not grow with their number.
func (c *change) mergeShared() error {
	var reread []graph.ID
	for id, node := range c.shared {
		if len(node.taken) > 0 {
			reread = append(reread, id)
			continue
		}
		parts, count := []graph.Props{node.before}, documents(node.kind, node.before)
		for _, key := range node.added {
			parts = append(parts, c.said[key].props)
			if kindOf(key.owner) == graph.KindDocument {
				count++
			}
		}
		node.after = graph.MergeProps(node.kind, count, parts...)
	}
	for _, g := range byKind(reread) {
		if err := c.reread(g); err != nil {
			return err
		}
	}
	return nil
}

// reread merges all that remains to be said of nodes of which something is said no more.
func (c *change) reread(g kindIDs) error {
	rows, err := c.tx.run(fmt.Sprintf(
		"MATCH (n:%s) WHERE n.id IN $ids MATCH (n)<-[c:CONTRIBUTES]-(o) RETURN n.id, properties(c), o:%s", g.kind, graph.KindDocument),
		map[string]any{"ids": texts(g.ids)})
	if err != nil {
		return err
	}
	parts, count := make(map[graph.ID][]graph.Props), make(map[graph.ID]int)
	wanted := make(map[edgeKey]bool)
	for _, row := range rows {
		id := graph.ID(text(row[0]))
		said, err := decodeContribution(id, row[1])
		if err != nil {
			return err
		}
		parts[id] = append(parts[id], said.props)
		if isDocument, _ := row[2].(bool); isDocument {
			count[id]++
		}
		for _, e := range said.edges {
			wanted[keyOf(e)] = true
		}
	}
	for _, id := range g.ids {
		node := c.shared[id]
		if len(parts[id]) > 0 {
			node.after = graph.MergeProps(g.kind, count[id], parts[id]...)
		}
		for _, key := range node.taken {
			for _, e := range c.hadSaid[key].edges {
				if !wanted[keyOf(e)] {
					node.stale = append(node.stale, e)
				}
			}
		}
	}
	return nil
}

// documents returns how many documents a shared node says to speak of it; 0 where its kind does not count them.
func documents(kind graph.NodeKind, p graph.Props) int {
	for _, prop := range kind.Info().Props {
		if prop.Merge == graph.Documents {
			n, _ := p[prop.Name].(int64)
			return int(n)
		}
	}
	return 0
}

// writeShared writes what is new of the nodes, and the label that follows from their properties.
func (c *change) writeShared() error {
	var same, others []any // labels
	for _, id := range sortedKeys(c.shared) {
		node := c.shared[id]
		props := node.changes()
		if len(props) == 0 {
			continue
		}
		info := node.kind.Info()
		had, want := info.Label(node.before), info.Label(node.after)
		if had == want {
			same = append(same, []any{c.numbers[id], props})
		} else {
			others = append(others, []any{c.numbers[id], props, label(had), label(want)})
		}
	}
	const write = "MATCH (n) WHERE id(n) = row[0] SET n += row[1]"
	if err := c.each(same, write); err != nil {
		return err
	}
	return c.each(others, write+" REMOVE n:$(row[2]) SET n:$(row[3])")
}

// label returns a label, or none, as Cypher wants them.
func label(name string) []string {
	if name == "" {
		return []string{}
	}
	return []string{name}
}

// changes returns the properties of the node that change, those that go with null. A node that vanishes has none.
func (n *sharedNode) changes() map[string]any {
	changes := make(map[string]any)
	if n.after == nil {
		return changes
	}
	searched := false
	for _, p := range n.kind.Info().Props {
		had, has := n.before[p.Name], n.after[p.Name]
		if graph.Compare(had, has) != 0 {
			changes[p.Name] = toDriver(has)
			searched = searched || p.Searched
		}
	}
	if searched {
		changes["search"] = graph.Node{Kind: n.kind, Props: n.after}.SearchText()
	}
	return changes
}

// dropStale removes edges that nobody contributes any more.
func (c *change) dropStale() error {
	groups := make(map[graph.EdgeKind][]any)
	var pending []string
	for _, node := range c.shared {
		for _, e := range node.stale {
			groups[e.Kind] = append(groups[e.Kind], []any{c.numbers[e.From], string(e.To), stored(e.Props, 0)})
			pending = append(pending, e.ID())
		}
	}
	for kind, rows := range groups {
		err := c.each(rows, fmt.Sprintf("MATCH (a) WHERE id(a) = row[0] MATCH (a)-[r:%s]->(b {id: row[1]}) WHERE %s DELETE r",
			kind, sameProps(kind)))
		if err != nil {
			return err
		}
	}
	if pending == nil {
		return nil
	}
	return c.tx.exec("MATCH (p:Pending) WHERE p.id IN $ids DELETE p", map[string]any{"ids": pending})
}
