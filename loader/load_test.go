package loader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/read"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A shelf is a source of articles that a test wrote.
type shelf map[read.Ref]string

var errMissing = errors.New("no such article")

func (s shelf) Read(ctx context.Context, ref read.Ref) (*read.Document, error) {
	switch text, ok := s[ref]; {
	case !ok:
		return nil, fmt.Errorf("read %s: %w", ref, errMissing)
	case text == "panic":
		panic("a fault")
	case text == "wait":
		<-ctx.Done()
		return nil, ctx.Err()
	default:
		return read.Parse([]byte(text), read.Hints{Path: string(ref)})
	}
}

func refs(list ...read.Ref) iter.Seq2[read.Ref, error] {
	return func(yield func(read.Ref, error) bool) {
		for _, ref := range list {
			if !yield(ref, nil) {
				return
			}
		}
	}
}

// shelfOf returns so many articles and their references.
func shelfOf(n int) (shelf, []read.Ref) {
	s := make(shelf)
	var list []read.Ref
	for i := range n {
		ref := read.Ref(fmt.Sprintf("%02d.txt", i))
		s[ref] = fmt.Sprintf("URL: https://news.example/%d\n\nThe minister said that %d rifles were found in Kabul.\n", i, i)
		list = append(list, ref)
	}
	return s, list
}

func newLoader(tb testing.TB, store graph.Store, source loader.Source) *loader.Loader {
	tb.Helper()
	return &loader.Loader{
		Graph: graph.New(store), Source: source, Analyser: newAnalyser(tb),
		Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
		Options: loader.Options{GroupDocuments: 3, Pause: time.Millisecond},
	}
}

// counts leaves of a summary what does not depend on the analysis.
var counts = cmpopts.IgnoreFields(loader.Summary{}, "Nodes", "Edges", "Failures", "Duration")

func export(tb testing.TB, store graph.Store) string {
	tb.Helper()
	var out bytes.Buffer
	if err := graph.New(store).Export(context.WithoutCancel(tb.Context()), &out); err != nil {
		tb.Fatal(err)
	}
	return out.String()
}

