package sqlitegraph

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// A walk is the SQL for going over one kind of edge: the tables to join, the condition under which they belong together,
// and what it leads to.
type walk struct{ tables, condition, key, props string }

// walk goes over an edge, the subject, from the node with the key from to nodes n. If n is of one kind, the tables end with
// that of the kind.
func (s subject) walk(from string, reverse bool, n subject) walk {
	if s.edge == graph.EdgeIn {
		w := walk{`"` + string(n.node) + `" ` + n.alias, "", n.alias + ".key", "''"}
		if n.node == "" {
			w.tables = "(" + keysOf(s.edge.Info().Far(reverse)) + ") " + n.alias
		}
		w.condition = inHome(from, w.key)
		if reverse {
			w.condition = isHomeOf(from, w.key)
		}
		return w
	}
	near, far := ends(reverse)
	w := walk{
		"edge " + s.alias, s.alias + "." + near + " = " + from + among(s.alias+".kind", []graph.EdgeKind{s.edge}),
		s.alias + "." + far, s.alias + ".props",
	}
	if n.node != "" {
		w.tables += ` CROSS JOIN "` + string(n.node) + `" ` + n.alias
		w.condition += " AND " + n.alias + ".key = " + w.key
	}
	return w
}

// keysOf returns a query for the keys of all nodes of some kinds.
func keysOf(kinds []graph.NodeKind) string {
	queries := make([]string, len(kinds))
	for i, k := range kinds {
		queries[i] = `SELECT key FROM "` + string(k) + `"`
	}
	return strings.Join(queries, " UNION ALL ")
}

// ends returns the columns of the near and the far end of an edge that is walked.
func ends(reverse bool) (near, far string) {
	if reverse {
		return "dst", "src"
	}
	return "src", "dst"
}

// A pace is one edge that was walked.
type pace struct{ from, to int64 }

// around calls fn for what lies one edge away from the layer, in whichever direction the edge points: with both ends of
// every edge or, with a limit, with the far ends alone, and no more of those in each direction than limit or a few.
func (r *reader) around(layer []int64, using []graph.EdgeKind, kinds []graph.NodeKind, limit int, fn func(pace)) error {
	if using == nil || slices.Contains(using, graph.EdgeIn) {
		if err := r.aroundIn(layer, kinds, limit, fn); err != nil {
			return err
		}
	}
	list, err := json.Marshal(layer)
	if err != nil {
		return err
	}
	for _, reverse := range []bool{false, true} {
		near, far := ends(reverse)
		from := "e." + near
		if limit >= 0 {
			from = "0"
		}
		err := r.each(func(scan func(...any) error) error {
			var p pace
			err := scan(&p.from, &p.to)
			fn(p)
			return err
		}, "SELECT DISTINCT "+from+", e."+far+" FROM json_each(?) j CROSS JOIN edge e ON e."+near+" = j.value"+
			among("e.kind", using)+" AND "+ofKinds("e."+far, kinds)+" LIMIT ?", string(list), limit)
		if err != nil {
			return err
		}
	}
	return nil
}

// aroundIn is around for IN edges.
func (r *reader) aroundIn(layer []int64, kinds []graph.NodeKind, limit int, fn func(pace)) error {
	var documents []int64
	for _, key := range layer {
		switch kind := kindOf(key); {
		case kind == graph.KindDocument:
			documents = append(documents, key)
		case isOwned(kind) && slices.Contains(kinds, graph.KindDocument):
			fn(pace{key, home(key)})
		}
	}
	list, err := json.Marshal(documents)
	if err != nil || len(documents) == 0 {
		return err
	}
	for _, kind := range ownedKinds {
		if !slices.Contains(kinds, kind) {
			continue
		}
		err := r.each(func(scan func(...any) error) error {
			var p pace
			err := scan(&p.from, &p.to)
			fn(p)
			return err
		}, `SELECT j.value, n.key FROM json_each(?) j CROSS JOIN "`+string(kind)+`" n ON `+isHomeOf("j.value", "n.key")+" LIMIT ?",
			string(list), limit)
		if err != nil {
			return err
		}
	}
	return nil
}

// among returns a condition that the value is the code of one of the kinds of edges, or none for no kinds.
func among(expr string, kinds []graph.EdgeKind) string {
	if kinds == nil {
		return ""
	}
	return " AND " + expr + " IN (" + codes(edgeCode, kinds) + ")"
}
