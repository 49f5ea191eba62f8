package graphtest

import (
	"github.com/claimgraph/claimgraph/graph"
)

var putChecks = []check{
	{name: "Put/keeps nodes and edges as they are", run: putKeeps},
	{name: "Put/twice is once", run: putTwice},
	{name: "Put/replaces all that the owner contributed", run: putReplaces},
	{name: "Put/batches of one call refer to one another", run: putTogether},
	{name: "Put/equal edges are one edge", run: putEqualEdges},
	{name: "Put/a lonely document", run: putLonely},
}

func putKeeps(s *subject) {
	s.put(sample)
	s.agrees("after Put")
	sel := among(nil, graph.KindDocument)
	sel.Props = []string{"title", "publishedAt", "lang"}
	s.answers("documents", sel, "doc_blog{-, -, -} "+
		"doc_echo{Talks in Herat (repeated), 2024-07-02T09:00:00.000Z, -} "+
		"doc_paper{No truce, says the governor, 2024-08-05T00:00:00.000Z, fa} "+
		"doc_wire{Talks in Herat, 2024-07-01T08:30:00.125Z, en}")
}

func putTwice(s *subject) {
	s.put(sample)
	s.put(sample)
	s.agrees("after the same Put again")
	for _, b := range s.draw(sample) {
		s.putBatches([]graph.Batch{b})
	}
	s.agrees("after a Put of each batch again")
}

func putReplaces(s *subject) {
	s.put(`
		wire   Document title="First edition" author=Nur url=https://ledger.example/1
		wire   -PUBLISHED_BY-> ledger
		ledger Actor kind=OUTLET
		says   Attribution
		says   -SOURCE-> iran
		iran   Actor kind=STATE aliases=Tehran
		says   -CONTENT-> truce
		truce  Claim
		says   -EVIDENCE-> first role=CUE
		first  Passage`)
	s.put(`
		wire   Document title="Second edition"
		wire   -PUBLISHED_BY-> ledger
		ledger Actor kind=OUTLET
		says   Attribution polarity=DENIES
		says   -SOURCE-> iran
		iran   Actor kind=STATE
		says   -EVIDENCE-> first role=CONTENT
		first  Passage`)
	s.agrees("after the second edition")
	sel := among(nil, graph.KindAttribution)
	sel.Props = []string{"polarity"}
	evidence := along(graph.EdgeEvidence)
	evidence.EdgeProps = []string{"role"}
	sel.Follow = []graph.Follow{along(graph.EdgeSource), along(graph.EdgeContent), evidence}
	s.answers("attributions", sel, "att_says{DENIES}(act_iran; ; psg_first[CONTENT])")
	s.answers("claims", among(nil, graph.KindClaim), "")
	s.answers("authors", among(graph.Where{Prop: "author", Op: graph.Exists}, graph.KindDocument), "")
	s.answers("aliases", among(graph.Where{Prop: "aliases", Op: graph.Exists}, graph.KindActor), "")

	s.put(`wire Document`)
	s.agrees("after an empty edition")
	s.answers("actors", among(nil, graph.KindActor), "")
}

func putTogether(s *subject) {
	s.put(`
		echo   Document
		echo   -PUBLISHED_BY-> ledger
		iran   Actor
		iran   -SAME_AS-> persia judgement=yes by=mina at=2024-07-01

		grade  Assessment
		grade  -ASSESSES-> echo
		persia Actor
		ledger Actor`)
	s.agrees("after Put")
	sel := among(nil, graph.KindDocument, graph.KindActor)
	sel.Follow = []graph.Follow{
		along(graph.EdgePublishedBy), along(graph.EdgeSameAs), against(graph.EdgeAssesses),
	}
	s.answers("nodes", sel, "act_iran(; act_persia; ) act_ledger(; ; ) act_persia(; ; ) doc_echo(act_ledger; ; asm_grade)")
}

func putEqualEdges(s *subject) {
	s.put(`
		wire   Document
		says   Attribution
		says   -SOURCE-> iran
		says   -SOURCE-> iran
		iran   Actor
		iran   -SAME_AS-> persia judgement=yes by=mina
		iran   -SAME_AS-> persia judgement=yes by=mina
		iran   -SAME_AS-> persia judgement=no by=mina
		persia Actor

		echo   Document
		iran   Actor
		iran   -SAME_AS-> persia judgement=yes by=mina`)
	s.agrees("after Put")
	sel := among(nil, graph.KindAttribution, graph.KindActor)
	same := along(graph.EdgeSameAs)
	same.EdgeProps = []string{"judgement"}
	sel.Follow = []graph.Follow{along(graph.EdgeSource), same}
	want := "act_iran(; act_persia[no] act_persia[yes]) act_persia(; ) att_says(act_iran; )"
	s.answers("edges", sel, want)
	s.delete("echo")
	s.answers("edges that another owner contributes too", sel, want)
	s.agrees("after Delete")
}

func putLonely(s *subject) {
	s.put(`wire Document`)
	s.agrees("after Put")
	s.answers("documents", among(nil, graph.KindDocument), "doc_wire")
}
