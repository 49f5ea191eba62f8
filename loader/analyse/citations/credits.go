package citations

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// creditLine reads a paragraph that only names its sources: "Source: Reuters", "(Reporting by …; editing by …)", "This
// article first appeared in …".
func (f *finder) creditLine(p text.Span) ([]Source, bool) {
	src := f.text.Source
	p = trimSpace(src, p)
	if p.Len() > widest {
		return nil, false
	}
	if sources := f.deskLine(p); len(sources) > 0 {
		return sources, true
	}
	inside, ok := afterLabel(src, p)
	if !ok {
		return nil, false
	}
	parts := bundle(src, inside, f.kinds)
	if e := weigh(src, parts, nil); e.broken || e.named == 0 {
		return nil, false
	}
	return sources(src, parts), true
}

// afterLabel returns what follows "Source:" or "First published by".
func afterLabel(src string, p text.Span) (text.Span, bool) {
	line := src[p.Start:p.End]
	if label, _, ok := strings.Cut(line, ":"); ok && creditLabels[strings.ToLower(strings.TrimSpace(label))] {
		return text.Span{Start: p.Start + len(label) + 1, End: p.End}, true
	}
	words := wordsOf(src, text.Span{Start: p.Start, End: min(p.End, p.Start+80)})
	n := 0
	for n < len(words) && (republished[words[n].low] || n > 0 && words[n].low == "in") {
		n++
	}
	if n < 2 || n == len(words) || !slices.ContainsFunc(words[:n], func(w word) bool { return w.low == "published" || w.low == "appeared" }) ||
		!slices.Contains([]string{"by", "in", "on", "at", "from"}, words[n-1].low) {
		return text.Span{}, false
	}
	return text.Span{Start: words[n].Start, End: p.End - len(line) + len(strings.TrimRight(line, ".)* "))}, true
}

// deskLine reads which other outlets reported: "(Reporting by Ana Kell in Tarn and Lowland Wire; editing by Bo Lind)",
// "With inputs from agencies". The desk's own people are no sources.
func (f *finder) deskLine(p text.Span) []Source {
	src := f.text.Source
	line := strings.Trim(src[p.Start:p.End], "()[]*_. ")
	start := p.Start + strings.Index(src[p.Start:p.End], line)
	var out []Source
	for len(line) > 0 {
		end := strings.IndexAny(line, ";\n")
		if k := strings.Index(line, ". "); k >= 0 && (end < 0 || k < end) && !abbreviated(line[:k]) {
			end = k
		}
		if end < 0 {
			end = len(line)
		}
		clause := strings.TrimLeft(line[:end], " ")
		at := start + end - len(clause)
		switch lead, credits := deskLead(clause); {
		case !credits:
			return nil
		case lead > 0:
			names, ok := f.outlets(text.Span{Start: at + lead, End: start + end})
			if !ok {
				return nil
			}
			out = append(out, names...)
		}
		rest := line[end:]
		line = strings.TrimLeft(rest, ";. \n")
		start += end + len(rest) - len(line)
	}
	return out
}

// abbreviated reports whether the last word of s is an initial or an abbreviation, so that a full stop belongs to it.
func abbreviated(s string) bool {
	last := s[strings.LastIndexByte(s, ' ')+1:]
	return len(last) == 1 || abbreviations[strings.ToLower(last)]
}

// deskLead returns how long the words are that lead to who reported, 0 if the clause credits somebody else of the desk,
// and whether it credits anybody.
func deskLead(clause string) (lead int, credits bool) {
	low := strings.ToLower(clause)
	for _, opening := range deskReports {
		if strings.HasPrefix(low, opening) && len(low) == len(clause) {
			return len(opening), true
		}
	}
	for _, opening := range deskEdits {
		if strings.HasPrefix(low, opening) {
			return 0, true
		}
	}
	return 0, false
}

var (
	deskReports = []string{
		"reporting by ", "additional reporting by ", "with reporting by ", "with additional reporting by ", "with reporting from ",
		"with inputs from ", "with input from ", "inputs from ", "with files from ", "with contributions from ", "with material from ",
		"with information from ",
	}
	deskEdits = []string{"editing by ", "edited by ", "writing by ", "written by ", "compiled by ", "additional editing by ", "translated by ", "translation by "}
)

