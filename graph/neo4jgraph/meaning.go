package neo4jgraph

import (
	"context"
	"fmt"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// Meanings are nodes of their own, which carry the IDs of their claims, so that whoever looks at a claim does not see
// hundreds of numbers.

const (
	// Where a claim lies changes with the model only, and to index it anew costs more than all else.
	writeMeanings = `UNWIND $rows AS row MERGE (m:Meaning {id: row.id})
		WITH m, row WHERE m.model IS NULL OR m.model <> row.model SET m.model = row.model, m.vector = row.vector`
	dropMeanings = `MATCH (m:Meaning) WHERE m.id IN $ids DELETE m`

	// The index's score is (1 + cosine) / 2, and of numbers that it has rounded: so what lies a little farther is looked
	// at, too, and compared anew.
	findMeanings = `UNWIND range(0, size($vectors) - 1) AS i
		CALL db.index.vector.queryNodes('meaning_vector', $first, $vectors[i]) YIELD node, score
		WHERE score >= $least AND node.model = $model RETURN i, node.id, node.vector`
)

// How the index rounds, and how many more than are wanted it is asked for: among many that are equally near, it may
// find others than the first.
const (
	indexRounding = 0.02
	moreThan      = 2
)

// writeMeanings notes where claims of the change lie.
func (c *change) writeMeanings() error {
	if len(c.meanings) == 0 {
		return nil
	}
	rows := make([]map[string]any, 0, len(c.meanings))
	for _, id := range sortedKeys(c.meanings) {
		m := c.meanings[id]
		rows = append(rows, map[string]any{"id": string(id), "model": m.Model, "vector": m.Vector[:]})
	}
	return c.tx.exec(writeMeanings, map[string]any{"rows": rows})
}

// Nearest asks the vector index, which follows the ways that lead nearer (HNSW) and seldom misses what is near.
func (s *Store) Nearest(ctx context.Context, vectors []graph.Vector, o graph.NearestOptions) ([][]graph.Near, error) {
	params := map[string]any{
		"first": moreThan * o.First, "least": (1+o.AtLeast)/2 - indexRounding, "model": o.Model, "vectors": numbers(vectors),
	}
	rows, err := s.ask(ctx, findMeanings, params)
	if err != nil {
		return nil, err
	}
	near := make([][]graph.Near, len(vectors))
	for _, row := range rows {
		i, _ := row[0].(int64)
		v, err := decodeVector(row[2])
		if err != nil {
			return nil, err
		}
		if cosine := vectors[i].Cosine(&v); cosine >= o.AtLeast {
			near[i] = append(near[i], graph.Near{ID: graph.ID(text(row[1])), Cosine: cosine})
		}
	}
	for i := range near {
		slices.SortFunc(near[i], graph.CompareNear)
		near[i] = near[i][:min(len(near[i]), o.First)]
	}
	return near, nil
}

// numbers returns vectors as the index wants them.
func numbers(vectors []graph.Vector) [][]float64 {
	list := make([][]float64, len(vectors))
	for i := range vectors {
		for _, x := range vectors[i] {
			list[i] = append(list[i], float64(x))
		}
	}
	return list
}

func decodeVector(value any) (graph.Vector, error) {
	var v graph.Vector
	list, _ := value.([]any)
	if len(list) != len(v) {
		return v, fmt.Errorf("%w: a vector of %d values", graph.ErrCorrupt, len(list))
	}
	for i := range list {
		x, _ := list[i].(int64)
		v[i] = int8(x) //nolint:gosec // as it was written
	}
	return v, nil
}
