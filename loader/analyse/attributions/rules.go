package attributions

import (
	"context"
	"sort"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// Rules is a Tagger that knows a list of cues and how the phrases beside them are built.
type Rules struct{}

var _ Tagger = Rules{}

// Version implements Tagger.
func (Rules) Version() string { return "rules" }

// Tag implements Tagger in time linear in the length of the text.
func (Rules) Tag(_ context.Context, t *text.Text, hidden []text.Span) (Tags, error) {
	r := newReader(t, hidden)
	for _, paragraph := range t.Paragraphs {
		if paragraph.Skipped || t.Sentences[paragraph.First].Heading {
			continue
		}
		for s := paragraph.First; s < paragraph.Last; s++ {
			r.sentence(s)
		}
	}
	sort.SliceStable(r.found, func(i, j int) bool { return r.found[i].Cue[0].Start < r.found[j].Cue[0].Start })
	return Tags{Triples: r.found, Silence: RulesSilent}, nil
}

// A reader reads one text, sentence by sentence.
type reader struct {
	t      *text.Text
	tags   []tag
	hidden []bool  // tokens within citations
	starts []bool  // tokens that begin a paragraph
	quotes []int32 // the quotation that holds a token, its marks included, or -1
	found  []Triple

	sentenceRange text.Range // the sentence being read
	subject       text.Range // the last source of this sentence, empty if there was none
}

func newReader(t *text.Text, hidden []text.Span) *reader {
	n := len(t.Tokens)
	r := &reader{t: t, tags: tagText(t), hidden: make([]bool, n), starts: make([]bool, n), quotes: make([]int32, n)}
	for _, h := range hidden {
		for i := t.RangeOf(h); i.First < i.Last; i.First++ {
			r.hidden[i.First] = true
		}
	}
	for i := range r.quotes {
		r.quotes[i] = -1
	}
	for q, quote := range t.Quotes {
		all := t.RangeOf(quote.Span)
		for i := all.First; i < all.Last; i++ {
			r.quotes[i] = int32(q) //nolint:gosec // A text of two billion quotations is not read.
		}
	}
	for p := range t.Paragraphs {
		r.starts[t.ParagraphTokens(p).First] = true
	}
	return r
}

// A rule looks at no more than maxReach tokens to either side, and no content has more than maxContent tokens outside
// quotations. No sentence that people write is as long; others are read in linear time.
const (
	maxReach   = 120
	maxContent = 400
)

// sentence reads one sentence.
func (r *reader) sentence(s int) {
	r.sentenceRange, r.subject = r.t.Sentences[s].Range, text.Range{}
	for i := r.sentenceRange.First; i < r.sentenceRange.Last; i++ {
		if r.isHidden(i) || r.inQuote(i) {
			continue
		}
		if r.tags[i] == noun && r.readNoun(i) {
			continue
		}
		c, ok := r.cueAt(i)
		if !ok {
			continue
		}
		if r.read(c) {
			i = max(i, c.Last-1)
		}
	}
}

// inQuote reports whether a token lies within a quotation of several words; a quoted word or two may be part of the
// outlet's own sentence, but no cue.
func (r *reader) inQuote(i int) bool { return r.quote(i) >= 0 }

// quote returns the index of the quotation that holds a token, its marks included, or -1.
func (r *reader) quote(i int) int {
	if i < 0 || i >= len(r.quotes) {
		return -1
	}
	return int(r.quotes[i])
}

// isHidden reports whether a token lies within a citation.
func (r *reader) isHidden(i int) bool { return i >= 0 && i < len(r.hidden) && r.hidden[i] }

// begins reports whether a token begins a paragraph.
func (r *reader) begins(i int) bool { return i >= 0 && i < len(r.starts) && r.starts[i] }

func (r *reader) lower(i int) string {
	if i < r.sentenceRange.First || i >= r.sentenceRange.Last {
		return ""
	}
	return r.t.Tokens[i].Lower
}

func (r *reader) tag(i int) tag {
	if i < r.sentenceRange.First || i >= r.sentenceRange.Last {
		return punctuation
	}
	return r.tags[i]
}

// add records an attribution; empty ranges are left out.
func (r *reader) add(source, cue text.Range, content []text.Range, rule Sign) bool {
	t := Triple{Evidence: Evidence{Basis: WrittenRules}}
	if rule != anyRule {
		t.Evidence.Signs[rule] = 1
	}
	for _, c := range content {
		t.Content = append(t.Content, r.visible(c)...)
	}
	if len(t.Content) == 0 || cue.Empty() {
		return false
	}
	t.Content = ordered(t.Content)
	t.Cue = []text.Span{r.t.SpanOf(cue)}
	for n := len(r.found); n > 0 && t.Cue[0].Holds(r.found[n-1].Cue[0]); n = len(r.found) {
		r.found = r.found[:n-1] // "concluded by stating" holds "concluded".
	}
	if !source.Empty() {
		t.Source = []text.Span{r.t.SpanOf(source)}
		r.remember(source)
	}
	r.found = append(r.found, t)
	return true
}

// remember keeps a source as the one who may go on speaking in this sentence, unless somebody else reports it there.
func (r *reader) remember(source text.Range) {
	if r.tags[source.First] == relative {
		return
	}
	if n := len(r.found); n > 0 && !r.subject.Empty() {
		for _, c := range r.found[n-1].Content {
			if c.Holds(r.t.SpanOf(source)) {
				return
			}
		}
	}
	r.subject = source
}

// visible returns the spans of a range of tokens, cut at paragraph ends and around what is hidden.
func (r *reader) visible(c text.Range) []text.Span {
	var out []text.Span
	first := c.First
	flush := func(last int) {
		for first < last && r.isEdgePunctuation(first) && !r.inQuote(first) {
			first++
		}
		for last > first && r.isEdgePunctuation(last-1) && !r.inQuote(last-1) {
			last--
		}
		if first < last {
			out = append(out, r.t.SpanOf(text.Range{First: first, Last: last}))
		}
	}
	for i := c.First; i < c.Last; i++ {
		switch {
		case r.isHidden(i):
			flush(i)
			first = i + 1
		case i > c.First && r.begins(i):
			flush(i)
			first = i
		}
	}
	flush(c.Last)
	return out
}

// isEdgePunctuation reports whether a token is a mark that no content begins or ends with.
func (r *reader) isEdgePunctuation(i int) bool {
	switch r.t.Tokens[i].Lower {
	case ",", ".", ":", ";", "—", "–", "-", "--", "?", "!", "…", "...":
		return r.t.Tokens[i].Class == text.Punct
	}
	return false
}

// ordered sorts spans and joins those that overlap or touch.
func ordered(spans []text.Span) []text.Span {
	sort.Slice(spans, func(i, j int) bool { return spans[i].Start < spans[j].Start })
	out := spans[:1]
	for _, s := range spans[1:] {
		last := &out[len(out)-1]
		if s.Start <= last.End {
			last.End = max(last.End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}
