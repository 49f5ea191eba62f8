package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
)

const (
	// headSize is how many values a head of attention takes, which no array's shape tells.
	headSize = 32
	// packed is how long windows are in training.
	packed = 128
	// window is how many positions are kept of the base model's 512. Those beyond packed are as the base model has
	// them; reading the one paragraph in a hundred that is so long as a whole gains more than that loses.
	window = 256
	// forbidden is the score of what the training script masks in decoding.
	forbidden = -1e4
)

// A source takes arrays out of a checkpoint; err is the first that was missing or had another shape.
type source struct {
	checkpoint
	err error
}

// take returns an array; dimensions of 0 may be of any size.
func (s *source) take(name string, shape ...int) array {
	a, ok := s.checkpoint[name]
	if fits := ok && len(a.shape) == len(shape); fits {
		for i, n := range shape {
			fits = fits && (n == 0 || n == a.shape[i])
		}
		if fits {
			return a
		}
	}
	if s.err == nil {
		s.err = fmt.Errorf("%w: array %s is %v; wanted is %v", graph.ErrInvalid, name, a.shape, shape)
	}
	for i, n := range shape {
		shape[i] = max(n, 1)
	}
	empty := array{shape: shape, dtype: "f32"}
	empty.data = make([]byte, max(0, empty.size()))
	return empty
}

func (s *source) floats(name string, shape ...int) []float32 { return s.take(name, shape...).values() }

func (s *source) norm(name string, n int) encoder.Norm {
	return encoder.Norm{Gain: s.floats(name+".g", n), Bias: s.floats(name+".b", n)}
}

// matrix returns a matrix of inputs by outputs with its bias.
func (s *source) matrix(weights, bias string, rows, columns int) kernel.Matrix {
	values, steps := s.take(weights, rows, columns).integers(false)
	return *kernel.NewMatrix(rows, columns, kernel.Pack(rows, columns, values), steps, s.floats(bias, columns))
}

// parameters returns the checkpoint's numbers as a model has them.
func (c checkpoint) parameters(vocabulary []string) (*encoder.Parameters, error) {
	s := &source{checkpoint: c}
	words, positions := s.take("word", 0, 0), s.take("pos", 0, 0)
	hidden, inner := words.columns(), s.take("00.w1", 0, 0).columns()
	labels, distances := s.take("head.b", 0).columns(), s.take("head.dist", 0, 0)
	p := &encoder.Parameters{Vocabulary: vocabulary, Shape: encoder.Shape{
		Pieces: words.rows(), Packed: min(packed, positions.rows()), Window: min(window, positions.rows()), Layers: c.layers(),
		Hidden: hidden, Heads: hidden / headSize, Inner: inner, Labels: labels,
		Roles: distances.rows(), Link: s.take("head.uv", hidden, 0).columns() / (1 + distances.rows()),
		Distances: distances.columns(),
	}}
	values, steps := words.integers(true)
	p.Words, p.WordSteps = unsigned(values), steps
	p.Positions = s.floats("pos", 0, hidden)[:min(len(positions.values()), p.Window*hidden)]
	p.Shapes, p.Norm = s.floats("feat", 0, hidden), s.norm("ln", hidden)
	for i := range p.Shape.Layers {
		p.Layers = append(p.Layers, s.layer(fmt.Sprintf("%02d.", i), hidden, inner))
	}
	p.Tags, p.TagBias = s.floats("head.w", hidden, labels), s.floats("head.b", labels)
	p.Transitions, p.Starts = s.floats("head.tr", labels, labels), s.floats("head.st", labels)
	forbid(p)
	p.Links = s.matrix("head.uv", "head.uvb", hidden, (1+p.Roles)*p.Link)
	p.LinkBias, p.ByDistance = s.floats("head.lb", p.Roles), distances.values()
	return p, s.err
}

// layers counts the layers.
func (c checkpoint) layers() int {
	n := 0
	for {
		if _, ok := c[fmt.Sprintf("%02d.wqkv", n)]; !ok {
			return n
		}
		n++
	}
}

func (s *source) layer(prefix string, hidden, inner int) encoder.Layer {
	l := encoder.Layer{
		Attend:   s.matrix(prefix+"wqkv", prefix+"bqkv", hidden, 3*hidden),
		Join:     s.matrix(prefix+"wo", prefix+"bo", hidden, hidden),
		Attended: s.norm(prefix+"ln1", hidden),
		Widen:    s.matrix(prefix+"w1", prefix+"b1", hidden, inner),
		Narrow:   s.matrix(prefix+"w2", prefix+"b2", inner, hidden),
		Fed:      s.norm(prefix+"ln2", hidden),
	}
	for _, x := range [][]float32{l.Attend.Steps[:hidden], l.Attend.Bias[:hidden]} { // of queries
		for i := range x {
			x[i] /= float32(math.Sqrt(headSize))
		}
	}
	return l
}

// forbid rules out, where labels are O and then B and I of each role, that an I stands after anything but its B or I.
func forbid(p *encoder.Parameters) {
	for to := 2; to < p.Labels; to += 2 {
		p.Starts[to] += forbidden
		for from := range p.Labels {
			if !slices.Contains([]int{to - 1, to}, from) {
				p.Transitions[from*p.Labels+to] += forbidden
			}
		}
	}
}

func unsigned(x []int8) []byte {
	b := make([]byte, len(x))
	for i, v := range x {
		b[i] = byte(v)
	}
	return b
}
