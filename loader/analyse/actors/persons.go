package actors

import (
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// lastName reports whether a role ends a person's name: "King" in "Larry King".
func (r *reader) lastName(k int) bool {
	u := r.units[k]
	return u.Last == u.First+1 && r.capitalised(u.First) && r.is(u.First-1, maleName|femaleName) && r.units[k-1].what == wordUnit &&
		(k+1 == len(r.units) || r.units[k+1].gap != adjacent)
}

// person reads offices and the person who holds them, from the role at unit k. Without a person it marks the office
// itself if it has an owner.
func (r *reader) person(k, owner int) (int, bool) {
	start := k
	var said []string
	for k < min(len(r.units), start+longestName) && r.units[k].what == roleUnit && (k == start || r.units[k].gap == adjacent) && !r.partOfName(k) {
		said = append(said, roles[r.units[k].of].name)
		k++
	}
	if len(said) == 0 {
		return 0, false
	}
	if k < len(r.units) && (r.units[k].gap == adjacent || r.afterComma(k)) {
		if end, who, ok := r.titledName(k); ok {
			r.give(who, said, owner)
			return end, true
		}
	}
	office := said[0]
	if owner < 0 || !offices[office] || r.is(r.units[k-1].Last, classHead) {
		return k, owner >= 0 && !roles[r.units[start].of].before
	}
	m := r.mark(r.units[start].First, r.units[k-1].Last, -1, Mention{Form: Nominal, Score: 0.7, Method: "office"})
	m.owner, m.office = owner, office
	return k, true
}

// afterComma reports whether unit k names a person after a comma: "the foreign minister, Amir Khan Muttaqi".
func (r *reader) afterComma(k int) bool {
	u := r.units[k]
	return r.units[k-1].Last+1 == u.First && r.lower(u.First-1) == "," && u.what == nameUnit &&
		r.lexicon.entries[r.lexicon.endings[u.of].entry].kind == graph.Person
}

// titledName reads the person's name that follows a title.
func (r *reader) titledName(k int) (end, who int, ok bool) {
	u := r.units[k]
	if u.what == nameUnit {
		e := r.lexicon.entries[r.lexicon.endings[u.of].entry]
		if e.kind == graph.Person {
			r.name(k)
			return k + 1, r.known(int(r.lexicon.endings[u.of].entry)), true
		}
	}
	end = k
	for end < min(len(r.units), k+longestName) && r.units[end].what != roleUnit && (end == k || r.continues(end)) {
		end++
	}
	if end == k || r.title && end-k < 2 || r.cited(r.units[k].First) {
		return 0, 0, false
	}
	first, last := r.units[k].First, r.units[end-1].Last
	if r.units[end-1].what == bodyUnit || r.cue(first, last) != "" || !r.personLike(first, last) {
		return 0, 0, false
	}
	if last-first == 1 && u.what == nameUnit {
		return 0, 0, false
	}
	if last-first == 1 {
		if known, ok := r.local[foldName(r.surface(first, last))]; ok && r.people[known].Kind == graph.Person {
			r.mark(first, last, known, Mention{Score: 0.9, Method: "surname"})
			return end, known, true
		}
	}
	who = r.newPerson(first, last)
	r.mark(first, last, who, Mention{Score: 0.85, Method: "title"})
	return end, who, true
}

// personLike reports whether all words may belong to a person's name.
func (r *reader) personLike(first, last int) bool {
	if last-first > 9 {
		return false
	}
	for i := first; i < last; i++ {
		w := r.words[i]
		if w.is&(notName|classModifier) != 0 && w.is&(maleName|femaleName) == 0 || w.shape == upper && r.text.Tokens[i].Len() > 3 && !r.title {
			return false
		}
	}
	return r.words[first].shape != initial || last-first > 1
}

// give notes whose and which offices a person holds.
func (r *reader) give(who int, said []string, owner int) {
	f := &r.people[who]
	for _, name := range said {
		f.roles = union(f.roles, []string{name})
		for _, known := range roles {
			if known.name == name && known.gender != unknownGender && (f.gender == unknownGender || f.weak) {
				f.gender, f.weak = known.gender, false
			}
		}
	}
	if owner >= 0 && f.owner < 0 && f.entry < 0 && owner != who {
		f.owner = owner
	}
	if owner >= 0 && len(r.marks) > 0 && r.marks[len(r.marks)-1].Actor == who {
		r.marks[len(r.marks)-1].owner = owner
	}
}

// newPerson returns the figure for a person's full name, known from now on by the surname too.
func (s *scene) newPerson(first, last int) int {
	name := s.surface(first, last)
	if who, ok := s.samePerson(name); ok {
		s.alias(who, name)
		return who
	}
	who := s.unknown(name, graph.Person)
	s.surname(who, s.people[who].Name)
	return who
}

// samePerson finds a person of whom name is a variant: the same surname, and one first name shortens the other.
func (s *scene) samePerson(name string) (int, bool) {
	words := strings.Fields(foldName(name))
	if len(words) < 2 {
		return 0, false
	}
	who, ok := s.local[words[len(words)-1]]
	if !ok || s.people[who].Kind != graph.Person {
		return 0, false
	}
	theirs := strings.Fields(foldName(s.people[who].Name))
	if len(theirs) == 1 {
		if s.people[who].entry < 0 {
			s.people[who].Name = name
		}
		return who, true
	}
	return who, theirs[0] == words[0] || len(words) > 2 && len(theirs) == 2 && theirs[0] == words[1]
}

// surname makes a person known by the last name of a name.
func (s *scene) surname(who int, name string) {
	words := strings.Fields(foldName(name))
	for len(words) > 2 && (words[len(words)-1] == "jr" || words[len(words)-1] == "sr") {
		words = words[:len(words)-1]
	}
	if len(words) > 1 {
		s.local[words[len(words)-1]] = who
		if len(words) > 2 && s.lexicon.words[words[len(words)-2]].is&particle != 0 {
			s.local[strings.Join(words[len(words)-2:], " ")] = who
		}
	}
}
