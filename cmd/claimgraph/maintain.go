package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
)

func (p *program) migrateCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "migrate",
		Short: "Set the graph's database up, or bring an older one up to date",
		Long: `Migrate makes the tables, constraints and indexes that the graph needs, and brings those of an older claimgraph up
to date. Where everything is there already it changes nothing. A database of something else is refused.` + storeHelp,
		Example: `  claimgraph migrate
  claimgraph migrate --store bolt://127.0.0.1:7687/neo4j`,
		Args: usageOf(cobra.NoArgs),
	}
	store := storeFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		g, err := p.open(c.Context(), p.place(*store), true)
		if err != nil {
			return err
		}
		p.say("the schema is up to date")
		return g.Close(c.Context())
	}
	return c
}

func (p *program) exportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the whole graph as JSON lines",
		Long: `Export writes every node with its properties and the edges that lead away from it, one JSON object a line, in an
order that depends on nothing but the graph: two stores that hold the same graph give the same bytes.` + storeHelp,
		Example: `  claimgraph export > graph.jsonl
  claimgraph export --store bolt://127.0.0.1:7687/neo4j -o graph.jsonl`,
		Args: usageOf(cobra.NoArgs),
	}
	store := storeFlag(c)
	file := c.Flags().StringP("output", "o", "", "the file to write (default standard output)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		place := p.place(*store)
		if path, ok := strings.CutPrefix(place, "sqlite:"); ok {
			if _, err := os.Stat(path); err != nil {
				return fmt.Errorf("export %s: %w; load documents into it first", place, err)
			}
		}
		g, err := p.open(c.Context(), place, false)
		if err != nil {
			return err
		}
		return errors.Join(p.export(c.Context(), g, *file), g.Close(context.WithoutCancel(c.Context())))
	}
	return c
}

func (p *program) export(ctx context.Context, g *graph.Graph, path string) error {
	if path == "" {
		return g.Export(ctx, p.out)
	}
	return writeFile(path, func(w io.Writer) error { return g.Export(ctx, w) })
}

// writeFile writes a file; one that could not be written to its end is removed.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := errors.Join(write(w), w.Flush(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Args:  usageOf(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			p.say("claimgraph %s (loader %s, analysis %s, %s)",
				version(), loader.Version, analyse.Version(tagger.Version()), runtime.Version())
			return nil
		},
	}
}

// version returns the program's version as the build recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}
