package loader

import (
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/relations"
)

// relations brings in what the claims say about actors. A relation that nobody says has no place in the graph.
func (a *assembler) relations() {
	told := slices.DeleteFunc(slices.Clone(a.Relations), func(r relations.Relation) bool { return r.Attribution < 0 })
	polarities, periods := make(polaritySets[graph.ID]), make(map[graph.ID]relations.Period)
	for _, r := range told {
		id := a.relation(r).Node().ID
		polarities.add(id, polarityOf(r))
		periods[id] = joined(periods[id], r.When)
	}
	for _, r := range told {
		relation := a.relation(r)
		id := relation.Node().ID
		relation.Polarities = polarities[id]
		relation.ValidFrom, relation.ValidTo = periods[id].From, periods[id].To
		a.add(relation.Node())
		a.edge(graph.Edge{
			Kind: graph.EdgeAsserts, From: a.said[r.Attribution].claim, To: id,
			Props: graph.Props{"polarity": string(polarityOf(r))},
		}, string(polarityOf(r)))
		a.party(graph.EdgeAgent, id, r.Agent)
		a.party(graph.EdgeTarget, id, r.Target)
		a.party(graph.EdgePlace, id, r.Place)
	}
}

func (a *assembler) relation(r relations.Relation) graph.Relation {
	return graph.Relation{
		Type: r.Type, Mode: r.Mode, Agent: a.actor(r.Agent), Target: a.actor(r.Target),
		AgentName: a.name(r.Agent), TargetName: a.name(r.Target),
	}
}

// joined returns the time from the earliest beginning of two periods to their latest end, as stores merge them. An end
// that one of them leaves open is the other’s.
func joined(p, q relations.Period) relations.Period {
	if p.From.IsZero() || !q.From.IsZero() && q.From.Before(p.From) {
		p.From = q.From
	}
	if q.To.After(p.To) {
		p.To = q.To
	}
	return p
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
