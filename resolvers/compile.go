package resolvers

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/claimgraph/claimgraph/graph"
)

// A compiler turns the selection set of one root field into two things: levels, which say what to ask the store for,
// and writers, which say how to write what comes back. Fields enter what they need into the level whose rows they
// read, and get back where they will find it.
type compiler struct {
	op      *graphql.OperationContext
	fields  map[string]map[string]field
	filters filters
	lookups []*lookup // of the computed value that is being compiled
	answer  []byte    // empty, to be appended to
}

// An appender appends what a field shows of a value, as JSON.
type appender[T any] func(b []byte, v *T) ([]byte, error)

// A writer appends what a field shows of a row; a rowsWriter of all rows of a level under one row of the level above.
type (
	writer     = appender[graph.Row]
	rowsWriter = appender[graph.Rows]
)

// A field compiles one field of a GraphQL type over rows of the level.
type field func(c *compiler, l *level, f graphql.CollectedField) (writer, error)

// An edge is what a field follows from a row.
type edge struct {
	kind    graph.EdgeKind
	reverse bool
	via     graph.Filter // on the edge's properties
}

// far returns the level at the other end of the edge, for a field of that type.
func (e edge) far(typeName string) *level {
	if kind := graph.NodeKind(typeName); kind.Known() {
		return &level{Level: graph.Level{Kinds: []graph.NodeKind{kind}}}
	}
	return &level{Level: graph.Level{Kinds: e.kind.Info().Far(e.reverse)}}
}

// nodes compiles a selection set on the level's nodes: of the GraphQL type, or, for the interface Node, each of the
// type that is called as its kind.
func (c *compiler) nodes(l *level, typeName string, set ast.SelectionSet) (writer, error) {
	if typeName != nodeInterface {
		return c.object(l, typeName, set)
	}
	byKind := make(map[graph.NodeKind]writer, len(l.Kinds))
	for _, kind := range l.Kinds {
		w, err := c.object(l, string(kind), set)
		if err != nil {
			return nil, err
		}
		byKind[kind] = w
	}
	return func(b []byte, r *graph.Row) ([]byte, error) { return byKind[r.Kind](b, r) }, nil
}

const nodeInterface = "Node"

// object compiles a selection set on a type of the field table.
func (c *compiler) object(l *level, typeName string, set ast.SelectionSet) (writer, error) {
	return object(c, typeName, set, func(f graphql.CollectedField) (writer, error) {
		compile, ok := c.fields[typeName][f.Name]
		if !ok {
			return nil, unknown(f)
		}
		return compile(c, l, f)
	})
}

func unknown(f graphql.CollectedField) error {
	return fmt.Errorf("nothing answers %s.%s", f.ObjectDefinition.Name, f.Name)
}

// object compiles a selection set on one type, given how to compile its fields.
func object[T any](
	c *compiler, typeName string, set ast.SelectionSet, compile func(graphql.CollectedField) (appender[T], error),
) (appender[T], error) {
	type column struct {
		key   []byte // with quotes and colon
		write appender[T]
	}
	var columns []column
	for _, f := range graphql.CollectFields(c.op, set, []string{typeName, nodeInterface}) {
		write := constant[T](string(appendString(nil, typeName)))
		if f.Name != "__typename" {
			var err error
			if write, err = compile(f); err != nil {
				return nil, err
			}
		}
		columns = append(columns, column{key: append(appendString(nil, f.Alias), ':'), write: write})
	}
	return func(b []byte, v *T) ([]byte, error) {
		var err error
		b = append(b, '{')
		for i := range columns {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, columns[i].key...)
			if b, err = columns[i].write(b, v); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	}, nil
}

func constant[T any](text string) appender[T] {
	return func(b []byte, _ *T) ([]byte, error) { return append(b, text...), nil }
}

// array appends a list of values.
func array[T any](b []byte, list []T, write appender[T]) ([]byte, error) {
	var err error
	b = append(b, '[')
	for i := range list {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = write(b, &list[i]); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

// rows writes a level's rows one after another.
func rows(write writer) rowsWriter {
	return func(b []byte, rows *graph.Rows) ([]byte, error) { return array(b, rows.Rows, write) }
}
