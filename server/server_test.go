package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestHealth(t *testing.T) {
	t.Parallel()
	f := setup(t, nil)
	if got := f.do(t, http.MethodGet, "/livez", ""); got.status != 200 {
		t.Errorf("livez: got %d, want 200", got.status)
	}
	if got := f.do(t, http.MethodGet, "/readyz", ""); got.status != 200 {
		t.Errorf("readyz: got %d, want 200", got.status)
	}

	broken := setup(t, nil)
	broken.graph.err = errors.New("secret.db is gone")
	got := broken.do(t, http.MethodGet, "/readyz", "")
	if got.status != 503 || strings.Contains(got.body, "secret") {
		t.Errorf("readyz of a broken store: got %d %q, want 503", got.status, got.body)
	}
	if got := broken.do(t, http.MethodGet, "/livez", ""); got.status != 200 {
		t.Errorf("livez of a broken store: got %d, want 200", got.status)
	}
	broken.draining.Store(true)
	if got := broken.do(t, http.MethodGet, "/readyz", ""); !strings.Contains(got.body, "shutting down") {
		t.Errorf("readyz while draining: got %q", got.body)
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	f := setup(t, nil)
	f.query(t, `{hello}`)
	f.query(t, `{helo}`)
	f.query(t, `{page(first:101){x}}`)
	got := f.do(t, http.MethodGet, "/metrics", "").body
	for _, want := range []string{
		`claimgraph_operations_total{code="OK",type="query"} 1`,
		`claimgraph_operations_total{code="GRAPHQL_VALIDATION_FAILED",type="unknown"} 1`,
		`claimgraph_operations_total{code="LIMIT_EXCEEDED",type="query"} 1`,
		`claimgraph_refusals_total{limit="page"} 1`,
		`claimgraph_operation_seconds_count{type="query"} 2`,
		`claimgraph_http_requests_total{status="2xx"} 3`,
		`claimgraph_operations_running 0`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("got no %s", want)
		}
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	f := setup(t, nil)
	got := f.do(t, http.MethodGet, "/", "")
	if want := `<p>12 documents</p><a href="/graphiql?query=%23%20Say%20hello%0a%7b%20hello%20%7d%0a">Say hello</a>`; got.body != want {
		t.Errorf("got %q, want %q", got.body, want)
	}
	for path, want := range map[string]string{
		"/static/style.css":    "text/css; charset=utf-8",
		"/graphiql":            "text/html; charset=utf-8",
		"/graphiql/index.html": "text/html; charset=utf-8",
		"/nowhere":             "text/plain; charset=utf-8",
		"/static/..%2findex":   "text/plain; charset=utf-8",
	} {
		got := f.do(t, http.MethodGet, path, "")
		if got.header.Get("Content-Type") != want {
			t.Errorf("%s: got %d %s, want %s", path, got.status, got.header.Get("Content-Type"), want)
		}
		for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "X-Request-Id", "Content-Security-Policy"} {
			if got.header.Get(name) == "" {
				t.Errorf("%s: got no %s", path, name)
			}
		}
		policy := got.header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "frame-ancestors 'none'") || strings.HasPrefix(path, "/graphiql") == (policy == strictPolicy) {
			t.Errorf("%s: got policy %s", path, policy)
		}
	}
	if got := f.do(t, http.MethodGet, "/graphiql", "", "Accept-Encoding", "identity"); got.body != "abcd" {
		t.Errorf("got %q, want the file unzipped", got.body)
	}
	tag := f.do(t, http.MethodGet, "/static/style.css", "").header.Get("ETag")
	if got := f.do(t, http.MethodGet, "/static/style.css", "", "If-None-Match", tag); got.status != http.StatusNotModified {
		t.Errorf("got %d, want 304", got.status)
	}
}

func TestLog(t *testing.T) {
	t.Parallel()
	f := setup(t, nil)
	f.query(t, `{boom}`)
	f.do(t, http.MethodGet, "/%1b%5b31mred%e2%80%ae%0a{", "")
	log := f.log.String()
	if strings.ContainsAny(log, "\x1b\u202e") {
		t.Errorf("got control characters in %q", log)
	}
	for line := range strings.Lines(log) {
		if !json.Valid([]byte(line)) {
			t.Errorf("got %q, want JSON", line)
		}
	}
	for _, want := range []string{`"msg":"operation failed"`, "secret of the inside", `"msg":"request"`, `"path":"/graphql"`, `"status":200`} {
		if !strings.Contains(log, want) {
			t.Errorf("got no %s", want)
		}
	}
}

