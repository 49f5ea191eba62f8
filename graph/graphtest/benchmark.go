package graphtest

import (
	"fmt"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
)

// readDocuments is how many documents there are in the graph that reading benchmarks ask.
const readDocuments = 300

// Benchmark measures a store: how many documents a second it takes in, by 1, 10 and 50 documents a call, and how long
// the usual requests take on a graph of 300 documents. Each part opens its own store and closes it.
func Benchmark(b *testing.B, open func(t testing.TB) graph.Store) {
	for _, each := range []int{1, 10, 50} {
		b.Run(fmt.Sprintf("Put/%d", each), func(b *testing.B) { benchmarkPut(b, open, each) })
	}
	b.Run("Read", func(b *testing.B) { benchmarkReads(b, open) })
}

func benchmarkPut(b *testing.B, open func(t testing.TB) graph.Store, each int) {
	store := open(b)
	defer closeStore(b, store)
	b.ReportAllocs()
	stored := 0
	for b.Loop() {
		b.StopTimer()
		batches := DocumentsFrom(stored, each, 1)
		b.StartTimer()
		if err := store.Put(b.Context(), batches); err != nil {
			b.Fatal(err)
		}
		stored += each
	}
	b.ReportMetric(float64(stored)/b.Elapsed().Seconds(), "documents/s")
}

func benchmarkReads(b *testing.B, open func(t testing.TB) graph.Store) {
	store := open(b)
	defer closeStore(b, store)
	for first := 0; first < readDocuments; first += 50 {
		if err := store.Put(b.Context(), DocumentsFrom(first, 50, 1)); err != nil {
			b.Fatal(err)
		}
	}
	actors := busiest(b, store, graph.KindActor, 2)
	claims := busiest(b, store, graph.KindClaim, 1)
	measure := func(name string, ask func() (int, error)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n, err := ask()
				if err != nil {
					b.Fatal(err)
				}
				if n == 0 {
					b.Fatal("the answer is empty")
				}
			}
		})
	}
	measure("Select", func() (int, error) {
		rows, err := store.Select(b.Context(), claimsWithSources())
		return len(rows.Rows), err
	})
	measure("Search", func() (int, error) {
		sel := among(graph.Match{Text: "COR dén"}, graph.KindDocument, graph.KindClaim)
		sel.Order, sel.First = []graph.Order{{Prop: graph.Score, Desc: true}}, 20
		rows, err := store.Select(b.Context(), sel)
		return len(rows.Rows), err
	})
	measure("Count", func() (int, error) {
		buckets, err := store.Count(b.Context(), graph.KindAttribution, graph.Where{Prop: "polarity", Value: "AFFIRMS"}, []graph.Facet{
			{Prop: "voice"}, {Steps: []graph.Step{{Edge: graph.EdgeIn}}, Prop: "publishedAt", Interval: graph.Month},
		}, graph.MaxBuckets)
		return len(buckets), err
	})
	measure("Paths", func() (int, error) {
		paths, err := store.Paths(b.Context(), actors[1], claims[0], graph.PathOptions{
			MaxLength: 6, First: 10, Using: []graph.EdgeKind{graph.EdgeSource, graph.EdgeContent, graph.EdgeIn},
		})
		return len(paths), err
	})
	measure("Neighbourhood", func() (int, error) {
		sub, err := store.Neighbourhood(b.Context(), actors[:1], graph.NeighbourhoodOptions{
			Depth: 2, Nodes: 300, Props: []string{"caption"},
		})
		return len(sub.Nodes), err
	})
}

// claimsWithSources asks for a hundred claims with attributions, their sources, documents and outlets.
func claimsWithSources() graph.Select {
	source, outlet := along(graph.EdgeSource), along(graph.EdgePublishedBy)
	source.Props, outlet.Props = []string{"name", "kind"}, []string{"name"}
	source.First, outlet.First = 5, 1
	doc := along(graph.EdgeIn, outlet)
	doc.Props, doc.First = []string{"title", "publishedAt"}, 1
	attribution := against(graph.EdgeContent, source, doc)
	attribution.Props, attribution.First = []string{"voice", "polarity", "confidence", "assertedAt"}, 10
	sel := among(nil, graph.KindClaim)
	sel.Props = []string{"text", "originCount", "contested"}
	sel.Order = []graph.Order{{Prop: "lastSeen", Desc: true}}
	sel.Follow = []graph.Follow{attribution}
	return sel
}

// busiest returns the nodes that most owners speak of.
func busiest(b *testing.B, store graph.Store, kind graph.NodeKind, n int) []graph.ID {
	sel := among(nil, kind)
	sel.First, sel.Order = n, []graph.Order{{Prop: "originCount", Desc: true}}
	rows, err := store.Select(b.Context(), sel)
	if err != nil {
		b.Fatal(err)
	}
	if len(rows.Rows) != n {
		b.Fatalf("got %d nodes, want %d", len(rows.Rows), n)
	}
	return rowIDs(rows.Rows)
}

func closeStore(b *testing.B, store graph.Store) {
	if err := store.Close(b.Context()); err != nil {
		b.Errorf("close: %v", err)
	}
}
