package citations

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A form says what a part of a bracket is.
type form uint8

const (
	other     form = iota // a sentence, an aside, a number: not a part of a citation
	dateOnly              //
	locator               // "p. 12"
	nameless              // "media reports"
	neutral               // capitalised words that could be any name
	acronym               // "SOHR"
	publisher             // a body or a text by its wording: "… Watch", "… reports", a title, a web address
)

// A part is what stands between two separators of a bracket.
type part struct {
	text.Span
	words   []word    // less the date, the lead and the locator
	sep     byte      // the separator before it: ',' ';' '/' '&', 0 for the first
	form    form      //
	date    text.Span // its own
	exact   bool      // the date gives the day
	open    bool      // the date gives no year
	lead    bool      // "see", "according to"
	title   bool      // holds words in quotation marks
	located bool      // holds a locator
	text    bool      // names one text: by its title, its number, or its authors and year
	authors int       // of a text named by them and its year: "Kell and Lind, 2021"
}

// split cuts the inside of a bracket at its separators, outside of quotations, inner brackets, numbers and web addresses.
func split(src string, s text.Span) []part {
	var out []part
	start, sep, depth, quoted := s.Start, byte(0), 0, false
	cut := func(end int, next byte, skip int) {
		out = append(out, part{Span: text.Span{Start: start, End: end}, sep: sep})
		start, sep = end+skip, next
	}
	for i := s.Start; i < s.End; {
		r, n := utf8.DecodeRuneInString(src[i:s.End])
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth--
		case r == '“':
			quoted = true
		case r == '”':
			quoted = false
		case r == '"':
			quoted = !quoted
		case depth > 0 || quoted:
		case r == ';':
			cut(i, ';', n)
		case r == ',' && !inNumber(src, i, s.End) || r == '|':
			cut(i, ',', n)
		case r == '/' && betweenNames(src, i, s):
			cut(i, '/', n)
		case (r == '—' || r == '–' || r == '-') && spaced(src, i, i+n, s) && !betweenDates(src, i, i+n, s):
			cut(i, ',', n)
		}
		i += n
	}
	cut(s.End, 0, 0)
	return out
}

func inNumber(src string, i, end int) bool {
	return i > 0 && i+1 < end && isDigit(src[i-1]) && isDigit(src[i+1])
}

// betweenNames reports whether the slash at i parts two names: "AP/Reuters", not "https://…" or "2/3".
func betweenNames(src string, i int, s text.Span) bool {
	if i == s.Start || i+1 >= s.End {
		return false
	}
	before := src[s.Start:i]
	if k := strings.LastIndexFunc(before, unicode.IsSpace); k >= 0 {
		before = before[k:]
	}
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(src[i+1:s.End], " "))
	return !strings.ContainsAny(before, ".:/") && !isDigit(src[i-1]) && unicode.IsUpper(after)
}

func spaced(src string, i, j int, s text.Span) bool {
	return i > s.Start && j < s.End && src[i-1] == ' ' && src[j] == ' '
}

