package graphtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var pathChecks = []check{
	{name: "Paths/equal ends give one path without edges", run: pathsEqual},
	{name: "Paths/unknown ends and unconnected nodes give none", run: pathsNone},
	{name: "Paths/only the shortest, against the arrows too, of bounded length", run: pathsShortest},
	{name: "Paths/along some kinds of edges", run: pathsUsing},
	{name: "Paths/parallel edges of one kind are one path, of several kinds several", run: pathsParallel},
	{name: "Paths/several come in the order of IDs and kinds, at most First", run: pathsOrder},
	{name: "Paths/nodes show the wanted properties", run: pathsProps},
}

// samePaths sends the request to both and compares the answers. Of parallel edges of one kind, any may be shown.
func (s *subject) samePaths(what string, from, to graph.ID, o graph.PathOptions) []graph.Subgraph {
	s.Helper()
	got, err := s.store.Paths(s.Context(), from, to, o)
	if err != nil {
		s.Fatalf("%s: Paths: %v", what, err)
	}
	want, err := s.oracle.Paths(s.Context(), from, to, o)
	if err != nil {
		s.Fatalf("%s: oracle: Paths: %v", what, err)
	}
	if !s.same(what, sketchPaths(want), sketchPaths(got)) {
		return got
	}
	m, err := s.oracle.read(s.Context())
	if err != nil {
		s.Fatalf("oracle: %v", err)
	}
	for i, p := range got {
		s.same(what+": nodes", want[i].Nodes, p.Nodes)
		for j, e := range p.Edges {
			s.isEdge(m, what, e, p.Nodes[j].ID, p.Nodes[j+1].ID)
		}
	}
	return got
}

// isEdge fails unless the edge is in the graph, between the two nodes.
func (s *subject) isEdge(m *merged, what string, e graph.Edge, a, b graph.ID) {
	s.Helper()
	if (e.From != a || e.To != b) && (e.From != b || e.To != a) {
		s.Errorf("%s: an edge from %s to %s stands between %s and %s", what, short(e.From), short(e.To), short(a), short(b))
	}
	if !slices.ContainsFunc(m.edges, func(have graph.Edge) bool { return have.ID() == e.ID() }) {
		s.Errorf("%s: the edge %v is not in the graph", what, e)
	}
}

// sketchPaths draws each path: `act_iran SOURCE att_says IN doc_wire`.
func sketchPaths(paths []graph.Subgraph) []string {
	var list []string
	for _, p := range paths {
		var words []string
		for i, n := range p.Nodes {
			words = append(words, short(n.ID))
			if i < len(p.Edges) {
				words = append(words, string(p.Edges[i].Kind))
			}
		}
		list = append(list, strings.Join(words, " "))
	}
	return list
}

// leads is samePaths where the answer is known.
func (s *subject) leads(from, to graph.ID, o graph.PathOptions, want ...string) {
	s.Helper()
	what := fmt.Sprintf("from %s to %s, %+v", short(from), short(to), o)
	s.same(what, want, sketchPaths(s.samePaths(what, from, to, o)))
}

func pathsEqual(s *subject) {
	s.put(sample)
	for _, o := range []graph.PathOptions{{First: 1}, {MaxLength: graph.MaxPathEdges, First: graph.MaxPaths}} {
		s.leads(iran, iran, o, "act_iran")
	}
}

func pathsNone(s *subject) {
	s.put(sample)
	lost := ID(graph.KindActor, "lost")
	far := graph.PathOptions{MaxLength: graph.MaxPathEdges, First: 10}
	s.leads(iran, lost, far)
	s.leads(lost, iran, far)
	s.leads(lost, lost, far)
	s.leads("", "nonsense", far)
	s.leads(iran, blog, far)
	s.leads(iran, wire, graph.PathOptions{First: 10})
}

func pathsShortest(s *subject) {
	s.put(sample)
	s.leads(iran, wire, graph.PathOptions{MaxLength: 1, First: 10})
	for _, length := range []int{2, 3, graph.MaxPathEdges} {
		s.leads(iran, wire, graph.PathOptions{MaxLength: length, First: 10}, "act_iran SOURCE att_says IN doc_wire")
		s.leads(wire, iran, graph.PathOptions{MaxLength: length, First: 10}, "doc_wire IN att_says SOURCE act_iran")
	}
	chief, city := ID(graph.KindActor, "chief"), ID(graph.KindActor, "city")
	s.leads(chief, city, graph.PathOptions{MaxLength: 5, First: 10})
	s.samePaths("the long way", chief, city, graph.PathOptions{MaxLength: 8, First: 10})

	s.put(`
		long  Document
		aaa   Claim
		aaa   -SUPPORTS-> bbb method=x score=1
		bbb   Claim
		ccc   Claim
		ccc   -SUPPORTS-> bbb method=x score=1
		ccc   -SUPPORTS-> ddd method=x score=1
		ddd   Claim
		ddd   -SUPPORTS-> eee method=x score=1
		eee   Claim
		fff   Claim
		fff   -SUPPORTS-> eee method=x score=1
		fff   -SUPPORTS-> ggg method=x score=1
		ggg   Claim
		ggg   -SUPPORTS-> hhh method=x score=1
		hhh   Claim
		hhh   -SUPPORTS-> iii method=x score=1
		iii   Claim
		iii   -SUPPORTS-> jjj method=x score=1
		jjj   Claim`)
	aaa, iii, jjj := ID(graph.KindClaim, "aaa"), ID(graph.KindClaim, "iii"), ID(graph.KindClaim, "jjj")
	s.leads(aaa, iii, graph.PathOptions{MaxLength: 7, First: 1})
	s.leads(aaa, iii, graph.PathOptions{MaxLength: 8, First: 1}, "clm_aaa SUPPORTS clm_bbb SUPPORTS clm_ccc SUPPORTS "+
		"clm_ddd SUPPORTS clm_eee SUPPORTS clm_fff SUPPORTS clm_ggg SUPPORTS clm_hhh SUPPORTS clm_iii")
	s.leads(aaa, jjj, graph.PathOptions{MaxLength: 8, First: 1})
}

