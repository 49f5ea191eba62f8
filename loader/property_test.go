package loader_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/read"
)

func exampleBatches(tb testing.TB) []graph.Batch {
	tb.Helper()
	analyser := newAnalyser(tb)
	var batches []graph.Batch
	for _, doc := range exampleDocuments(tb) {
		batches = append(batches, assemble(tb, analyser, doc))
	}
	return batches
}

func put(tb testing.TB, store graph.Store, batches ...graph.Batch) {
	tb.Helper()
	if err := graph.New(store).Put(tb.Context(), batches...); err != nil {
		tb.Fatal(err)
	}
}

func openSQLite(tb testing.TB) graph.Store {
	tb.Helper()
	store, err := sqlitegraph.Open(tb.Context(), filepath.Join(tb.TempDir(), "graph.db"), nil)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { store.Close(tb.Context()) })
	return store
}

func TestAssembleIsDeterministic(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(exampleBatches(t), exampleBatches(t)); diff != "" {
		t.Errorf("two assemblies of the same documents differ:\n%s", diff)
	}
}

// TestHistoryLeavesNoTrace loads the examples in any order and grouping, one of them twice, and deletes some: the graph
// is that of the documents which remain.
func TestHistoryLeavesNoTrace(t *testing.T) {
	t.Parallel()
	batches := exampleBatches(t)
	for seed := range uint64(4) {
		t.Run(fmt.Sprintf("oracle, seed %d", seed), func(t *testing.T) {
			t.Parallel()
			history(t, rand.New(rand.NewPCG(seed, 0)), graphtest.NewOracle(), batches)
		})
		t.Run(fmt.Sprintf("sqlite, seed %d", seed), func(t *testing.T) {
			t.Parallel()
			history(t, rand.New(rand.NewPCG(seed, 1)), openSQLite(t), batches)
		})
	}
}

func history(t *testing.T, random *rand.Rand, store graph.Store, batches []graph.Batch) {
	t.Helper()
	order := slices.Clone(batches)
	random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	kept := slices.Clone(order)
	for len(order) > 0 {
		n := 1 + random.IntN(len(order))
		put(t, store, order[:n]...)
		order = order[n:]
	}
	put(t, store, kept[0])
	deleted := make([]graph.ID, random.IntN(4))
	for i := range deleted {
		deleted[i] = kept[i].Owner
	}
	kept = kept[len(deleted):]
	if err := graph.New(store).Delete(t.Context(), deleted...); err != nil {
		t.Fatal(err)
	}
	straight := graphtest.NewOracle()
	put(t, straight, kept...)
	if diff := cmp.Diff(lines(export(t, straight)), lines(export(t, store))); diff != "" {
		t.Errorf("the graph shows its history (-straight +this):\n%s", diff)
	}
}

// TestOutletsOfOneOwner tells a claim by three outlets, two of which belong to one broadcaster: these are one origin.
func TestOutletsOfOneOwner(t *testing.T) {
	t.Parallel()
	source := make(shelf)
	for ref, outlet := range map[read.Ref]string{"1.txt": "Press TV", "2.txt": "Al-Alam", "3.txt": "Khaama Press"} {
		source[ref] = fmt.Sprintf("Title: Part %s\nOutlet: %s\nDate: 2025-03-01\nURL: https://news.example/%s\nLang: en\n\n"+
			"The harbour master said that the northern crossing would stay open for another week.\n", ref, outlet, ref)
	}
	l := newLoader(t, graphtest.NewOracle(), source)
	if _, err := l.Load(t.Context(), refs("1.txt", "2.txt", "3.txt")); err != nil {
		t.Fatal(err)
	}
	rows, err := l.Graph.Select(t.Context(), graph.Select{Level: graph.Level{
		Kinds: []graph.NodeKind{graph.KindClaim}, Where: graph.Match{Text: "crossing"}, First: 1,
	}})
	if err != nil || len(rows.Rows) == 0 {
		t.Fatalf("got %d claims and error %v, want one", len(rows.Rows), err)
	}
	id := rows.Rows[0].ID
	found, err := l.Graph.Corroborations(t.Context(), []graph.ID{id}, graph.OwnWords, graph.Times{})
	if err != nil {
		t.Fatal(err)
	}
	if got := found[id]; got.Documents != 3 || got.Outlets != 3 || got.OriginsAtMost != 2 {
		t.Errorf("got %+v, want 3 documents of 3 outlets and 2 origins", got)
	}
}

func lines(s string) []string { return strings.Split(s, "\n") }

// TestSeeds loads two real articles, which are not ours to ship.
func TestSeeds(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../../shared/seeds/*.txt")
	if err != nil || len(paths) == 0 {
		t.Skip("the folder with real articles, shared/seeds beside the repository, is not there")
	}
	var list []read.Ref
	for _, path := range paths {
		list = append(list, read.Ref(path))
		if _, err := os.Stat(path); err != nil {
			t.Fatal(err)
		}
	}
	got, err := newLoader(t, openSQLite(t), read.NewReader(nil)).Load(t.Context(), refs(list...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(loader.Summary{Loaded: len(paths)}, got, counts); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	if got.Nodes < 300 || got.Edges < 600 {
		t.Errorf("got %d nodes and %d edges, want the articles to say more", got.Nodes, got.Edges)
	}
}
