package sqlitegraph

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// A reader answers requests from one snapshot.
type reader struct{ *conn }

// Select answers a request level by level.
func (s *Store) Select(ctx context.Context, sel graph.Select) (graph.Rows, error) {
	var out graph.Rows
	err := s.reading(ctx, func(r *reader) (err error) {
		if sel.Where, err = s.known.possible(r.conn, sel.Where); err != nil {
			return err
		}
		out, err = r.top(sel)
		return err
	})
	return out, err
}

// A found row is a row with what it takes to sort it and to go on from it.
type found struct {
	graph.Row
	key    int64
	parent int64       // key of the row above
	edge   graph.Props // of the edge that led here
}

func (r *reader) top(sel graph.Select) (graph.Rows, error) {
	if sel.IDs != nil {
		return r.byID(sel)
	}
	var out graph.Rows
	var rows []found
	for _, kind := range sel.Kinds {
		few, err := r.fewNamed(kind, sel.Where)
		if err != nil {
			return out, err
		}
		b, err := topStatement(kind, sel.Level, few)
		if err != nil {
			return out, err
		}
		if rows, err = r.collect(rows, b, kind, graph.Follow{Level: sel.Level}); err != nil {
			return out, err
		}
		if !sel.Total {
			continue
		}
		n, err := r.total(kind, sel.Where)
		if err != nil {
			return out, err
		}
		out.Total += n
	}
	sortFound(rows, graph.Follow{Level: sel.Level})
	if len(rows) > sel.First {
		rows, out.More = rows[:sel.First], true
	}
	var err error
	out.Rows, err = r.hang(rows, sel.Follow)
	return out, err
}

func (r *reader) byID(sel graph.Select) (graph.Rows, error) {
	if sel.Onward != nil {
		further, err := r.onward(sel)
		if err != nil {
			return graph.Rows{}, err
		}
		sel.IDs = slices.Concat(sel.IDs, further)
	}
	ids, err := json.Marshal(sel.IDs)
	if err != nil {
		return graph.Rows{}, err
	}
	byID := make(map[graph.ID]found)
	for _, kind := range nodeCodes {
		if !wanted(kind, sel) {
			continue
		}
		var b statement
		n := subject{alias: "n", node: kind}
		b.add("SELECT 0, n.key, n.id, ''")
		b.cells(n, sel.Level)
		b.add(` FROM "`+string(kind)+`" n WHERE n.id IN (SELECT value FROM json_each(?)) AND `, string(ids))
		if err := b.filter(sel.Where, n); err != nil {
			return graph.Rows{}, err
		}
		rows, err := r.collect(nil, &b, kind, graph.Follow{Level: sel.Level})
		if err != nil {
			return graph.Rows{}, err
		}
		for _, row := range rows {
			byID[row.ID] = row
		}
	}
	var rows []found
	for _, id := range sel.IDs {
		if row, ok := byID[id]; ok {
			rows = append(rows, row)
		}
	}
	out := graph.Rows{}
	if sel.Total {
		out.Total = len(rows)
	}
	out.Rows, err = r.hang(rows, sel.Follow)
	return out, err
}

// onward returns the IDs of what lies behind the nodes that a request asks for by theirs, in order.
func (r *reader) onward(sel graph.Select) ([]graph.ID, error) {
	var further []graph.ID
	seen := make(map[graph.ID]bool)
	layer := sel.IDs
	for step := 0; step < sel.Onward.Steps && len(layer) > 0 && len(further) < graph.MaxFirst; step++ {
		for _, id := range layer {
			seen[id] = true
		}
		ahead, err := r.ahead(layer, sel)
		if err != nil {
			return nil, err
		}
		layer = slices.DeleteFunc(ahead, func(id graph.ID) bool { return seen[id] })
		further = append(further, layer...)
	}
	further = further[:min(len(further), graph.MaxFirst)]
	slices.Sort(further)
	return further, nil
}

