package sqlitegraph

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// settleShared makes a shared node what its contributions say.
func (w *writer) settleShared(key int64, c *change) error {
	c.lost, c.added = difference(c.lost, c.added), difference(c.added, c.lost)
	if len(c.lost) == 0 && len(c.added) == 0 && !c.fresh {
		return nil
	}
	kind := kindOf(key)
	w.dirty[key] = w.dirty[key] || kind == graph.KindRelation
	before := graph.Node{Kind: kind, ID: c.id}
	if !c.fresh {
		var err error
		if before, err = w.node(key); err != nil {
			return err
		}
	}
	owners, parts, err := w.parts(key, c, before)
	if err != nil {
		return err
	}
	if owners == 0 {
		return w.drop([]int64{key})
	}
	after := graph.Node{ID: before.ID, Kind: kind, Props: graph.MergeProps(kind, owners, parts...)}
	if c.fresh {
		return w.insert(key, after)
	}
	return w.update(key, before, after)
}

// difference returns the strings of a without those that b holds as well, one for one.
func difference(a, b []string) []string {
	count := make(map[string]int, len(b))
	for _, s := range b {
		count[s]++
	}
	var rest []string
	for _, s := range a {
		if count[s]--; count[s] < 0 {
			rest = append(rest, s)
		}
	}
	return rest
}

// parts returns what is to be merged for a shared node, and how many owners speak of it. Where contributions only
// came, the node's properties stand for the earlier ones, so that the cost does not grow with their number.
func (w *writer) parts(key int64, c *change, before graph.Node) (int, []graph.Props, error) {
	info := before.Kind.Info()
	encoded := c.added
	owners := len(c.added)
	var parts []graph.Props
	counted, isCounted := ownersProp(info)
	switch {
	case c.fresh:
	case len(c.lost) == 0 && isCounted:
		n, _ := before.Props[counted].(int64)
		owners += int(n)
		parts = append(parts, before.Props)
	default:
		encoded = nil
		err := w.each(func(scan func(...any) error) error {
			var props string
			err := scan(&props)
			encoded = append(encoded, props)
			return err
		}, "SELECT props FROM contribution WHERE node = ?", key)
		if err != nil {
			return 0, nil, err
		}
		owners = len(encoded)
	}
	for _, text := range encoded {
		p, err := decode(info.Props, text)
		if err != nil {
			return 0, nil, err
		}
		parts = append(parts, p)
	}
	return owners, parts, nil
}

func ownersProp(info *graph.NodeInfo) (string, bool) {
	for _, p := range info.Props {
		if p.Merge == graph.Owners {
			return p.Name, true
		}
	}
	return "", false
}

// node reads a node with all its properties.
func (w *writer) node(key int64) (graph.Node, error) {
	kind := kindOf(key)
	info := kind.Info()
	n := graph.Node{Kind: kind, Props: make(graph.Props)}
	cells := make([]any, len(info.Props))
	err := w.each(func(scan func(...any) error) error {
		targets := []any{&n.ID}
		for i := range cells {
			targets = append(targets, &cells[i])
		}
		return scan(targets...)
	}, "SELECT id"+columns(info.Props)+` FROM "`+string(kind)+`" WHERE key = ?`, key)
	if err != nil {
		return n, err
	}
	for i, p := range info.Props {
		v, err := value(p.Type, cells[i])
		if err != nil {
			return n, fmt.Errorf("node %s: property %s: %w", n.ID, p.Name, err)
		}
		if v != nil {
			n.Props[p.Name] = v
		}
	}
	return n, nil
}

// columns lists the columns of the properties, each with a comma before it.
func columns(props []graph.Prop) string {
	var list strings.Builder
	for _, p := range props {
		list.WriteString(`, "` + p.Name + `"`)
	}
	return list.String()
}

