package citations

import (
	"slices"
	"sort"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Link is a hyperlink of the text.
type Link struct {
	text.Span // the anchor
	URL       string
}

// links gives the sources that are named in or beside a hyperlink its address, and adds the hyperlinks that cite by
// themselves: whose words name a report, or an outlet that somebody told something, or tell of reporting.
func (f *finder) links(links []Link) {
	if len(links) == 0 {
		return
	}
	f.address(links)
	asides := make([]text.Span, len(f.found))
	for i, c := range f.found {
		asides[i] = c.Span
	}
	for _, l := range links {
		p := f.text.ParagraphAt(l.Start)
		if p < 0 || f.text.Paragraphs[p].Skipped || f.notes.holds(l.Start) || l.End > f.text.Paragraphs[p].End || l.Len() > widest {
			continue
		}
		i := sort.Search(len(asides), func(i int) bool { return asides[i].End > l.Start })
		if i < len(asides) && asides[i].Overlaps(l.Span) {
			continue
		}
		s := f.text.SentenceAt(l.Start)
		if s < 0 {
			continue
		}
		if source, ok := f.linked(l, f.text.Sentences[s].Span); ok {
			f.found = append(f.found, Citation{Span: l.Span, Sources: []Source{source}, Scope: []text.Span{f.text.Sentences[s].Span}, Linked: true})
		}
	}
	slices.SortStableFunc(f.found, func(a, b Citation) int { return a.Start - b.Start })
}

// address gives each source the first hyperlink that overlaps its name or, in a note, follows in its paragraph.
func (f *finder) address(links []Link) {
	for i := range f.found {
		for k := range f.found[i].Sources {
			s := &f.found[i].Sources[k]
			end := s.Name.End
			if f.notes.holds(s.Name.Start) {
				if p := f.text.ParagraphAt(s.Name.Start); p >= 0 {
					end = f.text.Paragraphs[p].End
				}
			}
			n := sort.Search(len(links), func(n int) bool { return links[n].End > s.Name.Start })
			if n < len(links) && links[n].Start < end && s.URL == "" {
				s.URL = links[n].URL
			}
		}
	}
}

// linked reads a hyperlink as a citation.
func (f *finder) linked(l Link, sentence text.Span) (Source, bool) {
	src := f.text.Source
	words := wordsOf(src, l.Span)
	if len(words) == 0 || len(words) > longest {
		return Source{}, false
	}
	source := func(words []word) (Source, bool) {
		return Source{Name: spanOf(withoutArticle(words)), Granularity: graph.OneDocument, URL: l.URL}, true
	}
	before := wordsOf(src, text.Span{Start: max(sentence.Start, l.Start-48), End: l.Start})
	after := wordsOf(src, text.Span{Start: l.End, End: min(sentence.End, l.End+64)})
	if name := f.whoReports(before, words, after); len(name) > 0 {
		return source(name)
	}
	switch {
	case slices.ContainsFunc(words, func(w word) bool { return document[w.low] || documents[w.low] }) && len(words) > 1:
		return source(words)
	case len(words) == 1 && (document[words[0].low] || documents[words[0].low]) && words[0].low != "media":
		if name := trailingName(before); len(name) > 0 {
			return source(append(slices.Clip(name), words...))
		}
		return source(words)
	case introduced(before) && len(firstName(words)) > 0:
		return source(words)
	case len(firstName(words)) > 0 && f.kind(words) == graph.Outlet:
		return source(words)
	}
	return Source{}, false
}

// whoReports returns the name of whoever reports what a hyperlink with a verb of reporting leads to: it stands in the
// hyperlink, or beside it.
func (f *finder) whoReports(before, words, after []word) []word {
	verb := slices.IndexFunc(words, func(w word) bool { return reporting[w.low] })
	if verb < 0 {
		return nil
	}
	for _, side := range [][]word{words[verb+1:], words[:verb]} {
		if name := firstName(side); len(name) > 0 {
			return name
		}
	}
	if introducing[words[len(words)-1].low] { // <a>told</a> the Lowland Times
		if name := leadingName(after); len(name) > 0 {
			return name
		}
	}
	if name := trailingName(before); verb == 0 && len(name) > 0 && f.publishes(name) { // Radio Upland <a>reported</a>
		return name
	}
	return nil
}

// publishes reports whether a name can be that of an outlet or a body that publishes.
func (f *finder) publishes(name []word) bool {
	switch f.kind(name) {
	case graph.Outlet, graph.Organisation:
		return true
	case graph.Person, graph.Place, graph.State, graph.ArmedGroup:
		return false
	}
	p := part{words: name, Span: spanOf(name)}
	p.classify(f.text.Source)
	return p.form >= neutral
}

func (f *finder) kind(name []word) graph.ActorKind {
	if f.kinds == nil {
		return ""
	}
	s := spanOf(withoutArticle(name))
	return f.kinds(f.text.Source[s.Start:s.End])
}

// firstName returns the first words with capitals, small words between them included.
func firstName(words []word) []word {
	first := slices.IndexFunc(words, func(w word) bool { return w.capitalised() && !determiners[w.low] && dateOf(w) == noDate })
	if first < 0 {
		return nil
	}
	return leadingName(words[first:])
}

// leadingName returns the name that the words begin with, an article before it left out.
func leadingName(words []word) []word {
	for len(words) > 0 && determiners[words[0].low] {
		words = words[1:]
	}
	n := 0
	for i, w := range words {
		if w.capitalised() {
			n = i + 1
		} else if !joining[w.low] || n == 0 {
			break
		}
		if i+1 < len(words) && words[i+1].Start > w.End+1 { // A mark stands between.
			break
		}
	}
	return words[:n]
}

// trailingName returns the name that the words end with.
func trailingName(words []word) []word {
	first := len(words)
	for first > 0 && words[first-1].capitalised() && !determiners[words[first-1].low] {
		first--
		if first > 0 && words[first].Start > words[first-1].End+1 {
			break
		}
	}
	return words[first:]
}

// introduced reports whether the words lead to whoever was told or is quoted: "told", "according to", "reported by".
func introduced(before []word) bool {
	for len(before) > 0 && determiners[before[len(before)-1].low] {
		before = before[:len(before)-1]
	}
	if len(before) == 0 {
		return false
	}
	last := before[len(before)-1].low
	if introducing[last] {
		return true
	}
	if len(before) < 2 || last != "to" && last != "by" && last != "in" && last != "with" && last != "on" && last != "from" {
		return false
	}
	return reporting[before[len(before)-2].low] || document[before[len(before)-2].low] || documents[before[len(before)-2].low]
}

var (
	determiners = set("the a an this that its their his her our")
	// Verbs of reporting, and words that lead to who reports.
	reporting = set(`told said says say reported reports reporting wrote writes according announced found finds revealed reveals
		confirmed quoted tweeted posted published claimed claims cited citing stated warned documented obtained documents`)
	introducing = set("told citing quoting tells via")
)
