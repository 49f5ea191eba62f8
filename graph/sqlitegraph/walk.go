package sqlitegraph

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
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
		switch {
		case n.node == "" && !reverse:
			return walk{"(SELECT 1)", ofKinds(from, ownedKinds), "(" + homeOf(from) + ")", "''"}
		case n.node == "":
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

// A reach says where edges are walked to.
type reach struct {
	using     []graph.EdgeKind // nil: every kind
	kinds     []graph.NodeKind
	where     map[graph.NodeKind]graph.Filter // what nodes of a kind must match
	shortcuts graph.Filter                    // what the relations of shortcuts must match; nil: nothing
}

// around calls fn for what lies one edge away from the layer, in whichever direction the edge points: with both ends of
// every edge or, with a limit, with the far ends alone, and no more of those in each direction than limit or a few.
func (r *reader) around(layer []int64, to reach, limit int, fn func(pace)) error {
	if to.using == nil || slices.Contains(to.using, graph.EdgeIn) {
		if err := r.aroundIn(layer, to, limit, fn); err != nil {
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
		var b statement
		b.add("SELECT DISTINCT "+from+", e."+far+" FROM json_each(?) j CROSS JOIN edge e ON e."+near+" = j.value"+
			among("e.kind", to.using)+" AND "+ofKinds("e."+far, to.kinds), string(list))
		if err := errors.Join(b.reached("e."+far, to), b.shortcut("e", to)); err != nil {
			return err
		}
		if err := r.paces(&b, limit, fn); err != nil {
			return err
		}
	}
	return nil
}

// reached appends the condition that the nodes with those keys match.
func (b *statement) reached(key string, to reach) error {
	for _, kind := range to.kinds {
		if to.where[kind] == nil {
			continue
		}
		n := subject{alias: b.alias("n"), node: kind}
		b.add(" AND (NOT " + ofKinds(key, []graph.NodeKind{kind}) + ` OR EXISTS (SELECT 1 FROM "` + string(kind) + `" ` + n.alias +
			" WHERE " + n.alias + ".key = " + key + " AND ")
		if err := b.filter(to.where[kind], n); err != nil {
			return err
		}
		b.add("))")
	}
	return nil
}

// shortcut appends the condition that the edge is no shortcut, or one that is allowed.
func (b *statement) shortcut(edge string, to reach) error {
	if to.shortcuts == nil {
		return nil
	}
	n := subject{alias: b.alias("n"), node: graph.KindRelation}
	b.add(" AND (" + edge + ".kind < " + strconv.Itoa(firstShortcut) + ` OR EXISTS (SELECT 1 FROM "Relation" ` + n.alias + " WHERE " +
		n.alias + ".id = " + edge + ".props ->> 'relationId' AND ")
	if err := b.filter(to.shortcuts, n); err != nil {
		return err
	}
	b.add("))")
	return nil
}

// paces runs a statement whose rows are the ends of edges.
func (r *reader) paces(b *statement, limit int, fn func(pace)) error {
	b.add(" LIMIT ?", limit)
	return r.each(func(scan func(...any) error) error {
		var p pace
		err := scan(&p.from, &p.to)
		fn(p)
		return err
	}, b.String(), b.args...)
}

// aroundIn is around for IN edges, always with both ends.
func (r *reader) aroundIn(layer []int64, to reach, limit int, fn func(pace)) error {
	var documents, owned []int64
	for _, key := range layer {
		switch kind := kindOf(key); {
		case kind == graph.KindDocument:
			documents = append(documents, key)
		case isOwned(kind) && slices.Contains(to.kinds, graph.KindDocument):
			owned = append(owned, key)
		}
	}
	if err := r.homes(owned, to, fn); err != nil {
		return err
	}
	list, err := json.Marshal(documents)
	if err != nil || len(documents) == 0 {
		return err
	}
	for _, kind := range ownedKinds {
		if !slices.Contains(to.kinds, kind) {
			continue
		}
		var b statement
		b.add(`SELECT j.value, n.key FROM json_each(?) j CROSS JOIN "`+string(kind)+`" n ON `+isHomeOf("j.value", "n.key"), string(list))
		if err := b.reached("n.key", reach{kinds: []graph.NodeKind{kind}, where: to.where}); err != nil {
			return err
		}
		if err := r.paces(&b, limit, fn); err != nil {
			return err
		}
	}
	return nil
}

// homes calls fn for the documents that owned nodes are in. Where any document will do, keys alone tell them.
func (r *reader) homes(owned []int64, to reach, fn func(pace)) error {
	if to.where[graph.KindDocument] == nil {
		for _, key := range owned {
			fn(pace{key, home(key)})
		}
		return nil
	}
	list, err := json.Marshal(owned)
	if err != nil {
		return err
	}
	var b statement
	b.add("SELECT j.value, d.key FROM json_each(?) j CROSS JOIN \"Document\" d ON "+inHome("j.value", "d.key"), string(list))
	if err := b.reached("d.key", reach{kinds: []graph.NodeKind{graph.KindDocument}, where: to.where}); err != nil {
		return err
	}
	return r.paces(&b, -1, fn)
}

// among returns a condition that the value is the code of one of the kinds of edges, or none for no kinds.
func among(expr string, kinds []graph.EdgeKind) string {
	if kinds == nil {
		return ""
	}
	return " AND " + expr + " IN (" + codes(edgeCode, kinds) + ")"
}
