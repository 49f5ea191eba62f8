package graphtest

import (
	"context"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// Neighbourhood grows the seeds layer by layer. Nodes of other kinds than the allowed ones are not walked through.
func (o *Oracle) Neighbourhood(
	ctx context.Context, seeds []graph.ID, opt graph.NeighbourhoodOptions,
) (graph.Subgraph, error) {
	m, err := o.read(ctx)
	if err != nil {
		return graph.Subgraph{}, err
	}
	var sub graph.Subgraph
	kept := make(map[graph.ID]bool)
	keep := func(layer []graph.ID) {
		for _, id := range layer {
			kept[id] = true
			sub.Nodes = append(sub.Nodes, m.node(id, opt.Props))
		}
	}
	layer := slices.DeleteFunc(sortedSet(seeds), func(id graph.ID) bool { return !m.has(id) })
	keep(layer)
	for range opt.Depth {
		layer = m.nextLayer(layer, kept, opt)
		if room := opt.Nodes - len(kept); len(layer) > room {
			sub.Truncated, sub.Omitted = true, min(len(layer)-room, graph.MaxOmitted)
			keep(layer[:room])
			break
		}
		keep(layer)
	}
	sub.Edges = m.within(kept, opt)
	sub.Edges, sub.EdgesOmitted = fewShortcuts(sub.Edges, seeds)
	return sub, nil
}

// fewShortcuts leaves out the shortcuts that are too many, those that join a seed last.
func fewShortcuts(edges []graph.Edge, seeds []graph.ID) (kept []graph.Edge, omitted int) {
	joins := func(e graph.Edge) bool { return slices.Contains(seeds, e.From) || slices.Contains(seeds, e.To) }
	room := graph.MaxShortcuts
	atSeeds := 0
	for _, e := range edges {
		if e.Kind.Info().Derived && joins(e) {
			atSeeds++
		}
	}
	others := max(room-atSeeds, 0)
	for _, e := range edges {
		left := &others
		switch {
		case !e.Kind.Info().Derived:
			kept = append(kept, e)
			continue
		case joins(e):
			left = &room
		}
		if *left > 0 {
			kept = append(kept, e)
			*left--
		} else {
			omitted++
		}
	}
	return kept, min(omitted, graph.MaxOmitted)
}

// within returns the allowed edges between two of the nodes, as they are wanted.
func (m *merged) within(kept map[graph.ID]bool, opt graph.NeighbourhoodOptions) []graph.Edge {
	var list []graph.Edge
	for _, e := range m.edges {
		if kept[e.From] && kept[e.To] && m.goes(e, opt) {
			if opt.BareEdges {
				e.Props = nil
			}
			list = append(list, e)
		}
	}
	return list
}

// goes reports whether the edge is allowed.
func (m *merged) goes(e graph.Edge, opt graph.NeighbourhoodOptions) bool {
	if opt.Using != nil && !slices.Contains(opt.Using, e.Kind) {
		return false
	}
	relation, isShortcut := e.Props["relationId"].(string)
	return !isShortcut || opt.Shortcuts == nil || m.matches(opt.Shortcuts, m.nodes[graph.ID(relation)])
}

// nextLayer returns the allowed nodes one edge away from the layer that are not kept yet, by ID.
func (m *merged) nextLayer(layer []graph.ID, kept map[graph.ID]bool, opt graph.NeighbourhoodOptions) []graph.ID {
	var next []graph.ID
	for _, id := range layer {
		for _, s := range m.around(id, opt.Using) {
			far := m.nodes[s.far]
			where := opt.Where[far.Kind]
			if !kept[s.far] && m.goes(s.edge, opt) && (opt.Kinds == nil || slices.Contains(opt.Kinds, far.Kind)) && (where == nil || m.matches(where, far)) {
				next = append(next, s.far)
			}
		}
	}
	return sortedSet(next)
}

// sortedSet returns the different IDs of the list in order.
func sortedSet(ids []graph.ID) []graph.ID {
	set := slices.Clone(ids)
	slices.Sort(set)
	return slices.Compact(set)
}
