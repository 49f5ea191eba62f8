package citations

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// notes is the list of footnotes at the end of a text.
type notes struct {
	start    int              // where the list begins; everything from here on is notes
	numbered map[int][]Source //
	listed   text.Span        // a list under a heading that no marker points into
	sources  []Source         // what it names
}

var noteHeadings = set("notes note references reference sources endnotes footnotes citations bibliography")

// mostNotes is how many paragraphs a list of notes without numbers has at most.
const mostNotes = 200

// notesOf reads the footnotes: paragraphs at the end with a number each, under a heading of their own or with the number
// in brackets or raised; or without numbers, under a heading.
func notesOf(t *text.Text) notes {
	n := notes{start: len(t.Source) + 1, numbered: map[int][]Source{}}
	for i := len(t.Paragraphs) - 1; i >= 0; i-- {
		p := t.Paragraphs[i]
		if p.Skipped {
			continue
		}
		number, rest, marked, ok := noteNumber(t.Source, p.Span)
		if !ok {
			if isNoteHeading(t.Source, p.Span) && len(n.numbered) > 0 {
				n.start = p.Start
				return n
			}
			break
		}
		if marked {
			n.start = p.Start
		}
		n.numbered[number] = noteSources(t.Source, rest)
	}
	if n.start <= len(t.Source) {
		return n
	}
	clear(n.numbered) // Numbered paragraphs without a heading are a list of the article's own.
	return n.unnumbered(t)
}

func isNoteHeading(src string, p text.Span) bool {
	return p.Len() < 24 && noteHeadings[strings.ToLower(strings.Trim(src[p.Start:p.End], " :#*\r\n\t"))]
}

// unnumbered reads a list under a heading whose items have no numbers in the text, as web pages number them.
func (n notes) unnumbered(t *text.Text) notes {
	last := len(t.Paragraphs)
	for i := last - 1; i >= max(0, last-mostNotes); i-- {
		p := t.Paragraphs[i]
		if p.Skipped {
			continue
		}
		if !isNoteHeading(t.Source, p.Span) {
			if p.Len() > widest {
				return n
			}
			continue
		}
		number := 0
		for _, item := range t.Paragraphs[i+1:] {
			if item.Skipped {
				continue
			}
			number++
			n.numbered[number] = noteSources(t.Source, withoutBullet(t.Source, item.Span))
			n.sources = append(n.sources, n.numbered[number]...)
			n.listed = text.Span{Start: p.Start, End: item.End}
		}
		if number > 0 {
			n.start = p.Start
		}
		return n
	}
	return n
}

func withoutBullet(src string, p text.Span) text.Span {
	s := src[p.Start:p.End]
	p.Start += len(s) - len(strings.TrimLeft(s, "•●▪■◦‣►–—*-^↑ \t"))
	return p
}

// bibliography makes a list of sources that no marker points into one citation for all of the text.
func (f *finder) bibliography() {
	if f.pointed || len(f.notes.sources) == 0 {
		return
	}
	f.found = append(f.found, Citation{
		Span: f.notes.listed, Sources: f.notes.sources, Scope: f.sentences(0, len(f.text.Sentences)),
	})
}

// noteNumber reads the number that a note begins with: "[3] …", "3. …", "3) …", "³ …", "^ 3. …". The third result tells
// whether brackets or its height mark the number as a note's.
func noteNumber(src string, p text.Span) (number int, rest text.Span, marked, ok bool) {
	s := strings.TrimLeft(src[p.Start:p.End], " \t^↑")
	at := p.End - len(s)
	if raised, n := raisedNumber(s); n > 0 && n < len(s) {
		return raised, text.Span{Start: at + n, End: p.End}, true, true
	}
	if marked = strings.HasPrefix(s, "["); marked {
		s, at = s[1:], at+1
	}
	digits := len(s) - len(strings.TrimLeft(s[:min(len(s), 8)], "0123456789")) - max(0, len(s)-8)
	if digits < 1 || digits > 3 || digits == len(s) || !strings.ContainsRune("].) ", rune(s[digits])) || marked && s[digits] != ']' {
		return 0, text.Span{}, false, false
	}
	number, err := strconv.Atoi(s[:digits])
	return number, text.Span{Start: at + digits + 1, End: p.End}, marked, err == nil
}

// raised are the digits of footnote markers.
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// raisedDigit returns the value and the width of the raised digit that s begins with; the width is 0 if it does not.
func raisedDigit(s string) (digit, width int) {
	r, n := utf8.DecodeRuneInString(s)
	if r < '²' {
		return 0, 0
	}
	for value, d := range []rune(raised) {
		if r == d {
			return value, n
		}
	}
	return 0, 0
}

