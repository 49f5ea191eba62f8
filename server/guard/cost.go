package guard

import (
	"cmp"
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Cost checks how many nodes answering a validated operation may take, and the size of each page. Pages count as many
// nodes as they ask for, other lists as many as lists usually have (ListLength), each times the nodes that they hang on;
// the schema's @cost says where a field reads more than it shows, or lists are longer. Fields count even where @skip or
// @include leave them out. It returns a *RefusalError or nil.
func (l Limits) Cost(schema *ast.Schema, op *ast.OperationDefinition, variables map[string]any) error {
	return (&cost{limits: l, schema: schema, variables: variables}).selections(op.SelectionSet, 1)
}

type cost struct {
	limits    Limits
	schema    *ast.Schema
	variables map[string]any
	nodes     int
}

// selections counts what hangs on so many parents.
func (c *cost) selections(set ast.SelectionSet, parents int) error {
	for _, selection := range set {
		var err error
		switch selection := selection.(type) {
		case *ast.Field:
			err = c.field(selection, parents)
		case *ast.InlineFragment:
			err = c.selections(selection.SelectionSet, parents)
		case *ast.FragmentSpread:
			err = c.selections(selection.Definition.SelectionSet, parents)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *cost) field(f *ast.Field, parents int) error {
	if len(f.SelectionSet) == 0 || strings.HasPrefix(f.Name, "__") {
		return nil // a value, or the schema, which is of one size
	}
	if isPaging(f.ObjectDefinition.Name) {
		return c.selections(f.SelectionSet, parents) // its connection has been counted
	}
	n, err := c.length(f)
	if err != nil {
		return err
	}
	nodes := product(parents, n)
	c.nodes = sum(c.nodes, product(nodes, max(said(f, "weight"), 1)))
	if err := within("nodes", c.nodes, c.limits.Nodes); err != nil {
		return err
	}
	return c.selections(f.SelectionSet, nodes)
}

// isPaging reports whether a type belongs to the way in which pages are written, and not to the graph.
func isPaging(name string) bool {
	return strings.HasSuffix(name, "Connection") || strings.HasSuffix(name, "Edge")
}

// length returns how many nodes a field brings for each parent.
func (c *cost) length(f *ast.Field) (int, error) {
	arguments := f.ArgumentMap(c.variables)
	for _, name := range []string{"first", "last"} {
		if n, ok := integer(arguments[name]); ok {
			return n, within("page", n, c.limits.Page)
		}
	}
	if n, ok := integer(arguments["maxNodes"]); ok {
		return n, nil
	}
	if ids := reflect.ValueOf(arguments["ids"]); ids.Kind() == reflect.Slice {
		return ids.Len(), nil
	}
	if isPaging(f.Definition.Type.Name()) {
		return c.limits.Page, nil // as many as it could be
	}
	if f.Definition.Type.Elem != nil {
		return cmp.Or(said(f, "length"), c.limits.ListLength), nil
	}
	return 1, nil
}

// said returns what the field's @cost says, 0 where it says nothing.
func said(f *ast.Field, argument string) int {
	directive := f.Definition.Directives.ForName("cost")
	if directive == nil || directive.Arguments.ForName(argument) == nil {
		return 0
	}
	n, _ := strconv.Atoi(directive.Arguments.ForName(argument).Value.Raw) // the schema has been validated
	return n
}

// integer returns v as a number that is not negative, whatever form the parser or the variables gave it.
func integer(v any) (int, bool) {
	var n int64
	switch v := v.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case float64:
		n = int64(min(v, math.MaxInt32))
	case json.Number:
		var err error
		if n, err = v.Int64(); err != nil {
			return math.MaxInt32, true
		}
	default:
		return 0, false
	}
	return int(max(n, 0)), true
}
