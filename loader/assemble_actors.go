package loader

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
)

// ActorOf returns an actor as the graph keeps it.
func ActorOf(a actors.Actor) graph.Actor {
	return graph.Actor{Name: a.Name, Kind: a.Kind, Canonical: a.Canonical, Aliases: a.Aliases}
}

// actor brings in a member of the cast and returns its ID, "" for -1.
func (a *assembler) actor(index int) graph.ID {
	if index < 0 {
		return ""
	}
	actor := ActorOf(a.Cast.Actors[index])
	if actor.Kind == graph.Outlet {
		actor.Owner = a.owner(index)
	}
	return a.add(actor.Node())
}

// owner returns the actor whom a member of the cast belongs to in the end, "" if it is its own.
func (a *assembler) owner(index int) graph.ID {
	top := index
	for steps := 0; a.Cast.Actors[top].Owner >= 0 && steps < len(a.Cast.Actors); steps++ {
		top = a.Cast.Actors[top].Owner
	}
	if top == index {
		return ""
	}
	return ActorOf(a.Cast.Actors[top]).ID()
}

// name returns the name of a member of the cast, "" for -1.
func (a *assembler) name(index int) string {
	if index < 0 {
		return ""
	}
	return a.Cast.Actors[index].Name
}

func (a *assembler) mentions() {
	for _, m := range a.Cast.Mentions {
		actor := a.actor(m.Actor)
		mention := a.add(graph.Mention{
			Document: a.batch.Owner, Actor: actor, Stretch: a.stretch(m.Span), Metonym: m.Metonym,
		}.Node())
		a.edge(graph.Edge{
			Kind: graph.EdgeRefersTo, From: mention, To: actor,
			Props: graph.Props{"score": m.Score, "method": m.Method},
		}, "")
		if i := a.text.SentenceAt(m.Start); i >= 0 {
			a.join(graph.EdgeHas, a.sentence(i), mention)
		}
	}
}
