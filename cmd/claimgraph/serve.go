package main

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/spf13/cobra"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/queue"
	"github.com/claimgraph/claimgraph/loader/read"
	"github.com/claimgraph/claimgraph/resolvers"
	"github.com/claimgraph/claimgraph/server"
	"github.com/claimgraph/claimgraph/web"
)

// serveFlags say where a server listens.
type serveFlags struct {
	addr        string
	allowRemote bool
	hosts       []string
	analyst     string
	loadFrom    string // the folder whose files jobs may load; "": none
	reading     *readFlags
}

func (p *program) serveCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph by GraphQL",
		Long: `Serve answers GraphQL at /graphql, with an editor for queries at /graphiql and a page at /. It tells its health at
/livez and /readyz, and measurements at /metrics. It logs to standard error, and ends with Ctrl-C.

There is no authentication yet: only this machine can reach the server unless --allow-remote is given. Then everybody may
read, and nobody may judge, retract or load; otherwise whoever reaches the server may, in the name that --analyst gives.` + storeHelp,
		Example: `  claimgraph serve
  claimgraph serve --store bolt://127.0.0.1:7687/neo4j --addr 127.0.0.1:9000
  claimgraph serve --addr 0.0.0.0:8080 --allow-remote --host graph.example`,
		Args: usageOf(cobra.NoArgs),
	}
	store := storeFlag(c)
	flags := &serveFlags{reading: addReadFlags(c)}
	addrFlag(c, flags)
	c.Flags().BoolVar(&flags.allowRemote, "allow-remote", false, "listen on addresses that other machines can reach")
	c.Flags().StringVar(&flags.loadFrom, "load-from", "", "the folder whose files clients may have loaded; without it, web addresses alone")
	c.Flags().StringSliceVar(&flags.hosts, "host", nil, "a name beside localhost by which browsers may call the server")
	c.RunE = func(c *cobra.Command, _ []string) error {
		g, err := p.open(c.Context(), p.place(*store), false)
		if err != nil {
			return err
		}
		log := slog.New(slog.NewJSONHandler(p.err, nil))
		return errors.Join(p.serve(c.Context(), g, flags, log), g.Close(context.WithoutCancel(c.Context())))
	}
	return c
}

func addrFlag(c *cobra.Command, f *serveFlags) {
	c.Flags().StringVar(&f.addr, "addr", "127.0.0.1:8080", "the host and port to listen on; port 0 means any free one")
	c.Flags().StringVar(&f.analyst, "analyst", "analyst", "the name under which judgements from this machine are recorded")
}

// jobs returns what runs the jobs that clients ask for. What analyses articles is made ready when the first job begins.
func (p *program) jobs(g *graph.Graph, f *serveFlags, log *slog.Logger) *queue.Runner {
	ready := sync.OnceValues(func() (*loader.Loader, error) {
		return p.loader(g, p.reader(f.reading), f.reading.model.value, int(f.reading.workers))
	})
	return queue.New(queue.Options{
		Graph: g, Log: log, Now: p.now, Root: f.loadFrom,
		Load: func(ctx context.Context, refs iter.Seq2[read.Ref, error], observe func(loader.Event)) (loader.Summary, error) {
			base, err := ready()
			if err != nil {
				return loader.Summary{}, err
			}
			l := *base
			l.Log, l.Observe = log, observe
			return l.Load(ctx, refs)
		},
	})
}

// serve serves the graph until ctx ends.
func (p *program) serve(ctx context.Context, g *graph.Graph, f *serveFlags, log *slog.Logger) error {
	jobs := p.jobs(g, f, log)
	reads := resolvers.NewReads(g)
	reads.Sense = newLateSense(int(f.reading.workers))
	service := resolvers.Service{Graph: g, Jobs: jobs, Now: p.now}
	s, err := server.New(server.Options{
		Schema: service.Schema(), Extensions: []graphql.HandlerExtension{reads}, Graph: g, Log: log,
		Addr: f.addr, AllowRemote: f.allowRemote, Hosts: f.hosts, Analyst: f.analyst, Web: web.Files, Version: version(),
	})
	if err != nil {
		return err
	}
	l, err := s.Listen(ctx)
	if err != nil {
		return err
	}
	url := "http://" + l.Addr().String()
	p.say("page      %s/\nGraphQL   %s/graphql\nGraphiQL  %s/graphiql\nCtrl-C ends it", url, url, url)
	p.listening(url)
	running, stop := context.WithCancel(ctx)
	var worker sync.WaitGroup
	worker.Go(func() { jobs.Run(running) })
	err = s.Serve(ctx, l)
	stop()
	worker.Wait()
	return err
}
