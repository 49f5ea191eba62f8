package resolvers

import (
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

// connection compiles the selection set of a connection over the level's rows.
func (c *compiler) connection(l *level, f graphql.CollectedField) (rowsWriter, error) {
	typeName := f.Definition.Type.Name()
	item := strings.TrimSuffix(typeName, "Connection")
	if !graph.NodeKind(item).Known() {
		item = nodeInterface
	}
	return object(c, typeName, f.Selections, func(f graphql.CollectedField) (rowsWriter, error) {
		switch f.Name {
		case "nodes":
			w, err := c.nodes(l, item, f.Selections)
			return rows(w), err
		case "edges":
			w, err := c.edges(l, item, f)
			return rows(w), err
		case "pageInfo":
			return c.pageInfo(l, f)
		case "totalCount":
			l.Total = true
			return func(b []byte, rows *graph.Rows) ([]byte, error) { return appendInt(b, int64(rows.Total)), nil }, nil
		}
		return nil, unknown(f)
	})
}

func (c *compiler) edges(l *level, item string, f graphql.CollectedField) (writer, error) {
	return object(c, f.Definition.Type.Name(), f.Selections, func(f graphql.CollectedField) (writer, error) {
		switch f.Name {
		case "cursor":
			return func(b []byte, r *graph.Row) ([]byte, error) { return appendString(b, l.Cursor(r.Position())), nil }, nil
		case "node":
			return c.nodes(l, item, f.Selections)
		}
		return nil, unknown(f)
	})
}

func (c *compiler) pageInfo(l *level, f graphql.CollectedField) (rowsWriter, error) {
	return object(c, f.Definition.Type.Name(), f.Selections, func(f graphql.CollectedField) (rowsWriter, error) {
		switch f.Name {
		case "hasNextPage":
			return func(b []byte, rows *graph.Rows) ([]byte, error) { return appendBool(b, rows.More), nil }, nil
		case "hasPreviousPage":
			return func(b []byte, _ *graph.Rows) ([]byte, error) { return appendBool(b, l.After != nil), nil }, nil
		case "startCursor":
			return func(b []byte, rows *graph.Rows) ([]byte, error) { return l.appendCursor(b, rows.Rows, 0), nil }, nil
		case "endCursor":
			return func(b []byte, rows *graph.Rows) ([]byte, error) {
				return l.appendCursor(b, rows.Rows, len(rows.Rows)-1), nil
			}, nil
		}
		return nil, unknown(f)
	})
}

// appendCursor appends the cursor of the i-th row, null where there are no rows.
func (l *level) appendCursor(b []byte, rows []graph.Row, i int) []byte {
	if len(rows) == 0 {
		return append(b, "null"...)
	}
	return appendString(b, l.Cursor(rows[i].Position()))
}
