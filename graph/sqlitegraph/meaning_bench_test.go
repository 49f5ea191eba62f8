package sqlitegraph

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
)

// BenchmarkNearest asks what lies near 500 vectors, as a load does for a group of articles, among ever more claims. These
// lie in clusters of about a hundred that have a cosine of a half, as claims on one matter do.
func BenchmarkNearest(b *testing.B) {
	for _, claims := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(claims), func(b *testing.B) {
			s, err := Open(b.Context(), filepath.Join(b.TempDir(), "graph.db"), nil)
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close(b.Context())
			random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // no secret
			vectors := clustered(random, claims)
			for i := 0; i < claims; i += 1000 {
				putMeanings(b, s, i, vectors[i:i+1000])
			}
			asked := clustered(random, 500)
			o := graph.NearestOptions{Model: "m", First: 33, AtLeast: 0.8}
			for b.Loop() {
				if _, err := s.Nearest(b.Context(), asked, o); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/500, "ms/claim")
		})
	}
}

func clustered(random *rand.Rand, n int) []graph.Vector {
	list := make([]graph.Vector, n)
	var centre [graph.VectorSize]float64
	for i := range list {
		if i%100 == 0 {
			for k := range centre {
				centre[k] = random.NormFloat64()
			}
		}
		for k := range centre {
			list[i][k] = int8(max(-127, min(127, 25*(centre[k]+random.NormFloat64())))) //nolint:gosec // it fits
		}
	}
	return list
}

func putMeanings(b *testing.B, s *Store, first int, vectors []graph.Vector) {
	b.Helper()
	doc := graph.Document{Title: fmt.Sprint(first), Text: fmt.Sprint(first), TextSHA256: fmt.Sprint(first)}
	batch := graph.Batch{Owner: doc.ID(), Nodes: []graph.Node{doc.Node()}}
	for i, v := range vectors {
		claim := graph.Claim{Text: fmt.Sprint("claim ", first+i), Key: fmt.Sprint(first + i)}.Node()
		batch.Nodes = append(batch.Nodes, claim)
		batch.Meanings = append(batch.Meanings, graph.Meaning{Claim: claim.ID, Model: "m", Vector: v})
	}
	if err := s.Put(b.Context(), []graph.Batch{batch}); err != nil {
		b.Fatal(err)
	}
}
