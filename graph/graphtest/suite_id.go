package graphtest

import "github.com/claimgraph/claimgraph/graph"

var idChecks = []check{
	{name: "Select/IDs come in the order asked for", run: idOrder},
	{name: "Select/unknown IDs are absent", run: idUnknown},
	{name: "Select/an ID asked for twice comes twice", run: idTwice},
	{name: "Select/IDs keep kinds and filter", run: idFilter},
	{name: "Select/as many IDs as allowed", run: idMany},
}

var (
	truce = ID(graph.KindClaim, "truce")
	iran  = ID(graph.KindActor, "iran")
	wire  = ID(graph.KindDocument, "wire")
	says  = ID(graph.KindAttribution, "says")
	blog  = ID(graph.KindDocument, "blog")
)

func idOrder(s *subject) {
	s.put(sample)
	sel := graph.Select{IDs: []graph.ID{truce, wire, iran, says}}
	sel.Props = []string{"caption"}
	s.answers("four kinds", sel, "clm_truce{truce} doc_wire{wire} act_iran{iran} att_says{says}")
	sel.Follow = []graph.Follow{against(graph.EdgeContent)}
	s.answers("with a follow that one of them has", sel,
		"clm_truce{truce}(att_agrees att_denies att_holds att_says) doc_wire{wire}() act_iran{iran}() att_says{says}()")
}

func idUnknown(s *subject) {
	s.put(sample)
	lost := ID(graph.KindActor, "lost")
	ids := []graph.ID{lost, iran, "", "act_", "nonsense", "act_iran", ID(graph.KindClaim, "lost"), truce}
	s.answers("among others", graph.Select{IDs: ids}, "act_iran clm_truce")
	s.answers("alone", graph.Select{IDs: []graph.ID{lost}, Level: graph.Level{Total: true}}, "")
	s.answers("none at all", graph.Select{IDs: []graph.ID{}}, "")
	s.put(`wire Document`)
	s.answers("gone", graph.Select{IDs: []graph.ID{says, wire}}, "doc_wire")
}

func idTwice(s *subject) {
	s.put(sample)
	sel := graph.Select{IDs: []graph.ID{iran, truce, iran}, Level: graph.Level{Total: true}}
	s.answers("twice", sel, "act_iran clm_truce act_iran of 3")
}

func idFilter(s *subject) {
	s.put(sample)
	ids := []graph.ID{wire, iran, blog, truce}
	sel := graph.Select{IDs: ids}
	sel.Kinds = []graph.NodeKind{graph.KindDocument, graph.KindClaim}
	s.answers("of two kinds", sel, "doc_wire doc_blog clm_truce")
	sel = graph.Select{IDs: ids, Level: graph.Level{Total: true}}
	sel.Where = graph.Where{Prop: "lang", Value: "en"}
	s.answers("in English", sel, "doc_wire clm_truce of 2")
	sel.Where = graph.Match{Text: "herat holds"}
	s.answers("with words", sel, "doc_wire clm_truce of 2")
}

func idMany(s *subject) {
	s.putBatches(hub(graph.MaxFirst / 2))
	var ids []graph.ID
	for i := range graph.MaxFirst {
		ids = append(ids, ID(graph.KindAttribution, name(graph.MaxFirst-1-i)))
	}
	sel := graph.Select{IDs: ids, Level: graph.Level{Total: true, Props: []string{"depth"}, Follow: []graph.Follow{along(graph.EdgeIn)}}}
	if got := s.ask("half of them unknown", sel); got.Total != graph.MaxFirst/2 {
		s.Errorf("got a total of %d, want %d", got.Total, graph.MaxFirst/2)
	}
}
