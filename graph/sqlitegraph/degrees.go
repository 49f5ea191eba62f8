package sqlitegraph

import (
	"context"
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
		in := make(map[pace]int) // IN edges from (or reversed, to) the first key, by the code of the far end's kind
		err = r.aroundIn(layer, reach{kinds: nodeCodes}, -1, func(p pace) { in[pace{p.from, nodeCode(kindOf(p.to))}]++ })
		if err != nil {
			return err
		}
		for p, n := range in {
			d := graph.Degree{Edge: graph.EdgeIn, Reverse: kindOf(p.from) == graph.KindDocument, Far: kindOf(p.to), Count: n}
			degrees[byKey[p.from]] = append(degrees[byKey[p.from]], d)
		}
		for key, id := range byKey {
			for _, reverse := range []bool{false, true} {
				err := r.degrees(key, reverse, func(d graph.Degree) { degrees[id] = append(degrees[id], d) })
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	return degrees, err
}

// degrees calls fn with how many edges a node has in one direction, but for IN edges. They lie in the index kind by kind, so
// that nothing is sorted; and most kinds lead to nodes of one kind.
func (r *reader) degrees(key int64, reverse bool, fn func(graph.Degree)) error {
	near, far := ends(reverse)
	return r.each(func(scan func(...any) error) error {
		var kind int64
		d := graph.Degree{Reverse: reverse}
		if err := scan(&kind, &d.Count); err != nil {
			return err
		}
		d.Edge = edgeKind(kind)
		if kinds := d.Edge.Info().Far(reverse); len(kinds) == 1 {
			d.Far = kinds[0]
			fn(d)
			return nil
		}
		return r.each(func(scan func(...any) error) error {
			var code int64
			err := scan(&code, &d.Count)
			d.Far = kindOf(code)
			fn(d)
			return err
		}, "SELECT "+codeOf(far)+", count(*) FROM edge WHERE "+near+" = ? AND kind = ? GROUP BY 1", key, kind)
	}, "SELECT kind, count(*) FROM edge WHERE "+near+" = ? GROUP BY kind", key)
}
