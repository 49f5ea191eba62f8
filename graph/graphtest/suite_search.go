package graphtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var searchChecks = []check{
	{name: "Search/words, whatever their case and diacritics", run: searchWords},
	{name: "Search/what engines take for syntax is ordinary text", run: searchSyntax},
	{name: "Search/only searched properties of that kind", run: searchProperties},
	{name: "Search/follows changes", run: searchChanges},
	{name: "Search/within other filters", run: searchWithin},
	{name: "Search/any of many words", run: searchAny},
	{name: "Search/pages by score are stable", run: searchScore},
}

// library holds texts to search in.
const library = `
	aaa Document text="L'Élysée confirms: talks in Kabul, says Kata'ib's chief." title="Première"
	bbb Document text="The ELYSEE denies talks; the chief of Kataib agrees."
	ccc Document text="Café-society: e.g. AND, OR, NOT near a title." title="col: x"
	ddd Document text="گفتگو در هرات، به گفتهٔ تهران. كابل"
	eee Document text="Straße, Ægir, Łódź, İstanbul, ﬁne, C++ and C# 3.14 x86_64"
	fff Document text="talks talks talks"
	ggg Document text=""
	hhh Document text="a0 !!! ... ' ’ ''"
	`

// searches asks for documents with each text and compares with the oracle.
func (s *subject) searches(texts ...string) {
	s.Helper()
	for _, text := range texts {
		s.ask(fmt.Sprintf("search for %q", text), among(graph.Match{Text: text}, graph.KindDocument))
	}
}

func (s *subject) finds(text, want string) {
	s.Helper()
	s.answers(fmt.Sprintf("search for %q", text), among(graph.Match{Text: text}, graph.KindDocument), want)
}

func searchWords(s *subject) {
	s.put(library)
	s.finds("elysee", "doc_bbb")
	s.finds("ÉLYSÉE", "doc_bbb")
	s.finds("l'elysee", "doc_aaa")
	s.finds("kata’ib", "doc_aaa doc_bbb")
	s.finds("Kataib's", "doc_aaa doc_bbb")
	s.finds("chief talks", "doc_aaa doc_bbb")
	s.finds("talks chief talks", "doc_aaa doc_bbb")
	s.finds("talks nobody", "")
	s.finds("talk", "")
	s.finds("premiere kabul", "doc_aaa")
	s.finds("strasse aegir lodz istanbul fine", "doc_eee")
	s.finds("هرات", "doc_ddd")
	s.finds("کابل", "doc_ddd")
	s.finds("", "")
	s.finds(" \t\n", "")
	s.finds("!?… '", "")
	many := make([]string, graph.MaxTerms) // all found, so that a word that does not count is not missed
	for i := range many {
		many[i] = "w" + name(i)
	}
	s.put("iii Document text=\"" + strings.Join(many, " ") + "\"")
	s.finds(strings.Join(many, " ")+" nobody", "doc_iii")
	s.finds("nobody "+strings.Join(many, " "), "")
	s.finds(strings.Join(many, " ")+" "+strings.Join(many, " "), "doc_iii")
	long := strings.Repeat("long", 40)
	s.put("jjj Document text=" + long)
	s.finds(long, "doc_jjj")
	s.finds(long+"er", "doc_jjj") // Words are cut off, in texts and searches alike.
	s.finds(long[:60], "")
	s.searches("talks "+fmt.Sprint(make([]int, 100)), "a0", "x86", "x86_64", "3.14", "3 14", "C++", "c", "e g", "é")
}