// ahead returns the IDs of what lies one step behind nodes, in order.
func (r *reader) ahead(layer []graph.ID, sel graph.Select) (ids []graph.ID, err error) {
	list, err := json.Marshal(layer)
	if err != nil {
		return nil, err
	}
	var b statement
	n, table := subject{alias: "n", node: sel.Kinds[0]}, `"`+string(sel.Kinds[0])+`"`
	b.add("SELECT DISTINCT n.id FROM json_each(?) j CROSS JOIN "+table+" a ON a.id = j.value CROSS JOIN edge e ON e.src = a.key"+
		among("e.kind", sel.Onward.Edges)+" CROSS JOIN "+table+" n ON n.key = e.dst WHERE ", string(list))
	if err := b.filter(sel.Onward.Where, n); err != nil {
		return nil, err
	}
	b.add(" ORDER BY n.id")
	err = r.each(func(scan func(...any) error) error {
		var id graph.ID
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, b.String(), b.args...)
	return ids, err
}

// wanted reports whether a request for nodes by ID asks for some of that kind.
func wanted(kind graph.NodeKind, sel graph.Select) bool {
	if sel.Kinds != nil && !slices.Contains(sel.Kinds, kind) {
		return false
	}
	return slices.ContainsFunc(sel.IDs, func(id graph.ID) bool {
		k, err := id.Kind()
		return err == nil && k == kind
	})
}

// hang answers what is wanted of the far sides of the rows' edges.
func (r *reader) hang(rows []found, follows []graph.Follow) ([]graph.Row, error) {
	out := make([]graph.Row, len(rows))
	for i := range rows {
		out[i] = rows[i].Row
		out[i].Follow = make([]graph.Rows, len(follows))
	}
	if len(rows) == 0 {
		return out, nil
	}
	for i, f := range follows {
		far, err := r.follow(rows, f)
		if err != nil {
			return nil, fmt.Errorf("follow %s: %w", f.Edge, err)
		}
		for j := range rows {
			out[j].Follow[i] = far[rows[j].key]
		}
	}
	return out, nil
}

// follow walks one kind of edge from all the rows at once.
func (r *reader) follow(near []found, f graph.Follow) (map[int64]graph.Rows, error) {
	var parents []int64
	for _, row := range near {
		if slices.Contains(f.Edge.Info().Far(!f.Reverse), row.Kind) {
			parents = append(parents, row.key)
		}
	}
	slices.Sort(parents)
	parents = slices.Compact(parents)
	var rows []found
	out := make(map[int64]graph.Rows, len(parents))
	for _, kind := range farKinds(f) {
		found, all, err := r.behind(kind, f, parents, len(parents)*(f.First+1))
		if err != nil {
			return nil, err
		}
		rows = append(rows, found...)
		switch {
		case !f.Total:
		case all && f.After == nil:
			for _, row := range found {
				level := out[row.parent]
				level.Total++
				out[row.parent] = level
			}
		default:
			if err := r.totals(out, kind, f, keyList(parents)); err != nil {
				return nil, err
			}
		}
	}
	sortFound(rows, f)
	rows, more := cut(rows, f.First)
	hung, err := r.hang(rows, f.Follow)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		level := out[row.parent]
		level.Rows, level.More = append(level.Rows, hung[i]), more[row.parent]
		out[row.parent] = level
	}
	return out, nil
}

// behind returns the first rows of one kind behind each of the parents, in no order, and perhaps more of them; all says that
// there are no others. Sorting rows takes longer than reading them, so it is done only where they are more than most, which
// the answer might hold.
func (r *reader) behind(kind graph.NodeKind, f graph.Follow, parents []int64, most int) (rows []found, all bool, err error) {
	b, err := allStatement(kind, f, keyList(parents), most+1)
	if err != nil {
		return nil, false, err
	}
	rows, err = r.collect(nil, b, kind, f)
	if err != nil || len(rows) <= most {
		return rows, true, err
	}
	rows, parents, err = r.amongFirst(kind, f, parents)
	if err != nil {
		return nil, false, err
	}
	if b, err = firstStatement(kind, f, keyList(parents), 0); err != nil {
		return nil, false, err
	}
	rows, err = r.collect(rows, b, kind, f)
	return rows, false, err
}

