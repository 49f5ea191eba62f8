// Command apollo compares claimgraph with what else one could put before the same Neo4j: Apollo Server with
// @neo4j/graphql, which makes its API from types. Both answer the same questions over the same generated graph, and
// the answers are held to be equal, value by value.
//
// It needs build/claimgraph and the packages of package.json; "make bench-apollo" sees to both. The graph is made by
// bench/generate at the first run and kept under build/bench.
//
// The two take turns, so that both see the same noise, and what counts are ratios within one run. Each turn asks one
// question again and again over some connections, or over one. Processor time is that of the server's process and of
// Neo4j's; the client is this program, and costs both the same.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"time"

	"github.com/claimgraph/claimgraph/graph/neo4jgraph/neo4jtest"
)

func main() {
	c := &comparison{}
	flag.IntVar(&c.documents, "documents", 20_000, "how many generated documents the graph holds")
	flag.StringVar(&c.store, "store", "", "a Neo4j server that holds them already, as bolt://HOST:PORT/DATABASE; default: one of its own")
	flag.IntVar(&c.rounds, "rounds", 5, "turns of each side for each question")
	flag.DurationVar(&c.turn, "turn", 3*time.Second, "how long a turn lasts")
	flag.DurationVar(&c.warm, "warm", 15*time.Second, "how long each side answers a question before it is measured")
	flag.IntVar(&c.connections, "connections", 8, "connections at once")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := c.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "apollo:", err)
		os.Exit(1) //nolint:gocritic // nothing is left to tidy up
	}
}

// A comparison is what is compared, and how.
type comparison struct {
	documents   int
	store       string // URI
	rounds      int
	turn        time.Duration
	warm        time.Duration
	connections int
}

func (c *comparison) run(ctx context.Context) error {
	var neo4j neo4jtest.Server
	defer neo4j.Stop()
	if c.store == "" {
		if err := c.fill(ctx, &neo4j); err != nil {
			return err
		}
	}
	ours, err := start(ctx, "build/claimgraph", "serve", "--store", c.store, "--addr", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer ours.stop()
	theirs, err := start(ctx, "node", "bench/apollo/server.mjs", c.store)
	if err != nil {
		return err
	}
	defer theirs.stop()

	questions, err := questions(ctx, c.store)
	if err != nil {
		return err
	}
	fmt.Printf("| %d documents, a request | claimgraph | Apollo | ratio | target |\n|---|---|---|---|---|\n", c.documents)
	for _, q := range questions {
		if err := c.compare(ctx, q, ours, theirs); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
	}
	return nil
}

// fill starts a Neo4j server that keeps its data, and makes the documents that it lacks.
func (c *comparison) fill(ctx context.Context, neo4j *neo4jtest.Server) error {
	neo4j.Throughput = true
	var err error
	if neo4j.Dir, err = filepath.Abs(filepath.Join("build", "bench", "neo4j-"+strconv.Itoa(c.documents))); err != nil {
		return err
	}
	if c.store, err = neo4j.Start(ctx); err != nil {
		return err
	}
	generate := exec.CommandContext(ctx, "go", "run", "./bench/generate", "--store", c.store, "--documents", strconv.Itoa(c.documents))
	generate.Stderr = os.Stderr
	return generate.Run()
}

// compare lets both sides answer the question in turn, and prints what it took.
func (c *comparison) compare(ctx context.Context, q question, ours, theirs *program) error {
	sides := []*side{{program: ours, body: q.ours}, {program: theirs, body: q.theirs}}
	if err := q.equal(ctx, sides[0], sides[1]); err != nil {
		return err
	}
	for _, s := range sides { // so that everybody has planned and compiled what is needed: Java does so for thousands of requests
		if _, err := load(ctx, s, c.connections, c.warm); err != nil {
			return err
		}
	}
	for range c.rounds {
		for _, s := range sides {
			if err := s.answer(ctx, c); err != nil {
				return err
			}
		}
	}
	a, b := sides[0], sides[1]
	row := func(what string, a, b, ratio float64, target string) {
		fmt.Printf("| %s: %s | %.3g | %.3g | **%.2f** | %s |\n", q.name, what, a, b, ratio, target)
	}
	row(fmt.Sprintf("requests/s at %d connections", c.connections), a.rate(), b.rate(), a.rate()/b.rate(), fmt.Sprintf("≥ %g", q.target))
	row("CPU of server and Neo4j, ms", a.each(a.server+a.neo4j), b.each(b.server+b.neo4j),
		b.each(b.server+b.neo4j)/a.each(a.server+a.neo4j), "in like proportion")
	row("of that the server's", a.each(a.server), b.each(b.server), b.each(b.server)/a.each(a.server), "")
	row("of that Neo4j's", a.each(a.neo4j), b.each(b.neo4j), b.each(b.neo4j)/a.each(a.neo4j), "")
	p50, q50 := milliseconds(median(a.alone)), milliseconds(median(b.alone))
	row("p50 at one connection, ms", p50, q50, q50/p50, "≥ 1")
	row("answer, kB", float64(a.bytes)/1e3, float64(b.bytes)/1e3, float64(b.bytes)/float64(a.bytes), "")
	return nil
}

// A side is one server with the question in its words, and what its turns took.
type side struct {
	*program
	body []byte

	requests int
	wall     time.Duration
	server   time.Duration // processor time
	neo4j    time.Duration
	alone    []time.Duration // of each request at one connection
	bytes    int             // of one answer
}

// answer is one turn: over all connections, then over one.
func (s *side) answer(ctx context.Context, c *comparison) error {
	server, serverErr := s.processorTime()
	neo4j, neo4jErr := neo4jtest.ProcessorTime(ctx, c.store)
	began := time.Now()
	many, err := load(ctx, s, c.connections, c.turn)
	s.wall += time.Since(began)
	if err := cmp.Or(err, serverErr, neo4jErr); err != nil {
		return err
	}
	neo4jAfter, neo4jErr := neo4jtest.ProcessorTime(ctx, c.store)
	serverAfter, serverErr := s.processorTime()
	one, err := load(ctx, s, 1, c.turn/2)
	s.requests += len(many)
	s.server, s.neo4j = s.server+serverAfter-server, s.neo4j+neo4jAfter-neo4j
	s.alone = append(s.alone, one...)
	return errors.Join(err, serverErr, neo4jErr)
}

func (s *side) rate() float64 { return float64(s.requests) / s.wall.Seconds() }

// each returns a total in milliseconds for one request.
func (s *side) each(total time.Duration) float64 { return milliseconds(total) / float64(s.requests) }

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1e3 }
