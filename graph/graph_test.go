package graph_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
)

// setup returns a graph of one document, in which the wire reports what Iran says.
func setup(t *testing.T) (*graph.Graph, graph.Batch) {
	t.Helper()
	batches, err := graphtest.Parse(`
		wire  Document title="Talks, at last" outlet=Wire
		iran  Actor kind=STATE
		truce Claim
		says  Attribution
		says  -SOURCE-> iran
		says  -CONTENT-> truce`)
	if err != nil {
		t.Fatal(err)
	}
	g := graph.New(graphtest.NewOracle())
	if err := g.Put(t.Context(), batches...); err != nil {
		t.Fatal(err)
	}
	return g, batches[0]
}

func TestPutRefuses(t *testing.T) {
	t.Parallel()
	says, iran := graphtest.ID(graph.KindAttribution, "says"), graphtest.ID(graph.KindActor, "iran")
	claim := func(name string) graph.ID { return graphtest.ID(graph.KindClaim, name) }
	variant := graph.Edge{
		Kind: graph.EdgeVariantOf, From: claim("truce"), To: claim("peace"),
		Props: graph.Props{"method": string(graph.ByWords), "score": 1.0},
	}
	node := func(b *graph.Batch, id graph.ID) graph.Props {
		for i := range b.Nodes {
			if b.Nodes[i].ID == id {
				props := make(graph.Props)
				for name, v := range b.Nodes[i].Props {
					props[name] = v
				}
				b.Nodes[i].Props = props
				return props
			}
		}
		return nil
	}
	tests := []struct {
		name string
		harm func(*graph.Batch)
		says string
	}{
		{"an owner that cannot own", func(b *graph.Batch) { b.Owner = iran }, "of kind Actor cannot own"},
		{"no owner", func(b *graph.Batch) { b.Owner = "" }, "is not an ID"},
		{"an absent owner", func(b *graph.Batch) { b.Nodes = b.Nodes[1:] }, "not among its nodes"},
		{"a node twice", func(b *graph.Batch) { b.Nodes = append(b.Nodes, b.Nodes[1]) }, "there twice"},
		{"a second owner", func(b *graph.Batch) {
			other := b.Nodes[0]
			other.ID = graphtest.ID(graph.KindDocument, "other")
			b.Nodes = append(b.Nodes, other)
		}, "a batch of its own"},
		{"a kind that is not the ID's", func(b *graph.Batch) { b.Nodes[1].Kind = graph.KindClaim }, "not Claim"},
		{"an unknown property", func(b *graph.Batch) { node(b, iran)["colour"] = "red" }, `no property "colour"`},
		{"a computed property", func(b *graph.Batch) { node(b, iran)["originCount"] = int64(3) }, "stores compute"},
		{"a missing property", func(b *graph.Batch) { delete(node(b, iran), "name") }, `"name" is missing`},
		{"a value of another type", func(b *graph.Batch) { node(b, iran)["name"] = 3 }, "not of its type"},
		{"a name without end", func(b *graph.Batch) {
			node(b, iran)["name"] = strings.Repeat("x", graph.MaxIndexedBytes+1)
		}, "at most 4000"},
		{"text that is not UTF-8", func(b *graph.Batch) { node(b, iran)["name"] = "\xff" }, "not of its type"},
		{"a list out of order", func(b *graph.Batch) { node(b, iran)["aliases"] = []string{"b", "a"} }, "not of its type"},
		{"microseconds", func(b *graph.Batch) {
			node(b, b.Owner)["publishedAt"] = time.Date(2024, 1, 1, 0, 0, 0, 1000, time.UTC)
		}, "not of its type"},
		{"a word of no list", func(b *graph.Batch) { node(b, iran)["kind"] = "PLANET" }, "is none of PERSON"},
		{"an orphan", func(b *graph.Batch) { b.Edges = b.Edges[1:] }, "has no IN edge"},
		{"a node in another's document", func(b *graph.Batch) {
			b.Edges = append(b.Edges, graph.Edge{Kind: graph.EdgeIn, From: says, To: graphtest.ID(graph.KindDocument, "other")})
		}, "cannot be IN"},
		{"nodes without end", func(b *graph.Batch) { b.Nodes = make([]graph.Node, graph.MaxBatchNodes+1) }, "at most 1000000"},
		{"an unknown edge", func(b *graph.Batch) {
			b.Edges = append(b.Edges, graph.Edge{Kind: "LIKES", From: says, To: iran})
		}, "unknown kind"},
		{"a shortcut", func(b *graph.Batch) {
			b.Edges = append(b.Edges, graph.Edge{Kind: "BACKS", From: iran, To: iran})
		}, "stores derive it"},
		{"an edge between the wrong kinds", func(b *graph.Batch) {
			b.Edges = append(b.Edges, graph.Edge{Kind: graph.EdgeSource, From: iran, To: says})
		}, "cannot lead from Actor to Attribution"},
		{"an edge from elsewhere", func(b *graph.Batch) {
			b.Edges = append(b.Edges, graph.Edge{Kind: graph.EdgeSource, From: graphtest.ID(graph.KindAttribution, "lost"), To: iran})
		}, "does not bring"},
		{"an edge without what it needs", func(b *graph.Batch) {
			b.Edges = append(b.Edges, graph.Edge{Kind: graph.EdgeAsserts, From: graphtest.ID(graph.KindClaim, "truce"), To: graphtest.ID(graph.KindRelation, "r")})
		}, `"polarity" is missing`},
		{"a link among the edges", func(b *graph.Batch) { b.Edges = append(b.Edges, variant) }, "is a link"},
		{"an edge among the links", func(b *graph.Batch) { b.Links = append(b.Links, b.Edges[0]) }, "is no link"},
		{"a link of others", func(b *graph.Batch) {
			b.Links = append(b.Links, graph.Edge{Kind: graph.EdgeVariantOf, From: claim("others"), To: claim("far"), Props: variant.Props})
		}, "brings neither end"},
		{"a link to itself", func(b *graph.Batch) {
			b.Links = append(b.Links, graph.Edge{Kind: graph.EdgeVariantOf, From: claim("truce"), To: claim("truce"), Props: variant.Props})
		}, "leads nowhere else"},
		{"a symmetric link the other way round", func(b *graph.Batch) {
			b.Links = append(b.Links, graph.Edge{Kind: graph.EdgeVariantOf, From: claim("peace"), To: claim("truce"), Props: variant.Props})
		}, "from the greater ID to the smaller"},
		{"a link by another kind's method", func(b *graph.Batch) {
			odd := variant
			odd.Props = graph.Props{"method": string(graph.ByShingles), "score": 1.0}
			b.Links = append(b.Links, odd)
		}, "is none of WORDS, MEANING"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			g, b := setup(t)
			test.harm(&b)
			err := g.Put(t.Context(), b)
			if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got error %v, want %v that says %q", err, graph.ErrInvalid, test.says)
			}
		})
	}
	t.Run("an owner twice", func(t *testing.T) {
		t.Parallel()
		g, b := setup(t)
		if err := g.Put(t.Context(), b, b); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("got error %v, want %v", err, graph.ErrInvalid)
		}
	})
}

