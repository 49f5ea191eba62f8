package encoder

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

// A model file, all of it little-endian: the magic word; the version; the numbers of the Shape; the lengths of the tag
// heads' names and of the vocabulary; these names, a head a line, its own and its labels' with tabs between; the
// vocabulary, a piece a line, or nothing if the words are another model's; the sections of the Parameters, each at a
// multiple of 64 bytes after zeros; the SHA-256 of all that.
const (
	magic     = "cgencode"
	version   = 2
	alignment = 64
)

// headLength is how many bytes stand before the names of the tag heads.
var headLength = len(magic) + 4 + 4*len((&Shape{}).fields()) + 8

// A Model is what a model file holds. It is immutable, and safe for concurrent use.
type Model struct {
	parameters Parameters
	tokeniser  *wordpiece.Tokeniser
	tags       []float32 // the weights of all tag heads side by side, rows filled up to columns
	columns    int       // a multiple of kernel.ColumnBlock
	firsts     []int     // by tag head: the column of its first label
	distances  []int     // class of the distance 0, 1, …
	version    string
}

// Load reads a model file. The model keeps data, which must not change any more: weights stay where they are. What is
// not a model file of this version, whole and undamaged, is ErrInvalid; so is one that borrows its words.
func Load(data []byte) (*Model, error) { return LoadWith(data, nil) }

// LoadWith reads a model file as Load does, one that borrows the words of a model, too.
func LoadWith(data []byte, words *Model) (*Model, error) {
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
	heads := r.next(int(binary.LittleEndian.Uint32(head[len(head)-8:])))
	vocabulary := r.next(int(binary.LittleEndian.Uint32(head[len(head)-4:])))
	if len(vocabulary) == 0 {
		p.borrowed = make([]byte, sha256.Size)
	}
	if err := p.readHeads(string(heads)); err != nil {
		return nil, err
	}
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
	if err := m.know(words); err != nil {
		return nil, err
	}
	m.prepare()
	return m, nil
}

// know gives the model its tokeniser, and the words if they are another model's.
func (m *Model) know(words *Model) (err error) {
	p := &m.parameters
	if len(p.borrowed) > 0 {
		if words == nil {
			return fmt.Errorf("%w: the model borrows the words of another one", graph.ErrInvalid)
		}
		lender := &words.parameters
		if p.Pieces != lender.Pieces || p.Hidden != lender.Hidden || !bytes.Equal(p.borrowed, lender.digest()) {
			return fmt.Errorf("%w: the model borrows other words", graph.ErrInvalid)
		}
		p.Vocabulary, p.Rows, p.Steps = lender.Vocabulary, lender.Rows, lender.Steps
		m.tokeniser = words.tokeniser
		return nil
	}
	if len(p.Vocabulary) != p.Pieces {
		return fmt.Errorf("%w: vocabulary of %d pieces; the shape says %d", graph.ErrInvalid, len(p.Vocabulary), p.Pieces)
	}
	m.tokeniser, err = wordpiece.New(p.Vocabulary)
	return err
}

// prepare computes what follows from the parameters.
func (m *Model) prepare() {
	p := &m.parameters
	for _, x := range p.matrices() {
		*x = *kernel.NewMatrix(x.Rows, x.Columns, x.Weights, x.Steps, x.Bias)
	}
	m.columns = up(p.columns(), kernel.ColumnBlock)
	m.tags = make([]float32, p.Hidden*m.columns)
	first := 0
	for i := range p.Tags {
		h := &p.Tags[i]
		n := len(h.Labels)
		h.moves, h.starts = make([]float32, n*n), make([]float32, n)
		exponentials(h.moves, h.Transitions)
		exponentials(h.starts, h.Starts)
		for r := range p.Hidden {
			copy(m.tags[r*m.columns+first:], h.Weights[r*n:][:n])
		}
		m.firsts = append(m.firsts, first)
		first += n
	}
	m.distances = make([]int, p.Window)
	for d := range m.distances {
		m.distances[d] = distanceClass(d, p.Distances/2)
	}
}

// Shape returns the model's size.
func (m *Model) Shape() Shape { return m.parameters.Shape }

// Head returns the index of the tag head with a name, or -1 if there is none.
func (m *Model) Head(name string) int {
	return slices.IndexFunc(m.parameters.Tags, func(h TagHead) bool { return h.Name == name })
}

// Labels returns the names of a tag head's labels. They must not be changed.
func (m *Model) Labels(head int) []string { return m.parameters.Tags[head].Labels }

// Tokeniser returns the tokeniser with the model's vocabulary.
func (m *Model) Tokeniser() *wordpiece.Tokeniser { return m.tokeniser }

// Version returns the SHA-256 of the model file in hexadecimal.
func (m *Model) Version() string { return m.version }

// Version returns the version of the model that a file holds without reading the rest of it, "" if it is too short.
func Version(data []byte) string { return hex.EncodeToString(data[max(0, len(data)-sha256.Size):]) }

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
	if len(p.Layers) != p.Shape.Layers || len(p.Vocabulary) != p.Pieces && len(p.borrowed) == 0 {
		return nil, fmt.Errorf("%w: %d layers and %d pieces for the shape %+v",
			graph.ErrInvalid, len(p.Layers), len(p.Vocabulary), p.Shape)
	}
	for i, size := range p.sizes() {
		if x := p.matrices()[i]; x.Rows != size[0] || x.Columns != size[1] {
			return nil, fmt.Errorf("%w: matrix %d is %d×%d; the shape says %d×%d",
				graph.ErrInvalid, i, x.Rows, x.Columns, size[0], size[1])
		}
	}
	heads, vocabulary := p.headLines(), strings.Join(p.Vocabulary, "\n")
	if err := new(Parameters).readHeads(heads); err != nil {
		return nil, err
	}
	data := binary.LittleEndian.AppendUint32([]byte(magic), version)
	for _, n := range append(p.fields(), new(len(heads)), new(len(vocabulary))) {
		data = binary.LittleEndian.AppendUint32(data, uint32(*n))
	}
	data = append(data, heads...)
	data = append(data, vocabulary...)
	for i, s := range p.sections() {
		data = append(data, make([]byte, padding(len(data)))...)
		var n int
		if s.bytes != nil {
			n, data = len(*s.bytes), append(data, *s.bytes...)
		} else {
			n, data = len(*s.floats), appendFloats(data, *s.floats)
		}
		if n != s.n {
			return nil, fmt.Errorf("%w: section %d has %d numbers; the shape says %d", graph.ErrInvalid, i, n, s.n)
		}
	}
	sum := sha256.Sum256(data)
	return append(data, sum[:]...), nil
}

func appendFloats(data []byte, floats []float32) []byte {
	for _, f := range floats {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(f))
	}
	return data
}
