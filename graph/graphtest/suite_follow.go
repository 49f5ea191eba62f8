package graphtest

import (
	"fmt"

	"github.com/claimgraph/claimgraph/graph"
)

var followChecks = []check{
	{name: "Follow/forward, backwards, and on", run: followNested},
	{name: "Follow/missing neighbours leave the row", run: followMissing},
	{name: "Follow/parallel edges give a row each", run: followParallel},
	{name: "Follow/filters on edge and node", run: followFilters},
	{name: "Follow/levels are bounded and say if there is more", run: followBounded},
	{name: "Follow/each row has its own order and page", run: followOrder},
	{name: "Follow/levels of several kinds", run: followKinds},
	{name: "Follow/the same edge twice", run: followTwice},
	{name: "Follow/as many rows as allowed", run: followHub},
	{name: "Follow/pages of a busy node's neighbours", run: followBusy},
	{name: "Follow/as many levels as allowed", run: followMany},
}

func followNested(s *subject) {
	s.put(sample)
	sel := among(nil, graph.KindClaim)
	sel.Props = []string{"text", "originCount"}
	source := along(graph.EdgeSource)
	source.Props = []string{"name", "reliability"}
	sel.Follow = []graph.Follow{against(graph.EdgeContent, source, along(graph.EdgeIn, along(graph.EdgePublishedBy)))}
	s.answers("claims with attributions, sources, documents, outlets", sel,
		"clm_prices{Bread has become dearer., 1}(att_notes(; doc_paper(act_courier))) "+
			"clm_truce{The truce in Herat holds., 3}("+
			"att_agrees(act_guard{a border guard, -}; doc_wire(act_ledger)) "+
			"att_denies(act_chief{the governor, -}; doc_paper(act_courier)) "+
			"att_holds(act_iran{Iran, -}; doc_echo(act_ledger)) "+
			"att_says(act_iran{Iran, -}; doc_wire(act_ledger)))")
	chain := graph.Select{IDs: []graph.ID{ID(graph.KindAttribution, "agrees")}}
	chain.Follow = []graph.Follow{along(graph.EdgeWithin, along(graph.EdgeSource, against(graph.EdgeSource)))}
	s.answers("who is reported by whom", chain, "att_agrees(att_says(act_iran(att_holds att_says)))")
}

func followMissing(s *subject) {
	s.put(sample)
	sel := among(nil, graph.KindDocument)
	sel.Follow = []graph.Follow{along(graph.EdgePublishedBy), along(graph.EdgeGeneratedBy), along(graph.EdgeCopyOf)}
	s.answers("documents", sel, "doc_blog(; ; ) doc_echo(act_ledger; ; doc_wire) "+
		"doc_paper(act_courier; ; ) doc_wire(act_ledger; run_night; )")
}

func followParallel(s *subject) {
	s.put(sample)
	evidence := along(graph.EdgeEvidence)
	evidence.EdgeProps, evidence.Total = []string{"role"}, true
	sel := graph.Select{IDs: []graph.ID{says}}
	sel.Follow = []graph.Follow{evidence}
	s.answers("all roles", sel, "att_says(psg_first[CUE] psg_first[SOURCE] psg_second[CONTENT] of 3)")
	sel.Follow[0].EdgeProps = nil
	s.answers("without saying which", sel, "att_says(psg_first psg_first psg_second of 3)")
	sel.Follow[0].First = 2
	s.answers("cut behind them", sel, "att_says(psg_first psg_first … of 3)")
	sel.Follow[0].First = 1
	s.answers("cut between them", sel, "att_says(psg_first … of 3)")
	sel.Follow[0].After = &graph.Position{ID: ID(graph.KindPassage, "first")}
	s.answers("behind them all", sel, "att_says(psg_second of 3)")

	back := graph.Select{IDs: []graph.ID{ID(graph.KindPassage, "first")}}
	back.Follow = []graph.Follow{against(graph.EdgeEvidence)}
	back.Follow[0].EdgeProps = []string{"role"}
	s.answers("backwards", back, "psg_first(att_says[CUE] att_says[SOURCE])")
}

func followFilters(s *subject) {
	s.put(sample)
	evidence := along(graph.EdgeEvidence)
	evidence.EdgeProps, evidence.Total = []string{"role"}, true
	evidence.Via = graph.Not{Filter: graph.Where{Prop: "role", Value: "CUE"}}
	sel := graph.Select{IDs: []graph.ID{says}}
	sel.Follow = []graph.Follow{evidence}
	s.answers("by role", sel, "att_says(psg_first[SOURCE] psg_second[CONTENT] of 2)")
	sel.Follow[0].Where = graph.Has{Edge: graph.EdgeHas}
	s.answers("by role and mention", sel, "att_says(psg_second[CONTENT] of 1)")
	sel.Follow[0].Where = graph.Where{Prop: "exact", Op: graph.Prefix, Value: "Nobody"}
	s.answers("by text", sel, "att_says()")

	content := against(graph.EdgeContent)
	content.Where = graph.And{
		graph.Where{Prop: "polarity", Value: "AFFIRMS"},
		graph.Has{Edge: graph.EdgeSource, Where: graph.Match{Text: "IRAN"}},
	}
	claims := among(nil, graph.KindClaim)
	claims.Follow = []graph.Follow{content}
	s.answers("by speaker", claims, "clm_prices() clm_truce(att_holds att_says)")
}

