package graphtest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

var timesChecks = []check{
	{name: "Times/what had been recorded", run: recordedTable},
	{name: "Times/what may hold", run: holdingTable},
	{name: "Times/the past never changes", run: pastStays},
}

// august is the time in which pictures that tell makes are retrieved: the end of one of its days.
func august(day int) graph.Times {
	return graph.Times{AsOf: time.Date(2024, 8, day, 23, 0, 0, 0, time.UTC)}
}

// What is known of the claim truce at the end of each day, from the one before the first on.
var recordedCases = []struct{ corroboration, authority, around string }{
	{"says 0, denies 0, in 0 by 0, origins 0-0, from", "", ""},
	{"says 1, denies 0, in 1 by 1, origins 1-1, single, from wire", "wire", "clm_truce att_wirex doc_wire"},
	{
		"says 2, denies 0, in 2 by 2, origins 1-2, from wire echo", "wire echo",
		"clm_truce att_echox att_wirex doc_echo doc_wire",
	},
	{
		"says 2, denies 1, in 2 by 2, origins 1-2, from wire echo", "wire echo paper",
		"clm_truce att_echox att_paperx att_wirex doc_echo doc_paper doc_wire",
	},
	{
		"says 2, denies 1, in 2 by 2, origins 1-1, single, from source", "wire echo paper",
		"clm_truce att_echox att_paperx att_wirex doc_echo doc_paper doc_wire doc_source",
	},
}

// recordedTable has a source that comes in last.
func recordedTable(s *subject) {
	g := s.fresh(tell(`
		wire   ledger  says   truce DERIVED_FROM source
		echo   mirror  says   truce DERIVED_FROM source
		paper  courier denies truce
		source agency  says   peace`))
	truce := ID(graph.KindClaim, "truce")
	for day, want := range recordedCases {
		t := august(day)
		found, err := g.Corroborations(s.Context(), []graph.ID{truce}, graph.OwnWords, t)
		if err != nil {
			s.Fatalf("Corroborations: %v", err)
		}
		if got := sketchCorroboration(found[truce]); got != want.corroboration {
			s.Errorf("day %d: got %s, want %s", day, got, want.corroboration)
		}
		chains, err := g.Authority(s.Context(), truce, 10, t)
		if err != nil {
			s.Fatalf("Authority: %v", err)
		}
		var docs []string
		for _, c := range chains {
			docs = append(docs, strings.TrimPrefix(short(c.Document), "doc_"))
		}
		slices.SortStableFunc(docs, func(a, b string) int {
			order := []string{"wire", "echo", "paper"}
			return slices.Index(order, a) - slices.Index(order, b)
		})
		if got := strings.Join(docs, " "); got != want.authority {
			s.Errorf("day %d: authority: got %s, want %s", day, got, want.authority)
		}
		around := s.at(g, truce, t, graph.KindAttribution, graph.KindDocument)
		if got := strings.Join(around, " "); got != want.around {
			s.Errorf("day %d: around it: got %s, want %s", day, got, want.around)
		}
	}
}

// at returns the nodes of those kinds within three steps of a seed.
func (s *subject) at(g *graph.Graph, seed graph.ID, t graph.Times, kinds ...graph.NodeKind) []string {
	s.Helper()
	sub, err := g.NeighbourhoodAt(s.Context(), []graph.ID{seed}, graph.NeighbourhoodOptions{Depth: 3, Nodes: 100, Kinds: kinds}, t)
	if err != nil {
		s.Fatalf("NeighbourhoodAt: %v", err)
	}
	var list []string
	for _, n := range sub.Nodes {
		list = append(list, short(n.ID))
	}
	return list
}

