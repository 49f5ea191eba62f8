package web

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/introspection"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph/neo4jtest"
	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/queue"
	"github.com/claimgraph/claimgraph/loader/read"
	"github.com/claimgraph/claimgraph/resolvers"
	"github.com/claimgraph/claimgraph/server"
)

// serve serves the page over a store until the test ends, and returns its URL.
func serve(t testing.TB, store graph.Store) string {
	t.Helper()
	g := graph.New(store)
	if err := g.Put(t.Context(), graphtest.Documents(30, 1)...); err != nil {
		t.Fatal(err)
	}
	jobs := queue.New(queue.Options{Graph: g, Log: slog.New(slog.DiscardHandler), Load: func(
		context.Context, iter.Seq2[read.Ref, error], func(loader.Event),
	) (loader.Summary, error) {
		return loader.Summary{}, nil
	}})
	service := resolvers.Service{Graph: g, Jobs: jobs, Now: time.Now}
	s, err := server.New(server.Options{
		Schema: service.Schema(), Extensions: []graphql.HandlerExtension{resolvers.NewReads(g)},
		Graph: g, Log: slog.New(slog.DiscardHandler), Addr: "127.0.0.1:0", Web: Files,
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	var running sync.WaitGroup
	running.Go(func() { jobs.Run(ctx) })
	go func() { served <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-served; err != nil {
			t.Error(err)
		}
		running.Wait()
		if err := store.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String()
}

func get(t testing.TB, url string) (string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return do(t, r)
}

func do(t testing.TB, r *http.Request) (string, http.Header) {
	t.Helper()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: got %s: %s", r.URL, response.Status, text)
	}
	return string(text), response.Header
}

// query posts a document and returns the answer's data.
func query(t testing.TB, url, document string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	text, _ := do(t, r)
	if strings.Contains(text, `"errors"`) {
		t.Fatalf("%s: got %s", document, text)
	}
	return text
}

// neo4j is started by the test that needs it.
var neo4j neo4jtest.Server

func TestMain(m *testing.M) {
	code := m.Run()
	neo4j.Stop()
	os.Exit(code)
}

// backends open a store each.
var backends = map[string]func(t testing.TB) graph.Store{
	"sqlite": func(t testing.TB) graph.Store {
		store, err := sqlitegraph.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), nil)
		if err != nil {
			t.Fatal(err)
		}
		return store
	},
	"neo4j": func(t testing.TB) graph.Store {
		store, err := neo4jgraph.Open(t.Context(), neo4j.Empty(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		return store
	},
}

// The examples on the page are answered, and the same from every store.
func TestExamples(t *testing.T) {
	t.Parallel()
	for name, open := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compareExamples(t, serve(t, graphtest.NewOracle()), serve(t, open(t)))
		})
	}
}

// compareExamples asks both servers every example.
func compareExamples(t *testing.T, oracle, url string) {
	t.Helper()
	examples, err := fs.Glob(Files, "examples/*.graphql")
	if err != nil || len(examples) == 0 {
		t.Fatalf("got %d examples, %v", len(examples), err)
	}
	for _, name := range examples {
		document, err := fs.ReadFile(Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(document), "# ") {
			t.Errorf("%s does not begin with a title", name)
		}
		want, got := query(t, oracle, string(document)), query(t, url, string(document))
		if want != got {
			t.Errorf("%s: got %s\nwant %s", name, got, want)
		}
	}
}

func TestIntrospection(t *testing.T) {
	t.Parallel()
	if got := query(t, serve(t, graphtest.NewOracle()), introspection.Query); !strings.Contains(got, `"AttributionFilter"`) {
		t.Errorf("got %.200s", got)
	}
}

// Everything that the pages refer to is there, and nothing comes from elsewhere.
func TestPages(t *testing.T) {
	t.Parallel()
	url := serve(t, graphtest.NewOracle())
	for _, page := range []string{"/", "/graphiql"} {
		html, header := get(t, url+page)
		if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: got policy %q", page, header.Get("Content-Security-Policy"))
		}
		if strings.Contains(html, "http://") || strings.Contains(html, "https://") || strings.Contains(html, "style=") {
			t.Errorf("%s refers elsewhere, or has styles that the policy forbids:\n%s", page, html)
		}
		for _, attribute := range []string{`href="`, `src="`} {
			for _, part := range strings.Split(html, attribute)[1:] {
				target, _, _ := strings.Cut(part, `"`)
				get(t, url+target)
			}
		}
	}
}

// BenchmarkClaims measures a hundred claims with attributions, sources, documents and outlets, over HTTP.
func BenchmarkClaims(b *testing.B) {
	document := `{ claims(first: 100) { nodes { id text attributions(first: 10) { nodes { id voice polarity
		sources { id name } document { id title publisher { id name } } } } } } }`
	for name, open := range backends {
		b.Run(name, func(b *testing.B) {
			url := serve(b, open(b))
			b.ReportAllocs()
			for b.Loop() {
				query(b, url, document)
			}
		})
	}
}
