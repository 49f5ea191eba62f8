package server

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestRequests(t *testing.T) {
	t.Parallel()
	f := setup(t, nil)
	for _, tt := range []struct {
		name               string
		method, path, body string
		header             []string // Content-Type is application/json where there is none
		status             int
		want               string // is within the body
	}{
		{name: "post", body: `{"query":"{hello}"}`, status: 200, want: `{"data":{"hello":"hello \u003cnil\u003e"}}`},
		{name: "variables", body: `{"query":"query($n:String){hello(name:$n)}","variables":{"n":"you"}}`, status: 200, want: `hello you`},
		{name: "null members", body: `{"query":"{hello}","variables":null,"operationName":null,"extensions":null}`, status: 200, want: `"data"`},
		{name: "charset", body: `{"query":"{hello}"}`, header: []string{"Content-Type", "application/json; charset=UTF-8"}, status: 200},
		{name: "get", method: "GET", path: "?query=" + url.QueryEscape(`query($n:String){hello(name:$n)}`) + `&variables={"n":"you"}`, status: 200, want: "hello you"},
		{name: "mutation by post", body: `{"query":"mutation{set(x:1)}"}`, status: 200, want: `"data"`},
		{name: "mutation by get", method: "GET", path: "?query=mutation{set(x:1)}", status: 405, want: "BAD_REQUEST"},
		{name: "put", method: "PUT", body: `{"query":"{hello}"}`, status: 405},
		{name: "syntax", body: `{"query":"{"}`, status: 200, want: "GRAPHQL_PARSE_FAILED"},
		{name: "syntax, new media type", body: `{"query":"{"}`, header: []string{"Accept", graphqlMedia}, status: 400, want: "GRAPHQL_PARSE_FAILED"},
		{name: "unknown field", body: `{"query":"{helo}"}`, header: []string{"Accept", graphqlMedia}, status: 400, want: `Cannot query field \"helo\" on type \"Query\".`},
		{name: "wrong variable", body: `{"query":"query($n:Int!){page(first:$n){x}}","variables":{"n":"x"}}`, header: []string{"Accept", graphqlMedia}, status: 400},
		{name: "unknown operation", body: `{"query":"{hello}","operationName":"other"}`, header: []string{"Accept", graphqlMedia}, status: 400},
		{name: "limit", body: `{"query":"{page(first:101){x}}"}`, header: []string{"Accept", graphqlMedia}, status: 400, want: `"limit":"page","max":100,"value":101`},
		{name: "limit of the document", body: `{"query":"{` + strings.Repeat("hello ", 200) + `}"}`, status: 200, want: `"limit":"comparisons"`},
		{name: "no query", body: `{}`, status: 400},
		{name: "no query in URL", method: "GET", status: 400},
		{name: "malformed", body: `{"query":"SECRET`, status: 400},
		{name: "two values", body: `{"query":"{hello}"}{}`, status: 400},
		{name: "batch", body: `[{"query":"{hello}"}]`, status: 400},
		{name: "query of another type", body: `{"query":{"a":"SECRET"}}`, status: 400},
		{name: "variables of another type", body: `{"query":"{hello}","variables":"SECRET"}`, status: 400},
		{name: "variables in URL of another type", method: "GET", path: `?query={hello}&variables=[0]`, status: 400},
		{name: "empty", status: 400},
		{name: "text", body: `{"query":"{hello}"}`, header: []string{"Content-Type", "text/plain"}, status: 415},
		{name: "form", body: `query={hello}`, header: []string{"Content-Type", "application/x-www-form-urlencoded"}, status: 415},
		{name: "multipart", body: `x`, header: []string{"Content-Type", "multipart/form-data; boundary=x"}, status: 415},
		{name: "no media type", body: `{"query":"{hello}"}`, header: []string{"Content-Type", ""}, status: 415},
		{name: "latin 1", body: `{"query":"{hello}"}`, header: []string{"Content-Type", "application/json; charset=latin1"}, status: 415},
		{name: "compressed", body: `x`, header: []string{"Content-Encoding", "gzip"}, status: 415},
		{name: "unknown answer", body: `{"query":"{hello}"}`, header: []string{"Accept", "text/html"}, status: 406},
		{name: "large", body: `{"query":"` + strings.Repeat(" ", 65<<10) + `"}`, status: 413, want: `"limit":"body","max":65536`},
		{name: "foreign origin", body: `{"query":"{hello}"}`, header: []string{"Origin", "https://evil.example"}, status: 403},
		{name: "cross-site", body: `{"query":"{hello}"}`, header: []string{"Sec-Fetch-Site", "cross-site"}, status: 403},
		{name: "foreign name", body: `{"query":"{hello}"}`, header: []string{"Host", "evil.example"}, status: 421},
		{name: "local name", body: `{"query":"{hello}"}`, header: []string{"Host", "localhost:8080"}, status: 200},
		{name: "subscription", body: `{"query":"subscription{ticks(n:2)}"}`, status: 400},
		{name: "panic", body: `{"query":"{boom}"}`, status: 200, want: `"message":"internal error"`},
		{name: "not found", body: `{"query":"{fail(kind:\"not found\")}"}`, status: 200, want: "NOT_FOUND"},
		{name: "invalid", body: `{"query":"{fail(kind:\"invalid\")}"}`, status: 200, want: "BAD_REQUEST"},
		{name: "unavailable", body: `{"query":"{fail(kind:\"unavailable\")}"}`, status: 200, want: "UNAVAILABLE"},
		{name: "other", body: `{"query":"{fail(kind:\"other\")}"}`, status: 200, want: "INTERNAL"},
		{name: "introspection", body: `{"query":"{__typename}"}`, status: 200, want: `"Query"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.method == "" {
				tt.method = http.MethodPost
			}
			got := f.do(t, tt.method, "/graphql"+tt.path, tt.body, append([]string{"Content-Type", jsonMedia}, tt.header...)...)
			if got.status != tt.status {
				t.Errorf("got status %d, want %d: %s", got.status, tt.status, got.body)
			}
			if !strings.Contains(got.body, tt.want) {
				t.Errorf("got %s, want it to contain %s", got.body, tt.want)
			}
			if strings.Contains(strings.ToLower(got.body), "secret") {
				t.Errorf("got %s, which repeats what it should not", got.body)
			}
			if strings.Contains(got.body, `"errors"`) && got.code(t) == "" {
				t.Errorf("got an error without code: %s", got.body)
			}
		})
	}
}

func TestNegotiate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ accept, want string }{
		{"", jsonMedia},
		{"*/*", jsonMedia},
		{"application/*", jsonMedia},
		{"application/json", jsonMedia},
		{graphqlMedia, graphqlMedia},
		{graphqlMedia + ", application/json", graphqlMedia},
		{graphqlMedia + ";q=0.5, application/json", jsonMedia},
		{"text/html, " + graphqlMedia + "; charset=utf-8", graphqlMedia},
		{"text/event-stream", eventMedia},
		{"text/html", ""},
		{"application/json;q=0", ""},
		{"application/json; charset=latin1", ""},
		{";;;,", ""},
	} {
		if got, _ := negotiate(tt.accept); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.accept, got, tt.want)
		}
	}
}

func FuzzNegotiate(f *testing.F) {
	f.Add("application/json;q=0.9, */*;q=0.1")
	f.Fuzz(func(t *testing.T, accept string) {
		if media, ok := negotiate(accept); ok != (media != "") {
			t.Errorf("got %q, %v", media, ok)
		}
	})
}

func TestPersistedQuery(t *testing.T) {
	t.Parallel()
	f := setup(t, nil)
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte("{hello}")))
	extensions := `"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}`
	post := func(body string) answer {
		return f.do(t, http.MethodPost, "/graphql", body, "Content-Type", jsonMedia)
	}
	if got := post(`{` + extensions + `}`); !strings.Contains(got.body, "PERSISTED_QUERY_NOT_FOUND") {
		t.Errorf("got %s, want not found", got.body)
	}
	if got := post(`{"query":"{hello}",` + extensions + `}`); got.code(t) != "" {
		t.Errorf("got %s, want data", got.body)
	}
	if got := post(`{` + extensions + `}`); got.code(t) != "" {
		t.Errorf("got %s, want data", got.body)
	}
	if got := post(`{"query":"{__typename}",` + extensions + `}`); got.code(t) == "" {
		t.Errorf("got %s, want a refusal of the wrong hash", got.body)
	}
}

func TestEventStream(t *testing.T) {
	t.Parallel()
	f := setup(t, nil)
	got := f.query(t, `subscription{ticks(n:2)}`, "Accept", eventMedia)
	want := "event: next\ndata: {\"data\":{\"ticks\":1}}\n\nevent: next\ndata: {\"data\":{\"ticks\":2}}\n\nevent: complete\ndata:\n\n"
	if got.status != 200 || got.body != want {
		t.Errorf("got %d %q, want %q", got.status, got.body, want)
	}
	got = f.query(t, `{hello}`, "Accept", eventMedia)
	if !strings.HasPrefix(got.body, "event: next\ndata: {\"data\":{\"hello\"") || strings.Count(got.body, "event: next") != 1 {
		t.Errorf("got %q, want one event", got.body)
	}
	got = f.query(t, `{helo}`, "Accept", eventMedia)
	if got.status != 400 || got.code(t) != "GRAPHQL_VALIDATION_FAILED" {
		t.Errorf("got %d %q, want a refusal", got.status, got.body)
	}
}

func TestTimeLimit(t *testing.T) {
	t.Parallel()
	f := setup(t, func(o *Options) { o.QueryTime = 50 * time.Millisecond })
	if got := f.query(t, `{slow}`); got.code(t) != "TIMEOUT" {
		t.Errorf("got %s, want TIMEOUT", got.body)
	}
}

func TestBusy(t *testing.T) {
	t.Parallel()
	f := setup(t, func(o *Options) { o.Running, o.Waiting = 1, 1 })
	answers := make(chan answer, 2)
	for range 2 {
		go func() { answers <- f.query(t, `{slow}`) }()
	}
	for {
		metrics := f.do(t, http.MethodGet, "/metrics", "").body
		if strings.Contains(metrics, "claimgraph_operations_running 1\n") &&
			strings.Contains(metrics, "claimgraph_operations_waiting 1\n") {
			break
		}
		time.Sleep(time.Millisecond)
	}
	got := f.query(t, `{hello}`)
	if got.status != http.StatusServiceUnavailable || got.code(t) != CodeBusy || got.header.Get("Retry-After") == "" {
		t.Errorf("got %d %s, want busy", got.status, got.body)
	}
	close(f.stub.release)
	for range 2 {
		if got := <-answers; got.code(t) != "" {
			t.Errorf("got %s, want data", got.body)
		}
	}
	if got := f.query(t, `{hello}`); got.status != 200 {
		t.Errorf("got %d, want 200 afterwards", got.status)
	}
}