// amongFirst returns the first rows of one kind behind those of the parents that have so many that some are soon met among the
// first nodes of the kind, which an index gives in order, and the parents whose rows are still to be found. It looks at fewer
// nodes than a parent has rows, so that little is lost where these are all further on.
func (r *reader) amongFirst(kind graph.NodeKind, f graph.Follow, parents []int64) (rows []found, others []int64, err error) {
	if !f.IndexOrdered(kind) {
		return nil, parents, nil
	}
	for many := mostSorted; ; many *= 4 {
		var few []int64
		if parents, few, err = r.crowded(kind, f, parents, many); err != nil {
			return nil, nil, err
		}
		if others = append(others, few...); len(parents) == 0 {
			return rows, others, nil
		}
		b, err := firstStatement(kind, f, keyList(parents), many/4+1)
		if err != nil {
			return nil, nil, err
		}
		met, err := r.collect(nil, b, kind, f)
		if err != nil {
			return nil, nil, err
		}
		count := make(map[int64]int)
		for _, row := range met {
			count[row.parent]++
		}
		isFull := func(parent int64) bool { return count[parent] > f.First }
		rows = append(rows, slices.DeleteFunc(met, func(row found) bool { return !isFull(row.parent) })...)
		parents = slices.DeleteFunc(parents, isFull)
	}
}

// crowded tells the parents that have more than so many nodes of the kind behind them from others.
func (r *reader) crowded(kind graph.NodeKind, f graph.Follow, parents []int64, most int) (many, few []int64, err error) {
	w, _ := byKeys(kind, f)
	err = r.each(func(scan func(...any) error) error {
		var parent int64
		var isMany bool
		err := scan(&parent, &isMany)
		if isMany {
			many = append(many, parent)
		} else {
			few = append(few, parent)
		}
		return err
	}, "SELECT j.value, (SELECT count(*) FROM (SELECT 1 FROM "+w.tables+" WHERE "+w.condition+" LIMIT ?2)) = ?2 FROM json_each(?1) j",
		keyList(parents), most+1)
	return many, few, err
}

// byKeys goes over edges from the parents j to nodes n of one kind of which nothing but keys is looked at.
func byKeys(kind graph.NodeKind, f graph.Follow) (walk, subject) {
	e, n := subject{alias: "e", edge: f.Edge}, subject{alias: "n", node: kind}
	if f.Edge == graph.EdgeIn {
		return e.walk("j.value", f.Reverse, n), n
	}
	w := e.walk("j.value", f.Reverse, subject{})
	w.condition += " AND " + ofKinds(w.key, []graph.NodeKind{kind})
	n.key = w.key
	return w, n
}

// keyList writes keys as JSON.
func keyList(keys []int64) string {
	text, _ := json.Marshal(keys) // of numbers, it does not fail
	return string(text)
}

// farKinds returns the kinds of nodes that a follow wants.
func farKinds(f graph.Follow) []graph.NodeKind {
	far := f.Edge.Info().Far(f.Reverse)
	if f.Kinds == nil {
		return far
	}
	return slices.DeleteFunc(slices.Clone(far), func(k graph.NodeKind) bool { return !slices.Contains(f.Kinds, k) })
}

// cut keeps the first rows of each parent, and says which parents had more.
func cut(rows []found, first int) ([]found, map[int64]bool) {
	kept, count, more := rows[:0], make(map[int64]int), make(map[int64]bool)
	for _, row := range rows {
		if count[row.parent]++; count[row.parent] > first {
			more[row.parent] = true
			continue
		}
		kept = append(kept, row)
	}
	return kept, more
}

// sortFound brings rows of several kinds into one order: by parent, as asked for, by ID, by edge.
func sortFound(rows []found, f graph.Follow) {
	slices.SortStableFunc(rows, func(a, b found) int {
		if a.parent != b.parent {
			return int(min(max(a.parent-b.parent, -1), 1))
		}
		for i, o := range f.Order {
			if c := o.Compare(a.Order[i], b.Order[i]); c != 0 {
				return c
			}
		}
		if c := strings.Compare(string(a.ID), string(b.ID)); c != 0 {
			return c
		}
		for _, p := range f.Edge.Info().Props {
			if c := graph.Compare(a.edge[p.Name], b.edge[p.Name]); c != 0 {
				return c
			}
		}
		return 0
	})
}

