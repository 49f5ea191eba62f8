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
	return last.symbol() || digits(last.s) && (document[noun.low] || titles[noun.low])
}

// entitles reports whether the part is the title or number of a text of the source before it: "Asia Report No. 326",
// "Human Rights Update", "S/2031/370".
func (p part) entitles(src string, kinds Kinds) bool {
	switch {
	case len(p.words) == 1 && p.words[0].symbol():
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
	outlook overview profile resolution yearbook handbook memo memorandum statement note bulletin index guide dashboard
	appeal strategy plan tracker`)
