package loader

import (
	"strings"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// contextRunes is how many code points around a passage are kept with it.
const contextRunes = 32

// stretch turns a span of bytes into the units that readers count in. It is the only place that does.
func (a *assembler) stretch(s text.Span) graph.Stretch {
	return graph.Stretch{
		Start: a.points.CodePoint(s.Start), End: a.points.CodePoint(s.End),
		Start16: a.points.UTF16(s.Start), End16: a.points.UTF16(s.End),
		Exact: a.text.Slice(s),
	}
}

// around returns the text before and after a span.
func (a *assembler) around(s text.Span) (prefix, suffix string) {
	before, after := a.text.Source[:s.Start], a.text.Source[s.End:]
	from, to := len(before), 0
	for range contextRunes {
		_, size := utf8.DecodeLastRuneInString(before[:from])
		from -= size
		_, size = utf8.DecodeRuneInString(after[to:])
		to += size
	}
	return before[from:], after[:to]
}

// words returns the text of spans as one line.
func (a *assembler) words(spans []text.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = a.text.Slice(s)
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
