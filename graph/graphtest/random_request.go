package graphtest

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/claimgraph/claimgraph/graph"
)

// The values that random properties and filters have: few, so that they meet.
var (
	randomTexts  = []string{"", "a", "B", "b", "ab", "Éire", "eire", "it's", "x\"y'z", "😀", "\uff5e", "Herat talks", "talks about Herat"}
	randomInts   = []int64{-1, 0, 1, 2, 1<<53 + 1}
	randomFloats = []float64{-1.5, 0, 0.1, 0.5, 1}
	randomTimes  = []time.Time{day(1969, 7, 20), day(2024, 2, 29), day(2024, 3, 1).Add(time.Millisecond), day(2024, 3, 1)}
	searchTexts  = []string{"herat", "TALKS herat", "EIRE", "its", "", "b", "nobody", "a OR b", "y'z\""}
)

// drawValue draws a value of the property.
func drawValue(t *rapid.T, p graph.Prop) any {
	texts := randomTexts
	if p.Values != nil {
		texts = p.Values
	}
	switch p.Type {
	case graph.Int:
		return oneOf(t, p.Name, randomInts)
	case graph.Float:
		return oneOf(t, p.Name, randomFloats)
	case graph.Bool:
		return rapid.Bool().Draw(t, p.Name)
	case graph.Time:
		return oneOf(t, p.Name, randomTimes)
	case graph.Strings:
		list := some(t, p.Name, texts, 2)
		slices.Sort(list)
		return list
	default:
		return oneOf(t, p.Name, texts)
	}
}

var requestKinds = []graph.NodeKind{
	graph.KindDocument, graph.KindAttribution, graph.KindActor, graph.KindClaim, graph.KindRelation, graph.KindPassage,
	graph.KindCitation,
}

func drawKinds(t *rapid.T) []graph.NodeKind {
	return some(t, "kinds", requestKinds, 3)
}

// drawUsing draws the edges of a walk: all, or some.
func drawUsing(t *rapid.T) []graph.EdgeKind {
	if rapid.Bool().Draw(t, "all edges") {
		return nil
	}
	var kinds []graph.EdgeKind
	for _, e := range graph.Edges {
		kinds = append(kinds, e.Kind)
	}
	return some(t, "using", kinds, 24)
}

// askRandom compares a random tree, then what is behind one of its rows.
func (s *subject) askRandom(t *rapid.T) {
	s.Helper()
	sel := graph.Select{Level: drawLevel(t, drawKinds(t), 2)}
	if between(t, "by ID", 0, 4) == 0 {
		for range between(t, "IDs", 1, 4) {
			sel.IDs = append(sel.IDs, drawID(t, "ID"))
		}
		sel.Order = nil
		sel.Onward = drawOnward(t, sel.Kinds)
	}
	rows := s.ask(fmt.Sprintf("random request %+v", sel), sel)
	if sel.IDs == nil && len(rows.Rows) > 0 {
		sel.After = oneOf(t, "after", rows.Rows).Position()
		s.ask(fmt.Sprintf("random request %+v behind %+v", sel, sel.After), sel)
	}
}

// drawOnward draws where a request for nodes of one kind goes on to, if there are such edges.
func drawOnward(t *rapid.T, kinds []graph.NodeKind) *graph.Onward {
	var edges []graph.EdgeKind
	for _, e := range graph.Edges {
		if _, undone := e.Prop("undoneAt"); !undone && slices.Equal(e.From, kinds) && slices.Equal(e.To, kinds) {
			edges = append(edges, e.Kind)
		}
	}
	if edges == nil {
		return nil
	}
	return &graph.Onward{
		Edges: []graph.EdgeKind{oneOf(t, "edge onward", edges)}, Steps: between(t, "steps", 1, 4), Where: drawFilter(t, kinds, 1),
	}
}

func drawLevel(t *rapid.T, kinds []graph.NodeKind, depth int) graph.Level {
	props := propsOf(kinds)
	l := graph.Level{
		Kinds: kinds, Where: drawFilter(t, kinds, 2), First: between(t, "first", 1, 6),
		Total: rapid.Bool().Draw(t, "total"),
	}
	for range between(t, "orders", 0, 2) {
		if p := oneOf(t, "order", props); p.Type != graph.Strings {
			l.Order = append(l.Order, graph.Order{Prop: p.Name, Desc: rapid.Bool().Draw(t, "desc")})
		}
	}
	for range between(t, "props", 0, 3) {
		l.Props = append(l.Props, oneOf(t, "prop", props).Name)
	}
	if depth == 0 {
		return l
	}
	for range between(t, "follows", 0, 2) {
		l.Follow = append(l.Follow, drawFollow(t, kinds, depth-1))
	}
	return l
}

func drawFollow(t *rapid.T, near []graph.NodeKind, depth int) graph.Follow {
	info, reverse := drawEdge(t, near)
	far := info.Far(reverse)
	f := graph.Follow{Edge: info.Kind, Reverse: reverse, Level: drawLevel(t, far, depth)}
	if rapid.Bool().Draw(t, "every kind") {
		f.Kinds = nil
	}
	if len(info.Props) > 0 && rapid.Bool().Draw(t, "via") {
		f.Via = drawWhere(t, info.Props)
	}
	for _, p := range info.Props {
		f.EdgeProps = append(f.EdgeProps, p.Name)
	}
	return f
}

