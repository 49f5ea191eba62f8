package graphtest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/claimgraph/claimgraph/graph"
)

// An Oracle is the reference Store: maps in memory and plain loops, written to be seen to be right rather than to be
// fast. The conformance suite compares every other store with it, and tests that need some store use it.
type Oracle struct {
	mu      sync.Mutex
	batches map[graph.ID]graph.Batch // by owner
	merged  *merged                  // what follows from the batches, nil if they have changed since
	closed  bool
}

var _ graph.Store = (*Oracle)(nil)

// NewOracle returns an empty Oracle.
func NewOracle() *Oracle { return &Oracle{batches: make(map[graph.ID]graph.Batch)} }

// enter locks the oracle for one call, unless there is a reason to refuse it. Then the caller unlocks.
func (o *Oracle) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	o.mu.Lock()
	if o.closed {
		o.mu.Unlock()
		return graph.ErrClosed
	}
	return nil
}

// read returns the graph as it is now. It is never changed, so callers need no lock.
func (o *Oracle) read(ctx context.Context) (*merged, error) {
	if err := o.enter(ctx); err != nil {
		return nil, err
	}
	defer o.mu.Unlock()
	if o.merged == nil {
		o.merged = merge(o.batches)
	}
	return o.merged, nil
}

// Put keeps each batch in place of its owner's former one.
func (o *Oracle) Put(ctx context.Context, batches []graph.Batch) error {
	if err := o.enter(ctx); err != nil {
		return err
	}
	defer o.mu.Unlock()
	for _, b := range batches {
		o.batches[b.Owner] = cloneBatch(b)
	}
	o.merged = nil
	return nil
}

// Delete forgets the owners' batches.
func (o *Oracle) Delete(ctx context.Context, owners []graph.ID) error {
	if err := o.enter(ctx); err != nil {
		return err
	}
	defer o.mu.Unlock()
	for _, id := range owners {
		if _, ok := o.batches[id]; !ok {
			return fmt.Errorf("%s: %w", id, graph.ErrNotFound)
		}
	}
	for _, id := range owners {
		delete(o.batches, id)
	}
	o.merged = nil
	return nil
}

// Stats counts nodes and edges.
func (o *Oracle) Stats(ctx context.Context) (graph.Stats, error) {
	m, err := o.read(ctx)
	if err != nil {
		return graph.Stats{}, err
	}
	stats := graph.Stats{Nodes: len(m.nodes), Edges: len(m.edges), ByKind: make(map[graph.NodeKind]int)}
	for _, n := range m.nodes {
		stats.ByKind[n.Kind]++
	}
	stats.Documents = stats.ByKind[graph.KindDocument]
	return stats, nil
}

// Close makes later calls fail.
func (o *Oracle) Close(context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	return nil
}

// cloneBatch copies the batch as far as a caller might change it.
func cloneBatch(b graph.Batch) graph.Batch {
	c := graph.Batch{Owner: b.Owner, Nodes: slices.Clone(b.Nodes), Edges: slices.Clone(b.Edges)}
	for i := range c.Nodes {
		c.Nodes[i].Props = cloneProps(c.Nodes[i].Props)
	}
	for i := range c.Edges {
		c.Edges[i].Props = cloneProps(c.Edges[i].Props)
	}
	return c
}

func cloneProps(p graph.Props) graph.Props {
	c := make(graph.Props, len(p))
	for name, v := range p {
		if list, ok := v.([]string); ok {
			v = slices.Clone(list)
		}
		c[name] = v
	}
	return c
}
