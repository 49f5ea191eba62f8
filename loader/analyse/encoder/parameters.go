package encoder

import (
	"fmt"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

// A Shape says how large a model is. It stands in this order, as 32-bit numbers, at the head of a model file.
type Shape struct {
	Pieces    int // in the vocabulary
	Packed    int // pieces up to which paragraphs are read together, as the model was trained
	Window    int // the most pieces that can be read together: for so many there are positions
	Layers    int
	Hidden    int // values by piece between layers
	Heads     int // of attention; each takes Hidden/Heads values
	Inner     int // values by piece within the feed-forward part of a layer
	Labels    int // of a piece
	Roles     int // that a piece can have towards a cue
	Link      int // values that a link is scored from
	Distances int // classes of distance between a cue and a piece, half of them for pieces before the cue
}

// fields returns the numbers of a shape in their order in a file.
func (s *Shape) fields() []*int {
	return []*int{
		&s.Pieces, &s.Packed, &s.Window, &s.Layers, &s.Hidden, &s.Heads, &s.Inner, &s.Labels, &s.Roles, &s.Link, &s.Distances,
	}
}

// links is how many values the link head makes of a piece: as a cue, and in each role.
func (s *Shape) links() int { return s.Link * (1 + s.Roles) }

// check refuses what the kernels cannot compute, and what could not be a model.
func (s *Shape) check() error {
	for i, limit := range []struct{ least, most int }{
		{3, 1 << 18},
		{3, s.Window},
		{3, 512},
		{1, 48},
		{32, 4096},
		{1, 128},
		{32, kernel.MaxInner},
		{1, kernel.ColumnBlock},
		{1, 8},
		{1, 1024},
		{2, 64},
	} {
		if n := *s.fields()[i]; n < limit.least || n > limit.most {
			return fmt.Errorf("%w: shape %+v: number %d is not within %d and %d",
				graph.ErrInvalid, *s, i, limit.least, limit.most)
		}
	}
	head := s.Hidden / s.Heads
	if head*s.Heads != s.Hidden || s.Distances%2 != 0 {
		return fmt.Errorf("%w: shape %+v does not divide", graph.ErrInvalid, *s)
	}
	for _, n := range []int{head, s.Inner, s.links()} {
		if n%kernel.ColumnBlock != 0 {
			return fmt.Errorf("%w: shape %+v: %d is not a multiple of %d", graph.ErrInvalid, *s, n, kernel.ColumnBlock)
		}
	}
	return nil
}

// Parameters are all numbers of a model.
type Parameters struct {
	Shape
	Vocabulary []string

	Words     []byte    // embedding of each piece: Pieces rows of Hidden int8
	WordSteps []float32 // by piece: what 1 means in its row
	Positions []float32 // Window rows of Hidden
	Shapes    []float32 // wordpiece.Shapes rows of Hidden
	Norm      Norm

	Layers []Layer

	Tags        []float32 // Hidden rows of Labels
	TagBias     []float32 // by label
	Transitions []float32 // score of going from a label to a label: Labels rows of Labels
	Starts      []float32 // score of beginning with a label

	Links      kernel.Matrix // Hidden to Link values as a cue, then Link in each role
	LinkBias   []float32     // by role
	ByDistance []float32     // Roles rows of Distances
}

// A Layer attends and then feeds forward; each part is added to its input and normalised.
type Layer struct {
	Attend   kernel.Matrix // Hidden to three times Hidden: queries, already over √(Hidden/Heads), keys and values
	Join     kernel.Matrix // Hidden to Hidden
	Attended Norm
	Widen    kernel.Matrix // Hidden to Inner
	Narrow   kernel.Matrix // Inner to Hidden
	Fed      Norm
}

// A Norm holds the gain and the bias of a layer norm, of Hidden values each.
type Norm struct{ Gain, Bias []float32 }

// A section is a stretch of a model file: n bytes or n floats, of which one pointer says where they belong.
type section struct {
	n      int
	bytes  *[]byte
	floats *[]float32
}

// sections lists what a model file holds after its head and its vocabulary, in order. Layers and the matrices' sizes
// must have been laid out.
func (p *Parameters) sections() []section {
	var all []section
	floats := func(n int, to *[]float32) { all = append(all, section{n: n, floats: to}) }
	bytes := func(n int, to *[]byte) { all = append(all, section{n: n, bytes: to}) }
	norm := func(n *Norm) {
		floats(p.Hidden, &n.Gain)
		floats(p.Hidden, &n.Bias)
	}
	matrix := func(m *kernel.Matrix) {
		bytes(m.Rows*m.Columns, &m.Weights)
		floats(m.Columns, &m.Steps)
		floats(m.Columns, &m.Bias)
	}
	bytes(p.Pieces*p.Hidden, &p.Words)
	floats(p.Pieces, &p.WordSteps)
	floats(p.Window*p.Hidden, &p.Positions)
	floats(wordpiece.Shapes*p.Hidden, &p.Shapes)
	norm(&p.Norm)
	for i := range p.Layers {
		l := &p.Layers[i]
		matrix(&l.Attend)
		matrix(&l.Join)
		norm(&l.Attended)
		matrix(&l.Widen)
		matrix(&l.Narrow)
		norm(&l.Fed)
	}
	floats(p.Hidden*p.Labels, &p.Tags)
	floats(p.Labels, &p.TagBias)
	floats(p.Labels*p.Labels, &p.Transitions)
	floats(p.Labels, &p.Starts)
	matrix(&p.Links)
	floats(p.Roles, &p.LinkBias)
	floats(p.Roles*p.Distances, &p.ByDistance)
	return all
}

// layOut makes the layers, and sizes the matrices, as the shape says.
func (p *Parameters) layOut() {
	p.Layers = make([]Layer, p.Shape.Layers)
	for i, size := range p.sizes() {
		*p.matrices()[i] = kernel.Matrix{Rows: size[0], Columns: size[1]}
	}
}

// matrices lists all matrices, and sizes their rows and columns.
func (p *Parameters) matrices() []*kernel.Matrix {
	var all []*kernel.Matrix
	for i := range p.Layers {
		l := &p.Layers[i]
		all = append(all, &l.Attend, &l.Join, &l.Widen, &l.Narrow)
	}
	return append(all, &p.Links)
}

func (p *Parameters) sizes() [][2]int {
	var all [][2]int
	for range p.Shape.Layers {
		all = append(all, [2]int{p.Hidden, 3 * p.Hidden}, [2]int{p.Hidden, p.Hidden},
			[2]int{p.Hidden, p.Inner}, [2]int{p.Inner, p.Hidden})
	}
	return append(all, [2]int{p.Hidden, p.links()})
}
