package graphql

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gqlgen "github.com/99designs/gqlgen/graphql"
	diff "github.com/google/go-cmp/cmp"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph/neo4jtest"
	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
	"github.com/claimgraph/claimgraph/resolvers"
	"github.com/claimgraph/claimgraph/server"
)

var neo4jServer = neo4jtest.Server{Throughput: true}

func TestMain(m *testing.M) {
	if os.Getenv(asClient) != "" {
		if err := serveTasks(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	code := m.Run()
	neo4jServer.Stop()
	os.Exit(code)
}

// requestsEach is how many requests each side answers before it is the other's turn.
const requestsEach = 20

// BenchmarkNeo4j compares our server over Neo4j with the bare driver.
func BenchmarkNeo4j(b *testing.B) {
	uri := neo4jServer.Empty(b)
	g := overNeo4j(b, uri, documents(b))
	client, ours := newClient(b), serve(b, g)
	driver := connect(b, uri)
	for _, q := range questions(busiest(b, g)) {
		b.Run(q.name, func(b *testing.B) {
			sides := []side{
				{name: "ours", url: ours + "/graphql"},
				{name: "names", url: listen(b, byDriver(driver, "neo4j", statement{q.byName, q.variables}))},
				{name: "lists", url: listen(b, byDriver(driver, "neo4j", statement{q.asLists, q.variables}))},
			}
			compare(b, client, uri, q, sides)
			b.ReportMetric(ratio(sides[0].cpu, sides[1].cpu), "cpu-ratio-names")
			b.ReportMetric(ratio(sides[0].cpu, sides[2].cpu), "cpu-ratio-lists")
			b.ReportMetric(ratio(sides[0].neo4j, sides[2].neo4j), "neo4j-ratio-lists")
		})
	}
}

// BenchmarkSQLite measures our server over SQLite, which works in the same process.
func BenchmarkSQLite(b *testing.B) {
	g := overSQLite(b, documents(b))
	client, ours := newClient(b), serve(b, g)
	for _, q := range questions(busiest(b, g)) {
		b.Run(q.name, func(b *testing.B) { compare(b, client, "", q, []side{{name: "ours", url: ours + "/graphql"}}) })
	}
}

// TestStatements holds the statements to what our server answers.
func TestStatements(t *testing.T) {
	uri := neo4jServer.Empty(t)
	g := overNeo4j(t, uri, graphtest.Documents(30, 1))
	client, ours, driver := newClient(t), serve(t, g), connect(t, uri)
	for _, q := range questions(busiest(t, g)) {
		want := leaves(t, client.ask(t, ours+"/graphql", q.body(t), 1))
		for name, cypher := range map[string]string{"names": q.byName, "lists": q.asLists} {
			by := listen(t, byDriver(driver, "neo4j", statement{cypher, q.variables}))
			got := leaves(t, client.ask(t, by, q.body(t), 1))
			if d := diff.Diff(want, got); d != "" {
				t.Errorf("%s by %s: other values than ours (-ours +others):\n%s", q.name, name, d)
			}
		}
	}
}

// documents makes what is loaded.
func documents(b *testing.B) []graph.Batch {
	b.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv("CLAIMGRAPH_BENCH_DOCUMENTS"), "500"))
	if err != nil {
		b.Fatal(err)
	}
	return graphtest.Documents(n, 1)
}

// A side answers a question in some way; its cost adds up.
type side struct {
	name, url string
	cost
}

// compare lets the sides answer the question in turn, and reports what it cost them.
func compare(b *testing.B, client *client, neo4jURI string, q question, sides []side) {
	b.Helper()
	body := q.body(b)
	for _, s := range sides {
		client.ask(b, s.url, body, requestsEach) // so that everybody has planned and compiled what is needed
	}
	for b.Loop() {
		for i := range sides {
			sides[i].add(measure(b, neo4jURI, requestsEach, func() int {
				return len(client.ask(b, sides[i].url, body, requestsEach))
			}))
		}
	}
	for i := range sides {
		sides[i].report(b, sides[i].name)
	}
	b.ReportMetric(0, "ns/op") // of a round, which says nothing
}

