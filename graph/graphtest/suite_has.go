package graphtest

import (
	"fmt"

	"github.com/claimgraph/claimgraph/graph"
)

var hasChecks = []check{
	{name: "Has/an edge to a node that matches", run: hasForward},
	{name: "Has/an edge from a node that matches", run: hasReverse},
	{name: "Has/an edge that matches", run: hasVia},
	{name: "Has/nested", run: hasNested},
	{name: "Has/an edge to nodes that are named, page by page", run: hasNamed},
}

func hasForward(s *subject) {
	s.put(sample)
	name := func(n string) graph.Filter { return graph.Where{Prop: "name", Value: n} }
	att := graph.KindAttribution
	s.filters([]filterCase{
		{att, graph.Has{Edge: graph.EdgeSource}, "att_agrees att_denies att_holds att_says"},
		{att, graph.Not{Filter: graph.Has{Edge: graph.EdgeSource}}, "att_notes"},
		{att, graph.Has{Edge: graph.EdgeSource, Where: name("Iran")}, "att_holds att_says"},
		{att, graph.Has{Edge: graph.EdgeSource, Where: graph.Not{Filter: name("Iran")}}, "att_agrees att_denies"},
		{att, graph.Not{Filter: graph.Has{Edge: graph.EdgeSource, Where: name("Iran")}}, "att_agrees att_denies att_notes"},
		{att, graph.Has{Edge: graph.EdgeSource, Where: graph.Or{}}, ""},
		{att, graph.And{graph.Has{Edge: graph.EdgeCites}, graph.Has{Edge: graph.EdgeContent}}, "att_notes"},
		{graph.KindDocument, graph.Has{Edge: graph.EdgeSource}, ""},
	})
}

func hasReverse(s *subject) {
	s.put(sample)
	s.filters([]filterCase{
		{graph.KindClaim, graph.Has{Edge: graph.EdgeContent, Reverse: true}, "clm_prices clm_truce"},
		{graph.KindClaim, graph.Has{
			Edge: graph.EdgeContent, Reverse: true, Where: graph.Where{Prop: "polarity", Value: "DENIES"},
		}, "clm_truce"},
		{graph.KindDocument, graph.Has{Edge: graph.EdgeIn, Reverse: true}, "doc_echo doc_paper doc_wire"},
		{graph.KindDocument, graph.Not{Filter: graph.Has{Edge: graph.EdgeIn, Reverse: true}}, "doc_blog"},
		{graph.KindDocument, graph.Has{
			Edge: graph.EdgeIn, Reverse: true, Where: graph.Where{Prop: "surface", Op: graph.Exists},
		}, "doc_wire"},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeWithin, Reverse: true}, "att_says"},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeWithin}, "att_agrees"},
		{graph.KindClaim, graph.Has{Edge: graph.EdgeAssesses, Reverse: true}, "clm_truce"},
	})
}

func hasVia(s *subject) {
	s.put(sample)
	role := func(r string) graph.Filter { return graph.Where{Prop: "role", Value: r} }
	first := graph.Where{Prop: "exact", Value: "Iran says"}
	s.filters([]filterCase{
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeEvidence, Via: role("CUE")}, "att_says"},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeEvidence, Via: role("CONTENT"), Where: first}, ""},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeEvidence, Via: graph.Not{Filter: role("CUE")}, Where: first}, "att_says"},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeEvidence, Via: graph.And{role("CUE"), role("SOURCE")}}, ""},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeEvidence, Via: graph.Or{role("CUE"), role("SOURCE")}}, "att_says"},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeEvidence, Via: graph.Or{}}, ""},
		{graph.KindPassage, graph.Has{Edge: graph.EdgeEvidence, Reverse: true, Via: role("CONTENT")}, "psg_second"},
		{graph.KindDocument, graph.Has{Edge: graph.EdgeCopyOf, Via: graph.Where{Prop: "score", Op: graph.Gt, Value: 0.9}}, "doc_echo"},
		{graph.KindDocument, graph.Has{Edge: graph.EdgeCopyOf, Via: graph.Where{Prop: "score", Op: graph.Gt, Value: 0.95}}, ""},
		{graph.KindClaim, graph.Has{Edge: graph.EdgeAsserts, Via: graph.Where{Prop: "polarity", Op: graph.In, Value: []any{"DENIES"}}}, "clm_truce"},
		{graph.KindMention, graph.Has{Edge: graph.EdgeRefersTo, Via: graph.Where{Prop: "method", Op: graph.Prefix, Value: "gaz"}}, "mnt_herat"},
	})
}