// mostSorted is graph.MostSorted; tests make it less.
var mostSorted = graph.MostSorted

// fewNamed reports whether the nodes that may match are to be read from what the filter names, since no more of them lie behind
// it than can be sorted.
func (r *reader) fewNamed(kind graph.NodeKind, where graph.Filter) (bool, error) {
	has, _, ok := graph.TakeNamed(where)
	if !ok {
		return false, nil
	}
	if _, _, further := graph.TakeNamed(has.Where); further {
		few, err := r.fewNamed(has.Edge.Info().Far(has.Reverse)[0], has.Where)
		if err != nil || !few {
			return false, err
		}
	}
	var b statement
	b.add("SELECT count(*) FROM (SELECT 1 FROM ")
	if err := b.keys(has, subject{alias: "n", node: kind}); err != nil {
		return false, err
	}
	b.add(" LIMIT ?)", mostSorted+1)
	n := 0
	err := r.each(func(scan func(...any) error) error { return scan(&n) }, b.String(), b.args...)
	return n <= mostSorted, err
}

// topStatement asks for the first rows of one kind, which with few are read from what the filter names. Like every statement
// that collect reads, it selects the parent's key, the node's key and ID, the edge's properties, and the cells.
func topStatement(kind graph.NodeKind, l graph.Level, few bool) (*statement, error) {
	b := &statement{}
	n := subject{alias: "n", node: kind}
	b.add("SELECT 0, n.key, n.id, ''")
	b.cells(n, l)
	switch {
	case slices.ContainsFunc(l.Order, func(o graph.Order) bool { return o.Prop == graph.Score }):
		m, _ := scoredMatch(l.Where)
		query := matchQuery(m)
		if query == "" {
			query = `""`
		}
		b.add(` FROM search CROSS JOIN "`+string(kind)+`" n ON n.key = search.rowid WHERE search MATCH ? AND `, query)
	case few:
		b.add(" FROM ")
		var err error
		if l.Where, err = b.from(l.Where, n); err != nil {
			return nil, err
		}
		b.add(" WHERE ")
	default:
		b.add(` FROM "` + string(kind) + `" n WHERE `)
	}
	if err := b.condition(n, l); err != nil {
		return nil, err
	}
	b.add(" ORDER BY ")
	b.orderTerms(n, l.Order)
	b.add("n.id LIMIT ?", l.First+1)
	return b, nil
}

// allStatement asks for all rows of one kind behind the parents, at most so many.
func allStatement(kind graph.NodeKind, f graph.Follow, parents string, most int) (*statement, error) {
	b, n, w := newFollow(kind, f)
	b.add(" FROM json_each(?) j CROSS JOIN "+w.tables+" WHERE ", parents)
	err := b.behind(w, n, f)
	b.add(" LIMIT ?", most)
	return b, err
}

// firstStatement asks for the first rows of one kind behind each of the parents, and all parallel edges to the last of these
// nodes. Written so that the condition on an edge's far end finds the edges, SQLite sorts once for each parent, and keeps no
// more than it needs. With among, it looks for them among so many nodes only, the first ones of the kind in an index.
func firstStatement(kind graph.NodeKind, f graph.Follow, parents string, among int) (*statement, error) {
	b, n, w := newFollow(kind, f)
	b.add(" FROM json_each(?) j CROSS JOIN "+w.tables+" WHERE "+w.key+" IN (SELECT "+w.key+" FROM ", parents)
	if among > 0 {
		if err := b.first(n, f.Level, among); err != nil {
			return nil, err
		}
		b.add(" CROSS JOIN ")
	}
	b.add(w.tables + " WHERE ")
	if among > 0 {
		b.add(w.key + " = first.key AND ")
	}
	if err := b.behind(w, n, f); err != nil {
		return nil, err
	}
	b.add(" ORDER BY ")
	b.orderTerms(n, f.Order)
	b.add("n.id LIMIT ?)", f.First+1)
	if f.Edge == graph.EdgeIn { // whose condition is the node's key itself
		return b, nil
	}
	b.add(" AND " + w.condition + " AND ")
	err := b.filter(f.Via, subject{alias: "e", edge: f.Edge})
	return b, err
}

