// Package attributions finds who says what in a text: the source, the cue and the content of every attribution, the
// outlet's own voice, and the speech that carries over from one sentence to the next.
package attributions

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// An Attribution is one act of saying, as the text words it. Its spans are in order and do not overlap; a span that
// jumps over other text (“X”, he said, “Y”) is several.
type Attribution struct {
	Voice      graph.Voice
	Kind       graph.AttributionKind
	QuoteType  graph.QuoteType
	Polarity   graph.Polarity
	Factuality graph.Factuality
	Source     []text.Span // empty where the text names none
	Cue        []text.Span // empty unless Voice is Attributed
	Content    []text.Span // at least one
	Within     int         // index of the attribution that reports this one, or -1
	Sources    []int       // indices of the source's actors in the cast, empty if unknown
	Citations  []int       // indices of the citations that stand behind it
	Evidence   Evidence
	Confidence float64 // 0 to 1: how likely this reading is right, by the evidence
}

// start returns where the attribution stands: at its cue, or where it has none at its content.
func (a *Attribution) start() int {
	if len(a.Cue) > 0 {
		return a.Cue[0].Start
	}
	return a.Content[0].Start
}
