package encoder

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

// A model file, all of it little-endian: the magic word; the version; the numbers of the Shape; the length of the
// vocabulary; the vocabulary, a piece a line; the sections of the Parameters, each at a multiple of 64 bytes after
// zeros; the SHA-256 of all that.
const (
	magic     = "cgencode"
	version   = 1
	alignment = 64
)

// headLength is how many bytes stand before the vocabulary.
var headLength = len(magic) + 4 + 4*len((&Shape{}).fields()) + 4

// A Model is what a model file holds. It is immutable, and safe for concurrent use.
type Model struct {
	parameters Parameters
	tokeniser  *wordpiece.Tokeniser
	tags       []float32 // Parameters.Tags with its rows filled up to kernel.ColumnBlock
	distances  []int     // class of the distance 0, 1, …
	version    string
}

// Load reads a model file. The model keeps data, which must not change any more: weights stay where they are. What is
// not a model file of this version, whole and undamaged, is ErrInvalid.
func Load(data []byte) (*Model, error) {
	if len(data) < headLength+sha256.Size || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: no model file", graph.ErrInvalid)
	}
	head := data[len(magic):headLength]
	if v := binary.LittleEndian.Uint32(head); v != version {
		return nil, fmt.Errorf("%w: model file of version %d; version %d is wanted", graph.ErrInvalid, v, version)
	}
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return nil, fmt.Errorf("%w: model file is damaged: its SHA-256 is %x and ought to be %x", graph.ErrInvalid, got, sum)
	}
	m := &Model{version: hex.EncodeToString(sum)}
	p := &m.parameters
	for i, n := range p.fields() {
		*n = int(binary.LittleEndian.Uint32(head[4+4*i:]))
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	r := reader{data: body, at: headLength}
	vocabulary := r.next(int(binary.LittleEndian.Uint32(head[len(head)-4:])))
	p.layOut()
	for _, s := range p.sections() {
		r.section(s)
	}
	if r.err == nil && r.at != len(body) {
		r.err = fmt.Errorf("%w: model file has %d bytes too many", graph.ErrInvalid, len(body)-r.at)
	}
	if r.err != nil {
		return nil, r.err
	}
	p.Vocabulary = strings.Split(string(vocabulary), "\n")
	if err := m.prepare(); err != nil {
		return nil, err
	}
	return m, nil
}

// prepare computes what follows from the parameters.
func (m *Model) prepare() error {
	p := &m.parameters
	if len(p.Vocabulary) != p.Pieces {
		return fmt.Errorf("%w: vocabulary of %d pieces; the shape says %d", graph.ErrInvalid, len(p.Vocabulary), p.Pieces)
	}
	var err error
	if m.tokeniser, err = wordpiece.New(p.Vocabulary); err != nil {
		return err
	}
	for _, x := range p.matrices() {
		*x = *kernel.NewMatrix(x.Rows, x.Columns, x.Weights, x.Steps, x.Bias)
	}
	m.tags = make([]float32, p.Hidden*kernel.ColumnBlock)
	for r := range p.Hidden {
		copy(m.tags[r*kernel.ColumnBlock:], p.Tags[r*p.Labels:][:p.Labels])
	}
	m.distances = make([]int, p.Window)
	for d := range m.distances {
		m.distances[d] = distanceClass(d, p.Distances/2)
	}
	return nil
}

// Shape returns the model's size.
func (m *Model) Shape() Shape { return m.parameters.Shape }

// Tokeniser returns the tokeniser with the model's vocabulary.
func (m *Model) Tokeniser() *wordpiece.Tokeniser { return m.tokeniser }

// Version returns the SHA-256 of the model file in hexadecimal.
func (m *Model) Version() string { return m.version }

// A reader goes through a model file. After an error it reads nothing more.
type reader struct {
	data []byte
	at   int
	err  error
}

// next returns the next n bytes, or nil.
func (r *reader) next(n int) []byte {
	if r.err != nil {
		return nil
	}
	if n > len(r.data)-r.at {
		r.err = fmt.Errorf("%w: model file ends %d bytes early", graph.ErrInvalid, n-(len(r.data)-r.at))
		return nil
	}
	r.at += n
	return r.data[r.at-n : r.at : r.at]
}

func (r *reader) section(s section) {
	for _, b := range r.next(padding(r.at)) {
		if b != 0 {
			r.err = fmt.Errorf("%w: model file has something between its sections", graph.ErrInvalid)
		}
	}
	if s.bytes != nil {
		*s.bytes = r.next(s.n)
		return
	}
	raw := r.next(4 * s.n)
	if r.err != nil {
		return
	}
	*s.floats = make([]float32, s.n)
	for i := range *s.floats {
		f := math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		if size := math.Abs(float64(f)); math.IsNaN(size) || size > maxParameter {
			r.err = fmt.Errorf("%w: model file has the number %v at byte %d", graph.ErrInvalid, f, r.at-len(raw)+4*i)
			return
		}
		(*s.floats)[i] = f
	}
}

// maxParameter is the greatest magnitude of a float in a model. Trained ones stay below 100, but for scores of moves
// that are ruled out.
const maxParameter = 1e5

// padding is how many zeros stand before a section that could begin at a byte.
func padding(at int) int { return -at & (alignment - 1) }

// Write writes a model file. Parameters that do not fit their shape are ErrInvalid.
func (p *Parameters) Write(w io.Writer) error {
	data, err := p.encode()
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("write a model file: %w", err)
	}
	return nil
}

// encode returns the bytes of a model file.
func (p *Parameters) encode() ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if len(p.Layers) != p.Shape.Layers || len(p.Vocabulary) != p.Pieces {
		return nil, fmt.Errorf("%w: %d layers and %d pieces for the shape %+v",
			graph.ErrInvalid, len(p.Layers), len(p.Vocabulary), p.Shape)
	}
	for i, size := range p.sizes() {
		if x := p.matrices()[i]; x.Rows != size[0] || x.Columns != size[1] {
			return nil, fmt.Errorf("%w: matrix %d is %d×%d; the shape says %d×%d",
				graph.ErrInvalid, i, x.Rows, x.Columns, size[0], size[1])
		}
	}
	vocabulary := strings.Join(p.Vocabulary, "\n")
	data := binary.LittleEndian.AppendUint32([]byte(magic), version)
	for _, n := range append(p.fields(), new(len(vocabulary))) {
		data = binary.LittleEndian.AppendUint32(data, uint32(*n))
	}
	data = append(data, vocabulary...)
	for i, s := range p.sections() {
		data = append(data, make([]byte, padding(len(data)))...)
		var n int
		if s.bytes != nil {
			n, data = len(*s.bytes), append(data, *s.bytes...)
		} else {
			n = len(*s.floats)
			for _, f := range *s.floats {
				data = binary.LittleEndian.AppendUint32(data, math.Float32bits(f))
			}
		}
		if n != s.n {
			return nil, fmt.Errorf("%w: section %d has %d numbers; the shape says %d", graph.ErrInvalid, i, n, s.n)
		}
	}
	sum := sha256.Sum256(data)
	return append(data, sum[:]...), nil
}
