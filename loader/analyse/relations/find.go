package relations

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Finder finds the relations of texts. It is safe for concurrent use.
type Finder struct{ words lexicon }

// NewFinder reads the embedded lexicon.
func NewFinder() (*Finder, error) {
	words, err := parseLexicon(lexiconText)
	if err != nil {
		return nil, fmt.Errorf("lexicon of relations: %w", err)
	}
	return &Finder{words}, nil
}

// Find returns what the text says about the actors of its cast, in the order of the triggers. Headings and furniture say
// nothing. A relation that runs both ways is given once each way. It takes time linear in the length of the text.
func (f *Finder) Find(t *text.Text, cast *actors.Cast, atts []attributions.Attribution) []Relation {
	var out []Relation
	s := sentence{words: f.words, cast: cast}
	mention := 0
	for _, x := range t.Sentences {
		if x.Heading || t.Paragraphs[x.Paragraph].Skipped {
			continue
		}
		s.units, mention = unitsOf(s.units[:0], t, x.Range, cast, mention)
		if !slices.ContainsFunc(s.units, unit.actor) {
			continue
		}
		s.doers = nil
		for i := 0; i < len(s.units); {
			found, n := s.trigger(i)
			out = append(out, found...)
			i += n
		}
	}
	within(out, atts)
	return out
}

// trigger returns the relations that the unit at i triggers, by the first entry that fits, and how many units it takes.
func (s *sentence) trigger(i int) ([]Relation, int) {
	if s.units[i].actor() {
		return nil, 1
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
		if f.agents, f.targets = s.fitting(e, f.agents, f.targets); len(f.agents)+len(f.targets) == 0 {
			continue
		}
		n := 1 + len(e.rest)
		s.doers = f.agents
		f.place = -1
		if e.typ.Class() == graph.Event {
			f.place = s.place(i + n)
		}
		if found := s.relations(f, e, text.Span{Start: s.units[i].Start, End: s.units[i+n-1].End}); len(found) > 0 {
			return found, n
		}
	}
	return nil, 1
}

// relations pairs every agent of a finding with every target. An event between somebody and those who belong to them is
// a misreading.
func (s *sentence) relations(f finding, e entry, trigger text.Span) []Relation {
	var out []Relation
	add := func(agent, target int) {
		r := Relation{
			Type: e.typ, Mode: f.mode, Agent: agent, Target: target, Place: f.place, Attribution: -1,
			Trigger: trigger, Confidence: max(0.1, f.confidence),
		}
		if r.Place == agent || r.Place == target {
			r.Place = -1
		}
		same := func(o Relation) bool { return o.Agent == agent && o.Target == target }
		if e.typ.Class() == graph.Event && agent >= 0 && target >= 0 &&
			(s.cast.Actors[agent].Owner == target || s.cast.Actors[target].Owner == agent) {
			return
		}
		if agent != target && !slices.ContainsFunc(out, same) {
			out = append(out, r)
		}
	}
	for _, a := range orNobody(f.agents) {
		for _, t := range orNobody(f.targets) {
			add(a, t)
			if e.both && a >= 0 && t >= 0 {
				add(t, a)
			}
		}
	}
	return out
}

func orNobody(actors []int) []int {
	if len(actors) == 0 {
		return []int{-1}
	}
	return actors
}

// within gives each relation, in the order of their triggers, the innermost attribution whose content holds its trigger;
// what that attribution denies is denied.
func within(found []Relation, atts []attributions.Attribution) {
	type content struct {
		text.Span
		attribution, length int
	}
	var all []content
	for i, a := range atts {
		length := 0
		for _, c := range a.Content {
			length += c.Len()
		}
		for _, c := range a.Content {
			all = append(all, content{c, i, length})
		}
	}
	slices.SortStableFunc(all, func(a, b content) int { return cmp.Compare(a.Start, b.Start) })
	var open []content
	next := 0
	for i := range found {
		r := &found[i]
		for ; next < len(all) && all[next].Start <= r.Trigger.Start; next++ {
			open = append(open, all[next])
		}
		open = slices.DeleteFunc(open, func(c content) bool { return c.End <= r.Trigger.Start })
		shortest := 0
		for _, c := range open {
			if c.Holds(r.Trigger) && (r.Attribution < 0 || c.length <= shortest) {
				r.Attribution, shortest = c.attribution, c.length
			}
		}
		if r.Attribution >= 0 && atts[r.Attribution].Polarity == graph.Denies {
			r.Mode = graph.Denied
		}
	}
}
