package sqlitegraph

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// Degrees counts from the indexes of edges and keys alone: a key says of which kind its node is.
func (s *Store) Degrees(ctx context.Context, ids []graph.ID) (map[graph.ID][]graph.Degree, error) {
	degrees := make(map[graph.ID][]graph.Degree)
	err := s.reading(ctx, func(r *reader) error {
		keys, err := r.keys(ids)
		if err != nil {
			return err
		}
		byKey := make(map[int64]graph.ID, len(keys))
		for id, key := range keys {
			byKey[key] = id
		}
		layer := slices.Collect(maps.Keys(byKey))
		list, err := json.Marshal(layer)
		if err != nil {
			return err
		}
		in := make(map[pace]int) // IN edges from (or reversed, to) the first key, by the code of the far end's kind
		err = r.aroundIn(layer, reach{kinds: nodeCodes}, -1, func(p pace) { in[pace{p.from, p.to & (1<<kindBits - 1)}]++ })
		if err != nil {
			return err
		}
		for p, n := range in {
			d := graph.Degree{Edge: graph.EdgeIn, Reverse: kindOf(p.from) == graph.KindDocument, Far: kindOf(p.to), Count: n}
			degrees[byKey[p.from]] = append(degrees[byKey[p.from]], d)
		}
		for _, reverse := range []bool{false, true} {
			near, far := ends(reverse)
			err := r.each(func(scan func(...any) error) error {
				var key, kind, code int64
				d := graph.Degree{Reverse: reverse}
				if err := scan(&key, &kind, &code, &d.Count); err != nil {
					return err
				}
				d.Edge, d.Far = edgeKind(kind), kindOf(code)
				degrees[byKey[key]] = append(degrees[byKey[key]], d)
				return nil
			}, "SELECT e."+near+", e.kind, e."+far+" & 15, count(*) FROM json_each(?) j CROSS JOIN edge e ON e."+near+
				" = j.value GROUP BY 1, 2, 3", string(list))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return degrees, err
}
