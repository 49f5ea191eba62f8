package sqlitegraph

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// Put brings the batches in: what their owners contributed before goes, what they contribute now comes, and then all
// that depends on either – shared nodes, edges between them, shortcuts – is settled once.
func (s *Store) Put(ctx context.Context, batches []graph.Batch) error {
	return s.writing(ctx, func(w *writer) error {
		if err := w.lookUp(strangers(batches)); err != nil {
			return err
		}
		for _, b := range batches {
			if _, err := w.remove(b.Owner); err != nil {
				return fmt.Errorf("replace %s: %w", b.Owner, err)
			}
		}
		for _, b := range batches {
			if err := w.addNodes(b); err != nil {
				return fmt.Errorf("store %s: %w", b.Owner, err)
			}
		}
		for _, b := range batches {
			if err := w.addEdges(b); err != nil {
				return fmt.Errorf("store %s: %w", b.Owner, err)
			}
			if err := w.addMeanings(b.Meanings); err != nil {
				return fmt.Errorf("store %s: %w", b.Owner, err)
			}
			w.joins = append(w.joins, b.Links...)
		}
		return w.settle()
	})
}

// strangers returns the nodes of the batches that may be there already: owners, shared nodes, and ends of edges and links
// that no batch brings.
func strangers(batches []graph.Batch) []graph.ID {
	var ids []graph.ID
	brought := make(map[graph.ID]bool)
	add := func(id graph.ID) {
		if !brought[id] {
			ids = append(ids, id)
		}
		brought[id] = true
	}
	for _, b := range batches {
		for _, n := range b.Nodes {
			if isOwned(n.Kind) {
				brought[n.ID] = true
			} else {
				add(n.ID)
			}
		}
	}
	for _, b := range batches {
		for _, e := range b.Edges {
			add(e.To)
		}
		for _, e := range b.Links {
			add(e.From)
			add(e.To)
		}
	}
	return ids
}

// Delete removes the owners and all that they contributed.
func (s *Store) Delete(ctx context.Context, owners []graph.ID) error {
	return s.writing(ctx, func(w *writer) error {
		for _, id := range slices.Compact(slices.Sorted(slices.Values(owners))) {
			if kind, err := id.Kind(); err != nil || !kind.Info().Owner {
				return fmt.Errorf("%w: %s owns nothing", graph.ErrNotFound, id)
			}
			found, err := w.remove(id)
			if err != nil {
				return err
			}
			if !found {
				return fmt.Errorf("%w: %s", graph.ErrNotFound, id)
			}
		}
		return w.settle()
	})
}

// A writer is one transaction that changes the graph.
type writer struct {
	*conn
	known   *known
	keys    map[graph.ID]int64   // of nodes that this transaction has looked up or made; 0: not there
	block   int64                // the one that was taken last
	next    int64                // the first place in it that is free
	tally   map[int64]int64      // change of the number of nodes of each code, and of edges (0)
	shared  map[int64]*change    // shared nodes whose contributions change
	arrived map[graph.ID]int64   // nodes that were not there before and that edges may have waited for
	loose   map[link]bool        // edges that may have lost their last contribution
	dirty   map[int64]bool       // relations whose shortcuts may be out of step
	cited   map[int64]bool       // citations that may be resolved now, or no more
	rows    map[*insertion][]any // not yet written, column by column
	words   map[int64]indexed    // of nodes whose words change
	joins   []graph.Edge         // links to be drawn once it is known which nodes are there
}

// A change is what happens to one shared node.
type change struct {
	id    graph.ID
	fresh bool           // the node was not there before
	lost  []string       // contributions that go, by form
	added []contribution // that come
}

// A contribution is what an owner says of a shared node.
type contribution struct {
	owner int64
	props graph.Props
	form  string // once it is written
}

// alone stands for the properties of a contribution where nobody else says anything of the node: it holds them itself. Most
// claims are told once, and their texts are long. A node of which nobody counts the documents may have very many
// contributions; there it is not used.
const alone = "="

// analysts is what the forms of their contributions begin with: documents alone are counted.
const analysts = "~"

// form returns a contribution's encoded properties, marked where no document makes it.
func form(owner int64, props string) string {
	if kindOf(owner) != graph.KindDocument {
		return analysts + props
	}
	return props
}

