package main

import (
	"log/slog"
	"net/netip"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
	"github.com/claimgraph/claimgraph/loader/read"
)

const sourcesHelp = `

Each argument is a file, a folder (the text and HTML files in it and in folders below), a URL, or - for standard input.
Only public web addresses on the usual ports are fetched, unless --allow-private is given.`

// readFlags say how articles are read.
type readFlags struct {
	workers      positive
	maxSize      positive // MB
	timeout      time.Duration
	allowPrivate bool
	model        choice
}

func addReadFlags(c *cobra.Command) *readFlags {
	f := &readFlags{workers: positive(runtime.GOMAXPROCS(0)), maxSize: read.DefaultMaxSize >> 20}
	c.Flags().Var(&f.workers, "workers", "articles that are read or analysed at once")
	c.Flags().Var(&f.maxSize, "max-size", "the most that one article may have, in MB")
	f.model = choice{accurate, []string{accurate, fast}}
	c.Flags().Var(&f.model, "model", "how attributions are found: accurate, by the trained tagger, or fast, by rules")
	c.Flags().DurationVar(&f.timeout, "timeout", 30*time.Second, "the most time to fetch one URL")
	c.Flags().BoolVar(&f.allowPrivate, "allow-private", false, "fetch URLs at private addresses and any port, too")
	return f
}

// reader returns what reads the articles.
func (p *program) reader(f *readFlags) *read.Reader {
	o := read.Options{MaxSize: int64(f.maxSize) << 20, Stdin: p.in, Fetch: read.FetchOptions{Timeout: f.timeout}}
	if f.allowPrivate {
		o.Fetch.AllowedPrefixes = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}
		o.Fetch.AnyPort = true
	}
	return read.NewReader(&o)
}

// The ways to find attributions, by the name that --model gives them.
const (
	accurate = "accurate"
	fast     = "fast"
)

// newAnalyser returns what analyses articles, so many at once.
func newAnalyser(model string, workers int) (*analyse.Analyser, error) {
	if model == fast {
		return analyse.New(attributions.Rules{})
	}
	t, err := tagger.New(&encoder.Options{Workers: workers})
	if err != nil {
		return nil, err
	}
	return analyse.New(t)
}

// log returns a logger of what people should know about.
func (p *program) log(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: level}))
}
