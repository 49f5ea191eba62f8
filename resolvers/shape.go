package resolvers

import (
	"context"
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

// A shape says how each field of a type of the schema is read from values of T, which are computed and not nodes.
type shape[T any] map[string]shapeField[T]

// A shapeField compiles one field over such values.
type shapeField[T any] func(c *compiler, f graphql.CollectedField) (appender[T], error)

// compile compiles the selection set of a field that shows one value.
func (s shape[T]) compile(c *compiler, f graphql.CollectedField) (appender[T], error) {
	return object(c, f.Definition.Type.Name(), f.Selections, func(f graphql.CollectedField) (appender[T], error) {
		compile, ok := s[f.Name]
		if !ok {
			return nil, unknown(f)
		}
		return compile(c, f)
	})
}

// list compiles the selection set of a field that shows a list of values.
func (s shape[T]) list(c *compiler, f graphql.CollectedField) (appender[[]T], error) {
	w, err := s.compile(c, f)
	return func(b []byte, v *[]T) ([]byte, error) { return array(b, *v, w) }, err
}

// plain is a field that needs nothing but the value that it is read from.
func plain[T, V any](read func(*T) V, write func([]byte, V) []byte) shapeField[T] {
	return func(*compiler, graphql.CollectedField) (appender[T], error) {
		return func(b []byte, v *T) ([]byte, error) { return write(b, read(v)), nil }, nil
	}
}

func count[T any](read func(*T) int) shapeField[T] {
	return plain(read, func(b []byte, n int) []byte { return appendInt(b, int64(n)) })
}

func flag[T any](read func(*T) bool) shapeField[T]        { return plain(read, appendBool) }
func fraction[T any](read func(*T) float64) shapeField[T] { return plain(read, appendFloat) }

// word is a text or a member of an enum.
func word[T any, S ~string](read func(*T) S) shapeField[T] {
	return plain(read, func(b []byte, s S) []byte { return appendString(b, string(s)) })
}

// moment is a time, null if it is unknown.
func moment[T any](read func(*T) time.Time) shapeField[T] {
	return plain(read, func(b []byte, t time.Time) []byte {
		if t.IsZero() {
			return append(b, "null"...)
		}
		return appendTime(b, t)
	})
}

// part is a value within the value.
func part[T, V any](s shape[V], read func(*T) V) shapeField[T] {
	return within(s.compile, read)
}

// parts is a list of values within the value.
func parts[T, V any](s shape[V], read func(*T) []V) shapeField[T] {
	return within(s.list, read)
}

func within[T, V any](compile shapeField[V], read func(*T) V) shapeField[T] {
	return func(c *compiler, f graphql.CollectedField) (appender[T], error) {
		w, err := compile(c, f)
		return func(b []byte, v *T) ([]byte, error) {
			inner := read(v)
			return w(b, &inner)
		}, err
	}
}

// shown is a node that the value names by its ID, null if it names none or the node is not there.
func shown[T any](read func(*T) graph.ID) shapeField[T] {
	return func(c *compiler, f graphql.CollectedField) (appender[T], error) {
		nodes, err := c.lookup(f)
		return func(b []byte, v *T) ([]byte, error) {
			id := read(v)
			b, ok, err := nodes.write(b, id)
			if err != nil || ok {
				return b, err
			}
			if f.Definition.Type.NonNull && nodes.rows != nil {
				return nil, fmt.Errorf("%w: %s went while it was read", graph.ErrUnavailable, id)
			}
			return append(b, "null"...), nil
		}, err
	}
}

// shownAll is the nodes that the value names by their IDs, without those that are not there, up to listLength.
func shownAll[T any](read func(*T) []graph.ID) shapeField[T] {
	return func(c *compiler, f graphql.CollectedField) (appender[T], error) {
		nodes, err := c.lookup(f)
		return func(b []byte, v *T) ([]byte, error) {
			b = append(b, '[')
			ids := read(v)
			begin := len(b)
			for _, id := range ids[:min(len(ids), listLength)] {
				if len(b) > begin {
					b = append(b, ',')
				}
				var ok bool
				var err error
				if b, ok, err = nodes.write(b, id); err != nil {
					return nil, err
				}
				if !ok && len(b) > begin {
					b = b[:len(b)-1]
				}
			}
			return append(b, ']'), nil
		}, err
	}
}

// A lookup shows nodes that values name. The values are written twice: the first time to learn which nodes they name,
// whereupon one Select brings these, and then for good.
type lookup struct {
	level  *level
	show   writer
	wanted []graph.ID
	rows   map[graph.ID]*graph.Row // nil before the Select
}

// lookup compiles the selection set of a field that shows nodes which a value names.
func (c *compiler) lookup(f graphql.CollectedField) (*lookup, error) {
	typeName := f.Definition.Type.Name()
	n := &lookup{level: &level{Level: graph.Level{Kinds: shownKinds(typeName)}}}
	outer := c.lookups
	c.lookups = nil
	var err error
	n.show, err = c.nodes(n.level, typeName, f.Selections)
	if err == nil && len(c.lookups) > 0 {
		err = fmt.Errorf("%s.%s: a lookup of nodes that belongs to no computed value", f.ObjectDefinition.Name, f.Name)
	}
	outer = append(outer, n)
	c.lookups = outer
	return n, err
}

// shownKinds returns the kinds of nodes that a type of the schema may show.
func shownKinds(typeName string) []graph.NodeKind {
	if kind := graph.NodeKind(typeName); kind.Known() {
		return []graph.NodeKind{kind}
	}
	if typeName == "Span" {
		return []graph.NodeKind{graph.KindPassage, graph.KindMention, graph.KindCitation}
	}
	var all []graph.NodeKind
	for _, n := range graph.Nodes {
		all = append(all, n.Kind)
	}
	return all
}

// write shows the node, or takes note that it is wanted; ok is false if there is nothing to show.
func (n *lookup) write(b []byte, id graph.ID) (_ []byte, ok bool, err error) {
	if id == "" {
		return b, false, nil
	}
	if n.rows == nil {
		n.wanted = append(n.wanted, id)
		return b, false, nil
	}
	row, ok := n.rows[id]
	if !ok {
		return b, false, nil
	}
	b, err = n.show(b, row)
	return b, true, err
}

// fetch selects the nodes that are wanted.
func (n *lookup) fetch(ctx context.Context, g *graph.Graph) error {
	n.rows = make(map[graph.ID]*graph.Row, len(n.wanted))
	rows, err := g.ByIDs(ctx, n.wanted, n.level.Level)
	if err != nil {
		return err
	}
	for i := range rows {
		n.rows[rows[i].ID] = &rows[i]
	}
	return n.level.complete(ctx, g, []graph.Rows{{Rows: rows}})
}

// A computed writes values that name nodes, once the nodes have been looked up.
type computed[T any] struct {
	write   appender[T]
	lookups []*lookup
}

// compute compiles the selection set of a field over values that are computed.
func compute[T any](c *compiler, compile shapeField[T], f graphql.CollectedField) (*computed[T], error) {
	outer := c.lookups
	c.lookups = nil
	w, err := compile(c, f)
	v := &computed[T]{w, c.lookups}
	c.lookups = outer
	return v, err
}

// prepare looks up the nodes that the values name.
func (v *computed[T]) prepare(ctx context.Context, g *graph.Graph, list []*T) error {
	if len(v.lookups) == 0 {
		return nil
	}
	var scratch []byte
	for _, item := range list {
		var err error
		if scratch, err = v.write(scratch[:0], item); err != nil {
			return err
		}
	}
	for _, n := range v.lookups {
		if err := n.fetch(ctx, g); err != nil {
			return err
		}
	}
	return nil
}

// answer writes one value that answers a root field.
func (v *computed[T]) answer(ctx context.Context, g *graph.Graph, c *compiler, item *T) ([]byte, error) {
	if err := v.prepare(ctx, g, []*T{item}); err != nil {
		return nil, err
	}
	return v.write(c.answer, item)
}
