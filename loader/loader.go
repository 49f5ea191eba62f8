// Package loader brings documents into a graph: it reads them, has them analysed, assembles what each one contributes,
// and puts that into the store, group by group, without losing or repeating anything.
package loader

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"log/slog"
	"runtime"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/read"
)

// Version names the rules by which analyses become nodes and edges. It changes whenever Assemble's result does.
const Version = "4"

// Options bound what a Loader does at once. Zero values mean the defaults.
type Options struct {
	GroupDocuments int           // documents of one transaction; default 25, at most 1000
	GroupBytes     int           // of their text, from which on a group is full; default 256 KB
	Workers        int           // documents that are read or analysed at once; default the number of processors
	Attempts       int           // how often to call a store that is unavailable; default 6
	Pause          time.Duration // before the second attempt, then doubling; default 0.5 s
}

func (o Options) withDefaults() Options {
	o.GroupDocuments = min(cmp.Or(o.GroupDocuments, 25), graph.MaxFirst)
	o.GroupBytes = cmp.Or(o.GroupBytes, 256<<10)
	o.Workers = cmp.Or(o.Workers, runtime.GOMAXPROCS(0))
	o.Attempts = cmp.Or(o.Attempts, 6)
	o.Pause = cmp.Or(o.Pause, 500*time.Millisecond)
	return o
}

// maxText is the most text that one article may have, in bytes: what it brings to the graph takes some 500 times as much
// memory, and no article is as long as a book of 500 pages.
const maxText = 1 << 20

// ErrTooLong means that a text is too long to be one article.
var ErrTooLong = errors.New("too long for one article: split it")

// A Source reads the article at a reference. It is called from several goroutines. read.Reader is one.
type Source interface {
	Read(ctx context.Context, ref read.Ref) (*read.Document, error)
}

// A Loader loads documents into a graph. All its fields but Sense and Observe are required; it may run several loads.
type Loader struct {
	Graph    *graph.Graph
	Source   Source
	Analyser *analyse.Analyser
	Sense    Sense // nil: claims are compared by their words alone
	Now      func() time.Time
	Log      *slog.Logger
	Observe  func(Event) // told of every document, by one goroutine at a time; may be nil
	Options
}

// Load loads the articles at refs and says what came of them. A document that cannot be read, analysed or stored is
// counted and passed over. A document that the graph holds already, from the same text and by the same analysis, is
// not touched.
//
// An error means that the load stopped early: what Summary counts as loaded is in the graph, and loading the same
// again finishes the rest. ErrInterrupted means that ctx ended, and then the documents that were analysed already have
// been loaded; any other error is the store's.
func (l *Loader) Load(ctx context.Context, refs iter.Seq2[read.Ref, error]) (Summary, error) {
	j := newJob(l)
	reading, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	ready := make(chan readyGroup) // While one group is written, the next is prepared.
	written := make(chan error, 1)
	go func() { written <- j.write(reading, ready, stop) }()
	err := j.prepare(reading, j.groups(reading, refs), ready, stop)
	close(ready)
	err = cmp.Or(<-written, err)
	if err == nil && ctx.Err() != nil {
		err = ErrInterrupted
	}
	j.finder.report(ctx, j.Log)
	return j.finish(), err
}
