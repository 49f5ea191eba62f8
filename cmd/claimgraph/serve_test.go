package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// serving starts a command that serves, and returns its URL. The test ends it, and checks that it ends well.
func serving(t *testing.T, env map[string]string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	urls, ended := make(chan string, 1), make(chan int, 1)
	var out, said bytes.Buffer
	p := &program{
		in: strings.NewReader(""), out: &out, err: &said, now: time.Now,
		env: func(name string) string { return env[name] }, listening: func(url string) { urls <- url },
	}
	go func() { ended <- p.Run(ctx, args...) }()
	t.Cleanup(func() {
		cancel()
		select {
		case status := <-ended:
			if status != 0 {
				t.Errorf("%v ended with status %d: %s", args, status, said.String())
			}
		case <-time.After(time.Minute):
			t.Errorf("%v does not end", args)
		}
	})
	select {
	case url := <-urls:
		return url
	case status := <-ended:
		ended <- status
		t.Fatalf("%v ended with status %d: %s", args, status, said.String())
	case <-time.After(time.Minute):
		t.Fatalf("%v does not serve within a minute", args)
	}
	return ""
}

// fetch gets or, with a body, posts, and returns status and answer.
func fetch(t *testing.T, url, body string) (int, string) {
	t.Helper()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

// requestOf returns the body of a request for a query, with variables.
func requestOf(text string, variables ...any) string {
	request := map[string]any{"query": text}
	if len(variables) > 0 {
		request["variables"] = variables[0]
	}
	body, err := json.Marshal(request)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// ask asks a GraphQL query and reads the answer's data.
func ask(t *testing.T, url, query string, data any) {
	t.Helper()
	status, answer := fetch(t, url+"/graphql", requestOf(query))
	var reply struct {
		Data   json.RawMessage
		Errors []any
	}
	if err := json.Unmarshal([]byte(answer), &reply); err != nil || status != http.StatusOK || len(reply.Errors) > 0 {
		t.Fatalf("%s: got status %d and %s", query, status, answer)
	}
	if err := json.Unmarshal(reply.Data, data); err != nil {
		t.Fatalf("%s: %v in %s", query, err, answer)
	}
}

func TestDemo(t *testing.T) {
	t.Parallel()
	url := serving(t, nil, "demo", "--addr", "127.0.0.1:0")
	for _, path := range []string{"/", "/graphiql", "/livez", "/readyz", "/metrics"} {
		if status, answer := fetch(t, url+path, ""); status != http.StatusOK {
			t.Errorf("%s: got status %d: %.200s", path, status, answer)
		}
	}
	var got struct {
		Stats     struct{ Documents int }
		Relations struct {
			Nodes []struct{ Caption, Type string }
		}
	}
	ask(t, url, `{ stats { documents } relations(first: 5) { nodes { caption type } } }`, &got)
	if got.Stats.Documents != 14 || len(got.Relations.Nodes) != 5 {
		t.Errorf("got %+v, want 14 documents and five relations", got)
	}
}

func TestServeWhatWasLoaded(t *testing.T) {
	t.Parallel()
	env := map[string]string{storeVariable: "sqlite:" + filepath.Join(t.TempDir(), "graph.db")}
	if got := runWith(t, env, article, "load", "-"); got.status != 0 {
		t.Fatal(got.err)
	}
	url := serving(t, env, "serve", "--addr", "127.0.0.1:0")
	var got struct {
		Claims struct {
			Nodes []struct {
				Text         string
				Attributions struct {
					Nodes []struct{ Sources []struct{ Name string } }
				}
			}
		}
	}
	ask(t, url, `{ claims(first: 10) { nodes { text attributions(first: 10) { nodes { sources { name } } } } } }`, &got)
	if len(got.Claims.Nodes) == 0 || got.Claims.Nodes[0].Text == "" || len(got.Claims.Nodes[0].Attributions.Nodes) == 0 {
		t.Errorf("got %+v, want what the minister said", got)
	}

	// What is loaded while the server runs is served.
	if got := runWith(t, env, strings.Replace(article, "Houthis", "Taliban", 1), "load", "-"); got.status != 0 {
		t.Fatal(got.err)
	}
	var stats struct{ Stats struct{ Documents int } }
	ask(t, url, `{ stats { documents } }`, &stats)
	if stats.Stats.Documents != 2 {
		t.Errorf("got %d documents, want 2", stats.Stats.Documents)
	}
}

func TestServeStaysOnThisMachine(t *testing.T) {
	t.Parallel()
	checkFailure(t, run(t, "serve", "--addr", "0.0.0.0:0"), "other machines could reach it")
	checkFailure(t, run(t, "serve", "--addr", "nonsense"), "nonsense")
	url := serving(t, map[string]string{storeVariable: "sqlite:" + filepath.Join(t.TempDir(), "graph.db")},
		"serve", "--addr", "0.0.0.0:0", "--allow-remote")
	if status, _ := fetch(t, strings.Replace(url, "[::]", "127.0.0.1", 1)+"/livez", ""); status != http.StatusOK {
		t.Errorf("got status %d", status)
	}
}
