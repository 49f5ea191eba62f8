package graphtest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var neighbourhoodChecks = []check{
	{name: "Neighbourhood/depth by depth", run: neighbourhoodDepth},
	{name: "Neighbourhood/unknown and repeated seeds", run: neighbourhoodSeeds},
	{name: "Neighbourhood/of some kinds of nodes", run: neighbourhoodKinds},
	{name: "Neighbourhood/of nodes that match", run: neighbourhoodWhere},
	{name: "Neighbourhood/along shortcuts of relations that match", run: neighbourhoodShortcuts},
	{name: "Neighbourhood/along some kinds of edges", run: neighbourhoodUsing},
	{name: "Neighbourhood/parallel edges, shortcuts and loops", run: neighbourhoodEdges},
	{name: "Neighbourhood/cut where not all nodes fit", run: neighbourhoodCut},
	{name: "Neighbourhood/shows so many shortcuts, those of seeds first", run: neighbourhoodFewShortcuts},
	{name: "Neighbourhood/counts what is left out to a limit", run: neighbourhoodOmitted},
}

// near sends the request to both and compares the answers, unless it was cut: then the store may choose.
func (s *subject) near(what string, seeds []graph.ID, o graph.NeighbourhoodOptions) graph.Subgraph {
	s.Helper()
	got, err := s.store.Neighbourhood(s.Context(), seeds, o)
	if err != nil {
		s.Fatalf("%s: Neighbourhood: %v", what, err)
	}
	want, err := s.oracle.Neighbourhood(s.Context(), seeds, o)
	if err != nil {
		s.Fatalf("%s: oracle: Neighbourhood: %v", what, err)
	}
	if !want.Truncated {
		s.same(what, want, got)
		return got
	}
	s.sameCut(what, seeds, o, want, got)
	again, err := s.store.Neighbourhood(s.Context(), seeds, o)
	if err != nil {
		s.Fatalf("%s: Neighbourhood: %v", what, err)
	}
	s.same(what+": asked twice", got, again)
	return got
}

// sameCut compares all that does not depend on which nodes of the last distance were kept.
func (s *subject) sameCut(what string, seeds []graph.ID, o graph.NeighbourhoodOptions, want, got graph.Subgraph) {
	s.Helper()
	if got.Truncated != want.Truncated || got.Omitted != want.Omitted || len(got.Nodes) != len(want.Nodes) {
		s.Errorf("%s: got %d nodes, truncated %v, omitted %d; want %d, %v, %d", what,
			len(got.Nodes), got.Truncated, got.Omitted, len(want.Nodes), want.Truncated, want.Omitted)
		return
	}
	m, err := s.oracle.read(s.Context())
	if err != nil {
		s.Fatalf("oracle: %v", err)
	}
	distance := m.spread(seeds, o)
	kept := make(map[graph.ID]bool)
	for i, n := range got.Nodes {
		d, ok := distance[n.ID]
		if wanted := distance[want.Nodes[i].ID]; !ok || d != wanted {
			s.Errorf("%s: node %d, %s, is not at the distance %d", what, i, short(n.ID), wanted)
		}
		s.same(what+": node", m.node(n.ID, o.Props), n)
		kept[n.ID] = true
	}
	byDistance := func(a, b graph.Node) int { return cmp.Or(distance[a.ID]-distance[b.ID], cmp.Compare(a.ID, b.ID)) }
	if !slices.IsSortedFunc(got.Nodes, byDistance) {
		s.Errorf("%s: nodes are not in the order of distance and ID: %s", what, sketchGraph(got))
	}
	s.same(what+": edges", m.within(kept, o), got.Edges)
}

// spread returns how far from the seeds each node of a neighbourhood is that is not cut.
func (m *merged) spread(seeds []graph.ID, o graph.NeighbourhoodOptions) map[graph.ID]int {
	distance, seen := make(map[graph.ID]int), make(map[graph.ID]bool)
	layer := seeds
	for d := 0; d <= o.Depth; d++ {
		for _, id := range layer {
			distance[id], seen[id] = d, true
		}
		layer = m.nextLayer(layer, seen, o)
	}
	return distance
}

