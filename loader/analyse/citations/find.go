package citations

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// Find returns the citations of a text in order. Kinds may be nil; links are the text's hyperlinks, in order, if it has
// any. Find takes time linear in the length of the text.
//
// What a citation can support: one that ends a sentence supports the sentences of its paragraph since the citation
// before it; one within a sentence, and a footnote, what its sentence says before it. A paragraph that is nothing but a
// citation, and a "Source:" line, support everything since the last such; a dateline everything up to the next; a
// hyperlink the sentence that it stands in.
func Find(t *text.Text, kinds Kinds, links ...Link) []Citation {
	f := finder{text: t, kinds: kinds, notes: notesOf(t), wire: -1}
	for i := range t.Paragraphs {
		if p := &t.Paragraphs[i]; !p.Skipped && !f.notes.holds(p.Start) {
			f.paragraph(p)
		}
	}
	f.endWire(len(t.Sentences))
	f.bibliography()
	f.links(links)
	return f.found
}

// A finder goes through a text once.
type finder struct {
	text    *text.Text
	kinds   Kinds
	notes   notes
	found   []Citation
	loose   int  // the first sentence that no standalone citation has covered
	wire    int  // the dateline that covers what follows, an index into found, or -1
	since   int  // the first sentence that the dateline covers
	pointed bool // a marker has pointed to a note
}

func (f *finder) paragraph(p *text.Paragraph) {
	src := f.text.Source
	if sources, ok := f.creditLine(p.Span); ok {
		f.standalone(p, Citation{Span: trimSpace(src, p.Span), Sources: sources})
		return
	}
	from, sentence := p.Start, p.First
	if line, sources, ok := f.wireLine(p.Span); ok {
		f.endWire(p.First)
		f.wire, f.since = len(f.found), p.First
		f.found = append(f.found, Citation{Span: spanOfSources(sources), Sources: sources, Dateline: line})
		from = line.End
	}
	for _, b := range f.marked(p.Span) {
		if b.Start < from {
			continue // within a bracket that cites
		}
		sources, note := f.notes.cited(src, b)
		f.pointed = f.pointed || note
		if !note {
			var wire bool
			if sources, wire = f.dateline(b, from); wire {
				f.endWire(p.First)
				f.wire, f.since = len(f.found), p.First
				f.found = append(f.found, Citation{Span: b.Span, Sources: sources, Dateline: untilProse(src, p.Span, b.End)})
				from = b.End
				continue
			}
			if c, ok := f.inProse(b); ok {
				f.found = append(f.found, c)
				continue
			}
			var ok bool
			if sources, ok = cites(src, b, f.kinds); !ok || b.raised {
				continue
			}
		}
		c := Citation{Span: b.Span, Sources: sources}
		if b.opens && b.ends {
			f.standalone(p, c)
		} else {
			var scope []text.Span
			scope, sentence = f.before(p, sentence, from, b.Start)
			if (note || !b.ends) && len(scope) > 1 {
				scope = scope[len(scope)-1:]
			}
			c.Scope = scope
			f.found = append(f.found, c)
		}
		from = b.End
	}
}

// before returns what the sentences of a paragraph from the given one on say between two offsets, and the sentence that
// holds the second.
func (f *finder) before(p *text.Paragraph, sentence, from, to int) ([]text.Span, int) {
	var scope []text.Span
	for ; sentence < p.Last; sentence++ {
		s := f.text.Sentences[sentence]
		if s.Start >= to {
			break
		}
		part := trimSpace(f.text.Source, text.Span{Start: max(s.Start, from), End: min(s.End, to)})
		if strings.IndexFunc(f.text.Source[part.Start:part.End], unicode.IsLetter) >= 0 {
			scope = append(scope, part)
		}
		if s.End >= to {
			break
		}
	}
	return scope, sentence
}

// standalone adds a citation that has a paragraph of its own.
func (f *finder) standalone(p *text.Paragraph, c Citation) {
	c.Scope = f.sentences(f.loose, p.First)
	f.loose = p.Last
	f.found = append(f.found, c)
}

// endWire gives the open dateline, if any, the sentences up to the given one.
func (f *finder) endWire(before int) {
	if f.wire >= 0 {
		c := &f.found[f.wire]
		c.Scope = f.sentences(f.since, before)
		for len(c.Scope) > 0 && c.Scope[0].Start < c.End {
			if rest := trimSpace(f.text.Source, text.Span{Start: c.End, End: c.Scope[0].End}); rest.Start < rest.End {
				c.Scope[0] = rest
				break
			}
			c.Scope = c.Scope[1:]
		}
	}
}

// sentences returns the spans of the sentences in a half-open range of indices, less headings and furniture.
func (f *finder) sentences(first, last int) []text.Span {
	var out []text.Span
	for _, s := range f.text.Sentences[first:last] {
		if !s.Heading && !f.text.Paragraphs[s.Paragraph].Skipped && !f.notes.holds(s.Start) {
			out = append(out, s.Span)
		}
	}
	return out
}

// untilProse returns what a paragraph says before the first word behind the offset.
func untilProse(src string, p text.Span, behind int) text.Span {
	return text.Span{Start: p.Start, End: trimSpace(src, text.Span{Start: behind, End: p.End}).Start}
}

// trimSpace drops white space from both ends of a span, and the punctuation that a citation before it left at its start.
func trimSpace(src string, s text.Span) text.Span {
	if s.Start >= s.End {
		return text.Span{Start: s.Start, End: s.Start}
	}
	t := src[s.Start:s.End]
	left := strings.TrimLeftFunc(t, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".,;:–—-", r) })
	s.Start += len(t) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return s
}

// dateline reads the wire that a paragraph opens with: "KABUL, May 3 (Reuters) –".
func (f *finder) dateline(b bracket, from int) ([]Source, bool) {
	src := f.text.Source
	if b.square || b.raised || from != b.paragraph.Start || b.Start-b.paragraph.Start > 80 {
		return nil, false
	}
	after := strings.TrimLeft(src[b.End:min(b.paragraph.End, b.End+8)], " ")
	if r, _ := utf8.DecodeRuneInString(after); !strings.ContainsRune("-–—:", r) || after == "" {
		return nil, false
	}
	for _, w := range wordsOf(src, text.Span{Start: b.paragraph.Start, End: b.Start}) {
		if !w.capitalised() && dateOf(w) == noDate && !joining[w.low] {
			return nil, false
		}
	}
	parts := bundle(src, text.Span{Start: b.Start + 1, End: b.End - 1}, f.kinds)
	e := weigh(src, parts, f.kinds)
	if e.broken || e.named == 0 || len(parts) > 3 || e.against > e.bodies || b.opens && e.bodies+e.acronyms == 0 {
		return nil, false // "(Orvelle) –" is where a report was written
	}
	return sources(src, parts), true
}
