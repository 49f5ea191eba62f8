package article

import (
	"cmp"
	"html"
	"html/template"
	"slices"
	"sort"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/extraction"
)

// A body writes the article's text with its marks. Every code point of the text is written once, in order, and nothing
// else is: what the page adds, such as the number of an attribution, stands in attributes.
type body struct {
	html   strings.Builder
	points []rune
	record *extraction.Record
	pinned map[string]bool // by record, whether its pin is written
}

// textOf returns the text as HTML: paragraphs, each with its own direction, of flat segments.
func textOf(r *extraction.Record, cast *cast) (template.HTML, error) {
	points := []rune(r.Document.Text)
	marks, err := marksOf(r, points, cast)
	if err != nil {
		return "", err
	}
	b := &body{points: points, record: r, pinned: make(map[string]bool)}
	paragraphs := paragraphsOf(points)
	var edges []int
	for _, p := range paragraphs {
		edges = append(edges, p.start, p.tail)
	}
	list := segments(len(points), marks, edges)
	next := func(end int) []segment {
		n := sort.Search(len(list), func(i int) bool { return list[i].start >= end })
		part := list[:n]
		list = list[n:]
		return part
	}
	for _, p := range paragraphs {
		words, tail := next(p.tail), next(p.end)
		b.open("p", "class", strings.TrimSpace(p.class(points)+" "+skippedClass(words)), "dir", "auto")
		for _, s := range words {
			b.pins(s)
			b.segment(s)
		}
		b.tail(tail)
		b.html.WriteString("</p>")
	}
	return template.HTML(b.html.String()), nil //nolint:gosec // all text in it is escaped
}

// tail writes the line breaks behind a paragraph, which the page does not show.
func (b *body) tail(list []segment) {
	for _, s := range list {
		b.pins(s)
	}
	b.html.WriteString("<span class=nl>")
	for _, s := range list {
		b.segment(s)
	}
	b.html.WriteString("</span>")
}

// A paragraph is a line of the text with the line breaks and blank lines behind it, its tail.
type paragraph struct{ start, tail, end int }

func paragraphsOf(points []rune) []paragraph {
	var list []paragraph
	for start := 0; start < len(points); {
		p := paragraph{start: start, tail: len(points)}
		if n := slices.IndexFunc(points[start:], isBreak); n >= 0 {
			p.tail = start + n
		}
		p.end = p.tail
		for i := p.tail; i < len(points) && (isBreak(points[i]) || points[i] == ' ' || points[i] == '\t'); i++ {
			if isBreak(points[i]) {
				p.end = i + 1
			}
		}
		list, start = append(list, p), p.end
	}
	return list
}

func isBreak(r rune) bool { return r == '\n' || r == '\r' }

// class tells a paragraph that a single line break ends, which stands close to the next.
func (p paragraph) class(points []rune) string {
	breaks := 0
	for i := p.tail; i < p.end; i++ {
		if points[i] == '\n' || points[i] == '\r' && (i+1 == len(points) || points[i+1] != '\n') {
			breaks++
		}
	}
	if breaks == 1 {
		return "close"
	}
	return ""
}

// skippedClass tells words that are all skipped.
func skippedClass(words []segment) string {
	isSkipped := func(m mark) bool { return m.role == skipped }
	for _, s := range words {
		if !slices.ContainsFunc(s.marks, isSkipped) {
			return ""
		}
	}
	return "out"
}

// pins writes the pins of the records whose first mark begins here: what the script makes small links to the records.
func (b *body) pins(s segment) {
	var first []mark
	for _, m := range s.marks {
		if m.start == s.start && m.role != scope && m.role != mention && !b.pinned[m.record] {
			b.pinned[m.record] = true
			first = append(first, m)
		}
	}
	slices.SortFunc(first, func(a, b mark) int {
		return cmp.Or(strings.Compare(a.record[:1], b.record[:1]), cmp.Compare(a.index, b.index))
	})
	for _, m := range first {
		b.pin(m)
	}
}

func (b *body) pin(m mark) {
	class, sign := string(m.role), ""
	switch m.role {
	case source, cue, content:
		class = contentClass(b.record.Attributions[m.index])
	case skipped:
		sign = "skipped: " + b.record.Skipped[m.index].Reason
	case cited, scope, mention, trigger:
	}
	b.open("a", "class", "pin "+class, "data-m", m.record, "data-n", plain(sign))
	b.html.WriteString("</a>")
}

// open writes the start of an element. An attribute without a value is left out, and so are quotation marks that a value
// does not need: a page has very many of them.
func (b *body) open(element string, attributes ...string) {
	b.html.WriteString("<" + element)
	for i := 0; i < len(attributes); i += 2 {
		name, value := attributes[i], attributes[i+1]
		switch {
		case value == "":
		case strings.Trim(value, "abcdefghijklmnopqrstuvwxyz0123456789.-#") == "":
			b.html.WriteString(" " + name + "=" + value)
		default:
			b.html.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
		}
	}
	b.html.WriteString(">")
}

// contentClass is how the content of an attribution is shown: by its voice, and whether it is denied.
func contentClass(a extraction.Attribution) string {
	class := "c"
	switch a.Voice {
	case graph.CarryOver:
		class = "k"
	case graph.OutletVoice:
		class = "o"
	case graph.Attributed:
	}
	if a.Polarity == graph.Denies {
		class += " d"
	}
	return class
}

// segment writes a stretch of text. Where a mention begins, it is what the script makes a link to its actor.
func (b *body) segment(s segment) {
	words := string(shown(string(b.points[s.start:s.end])))
	if len(s.marks) == 0 {
		b.html.WriteString(words)
		return
	}
	var classes, tokens []string
	element, depth := "span", 0
	for _, m := range s.marks {
		class := string(m.role)
		switch m.role {
		case content:
			class = contentClass(b.record.Attributions[m.index])
			depth++
		case mention:
			if b.record.Mentions[m.index].Metonym {
				class = "m y"
			}
			if m.start == s.start {
				element = "a"
			}
		case scope:
			class = ""
		case source, cue, cited, trigger, skipped:
		}
		if class != "" && !slices.Contains(classes, class) {
			classes = append(classes, class)
		}
		if token := m.record + "." + string(m.role); !slices.Contains(tokens, token) {
			tokens = append(tokens, token)
		}
	}
	if depth > 1 {
		classes = append(classes, "n")
	}
	b.open(element, "class", strings.Join(classes, " "), "data-m", strings.Join(tokens, " "))
	b.html.WriteString(words + "</" + element + ">")
}
