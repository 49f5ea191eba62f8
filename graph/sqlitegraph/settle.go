package sqlitegraph

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// settleShared makes a shared node what its contributions say.
func (w *writer) settleShared(key int64, c *change) error {
	if err := w.addContributions(key, c); err != nil {
		return err
	}
	c.cancel()
	if len(c.lost) == 0 && len(c.added) == 0 && !c.fresh {
		return nil
	}
	kind := kindOf(key)
	w.dirty[key] = w.dirty[key] || kind == graph.KindRelation
	if c.fresh {
		return w.insert(key, graph.Node{ID: c.id, Kind: kind, Props: merged(kind, c.added, 0)})
	}
	before, err := w.node(key)
	if err != nil {
		return err
	}
	after := graph.Node{ID: before.ID, Kind: kind}
	if len(c.lost) > 0 {
		if after.Props, err = w.remaining(key, kind); err != nil {
			return err
		}
		if after.Props == nil {
			return w.drop([]int64{key})
		}
		return w.update(key, before, after)
	}
	// The node's properties stand for the earlier contributions, so that the cost does not grow with their number.
	documents, counted := before.Props[countProp(kind.Info())].(int64)
	if counted && documents <= 1 {
		if err := w.writeOut(key, before); err != nil {
			return err
		}
	}
	after.Props = merged(kind, c.added, documents, before.Props)
	return w.update(key, before, after)
}

// addContributions writes the contributions that come.
func (w *writer) addContributions(key int64, c *change) error {
	isAlone := c.fresh && len(c.added) == 1 && countProp(kindOf(key).Info()) != ""
	for i := range c.added {
		a := &c.added[i]
		props := alone
		if !isAlone {
			var err error
			if props, err = encode(a.props); err != nil {
				return fmt.Errorf("node %s: %w", c.id, err)
			}
		}
		a.form = form(a.owner, props)
		if err := w.add(insertContribution, key, a.owner, props); err != nil {
			return err
		}
	}
	return nil
}

// writeOut writes down what the only contribution to a node said, if there was but one.
func (w *writer) writeOut(key int64, n graph.Node) error {
	said := maps.Clone(n.Props)
	for _, p := range n.Kind.Info().Props {
		if p.ByStores() {
			delete(said, p.Name)
		}
	}
	props, err := encode(said)
	if err != nil {
		return err
	}
	_, err = w.exec("UPDATE contribution SET props = ? WHERE node = ? AND props = '"+alone+"'", props, key)
	return err
}

// cancel takes out what was only replaced by the same.
func (c *change) cancel() {
	c.added = slices.DeleteFunc(c.added, func(a contribution) bool {
		at := slices.Index(c.lost, a.form)
		if at >= 0 {
			c.lost = slices.Delete(c.lost, at, at+1)
		}
		return at >= 0
	})
}

// merged returns the properties of a node from contributions, and from those that it has by so many documents.
func merged(kind graph.NodeKind, said []contribution, documents int64, parts ...graph.Props) graph.Props {
	for _, s := range said {
		parts = append(parts, s.props)
		if kindOf(s.owner) == graph.KindDocument {
			documents++
		}
	}
	return graph.MergeProps(kind, int(documents), parts...)
}

// remaining returns the properties of a node from all contributions to it, nil if there are none.
func (w *writer) remaining(key int64, kind graph.NodeKind) (graph.Props, error) {
	if err := w.write(insertContribution); err != nil {
		return nil, err
	}
	var said []contribution
	err := w.each(func(scan func(...any) error) error {
		var s contribution
		if err := scan(&s.form, &s.owner); err != nil {
			return err
		}
		var err error
		s.props, err = decode(kind.Info().Props, s.form)
		said = append(said, s)
		return err
	}, "SELECT props, owner FROM contribution WHERE node = ?", key)
	if err != nil || said == nil {
		return nil, err
	}
	return merged(kind, said, 0), nil
}

