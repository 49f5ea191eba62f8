package relations

import (
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// fitting returns the agents and the targets that can stand in a relation of the entry: a place does nothing, and only
// bodies have members. Both are nil where one side had actors and none of them fits.
func (s *sentence) fitting(e entry, agents, targets []int) (doing, done []int) {
	agents, targets = s.principals(agents, false), s.principals(targets, e.typ.Quad() == graph.MaterialConflict)
	doing = s.only(agents, func(k graph.ActorKind) bool { return k != graph.Place && (!e.bodies || k != graph.Person) })
	done = targets
	switch e.typ {
	case graph.MemberOf:
		done = s.only(targets, func(k graph.ActorKind) bool { return k != graph.Place && k != graph.Person && k != graph.SourceClass })
		if len(s.only(doing, func(k graph.ActorKind) bool { return k == graph.State })) > 0 {
			done = s.only(done, func(k graph.ActorKind) bool { return k != graph.State }) // states join leagues, not states
		}
	case graph.Leads:
		done = s.only(targets, func(k graph.ActorKind) bool { return k != graph.SourceClass && k != graph.Person })
	case graph.AlliedWith, graph.Support, graph.Concede, graph.ProxyOf, graph.RivalOf, graph.Cooperate, graph.Agree, graph.DisputesWith:
		done = s.only(targets, func(k graph.ActorKind) bool { return k != graph.Place })
	}
	if len(agents) > 0 && len(doing) == 0 || len(targets) > 0 && len(done) == 0 {
		return nil, nil
	}
	return doing, done
}

func (s *sentence) only(actors []int, fits func(graph.ActorKind) bool) []int {
	return slices.DeleteFunc(slices.Clone(actors), func(a int) bool { return !fits(s.cast.Actors[a].Kind) })
}

// principals replaces those who act for somebody by whom they act for: what Upland officials do, Upland does. All
// replaces whoever else belongs to somebody too: violence against people is violence against theirs.
func (s *sentence) principals(actors []int, all bool) []int {
	out := slices.Clone(actors)
	for i, a := range out {
		actor := s.cast.Actors[a]
		if actor.Kind != graph.SourceClass || actor.Owner < 0 {
			continue
		}
		last := strings.ToLower(actor.Name[strings.LastIndexByte(actor.Name, ' ')+1:])
		_, acts := s.words.entry(last, acting)
		if acts || all {
			out[i] = actor.Owner
		}
	}
	return out
}
