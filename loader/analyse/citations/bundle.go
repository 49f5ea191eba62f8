package citations

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// bundle reads the inside of a bracket as parts that each name one source: names that hold commas are put together,
// dates and page numbers given to their names, and names joined by "and" parted.
func bundle(src string, inside text.Span, kinds Kinds) []part {
	var cut []part
	for _, p := range split(src, inside) {
		p.read(src)
		if n := len(cut) - 1; n >= 0 && p.sep == '/' && oneName(src, cut[n], p, kinds) {
			cut[n].Span.End = p.End
			cut[n].read(src)
			continue
		}
		cut = append(cut, p)
	}
	var out []part
	for i := 0; i < len(cut); i++ {
		p := cut[i]
		n := authors(cut[i:], src, kinds)
		if n == 0 {
			n = continued(src, cut[i:])
		}
		if n > 0 {
			last := cut[i+n]
			p.Span.End, p.words = last.Span.End, wordsBetween(cut[i:i+n+1])
			p.date, p.exact, p.open = last.date, last.exact, last.open
			i += n
		}
		if len(out) > 0 && p.sep != ';' && attach(&out[len(out)-1], p, src, kinds) {
			continue
		}
		out = append(out, p.parted(src)...)
	}
	out = datesFirst(out)
	for i := range out {
		p := &out[i]
		p.authors = p.authored(src, kinds)
		p.text = p.text || p.authors > 0 || p.numbered()
	}
	return out
}

// oneName reports whether a slash stands within a name that the kinds know: "RFE/RL".
func oneName(src string, a, b part, kinds Kinds) bool {
	if kinds == nil || len(a.words) == 0 || len(b.words) == 0 {
		return false
	}
	left, right := a.words[len(a.words)-1], b.words[0]
	end := right.End
	for _, clitic := range []string{"'s", "’s"} {
		end -= len(right.s) - len(strings.TrimSuffix(right.s, clitic))
	}
	return kinds(src[left.Start:end]) != "" && kinds(left.s) == "" && kinds(src[right.Start:end]) == ""
}

// wordsBetween returns the words of all parts, which follow each other.
func wordsBetween(parts []part) []word {
	var out []word
	for _, p := range parts {
		out = append(out, p.words...)
	}
	return out
}

// continued returns how many of the following parts still belong to the name of the first: "Ministry of Trade", "Industry
// and Mines". The last of them holds an "and", and none of them stands for itself.
func continued(src string, parts []part) int {
	first := parts[0]
	if first.date != (text.Span{}) || !first.whole() {
		return 0
	}
	for n := 1; n < len(parts); n++ {
		p := parts[n]
		if p.sep != ',' || p.form != neutral && p.form != publisher || p.form == publisher && !hasDocument(p.words) {
			return 0
		}
		if strings.Contains(src[p.Start:p.End], " and ") || strings.Contains(src[p.Start:p.End], " & ") {
			return n
		}
		if p.date != (text.Span{}) {
			return 0
		}
	}
	return 0
}

// whole reports whether the name is of the kind that goes on over commas: "Ministry of …", "Bureau for …".
func (p part) whole() bool {
	for i, w := range p.words[:max(0, len(p.words)-1)] {
		if next := p.words[i+1].low; wholes[w.low] && (next == "of" || next == "for" || next == "on") {
			return true
		}
	}
	return false
}

func hasDocument(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return document[w.low] || documents[w.low] })
}

// attach adds to a source what is no source of its own: a date, a page, "Inc.", a title in quotation marks.
func attach(to *part, p part, src string, kinds Kinds) bool {
	switch {
	case p.repeats() || to.date != (text.Span{}) && p.isTime():
	case p.form == dateOnly && to.form == dateOnly || p.form == dateOnly && to.date != (text.Span{}) && to.open:
		to.date.End, to.exact, to.open = p.date.End, to.exact || p.exact, p.open && to.open
	case p.form == dateOnly && to.date == (text.Span{}):
		to.date, to.exact, to.open = p.date, p.exact, p.open
	case p.form == locator, p.form == other && len(p.words) == 1 && digits(p.words[0].s) && to.date != (text.Span{}) && !to.open:
		to.located = true
	case to.form >= neutral && (p.title && wholeTitle(src, p) || to.date == (text.Span{}) && (p.published() || p.sep == ',' && p.entitles(src, kinds))) ||
		len(p.words) == 1 && corporate[p.words[0].low]:
		to.words = append(slices.Clip(to.words), p.words...)
		to.title = to.title || p.title
		to.located = to.located || p.located
		to.text = to.text || p.entitles(src, kinds) || to.numbered()
		to.form = publisher
		if p.date != (text.Span{}) {
			to.date, to.exact, to.open = p.date, p.exact, p.open
		}
	default:
		return false
	}
	return true
}

// repeats reports whether the part stands for the source before it, or for nobody: "ibid.", "among others".
func (p part) repeats() bool {
	return len(p.words) == 1 && (p.words[0].low == "ibid" || p.words[0].low == "ibid." || p.words[0].low == "idem" || p.words[0].low == "others") ||
		len(p.words) == 2 && p.words[1].low == "others" && (p.words[0].low == "among" || p.words[0].low == "and")
}

