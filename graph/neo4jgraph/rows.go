package neo4jgraph

import (
	"fmt"
	"maps"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// decodeRows reads the value of a level's expression.
func decodeRows(l graph.Level, edgeProps []string, value any) (graph.Rows, error) {
	list, ok := value.([]any)
	var rows graph.Rows
	if ok && l.Total && len(list) == 2 {
		if total, isTotal := list[1].(int64); isTotal {
			rows.Total = int(total)
			list, ok = list[0].([]any)
		}
	}
	if !ok {
		return rows, fmt.Errorf("%w: the answer is no list of rows but %T", graph.ErrCorrupt, value)
	}
	if l.First > 0 && len(list) > l.First {
		list, rows.More = list[:l.First], true
	}
	if len(list) > 0 {
		rows.Rows = make([]graph.Row, len(list))
	}
	for i, element := range list {
		var err error
		if rows.Rows[i], err = decodeRow(l, edgeProps, element); err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func decodeRow(l graph.Level, edgeProps []string, value any) (graph.Row, error) {
	values, ok := value.([]any)
	if !ok || len(values) != 1+len(l.Props)+len(edgeProps)+len(l.Order)+len(l.Follow) {
		return graph.Row{}, fmt.Errorf("%w: a row is of another shape than asked for", graph.ErrCorrupt)
	}
	row := graph.Row{ID: graph.ID(text(values[0]))}
	var err error
	if row.Kind, err = kindIn(l, row.ID); err != nil {
		return row, fmt.Errorf("%w: %w", graph.ErrCorrupt, err)
	}
	values = values[1:]
	row.Props, values = decodeValues(values, len(l.Props))
	row.Edge, values = decodeValues(values, len(edgeProps))
	row.Order, values = decodeValues(values, len(l.Order))
	if len(values) > 0 {
		row.Follow = make([]graph.Rows, len(values))
	}
	for i, f := range l.Follow {
		if row.Follow[i], err = decodeRows(f.Level, f.EdgeProps, values[i]); err != nil {
			return row, err
		}
	}
	return row, nil
}

// kindIn returns the kind of a level's node. Only where there may be several it has to be read from the ID.
func kindIn(l graph.Level, id graph.ID) (graph.NodeKind, error) {
	if len(l.Kinds) == 1 {
		return l.Kinds[0], nil
	}
	return id.Kind()
}

// decodeValues turns the first n values into ours, in place, and returns them and the rest.
func decodeValues(values []any, n int) (first, rest []any) {
	if n == 0 {
		return nil, values
	}
	for i, v := range values[:n] {
		values[i] = fromDriver(v)
	}
	return values[:n:n], values[n:]
}

// inOrder returns a row for each time that an ID is asked for, then those of what lies behind.
func inOrder(found graph.Rows, sel graph.Select) graph.Rows {
	byID := make(map[graph.ID]graph.Row, len(found.Rows))
	for _, row := range found.Rows {
		byID[row.ID] = row
	}
	ids := sel.IDs
	if sel.Onward != nil {
		further := maps.Clone(byID)
		for _, id := range ids {
			delete(further, id)
		}
		ids = slices.Concat(ids, slices.Sorted(maps.Keys(further)))
	}
	var rows graph.Rows
	for _, id := range ids {
		if row, ok := byID[id]; ok {
			rows.Rows = append(rows.Rows, row)
		}
	}
	if sel.Total {
		rows.Total = len(rows.Rows)
	}
	return rows
}
