// Command analyses measures how long the questions of the API take over a graph that is there, such as one that
// bench/generate made: for each the median and the slowest of some rounds, at one connection, in the same process.
//
//	go run ./bench/analyses --store sqlite:PATH
//	go run ./bench/analyses --store bolt://127.0.0.1:7687/neo4j --rounds 100
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph"
	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
	"github.com/claimgraph/claimgraph/resolvers"
	"github.com/claimgraph/claimgraph/server"
)

func main() {
	place := flag.String("store", "", "where the graph is: sqlite:PATH or bolt://HOST:PORT/DATABASE")
	rounds := flag.Int("rounds", 50, "how often to ask each question")
	only := flag.String("only", "", "ask only questions whose names hold this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *place, *rounds, *only); err != nil {
		fmt.Fprintln(os.Stderr, "analyses:", err)
		os.Exit(1) //nolint:gocritic // nothing is left to tidy up
	}
}

func run(ctx context.Context, place string, rounds int, only string) error {
	store, err := open(ctx, place)
	if err != nil {
		return err
	}
	g := graph.New(store)
	return errors.Join(measure(ctx, g, rounds, only), g.Close(context.WithoutCancel(ctx)))
}

func open(ctx context.Context, place string) (graph.Store, error) {
	if path, ok := strings.CutPrefix(place, "sqlite:"); ok {
		return sqlitegraph.Open(ctx, path, nil)
	}
	return neo4jgraph.Open(ctx, place, nil)
}

func measure(ctx context.Context, g *graph.Graph, rounds int, only string) error {
	url, stop, err := serve(ctx, g)
	if err != nil {
		return err
	}
	defer stop()
	asked, err := questions(ctx, g)
	if err != nil {
		return err
	}
	stats, err := g.Stats(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d documents, %d nodes, %d edges\n", stats.Documents, stats.Nodes, stats.Edges)
	fmt.Printf("%-44s %9s %9s %9s %9s\n", "", "p50 ms", "max ms", "cpu ms", "bytes")
	for _, q := range asked {
		if !strings.Contains(q.name, only) {
			continue
		}
		if err := q.measure(ctx, url, rounds); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
	}
	return nil
}

// serve serves the graph as the command does.
func serve(ctx context.Context, g *graph.Graph) (url string, stop func(), err error) {
	s, err := server.New(server.Options{
		Schema: resolvers.Schema(), Extensions: []graphql.HandlerExtension{resolvers.NewReads(g)}, Graph: g,
		Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Addr: "127.0.0.1:0",
	})
	if err != nil {
		return "", nil, err
	}
	l, err := s.Listen(ctx)
	if err != nil {
		return "", nil, err
	}
	serving, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(serving, l) }()
	return "http://" + l.Addr().String() + "/graphql", func() { cancel(); <-ended }, nil
}

// A question is a query about one node.
type question struct {
	name, query string
	id          graph.ID
}

// questions asks about the nodes that most documents speak of, and about ones that few do.
func questions(ctx context.Context, g *graph.Graph) ([]question, error) {
	pick := func(kind graph.NodeKind, where graph.Filter, order ...graph.Order) (graph.ID, error) {
		rows, err := g.Select(ctx, graph.Select{Level: graph.Level{Kinds: []graph.NodeKind{kind}, Where: where, Order: order, First: 1}})
		if err != nil || len(rows.Rows) == 0 {
			return "", cmpError(err, fmt.Errorf("%w: there is no such %s", graph.ErrNotFound, kind))
		}
		return rows.Rows[0].ID, nil
	}
	most := graph.Order{Prop: "originCount", Desc: true}
	busiest, err1 := pick(graph.KindClaim, nil, most)
	rare, err2 := pick(graph.KindClaim, graph.Where{Prop: "originCount", Value: int64(3)})
	actor, err3 := pick(graph.KindActor, nil, most)
	outlet, err4 := pick(graph.KindActor, graph.Where{Prop: "kind", Value: string(graph.Outlet)}, most)
	document, err5 := pick(graph.KindDocument, nil)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return nil, err
	}
	var list []question
	for _, c := range []struct {
		name string
		id   graph.ID
	}{{"busiest claim", busiest}, {"claim of 3 documents", rare}} {
		for _, q := range ofClaim {
			list = append(list, question{q.name + ", " + c.name, q.query, c.id})
		}
	}
	for _, q := range ofActor {
		list = append(list, question{q.name, q.query, actor})
	}
	return append(list,
		question{"sourcing of the busiest outlet", `query($id: ID!) { node(id: $id) { ... on Actor { sourcing { ownShare anonymousShare } } } }`, outlet},
		question{"annotated document", `query($id: ID!) { node(id: $id) { ... on Document { title text annotations { complete
			passages { role span { start end } } mentions { span { start end } refersTo { actor { id name } } }
			citations { name span { start end } } attributions { polarity sources { id name } cue { start end } content { id text } } } } } }`, document},
		question{"circular citations", `{ circularCitations(first: 20) { nodes { level links { from { id } to { id } spans { exact } } } } }`, ""},
		question{"facets by outlet and voice", `{ facets(by: [OUTLET, VOICE]) { count keys { value } } }`, ""},
		question{"contradictions, the first 20", `{ contradictions(first: 20) { nodes { type score one { claim { id text } } other { claim { id text } } } } }`, ""},
	), nil
}

