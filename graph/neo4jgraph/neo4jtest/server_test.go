package neo4jtest_test

import (
	"testing"

	"github.com/claimgraph/claimgraph/graph/neo4jgraph/neo4jtest"
)

func TestServerKeepsItsDataWhenItIsKilled(t *testing.T) {
	t.Parallel()
	var server neo4jtest.Server
	t.Cleanup(server.Stop)

	before := server.Blank(t)
	neo4jtest.Query(t, before, "CREATE (:Kept {name: 'a'})")
	server.Kill(t)
	server.Restart(t)

	after := server.URI(t)
	if after != before {
		t.Errorf("URI after restart: got %s, want %s", after, before)
	}
	if got := neo4jtest.Query(t, after, "MATCH (n:Kept) RETURN n.name"); len(got) != 1 || got[0][0] != "a" {
		t.Errorf("after restart: got %v, want the node from before", got)
	}
}
