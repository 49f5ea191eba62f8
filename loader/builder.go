package loader

import (
	"github.com/claimgraph/claimgraph/graph"
)

// A builder collects one document's batch. It keeps the first of several nodes with one ID and of several equal edges,
// and ties every owned node to its document.
type builder struct {
	batch graph.Batch
	nodes map[graph.ID]bool
	edges map[edgeKey]bool
}

// An edgeKey tells edges apart; the variant tells parallel ones apart.
type edgeKey struct {
	kind     graph.EdgeKind
	from, to graph.ID
	variant  string
}

// usualNodes is about how many nodes an article of 850 words becomes; it becomes twice as many edges.
const usualNodes = 400

func newBuilder(owner graph.ID) *builder {
	return &builder{
		batch: graph.Batch{Owner: owner, Nodes: make([]graph.Node, 0, usualNodes), Edges: make([]graph.Edge, 0, 2*usualNodes)},
		nodes: make(map[graph.ID]bool, usualNodes),
		edges: make(map[edgeKey]bool, 2*usualNodes),
	}
}

// add brings a node in and returns its ID.
func (b *builder) add(n graph.Node) graph.ID {
	if b.nodes[n.ID] {
		return n.ID
	}
	b.nodes[n.ID] = true
	b.batch.Nodes = append(b.batch.Nodes, n)
	if info := n.Kind.Info(); !info.Owner && !info.Shared {
		b.join(graph.EdgeIn, n.ID, b.batch.Owner)
	}
	return n.ID
}

// join brings in an edge without properties.
func (b *builder) join(kind graph.EdgeKind, from, to graph.ID) {
	b.edge(graph.Edge{Kind: kind, From: from, To: to}, "")
}

// edge brings in an edge; the variant tells it from parallel ones.
func (b *builder) edge(e graph.Edge, variant string) {
	key := edgeKey{e.Kind, e.From, e.To, variant}
	if b.edges[key] {
		return
	}
	b.edges[key] = true
	b.batch.Edges = append(b.batch.Edges, e)
}
