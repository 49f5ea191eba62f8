package citations

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A bracket is a pair of brackets with what stands around it.
type bracket struct {
	text.Span        // with the brackets
	square    bool   //
	raised    bool   // a raised number, without brackets
	ends      bool   // a sentence ends with it
	opens     bool   // nothing stands before it in its paragraph
	before    string // the word before it
	paragraph text.Span
}

// widest is how long a bracket may be, in bytes; deepest how far brackets nest.
const (
	widest  = 800
	deepest = 2
)

// bracketsIn returns the pairs of brackets of a paragraph by their start, outer before inner.
func bracketsIn(src string, paragraph text.Span) []bracket {
	var (
		out  []bracket
		open []int
	)
	for i := paragraph.Start; i < paragraph.End; i++ {
		switch c := src[i]; c {
		case '(', '[':
			open = append(open, i)
		case ')', ']':
			if len(open) == 0 {
				continue
			}
			start := open[len(open)-1]
			open = open[:len(open)-1]
			if (src[start] == '(') != (c == ')') || len(open) >= deepest || i-start > widest {
				continue
			}
			b := bracket{Span: text.Span{Start: start, End: i + 1}, square: c == ']', paragraph: paragraph}
			b.look(src)
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b bracket) int { return a.Start - b.Start })
	return out
}

// look sets what stands around the bracket.
func (b *bracket) look(src string) {
	b.before = wordBefore(src[b.paragraph.Start:b.Start], b.Start-b.paragraph.Start)
	before := strings.TrimSpace(src[max(b.paragraph.Start, b.Start-8):b.Start])
	b.opens = strings.TrimSpace(src[b.paragraph.Start:min(b.Start, b.paragraph.Start+8)]) == "" && before == ""
	after := src[b.End:min(b.paragraph.End, b.End+16)]
	next := strings.TrimLeft(after, "\"”’' \t\n")
	r, _ := utf8.DecodeRuneInString(next)
	switch {
	case next == "" || strings.ContainsRune(".!?;", r):
		b.ends = true
	case r == '(' || r == '[':
		b.ends = true // one of several
	default:
		mark, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, "\"”’'"))
		b.ends = strings.ContainsRune(".!?", mark) && unicode.IsUpper(r)
	}
}

// cites reads a bracket and reports whether it cites.
func cites(src string, b bracket, kinds Kinds) ([]Source, bool) {
	inside := text.Span{Start: b.Start + 1, End: b.End - 1}
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(src[inside.Start:inside.End]))
	if !unicode.IsLetter(first) && !unicode.IsDigit(first) && !strings.ContainsRune("\"“@", first) {
		return nil, false
	}
	parts := bundle(src, inside, kinds)
	if !weigh(src, parts, kinds).holds(b, src) {
		return nil, false
	}
	found := sources(src, parts)
	return found, len(found) > 0
}

// evidence is what speaks for a citation within the brackets.
type evidence struct {
	parts    int // all of them
	named    int // the parts that name anybody
	bodies   int // the parts that name a body or a text by their wording, or that the kinds know as such
	acronyms int //
	against  int // the parts that the kinds know as something that publishes nothing
	nameless int //
	authors  int // of texts that are named by these and their year

	dated     bool
	exact     bool // by the day
	lead      bool //
	semicolon bool //
	broken    bool // a part that no citation has
	single    []word
}

func weigh(src string, parts []part, kinds Kinds) evidence {
	e := evidence{parts: len(parts)}
	for _, p := range parts {
		e.dated = e.dated || p.date != (text.Span{}) || p.located
		e.exact = e.exact || p.exact
		e.lead = e.lead || p.lead
		e.semicolon = e.semicolon || p.sep == ';'
		switch p.form {
		case other, dateOnly, locator:
			e.broken = true
			continue
		case nameless:
			e.nameless++
			continue
		case publisher:
			e.bodies++
		case acronym:
			e.acronyms++
		}
		e.named++
		e.single = p.words
		e.authors += p.authors
		if kinds == nil || p.authors > 0 {
			continue
		}
		switch name := spanOf(p.words); kinds(src[name.Start:name.End]) {
		case graph.Outlet, graph.Organisation:
			if p.form != publisher {
				e.bodies++
			}
		case graph.State, graph.Place, graph.Person, graph.ArmedGroup:
			if p.form != publisher {
				e.against++
			}
		}
	}
	return e
}

// holds decides. A citation is all names; the vaguer they are, the more the place of the bracket must speak for it.
func (e evidence) holds(b bracket, src string) bool {
	switch {
	case e.broken || e.named+e.nameless == 0:
		return false
	case e.lead:
		return true
	case e.named == 0:
		return b.ends && !b.square
	case e.against > e.bodies:
		return false
	case b.square && !e.dated && e.bodies == 0:
		return false // "[the] [Trump] …": words put into a quotation
	case e.parts == 1 && e.glosses(b, src):
		return false
	case e.dated:
		return e.bodies+e.acronyms > 0 || e.exact || b.ends || e.authors > 1
	case e.parts > 1 && e.bodies == 0 && named[strings.ToLower(b.before)]:
		return false // "two parties (PUK, KDP)"
	case e.semicolon && (e.bodies > 0 || b.ends && e.against == 0):
		return true
	case e.parts > 1:
		return b.ends && 2*(e.bodies+e.acronyms) >= e.parts
	}
	return b.ends && e.bodies+e.acronyms > 0
}

// glosses reports whether a bracket with one name only gives another form of the name before it: "Islamic Revolutionary
// Guard Corps (IRGC)", "IRGC (Islamic Revolutionary Guard Corps)".
func (e evidence) glosses(b bracket, src string) bool {
	if b.before == "" || e.single == nil {
		return false
	}
	before := word{s: b.before, low: strings.ToLower(b.before)}
	if len(e.single) == 1 && e.single[0].acronym() {
		if named[before.low] || before.capitalised() && b.endsName(src) && e.bodies == 0 {
			return true
		}
		return spells(e.single[0].s, wordsOf(src, text.Span{Start: max(b.paragraph.Start, b.Start-160), End: b.Start}))
	}
	return len(e.single) > 1 && before.acronym() && spells(before.s, e.single)
}

// endsName reports whether no full stop or quotation mark parts the bracket from the word before it.
func (b bracket) endsName(src string) bool {
	before := strings.TrimRight(src[b.paragraph.Start:b.Start], " ")
	return !strings.HasSuffix(before, ".") && !strings.HasSuffix(before, ",")
}

// spells reports whether the last words begin with the letters of an acronym in order; words between may be left out.
func spells(acronym string, words []word) bool {
	letters := strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, acronym))
	for _, w := range words[max(0, len(words)-2*len(letters)-2):] {
		for _, piece := range strings.FieldsFunc(w.low, func(r rune) bool { return strings.ContainsRune("-–'’", r) }) {
			head, n := utf8.DecodeRuneInString(piece)
			if first, _ := utf8.DecodeRuneInString(letters); head == first && letters != "" {
				letters = letters[n:]
			}
		}
	}
	return letters == ""
}
