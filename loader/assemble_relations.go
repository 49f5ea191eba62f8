package loader

import (
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/relations"
)

// relations brings in what the claims say about actors. A relation that nobody says has no place in the graph.
func (a *assembler) relations() {
	polarities := make(map[graph.ID][]string) // all with which this document's claims assert a relation
	for _, r := range a.Relations {
		if r.Attribution >= 0 {
			id := a.relation(r, nil).ID
			polarities[id] = append(polarities[id], string(polarityOf(r)))
		}
	}
	for _, r := range a.Relations {
		if r.Attribution < 0 {
			continue
		}
		node := a.relation(r, polarities[a.relation(r, nil).ID])
		id := a.add(node)
		a.edge(graph.Edge{
			Kind: graph.EdgeAsserts, From: a.said[r.Attribution].claim, To: id,
			Props: graph.Props{"polarity": string(polarityOf(r))},
		}, string(polarityOf(r)))
		a.party(graph.EdgeAgent, id, r.Agent)
		a.party(graph.EdgeTarget, id, r.Target)
		a.party(graph.EdgePlace, id, r.Place)
	}
}

func (a *assembler) relation(r relations.Relation, polarities []string) graph.Node {
	return graph.Relation{
		Type: r.Type, Mode: r.Mode, Agent: a.actor(r.Agent), Target: a.actor(r.Target),
		AgentName: a.name(r.Agent), TargetName: a.name(r.Target), Polarities: slices.Clone(polarities),
	}.Node()
}

// polarityOf says whether a relation is asserted or denied: a denied one is the actual one, denied.
func polarityOf(r relations.Relation) graph.Polarity {
	if r.Mode == graph.Denied {
		return graph.Denies
	}
	return graph.Affirms
}

func (a *assembler) party(kind graph.EdgeKind, relation graph.ID, actor int) {
	if id := a.actor(actor); id != "" {
		a.join(kind, relation, id)
	}
}