// outlets returns those of a list of reporters that are no persons: “Ana Kell in Tarn, Bo Lind and Lowland Wire”. It is
// false if the list is none.
func (f *finder) outlets(s text.Span) (found []Source, ok bool) {
	src := f.text.Source
	words := wordsOf(src, s)
	for from := 0; from < len(words); {
		to := from
		for to < len(words) && words[to].low != "and" && words[to].s != "&" && (to == from || !strings.ContainsAny(src[words[to-1].End:words[to].Start], ",;/")) {
			to++
		}
		name := words[from:to]
		from = to
		if to < len(words) && (words[to].low == "and" || words[to].s == "&") {
			from++
		}
		switch {
		case len(name) == 0 || dateOf(name[0]) != noDate:
		case len(name) > 8:
			return nil, false
		case anonymous[name[len(name)-1].low]:
			found = append(found, Source{Name: spanOf(withoutArticle(name)), Granularity: graph.Anonymous})
		case !withoutArticle(name)[0].capitalised():
			return nil, false
		case !f.isReporter(name):
			found = append(found, Source{Name: spanOf(withoutArticle(name)), Granularity: graph.OneOrganisation})
		}
	}
	return found, true
}

// isReporter reports whether a name in a list of reporters is a person's: two words and more, without an article, and not
// known or worded as a body's.
func (f *finder) isReporter(name []word) bool {
	if slices.ContainsFunc(name, func(w word) bool { return w.low == "in" || w.low == "at" }) {
		return true
	}
	if len(name) < 2 || determiners[name[0].low] || bodies[name[len(name)-1].low] {
		return false
	}
	kind := f.kind(name)
	return kind != graph.Outlet && kind != graph.Organisation
}

func withoutArticle(name []word) []word {
	for len(name) > 1 && determiners[name[0].low] {
		name = name[1:]
	}
	return name
}

var (
	creditLabels = map[string]bool{
		"source": true, "sources": true, "via": true, "news source": true, "original source": true, "source(s)": true, "data": true,
		"data source": true, "data sources": true, "with": true, "news sources": true, "sourced from": true,
	}
	republished = set("this article story report piece text was is were has been first originally published republished appeared in by on at from")
)

// wireLine reads a dateline that names its wire without brackets: "TARN, Lowland News Agency –". It must be known as an
// outlet or called an agency or a wire.
func (f *finder) wireLine(p text.Span) (line text.Span, found []Source, ok bool) {
	const longestLine = 72
	src := f.text.Source
	head := src[p.Start:min(p.End, p.Start+longestLine)]
	dash := -1
	for i, r := range head {
		if (r == '–' || r == '—' || r == '-') && i > 0 && head[i-1] == ' ' {
			dash = i
			break
		}
		if r == '(' || r == '[' || r == '"' || r == '“' || r == '\n' {
			return text.Span{}, nil, false
		}
	}
	if dash < 0 {
		return text.Span{}, nil, false
	}
	behind := strings.TrimLeft(src[p.Start+dash:p.End], "–—-")
	rest := strings.TrimLeft(behind, " ")
	if r, _ := utf8.DecodeRuneInString(rest); rest == behind || rest == "" || !unicode.IsUpper(r) && !strings.ContainsRune("“\"", r) {
		return text.Span{}, nil, false
	}
	for i, part := range split(src, text.Span{Start: p.Start, End: p.Start + dash}) {
		words := wordsOf(src, part.Span)
		for _, w := range words {
			if !w.capitalised() && dateOf(w) == noDate && !joining[w.low] {
				return text.Span{}, nil, false
			}
		}
		if len(words) > 0 && (f.kind(words) == graph.Outlet || len(words) > 1 && wires[words[len(words)-1].low] && (i > 0 || words[0].s != strings.ToUpper(words[0].s))) {
			found = append(found, Source{Name: spanOf(words), Granularity: graph.OneOrganisation})
		}
	}
	return text.Span{Start: p.Start, End: p.End - len(rest)}, found, len(found) == 1
}

var wires = set("agency wire press news")

func spanOfSources(list []Source) text.Span {
	return text.Span{Start: list[0].Name.Start, End: list[len(list)-1].Name.End}
}
