package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/claimgraph/claimgraph/graph"
)

// stub is an executable schema with a field for everything that can happen to a request.
type stub struct {
	schema  *ast.Schema
	release chan struct{} // slow answers when it is closed, or when its context ends
}

func newStub() *stub {
	return &stub{release: make(chan struct{}), schema: gqlparser.MustLoadSchema(&ast.Source{Input: `
		type Query { hello(name: String): String! slow: String! boom: String! fail(kind: String!): String! page(first: Int = 20): Page }
		type Page { x: Int }
		type Mutation { set(x: Int): Int }
		type Subscription { ticks(n: Int!): Int }`})}
}

func (s *stub) Schema() *ast.Schema { return s.schema }

func (s *stub) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (s *stub) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation == ast.Subscription {
		n := 0
		most, _ := graphql.CollectFields(op, op.Operation.SelectionSet, nil)[0].ArgumentMap(op.Variables)["n"].(int64)
		var data []byte // written over by the next, as gqlgen does
		return func(context.Context) *graphql.Response {
			if n++; int64(n) > most {
				return nil
			}
			data = fmt.Appendf(data[:0], `{"ticks":%d}`, n)
			return &graphql.Response{Data: data}
		}
	}
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		return &graphql.Response{Data: s.object(ctx, op)}
	}
}

func (s *stub) object(ctx context.Context, op *graphql.OperationContext) []byte {
	data := []byte("{")
	for i, f := range graphql.CollectFields(op, op.Operation.SelectionSet, nil) {
		if i > 0 {
			data = append(data, ',')
		}
		value, err := s.field(ctx, op, f)
		if err != nil {
			graphql.AddError(ctx, err)
		}
		text, _ := json.Marshal(value)
		data = fmt.Appendf(data, "%q:%s", f.Alias, text)
	}
	return append(data, '}')
}

func (s *stub) field(ctx context.Context, op *graphql.OperationContext, f graphql.CollectedField) (value any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			value, err = nil, op.Recover(ctx, cause)
		}
	}()
	arguments := f.ArgumentMap(op.Variables)
	switch f.Name {
	case "__typename":
		return f.ObjectDefinition.Name, nil
	case "hello":
		return fmt.Sprint("hello ", arguments["name"]), nil
	case "slow":
		select {
		case <-s.release:
			return "done", nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	case "boom":
		panic("secret of the inside")
	case "fail":
		return nil, map[any]error{
			"not found":   fmt.Errorf("node doc_x: %w", graph.ErrNotFound),
			"invalid":     fmt.Errorf("cursor: %w", graph.ErrInvalid),
			"unavailable": fmt.Errorf("dial secret.example: %w", graph.ErrUnavailable),
			"other":       errors.New("secret.db is locked"),
		}[arguments["kind"]]
	}
	return nil, nil
}

// counter is a graph that only counts.
type counter struct {
	mu  sync.Mutex
	err error
}

func (c *counter) Stats(context.Context) (graph.Stats, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return graph.Stats{Documents: 12, Nodes: 345, Edges: 678, ByKind: map[graph.NodeKind]int{graph.KindClaim: 99}}, c.err
}

// A fixture is a running server and what it is made of.
type fixture struct {
	*Server
	url   string
	stub  *stub
	graph *counter
	log   *syncBuffer
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// setup serves on a loopback port until the test ends.
func setup(t testing.TB, change func(*Options)) *fixture {
	t.Helper()
	f := &fixture{stub: newStub(), graph: &counter{}, log: &syncBuffer{}}
	o := Options{
		Schema: f.stub, Graph: f.graph, Addr: "127.0.0.1:0", Version: "v1.2.3",
		Log: slog.New(slog.NewJSONHandler(f.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Web: fstest.MapFS{
			"index.html":         {Data: []byte(`<p>{{.Stats.Documents}} documents</p>{{range .Examples}}<a href="/graphiql?query={{.Query}}">{{.Title}}</a>{{end}}`)},
			"examples/1.graphql": {Data: []byte("# Say hello\n{ hello }\n")},
			"static/style.css":   {Data: []byte("p { color: red }")},
			"dist/index.html.gz": {Data: []byte("\x1f\x8b\b\x00\x00\x00\x00\x00\x00\xffKLJN\x01\x00\x11\xcd\x82\xed\x04\x00\x00\x00")}, // "abcd"
		},
	}
	if change != nil {
		change(&o)
	}
	var err error
	if f.Server, err = New(o); err != nil {
		t.Fatal(err)
	}
	l, err := f.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f.url = "http://" + l.Addr().String()
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- f.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return f
}

// An answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (f *fixture) do(t testing.TB, method, path, body string, header ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, f.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	response, err := (&http.Client{Timeout: 20 * time.Second}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

// query posts a document as JSON.
func (f *fixture) query(t testing.TB, document string, header ...string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	return f.do(t, http.MethodPost, "/graphql", string(body), append([]string{"Content-Type", jsonMedia}, header...)...)
}

// code returns the code of an answer's first error.
func (a answer) code(t testing.TB) string {
	t.Helper()
	var body struct {
		Errors []struct {
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal([]byte(a.body), &body); err != nil {
		t.Fatalf("%v in %q", err, a.body)
	}
	if len(body.Errors) == 0 {
		return ""
	}
	return body.Errors[0].Extensions.Code
}
