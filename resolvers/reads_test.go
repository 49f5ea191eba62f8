package resolvers

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
)

func TestReads(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, tt := range []struct{ name, query, want string }{
		{
			"claims to outlets",
			`{claims{nodes{text contested originCount attributions(orderBy:{field:VOICE}){nodes{voice sources{name} document{title publisher{name}}}}}}}`,
			`{"claims":{"nodes":[{"text":"The truce holds.","contested":true,"originCount":2,"attributions":{"nodes":[` +
				`{"voice":"ATTRIBUTED","sources":[{"name":"Iran"}],"document":{"title":"Talks in Herat","publisher":{"name":"The Ledger"}}},` +
				`{"voice":"CARRY_OVER","sources":[],"document":{"title":"Talks in Herat","publisher":{"name":"The Ledger"}}},` +
				`{"voice":"OUTLET","sources":[],"document":{"title":"No truce","publisher":null}}]}}]}}`,
		},
		{
			"node with fragments, aliases and typename",
			`{node(id:"` + id(graph.KindActor, "iran") + `"){__typename caption ...A ... on Document{title}}} fragment A on Actor{who:name aliases kind}`,
			`{"node":{"__typename":"Actor","caption":"iran","who":"Iran","aliases":["Tehran","the Islamic Republic"],"kind":"STATE"}}`,
		},
		{
			"nodes of several kinds, one unknown, one twice",
			`{nodes(ids:["` + id(graph.KindDocument, "paper") + `","` + id(graph.KindDocument, "nowhere") + `","` + id(graph.KindRun, "night") + `","` + id(graph.KindDocument, "paper") + `"]){...on Document{title} ...on Run{loaderVersion}}}`,
			`{"nodes":[{"title":"No truce"},null,{"loaderVersion":"1.0"},{"title":"No truce"}]}`,
		},
		{"unknown node", `{node(id:"` + id(graph.KindDocument, "nowhere") + `"){id}}`, `{"node":null}`},
		{"no nodes", `{nodes(ids:[]){id}}`, `{"nodes":[]}`},
		{
			"spans",
			`{attributions(filter:{voice:ATTRIBUTED}){nodes{cueText cue{exact start end endUtf16 prefix suffix verified document{title}} evidence{role span{exact verified} passage{paragraph}}}}}`,
			`{"attributions":{"nodes":[{"cueText":"says","cue":{"exact":"says","start":5,"end":9,"endUtf16":9,"prefix":"","suffix":" the","verified":true,"document":{"title":"Talks in Herat"}},` +
				`"evidence":[{"role":"SOURCE","span":{"exact":"Iran","verified":true},"passage":{"paragraph":0}},` +
				`{"role":"CUE","span":{"exact":"says","verified":true},"passage":{"paragraph":0}},` +
				`{"role":"CONTENT","span":{"exact":"the truce ended","verified":false},"passage":{"paragraph":0}}]}]}}`,
		},
		{
			"chain and confidence",
			`{attributions(filter:{voice:[CARRY_OVER]}){nodes{chain{voice chain{voice}} within{voice} confidence{extraction factuality credibility}}}}`,
			`{"attributions":{"nodes":[{"chain":[{"voice":"ATTRIBUTED","chain":[]}],"within":{"voice":"ATTRIBUTED"},"confidence":{"extraction":1,"factuality":"POSSIBLE","credibility":2}}]}}`,
		},
		{
			"attributions of a document in the order of the text",
			`{node(id:"` + id(graph.KindDocument, "wire") + `"){...on Document{annotations{attributions{voice evidence{role}}}}}}`,
			`{"node":{"annotations":{"attributions":[{"voice":"ATTRIBUTED","evidence":[{"role":"SOURCE"},{"role":"CUE"},{"role":"CONTENT"}]},` +
				`{"voice":"CARRY_OVER","evidence":[{"role":"CONTENT"}]}]}}}`,
		},
		{
			"citations and mentions",
			`{citations{nodes{raw span{exact} names{name} scope{span{exact}} attributions{nodes{cueText}}}} actors(filter:{canonicalId:{eq:"iran"}}){nodes{mentions{nodes{surface metonym refersTo{score actor{name}} span{exact}}}}}}`,
			`{"citations":{"nodes":[{"raw":"(IRNA, July 2024)","span":{"exact":"IRNA"},"names":[{"name":"Iran"}],"scope":[{"span":{"exact":"the truce ended"}}],"attributions":{"nodes":[{"cueText":"says"}]}}]},` +
				`"actors":{"nodes":[{"mentions":{"nodes":[{"surface":"Iran","metonym":true,"refersTo":[{"score":0.8,"actor":{"name":"Iran"}}],"span":{"exact":"Iran"}}]}}]}}`,
		},
		{
			"citations that are resolved, and those that are not",
			`{citations(filter:{resolved:true}){nodes{name resolved resolvesTo{title}}} not:citations(filter:{resolved:false}){nodes{name}}}`,
			`{"citations":{"nodes":[{"name":"IRNA","resolved":true,"resolvesTo":{"title":"No truce"}}]},"not":{"nodes":[]}}`,
		},
		{
			"passages by role", `{documents(filter:{title:{prefix:"Talks"}}){nodes{passages(roles:[FRAGMENT],first:2){nodes{span{exact}} totalCount pageInfo{hasNextPage}}}}}`,
			`{"documents":{"nodes":[{"passages":{"nodes":[{"span":{"exact":"Iran"}},{"span":{"exact":"says"}}],"totalCount":3,"pageInfo":{"hasNextPage":true}}}]}}`,
		},
		{"links", `{documents{nodes{title copyOf{score method document{title}}}}}`, `{"documents":{"nodes":[{"title":"No truce","copyOf":[{"score":0.25,"method":"SHINGLES","document":{"title":"Talks in Herat"}}]},{"title":"Talks in Herat","copyOf":[]}]}}`},
		{"relations", `{relations{nodes{type agent{name} target{name} place{name} claims{nodes{text}}}} claims{nodes{asserts{polarity relation{type}}}}}`, `{"relations":{"nodes":[{"type":"BACKS","agent":{"name":"Iran"},"target":{"name":"the guard"},"place":null,"claims":{"nodes":[{"text":"The truce holds."}]}}]},"claims":{"nodes":[{"asserts":[{"polarity":"AFFIRMS","relation":{"type":"BACKS"}}]}]}}`},
		{"search", `{search(text:"TRUCÉ holds"){nodes{__typename} totalCount}}`, `{"search":{"nodes":[{"__typename":"Claim"},{"__typename":"Document"}],"totalCount":2}}`},
		{"search in one kind", `{search(text:"truce",kinds:[DOCUMENT]){edges{node{...on Document{title}}}}}`, `{"search":{"edges":[{"node":{"title":"No truce"}},{"node":{"title":"Talks in Herat"}}]}}`},
		{"search in a kind named twice", `{search(text:"truce",kinds:[CLAIM,CLAIM]){totalCount}}`, `{"search":{"totalCount":1}}`},
		{"search for nothing", `{search(text:"…"){nodes{id}}}`, `{"search":{"nodes":[]}}`},
		{
			"subgraph", `{subgraph(seeds:["` + id(graph.KindRelation, "backs") + `"],filter:{using:[AGENT,TARGET,BACKS]}){nodes{kind label caption} edges{kind derived} truncated omitted}}`,
			`{"subgraph":{"nodes":[{"kind":"RELATION","label":"Standing","caption":"Iran BACKS the guard"},{"kind":"ACTOR","label":"ArmedGroup","caption":"guard"},{"kind":"ACTOR","label":"State","caption":"iran"}],` +
				`"edges":[{"kind":"BACKS","derived":true},{"kind":"AGENT","derived":false},{"kind":"TARGET","derived":false}],"truncated":false,"omitted":0}}`,
		},
		{
			"paths", `{paths(from:"` + id(graph.KindActor, "iran") + `",to:"` + id(graph.KindClaim, "truce") + `",using:[SOURCE,CONTENT]){nodes{kind} edges{kind}}}`,
			`{"paths":[{"nodes":[{"kind":"ACTOR"},{"kind":"ATTRIBUTION"},{"kind":"CLAIM"}],"edges":[{"kind":"SOURCE"},{"kind":"CONTENT"}]}]}`,
		},
		{"stats", `{stats{documents byKind{kind count}}}`, `{"stats":{"documents":2,"byKind":[{"kind":"DOCUMENT","count":2},{"kind":"PASSAGE","count":3},{"kind":"ACTOR","count":3},{"kind":"MENTION","count":1},{"kind":"ATTRIBUTION","count":3},{"kind":"CLAIM","count":1},{"kind":"RELATION","count":1},{"kind":"CITATION","count":1},{"kind":"ASSESSMENT","count":1},{"kind":"RUN","count":1}]}}`},
		{"skip and include", `{stats{documents @skip(if:true) a:documents @include(if:false) b:documents}}`, `{"stats":{"b":2}}`},
		{"introspection beside", `{__type(name:"Voice"){name} __typename stats{documents}}`, `{"__type":{"name":"Voice"},"__typename":"Query","stats":{"documents":2}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, f.data(t, tt.query, nil)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for filter, want := range map[string]string{
		`{}`:                                        "Talks in Herat, No truce",
		`{title:{eq:"No truce"}}`:                   "No truce",
		`{title:{ne:"No truce"}}`:                   "Talks in Herat",
		`{title:{in:["No truce","x"]}}`:             "No truce",
		`{title:{in:"No truce"}}`:                   "No truce",
		`{title:{prefix:"T"}}`:                      "Talks in Herat",
		`{title:null,lang:{exists:true}}`:           "Talks in Herat",
		`{lang:{exists:false}}`:                     "No truce",
		`{publishedAt:{lt:"2024-07-02T00:00:00Z"}}`: "Talks in Herat",
		`{publishedAt:{gte:"2024-07-01T10:30:00.125+02:00",lte:"2024-07-01T08:30:00.125Z"}}`: "Talks in Herat",
		`{not:{lang:{eq:"en"}}}`:                           "No truce",
		`{or:[{lang:{eq:"en"}},{outlet:{eq:"Courier"}}]}`:  "Talks in Herat, No truce",
		`{and:[{lang:{eq:"en"}},{outlet:{eq:"Courier"}}]}`: "",
		`{or:[]}`:                                 "",
		`{text:"governor"}`:                       "No truce",
		`{publisher:{name:{eq:"The Ledger"}}}`:    "Talks in Herat",
		`{not:{publisher:{}}}`:                    "No truce",
		`{attributions:{polarity:DENIES}}`:        "No truce",
		`{attributions:{not:{polarity:AFFIRMS}}}`: "No truce",
		`{attributions:{confidence:{gt:0.95},credibility:{lte:2},factuality:[POSSIBLE,PROBABLE]}}`: "Talks in Herat",
		`{attributions:{source:{aliases:{contains:"Tehran"},kind:[STATE]}}}`:                       "Talks in Herat",
		`{attributions:{content:{contested:true,originCount:{gte:2,in:[2]}}}}`:                     "Talks in Herat, No truce",
		`{attributions:{within:{voice:ATTRIBUTED}}}`:                                               "Talks in Herat",
		`{citations:{granularity:[ORGANISATION],names:{name:{eq:"Iran"}}}}`:                        "Talks in Herat",
		`{attributions:{content:{relations:{agent:{originCount:{gt:0}},type:BACKS}}}}`:             "Talks in Herat, No truce",
	} {
		got := f.titles(t, `{documents(filter:`+filter+`,orderBy:{field:PUBLISHED_AT}){nodes{title}}}`)
		if got != want {
			t.Errorf("%s: got %q, want %q", filter, got, want)
		}
	}
	variables := map[string]any{"f": map[string]any{"attributions": map[string]any{"credibility": map[string]any{"eq": 2}}}}
	if got := f.titlesOf(f.data(t, `query($f:DocumentFilter){documents(filter:$f){nodes{title}}}`, variables)); got != "Talks in Herat" {
		t.Errorf("by variable: got %q", got)
	}
}

func (f *fixture) titles(t *testing.T, query string) string { return f.titlesOf(f.data(t, query, nil)) }

func (f *fixture) titlesOf(data string) string {
	var titles []string
	for _, part := range strings.Split(data, `{"title":"`)[1:] {
		title, _, _ := strings.Cut(part, `"`)
		titles = append(titles, title)
	}
	return strings.Join(titles, ", ")
}

func TestPages(t *testing.T) {
	t.Parallel()
	f := setup(t)
	seen, after := []string{}, `null`
	for range 3 {
		data := f.data(t, `{attributions(first:1,after:`+after+`,orderBy:{field:VOICE,direction:DESC}){nodes{voice} edges{cursor} pageInfo{endCursor startCursor hasNextPage hasPreviousPage}}}`, nil)
		_, rest, _ := strings.Cut(data, `"endCursor":`)
		cursor, rest, _ := strings.Cut(rest, `,`)
		if !strings.Contains(data, `"edges":[{"cursor":`+cursor) || !strings.Contains(rest, `"startCursor":`+cursor) {
			t.Errorf("got different cursors in %s", data)
		}
		if last := len(seen) == 2; last == strings.Contains(data, `"hasNextPage":true`) {
			t.Errorf("got the wrong hasNextPage in %s", data)
		}
		if (after == "null") == strings.Contains(data, `"hasPreviousPage":true`) {
			t.Errorf("got the wrong hasPreviousPage in %s", data)
		}
		_, voice, _ := strings.Cut(data, `"voice":"`)
		voice, _, _ = strings.Cut(voice, `"`)
		seen, after = append(seen, voice), cursor
	}
	if diff := cmp.Diff([]string{"OUTLET", "CARRY_OVER", "ATTRIBUTED"}, seen); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A page of a list within a list goes on from its own cursor.
func TestNestedPages(t *testing.T) {
	t.Parallel()
	f := setup(t)
	page := `{claims{nodes{attributions(first:2,orderBy:{field:VOICE}%s){nodes{voice} pageInfo{endCursor hasNextPage}}}}}`
	first := f.data(t, fmt.Sprintf(page, ""), nil)
	_, cursor, _ := strings.Cut(first, `"endCursor":`)
	cursor, _, _ = strings.Cut(cursor, ",")
	want := `{"claims":{"nodes":[{"attributions":{"nodes":[{"voice":"OUTLET"}],"pageInfo":{"endCursor":`
	if got := f.data(t, fmt.Sprintf(page, ",after:"+cursor), nil); !strings.HasPrefix(got, want) {
		t.Errorf("got %s, want %s…", got, want)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, query := range []string{
		`{claims(first:0){nodes{id}}}`,
		`{claims(first:101){nodes{id}}}`,
		`{claims(first:-1){nodes{id}}}`,
		`{claims(after:"nonsense"){nodes{id}}}`,
		`{node(id:"nonsense"){id}}`,
		`{nodes(ids:["clm_x"]){id}}`,
		`{search(text:"x",kinds:[RUN]){nodes{id}}}`,
		`{subgraph(seeds:["x"]){truncated}}`,
		`{subgraph(seeds:[],depth:9){truncated}}`,
		`{paths(from:"x",to:"y"){truncated}}`,
		`{claims{nodes{attributions(first:1000){nodes{id}}}}}`,
		`{documents{nodes{attributions(filter:{assertedAt:{eq:"yesterday"}}){nodes{id}}}}}`,
	} {
		response := f.ask(t.Context(), query, nil)
		if len(response.Errors) == 0 {
			t.Errorf("%s: got %s, want an error", query, response.Data)
			continue
		}
		if err := response.Errors[0]; !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: got %v, want ErrInvalid", query, err)
		}
	}
}

// A root field is one Select, however deep it is.
func TestOneSelect(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.data(t, `{claims{totalCount edges{cursor node{attributions{nodes{chain{id} cue{verified} sources{attributions{nodes{document{publisher{name}}}}}}}}}}}`, nil)
	if got := f.store.calls.Load(); got != 1 {
		t.Errorf("got %d calls, want 1", got)
	}
}

func TestBrokenStore(t *testing.T) {
	t.Parallel()
	oracle := graphtest.NewOracle()
	f := over(oracle)
	if err := oracle.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{`{claims{nodes{id}}}`, `{stats{nodes}}`} {
		if response := f.ask(t.Context(), query, nil); len(response.Errors) != 1 || !errors.Is(response.Errors[0], graph.ErrClosed) {
			t.Errorf("%s: got %v, want ErrClosed", query, response.Errors)
		}
	}
}
