package resolvers

import (
	"bytes"
	"context"
	"encoding/json"
	"sync/atomic"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
)

// counted counts a store's calls.
type counted struct {
	graph.Store
	calls atomic.Int32
}

func (c *counted) Select(ctx context.Context, s graph.Select) (graph.Rows, error) {
	c.calls.Add(1)
	return c.Store.Select(ctx, s)
}

// A fixture asks queries of a graph.
type fixture struct {
	exec  *executor.Executor
	store *counted
}

// setup returns a fixture over the story.
func setup(t testing.TB) *fixture {
	t.Helper()
	oracle := graphtest.NewOracle()
	g := graph.New(oracle)
	if err := g.Put(t.Context(), graphtest.Draw(t, story)...); err != nil {
		t.Fatal(err)
	}
	return over(oracle)
}

func over(store graph.Store) *fixture {
	f := &fixture{exec: executor.New(Schema()), store: &counted{Store: store}}
	f.exec.Use(extension.Introspection{})
	f.exec.Use(NewReads(graph.New(f.store)))
	return f
}

// ask answers a query: data and errors as JSON.
func (f *fixture) ask(ctx context.Context, query string, variables map[string]any) *graphql.Response {
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := f.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if errs != nil {
		return f.exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	}
	responses, ctx := f.exec.DispatchOperation(ctx, op)
	return responses(ctx)
}

// data returns the data of an answer without errors, indented.
func (f *fixture) data(t testing.TB, query string, variables map[string]any) string {
	t.Helper()
	response := f.ask(t.Context(), query, variables)
	if len(response.Errors) > 0 {
		t.Fatalf("%s: got %v", query, response.Errors)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, response.Data); err != nil {
		t.Fatalf("%s: got no JSON: %v in %s", query, err, response.Data)
	}
	if !bytes.Equal(b.Bytes(), response.Data) {
		t.Errorf("%s: got JSON that is not compact: %s", query, response.Data)
	}
	return string(response.Data)
}

// id is the ID of a node in a picture.
func id(kind graph.NodeKind, name string) string { return string(graphtest.ID(kind, name)) }

// story is a wire report and a paper that denies it.
const story = `
wire    Document  title="Talks in Herat" outlet=Ledger publishedAt=2024-07-01T08:30:00.125Z lang=en text="Iran says the truce holds."
wire    -PUBLISHED_BY-> ledger
wire    -GENERATED_BY-> night
ledger  Actor     kind=OUTLET name="The Ledger" caption=Ledger
iran    Actor     kind=STATE name=Iran aliases=Tehran,"the Islamic Republic" canonicalId=iran
guard   Actor     kind=ARMED_GROUP name="the guard"
truce   Claim     text="The truce holds." caption="The truce holds." lang=en polarities=AFFIRMS firstSeen=2024-07-01 lastSeen=2024-07-01
backs   Relation  class=STANDING type=BACKS quad=MATERIAL_COOPERATION mode=ACTUAL polarities=AFFIRMS caption="Iran BACKS the guard"
night   Run       loaderVersion=1.0 modelVersion=rules startedAt=2024-07-03T01:00:00Z
says    Attribution kind=STATEMENT voice=ATTRIBUTED polarity=AFFIRMS depth=1 confidence=0.9 assertedAt=2024-07-01 cue=says
says    -SOURCE-> iran
says    -CONTENT-> truce
says    -EVIDENCE-> first  role=SOURCE
says    -EVIDENCE-> second role=CUE
says    -EVIDENCE-> third  role=CONTENT
says    -CITES->  note
agrees  Attribution kind=BELIEF voice=CARRY_OVER polarity=AFFIRMS depth=2 confidence=1 modality=POSSIBLE
agrees  -CONTENT-> truce
agrees  -WITHIN-> says
agrees  -EVIDENCE-> second role=CONTENT
first   Passage   start=0 end=4 startUtf16=0 endUtf16=4 exact=Iran role=FRAGMENT paragraph=0
second  Passage   start=5 end=9 startUtf16=5 endUtf16=9 exact=says role=FRAGMENT paragraph=0 suffix=" the"
third   Passage   start=10 end=25 startUtf16=10 endUtf16=25 exact="the truce ended" role=FRAGMENT paragraph=0
second  -HAS-> herat
herat   Mention   surface=Iran start=0 end=4 metonym=true
herat   -REFERS_TO-> iran method=gazetteer score=0.8
note    Citation  raw="(IRNA, July 2024)" name=IRNA dateText="July 2024" granularity=ORGANISATION start=0 end=4
note    -NAMES-> iran
note    -SCOPE-> third
truce   -ASSERTS-> backs polarity=AFFIRMS
backs   -AGENT->  iran
backs   -TARGET-> guard

paper   Document  title="No truce" outlet=Courier publishedAt=2024-08-05 text="The governor denies it."
paper   -COPY_OF-> wire method=SHINGLES score=0.25
truce   Claim     text="The truce holds." caption="The truce holds." polarities=DENIES firstSeen=2024-08-05 lastSeen=2024-08-05
denies  Attribution kind=STATEMENT voice=OUTLET polarity=DENIES depth=0 confidence=0.5
denies  -CONTENT-> truce

note    -RESOLVES_TO-> Document:paper method=URL score=1
grade   Assessment grade=2
grade   -ASSESSES-> Attribution:agrees
`
