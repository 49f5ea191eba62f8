package sqlitegraph_test

import (
	"path/filepath"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
)

func open(tb testing.TB) graph.Store {
	tb.Helper()
	s, err := sqlitegraph.Open(tb.Context(), filepath.Join(tb.TempDir(), "graph.db"), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}
