package graphtest

import (
	"testing"

	"github.com/claimgraph/claimgraph/graph"
)

func TestOracle(t *testing.T) {
	t.Parallel()
	open := func(testing.TB) graph.Store { return NewOracle() }
	Run(t, open, &Options{Reopen: reopen})
}

// reopen makes a closed Oracle usable again, as if its batches had been on a disk.
func reopen(t testing.TB, closed graph.Store) graph.Store {
	old, ok := closed.(*Oracle)
	if !ok {
		t.Fatalf("got a %T to open again", closed)
	}
	old.mu.Lock()
	defer old.mu.Unlock()
	return &Oracle{batches: old.batches, links: old.links}
}
