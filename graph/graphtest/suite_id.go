package graphtest

import (
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

var idChecks = []check{
	{name: "Select/IDs come in the order asked for", run: idOrder},
	{name: "Select/unknown IDs are absent", run: idUnknown},
	{name: "Select/an ID asked for twice comes twice", run: idTwice},
	{name: "Select/IDs keep kinds and filter", run: idFilter},
	{name: "Select/as many IDs as allowed", run: idMany},
	{name: "Select/onward from IDs, step by step", run: idOnward},
	{name: "Select/onward to as many as allowed", run: idOnwardMany},
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

// followed is documents that follow each other: a from b and c, both from d, that from e, and e from b again.
const followed = `
a Document lang=en
a -COPY_OF-> b method=SHINGLES score=1
a -DERIVED_FROM-> b method=CREDIT score=1
a -DERIVED_FROM-> c method=CREDIT score=1

b Document lang=en
b -COPY_OF-> d method=SHINGLES score=1

c Document lang=fa
c -COPY_OF-> d method=SHINGLES score=1

d Document
d -DERIVED_FROM-> e method=CREDIT score=1

e Document lang=en
e -DERIVED_FROM-> b method=CREDIT score=1

f Document
f -COPY_OF-> a method=SHINGLES score=1
`

func idOnward(s *subject) {
	s.put(followed)
	doc := func(name string) graph.ID { return ID(graph.KindDocument, name) }
	both := []graph.EdgeKind{graph.EdgeCopyOf, graph.EdgeDerivedFrom}
	english := graph.Where{Prop: "lang", Value: "en"}
	for _, tt := range []struct {
		what   string
		from   []graph.ID
		onward graph.Onward
		where  graph.Filter
		want   string
	}{
		{"one step", []graph.ID{doc("a")}, graph.Onward{Edges: both, Steps: 1}, nil, "doc_a doc_b doc_c of 3"},
		{"two steps", []graph.ID{doc("a")}, graph.Onward{Edges: both, Steps: 2}, nil, "doc_a doc_b doc_c doc_d of 4"},
		{"round in a circle", []graph.ID{doc("e")}, graph.Onward{Edges: both, Steps: graph.MaxSteps}, nil, "doc_e doc_b doc_d of 3"},
		{"along one kind", []graph.ID{doc("a")}, graph.Onward{Edges: both[:1], Steps: 8}, nil, "doc_a doc_b doc_d of 3"},
		{"over what matches", []graph.ID{doc("a")}, graph.Onward{Edges: both, Steps: 8, Where: english}, nil, "doc_a doc_b of 2"},
		{"over what does not match", []graph.ID{doc("a")}, graph.Onward{Edges: both, Steps: 8}, english, "doc_a doc_b doc_e of 3"},
		{
			"from one behind another, twice, and one that is not there",
			[]graph.ID{doc("d"), doc("f"), doc("lost"), doc("d")},
			graph.Onward{Edges: both, Steps: 2},
			nil, "doc_d doc_f doc_d doc_a doc_b doc_c doc_e of 7",
		},
		{"from nowhere", []graph.ID{doc("lost"), iran}, graph.Onward{Edges: both, Steps: 2}, nil, ""},
	} {
		sel := graph.Select{IDs: tt.from, Onward: &tt.onward}
		sel.Kinds, sel.Where, sel.Total = []graph.NodeKind{graph.KindDocument}, tt.where, true
		s.answers(tt.what, sel, tt.want)
	}
}

// idOnwardMany goes to two documents, and on to more than are allowed.
func idOnwardMany(s *subject) {
	from := func(from, to string) graph.Edge {
		return graph.Edge{Kind: graph.EdgeDerivedFrom, From: ID(graph.KindDocument, from), To: ID(graph.KindDocument, to), Props: graph.Props{
			"method": string(graph.ByCredit), "score": 1.0,
		}}
	}
	first, zz := document("first", ""), document("zz", "")
	first.Edges = append(first.Edges, from("first", "zz"))
	batches := []graph.Batch{first}
	for i := range graph.MaxFirst + 1 {
		b := document(name(i), "")
		batches = append(batches, b)
		zz.Edges = append(zz.Edges, from("zz", name(i)))
	}
	s.putBatches(append(batches, zz))
	sel := graph.Select{IDs: []graph.ID{ID(graph.KindDocument, "first")}, Onward: &graph.Onward{Edges: []graph.EdgeKind{graph.EdgeDerivedFrom}, Steps: 3}}
	sel.Kinds, sel.Total = []graph.NodeKind{graph.KindDocument}, true
	if got := s.ask("nearest first", sel); got.Total != graph.MaxFirst+1 || !slices.ContainsFunc(got.Rows, func(r graph.Row) bool { return r.ID == zz.Owner }) {
		s.Errorf("got %d rows, want %d, one of them %s", got.Total, graph.MaxFirst+1, zz.Owner)
	}
}