// isTime reports whether the part is the time of day that goes with a date: "14:05 GMT".
func (p part) isTime() bool {
	if len(p.words) == 0 || len(p.words) > 3 || !isDigit(p.words[0].s[0]) || !strings.ContainsAny(p.words[0].s, ":.") {
		return false
	}
	return !slices.ContainsFunc(p.words[1:], func(w word) bool { return !statesAndUnits[w.low] })
}

var corporate = set("inc inc. ltd ltd. llc plc corp corp. co. jr jr. gmbh s.a.")

// published reports whether the part is what a body published, without the body: "annual report".
func (p part) published() bool {
	return p.form == nameless && document[lastNoun(p.words).low]
}

// wholeTitle reports whether the part is a title in quotation marks and nothing else but its date.
func wholeTitle(src string, p part) bool {
	s := strings.TrimSpace(src[p.Start:p.End])
	return strings.HasPrefix(s, "\"") || strings.HasPrefix(s, "“")
}

// parted divides a name at its "and" where both sides stand for themselves: "UNHCR and Human Rights Watch".
func (p part) parted(src string) []part {
	for i, w := range p.words {
		if w.low != "and" && w.s != "&" || i == 0 || i == len(p.words)-1 || p.title {
			continue
		}
		left, right := part{Span: p.Span, sep: p.sep, words: p.words[:i], lead: p.lead}, p
		right.sep, right.words = '&', p.words[i+1:]
		left.End, right.Start = w.Start, w.End
		definite := right.words[0].s == "the"
		left.classify(src)
		right.dropLead()
		right.classify(src)
		if definite && left.form >= nameless && right.form >= nameless || left.alone() && right.alone() ||
			left.form == acronym && len(left.words) == 1 && right.form == neutral && len(right.words) == 1 ||
			right.form == acronym && len(right.words) == 1 && left.form == neutral && len(left.words) == 1 {
			return append([]part{left}, right.parted(src)...)
		}
	}
	return []part{p}
}

// alone reports whether a name is complete by itself: an acronym, a body's name, a named text.
func (p part) alone() bool {
	if p.form == acronym {
		return true
	}
	words := p.words
	for len(words) > 0 && (documents[words[len(words)-1].low] || document[words[len(words)-1].low] || describing[words[len(words)-1].s]) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 {
		return false
	}
	if len(words) > 1 && wholes[words[0].low] && (words[1].low == "of" || words[1].low == "for") {
		return true
	}
	last := words[len(words)-1]
	return len(words) > 1 && bodies[last.low] && last.capitalised() || len(words) == 1 && len(p.words) > 1 && last.acronym()
}

// datesFirst gives a date that opens a bracket to the name behind it: "(July 2024, IRNA)".
func datesFirst(parts []part) []part {
	var out []part
	for i := 0; i < len(parts); i++ {
		p := parts[i]
		if p.form == dateOnly && i+1 < len(parts) && parts[i+1].form >= nameless && parts[i+1].date == (text.Span{}) {
			parts[i+1].date, parts[i+1].exact, parts[i+1].open = p.date, p.exact, p.open
			continue
		}
		out = append(out, p)
	}
	return out
}

// sources returns what the parts cite; every part must name a source.
func sources(src string, parts []part) []Source {
	var out []Source
	for _, p := range parts {
		if p.form < nameless || len(p.words) == 0 {
			continue
		}
		name := spanOf(p.words)
		if p.title {
			name.End = closeQuote(src, name.End)
		}
		out = append(out, Source{Name: name, Date: p.date, Granularity: p.granularity()})
	}
	return out
}

// closeQuote returns the offset behind the quotation mark that stands at end or behind a comma there, or end.
func closeQuote(src string, end int) int {
	rest := strings.TrimLeft(src[end:min(len(src), end+4)], ",.")
	r, n := utf8.DecodeRuneInString(rest)
	if strings.ContainsRune("\"”’'", r) {
		return end + len(src[end:min(len(src), end+4)]) - len(rest) + n
	}
	return end
}

// granularity tells how exactly the part names its source.
func (p part) granularity() graph.Granularity {
	last := lastNoun(p.words)
	switch {
	case p.form == nameless:
		return graph.Anonymous
	case p.title || p.located || p.exact || slices.ContainsFunc(p.words, word.url):
		return graph.OneDocument
	case slices.ContainsFunc(p.words, func(w word) bool { return documents[w.low] }) && !(p.text && document[last.low]):
		return graph.Bundle
	case p.text:
		return graph.OneDocument
	case document[last.low] && !last.capitalised() || document[last.low] && p.date != (text.Span{}):
		return graph.OneDocument
	}
	return graph.OneOrganisation
}

// wordBefore returns the word that ends at or before i, as written.
func wordBefore(src string, i int) string {
	before := strings.TrimRightFunc(src[max(0, i-64):i], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(around, r) })
	if k := strings.LastIndexFunc(before, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(—", r) }); k >= 0 {
		_, n := utf8.DecodeRuneInString(before[k:])
		return before[k+n:]
	}
	return before
}
