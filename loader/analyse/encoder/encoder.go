// Package encoder reads text by a small transformer of the BERT kind, quantised to eight bits: it gives every word piece
// a score for each label of each tag head, and scores which pieces belong together; or it gives a text as a whole a
// place among others, by what it means. The same model gives the same numbers, to the bit, on every processor; package
// kernel says how.
//
// A Model comes from a file that the program convert writes. Its tokeniser makes Tokens of paragraphs, Pack lays these
// out in windows, and an Encoder scores windows:
//
//	windows := encoder.Pack(model, paragraphs)
//	err := enc.Encode(ctx, windows, func(i int, s *encoder.Scores) {
//		labels = s.Decode(labels[:0], head, windows[i].Rows())
//	})
package encoder

import (
	"context"
	"fmt"
	"runtime"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

// batchPieces is how many pieces go through the encoder together, if there are that many: enough that fetching the
// weights costs little beside using them, and few enough that activations stay in the cache.
const batchPieces = 256

// Options say how an encoder works. The zero value, or nil, is good.
type Options struct {
	Kernel  *kernel.Kernel // kernel.Best(), if nil
	Workers int            // how many calls of Encode compute at a time: GOMAXPROCS, if 0
}

// An Encoder scores windows of pieces by a model. It is safe for concurrent use: up to Workers calls of Encode compute
// at a time, each with its own memory (about 4 MB for six layers of 384), others wait.
type Encoder struct {
	model   *Model
	kernel  *kernel.Kernel
	workers chan *worker // nil stands for one that was not needed so far
}

// New returns an encoder.
func New(m *Model, o *Options) *Encoder {
	if o == nil {
		o = &Options{}
	}
	e := &Encoder{model: m, kernel: o.Kernel}
	if e.kernel == nil {
		e.kernel = kernel.Best()
	}
	n := o.Workers
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	e.workers = make(chan *worker, n)
	for range n {
		e.workers <- nil
	}
	return e
}

// A Window is what is read together: pieces, of which each has the shape of its word.
type Window struct {
	Pieces []int32
	Shapes []wordpiece.Shape
	Places []Place // of the words' first pieces and the separators, in order; see Pack
}

// Encode scores windows and calls visit with each, in order, and with its scores, which hold until visit returns. A
// window that is empty, longer than the model's, or has unknown pieces or shapes is ErrInvalid, and then none is
// visited.
func (e *Encoder) Encode(ctx context.Context, windows []Window, visit func(i int, s *Scores)) error {
	return e.run(ctx, windows, func(w *worker, first, n int) {
		w.score(n)
		for i := range n {
			visit(first+i, w.scores(i))
		}
	})
}

// run encodes windows and calls visit with each batch: n windows from the first on, as the worker holds them.
func (e *Encoder) run(ctx context.Context, windows []Window, visit func(w *worker, first, n int)) error {
	for i := range windows {
		if err := e.check(&windows[i]); err != nil {
			return fmt.Errorf("window %d: %w", i, err)
		}
	}
	var w *worker
	select {
	case w = <-e.workers:
	case <-ctx.Done():
		return ctx.Err()
	}
	if w == nil {
		w = newWorker(e.model, e.kernel)
	}
	defer func() { e.workers <- w }()
	for first := 0; first < len(windows); {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := batch(windows[first:])
		w.encode(windows[first : first+n])
		visit(w, first, n)
		first += n
	}
	return nil
}

// batch returns how many of the windows to read together.
func batch(windows []Window) int {
	n, pieces := 0, 0
	for n < len(windows) && (n == 0 || pieces+len(windows[n].Pieces) <= batchPieces) {
		pieces += len(windows[n].Pieces)
		n++
	}
	return n
}

func (e *Encoder) check(w *Window) error {
	p := &e.model.parameters
	if len(w.Pieces) == 0 || len(w.Pieces) > p.Window || len(w.Shapes) != len(w.Pieces) {
		return fmt.Errorf("%w: %d pieces and %d shapes; the model reads 1 to %d",
			graph.ErrInvalid, len(w.Pieces), len(w.Shapes), p.Window)
	}
	for i, piece := range w.Pieces {
		if piece < 0 || int(piece) >= p.Pieces || w.Shapes[i] >= wordpiece.Shapes {
			return fmt.Errorf("%w: piece %d of shape %d; the model knows %d and %d",
				graph.ErrInvalid, piece, w.Shapes[i], p.Pieces, wordpiece.Shapes)
		}
	}
	return nil
}
