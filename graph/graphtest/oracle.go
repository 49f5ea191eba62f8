package graphtest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/claimgraph/claimgraph/graph"
)

// An Oracle is the reference Store: maps in memory and plain loops, written to be seen to be right rather than to be
// fast. The conformance suite compares every other store with it, and tests that need some store use it.
type Oracle struct {
	mu      sync.Mutex
	batches map[graph.ID]graph.Batch // by owner
	links   map[string]graph.Edge    // that are in the graph, by their names
	means   map[graph.ID]graph.Meaning
	merged  *merged // what follows from the batches, nil if they have changed since
	closed  bool
}

var _ graph.Store = (*Oracle)(nil)

// NewOracle returns an empty Oracle.
func NewOracle() *Oracle {
	return &Oracle{
		batches: make(map[graph.ID]graph.Batch), links: make(map[string]graph.Edge), means: make(map[graph.ID]graph.Meaning),
	}
}

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
		o.merged = merge(o.batches, o.links)
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
		o.unlink(o.batches[b.Owner])
	}
	for _, b := range batches {
		o.batches[b.Owner] = cloneBatch(b)
		for _, e := range o.batches[b.Owner].Links {
			o.links[e.ID()] = e
		}
		for _, m := range b.Meanings {
			o.means[m.Claim] = m
		}
	}
	o.settle()
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
	o.settle()
	return nil
}

// unlink drops all links at what the batch's owner owns.
func (o *Oracle) unlink(b graph.Batch) {
	for _, n := range b.Nodes {
		if n.Kind.Info().Shared {
			continue
		}
		maps.DeleteFunc(o.links, func(_ string, e graph.Edge) bool { return e.From == n.ID || e.To == n.ID })
	}
}

// settle drops the links that have lost an end, the meanings of claims that are gone, and what followed from earlier batches.
func (o *Oracle) settle() {
	o.merged = nil
	there := make(map[graph.ID]bool)
	for _, b := range o.batches {
		for _, n := range b.Nodes {
			there[n.ID] = true
		}
	}
	maps.DeleteFunc(o.links, func(_ string, e graph.Edge) bool { return !there[e.From] || !there[e.To] })
	maps.DeleteFunc(o.means, func(id graph.ID, _ graph.Meaning) bool { return !there[id] })
}

// Nearest compares every vector with every meaning.
func (o *Oracle) Nearest(ctx context.Context, vectors []graph.Vector, opts graph.NearestOptions) ([][]graph.Near, error) {
	if err := o.enter(ctx); err != nil {
		return nil, err
	}
	defer o.mu.Unlock()
	all := make([][]graph.Near, len(vectors))
	for i := range vectors {
		for id, m := range o.means {
			if cosine := vectors[i].Cosine(&m.Vector); m.Model == opts.Model && cosine >= opts.AtLeast {
				all[i] = append(all[i], graph.Near{ID: id, Cosine: cosine})
			}
		}
		slices.SortFunc(all[i], graph.CompareNear)
		all[i] = all[i][:min(len(all[i]), opts.First)]
	}
	return all, nil
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
	c := graph.Batch{Owner: b.Owner, Nodes: slices.Clone(b.Nodes), Edges: slices.Clone(b.Edges), Links: slices.Clone(b.Links)}
	c.Meanings = slices.Clone(b.Meanings)
	for i := range c.Nodes {
		c.Nodes[i].Props = cloneProps(c.Nodes[i].Props)
	}
	for i := range c.Edges {
		c.Edges[i].Props = cloneProps(c.Edges[i].Props)
	}
	for i := range c.Links {
		c.Links[i].Props = cloneProps(c.Links[i].Props)
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