func TestLoadTwice(t *testing.T) {
	t.Parallel()
	store := graphtest.NewOracle()
	source, list := shelfOf(8)
	l := newLoader(t, store, source)
	got, err := l.Load(t.Context(), refs(list...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(loader.Summary{Loaded: 8}, got, counts); diff != "" {
		t.Errorf("first load (-want +got):\n%s", diff)
	}
	first := export(t, store)

	source["03.txt"] = strings.Replace(source["03.txt"], "Kabul", "Herat", 1)
	got, err = l.Load(t.Context(), refs(list...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(loader.Summary{Replaced: 1, Unchanged: 7}, got, counts); diff != "" {
		t.Errorf("second load, of one changed article (-want +got):\n%s", diff)
	}
	source["03.txt"] = strings.Replace(source["03.txt"], "Herat", "Kabul", 1)
	if _, err := l.Load(t.Context(), refs(list...)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, export(t, store)); diff != "" {
		t.Errorf("after the article is as it was, the graph is not (-first +now):\n%s", diff)
	}
}

func TestLoadTellsOfEveryDocument(t *testing.T) {
	t.Parallel()
	source, list := shelfOf(5)
	source["panic.txt"] = "panic"
	source["empty.txt"] = " "
	source["long.txt"] = strings.Repeat("The minister said that it rained. ", 40_000)
	list = slices.Insert(list, 2, "panic.txt", "missing.txt", "empty.txt", "long.txt", list[1], list[4])
	l := newLoader(t, graphtest.NewOracle(), source)
	var got []string
	l.Observe = func(e loader.Event) { got = append(got, fmt.Sprint(e.Ref, " ", e.Outcome)) }
	summary, err := l.Load(t.Context(), refs(list...))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	want := []string{
		"00.txt loaded", "01.txt loaded", "01.txt unchanged", "02.txt loaded", "03.txt loaded", "04.txt loaded",
		"04.txt unchanged", "empty.txt failed", "long.txt failed", "missing.txt failed", "panic.txt failed",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(loader.Summary{Loaded: 5, Unchanged: 2, Failed: 4}, summary, counts); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	for i, want := range []error{nil, errMissing, read.ErrEmpty, loader.ErrTooLong} {
		if got := summary.Failures[i].Err; !errors.Is(got, want) && want != nil {
			t.Errorf("failure %d: got %v, want %v", i, got, want)
		}
	}
}

// A troubled store fails as its fields say and otherwise does what the store beneath does.
type troubled struct {
	graph.Store
	puts    atomic.Int64
	selects atomic.Int64
	put     func(call int64, batches []graph.Batch) error
	selekt  func(call int64) error
}

func (s *troubled) Put(ctx context.Context, batches []graph.Batch) error {
	if s.put != nil {
		if err := s.put(s.puts.Add(1), batches); err != nil {
			return err
		}
	}
	return s.Store.Put(ctx, batches)
}

func (s *troubled) Select(ctx context.Context, request graph.Select) (graph.Rows, error) {
	if s.selekt != nil {
		if err := s.selekt(s.selects.Add(1)); err != nil {
			return graph.Rows{}, err
		}
	}
	return s.Store.Select(ctx, request)
}

func TestLoadPassesOverRefusedDocuments(t *testing.T) {
	t.Parallel()
	source, list := shelfOf(8)
	bad := graph.Document{URL: "https://news.example/4"}.ID()
	store := &troubled{Store: graphtest.NewOracle(), put: func(_ int64, batches []graph.Batch) error {
		if slices.ContainsFunc(batches, func(b graph.Batch) bool { return b.Owner == bad }) {
			return fmt.Errorf("%w: not this one", graph.ErrInvalid)
		}
		return nil
	}}
	got, err := newLoader(t, store, source).Load(t.Context(), refs(list...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(loader.Summary{Loaded: 7, Failed: 1}, got, counts); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	if got := got.Failures[0]; got.Ref != "04.txt" || !errors.Is(got.Err, graph.ErrInvalid) {
		t.Errorf("got %s: %v, want 04.txt to be refused", got.Ref, got.Err)
	}
}

func TestLoadOfDocumentsThatAreOnTheirWay(t *testing.T) {
	t.Parallel()
	source, list := shelfOf(3)
	source["again.txt"] = source["00.txt"]
	source["later.txt"] = strings.Replace(source["01.txt"], "Kabul", "Herat", 1)
	store := &troubled{Store: graphtest.NewOracle(), put: func(int64, []graph.Batch) error {
		time.Sleep(20 * time.Millisecond) // The groups behind have long been read and looked up by then.
		return nil
	}}
	l := newLoader(t, store, source)
	l.GroupDocuments = 1
	var got []string
	l.Observe = func(e loader.Event) { got = append(got, fmt.Sprint(e.Ref, " ", e.Outcome)) }
	if _, err := l.Load(t.Context(), refs(append(list, "again.txt", "later.txt", "again.txt", "later.txt")...)); err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	want := []string{
		"00.txt loaded", "01.txt loaded", "02.txt loaded",
		"again.txt unchanged", "again.txt unchanged", "later.txt replaced", "later.txt unchanged",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func TestLoadWaitsForTheStore(t *testing.T) {
	t.Parallel()
	source, list := shelfOf(8)
	flaky := func(call int64) error {
		if call%3 != 0 {
			return fmt.Errorf("%w: restarting", graph.ErrUnavailable)
		}
		return nil
	}
	store := &troubled{
		Store: graphtest.NewOracle(), selekt: flaky,
		put: func(call int64, _ []graph.Batch) error { return flaky(call) },
	}
	got, err := newLoader(t, store, source).Load(t.Context(), refs(list...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(loader.Summary{Loaded: 8}, got, counts); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
}

func TestLoadStopsWithoutAStore(t *testing.T) {
	t.Parallel()
	for _, cause := range []error{graph.ErrUnavailable, graph.ErrDenied, graph.ErrClosed, graph.ErrCorrupt} {
		t.Run(cause.Error(), func(t *testing.T) {
			t.Parallel()
			source, list := shelfOf(20)
			beneath := graphtest.NewOracle()
			down := func(call, from int64) error {
				if call > from {
					return cause
				}
				return nil
			}
			for what, store := range map[string]*troubled{
				"put":    {Store: beneath, put: func(call int64, _ []graph.Batch) error { return down(call, 2) }},
				"select": {Store: beneath, selekt: func(call int64) error { return down(call, 2) }},
			} {
				_, err := newLoader(t, store, source).Load(t.Context(), refs(list...))
				if !errors.Is(err, cause) {
					t.Errorf("%s: got %v, want %v", what, err, cause)
				}
			}
			got, err := newLoader(t, beneath, source).Load(t.Context(), refs(list...))
			if err != nil {
				t.Fatal(err)
			}
			if got.Unchanged < 6 || got.Unchanged+got.Loaded != 20 {
				t.Errorf("repeated: %d unchanged and %d loaded, want 20 in all, 6 of them kept", got.Unchanged, got.Loaded)
			}
		})
	}
}

func TestLoadInterrupted(t *testing.T) {
	t.Parallel()
	source, list := shelfOf(8)
	source["wait.txt"] = "wait"
	list = slices.Insert(list, 5, "wait.txt")
	store := graphtest.NewOracle()
	l := newLoader(t, store, source)
	ctx, cancel := context.WithCancel(t.Context())
	l.Observe = func(loader.Event) { cancel() }
	got, err := l.Load(ctx, refs(list...))
	if !errors.Is(err, loader.ErrInterrupted) {
		t.Fatalf("got %v, want %v", err, loader.ErrInterrupted)
	}
	if got.Failed > 0 || got.Loaded < 5 || got.Loaded > 8 {
		t.Errorf("got %d loaded and %d failed, want the five that were read before the wait, and no failure", got.Loaded, got.Failed)
	}
	delete(source, "wait.txt")
	rest, err := l.Load(t.Context(), refs(slices.Delete(list, 5, 6)...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(loader.Summary{Loaded: 8 - got.Loaded, Unchanged: got.Loaded}, rest, counts); diff != "" {
		t.Errorf("repeated (-want +got):\n%s", diff)
	}
}

func TestLoadWithoutEnd(t *testing.T) {
	t.Parallel()
	source, _ := shelfOf(1)
	ctx, cancel := context.WithCancel(t.Context())
	listed := 0
	endless := func(yield func(read.Ref, error) bool) {
		for ; yield("00.txt", nil); listed++ {
			if listed == 1000 {
				cancel()
			}
		}
	}
	if _, err := newLoader(t, graphtest.NewOracle(), source).Load(ctx, endless); !errors.Is(err, loader.ErrInterrupted) {
		t.Errorf("got %v, want %v", err, loader.ErrInterrupted)
	}
	if listed > 1100 {
		t.Errorf("%d references were taken after the end", listed-1000)
	}
}
