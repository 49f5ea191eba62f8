package loader

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// write stores the groups one after the other; while one is put, the next is joined to it and to what the graph has. At the
// first error that is the store's own it calls stop, and takes what still comes without storing it.
func (j *job) write(ctx context.Context, groups <-chan readyGroup, stop context.CancelCauseFunc) error {
	var broken error
	last := new(putting) // Nothing is put yet, and never will be.
	for groups != nil || last.outcome != nil {
		var err error
		select {
		case group, ok := <-groups:
			switch {
			case !ok:
				groups = nil
			case broken == nil:
				last, err = j.store(ctx, group, last)
			}
		case outcome := <-last.outcome:
			_, err = j.settle(ctx, last, outcome)
			last = new(putting)
		}
		if err != nil {
			broken = err
			stop(broken)
		}
	}
	return broken
}

// A putting is a group that is being put.
type putting struct {
	group   readyGroup
	batches []graph.Batch
	outcome chan error // one, when it has ended
}

// store joins a group to what is in the graph and to the last group, settles that, and begins to put this one. Its error is
// the store's.
func (j *job) store(ctx context.Context, group readyGroup, last *putting) (*putting, error) {
	batches, err := j.join(ctx, group, last.batches)
	if last.outcome != nil {
		whole, broken := j.settle(ctx, last, <-last.outcome)
		if broken != nil {
			return new(putting), broken
		}
		if !whole { // Some of what this group was joined to has not come.
			batches, err = j.join(ctx, group, nil)
		}
	}
	return j.put(ctx, group, batches, err), nil
}

// join returns the batches of a group with their links.
func (j *job) join(ctx context.Context, group readyGroup, before []graph.Batch) ([]graph.Batch, error) {
	batches := make([]graph.Batch, len(group.articles))
	for i, p := range group.articles {
		batches[i] = p.batch
	}
	return batches, join(ctx, j.finder, batches, before)
}

// put begins to put a group in one transaction, unless it could not be joined.
func (j *job) put(ctx context.Context, group readyGroup, batches []graph.Batch, err error) *putting {
	p := &putting{group: group, batches: batches, outcome: make(chan error, 1)}
	if err != nil {
		p.outcome <- err
		return p
	}
	go func() {
		p.outcome <- j.patiently(ctx, func(ctx context.Context) error { return j.Graph.Put(ctx, batches...) })
	}()
	return p
}

// settle reports what came of a group. If the store refused it, each of its documents is put alone, so that a bad one does not
// keep out the others. It says whether the whole group is in; its error is the store's.
func (j *job) settle(ctx context.Context, p *putting, err error) (whole bool, _ error) {
	defer close(p.group.settled)
	articles := p.group.articles
	switch {
	case err == nil:
		for _, a := range articles {
			j.stored(a)
		}
		return true, nil
	case isStores(err):
		return false, err
	case len(articles) == 1:
		j.fail(articles[0].ref, err)
		return false, nil
	}
	j.Log.LogAttrs(ctx, slog.LevelWarn, "a group was refused; storing its documents one by one",
		slog.Int("documents", len(articles)), slog.Any("error", err))
	for i := range articles {
		one := newReadyGroup(articles[i : i+1])
		batches, err := j.join(ctx, one, nil)
		p := j.put(ctx, one, batches, err)
		if _, err := j.settle(ctx, p, <-p.outcome); err != nil {
			return false, err
		}
	}
	return false, nil
}

// ask answers a request, once the store is available.
func (j *job) ask(ctx context.Context, s graph.Select) (rows graph.Rows, err error) {
	err = j.patiently(ctx, func(ctx context.Context) error {
		rows, err = j.Graph.Select(ctx, s)
		return err
	})
	return rows, err
}

// near asks what lies near, once the store is available.
func (j *job) near(ctx context.Context, vectors []graph.Vector, o graph.NearestOptions) (near [][]graph.Near, err error) {
	err = j.patiently(ctx, func(ctx context.Context) error {
		near, err = j.Graph.Nearest(ctx, vectors, o)
		return err
	})
	return near, err
}

func (j *job) stored(p prepared) {
	e := Event{Outcome: Loaded, Ref: p.ref, Nodes: len(p.batch.Nodes), Edges: len(p.batch.Edges)}
	if p.known {
		e.Outcome = Replaced
	}
	j.report(e)
}

// isStores reports whether an error is about the store itself, so that no other document would fare better.
func isStores(err error) bool {
	for _, target := range []error{
		graph.ErrUnavailable, graph.ErrDenied, graph.ErrForeign, graph.ErrVersion, graph.ErrCorrupt, graph.ErrClosed,
	} {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}

// patiently calls the store, again after growing pauses while it is unavailable. The calls themselves outlive ctx, so
// that what has been read is finished; but when ctx has ended, there is no second one.
func (j *job) patiently(ctx context.Context, call func(context.Context) error) error {
	pause := j.options.Pause
	for attempt := 1; ; attempt++ {
		err := call(context.WithoutCancel(ctx))
		if !errors.Is(err, graph.ErrUnavailable) {
			return err
		}
		if attempt >= j.options.Attempts {
			return fmt.Errorf("gave up after %d attempts: %w", attempt, err)
		}
		j.Log.LogAttrs(ctx, slog.LevelWarn, "the store is unavailable; trying again",
			slog.Duration("pause", pause), slog.Any("error", err))
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return err
		}
		pause *= 2
	}
}