func searchAny(s *subject) {
	s.put(library)
	s.put("wire Document matchKeys=qone,qtwo\n truce Claim matchKeys=qtwo,qthree")
	anyOf := func(text string) graph.Filter { return graph.Match{Text: text, Any: true} }
	s.answers("one of two", among(anyOf("qone nobody"), graph.KindDocument), "doc_wire")
	s.answers("in several kinds", among(anyOf("qone qthree"), graph.KindDocument, graph.KindClaim), "clm_truce doc_wire")
	s.answers("in none", among(anyOf("nobody qfour"), graph.KindDocument), "")
	s.answers("of no words", among(anyOf("…"), graph.KindDocument), "")
	s.answers("among other conditions", among(graph.And{
		anyOf("talks kabul qone"), graph.Not{Filter: anyOf("nobody elysee")},
	}, graph.KindDocument), "doc_aaa doc_fff doc_wire")
	s.answers("as an alternative", among(graph.Or{
		anyOf("qone"), graph.Where{Prop: "text", Value: "talks talks talks"},
	}, graph.KindDocument), "doc_fff doc_wire")
	many := make([]string, graph.MaxAnyTerms)
	for i := range many {
		many[i] = "w" + name(i)
	}
	s.answers("the last that counts", among(anyOf(strings.Join(many[1:], " ")+" qone"), graph.KindDocument), "doc_wire")
	s.answers("one too many", among(anyOf(strings.Join(many, " ")+" qone"), graph.KindDocument), "")
	s.sameBuckets("counted", graph.KindDocument, anyOf("talks qone"))
}

func searchSyntax(s *subject) {
	s.put(library)
	for _, mark := range []string{
		"+", "-", "&&", "||", "!", "(", ")", "{", "}", "[", "]", "^", `"`, "~", "*", "?", ":", `\`, "/", "'", ",", ";", "%", "_", "$", "`", "<", ">",
		"=", "@", "#", "|", ".", "\x00", "--", "/*", "🕊",
	} {
		s.searches(mark, mark+"talks", "talks"+mark, "talks "+mark+" chief", "ta"+mark+"lks", mark+mark+"talks"+mark)
	}
	s.searches(
		"AND", "OR", "NOT", "NEAR", "NEAR(talks chief)", "talks AND chief", "talks OR kabul", "NOT talks", "talks NOT chief",
		"talks NEAR/2 chief", "col: talks", "text:talks", "title:col", "col:", "{title}: x", "tal*", "ta?ks", "talks~2", "talks^4",
		`"talks in"`, `"talks`, "(talks", "talks)", "[a TO z]", "/tal.*/", `talks\`, `\"talks\"`, "_all:talks", "*:*", "^talks", "+talks -chief",
		"talks; DROP TABLE nodes", "talks') RETURN 1 //",
	)
}

func searchProperties(s *subject) {
	s.put(sample)
	kinds := []graph.NodeKind{graph.KindDocument, graph.KindClaim, graph.KindActor, graph.KindCitation, graph.KindAttribution, graph.KindRun}
	s.answers("a word of texts", among(graph.Match{Text: "herat"}, kinds...), "act_city clm_truce doc_echo doc_wire")
	s.answers("a word of an alias", among(graph.Match{Text: "islamic"}, kinds...), "act_iran")
	s.answers("words of name and alias", among(graph.Match{Text: "persia iran tehran"}, kinds...), "act_iran")
	s.answers("a citation's name", among(graph.Match{Text: "bulletin"}, kinds...), "cit_bulletin")
	s.answers("a property that is not searched", among(graph.Match{Text: "denies"}, graph.KindAttribution, graph.KindAssessment), "")
	s.answers("an outlet's key", among(graph.Match{Text: "courier"}, graph.KindDocument), "")
}

func searchChanges(s *subject) {
	words := func(text string) graph.Select {
		return among(graph.Match{Text: text}, graph.KindDocument, graph.KindActor)
	}
	s.put("wire Document text=\"first words\"\n iran Actor aliases=Tehran\n\n echo Document\n iran Actor aliases=Persia")
	s.answers("at first", words("words"), "doc_wire")
	s.answers("at first", words("tehran persia"), "act_iran")
	s.put("wire Document text=\"other words\"\n iran Actor")
	s.answers("after a change", words("first"), "")
	s.answers("after a change", words("other words"), "doc_wire")
	s.answers("after a change", words("tehran"), "")
	s.answers("after a change", words("persia"), "act_iran")
	s.delete("wire")
	s.answers("after Delete", words("words"), "")
	s.delete("echo")
	s.answers("after both", words("persia"), "")
}

