package encoder

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

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
	Roles     int // that a piece can have towards a cue; 0 if the model scores no links, and then so are those below
	Link      int // values that a link is scored from
	Distances int // classes of distance between a cue and a piece, half of them for pieces before the cue
}

// fields returns the numbers of a shape in their order in a file.
func (s *Shape) fields() []*int {
	return []*int{
		&s.Pieces, &s.Packed, &s.Window, &s.Layers, &s.Hidden, &s.Heads, &s.Inner, &s.Roles, &s.Link, &s.Distances,
	}
}

// links is how many values the link head makes of a piece: as a cue, and in each role; 0 if there is no link head.
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
		{0, 8},
		{min(1, s.Roles), 1024 * min(1, s.Roles)},
		{min(2, 2*s.Roles), 64 * min(1, s.Roles)},
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
	Words

	Positions []float32 // Window rows of Hidden
	Shapes    []float32 // wordpiece.Shapes rows of Hidden
	Norm      Norm

	Layers []Layer

	Tags []TagHead

	Links      kernel.Matrix // Hidden to Link values as a cue, then Link in each role
	LinkBias   []float32     // by role
	ByDistance []float32     // Roles rows of Distances
}

// Words are the pieces that a model knows, each with its embedding. A model that was made from another one can do with
// that one's, and has none of its own: see Borrow.
type Words struct {
	Vocabulary []string
	Rows       []byte    // Pieces rows of Hidden int8
	Steps      []float32 // by piece: what 1 means in its row
	borrowed   []byte    // the digest of another model's words, if there are none here
}

// Borrow leaves a model's words out, so that its file holds only their digest: LoadWith finds them in another model.
func (p *Parameters) Borrow() { p.Words = Words{borrowed: p.digest()} }

// digest returns the SHA-256 of the words.
func (w *Words) digest() []byte {
	sum := sha256.New()
	for _, piece := range w.Vocabulary {
		sum.Write(append([]byte(piece), '\n'))
	}
	sum.Write(w.Rows)
	sum.Write(appendFloats(nil, w.Steps))
	return sum.Sum(nil)
}

// A TagHead gives each piece a score for each of its labels.
type TagHead struct {
	Name        string
	Labels      []string
	Weights     []float32 // Hidden rows of labels
	Bias        []float32 // by label
	Transitions []float32 // score of going from a label to a label: rows of labels
	Starts      []float32 // score of beginning with a label

	moves, starts []float32 // exponentials of Transitions and of Starts, scaled so that the largest is 1
}

// Limits of heads: a label is told by a byte, and a block of columns is enough for what people tag.
const (
	maxHeads  = 8
	maxLabels = kernel.ColumnBlock
)

// columns is how many scores the tag heads give a piece.
func (p *Parameters) columns() int {
	n := 0
	for i := range p.Tags {
		n += len(p.Tags[i].Labels)
	}
	return n
}

// headLines writes down the names of the tag heads and of their labels, a head a line.
func (p *Parameters) headLines() string {
	lines := make([]string, len(p.Tags))
	for i, h := range p.Tags {
		lines[i] = strings.Join(append([]string{h.Name}, h.Labels...), "\t")
	}
	return strings.Join(lines, "\n")
}

// readHeads makes the tag heads that lines tell of, empty. Each has a name and at least one label; no name stands twice.
func (p *Parameters) readHeads(lines string) error {
	seen := map[string]bool{}
	for line := range strings.SplitSeq(lines, "\n") {
		if lines == "" {
			break
		}
		names := strings.Split(line, "\t")
		h := TagHead{Name: names[0], Labels: names[1:]}
		if n := len(h.Labels); seen[h.Name] || n == 0 || n > maxLabels || slices.Contains(names, "") || len(seen) == maxHeads {
			return fmt.Errorf("%w: tag head %d, %q", graph.ErrInvalid, len(seen), line)
		}
		seen[h.Name] = true
		p.Tags = append(p.Tags, h)
	}
	return nil
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
	if len(p.borrowed) > 0 {
		bytes(sha256.Size, &p.borrowed)
	} else {
		bytes(p.Pieces*p.Hidden, &p.Rows)
		floats(p.Pieces, &p.Steps)
	}
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
	for i := range p.Tags {
		h, n := &p.Tags[i], len(p.Tags[i].Labels)
		floats(p.Hidden*n, &h.Weights)
		floats(n, &h.Bias)
		floats(n*n, &h.Transitions)
		floats(n, &h.Starts)
	}
	if p.Roles == 0 {
		return all
	}
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
	if p.Roles > 0 {
		all = append(all, &p.Links)
	}
	return all
}

func (p *Parameters) sizes() [][2]int {
	var all [][2]int
	for range p.Shape.Layers {
		all = append(all, [2]int{p.Hidden, 3 * p.Hidden}, [2]int{p.Hidden, p.Hidden},
			[2]int{p.Hidden, p.Inner}, [2]int{p.Inner, p.Hidden})
	}
	if p.Roles > 0 {
		all = append(all, [2]int{p.Hidden, p.links()})
	}
	return all
}
