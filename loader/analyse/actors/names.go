package actors

import (
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A reader reads the names of one sentence from its units.
type reader struct {
	*scene
	sentence text.Sentence
	index    int
	units    []unit
	title    bool // written like a title: capitals say little
}

// readNames marks the names of a sentence, bodies and offices that are said by whose they are, and persons with titles.
func (s *scene) readNames(sentence int) {
	r := reader{scene: s, sentence: s.text.Sentences[sentence], index: sentence}
	r.units = s.units(r.sentence.Range)
	r.title = s.titled(r.sentence) || s.shouts(r.sentence.Range)
	for k := 0; k < len(r.units); {
		k = r.read(k)
	}
}

// titled reports whether most longer words of a sentence have a capital, and no full stop ends it.
func (s *scene) titled(sentence text.Sentence) bool {
	if s.lower(sentence.Last-1) == "." {
		return false
	}
	capitals, smalls := 0, 0
	for i := sentence.First; i < sentence.Last; i++ {
		if s.text.Tokens[i].Len() < 4 {
			continue
		}
		switch s.words[i].shape {
		case small:
			smalls++
		case capital, upper, mixed:
			capitals++
		}
	}
	return capitals >= 4 && smalls*3 <= capitals || sentence.Heading && capitals >= 2 && smalls <= capitals
}

// read reads what begins at unit k and returns the unit behind it.
func (r *reader) read(k int) int {
	u := r.units[k]
	switch u.what {
	case nameUnit:
		if next, ok := r.owned(k); ok {
			return next
		}
	case roleUnit:
		if next, ok := r.person(k, -1); ok {
			return next
		}
		if !r.partOfName(k) {
			return k + 1
		}
	case bodyUnit:
		if next, ok := r.bodyOf(k); ok {
			return next
		}
		if !r.partOfName(k) {
			return k + 1
		}
	}
	end := k + 1
	for end < min(len(r.units), k+longestName) && r.continues(end) {
		end++
	}
	return r.group(k, end)
}

// longestName is how many units a name has at most.
const longestName = 12

// continues reports whether unit k goes on with a name.
func (r *reader) continues(k int) bool {
	u := r.units[k]
	if u.gap != adjacent && u.gap != hyphen {
		return false
	}
	switch u.what {
	case roleUnit:
		return r.partOfName(k) || r.lastName(k)
	case bodyUnit:
		return r.capitalised(u.First) && r.capitalised(u.Last-1)
	case nameUnit:
		return u.gap == adjacent
	}
	return true
}

// lastName reports whether a role ends a person's name: "King" in "Larry King".
func (r *reader) lastName(k int) bool {
	u := r.units[k]
	return u.Last == u.First+1 && r.capitalised(u.First) && r.is(u.First-1, maleName|femaleName) && r.units[k-1].what == wordUnit &&
		(k+1 == len(r.units) || r.units[k+1].gap != adjacent)
}

// partOfName reports whether a role or body is a word of a longer name: "Justice" in "Justice Department".
func (r *reader) partOfName(k int) bool {
	u := r.units[k]
	if !r.capitalised(u.First) {
		return false
	}
	if u.what == bodyUnit {
		return true
	}
	return k+1 < len(r.units) && r.units[k+1].gap == adjacent && r.capitalised(r.units[k+1].First) &&
		r.is(r.units[k+1].First, bodyCue|outletCue|armedCue)
}

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
	s.surname(who)
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

// surname makes a person known by the last name.
func (s *scene) surname(who int) {
	words := strings.Fields(foldName(s.people[who].Name))
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
