package citations

import (
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// notes is the list of footnotes at the end of a text.
type notes struct {
	start    int              // where the list begins; everything from here on is notes
	numbered map[int][]Source //
}

var noteHeadings = set("notes note references reference sources endnotes footnotes citations bibliography")

// notesOf reads the footnotes: numbered paragraphs at the end, under a heading of their own or with the number in
// brackets.
func notesOf(t *text.Text) notes {
	n := notes{start: len(t.Source) + 1, numbered: map[int][]Source{}}
	for i := len(t.Paragraphs) - 1; i >= 0; i-- {
		p := t.Paragraphs[i]
		if p.Skipped {
			continue
		}
		number, rest, bracketed, ok := noteNumber(t.Source, p.Span)
		if !ok {
			label := strings.ToLower(strings.Trim(t.Source[p.Start:p.End], " :\r\n\t"))
			if noteHeadings[label] && len(n.numbered) > 0 {
				n.start = p.Start
				return n
			}
			break
		}
		if bracketed {
			n.start = p.Start
		}
		n.numbered[number] = noteSources(t.Source, rest)
	}
	if n.start > len(t.Source) {
		clear(n.numbered) // numbered paragraphs without a heading are a list of the article's own
	}
	return n
}

// noteNumber reads the number that a note begins with: "[3] …", "3. …", "3) …".
func noteNumber(src string, p text.Span) (number int, rest text.Span, bracketed, ok bool) {
	s := strings.TrimLeft(src[p.Start:p.End], " \t")
	at := p.End - len(s)
	if bracketed = strings.HasPrefix(s, "["); bracketed {
		s, at = s[1:], at+1
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	number, err := strconv.Atoi(s[:digits])
	if err != nil || digits > 3 || digits == len(s) || !strings.ContainsRune("].) ", rune(s[digits])) || bracketed && s[digits] != ']' {
		return 0, text.Span{}, false, false
	}
	return number, text.Span{Start: at + digits + 1, End: p.End}, bracketed, true
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
	p.form = publisher
	return sources(src, []part{p})
}

// holds reports whether an offset lies within the notes.
func (n notes) holds(at int) bool { return at >= n.start }

// cited returns the sources of the notes that a marker names: "[3]", "[1, 4]". The second result tells whether the
// bracket is such a marker.
func (n notes) cited(src string, b bracket) ([]Source, bool) {
	if !b.square || len(n.numbered) == 0 {
		return nil, false
	}
	var out []Source
	for _, s := range strings.Split(src[b.Start+1:b.End-1], ",") {
		number, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil {
			return nil, false
		}
		out = append(out, n.numbered[number]...)
	}
	return out, len(out) > 0
}