func followBounded(s *subject) {
	s.put(sample)
	content := against(graph.EdgeContent)
	sel := among(nil, graph.KindClaim)
	for _, tt := range []struct {
		first int
		want  string
	}{
		{1, "clm_prices(att_notes of 1) clm_truce(att_agrees … of 4)"},
		{3, "clm_prices(att_notes of 1) clm_truce(att_agrees att_denies att_holds … of 4)"},
		{4, "clm_prices(att_notes of 1) clm_truce(att_agrees att_denies att_holds att_says of 4)"},
		{graph.MaxFirst, "clm_prices(att_notes of 1) clm_truce(att_agrees att_denies att_holds att_says of 4)"},
	} {
		content.First, content.Total = tt.first, true
		sel.Follow = []graph.Follow{content}
		s.answers("attributions", sel, tt.want)
	}
	content.First = 2
	content.Follow = []graph.Follow{along(graph.EdgeIn, against(graph.EdgeIn))}
	content.Follow[0].Follow[0].First = 2
	sel.Follow = []graph.Follow{content}
	s.answers("levels below a bounded one", sel,
		"clm_prices(att_notes(doc_paper(att_denies att_notes …)) of 1) "+
			"clm_truce(att_agrees(doc_wire(att_agrees att_says …)) att_denies(doc_paper(att_denies att_notes …)) … of 4)")
}

func followOrder(s *subject) {
	s.put(sample)
	content := against(graph.EdgeContent)
	content.Order = []graph.Order{{Prop: "assertedAt", Desc: true}}
	content.First, content.Total = 2, true
	sel := among(nil, graph.KindClaim)
	sel.Follow = []graph.Follow{content}
	s.answers("latest first", sel, "clm_prices(att_notes of 1) clm_truce(att_denies att_holds … of 4)")
	sel.Follow[0].After = &graph.Position{Order: []any{day(2024, 7, 2)}, ID: ID(graph.KindAttribution, "holds")}
	s.answers("the next page", sel, "clm_prices(att_notes of 1) clm_truce(att_says att_agrees of 4)")
	sel.Follow[0].After = &graph.Position{Order: []any{nil}, ID: ID(graph.KindAttribution, "agrees")}
	s.answers("behind absent values", sel, "clm_prices(att_notes of 1) clm_truce(of 4)")
}

func followKinds(s *subject) {
	s.put(sample)
	in := against(graph.EdgeIn)
	in.Props = []string{"surface", "polarity", "role"}
	sel := graph.Select{IDs: []graph.ID{wire}}
	sel.Follow = []graph.Follow{in}
	s.answers("all kinds", sel, "doc_wire(att_agrees{-, AFFIRMS, -} att_says{-, AFFIRMS, -} mnt_herat{Herat, -, -} "+
		"psg_first{-, -, FRAGMENT} psg_second{-, -, FRAGMENT})")
	sel.Follow[0].Kinds = []graph.NodeKind{graph.KindMention, graph.KindPassage}
	sel.Follow[0].Total = true
	s.answers("two kinds", sel, "doc_wire(mnt_herat{Herat, -, -} psg_first{-, -, FRAGMENT} psg_second{-, -, FRAGMENT} of 3)")
	sel.Follow[0].Order = []graph.Order{{Prop: "paragraph"}, {Prop: "start", Desc: true}}
	s.answers("in an order that one kind lacks", sel,
		"doc_wire(psg_second{-, -, FRAGMENT} psg_first{-, -, FRAGMENT} mnt_herat{Herat, -, -} of 3)")
	sel.Follow[0].Kinds = []graph.NodeKind{graph.KindActor}
	s.answers("a kind that the edge does not reach", sel, "doc_wire()")

	sel = among(nil, graph.KindClaim, graph.KindAssessment, graph.KindRelation)
	sel.Follow = []graph.Follow{along(graph.EdgeAssesses), along(graph.EdgeAsserts), against(graph.EdgeAsserts)}
	s.answers("follows that only some kinds have", sel,
		"asm_grade(clm_truce; ; ) clm_prices(; ; ) clm_truce(; rel_backs rel_backs; ) rel_backs(; ; clm_truce clm_truce)")
}

func followTwice(s *subject) {
	s.put(sample)
	affirm, deny := against(graph.EdgeContent), against(graph.EdgeContent)
	affirm.Where = graph.Where{Prop: "polarity", Value: "AFFIRMS"}
	deny.Where = graph.Where{Prop: "polarity", Value: "DENIES"}
	sel := graph.Select{IDs: []graph.ID{truce}}
	sel.Follow = []graph.Follow{affirm, deny}
	s.answers("two sides", sel, "clm_truce(att_agrees att_holds att_says; att_denies)")
}

