package graphtest

import "github.com/claimgraph/claimgraph/graph"

var orderChecks = []check{
	{name: "Order/by ID unless asked otherwise", run: orderByID},
	{name: "Order/rising and falling, absent values last", run: orderAbsent},
	{name: "Order/by several properties", run: orderSeveral},
	{name: "Order/by every type", run: orderTypes},
	{name: "Order/of several kinds", run: orderKinds},
}

func orderByID(s *subject) {
	s.put(sample)
	s.answers("actors", among(nil, graph.KindActor),
		"act_chief act_city act_courier act_guard act_iran act_ledger")
	s.answers("several kinds, in whichever order they are asked for",
		among(nil, graph.KindRun, graph.KindClaim, graph.KindAssessment, graph.KindRelation),
		"asm_grade clm_prices clm_truce rel_backs run_night")
}

func orderAbsent(s *subject) {
	s.put(sample)
	sel := among(nil, graph.KindDocument)
	sel.Order = []graph.Order{{Prop: "publishedAt"}}
	s.answers("oldest first", sel, "doc_wire doc_echo doc_paper doc_blog")
	sel.Order[0].Desc = true
	s.answers("newest first", sel, "doc_paper doc_echo doc_wire doc_blog")
	sel.Order[0] = graph.Order{Prop: "author"}
	s.answers("by what all lack", sel, "doc_blog doc_echo doc_paper doc_wire")
	sel.Order[0].Desc = true
	s.answers("by what all lack, falling", sel, "doc_blog doc_echo doc_paper doc_wire")
}

func orderSeveral(s *subject) {
	s.put(sample)
	sel := among(nil, graph.KindAttribution)
	sel.Order = []graph.Order{{Prop: "voice", Desc: true}, {Prop: "confidence"}, {Prop: "cue", Desc: true}}
	s.answers("by voice, confidence, cue", sel, "att_notes att_holds att_agrees att_denies att_says")
	sel.Order = []graph.Order{{Prop: "confidence", Desc: true}, {Prop: "credibility", Desc: true}}
	s.answers("by confidence, credibility", sel, "att_holds att_says att_denies att_agrees att_notes")
	sel.Order = []graph.Order{{Prop: "confidence", Desc: true}}
	s.answers("ties are in the order of IDs, also where the order falls", sel,
		"att_holds att_says att_denies att_agrees att_notes")
}

func orderTypes(s *subject) {
	s.put(sample)
	for kind, props := range map[graph.NodeKind][]string{
		graph.KindAttribution: {"kind", "depth", "confidence", "assertedAt", "credibility"},
		graph.KindCitation:    {"resolved", "name"},
		graph.KindClaim:       {"originCount", "contested", "lastSeen"},
		graph.KindMention:     {"metonym", "start"},
	} {
		for _, prop := range props {
			for _, desc := range []bool{false, true} {
				sel := among(nil, kind)
				sel.Order = []graph.Order{{Prop: prop, Desc: desc}}
				s.ask(string(kind)+" by "+prop, sel)
			}
		}
	}
}

func orderKinds(s *subject) {
	s.put(sample)
	sel := among(nil, graph.KindClaim, graph.KindActor, graph.KindRelation, graph.KindDocument)
	sel.Order = []graph.Order{{Prop: "originCount", Desc: true}}
	s.answers("by a property that one of them lacks", sel, "clm_truce act_iran act_ledger rel_backs "+
		"act_chief act_city act_courier act_guard clm_prices doc_blog doc_echo doc_paper doc_wire")
}