// newFollow begins a statement over edges e from the parents j to nodes n of one kind.
func newFollow(kind graph.NodeKind, f graph.Follow) (*statement, subject, walk) {
	b, n := &statement{}, subject{alias: "n", node: kind}
	w := subject{alias: "e", edge: f.Edge}.walk("j.value", f.Reverse, n)
	b.add("SELECT j.value, n.key, n.id, " + w.props)
	b.cells(n, f.Level)
	return b, n, w
}

// behind appends the condition of rows behind a parent: over which edges they are reached, and what they must match.
func (b *statement) behind(w walk, n subject, f graph.Follow) error {
	b.add(w.condition + " AND ")
	if err := b.filter(f.Via, subject{alias: "e", edge: f.Edge}); err != nil {
		return err
	}
	b.add(" AND ")
	return b.condition(n, f.Level)
}

// first appends a query for the keys of the first nodes of a kind behind the position to go on from, in the order of an index:
// those that have the first property to sort by, or those that lack it, if the position does.
func (b *statement) first(n subject, l graph.Level, most int) error {
	b.add(`(SELECT n.key FROM "` + string(n.node) + `" n WHERE `)
	if len(l.Order) > 0 {
		expr, _ := orderTerm(n, l.Order[0])
		switch {
		case l.After == nil:
			b.add(expr + " IS NOT NULL AND ")
		case l.After.Order[0] == nil:
			b.add(expr + " IS NULL AND ")
		default:
			v, err := column(l.After.Order[0])
			if err != nil {
				return err
			}
			operator := " >= ? AND "
			if l.Order[0].Desc {
				operator = " <= ? AND "
			}
			b.add(expr+operator, v)
		}
	}
	if err := b.after(n, l); err != nil {
		return err
	}
	b.add(" ORDER BY ")
	b.orderTerms(n, l.Order)
	b.add("n.id LIMIT ?) first", most)
	return nil
}

// condition appends what rows must fulfil: the filter, and to lie behind the position to go on from.
func (b *statement) condition(n subject, l graph.Level) error {
	if err := b.filter(l.Where, n); err != nil {
		return err
	}
	b.add(" AND ")
	return b.after(n, l)
}

// after appends the condition of nodes behind the position to go on from.
func (b *statement) after(n subject, l graph.Level) error {
	if l.After == nil {
		b.add("1")
		return nil
	}
	open := 0
	for i, o := range l.Order {
		expr, known := orderTerm(n, o)
		v, err := column(l.After.Order[i])
		if err != nil {
			return err
		}
		switch {
		case !known:
			if v != nil { // the position has a value, this kind has none: it comes later
				b.add("1" + strings.Repeat("))", open))
				return nil
			}
			continue
		case v == nil:
			b.add("(" + expr + " IS NULL AND (")
		case o.Desc:
			b.add("("+expr+" < ? OR "+expr+" IS NULL OR "+expr+" = ? AND (", v, v)
		default:
			b.add("("+expr+" > ? OR "+expr+" IS NULL OR "+expr+" = ? AND (", v, v)
		}
		open++
	}
	b.add("n.id > ?"+strings.Repeat("))", open), l.After.ID)
	return nil
}

// orderTerm returns the SQL for a value to sort by; known is false if the kind lacks the property.
func orderTerm(n subject, o graph.Order) (sql string, known bool) {
	if o.Prop == graph.Score {
		return "-search.rank", true
	}
	expr, _, ok := n.property(o.Prop)
	return expr, ok
}

// orderTerms appends the terms to sort by, each with a comma behind it.
func (b *statement) orderTerms(n subject, order []graph.Order) {
	for _, o := range order {
		expr, known := orderTerm(n, o)
		if !known {
			continue
		}
		if o.Desc {
			b.add(expr + " DESC, ") // SQLite holds null to be the smallest value
		} else {
			b.add(expr + " NULLS LAST, ")
		}
	}
}

