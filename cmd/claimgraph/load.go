package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/meaning"
	"github.com/claimgraph/claimgraph/loader/read"
)

func (p *program) loadCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "load [flags] PATH|URL|- ...",
		Short: "Load articles into the graph",
		Long: `Load reads articles, finds who says what in them, and puts that into the graph.

Articles that the graph has already, from the same text and by the same analysis, are not touched: a load can be
repeated, and one that was stopped goes on where it was. An article that fails is reported and passed over, and the
exit status is 1.` + sourcesHelp + storeHelp,
		Example: `  claimgraph load articles/
  claimgraph load story.html https://news.example/2025/story
  curl -s https://news.example/story | claimgraph load -
  claimgraph load --store bolt://127.0.0.1:7687/neo4j articles/`,
		Args: usageOf(cobra.MinimumNArgs(1)),
	}
	store, reading := storeFlag(c), addReadFlags(c)
	batch := positive(25)
	c.Flags().Var(&batch, "batch", "articles that are stored in one transaction")
	c.RunE = func(c *cobra.Command, args []string) error {
		defer boundHeap(reading.model.value)()
		g, err := p.open(c.Context(), p.place(*store), false)
		if err != nil {
			return err
		}
		l, err := p.loader(g, p.reader(reading), reading.model.value, int(reading.workers))
		if err != nil {
			return errors.Join(err, g.Close(c.Context()))
		}
		l.Options = loader.Options{Workers: int(reading.workers), GroupDocuments: int(batch)}
		err = p.load(c.Context(), l, args)
		return errors.Join(err, g.Close(context.WithoutCancel(c.Context())))
	}
	return c
}

// How much memory Go may use while articles are loaded, and how much garbage it leaves below that, in percent of what is in
// use: beside the memory of SQLite and the weights, which Go does not count, and the program's own, a load of whatever length
// takes less than 300 MB, and a tenth less time than with the garbage that Go leaves by itself.
const (
	heapOfLoad    = 160 << 20
	weightsOfLoad = 40 << 20 // less, if they are used
	garbageOfLoad = 400
)

// boundHeap holds Go to that, unless GOMEMLIMIT or GOGC say otherwise, until the function that it returns is called.
func boundHeap(model string) (restore func()) {
	limit := debug.SetMemoryLimit(-1)
	if limit != math.MaxInt64 || os.Getenv("GOGC") != "" {
		return func() {}
	}
	bound := int64(heapOfLoad)
	if model == accurate {
		bound -= weightsOfLoad
	}
	debug.SetMemoryLimit(bound)
	before := debug.SetGCPercent(garbageOfLoad)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(before)
	}
}

// loader returns a loader of what source reads into the graph, which analyses so many articles at once.
func (p *program) loader(g *graph.Graph, source loader.Source, model string, workers int) (*loader.Loader, error) {
	analyser, err := newAnalyser(model, workers)
	if err != nil {
		return nil, err
	}
	l := &loader.Loader{Graph: g, Source: source, Analyser: analyser, Now: p.now, Log: p.log(slog.LevelWarn)}
	if model == accurate {
		sense, err := meaning.New(&encoder.Options{Workers: workers})
		if err != nil {
			return nil, err
		}
		l.Sense = sense
	}
	return l, nil
}

// load loads what args mean, and tells how far it is and what came of it.
func (p *program) load(ctx context.Context, l *loader.Loader, args []string) error {
	progress := p.newProgress(args)
	l.Observe = progress.observe
	summary, err := l.Load(ctx, read.Refs(args...))
	progress.end()
	p.summarise(summary)
	switch {
	case err != nil:
		return fmt.Errorf("stopped after %d documents, which are in the graph; repeat the command to load the rest: %w",
			summary.Loaded+summary.Replaced+summary.Unchanged, err)
	case summary.Failed > 0:
		return errReported
	}
	return nil
}

// summarise says what came of a load.
func (p *program) summarise(s loader.Summary) {
	p.say("%d loaded, %d replaced, %d unchanged, %d failed; %d nodes and %d edges written in %s, %.1f documents/s",
		s.Loaded, s.Replaced, s.Unchanged, s.Failed, s.Nodes, s.Edges, s.Duration.Round(time.Millisecond), s.Rate())
	for _, f := range s.Failures {
		p.warn("failed: %s", oneLine(f.Err))
	}
	if more := s.Failed - len(s.Failures); more > 0 {
		p.warn("failed: %d more", more)
	}
}
