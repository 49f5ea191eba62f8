package actors

import (
	"strings"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A lexicon holds all that is known before a text is read: words with their properties, and the phrases made of them.
type lexicon struct {
	words   map[string]lexeme // by fold
	last    int32             // the highest number given to a word
	entries []entry
	byKey   map[string]int // key → index into entries

	names   *trie // values index endings
	endings []ending
	roles   *trie // values index roles
	bodies  *trie // values index bodies
}

// A lexeme is what is known of a folded word.
type lexeme struct {
	number int32 // what tries know it by; 0 if no phrase has it
	is     property
}

// An ending is where an entry's name ends in the trie, and how its words must be written.
type ending struct {
	entry int32
	as    usage
	name  string
	words []written // without hyphens
}

// A usage says what a form in the gazetteer stands for.
type usage uint8

const (
	asName usage = iota
	asAdjective
	asPeople // "Iranians"
	asSeat
)

// A written word is how the gazetteer writes it.
type written struct {
	shape shape
	form  string
}

func newLexicon(entries []entry) (*lexicon, error) {
	l := &lexicon{
		words:   make(map[string]lexeme, 1<<15),
		entries: entries,
		byKey:   make(map[string]int, len(entries)),
		names:   newTrie(), roles: newTrie(), bodies: newTrie(),
	}
	for p, list := range wordLists {
		for _, w := range strings.Fields(list) {
			l.mark(w, p)
		}
	}
	for _, line := range lines(wordsData) {
		for _, w := range strings.Fields(line) {
			l.mark(w, common)
		}
	}
	if err := readFirstNames(firstNamesData, l.mark); err != nil {
		return nil, err
	}
	for i, e := range entries {
		l.byKey[e.key] = i
		l.enter(i, e)
	}
	for i, r := range roles {
		l.phrases(l.roles, r.name+";"+r.also, i)
	}
	for i, b := range bodies {
		l.phrases(l.bodies, b.name+";"+b.also, i)
	}
	return l, nil
}

// mark gives a word a property.
func (l *lexicon) mark(word string, p property) {
	k := foldToken(word)
	x := l.words[k]
	x.is |= p
	l.words[k] = x
}

// number returns the number of a folded word, a new one if it has none yet.
func (l *lexicon) number(folded string) int32 {
	x := l.words[folded]
	if x.number == 0 {
		l.last++
		x.number = l.last
		l.words[folded] = x
	}
	return x.number
}

// enter adds all names of an entry, its first names as first names, and its seats.
func (l *lexicon) enter(i int, e entry) {
	l.name(e.name, i, asName)
	for _, a := range e.aliases {
		l.name(a, i, asName)
	}
	for _, a := range e.adjectives {
		l.name(a, i, asAdjective)
		if p := people(a); p != "" {
			l.name(p, i, asPeople)
		}
	}
	for _, s := range e.seats {
		l.name(s, i, asSeat)
	}
	if e.gender != unknownGender {
		if first, _, ok := strings.Cut(e.name, " "); ok {
			l.mark(first, map[gender]property{he: maleName, she: femaleName}[e.gender])
		}
	}
}

// people returns the plural by which an adjective's people are called, "" if it has none of its own.
func people(adjective string) string {
	if p, ok := peoples[adjective]; ok {
		return p
	}
	if strings.HasSuffix(adjective, "an") || strings.HasSuffix(adjective, "i") {
		return adjective + "s"
	}
	return ""
}

// peoples are those that are called otherwise.
var peoples = map[string]string{
	"Turkish": "Turks", "British": "Britons", "Danish": "Danes", "Swedish": "Swedes", "Finnish": "Finns", "Polish": "Poles",
	"Spanish": "Spaniards", "Croatian": "Croats", "Serbian": "Serbs", "Filipino": "Filipinos",
	"Greek": "Greeks", "Czech": "Czechs", "Tajik": "Tajiks", "Uzbek": "Uzbeks", "Kazakh": "Kazakhs", "Turkmen": "Turkmens",
}

func (l *lexicon) name(name string, entry int, as usage) {
	t := text.Parse(name, nil)
	var numbers []int32
	var words []written
	for k := range t.Tokens {
		if joins(t, k) {
			continue
		}
		form := t.Slice(t.Tokens[k].Span)
		numbers = append(numbers, l.number(foldToken(t.Tokens[k].Lower)))
		words = append(words, written{shapeOf(form), form})
	}
	if len(numbers) == 0 {
		return
	}
	l.names.add(numbers, int32(len(l.endings)))
	l.endings = append(l.endings, ending{int32(entry), as, name, words})
}

// phrases adds the forms of a role or body, which may be written in any case.
func (l *lexicon) phrases(to *trie, forms string, value int) {
	for _, form := range strings.Split(forms, ";") {
		t := text.Parse(strings.ReplaceAll(form, ".", ""), nil)
		var numbers []int32
		for k := range t.Tokens {
			if !joins(t, k) {
				numbers = append(numbers, l.number(foldToken(t.Tokens[k].Lower)))
			}
		}
		if len(numbers) > 0 {
			to.add(numbers, int32(value))
		}
	}
}

// foldToken folds a token's lower-case form; a clitic stays as it is.
func foldToken(lower string) string {
	switch {
	case lower == "":
		return lower
	case lower[0] == '\'':
		return lower
	case lower == "–", lower == "—", lower == "‐", lower == "‑":
		return "-"
	}
	return fold(lower)
}

// joins reports whether a token is a hyphen or dash with a word attached on each side: names are matched without it.
func joins(t *text.Text, k int) bool {
	return k+1 < len(t.Tokens) && t.Tokens[k].Class == text.Punct && foldToken(t.Tokens[k].Lower) == "-" &&
		t.Attached(k) && t.Attached(k+1)
}

// fits reports whether a word may stand for one in the gazetteer: capitals are needed where the gazetteer has them.
func (w written) fits(form string, s shape) bool {
	switch w.shape {
	case capital, initial:
		return s != small && s != other && (s != upper || len(w.form) != 2) // "Article XI" is not Xi
	case upper:
		return s == upper || s == initial && len(w.form) <= 2
	case mixed:
		return form == w.form || s == upper && len(form) > 3
	}
	return true
}
