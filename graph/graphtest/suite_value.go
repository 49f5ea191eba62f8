package graphtest

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

var valueChecks = []check{
	{name: "Value/texts in every script", run: valueTexts},
	{name: "Value/a text with NUL", run: valueNUL},
	{name: "Value/a very long text", run: valueLong},
	{name: "Value/texts are in the order of their bytes", run: valueTextOrder},
	{name: "Value/times to the millisecond", run: valueTimes},
	{name: "Value/integers to their limits", run: valueInts},
	{name: "Value/floats to the last bit", run: valueFloats},
	{name: "Value/lists", run: valueLists},
	{name: "Value/on edges", run: valueOnEdges},
}

// document makes a batch of one document with that text.
func document(name, text string) graph.Batch {
	id := ID(graph.KindDocument, name)
	return graph.Batch{Owner: id, Nodes: []graph.Node{{ID: id, Kind: graph.KindDocument, Props: graph.Props{
		"caption": name, "title": text, "text": text, "textSha256": name,
	}}}}
}

// keepsTexts puts a document for each text, and finds each by its text alone.
func (s *subject) keepsTexts(texts []string) {
	s.Helper()
	var batches []graph.Batch
	for i, text := range texts {
		batches = append(batches, document("doc"+string(rune('a'+i)), text))
	}
	s.putBatches(batches)
	s.agrees("after Put")
	for _, text := range texts {
		s.ask(fmt.Sprintf("the title %q", text), among(graph.Where{Prop: "title", Value: text}, graph.KindDocument))
	}
	byTitle := among(nil, graph.KindDocument)
	byTitle.Order = []graph.Order{{Prop: "title"}}
	s.ask("by title", byTitle)
}

func valueTexts(s *subject) {
	s.keepsTexts([]string{
		"", " ", "  two  spaces\tand\nlines\r\n", "Éire, Ægir, Straße", "E\u0301ire", "تهران و هرات", "北京", "हेरात",
		"👩🏽\u200d🚀 and 🇦🇫", "\u202eright to left\u202c", "\ufeffmark", "quotes ' \" ` and \\ $1 {x} %s ;--", "null", "\u0001\u001f\u007f",
	})
}

func valueNUL(s *subject) { s.keepsTexts([]string{"a\x00b", "a\x00c", "a", "a\x00"}) }

func valueLong(s *subject) {
	long := strings.Repeat("Herat, هرات, 🕊. ", 1<<20/24)
	batch := document("wire", long)
	delete(batch.Nodes[0].Props, "title") // Indexed properties are short.
	s.putBatches([]graph.Batch{batch})
	s.agrees("after Put")
	s.answers("a search in it", among(graph.Match{Text: "herat"}, graph.KindDocument), "doc_wire")
}

func valueTextOrder(s *subject) {
	s.keepsTexts([]string{
		"a", "B", "b", "A", "ab", "aB", "é", "z", "~", "0", "10", "9", "\u07ff", "\u0800", "\uff5e", "😀", "\U0010ffff", "\ue000",
	})
	for _, pivot := range []string{"B", "é", "\uff5e", "😀"} {
		for _, op := range []graph.Op{graph.Lt, graph.Le, graph.Gt, graph.Ge} {
			s.ask(fmt.Sprintf("titles: %d %q", op, pivot),
				among(graph.Where{Prop: "title", Op: op, Value: pivot}, graph.KindDocument))
		}
	}
}

// probes asks for the value by every comparison of ordered types.
func (s *subject) probes(kind graph.NodeKind, prop string, values []any) {
	s.Helper()
	for _, v := range values {
		for _, op := range []graph.Op{graph.Eq, graph.Ne, graph.Lt, graph.Le, graph.Gt, graph.Ge} {
			s.ask(fmt.Sprintf("%s: op %d with %v", prop, op, v), among(graph.Where{Prop: prop, Op: op, Value: v}, kind))
		}
	}
	s.ask(prop+" in a list", among(graph.Where{Prop: prop, Op: graph.In, Value: values[:len(values)/2]}, kind))
	for _, desc := range []bool{false, true} {
		sel := among(nil, kind)
		sel.Props = []string{prop}
		sel.Order = []graph.Order{{Prop: prop, Desc: desc}}
		s.ask(fmt.Sprintf("in the order of %s, falling: %v", prop, desc), sel)
	}
}

