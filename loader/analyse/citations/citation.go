// Package citations finds the sources that an article cites in brackets: "(IRNA, July 2024; UNHCR reports)".
package citations

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Citation is one pair of brackets, or one footnote, with the sources that it names.
type Citation struct {
	text.Span             // with its brackets
	Sources   []Source    // at least one
	Scope     []text.Span // what it can support: the sentences of its paragraph since the citation before it
}

// A Source is one cited source as written.
type Source struct {
	Name        text.Span
	Date        text.Span // empty if none is given
	Granularity graph.Granularity
}
