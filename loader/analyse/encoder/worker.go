package encoder

import (
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
)

// A worker computes one batch of windows at a time. All its memory is made at once.
type worker struct {
	model  *Model
	kernel *kernel.Kernel
	starts []int // rows at which the batch's windows begin, and the row after the last

	// Rows of values by piece, RowBlock more than there are in a batch: products write whole blocks of rows.
	state  []float32 // Hidden
	narrow []float32 // Hidden
	wide   []float32 // as much as any matrix makes

	quantised []byte
	scales    []float32

	keys      []float32 // of one head of one window, transposed
	attention []float32 // of one head: rows of a window by columns of a window

	tags   []float32 // Model.columns
	output Scores
}

func newWorker(m *Model, k *kernel.Kernel) *worker {
	p := &m.parameters
	rows := up(max(batchPieces, p.Window), kernel.RowBlock) + kernel.RowBlock
	window := up(p.Window, kernel.ColumnBlock)
	return &worker{
		model: m, kernel: k,
		state:     make([]float32, rows*p.Hidden),
		narrow:    make([]float32, rows*p.Hidden),
		wide:      make([]float32, rows*max(3*p.Hidden, p.Inner, p.links())),
		quantised: make([]byte, rows*max(p.Hidden, p.Inner)*k.Width()),
		scales:    make([]float32, rows),
		keys:      make([]float32, p.Hidden/p.Heads*window),
		attention: make([]float32, up(p.Window, kernel.RowBlock)*window),
		tags:      make([]float32, rows*m.columns),
		output:    Scores{model: m, steps: make([]step, p.Window)},
	}
}

// up returns n, rounded up to a multiple of block.
func up(n, block int) int { return (n + block - 1) / block * block }

// encode leaves in state what the last layer makes of the windows. Rows after the last piece hold numbers of no meaning:
// no row has an effect on another but in attention, which keeps to its window.
func (w *worker) encode(windows []Window) {
	p, k := &w.model.parameters, w.kernel
	w.embed(windows)
	rows := up(w.starts[len(windows)], kernel.RowBlock)
	state, narrow := w.state[:rows*p.Hidden], w.narrow[:rows*p.Hidden]
	for i := range p.Layers {
		l := &p.Layers[i]
		w.linear(w.wide, state, &l.Attend, rows)
		for j := range windows {
			w.attend(w.starts[j], w.starts[j+1]-w.starts[j])
		}
		w.linear(w.wide, narrow, &l.Join, rows)
		k.AddNorm(state, w.wide, l.Attended.Gain, l.Attended.Bias)
		w.linear(w.wide, state, &l.Widen, rows)
		wide := w.wide[:rows*p.Inner]
		k.GELU(wide)
		w.linear(narrow, wide, &l.Narrow, rows)
		k.AddNorm(state, narrow, l.Fed.Gain, l.Fed.Bias)
	}
}

// score leaves the tags of n encoded windows in tags, and their links in wide.
func (w *worker) score(n int) {
	p, columns := &w.model.parameters, w.model.columns
	rows := up(w.starts[n], kernel.RowBlock)
	state := w.state[:rows*p.Hidden]
	if columns > 0 {
		w.kernel.Product(kernel.View{Data: w.tags, Step: columns}, kernel.View{Data: state, Step: p.Hidden},
			kernel.View{Data: w.model.tags, Step: columns}, rows, p.Hidden, columns)
	}
	if p.Roles > 0 {
		w.linear(w.wide, state, &p.Links, rows)
	}
}

// linear writes x times m to y.
func (w *worker) linear(y, x []float32, m *kernel.Matrix, rows int) {
	w.kernel.Quantise(w.quantised, w.scales[:rows], x)
	w.kernel.Linear(y, w.quantised, w.scales[:rows], m)
}

// embed sums up what is known of each piece before its neighbours are looked at. The products are rounded before they
// are added, on processors, too, that could do both at once.
func (w *worker) embed(windows []Window) {
	p := &w.model.parameters
	w.starts = append(w.starts[:0], 0)
	row := 0
	for _, window := range windows {
		for i, piece := range window.Pieces {
			x, y := w.state[row*p.Hidden:][:p.Hidden], w.narrow[row*p.Hidden:][:p.Hidden]
			position, word := p.Positions[i*p.Hidden:][:p.Hidden], p.Rows[int(piece)*p.Hidden:][:p.Hidden]
			step := p.Steps[piece]
			for j := range x {
				x[j] = float32(float32(int8(word[j]))*step) + position[j]
			}
			copy(y, p.Shapes[int(window.Shapes[i])*p.Hidden:])
			row++
		}
		w.starts = append(w.starts, row)
	}
	rows := up(row, kernel.RowBlock)
	w.kernel.AddNorm(w.state[:rows*p.Hidden], w.narrow, p.Norm.Gain, p.Norm.Bias)
}

// attend writes, for the n rows of a window from row first on, the values in wide weighted by how well the keys there
// fit the queries there, head by head, to narrow. It spoils up to RowBlock rows after the window, which are written
// later, or mean nothing.
func (w *worker) attend(first, n int) {
	p, k := &w.model.parameters, w.kernel
	size, columns, rows := p.Hidden/p.Heads, up(n, kernel.ColumnBlock), up(n, kernel.RowBlock)
	part := func(i, head int) kernel.View {
		return kernel.View{Data: w.wide[first*3*p.Hidden+i*p.Hidden+head*size:], Step: 3 * p.Hidden}
	}
	attention := kernel.View{Data: w.attention, Step: columns}
	for head := range p.Heads {
		keys := w.transposed(part(1, head), n, size, columns)
		k.Product(attention, part(0, head), keys, rows, size, columns)
		for r := range n {
			row := w.attention[r*columns:][:columns]
			for c := n; c < columns; c++ {
				row[c] = nowhere
			}
		}
		k.Softmax(w.attention[:n*columns], columns)
		to := kernel.View{Data: w.narrow[first*p.Hidden+head*size:], Step: p.Hidden}
		k.Product(to, attention, part(2, head), rows, n, size)
	}
}

// nowhere is the fit of a place that is not in the window.
const nowhere = -1e30

// transposed returns n rows of keys as columns, followed by zeros up to the number of columns.
func (w *worker) transposed(keys kernel.View, n, size, columns int) kernel.View {
	for c := range size {
		clear(w.keys[c*columns+n : (c+1)*columns])
	}
	for r := range n {
		for c, v := range keys.Data[r*keys.Step:][:size] {
			w.keys[c*columns+r] = v
		}
	}
	return kernel.View{Data: w.keys, Step: columns}
}

// scores returns the scores of window i of the batch.
func (w *worker) scores(i int) *Scores {
	first, last := w.starts[i], w.starts[i+1]
	links := w.model.parameters.links()
	s := &w.output
	s.tags = w.tags[first*w.model.columns : last*w.model.columns]
	s.links = w.wide[first*links : last*links]
	return s
}
