package actors

import (
	"cmp"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A scene is one text while its cast is being found.
type scene struct {
	lexicon *lexicon
	text    *text.Text
	words   []word // one for each token

	publishedBy string // the outlet's name, folded

	people   []figure
	byEntry  map[int]int    // entry → index into people
	local    map[string]int // folded name that this text made known → index into people
	marks    []mark         // mentions found so far
	shorts   []short        // single words that may be names, to be decided once all full names are known
	classes  []mark         // mentions of nameless sources, kept apart until the others are resolved
	named    map[int]Named  // what a model takes for names, by first token
	speaking map[int]bool   // tokens of what a model takes for sources
	covers   []int32        // for each token, 1 + the index of the longest mark that holds it
}

// A word is what a token is to the lexicon.
type word struct {
	lexeme
	shape shape
	joins bool // a hyphen between two words
}

// A figure is an actor while the cast is being found.
type figure struct {
	Actor
	entry  int // index into the lexicon's entries, or -1
	gender gender
	weak   bool     // the gender is only what the first name suggests
	roles  []string // names of roles, from the text
	owner  int      // index into people, or -1
	body   string   // the name of the body that it is of its owner
	words  string   // the name, folded, with a space at each end; "" until it is needed
}

// A mark is a mention by tokens.
type mark struct {
	text.Range
	Mention
	owner  int    // whose office a person holds, or -1
	office string // the office or calling by which a person is meant who is not resolved yet, or is nameless
	body   string // the body that is meant, of an owner who is not resolved yet
	one    bool   // one nameless person, whom "he" may mean: "a Western diplomat"
}

// A short is a single capitalised word.
type short struct {
	at       int
	sentence int
	title    bool // in a sentence that is written like a title
}

func newScene(l *lexicon, t *text.Text) *scene {
	s := &scene{
		lexicon: l, text: t,
		words:   make([]word, len(t.Tokens)),
		byEntry: make(map[int]int),
		local:   make(map[string]int),
	}
	for i := range t.Tokens {
		k := &t.Tokens[i]
		s.words[i].lexeme = l.words[foldToken(k.Lower)]
		if k.Class == text.Punct {
			s.words[i].joins = joins(t, i)
			continue
		}
		s.words[i].shape = shapeOf(t.Source[k.Start:k.End])
	}
	return s
}

// known returns the figure of an entry, with its owners.
func (s *scene) known(entry int) int {
	if i, ok := s.byEntry[entry]; ok {
		return i
	}
	e := s.lexicon.entries[entry]
	owner := -1
	if e.owner != "" {
		owner = s.known(s.lexicon.byKey[e.owner])
	}
	i := len(s.people)
	s.byEntry[entry] = i
	s.people = append(s.people, figure{
		Actor: Actor{Name: e.name, Kind: e.kind, Canonical: e.key, Aliases: slices.Clone(e.aliases)},
		entry: entry, owner: owner, gender: e.gender,
	})
	return i
}

// unknown returns the figure of a name that the gazetteer lacks.
func (s *scene) unknown(name string, kind graph.ActorKind) int {
	key := foldName(name)
	if i, ok := s.local[key]; ok {
		return i
	}
	i := len(s.people)
	s.local[key] = i
	s.people = append(s.people, figure{Actor: Actor{Name: name, Kind: kind}, entry: -1, owner: -1})
	if kind == graph.Person {
		first, _, _ := strings.Cut(key, " ")
		switch s.lexicon.words[first].is & (femaleName | maleName) {
		case femaleName:
			s.people[i].gender, s.people[i].weak = she, true
		case maleName:
			s.people[i].gender, s.people[i].weak = he, true
		}
	}
	return i
}

// alias gives a figure one more name, and makes it known by it in this text.
func (s *scene) alias(who int, name string) {
	key := foldName(name)
	if known, ok := s.local[key]; ok && known == who {
		return
	}
	s.local[key] = who
	f := &s.people[who]
	if key == foldName(f.Name) || slices.ContainsFunc(f.Aliases, func(a string) bool { return foldName(a) == key }) {
		return
	}
	f.Aliases = append(f.Aliases, name)
}

// foldName folds a name of several words: initials and hyphens do not count.
func foldName(name string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -–—\t\n", r) }) {
		if shapeOf(w) == initial && strings.HasSuffix(w, ".") {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(fold(w))
	}
	return b.String()
}

// mark records a mention of tokens [first, last).
func (s *scene) mark(first, last, who int, m Mention) *mark {
	m.Actor = who
	m.Span = s.text.SpanOf(text.Range{First: first, Last: last})
	m.Modifier = m.Modifier || s.lower(last) == "'s"
	s.marks = append(s.marks, mark{Range: text.Range{First: first, Last: last}, Mention: m, owner: -1})
	return &s.marks[len(s.marks)-1]
}

// cover notes which mark holds each token, the longest first.
func (s *scene) cover() {
	slices.SortStableFunc(s.marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last))
	})
	s.covers = make([]int32, len(s.words))
	for i, m := range s.marks {
		for k := m.First; k < m.Last; k++ {
			if s.covers[k] == 0 {
				s.covers[k] = int32(i) + 1
			}
		}
	}
}

// at returns the longest mark that holds a token, or nil. It needs cover.
func (s *scene) at(token int) *mark {
	if token < 0 || token >= len(s.covers) || s.covers[token] == 0 {
		return nil
	}
	return &s.marks[s.covers[token]-1]
}

// lower returns a token's folded form, "" outside the text.
func (s *scene) lower(token int) string {
	if token < 0 || token >= len(s.text.Tokens) {
		return ""
	}
	return s.text.Tokens[token].Lower
}

// is reports whether a token exists and has one of the properties.
func (s *scene) is(token int, p property) bool {
	return token >= 0 && token < len(s.words) && s.words[token].is&p != 0
}

// surface returns the words of tokens [first, last) as written, with single spaces.
func (s *scene) surface(first, last int) string {
	return strings.Join(strings.Fields(s.text.Slice(s.text.SpanOf(text.Range{First: first, Last: last}))), " ")
}

// cast returns what has been found, the actors in the order of their first mention.
func (s *scene) cast() *Cast {
	slices.SortStableFunc(s.marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	s.marks = slices.CompactFunc(s.marks, func(a, b mark) bool { return a.Span == b.Span && a.Actor == b.Actor })
	c := &Cast{}
	index := make(map[int]int)
	var enter func(who int) int
	enter = func(who int) int {
		if i, ok := index[who]; ok {
			return i
		}
		i := len(c.Actors)
		index[who] = i
		c.Actors = append(c.Actors, s.people[who].Actor)
		c.Actors[i].Owner = -1
		if owner := s.people[who].owner; owner >= 0 {
			c.Actors[i].Owner = enter(owner)
		}
		return i
	}
	for _, m := range s.marks {
		m.Actor = enter(m.Actor)
		c.Mentions = append(c.Mentions, m.Mention)
	}
	return c
}
