package sqlitegraph_test

import (
	"path/filepath"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	var path string
	open := func(t testing.TB, path string) graph.Store {
		s, err := sqlitegraph.Open(t.Context(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	graphtest.Run(t, func(t testing.TB) graph.Store {
		path = filepath.Join(t.TempDir(), "graph.db")
		return open(t, path)
	}, &graphtest.Options{
		Reopen: func(t testing.TB, _ graph.Store) graph.Store { return open(t, path) },
	})
}

func BenchmarkStore(b *testing.B) {
	graphtest.Benchmark(b, func(b testing.TB) graph.Store {
		s, err := sqlitegraph.Open(b.Context(), filepath.Join(b.TempDir(), "graph.db"), nil)
		if err != nil {
			b.Fatal(err)
		}
		return s
	})
}
