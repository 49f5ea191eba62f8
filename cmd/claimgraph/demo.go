package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimgraph/claimgraph/examples"
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/read"
)

func (p *program) demoCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "demo",
		Short: "Load the example articles into a temporary graph and serve it",
		Long: `Demo loads articles that come with claimgraph, by made-up outlets about made-up events, into a graph in a temporary
file, and serves it as claimgraph serve does. The file is removed at the end.`,
		Example: `  claimgraph demo
  claimgraph demo --addr 127.0.0.1:9000`,
		Args: usageOf(cobra.NoArgs),
	}
	flags := &serveFlags{reading: addReadFlags(c)}
	addrFlag(c, flags)
	c.RunE = func(c *cobra.Command, _ []string) error {
		dir, err := os.MkdirTemp("", "claimgraph-demo-")
		if err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		return errors.Join(p.demo(c.Context(), filepath.Join(dir, "graph.db"), flags), os.RemoveAll(dir))
	}
	return c
}

func (p *program) demo(ctx context.Context, path string, f *serveFlags) error {
	g, err := p.open(ctx, "sqlite:"+path, false)
	if err != nil {
		return err
	}
	err = p.loadExamples(ctx, g)
	if err == nil {
		err = p.serve(ctx, g, f, p.log(slog.LevelWarn))
	}
	return errors.Join(err, g.Close(context.WithoutCancel(ctx)))
}

func (p *program) loadExamples(ctx context.Context, g *graph.Graph) error {
	l, err := p.loader(g, embedded{}, accurate, runtime.GOMAXPROCS(0))
	if err != nil {
		return err
	}
	summary, err := l.Load(ctx, exampleRefs)
	p.summarise(summary)
	return err
}

// scheme begins the references of the embedded articles.
const scheme = "example:"

// exampleRefs lists the embedded articles.
func exampleRefs(yield func(read.Ref, error) bool) {
	entries, err := fs.ReadDir(examples.Articles(), ".")
	if err != nil {
		yield(scheme, err)
		return
	}
	for _, entry := range entries {
		if !yield(read.Ref(scheme+entry.Name()), nil) {
			return
		}
	}
}

// embedded is the source of the embedded articles.
type embedded struct{}

func (embedded) Read(_ context.Context, ref read.Ref) (*read.Document, error) {
	data, err := fs.ReadFile(examples.Articles(), strings.TrimPrefix(string(ref), scheme))
	if err != nil {
		return nil, err
	}
	return read.Parse(data, read.Hints{Path: string(ref)})
}
