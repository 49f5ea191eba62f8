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
		echo  Document
		echo  -COPY_OF-> wire method=shingles score=1
		iran  Actor
		iran  -SAME_AS-> persia judgement=yes by=mina at=2024-07-01

		wire   Document
		wire   -DERIVED_FROM-> echo method=dates score=0.25
		persia Actor`)
	s.agrees("after Put")
	sel := among(nil, graph.KindDocument)
	sel.Follow = []graph.Follow{along(graph.EdgeCopyOf), along(graph.EdgeDerivedFrom)}
	s.answers("documents", sel, "doc_echo(doc_wire; ) doc_wire(; doc_echo)")
}

func putEqualEdges(s *subject) {
	s.put(`
		wire  Document
		says  Attribution
		says  -SOURCE-> iran
		says  -SOURCE-> iran
		iran  Actor
		truce Claim
		truce -SUPPORTS-> peace method=words score=0.5
		truce -SUPPORTS-> peace method=words score=0.5
		truce -SUPPORTS-> peace method=words score=0.75
		peace Claim

		echo  Document
		truce Claim
		truce -SUPPORTS-> peace method=words score=0.5`)
	s.agrees("after Put")
	sel := among(nil, graph.KindAttribution, graph.KindClaim)
	supports := along(graph.EdgeSupports)
	supports.EdgeProps = []string{"score"}
	sel.Follow = []graph.Follow{along(graph.EdgeSource), supports}
	want := "att_says(act_iran; ) clm_peace(; ) clm_truce(; clm_peace[0.5] clm_peace[0.75])"
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
