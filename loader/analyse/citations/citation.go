// Package citations finds the sources that an article cites outside its sentences: in brackets "(IRNA, July 2024; UNHCR
// reports)", in footnotes, in a dateline "(Reuters) –" and in lines that begin with "Source:". It knows no particular
// source: how a bracket is worded and where it stands tell whether it cites.
package citations

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Citation is one pair of brackets, one footnote marker or one "Source:" line, with the sources that it names.
type Citation struct {
	text.Span             // with its brackets
	Sources   []Source    // at least one
	Scope     []text.Span // the sentences that it can support, in order; see Find
	Dateline  text.Span   // of a dateline: all of it, place, date and dash too; else empty
}

// Aside returns what is no part of the prose around it: the dateline, or the citation itself.
func (c *Citation) Aside() text.Span {
	if c.Dateline.Start < c.Dateline.End {
		return c.Dateline
	}
	return c.Span
}

// A Source is one cited source as written. A footnote's sources stand in the note, elsewhere in the text.
type Source struct {
	Name        text.Span
	Date        text.Span // empty if none is given
	Granularity graph.Granularity
}

// Kinds tells what kind of actor a name means, "" for a name that it does not know. It sharpens the decision where the
// wording alone leaves it open: "(Tasnim)" cites, "(Kandahar)" does not.
type Kinds func(name string) graph.ActorKind