func valueTimes(s *subject) {
	moments := []time.Time{
		time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(1969, 12, 31, 23, 59, 59, 999_000_000, time.UTC),
		time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2024, 2, 29, 12, 30, 15, 1_000_000, time.UTC),
		time.Date(2024, 2, 29, 12, 30, 15, 10_000_000, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 999_000_000, time.UTC),
	}
	var values []any
	var batches []graph.Batch
	for i, at := range moments {
		b := document("doc"+string(rune('a'+i)), "")
		b.Nodes[0].Props["publishedAt"] = at
		batches, values = append(batches, b), append(values, at)
	}
	s.putBatches(append(batches, document("undated", "")))
	s.agrees("after Put")
	s.probes(graph.KindDocument, "publishedAt", values)
}

// attributions puts one document with an attribution for each value of the property, and one without.
func (s *subject) attributions(prop string, values []any) {
	s.Helper()
	batch := s.draw("wire Document")[0]
	for i := range len(values) + 1 {
		says := s.draw(fmt.Sprintf("wire Document\nsays%c Attribution", 'a'+i))[0]
		if i < len(values) {
			says.Nodes[1].Props[prop] = values[i]
		}
		batch.Nodes, batch.Edges = append(batch.Nodes, says.Nodes[1]), append(batch.Edges, says.Edges...)
	}
	s.putBatches([]graph.Batch{batch})
	s.agrees("after Put")
	s.probes(graph.KindAttribution, prop, values)
}

func valueInts(s *subject) {
	s.attributions("credibility", []any{
		int64(math.MinInt64), int64(math.MinInt64 + 1), int64(-1), int64(0), int64(1), int64(1<<53 + 1),
		int64(math.MaxInt64 - 1), int64(math.MaxInt64),
	})
}

func valueFloats(s *subject) {
	s.attributions("confidence", []any{
		-math.MaxFloat64, -1.0, 0.0, math.SmallestNonzeroFloat64, 0.1, 0.1 + 0.2, 0.3, 1.0, 1 + 0x1p-52, 1.0 / 3, 1e21,
		math.MaxFloat64,
	})
}

func valueLists(s *subject) {
	s.put(`
		wire  Document
		iran  Actor aliases=Tehran
		persia Actor aliases="a, b","a",b,"","{x}","it's"
		city  Actor aliases=Герат,هرات
		guard Actor`)
	s.agrees("after Put")
	for _, word := range []string{"Tehran", "tehran", "Teh", "a", "a, b", "", "{x}", "it's", "Герат"} {
		s.ask("aliases with "+word, among(graph.Where{Prop: "aliases", Op: graph.Contains, Value: word}, graph.KindActor))
	}
	for _, list := range [][]string{{"Tehran"}, {"", "a", "a, b", "b", "it's", "{x}"}, {"Герат"}} {
		for _, op := range []graph.Op{graph.Eq, graph.Ne} {
			s.ask(fmt.Sprintf("aliases: op %d with %q", op, list),
				among(graph.Where{Prop: "aliases", Op: op, Value: list}, graph.KindActor))
		}
	}
	lists := []any{[]string{"Tehran"}, []string{"Герат", "هرات"}}
	s.ask("aliases in a list of lists", among(graph.Where{Prop: "aliases", Op: graph.In, Value: lists}, graph.KindActor))
}

func valueOnEdges(s *subject) {
	s.put(`
		wire   Document
		iran   Actor
		iran   -SAME_AS-> persia judgement=yes by="Mina \"M.\" 👩" at=2024-07-01T10:00:00.001Z
		iran   -SAME_AS-> persia judgement=no by=nur at=2024-07-02 undoneAt=2024-07-03
		persia Actor
		truce  Claim
		truce  -SUPPORTS-> peace method="" score=0.30000000000000004
		truce  -SUPPORTS-> peace method="" score=0.3
		peace  Claim`)
	s.agrees("after Put")
	same := along(graph.EdgeSameAs)
	same.EdgeProps = []string{"undoneAt", "by"}
	same.Via = graph.Where{Prop: "at", Op: graph.Lt, Value: time.Date(2024, 7, 1, 10, 0, 0, 2_000_000, time.UTC)}
	sel := among(nil, graph.KindActor)
	sel.Follow = []graph.Follow{same}
	s.answers("judgements before a time", sel, `act_iran(act_persia[-, Mina "M." 👩]) act_persia()`)
}
