package relations

import (
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
)

// fitting returns the agents and the targets that can stand in a relation of the entry: a place does nothing, and only
// bodies have members. Both are nil where one side had actors and none of them fits.
func (s *sentence) fitting(e entry, agents, targets []int) (doing, done []int) {
	agents = s.principals(agents, s.deputy)
	stands := s.deputy
	if e.typ.Quad() == graph.MaterialConflict {
		stands = func(a actors.Actor) bool {
			return !slices.ContainsFunc(agents, func(by int) bool { return by == a.Owner || s.related(by, a.Owner) })
		}
	}
	targets = s.principals(targets, stands)
	doing = s.only(agents, func(k graph.ActorKind) bool { return k != graph.Place && (!e.bodies || e.both || k != graph.Person) })
	done = targets
	switch e.typ {
	case graph.Assault:
		if e.ground {
			done = s.only(targets, func(k graph.ActorKind) bool { return k == graph.Place || k == graph.State })
		}
	case graph.Coerce:
		if len(doing) > 0 && s.person(doing) {
			done = s.only(targets, func(k graph.ActorKind) bool { return k != graph.State && k != graph.Place }) // who "captured Ohio" was elected
		}
	case graph.Consult, graph.Retreat:
		if e.guests {
			done = slices.DeleteFunc(s.only(targets, func(k graph.ActorKind) bool {
				return k == graph.Person || k == graph.State || k == graph.SourceClass
			}), func(a int) bool {
				return e.typ == graph.Consult && s.cast.Actors[a].Kind == graph.SourceClass && !s.deputy(s.cast.Actors[a]) // who hosts refugees does not meet them
			})
		}
	case graph.Crime:
		done = s.only(targets, func(k graph.ActorKind) bool { return k != graph.Place }) // "broke into the Orvelle market"
	case graph.Hosts:
		done = s.only(targets, func(k graph.ActorKind) bool { return k != graph.State && k != graph.Place })
	case graph.MemberOf:
		done = s.only(targets, func(k graph.ActorKind) bool { return k != graph.Place && k != graph.Person && k != graph.SourceClass })
		if e.frame == verb || len(s.only(doing, func(k graph.ActorKind) bool { return k == graph.State })) > 0 {
			done = s.only(done, func(k graph.ActorKind) bool { return k != graph.State }) // states join leagues, not states
		}
	case graph.Leads:
		done = s.only(targets, func(k graph.ActorKind) bool {
			return k != graph.SourceClass && k != graph.Person && (!e.ground || k == graph.Place || k == graph.State)
		})
	case graph.AlliedWith, graph.Backs, graph.Support, graph.Concede, graph.ProxyOf, graph.RivalOf, graph.Cooperate, graph.Agree, graph.DisputesWith:
		done = s.only(targets, func(k graph.ActorKind) bool { return k != graph.Place })
	}
	if len(agents) > 0 && len(doing) == 0 || len(targets) > 0 && len(done) == 0 {
		return nil, nil
	}
	return doing, done
}

func (s *sentence) only(list []int, fits func(graph.ActorKind) bool) []int {
	return slices.DeleteFunc(slices.Clone(list), func(a int) bool { return !fits(s.cast.Actors[a].Kind) })
}

func lastWord(name string) string {
	return strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])
}

// principals replaces classes of people who stand for their owner by that: what Upland officials do, Upland does; and
// violence against people is violence against their state, unless it is their state's. Those of a place stand for nobody.
func (s *sentence) principals(list []int, stands func(actors.Actor) bool) []int {
	out := slices.Clone(list)
	for i, a := range out {
		if actor := s.cast.Actors[a]; actor.Kind == graph.SourceClass && actor.Owner >= 0 && s.cast.Actors[actor.Owner].Kind != graph.Place && stands(actor) {
			out[i] = actor.Owner
		}
	}
	return out
}

// deputy reports whether people are those who act for their owner.
func (s *sentence) deputy(people actors.Actor) bool {
	_, acts := s.words.entry(lastWord(people.Name), acting)
	return acts
}
