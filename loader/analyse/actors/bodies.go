package actors

import (
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// owner returns the figure that unit k names and that may own bodies and offices.
func (r *reader) owner(k int) (int, bool) {
	e := r.lexicon.endings[r.units[k].of]
	switch r.lexicon.entries[e.entry].kind {
	case graph.State, graph.ArmedGroup, graph.Organisation, graph.Outlet:
		return r.known(int(e.entry)), e.as != asPeople
	}
	return 0, false
}

// owned reads a name together with the body or office that is its: "Iran’s parliament", "Taliban foreign minister".
func (r *reader) owned(k int) (int, bool) {
	owner, ok := r.owner(k)
	if !ok || k+1 == len(r.units) {
		return 0, false
	}
	next := r.units[k+1]
	if next.gap == apart && !r.onlyBetween(r.units[k].Last, next.First) && !r.runs(k) {
		return 0, false
	}
	switch next.what {
	case bodyUnit:
		if next.gap == apart && !r.runs(k) || r.goesOn(k+1) {
			return 0, false
		}
		described := r.is(next.Last, classHead|classHeadOne)
		if described && !strings.HasPrefix(bodies[next.of].name, "Ministry") {
			return 0, false // "Iranian security officials" are Iran's, whatever their service
		}
		who := r.bodyFigure(owner, bodies[next.of])
		r.modifier(k)
		r.mark(r.units[k].First, next.Last, who, Mention{Form: Nominal, Modifier: described, Score: 0.9, Method: "body"})
		if k+2 < len(r.units) && r.units[k+2].what == roleUnit && r.units[k+2].gap != apart {
			r.marks[len(r.marks)-1].Modifier = true
			if end, ok := r.person(k+2, who); ok {
				return end, true
			}
		}
		return k + 2, true
	case roleUnit:
		if r.partOfName(k+1) || r.is(next.Last, classHead) {
			return 0, false
		}
		end, ok := r.person(k+1, owner)
		if !ok {
			return 0, false
		}
		r.modifier(k)
		return end, true
	}
	return 0, false
}

// runs reports whether "-run" or the like stands behind unit k: "the Taliban-run Ministry of Defence".
func (r *reader) runs(k int) bool {
	at := r.units[k].Last
	return r.units[k+1].First == at+2 && r.words[at].joins && (r.lower(at+1) == "run" || r.lower(at+1) == "led" || r.lower(at+1) == "controlled")
}

// goesOn reports whether a body is the middle of a longer name: "Naval Forces" in "U.S. Naval Forces Central Command".
func (r *reader) goesOn(k int) bool {
	return r.capitalised(r.units[k].First) && k+1 < len(r.units) && r.units[k+1].gap == adjacent &&
		r.units[k+1].what != roleUnit && r.capitalised(r.units[k+1].First)
}

// beforeOffice are words between an owner and an office.
var beforeOffice = wordSet("new former newly elected then late senior acting interim visiting own current outgoing incoming "+
	"top chief military political first second 's long-time longtime caretaker", " ")

// onlyBetween reports whether tokens [first, last) are few and only say which holder of an office is meant.
func (r *reader) onlyBetween(first, last int) bool {
	if last-first > 4 {
		return false
	}
	for i := first; i < last; i++ {
		if !beforeOffice[r.lower(i)] && !r.words[i].joins {
			return false
		}
	}
	return true
}

// modifier marks unit k, a name, as one that only says whose.
func (r *reader) modifier(k int) {
	if m := r.name(k); m != nil {
		m.Modifier = true
	}
}

// bodyOf reads a body with its owner behind it: "Ministry of Foreign Affairs of Iran".
func (r *reader) bodyOf(k int) (int, bool) {
	u := r.units[k]
	if k+1 == len(r.units) || r.units[k+1].what != nameUnit || r.is(u.Last, classHead) {
		return 0, false
	}
	next := r.units[k+1]
	at := u.Last
	if r.lower(at) != "of" && r.lower(at) != "in" {
		return 0, false
	}
	at++
	if r.lower(at) == "the" {
		at++
	}
	owner, ok := r.owner(k + 1)
	if bodies[u.of].name == "" && !r.capitalised(u.First) && r.lexicon.endings[next.of].as != asSeat {
		return 0, false
	}
	if as := r.lexicon.endings[next.of].as; !ok || at != next.First || as != asName && (as != asSeat || r.lower(u.Last) != "in") {
		return 0, false
	}
	who := r.bodyFigure(owner, bodies[u.of])
	m := r.mark(u.First, next.Last, who, Mention{Form: Nominal, Score: 0.9, Method: "body"})
	if r.lower(u.Last) == "in" {
		m.Range.Last, m.End = u.Last, r.text.Tokens[u.Last-1].End
	}
	r.modifier(k + 1)
	return k + 2, true
}

// bodyFigure returns the figure of a state's or group's body: the gazetteer's if it has it.
func (s *scene) bodyFigure(owner int, b body) int {
	if b.name == "" {
		return owner
	}
	name := s.adjective(owner) + " " + b.name
	if who, ok := s.local[foldName(name)]; ok {
		return who
	}
	for _, form := range append([]string{b.name}, strings.Split(b.also, ";")...) {
		if form == "" {
			continue
		}
		if e, ok := s.lexicon.lookup(s.adjective(owner) + " " + form); ok {
			who := s.known(e)
			s.people[who].body = b.name
			s.local[foldName(name)] = who
			return who
		}
	}
	who := s.unknown(name, b.kind)
	f := &s.people[who]
	f.owner, f.body = owner, b.name
	return who
}

// adjective returns what stands for a figure before a noun.
func (s *scene) adjective(who int) string {
	f := s.people[who]
	if f.entry >= 0 && len(s.lexicon.entries[f.entry].adjectives) > 0 {
		return s.lexicon.entries[f.entry].adjectives[0]
	}
	return f.Name
}
