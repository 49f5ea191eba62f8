// Command claimgraph turns news documents into a graph of who said what, on whose authority, where, and what it says
// about whom, and serves it by GraphQL. `claimgraph help` lists what it does.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/claimgraph/claimgraph/loader"
)

// Exit statuses.
const (
	statusFailed      = 1
	statusUsage       = 2
	statusInterrupted = 130 // as shells report a process that Ctrl-C ended
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // A second Ctrl-C ends the process at once.
	p := &program{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, now: time.Now,
		listening: func(string) {},
	}
	os.Exit(p.Run(ctx, os.Args[1:]...))
}

// A program is claimgraph with all that it touches of its process, so that tests can start it, too.
type program struct {
	in        io.Reader
	out, err  io.Writer
	env       func(name string) string
	now       func() time.Time
	listening func(url string) // told where a server answers
}

// Run runs one command line until it ends or ctx does, and returns the exit status. What goes wrong is said on err, in
// one line.
func (p *program) Run(ctx context.Context, args ...string) int {
	root := p.command()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errReported):
		return statusFailed
	}
	p.warn("claimgraph: %s", oneLine(err))
	switch {
	case errors.As(err, &usage):
		return statusUsage
	case errors.Is(err, loader.ErrInterrupted), ctx.Err() != nil:
		return statusInterrupted
	}
	return statusFailed
}

// say prints a line to out, and warn to err. A stream that fails leaves nobody to tell.
func (p *program) say(format string, args ...any) { _, _ = fmt.Fprintf(p.out, format+"\n", args...) }

func (p *program) warn(format string, args ...any) { _, _ = fmt.Fprintf(p.err, format+"\n", args...) }

func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "claimgraph",
		Short: "A graph of who said what, on whose authority, and what it says about whom",
		Long: `claimgraph reads news documents and keeps who said what, on whose authority, where, and what it says about
whom, as a graph in SQLite or Neo4j. It serves that graph by GraphQL.

Try it:                  claimgraph demo
Load your own articles:  claimgraph load articles/ https://news.example/story
Serve them:              claimgraph serve

CLAIMGRAPH_STORE says where the graph is, as --store does; see claimgraph help load.`,
		Args:          usageOf(cobra.NoArgs),
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.SetFlagErrorFunc(badUsage)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		p.demoCommand(), p.loadCommand(), p.serveCommand(), p.extractCommand(),
		p.migrateCommand(), p.exportCommand(), p.versionCommand(),
	)
	return root
}
