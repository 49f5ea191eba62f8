package loader

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
)

// ActorOf returns a member of a cast as the graph keeps it.
func ActorOf(cast *actors.Cast, index int) graph.Actor {
	a := cast.Actors[index]
	actor := graph.Actor{Name: a.Name, Kind: a.Kind, Canonical: a.Canonical, Aliases: a.Aliases}
	if a.Kind == graph.Outlet && a.Owner >= 0 {
		actor.Owner = cast.Actors[a.Owner].Name
		for ; a.Owner >= 0; a = cast.Actors[a.Owner] {
			actor.Side = cast.Actors[a.Owner].Name
		}
	}
	return actor
}

// actor brings in a member of the cast and returns its ID, "" for -1.
func (a *assembler) actor(index int) graph.ID {
	if index < 0 {
		return ""
	}
	return a.add(ActorOf(a.Cast, index).Node())
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