// A link is an edge that depends on being contributed.
type link struct {
	src, kind int64
	dst       graph.ID
	props     string
}

func newWriter(c *conn, k *known) *writer {
	return &writer{
		conn: c, known: k, keys: make(map[graph.ID]int64), tally: make(map[int64]int64), shared: make(map[int64]*change),
		arrived: make(map[graph.ID]int64), loose: make(map[link]bool), dirty: make(map[int64]bool), cited: make(map[int64]bool),
		rows: make(map[*insertion][]any), words: make(map[int64]indexed),
	}
}

// lookUp finds the keys of nodes.
func (w *writer) lookUp(ids []graph.ID) error {
	byKind := make(map[graph.NodeKind][]graph.ID)
	for _, id := range ids {
		if _, ok := w.keys[id]; ok {
			continue
		}
		kind, err := id.Kind()
		if err != nil {
			return err
		}
		w.keys[id] = 0
		byKind[kind] = append(byKind[kind], id)
	}
	for kind, ids := range byKind {
		list, err := json.Marshal(ids)
		if err != nil {
			return err
		}
		err = w.each(func(scan func(...any) error) error {
			var id graph.ID
			var key int64
			err := scan(&id, &key)
			w.keys[id] = key
			return err
		}, `SELECT n.id, n.key FROM json_each(?) j CROSS JOIN "`+string(kind)+`" n ON n.id = j.value`, string(list))
		if err != nil {
			return err
		}
	}
	return nil
}

// key returns the key of a node, 0 if it is not there.
func (w *writer) key(id graph.ID) (int64, error) {
	err := w.lookUp([]graph.ID{id})
	return w.keys[id], err
}

// newBlock takes a block of keys for a batch.
func (w *writer) newBlock() error {
	if w.block == 0 {
		for _, kind := range nodeCodes {
			var last int64
			err := w.each(func(scan func(...any) error) error { return scan(&last) }, `SELECT ifnull(max(key), 0) FROM "`+string(kind)+`"`)
			if err != nil {
				return err
			}
			w.block = max(w.block, last&^blockMask)
		}
	}
	w.block += 1 << blockBits
	w.next = w.block
	return nil
}

// newKey returns the key for a new node of the batch.
func (w *writer) newKey(id graph.ID, kind graph.NodeKind) int64 {
	key := w.next | nodeCode(kind)
	w.next += 1 << kindBits
	w.keys[id] = key
	if mayBeAwaited(kind) {
		w.arrived[id] = key
	}
	w.tally[nodeCode(kind)]++
	return key
}

// mayBeAwaited reports whether an edge may lead to a node of that kind from outside its batch.
func mayBeAwaited(kind graph.NodeKind) bool { return !isOwned(kind) || kind == graph.KindAttribution }

// remove takes away what the owner contributed, and the owner. It reports whether the owner was there.
func (w *writer) remove(owner graph.ID) (bool, error) {
	key, err := w.key(owner)
	if err != nil || key == 0 {
		return false, err
	}
	err = w.each(func(scan func(...any) error) error {
		var l link
		if err := scan(&l.src, &l.kind, &l.dst, &l.props); err != nil {
			return err
		}
		if kindOf(l.src).Info().Shared { // an owned node takes its edges with it
			w.loose[l] = true
		}
		return nil
	}, "SELECT src, kind, dst, props FROM link WHERE owner = ?", key)
	if err != nil {
		return false, err
	}
	if _, err := w.exec("DELETE FROM link WHERE owner = ?", key); err != nil {
		return false, err
	}
	err = w.each(func(scan func(...any) error) error {
		var node int64
		var props string
		if err := scan(&node, &props); err != nil {
			return err
		}
		c := w.change(node)
		c.lost = append(c.lost, form(key, props))
		return nil
	}, "SELECT node, props FROM contribution WHERE owner = ?", key)
	if err != nil {
		return false, err
	}
	if _, err := w.exec("DELETE FROM contribution WHERE owner = ?", key); err != nil {
		return false, err
	}
	owned := []int64{key}
	for _, kind := range ownedKinds {
		err = w.each(func(scan func(...any) error) error {
			var node int64
			err := scan(&node)
			owned = append(owned, node)
			return err
		}, `SELECT key FROM "`+string(kind)+`" WHERE `+isHomeOf("?1", "key"), key)
		if err != nil {
			return false, err
		}
	}
	return true, w.drop(owned)
}

