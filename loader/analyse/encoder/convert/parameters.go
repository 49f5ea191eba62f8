package main

import (
	"fmt"
	"math"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

const (
	// headSize is how many values a head of attention takes, which no array's shape tells.
	headSize = 32
	// packed is how long windows are in training.
	packed = 128
	// window is how many positions are kept of the base model's 512. Those beyond packed are as the base model has
	// them; reading the one paragraph in a hundred that is so long as a whole gains more than that loses.
	window = 256
	// shapes is how many shapes of words there are.
	shapes = wordpiece.Shapes
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
	p := &encoder.Parameters{Shape: encoder.Shape{
		Pieces: words.rows(), Packed: min(packed, positions.rows()), Window: min(window, positions.rows()), Layers: c.layers(),
		Hidden: hidden, Heads: hidden / headSize, Inner: inner,
	}}
	values, steps := words.integers(true)
	p.Words = encoder.Words{Vocabulary: vocabulary, Rows: unsigned(values), Steps: steps}
	p.Positions = s.floats("pos", 0, hidden)[:min(len(positions.values()), p.Window*hidden)]
	p.Shapes, p.Norm = s.floats("feat", 0, hidden), s.norm("ln", hidden)
	for i := range p.Shape.Layers {
		p.Layers = append(p.Layers, s.layer(fmt.Sprintf("%02d.", i), hidden, inner))
	}
	for _, h := range heads {
		if _, ok := c[h.prefix+".w"]; ok {
			p.Tags = append(p.Tags, s.tags(h, hidden))
		}
	}
	if _, ok := c["head.uv"]; ok {
		s.links(p)
	}
	return p, s.err
}

// heads are the tag heads that a checkpoint may have. Each labels spans of a few kinds: O is outside of all, B begins a
// span and I goes on with it.
var heads = []head{
	{prefix: "head", name: "attributions", spans: []string{"source", "cue", "content"}},
	{prefix: "names", name: "names", spans: []string{"person", "organisation", "place", "other"}},
}

type head struct {
	prefix, name string // of the arrays in a checkpoint, and in the model
	spans        []string
}

// tags returns a tag head that rules out what the training script masks in decoding: an I that stands after anything but
// its B or I.
func (s *source) tags(h head, hidden int) encoder.TagHead {
	labels := []string{"O"}
	for _, span := range h.spans {
		labels = append(labels, "B-"+span, "I-"+span)
	}
	n := len(labels)
	t := encoder.TagHead{
		Name: h.name, Labels: labels, Weights: s.floats(h.prefix+".w", hidden, n), Bias: s.floats(h.prefix+".b", n),
		Transitions: s.floats(h.prefix+".tr", n, n), Starts: s.floats(h.prefix+".st", n),
	}
	for to := 2; to < n; to += 2 {
		t.Starts[to] += forbidden
		for from := range n {
			if from != to-1 && from != to {
				t.Transitions[from*n+to] += forbidden
			}
		}
	}
	return t
}

// links takes the link head.
func (s *source) links(p *encoder.Parameters) {
	distances := s.take("head.dist", 0, 0)
	p.Roles, p.Distances = distances.rows(), distances.columns()
	p.Link = s.take("head.uv", p.Hidden, 0).columns() / (1 + p.Roles)
	p.Links = s.matrix("head.uv", "head.uvb", p.Hidden, (1+p.Roles)*p.Link)
	p.LinkBias, p.ByDistance = s.floats("head.lb", p.Roles), distances.values()
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

func unsigned(x []int8) []byte {
	b := make([]byte, len(x))
	for i, v := range x {
		b[i] = byte(v)
	}
	return b
}