func TestSelectRefuses(t *testing.T) {
	t.Parallel()
	claims := graph.Level{Kinds: []graph.NodeKind{graph.KindClaim}, First: 10}
	where := func(f graph.Filter) func(*graph.Select) { return func(s *graph.Select) { s.Where = f } }
	follow := func(f graph.Follow) func(*graph.Select) {
		return func(s *graph.Select) { s.Follow = []graph.Follow{f} }
	}
	many := make([]any, graph.MaxFilters)
	for i := range many {
		many[i] = "en"
	}
	tests := []struct {
		name string
		harm func(*graph.Select)
	}{
		{"neither IDs nor kinds", func(s *graph.Select) { s.Kinds = nil }},
		{"an unknown kind", func(s *graph.Select) { s.Kinds = []graph.NodeKind{"Planet"} }},
		{"no rows", func(s *graph.Select) { s.First = 0 }},
		{"too many rows", func(s *graph.Select) { s.First = graph.MaxFirst + 1 }},
		{"too many IDs", func(s *graph.Select) { s.IDs = make([]graph.ID, graph.MaxFirst+1) }},
		{"IDs in an order", func(s *graph.Select) {
			s.IDs, s.Order = []graph.ID{"x"}, []graph.Order{{Prop: "text"}}
		}},
		{"an unknown property", func(s *graph.Select) { s.Props = []string{"colour"} }},
		{"an order by an unknown property", func(s *graph.Select) { s.Order = []graph.Order{{Prop: "colour"}} }},
		{"an order by a list", func(s *graph.Select) { s.Order = []graph.Order{{Prop: "polarities"}} }},
		{"an order by score without a search", func(s *graph.Select) { s.Order = []graph.Order{{Prop: graph.Score}} }},
		{"a position of another order", func(s *graph.Select) { s.After = &graph.Position{Order: []any{"x"}} }},
		{"a filter by an unknown property", where(graph.Where{Prop: "colour", Value: "red"})},
		{"a value of another type", where(graph.Where{Prop: "text", Value: 3})},
		{"a prefix of a number", where(graph.Where{Prop: "originCount", Op: graph.Prefix, Value: "1"})},
		{"a comparison of lists", where(graph.Where{Prop: "polarities", Op: graph.Lt, Value: []string{"a"}})},
		{"a list that is none", where(graph.Where{Prop: "text", Op: graph.In, Value: "x"})},
		{"nothing negated", where(graph.Not{})},
		{"nothing in a list", where(graph.And{nil})},
		{"a large filter", where(graph.Where{Prop: "lang", Op: graph.In, Value: many})},
		{"an edge that does not lead there", where(graph.Has{Edge: graph.EdgeSource})},
		{"full text on an edge", where(graph.Has{Edge: graph.EdgeAsserts, Via: graph.Match{Text: "x"}})},
		{"a walk along an unknown edge", follow(graph.Follow{Edge: "LIKES", Level: claims})},
		{"a walk against an edge", follow(graph.Follow{Edge: graph.EdgeContent, Level: graph.Level{First: 1}})},
		{"an unknown property of an edge", follow(graph.Follow{
			Edge: graph.EdgeAsserts, EdgeProps: []string{"role"}, Level: graph.Level{First: 1},
		})},
		{"too deep a request", func(s *graph.Select) {
			for range graph.MaxLevels {
				s.Follow = []graph.Follow{{Edge: graph.EdgeVariantOf, Level: graph.Level{First: 1, Follow: s.Follow}}}
			}
			s.Follow = []graph.Follow{{Edge: graph.EdgeVariantOf, Level: graph.Level{First: 1, Follow: s.Follow}}}
		}},
		{"too many levels", func(s *graph.Select) {
			for range graph.MaxFollows + 1 {
				s.Follow = append(s.Follow, graph.Follow{Edge: graph.EdgeAsserts, Level: graph.Level{First: 1}})
			}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			g, _ := setup(t)
			s := graph.Select{Level: claims}
			test.harm(&s)
			if _, err := g.Select(t.Context(), s); !errors.Is(err, graph.ErrInvalid) {
				t.Errorf("got error %v, want %v", err, graph.ErrInvalid)
			}
		})
	}
}