func holdingTable(s *subject) {
	g := s.fresh(`
		wire Document
		says Attribution
		says -CONTENT-> truce
		truce Claim
		truce -ASSERTS-> early polarity=AFFIRMS
		truce -ASSERTS-> late  polarity=AFFIRMS
		truce -ASSERTS-> always polarity=AFFIRMS
		peace Claim
		peace -ASSERTS-> early polarity=AFFIRMS
		silent Claim
		early  Relation type=HOSTS mode=ACTUAL validTo=2020-01-01
		late   Relation type=BACKS mode=ACTUAL validFrom=2024-01-01
		always Relation type=LEADS mode=ACTUAL
		early  -AGENT-> iran
		early  -TARGET-> kabul
		late   -AGENT-> iran
		late   -TARGET-> kabul
		always -AGENT-> iran
		always -TARGET-> kabul
		iran  Actor kind=STATE
		kabul Actor kind=STATE`)
	claims := among(nil, graph.KindClaim)
	for year, want := range map[int]string{
		2019: "rel_always rel_early; clm_peace clm_silent clm_truce; HOSTS LEADS",
		2022: "rel_always; clm_silent clm_truce; LEADS",
		2025: "rel_always rel_late; clm_silent clm_truce; BACKS LEADS",
	} {
		t := graph.Times{ValidAt: time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)}
		claims.Where = t.Filter(graph.KindClaim)
		held := s.ask(fmt.Sprint("claims of ", year), claims)
		sub, err := g.NeighbourhoodAt(s.Context(), []graph.ID{ID(graph.KindActor, "iran")}, graph.NeighbourhoodOptions{
			Depth: 2, Nodes: 100, Kinds: []graph.NodeKind{graph.KindActor, graph.KindRelation},
		}, t)
		if err != nil {
			s.Fatalf("NeighbourhoodAt: %v", err)
		}
		var relations, shortcuts []string
		for _, n := range sub.Nodes {
			if n.Kind == graph.KindRelation {
				relations = append(relations, short(n.ID))
			}
		}
		for _, e := range sub.Edges {
			if e.Kind.Info().Derived {
				shortcuts = append(shortcuts, string(e.Kind))
			}
		}
		got := strings.Join(relations, " ") + "; " + sketch(held) + "; " + strings.Join(shortcuts, " ")
		if got != want {
			s.Errorf("%d: got %s, want %s", year, got, want)
		}
	}
}

// pastStays loads documents day by day: the answers about each day stay what they were on that day, whatever is loaded
// or deleted later.
func pastStays(s *subject) {
	batches := Documents(7, 3)
	slices.SortFunc(batches, func(a, b graph.Batch) int { return retrieved(a).Compare(retrieved(b)) })
	seed := batches[0].Owner
	g := graph.New(s.store)
	var using []graph.EdgeKind // all but those that documents may add to nodes of others, see Times
	for _, e := range graph.Edges {
		if e.Kind != graph.EdgeAsserts {
			using = append(using, e.Kind)
		}
	}
	answers := func(t graph.Times) string {
		var claims []graph.ID
		for _, b := range batches[:2] {
			for _, n := range b.Nodes {
				if n.Kind == graph.KindClaim {
					claims = append(claims, n.ID)
				}
			}
		}
		slices.Sort(claims)
		claims = slices.Compact(claims)
		found, err := g.Corroborations(s.Context(), claims, graph.AllWords, t)
		if err != nil {
			s.Fatalf("Corroborations: %v", err)
		}
		chains, err := g.Authority(s.Context(), claims[0], 20, t)
		if err != nil {
			s.Fatalf("Authority: %v", err)
		}
		sub, err := g.NeighbourhoodAt(s.Context(), []graph.ID{seed}, graph.NeighbourhoodOptions{
			Depth: 3, Nodes: 1500, Using: using,
		}, t)
		if err != nil {
			s.Fatalf("NeighbourhoodAt: %v", err)
		}
		var text strings.Builder
		for _, id := range claims {
			fmt.Fprintln(&text, id, sketchCorroboration(found[id]))
		}
		fmt.Fprintln(&text, chains)
		for _, n := range sub.Nodes {
			fmt.Fprintln(&text, n.ID)
		}
		for _, e := range sub.Edges {
			fmt.Fprintln(&text, e.Kind, e.From, e.To)
		}
		return text.String()
	}
	var then []string
	day := func(i int) graph.Times { return graph.Times{AsOf: retrieved(batches[i])} }
	stays := func(when string) {
		for i, want := range then {
			s.same(fmt.Sprintf("day %d, %s", i, when), strings.Split(want, "\n"), strings.Split(answers(day(i)), "\n"))
		}
	}
	for i, b := range batches {
		s.putBatches([]graph.Batch{b})
		if i < 4 {
			then = append(then, answers(day(i)))
		}
	}
	stays("after days more")
	for _, b := range batches[4:] {
		if err := s.store.Delete(s.Context(), []graph.ID{b.Owner}); err != nil {
			s.Fatalf("Delete: %v", err)
		}
	}
	stays("after these have gone")
}

// retrieved returns when a batch's document was.
func retrieved(b graph.Batch) time.Time {
	for _, n := range b.Nodes {
		if n.ID == b.Owner {
			t, _ := n.Props["retrievedAt"].(time.Time)
			return t
		}
	}
	return time.Time{}
}
