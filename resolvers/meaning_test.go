package resolvers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
)

// A lengthSense places texts by how many letters they have: whoever is as long lies near.
type lengthSense struct{ err error }

func (s lengthSense) Vectors(_ context.Context, texts []string) ([]graph.Vector, error) {
	list := make([]graph.Vector, len(texts))
	for i, text := range texts {
		list[i][0], list[i][1] = int8(len(text)), 20 //nolint:gosec // short
	}
	return list, s.err
}

func (lengthSense) Version() string { return "length" }

// lengths is a fixture over claims of one to so many letters.
func lengths(t *testing.T, sense Sense, claims int) *fixture {
	t.Helper()
	picture := []string{"wire Document"}
	for i := range claims {
		picture = append(picture, fmt.Sprintf("%s Claim text=%s", strings.Repeat("a", i+1), strings.Repeat("x", i+1)))
	}
	batches := graphtest.Draw(t, strings.Join(picture, "\n"))
	for _, n := range batches[0].Nodes {
		if text, ok := n.Props["text"].(string); ok && n.Kind == graph.KindClaim {
			v, err := lengthSense{}.Vectors(t.Context(), []string{text})
			if err != nil {
				t.Fatal(err)
			}
			batches[0].Meanings = append(batches[0].Meanings, graph.Meaning{Claim: n.ID, Model: "length", Vector: v[0]})
		}
	}
	g := graph.New(graphtest.NewOracle())
	if err := g.Put(t.Context(), batches...); err != nil {
		t.Fatal(err)
	}
	f := &fixture{exec: executor.New(Schema())}
	reads := NewReads(g)
	reads.Sense = sense
	f.exec.Use(reads)
	return f
}

func TestSearchByMeaning(t *testing.T) {
	t.Parallel()
	f := lengths(t, lengthSense{}, 5)
	for _, c := range []struct{ name, query, want string }{
		{
			"the nearest first", `{search(text:"xxx",mode:MEANING,first:3){nodes{...on Claim{text}} totalCount}}`,
			`{"search":{"nodes":[{"text":"xxx"},{"text":"xxxx"},{"text":"xx"}],"totalCount":5}}`,
		},
		{
			"of one kind", `{search(text:"x",mode:MEANING,kinds:[CLAIM],first:1){edges{node{__typename}}}}`,
			`{"search":{"edges":[{"node":{"__typename":"Claim"}}]}}`,
		},
		{
			"for nothing", `{search(text:"…",mode:MEANING){nodes{id} pageInfo{hasNextPage}}}`,
			`{"search":{"nodes":[],"pageInfo":{"hasNextPage":false}}}`,
		},
	} {
		if got := f.data(t, c.query, nil); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// TestSearchByMeaningPages pages through all claims, each of which comes once.
func TestSearchByMeaningPages(t *testing.T) {
	t.Parallel()
	f := lengths(t, lengthSense{}, 7)
	const query = `query($after:String){search(text:"xxxx",mode:MEANING,first:3,after:$after){nodes{...on Claim{text}} pageInfo{endCursor}}}`
	var pages []string
	var after any
	for range 3 {
		page := f.data(t, query, map[string]any{"after": after})
		nodes, cursor, _ := strings.Cut(page, `],"pageInfo":{"endCursor":"`)
		after = strings.TrimSuffix(cursor, `"}}}`)
		pages = append(pages, strings.TrimPrefix(nodes, `{"search":{"nodes":[`))
	}
	all := strings.Join(pages, ",")
	if strings.Count(all, "text") != 7 || !strings.HasPrefix(all, `{"text":"xxxx"}`) {
		t.Errorf("got %s, want seven claims, the nearest first", all)
	}
	for i := range 7 {
		if want := `"` + strings.Repeat("x", i+1) + `"`; strings.Count(all, want) != 1 {
			t.Errorf("%s is there %d times in %s", want, strings.Count(all, want), all)
		}
	}
}

func TestSearchByMeaningRefused(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, c := range []struct {
		name, query, want string
		sense             Sense
		claims            int
	}{
		{"documents", `{search(text:"x",mode:MEANING,kinds:[DOCUMENT]){nodes{id}}}`, "only CLAIM can be searched", lengthSense{}, 1},
		{"too many", `{search(text:"x",mode:MEANING,first:101){nodes{id}}}`, "1 to 100 are allowed", lengthSense{}, 1},
		{"a cursor of nothing", `{search(text:"x",mode:MEANING,after:"x"){nodes{id}}}`, "not a cursor", lengthSense{}, 1},
		{"no meanings", `{search(text:"x",mode:MEANING){nodes{id}}}`, "--model accurate", lengthSense{}, 0},
		{"no sense", `{search(text:"x",mode:MEANING){nodes{id}}}`, "cannot search by meaning", nil, 1},
		{"a broken model", `{search(text:"x",mode:MEANING){nodes{id}}}`, "broken", lengthSense{broken}, 1},
	} {
		response := lengths(t, c.sense, c.claims).ask(t.Context(), c.query, nil)
		if got := response.Errors.Error(); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q in it", c.name, got, c.want)
		}
	}
}
