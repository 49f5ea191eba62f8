package relations

import (
	"cmp"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// noun reads the noun from i to end: "A's talks with T", "talks between A and T", "an attack by A on T".
func (s *sentence) noun(i, end int, e entry) (finding, bool) {
	f := finding{mode: s.nounMode(i), confidence: likely}
	if e.typ.Quad() == graph.MaterialCooperation && strained[s.at(i-1)] || e.typ == graph.Assault && verbal[s.at(i-1)] {
		return f, false
	}
	if !strings.HasSuffix(s.at(end-1), "s") && (s.common(end) || s.is(end, noun)) {
		return f, false // "settlement construction", "battle tanks"
	}
	if s.at(end) == "between" && slices.Contains(e.places, "between") {
		both := s.list(end+1, true)
		if w := s.at(i - 1); (w == "a" || w == "an") && possibly[s.at(both.end)] {
			f.mode = graph.Hypothetical // "a war between A and T would"
		}
		if _, ended, _ := s.ended(i); ended {
			f.mode = graph.Denied // "ended talks between A and T"
		}
		f.agents, f.targets, f.confidence = both.actors, both.actors, surely
		return f, len(both.actors) > 1
	}
	if a, b, ok := s.pair(i); ok && slices.Contains(e.places, "between") {
		f.agents, f.targets = a, b
		return f, true
	}
	if s.at(i) == "in" {
		f.targets = s.target(end, e.places, 0).actors
		r := s.reach(reading{mode: graph.Actual}, i-1)
		if len(r.actors) == 0 {
			r = s.carried(i, e)
		}
		f.agents, f.mode = r.actors, r.mode // "attacked A in support of T"
		return f, len(f.agents) > 0 && len(f.targets) > 0
	}
	own, owned := s.owner(i)
	by, ended, refused := s.ended(i)
	carried := s.carried(i, e)
	if e.carried && !ended && len(carried.actors) == 0 {
		return f, false // troops that only are there
	}
	if owned && e.swap && e.typ == graph.Support {
		return f, false // "A’s endorsement of T"
	}
	if !owned && !ended && possessives[s.at(i-1)] {
		return f, false // of somebody unknown
	}
	at, patient := end, side{}
	if s.at(at) == "of" && !slices.Contains(e.places, "of") {
		at = s.phrase(at+1, 3).end // "deliveries of rockets to T"
	}
	if s.at(at) == "and" && !s.predicate(at+1) && !s.regular(at+1) {
		if more := s.phrase(at+1, 3); more.any && len(more.actors) == 0 && slices.Contains(e.places, s.at(more.end)) {
			at = more.end // "troops and lorries to T"
		}
	}
	if s.at(at) == "by" {
		agent := s.object(at + 1)
		if owned && at == end && slices.Contains(e.places, "of") {
			patient = own // "T's arrest by A"
		}
		own, owned, at = agent, len(agent.actors) > 0, agent.end
	}
	slack := 0
	if e.both {
		slack = 6 // "talks on Tuesday with T"
	}
	target := s.target(at, e.places, slack)
	if len(target.actors) == 0 && owned && len(patient.actors) > 0 {
		target = patient
	}
	if f, ok := s.borne(end, e); ok {
		return f, ok
	}
	if len(target.actors) > 0 && s.at(target.end) == "by" && !strings.HasSuffix(s.at(target.end+1), "ing") {
		own = s.object(target.end + 1)
		owned = len(own.actors) > 0
	}
	if !owned && s.follows(i) {
		own, owned = side{actors: s.doers}, len(s.doers) > 0
	}
	if to, verb := s.receiver(i); len(target.actors) == 0 && len(to.actors) > 0 && slices.Contains(e.places, "to") && !e.swap {
		giver := s.giver(verb)
		f.agents, f.targets, f.mode = giver.actors, to.actors, giver.mode
		return f, len(f.agents) > 0
	}
	if !owned && e.both && s.at(i-1) == "in" && s.at(i-2) == "," && s.actor(i-3) {
		own = s.settle(reading{}, i-3).side // "A, in cooperation with T, sang"
		owned = len(own.actors) > 0
	}
	if !owned && target.any {
		own, owned = carried.side, len(carried.actors) > 0
		f.turns, f.turned = carried.turns, carried.turned // "pledged aid to T"
		if owned && modeWeight[carried.mode] > modeWeight[f.mode] {
			f.mode = carried.mode
		}
	}
	if !owned && s.at(i-1) == "for" && e.typ == graph.Consult {
		before := i - 2
		if s.actor(before) && !target.any && prepositions[s.at(before-1)] {
			target.actors = s.units[before].actors // "flew to T for talks"
			before--
		}
		gone := s.reach(reading{mode: graph.Actual}, before)
		own, owned, f.mode = gone.side, len(gone.actors) > 0, gone.mode // "flew to T for talks with"
	}
	if !owned && !ended && len(carried.actors) == 0 && (e.both || e.typ == graph.Consult) {
		own.actors = s.fronted(i, target.end)
		owned = len(own.actors) > 0
	}
	if !owned && !ended && len(carried.actors) > 1 && s.together(i, end, e) {
		f.agents, f.targets, f.mode = carried.actors, carried.actors, carried.mode
		return f, true
	}
	if refused != "" && !friendly(e.typ) {
		return f, false // who "dismissed criticism of A" need not have voiced any
	}
	if f.ends = ended && refused == ""; ended {
		f.turns, f.turned = cmp.Or(refused, by.turns), by.turned
	}
	if ended && e.both && len(by.actors) > 1 && !target.any {
		f.agents, f.targets, f.mode = by.actors, by.actors, by.mode
		return f, true // "A and T ended their quarrel"
	}
	if ended && owned && !slices.Equal(own.actors, by.actors) {
		f.ends, f.turns, f.turned = false, "", nil // A "blocked T's loan to B"
	} else if ended && target.any {
		if own = by.side; modeWeight[by.mode] > modeWeight[f.mode] {
			f.mode = by.mode
		}
		owned = len(own.actors) > 0 && len(target.actors) > 0
	}
	f.agents, f.targets = own.actors, target.actors
	f.confidence -= perWord * float64(own.loose+target.loose)
	if s.misses(target, e) || target.about {
		return f, false // "a visit to Upland’s museums", "opposition to the Upland deal"
	}
	if !owned && carried.unknown && e.oneSided() {
		f.mode = carried.mode
		return f, len(target.actors) > 0 // "students staged protests against T"
	}
	return f, owned && (len(target.actors) > 0 || e.oneSided() && !(e.carried && e.typ == graph.Assault) && (target.any || s.at(end) == "by"))
}

// ended returns the subject of the verb that ends what the noun at i names, "A lifted its sanctions on", and what the verb
// makes of it: "ruled out talks with".
func (s *sentence) ended(i int) (by reading, ended bool, turns graph.RelationType) {
	for k := i - 1; k >= s.started && k >= i-6; k-- {
		w := s.at(k)
		for _, e := range s.words[w] {
			if e.frame == ending && s.matches(k, e) && (e.form != base || s.verbal(k)) {
				return s.giver(k), true, e.turns
			}
		}
		if prepositions[w] && !s.opens(k-1, ending) || clauses[w] || punctuation(w) && !genitive(w) && !s.compounded(k) || w == "and" || s.predicate(k) {
			break
		}
	}
	return reading{}, false, ""
}

// pair returns whose the noun at i is if two share it: "Upland–Mirean relations".
func (s *sentence) pair(i int) (a, b []int, ok bool) {
	k := i - 1
	for n := 0; n < 2 && s.at(k) != "" && !punctuation(s.at(k)) && !prepositions[s.at(k)]; n++ {
		k--
	}
	if dash := s.at(k - 1); !s.actor(k) || !s.actor(k-2) || dash != "-" && dash != "–" && dash != "/" {
		return nil, nil, false
	}
	return s.units[k-2].actors, s.units[k].actors, true
}

// borne reads what is said of the noun before end by the passive of a verb that carries it: "sanctions on T were imposed by
// A", "a pact signed by A and T", "weapons sent by A to T".
func (s *sentence) borne(end int, e entry) (finding, bool) {
	target := s.target(end, e.places, 0)
	k := max(end, target.end)
	for n := 0; n < 4 && k+1 < len(s.units) && !being[s.at(k)] && !future[s.at(k)] && !having[s.at(k)] && s.forms(k) == 0 && !punctuation(s.at(k)) && !clauses[s.at(k)] && !s.actor(k); n++ {
		k++ // "missiles worth ten crowns were sold"
	}
	f := finding{mode: graph.Actual, confidence: likely}
	for ; being[s.at(k)] || having[s.at(k)] || adverb(s.at(k)) || negations[s.at(k)] || future[s.at(k)] || possibly[s.at(k)]; k++ {
		r := reading{mode: f.mode}
		r.verbal(s.at(k))
		f.mode = r.mode
	}
	if s.forms(k)&participle == 0 || !s.opens(k, light) && !s.opens(k, giving) {
		return f, false
	}
	by := s.doer(k+1, e)
	if f.agents = by.actors; len(f.agents) == 0 {
		return f, false
	}
	for _, at := range []int{k + 1, by.end} {
		if len(target.actors) == 0 {
			target = s.target(at, e.places, 0)
		}
	}
	if f.targets = target.actors; len(f.targets) == 0 && e.both {
		f.targets = f.agents
	}
	return f, len(f.targets) > 0 && (len(f.agents) > 1 || f.agents[0] != f.targets[0])
}

// fronted returns who stands behind the comma that ends a phrase with the noun at i and its target before end: "in talks with
// T on Monday, A said".
func (s *sentence) fronted(i, end int) []int {
	k := i - 1
	for k >= s.started && !prepositions[s.at(k)] && s.at(k) != "following" && i-k < 5 {
		k--
	}
	if !opening[s.at(k)] || s.actor(k) || k > 0 && !punctuation(s.at(k-1)) {
		return nil
	}
	return s.ahead(end, i+farthestPlace)
}

// ahead returns who stands as the subject behind the next comma from end, before limit.
func (s *sentence) ahead(end, limit int) []int {
	for ; end < len(s.units) && end < limit; end++ {
		switch w := s.at(end); {
		case w == ",":
			by := s.object(end + 1)
			if s.predicate(by.end) || s.regular(by.end) || s.at(by.end) == "," {
				return by.actors
			}
			return nil
		case clauses[w] || punctuation(w) || s.predicate(end):
			return nil
		}
	}
	return nil
}

// follows reports whether the noun at i is what the event before it led to: "resulting in a massacre".
func (s *sentence) follows(i int) bool {
	for determiners[s.at(i-1)] {
		i--
	}
	w := s.at(i - 2)
	return s.at(i-1) == "in" && (w == "resulting" || w == "resulted") || s.at(i-1) == "to" && (w == "leading" || w == "led")
}

// nounMode tells from the words before a noun whether it is told as a fact.
func (s *sentence) nounMode(i int) graph.Mode {
	for k := i - 1; k >= s.started && k >= i-3; k-- {
		switch w := s.at(k); {
		case w == "no" || w == "without" || preventing[w]:
			return graph.Denied
		case wished[w] || w == "for" && wished[s.at(k-1)]:
			return graph.Hypothetical // "called for the release of"
		case being[w] && possibly[s.at(k-1)]:
			return graph.Hypothetical // "there should be a ban"
		case alleged[w]:
			return graph.Hypothetical
		case w == "of" && lacking[s.at(k-1)]:
			return graph.Denied
		case w == "of" && uncertain[s.at(k-1)]:
			return graph.Hypothetical
		case punctuation(w) && !s.compounded(k) || prepositions[w]:
			return graph.Actual
		}
	}
	return graph.Actual
}

// carried returns the subject of the light verb that carries the noun at i: "A held secret talks with".
func (s *sentence) carried(i int, e entry) reading {
	for k := i - 1; k >= s.started && k >= i-8; k-- {
		w := s.at(k)
		switch {
		case e.both && (w == "it" || w == "them" || w == "him"):
			return s.back(k)
		case e.swap && s.is(k, taking), !e.swap && s.opens(k, light) && !(e.carried && having[w]):
			r := s.giver(k) // "accused A of giving arms to B"
			if len(r.actors) == 0 && s.forms(k)&^continuous == 0 {
				continue // "sent lorries carrying food to"
			}
			if promised, ok := s.entry(k, chain); ok && (e.typ == graph.Aid || promised.turns != "" && e.typ.Quad() != graph.VerbalCooperation) {
				r.take(promised, &s.units[k]) // "pledged aid to"
			}
			return r
		case s.compounded(k), s.nobody(k), e.carried && s.actor(k) && s.units[k].modifier:
		case w == "" && e.both && !s.units[k].modifier && (s.units[k].pronoun || prepositions[s.at(i-1)]):
			return s.settle(reading{mode: graph.Actual}, k) // "made A reliant on ties with"
		case w == "" || clauses[w] || punctuation(w), e.carried && prepositions[w] && (w != "of" || !partitive[s.at(k-1)]):
			return reading{}
		}
	}
	return reading{}
}

// nobody reports whether the mention at k is of a class of people of nobody: "military advisers".
func (s *sentence) nobody(k int) bool {
	return s.actor(k) && !s.units[k].modifier && s.allOf(graph.SourceClass, s.units[k].actors) && s.anybody(s.units[k].actors)
}

// together reports whether the noun from i to end names what those who carry it do among themselves, by a verb that tells no
// event and no state: "A and T restored relations", not "signed a pact", "had relations".
func (s *sentence) together(i, end int, e entry) bool {
	if !e.both || e.typ.Class() != graph.Event || e.typ.Quad() == graph.MaterialConflict || s.preposition(end, "with", 6) >= 0 {
		return false
	}
	for k := i - 1; k >= s.started && k >= i-8; k-- {
		if s.opens(k, light) {
			mutual := slices.ContainsFunc(s.words[s.at(k)], func(e entry) bool { return e.frame == verb && e.both && s.matches(k, e) })
			return !having[s.at(k)] && s.at(k) != "face" && !mutual
		}
	}
	return false
}

// receiver returns whom the verb before the noun at i gives it to, and where the verb is: "gave T the weapons".
func (s *sentence) receiver(i int) (side, int) {
	for k := i - 1; k >= s.started && k >= i-6; k-- {
		if w := s.at(k); s.is(k, giving) && s.actor(k+1) || s.is(k, giving) && determiners[s.at(k+1)] {
			to := s.phrase(k+1, 2)
			if to.end > i || to.whose {
				return side{}, k
			}
			return to, k
		} else if prepositions[w] && w != "than" || clauses[w] || punctuation(w) {
			break
		}
	}
	return side{}, 0
}

// giver returns the subject of the verb at i.
func (s *sentence) giver(i int) reading {
	if s.forms(i)&^continuous == 0 {
		return s.participial(i, i-1)
	}
	return s.subject(i)
}

// back returns whom the object pronoun at k means, if that can only be the owner of the subject: "A's isolation has made
// it reliant on ties with".
func (s *sentence) back(k int) reading {
	r := reading{mode: graph.Actual}
	first := k
	for s.predicate(first-1) || s.forms(first-1) != 0 || adverb(s.at(first-1)) {
		first--
	}
	if first == k {
		return r
	}
	r.side, _ = s.owner(first - 1)
	return r
}