// cells appends the values to sort by and the wanted properties, each with a comma before it.
func (b *statement) cells(n subject, l graph.Level) {
	for _, o := range l.Order {
		expr, known := orderTerm(n, o)
		if !known {
			expr = "NULL"
		}
		b.add(", " + expr)
	}
	for _, name := range l.Props {
		expr, _, known := n.property(name)
		if !known {
			expr = "NULL"
		}
		b.add(", " + expr)
	}
}

// collect runs a statement over nodes of one kind and appends what it finds.
func (r *reader) collect(rows []found, b *statement, kind graph.NodeKind, f graph.Follow) ([]found, error) {
	types := cellTypes(kind, f.Level)
	raw := make([]any, len(types))
	err := r.each(func(scan func(...any) error) error {
		row := found{Row: graph.Row{Kind: kind}}
		var props string
		targets := []any{&row.parent, &row.key, &row.ID, &props}
		for i := range raw {
			targets = append(targets, &raw[i])
		}
		if err := scan(targets...); err != nil {
			return err
		}
		if err := row.fill(raw, types, props, f); err != nil {
			return fmt.Errorf("node %s: %w", row.ID, err)
		}
		rows = append(rows, row)
		return nil
	}, b.String(), b.args...)
	return rows, err
}

func cellTypes(kind graph.NodeKind, l graph.Level) []graph.Type {
	var types []graph.Type
	for _, o := range l.Order {
		p, _ := kind.Info().Prop(o.Prop)
		if o.Prop == graph.Score {
			p.Type = graph.Float
		}
		types = append(types, p.Type)
	}
	for _, name := range l.Props {
		p, _ := kind.Info().Prop(name)
		types = append(types, p.Type)
	}
	return types
}

// fill sets the row's values from what the statement returned.
func (row *found) fill(raw []any, types []graph.Type, props string, f graph.Follow) error {
	cells := make([]any, len(raw))
	for i, v := range raw {
		var err error
		if cells[i], err = value(types[i], v); err != nil {
			return err
		}
	}
	row.Order, row.Props = cells[:len(f.Order):len(f.Order)], cells[len(f.Order):]
	if f.Edge == "" {
		return nil
	}
	var err error
	if row.edge, err = decode(f.Edge.Info().Props, props); err != nil {
		return err
	}
	row.Edge = make([]any, len(f.EdgeProps))
	for i, name := range f.EdgeProps {
		row.Edge[i] = row.edge[name]
	}
	return nil
}

func (r *reader) total(kind graph.NodeKind, where graph.Filter) (int, error) {
	b := statement{all: true}
	n := subject{alias: "n", node: kind}
	b.add("SELECT count(*) FROM ")
	rest, err := b.from(where, n)
	if err != nil {
		return 0, err
	}
	b.add(" WHERE ")
	if err := b.filter(rest, n); err != nil {
		return 0, err
	}
	var total int
	err = r.each(func(scan func(...any) error) error { return scan(&total) }, b.String(), b.args...)
	return total, err
}

// totals adds the number of all rows of one kind behind each parent.
func (r *reader) totals(out map[int64]graph.Rows, kind graph.NodeKind, f graph.Follow, parents string) error {
	var b statement
	n, e := subject{alias: "n", node: kind}, subject{alias: "e", edge: f.Edge}
	w := e.walk("j.value", f.Reverse, n)
	if !looksAtRows(f.Where) {
		w, n = byKeys(kind, f)
	}
	b.add("SELECT j.value, count(*) FROM json_each(?) j CROSS JOIN "+w.tables+" WHERE "+w.condition+" AND ", parents)
	if err := b.filter(f.Via, e); err != nil {
		return err
	}
	b.add(" AND ")
	if err := b.filter(f.Where, n); err != nil {
		return err
	}
	b.add(" GROUP BY 1")
	return r.each(func(scan func(...any) error) error {
		var parent int64
		var n int
		if err := scan(&parent, &n); err != nil {
			return err
		}
		level := out[parent]
		level.Total += n
		out[parent] = level
		return nil
	}, b.String(), b.args...)
}