// countProp returns the name of the property that says how many documents speak of a node, "" if its kind has none.
func countProp(info *graph.NodeInfo) string {
	for _, p := range info.Props {
		if p.Merge == graph.Documents {
			return p.Name
		}
	}
	return ""
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
		if graph.Compare(had, has) == 0 {
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
	w.indexWords(key, before.SearchText(), after.SearchText())
	return nil
}

// A shortcut is an edge that stands for a relation.
type shortcut struct {
	edgeRow
	relation int64
}

// settleShortcuts brings the shortcuts of all relations in step whose edges or properties may have changed.
func (w *writer) settleShortcuts() error {
	if len(w.dirty) == 0 {
		return nil
	}
	relations, err := json.Marshal(slices.Sorted(maps.Keys(w.dirty)))
	if err != nil {
		return err
	}
	want, err := w.shortcuts(string(relations))
	if err != nil {
		return err
	}
	have, err := w.drawnShortcuts(string(relations))
	if err != nil {
		return err
	}
	for s := range have {
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
		if err := w.add(insertShortcut, s.src, s.kind, s.dst, s.props, s.relation); err != nil {
			return err
		}
	}
	return nil
}

// shortcuts returns the shortcuts that the dirty relations should have.
func (w *writer) shortcuts(relations string) (map[shortcut]bool, error) {
	affirms, err := encode(graph.Props{"polarity": string(graph.Affirms)})
	if err != nil {
		return nil, err
	}
	want := make(map[shortcut]bool)
	err = w.each(func(scan func(...any) error) error {
		var s shortcut
		var id, kind string
		var claims, origins int64
		var contested bool
		err := scan(&s.src, &s.dst, &s.relation, &id, &kind, &origins, &contested, &claims)
		if err != nil || claims == 0 {
			return err
		}
		s.kind = edgeCode(graph.EdgeKind(kind))
		s.props, err = encode(graph.Props{
			"relationId": id, "claims": claims, "derived": true, "origins": origins, "contested": contested,
		})
		want[s] = true
		return err
	}, `SELECT a.dst, t.dst, r.key, r.id, r.type, r.originCount, r.contested,
			(SELECT count(*) FROM edge WHERE dst = r.key AND kind = ? AND props = ?)
		FROM json_each(?) j
		CROSS JOIN "Relation" r ON r.key = j.value AND r.mode = ?
		CROSS JOIN edge a ON a.src = r.key AND a.kind = ?
		CROSS JOIN edge t ON t.src = r.key AND t.kind = ?`,
		edgeCode(graph.EdgeAsserts), affirms, relations, string(graph.Actual), edgeCode(graph.EdgeAgent), edgeCode(graph.EdgeTarget))
	return want, err
}

// drawnShortcuts returns the shortcuts that the graph holds for the dirty relations, which may be gone by now.
func (w *writer) drawnShortcuts(relations string) (map[shortcut]bool, error) {
	have := make(map[shortcut]bool)
	err := w.each(func(scan func(...any) error) error {
		var s shortcut
		err := scan(&s.src, &s.kind, &s.dst, &s.props, &s.relation)
		have[s] = true
		return err
	}, "SELECT e.src, e.kind, e.dst, e.props, e.relation FROM json_each(?) j CROSS JOIN edge e ON e.relation = j.value", relations)
	return have, err
}

// settleCitations says of the citations whose links may have changed whether they are resolved.
func (w *writer) settleCitations() error {
	if len(w.cited) == 0 {
		return nil
	}
	citations, err := json.Marshal(slices.Sorted(maps.Keys(w.cited)))
	if err != nil {
		return err
	}
	_, err = w.exec(`UPDATE "Citation" SET "resolved" = EXISTS (SELECT 1 FROM edge WHERE src = "Citation".key AND kind = ?)
		WHERE key IN (SELECT value FROM json_each(?))`, edgeCode(graph.EdgeResolvesTo), string(citations))
	return err
}
