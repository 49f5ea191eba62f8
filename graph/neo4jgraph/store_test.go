package neo4jgraph_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph/neo4jtest"
)

// server is started by the first test that needs it. The suite's statements are many and each is asked often: compiling
// them well costs less than it saves.
var server = neo4jtest.Server{Throughput: true}

func TestMain(m *testing.M) {
	code := m.Run()
	server.Stop()
	os.Exit(code)
}

func open(tb testing.TB, uri string) *neo4jgraph.Store {
	tb.Helper()
	s, err := neo4jgraph.Open(tb.Context(), uri, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) {
	graphtest.Run(t, func(t testing.TB) graph.Store { return open(t, server.Empty(t)) }, &graphtest.Options{
		ReadCommitted: true,
		Checks:        10, // most of their time goes into planning statements that are never asked again
		Reopen:        func(t testing.TB, _ graph.Store) graph.Store { return open(t, server.URI(t)) },
	})
}

func BenchmarkStore(b *testing.B) {
	graphtest.Benchmark(b, func(t testing.TB) graph.Store { return open(t, server.Empty(t)) })
}

func TestOpenRefuses(t *testing.T) {
	const newer = "CREATE (:Schema {product: 'claimgraph', version: 9000})"
	for name, c := range map[string]struct {
		before string // statements, one a line; KNOWN is the version that this program knows
		want   error
		says   string
	}{
		"a database of something else": {"CREATE (:Film {title: 'a'})", graph.ErrForeign, "1 nodes"},
		"a newer schema":               {newer, graph.ErrVersion, "version 9000, this program knows KNOWN"},
		"a schema that lost a part": {
			"CREATE (:Schema {product: 'claimgraph', version: KNOWN})\nDROP INDEX actor_name IF EXISTS",
			graph.ErrVersion, "lost actor_name; run claimgraph migrate",
		},
	} {
		t.Run(name, func(t *testing.T) {
			uri := server.Empty(t)
			shut(t, open(t, uri)) // so that there is a schema to break
			known := fmt.Sprint(neo4jtest.Query(t, uri, "MATCH (s:Schema) RETURN s.version")[0][0])
			server.Empty(t)
			for statement := range strings.Lines(c.before) {
				neo4jtest.Query(t, uri, strings.ReplaceAll(statement, "KNOWN", known))
			}
			before := neo4jtest.Query(t, uri, "MATCH (n) RETURN count(n)")[0][0]

			_, err := neo4jgraph.Open(t.Context(), uri, nil)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), strings.ReplaceAll(c.says, "KNOWN", known)) {
				t.Errorf("got %v, want %v that says %q", err, c.want, c.says)
			}
			if after := neo4jtest.Query(t, uri, "MATCH (n) RETURN count(n)")[0][0]; after != before {
				t.Errorf("nodes: got %v, want the %v from before", after, before)
			}
		})
	}
}

func TestMigrateMendsASchemaThatLostAPart(t *testing.T) {
	uri := server.Empty(t)
	shut(t, open(t, uri))
	neo4jtest.Query(t, uri, "DROP INDEX actor_name")
	s, err := neo4jgraph.Open(t.Context(), uri, &neo4jgraph.Options{Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	shut(t, open(t, uri))
}

func TestOpenSaysWhatIsWrongWithTheServer(t *testing.T) {
	quick := &neo4jgraph.Options{RetryTime: time.Millisecond}
	for uri, want := range map[string]error{
		"bolt://127.0.0.1:1/neo4j": graph.ErrUnavailable,
		"http://127.0.0.1:7474":    graph.ErrInvalid,
		"claims.db":                graph.ErrInvalid,
		strings.TrimSuffix(server.URI(t), "/neo4j") + "/elsewhere": graph.ErrNotFound,
	} {
		if _, err := neo4jgraph.Open(t.Context(), uri, quick); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", uri, err, want)
		}
	}
}

func TestOpenWithAWrongPassword(t *testing.T) {
	guarded := neo4jtest.Server{Password: "guarded-by-this"}
	t.Cleanup(guarded.Stop)
	uri := guarded.URI(t)
	for password, want := range map[string]error{"guarded-by-this": nil, "something-else": graph.ErrDenied} {
		s, err := neo4jgraph.Open(t.Context(), uri, &neo4jgraph.Options{User: "neo4j", Password: password})
		if !errors.Is(err, want) {
			t.Errorf("password %q: got %v, want %v", password, err, want)
		}
		if err == nil {
			shut(t, s)
		}
	}
	if _, err := neo4jgraph.Open(t.Context(), uri, nil); !errors.Is(err, graph.ErrDenied) {
		t.Errorf("no password: got %v, want %v", err, graph.ErrDenied)
	}
}

// TestPutSurvivesTheServer kills the server in the middle of writing and starts it again: what was reported as stored
// is there, and the calls meanwhile went on or said that the server was unavailable.
func TestPutSurvivesTheServer(t *testing.T) {
	uri := server.Empty(t)
	s := open(t, uri)
	defer shut(t, s)
	batches := graphtest.Documents(12, 7)
	stored := make(chan graph.ID, len(batches))
	go func() {
		defer func() { stored <- "" }()
		for i := range batches {
			err := s.Put(t.Context(), batches[i:i+1])
			switch {
			case err == nil:
				stored <- batches[i].Owner
			case !errors.Is(err, graph.ErrUnavailable):
				t.Errorf("Put while the server is away: got %v, want %v", err, graph.ErrUnavailable)
			}
		}
	}()
	reported := []graph.ID{<-stored, <-stored}
	server.Kill(t)
	server.Restart(t)
	for id := range stored {
		if id == "" {
			break
		}
		reported = append(reported, id)
	}
	rows, err := s.Select(t.Context(), graph.Select{
		IDs: reported, Level: graph.Level{Kinds: []graph.NodeKind{graph.KindDocument}, Props: []string{"title"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows.Rows) != len(reported) {
		t.Errorf("got %d documents, want the %d that were reported as stored", len(rows.Rows), len(reported))
	}
}

func shut(tb testing.TB, s *neo4jgraph.Store) {
	tb.Helper()
	if err := s.Close(context.WithoutCancel(tb.Context())); err != nil {
		tb.Error(err)
	}
}
