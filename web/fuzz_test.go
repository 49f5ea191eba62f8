package web

import (
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/introspection"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/resolvers"
	"github.com/claimgraph/claimgraph/server"
)

// Whatever is asked, the answer is JSON, and never that something went wrong inside.
func FuzzQuery(f *testing.F) {
	g := graph.New(graphtest.NewOracle())
	if err := g.Put(f.Context(), graphtest.Documents(3, 1)...); err != nil {
		f.Fatal(err)
	}
	s, err := server.New(server.Options{
		Schema: resolvers.Schema(), Extensions: []graphql.HandlerExtension{resolvers.NewReads(g)},
		Graph: g, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		f.Fatal(err)
	}
	examples, err := fs.Glob(Files, "examples/*.graphql")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range examples {
		document, err := fs.ReadFile(Files, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(document), `{}`)
	}
	f.Add(introspection.Query, ``)
	f.Add(`query($f:ClaimFilter,$n:Int){claims(filter:$f,first:$n){edges{cursor}}}`, `{"f":{"not":{"and":[{"text":"a b"}]}},"n":3}`)
	f.Add(`query($a:String){documents(after:$a,orderBy:{field:TITLE}){nodes{id ...on Document{passages(roles:[SENTENCE]){totalCount}}}}}`, `{"a":"x"}`)
	f.Add(`query($i:ID!){node(id:$i){__typename ...on Attribution{chain{id} cue{verified}}} subgraph(seeds:[$i],depth:2,filter:{kinds:[ACTOR]}){nodes{label}}}`, `{"i":"att_x"}`)
	f.Fuzz(func(t *testing.T, query, variables string) {
		if !json.Valid([]byte(variables)) {
			variables = "null"
		}
		text, err := json.Marshal(query)
		if err != nil {
			t.Fatal(err)
		}
		body := strings.NewReader(`{"query":` + string(text) + `,"variables":` + variables + `}`)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost/graphql", body)
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if answer := w.Body.String(); !json.Valid([]byte(answer)) || strings.Contains(answer, `"code":"INTERNAL"`) {
			t.Errorf("got %d %s", w.Code, answer)
		}
	})
}
