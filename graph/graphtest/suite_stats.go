package graphtest

import "github.com/claimgraph/claimgraph/graph"

var statsChecks = []check{{name: "Stats/count nodes, edges and shortcuts", run: statsCount}}

func statsCount(s *subject) {
	s.stats("of nothing")
	s.put(`
		wire  Document
		aids  Relation class=STANDING type=BACKS
		aids  -AGENT-> iran
		aids  -TARGET-> guard
		iran  Actor
		guard Actor
		truce Claim
		truce -ASSERTS-> aids polarity=AFFIRMS
		says  Attribution
		says  -CONTENT-> truce
		says  -SOURCE-> lost

		grade Assessment
		iran  Actor`)
	got, err := s.store.Stats(s.Context())
	if err != nil {
		s.Fatalf("Stats: %v", err)
	}
	want := graph.Stats{Documents: 1, Nodes: 7, Edges: 6, ByKind: map[graph.NodeKind]int{
		graph.KindDocument: 1, graph.KindRelation: 1, graph.KindActor: 2, graph.KindClaim: 1, graph.KindAttribution: 1,
		graph.KindAssessment: 1,
	}}
	s.same("Stats", want, got)
}
