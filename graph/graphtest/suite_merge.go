package graphtest

import (
	"fmt"

	"github.com/claimgraph/claimgraph/graph"
)

var mergeChecks = []check{
	{name: "Merge/a shared node lives as long as somebody speaks of it", run: mergeSurvives},
	{name: "Merge/an edge lives as long as somebody contributes it", run: mergeEdgesSurvive},
	{name: "Merge/properties follow their rules in any order", run: mergeAnyOrder},
	{name: "Merge/the second label follows its property", run: mergeLabel},
	{name: "Merge/contested follows the polarities", run: mergeContested},
}

func mergeSurvives(s *subject) {
	s.put(`
		wire  Document
		iran  Actor
		truce Claim

		echo  Document
		iran  Actor

		grade Assessment
		truce Claim`)
	sel := among(nil, graph.KindActor, graph.KindClaim)
	sel.Props = []string{"originCount"}
	s.answers("at first", sel, "act_iran{2} clm_truce{1}")
	s.delete("wire")
	s.agrees("after one Delete")
	s.answers("after one Delete", sel, "act_iran{1} clm_truce{0}")
	s.put(`echo Document`)
	s.agrees("after echo does not speak of it any more")
	s.answers("after echo does not speak of it any more", sel, "clm_truce{0}")
	s.put(`grade Assessment`)
	s.agrees("at last")
	s.answers("at last", sel, "")
}

func mergeEdgesSurvive(s *subject) {
	s.put(`
		wire   Document
		iran   Actor
		iran   -SAME_AS-> persia judgement=yes by=mina
		persia Actor

		echo   Document
		iran   Actor
		iran   -SAME_AS-> persia judgement=yes by=mina
		persia Actor

		paper  Document
		iran   Actor
		persia Actor`)
	sel := among(nil, graph.KindActor)
	sel.Follow = []graph.Follow{along(graph.EdgeSameAs)}
	s.answers("at first", sel, "act_iran(act_persia) act_persia()")
	s.delete("wire")
	s.answers("after one Delete", sel, "act_iran(act_persia) act_persia()")
	s.delete("echo")
	s.answers("after both", sel, "act_iran() act_persia()")
	s.agrees("after both")
}

// accounts are three owners' words on the same nodes, which differ wherever they may.
var accounts = []string{
	`wire  Document
	 iran  Actor    name=Iran kind=STATE aliases=Tehran,Persia reliability=C
	 truce Claim    text="A truce holds." lang=fa firstSeen=2024-03-01 lastSeen=2024-03-01 polarities=AFFIRMS
	 backs Relation class=STANDING type=BACKS mode=ACTUAL validFrom=2024-01-01 validTo=2024-02-01 polarities=AFFIRMS`,
	`echo  Document
	 iran  Actor    name=IRAN kind=PLACE canonicalId=iran
	 truce Claim    text="The truce holds!" lang=en firstSeen=2024-02-01 lastSeen=2024-05-01
	 backs Relation class=STANDING type=BACKS mode=ACTUAL validTo=2024-06-01 polarities=AFFIRMS`,
	`paper Document
	 iran  Actor    name=Iran kind=STATE aliases=Persia,Éran reliability=A
	 truce Claim    text="A truce holds." firstSeen=2024-04-01T00:00:00.001Z lastSeen=2024-04-01 polarities=DENIES
	 backs Relation class=STANDING type=BACKS mode=ACTUAL validFrom=2023-01-01`,
}

func mergeAnyOrder(s *subject) {
	sel := among(nil, graph.KindActor)
	sel.Props = []string{"name", "kind", "aliases", "canonicalId", "reliability", "originCount"}
	claims := among(nil, graph.KindClaim)
	claims.Props = []string{"text", "lang", "firstSeen", "lastSeen", "polarities", "contested"}
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		for _, i := range order {
			s.put(accounts[i])
		}
		when := fmt.Sprint("in order ", order)
		s.agrees(when)
		s.answers(when, sel, "act_iran{IRAN, PLACE, Persia|Tehran|Éran, iran, A, 3}")
		s.answers(when, claims, "clm_truce{A truce holds., en, 2024-02-01T00:00:00.000Z, 2024-05-01T00:00:00.000Z, "+
			"AFFIRMS|DENIES, true}")
		for i, name := range []string{"wire", "echo", "paper"} {
			if i != order[0] {
				s.delete(name)
				s.agrees(when + " without " + name)
			}
		}
	}
}

func mergeLabel(s *subject) {
	s.put(`
		wire Document
		iran Actor kind=STATE

		echo Document
		iran Actor kind=PLACE`)
	states := among(graph.Where{Prop: "kind", Value: "STATE"}, graph.KindActor)
	s.answers("states, while somebody says that it is a place", states, "")
	s.delete("echo")
	s.answers("states, after that", states, "act_iran")
	s.put(`
		wire Document
		iran Actor kind=ORGANISATION`)
	s.answers("states, at last", states, "")
	s.agrees("at last")
}

func mergeContested(s *subject) {
	s.put(`
		wire  Document
		truce Claim polarities=AFFIRMS
		peace Claim polarities=AFFIRMS,DENIES
		war   Claim

		echo  Document
		truce Claim polarities=DENIES`)
	contested := among(graph.Where{Prop: "contested", Value: true}, graph.KindClaim)
	s.answers("while echo denies it", contested, "clm_peace clm_truce")
	s.put(`
		echo  Document
		truce Claim polarities=AFFIRMS`)
	s.answers("when echo affirms it", contested, "clm_peace")
	s.answers("when echo affirms it", among(graph.Where{Prop: "contested", Value: false}, graph.KindClaim),
		"clm_truce clm_war")
	s.agrees("when echo affirms it")
}
