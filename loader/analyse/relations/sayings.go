package relations

import (
	"cmp"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A content is one stretch of what an attribution says.
type content struct {
	text.Span
	attribution int
	length      int // of all stretches of the attribution
}

// sayings finds the attributions that hold a stretch of the text, for stretches in order.
type sayings struct {
	atts []attributions.Attribution
	all  []content // by start
	next int       // the first that begins behind the last stretch asked for
	open []content // those that began before it and had not ended
}

func newSayings(atts []attributions.Attribution) *sayings {
	s := &sayings{atts: atts}
	for i, a := range atts {
		length := 0
		for _, c := range a.Content {
			length += c.Len()
		}
		for _, c := range a.Content {
			s.all = append(s.all, content{c, i, length})
		}
	}
	slices.SortStableFunc(s.all, func(a, b content) int { return cmp.Compare(a.Start, b.Start) })
	return s
}

// innermost returns the index of the shortest attribution whose content holds the span, -1 if none does, and whether it
// denies what it reports. No span may begin before the one asked for last.
func (s *sayings) innermost(span text.Span) (attribution int, denies bool) {
	for ; s.next < len(s.all) && s.all[s.next].Start <= span.Start; s.next++ {
		s.open = append(s.open, s.all[s.next])
	}
	s.open = slices.DeleteFunc(s.open, func(c content) bool { return c.End <= span.Start })
	best := content{attribution: -1}
	for _, c := range s.open {
		if c.Holds(span) && (best.attribution < 0 || c.length <= best.length) {
			best = c
		}
	}
	return best.attribution, best.attribution >= 0 && s.atts[best.attribution].Polarity == graph.Denies
}
