// Package graph is the model of claimgraph: who said what, on whose authority, where, and what it says about whom.
//
// It holds the vocabulary of nodes, edges and properties, their IDs and values, the language of requests (Select,
// Filter, Facet), the Store contract that backends keep, and Graph, which everybody else uses: it checks what goes in,
// resolves and bounds what is asked for, and says which call on what went wrong.
package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// A Graph is a checked view of a Store. It is safe for concurrent use.
type Graph struct {
	store   Store
	times   Times
	rulings *rulings
	changes *changes
}

// New returns a Graph over the store. Closing it closes the store.
func New(store Store) *Graph {
	return &Graph{store: store, rulings: new(rulings), changes: newChanges()}
}

// Put brings the batches in: see Store.Put. ErrInvalid says which of them breaks the model's rules, and then nothing
// is stored.
func (g *Graph) Put(ctx context.Context, batches ...Batch) error {
	owners := make(map[ID]bool, len(batches))
	for _, b := range batches {
		if err := b.check(); err != nil {
			return err
		}
		if owners[b.Owner] {
			return invalid("two batches of %s in one call", b.Owner)
		}
		owners[b.Owner] = true
	}
	if len(batches) == 0 {
		return nil
	}
	if err := g.store.Put(ctx, batches); err != nil {
		return fmt.Errorf("put %s: %w", several(batches[0].Owner, len(batches)), err)
	}
	g.changed(ctx, batches)
	return nil
}

// Delete removes documents or assessments with all that they contributed: see Store.Delete.
func (g *Graph) Delete(ctx context.Context, owners ...ID) error {
	for _, id := range owners {
		kind, err := id.Kind()
		if err != nil {
			return err
		}
		if !kind.Info().Owner {
			return invalid("nodes of kind %s cannot be deleted, only the documents and assessments that speak of it", kind)
		}
	}
	if len(owners) == 0 {
		return nil
	}
	if err := g.store.Delete(ctx, owners); err != nil {
		return fmt.Errorf("delete %s: %w", several(owners[0], len(owners)), err)
	}
	g.rulings.forget()
	return nil
}

func several(first ID, n int) string {
	if n == 1 {
		return string(first)
	}
	return fmt.Sprintf("%s and %d more", first, n-1)
}

// Select answers a request: see Store.Select. ErrInvalid says what is wrong with it.
func (g *Graph) Select(ctx context.Context, s Select) (Rows, error) {
	resolved, err := s.resolved()
	if err != nil {
		return Rows{}, err
	}
	times, restricted, err := g.view(ctx)
	if err != nil {
		return Rows{}, err
	}
	if restricted {
		resolved = times.restrict(resolved)
	}
	rows, err := g.store.Select(ctx, resolved)
	if err != nil {
		return Rows{}, fmt.Errorf("select %v: %w", s.Kinds, err)
	}
	return rows, nil
}

// ByIDs selects nodes however many there are, each once, in the order of their IDs. What is not there is absent.
func (g *Graph) ByIDs(ctx context.Context, ids []ID, l Level) ([]Row, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	var all []Row
	for chunk := range slices.Chunk(slices.Compact(ids), MaxFirst) {
		rows, err := g.Select(ctx, Select{IDs: chunk, Level: l})
		if err != nil {
			return nil, err
		}
		all = append(all, rows.Rows...)
	}
	return all, nil
}

// Count groups nodes and returns the MaxBuckets largest groups: see Store.Count.
func (g *Graph) Count(ctx context.Context, kind NodeKind, where Filter, by ...Facet) ([]Bucket, error) {
	return g.count(ctx, MaxBuckets, kind, where, by...)
}

func (g *Graph) count(ctx context.Context, most int, kind NodeKind, where Filter, by ...Facet) ([]Bucket, error) {
	level := Level{Kinds: []NodeKind{kind}, Where: where, First: 1}
	if _, err := level.resolved(new(int), 0); err != nil {
		return nil, err
	}
	for _, f := range by {
		if err := f.check(kind); err != nil {
			return nil, err
		}
	}
	times, restricted, err := g.view(ctx)
	if err != nil {
		return nil, err
	}
	if f := times.visible(kindsOf(kind), true); restricted && f != nil {
		where = every(where, f)
	}
	buckets, err := g.store.Count(ctx, kind, where, by, most)
	if err != nil {
		return nil, fmt.Errorf("count %s: %w", kind, err)
	}
	return buckets, nil
}

// Paths returns the shortest paths between two nodes: see Store.Paths.
func (g *Graph) Paths(ctx context.Context, from, to ID, o PathOptions) ([]Subgraph, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	paths, err := g.store.Paths(ctx, from, to, o)
	if err != nil {
		return nil, fmt.Errorf("paths from %s to %s: %w", from, to, err)
	}
	_, restricted, err := g.view(ctx)
	if err != nil || !restricted || len(paths) == 0 {
		return paths, err
	}
	var ids []ID
	for _, p := range paths {
		ids = append(ids, stakes(p)...)
	}
	shown, err := g.shows(ctx, ids)
	return slices.DeleteFunc(paths, func(p Subgraph) bool {
		return slices.ContainsFunc(stakes(p), func(id ID) bool { return !shown[id] })
	}), err
}

// Neighbourhood returns the nodes near the seeds: see Store.Neighbourhood.
func (g *Graph) Neighbourhood(ctx context.Context, seeds []ID, o NeighbourhoodOptions) (Subgraph, error) {
	if err := o.check(); err != nil {
		return Subgraph{}, err
	}
	if len(seeds) > o.Nodes {
		return Subgraph{}, invalid("%d seeds do not fit into %d nodes", len(seeds), o.Nodes)
	}
	times, restricted, err := g.view(ctx)
	if err != nil {
		return Subgraph{}, err
	}
	if restricted {
		o = times.narrow(o)
	}
	sub, err := g.store.Neighbourhood(ctx, seeds, o)
	if err != nil {
		return Subgraph{}, fmt.Errorf("neighbourhood of %d nodes: %w", len(seeds), err)
	}
	return sub, nil
}

// Degrees counts the edges of up to MaxNodes nodes: see Store.Degrees. They are in the order of the vocabulary, those that
// lead away before those that lead to the node.
func (g *Graph) Degrees(ctx context.Context, ids []ID) (map[ID][]Degree, error) {
	if len(ids) > MaxNodes {
		return nil, invalid("the edges of %d nodes are asked for at once; at most %d are allowed", len(ids), MaxNodes)
	}
	degrees, err := g.store.Degrees(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("degrees of %d nodes: %w", len(ids), err)
	}
	for _, list := range degrees {
		slices.SortFunc(list, func(a, b Degree) int {
			return cmp.Or(
				cmp.Compare(edgePlaces[a.Edge], edgePlaces[b.Edge]), Compare(a.Reverse, b.Reverse), cmp.Compare(a.Far, b.Far),
			)
		})
	}
	return degrees, nil
}

// edgePlaces are where the kinds of edges stand in the vocabulary.
var edgePlaces = func() map[EdgeKind]int {
	places := make(map[EdgeKind]int, len(Edges))
	for i, e := range Edges {
		places[e.Kind] = i
	}
	return places
}()

// Stats counts what the graph holds.
func (g *Graph) Stats(ctx context.Context) (Stats, error) {
	stats, err := g.store.Stats(ctx)
	if err != nil {
		return Stats{}, fmt.Errorf("stats: %w", err)
	}
	return stats, nil
}

// Close closes the store.
func (g *Graph) Close(ctx context.Context) error { return g.store.Close(ctx) }
