package graphtest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var orderlessChecks = []check{
	{name: "Analyses/in whatever order documents come", run: orderless},
	{name: "Analyses/nothing stays of what is deleted", run: traceless},
}

// related makes documents that share claims and have their words from each other. Each batch brings every link that
// touches it, as the far end may come first or last.
func related() []graph.Batch {
	batches := Documents(8, 5)
	for i := range batches { // few, so that documents share claims
		batches[i].Links = nil
	}
	doc := func(i int) graph.ID { return batches[i].Owner }
	of := func(i int, kind graph.NodeKind, nth int) graph.ID {
		for _, n := range batches[i].Nodes {
			if n.Kind == kind {
				if nth == 0 {
					return n.ID
				}
				nth--
			}
		}
		return ""
	}
	link := func(kind graph.EdgeKind, method string, a, b graph.ID) graph.Edge {
		if kind.Info().Symmetric && a < b {
			a, b = b, a
		}
		return graph.Edge{Kind: kind, From: a, To: b, Props: graph.Props{"method": method, "score": 0.9}}
	}
	links := []graph.Edge{
		link(graph.EdgeCopyOf, "SHINGLES", doc(1), doc(0)),
		link(graph.EdgeDerivedFrom, "CREDIT", doc(2), doc(1)),
		link(graph.EdgeDerivedFrom, "REPORTED", doc(3), doc(2)),
		link(graph.EdgeDerivedFrom, "REPORTED", doc(0), doc(3)), // round in a circle
		link(graph.EdgeResolvesTo, "URL", of(5, graph.KindCitation, 0), doc(4)),
		link(graph.EdgeResolvesTo, "URL", of(4, graph.KindCitation, 1), doc(6)),
		link(graph.EdgeVariantOf, "WORDS", of(0, graph.KindClaim, 0), of(4, graph.KindClaim, 0)),
		link(graph.EdgeVariantOf, "WORDS", of(0, graph.KindClaim, 0), of(7, graph.KindClaim, 1)),
	}
	for i := range 8 {
		links = append(links, link(graph.EdgeContradicts, "NUMBER", of(1, graph.KindClaim, i), of(6, graph.KindClaim, i)))
	}
	for i, b := range batches {
		there := make(map[graph.ID]bool)
		for _, n := range b.Nodes {
			there[n.ID] = true
		}
		for _, l := range links {
			if there[l.From] || there[l.To] {
				batches[i].Links = append(batches[i].Links, l)
			}
		}
	}
	return batches
}

// analyses asks every analysis about everything that batches brought, and returns the answers line by line.
func (s *subject) analyses(batches []graph.Batch) []string {
	s.Helper()
	g := graph.New(s.store)
	ids := make(map[graph.NodeKind][]graph.ID)
	for _, b := range batches {
		for _, n := range b.Nodes {
			ids[n.Kind] = append(ids[n.Kind], n.ID)
		}
	}
	for kind, list := range ids {
		ids[kind] = sortedSet(list)
	}
	a := &answers{subject: s, g: g, ids: ids}
	a.ofClaims()
	a.ofAll()
	a.ofOthers()
	return a.lines
}

// answers are lines that say what the analyses answer.
type answers struct {
	*subject
	g     *graph.Graph
	ids   map[graph.NodeKind][]graph.ID
	lines []string
}

// add adds what was answered, in the order of the keys.
func add[T any](a *answers, what string, all map[graph.ID]T, err error) {
	a.Helper()
	if err != nil {
		a.Fatalf("%s: %v", what, err)
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		a.lines = append(a.lines, fmt.Sprintf("%s of %s: %+v", what, id, all[id]))
	}
}

func (a *answers) ofClaims() {
	claims := a.ids[graph.KindClaim]
	for _, w := range []graph.Wording{graph.OwnWords, graph.AllWords} {
		found, err := a.g.Corroborations(a.Context(), claims, w, graph.Times{})
		add(a, "corroboration", found, err)
	}
	lines, err := a.g.Timelines(a.Context(), claims)
	add(a, "timeline", lines, err)
	chains := make(map[graph.ID][]graph.AuthorityChain)
	for _, id := range claims[:min(len(claims), 10)] {
		chains[id], err = a.g.Authority(a.Context(), id, 10, graph.Times{})
		if err != nil && !errors.Is(err, graph.ErrNotFound) {
			a.Fatalf("Authority: %v", err)
		}
	}
	add(a, "authority", chains, nil)
}

