package neo4jgraph_test

import (
	"os"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph/neo4jtest"
)

// server is started by the first test that needs it.
var server neo4jtest.Server

func TestMain(m *testing.M) {
	code := m.Run()
	server.Stop()
	os.Exit(code)
}

func open(tb testing.TB, uri string) *neo4jgraph.Store {
	tb.Helper()
	s, err := neo4jgraph.Open(tb.Context(), uri, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) {
	graphtest.Run(t, func(t testing.TB) graph.Store { return open(t, server.Empty(t)) }, &graphtest.Options{
		ReadCommitted: true,
		Reopen:        func(t testing.TB, _ graph.Store) graph.Store { return open(t, server.URI(t)) },
	})
}
