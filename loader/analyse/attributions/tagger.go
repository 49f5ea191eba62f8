package attributions

import "github.com/claimgraph/claimgraph/loader/analyse/text"

// A Tagger finds who says what, and nothing more: it tells sources, cues and contents apart. It may look at every
// paragraph that is not skipped but must leave alone what lies within hidden (citations in brackets, speakers' labels, bullets), which is
// in order.
type Tagger interface {
	Tag(t *text.Text, hidden []text.Span) []Triple
}

// A Triple is a source, a cue and a content that belong together. The spans of each are in order and do not overlap.
type Triple struct {
	Source     []text.Span // may be empty
	Cue        []text.Span // at least one
	Content    []text.Span // at least one
	Confidence float64     // 0 to 1: how sure the tagger is
}
