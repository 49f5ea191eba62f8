package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"unicode"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/claimgraph/claimgraph/resolvers"
)

// messageRunes is where messages are cut off: the parser's repeat what the client sent.
const messageRunes = 300

// present gives an error the form in which clients see it: a code, a path, and a message that tells nothing of the
// inside. What is nobody's mistake but ours is logged.
func (s *Server) present(ctx context.Context, err error) *gqlerror.Error {
	presented := &gqlerror.Error{Extensions: map[string]any{}}
	var known *gqlerror.Error
	if errors.As(err, &known) {
		presented.Path, presented.Locations = known.Path, known.Locations
		if known.Err == nil { // from GraphQL itself: what is wrong with the request, or has been presented already
			presented.Message = readable(known.Message)
			presented.Extensions["code"] = resolvers.CodeInvalid
			for k, v := range known.Extensions {
				presented.Extensions[k] = v
			}
			return presented
		}
		err = known.Err
	}
	code, message := resolvers.Public(err)
	if code == resolvers.CodeInternal || code == resolvers.CodeUnavailable {
		s.options.Log.LogAttrs(ctx, slog.LevelError, "operation failed",
			slog.String("request", requestID(ctx)), slog.String("path", presented.Path.String()),
			slog.String("error", err.Error()))
	}
	presented.Message = readable(message)
	presented.Extensions["code"] = code
	return presented
}

// recovered turns a panic into an error that present logs.
func (s *Server) recovered(_ context.Context, cause any) error {
	return &gqlerror.Error{Err: fmt.Errorf("panic: %v\n%s", cause, debug.Stack())}
}

// readable cuts a message, and replaces what cannot be seen.
func readable(message string) string {
	if cut := []rune(message); len(cut) > messageRunes {
		message = string(cut[:messageRunes]) + "…"
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, message)
}
