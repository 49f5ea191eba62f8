package relations

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// ellipsis reads an auxiliary at i that stands for the verb before it, denied: "A recognised T; B has not". It also
// returns how many units that takes, 0 if nothing of the kind stands there.
func (s *sentence) ellipsis(i int, told *sayings) ([]Relation, int) {
	s.started = max(0, i-reachLeft)
	n := 1
	if s.at(i+1) == "not" {
		n = 2
	}
	w := s.at(i)
	if len(s.last) == 0 || !s.actor(i-1) || !having[w] && !being[w] && !auxiliary[w] || n == 1 && !negations[w] || !closes[s.at(i+n)] {
		return nil, 0
	}
	r := s.last[0]
	agents := s.subject(i).actors
	if len(agents) == 0 || r.Target < 0 || r.Trigger.End > s.units[i-1].Start {
		return nil, 0
	}
	var out []Relation
	r.Mode, r.Confidence, r.Place, r.When = graph.Denied, possible, -1, Period{}
	r.Trigger = text.Span{Start: s.units[i].Start, End: s.units[i+n-1].End}
	r.Attribution, _ = told.innermost(r.Trigger)
	for _, a := range agents {
		if r.Agent = a; a != r.Target {
			out = append(out, r)
		}
	}
	return out, n
}
