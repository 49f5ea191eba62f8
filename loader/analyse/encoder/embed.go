package encoder

import (
	"context"
	"math"

	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

// Embed returns for each text a vector of Shape.Hidden values and of length 1: the mean of what the last layer makes of
// its pieces (Reimers and Gurevych 2019, arXiv:1908.10084). The product of two vectors tells how close the texts are in
// meaning, if the model was trained for that. Of a text longer than a window only its beginning counts.
func (e *Encoder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	windows := make([]Window, len(texts))
	for i, text := range texts {
		windows[i] = e.whole(text)
	}
	vectors := make([][]float32, len(texts))
	err := e.run(ctx, windows, func(w *worker, first, n int) {
		for i := range n {
			vectors[first+i] = w.mean(i)
		}
	})
	if err != nil {
		return nil, err
	}
	return vectors, nil
}

// whole lays a text out in one window, without the shapes of its words.
func (e *Encoder) whole(text string) Window {
	tokeniser, size := e.model.tokeniser, e.model.parameters.Window
	const longest = 64 // bytes that a piece stands for, more than any does: what is behind the window is not looked at
	var t wordpiece.Tokens
	tokeniser.Append(&t, text[:min(len(text), longest*size)])
	pieces := append(make([]int32, 0, size), tokeniser.First)
	pieces = append(pieces, t.Pieces[:min(len(t.Pieces), size-2)]...)
	pieces = append(pieces, tokeniser.Separator)
	return Window{Pieces: pieces, Shapes: make([]wordpiece.Shape, len(pieces))}
}

// mean returns the mean of the rows of window i, scaled to length 1.
func (w *worker) mean(i int) []float32 {
	n := w.model.parameters.Hidden
	sum := make([]float32, n)
	for row := w.starts[i]; row < w.starts[i+1]; row++ {
		for j, v := range w.state[row*n:][:n] {
			sum[j] += v
		}
	}
	var squares float64
	for _, v := range sum {
		squares += float64(float64(v) * float64(v))
	}
	if squares > 0 {
		scale := float32(1 / math.Sqrt(squares))
		for j := range sum {
			sum[j] *= scale
		}
	}
	return sum
}
