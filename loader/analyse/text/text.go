// Package text divides an article into paragraphs, sentences, tokens and quotations. It changes nothing: everything it
// returns is a half-open range of byte offsets into the article's text.
package text

// A Span is a half-open range of byte offsets into Text.Source.
type Span struct{ Start, End int }

// A Range is a half-open range of indices into Text.Tokens.
type Range struct{ First, Last int }

// A Token is a word, a number, or one punctuation mark.
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
}

// A Quote is a quotation with its marks. A quotation that goes on over several paragraphs, each reopened, is one Quote
// a paragraph; one that is never closed ends with its paragraph.
type Quote struct {
	Span         // with the marks
	Inner  Span  // without them
	Tokens Range // the tokens within Inner
	Closed bool
}

// A Text is an article, divided.
type Text struct {
	Source     string
	Tokens     []Token
	Sentences  []Sentence
	Paragraphs []Paragraph
	Quotes     []Quote
}
