package graphtest

import (
	"fmt"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

var filterChecks = []check{
	{name: "Filter/every comparison with every type", run: filterComparisons},
	{name: "Filter/And, Or, Not", run: filterLogic},
	{name: "Filter/absent properties", run: filterAbsent},
	{name: "Filter/Prefix is to the letter", run: filterPrefix},
	{name: "Filter/a property that some kinds lack", run: filterLacking},
	{name: "Filter/computed properties", run: filterComputed},
	{name: "Filter/as many parts as allowed", run: filterMany},
}

// A filterCase is a filter and the nodes of its kind that it lets through.
type filterCase struct {
	kind  graph.NodeKind
	where graph.Filter
	want  string
}

func (s *subject) filters(cases []filterCase) {
	s.Helper()
	for _, c := range cases {
		what := fmt.Sprintf("%s where %+v", c.kind, c.where)
		s.answers(what, among(c.where, c.kind), c.want)
	}
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

func filterComparisons(s *subject) {
	s.put(sample)
	where := func(prop string, op graph.Op, v any) graph.Filter { return graph.Where{Prop: prop, Op: op, Value: v} }
	doc, att, act, cit := graph.KindDocument, graph.KindAttribution, graph.KindActor, graph.KindCitation
	july1 := time.Date(2024, 7, 1, 8, 30, 0, 125_000_000, time.UTC)
	s.filters([]filterCase{
		{doc, where("outlet", graph.Eq, "ledger"), "doc_echo doc_wire"},
		{doc, where("outlet", graph.Ne, "ledger"), "doc_paper"},
		{doc, where("outlet", graph.Lt, "ledger"), "doc_paper"},
		{doc, where("outlet", graph.Le, "ledger"), "doc_echo doc_paper doc_wire"},
		{doc, where("outlet", graph.Gt, "courier"), "doc_echo doc_wire"},
		{doc, where("outlet", graph.Ge, "courier"), "doc_echo doc_paper doc_wire"},
		{doc, where("outlet", graph.In, []any{"courier", "other"}), "doc_paper"},
		{doc, where("outlet", graph.In, []any{}), ""},
		{doc, where("outlet", graph.Prefix, "led"), "doc_echo doc_wire"},
		{doc, where("outlet", graph.Exists, nil), "doc_echo doc_paper doc_wire"},

		{doc, where("publishedAt", graph.Eq, july1), "doc_wire"},
		{doc, where("publishedAt", graph.Ne, july1), "doc_echo doc_paper"},
		{doc, where("publishedAt", graph.Lt, day(2024, 8, 5)), "doc_echo doc_wire"},
		{doc, where("publishedAt", graph.Le, day(2024, 8, 5)), "doc_echo doc_paper doc_wire"},
		{doc, where("publishedAt", graph.Gt, july1), "doc_echo doc_paper"},
		{doc, where("publishedAt", graph.Ge, july1), "doc_echo doc_paper doc_wire"},
		{doc, where("publishedAt", graph.In, []any{july1, day(2024, 8, 5)}), "doc_paper doc_wire"},
		{doc, where("publishedAt", graph.Exists, nil), "doc_echo doc_paper doc_wire"},

		{att, where("credibility", graph.Eq, int64(2)), "att_says"},
		{att, where("credibility", graph.Ne, int64(2)), "att_holds"},
		{att, where("credibility", graph.Lt, int64(4)), "att_says"},
		{att, where("credibility", graph.Le, int64(4)), "att_holds att_says"},
		{att, where("credibility", graph.Gt, int64(2)), "att_holds"},
		{att, where("credibility", graph.Ge, int64(2)), "att_holds att_says"},
		{att, where("credibility", graph.In, []any{int64(4), int64(5)}), "att_holds"},
		{att, where("credibility", graph.Exists, nil), "att_holds att_says"},

		{att, where("confidence", graph.Eq, 0.9), "att_holds att_says"},
		{att, where("confidence", graph.Ne, 0.9), "att_agrees att_denies att_notes"},
		{att, where("confidence", graph.Lt, 0.7), "att_notes"},
		{att, where("confidence", graph.Le, 0.7), "att_agrees att_notes"},
		{att, where("confidence", graph.Gt, 0.8), "att_holds att_says"},
		{att, where("confidence", graph.Ge, 0.8), "att_denies att_holds att_says"},
		{att, where("confidence", graph.In, []any{0.5, 0.7}), "att_agrees att_notes"},
		{att, where("confidence", graph.Exists, nil), "att_agrees att_denies att_holds att_notes att_says"},

		{cit, where("resolved", graph.Eq, true), "cit_bulletin"},
		{cit, where("resolved", graph.Ne, true), ""},
		{cit, where("resolved", graph.Lt, true), ""},
		{cit, where("resolved", graph.Le, true), "cit_bulletin"},
		{cit, where("resolved", graph.Gt, false), "cit_bulletin"},
		{cit, where("resolved", graph.Ge, true), "cit_bulletin"},
		{cit, where("resolved", graph.In, []any{false}), ""},
		{cit, where("resolved", graph.Exists, nil), "cit_bulletin"},

		{act, where("aliases", graph.Eq, []string{"Persia", "Tehran", "the Islamic Republic"}), "act_iran"},
		{act, where("aliases", graph.Eq, []string{"Persia"}), ""},
		{act, where("aliases", graph.Ne, []string{"Persia"}), "act_iran"},
		{act, where("aliases", graph.In, []any{[]string{"Persia"}}), ""},
		{act, where("aliases", graph.Contains, "Tehran"), "act_iran"},
		{act, where("aliases", graph.Contains, "tehran"), ""},
		{act, where("aliases", graph.Exists, nil), "act_iran"},
	})
}

func filterLogic(s *subject) {
	s.put(sample)
	att := graph.KindAttribution
	sure := graph.Where{Prop: "confidence", Op: graph.Ge, Value: 0.8}
	denial := graph.Where{Prop: "polarity", Value: "DENIES"}
	outlet := graph.Where{Prop: "voice", Value: "OUTLET"}
	s.filters([]filterCase{
		{att, nil, "att_agrees att_denies att_holds att_notes att_says"},
		{att, graph.And{}, "att_agrees att_denies att_holds att_notes att_says"},
		{att, graph.Or{}, ""},
		{att, graph.Not{Filter: graph.And{}}, ""},
		{att, graph.Not{Filter: graph.Or{}}, "att_agrees att_denies att_holds att_notes att_says"},
		{att, graph.And{sure, denial}, "att_denies"},
		{att, graph.And{sure, graph.Not{Filter: denial}}, "att_holds att_says"},
		{att, graph.Or{outlet, denial}, "att_denies att_notes"},
		{att, graph.Or{graph.And{sure, denial}, graph.And{outlet, sure}}, "att_denies"},
		{att, graph.And{graph.Or{outlet, sure}, graph.Not{Filter: graph.And{sure, denial}}}, "att_holds att_notes att_says"},
		{att, graph.Not{Filter: graph.Not{Filter: denial}}, "att_denies"},
		{att, graph.Not{Filter: graph.Or{outlet, sure}}, "att_agrees"},
	})
}

func filterAbsent(s *subject) {
	s.put(sample)
	doc := graph.KindDocument
	courier := graph.Where{Prop: "outlet", Value: "courier"}
	s.filters([]filterCase{
		{doc, graph.Not{Filter: courier}, "doc_blog doc_echo doc_wire"},
		{doc, graph.Not{Filter: graph.Where{Prop: "outlet", Op: graph.Ne, Value: "courier"}}, "doc_blog doc_paper"},
		{doc, graph.Not{Filter: graph.Where{Prop: "outlet", Op: graph.Exists}}, "doc_blog"},
		{
			doc,
			graph.Not{Filter: graph.Where{Prop: "outlet", Op: graph.In, Value: []any{}}},
			"doc_blog doc_echo doc_paper doc_wire",
		},
		{doc, graph.Not{Filter: graph.Where{Prop: "outlet", Op: graph.Prefix, Value: "l"}}, "doc_blog doc_paper"},
		{
			doc,
			graph.Not{Filter: graph.Where{Prop: "publishedAt", Op: graph.Ge, Value: day(2024, 8, 1)}},
			"doc_blog doc_echo doc_wire",
		},
		{
			doc,
			graph.And{graph.Not{Filter: courier}, graph.Not{Filter: graph.Where{Prop: "lang", Value: "en"}}},
			"doc_blog doc_echo",
		},
		{
			doc,
			graph.Not{Filter: graph.And{graph.Where{Prop: "outlet", Op: graph.Exists}, courier}},
			"doc_blog doc_echo doc_wire",
		},
		{doc, graph.Not{Filter: graph.Or{courier, graph.Where{Prop: "lang", Value: "en"}}}, "doc_blog doc_echo"},
		{
			graph.KindActor,
			graph.Not{Filter: graph.Where{Prop: "aliases", Op: graph.Contains, Value: "Tehran"}},
			"act_chief act_city act_courier act_guard act_ledger",
		},
	})
}

func filterPrefix(s *subject) {
	s.put(`
		aaa Document title="50% off_now"
		bbb Document title="50 off"
		ccc Document title="Éire"
		ddd Document title="éire"
		eee Document title="*star"
		fff Document title=""
		ggg Document`)
	prefix := func(text string) graph.Filter { return graph.Where{Prop: "title", Op: graph.Prefix, Value: text} }
	doc := graph.KindDocument
	s.filters([]filterCase{
		{doc, prefix("50"), "doc_aaa doc_bbb"},
		{doc, prefix("50%"), "doc_aaa"},
		{doc, prefix("50_"), ""},
		{doc, prefix("50% off_now"), "doc_aaa"},
		{doc, prefix("50% off_now and more"), ""},
		{doc, prefix("É"), "doc_ccc"},
		{doc, prefix("E"), ""},
		{doc, prefix("*"), "doc_eee"},
		{doc, prefix("["), ""},
		{doc, prefix(""), "doc_aaa doc_bbb doc_ccc doc_ddd doc_eee doc_fff"},
	})
}

func filterLacking(s *subject) {
	s.put(sample)
	fa := graph.Where{Prop: "lang", Value: "fa"}
	s.answers("in Persian", among(fa, graph.KindDocument, graph.KindClaim, graph.KindActor), "doc_paper")
	s.answers("not in English", among(graph.And{
		graph.Not{Filter: graph.Where{Prop: "lang", Value: "en"}},
		graph.Not{Filter: graph.Where{Prop: "kind", Op: graph.Exists}},
	}, graph.KindDocument, graph.KindClaim, graph.KindActor, graph.KindRun),
		"clm_prices doc_blog doc_echo doc_paper run_night")
}

func filterComputed(s *subject) {
	s.put(sample)
	origins := func(op graph.Op, n int64) graph.Filter { return graph.Where{Prop: "originCount", Op: op, Value: n} }
	s.filters([]filterCase{
		{graph.KindActor, origins(graph.Ge, 2), "act_iran act_ledger"},
		{graph.KindActor, origins(graph.Lt, 2), "act_chief act_city act_courier act_guard"},
		{graph.KindClaim, origins(graph.Eq, 3), "clm_truce"},
		{graph.KindClaim, graph.Where{Prop: "contested", Value: true}, "clm_truce"},
		{graph.KindClaim, graph.Where{Prop: "contested", Op: graph.Ne, Value: true}, "clm_prices"},
		{graph.KindClaim, graph.Where{Prop: "polarities", Op: graph.Contains, Value: "DENIES"}, "clm_truce"},
		{graph.KindRelation, graph.And{origins(graph.Eq, 2), graph.Where{Prop: "contested", Value: true}}, "rel_backs"},
	})
}

func filterMany(s *subject) {
	s.put(sample)
	titled := graph.Where{Prop: "title", Op: graph.Prefix, Value: "Talks"}
	var deep graph.Filter = titled
	for range 100 {
		deep = graph.Not{Filter: deep}
	}
	values, wide := []any{"ledger"}, graph.Or{titled}
	for i := range graph.MaxFilters - 2 {
		values = append(values, name(i))
		wide = append(wide, graph.Where{Prop: "outlet", Value: name(i)})
	}
	s.answers("a list of values", among(graph.Where{Prop: "outlet", Op: graph.In, Value: values}, graph.KindDocument), "doc_echo doc_wire")
	s.answers("a deep filter", among(deep, graph.KindDocument), "doc_echo doc_wire")
	s.answers("a wide filter", among(wide, graph.KindDocument), "doc_echo doc_wire")
}
