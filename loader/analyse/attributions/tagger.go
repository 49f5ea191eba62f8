package attributions

import (
	"context"

	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Tagger finds who says what, and nothing more: it tells sources, cues and contents apart. It is safe for concurrent
// use.
type Tagger interface {
	// Tag may look at every paragraph that is not skipped but must leave alone what lies within hidden (citations in
	// brackets, speakers' labels, bullets), which is in order. The only error is that ctx ended.
	Tag(ctx context.Context, t *text.Text, hidden []text.Span) (Tags, error)
	// Version names the tagger. A tagger that gives another result for some text has another version.
	Version() string
}

// Tags are what a tagger finds in a text.
type Tags struct {
	Triples []Triple
	// Others are the triples of a second, lesser opinion: they stand where the first has nothing to say, as far as they
	// tell of somebody known, or within what somebody says.
	Others []Triple
	// Names are what the tagger takes for names, in order, whether or not anybody knows them.
	Names []actors.Named
	// Silence is what a sentence rests on in which nothing was found.
	Silence Basis
}

// A Triple is a source, a cue and a content that belong together. The spans of each are in order and do not overlap.
type Triple struct {
	Source   []text.Span // may be empty
	Cue      []text.Span // at least one
	Content  []text.Span // at least one
	Evidence Evidence    // what the tagger knows of it
}
