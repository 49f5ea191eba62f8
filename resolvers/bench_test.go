package resolvers

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
)

// claimsToOutlets asks for a hundred claims with their attributions, sources, documents and outlets.
const claimsToOutlets = `{ claims(first: 100) { nodes { id text originCount contested
	attributions(first: 10) { nodes { id voice polarity assertedAt sources { id name kind }
		document { id title publishedAt publisher { id name } } } } } } }`

// kept is a store that answers every Select with what it answered first: what is measured is our part.
type kept struct {
	graph.Store
	rows *graph.Rows
}

func (k *kept) Select(ctx context.Context, s graph.Select) (graph.Rows, error) {
	if k.rows == nil {
		rows, err := k.Store.Select(ctx, s)
		k.rows = &rows
		return rows, err
	}
	return *k.rows, nil
}

func benchmarked(b *testing.B) (*fixture, *kept) {
	oracle := graphtest.NewOracle()
	if err := oracle.Put(b.Context(), graphtest.Documents(60, 1)); err != nil {
		b.Fatal(err)
	}
	k := &kept{Store: oracle}
	return over(k), k
}

// BenchmarkReads measures a query from its text to its answer, without the store.
func BenchmarkReads(b *testing.B) {
	f, _ := benchmarked(b)
	b.ReportAllocs()
	for b.Loop() {
		if response := f.ask(b.Context(), claimsToOutlets, nil); len(response.Errors) > 0 {
			b.Fatal(response.Errors)
		}
	}
	b.ReportMetric(float64(len(f.ask(b.Context(), claimsToOutlets, nil).Data)), "bytes")
}

// BenchmarkRender measures compiling and writing alone, as the middleware does both.
func BenchmarkRender(b *testing.B) {
	f, k := benchmarked(b)
	ctx := graphql.StartOperationTrace(b.Context())
	op, errs := f.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: claimsToOutlets})
	if errs != nil {
		b.Fatal(errs)
	}
	field := graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query"})[0]
	r := NewReads(graph.New(k))
	b.ReportAllocs()
	for b.Loop() {
		answer, err := r.roots["claims"](ctx, r.graph, r.compiler(op), field)
		if err != nil {
			b.Fatal(err)
		}
		r.answers.give(answer)
	}
}

// BenchmarkJSON measures what encoding/json takes to write the same answer from structs, for comparison.
func BenchmarkJSON(b *testing.B) {
	type outlet struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	type document struct {
		ID          string    `json:"id"`
		Title       string    `json:"title"`
		PublishedAt time.Time `json:"publishedAt"`
		Publisher   *outlet   `json:"publisher"`
	}
	type source struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Kind string `json:"kind"`
	}
	type attribution struct {
		ID         string     `json:"id"`
		Voice      string     `json:"voice"`
		Polarity   string     `json:"polarity"`
		AssertedAt *time.Time `json:"assertedAt"`
		Sources    []source   `json:"sources"`
		Document   document   `json:"document"`
	}
	type claim struct {
		ID           string `json:"id"`
		Text         string `json:"text"`
		OriginCount  int    `json:"originCount"`
		Contested    bool   `json:"contested"`
		Attributions struct {
			Nodes []attribution `json:"nodes"`
		} `json:"attributions"`
	}
	var answer struct {
		Claims struct {
			Nodes []claim `json:"nodes"`
		} `json:"claims"`
	}
	f, _ := benchmarked(b)
	if err := json.Unmarshal(f.ask(b.Context(), claimsToOutlets, nil).Data, &answer); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(&answer); err != nil {
			b.Fatal(err)
		}
	}
}
