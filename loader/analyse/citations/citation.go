// Package citations finds the sources that an article cites: in brackets "(IRNA, July 2024; UNHCR reports)", in
// footnotes, in a dateline "(Reuters) –", in lines such as "Source: …" or "Reporting by …", and by hyperlinks. It knows no
// particular source: how a bracket is worded and where it stands tell whether it cites.
package citations

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Citation is one pair of brackets, one footnote marker, one "Source:" line or one hyperlink, with the sources that it
// names.
type Citation struct {
	text.Span             // with its brackets
	Sources   []Source    // at least one
	Scope     []text.Span // the sentences that it can support, in order; see Find
	Dateline  text.Span   // of a dateline: all of it, place, date and dash too; else empty
	Linked    bool        // a hyperlink in the prose, or the year behind authors named there
}

// Aside returns what is no part of the prose around it: the dateline, or the citation itself; nothing of a hyperlink.
func (c *Citation) Aside() text.Span {
	if c.Linked {
		return text.Span{Start: c.Start, End: c.Start}
	}
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
	URL         string // where it can be read, "" if the text does not say
}

// Kinds tells what kind of actor a name means, "" for a name that it does not know. It sharpens the decision where the
// wording alone leaves it open: "(Tasnim)" cites, "(Kandahar)" does not.
type Kinds func(name string) graph.ActorKind