func followHub(s *subject) {
	s.putBatches(hub(graph.MaxFirst + 20))
	in := against(graph.EdgeIn)
	in.First, in.Total = graph.MaxFirst, true
	in.Order = []graph.Order{{Prop: "depth", Desc: true}}
	sel := graph.Select{IDs: []graph.ID{wire}}
	sel.Follow = []graph.Follow{in}
	first := s.ask("the first rows", sel)
	if got := len(first.Rows[0].Follow[0].Rows); got != graph.MaxFirst {
		s.Fatalf("got %d rows, want %d", got, graph.MaxFirst)
	}
	sel.Follow[0].After = first.Rows[0].Follow[0].Rows[graph.MaxFirst-1].Position()
	s.ask("the other rows", sel)
}

// followBusy pages through what speakers say: one speaks often, one early, one late, one without dates. Two attributions are
// theirs together.
func followBusy(s *subject) {
	var batches []graph.Batch
	speakers := []graph.ID{ID(graph.KindActor, "often"), ID(graph.KindActor, "early"), ID(graph.KindActor, "late"), ID(graph.KindActor, "never")}
	for i := range 60 {
		batches = append(batches, saying(i, speakers))
	}
	s.putBatches(batches)
	orders := [][]graph.Order{nil}
	for _, prop := range []string{"assertedAt", "voice", "depth", "polarity"} {
		orders = append(orders, []graph.Order{{Prop: prop}}, []graph.Order{{Prop: prop, Desc: true}}, []graph.Order{{Prop: prop, Desc: true}, {Prop: "depth"}})
	}
	for _, order := range orders {
		for _, where := range []graph.Filter{nil, graph.Where{Prop: "polarity", Value: string(graph.Denies)}, graph.Match{Text: "nobody"}} {
			sel := graph.Select{IDs: speakers}
			sel.Follow = []graph.Follow{against(graph.EdgeSource)}
			sel.Follow[0].Order, sel.Follow[0].Where = order, where
			all := s.ask(fmt.Sprintf("all in the order %v where %v", order, where), sel)
			for i, speaker := range speakers {
				whole := all.Rows[i].Follow[0]
				what := fmt.Sprintf("of %s in the order %v where %v", speaker, order, where)
				s.sameRows(what, graph.Rows{Rows: whole.Rows}, graph.Rows{Rows: s.followed(what, speaker, sel.Follow[0])})
			}
		}
	}
}

// followed reads what a node's edges lead to, page by page.
func (s *subject) followed(what string, from graph.ID, f graph.Follow) []graph.Row {
	s.Helper()
	var list []graph.Row
	f.First, f.Total = 3, true
	for {
		rows := s.ask(what, graph.Select{IDs: []graph.ID{from}, Level: graph.Level{Follow: []graph.Follow{f}}})
		page := rows.Rows[0].Follow[0]
		list = append(list, page.Rows...)
		if !page.More {
			return list
		}
		f.After = page.Rows[len(page.Rows)-1].Position()
	}
}

// saying is the i-th of some documents, with an attribution of one of the speakers, or of two.
func saying(i int, speakers []graph.ID) graph.Batch {
	b := document(name(i), "")
	said := graph.Node{ID: ID(graph.KindAttribution, name((i*37)%60)), Kind: graph.KindAttribution, Props: graph.Props{
		"caption": name(i), "kind": "STATEMENT", "voice": string(graph.Voices[i%3]), "polarity": string(graph.Polarities[i%5/4]),
		"depth": int64(i % 7), "confidence": 1.0, "assertedAt": day(2024, 1, 1+i/4),
	}}
	b.Nodes = append(b.Nodes, said)
	b.Edges = append(b.Edges, graph.Edge{Kind: graph.EdgeIn, From: said.ID, To: b.Owner})
	by := 0
	switch {
	case i%10 == 9:
		by = 3
		delete(said.Props, "assertedAt")
	case i < 20 && i%3 == 0:
		by = 1
	case i >= 40 && i%3 == 0:
		by = 2
	}
	also := by
	if i%30 == 0 {
		also = 0
	}
	for j, speaker := range speakers {
		b.Nodes = append(b.Nodes, graph.Node{ID: speaker, Kind: graph.KindActor, Props: graph.Props{
			"caption": short(speaker), "name": short(speaker), "kind": string(graph.ActorKinds[0]),
		}})
		if j == by || j == also {
			b.Edges = append(b.Edges, graph.Edge{Kind: graph.EdgeSource, From: said.ID, To: speaker})
		}
	}
	return b
}

func followMany(s *subject) {
	s.put(sample)
	wide := graph.Select{IDs: []graph.ID{truce, wire, iran}}
	for i := range graph.MaxFollows {
		f := against(graph.EdgeContent)
		f.First = 1 + i%4
		wide.Follow = append(wide.Follow, f)
	}
	s.ask("side by side", wide)

	var deep []graph.Follow
	for i := range deepest {
		f := graph.Follow{Edge: graph.EdgeContent, Reverse: i%2 == 1, Level: graph.Level{First: 1, Follow: deep}}
		deep = []graph.Follow{f}
	}
	s.ask("one below the other", graph.Select{IDs: []graph.ID{truce}, Level: graph.Level{Follow: deep}})
}

// deepest is how far down a request must be able to go, in levels.
const deepest = 10