// betweenDates reports whether the dash joins two dates: "May 2021 – August 2023".
func betweenDates(src string, i, j int, s text.Span) bool {
	before, after := wordsOf(src, text.Span{Start: max(s.Start, i-16), End: i}), wordsOf(src, text.Span{Start: j, End: min(s.End, j+16)})
	return len(before) > 0 && len(after) > 0 && dateOf(before[len(before)-1]) != noDate && dateOf(after[0]) != noDate
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// read takes the part apart: lead, date, locator, and what the rest is.
func (p *part) read(src string) {
	p.words = wordsOf(src, p.Span)
	if n := len(p.words); n > 1 && dateOf(p.words[n-2]) == year && src[p.words[n-2].End] == ':' && isDigit(p.words[n-1].s[0]) {
		p.words, p.located = p.words[:n-1], true // "Kell 2021: 17"
	}
	for i, w := range p.words {
		if i > 0 && (src[w.Start-1] == '(' || src[w.Start-1] == '[') {
			p.words = p.words[:i] // the acronym of the name: "Harrow Institute (HI)"
			break
		}
	}
	p.dropLead()
	p.dropOthers()
	if d, ok := isDate(p.words); ok {
		p.date, p.exact, p.open, p.form, p.words = spanOf(undated(p.words)), d.day, d.open, dateOnly, nil
		return
	}
	if len(p.words) > 0 && dateOf(p.words[0]) == day && len(p.words) == 1 {
		return // "(54)": an age, or a part of a number
	}
	if d, ok := dateAtEnd(p.words); ok {
		n := len(p.words) - d.words
		p.date = spanOf(undated(p.words[n:]))
		p.exact, p.open, p.words = d.day, d.open, p.words[:n]
	} else if d, ok := dateAtStart(p.words); ok {
		p.date, p.exact, p.open, p.words = spanOf(p.words[:d.words]), d.day, d.open, p.words[d.words:]
	}
	p.dropLocator()
	p.dropFillers()
	p.classify(src)
}

// undated drops the words that lead to a date, "on" and "accessed", but not those that belong to it: "early 2024".
func undated(words []word) []word {
	for len(words) > 1 && dateOf(words[0]) == filler && !vague[words[0].low] {
		words = words[1:]
	}
	return words
}

// dropLead drops "see", "according to" and the like, and small words before the name.
func (p *part) dropLead() {
	for p.dropOneLead() {
		p.lead = true
	}
	for len(p.words) > 1 && (p.words[0].s == "the" || p.words[0].s == "and" || p.words[0].s == "a" || p.words[0].s == "an" || p.words[0].s == "&") {
		p.words = p.words[1:]
	}
}

func (p *part) dropOneLead() bool {
	for _, lead := range leads {
		if len(p.words) <= len(lead) {
			continue
		}
		match := true
		for i, w := range lead {
			match = match && p.words[i].low == w
		}
		if match {
			p.words = p.words[len(lead):]
			return true
		}
	}
	return false
}

// dropLocator drops "p. 12" from the end.
func (p *part) dropLocator() {
	for i, w := range p.words {
		if locators[w.low] && i+1 < len(p.words) && isDigit(p.words[i+1].s[0]) && !p.serial(i) {
			p.words, p.located = p.words[:i], true
			return
		}
	}
}

// serial reports whether word i leads to the number of a text, which belongs to its name: "Asia Report No. 326".
func (p *part) serial(i int) bool {
	return i > 0 && (p.words[i].low == "no." || p.words[i].low == "no" || p.words[i].low == "№") && p.words[i-1].capitalised() &&
		(titles[p.words[i-1].low] || document[p.words[i-1].low])
}

// dropOthers drops those whom nobody names: "Reuters and others".
func (p *part) dropOthers() {
	if n := len(p.words); n > 2 && p.words[n-1].low == "others" && (p.words[n-2].low == "and" || p.words[n-2].low == "among") {
		p.words = p.words[:n-2]
	}
}

// dropFillers drops what led to a date: "Reuters, dated", "Reuters reported on".
func (p *part) dropFillers() {
	for n := len(p.words); n > 1 && !p.words[n-1].capitalised() && (dateOf(p.words[n-1]) == filler || reports[p.words[n-1].low]); n-- {
		p.words = p.words[:n-1]
	}
}

func (p *part) classify(src string) {
	if len(p.words) == 0 {
		if p.located {
			p.form = locator
		} else if p.date != (text.Span{}) {
			p.form = dateOnly
		}
		return
	}
	if len(p.words) > longest {
		return
	}
	name := spanOf(p.words)
	quotes := quoted(src, p.Span)
	p.title = quotes.Start < quotes.End
	capitals, acronyms, strange, body := 0, 0, 0, false
	for i, w := range p.words {
		switch {
		case pictures[w.low] || i == 0 && (partyTag(w.s) || crew[w.low]):
			return
		case w.url() || w.symbol() || strings.HasPrefix(w.s, "@") && len(w.s) > 2:
			body = true
			capitals++
		case w.acronym():
			capitals++
			if !statesAndUnits[w.low] {
				acronyms++
			}
		case w.capitalised():
			capitals++
			body = body || bodies[w.low] || document[w.low] || documents[w.low]
		case document[w.low] || documents[w.low]:
			body = true
		case quotes.Start < w.Start && w.End <= quotes.End:
		case anonymous[w.low] || describing[w.low] || joining[w.low]:
		case p.serial(i):
		case dateOf(w) == year || i > 0 && (dateOf(w) == day || w.number() && (document[p.words[i-1].low] || p.serial(i-1))):
			// Country Reports 2023, Channel 12, Resolution 2231
		case (i > 0 || p.lead) && unicode.IsLetter(rune(w.low[0])):
			strange++
		default:
			return
		}
	}
	last := lastNoun(p.words)
	switch {
	case p.lead && capitals == 0 && strange <= 4 && (document[last.low] || documents[last.low] || anonymous[last.low]):
		p.form = nameless // "according to its winter survey"
	case strange > 0 && (strange > 2 || capitals == 0 || !hasDocument(p.words[max(0, len(p.words)-2):]) && !hasDocument(p.words[:1])):
	case strings.ContainsAny(src[name.Start:name.End], ":=") && !body:
	case strings.ContainsRune(src[name.Start:name.End], '-') && describesOwner(p.words):
	case anonymous[last.s] && !p.title: // "media", "Uplandish officials"
		p.form = nameless
	case capitals == 0 && (documents[last.low] || document[last.low]) && !p.title:
		p.form = nameless
	case capitals == 0:
	case joining[last.low] && !last.capitalised():
	case body || p.title && p.words[0].Start < quotes.Start:
		p.form = publisher
	case acronyms > 0 && (len(p.words) > 1 || len(last.s) <= longestAcronym):
		p.form = acronym
	case len(p.words) == 1 && statesAndUnits[last.low]:
		p.form = other
	default:
		p.form = neutral
	}
}

// lastNoun returns the last word that is no number behind a document: "paper" of "working paper 44".
func lastNoun(words []word) word {
	n := len(words) - 1
	if p := (part{words: words}); n > 1 && words[n].number() && p.serial(n-1) {
		n -= 2
	} else if n > 0 && words[n].number() && document[words[n-1].low] {
		n--
	}
	return words[n]
}

// longest is how many words a cited source has at most, longestAcronym how many bytes an acronym; what is longer, such as
// "CROSSTALK", is a word in capitals.
const (
	longest        = 24
	longestAcronym = 7
)

// quoted returns the stretch of a part from its first quotation mark to its last, empty if it has none.
func quoted(src string, s text.Span) text.Span {
	first, last := strings.IndexAny(src[s.Start:s.End], "\"“”"), strings.LastIndexAny(src[s.Start:s.End], "\"“”")
	if first == last {
		return text.Span{}
	}
	return text.Span{Start: s.Start + first, End: s.Start + last}
}

// partyTag reports whether a word is a politician's party and seat: R-Texas, D–N.Y.
func partyTag(s string) bool {
	if len(s) < 2 || !strings.ContainsRune("RDI", rune(s[0])) {
		return false
	}
	return s[1] == '-' || s[1] == '.' && len(s) == 2 || strings.HasPrefix(s[1:], "–")
}

// describesOwner reports whether the words say whose somebody is – "IRGC-affiliated news agency" – rather than name it.
func describesOwner(words []word) bool {
	for _, w := range words {
		for _, tail := range []string{"-affiliated", "-linked", "-run", "-owned", "-backed", "-controlled", "-funded", "-based", "-aligned"} {
			if strings.HasSuffix(w.low, tail) {
				return true
			}
		}
	}
	return false
}