// sketchGraph draws the nodes, how many edges there are, and how many nodes were left out: `act_iran att_says +1 -7`.
func sketchGraph(g graph.Subgraph) string {
	words := make([]string, 0, len(g.Nodes)+2)
	for _, n := range g.Nodes {
		words = append(words, short(n.ID))
	}
	words = append(words, fmt.Sprintf("+%d", len(g.Edges)))
	if g.Truncated {
		words = append(words, fmt.Sprintf("-%d", g.Omitted))
	}
	return strings.Join(words, " ")
}

func (s *subject) surrounds(seed graph.ID, o graph.NeighbourhoodOptions, want string) {
	s.Helper()
	what := fmt.Sprintf("around %s, %+v", short(seed), o)
	if got := sketchGraph(s.near(what, []graph.ID{seed}, o)); got != want {
		s.Errorf("%s: got\n\t%s\nwant\n\t%s", what, got, want)
	}
}

func neighbourhoodDepth(s *subject) {
	s.put(sample)
	for depth, want := range []string{
		"doc_blog +0", "doc_blog +0",
	} {
		s.surrounds(blog, graph.NeighbourhoodOptions{Depth: depth, Nodes: 100}, want)
	}
	bulletin := ID(graph.KindCitation, "bulletin")
	for depth, want := range []string{
		"cit_bulletin +0",
		"cit_bulletin act_ledger att_notes doc_paper doc_wire psg_third +8",
	} {
		s.surrounds(bulletin, graph.NeighbourhoodOptions{Depth: depth, Nodes: 100}, want)
	}
	for depth := range graph.MaxDepth + 1 {
		s.near(fmt.Sprint("to the depth ", depth), []graph.ID{bulletin}, graph.NeighbourhoodOptions{
			Depth: depth, Nodes: 100, Props: []string{"caption", "name", "publishedAt", "originCount"},
		})
	}
}

func neighbourhoodWhere(s *subject) {
	s.put(sample)
	of := func(kind graph.NodeKind, f graph.Filter) map[graph.NodeKind]graph.Filter {
		return map[graph.NodeKind]graph.Filter{kind: f}
	}
	for _, where := range []map[graph.NodeKind]graph.Filter{
		of(graph.KindDocument, graph.Where{Prop: graph.IDProp, Value: string(wire)}),
		of(graph.KindDocument, graph.Where{Prop: graph.IDProp, Op: graph.Ne, Value: string(wire)}),
		of(graph.KindAttribution, graph.Where{Prop: "polarity", Value: "DENIES"}),
		of(graph.KindPassage, graph.Has{Edge: graph.EdgeEvidence, Reverse: true}),
		{
			graph.KindActor: graph.Where{Prop: "kind", Value: "STATE"},
			graph.KindClaim: graph.Not{Filter: graph.Has{Edge: graph.EdgeAsserts}},
		},
		of(graph.KindRelation, graph.Or{}),
	} {
		for _, seed := range []graph.ID{wire, iran, truce, says} {
			for _, depth := range []int{1, 3} {
				what := fmt.Sprintf("%d around %s where %v", depth, short(seed), where)
				s.near(what, []graph.ID{seed}, graph.NeighbourhoodOptions{Depth: depth, Nodes: 100, Where: where})
			}
			s.near(fmt.Sprintf("cut around %s where %v", short(seed), where), []graph.ID{seed}, graph.NeighbourhoodOptions{
				Depth: 2, Nodes: 3, Where: where,
			})
		}
	}
}

// neighbourhoodShortcuts leaves the relation itself out of what is walked to, but not its shortcut.
func neighbourhoodShortcuts(s *subject) {
	s.put(sample)
	for _, f := range []graph.Filter{
		nil,
		graph.Or{},
		graph.Where{Prop: "type", Value: "BACKS"},
		graph.Where{Prop: "type", Op: graph.Ne, Value: "BACKS"},
		graph.Has{Edge: graph.EdgeAsserts, Reverse: true, Where: graph.Spoken{By: graph.Where{Prop: graph.IDProp, Value: string(wire)}}},
	} {
		for depth := 1; depth <= 3; depth++ {
			s.near(fmt.Sprintf("%d around iran by shortcuts of %v", depth, f), []graph.ID{iran}, graph.NeighbourhoodOptions{
				Depth: depth, Nodes: 100, Kinds: []graph.NodeKind{graph.KindActor}, Shortcuts: f,
			})
		}
	}
}

