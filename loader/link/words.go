package link

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/kljensen/snowball/english"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
)

// A wording is what a claim says, taken apart for comparison.
type wording struct {
	content  []string // stems of the words that mean something, and actors; in order, with repeats
	actors   []graph.ID
	unusual  []string // stems of words that are not usual in lower case, so that they may be names; in order
	numbers  []number
	dates    map[dateUnit]string
	negated  bool // an odd number of negations
	leans    bool // holds pronouns whose meaning is not known
	passive  bool // something is done by somebody
	adjuncts int  // how many of the actors stand behind a preposition of place
}

// A number is a quantity and what there is so much of.
type number struct {
	value float64
	of    []string // the next two items of content: "stored rifles", "rifles that"
}

// A dateUnit is a part of a date.
type dateUnit string

const (
	year    dateUnit = "year"
	month   dateUnit = "month"
	day     dateUnit = "day"
	weekday dateUnit = "weekday"
)

// parse takes the words of a claim apart: terms, and IDs of actors.
func parse(words string) wording {
	r := reader{wording: wording{dates: make(map[dateUnit]string)}, tokens: strings.Fields(words)}
	r.dropHome()
	for r.at < len(r.tokens) {
		if !r.date() && !r.number() {
			r.word()
		}
	}
	r.negated = r.negations%2 == 1
	for _, a := range r.by { // who does it comes first
		r.actors = slices.Insert(r.actors, 0, a)
	}
	return r.wording
}

// A reader reads a claim from left to right.
type reader struct {
	wording
	tokens    []string
	at        int
	negations int
	by        []graph.ID
	before    string // the token before, folded
}

// dropHome drops the document that a claim which leans on its context is told apart by.
func (r *reader) dropHome() {
	n := len(r.tokens)
	if n < 2 || r.tokens[n-2] != "in" {
		return
	}
	if graph.ID(r.tokens[n-1]).Is(graph.KindDocument) {
		r.tokens, r.leans = r.tokens[:n-2], true
	}
}

func (r *reader) word() {
	token := r.tokens[r.at]
	r.at++
	defer func() { r.before = graph.Fold(token) }()
	if graph.ID(token).Is(graph.KindActor) {
		r.actor(graph.ID(token))
		return
	}
	folded := graph.Fold(token)
	switch {
	case negations[folded], contractions[folded]:
		r.negations++
		return
	case functionWords[folded]:
		return
	}
	stem := stemOf(folded)
	r.mean(stem)
	if !usual(stem) {
		r.unusual = append(r.unusual, stem)
	}
}

func (r *reader) actor(id graph.ID) {
	switch {
	case r.before == "by":
		r.by, r.passive = append(r.by, id), true
	case placing[r.before]:
		r.adjuncts++
		r.actors = append(r.actors, id)
	default:
		// Those behind prepositions stay behind the others, wherever in the sentence they are.
		r.actors = slices.Insert(r.actors, len(r.actors)-r.adjuncts, id)
	}
	r.mean(string(id))
}

// mean adds an item of content, which is also what the numbers just before it count.
func (r *reader) mean(item string) {
	r.content = append(r.content, item)
	for i := range r.numbers {
		if n := &r.numbers[i]; len(n.of) < counted {
			n.of = append(n.of, item)
		}
	}
}

// counted is how many items behind a number may be what it counts.
const counted = 2

// stemOf returns a word without its inflection and without what British and American spelling differ in.
func stemOf(folded string) string {
	if stem, ok := stems.Get(folded); ok {
		return stem
	}
	word := folded
	for _, s := range spellings {
		if stem, ok := strings.CutSuffix(word, s.british); ok && len(stem) >= s.after {
			word = stem + s.american
			break
		}
	}
	stem := english.Stem(word, false)
	stems.Add(strings.Clone(folded), stem)
	return stem
}

// stems are those of words that were met lately: the same few thousand make nearly all of the news.
var stems, _ = lru.New[string, string](1 << 13) // an error is for sizes below 1

// usual reports whether a word with that stem is one that news writes in lower case.
func usual(stem string) bool { return usualStems()[stem] }

var usualStems = sync.OnceValue(func() map[string]bool {
	usual := make(map[string]bool)
	for word := range actors.UsualWords() {
		usual[stemOf(word)] = true
	}
	return usual
})

