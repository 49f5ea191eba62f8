// Package resolvers answers GraphQL: reads by a table from the selection set to one graph.Select, and the rest by thin
// methods.
package resolvers

import (
	"context"
	"errors"

	"github.com/claimgraph/claimgraph/graph"
)

// The codes that answers carry in extensions.code, beside those of GraphQL itself.
const (
	CodeNotFound    = "NOT_FOUND"
	CodeInvalid     = "BAD_REQUEST"
	CodeLimit       = "LIMIT_EXCEEDED"
	CodeUnavailable = "UNAVAILABLE"
	CodeTimeout     = "TIMEOUT"
	CodeForbidden   = "FORBIDDEN"
	CodeSlow        = "SLOW_CLIENT"
	CodeInternal    = "INTERNAL"
)

// Public returns the code for an error and what clients may read of it. Errors that are not the client's are described
// in general words: their cause may name files, queries or addresses, and belongs into the log.
func Public(err error) (code, message string) {
	switch {
	case errors.Is(err, graph.ErrNotFound):
		return CodeNotFound, err.Error()
	case errors.Is(err, graph.ErrInvalid):
		return CodeInvalid, err.Error()
	case errors.Is(err, graph.ErrLimit):
		return CodeLimit, err.Error()
	case errors.Is(err, ErrForbidden):
		return CodeForbidden, err.Error()
	case errors.Is(err, ErrSlow):
		return CodeSlow, err.Error()
	case errors.Is(err, graph.ErrUnavailable), errors.Is(err, graph.ErrClosed):
		return CodeUnavailable, "the store cannot be reached now; try again later"
	case errors.Is(err, context.DeadlineExceeded):
		return CodeTimeout, "the operation took too long; ask for less at once"
	case errors.Is(err, context.Canceled):
		return CodeTimeout, "the operation was cancelled"
	}
	return CodeInternal, "internal error"
}
