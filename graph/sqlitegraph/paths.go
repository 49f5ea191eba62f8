package sqlitegraph

import (
	"cmp"
	"context"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// Paths searches from both ends at once, layer by layer from the side that has fewer nodes to go on from, and then
// lists the ways over which the sides met.
func (s *Store) Paths(ctx context.Context, from, to graph.ID, o graph.PathOptions) ([]graph.Subgraph, error) {
	var paths []graph.Subgraph
	err := s.reading(ctx, func(r *reader) error {
		ends, err := r.keys([]graph.ID{from, to})
		if err != nil || ends[from] == 0 || ends[to] == 0 {
			return err
		}
		next, found, err := r.search(ends[from], ends[to], o)
		if err != nil || !found {
			return err
		}
		paths, err = r.list(ends[from], ends[to], next, o)
		return err
	})
	return paths, err
}

// keys returns the keys of the nodes that are there.
func (r *reader) keys(ids []graph.ID) (map[graph.ID]int64, error) {
	keys := make(map[graph.ID]int64, len(ids))
	for _, id := range ids {
		kind, err := id.Kind()
		if err != nil {
			continue // not an ID: not there
		}
		err = r.each(func(scan func(...any) error) error {
			var key int64
			err := scan(&key)
			keys[id] = key
			return err
		}, `SELECT key FROM "`+string(kind)+`" WHERE id = ?`, id)
		if err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// A side of a search knows, of each node that it has reached, its distance and the nodes before it.
type side struct {
	before map[int64][]int64
	layer  []int64
	depth  map[int64]int
	reach  int
}

func newSide(start int64) *side {
	return &side{before: make(map[int64][]int64), layer: []int64{start}, depth: map[int64]int{start: 0}}
}

// search returns, of each node that lies on a shortest path, the nodes that can follow it.
func (r *reader) search(from, to int64, o graph.PathOptions) (next map[int64][]int64, found bool, err error) {
	a, b := newSide(from), newSide(to)
	meeting := []int64{}
	if from == to {
		return nil, true, nil
	}
	for len(meeting) == 0 {
		if a.reach+b.reach == o.MaxLength || len(a.layer) == 0 || len(b.layer) == 0 {
			return nil, false, nil
		}
		grow, other := a, b
		if len(b.layer) < len(a.layer) {
			grow, other = b, a
		}
		if err := r.grow(grow, o.Using); err != nil {
			return nil, false, err
		}
		for _, node := range grow.layer {
			if _, ok := other.depth[node]; ok {
				meeting = append(meeting, node)
			}
		}
	}
	return follow(a, b, meeting), true, nil
}

// grow takes a side one edge further.
func (r *reader) grow(s *side, using []graph.EdgeKind) error {
	layer := s.layer
	s.reach++
	s.layer = nil
	return r.around(layer, reach{using: using, kinds: nodeCodes}, -1, func(p pace) {
		depth, seen := s.depth[p.to]
		if !seen {
			s.depth[p.to] = s.reach
			s.layer = append(s.layer, p.to)
		}
		if !seen || depth == s.reach {
			s.before[p.to] = append(s.before[p.to], p.from)
		}
	})
}

// follow walks from where the sides met back to both starts, and turns what it passes into steps from the first
// start to the second.
func follow(a, b *side, meeting []int64) map[int64][]int64 {
	next := make(map[int64][]int64)
	for layer, seen := meeting, map[int64]bool{}; len(layer) > 0; {
		var earlier []int64
		for _, node := range layer {
			if seen[node] {
				continue
			}
			seen[node] = true
			for _, p := range a.before[node] {
				next[p] = append(next[p], node)
				earlier = append(earlier, p)
			}
		}
		layer = earlier
	}
	for layer, seen := meeting, map[int64]bool{}; len(layer) > 0; {
		var later []int64
		for _, node := range layer {
			if seen[node] {
				continue
			}
			seen[node] = true
			next[node] = append(next[node], b.before[node]...)
			later = append(later, b.before[node]...)
		}
		layer = later
	}
	return next
}

// list makes paths of steps, in the order of their nodes' IDs and their edges' kinds.
func (r *reader) list(from, to int64, next map[int64][]int64, o graph.PathOptions) ([]graph.Subgraph, error) {
	keys := []int64{from, to}
	for key, list := range next {
		keys = append(append(keys, key), list...)
	}
	nodes, err := r.nodes(keys, o.Props)
	if err != nil {
		return nil, err
	}
	for key, list := range next {
		slices.SortFunc(list, func(a, b int64) int { return cmp.Compare(nodes[a].ID, nodes[b].ID) })
		next[key] = slices.Compact(list)
	}
	var paths []graph.Subgraph
	for _, way := range ways(from, to, next, o.First) {
		steps := make([][]graph.Edge, 0, len(way))
		path := graph.Subgraph{}
		for i, key := range way {
			path.Nodes = append(path.Nodes, nodes[key])
			if i == 0 {
				continue
			}
			edges, err := r.between(way[i-1], key, nodes, o.Using)
			if err != nil {
				return nil, err
			}
			steps = append(steps, edges)
		}
		for _, edges := range choices(steps, o.First-len(paths)) {
			paths = append(paths, graph.Subgraph{Nodes: path.Nodes, Edges: edges})
		}
	}
	return paths, nil
}

// ways returns the first ways over steps from one node to another.
func ways(from, to int64, next map[int64][]int64, first int) [][]int64 {
	if from == to {
		return [][]int64{{to}}
	}
	var list [][]int64
	for _, node := range next[from] {
		for _, rest := range ways(node, to, next, first-len(list)) {
			list = append(list, append([]int64{from}, rest...))
		}
		if len(list) >= first {
			break
		}
	}
	return list
}

// choices returns the first lists that take one edge of each step.
func choices(steps [][]graph.Edge, first int) [][]graph.Edge {
	lists := [][]graph.Edge{nil}
	for _, edges := range steps {
		var longer [][]graph.Edge
		for _, list := range lists {
			for _, e := range edges {
				longer = append(longer, append(slices.Clone(list), e))
			}
		}
		lists = longer[:min(len(longer), first)]
	}
	return lists[:min(len(lists), max(first, 0))]
}

// between returns one edge of each kind between two nodes, in the order of kinds.
func (r *reader) between(a, b int64, nodes map[int64]graph.Node, using []graph.EdgeKind) ([]graph.Edge, error) {
	ends := map[int64]graph.Node{a: nodes[a], b: nodes[b]}
	between := edgeReader{reader: r, nodes: ends, to: reach{using: using}}
	err := between.all([]int64{a, b}, "")
	graph.SortEdges(between.edges)
	edges := slices.DeleteFunc(between.edges, func(e graph.Edge) bool { return e.From == e.To })
	slices.SortStableFunc(edges, func(x, y graph.Edge) int { return cmp.Compare(x.Kind, y.Kind) })
	return slices.CompactFunc(edges, func(x, y graph.Edge) bool { return x.Kind == y.Kind }), err
}