func hasNested(s *subject) {
	s.put(sample)
	bySpeaker := func(f graph.Filter) graph.Filter {
		return graph.Has{Edge: graph.EdgeContent, Reverse: true, Where: graph.Has{Edge: graph.EdgeSource, Where: f}}
	}
	state := graph.Where{Prop: "kind", Value: "STATE"}
	fromLedger := graph.Has{Edge: graph.EdgeIn, Where: graph.Has{
		Edge: graph.EdgePublishedBy, Where: graph.Where{Prop: "name", Value: "The Ledger"},
	}}
	s.filters([]filterCase{
		{graph.KindClaim, bySpeaker(state), "clm_truce"},
		{graph.KindClaim, graph.Not{Filter: bySpeaker(state)}, "clm_prices"},
		{graph.KindClaim, bySpeaker(graph.Where{Prop: "kind", Value: "PLACE"}), ""},
		{graph.KindAttribution, fromLedger, "att_agrees att_holds att_says"},
		{graph.KindAttribution, graph.And{fromLedger, graph.Not{Filter: graph.Has{
			Edge: graph.EdgeWithin, Where: graph.Has{Edge: graph.EdgeSource, Where: state},
		}}}, "att_holds att_says"},
		{graph.KindClaim, graph.Has{Edge: graph.EdgeAsserts, Where: graph.Has{Edge: graph.EdgeAgent, Where: state}}, "clm_truce"},
		{graph.KindActor, graph.Has{Edge: graph.EdgePublishedBy, Reverse: true, Where: graph.Match{Text: "denies"}}, "act_courier"},
	})
}

// hasNamed asks for what leads to few nodes, which a store may begin at: whether it does, depends on how much leads there.
func hasNamed(s *subject) {
	s.put(sample)
	said := func(by ...graph.ID) graph.Has { return graph.Has{Edge: graph.EdgeSource, Where: graph.IsAny(by)} }
	guard, chief := ID(graph.KindActor, "guard"), ID(graph.KindActor, "chief")
	published := graph.Has{Edge: graph.EdgePublishedBy, Where: graph.IsAny([]graph.ID{ID(graph.KindActor, "ledger")})}
	for i, tt := range []struct {
		kind  graph.NodeKind
		where graph.Filter
	}{
		{graph.KindAttribution, said()},
		{graph.KindAttribution, said(guard)},
		{graph.KindAttribution, said(iran)},
		{graph.KindAttribution, said(iran, guard, chief)},
		{graph.KindAttribution, graph.And{graph.Where{Prop: "voice", Value: "ATTRIBUTED"}, said(iran, guard, chief)}},
		{graph.KindAttribution, graph.And{said(iran, guard, chief), graph.Has{Edge: graph.EdgeIn, Where: published}}},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeIn, Where: published}},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeIn, Where: graph.Match{Text: "truce"}}},
		{graph.KindDocument, published},
		{graph.KindClaim, graph.Has{Edge: graph.EdgeContent, Reverse: true, Where: said(iran)}},
		{graph.KindClaim, graph.Has{Edge: graph.EdgeContent, Reverse: true, Where: said(iran, guard, chief)}},
		{graph.KindClaim, graph.Has{
			Edge: graph.EdgeAsserts, Via: graph.Where{Prop: "polarity", Value: string(graph.Denies)},
			Where: graph.IsAny([]graph.ID{ID(graph.KindRelation, "backs")}),
		}},
	} {
		for _, order := range [][]graph.Order{
			nil,
			{{Prop: "confidence", Desc: true}, {Prop: "credibility"}},
			{{Prop: "assertedAt", Desc: true}},
			{{Prop: "lastSeen"}, {Prop: "publishedAt"}},
		} {
			sel := among(tt.where, tt.kind)
			sel.Order, sel.Total, sel.Props = order, true, []string{"caption"}
			what := fmt.Sprintf("%d: %s by %v", i, tt.kind, order)
			whole := s.ask(what, sel)
			for _, first := range []int{1, 2} {
				s.sameRows(what, whole, graph.Rows{Rows: s.pages(what, sel, first, func(int) {}), Total: whole.Total})
			}
		}
	}
}
