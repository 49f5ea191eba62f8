package loader_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/examples"
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/analyse/meaning"
	"github.com/claimgraph/claimgraph/loader/read"
)

// loadExamples loads the example articles, shuffled by the seed (0: in their order), so many in a group.
func loadExamples(t *testing.T, store graph.Store, seed uint64, group int) *graph.Graph {
	t.Helper()
	return loadExamplesWith(t, nil, store, seed, group)
}

func loadExamplesWith(t *testing.T, sense loader.Sense, store graph.Store, seed uint64, group int) *graph.Graph {
	t.Helper()
	articles := make(shelf)
	var list []read.Ref
	err := fs.WalkDir(examples.Articles(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(examples.Articles(), path)
		articles[read.Ref(path)] = string(data)
		list = append(list, read.Ref(path))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if seed > 0 {
		r := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // an order, no secret
		r.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	}
	l := newLoader(t, store, articles)
	l.GroupDocuments, l.Sense = group, sense
	if summary, err := l.Load(t.Context(), refs(list...)); err != nil || summary.Loaded+summary.Replaced != len(list) {
		t.Fatalf("got %+v and error %v, want %d loaded", summary, err, len(list))
	}
	return l.Graph
}

func exported(t *testing.T, g *graph.Graph) string {
	t.Helper()
	var b bytes.Buffer
	if err := g.Export(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestLinksInAnyOrder loads the examples in many orders and groups into both embedded stores: the graph is the same.
func TestLinksInAnyOrder(t *testing.T) {
	t.Parallel()
	want := exported(t, loadExamples(t, graphtest.NewOracle(), 0, 25))
	for seed := range uint64(8) {
		group := 1 + int(seed*3)%7 //nolint:gosec // small
		got := exported(t, loadExamples(t, graphtest.NewOracle(), seed+1, group))
		if diff := cmp.Diff(lines(want), lines(got)); diff != "" {
			t.Fatalf("order %d in groups of %d (-in their order +got):\n%s", seed+1, group, diff)
		}
	}
	store, err := sqlitegraph.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	g := loadExamples(t, store, 77, 2)
	if diff := cmp.Diff(lines(want), lines(exported(t, g))); diff != "" {
		t.Errorf("in SQLite (-want +got):\n%s", diff)
	}
	if err := g.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A remembering sense places each text once, for all loads of a test.
type remembering struct {
	loader.Sense
	mu   sync.Mutex
	have map[string]graph.Vector // guarded by mu
}

func newSense(tb testing.TB) loader.Sense {
	tb.Helper()
	e, err := meaning.New(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return &remembering{Sense: e, have: make(map[string]graph.Vector)}
}

func (r *remembering) Vectors(ctx context.Context, texts []string) ([]graph.Vector, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var fresh []string
	for _, text := range texts {
		if _, ok := r.have[text]; !ok {
			fresh = append(fresh, text)
		}
	}
	vectors, err := r.Sense.Vectors(ctx, fresh)
	if err != nil {
		return nil, err
	}
	for i, text := range fresh {
		r.have[text] = vectors[i]
	}
	list := make([]graph.Vector, len(texts))
	for i, text := range texts {
		list[i] = r.have[text]
	}
	return list, nil
}

// TestLinksByMeaningInAnyOrder loads the examples in many orders, placed by what they mean: the graph is the same, and
// some wordings are found that words do not show.
func TestLinksByMeaningInAnyOrder(t *testing.T) {
	t.Parallel()
	sense := newSense(t)
	g := loadExamplesWith(t, sense, graphtest.NewOracle(), 0, 25)
	want := exported(t, g)
	if links := linksOf(t, g, *graph.EdgeVariantOf.Info()); !strings.Contains(strings.Join(links, "\n"), "MEANING") {
		t.Errorf("no variant is found by meaning: %s", strings.Join(links, "\n"))
	}
	for seed := range uint64(4) {
		store := openSQLite(t)
		if seed%2 == 0 {
			store = graphtest.NewOracle()
		}
		got := exported(t, loadExamplesWith(t, sense, store, seed+1, 1+int(seed*3)%7)) //nolint:gosec // small
		if diff := cmp.Diff(lines(want), lines(got)); diff != "" {
			t.Fatalf("order %d (-in their order +got):\n%s", seed+1, diff)
		}
	}
}

// TestMeaningComesLater loads the examples without a model of meaning and then with it: they are read anew, and what
// follows is as if they had been loaded with it at once.
func TestMeaningComesLater(t *testing.T) {
	t.Parallel()
	sense, store := newSense(t), graphtest.NewOracle()
	loadExamples(t, store, 0, 25)
	both := exported(t, loadExamplesWith(t, sense, store, 0, 25))
	if diff := cmp.Diff(lines(exported(t, loadExamplesWith(t, sense, graphtest.NewOracle(), 0, 25))), lines(both)); diff != "" {
		t.Errorf("after a load without meanings (-without it +got):\n%s", diff)
	}
}

// TestLinks holds the links between the examples to the list of them in testdata.
func TestLinks(t *testing.T) {
	t.Parallel()
	g := loadExamples(t, graphtest.NewOracle(), 0, 25)
	var found []string
	for _, info := range graph.Edges {
		if info.Link {
			found = append(found, linksOf(t, g, info)...)
		}
	}
	got := strings.Join(found, "\n") + "\n"
	path := filepath.Join("testdata", "links.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lines(string(want)), lines(got)); diff != "" {
		t.Errorf("links (-want +got); with -update they are written anew:\n%s", diff)
	}
}

// linksOf lists the links of one kind, three lines each.
func linksOf(t *testing.T, g *graph.Graph, info graph.EdgeInfo) []string {
	t.Helper()
	rows, err := g.Select(t.Context(), graph.Select{Level: graph.Level{
		Kinds: info.From, Where: graph.Has{Edge: info.Kind}, First: graph.MaxFirst, Props: []string{shownBy(info.From[0])},
		Follow: []graph.Follow{{
			Edge: info.Kind, EdgeProps: []string{"method", "score"},
			Level: graph.Level{First: graph.MaxFirst, Props: []string{shownBy(info.To[0])}},
		}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, row := range rows.Rows {
		for _, far := range row.Follow[0].Rows {
			list = append(list, fmt.Sprintf("%s %v %v\n    %v\n    %v", info.Kind, far.Edge[0], far.Edge[1], row.Props[0], far.Props[0]))
		}
	}
	slices.Sort(list)
	return list
}

// shownBy returns the property by which a reader knows a node.
func shownBy(kind graph.NodeKind) string {
	switch kind {
	case graph.KindDocument:
		return "path"
	case graph.KindClaim:
		return "text"
	default:
		return "caption"
	}
}