// drawEdge draws a kind of edge that one of the kinds of nodes has, and its direction.
func drawEdge(t *rapid.T, near []graph.NodeKind) (graph.EdgeInfo, bool) {
	type way struct {
		info    graph.EdgeInfo
		reverse bool
	}
	var ways []way
	for _, e := range graph.Edges {
		if e.Derived && e.Kind != graph.EdgeKind(graph.Backs) && e.Kind != graph.EdgeKind(graph.Consult) {
			continue // Random relations are of these types.
		}
		for _, reverse := range []bool{false, true} {
			if slices.ContainsFunc(e.Far(!reverse), func(k graph.NodeKind) bool { return slices.Contains(near, k) }) {
				ways = append(ways, way{e, reverse})
			}
		}
	}
	w := oneOf(t, "edge", ways)
	return w.info, w.reverse
}

// propsOf lists the properties that any of the kinds has.
func propsOf(kinds []graph.NodeKind) []graph.Prop {
	var list []graph.Prop
	for _, k := range kinds {
		for _, p := range k.Info().Props {
			if !slices.ContainsFunc(list, func(have graph.Prop) bool { return have.Name == p.Name }) {
				list = append(list, p)
			}
		}
	}
	return list
}

func drawFilter(t *rapid.T, kinds []graph.NodeKind, depth int) graph.Filter {
	shapes := []string{"none", "where", "where", "match"}
	if depth > 0 {
		shapes = append(shapes, "and", "or", "not", "has", "has")
	}
	if depth > 0 && slices.ContainsFunc(kinds, func(k graph.NodeKind) bool { return k.Info().Shared }) {
		shapes = append(shapes, "spoken")
	}
	part := func() graph.Filter {
		if f := drawFilter(t, kinds, depth-1); f != nil {
			return f
		}
		return graph.And{}
	}
	switch oneOf(t, "filter", shapes) {
	case "where":
		return drawWhere(t, propsOf(kinds))
	case "match":
		return graph.Match{Text: oneOf(t, "text", searchTexts), Any: rapid.Bool().Draw(t, "any")}
	case "and":
		return graph.And{part(), part()}
	case "or":
		return graph.Or{part(), part()}
	case "not":
		return graph.Not{Filter: part()}
	case "has":
		return drawHas(t, kinds, depth-1)
	case "spoken":
		return graph.Spoken{By: drawFilter(t, []graph.NodeKind{graph.KindDocument}, depth-1)}
	}
	return nil
}

func drawHas(t *rapid.T, near []graph.NodeKind, depth int) graph.Filter {
	info, reverse := drawEdge(t, near)
	has := graph.Has{Edge: info.Kind, Reverse: reverse, Where: drawFilter(t, info.Far(reverse), depth)}
	if len(info.Props) > 0 && rapid.Bool().Draw(t, "via") {
		has.Via = drawWhere(t, info.Props)
		if rapid.Bool().Draw(t, "negated") {
			has.Via = graph.Not{Filter: has.Via}
		}
	}
	return has
}

func drawWhere(t *rapid.T, props []graph.Prop) graph.Where {
	p := oneOf(t, "property", props)
	ops := []graph.Op{graph.Eq, graph.Ne, graph.In, graph.Exists}
	switch p.Type {
	case graph.Strings:
		ops = append(ops, graph.Contains)
	case graph.String:
		ops = append(ops, graph.Lt, graph.Le, graph.Gt, graph.Ge, graph.Prefix)
	default:
		ops = append(ops, graph.Lt, graph.Le, graph.Gt, graph.Ge)
	}
	w := graph.Where{Prop: p.Name, Op: oneOf(t, "op", ops)}
	switch w.Op {
	case graph.Exists:
	case graph.In:
		values := []any{}
		for range between(t, "values", 0, 2) {
			values = append(values, drawValue(t, p))
		}
		w.Value = values
	case graph.Contains, graph.Prefix:
		w.Value = drawValue(t, graph.Prop{Name: p.Name, Values: p.Values})
	default:
		w.Value = drawValue(t, p)
	}
	return w
}

// countRandom compares a random Count.
func (s *subject) countRandom(t *rapid.T) {
	s.Helper()
	kind := oneOf(t, "counted kind", requestKinds)
	var by []graph.Facet
	for range between(t, "facets", 0, 2) {
		by = append(by, drawFacet(t, kind))
	}
	where := drawFilter(t, []graph.NodeKind{kind}, 1)
	s.sameBuckets(fmt.Sprintf("random count of %s where %+v by %+v", kind, where, by), kind, where, by...)
}

func drawFacet(t *rapid.T, kind graph.NodeKind) graph.Facet {
	var f graph.Facet
	near := []graph.NodeKind{kind}
	for range between(t, "facet steps", 0, 2) {
		info, reverse := drawEdge(t, near)
		f.Steps = append(f.Steps, graph.Step{Edge: info.Kind, Reverse: reverse})
		near = info.Far(reverse)
	}
	p := oneOf(t, "facet", propsOf(near))
	f.Prop = p.Name
	if p.Type == graph.Time {
		f.Interval = oneOf(t, "interval", []graph.Interval{graph.Exact, graph.Day, graph.Week, graph.Month, graph.Year})
	}
	return f
}