func cmpError(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

var ofClaim = []question{
	{name: "corroboration", query: `query($id: ID!) { node(id: $id) { ... on Claim { text corroboration {
		attributions denials documents outlets originsAtLeast originsAtMost singleSourced circular basis { id title } } } } }`},
	{name: "corroboration with variants, as of a day", query: `query($id: ID!) { node(id: $id) { ... on Claim { text
		corroboration(variants: true, asOf: "2023-06-01T00:00:00Z") { originsAtLeast originsAtMost basis { id title } } } } }`},
	{name: "authority", query: `query($id: ID!) { authority(claim: $id) { footing polarity
		hops { kind actors { id name } spans { exact } } } }`},
	{name: "contradictions", query: `query($id: ID!) { contradictions(filter: {id: [$id]}) { nodes { type score
		one { claim { id text } attributions { caption } } other { claim { id text } attributions { caption } } } } }`},
	{name: "timeline", query: `query($id: ID!) { node(id: $id) { ... on Claim { timeline { at role newWording document { id title } } } } }`},
	{name: "receipts", query: `query($id: ID!) { node(id: $id) { ... on Claim { receipts { textSha256 loaderVersion spans { exact } } } } }`},
}

var ofActor = []question{
	{name: "subgraph of 300 nodes, busiest actor", query: `query($id: ID!) { subgraph(seeds: [$id]) { total omitted
		nodes { id kind label caption } edges { id kind from to derived } } }`},
	{name: "subgraph to depth 2", query: `query($id: ID!) { subgraph(seeds: [$id], depth: 2) { nodes { id caption } edges { kind from to } } }`},
	{name: "subgraph as of a day", query: `query($id: ID!) { subgraph(seeds: [$id], asOf: "2023-06-01T00:00:00Z") {
		nodes { id caption } edges { kind from to } } }`},
	{name: "neighbour counts, busiest actor", query: `query($id: ID!) { neighbourCounts(ids: [$id]) { counts { edge kind count } } }`},
	{name: "attributions of the busiest actor", query: `query($id: ID!) { node(id: $id) { ... on Actor { attributions(first: 20) {
		nodes { id caption content { id text } } pageInfo { hasNextPage endCursor } } } } }`},
	{name: "loaded terms, busiest actor", query: `query($id: ID!) { loadedTerms(actor: $id) { term count } }`},
}

// measure asks the question so often, and once before, and prints what that took.
func (q question) measure(ctx context.Context, url string, rounds int) error {
	body, err := json.Marshal(map[string]any{"query": q.query, "variables": map[string]any{"id": q.id}})
	if err != nil {
		return err
	}
	var took []time.Duration
	var size int
	if _, err = ask(ctx, url, body); err != nil {
		return err
	}
	cpu := cpuTime()
	for began := time.Now(); len(took) < rounds && (len(took) < 5 || time.Since(began) < 10*time.Second); {
		start := time.Now()
		if size, err = ask(ctx, url, body); err != nil {
			return err
		}
		took = append(took, time.Since(start))
	}
	cpu = (cpuTime() - cpu) / time.Duration(len(took))
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	fmt.Printf("%-44s %9.1f %9.1f %9.1f %9d\n", q.name, ms(took[len(took)/2]), ms(took[len(took)-1]), ms(cpu), size)
	return nil
}

func ask(ctx context.Context, url string, body []byte) (size int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(`"errors":`))) {
		err = fmt.Errorf("%s: %.500s", response.Status, answer)
	}
	return len(answer), err
}

// cpuTime is what the process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
