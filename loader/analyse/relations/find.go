package relations

import (
	"fmt"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Finder finds the relations of texts. It is safe for concurrent use.
type Finder struct {
	words lexicon
}

// NewFinder reads the embedded lexicon.
func NewFinder() (*Finder, error) {
	words, err := parseLexicon(lexiconText)
	if err != nil {
		return nil, fmt.Errorf("lexicon of relations: %w", err)
	}
	return &Finder{words}, nil
}

// Find returns what the text says about the actors of its cast, in the order of the triggers. Headings and furniture say
// nothing. A relation that runs both ways is given once each way. Dates are settled against the day of publication, if
// that is known to the day. It takes time linear in the length of the text.
func (f *Finder) Find(t *text.Text, cast *actors.Cast, atts []attributions.Attribution, published Publication) []Relation {
	var out []Relation
	s := sentence{words: f.words, cast: cast, published: published.day()}
	told := newSayings(atts)
	mention := 0
	for _, x := range t.Sentences {
		if x.Heading || t.Paragraphs[x.Paragraph].Skipped {
			continue
		}
		mention = s.fill(t, x.Range, mention)
		if !slices.ContainsFunc(s.units, unit.actor) {
			continue
		}
		s.doers, s.last, s.asks = nil, nil, s.question()
		for i := 0; i < len(s.units); {
			found, n := s.trigger(i, told)
			out = append(out, found...)
			if len(found) > 0 {
				s.last = found
			}
			i += n
		}
	}
	return out
}

// trigger returns the relations that the unit at i triggers, by the first entry that fits, and how many units it takes.
// What the innermost attribution denies is denied, unless its content takes the relation for granted.
func (s *sentence) trigger(i int, told *sayings) ([]Relation, int) {
	if s.units[i].actor() {
		return nil, 1
	}
	if found, n := s.ellipsis(i, told); n > 0 {
		return found, n
	}
	for _, e := range s.words[s.units[i].low] {
		if e.typ == "" || !s.matches(i, e) || e.frame <= noun && i > 0 && s.units[i].capital {
			// A verb or noun in capitals is part of a title: "War on Want".
			continue
		}
		f, ok := s.read(i, e)
		if !ok {
			continue
		}
		if e.swap {
			f.agents, f.targets = f.targets, f.agents
		}
		e.bodies = e.bodies && f.turns != graph.Threaten // persons threaten to use force, too
		if f.agents, f.targets = s.fitting(e, f.agents, f.targets); len(f.agents)+len(f.targets) == 0 {
			continue
		}
		n := 1 + len(e.rest)
		s.doers = f.agents
		if f.below && e.typ == graph.Leads {
			e.typ = graph.MemberOf
		}
		typ, ok := f.turn(e.typ)
		if !ok {
			continue
		}
		r := Relation{
			Type: typ, Mode: f.mode, Place: -1, Confidence: max(0.1, f.confidence),
			Trigger: text.Span{Start: s.units[i].Start, End: s.units[i+n-1].End},
		}
		if typ.Class() == graph.Event {
			r.Place = s.place(i + n)
		}
		if s.asks && r.Mode == graph.Actual && !f.given {
			r.Mode = graph.Hypothetical
		}
		var denied bool
		if r.Attribution, denied = told.innermost(r.Trigger); denied && !f.given {
			r.Mode = graph.Denied
		}
		if r.Mode != graph.Denied && !(f.given && typ.Class() == graph.Standing) {
			s.begins = typ.Class() == graph.Standing && (e.begins || e.frame == role && s.became(i))
			r.When = s.when(i, i+n, &r)
		}
		if f.turned != nil && typ != e.typ {
			r.Trigger.Start = f.turned.Start // "threatened to attack"
		}
		if found := s.pairs(r, f, e.both && typ == e.typ, e.bodies && e.both); len(found) > 0 {
			return slices.DeleteFunc(found, s.retold), n
		}
	}
	return nil, 1
}

// retold reports whether the last trigger told the same of both ends: "was killed in a raid by A", "sent money
// and rifles to T".
func (s *sentence) retold(r Relation) bool {
	return slices.ContainsFunc(s.last, func(l Relation) bool {
		return l.Type == r.Type && ((r.Type == graph.Agree || r.Type == graph.Aid) && l.Target == r.Target && l.Agent == r.Agent || r.Target < 0 && l.Target >= 0 && l.Agent == r.Agent || r.Agent < 0 && l.Agent >= 0 && l.Target == r.Target)
	})
}

// pairs returns the relation for every agent of a finding with every target. An event between somebody and those who
// belong to them is a misreading, unless they protest or are people under violence, and so is what only bodies do to each other between two persons.
func (s *sentence) pairs(r Relation, f finding, both, bodies bool) []Relation {
	var out []Relation
	add := func(agent, target int) {
		one := r
		one.Agent, one.Target = agent, target
		if r.Place == agent || r.Place == target {
			one.Place = -1
		}
		same := func(o Relation) bool { return o.Agent == agent && o.Target == target }
		if agent == target || slices.ContainsFunc(out, same) || r.Type.Class() == graph.Event && s.related(agent, target) && !s.domestic(r.Type, target) {
			return
		}
		if !bodies || agent < 0 || target < 0 || !s.personal(agent, target, r.Type) {
			out = append(out, one)
		}
	}
	for _, a := range orNobody(f.agents) {
		for _, t := range orNobody(f.targets) {
			add(a, t)
			if both && a >= 0 && t >= 0 {
				add(t, a)
			}
		}
	}
	return out
}

// domestic reports whether an event can be between a state and its own: a protest, or violence against its people.
func (s *sentence) domestic(t graph.RelationType, target int) bool {
	return t == graph.Protest || (t == graph.Assault || t == graph.Coerce) && target >= 0 && s.cast.Actors[target].Kind == graph.SourceClass
}

// personal reports whether something that bodies do to each other is between persons: for a fight one is enough.
func (s *sentence) personal(agent, target int, t graph.RelationType) bool {
	one, other := s.person([]int{agent}), s.person([]int{target})
	return one && other || (one || other) && t.Quad() == graph.MaterialConflict
}

// related reports whether one of two actors, of whom either may be unknown, belongs to the other.
func (s *sentence) related(a, b int) bool {
	return a >= 0 && b >= 0 && (s.cast.Actors[a].Owner == b || s.cast.Actors[b].Owner == a)
}

func orNobody(actors []int) []int {
	if len(actors) == 0 {
		return []int{-1}
	}
	return actors
}
