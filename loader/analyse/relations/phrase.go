package relations

import (
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// A side is who stands on one side of a trigger.
type side struct {
	actors []int
	end    int  // behind the phrase for what stands right of the trigger, its first unit for what stands left
	any    bool // there is a phrase at all
	whose  bool // the actors only say whose the phrase is: "Upland’s boats"
	behalf bool // whoever acts for the actors: "Upland’s envoy"
	loose  int  // how many words were passed over
}

// longestList is how many names a list may join; everybody in it is paired with everybody else.
const longestList = 16

// object reads the noun phrase that begins at i: "the Upland foreign minister, Amir Lorne", "Mirea, Corvia and Dast".
func (s *sentence) object(i int) side {
	if named, ok := s.named(s.phrase(i, 5)); ok {
		return named
	}
	return s.list(i, false)
}

// list reads names that commas and "and" join. Where it must have two, as behind "between", a verb behind the last does
// not make that the subject of a new clause.
func (s *sentence) list(i int, two bool) side {
	first := s.phrase(i, 5)
	if len(first.actors) == 0 {
		return first
	}
	out, more := first, []int(nil)
	for at := first.end; len(more) < longestList; {
		comma, and := s.at(at) == ",", false
		next := at
		if comma {
			next++
		}
		if s.at(next) == "and" || s.at(next) == "or" || s.at(next) == "&" {
			and = true
			next++
		}
		if !comma && !and {
			return out
		}
		if s.predicate(next) || s.regular(next) || formerly[s.at(next)] || formerly[s.at(next+1)] {
			return out // "attacked Upland and closed …"
		}
		item := s.phrase(next, 2)
		if len(item.actors) == 0 && and && item.any {
			out.actors = append(append([]int(nil), out.actors...), more...) // "Upland, Mirea and a dozen bands"
			return out
		}
		if len(item.actors) == 0 || and && !(two && len(more) == 0) && s.predicate(item.end) {
			return out // "attacked Upland and Lowland replied"
		}
		more = append(more, item.actors...)
		if and {
			out.actors, out.end = append(append([]int(nil), out.actors...), more...), item.end
			return out
		}
		at = item.end
	}
	return out
}

// predicate reports whether the words at i look like a verb of a new clause.
func (s *sentence) predicate(i int) bool {
	w := s.at(i)
	if being[w] || having[w] || possibly[w] || future[w] || auxiliary[w] {
		return true
	}
	for _, e := range s.words[w] {
		if e.form&(third|past) != 0 && s.matches(i, e) {
			return true
		}
	}
	return false
}

// regular reports whether the word at i has the form of a regular verb's past.
func (s *sentence) regular(i int) bool {
	w := s.at(i)
	return len(w) > 4 && strings.HasSuffix(w, "ed")
}

// phrase reads one noun phrase without a list. The last name of the phrase is its head; a name that only says whose
// stands in for a head that is no actor.
func (s *sentence) phrase(i, slack int) side {
	out := side{end: i}
	var whose []int
	for ; i < len(s.units); i++ {
		u := s.units[i]
		switch {
		case u.actor() && s.at(i+1) == "-" && i+2 < len(s.units) && s.units[i+2].attached:
			i += 2 // "Upland-backed …"
			out.any = true
			continue
		case u.actor() && u.modifier:
			whose, out.any = u.actors, true
			out.end = i + 1
			continue
		case u.actor():
			if s.at(i+1) == "'s" || s.at(i+1) == "’" {
				whose, out.any, out.end = u.actors, true, i+2
				i++
				continue
			}
			if s.is(i+1, acting) && !s.predicate(i+1) {
				whose, out.any, out.end = u.actors, true, i+1 // "the Rowers delegation"
				continue
			}
			out.actors, out.end, out.any = u.actors, i+1, true
			return out
		case determiners[u.low], adverb(u.low):
			continue
		case u.low == "of" && out.loose > 0 && (partitive[s.at(i-1)] || whose == nil && (s.is(i-1, acting) || s.is(i-1, role))):
			whose = nil // "the Upland town of Orvelle", "officials of Upland"
			continue
		case u.low == "and" && out.loose > 0 && whose == nil && s.at(i+1) != "" && !s.units[i-1].actor() && !s.predicate(i+1):
			continue // "senior and junior Upland officials"
		case prepositions[u.low] || clauses[u.low] || punctuation(u.low) || u.low == "and" || s.predicate(i) && whose != nil:
		case being[u.low] || having[u.low] || possibly[u.low] || future[u.low] || u.low == "such" && s.at(i+1) == "as":
		case out.loose > 0 && s.forms(i)&continuous != 0: // "militias targeting Upland"
		case out.loose < slack:
			out.loose++
			out.any = true
			out.end = i + 1
			continue
		}
		break
	}
	e, ok := s.entry(out.end-1, role)
	if ok && !e.person || whose != nil && bands[s.at(out.end-1)] {
		return out // who "Upland’s allies" or "Uplandish militias" are is not said
	}
	out.actors, out.behalf = whose, whose != nil && (s.acts(out.end-1) && !arms[s.at(out.end-1)] || ok)
	out.whose = whose != nil && !out.behalf
	return out
}

// A reading is what stands left of a verb: its subject and how the verb is told.
type reading struct {
	side
	mode graph.Mode
}

// subject reads the words before the verb at i leftwards: auxiliaries and adverbs, then the noun phrase.
func (s *sentence) subject(i int) reading {
	r := reading{mode: graph.Actual}
	for k := i - 1; k >= s.started; k-- {
		w := s.at(k)
		switch {
		case w == "":
			if s.actor(k) {
				return s.settle(r, k)
			}
			return r
		case r.verbal(w):
		case s.at(k-1) == "in" && manners[w]:
			k-- // "which in turn accused"
		case w == "to":
			e, at, ok := s.chained(k - 1)
			if !ok {
				return s.purpose(r, k)
			}
			r.tell(e.mode)
			k = at
		case w == ",":
			return s.overApposition(r, k)
		case w == "who" || w == "which" || w == "that":
			return s.adjacent(r, k-1)
		case w == "and" && s.forms(i)&s.forms(k-1)&(base|continuous) != 0 && s.forms(i)&past == 0:
			before := s.subject(k - 1) // "to degrade and defeat"
			before.tell(r.mode)
			return before
		case w == "and" || w == "then":
			return s.reach(r, k-1)
		default:
			return s.settle(r, k)
		}
	}
	return r
}

// purpose reads what stands before "to" and a verb that no other verb takes: somebody's efforts, or a whole clause.
func (s *sentence) purpose(r reading, to int) reading {
	e, tried := s.entry(to-1, effort)
	if tried || s.is(to-1, noun) {
		if a, ok := s.owner(to - 1); ok {
			r.tell(e.mode)
			r.side = a
			return r
		}
	}
	if !s.foremost(to) {
		r.tell(graph.Planned)
	}
	if s.actor(to - 1) {
		k := s.leftEdge(to-1) - 1
		if s.predicate(k) || prepositions[s.at(k)] && s.predicate(k-1) {
			return s.adjacent(r, to-1) // "urged A to", "called on A to"
		}
	}
	return s.reach(r, to-1)
}

// foremost reports whether "to" follows "the first country" or the like: what comes is done.
func (s *sentence) foremost(to int) bool {
	for k := to - 1; k >= s.started && k >= to-3; k-- {
		if w := s.at(k); w == "first" || w == "last" || w == "only" || w == "latest" {
			return true
		}
	}
	return false
}

// verbal takes in an auxiliary, a negation or an adverb, and reports whether the word is one.
func (r *reading) verbal(w string) bool {
	if negations[w] {
		r.tell(graph.Denied)
	}
	if possibly[w] {
		r.tell(graph.Hypothetical)
	}
	if future[w] {
		r.tell(graph.Planned)
	}
	return being[w] || having[w] || auxiliary[w] || negations[w] || possibly[w] || future[w] || adverb(w)
}

var modeWeight = map[graph.Mode]int{graph.Planned: 1, graph.Hypothetical: 2, graph.Denied: 3}

// tell notes a mode; a denial outweighs a possibility, and this a plan.
func (r *reading) tell(m graph.Mode) {
	if modeWeight[m] > modeWeight[r.mode] {
		r.mode = m
	}
}

// chained reports whether the word at i is a verb that takes another with "to": "plans to".
func (s *sentence) chained(i int) (entry, int, bool) {
	for adverb(s.at(i)) || s.at(i) == "not" {
		i--
	}
	e, ok := s.entry(i, chain)
	return e, i, ok
}

// owner returns whose the noun at i is: "Upland's …", "the Upland …", "its …", with a few words between.
func (s *sentence) owner(i int) (side, bool) {
	for k, loose := i-1, 0; k >= s.started && loose <= 4; k-- {
		u := s.units[k]
		switch {
		case u.actor() && (u.modifier || k == i-1):
			return side{actors: u.actors, end: k, any: true, loose: loose}, true
		case (u.low == "'s" || u.low == "’") && s.actor(k-1):
			return side{actors: s.units[k-1].actors, end: k - 1, any: true, loose: loose}, true
		case u.actor() && s.at(k+1) == "-":
			return side{}, false
		case prepositions[u.low] || clauses[u.low] || determiners[u.low] || punctuation(u.low) && u.low != "-" || s.predicate(k):
			return side{}, false
		}
		loose++
	}
	return side{}, false
}

// forms returns which forms of verbs of the lexicon the word at i can be.
func (s *sentence) forms(i int) inflection {
	var out inflection
	for _, e := range s.words[s.at(i)] {
		out |= e.form
	}
	return out
}

// adjacent reads the name that ends at k or before a comma there, whatever stands before it.
func (s *sentence) adjacent(r reading, k int) reading {
	comma, who := s.at(k) == ",", s.at(k+1) == "who" || s.at(k+1) == "whom"
	if comma {
		k--
	}
	a, at, ok := s.head(k)
	if !ok {
		a, at, ok = s.described(k)
	}
	if ok && (comma && !who || !s.somewhere(a, at, who)) {
		r.side = side{actors: a, end: at, any: true}
	}
	return r
}

// described returns who stands before a comma and a description that ends at k: "A, a movement that seized".
func (s *sentence) described(k int) ([]int, int, bool) {
	for n := 0; n < 5; n++ {
		if w := s.at(k); w == "" || prepositions[w] || clauses[w] || punctuation(w) || w == "and" || s.predicate(k) {
			return nil, 0, false
		}
		k--
		if w := s.at(k); w == "a" || w == "an" || w == "the" {
			if s.at(k-1) != "," {
				return nil, 0, false
			}
			return s.head(k - 2)
		}
	}
	return nil, 0, false
}

// somewhere reports whether the name that begins at a unit only says where somebody is: "militias in A that attacked",
// "a fellow at A who led".
func (s *sentence) somewhere(actors []int, at int, who bool) bool {
	switch s.at(at - 1) {
	case "in", "from", "near", "across":
	case "at", "with", "of", "for":
		if !who {
			return false
		}
	default:
		return false
	}
	return len(s.only(actors, func(k graph.ActorKind) bool {
		return k != graph.State && k != graph.Place && (!who || k != graph.Organisation && k != graph.Outlet)
	})) == 0
}

// settle reads the noun phrase that ends at k as the subject.
func (s *sentence) settle(r reading, k int) reading {
	if k < s.started {
		return r
	}
	if a, at, ok := s.head(k); ok {
		if s.at(at-1) == "," && s.is(at-2, role) && s.at(at-3) == "," {
			return s.settle(r, at-4) // "A, commander, B met"
		}
		if p := s.beforePreposition(at); p >= 0 {
			if prev, prevAt, ok := s.head(p); ok {
				a, at = prev, prevAt
			} else if s.at(p+1) != "of" || !s.acts(p) && !s.is(p, role) {
				return r
			}
		}
		r.side = s.listLeft(side{actors: a, end: at, any: true})
		s.condition(&r)
	}
	return r
}

// head returns the actors of the noun phrase whose last word is at k, and where it begins.
func (s *sentence) head(k int) ([]int, int, bool) {
	if k < s.started {
		return nil, 0, false
	}
	if u := s.units[k]; u.actor() {
		if u.modifier {
			return nil, 0, false
		}
		return u.actors, s.leftEdge(k), true
	}
	if !s.acts(k) {
		return nil, 0, false
	}
	if o, ok := s.owner(k); ok {
		return o.actors, s.leftEdge(o.end), true
	}
	return nil, 0, false
}

// leftEdge passes over what belongs to a name on its left: titles, adjectives, whose.
func (s *sentence) leftEdge(k int) int {
	for loose := 0; k > s.started && loose < 5; loose++ {
		w := s.at(k - 1)
		if w == "of" && s.is(k-2, role) {
			k -= 2 // "Secretary of State"
			continue
		}
		if w == "" && !(s.actor(k-1) && s.units[k-1].modifier) || prepositions[w] || clauses[w] || w == "and" ||
			punctuation(w) && w != "-" || s.predicate(k-1) {
			break
		}
		k--
	}
	return k
}

// beforePreposition returns the unit before the preposition that a noun phrase at k hangs on, or -1.
func (s *sentence) beforePreposition(k int) int {
	if w := s.at(k - 1); k-1 > s.started && prepositions[w] && !conjunctions[w] && !members[w] {
		return k - 2
	}
	return -1
}

// named returns who is named behind what is only said to be somebody's: "his predecessor, Amir Lorne".
func (s *sentence) named(a side) (side, bool) {
	at := a.end
	if s.at(at) != "," || a.loose == 0 || len(a.actors) > 0 && !a.whose && !a.behalf || strings.HasSuffix(s.at(at-1), "s") {
		return side{}, false
	}
	at++
	for titles[s.at(at)] {
		at++
	}
	if !s.actor(at) || s.units[at].modifier || at+1 < len(s.units) && !punctuation(s.at(at+1)) && !clauses[s.at(at+1)] && !conjunctions[s.at(at+1)] {
		return side{}, false
	}
	return side{actors: s.units[at].actors, end: at + 1, any: true, loose: a.loose}, true
}

// listLeft adds the names that a list joins to the subject: "Mirea, Corvia and Dast".
func (s *sentence) listLeft(a side) side {
	k := a.end - 1
	if s.at(k) != "and" {
		return a
	}
	for k--; ; k-- {
		if s.at(k) == "," {
			k--
		}
		more, at, ok := s.head(k)
		if !ok || s.beforePreposition(at) >= 0 {
			return a
		}
		a.actors = append(append([]int(nil), more...), a.actors...)
		a.end, k = at, at-1
		if s.at(k) != "," {
			return a
		}
	}
}

// condition notes an "if" before the subject.
func (s *sentence) condition(r *reading) {
	for k := r.end - 1; k >= s.started && k >= r.end-3; k-- {
		if conditions[s.at(k)] {
			r.tell(graph.Hypothetical)
		}
	}
}

// several reports whether more than one is meant by the mention at i, so that a verb's plain form may follow.
func (s *sentence) several(i int) bool {
	return s.actor(i) && !s.units[i].modifier && (len(s.units[i].actors) > 1 || s.at(i-1) == "and" && s.actor(i-2))
}

// widestApposition is how many units may stand between the commas of "A, commander of B, met".
const widestApposition = 25

// overApposition passes over what stands between the comma at k and the one before it.
func (s *sentence) overApposition(r reading, k int) reading {
	for i := k - 1; i >= s.started && i >= k-widestApposition; i-- {
		switch w := s.at(i); {
		case w == ";" || w == ":" || being[w] && i == k-1:
			return r
		case w == "," && (appositive[s.at(i+1)] || s.is(i+1, role) || adverb(s.at(i+1)) || s.regular(i+1) || s.actor(i+1) && s.units[i+1].modifier):
			return s.settle(r, i-1)
		}
	}
	return r
}

// reach goes left from k to the verb before this one, whose subject both have: "A met B and condemned C".
func (s *sentence) reach(r reading, k int) reading {
	for i := k; i >= s.started && i >= k-widestApposition; i-- {
		w := s.at(i)
		if (w == "who" || w == "which") && s.at(i-1) == "," {
			return s.adjacent(r, i-1) // "A, who calls himself B and is led by"
		}
		if w == ";" || w == ":" || clauses[w] && w != "or" {
			return r
		}
		if s.predicate(i) || s.several(i-1) && s.forms(i)&base != 0 || s.regular(i) && s.actor(i-1) && !s.units[i-1].modifier {
			for i > s.started && (s.predicate(i-1) || adverb(s.at(i-1)) || negations[s.at(i-1)]) {
				i--
			}
			before := s.subject(i)
			before.tell(r.mode)
			return before
		}
	}
	return r
}
