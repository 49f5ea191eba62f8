package citations

import (
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// authored returns how many authors the part names a text by, with its year: "Kell, 2021", "Kell and Lind 2021b", "Kell et
// al., 2021". Whom the kinds know as anything but a person is none.
func (p part) authored(src string, kinds Kinds) int {
	if p.form != neutral || p.exact || !bareYear(src, p.date) || len(p.words) > mostAuthorWords {
		return 0
	}
	n, since := 1, 0
	for i, w := range p.words {
		switch {
		case w.low == "and" || w.s == "&":
			n, since = n+1, 0
		case w.low == "et" && i+1 < len(p.words) && strings.TrimSuffix(p.words[i+1].low, ".") == "al":
			return n + 1
		case !w.capitalised() && !joining[w.low] || bodies[w.low] || w.acronym():
			return 0
		default:
			if since++; since > 3 {
				return 0
			}
		}
	}
	if kinds != nil {
		name := spanOf(p.words)
		if kind := kinds(src[name.Start:name.End]); kind != "" && kind != graph.Person {
			return 0
		}
	}
	if n == 1 && len(p.words) > 1 && kinds == nil {
		return 0 // "Lowland Wire, 2021"
	}
	return n
}

// mostAuthorWords is how many words the authors of a text are named by at most.
const mostAuthorWords = 9

// bareYear reports whether a date is a year and nothing else.
func bareYear(src string, date text.Span) bool {
	words := wordsOf(src, date)
	return len(words) == 1 && dateOf(words[0]) == year
}

// authors returns how many of the following parts go on with the authors of one text: "Kell, Lind and Orr 2021".
func authors(parts []part, src string, kinds Kinds) int {
	for n, p := range parts {
		if p.form != neutral || n > 0 && p.sep != ',' || len(p.words) == 0 || p.lead && n > 0 {
			return 0
		}
		if n > 0 && slices.ContainsFunc(p.words, func(w word) bool { return w.low == "and" || w.s == "&" }) {
			if n+1 < len(parts) && parts[n+1].form == dateOnly && parts[n+1].sep == ',' {
				p.date = parts[n+1].date
			}
			if parts[0].date != (text.Span{}) || p.authored(src, kinds) == 0 {
				return 0
			}
			return n
		}
		if len(p.words) > 2 || p.date != (text.Span{}) {
			return 0
		}
	}
	return 0
}

// numbered reports whether the part names one text by its number: "S/2031/370", "Interview 7".
func (p part) numbered() bool {
	if len(p.words) == 0 {
		return false
	}
	last, noun := p.words[len(p.words)-1], lastNoun(p.words)
	return last.symbol() || last.number() && (document[noun.low] || titles[noun.low])
}

// entitles reports whether the part is the title or number of a text of the source before it: "Asia Report No. 326",
// "Human Rights Update", "S/2031/370".
func (p part) entitles(src string, kinds Kinds) bool {
	switch {
	case len(p.words) == 1 && p.words[0].symbol(), len(p.words) == 2 && platforms[p.words[0].low] && document[p.words[1].low]:
		return true
	case p.form == other && len(p.words) > 2:
		return strings.Contains(src[p.Start:p.End], ": ") && p.mostlyCapitals() // "The Lake: A Short History"
	case p.form != neutral && p.form != publisher || len(p.words) < 2 || p.title || p.words[0].acronym():
		return false
	}
	named := slices.ContainsFunc(p.words, func(w word) bool { return titles[w.low] && w.capitalised() })
	if !named || slices.ContainsFunc(p.words, func(w word) bool { return bodies[w.low] && !titles[w.low] && !documents[w.low] }) {
		return false
	}
	for n := 1; n < len(p.words) && kinds != nil; n++ { // "Reuters Briefing" is another's
		switch name := spanOf(p.words[:n]); kinds(src[name.Start:name.End]) {
		case graph.Outlet, graph.Organisation, graph.State:
			return false
		}
	}
	return true
}

// platforms are what one posts on: "X post".
var platforms = set("x twitter telegram facebook instagram youtube")

func (p part) mostlyCapitals() bool {
	capitals, smalls := 0, 0
	for _, w := range p.words {
		switch {
		case w.capitalised():
			capitals++
		case !joining[w.low]:
			smalls++
		}
	}
	return capitals > 1 && capitals > 2*smalls
}

// titles are nouns that the titles of texts have.
var titles = set(`report reports update updates briefing brief paper survey assessment study factsheet snapshot framework
	outlook overview profile resolution yearbook handbook memo memorandum statement note dashboard
	appeal strategy plan`)

// inProse reads the year of a text whose authors the sentence names: "Kell and Lind (2021) hold that …". It supports the
// rest of the sentence.
func (f *finder) inProse(b bracket) (Citation, bool) {
	src := f.text.Source
	if b.square || b.raised {
		return Citation{}, false
	}
	var date text.Span
	for _, p := range split(src, text.Span{Start: b.Start + 1, End: b.End - 1}) {
		p.read(src)
		switch {
		case p.form == dateOnly && date == (text.Span{}) && bareYear(src, p.date):
			date = p.date
		case p.form != locator && !(len(p.words) == 1 && digits(p.words[0].s)):
			return Citation{}, false
		}
	}
	at := f.text.SentenceAt(b.Start)
	if date == (text.Span{}) || at < 0 {
		return Citation{}, false
	}
	sentence := f.text.Sentences[at]
	names, n := authorsAtEnd(wordsOf(src, text.Span{Start: max(sentence.Start, b.Start-64), End: b.Start}))
	after := wordsOf(src, text.Span{Start: b.End, End: min(sentence.End, b.End+24)})
	if n == 0 || n == 1 && (len(after) == 0 || !reporting[after[0].low] && !arguing[after[0].low]) {
		return Citation{}, false
	}
	name := spanOf(names)
	if f.kinds != nil {
		if kind := f.kinds(src[name.Start:name.End]); kind != "" && kind != graph.Person {
			return Citation{}, false
		}
	}
	scope := trimSpace(src, text.Span{Start: b.End, End: sentence.End})
	if scope.Len() == 0 {
		return Citation{}, false
	}
	return Citation{
		Span: b.Span, Sources: []Source{{Name: name, Date: date, Granularity: graph.OneDocument}}, Scope: []text.Span{scope}, Linked: true,
	}, true
}

// authorsAtEnd returns the surnames that the words end with, "and" and "et al." included, and how many authors they are.
func authorsAtEnd(words []word) ([]word, int) {
	last, n := len(words), 0
	if last > 2 && strings.TrimSuffix(words[last-1].low, ".") == "al" && words[last-2].low == "et" {
		last, n = last-2, 1
	}
	first := last
	for first > 0 && surname(words[first-1]) {
		first, n = first-1, n+1
		if first < 2 || words[first-1].low != "and" && words[first-1].s != "&" || !surname(words[first-2]) {
			break
		}
		first--
	}
	if first == last || first > 0 && (determiners[words[first-1].low] || surname(words[first-1])) && n < 2 {
		return nil, 0
	}
	return words[first:], n
}

func surname(w word) bool {
	return w.capitalised() && !w.acronym() && dateOf(w) == noDate && !bodies[w.low] && !document[w.low]
}

// arguing are verbs for what scholars do, besides reporting.
var arguing = set(`argues argue holds hold notes note shows show suggests suggest stresses stress contends contend maintains maintain
	writes write finds find reads read sees see points point describes describe concludes conclude argued noted showed`)