func neighbourhoodSeeds(s *subject) {
	s.put(sample)
	lost := ID(graph.KindClaim, "lost")
	s.near("of none", nil, graph.NeighbourhoodOptions{Depth: 2, Nodes: 10})
	s.near("of an unknown node", []graph.ID{lost, "", "nonsense"}, graph.NeighbourhoodOptions{Depth: 2, Nodes: 10})
	s.near("of two", []graph.ID{blog, iran}, graph.NeighbourhoodOptions{Depth: 1, Nodes: 100})
	s.near("of seeds in no order, twice, beside an unknown one", []graph.ID{truce, iran, lost, truce, says, iran},
		graph.NeighbourhoodOptions{Depth: 1, Nodes: 100})
	s.near("as many seeds as nodes", []graph.ID{truce, iran}, graph.NeighbourhoodOptions{Nodes: 2})
}

func neighbourhoodKinds(s *subject) {
	s.put(sample)
	only := []graph.NodeKind{graph.KindAttribution, graph.KindClaim}
	s.surrounds(iran, graph.NeighbourhoodOptions{Depth: 1, Nodes: 100, Kinds: only}, "act_iran att_holds att_says +2")
	s.surrounds(iran, graph.NeighbourhoodOptions{Depth: 2, Nodes: 100, Kinds: only},
		"act_iran att_holds att_says att_agrees clm_truce +6")
	s.surrounds(iran, graph.NeighbourhoodOptions{Depth: 4, Nodes: 100, Kinds: []graph.NodeKind{graph.KindDocument}}, "act_iran +0")
}

func neighbourhoodUsing(s *subject) {
	s.put(sample)
	using := []graph.EdgeKind{graph.EdgeContent, graph.EdgeSource}
	s.surrounds(truce, graph.NeighbourhoodOptions{Depth: 1, Nodes: 100, Using: using},
		"clm_truce att_agrees att_denies att_holds att_says +4")
	s.surrounds(truce, graph.NeighbourhoodOptions{Depth: 4, Nodes: 100, Using: using},
		"clm_truce att_agrees att_denies att_holds att_says act_chief act_guard act_iran +8")
	s.surrounds(truce, graph.NeighbourhoodOptions{
		Depth: 4, Nodes: 100, Using: using, Kinds: []graph.NodeKind{graph.KindAttribution},
	}, "clm_truce att_agrees att_denies att_holds att_says +4")
}

func neighbourhoodEdges(s *subject) {
	s.put(sample)
	for _, bare := range []bool{false, true} {
		o := graph.NeighbourhoodOptions{Nodes: 10, BareEdges: bare}
		s.near(fmt.Sprint("with parallel edges, bare: ", bare), []graph.ID{says, ID(graph.KindPassage, "first")}, o)
		s.near(fmt.Sprint("with a shortcut, bare: ", bare), []graph.ID{iran, ID(graph.KindActor, "guard")}, o)
		o = graph.NeighbourhoodOptions{Depth: 2, Nodes: 100, BareEdges: bare}
		s.near(fmt.Sprint("around three, bare: ", bare), []graph.ID{iran, says, truce}, o)
	}
	s.put(`
		loop  Document
		aaa   Actor
		aaa   -SAME_AS-> aaa judgement=yes by=mina
		aaa   -SAME_AS-> bbb judgement=yes by=mina
		bbb   Actor
		bbb   -SAME_AS-> aaa judgement=yes by=mina`)
	s.surrounds(ID(graph.KindActor, "aaa"), graph.NeighbourhoodOptions{Depth: 2, Nodes: 10}, "act_aaa act_bbb +3")
}

func neighbourhoodCut(s *subject) {
	s.put(sample)
	for depth := range graph.MaxDepth + 1 {
		for nodes := 1; nodes <= 24; nodes++ {
			s.near(fmt.Sprintf("depth %d, %d nodes", depth, nodes), []graph.ID{iran}, graph.NeighbourhoodOptions{
				Depth: depth, Nodes: nodes, Props: []string{"caption"},
			})
		}
	}
	o := graph.NeighbourhoodOptions{Depth: 2, Nodes: 3, Kinds: []graph.NodeKind{graph.KindAttribution, graph.KindClaim}}
	s.surrounds(iran, o, "act_iran att_holds att_says +2 -2")
	o.Nodes = 2
	s.near("in the first layer", []graph.ID{iran}, o)
}