func pathsUsing(s *subject) {
	s.put(sample)
	guard := ID(graph.KindActor, "guard")
	backs := graph.EdgeKind(graph.Backs)
	s.leads(guard, iran, graph.PathOptions{MaxLength: 4, First: 10}, "act_guard BACKS act_iran")
	s.leads(guard, iran, graph.PathOptions{MaxLength: 4, First: 10, Using: []graph.EdgeKind{graph.EdgeAgent, graph.EdgeTarget}},
		"act_guard TARGET rel_backs AGENT act_iran")
	s.leads(guard, iran, graph.PathOptions{MaxLength: 4, First: 10, Using: []graph.EdgeKind{graph.EdgeSource, graph.EdgeWithin}},
		"act_guard SOURCE att_agrees WITHIN att_says SOURCE act_iran")
	s.leads(guard, iran, graph.PathOptions{MaxLength: 4, First: 10, Using: []graph.EdgeKind{graph.EdgeSource}})
	s.leads(guard, iran, graph.PathOptions{MaxLength: 1, First: 10, Using: []graph.EdgeKind{backs, graph.EdgeSource}},
		"act_guard BACKS act_iran")
}

func pathsParallel(s *subject) {
	s.put(sample)
	first := ID(graph.KindPassage, "first")
	s.leads(says, first, graph.PathOptions{MaxLength: 2, First: 10}, "att_says EVIDENCE psg_first")
	echo := ID(graph.KindDocument, "echo")
	s.leads(wire, echo, graph.PathOptions{MaxLength: 3, First: 10},
		"doc_wire COPY_OF doc_echo", "doc_wire DERIVED_FROM doc_echo")
	s.leads(wire, echo, graph.PathOptions{MaxLength: 3, First: 1}, "doc_wire COPY_OF doc_echo")
	s.leads(echo, says, graph.PathOptions{MaxLength: 2, First: 10, Using: []graph.EdgeKind{
		graph.EdgeIn, graph.EdgeCopyOf, graph.EdgeDerivedFrom,
	}}, "doc_echo COPY_OF doc_wire IN att_says", "doc_echo DERIVED_FROM doc_wire IN att_says")
	s.put(`
		long Document
		aaa  Claim
		aaa  -SUPPORTS-> bbb method=x score=1
		aaa  -SUPPORTS-> bbb method=y score=1
		bbb  Claim
		bbb  -SUPPORTS-> aaa method=z score=1`)
	s.leads(ID(graph.KindClaim, "aaa"), ID(graph.KindClaim, "bbb"), graph.PathOptions{MaxLength: 1, First: 10},
		"clm_aaa SUPPORTS clm_bbb")
}

func pathsOrder(s *subject) {
	s.put(sample)
	courier := ID(graph.KindActor, "courier")
	all := []string{
		"act_courier PUBLISHED_BY doc_paper IN att_denies CONTENT clm_truce",
		"act_courier PUBLISHED_BY doc_paper IN att_notes CONTENT clm_prices CONTRADICTS clm_truce",
	}
	s.leads(courier, truce, graph.PathOptions{MaxLength: 4, First: 10}, all[0])
	using := []graph.EdgeKind{graph.EdgeSource, graph.EdgeContent}
	want := []string{"act_iran SOURCE att_holds CONTENT clm_truce", "act_iran SOURCE att_says CONTENT clm_truce"}
	s.leads(iran, truce, graph.PathOptions{MaxLength: 4, First: 10, Using: using}, want...)
	s.leads(iran, truce, graph.PathOptions{MaxLength: 4, First: 2, Using: using}, want...)
	s.leads(iran, truce, graph.PathOptions{MaxLength: 4, First: 1, Using: using}, want[0])

	s.put(net())
	from, to := ID(graph.KindClaim, "afirst"), ID(graph.KindClaim, "zlast")
	for first, want := range map[int]int{1: 1, 10: 10, 80: 80, 81: 81, graph.MaxPaths: 81} {
		o := graph.PathOptions{MaxLength: 5, First: first}
		if got := s.samePaths(fmt.Sprint("through the net, first ", first), from, to, o); len(got) != want {
			s.Errorf("through the net, first %d: got %d paths, want %d", first, len(got), want)
		}
	}
}

// net draws four layers of three claims between a first and a last one, each linked to all of the next layer: 81
// shortest paths.
func net() string {
	var picture strings.Builder
	picture.WriteString("net Document\n")
	layers := [][]string{
		{"afirst"}, {"ba", "bb", "bc"}, {"ca", "cb", "cc"}, {"da", "db", "dc"}, {"ea", "eb", "ec"}, {"zlast"},
	}
	for i, layer := range layers {
		for _, node := range layer {
			fmt.Fprintf(&picture, "%s Claim\n", node)
			if i == 0 {
				continue
			}
			for _, before := range layers[i-1] {
				fmt.Fprintf(&picture, "%s -SUPPORTS-> %s method=x score=1\n", node, before)
			}
		}
	}
	return picture.String()
}

func pathsProps(s *subject) {
	s.put(sample)
	s.samePaths("with properties", iran, wire, graph.PathOptions{
		MaxLength: 2, First: 1, Props: []string{"caption", "name", "title", "aliases", "publishedAt", "reliability", "originCount"},
	})
}
