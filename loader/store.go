package loader

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// write stores the groups one after the other. At the first error that is the store's own it calls stop, and takes what
// still comes without storing it.
func (j *job) write(ctx context.Context, groups <-chan []prepared, stop context.CancelCauseFunc) error {
	var broken error
	for group := range groups {
		if broken != nil {
			continue
		}
		if broken = j.store(ctx, group); broken != nil {
			stop(broken)
		}
	}
	return broken
}

// store puts a group in one transaction or, if the store refuses that, each of its documents alone, so that a bad one
// does not keep out the others.
func (j *job) store(ctx context.Context, group []prepared) error {
	batches := make([]graph.Batch, len(group))
	for i, p := range group {
		batches[i] = p.batch
	}
	err := join(ctx, j.finder, batches)
	if err == nil {
		err = j.patiently(ctx, func(ctx context.Context) error { return j.Graph.Put(ctx, batches...) })
	}
	switch {
	case err == nil:
		for _, p := range group {
			j.stored(p)
		}
		return nil
	case isStores(err):
		return err
	case len(group) == 1:
		j.fail(group[0].ref, err)
		return nil
	}
	j.Log.LogAttrs(ctx, slog.LevelWarn, "a group was refused; storing its documents one by one",
		slog.Int("documents", len(group)), slog.Any("error", err))
	for i := range group {
		if err := j.store(ctx, group[i:i+1]); err != nil {
			return err
		}
	}
	return nil
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
