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
	c.cancel()
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
	documents, parts, err := w.parts(key, c, before)
	if err != nil {
		return err
	}
	if len(parts) == 0 {
		return w.drop([]int64{key})
	}
	after := graph.Node{ID: before.ID, Kind: kind, Props: graph.MergeProps(kind, documents, parts...)}
	if c.fresh {
		return w.insert(key, after)
	}
	return w.update(key, before, after)
}

// cancel takes out what was only replaced by the same.
func (c *change) cancel() {
	c.lost = slices.DeleteFunc(c.lost, func(text string) bool {
		same := c.added[text]
		if len(same) == 0 {
			return false
		}
		if c.added[text] = same[1:]; len(same) == 1 {
			delete(c.added, text)
		}
		return true
	})
}

// parts returns what is to be merged for a shared node, and how many documents speak of it. Where contributions only
// came, the node's properties stand for the earlier ones, so that the cost does not grow with their number.
func (w *writer) parts(key int64, c *change, before graph.Node) (documents int, parts []graph.Props, err error) {
	if c.fresh || len(c.lost) == 0 {
		for text, same := range c.added {
			parts = append(parts, same[0])
			if !strings.HasPrefix(text, analysts) {
				documents += len(same)
			}
		}
		if !c.fresh {
			n, _ := before.Props[countProp(before.Kind.Info())].(int64)
			documents += int(n)
			parts = append(parts, before.Props)
		}
		return documents, parts, nil
	}
	err = w.each(func(scan func(...any) error) error {
		var text string
		var owner int64
		if err := scan(&text, &owner); err != nil {
			return err
		}
		p, err := decode(before.Kind.Info().Props, text)
		parts = append(parts, p)
		if kindOf(owner) == graph.KindDocument {
			documents++
		}
		return err
	}, "SELECT props, owner FROM contribution WHERE node = ?", key)
	return documents, parts, err
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
