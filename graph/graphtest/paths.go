package graphtest

import (
	"cmp"
	"context"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// Paths measures every node's distance to the end, then walks towards it in the order of IDs and kinds.
func (o *Oracle) Paths(ctx context.Context, from, to graph.ID, opt graph.PathOptions) ([]graph.Subgraph, error) {
	m, err := o.read(ctx)
	if err != nil || !m.has(from) || !m.has(to) {
		return nil, err
	}
	w := pathWalk{merged: m, options: opt, distance: m.distances(to, opt.Using, opt.MaxLength)}
	if _, ok := w.distance[from]; !ok {
		return nil, nil
	}
	for _, nodes := range w.nodeLists(from) {
		w.addEdges(nodes, nil)
	}
	return w.paths, nil
}

// distances returns how many edges lie between the node and each other one that is at most limit away.
func (m *merged) distances(id graph.ID, using []graph.EdgeKind, limit int) map[graph.ID]int {
	distance := map[graph.ID]int{id: 0}
	layer := []graph.ID{id}
	for d := 1; d <= limit; d++ {
		var next []graph.ID
		for _, near := range layer {
			for _, s := range m.around(near, using) {
				if _, seen := distance[s.far]; !seen {
					distance[s.far] = d
					next = append(next, s.far)
				}
			}
		}
		layer = next
	}
	return distance
}

// A pathWalk collects shortest paths.
type pathWalk struct {
	*merged
	options  graph.PathOptions
	distance map[graph.ID]int // to the end
	paths    []graph.Subgraph
}

// nodeLists returns the nodes of the first shortest paths from the node to the end, in order.
func (w *pathWalk) nodeLists(from graph.ID) [][]graph.ID {
	if w.distance[from] == 0 {
		return [][]graph.ID{{from}}
	}
	var lists [][]graph.ID
	for _, next := range w.nearer(from) {
		for _, rest := range w.nodeLists(next) {
			if len(lists) == w.options.First {
				return lists
			}
			lists = append(lists, append([]graph.ID{from}, rest...))
		}
	}
	return lists
}

// nearer returns the node's neighbours that are one edge nearer to the end, by ID.
func (w *pathWalk) nearer(id graph.ID) []graph.ID {
	var list []graph.ID
	for _, s := range w.around(id, w.options.Using) {
		if d, ok := w.distance[s.far]; ok && d == w.distance[id]-1 {
			list = append(list, s.far)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// addEdges adds the paths over those nodes, one for each way to choose a kind of edge for every step.
func (w *pathWalk) addEdges(nodes []graph.ID, edges []graph.Edge) {
	if len(w.paths) == w.options.First {
		return
	}
	at := len(edges)
	if at == len(nodes)-1 {
		path := graph.Subgraph{Edges: slices.Clone(edges)}
		for _, id := range nodes {
			path.Nodes = append(path.Nodes, w.node(id, w.options.Props))
		}
		w.paths = append(w.paths, path)
		return
	}
	for _, e := range w.between(nodes[at], nodes[at+1]) {
		w.addEdges(nodes, append(slices.Clone(edges), e))
	}
}

// between returns one edge of each kind between two nodes, by kind.
func (w *pathWalk) between(a, b graph.ID) []graph.Edge {
	var list []graph.Edge
	for _, s := range w.around(a, w.options.Using) {
		if s.far == b {
			list = append(list, s.edge)
		}
	}
	slices.SortFunc(list, func(a, b graph.Edge) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), a.Compare(b))
	})
	return slices.CompactFunc(list, func(a, b graph.Edge) bool { return a.Kind == b.Kind })
}
