package graphtest

import (
	"fmt"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var degreeChecks = []check{
	{name: "Degrees/by kind, direction and far end", run: degreesOfNodes},
	{name: "Degrees/of parallel edges, unknown and repeated nodes", run: degreesOfOdd},
}

// sameDegrees asks both for the edges of some nodes and compares the answers, which Graph sorts.
func (s *subject) sameDegrees(what string, ids ...graph.ID) map[graph.ID][]graph.Degree {
	s.Helper()
	got, err := graph.New(s.store).Degrees(s.Context(), ids)
	if err != nil {
		s.Fatalf("%s: Degrees: %v", what, err)
	}
	want, err := graph.New(s.oracle).Degrees(s.Context(), ids)
	if err != nil {
		s.Fatalf("%s: oracle: Degrees: %v", what, err)
	}
	s.same(what, want, got)
	return got
}

func degreesOfNodes(s *subject) {
	s.put(sample)
	for id, want := range map[graph.ID]string{
		iran:  "SOURCE<Attribution 2; AGENT<Relation 1; BACKS>Actor 1",
		truce: "CONTENT<Attribution 4; ASSERTS>Relation 2; CONTRADICTS>Claim 1; ASSESSES<Assessment 1",
		blog:  "",
	} {
		var parts []string
		for _, d := range s.sameDegrees(short(id), id)[id] {
			arrow := ">"
			if d.Reverse {
				arrow = "<"
			}
			parts = append(parts, fmt.Sprintf("%s%s%s %d", d.Edge, arrow, d.Far, d.Count))
		}
		if got := strings.Join(parts, "; "); got != want {
			s.Errorf("%s: got %s, want %s", short(id), got, want)
		}
	}
	var all []graph.ID
	for id := range s.known {
		all = append(all, id)
	}
	s.sameDegrees("all at once", all...)
}

func degreesOfOdd(s *subject) {
	s.put(sample)
	s.sameDegrees("none")
	s.sameDegrees("an unknown node", ID(graph.KindClaim, "lost"), "", "nonsense")
	s.sameDegrees("one node twice, and parallel edges", says, says, ID(graph.KindPassage, "first"))
}
