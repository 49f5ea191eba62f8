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
	sub.Edges = m.within(kept, opt.Using)
	return sub, nil
}

// within returns the edges of those kinds (nil: all) between two of the nodes.
func (m *merged) within(kept map[graph.ID]bool, using []graph.EdgeKind) []graph.Edge {
	var list []graph.Edge
	for _, e := range m.edges {
		if kept[e.From] && kept[e.To] && (using == nil || slices.Contains(using, e.Kind)) {
			list = append(list, e)
		}
	}
	return list
}

// nextLayer returns the allowed nodes one edge away from the layer that are not kept yet, by ID.
func (m *merged) nextLayer(layer []graph.ID, kept map[graph.ID]bool, opt graph.NeighbourhoodOptions) []graph.ID {
	var next []graph.ID
	for _, id := range layer {
		for _, s := range m.around(id, opt.Using) {
			if !kept[s.far] && (opt.Kinds == nil || slices.Contains(opt.Kinds, m.nodes[s.far].Kind)) {
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
