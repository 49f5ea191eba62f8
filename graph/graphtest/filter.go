package graphtest

import (
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// matches reports whether the filter lets the node through.
func (m *merged) matches(f graph.Filter, n graph.Node) bool {
	switch f := f.(type) {
	case nil:
		return true
	case graph.And:
		return !slices.ContainsFunc(f, func(part graph.Filter) bool { return !m.matches(part, n) })
	case graph.Or:
		return slices.ContainsFunc(f, func(part graph.Filter) bool { return m.matches(part, n) })
	case graph.Not:
		return !m.matches(f.Filter, n)
	case graph.Where:
		if f.Prop == graph.IDProp {
			return holds(f, graph.Props{graph.IDProp: string(n.ID)})
		}
		return holds(f, n.Props)
	case graph.Spoken:
		return slices.ContainsFunc(m.spoken[n.ID], func(owner graph.ID) bool {
			by := m.nodes[owner]
			return by.Kind == graph.KindDocument && (f.By == nil || m.matches(f.By, by))
		})
	case graph.Has:
		return slices.ContainsFunc(m.walk(n.ID, f.Edge, f.Reverse), func(e graph.Edge) bool {
			return lets(f.Via, e.Props) && m.matches(f.Where, m.nodes[farEnd(e, f.Reverse)])
		})
	case graph.Match:
		return score(f, n) > 0
	}
	return false
}

// lets reports whether the filter lets an edge with those properties through.
func lets(f graph.Filter, p graph.Props) bool {
	switch f := f.(type) {
	case nil:
		return true
	case graph.And:
		return !slices.ContainsFunc(f, func(part graph.Filter) bool { return !lets(part, p) })
	case graph.Or:
		return slices.ContainsFunc(f, func(part graph.Filter) bool { return lets(part, p) })
	case graph.Not:
		return !lets(f.Filter, p)
	case graph.Where:
		return holds(f, p)
	}
	return false
}

// holds makes one comparison.
func holds(f graph.Where, p graph.Props) bool {
	have, ok := p[f.Prop]
	if !ok {
		return false
	}
	switch f.Op {
	case graph.Exists:
		return true
	case graph.In:
		list, _ := f.Value.([]any)
		return slices.ContainsFunc(list, func(v any) bool { return graph.Compare(have, v) == 0 })
	case graph.Prefix:
		text, _ := have.(string)
		prefix, _ := f.Value.(string)
		return strings.HasPrefix(text, prefix)
	case graph.Contains:
		list, _ := have.([]string)
		word, _ := f.Value.(string)
		return slices.Contains(list, word)
	}
	c := graph.Compare(have, f.Value)
	switch f.Op {
	case graph.Eq:
		return c == 0
	case graph.Ne:
		return c != 0
	case graph.Lt:
		return c < 0
	case graph.Le:
		return c <= 0
	case graph.Gt:
		return c > 0
	case graph.Ge:
		return c >= 0
	}
	return false
}

func farEnd(e graph.Edge, reverse bool) graph.ID {
	if reverse {
		return e.From
	}
	return e.To
}

// score says how well a node matches a full-text search: the share of its words that were looked for, 0 if it does not
// match.
func score(f graph.Match, n graph.Node) float64 {
	wanted := f.Terms()
	words := strings.Fields(n.SearchText())
	if len(wanted) == 0 || len(words) == 0 {
		return 0
	}
	found := 0
	for _, w := range wanted {
		if !f.Any && !slices.Contains(words, w) {
			return 0
		}
		for _, word := range words {
			if word == w {
				found++
			}
		}
	}
	return float64(found) / float64(len(words))
}

// scoreOf is the score of the first full-text search that every match of the filter must satisfy.
func scoreOf(f graph.Filter, n graph.Node) float64 {
	switch f := f.(type) {
	case graph.Match:
		return score(f, n)
	case graph.And:
		for _, part := range f {
			if s := scoreOf(part, n); s > 0 {
				return s
			}
		}
	}
	return 0
}
