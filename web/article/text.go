package article

import (
	"cmp"
	"fmt"
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
	cast   *cast
	pinned map[string]bool // by record, whether its pin is written
}

// textOf returns the text as HTML: paragraphs, each with its own direction, of flat segments.
func textOf(r *extraction.Record, cast *cast) (template.HTML, error) {
	points := []rune(r.Document.Text)
	marks, err := marksOf(r, points, cast)
	if err != nil {
		return "", err
	}
	b := &body{points: points, record: r, cast: cast, pinned: make(map[string]bool)}
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
		fmt.Fprintf(&b.html, `<p dir="auto" class="%s">`, strings.TrimSpace(p.class(points)+" "+skippedClass(words)))
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
	b.html.WriteString(`<span class="nl">`)
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

// pins writes the pins of the records whose first mark begins here: small links from the text to the records.
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
	class, sign, label := string(m.role), m.record, ""
	switch m.role {
	case source, cue, content:
		a := b.record.Attributions[m.index]
		class, label = contentClass(a), "attribution "+m.record+": "+b.cast.spoken(a)
	case cited:
		label = "citation " + m.record
	case trigger:
		label = "relation " + m.record + ": " + b.cast.told(b.record.Relations[m.index])
	case skipped:
		sign = "skipped: " + b.record.Skipped[m.index].Reason
		label = sign
	case scope, mention: // have none
	}
	fmt.Fprintf(&b.html, `<a class="pin %s" id="t-%s" href="#%[2]s" data-m="%[2]s" data-n="%[3]s" aria-label="%[4]s"></a>`,
		class, m.record, html.EscapeString(plain(sign)), html.EscapeString(plain(label)))
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

// segment writes a stretch of text. Where a mention begins, it is a link to its actor.
func (b *body) segment(s segment) {
	words := shown(string(b.points[s.start:s.end]))
	if len(s.marks) == 0 {
		b.html.WriteString(string(words))
		return
	}
	var classes, tokens []string
	var link *mark
	depth := 0
	for i, m := range s.marks {
		class := string(m.role)
		switch m.role {
		case content:
			class = contentClass(b.record.Attributions[m.index])
			depth++
		case mention:
			if b.record.Mentions[m.index].Metonym {
				class = "m y"
			}
			switch {
			case m.start != s.start:
			case link == nil:
				link = &s.marks[i]
			default: // A second mention that begins here is a place, but no link.
				fmt.Fprintf(&b.html, `<span id="%s" data-m="%s"></span>`, numbered("m", m.index), m.record)
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
	attributes := `class="` + strings.Join(classes, " ") + `" data-m="` + strings.Join(tokens, " ") + `"`
	if link != nil {
		fmt.Fprintf(&b.html, `<a id="%s" href="#%s" title="%s" %s>%s</a>`, numbered("m", link.index), link.record,
			html.EscapeString(plain(b.cast.meant(b.record.Mentions[link.index]))), attributes, words)
		return
	}
	fmt.Fprintf(&b.html, `<span %s>%s</span>`, attributes, words)
}
