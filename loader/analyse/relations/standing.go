package relations

import (
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var (
	formerly = set("former previous ex late future presumptive incoming prospective aspiring potential would-be possible then-president one-time erstwhile ousted onetime")
	titles   = set(`lt. lt gen. gen maj. maj col. col adm. adm brig. brig dr. dr mr. mr mrs. mrs ms. ms ayatollah sheikh shaikh mullah
		mawlawi maulvi haji hajji sayyed sayyid general lieutenant major colonel admiral brigadier sir imam grand`)
	businesses = set("company companies firm firms business store shop newspaper magazine website church university college hospital factory")
	taken      = set("become becomes became")
	members    = set("including include includes like namely")
	owning     = set("of for to at with")
	lesser     = set(`deputy vice assistant senior local regional provincial district field brigade battalion police military army
		mid-level top veteran a an one two several another other`)
	// departments have heads of their own: a "legal director" leads no more than that. The others only say which head.
	departments = set("director chief")
	whole       = set("new current longtime long-time first founding interim acting own")
)

// hyphen reads "A-backed T"; i is the word behind the hyphen.
func (s *sentence) hyphen(i int, e entry) (finding, bool) {
	if s.at(i-1) != "-" && s.at(i-1) != "–" || !s.actor(i-2) || !s.units[i].attached {
		return finding{}, false
	}
	other := s.phrase(i+1, 3)
	if len(other.actors) == 0 {
		other.actors = s.following(other.end)
	}
	f := finding{agents: s.units[i-2].actors, targets: other.actors, mode: graph.Actual, given: true}
	f.confidence = surely - perWord*float64(other.loose)
	if e.frame == hyphenTarget {
		f.agents, f.targets = f.targets, f.agents
	}
	return f, len(other.actors) > 0
}

// link reads the preposition at i between persons or a body and the body that they are from: "Lorne of the Lake League",
// "the Boat Office at the Lake League", "the League’s Boat Office", "1st Battalion, 2nd Regiment".
func (s *sentence) link(i int) (finding, bool) {
	f := finding{mode: graph.Actual, given: true, confidence: possible}
	k, w := i-1, s.at(i)
	if movers[s.at(k)] {
		if k--; s.at(k) == "," {
			k-- // "airmen, deployed from"
		}
	}
	if !s.actor(k) || s.units[k].pronoun || s.units[k].modifier && w != "'s" {
		return f, false
	}
	before := s.at(s.leftEdge(k) - 1)
	if w == "from" && k == i-1 && before != "" && !punctuation(before) && before != "by" && before != "with" && before != "and" {
		return f, false // "freed Lorne from the Rowers"
	}
	at := i + 1
	for determiners[s.at(at)] {
		at++
	}
	if !s.actor(at) || s.units[at].modifier || genitive(s.at(at+1)) {
		return f, false
	}
	f.agents, f.targets = s.units[k].actors, s.units[at].actors
	if w == "'s" {
		f.agents, f.targets = f.targets, f.agents
	}
	f.agents = s.only(f.agents, func(kind graph.ActorKind) bool {
		switch w {
		case "of":
			return kind == graph.Person || kind == graph.SourceClass
		case "from":
			return kind == graph.Person || kind == graph.SourceClass || kind == graph.Organisation
		}
		return kind == graph.Organisation || kind == graph.ArmedGroup
	})
	f.targets = s.only(f.targets, func(kind graph.ActorKind) bool { return kind == graph.Organisation || kind == graph.ArmedGroup })
	if len(f.agents) == 0 || len(f.targets) == 0 {
		return f, false
	}
	return f, w != "," || s.numbered(f.agents[0]) && s.numbered(f.targets[0])
}

// numbered reports whether an actor is a unit with a number for a name: "2nd Battalion".
func (s *sentence) numbered(a int) bool {
	name := s.cast.Actors[a].Name
	return name != "" && name[0] >= '0' && name[0] <= '9'
}

// role reads a noun that says what its bearer is to somebody: "T's leader A", "A, leader of T", "A is the leader of T".
func (s *sentence) role(i, end int, e entry) (finding, bool) {
	f := finding{mode: graph.Actual, confidence: surely}
	first, last := i, end
	whose, owned := s.owner(i)
	switch {
	case owned:
		if has := s.possessor(whose.end - 1); e.both && has.any {
			whose = has // "its Uplandish ally", "Mirea’s Uplandish ally"
		} else if e.person && has.any && s.person(has.actors) {
			return f, false // "Lorne’s Upland chairman"
		}
		first = whose.end
	case s.at(i-1) == "of":
		whose, _ = s.owner(i - 2) // "T's network of proxies"
		first = whose.end
	case owning[s.at(end)] && !(e.both && s.at(end) == "at"): // but "a partner at"
		whose = s.list(end+1, false)
		for _, w := range []string{"at", "with"} {
			if at := s.preposition(end, w, 6); len(whose.actors) == 0 && at >= 0 {
				whose, f.below = s.list(at+1, false), true // "director of research at the Lake League"
			}
		}
		last = whose.end
	case s.at(end) == "," && s.at(i-1) == ",":
		whose = s.phrase(end+1, 0) // "A, commander, T"
		last = whose.end
	}
	if len(whose.actors) == 0 || s.former(first, i) {
		return f, false
	}
	f.targets = whose.actors
	f.agents, f.mode, f.given = s.bearer(first, last)
	if whose.whose && e.both || whose.whose && businesses[s.at(whose.end-1)] || e.typ == graph.RivalOf && owned && s.ofKind(i) {
		return f, false
	}
	f.below = f.below || whose.whose || whose.behalf || s.lower(min(first, i), i)
	f.confidence -= perWord * float64(whose.loose)
	if len(f.agents) == 0 || e.person && (!s.person(f.agents) || s.person(f.targets)) {
		return f, false
	}
	return f, true
}

// possessor returns whose what begins behind k is: "its …", "Mirea’s …".
func (s *sentence) possessor(k int) side {
	if genitive(s.at(k)) {
		k--
	} else if !s.actor(k) || !s.units[k].pronoun || !s.units[k].modifier {
		return side{}
	}
	if !s.actor(k) {
		return side{}
	}
	return side{actors: s.units[k].actors, end: k, any: true}
}

// ofKind reports whether a name before the rival at i only says what kind of rival it is: "a Lake League rival".
func (s *sentence) ofKind(i int) bool {
	k := i - 1
	return s.actor(k) && (s.at(k-1) == "a" || s.at(k-1) == "an" || s.units[k].modifier && !s.units[k].pronoun) && len(s.only(s.units[k].actors, func(k graph.ActorKind) bool {
		return k != graph.Organisation && k != graph.SourceClass
	})) == 0
}

// former reports whether the words before the noun at i, or before whose it is, say that the role has ended: "former
// Upland minister", "Upland’s late leader", "ex-president".
func (s *sentence) former(first, i int) bool {
	for k := max(first-2, i-6); k < i; k++ {
		if formerly[s.at(k)] {
			return true
		}
	}
	return false
}

// lower reports whether the words from first to the noun at i, or those before, say that it is one of many or second to
// another: "a Rower commander", "deputy head of the Rowers", "the Rowers’ local chief".
func (s *sentence) lower(first, i int) bool {
	for k := max(first-2, i-6); k < i; k++ {
		if lesser[s.at(k)] && !s.actor(k) {
			return true
		}
	}
	return departments[s.at(i)] && s.common(i-1) && !whole[s.at(i-1)]
}

// bearer returns who has the role that the words from first to last describe: who is named right behind it, else before
// it, else behind a comma. Given tells that the sentence does not say it but takes it for granted.
func (s *sentence) bearer(first, last int) (bearers []int, mode graph.Mode, given bool) {
	if a := s.following(last); a != nil {
		return a, graph.Actual, true
	}
	if a, mode, given := s.preceding(first); a != nil {
		return a, mode, given
	}
	return s.afterComma(last), graph.Actual, true
}

// preceding returns who stands before a description: "A, a commander of T" (given), "A is a commander of T".
func (s *sentence) preceding(first int) (bearers []int, mode graph.Mode, given bool) {
	k := first - 1
	for determiners[s.at(k)] || adverb(s.at(k)) {
		k--
	}
	for n := 0; n < 3 && s.at(k) != "" && !punctuation(s.at(k)) && !s.predicate(k) && !prepositions[s.at(k)] && !clauses[s.at(k)]; n++ {
		k-- // "a senior commander of T"
	}
	if s.at(k) == "of" && (s.at(k-1) == "one" || strings.HasSuffix(s.at(k-1), "est")) {
		for k -= 2; determiners[s.at(k)] || adverb(s.at(k)); {
			k-- // "is one of T's allies", "the oldest of T's allies"
		}
	}
	if s.at(k) == "among" {
		k-- // "is among T's allies"
	}
	switch w := s.at(k); {
	case w == ",":
		k--
		if years(s.at(k)) && s.at(k-1) == "," {
			k -= 2 // "A, 45, a commander of T"
		}
		if s.at(k-1) == "of" && s.actor(k-2) && len(s.only(s.units[k-2].actors, func(k graph.ActorKind) bool { return k != graph.Person })) == 0 {
			k -= 2 // "A of Orvelle, an ally of T"
		}
		if s.actor(k) && !s.units[k].modifier {
			return s.units[k].actors, graph.Actual, true
		}
	case w == "as":
		r := s.reach(reading{mode: graph.Actual}, k-1)
		return r.actors, r.mode, false
	case being[w] || w == "became" || w == "remains" || w == "remain":
		r := s.subject(k + 1)
		if w == "became" || w == "remains" || w == "remain" {
			r = s.subject(k)
		}
		if negations[s.at(k+1)] {
			r.tell(graph.Denied)
		}
		return r.actors, r.mode, false
	}
	return nil, graph.Actual, false
}

// became reports whether the words before the noun at i say that somebody takes the role up: "became the leader of T".
func (s *sentence) became(i int) bool {
	for k := i - 1; k >= max(0, i-6) && !punctuation(s.at(k)); k-- {
		if taken[s.at(k)] {
			return true
		}
	}
	return false
}

// years reports whether a word can be somebody's age.
func years(w string) bool {
	return len(w) == 2 && w[0] >= '1' && w[0] <= '9' && w[1] >= '0' && w[1] <= '9'
}

// following returns who is named right behind a description: "leader A", "proxies such as A and B".
func (s *sentence) following(k int) []int {
	if s.at(k) == "," || s.at(k) == "—" || s.at(k) == "–" || s.at(k) == "-" {
		if !members[s.at(k+1)] && s.at(k+1) != "such" {
			return nil
		}
		k++
	}
	if s.at(k) == "such" && s.at(k+1) == "as" {
		return s.object(k + 2).actors
	}
	if members[s.at(k)] {
		o := s.object(k + 1)
		if len(o.actors) == 0 && s.at(o.end) == "by" {
			o = s.object(o.end + 1) // "including attacks by A and B"
		}
		return o.actors
	}
	for titles[s.at(k)] {
		k++
	}
	if !s.actor(k) || s.units[k].modifier {
		return nil
	}
	return s.units[k].actors
}

// afterComma returns who is named between commas behind a description: "the leader of T, A, …".
func (s *sentence) afterComma(k int) []int {
	if s.at(k) != "," {
		return nil
	}
	k++
	for titles[s.at(k)] {
		k++
	}
	if !s.actor(k) || s.units[k].modifier || k+1 < len(s.units) && !punctuation(s.at(k+1)) {
		return nil
	}
	return s.units[k].actors
}
