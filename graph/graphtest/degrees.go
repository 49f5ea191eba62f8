package graphtest

import (
	"context"

	"github.com/claimgraph/claimgraph/graph"
)

// Degrees counts the edges of each node one by one.
func (o *Oracle) Degrees(ctx context.Context, ids []graph.ID) (map[graph.ID][]graph.Degree, error) {
	m, err := o.read(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[graph.ID][]graph.Degree)
	for _, id := range sortedSet(ids) {
		counts := make(map[graph.Degree]int)
		for _, e := range m.out[id] {
			counts[graph.Degree{Edge: e.Kind, Far: m.nodes[e.To].Kind}]++
		}
		for _, e := range m.in[id] {
			counts[graph.Degree{Edge: e.Kind, Reverse: true, Far: m.nodes[e.From].Kind}]++
		}
		for d, n := range counts {
			d.Count = n
			all[id] = append(all[id], d)
		}
	}
	return all, nil
}
