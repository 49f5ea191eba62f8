package graphtest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

func TestDocuments(t *testing.T) {
	t.Parallel()
	const n = 200
	batches := Documents(n, 1)
	if err := graph.New(NewOracle()).Put(t.Context(), batches...); err != nil {
		t.Fatalf("documents break the model's rules: %v", err)
	}
	nodes, edges, said := 0, 0, make(map[graph.ID]int)
	for _, b := range batches {
		nodes, edges = nodes+len(b.Nodes), edges+len(b.Edges)
		for _, node := range b.Nodes {
			said[node.ID]++
		}
	}
	if got := nodes / n; got < 125 || got > 140 {
		t.Errorf("a document has %d nodes, want about 130", got)
	}
	if got := edges / n; got < 240 || got > 280 {
		t.Errorf("a document has %d edges, want about 260", got)
	}
	busiest := 0
	for id, owners := range said {
		if kind, err := id.Kind(); err == nil && kind == graph.KindActor {
			busiest = max(busiest, owners)
		}
	}
	if busiest < n/2 {
		t.Errorf("the busiest actor is in %d documents of %d, want in most", busiest, n)
	}
	if diff := cmp.Diff(batches[:3], Documents(3, 1)); diff != "" {
		t.Errorf("fewer documents are not the first of more (-more +fewer):\n%s", diff)
	}
	other := Documents(1, 2)
	if slices.EqualFunc(other[0].Edges, batches[0].Edges, func(a, b graph.Edge) bool { return a.ID() == b.ID() }) {
		t.Errorf("another seed gives the same document")
	}
	t.Logf("%d nodes and %d edges a document", nodes/n, edges/n)
}

func BenchmarkOracle(b *testing.B) {
	Benchmark(b, func(testing.TB) graph.Store { return NewOracle() })
}