func TestListenRefuses(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]bool{
		"127.0.0.1:0": true, "[::1]:0": true, "localhost:0": true, "127.9.9.9:0": true,
		"0.0.0.0:0": false, ":0": false, "[::]:0": false, "192.0.2.1:0": false, "example.org:0": false, "nonsense": false,
	} {
		s, err := New(Options{Schema: newStub(), Graph: &counter{}, Log: slog.New(slog.DiscardHandler), Addr: addr})
		if err != nil {
			t.Fatal(err)
		}
		l, err := s.Listen(t.Context())
		if err == nil {
			l.Close()
		}
		if want != (err == nil) && !strings.Contains(fmt.Sprint(err), "cannot assign") { // without IPv6
			t.Errorf("%s: got %v, want allowed %v", addr, err, want)
		}
	}
	s, err := New(Options{Schema: newStub(), Graph: &counter{}, Log: slog.New(slog.DiscardHandler), Addr: "0.0.0.0:0", AllowRemote: true})
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

func TestNewNeeds(t *testing.T) {
	t.Parallel()
	if _, err := New(Options{}); err == nil {
		t.Error("got a server of nothing")
	}
}

// raw sends bytes as they are and waits for the connection to end, or fails.
func (f *fixture) raw(t *testing.T, send ...string) string {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(f.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, s := range send {
		if _, err := io.WriteString(conn, s); err != nil {
			break // closed on us, as it should be
		}
	}
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(conn)
	if errors.Is(err, context.DeadlineExceeded) || isTimeout(err) {
		t.Errorf("the connection is still open after %q", send)
	}
	return string(got)
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

func TestSlowClients(t *testing.T) {
	t.Parallel()
	const large = 32 << 20 // more than all buffers between us and the client
	f := setup(t, func(o *Options) {
		o.ReadTime, o.WriteTime, o.QueryTime = 100*time.Millisecond, 100*time.Millisecond, 100*time.Millisecond
		o.Web = fstest.MapFS{"index.html": {}, "static/large.css": {Data: make([]byte, large)}}
	})
	t.Run("header", func(t *testing.T) {
		t.Parallel()
		f.raw(t, "POST /graphql HTTP/1.1\r\nHost: local")
	})
	t.Run("body", func(t *testing.T) {
		t.Parallel()
		got := f.raw(t, "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"query\"")
		if !strings.Contains(got, "408 Request Timeout") || !strings.Contains(got, `limit \"readTime\", which is 150ms`) {
			t.Errorf("got %q, want a refusal that names the limit", got)
		}
	})
	t.Run("large header", func(t *testing.T) {
		t.Parallel()
		got := f.raw(t, "GET / HTTP/1.1\r\nHost: localhost\r\nX: "+strings.Repeat("x", 64<<10)+"\r\n\r\n")
		if got != "" && !strings.Contains(got, "431") {
			t.Errorf("got %q, want 431", got)
		}
	})
	t.Run("read", func(t *testing.T) {
		t.Parallel()
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(f.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "GET /static/large.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second) // five times what an answer may take
		if n, _ := io.Copy(io.Discard, conn); n >= large {
			t.Errorf("got all of %d bytes, want the connection closed before", n)
		}
	})
}

// Hostile clients must not keep good ones from their answers.
func TestGoodClientsUnaffected(t *testing.T) {
	t.Parallel()
	f := setup(t, nil)
	stop := make(chan struct{})
	var hostile, good sync.WaitGroup
	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for i := range 4 {
		hostile.Go(func() {
			bodies := []string{
				`{"query":"` + strings.Repeat("{a", 10_000) + `"}`,
				`{"query":"{` + strings.Repeat("hello ", 1500) + `"}`,
				strings.Repeat("x", 70<<10),
				`{"query":"{...A} fragment A on Query{...B ...B} fragment B on Query{...A ...A}"}`,
			}
			for n := i; ; n++ {
				select {
				case <-stop:
					return
				default:
					_, _ = f.post(client, bodies[n%len(bodies)])
				}
			}
		})
	}
	slowest := make([]time.Duration, 8)
	for i := range slowest {
		good.Go(func() {
			for range 50 {
				start := time.Now()
				body, err := f.post(client, fmt.Sprintf(`{"query":"{hello(name:\"%d\")}"}`, i))
				if err != nil || body != fmt.Sprintf(`{"data":{"hello":"hello %d"}}`, i) {
					t.Errorf("got %q, %v", body, err)
				}
				slowest[i] = max(slowest[i], time.Since(start))
			}
		})
	}
	good.Wait()
	close(stop)
	hostile.Wait()
	for i, d := range slowest {
		if d > 5*time.Second {
			t.Errorf("client %d: got an answer after %v", i, d)
		}
	}
}

func (f *fixture) post(client *http.Client, body string) (string, error) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, f.url+"/graphql", strings.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", jsonMedia)
	response, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return string(text), err
}