var spellings = []struct {
	british, american string
	after             int // letters before it
}{
	{"isation", "ization", 3},
	{"isations", "izations", 3},
	{"ising", "izing", 4},
	{"ised", "ized", 4},
	{"ises", "izes", 4},
	{"ise", "ize", 4},
	{"yse", "yze", 3},
	{"ysed", "yzed", 3},
	{"our", "or", 3},
	{"ours", "ors", 3},
	{"oured", "ored", 3},
	{"ouring", "oring", 3},
	{"metre", "meter", 0},
	{"metres", "meters", 0},
	{"centre", "center", 0},
	{"centres", "centers", 0},
	{"defence", "defense", 0},
	{"licence", "license", 0},
	{"lled", "led", 3},
	{"lling", "ling", 3},
	{"programme", "program", 0},
	{"programmes", "programs", 0},
}

// number reads a number in digits or words, with its scale: "3500", "3 5 thousand" (3.5 thousand without its point),
// "thirty five hundred".
func (r *reader) number() bool {
	value, n := readNumber(r.tokens[r.at:])
	if n == 0 {
		return false
	}
	r.before = r.tokens[r.at+n-1]
	r.at += n
	r.numbers = append(r.numbers, number{value: value})
	return true
}

// readNumber returns the number that the tokens begin with, and how many of them it takes.
func readNumber(tokens []string) (value float64, n int) {
	value, n = readDigits(tokens)
	spelled := n == 0
	if spelled {
		value, n = readSpelled(tokens)
	}
	if n == 0 {
		return 0, 0
	}
	for n < len(tokens) {
		scale, ok := scales[graph.Fold(tokens[n])]
		if !ok {
			break
		}
		value *= scale
		n++
		if rest, used := readNumber(tokens[n:]); spelled && used > 0 && rest < scale { // "two thousand three hundred"
			return value + rest, n + used
		}
	}
	return value, n
}

// readDigits reads digits. Two numbers before a scale are one whose point was lost when the text was cut into words.
func readDigits(tokens []string) (value float64, n int) {
	if len(tokens) == 0 || !isDigits(tokens[0]) {
		return 0, 0
	}
	if len(tokens) > 2 && isDigits(tokens[1]) && len(tokens[1]) <= 2 {
		_, scaled := scales[graph.Fold(tokens[2])]
		if scaled || percents[graph.Fold(tokens[2])] {
			value, err := strconv.ParseFloat(tokens[0]+"."+tokens[1], 64)
			return value, ok(err, 2)
		}
	}
	value, err := strconv.ParseFloat(tokens[0], 64)
	return value, ok(err, 1)
}

func ok(err error, n int) int {
	if err != nil {
		return 0
	}
	return n
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != "" && len(s) <= 15
}

// readSpelled reads a number below one hundred in words, or the article before a scale: "a dozen".
func readSpelled(tokens []string) (value float64, n int) {
	if len(tokens) == 0 {
		return 0, 0
	}
	first := graph.Fold(tokens[0])
	if first == "a" || first == "an" {
		if len(tokens) > 1 && scales[graph.Fold(tokens[1])] > 0 {
			return 1, 1
		}
		return 0, 0
	}
	value, found := units[first]
	if !found {
		return 0, 0
	}
	if value >= 20 && len(tokens) > 1 {
		if unit := units[graph.Fold(tokens[1])]; unit >= 1 && unit < 10 {
			return value + unit, 2
		}
	}
	return value, 1
}

// date reads a month with the day and year beside it, a weekday, or a year.
func (r *reader) date() bool {
	token := graph.Fold(r.tokens[r.at])
	next := ""
	if r.at+1 < len(r.tokens) {
		next = graph.Fold(r.tokens[r.at+1])
	}
	switch {
	case weekdays[token]:
		r.dates[weekday] = token
	case isYear(token) && yearly[r.before]:
		r.dates[year] = token
	case isDay(token) && months[next] != "" && next != "may":
		r.dates[day] = token
	case months[token] != "" && (token != "may" && token != "march" || monthly[r.before] || isDay(r.before) || isYear(next)):
		r.dates[month] = months[token]
		if isDay(next) && r.dates[day] == "" {
			r.dates[day] = next
			r.at++
			if r.at+1 < len(r.tokens) && isYear(r.tokens[r.at+1]) {
				r.dates[year] = r.tokens[r.at+1]
				r.at++
			}
		}
	default:
		return false
	}
	r.before = token
	r.at++
	return true
}

func isDay(token string) bool {
	if len(token) > 2 || !isDigits(token) {
		return false
	}
	n, err := strconv.Atoi(token)
	return err == nil && n >= 1 && n <= 31
}

func isYear(token string) bool {
	return len(token) == 4 && isDigits(token) && (token[:2] == "19" || token[:2] == "20")
}
