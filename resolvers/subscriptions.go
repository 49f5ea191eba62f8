package resolvers

import (
	"context"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/schema/gen"
)

// subscriptions resolve the fields of Subscription. Each client has a queue of its own that has a bound: whoever stores
// never waits for it, and who does not keep up is dropped.
type subscriptions struct{ Service }

// queueLength is how many changes may wait for a client.
const queueLength = 256

// ErrSlow means that a client did not keep up with what it subscribed to.
var ErrSlow = errors.New("dropped, as the client did not keep up; subscribe again, and read what was missed")

// A queue holds what a client has not been told yet.
type queue[T any] struct {
	items chan T
	full  chan struct{} // closed at the first item that finds no room
	over  bool
}

func newQueue[T any]() *queue[T] {
	return &queue[T]{items: make(chan T, queueLength), full: make(chan struct{})}
}

// add is called by one goroutine at a time.
func (q *queue[T]) add(item T) {
	if q.over {
		return
	}
	select {
	case q.items <- item:
	default:
		q.over = true
		close(q.full)
	}
}

// next waits for an item. ErrSlow comes as soon as one was lost, whatever waits.
func (q *queue[T]) next(ctx context.Context) (item T, err error) {
	select {
	case <-q.full:
		return item, ErrSlow
	default:
	}
	select {
	case <-q.full:
		return item, ErrSlow
	case <-ctx.Done():
		return item, ctx.Err()
	case item = <-q.items:
		return item, nil
	}
}

// tell runs run, which sends events, until it ends, and then stops listening. That the client does not keep up ends it, too.
func tell[T, E any](
	ctx context.Context, q *queue[T], stop func(), run func(send func(E) error) error,
) <-chan E {
	events := make(chan E)
	go func() {
		defer close(events)
		defer stop()
		err := run(func(e E) error {
			select {
			case events <- e:
				return nil
			case <-q.full:
				return ErrSlow
			case <-ctx.Done():
				return ctx.Err()
			}
		})
		if end, ok := ctx.Value(endingKey{}).(*ending); ok && ctx.Err() == nil {
			end.err = err
		}
	}()
	return events
}

func (s subscriptions) JobProgress(ctx context.Context, id graph.ID) (<-chan *gen.JobEvent, error) {
	if s.Jobs == nil {
		return nil, invalid("this server loads nothing")
	}
	changed := newQueue[struct{}]()
	stop := s.Jobs.Listen(func(job graph.ID) {
		if job == id && len(changed.items) == 0 { // it is shown as it is when it is shown: one note is enough
			changed.add(struct{}{})
		}
	})
	job, err := s.Graph.Job(ctx, id)
	if err != nil {
		stop()
		return nil, err
	}
	return tell(ctx, changed, stop, func(send func(*gen.JobEvent) error) error {
		for {
			if err := send(&gen.JobEvent{Job: &gen.Job{ID: id}}); err != nil || job.State.Ended() {
				return err
			}
			if _, err := changed.next(ctx); err != nil {
				return err
			}
			if job, err = s.Graph.Job(ctx, id); err != nil {
				return err
			}
		}
	}), nil
}

func (s subscriptions) ClaimChanged(ctx context.Context, _ *gen.ClaimFilter) (<-chan *gen.ClaimEvent, error) {
	if s.Graph == nil {
		return nil, invalid("this server tells no changes")
	}
	given, _ := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)["filter"].(map[string]any)
	where, err := filterTable().compile("ClaimFilter", given)
	if err != nil {
		return nil, err
	}
	if _, err := s.Graph.Count(ctx, graph.KindClaim, where); err != nil { // a filter that cannot be asked is refused at once
		return nil, err
	}
	changes := newQueue[graph.Change]()
	stop := s.Graph.Listen(changes.add)
	return tell(ctx, changes, stop, func(send func(*gen.ClaimEvent) error) error {
		for {
			change, err := changes.next(ctx)
			if err != nil {
				return err
			}
			claims, err := s.matching(ctx, change, where, len(given) == 0)
			if err != nil {
				return err
			}
			for _, id := range claims {
				if err := send(newClaimEvent(change, id)); err != nil {
					return err
				}
			}
		}
	}), nil
}

func newClaimEvent(c graph.Change, claim graph.ID) *gen.ClaimEvent {
	return &gen.ClaimEvent{
		Change: gen.ClaimChange(c.Kind), Claim: &gen.Claim{ID: claim}, ClaimID: claim, Cause: namedNode{c.Cause}, At: c.At,
	}
}

// matching returns the changed claims that match; all of them if everything is wanted, gone ones too.
func (s subscriptions) matching(ctx context.Context, c graph.Change, where graph.Filter, all bool) ([]graph.ID, error) {
	if all {
		return c.Claims, nil
	}
	rows, err := s.Graph.ByIDs(ctx, c.Claims, graph.Level{Kinds: []graph.NodeKind{graph.KindClaim}, Where: where})
	if err != nil {
		return nil, fmt.Errorf("look for the changed claims: %w", err)
	}
	var ids []graph.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids, nil
}

// A namedNode is a node of any kind that an event names.
type namedNode struct{ id graph.ID }

// An ending is why a subscription ended, if not because all was told.
type ending struct{ err error }

type endingKey struct{}

// InterceptOperation tells a subscriber, as the last answer, why its subscription ends.
func (r *Reads) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation != ast.Subscription {
		return next(ctx)
	}
	end := new(ending)
	responses := next(context.WithValue(ctx, endingKey{}, end))
	return func(ctx context.Context) *graphql.Response {
		response := responses(ctx)
		if response != nil || end.err == nil { // the resolver wrote it before it closed its channel
			return response
		}
		code, message := Public(end.err)
		end.err = nil
		return &graphql.Response{Errors: gqlerror.List{{Message: message, Extensions: map[string]any{"code": code}}}}
	}
}
