package resolvers

import (
	"github.com/99designs/gqlgen/graphql"
)

// A computedPage is a page of values that are computed.
type computedPage[T any] struct {
	items []T
	more  bool // there are items behind it
	later bool // it was asked for by a cursor
}

// connectionShape is the shape of a connection to values of that shape.
func connectionShape[T any](item shape[T], cursor func(*T) string) shape[computedPage[T]] {
	edges := shape[T]{
		"cursor": word(cursor),
		"node":   part(item, func(v *T) T { return *v }),
	}
	all := func(p *computedPage[T]) []T { return p.items }
	end := func(p *computedPage[T], i int) *string {
		if len(p.items) == 0 {
			return nil
		}
		s := cursor(&p.items[(i+len(p.items))%len(p.items)])
		return &s
	}
	info := shape[computedPage[T]]{
		"hasNextPage":     flag(func(p *computedPage[T]) bool { return p.more }),
		"hasPreviousPage": flag(func(p *computedPage[T]) bool { return p.later }),
		"startCursor":     optional(func(p *computedPage[T]) *string { return end(p, 0) }),
		"endCursor":       optional(func(p *computedPage[T]) *string { return end(p, -1) }),
	}
	return shape[computedPage[T]]{
		"nodes":    parts(item, all),
		"edges":    parts(edges, all),
		"pageInfo": part(info, func(p *computedPage[T]) computedPage[T] { return *p }),
	}
}

// optional is a text, null if there is none.
func optional[T any](read func(*T) *string) shapeField[T] {
	return plain(read, func(b []byte, s *string) []byte {
		if s == nil {
			return append(b, "null"...)
		}
		return appendString(b, *s)
	})
}

// pageArguments reads first and after.
func (c *compiler) pageArguments(f graphql.CollectedField) (first int, after string, err error) {
	given := f.ArgumentMap(c.op.Variables)
	first, err = number(given, "first", defaultFirst)
	after, _ = given["after"].(string)
	return first, after, err
}
