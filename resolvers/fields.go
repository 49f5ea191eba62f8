package resolvers

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/claimgraph/claimgraph/graph"
)

// listLength is the most that a list without pages holds, as the schema says.
const listLength = 50

// identity is a node's ID.
func identity(*compiler, *level, graphql.CollectedField) (writer, error) {
	return func(b []byte, r *graph.Row) ([]byte, error) { return appendString(b, string(r.ID)), nil }, nil
}

// prop is a property of the node.
func prop(name string) field {
	return func(_ *compiler, l *level, f graphql.CollectedField) (writer, error) {
		absent := absent(f.Definition.Type)
		i, ok := l.prop(name)
		if !ok {
			if absent == "" {
				return nil, unknown(f)
			}
			return constant[graph.Row](absent), nil
		}
		return func(b []byte, r *graph.Row) ([]byte, error) { return value(b, r, r.Props[i], absent, name) }, nil
	}
}

// props is a property for each name in the list, under the same name.
func props(names string) map[string]field {
	table := make(map[string]field)
	for name := range strings.FieldsSeq(names) {
		table[name] = prop(name)
	}
	return table
}

// edgeProp is a property of the edge that led to the node.
func edgeProp(name string) field {
	return func(_ *compiler, l *level, f graphql.CollectedField) (writer, error) {
		absent := absent(f.Definition.Type)
		i := l.edgeProp(name)
		return func(b []byte, r *graph.Row) ([]byte, error) { return value(b, r, r.Edge[i], absent, name) }, nil
	}
}

func value(b []byte, r *graph.Row, v any, absent, name string) ([]byte, error) {
	if v != nil {
		return appendValue(b, v), nil
	}
	if absent == "" {
		return nil, missing(r, name)
	}
	return append(b, absent...), nil
}

// absent returns what stands for an absent property where a field of that type must not be null: stores do not keep
// empty texts and lists. It returns "" where nothing can stand for it.
func absent(t *ast.Type) string {
	switch {
	case !t.NonNull:
		return "null"
	case t.Elem != nil:
		return "[]"
	}
	return map[string]string{"String": `""`, "Int": "0", "Float": "0", "Boolean": "false"}[t.NamedType]
}

func missing(r *graph.Row, what string) error {
	return fmt.Errorf("%w: %s has no %s", graph.ErrCorrupt, r.ID, what)
}

// self is the same node, seen as another type.
func self(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
	return c.object(l, f.Definition.Type.Name(), f.Selections)
}

// one is the first node that the edge leads to.
func one(e edge) field {
	return func(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
		far := e.far(f.Definition.Type.Name())
		w, err := c.nodes(far, f.Definition.Type.Name(), f.Selections)
		if err != nil {
			return nil, err
		}
		far.First = 1
		i := l.follow(e, far)
		return func(b []byte, r *graph.Row) ([]byte, error) {
			rows := r.Follow[i].Rows
			switch {
			case len(rows) > 0:
				return w(b, &rows[0])
			case f.Definition.Type.NonNull:
				return nil, missing(r, f.Name)
			}
			return append(b, "null"...), nil
		}, nil
	}
}

// leads is whether the edge leads anywhere.
func leads(e edge) field {
	return func(_ *compiler, l *level, _ graphql.CollectedField) (writer, error) {
		far := e.far("")
		far.First = 1
		i := l.follow(e, far)
		return func(b []byte, r *graph.Row) ([]byte, error) {
			return strconv.AppendBool(b, len(r.Follow[i].Rows) > 0), nil
		}, nil
	}
}

// list is the nodes that the edge leads to, up to listLength.
func list(e edge) field {
	return func(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
		far := e.far(f.Definition.Type.Name())
		w, err := c.nodes(far, f.Definition.Type.Name(), f.Selections)
		if err != nil {
			return nil, err
		}
		far.First = listLength
		i := l.follow(e, far)
		return func(b []byte, r *graph.Row) ([]byte, error) { return array(b, r.Follow[i].Rows, w) }, nil
	}
}

// latest is what analysts say of the node by edges of that kind, the latest first, up to listLength.
func latest(kind graph.EdgeKind) field {
	return func(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
		far := from(kind).far(f.Definition.Type.Name())
		w, err := c.nodes(far, f.Definition.Type.Name(), f.Selections)
		if err != nil {
			return nil, err
		}
		far.First, far.Order = listLength, []graph.Order{{Prop: "at", Desc: true}}
		i := l.follow(from(kind), far)
		return func(b []byte, r *graph.Row) ([]byte, error) { return array(b, r.Follow[i].Rows, w) }, nil
	}
}