func (w *writer) update(key int64, before, after graph.Node) error {
	for _, p := range after.Kind.Info().Props {
		had, has := before.Props[p.Name], after.Props[p.Name]
		if (had == nil) == (has == nil) && (has == nil || graph.Compare(had, has) == 0) {
			continue
		}
		v, err := column(has)
		if err != nil {
			return err
		}
		_, err = w.exec(`UPDATE "`+string(after.Kind)+`" SET "`+p.Name+`" = ? WHERE key = ?`, v, key)
		if err != nil {
			return err
		}
	}
	return w.indexWords(key, before.SearchText(), after.SearchText())
}

// settleShortcuts brings the shortcuts of a relation in step.
func (w *writer) settleShortcuts(relation int64) error {
	want, err := w.shortcuts(relation)
	if err != nil {
		return err
	}
	have, err := w.drawnShortcuts(relation)
	if err != nil {
		return err
	}
	for _, s := range slices.Collect(maps.Keys(have)) {
		if want[s] {
			continue
		}
		n, err := w.exec("DELETE FROM edge WHERE src = ? AND kind = ? AND dst = ? AND props = ?", s.src, s.kind, s.dst, s.props)
		if err != nil {
			return err
		}
		w.tally[0] -= n
	}
	for s := range want {
		if have[s] {
			continue
		}
		if err := w.addEdge(s); err != nil {
			return err
		}
	}
	return nil
}

// drawnShortcuts returns the shortcuts that the graph holds for a relation, by the ID that they carry, since the
// relation itself may be gone.
func (w *writer) drawnShortcuts(relation int64) (map[edgeRow]bool, error) {
	have := make(map[edgeRow]bool)
	id, err := w.relationID(relation)
	if err != nil {
		return nil, err
	}
	err = w.each(func(scan func(...any) error) error {
		var s edgeRow
		err := scan(&s.src, &s.kind, &s.dst, &s.props)
		have[s] = true
		return err
	}, "SELECT src, kind, dst, props FROM edge WHERE props ->> 'relationId' = ? AND kind > "+
		strconv.FormatInt(edgeCode(graph.EdgeGeneratedBy), 10), id)
	return have, err
}

// relationID returns the ID of a relation that is there or was there when the transaction began.
func (w *writer) relationID(relation int64) (graph.ID, error) {
	if c := w.shared[relation]; c != nil && c.id != "" {
		return c.id, nil
	}
	var id graph.ID
	err := w.each(func(scan func(...any) error) error { return scan(&id) }, `SELECT id FROM "Relation" WHERE key = ?`, relation)
	return id, err
}

// shortcuts returns the shortcuts that a relation should have.
func (w *writer) shortcuts(relation int64) (map[edgeRow]bool, error) {
	want := make(map[edgeRow]bool)
	n, err := w.node(relation)
	if err != nil || n.ID == "" || n.Props["mode"] != string(graph.Actual) {
		return want, err
	}
	affirms, err := encode(graph.Props{"polarity": string(graph.Affirms)})
	if err != nil {
		return nil, err
	}
	var claims int64
	err = w.each(func(scan func(...any) error) error { return scan(&claims) },
		"SELECT count(*) FROM edge WHERE dst = ? AND kind = ? AND props = ?", relation, edgeCode(graph.EdgeAsserts), affirms)
	if err != nil || claims == 0 {
		return want, err
	}
	props, err := encode(graph.Props{
		"relationId": string(n.ID), "claims": claims, "derived": true,
		"origins": n.Props["originCount"], "contested": n.Props["contested"],
	})
	if err != nil {
		return nil, err
	}
	kind, _ := n.Props["type"].(string)
	err = w.each(func(scan func(...any) error) error {
		s := edgeRow{kind: edgeCode(graph.EdgeKind(kind)), props: props}
		err := scan(&s.src, &s.dst)
		want[s] = true
		return err
	}, "SELECT a.dst, t.dst FROM edge a JOIN edge t ON t.src = a.src WHERE a.src = ? AND a.kind = ? AND t.kind = ?",
		relation, edgeCode(graph.EdgeAgent), edgeCode(graph.EdgeTarget))
	return want, err
}
