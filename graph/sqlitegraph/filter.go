package sqlitegraph

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// A statement is SQL under construction, with its arguments.
type statement struct {
	strings.Builder
	args  []any
	names int  // for aliases of nested tables
	all   bool // it looks at many nodes: those that lead to a few are looked up once, not checked one by one
}

// add appends SQL with its arguments.
func (b *statement) add(sql string, args ...any) {
	b.WriteString(sql)
	b.args = append(b.args, args...)
}

// alias returns a new name for a nested table.
func (b *statement) alias(prefix string) string {
	b.names++
	return prefix + strconv.Itoa(b.names)
}

// A subject is what a filter looks at: a node of one kind or an edge, under an alias.
type subject struct {
	alias string
	node  graph.NodeKind // "" for an edge
	edge  graph.EdgeKind
	key   string // the SQL for a node's key, if it has no table under the alias
}

// at returns the SQL for a node's key.
func (s subject) at() string { return cmp.Or(s.key, s.alias+".key") }

// property returns the SQL for a property of the subject; ok is false if it has none of that name.
func (s subject) property(name string) (sql string, p graph.Prop, ok bool) {
	if s.node != "" && name == graph.IDProp {
		return s.alias + ".id", graph.Prop{Name: name}, true
	}
	if s.node != "" {
		p, ok = s.node.Info().Prop(name)
		return s.alias + `."` + name + `"`, p, ok
	}
	p, ok = s.edge.Info().Prop(name)
	return s.alias + ".props ->> '" + name + "'", p, ok
}

// filter appends a condition that is true where the filter matches the subject, and false or null where it does not.
func (b *statement) filter(f graph.Filter, s subject) error {
	switch f := f.(type) {
	case nil:
		b.add("1")
	case graph.And:
		return b.junction(" AND ", "1", f, s)
	case graph.Or:
		return b.junction(" OR ", "0", f, s)
	case graph.Not:
		b.add("NOT ifnull(")
		if err := b.filter(f.Filter, s); err != nil {
			return err
		}
		b.add(", 0)")
	case graph.Where:
		return b.where(f, s)
	case graph.Has:
		return b.has(f, s)
	case graph.Spoken:
		return b.spoken(f, s)
	case graph.Match:
		b.match(f, s)
	}
	return nil
}

// from appends the tables from which to read the nodes that match the filter, and returns what of it is still to be checked.
// Where the filter names what an edge leads to, they begin there.
func (b *statement) from(f graph.Filter, n subject) (rest graph.Filter, err error) {
	has, rest, ok := graph.TakeNamed(f)
	if !ok {
		b.add(`"` + string(n.node) + `" ` + n.alias)
		return f, nil
	}
	start := subject{alias: b.alias("s")}
	if err := b.keys(has, n); err != nil {
		return nil, err
	}
	b.add(" " + start.alias + ` CROSS JOIN "` + string(n.node) + `" ` + n.alias + " ON " + n.at() + " = " + start.at())
	return rest, nil
}

// keys appends a query for the keys of the nodes n that have such an edge, each once, which begins at its far end.
func (b *statement) keys(f graph.Has, n subject) error {
	e := subject{alias: b.alias("e"), edge: f.Edge}
	far := subject{alias: b.alias("n"), node: f.Edge.Info().Far(f.Reverse)[0]}
	if f.Edge != graph.EdgeIn {
		n = subject{}
	}
	w := e.walk(far.at(), !f.Reverse, n)
	b.add("(SELECT DISTINCT " + w.key + " AS key FROM ")
	rest, err := b.from(f.Where, far)
	if err != nil {
		return err
	}
	b.add(" CROSS JOIN " + w.tables + " WHERE " + w.condition + " AND ")
	if err := b.filter(f.Via, e); err != nil {
		return err
	}
	b.add(" AND ")
	if err := b.filter(rest, far); err != nil {
		return err
	}
	b.add(")")
	return nil
}

func (b *statement) junction(operator, empty string, list []graph.Filter, s subject) error {
	b.add("(")
	for i, f := range list {
		if i > 0 {
			b.add(operator)
		}
		if err := b.filter(f, s); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		b.add(empty)
	}
	b.add(")")
	return nil
}

var operators = map[graph.Op]string{graph.Eq: " = ?", graph.Ne: " <> ?", graph.Lt: " < ?", graph.Le: " <= ?", graph.Gt: " > ?", graph.Ge: " >= ?"}