func (w *writer) change(node int64) *change {
	c := w.shared[node]
	if c == nil {
		c = new(change)
		w.shared[node] = c
	}
	return c
}

// drop deletes nodes with all their edges.
func (w *writer) drop(nodes []int64) error {
	list, err := json.Marshal(nodes)
	if err != nil {
		return err
	}
	for _, side := range []string{"src", "dst"} {
		err := w.each(func(scan func(...any) error) error {
			var src, kind, dst int64
			if err := scan(&src, &kind, &dst); err != nil {
				return err
			}
			w.touch(src, kind, dst)
			return nil
		}, "SELECT src, kind, dst FROM edge WHERE "+side+" IN (SELECT value FROM json_each(?))", string(list))
		if err != nil {
			return err
		}
		n, err := w.exec("DELETE FROM edge WHERE "+side+" IN (SELECT value FROM json_each(?))", string(list))
		if err != nil {
			return err
		}
		w.tally[0] -= n
	}
	byKind := make(map[graph.NodeKind]bool)
	for _, key := range nodes {
		byKind[kindOf(key)] = true
	}
	for kind := range byKind {
		from := `FROM "` + string(kind) + `" WHERE key IN (SELECT value FROM json_each(?))`
		err := w.each(func(scan func(...any) error) error {
			var id graph.ID
			var key int64
			err := scan(&id, &key)
			w.keys[id] = 0
			if c := w.shared[key]; c != nil {
				c.id = id
			}
			return err
		}, "SELECT id, key "+from, string(list))
		if err != nil {
			return err
		}
		n, err := w.exec("DELETE "+from, string(list))
		if err != nil {
			return err
		}
		w.tally[nodeCode(kind)] -= n
		if isOwned(kind) {
			w.tally[0] -= n // their IN edges
		}
	}
	if byKind[graph.KindClaim] {
		for _, table := range []string{"meaning", "sketch"} {
			if _, err := w.exec("DELETE FROM "+table+" WHERE node IN (SELECT value FROM json_each(?))", string(list)); err != nil {
				return err
			}
		}
	}
	_, err = w.exec("DELETE FROM search WHERE rowid IN (SELECT value FROM json_each(?))", string(list))
	return err
}

// touch remembers the relation whose shortcuts, or the citation whose being resolved, depends on the edge.
func (w *writer) touch(src, kind, dst int64) {
	switch edgeKind(kind) {
	case graph.EdgeAsserts:
		w.dirty[dst] = true
	case graph.EdgeAgent, graph.EdgeTarget:
		w.dirty[src] = true
	case graph.EdgeResolvesTo:
		w.cited[src] = true
	}
}

// addNodes brings in the batch's nodes, and what it says of shared ones.
func (w *writer) addNodes(b graph.Batch) error {
	if err := w.newBlock(); err != nil {
		return err
	}
	kind, err := b.Owner.Kind()
	if err != nil {
		return err
	}
	owner := w.newKey(b.Owner, kind)
	// In the order of IDs, so that keys are in it, too, and rows and index entries are written one beside the other.
	byID := func(a, b graph.Node) int { return cmp.Compare(a.ID, b.ID) }
	for _, n := range slices.SortedFunc(slices.Values(b.Nodes), byID) {
		switch {
		case n.ID == b.Owner:
			err = w.insert(owner, n)
		case isOwned(n.Kind):
			w.tally[0]++ // its IN edge
			err = w.insert(w.newKey(n.ID, n.Kind), n)
		default:
			w.contribute(owner, n)
		}
		if err != nil {
			return fmt.Errorf("node %s: %w", n.ID, err)
		}
	}
	return nil
}

// insert writes a node's row and its words.
func (w *writer) insert(key int64, n graph.Node) error {
	w.indexWords(key, "", n.SearchText())
	return w.addNode(key, n)
}

// contribute notes what the owner says of a shared node.
func (w *writer) contribute(owner int64, n graph.Node) {
	key := w.keys[n.ID]
	fresh := key == 0
	if fresh {
		key = w.newKey(n.ID, n.Kind)
	}
	c := w.change(key)
	c.id, c.fresh = n.ID, c.fresh || fresh
	c.added = append(c.added, contribution{owner: owner, props: n.Props})
}

