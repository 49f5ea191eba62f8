// Package text divides an article into paragraphs, sentences, tokens and quotations. It changes nothing: everything it
// returns is a half-open range of byte offsets into the article's text.
package text

import "sort"

// A Span is a half-open range of byte offsets into Text.Source.
type Span struct{ Start, End int }

// Len returns the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Holds reports whether o lies within s.
func (s Span) Holds(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Length returns how many bytes spans have together.
func Length(spans []Span) int {
	n := 0
	for _, s := range spans {
		n += s.Len()
	}
	return n
}

// Common returns how many bytes two lists of spans share. Within a list, none overlaps another.
func Common(a, b []Span) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x.End, y.End)-max(x.Start, y.Start))
		}
	}
	return n
}

// A Range is a half-open range of indices into Text.Tokens.
type Range struct{ First, Last int }

// Empty reports whether the range holds no token.
func (r Range) Empty() bool { return r.First >= r.Last }

// A Token is a word, a number, or one punctuation mark. A possessive or contracted ending is a token of its own
// ("Taliban" + "’s", "they" + "’ll"), and so are the parts that a hyphen joins and the hyphen ("Iran", "-", "backed");
// the full stop of an abbreviation belongs to it ("U.S.", "Mr.", "J.").
type Token struct {
	Span
	Class Class
	Lower string // the token in lower case, with typographic apostrophes as '
}

// A Class says what a token is made of.
type Class uint8

// The classes of tokens.
const (
	Word Class = iota
	Number
	Punct
)

// A Sentence is a run of tokens within one paragraph.
type Sentence struct {
	Range
	Span
	Paragraph int  // index into Text.Paragraphs
	Heading   bool // a title or section heading: it is not said by anybody
}

// A Paragraph is a run of sentences.
type Paragraph struct {
	Span
	First, Last int  // half-open range of indices into Text.Sentences
	Skipped     bool // furniture: it has tokens, but no analysis looks at them
	Foreign     bool // not in English: what is said in it cannot be told
}

// A Quote is a quotation with its marks. A quotation that goes on over several paragraphs, each reopened, is one Quote
// a paragraph; one that is never closed ends with its paragraph. A quotation within a quotation is part of it.
type Quote struct {
	Span         // with the marks
	Inner  Span  // without them
	Tokens Range // the tokens within Inner
	Closed bool
}

// A Text is an article, divided. Tokens, sentences, paragraphs and quotes are each in order and do not overlap.
type Text struct {
	Source     string
	Tokens     []Token
	Sentences  []Sentence
	Paragraphs []Paragraph
	Quotes     []Quote
}

// Parse divides source, which must be valid UTF-8. A paragraph is skipped if spans of skipped, which must be in order,
// cover more than half of it. Parse takes time linear in the length of source.
func Parse(source string, skipped []Span) *Text {
	t := &Text{Source: source}
	sc := newScanner(source)
	for sc.block() {
		p := len(t.Paragraphs)
		first := len(t.Tokens)
		t.Tokens = sc.tokens(t.Tokens)
		if len(t.Tokens) == first {
			continue
		}
		t.Paragraphs = append(t.Paragraphs, Paragraph{
			Span:  t.SpanOf(Range{first, len(t.Tokens)}),
			First: len(t.Sentences),
		})
		t.divide(Range{first, len(t.Tokens)}, p)
		t.Paragraphs[p].Last = len(t.Sentences)
	}
	t.markSkipped(skipped)
	for p := range t.Paragraphs {
		if t.Paragraphs[p].Skipped {
			continue
		}
		t.markHeading(p)
		t.quote(t.ParagraphTokens(p))
		t.Paragraphs[p].Foreign = t.isForeign(&t.Paragraphs[p])
	}
	return t
}

// markSkipped marks the paragraphs that spans of skipped cover by more than half.
func (t *Text) markSkipped(skipped []Span) {
	next := 0
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		for next < len(skipped) && skipped[next].End <= p.Start {
			next++
		}
		covered := 0
		for k := next; k < len(skipped) && skipped[k].Start < p.End; k++ {
			covered += min(skipped[k].End, p.End) - max(skipped[k].Start, p.Start)
		}
		p.Skipped = 2*covered > p.Len()
	}
}

// Slice returns the words of a span.
func (t *Text) Slice(s Span) string { return t.Source[s.Start:s.End] }

// SpanOf returns the span from the first to the last token of a range that is not empty.
func (t *Text) SpanOf(r Range) Span { return Span{t.Tokens[r.First].Start, t.Tokens[r.Last-1].End} }

// RangeOf returns the tokens that a span touches.
func (t *Text) RangeOf(s Span) Range {
	first := sort.Search(len(t.Tokens), func(i int) bool { return t.Tokens[i].End > s.Start })
	last := first + sort.Search(len(t.Tokens)-first, func(i int) bool { return t.Tokens[first+i].Start >= s.End })
	return Range{first, last}
}

// ParagraphTokens returns the tokens of a paragraph.
func (t *Text) ParagraphTokens(paragraph int) Range {
	p := t.Paragraphs[paragraph]
	return Range{t.Sentences[p.First].First, t.Sentences[p.Last-1].Last}
}

// SentenceAt returns the index of the sentence that holds a byte offset, or -1.
func (t *Text) SentenceAt(offset int) int {
	i := sort.Search(len(t.Sentences), func(i int) bool { return t.Sentences[i].End > offset })
	if i == len(t.Sentences) || t.Sentences[i].Start > offset {
		return -1
	}
	return i
}

// ParagraphAt returns the index of the paragraph that holds a byte offset, or -1.
func (t *Text) ParagraphAt(offset int) int {
	i := sort.Search(len(t.Paragraphs), func(i int) bool { return t.Paragraphs[i].End > offset })
	if i == len(t.Paragraphs) || t.Paragraphs[i].Start > offset {
		return -1
	}
	return i
}

// QuoteAt returns the index of the quotation that holds a byte offset, its marks included, or -1.
func (t *Text) QuoteAt(offset int) int {
	i := sort.Search(len(t.Quotes), func(i int) bool { return t.Quotes[i].End > offset })
	if i == len(t.Quotes) || t.Quotes[i].Start > offset {
		return -1
	}
	return i
}

// Capital reports whether a token begins with an upper-case letter.
func (t *Text) Capital(token int) bool { return startsUpper(t.Source[t.Tokens[token].Start:]) }

// Attached reports whether no space stands between a token and the one before it; false if there are no such two.
func (t *Text) Attached(token int) bool {
	return token > 0 && token < len(t.Tokens) && t.Tokens[token-1].End == t.Tokens[token].Start
}