func (b *statement) where(f graph.Where, s subject) error {
	expr, _, ok := s.property(f.Prop)
	if !ok {
		b.add("0")
		return nil
	}
	switch f.Op {
	case graph.Exists:
		b.add(expr + " IS NOT NULL")
	case graph.Contains:
		b.add("EXISTS (SELECT 1 FROM json_each("+expr+") WHERE value = ?)", f.Value)
	case graph.Prefix:
		// The range lets an index help; the bytes decide.
		text, _ := f.Value.(string)
		if text == "" { // of an empty text, substr makes null
			b.add(expr + " IS NOT NULL")
			return nil
		}
		b.add("("+expr+" >= ? AND substr(CAST("+expr+" AS BLOB), 1, ?) = CAST(? AS BLOB))", text, len(text), text)
	case graph.In:
		return b.in(expr, f)
	default:
		if f.Value == true && f.Op == graph.Eq {
			b.add(expr + " = 1") // so written, an index over what is true can help
			return nil
		}
		v, err := column(f.Value)
		if err != nil {
			return err
		}
		b.add(expr+operators[f.Op], v)
	}
	return nil
}

func (b *statement) in(expr string, f graph.Where) error {
	list, _ := f.Value.([]any)
	b.add(expr + " IN (")
	for i, v := range list {
		v, err := column(v)
		if err != nil {
			return err
		}
		if i > 0 {
			b.add(", ")
		}
		b.add("?", v)
	}
	b.add(")")
	return nil
}

// has appends one EXISTS for each kind of node that the edge may lead to, or one for all where nothing but their keys matters.
func (b *statement) has(f graph.Has, s subject) error {
	if _, _, few := graph.TakeNamed(f); few && b.all && f.Edge != graph.EdgeIn {
		b.add(s.at() + " IN ")
		return b.keys(f, s)
	}
	kinds := f.Edge.Info().Far(f.Reverse)
	byKeys := !looksAtRows(f.Where) && (f.Edge != graph.EdgeIn || !f.Reverse)
	if byKeys {
		kinds = kinds[:1]
	}
	b.add("(")
	for i, kind := range kinds {
		if i > 0 {
			b.add(" OR ")
		}
		e, n := subject{alias: b.alias("e"), edge: f.Edge}, subject{alias: b.alias("n"), node: kind}
		w := e.walk(s.at(), f.Reverse, n)
		if byKeys {
			w = e.walk(s.at(), f.Reverse, subject{})
			n = subject{node: kind, key: w.key}
		}
		b.add("EXISTS (SELECT 1 FROM " + w.tables + " WHERE " + w.condition + " AND ")
		if err := b.filter(f.Via, e); err != nil {
			return err
		}
		b.add(" AND ")
		if err := b.filter(f.Where, n); err != nil {
			return err
		}
		b.add(")")
	}
	b.add(")")
	return nil
}

// looksAtRows reports whether it takes more than a node's key to tell whether the filter matches.
func looksAtRows(f graph.Filter) bool {
	switch f := f.(type) {
	case graph.And:
		return slices.ContainsFunc(f, looksAtRows)
	case graph.Or:
		return slices.ContainsFunc(f, looksAtRows)
	case graph.Not:
		return looksAtRows(f.Filter)
	case graph.Where:
		return true
	}
	return false
}

func (b *statement) spoken(f graph.Spoken, s subject) error {
	c, d := b.alias("c"), subject{alias: b.alias("n"), node: graph.KindDocument}
	b.add("EXISTS (SELECT 1 FROM contribution " + c + ` CROSS JOIN "Document" ` + d.alias + " WHERE " + c + ".node = " + s.at() +
		" AND " + d.alias + ".key = " + c + ".owner AND ")
	if err := b.filter(f.By, d); err != nil {
		return err
	}
	b.add(")")
	return nil
}

func (b *statement) match(f graph.Match, s subject) {
	query := matchQuery(f)
	if query == "" {
		b.add("0")
		return
	}
	b.add(s.at()+" IN (SELECT rowid FROM search WHERE search MATCH ?)", query)
}

// matchQuery writes a search text in FTS5's language: every word quoted, so that none of it is syntax. It is "" if
// the text has no words.
func matchQuery(f graph.Match) string {
	terms := f.Terms()
	if len(terms) == 0 {
		return ""
	}
	between := `" "`
	if f.Any {
		between = `" OR "`
	}
	return `"` + strings.Join(terms, between) + `"`
}

// scoredMatch returns the full-text search by whose score a level can be ordered.
func scoredMatch(f graph.Filter) (graph.Match, bool) {
	switch f := f.(type) {
	case graph.Match:
		return f, true
	case graph.And:
		for _, part := range f {
			if m, ok := scoredMatch(part); ok {
				return m, true
			}
		}
	}
	return graph.Match{}, false
}
