package graphtest

import (
	"cmp"
	"context"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// Select answers the request level by level.
func (o *Oracle) Select(ctx context.Context, s graph.Select) (graph.Rows, error) {
	m, err := o.read(ctx)
	if err != nil {
		return graph.Rows{}, err
	}
	if s.IDs != nil {
		return m.byID(s), nil
	}
	var found []candidate
	for _, n := range m.nodes {
		if err := ctx.Err(); err != nil {
			return graph.Rows{}, err
		}
		if slices.Contains(s.Kinds, n.Kind) && m.matches(s.Where, n) {
			found = append(found, newCandidate(s.Level, n, graph.Edge{}))
		}
	}
	return m.page(s.Level, nil, found), nil
}

// byID returns a row for each time that the ID of a matching node is asked for.
func (m *merged) byID(s graph.Select) graph.Rows {
	var rows graph.Rows
	for _, id := range slices.Concat(s.IDs, m.onward(s)) {
		n, ok := m.nodes[id]
		if !ok || s.Kinds != nil && !slices.Contains(s.Kinds, n.Kind) || !m.matches(s.Where, n) {
			continue
		}
		rows.Rows = append(rows.Rows, m.row(s.Level, nil, candidate{node: n}))
	}
	if s.Total {
		rows.Total = len(rows.Rows)
	}
	return rows
}

// onward returns what lies behind the nodes asked for, in the order of IDs.
func (m *merged) onward(s graph.Select) []graph.ID {
	if s.Onward == nil {
		return nil
	}
	var further []graph.ID
	layer := s.IDs
	for range s.Onward.Steps {
		var next []graph.ID
		for _, id := range layer {
			for _, e := range m.out[id] {
				known := slices.Contains(s.IDs, e.To) || slices.Contains(further, e.To) || slices.Contains(next, e.To)
				if !known && slices.Contains(s.Onward.Edges, e.Kind) && m.matches(s.Onward.Where, m.nodes[e.To]) {
					next = append(next, e.To)
				}
			}
		}
		slices.Sort(next)
		further, layer = append(further, next...), next
	}
	further = further[:min(len(further), graph.MaxFirst)]
	slices.Sort(further)
	return further
}

// A candidate is a node that matches a level, with the edge that led to it and the values that it is sorted by.
type candidate struct {
	node  graph.Node
	edge  graph.Edge
	order []any
}

func newCandidate(l graph.Level, n graph.Node, e graph.Edge) candidate {
	c := candidate{node: n, edge: e}
	for _, by := range l.Order {
		if by.Prop == graph.Score {
			c.order = append(c.order, scoreOf(l.Where, n))
		} else {
			c.order = append(c.order, n.Props[by.Prop])
		}
	}
	return c
}

// page sorts the candidates and makes rows of those that are wanted.
func (m *merged) page(l graph.Level, edgeProps []string, found []candidate) graph.Rows {
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(comparePlaces(l.Order, a, b.order, b.node.ID), a.edge.Compare(b.edge))
	})
	var rows graph.Rows
	if l.Total {
		rows.Total = len(found)
	}
	for _, c := range found {
		if l.After != nil && comparePlaces(l.Order, c, l.After.Order, l.After.ID) <= 0 {
			continue
		}
		if len(rows.Rows) == l.First {
			rows.More = true
			break
		}
		rows.Rows = append(rows.Rows, m.row(l, edgeProps, c))
	}
	return rows
}

// comparePlaces compares a candidate with a place in the order.
func comparePlaces(order []graph.Order, c candidate, values []any, id graph.ID) int {
	for i, by := range order {
		if d := by.Compare(c.order[i], values[i]); d != 0 {
			return d
		}
	}
	return cmp.Compare(c.node.ID, id)
}

func (m *merged) row(l graph.Level, edgeProps []string, c candidate) graph.Row {
	row := graph.Row{ID: c.node.ID, Kind: c.node.Kind, Order: c.order}
	for _, name := range l.Props {
		row.Props = append(row.Props, c.node.Props[name])
	}
	for _, name := range edgeProps {
		row.Edge = append(row.Edge, c.edge.Props[name])
	}
	for _, f := range l.Follow {
		row.Follow = append(row.Follow, m.follow(f, c.node.ID))
	}
	return row
}

func (m *merged) follow(f graph.Follow, from graph.ID) graph.Rows {
	var found []candidate
	for _, e := range m.walk(from, f.Edge, f.Reverse) {
		n := m.nodes[farEnd(e, f.Reverse)]
		if (f.Kinds == nil || slices.Contains(f.Kinds, n.Kind)) && lets(f.Via, e.Props) && m.matches(f.Where, n) {
			found = append(found, newCandidate(f.Level, n, e))
		}
	}
	return m.page(f.Level, f.EdgeProps, found)
}
