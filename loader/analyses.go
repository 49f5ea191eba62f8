package loader

import (
	"context"
	"iter"

	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/read"
)

// An Analysed is an article with its analysis or, where Err is set, without.
type Analysed struct {
	Ref      read.Ref
	Document *read.Document
	Analysis *analyse.Analysis
	Err      error // names the reference
}

// Analyses reads and analyses the articles, workers at once, and yields them in the order of refs until ctx ends. No
// store is involved.
func Analyses(
	ctx context.Context, refs iter.Seq2[read.Ref, error], source Source, analyser *analyse.Analyser, workers int,
) iter.Seq[Analysed] {
	return inOrder(workers, until(ctx, refs), func(l listed) Analysed {
		a := Analysed{Ref: l.ref, Err: l.err}
		if a.Err == nil {
			a.Document, a.Err = readDocument(ctx, source, l.ref)
		}
		if a.Err == nil {
			a.Analysis, a.Err = analyseDocument(ctx, analyser, l.ref, a.Document)
		}
		return a
	})
}

func readDocument(ctx context.Context, source Source, ref read.Ref) (*read.Document, error) {
	return guarded("read", ref, func() (*read.Document, error) { return source.Read(ctx, ref) })
}

func analyseDocument(
	ctx context.Context, analyser *analyse.Analyser, ref read.Ref, doc *read.Document,
) (*analyse.Analysis, error) {
	return guarded("analyse", ref, func() (*analyse.Analysis, error) { return analyser.Analyse(ctx, doc) })
}