// neighbourhoodFewShortcuts has more shortcuts between three actors than are shown.
func neighbourhoodFewShortcuts(s *subject) {
	var picture strings.Builder
	picture.WriteString("wire Document\n iran Actor\n guard Actor\n chief Actor\n truce Claim\n")
	relations := 0
	for _, more := range []struct {
		agent, target string
		count         int
	}{{"chief", "guard", 60}, {"iran", "chief", 50}, {"iran", "guard", 600}, {"guard", "iran", 400}} {
		for range more.count {
			relations++
			fmt.Fprintf(&picture, "r%s Relation class=STANDING type=BACKS\n r%[1]s -AGENT-> %[2]s\n r%[1]s -TARGET-> %[3]s\n"+
				"truce -ASSERTS-> r%[1]s polarity=AFFIRMS\n", name(relations), more.agent, more.target)
		}
	}
	s.put(picture.String())
	chief := ID(graph.KindActor, "chief")
	all, err := s.oracle.read(s.Context())
	if err != nil {
		s.Fatalf("oracle: %v", err)
	}
	for _, seeds := range [][]graph.ID{{chief}, {iran}, {iran, chief}} {
		o := graph.NeighbourhoodOptions{Depth: 1, Nodes: 9, Kinds: []graph.NodeKind{graph.KindActor}}
		what := fmt.Sprint("around ", seeds)
		got, err := s.store.Neighbourhood(s.Context(), seeds, o)
		if err != nil {
			s.Fatalf("%s: Neighbourhood: %v", what, err)
		}
		kept := make(map[graph.ID]bool)
		for _, n := range got.Nodes {
			kept[n.ID] = true
		}
		every := all.within(kept, o)
		if got, want := len(got.Edges), graph.MaxShortcuts; got != want || len(kept) != 3 {
			s.Fatalf("%s: got %d edges between %d nodes, want %d between 3", what, got, len(kept), want)
		}
		if got, want := got.EdgesOmitted, len(every)-graph.MaxShortcuts; got != want {
			s.Errorf("%s: got %d edges left out, want %d", what, got, want)
		}
		want, _ := fewShortcuts(every, seeds)
		joining := func(edges []graph.Edge) (n int) {
			for _, e := range edges {
				if slices.Contains(seeds, e.From) || slices.Contains(seeds, e.To) {
					n++
				}
			}
			return n
		}
		if got, want := joining(got.Edges), joining(want); got != want {
			s.Errorf("%s: got %d shortcuts that join a seed, want %d", what, got, want)
		}
		shown := make(map[string]bool)
		for _, e := range every {
			shown[e.ID()] = true
		}
		for _, e := range got.Edges {
			if !shown[e.ID()] {
				s.Errorf("%s: got %s twice, or it is not there", what, e.ID())
			}
			delete(shown, e.ID())
		}
	}
}

func neighbourhoodOmitted(s *subject) {
	s.putBatches(hub(graph.MaxOmitted + 20))
	for _, nodes := range []int{1, 15, 21, 1021} {
		o := graph.NeighbourhoodOptions{Depth: 1, Nodes: nodes}
		s.near(fmt.Sprint("in ", nodes, " nodes"), []graph.ID{wire}, o)
	}
}

// hub makes a document with that many attributions.
func hub(attributions int) []graph.Batch {
	batch := document("wire", "")
	for i := range attributions {
		n := graph.Node{ID: ID(graph.KindAttribution, name(i)), Kind: graph.KindAttribution, Props: graph.Props{
			"caption": name(i), "kind": "STATEMENT", "voice": "OUTLET", "polarity": "AFFIRMS", "depth": int64(i % 7), "confidence": 1.0,
		}}
		batch.Nodes = append(batch.Nodes, n)
		batch.Edges = append(batch.Edges, graph.Edge{Kind: graph.EdgeIn, From: n.ID, To: batch.Owner})
	}
	return []graph.Batch{batch}
}
