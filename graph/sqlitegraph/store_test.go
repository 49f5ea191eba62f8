package sqlitegraph_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

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

// TestMoreReadersThanConnections asks questions of shapes that have not been asked before, more of them at once than there
// are connections.
func TestMoreReadersThanConnections(t *testing.T) {
	t.Parallel()
	s, err := sqlitegraph.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), &sqlitegraph.Options{Readers: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close(t.Context())
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	var asking sync.WaitGroup
	for i := range 16 {
		asking.Go(func() {
			for j := range 10 {
				where := make(graph.Or, 1+10*i+j) // of another length, so another statement
				for k := range where {
					where[k] = graph.Where{Prop: "title", Value: "Story"}
				}
				_, err := s.Select(ctx, graph.Select{Level: graph.Level{Kinds: []graph.NodeKind{graph.KindDocument}, Where: where, First: 1}})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	asking.Wait()
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
