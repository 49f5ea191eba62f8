package relations

import (
	"slices"
	"strings"
	"unicode"

	"github.com/claimgraph/claimgraph/graph"
)

// A side is who stands on one side of a trigger.
type side struct {
	actors []int
	end    int  // behind the phrase for what stands right of the trigger, its first unit for what stands left
	any    bool // there is a phrase at all
	whose  bool // the actors only say whose the phrase is: "Upland’s boats"
	behalf bool // whoever acts for the actors: "Upland’s envoy"
	about  bool // the actors only say what the phrase is about: "the Upland deal"
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
		if s.titled(next) || s.predicate(next) || s.is(next, verb) && s.forms(next)&base != 0 || s.regular(next) || formerly[s.at(next)] || formerly[s.at(next+1)] {
			return out // "attacked Upland and closed …"
		}
		item := s.phrase(next, 2)
		if len(item.actors) == 0 && and && item.any {
			out.actors = append(append([]int(nil), out.actors...), more...) // "Upland, Mirea and a dozen bands"
			return out
		}
		if len(item.actors) == 0 || and && !two && s.predicate(item.end) {
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

// titled reports whether the words at i begin the description of a person: "the director of".
func (s *sentence) titled(i int) bool {
	if !determiners[s.at(i)] {
		return false
	}
	e, ok := s.entry(i+1, role)
	return ok && e.person && s.at(i+2) == "of"
}

// predicate reports whether the words at i look like a verb of a new clause.
func (s *sentence) predicate(i int) bool {
	w := s.at(i)
	if w == "may" && s.units[i].capital && i > 0 {
		return false // the month
	}
	if being[w] || having[w] || possibly[w] || future[w] || auxiliary[w] || irregular[w] {
		return true
	}
	for _, e := range s.words[w] {
		if (e.form&past != 0 || e.form&third != 0 && (e.frame == verb || e.frame == chain)) && s.matches(i, e) {
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
	out, first := side{end: i}, i
	var whose []int
	for ; i < len(s.units); i++ {
		u := s.units[i]
		switch {
		case u.actor() && s.at(i+1) == "-" && i+2 < len(s.units) && s.units[i+2].attached:
			if out.any = true; s.units[i+2].modifier {
				whose = u.actors // "an Upland-Mirean academic"
			}
			i += 2 // "Upland-backed …"
			continue
		case u.actor() && u.modifier:
			whose, out.any = u.actors, true
			out.end = i + 1
			continue
		case u.actor():
			if genitive(s.at(i + 1)) {
				whose, out.any, out.end = u.actors, true, i+2
				i++
				continue
			}
			if s.is(i+1, acting) && !s.predicate(i+1) || s.compound(i+1) || s.eponym(i) {
				whose, out.any, out.end = u.actors, true, i+1 // "the Rowers delegation", "Upland government websites"
				continue
			}
			if e, ok := s.entry(i+1, role); ok && e.person && s.actor(i+2) && s.person(s.units[i+2].actors) {
				continue // "the Rowers leader Lorne"
			}
			out.actors, out.end, out.any = u.actors, i+1, true
			return out
		case apart[u.low] && out.any, moments[u.low]:
		case determiners[u.low], adverb(u.low), s.compounded(i):
			continue
		case s.roughly(i) > 0:
			i += s.roughly(i) - 1
			continue
		case u.low == "of" && out.loose > 0 && (partitive[s.at(i-1)] || sites[s.at(i-1)] || whose == nil && (s.is(i-1, acting) || s.is(i-1, role) || s.is(i-1, people) && !s.homeland(i+1))):
			whose = nil // "the Upland town of Orvelle", "officials of Upland"
			continue
		case inside[u.low] && out.loose > 0 && whose == nil && (sites[s.at(i-1)] || dwellers[s.at(i-1)] || governing[s.at(i-1)]),
			u.low == "with" && borders[s.at(i-1)]:
			whose = nil // "positions in northern Upland", "its border with Upland"
			continue
		case u.low == "of" && slack > 3 && out.loose > 0 && whose == nil && determiners[s.at(first)] && s.possession(i-1):
			if of := s.phrase(i+1, 3); len(of.actors) > 0 {
				return side{actors: of.actors, end: of.end, any: true, whose: true, about: matters[s.at(i-1)], loose: out.loose}
			}
		case u.low == "and" && out.loose > 0 && whose == nil && s.at(i+1) != "" && !s.units[i-1].actor() && !s.predicate(i+1):
			continue // "senior and junior Upland officials"
		case prepositions[u.low] || clauses[u.low] || punctuation(u.low) || u.low == "and" || s.predicate(i) && whose != nil:
		case being[u.low] || having[u.low] || possibly[u.low] || future[u.low] || u.low == "such" && s.at(i+1) == "as":
		case out.loose > 0 && s.forms(i)&continuous != 0: // "militias targeting Upland"
		case !out.any && strings.HasSuffix(u.low, "ing") && !adjectival[u.low] && !determiners[s.at(i-1)] && (s.actor(i+1) || s.actor(i+2)): // "opposes arming Upland"
		case out.loose < slack:
			out.loose++
			out.any = true
			out.end = i + 1
			continue
		}
		break
	}
	e, ok := s.entry(out.end-1, role)
	if ok && !e.person || whose != nil && (bands[s.at(out.end-1)] || unnamed[s.at(out.end-1)]) {
		return out // who "Upland’s allies" or "Uplandish militias" are is not said
	}
	if ok && s.allOf(graph.Place, whose) {
		return out // "the Orvelle senator"
	}
	out.actors, out.behalf = whose, whose != nil && (s.acts(out.end-1) && !arms[s.at(out.end-1)] || ok)
	out.whose = whose != nil && !out.behalf
	out.about = out.whose && matters[s.at(out.end-1)] && !s.possessed(out.end-1)
	return out
}

// roughly returns how many words at i only say that a number is not exact: "more than", "as many as".
func (s *sentence) roughly(i int) int {
	for _, words := range approximations {
		n := 0
		for n < len(words) && s.at(i+n) == words[n] {
			n++
		}
		if w := s.at(i + n); n == len(words) && (w == "a" || w == "one" || numeral(w)) {
			return n
		}
	}
	return 0
}

// numeral reports whether a word is a number, or one of the words for many.
func numeral(w string) bool {
	return w != "" && (w[0] >= '0' && w[0] <= '9' || numbers[w] > 0 || counts[w])
}

// possession reports whether the noun at i names something that somebody has, not what happens to them: "the policies of A",
// not "the killing of A", "the idea of A".
func (s *sentence) possession(i int) bool {
	w := s.at(i)
	deed := slices.ContainsFunc([]string{"ing", "ion", "ment", "al", "ance", "ence", "ure", "ath", "sis"}, func(end string) bool { return strings.HasSuffix(w, end) })
	return len(w) > 3 && !s.units[i].capital && !deed && !s.is(i, noun) && !s.is(i, people) && !ideas[w] && !uncertain[w] && !lacking[w] && s.forms(i) == 0
}

// homeland reports whether a state or place stands at i, behind an article perhaps: for it "militias of Upland" do not stand.
func (s *sentence) homeland(i int) bool {
	for determiners[s.at(i)] {
		i++
	}
	return s.actor(i) && len(s.only(s.units[i].actors, func(k graph.ActorKind) bool { return k != graph.State && k != graph.Place })) == 0
}

// possessed reports whether somebody has the noun at i, so that it is theirs: "Upland’s deal", "its deal".
func (s *sentence) possessed(i int) bool {
	for k := i - 1; k >= s.started && k >= i-4; k-- {
		if genitive(s.at(k)) || s.actor(k) && s.units[k].pronoun {
			return true
		}
	}
	return false
}

// compound reports whether the words at i are nouns that make the name before them say whose or which they are: "the
// Upland websites, …", "the Upland boat race".
func (s *sentence) compound(i int) bool {
	if !s.common(i) {
		return false
	}
	if e, ok := s.entry(i, noun); ok && e.typ == graph.Aid {
		return false // "sent Upland rifles"
	}
	w := s.at(i)
	switch s.cast.Actors[s.units[i-1].actors[0]].Kind {
	case graph.Outlet:
		return false // "the Varda website"
	case graph.Place, graph.State:
		if partitive[w] || sites[w] {
			return false // "the Orvelle area"
		}
	}
	if s.common(i + 1) {
		i++
	}
	next := s.at(i + 1)
	return i+1 == len(s.units) || punctuation(next) && next != "-" || prepositions[next] || clauses[next] || next == "and" || s.predicate(i+1)
}

// eponym reports whether the person named at i only gives a name to something: "Lorne Tower".
func (s *sentence) eponym(i int) bool {
	if i+1 >= len(s.units) || !s.person(s.units[i].actors) || s.units[i].pronoun {
		return false
	}
	w := s.at(i + 1)
	return s.units[i+1].capital && letters(w) && len(w) > 2 && !s.function(w) && !ofDate(w) && s.forms(i+1) == 0
}

// common reports whether the word at i can hardly be anything but a noun that names neither who acts nor a deed.
func (s *sentence) common(i int) bool {
	w := s.at(i)
	return len(w) >= 3 && !s.units[i].capital && letters(w) && !s.function(w) && !apart[w] && !adverb(w) && s.forms(i) == 0 &&
		!strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "ing") && !irregular[w] && !s.is(i, role) && !s.is(i, acting) && !s.is(i, people)
}

// function reports whether a word only joins others.
func (*sentence) function(w string) bool {
	return determiners[w] || prepositions[w] || clauses[w] || w == "and" || being[w] || having[w] || auxiliary[w] ||
		negations[w] || possibly[w] || future[w] || possessives[w]
}

func letters(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}

// A reading is what stands left of a verb: its subject and how the verb is told.
type reading struct {
	side
	mode    graph.Mode
	turns   graph.RelationType // what the verb before makes of it: "threatened to", "refused to"
	turned  *unit              // that verb
	waiting bool               // it is told of a time to come: "once A attacks"
	unknown bool               // somebody does it of whom only the trade is said: "gunmen"
	owners  []int              // whose they are who stand left of a verb if nobody acts there: "an Upland mill"
	plain   bool               // the verb has its plain form, as one before that it is joined to must have
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
		case s.aside(k - 1):
			k-- // "which in turn accused", "A on Tuesday accused"
		case w == "to" && (determiners[s.at(k+1)] || s.actor(k+1)):
			return s.settle(r, k) // "due to its work as"
		case w == "to":
			e, at, ok := s.chained(k - 1)
			if !ok {
				if s.at(k-1) != "yet" {
					return s.purpose(r, k)
				}
				e.mode, at = graph.Denied, k-1 // "has yet to"
			}
			if s.at(k-1) == "not" {
				r.tell(graph.Denied) // "decided not to"
			}
			r.take(e, &s.units[at])
			k = at
		case w == ",":
			return s.overApposition(r, k)
		case w == "who" || w == "which" || w == "that":
			return s.adjacent(r, k-1)
		case w == "and" && s.forms(i)&s.forms(k-1)&(base|continuous) != 0 && s.forms(i)&past == 0:
			before := s.subject(k - 1) // "to degrade and defeat"
			before.follow(r)
			return before
		case w == "and" || w == "then":
			r.plain = s.forms(i) == base && k == i-1
			return s.reach(r, k-1)
		default:
			left := s.leftEdge(k)
			r.unknown = strangers[w] || s.acts(k) || s.at(left-1) == "of" && strangers[s.at(left-2)] // "thousands of believers"
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
			r.take(e, &s.units[to-1])
			r.side = a
			return r
		}
		if s.opposed(to - 1) {
			return r // "opposed efforts to"
		}
	}
	switch {
	case s.at(to-1) == "not":
		r.tell(graph.Denied)
	case s.rallied(&r, to): // "marched through Orvelle to denounce"
	case tried && e.mode == graph.Actual: // "enhance efforts to"
	case !s.foremost(to) && !s.done(to):
		r.tell(graph.Planned)
	}
	before := to - 1
	if s.at(before) == "not" {
		before--
	}
	if s.actor(before) {
		k := s.leftEdge(before) - 1
		if s.predicate(k) || addressing[s.at(k)] && s.predicate(k-1) || s.at(k) == "by" && s.regular(k-1) {
			// "urged A to", "called on A to", "used by A to", but "visited Orvelle to"
			asked := s.adjacent(r, before)
			if len(asked.actors) == 0 || !s.allOf(graph.Place, asked.actors) {
				return asked
			}
		}
	}
	return s.reach(r, to-1)
}

// opposed reports whether somebody is against what the noun at i names.
func (s *sentence) opposed(i int) bool {
	for k := i - 1; k >= s.started && k >= i-4; k-- {
		for _, e := range s.words[s.at(k)] {
			if e.frame == verb && (e.typ == graph.Reject || e.typ == graph.Accuse) {
				return true
			}
		}
	}
	return false
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

// rallied notes the verb of a protest before "to".
func (s *sentence) rallied(r *reading, to int) bool {
	for k := to - 1; k >= s.started && k >= to-8 && !clauses[s.at(k)] && !punctuation(s.at(k)); k-- {
		if e, ok := s.entry(k, chain); ok && e.turns == graph.Protest {
			r.take(e, &s.units[k])
			r.tell(graph.Planned)
			return true
		}
	}
	return false
}

// done reports whether the verb before "to" says that what comes is done: "used boats to attack".
func (s *sentence) done(to int) bool {
	for k := to - 1; k >= s.started && k >= to-8; k-- {
		w := s.at(k)
		if factive[w] {
			return !s.is(k-1, chain) && s.at(k-1) != "to" && !future[s.at(k-1)] && !possibly[s.at(k-1)]
		}
		if clauses[w] || punctuation(w) || s.predicate(k) {
			return false
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

// take notes what a verb or noun before "to" makes of the verb behind it.
func (r *reading) take(e entry, by *unit) {
	r.tell(e.mode)
	if e.turns != "" && r.turns == "" {
		r.turns, r.turned = e.turns, by
	}
}

// follow notes what the words between two verbs with one subject make of the second.
func (r *reading) follow(second reading) {
	r.tell(second.mode)
	r.waiting = r.waiting || second.waiting
	if second.turns != "" {
		r.turns, r.turned = second.turns, second.turned
	}
}

// announced notes a threat or a promise before the subject, which ends at k: "A warned that it would attack", "A vowed its
// army would fight".
func (s *sentence) announced(r *reading, k int) {
	at := r.end - 1
	if s.at(at) == "that" {
		at--
	}
	e, ok := s.entry(at, chain)
	own := slices.ContainsFunc(s.units[r.end:k+1], func(u unit) bool { return u.pronoun })
	if ok && own && e.turns != "" && (r.mode == graph.Planned || r.mode == graph.Hypothetical) {
		r.mode = graph.Actual
		r.take(e, &s.units[at])
	}
}

// chained reports whether the word at i is a verb that takes another with "to": "plans to".
func (s *sentence) chained(i int) (entry, int, bool) {
	e, ok := s.entry(i, chain)
	for !ok {
		switch {
		case adverb(s.at(i)) || s.at(i) == "not":
			i--
		case s.aside(i - 1):
			i -= 2 // "pledged on Friday to"
		default:
			return e, i, false
		}
		e, ok = s.entry(i, chain)
	}
	return e, i, ok
}

// owner returns whose the noun at i is: "Upland's …", "the Upland …", "its …", with a few words between.
func (s *sentence) owner(i int) (side, bool) {
	armed := true // there are only words for arms between
	for k, loose := i-1, 0; k >= s.started && loose <= 4; k-- {
		u := s.units[k]
		switch {
		case u.actor() && armed && loose > 0 && s.at(k+1) != "-" && (k == s.started || s.function(s.at(k-1))):
			return side{actors: u.actors, end: k, any: true, loose: loose}, true // "an Upland drone strike"
		case u.actor() && s.at(k+1) == "-":
			return side{}, false // "an Upland-born minister"
		case u.actor() && (u.modifier || k == i-1):
			return side{actors: u.actors, end: k, any: true, loose: loose}, true
		case genitive(u.low) && s.actor(k-1):
			return side{actors: s.units[k-1].actors, end: k - 1, any: true, loose: loose}, true
		case prepositions[u.low] || clauses[u.low] || determiners[u.low] || punctuation(u.low) && u.low != "-" || s.predicate(k):
			return side{}, false
		}
		armed = armed && arms[u.low]
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
	if ok && who && !comma && len(s.only(a, func(k graph.ActorKind) bool { return k != graph.Organisation && k != graph.Outlet })) == 0 {
		return r // "the head of the Lake League who armed A"
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
	if s.actor(k) && s.units[k].modifier && s.actor(k-2) && (inside[s.at(k-1)] || s.at(k-1) == "of") {
		k -= 2 // "police in Upland", who are Upland’s
	}
	a, at, ok := s.head(k)
	if !ok && !punctuation(s.at(k)) {
		o, _ := s.owner(k)
		r.owners, r.end = o.actors, s.leftEdge(k)
		if s.condition(&r); s.at(r.end) == "no" {
			r.tell(graph.Denied)
		}
	} else if ok {
		if s.at(at-1) == "," && s.is(at-2, role) && s.at(at-3) == "," {
			return s.settle(r, at-4) // "A, commander, B met"
		}
		if p := s.beforePreposition(at); p >= 0 {
			if prev, prevAt, ok := s.head(p); ok {
				a, at = prev, prevAt
			} else if before := s.at(p - 1); !s.behalf(p) && (s.regular(p) || s.forms(p)&participle != 0) && before != "" && !being[before] && !having[before] && !s.function(before) && !punctuation(before) {
				if s.at(p+1) != "by" || !arms[before] {
					return s.settle(r, p-1) // "the delegation led by A met", but "bombs planted by A killed"
				}
			} else if !s.behalf(p) {
				r.unknown = strangers[s.at(p)] || s.acts(p)
				if o, ok := s.owner(p); ok {
					r.owners = o.actors
				} else if (sites[s.at(p)] || dwellers[s.at(p)]) && inside[s.at(p+1)] || (s.acts(p) || strangers[s.at(p)]) && s.at(p+1) == "from" {
					r.owners = a // "two villages in Upland", "migrants from Upland"
				}
				return r
			}
		}
		r.side = s.listLeft(side{actors: a, end: at, any: true})
		s.condition(&r)
		s.announced(&r, k)
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
	e, titled := s.entry(k, role)
	if !s.acts(k) && !(titled && e.person) {
		return nil, 0, false
	}
	if o, ok := s.owner(k); ok && (s.acts(k) || len(s.only(o.actors, func(k graph.ActorKind) bool { return k != graph.State })) == 0) {
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
		if w == "" && !(s.actor(k-1) && s.units[k-1].modifier) || pending[w] || prepositions[w] || clauses[w] || w == "and" ||
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

// behalf reports whether the noun at i stands for whom the preposition behind it leads to: "leaders of A", "thousands of A",
// "police in A".
func (s *sentence) behalf(i int) bool {
	switch w := s.at(i); s.at(i + 1) {
	case "of":
		return s.acts(i) || s.is(i, role) || partitive[w] || sites[w]
	case "from":
		return s.is(i, acting)
	case "in":
		return governing[w]
	}
	return false
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
	if s.at(k) != "and" || s.at(k-1) == "," && s.units[a.end].pronoun {
		return a // "…, and he attacked"
	}
	for k--; ; k-- {
		if s.at(k) == "," {
			k--
		}
		more, at, ok := s.head(k)
		if !ok && s.actor(k) && s.units[k].modifier {
			more, at, ok = s.units[k].actors, k, true // "Upland and Mirean troops"
		}
		if p := s.beforePreposition(at); !ok || p >= 0 && !s.behalf(p) {
			return a // but "leaders of Upland and Mirea"
		}
		a.actors = append(append([]int(nil), more...), a.actors...)
		a.end, k = at, at-1
		if s.at(k) != "," {
			return a
		}
	}
}

// farthestCondition is how many units before a subject an "if" may stand.
const farthestCondition = 8

// condition notes an "if" before the subject, or that it is not said to be so: "there is no evidence that A met B".
func (s *sentence) condition(r *reading) {
	for k := r.end - 1; k >= s.started && k >= r.end-farthestCondition; k-- {
		w := s.at(k)
		switch {
		case conditions[w]:
			r.tell(graph.Hypothetical)
			return
		case pending[w]:
			r.waiting = true
			return
		case w == "that" && ideas[s.at(k-1)] && (dismissed[s.at(k-2)] || dismissed[s.at(k-3)]):
			r.tell(graph.Denied)
			return
		case w == "that" && unproven[s.at(k-1)] && (s.at(k-2) == "no" || s.at(k-2) == "little" || s.at(k-2) == "any"):
			r.tell(graph.Denied)
			return
		case punctuation(w) || clauses[w] || s.predicate(k):
			return
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
	if s.actor(k-1) && !s.units[k-1].modifier && s.at(k-2) == "," {
		office := s.actor(k-3) && !s.units[k-3].capital && s.person(s.units[k-1].actors)
		if office || s.is(k-3, role) {
			return s.settle(r, k-1) // "the minister, A, met"
		}
	}
	for i := k - 1; i >= s.started && i >= k-widestApposition; i-- {
		switch w := s.at(i); {
		case w == ";" || w == ":" || being[w] && i == k-1:
			return r
		case w == "," && (appositive[s.at(i+1)] || prepositions[s.at(i+1)] || s.is(i+1, role) || adverb(s.at(i+1)) || s.regular(i+1) || s.actor(i+1) && s.units[i+1].modifier):
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
		if w == ";" || w == ":" || clauses[w] && w != "or" && !(r.plain && w == "who") {
			return r
		}
		if r.plain && s.forms(i)&base == 0 && !possibly[w] && !future[w] && !auxiliary[w] {
			continue // "wants to praise those who fought and thank T"
		}
		if s.predicate(i) || r.plain && s.at(i-1) == "to" || s.several(i-1) && s.forms(i)&base != 0 || s.regular(i) && s.actor(i-1) && !s.units[i-1].modifier {
			for i > s.started && (s.predicate(i-1) || adverb(s.at(i-1)) || negations[s.at(i-1)]) {
				i--
			}
			before := s.subject(i)
			before.follow(r)
			return before
		}
	}
	return r
}