// addEdges brings in the batch's edges. All nodes of the call are there by now.
func (w *writer) addEdges(b graph.Batch) error {
	owner := w.keys[b.Owner]
	brought := make(map[int64]bool) // shared nodes of the batch
	for _, n := range b.Nodes {
		if n.Kind.Info().Shared {
			brought[w.keys[n.ID]] = true
		}
	}
	own := make([]edgeRow, 0, len(b.Edges))
	for _, e := range b.Edges {
		if e.Kind == graph.EdgeIn {
			continue
		}
		props, err := encode(e.Props)
		if err != nil {
			return err
		}
		row := edgeRow{w.keys[e.From], edgeCode(e.Kind), w.keys[e.To], props}
		shared := kindOf(row.src).Info().Shared
		if shared || !sameBlock(row.dst, owner) && !brought[row.dst] {
			if err := w.add(insertLink, row.src, row.kind, e.To, props, owner); err != nil {
				return err
			}
		}
		switch {
		case row.dst == 0:
		case shared:
			err = w.addEdge(row)
		default:
			own = append(own, row)
		}
		if err != nil {
			return fmt.Errorf("edge %s from %s to %s: %w", e.Kind, e.From, e.To, err)
		}
	}
	return w.addOwnEdges(own)
}

// settle brings everything in step that depends on what was added and removed.
func (w *writer) settle() error {
	if err := w.flush(); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(w.shared)) {
		if err := w.settleShared(key, w.shared[key]); err != nil {
			return err
		}
	}
	if err := w.settleArrivals(); err != nil {
		return err
	}
	if err := w.settleJoins(); err != nil {
		return err
	}
	if err := w.flush(); err != nil { // What follows reads what was written.
		return err
	}
	for l := range w.loose {
		if err := w.settleLoose(l); err != nil {
			return err
		}
	}
	if err := w.settleShortcuts(); err != nil {
		return err
	}
	if err := w.settleCitations(); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	for code, n := range w.tally {
		_, err := w.exec("INSERT INTO tally(code, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n", code, n)
		if err != nil {
			return err
		}
	}
	return w.writeWords()
}

// settleArrivals draws the edges that waited for nodes which are there now.
func (w *writer) settleArrivals() error {
	pairs := make([][2]any, 0, len(w.arrived))
	for id, key := range w.arrived {
		if w.keys[id] == key { // not gone again
			pairs = append(pairs, [2]any{id, key})
		}
	}
	list, err := json.Marshal(pairs)
	if err != nil {
		return err
	}
	var waiting []edgeRow
	err = w.each(func(scan func(...any) error) error {
		var e edgeRow
		err := scan(&e.src, &e.kind, &e.dst, &e.props)
		waiting = append(waiting, e)
		return err
	}, "SELECT DISTINCT l.src, l.kind, j.value ->> 1, l.props FROM json_each(?) j CROSS JOIN link l ON l.dst = j.value ->> 0",
		string(list))
	if err != nil {
		return err
	}
	for _, e := range waiting {
		if err := w.addEdge(e); err != nil {
			return err
		}
	}
	return nil
}

// settleJoins draws the links whose ends are there. Those that went with an end went as all its edges do.
func (w *writer) settleJoins() error {
	for _, e := range w.joins {
		src, err := w.key(e.From)
		if err != nil {
			return err
		}
		dst, err := w.key(e.To)
		if err != nil {
			return err
		}
		props, err := encode(e.Props)
		if err != nil {
			return err
		}
		if src == 0 || dst == 0 {
			continue
		}
		if err := w.addEdge(edgeRow{src, edgeCode(e.Kind), dst, props}); err != nil {
			return err
		}
	}
	return nil
}

// settleLoose deletes an edge that nobody contributes any more.
func (w *writer) settleLoose(l link) error {
	dst, err := w.key(l.dst)
	if err != nil || dst == 0 {
		return err
	}
	n, err := w.exec(`DELETE FROM edge WHERE src = ?1 AND kind = ?2 AND dst = ?3 AND props = ?4 AND NOT EXISTS (
		SELECT 1 FROM link WHERE src = ?1 AND kind = ?2 AND dst = ?5 AND props = ?4)`, l.src, l.kind, dst, l.props, l.dst)
	w.tally[0] -= n
	if n > 0 {
		w.touch(l.src, l.kind, dst)
	}
	return err
}
