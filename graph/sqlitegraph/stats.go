package sqlitegraph

import (
	"context"

	"github.com/claimgraph/claimgraph/graph"
)

// Stats reads the counts that Put and Delete keep.
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	stats := graph.Stats{ByKind: make(map[graph.NodeKind]int)}
	err := s.reading(ctx, func(r *reader) error {
		return r.each(func(scan func(...any) error) error {
			var code int64
			var n int
			if err := scan(&code, &n); err != nil {
				return err
			}
			if code == 0 {
				stats.Edges = n
				return nil
			}
			stats.ByKind[nodeCodes[code-1]] = n
			stats.Nodes += n
			return nil
		}, "SELECT code, n FROM tally WHERE n > 0")
	})
	stats.Documents = stats.ByKind[graph.KindDocument]
	return stats, err
}
