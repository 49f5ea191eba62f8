package graphtest

import (
	"fmt"

	"github.com/claimgraph/claimgraph/graph"
)

var pageChecks = []check{
	{name: "Page/First, More and Total", run: pageBounds},
	{name: "Page/pages to the end are the whole list", run: pageWhole},
	{name: "Page/a position need not be a row's", run: pageForeign},
	{name: "Page/pages stay stable under writes", run: pageStable},
}

func pageBounds(s *subject) {
	s.put(sample)
	for _, tt := range []struct {
		first int
		want  string
	}{
		{1, "act_chief … of 6"},
		{5, "act_chief act_city act_courier act_guard act_iran … of 6"},
		{6, "act_chief act_city act_courier act_guard act_iran act_ledger of 6"},
		{graph.MaxFirst, "act_chief act_city act_courier act_guard act_iran act_ledger of 6"},
	} {
		sel := among(nil, graph.KindActor)
		sel.First, sel.Total = tt.first, true
		s.answers(fmt.Sprint("first ", tt.first), sel, tt.want)
	}
	sel := among(graph.Where{Prop: "name", Value: "nobody"}, graph.KindActor)
	sel.Total = true
	s.answers("of none", sel, "")
}

// pages reads a list page by page and returns all rows. It gives up on lists that do not end.
func (s *subject) pages(what string, sel graph.Select, first int, between func(page int)) []graph.Row {
	s.Helper()
	var list []graph.Row
	sel.First = first
	for page := 1; page <= 1000; page++ {
		rows, err := s.store.Select(s.Context(), sel)
		if err != nil {
			s.Fatalf("%s: page %d: %v", what, page, err)
		}
		if len(rows.Rows) > first {
			s.Errorf("%s: page %d has %d rows, want at most %d", what, page, len(rows.Rows), first)
		}
		list = append(list, rows.Rows...)
		if !rows.More {
			return list
		}
		if len(rows.Rows) == 0 {
			s.Fatalf("%s: page %d is empty, and there is more", what, page)
		}
		sel.After = rows.Rows[len(rows.Rows)-1].Position()
		between(page)
	}
	s.Fatalf("%s: the pages do not end", what)
	return nil
}

func pageWhole(s *subject) {
	s.put(sample)
	everything := graph.Or{graph.Match{Text: "truce"}, graph.Where{Prop: "caption", Op: graph.Exists}}
	kinds := []graph.NodeKind{graph.KindDocument, graph.KindClaim, graph.KindActor, graph.KindAttribution}
	for _, order := range [][]graph.Order{
		nil,
		{{Prop: "publishedAt"}},
		{{Prop: "publishedAt", Desc: true}},
		{{Prop: "lang"}, {Prop: "originCount", Desc: true}},
		{{Prop: "confidence", Desc: true}, {Prop: "credibility"}, {Prop: "cue"}},
		{{Prop: "contested"}, {Prop: "name", Desc: true}},
	} {
		for _, first := range []int{1, 2, 3, 7} {
			what := fmt.Sprintf("in the order %v, %d a page", order, first)
			sel := graph.Select{Level: graph.Level{Kinds: kinds, Where: everything, Order: order, First: 100}}
			whole := s.ask(what, sel)
			s.sameRows(what, whole, graph.Rows{Rows: s.pages(what, sel, first, func(int) {})})
		}
	}
}

func pageForeign(s *subject) {
	s.put(sample)
	sel := among(nil, graph.KindDocument)
	sel.Order = []graph.Order{{Prop: "publishedAt"}}
	sel.Total = true
	for _, tt := range []struct {
		what  string
		after graph.Position
		want  string
	}{
		{"behind a time between", graph.Position{Order: []any{day(2024, 7, 2)}, ID: wire}, "doc_echo doc_paper doc_blog of 4"},
		{"behind the last time", graph.Position{Order: []any{day(2025, 1, 1)}, ID: wire}, "doc_blog of 4"},
		{"behind the first without time", graph.Position{Order: []any{nil}, ID: blog}, "of 4"},
		{"before the first without time", graph.Position{Order: []any{nil}, ID: "doc_"}, "doc_blog of 4"},
		{"before all", graph.Position{Order: []any{day(1, 1, 1)}, ID: "doc_"}, "doc_wire doc_echo doc_paper doc_blog of 4"},
		{"behind one of the same time", graph.Position{Order: []any{day(2024, 8, 5)}, ID: "doc_p"}, "doc_paper doc_blog of 4"},
	} {
		sel.After = &tt.after
		s.answers(tt.what, sel, tt.want)
	}
}

// pageStable reads a list while documents before, on and behind the page are put and deleted. Every row that is there
// all the time must come once.
func pageStable(s *subject) {
	var batches []graph.Batch
	for i := range 40 {
		b := document(fmt.Sprintf("stay%c%c", 'a'+i/26, 'a'+i%26), "")
		if i%4 != 0 {
			b.Nodes[0].Props["publishedAt"] = day(2024, 1, 1+i/3)
		}
		batches = append(batches, b)
	}
	s.putBatches(batches)
	for _, desc := range []bool{false, true} {
		sel := among(nil, graph.KindDocument)
		sel.Order = []graph.Order{{Prop: "publishedAt", Desc: desc}}
		var want []graph.ID
		for _, r := range s.ask("at first", sel).Rows {
			want = append(want, r.ID)
		}
		var got []graph.ID
		for _, r := range s.pages("under writes", sel, 3, s.disturb) {
			if len(got) > 0 && got[len(got)-1] == r.ID {
				s.Errorf("%s comes twice", short(r.ID))
			}
			if r.ID != ID(graph.KindDocument, "early") && r.ID != ID(graph.KindDocument, "late") {
				got = append(got, r.ID)
			}
		}
		s.same("the rows that were there all the time", want, got)
		s.agrees("at last")
		s.put("early Document\n\nlate Document")
		s.delete("early", "late")
	}
}

// disturb puts and deletes documents at the beginning and the end of the list.
func (s *subject) disturb(page int) {
	s.Helper()
	if page%3 == 0 {
		s.delete("early")
		return
	}
	s.put(fmt.Sprintf("early Document publishedAt=2023-01-0%d\nlate Document publishedAt=2025-01-0%d", page%3, page%3))
}