func TestOtherRefusals(t *testing.T) {
	t.Parallel()
	g, b := setup(t)
	ctx := t.Context()
	says := graphtest.ID(graph.KindAttribution, "says")
	calls := map[string]func() error{
		"delete a shared node": func() error { return g.Delete(ctx, says) },
		"delete no ID":         func() error { return g.Delete(ctx, "x") },
		"count by a property that is not there": func() error {
			_, err := g.Count(ctx, graph.KindClaim, nil, graph.Facet{Prop: "colour"})
			return err
		},
		"count texts by month": func() error {
			_, err := g.Count(ctx, graph.KindClaim, nil, graph.Facet{Prop: "text", Interval: graph.Month})
			return err
		},
		"count along an edge that leads elsewhere": func() error {
			_, err := g.Count(ctx, graph.KindClaim, nil, graph.Facet{Steps: []graph.Step{{Edge: graph.EdgeIn}}, Prop: "title"})
			return err
		},
		"long paths": func() error {
			_, err := g.Paths(ctx, b.Owner, says, graph.PathOptions{MaxLength: graph.MaxPathEdges + 1, First: 1})
			return err
		},
		"no paths": func() error {
			_, err := g.Paths(ctx, b.Owner, says, graph.PathOptions{MaxLength: 1})
			return err
		},
		"a deep neighbourhood": func() error {
			_, err := g.Neighbourhood(ctx, []graph.ID{says}, graph.NeighbourhoodOptions{Depth: graph.MaxDepth + 1, Nodes: 10})
			return err
		},
		"more seeds than nodes": func() error {
			_, err := g.Neighbourhood(ctx, []graph.ID{says, b.Owner}, graph.NeighbourhoodOptions{Nodes: 1})
			return err
		},
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: got error %v, want %v", name, err, graph.ErrInvalid)
		}
	}
	if err := g.Delete(ctx, graphtest.ID(graph.KindDocument, "lost")); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("delete what is not there: got error %v, want %v", err, graph.ErrNotFound)
	}
}

func TestExport(t *testing.T) {
	t.Parallel()
	g, b := setup(t)
	var before, after strings.Builder
	if err := g.Export(t.Context(), &before); err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for line := range strings.Lines(before.String()) {
		_, rest, _ := strings.Cut(line, `"kind":"`)
		kind, _, _ := strings.Cut(rest, `"`)
		kinds = append(kinds, kind)
	}
	if want := []string{"Document", "Actor", "Attribution", "Claim"}; !cmp.Equal(want, kinds) {
		t.Errorf("got nodes of kinds %v, want %v", kinds, want)
	}
	says := graphtest.ID(graph.KindAttribution, "says")
	if want := `"edges":[{"kind":"SOURCE","to":"` + string(graphtest.ID(graph.KindActor, "iran")) + `"}`; !strings.Contains(before.String(), want) {
		t.Errorf("the export does not say %s of %s", want, says)
	}
	if err := g.Delete(t.Context(), b.Owner); err != nil {
		t.Fatal(err)
	}
	if err := g.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := g.Export(t.Context(), &after); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before.String(), after.String()); diff != "" {
		t.Errorf("export after deleting and loading again (-want +got):\n%s", diff)
	}
}
