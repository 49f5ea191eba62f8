package relations

import (
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// A finding is what one trigger tells: every agent with every target.
type finding struct {
	agents, targets []int
	mode            graph.Mode
	given           bool               // the sentence takes it for granted: "Upland-backed", "persecuted by"
	below           bool               // the agent is not at the head of the target, but belongs to it: "deputy commander of"
	ends            bool               // the agent ends it: "lifted sanctions on"
	turns           graph.RelationType // what the verb before makes of it
	turned          *unit              // that verb
	confidence      float64
}

// heard returns a finding of what stands left of a verb.
func (r reading) heard() finding {
	return finding{mode: r.mode, turns: r.turns, turned: r.turned}
}

// turn returns the type that something of a type has become by the words around it: who threatens to attack threatens,
// who promises to help agrees, who marches to denounce protests, who refuses to meet rejects. The second result is false
// where nothing is left.
func (f *finding) turn(t graph.RelationType) (graph.RelationType, bool) {
	if f.ends {
		if t = ended(t); t == "" {
			return "", false
		}
	}
	switch kind := friendly(t); {
	case f.turns == graph.Threaten && !kind, f.turns == graph.Reject && kind, f.turns == graph.Agree && kind:
		return f.turns, true
	case f.turns == graph.Protest && t.Quad() == graph.VerbalConflict:
		f.mode = graph.Actual
		return graph.Protest, true
	case f.turns == graph.Threaten || f.turns == graph.Agree:
		f.mode = graph.Planned
	case f.turns == graph.Reject:
		f.mode = graph.Denied
	}
	return t, true
}

// friendly reports whether a type is cooperation, or lasts.
func friendly(t graph.RelationType) bool {
	return t.Quad() == graph.VerbalCooperation || t.Quad() == graph.MaterialCooperation || t.Class() == graph.Standing
}

// ended returns what it is to end something of a type, "" if nothing: who cuts ties reduces them, who lifts sanctions or a
// ban concedes, who ends a war retreats, and a quarrel agrees.
func ended(t graph.RelationType) graph.RelationType {
	switch {
	case t == graph.DisputesWith || t == graph.RivalOf:
		return graph.Agree
	case t == graph.Sanction || t == graph.Coerce:
		return graph.Concede
	case friendly(t):
		return graph.Sanction
	case t.Quad() == graph.MaterialConflict:
		return graph.Retreat
	}
	return ""
}

// reach of a trigger: how many units before it its reading may use. It bounds the work for sentences without end.
const reachLeft = 60

// confidences of the frames, before words that were passed over are taken off.
const (
	surely   = 0.85
	likely   = 0.75
	possible = 0.6
	perWord  = 0.04
)

// farthestPlace is how many units behind a trigger its place may stand.
const farthestPlace = 14

// place returns where the sentence says that what the trigger before i tells happened, or -1.
func (s *sentence) place(i int) int {
	for k := i; k+1 < len(s.units) && k < i+farthestPlace; k++ {
		w := s.at(k)
		if clauses[w] || w == ";" || w == ":" || w == "(" {
			break
		}
		if (w == "in" || w == "at" || w == "near") && s.actor(k+1) && !s.units[k+1].modifier {
			a := s.units[k+1].actors[0]
			if kind := s.cast.Actors[a].Kind; kind == graph.Place || kind == graph.State {
				return a
			}
		}
	}
	return -1
}

// matches reports whether the words of an entry stand at i; "its" and the like may be known to mean somebody.
func (s *sentence) matches(i int, e entry) bool {
	for k, w := range e.rest {
		at := i + 1 + k
		if s.at(at) != w && (w != "its" || !s.actor(at) || !s.units[at].pronoun || !s.units[at].modifier) {
			return false
		}
	}
	return true
}

// read reads the trigger at i as the entry has it. The second result is false where the words around do not fit.
func (s *sentence) read(i int, e entry) (finding, bool) {
	s.started = max(0, i-reachLeft)
	switch e.frame {
	case verb:
		return s.verb(i, i+1+len(e.rest), e)
	case noun:
		return s.noun(i, i+1+len(e.rest), e)
	case role:
		return s.role(i, i+1+len(e.rest), e)
	case hyphenAgent, hyphenTarget:
		return s.hyphen(i, e)
	case link:
		return s.link(i)
	}
	return finding{}, false
}

// verb reads the verb from i to end.
func (s *sentence) verb(i, end int, e entry) (finding, bool) {
	k := i - 1
	for k >= s.started && (adverb(s.at(k)) || negations[s.at(k)]) && !being[s.at(k)] && !having[s.at(k)] && s.at(k) != "without" {
		k--
	}
	first := i
	for s.at(k) == "and" && e.form&participle != 0 && (s.regular(k-1) || s.forms(k-1)&participle != 0) {
		for first, k = k-1, k-2; adverb(s.at(k)); {
			k-- // "was struck and killed"
		}
	}
	before := s.at(k)
	after := end
	for adverb(s.at(after)) {
		after++
	}
	switch {
	case e.form&participle != 0 && being[before]:
		subject := s.subject(first)
		if before == "being" && prepositions[s.at(k-1)] {
			subject = s.reach(reading{mode: graph.Actual}, k-2) // "fled to Orvelle after being arrested"
		}
		if subject.waiting && (before == "is" || before == "are") {
			subject.tell(graph.Hypothetical) // "once T is attacked"
		}
		return s.passive(subject, after, e)
	case e.form&participle != 0 && s.at(after) == "by" && !having[before]:
		f, ok := s.passive(s.adjacent(reading{mode: graph.Actual}, k), after, e)
		f.given = true
		return f, ok
	case e.form&(base|third) != 0 && s.nominal(k), e.form == base && s.singular(k) && !s.asks:
		return finding{}, false
	case e.form == continuous && s.at(end) == "of" && slices.Contains(e.places, "-"):
		return s.gerund(i, end)
	case e.form == continuous:
		subject := s.participial(i, k)
		for n := k + 1; n < i; n++ {
			if negations[s.at(n)] {
				subject.tell(graph.Denied) // "blamed for not arming"
			}
		}
		if len(subject.actors) == 0 && (k < s.started || k == s.started && opening[s.at(k)]) {
			subject.actors = s.ahead(s.target(end, e.places, 6).end, i+farthestPlace) // "after meeting T, A sang"
		}
		f, ok := s.active(subject, end, e)
		return f, ok && (len(f.targets) > 0 || being[before])
	case e.form == participle && !having[before]:
		return finding{}, false // "killed" of "those killed"
	}
	subject := s.subject(i)
	if e.typ == graph.Protest && subject.mode == graph.Planned && s.at(i-1) == "to" && !s.is(i-2, chain) {
		subject.mode = graph.Actual // "blocked roads to protest against"
	}
	if subject.waiting && e.form&(base|third) != 0 && e.form&past == 0 {
		subject.tell(graph.Hypothetical) // "once A attacks"
	}
	f, ok := s.active(subject, end, e)
	return f, ok && (len(f.targets) > 0 || !s.brings(i, end))
}

// brings reports whether the verb from i to end only carries or ends what a noun behind it names: "struck a deal".
func (s *sentence) brings(i, end int) bool {
	return (s.opens(i, light) || s.opens(i, ending)) && s.is(s.phrase(end, 5).end-1, noun)
}

// gerund reads "A's jailing of T", "the jailing of T by A"; the form in "-ing" stands before end.
func (s *sentence) gerund(i, end int) (finding, bool) {
	own, owned := s.owner(i)
	target := s.object(end + 1)
	if !owned && s.at(target.end) == "by" {
		own = s.object(target.end + 1)
	}
	f := finding{agents: own.actors, targets: target.actors, mode: s.nounMode(i), confidence: likely}
	return f, len(f.agents) > 0 && len(f.targets) > 0
}

// nominal reports whether what stands at k makes a noun of a word that could be a verb.
func (s *sentence) nominal(k int) bool {
	w := s.at(k)
	return w != "to" && (determiners[w] || prepositions[w]) || w == "'s" || w == "-" || s.actor(k) && s.units[k].modifier
}

// singular reports whether one person, state or outlet stands at k, which no plain form follows as its verb: "a Varda
// host".
func (s *sentence) singular(k int) bool {
	if !s.actor(k) || len(s.units[k].actors) > 1 || s.at(k-1) == "and" {
		return false
	}
	switch s.cast.Actors[s.units[k].actors[0]].Kind {
	case graph.Person, graph.State, graph.Outlet, graph.Organisation, graph.Place:
		return !s.units[k].pronoun
	}
	return false
}

// participial reads whose the "-ing" form at i is; k is the unit before it.
func (s *sentence) participial(i, k int) reading {
	if e, at, ok := s.chained(k); ok {
		r := s.subject(at)
		if s.is(at, effort) {
			r.side, _ = s.owner(at)
		}
		r.take(e, &s.units[at]) // "denies arming"
		return r
	}
	switch w := s.at(k); {
	case being[w]:
		return s.subject(i)
	case w == "to":
		if e, at, ok := s.chained(k - 1); ok {
			r := s.subject(at)
			r.take(e, &s.units[at]) // "committed to arming"
			return r
		}
		r := reading{mode: graph.Actual}
		if e, tried := s.entry(k-1, effort); tried {
			r.take(e, &s.units[k-1])
			r.side, _ = s.owner(k - 1)
			return r // "Upland’s commitment to making peace"
		}
		return s.reach(r, k-1)
	case w == "without":
		r := s.reach(reading{mode: graph.Actual}, k-1)
		r.tell(graph.Denied)
		return r
	case w == "from" && abstains[s.at(k-1)]:
		r := s.subject(k - 1)
		r.tell(graph.Denied) // "refrained from arming"
		return r
	case w == "against" && s.actor(k-1):
		return s.settle(reading{mode: graph.Hypothetical}, k-1) // "warned Upland against arming A"
	case w == "from" && s.actor(k-1):
		return s.settle(reading{mode: graph.Denied}, k-1) // "kept Upland from arming A"
	case w == "of" && s.at(k-1) == "instead":
		return s.reach(reading{mode: graph.Denied}, k-2)
	case w == "of" || w == "for" || w == "from":
		for at := k; at > s.started && at > k-widestApposition; at-- {
			if s.at(at) == w && s.actor(at-1) {
				return s.settle(reading{mode: graph.Actual}, at-1) // "accused Upland of arming A and of hosting B"
			}
		}
		if a, ok := s.accused(k); ok {
			return reading{side: a, mode: graph.Actual}
		}
		return s.reach(reading{mode: graph.Actual}, k-1)
	case w == "and" && s.forms(k-1)&continuous != 0:
		return s.participial(k-1, k-2) // "for shooting and killing"
	case w == ",":
		r := s.reach(reading{mode: graph.Actual}, k-1)
		if len(r.actors) == 0 {
			if r = s.settle(r, k-1); r.end > s.started && !punctuation(s.at(r.end-1)) {
				return reading{mode: graph.Actual}
			}
		}
		return r // "A, working with B, sang"
	case prepositions[w] || w == "and":
		return s.reach(reading{mode: graph.Actual}, k-1)
	}
	return s.settle(reading{mode: graph.Actual}, k)
}

// passive turns "T was attacked by A" round; after is behind the verb.
func (s *sentence) passive(target reading, after int, e entry) (finding, bool) {
	f := target.heard()
	if f.targets, f.confidence = target.actors, likely; len(f.targets) == 0 && !e.themselves() {
		f.targets = s.only(target.owners, func(k graph.ActorKind) bool { return k != graph.Person })
	}
	if agent := s.doer(after, e); len(agent.actors) > 0 {
		f.agents, f.confidence = agent.actors, surely-perWord*float64(agent.loose)
	}
	if e.bodies && len(f.agents) == 0 && s.person(f.targets) {
		return f, false // who "was defeated" lost a vote
	}
	direct := slices.ContainsFunc(e.places, func(place string) bool {
		behind, before := strings.CutPrefix(place, "-")
		return before && (behind == "" || s.leads(after, behind))
	})
	return f, len(f.targets) > 0 && (len(f.agents) > 0 || e.oneSided()) && direct
}

// farthestDoer is how many units behind a passive the "by" may stand, farthestDeed how many behind "in" what was done.
const (
	farthestDoer = 9
	farthestDeed = 6
)

// doer returns who does what the passive before i tells: "was jailed for ten years by A", "was killed in an attack by A".
func (s *sentence) doer(i int, e entry) side {
	for k := i; k < len(s.units) && k < i+farthestDoer; k++ {
		w := s.at(k)
		switch {
		case w == "by":
			deed, does := s.entry(k-1, noun)
			if k > i && (s.regular(k-1) || s.forms(k-1)&participle != 0 || does && !(e.oneSided() && deed.typ.Quad() == graph.MaterialConflict)) {
				return side{} // "was jailed for a crime committed by A"
			}
			if agent := s.object(k + 1); len(agent.actors) > 0 {
				return agent
			}
		case w == "in" && e.oneSided():
			for n := k + 1; n < k+farthestDeed; n++ {
				if deed, ok := s.entry(n, noun); ok && deed.typ.Quad() == graph.MaterialConflict {
					if whose, ok := s.owner(n); ok && !s.allOf(graph.Place, whose.actors) {
						return whose // "was killed in A's shelling"
					}
				}
			}
		case clauses[w] || punctuation(w) && !genitive(w) && !s.compounded(k) || w == "and" || s.predicate(k), w == "to" && s.forms(k+1)&base != 0:
			return side{}
		}
	}
	return side{}
}

// oneSided reports whether the type means something with only one actor known: violence does.
func (e entry) oneSided() bool {
	return e.typ.Quad() == graph.MaterialConflict
}

// active reads what stands behind an active verb.
func (s *sentence) active(subject reading, end int, e entry) (finding, bool) {
	f := subject.heard()
	if f.agents = subject.actors; len(f.agents) == 0 && !(e.oneSided() && subject.unknown) {
		return f, false
	}
	if s.at(end) == "each" && s.at(end+1) == "other" && len(f.agents) > 1 && slices.Contains(e.places, "-") {
		f.targets, f.confidence = f.agents, surely
		return f, true
	}
	target := s.target(end, e.places, 6)
	f.targets, f.confidence, f.below = target.actors, surely-perWord*float64(target.loose), target.behalf
	if !target.any && slices.Contains(e.places, "-") {
		f.targets = s.relativised(subject, end).actors // "A, whom B attacked"
	}
	if at := s.preposition(end, "by", farthestDoer); len(f.targets) == 0 && e.typ == graph.Accuse && target.any && at >= 0 {
		f.targets, target = s.object(at+1).actors, side{} // "denounced the arrest of two rowers by T"
	}
	switch {
	case e.ground && target.whose && !sites[s.at(target.end-1)]:
		return f, false // a boat is no ground
	case len(f.targets) > 0 && e.typ == graph.Assault && e.guests && !target.whose && len(s.only(f.targets, func(k graph.ActorKind) bool { return k != graph.Person && k != graph.SourceClass })) > 0:
		return f, false // states and teams are beaten in contests
	case len(f.targets) > 0 && (e.typ == graph.Consult && e.guests && s.is(target.end-1, people) || target.about && !e.oneSided()):
		return f, false // "hosts refugees", "opposes the Upland deal"
	case len(f.targets) > 0:
		return f, !s.misses(target, e)
	case slices.Contains(e.places, "and") && len(f.agents) > 1:
		if w := s.at(end); w == "with" || w == "to" && e.typ != graph.Agree && (s.actor(end+1) || s.forms(end+1)&base == 0) || w == "the" && speaking[s.at(end-1)] {
			return f, false // with somebody else, "speak the language"
		}
		f.targets = f.agents
		return f, true
	}
	// A person who "seized the chance" and a court that "combats fraud" hurt nobody.
	plain := !e.bodies || slices.Contains(e.places, "on")
	return f, e.oneSided() && !e.ground && target.any && plain && len(f.agents) > 0 && !s.person(f.agents) && !s.anybody(f.agents)
}

// misses reports whether a target is only said to have what the entry is done to, which must be done to themselves.
func (s *sentence) misses(target side, e entry) bool {
	return target.whose && e.themselves() && !((e.typ == graph.Retreat || e.typ == graph.Concede) && s.human(target.end-1))
}

// human reports whether the noun at i is for people: "fishermen".
func (s *sentence) human(i int) bool {
	w := s.at(i)
	e, ok := s.entry(i, role)
	return s.acts(i) && !arms[w] || strangers[w] || dwellers[w] || ok && e.person ||
		slices.ContainsFunc([]string{"man", "men", "ist", "ists", "ee", "ees", "worker", "workers"}, func(end string) bool { return strings.HasSuffix(w, end) })
}

// anybody reports whether all actors of a unit are people of nobody, who do not fight either: "people", "critics".
func (s *sentence) anybody(actors []int) bool {
	for _, a := range actors {
		actor := s.cast.Actors[a]
		last := lastWord(actor.Name)
		_, acts := s.words.entry(last, acting)
		if actor.Kind != graph.SourceClass || actor.Owner >= 0 || acts || bands[last] {
			return false
		}
	}
	return true
}

// relativised returns whom the pronoun before a subject stands for: "A, which the subject accuses of".
func (s *sentence) relativised(subject reading, end int) side {
	if w := s.at(subject.end - 1); w != "which" && w != "whom" && w != "who" || s.actor(end) {
		return side{}
	}
	return s.adjacent(subject, subject.end-2).side
}

// accused returns whom the verb before the preposition at k has as its object: "accused A more than once of arming B",
// "A, which B accused of arming C".
func (s *sentence) accused(k int) (side, bool) {
	for i := k - 1; i >= s.started && i > k-widestApposition; i-- {
		w := s.at(i)
		if w == ";" || w == ":" {
			return side{}, false
		}
		for _, e := range s.words[w] {
			if e.typ != graph.Accuse || e.frame != verb {
				continue
			}
			a := s.object(i + 1)
			if len(a.actors) == 0 {
				a = s.relativised(s.subject(i), k)
			}
			return a, len(a.actors) > 0
		}
	}
	return side{}, false
}

// themselves reports whether the type is about the actors themselves, never about what is theirs.
func (e entry) themselves() bool {
	switch e.typ {
	case graph.Consult, graph.Concede, graph.Hosts, graph.Recognises, graph.MemberOf, graph.Leads:
		return true
	case graph.Retreat:
		return slices.Contains(e.places, "-") // whoever frees somebody
	}
	return false
}

// target returns who stands at one of the places behind a trigger; slack is how far off a preposition may be.
func (s *sentence) target(end int, places []string, slack int) side {
	var out side
	for _, place := range places {
		behind, before := strings.CutPrefix(place, "-")
		switch {
		case place == "and", (place == "between" || place == "that") && s.at(end) != place:
		case place == "to+":
			out = s.promised(end)
		case place == "between":
			out = s.list(end+1, true)
		case place == "'s":
			if o := s.object(end); o.whose {
				out = o
			}
		case place == "that":
			out = s.object(end + 1)
		case place == "-":
			if o := s.object(end); len(o.actors) > 0 || o.any && !out.any {
				out = o
			}
		case before:
			o := s.object(end)
			for at := end + 1; len(out.actors) == 0 && at <= o.end; at++ {
				if s.leads(at, behind) {
					out = o // the phrase may go on: "declared two envoys persona non grata"
				}
			}
		default:
			if at := s.preposition(end, place, slack); at >= 0 && !(place == "to" && s.forms(at+1)&base != 0) {
				if o := s.object(at + 1); len(o.actors) > 0 || o.any && !out.any {
					out = o
				}
			}
		}
		if len(out.actors) > 0 {
			return out
		}
	}
	return out
}

// promised returns to, with or for whom somebody is to do what the words at i say, "to" and a verb that is not hostile.
func (s *sentence) promised(i int) side {
	if s.aside(i) {
		i += 2
	}
	hostile := slices.ContainsFunc(s.words[s.at(i+1)], func(e entry) bool { return e.frame == verb && (e.oneSided() || e.typ.Quad() == graph.VerbalConflict) })
	if s.at(i) == "to" && !s.actor(i+1) && !determiners[s.at(i+1)] && !hostile && !s.is(i+1, chain) {
		for _, word := range []string{"to", "with", "for"} {
			if at := s.preposition(i+2, word, 6); at >= 0 {
				return s.object(at + 1)
			}
		}
	}
	return side{}
}

// leads reports whether the words, joined by "_", stand at i, behind a comma or a day there, and lead to no name and no passive: "asked A
// to sing", "sentenced a man, A, to death", "took A on Friday into custody".
func (s *sentence) leads(i int, words string) bool {
	if s.at(i) == "," {
		i++
	}
	if s.aside(i) && s.at(i+1) != "response" {
		i += 2
	}
	for _, w := range strings.Split(words, "_") {
		if s.at(i) != w {
			return false
		}
		i++
	}
	w := s.at(i)
	return s.at(i-1) == "of" || !s.actor(i) && w != "be" && w != "some" && w != "these" && w != "the"
}

// aside reports whether the two words at i only say when or how: "on Friday", "in absentia".
func (s *sentence) aside(i int) bool {
	return s.at(i) == "in" && manners[s.at(i+1)] || s.at(i) == "on" && weekdays[s.at(i+1)] > 0
}

// preposition returns where the preposition stands, its last word if it has two, joined by "_", at most slack units behind
// i within the clause, or -1.
func (s *sentence) preposition(i int, want string, slack int) int {
	first, rest, more := strings.Cut(want, "_")
	for k := i; k < len(s.units) && k <= i+slack; k++ {
		w := s.at(k)
		if w == first && (!more || s.at(k+1) == rest) && !(w == "with" && k > i && borders[s.at(k-1)]) {
			return k + strings.Count(want, "_")
		}
		infinitive := w == "to" && !s.actor(k+1) && !determiners[s.at(k+1)] && s.at(k-1) != s.at(k+1) // not "shoulder to shoulder"
		if infinitive || clauses[w] || punctuation(w) && !genitive(w) && !s.compounded(k) || w == "and" || s.predicate(k) && !s.nominal(k-1) {
			return -1
		}
	}
	return -1
}