func ratio(a, b time.Duration) float64 { return a.Seconds() / b.Seconds() }

// body is the question as GraphQL over HTTP sends it.
func (q question) body(tb testing.TB) []byte {
	tb.Helper()
	body, err := json.Marshal(map[string]any{"query": q.query, "variables": q.variables})
	if err != nil {
		tb.Fatal(err)
	}
	return body
}

func overNeo4j(tb testing.TB, uri string, batches []graph.Batch) *graph.Graph {
	tb.Helper()
	store, err := neo4jgraph.Open(tb.Context(), uri, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return filled(tb, store, batches)
}

func overSQLite(tb testing.TB, batches []graph.Batch) *graph.Graph {
	tb.Helper()
	store, err := sqlitegraph.Open(tb.Context(), filepath.Join(tb.TempDir(), "bench.db"), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return filled(tb, store, batches)
}

// filled returns a graph over the store, with the batches in it.
func filled(tb testing.TB, store graph.Store, batches []graph.Batch) *graph.Graph {
	tb.Helper()
	g := graph.New(store)
	tb.Cleanup(func() { _ = g.Close(context.WithoutCancel(tb.Context())) })
	for group := range slices.Chunk(batches, 50) {
		if err := g.Put(tb.Context(), group...); err != nil {
			tb.Fatal(err)
		}
	}
	return g
}

// busiest returns the actor of most documents.
func busiest(tb testing.TB, g *graph.Graph) graph.ID {
	tb.Helper()
	rows, err := g.Select(tb.Context(), graph.Select{Level: graph.Level{
		Kinds: []graph.NodeKind{graph.KindActor}, Order: []graph.Order{{Prop: "originCount", Desc: true}}, First: 1,
	}})
	if err != nil {
		tb.Fatal(err)
	}
	return rows.Rows[0].ID
}

func connect(tb testing.TB, uri string) neo4j.DriverWithContext {
	tb.Helper()
	driver, err := neo4j.NewDriverWithContext(strings.TrimSuffix(uri, "/neo4j"), neo4j.NoAuth())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = driver.Close(context.WithoutCancel(tb.Context())) })
	return driver
}

// serve serves a graph as the command does, log included, and returns the URL.
func serve(tb testing.TB, g *graph.Graph) string {
	tb.Helper()
	s, err := server.New(server.Options{
		Schema: resolvers.Schema(), Extensions: []gqlgen.HandlerExtension{resolvers.NewReads(g)}, Graph: g,
		Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Addr: "127.0.0.1:0",
	})
	if err != nil {
		tb.Fatal(err)
	}
	l, err := s.Listen(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	ctx, stop := context.WithCancel(tb.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx, l) }()
	tb.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			tb.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

// listen serves a handler by a plain server, and returns the URL.
func listen(tb testing.TB, h http.Handler) string {
	tb.Helper()
	l, err := new(net.ListenConfig).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	s := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	ended := make(chan error)
	go func() { ended <- s.Serve(l) }()
	tb.Cleanup(func() {
		_ = s.Close()
		<-ended
	})
	return "http://" + l.Addr().String()
}

// leaves returns the values in an answer without their names and places, sorted.
func leaves(tb testing.TB, answer []byte) []string {
	tb.Helper()
	var value any
	if err := json.Unmarshal(answer, &value); err != nil {
		tb.Fatalf("got %v in %.200s", err, answer)
	}
	list := appendLeaves(nil, value)
	slices.Sort(list)
	return list
}

func appendLeaves(list []string, value any) []string {
	switch v := value.(type) {
	case map[string]any:
		for _, element := range v {
			list = appendLeaves(list, element)
		}
	case []any:
		for _, element := range v {
			list = appendLeaves(list, element)
		}
	case string:
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			v = t.UTC().Format(time.RFC3339)
		}
		list = append(list, v)
	default:
		list = append(list, fmt.Sprint(v))
	}
	return list
}