func (a *answers) ofAll() {
	pairs, _, err := a.g.Contradictions(a.Context(), graph.ContradictionPage{First: graph.MaxPairs})
	if err != nil {
		a.Fatalf("Contradictions: %v", err)
	}
	for _, p := range pairs {
		a.lines = append(a.lines, fmt.Sprintf("contradiction: %+v", p))
	}
	cycles, _, err := a.g.Cycles(a.Context(), graph.CyclePage{First: 10, MaxLength: 4})
	if err == nil {
		err = a.g.CycleSpans(a.Context(), cycles)
	}
	if err != nil {
		a.Fatalf("Cycles: %v", err)
	}
	for _, c := range cycles {
		a.lines = append(a.lines, fmt.Sprintf("cycle: %+v", c))
	}
	buckets, _, err := a.g.Facets(a.Context(), nil, []graph.FacetName{graph.FacetOutlet, graph.FacetVoice, graph.FacetTime}, graph.Month)
	if err != nil {
		a.Fatalf("Facets: %v", err)
	}
	for _, b := range buckets {
		a.lines = append(a.lines, fmt.Sprintf("facet: %+v", b))
	}
}

func (a *answers) ofOthers() {
	actors := a.ids[graph.KindActor]
	sourcings, err := a.g.Sourcings(a.Context(), actors[:min(len(actors), graph.MaxFirst/10)])
	add(a, "sourcing", sourcings, err)
	terms := make(map[graph.ID][]graph.LoadedTerm)
	for _, id := range actors[:min(len(actors), 3)] {
		if terms[id], err = a.g.LoadedTerms(a.Context(), id); err != nil {
			a.Fatalf("LoadedTerms: %v", err)
		}
	}
	add(a, "terms", terms, nil)
	checks, err := a.g.CitationChecks(a.Context(), a.ids[graph.KindCitation])
	add(a, "check", checks, err)
	var some []graph.ID
	for _, kind := range []graph.NodeKind{graph.KindClaim, graph.KindRelation, graph.KindAttribution, graph.KindActor} {
		some = append(some, a.ids[kind][:min(len(a.ids[kind]), 20)]...)
	}
	receipts, err := a.g.Receipts(a.Context(), some)
	add(a, "receipts", receipts, err)
	degrees, err := a.g.Degrees(a.Context(), some)
	add(a, "degrees", degrees, err)
}

func orderless(s *subject) {
	batches := related()
	var want []string
	for i, order := range [][]int{{0, 1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1, 0}, {3, 0, 6, 1, 7, 4, 2, 5}} {
		s.clear()
		for _, n := range order {
			s.putBatches(batches[n : n+1])
		}
		got := s.analyses(batches)
		if i == 0 {
			want = got
			s.includes(want, "circular", "cycle: {Level:DOCUMENT", "NUMBER", "DENIAL", "Resolution:RESOLVED", "COPY")
			continue
		}
		s.same(fmt.Sprintf("answers when documents come in the order %v", order), want, got)
	}
}

// includes fails unless each of the words is in one of the lines: otherwise they would show nothing.
func (s *subject) includes(lines []string, words ...string) {
	s.Helper()
	all := strings.Join(lines, "\n")
	for _, w := range words {
		if !strings.Contains(all, w) && !strings.Contains(all, strings.ToUpper(w[:1])+w[1:]+":true") {
			s.Errorf("the answers hold no %q", w)
		}
	}
}

func traceless(s *subject) {
	batches := related()
	s.putBatches(slices.Concat(batches[:3], batches[4:7]))
	want := s.analyses(batches)
	s.putBatches(batches[7:])
	s.putBatches(batches[3:4])
	for _, i := range []int{3, 7} {
		if err := s.store.Delete(s.Context(), []graph.ID{batches[i].Owner}); err != nil {
			s.Fatalf("Delete: %v", err)
		}
	}
	s.same("answers after two documents came and went", want, s.analyses(batches))
}
