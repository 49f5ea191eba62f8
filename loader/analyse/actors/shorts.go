package actors

import (
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// readShortNames decides what single capitalised words are: the surname or acronym of somebody named in full, or, if
// what stands around them tells, a name of their own.
func (s *scene) readShortNames() {
	all := make(map[string]evidence)
	for _, w := range s.shorts {
		if w.title {
			continue
		}
		e := all[s.lower(w.at)]
		e.add(s, w.at, s.text.Sentences[w.sentence].Range)
		all[s.lower(w.at)] = e
	}
	full := shortener{scene: s, bodies: make(map[string]int), outlets: make(map[string]int)}
	if words := strings.Fields(s.publishedBy); len(words) > 1 {
		full.outlets[words[len(words)-1]] = s.local[s.publishedBy]
	}
	for _, m := range slices.Backward(s.marks) { // one that is named in full only later is meant where no other is
		full.enter(m)
	}
	clear(full.bodies)
	for _, w := range s.shorts {
		if s.covers[w.at] != 0 {
			continue
		}
		sentence := s.text.Sentences[w.sentence].Range
		if who, ok := s.local[fold(s.lower(w.at))]; ok {
			if s.opens(w.at, sentence) && s.is(w.at, common) {
				continue
			}
			s.mark(w.at, w.at+1, who, Mention{Score: 0.85, Method: s.methodOf(who, w.at)})
			continue
		}
		if w.title || s.words[w.at].is&(notName|calendar) != 0 || all[s.lower(w.at)].amid == 0 && s.doubtful(w.at, sentence) {
			continue
		}
		if who, ok := full.body(w.at); ok {
			s.mark(w.at, w.at+1, who, Mention{Form: Nominal, Score: 0.7, Method: "name"})
			continue
		}
		kind := s.guessShort(w.at, all[s.lower(w.at)])
		if kind == "" {
			continue
		}
		s.mark(w.at, w.at+1, s.unknown(s.surface(w.at, w.at+1), kind), Mention{Score: 0.55, Method: "name"})
	}
}

// A shortener finds bodies named in full by the first or last word of their names, and outlets by the last: "the
// Foundation", "the Lantern".
type shortener struct {
	*scene
	next            int            // index of the first mark that is not read yet
	bodies, outlets map[string]int // by word
}

// body returns the body last named before a token whose name has the token's word at an end.
func (t *shortener) body(at int) (int, bool) {
	for ; t.next < len(t.marks) && t.marks[t.next].Last <= at; t.next++ {
		t.enter(t.marks[t.next])
	}
	if t.lower(at-1) != "the" {
		return 0, false
	}
	if who, ok := t.outlets[t.lower(at)]; ok {
		return who, true
	}
	who, ok := t.bodies[t.lower(at)]
	return who, ok && t.is(at, bodyCue)
}

// enter makes a name in full known by the words that may stand for it.
func (t *shortener) enter(m mark) {
	if m.Last-m.First < 2 || m.Actor < 0 {
		return
	}
	switch t.people[m.Actor].Kind {
	case graph.Organisation:
		t.bodies[t.lower(m.First)], t.bodies[t.lower(m.Last-1)] = m.Actor, m.Actor
	case graph.Outlet:
		t.outlets[t.lower(m.Last-1)] = m.Actor
	}
}

// methodOf says how a single word came to mean somebody.
func (s *scene) methodOf(who, at int) string {
	switch {
	case s.people[who].Kind == graph.Person:
		return "surname"
	case s.words[at].shape == upper:
		return "acronym"
	}
	return "name"
}

// doubtful reports whether a word's capital says nothing.
func (s *scene) doubtful(at int, sentence text.Range) bool {
	if s.isPaper(text.Range{First: at, Last: at + 1}) && !s.is(at, common) {
		return false // "Saba news agency"
	}
	return s.opens(at, sentence) && (s.is(at, common) || !s.is(at+1, saying)) || s.is(at, common|classModifier|bodyCue)
}

// Evidence is how often a single word stands where only names, places or speakers do.
type evidence struct{ amid, place, speaker, employer int }

func (e *evidence) add(s *scene, at int, sentence text.Range) {
	if !s.opens(at, sentence) {
		e.amid++
	}
	end, _ := s.longest(s.lexicon.roles, at+1, sentence.Last)
	switch {
	case end > at+1:
		e.employer++ // "Karvand director Sara Novak"
	case at > sentence.First && s.is(at-1, locative):
		e.place++
	case at+1 < sentence.Last && s.is(at+1, saying):
		e.speaker++
	}
}

// guessShort returns the likeliest kind of a single word that is a name, "" if nothing tells.
func (s *scene) guessShort(at int, e evidence) graph.ActorKind {
	before, word := s.lower(at-1), s.words[at]
	switch {
	case s.cited(at) || before == "a" || before == "an":
		return ""
	case s.isPaper(text.Range{First: at, Last: at + 1}):
		return graph.Outlet
	case s.employs(at - 1):
		return graph.Organisation
	case s.armed(at + 1):
		return ""
	case bands[s.lower(at+1)]:
		return graph.ArmedGroup
	case word.is&bodyCue != 0 && word.shape == capital && e.amid > 0:
		return graph.Organisation
	case word.is&(bodyCue|classModifier) != 0 || word.is&common != 0 && word.shape != upper:
		return ""
	case word.shape == mixed && !strings.HasPrefix(s.lower(at), "mc") && !strings.HasPrefix(s.lower(at), "mac") && e.place == 0:
		return graph.Organisation // "PetroMasila"
	case word.shape == upper && (strings.ContainsAny(s.lower(at), "0123456789") || strings.HasPrefix(s.lower(at), "r-") || strings.HasPrefix(s.lower(at), "d-")):
		return "" // "M4", "R-N.Y."
	case word.shape == upper && s.text.Tokens[at].Len() > 1:
		return graph.Organisation
	}
	if kind := s.hinted(at, at+1, surelyName); kind != "" {
		return kind
	}
	switch {
	case e.employer > 0:
		return graph.Organisation
	case e.place > e.speaker:
		return graph.Place
	case e.speaker > 0 || word.is&(maleName|femaleName) != 0:
		return graph.Person
	}
	if kind := s.hinted(at, at+1, likelyName); kind != "" || e.amid < 2 {
		return kind
	}
	return graph.Organisation
}

// employs reports whether a token calls what follows a firm or the like: "the security firm Ambrey".
func (s *scene) employs(at int) bool { return companies[s.lower(at)] }

var companies = wordSet("firm company consultancy charity watchdog start-up startup ngo conglomerate airline contractor", " ")

// armed reports whether a token calls what stands before it arms, or gives them their number: "Fateh missiles", "Fateh-110".
func (s *scene) armed(at int) bool {
	return arms[s.lower(at)] || s.lower(at) == "and" && s.capitalised(at+1) && arms[s.lower(at+2)] || at+1 < len(s.words) && s.words[at].joins && s.text.Tokens[at+1].Class == text.Number
}

// bands are small words for those who bear them.
var bands = wordSet("brigade brigades battalion battalions regiment militia militias", " ")

var arms = wordSet(`missile;missiles;drone;drones;rocket;rockets;rifle;rifles;tank;tanks;jet;jets;warplane;warplanes;helicopter;helicopters;
	uav;uavs;mortar;mortars;howitzer;howitzers;torpedo;torpedoes;ballistic;loitering`, ";")

// cited reports whether a token stands in round brackets that are more than a name's other form: what is cited there is
// the citations' to read.
func (s *scene) cited(at int) bool {
	if s.lower(at-1) == "(" && s.lower(at+1) == ")" {
		return false // an acronym, or an aside of one word
	}
	for i := at - 1; i >= 0 && at-i < 40; i-- {
		switch s.lower(i) {
		case "(":
			return i == 0 || s.words[i-1].shape != upper
		case ")", ".":
			return false
		}
	}
	return false
}

// readAcronyms makes known what the text puts in brackets behind a name, or before it: "Revolutionary Guards (IRGC)".
func (s *scene) readAcronyms() {
	s.cover()
	renamed := make(map[int]int) // figures that turn out to be the gazetteer's
	for i := 1; i+1 < len(s.words); i++ {
		switch {
		case s.lower(i) == "(" && i+2 < len(s.words) && s.lower(i+2) == ")":
			s.define(i-1, i+1, renamed)
		case s.lower(i) == "or" && s.lower(i-1) == ",":
			s.define(i-2, i+1, renamed)
		case s.lower(i) == "(" && s.words[i-1].shape == upper && s.covers[i-1] == 0:
			s.expand(i-1, i+1)
		}
	}
	s.readInitials(renamed)
	s.rename(renamed)
}

// readInitials makes the acronyms known that nobody explains, but whose letters begin the words of a name in the text.
func (s *scene) readInitials(renamed map[int]int) {
	const fewest = 3
	byLetters := make(map[string]int) // -1: of several
	for _, m := range s.marks {
		if m.Actor < 0 || m.Last-m.First < fewest || s.people[m.Actor].Kind == graph.Person {
			continue
		}
		letters := s.initials(m.Range)
		if other, ok := byLetters[letters]; ok && other != m.Actor {
			byLetters[letters] = -1
			continue
		}
		byLetters[letters] = m.Actor
	}
	for i := range s.words {
		if s.words[i].shape != upper || s.text.Tokens[i].Len() < fewest {
			continue
		}
		if who, ok := byLetters[fold(s.lower(i))]; ok && who >= 0 {
			s.shorten(who, i, renamed)
		}
	}
}

// initials returns the first letters of a name's capitalised words but for the article, folded.
func (s *scene) initials(name text.Range) string {
	var letters strings.Builder
	for i := name.First; i < name.Last; i++ {
		if w := fold(s.lower(i)); w != "" && w != "the" && s.words[i].shape == capital {
			letters.WriteByte(w[0])
		}
	}
	return letters.String()
}

// shorten makes the acronym at a token a name of a figure. If the gazetteer knows it as somebody's, they are the same, if their
// names are alike; else the text means the one whom it names in full: Rapid Support Forces, not Reporters Without Borders.
func (s *scene) shorten(who, acronym int, renamed map[int]int) {
	known := s.at(acronym)
	switch {
	case known == nil || known.Actor < 0:
	case known.Actor == who || known.Last-known.First > 1:
		return
	case s.people[who].entry < 0 && s.alike(who, known.Actor):
		s.alias(known.Actor, s.people[who].Name)
		renamed[who] = known.Actor
		return
	case !slices.ContainsFunc(s.marks, func(m mark) bool { return m.Actor == known.Actor && m.Last-m.First > 1 }):
		renamed[known.Actor] = who
	}
	s.alias(who, s.surface(acronym, acronym+1))
}

// alike reports whether half of the words of a figure's name are in another one's names.
func (s *scene) alike(who, other int) bool {
	var theirs []string
	for _, name := range append(slices.Clone(s.people[other].Aliases), s.people[other].Name) {
		theirs = append(theirs, strings.Fields(foldName(name))...)
	}
	words := strings.Fields(foldName(s.people[who].Name))
	same := 0
	for _, w := range words {
		if slices.ContainsFunc(theirs, func(v string) bool { return strings.TrimSuffix(v, "s") == strings.TrimSuffix(w, "s") }) {
			same++
		}
	}
	return 2*same >= len(words)
}

// define makes the acronym at a token known as a name of the figure marked before it.
func (s *scene) define(end, acronym int, renamed map[int]int) {
	m := s.at(end)
	if m == nil || m.Last != end+1 || m.Actor < 0 || s.words[acronym].shape != upper && s.words[acronym].shape != mixed {
		return
	}
	if s.people[m.Actor].Kind == graph.Person || s.at(acronym) != nil && s.at(acronym).Actor == m.Actor {
		return
	}
	if s.at(acronym) == nil || s.abbreviates(acronym, m.Range) {
		s.shorten(m.Actor, acronym, renamed)
	}
}

// expand makes the acronym at a token known as a name of the figure marked in the brackets behind it.
func (s *scene) expand(acronym, full int) {
	m := s.at(full)
	if m != nil && m.First == full && m.Actor >= 0 && s.lower(m.Last) == ")" && s.people[m.Actor].Kind != graph.Person &&
		s.abbreviates(acronym, m.Range) {
		s.alias(m.Actor, s.surface(acronym, acronym+1))
	}
}

// abbreviates reports whether an acronym's letters begin words of a name, in order.
func (s *scene) abbreviates(acronym int, name text.Range) bool {
	letters := fold(s.lower(acronym))
	k := 0
	for i := name.First; i < name.Last && k < len(letters); i++ {
		if w := fold(s.lower(i)); w != "" && w[0] == letters[k] {
			k++
		}
	}
	return k == len(letters)
}

// rename gives all mentions of figures to others, which they turn out to be.
func (s *scene) rename(renamed map[int]int) {
	if len(renamed) == 0 {
		return
	}
	for i := range s.marks {
		if to, ok := renamed[s.marks[i].Actor]; ok {
			s.marks[i].Actor = to
		}
	}
	for name, who := range s.local {
		if to, ok := renamed[who]; ok {
			s.local[name] = to
		}
	}
}
