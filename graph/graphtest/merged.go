package graphtest

import (
	"maps"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// merged is the graph that follows from all batches.
type merged struct {
	nodes   map[graph.ID]graph.Node
	spoken  map[graph.ID][]graph.ID   // who speaks of shared nodes
	edges   []graph.Edge              // each once, in their order
	out, in map[graph.ID][]graph.Edge // the same edges by their ends
}

// merge makes the graph from the batches and the links between their nodes, from nothing.
func merge(batches map[graph.ID]graph.Batch, links map[string]graph.Edge) *merged {
	m := &merged{nodes: mergeNodes(batches), spoken: make(map[graph.ID][]graph.ID)}
	for owner, b := range batches {
		for _, n := range b.Nodes {
			if n.Kind.Info().Shared {
				m.spoken[n.ID] = append(m.spoken[n.ID], owner)
			}
		}
	}
	unique := maps.Clone(links)
	for _, b := range batches {
		for _, e := range b.Edges {
			if m.has(e.From) && m.has(e.To) {
				unique[e.ID()] = e
			}
		}
	}
	m.index(unique)
	m.resolve()
	for _, e := range m.shortcuts() {
		unique[e.ID()] = e
	}
	m.index(unique)
	return m
}

// mergeNodes makes one node of all that the batches say of it.
func mergeNodes(batches map[graph.ID]graph.Batch) map[graph.ID]graph.Node {
	said, documents := make(map[graph.ID][]graph.Node), make(map[graph.ID]int)
	for _, b := range batches {
		for _, n := range b.Nodes {
			said[n.ID] = append(said[n.ID], n)
			if b.Owner.Is(graph.KindDocument) {
				documents[n.ID]++
			}
		}
	}
	nodes := make(map[graph.ID]graph.Node, len(said))
	for id, list := range said {
		n := list[0]
		if n.Kind.Info().Shared {
			var parts []graph.Props
			for _, part := range list {
				parts = append(parts, part.Props)
			}
			n.Props = graph.MergeProps(n.Kind, documents[id], parts...)
		}
		nodes[id] = n
	}
	return nodes
}

func (m *merged) has(id graph.ID) bool {
	_, ok := m.nodes[id]
	return ok
}

func (m *merged) index(edges map[string]graph.Edge) {
	m.edges = make([]graph.Edge, 0, len(edges))
	for _, e := range edges {
		m.edges = append(m.edges, e)
	}
	graph.SortEdges(m.edges)
	m.out, m.in = make(map[graph.ID][]graph.Edge), make(map[graph.ID][]graph.Edge)
	for _, e := range m.edges {
		m.out[e.From] = append(m.out[e.From], e)
		m.in[e.To] = append(m.in[e.To], e)
	}
}

// resolve marks the citations that lead to a document.
func (m *merged) resolve() {
	for id, n := range m.nodes {
		if n.Kind == graph.KindCitation {
			n.Props = maps.Clone(n.Props)
			n.Props["resolved"] = len(m.walk(id, graph.EdgeResolvesTo, false)) > 0
			m.nodes[id] = n
		}
	}
}

// shortcuts derives the edges between actors from the other edges.
func (m *merged) shortcuts() []graph.Edge {
	var list []graph.Edge
	for id, n := range m.nodes {
		if n.Kind != graph.KindRelation || n.Props["mode"] != string(graph.Actual) {
			continue
		}
		claims := make(map[graph.ID]bool)
		for _, e := range m.walk(id, graph.EdgeAsserts, true) {
			if e.Props["polarity"] == string(graph.Affirms) {
				claims[e.From] = true
			}
		}
		if len(claims) == 0 {
			continue
		}
		for _, agent := range m.walk(id, graph.EdgeAgent, false) {
			for _, target := range m.walk(id, graph.EdgeTarget, false) {
				kind, _ := n.Props["type"].(string)
				list = append(list, graph.Edge{
					Kind: graph.EdgeKind(kind), From: agent.To, To: target.To, Props: graph.Props{
						"relationId": string(id), "claims": int64(len(claims)), "origins": n.Props["originCount"],
						"contested": n.Props["contested"], "derived": true,
					},
				})
			}
		}
	}
	return list
}

// walk returns the edges of that kind that lead away from the node or, reversed, to it.
func (m *merged) walk(id graph.ID, kind graph.EdgeKind, reverse bool) []graph.Edge {
	edges := m.out[id]
	if reverse {
		edges = m.in[id]
	}
	var list []graph.Edge
	for _, e := range edges {
		if e.Kind == kind {
			list = append(list, e)
		}
	}
	return list
}

// around returns the edges of those kinds (nil: all) at the node, in either direction, with the node at the far end.
func (m *merged) around(id graph.ID, using []graph.EdgeKind) []step {
	var list []step
	for _, e := range m.out[id] {
		if using == nil || slices.Contains(using, e.Kind) {
			list = append(list, step{e, e.To})
		}
	}
	for _, e := range m.in[id] {
		if using == nil || slices.Contains(using, e.Kind) {
			list = append(list, step{e, e.From})
		}
	}
	return list
}

// A step is an edge and the node that it leads to from where one stands.
type step struct {
	edge graph.Edge
	far  graph.ID
}

// node returns a node with the wanted properties that it has.
func (m *merged) node(id graph.ID, props []string) graph.Node {
	n := graph.Node{ID: id, Kind: m.nodes[id].Kind, Props: graph.Props{}}
	for _, name := range props {
		if v, ok := m.nodes[id].Props[name]; ok {
			n.Props[name] = v
		}
	}
	return n
}
