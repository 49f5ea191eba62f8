package resolvers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

// The sizes of pages, as the schema says.
const (
	defaultFirst = 20
	maxFirst     = 100
)

// arguments enters into the level what a connection's arguments say: which nodes, in which order, and which page.
func (c *compiler) arguments(l *level, f graphql.CollectedField) error {
	given := f.ArgumentMap(c.op.Variables)
	first, err := number(given, "first", defaultFirst)
	if err != nil {
		return err
	}
	if first < 1 || first > maxFirst {
		return invalid("first is %d; 1 to %d are allowed", first, maxFirst)
	}
	l.First = first
	if restricts, err := c.where(f, given); err != nil {
		return err
	} else if restricts != nil {
		l.Where = restricts
	}
	if order, ok := given["orderBy"].(map[string]any); ok {
		l.Order = []graph.Order{orderOf(order)}
	}
	if after, ok := given["after"].(string); ok {
		l.After, err = l.Position(after)
	}
	return err
}

// where compiles the arguments that restrict a list.
func (c *compiler) where(f graphql.CollectedField, given map[string]any) (graph.Filter, error) {
	if roles := values(given["roles"]); len(roles) > 0 {
		return graph.Where{Prop: "role", Op: graph.In, Value: roles}, nil
	}
	filter, ok := given["filter"].(map[string]any)
	if !ok {
		return nil, nil
	}
	return c.filters.compile(f.Definition.Arguments.ForName("filter").Type.Name(), filter)
}

// orderOf reads an order: its field is a property's name in capitals.
func orderOf(order map[string]any) graph.Order {
	name, _ := order["field"].(string)
	return graph.Order{Prop: camelCase(name), Desc: order["direction"] == "DESC"}
}

// camelCase turns ORIGIN_COUNT into originCount.
func camelCase(s string) string {
	words := strings.Split(strings.ToLower(s), "_")
	for i, w := range words[1:] {
		if w != "" {
			words[i+1] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "")
}

// number returns a whole number among the arguments, or what stands for it where it is not given.
func number(given map[string]any, name string, otherwise int) (int, error) {
	if given[name] == nil {
		return otherwise, nil
	}
	n, ok := integer(given[name])
	if !ok || n < -1<<31 || n > 1<<31-1 {
		return 0, invalid("%s is no number that we know", name)
	}
	return int(n), nil
}

// integer reads a whole number in the form that the parser or the variables gave it.
func integer(v any) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case int:
		return int64(v), true
	case float64:
		return int64(v), v == float64(int64(v))
	case json.Number:
		n, err := v.Int64()
		return n, err == nil
	}
	return 0, false
}

// values returns a list argument; GraphQL lets a single value stand for a list of it.
func values(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// ids reads a list of IDs. ErrInvalid names what is none.
func ids(v any) ([]graph.ID, error) {
	var list []graph.ID
	for _, v := range values(v) {
		text, _ := v.(string)
		id := graph.ID(text)
		if _, err := id.Kind(); err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, nil
}

// nodeKinds reads a list of kinds of nodes.
func nodeKinds(v any) ([]graph.NodeKind, error) {
	var list []graph.NodeKind
	for _, v := range values(v) {
		kind, ok := kindByName[fmt.Sprint(v)]
		if !ok {
			return nil, invalid("%v is no kind of node", v)
		}
		list = append(list, kind)
	}
	return distinct(list), nil
}

// distinct returns the list without repeats, in its order.
func distinct[T comparable](list []T) []T {
	var kept []T
	for _, v := range list {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// kindByName leads from the schema's names of kinds to the vocabulary's.
var kindByName = func() map[string]graph.NodeKind {
	byName := make(map[string]graph.NodeKind)
	for _, n := range graph.Nodes {
		byName[kindName(n.Kind)] = n.Kind
	}
	return byName
}()

func kindName(kind graph.NodeKind) string { return strings.ToUpper(string(kind)) }

// edgeKinds reads a list of kinds of edges, whose names are the vocabulary's.
func edgeKinds(v any) []graph.EdgeKind {
	var list []graph.EdgeKind
	for _, v := range values(v) {
		list = append(list, graph.EdgeKind(fmt.Sprint(v)))
	}
	return distinct(list)
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", graph.ErrInvalid, fmt.Sprintf(format, args...))
}
