// Command generate fills a graph with made-up documents, for measurements. The same number gives the same documents,
// each about 130 nodes and 260 edges, with actors and claims that many documents share and few share often; the first
// of more are the same as fewer. A run that was interrupted goes on where the next is started.
//
//	go run ./bench/generate --store sqlite:PATH --documents 1000
//	go run ./bench/generate --store bolt://127.0.0.1:7687/neo4j --documents 20000
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph"
	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
)

func main() {
	store := flag.String("store", "", "where the graph is: sqlite:PATH or bolt://HOST:PORT/DATABASE")
	documents := flag.Int("documents", 1000, "how many documents the graph shall hold")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *store, *documents); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1) //nolint:gocritic // nothing is left to tidy up
	}
}

func run(ctx context.Context, place string, documents int) error {
	store, err := open(ctx, place)
	if err != nil {
		return err
	}
	g := graph.New(store)
	return errors.Join(fill(ctx, g, documents), g.Close(context.WithoutCancel(ctx)))
}

func open(ctx context.Context, place string) (graph.Store, error) {
	if path, ok := strings.CutPrefix(place, "sqlite:"); ok {
		return sqlitegraph.Open(ctx, path, &sqlitegraph.Options{Migrate: true}) // it may be kept from an earlier run
	}
	return neo4jgraph.Open(ctx, place, &neo4jgraph.Options{Migrate: true})
}

// group is how many documents are put at once.
const group = 50

// fill adds the documents that are still missing.
func fill(ctx context.Context, g *graph.Graph, documents int) error {
	stats, err := g.Stats(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	for done := stats.Documents; done < documents; {
		n := min(group, documents-done)
		if err := g.Put(ctx, graphtest.DocumentsFrom(done, n, 1)...); err != nil {
			return err
		}
		done += n
		if done%1000 == 0 || done == documents {
			fmt.Fprintf(os.Stderr, "%d of %d documents, %v\n", done, documents, time.Since(began).Round(time.Second))
		}
	}
	return nil
}
