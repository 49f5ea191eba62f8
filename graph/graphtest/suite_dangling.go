package graphtest

import "github.com/claimgraph/claimgraph/graph"

var danglingChecks = []check{
	{name: "Dangling/an edge appears when its end does", run: danglingAppears},
	{name: "Dangling/an edge vanishes with its end and comes back", run: danglingVanishes},
	{name: "Dangling/no answer shows a missing end", run: danglingHidden},
}

func danglingAppears(s *subject) {
	s.put(`
		grade Assessment
		grade -ASSESSES-> Document:wire

		echo  Document
		says  Attribution
		says  -SOURCE-> iran`)
	sel := among(nil, graph.KindAssessment, graph.KindAttribution)
	sel.Follow = []graph.Follow{along(graph.EdgeAssesses), along(graph.EdgeSource)}
	s.answers("before", sel, "asm_grade(; ) att_says(; )")
	s.agrees("before")
	s.put(`
		wire Document
		iran Actor`)
	s.answers("after", sel, "asm_grade(doc_wire; ) att_says(; act_iran)")
	s.agrees("after")
}

func danglingVanishes(s *subject) {
	echo := `
		grade Assessment
		grade -ASSESSES-> wire

		echo  Document
		echo  -PUBLISHED_BY-> ledger
		note  Citation
		note  -NAMES-> ledger`
	wire := `
		wire   Document
		ledger Actor kind=OUTLET`
	s.put(echo + wire)
	sel := among(nil, graph.KindDocument, graph.KindCitation)
	sel.Follow = []graph.Follow{against(graph.EdgeAssesses), along(graph.EdgePublishedBy), along(graph.EdgeNames)}
	whole := "cit_note(; ; act_ledger) doc_echo(; act_ledger; ) doc_wire(asm_grade; ; )"
	s.answers("at first", sel, whole)
	for range 2 {
		s.delete("wire")
		s.answers("without its ends", sel, "cit_note(; ; ) doc_echo(; ; )")
		s.agrees("without its ends")
		s.put(wire)
		s.answers("with them again", sel, whole)
		s.agrees("with them again")
	}
	s.delete("wire")
	s.put("echo Document\ngrade Assessment")
	s.put(wire)
	s.answers("once nobody contributes the edges", sel, "doc_echo(; ; ) doc_wire(; ; )")
	s.agrees("once nobody contributes the edges")
}

func danglingHidden(s *subject) {
	s.put(`
		wire Document
		says Attribution
		says -SOURCE-> iran
		says -SOURCE-> persia
		iran Actor`)
	s.agrees("after Put")
	ghost := ID(graph.KindActor, "persia")
	s.answers("by ID", graph.Select{IDs: []graph.ID{ghost}}, "")
	s.answers("by an edge to it", among(graph.Has{Edge: graph.EdgeSource, Where: graph.Where{
		Prop: "name", Value: "persia",
	}}, graph.KindAttribution), "")
	s.answers("by not having its property", among(graph.Has{Edge: graph.EdgeSource, Where: graph.Not{
		Filter: graph.Where{Prop: "name", Value: "iran"},
	}}, graph.KindAttribution), "")
	s.sameBuckets("by its name", graph.KindAttribution, nil,
		graph.Facet{Steps: []graph.Step{{Edge: graph.EdgeSource}}, Prop: "name"})
	s.sameBuckets("all actors", graph.KindActor, nil)
	s.samePaths("to it", ID(graph.KindDocument, "wire"), ghost, graph.PathOptions{MaxLength: 4, First: 5})
}
