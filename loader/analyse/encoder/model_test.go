package encoder

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

// tiny is a shape that computes in no time and is odd where it may be.
var tiny = Shape{
	Pieces: 30, Packed: 31, Window: 41, Layers: 2, Hidden: 64, Heads: 2, Inner: 96, Roles: 2, Link: 32, Distances: 24,
}

// random returns parameters of a shape, always the same.
func random(s Shape) *Parameters {
	r := rand.New(rand.NewPCG(1, 2))
	floats := func(n int, spread float64) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(r.NormFloat64() * spread)
		}
		return x
	}
	bytes := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(int8(r.IntN(2*kernel.Limit+1) - kernel.Limit))
		}
		return b
	}
	matrix := func(rows, columns int) kernel.Matrix {
		steps := floats(columns, 0)
		for i := range steps {
			steps[i] = 0.001
		}
		return *kernel.NewMatrix(rows, columns, bytes(rows*columns), steps, floats(columns, 0.3))
	}
	norm := func() Norm { return Norm{Gain: floats(s.Hidden, 1), Bias: floats(s.Hidden, 0.3)} }
	p := &Parameters{
		Shape: s, Words: Words{
			Vocabulary: []string{"[UNK]", "[CLS]", "[SEP]", ".", "a", "##b"},
			Rows:       bytes(s.Pieces * s.Hidden), Steps: floats(s.Pieces, 0.01),
		},
		Positions: floats(s.Window*s.Hidden, 0.3), Shapes: floats(wordpiece.Shapes*s.Hidden, 0.3), Norm: norm(),
	}
	if s.Roles > 0 {
		p.Links, p.LinkBias = matrix(s.Hidden, s.links()), floats(s.Roles, 1)
		p.ByDistance = floats(s.Roles*s.Distances, 1)
		for i, name := range []string{"few", "many"} {
			labels := []int{4, maxLabels}[i]
			h := TagHead{
				Name: name, Weights: floats(s.Hidden*labels, 0.3), Bias: floats(labels, 0.3),
				Transitions: floats(labels*labels, 1), Starts: floats(labels, 1),
			}
			for l := range labels {
				h.Labels = append(h.Labels, fmt.Sprintf("label %d", l))
			}
			p.Tags = append(p.Tags, h)
		}
	}
	for i := len(p.Vocabulary); i < s.Pieces; i++ {
		p.Vocabulary = append(p.Vocabulary, fmt.Sprintf("w%d", i))
	}
	for range s.Layers {
		p.Layers = append(p.Layers, Layer{
			Attend: matrix(s.Hidden, 3*s.Hidden), Join: matrix(s.Hidden, s.Hidden), Attended: norm(),
			Widen: matrix(s.Hidden, s.Inner), Narrow: matrix(s.Inner, s.Hidden), Fed: norm(),
		})
	}
	return p
}

// file returns a model file with parameters.
func file(t testing.TB, p *Parameters) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// load returns the random model of a shape.
func load(t testing.TB, s Shape) *Model {
	t.Helper()
	m, err := Load(file(t, random(s)))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// windows returns windows of given lengths with random pieces.
func windows(s Shape, lengths ...int) []Window {
	r := rand.New(rand.NewPCG(3, 4))
	all := make([]Window, len(lengths))
	for i, n := range lengths {
		for range n {
			all[i].Pieces = append(all[i].Pieces, int32(r.IntN(s.Pieces)))
			all[i].Shapes = append(all[i].Shapes, wordpiece.Shape(r.IntN(wordpiece.Shapes)))
		}
	}
	return all
}
