package server

import (
	"context"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/claimgraph/claimgraph/resolvers"
)

// CodeBusy is the code of operations that found the server full. The same operation may work a second later.
const CodeBusy = "BUSY"

var errBusy = errors.New("the server is busy; try again in a second")

// A gate lets so many operations run, and so many more wait for them.
type gate struct {
	admitted chan struct{}
	running  chan struct{}
}

func newGate(running, waiting int) *gate {
	return &gate{admitted: make(chan struct{}, running+waiting), running: make(chan struct{}, running)}
}

// enter waits until an operation may run, and returns what ends it. It fails with errBusy where too many wait, and
// with the context's error.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.admitted <- struct{}{}:
	default:
		return nil, errBusy
	}
	select {
	case g.running <- struct{}{}:
		return func() { <-g.running; <-g.admitted }, nil
	case <-ctx.Done():
		<-g.admitted
		return nil, ctx.Err()
	}
}

// timed runs operations through the gate and within a time limit, which reaches the store. Subscriptions last, and do
// their work in other operations' time.
type timed struct {
	gate  *gate
	limit time.Duration
}

func (t *timed) operation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
		return next(ctx)
	}
	done := false
	return func(context.Context) *graphql.Response {
		if done {
			return nil // to streaming transports: there is one answer
		}
		done = true
		return t.run(ctx, next)
	}
}

func (t *timed) run(ctx context.Context, next graphql.OperationHandler) *graphql.Response {
	ctx, cancel := context.WithTimeout(ctx, t.limit)
	defer cancel()
	leave, err := t.gate.enter(ctx)
	if errors.Is(err, errBusy) {
		return failure(CodeBusy, errBusy.Error())
	}
	if err != nil {
		return failure(resolvers.Public(err))
	}
	defer leave()
	return next(ctx)(ctx)
}

// failure is the answer to an operation that did not run.
func failure(code, message string) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{{Message: message, Extensions: map[string]any{"code": code}}}}
}