func searchWithin(s *subject) {
	s.put(sample)
	s.filters([]filterCase{
		{graph.KindDocument, graph.Not{Filter: graph.Match{Text: "truce"}}, "doc_blog"},
		{graph.KindDocument, graph.Not{Filter: graph.Match{Text: "..."}}, "doc_blog doc_echo doc_paper doc_wire"},
		{graph.KindDocument, graph.Or{graph.Match{Text: "quoted"}, graph.Match{Text: "border GUARD"}}, "doc_blog doc_wire"},
		{graph.KindDocument, graph.And{graph.Match{Text: "truce"}, graph.Match{Text: "governor"}}, "doc_paper"},
		{graph.KindDocument, graph.And{graph.Match{Text: "truce"}, graph.Where{Prop: "lang", Value: "en"}}, "doc_wire"},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeSource, Where: graph.Match{Text: "tehran"}}, "att_holds att_says"},
		{graph.KindAttribution, graph.Has{Edge: graph.EdgeContent, Where: graph.Not{Filter: graph.Match{Text: "truce"}}}, "att_notes"},
	})
	sel := among(graph.Match{Text: "truce"}, graph.KindDocument)
	sel.Order, sel.Total, sel.First = []graph.Order{{Prop: "publishedAt", Desc: true}}, true, 2
	s.answers("newest first", sel, "doc_paper doc_echo … of 3")
	content := along(graph.EdgeContent)
	content.Where = graph.Match{Text: "bread"}
	follow := among(graph.Match{Text: "bulletin"}, graph.KindCitation)
	follow.Follow = []graph.Follow{against(graph.EdgeCites, content)}
	s.answers("in a follow", follow, "cit_bulletin(att_notes(clm_prices))")
}

// searchScore compares sets and the order of pages; how well a node matches is the store's judgement.
func searchScore(s *subject) {
	var batches []graph.Batch
	for i := range 30 {
		text := "talks" + strings.Repeat(" and more talks", i%5) + strings.Repeat(" about nothing at all", i%3)
		batches = append(batches, document(fmt.Sprintf("doc%c%c", 'a'+i/26, 'a'+i%26), text))
	}
	s.putBatches(batches)
	match := graph.Match{Text: "Talks"}
	for _, where := range []graph.Filter{match, graph.And{graph.Where{Prop: "caption", Op: graph.Ne, Value: "docac"}, match}} {
		found := s.ask("unordered", among(where, graph.KindDocument, graph.KindClaim))
		for _, order := range [][]graph.Order{
			{{Prop: graph.Score, Desc: true}},
			{{Prop: graph.Score}},
			{{Prop: graph.Score, Desc: true}, {Prop: "title", Desc: true}},
		} {
			s.scored(where, order, found)
		}
	}
}

func (s *subject) scored(where graph.Filter, order []graph.Order, found graph.Rows) {
	s.Helper()
	sel := among(where, graph.KindDocument, graph.KindClaim)
	sel.Order, sel.Total = order, true
	whole, err := s.store.Select(s.Context(), sel)
	if err != nil {
		s.Fatalf("by score: %v", err)
	}
	s.same("nodes by score", sortedSet(rowIDs(found.Rows)), sortedSet(rowIDs(whole.Rows)))
	if whole.Total != len(found.Rows) {
		s.Errorf("by score: got a total of %d, want %d", whole.Total, len(found.Rows))
	}
	inOrder := slices.IsSortedFunc(whole.Rows, func(a, b graph.Row) int {
		place := candidate{node: graph.Node{ID: a.ID}, order: a.Order}
		return comparePlaces(order, place, b.Order, b.ID)
	})
	if !inOrder {
		s.Errorf("rows are not in the order of the scores that they show, %v, then IDs", order)
	}
	for _, r := range whole.Rows {
		if _, ok := r.Order[0].(float64); !ok {
			s.Errorf("%s shows the score %v (%T), want a float64", short(r.ID), r.Order[0], r.Order[0])
		}
	}
	for _, first := range []int{1, 4, 7} {
		paged := s.pages("by score", sel, first, func(int) {})
		s.same(fmt.Sprintf("by score, %d a page", first), rowIDs(whole.Rows), rowIDs(paged))
	}
}

func rowIDs(rows []graph.Row) []graph.ID {
	var ids []graph.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}
