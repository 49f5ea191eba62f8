package graph_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
)

func TestSort(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var edges []graph.Edge
	var nodes []graph.Node
	for range 500 {
		from := graph.OwnedID(graph.KindMention, graph.ID(fmt.Sprintf("doc_%024d", random.IntN(3))), fmt.Sprint(random.IntN(40)))
		to := graph.NewID(graph.KindActor, fmt.Sprint(random.IntN(3)))
		nodes = append(nodes, graph.Node{ID: from})
		edges = append(edges, graph.Edge{Kind: graph.EdgeRefersTo, From: from, To: to}, graph.Edge{Kind: graph.EdgeIn, From: from, To: "x"})
	}
	graph.SortEdges(edges)
	if !slices.IsSortedFunc(edges, graph.Edge.Compare) {
		t.Error("edges are not in their order")
	}
	graph.SortNodes(nodes)
	if !slices.IsSortedFunc(nodes, func(a, b graph.Node) int { return cmp.Compare(a.ID, b.ID) }) {
		t.Error("nodes are not in the order of their IDs")
	}
}