func raisedNumber(s string) (number, width int) {
	for width < len(s) && width < 9 {
		d, n := raisedDigit(s[width:])
		if n == 0 {
			break
		}
		number, width = 10*number+d, width+n
	}
	return number, width
}

// marked returns the brackets of a paragraph and, if there are notes, its raised markers: "¹", "²,³", "³⁻⁵".
func (f *finder) marked(p text.Span) []bracket {
	src := f.text.Source
	all := bracketsIn(src, p)
	if len(f.notes.numbered) == 0 {
		return all
	}
	for i := p.Start; i < p.End; {
		if src[i] < utf8.RuneSelf {
			i++
			continue
		}
		start := i
		for i < p.End {
			if _, n := raisedDigit(src[i:p.End]); n > 0 {
				i += n
			} else if n := raisedSeparator(src[i:p.End]); n > 0 && i > start {
				i += n
			} else {
				break
			}
		}
		if i == start {
			_, n := utf8.DecodeRuneInString(src[i:])
			i += n
			continue
		}
		if unit := strings.ToLower(wordBefore(src[p.Start:start], start-p.Start)); !powers[unit] {
			b := bracket{Span: text.Span{Start: start, End: i}, raised: true, paragraph: p}
			b.look(src)
			all = append(all, b)
		}
	}
	slices.SortStableFunc(all, func(a, b bracket) int { return a.Start - b.Start })
	return all
}

// powers are what a raised digit is an exponent of.
var powers = set("m km cm mm ft mi in sq n x r co")

// raisedSeparator returns the width of a mark between two raised digits that s begins with, or 0.
func raisedSeparator(s string) int {
	for _, mark := range []string{",", "⁻", "–", "-", " "} {
		if rest, ok := strings.CutPrefix(s, mark); ok {
			if _, n := raisedDigit(rest); n > 0 {
				return len(mark)
			}
		}
	}
	return 0
}

// noteSources reads a note: each stretch between semicolons names one source, up to its date or web address.
func noteSources(src string, s text.Span) []Source {
	var out []Source
	var one *part
	for _, p := range split(src, s) {
		p.read(src)
		if one != nil && p.sep == ';' {
			out = append(out, one.noted(src)...)
			one = nil
		}
		switch {
		case one == nil:
			one = &p
		case p.form == dateOnly && one.date == (text.Span{}):
			one.date, one.exact, one.open = p.date, p.exact, p.open
		case p.form == dateOnly && one.open && p.Start-one.date.End < 4:
			one.date.End, one.exact, one.open = p.date.End, one.exact || p.exact, false
		case p.form == locator || len(p.words) > 0 && p.words[0].url():
			one.located = true
		case one.date == (text.Span{}) && !one.located:
			one.words = append(one.words, p.words...)
			one.title = one.title || p.title
			one.text = one.text || len(p.words) > 1
			if p.date != (text.Span{}) {
				one.date, one.exact, one.open = p.date, p.exact, p.open
			}
		}
	}
	if one != nil {
		out = append(out, one.noted(src)...)
	}
	return out
}

// noted returns the source of a note, none if it holds no name.
func (p part) noted(src string) []Source {
	p.form, p.text = publisher, p.text || p.numbered()
	return sources(src, []part{p})
}

// holds reports whether an offset lies within the notes.
func (n notes) holds(at int) bool { return at >= n.start }

// cited returns the sources of the notes that a marker names: "[3]", "[1, 4]", "[2–5]", "³". The second result tells
// whether it is such a marker.
func (n notes) cited(src string, b bracket) ([]Source, bool) {
	if !b.square && !b.raised || len(n.numbered) == 0 {
		return nil, false
	}
	inside := src[b.Start+1 : b.End-1]
	if b.raised {
		inside = lowered(src[b.Start:b.End])
	}
	var out []Source
	for _, s := range strings.FieldsFunc(inside, func(r rune) bool { return r == ',' || r == ';' }) {
		s = strings.TrimPrefix(strings.TrimSpace(s), "note ")
		from, to, _ := strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
		first, err := strconv.Atoi(strings.TrimSpace(from))
		if err != nil {
			return nil, false
		}
		last := first
		if to != "" {
			if last, err = strconv.Atoi(strings.TrimSpace(to)); err != nil || last-first > mostNotes {
				return nil, false
			}
		}
		for ; first <= last; first++ {
			out = append(out, n.numbered[first]...)
		}
	}
	return out, len(out) > 0
}

// lowered writes raised digits as others.
func lowered(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		if d, n := raisedDigit(s); n > 0 {
			b.WriteByte(byte('0' + d))
			s = s[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		switch r {
		case '⁻', '–':
			r = '-'
		case ' ':
			r = ','
		}
		b.WriteRune(r)
		s = s[n:]
	}
	return b.String()
}