// gradeHolds matches assessments with a grade that no other took the place of.
var gradeHolds = graph.And{
	graph.Where{Prop: "grade", Op: graph.Exists}, graph.Not{Filter: graph.Where{Prop: "supersededAt", Op: graph.Exists}},
}

// credibility is the grade that an analyst gave the attribution: a digit.
func credibility(_ *compiler, l *level, _ graphql.CollectedField) (writer, error) {
	far := from(graph.EdgeAssesses).far(string(graph.KindAssessment))
	far.First, far.Order, far.Where = 1, []graph.Order{{Prop: "at", Desc: true}}, gradeHolds
	grade, _ := far.prop("grade")
	i := l.follow(from(graph.EdgeAssesses), far)
	return func(b []byte, r *graph.Row) ([]byte, error) {
		for _, row := range r.Follow[i].Rows {
			if digit, ok := row.Props[grade].(string); ok {
				return append(b, digit...), nil
			}
		}
		return append(b, "null"...), nil
	}, nil
}

// both is the nodes that the edge joins to the node, whichever end the node is, the surest first, up to listLength.
func both(kind graph.EdgeKind) field {
	return func(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
		far := to(kind).far(f.Definition.Type.Name())
		w, err := c.nodes(far, f.Definition.Type.Name(), f.Selections)
		if err != nil {
			return nil, err
		}
		far.First = listLength
		score := far.edgeProp("score")
		out, in := l.follow(to(kind), far), l.follow(from(kind), far)
		text := -1
		if far.textBefore {
			text, _ = l.prop("text")
		}
		return func(b []byte, r *graph.Row) ([]byte, error) {
			rows := slices.Concat(r.Follow[out].Rows, r.Follow[in].Rows)
			for i := range rows {
				if text >= 0 {
					rows[i].Edge = append(slices.Clip(rows[i].Edge), r.Props[text])
				}
			}
			slices.SortStableFunc(rows, func(a, b graph.Row) int {
				return cmp.Or(graph.Compare(b.Edge[score], a.Edge[score]), cmp.Compare(a.ID, b.ID))
			})
			return array(b, rows[:min(len(rows), listLength)], w)
		}, nil
	}
}

// page is a connection to the nodes that the edge leads to, in an order that the field's argument may change.
func page(e edge, order ...graph.Order) field {
	return func(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
		far := e.far(strings.TrimSuffix(f.Definition.Type.Name(), "Connection"))
		far.Order = order
		if err := c.arguments(far, f); err != nil {
			return nil, err
		}
		w, err := c.connection(far, f)
		if err != nil {
			return nil, err
		}
		i := l.follow(e, far)
		return func(b []byte, r *graph.Row) ([]byte, error) { return w(b, &r.Follow[i]) }, nil
	}
}

// chainLength is how many steps a chain goes, as the schema says.
const chainLength = 4

// chain is the nodes that the edge leads to one behind another, the nearest first. Each step is a level of its own
// below the one before.
func chain(e edge) field {
	return func(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
		typeName := f.Definition.Type.Name()
		levels, writers := make([]*level, chainLength), make([]writer, chainLength)
		for i := range levels {
			levels[i] = e.far(typeName)
			levels[i].First = 1
			var err error
			if writers[i], err = c.nodes(levels[i], typeName, f.Selections); err != nil {
				return nil, err
			}
		}
		// Levels are finished from the far end, since each holds the next.
		next := make([]int, chainLength)
		for i := chainLength - 1; i > 0; i-- {
			next[i] = levels[i-1].follow(e, levels[i])
		}
		next[0] = l.follow(e, levels[0])
		return func(b []byte, r *graph.Row) ([]byte, error) {
			b = append(b, '[')
			for i := range writers {
				rows := r.Follow[next[i]].Rows
				if len(rows) == 0 {
					break
				}
				if i > 0 {
					b = append(b, ',')
				}
				r = &rows[0]
				var err error
				if b, err = writers[i](b, r); err != nil {
					return nil, err
				}
			}
			return append(b, ']'), nil
		}, nil
	}
}
