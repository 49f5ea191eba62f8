package kernel

// A Matrix holds quantised weights with what turns their integer sums into floats.
type Matrix struct {
	Rows, Columns int // Rows are the inputs; both are multiples of ColumnBlock

	// Weights are int8 within ±Limit, in panels of 32 columns; in a panel stand, for every four rows, the four
	// weights of the first column, of the second, and so on: Index says where. Kernels read them as they are.
	Weights []byte
	Steps   []float32 // by column: what 1 in Weights means
	Bias    []float32 // by column

	start []int32 // by column: -128 times the sum of the column
}

// Index returns where the weight of a row and a column stands in the weights of a matrix with that many rows.
func Index(rows, row, column int) int {
	panel, c := column/ColumnBlock, column%ColumnBlock
	return panel*ColumnBlock*rows + row/4*4*ColumnBlock + 4*c + row%4
}

// Pack returns the weights of a matrix, given row by row, in the order that Matrix wants.
func Pack(rows, columns int, weights []int8) []byte {
	packed := make([]byte, rows*columns)
	for r := range rows {
		for c := range columns {
			packed[Index(rows, r, c)] = byte(weights[r*columns+c])
		}
	}
	return packed
}

// NewMatrix returns a matrix over the slices given, whose lengths must be as Matrix says.
func NewMatrix(rows, columns int, weights []byte, steps, bias []float32) *Matrix {
	m := &Matrix{
		Rows: rows, Columns: columns,
		Weights: weights[:rows*columns], Steps: steps[:columns], Bias: bias[:columns],
		start: make([]int32, columns),
	}
	for panel := 0; panel < columns; panel += ColumnBlock {
		sums := (*[ColumnBlock]int32)(m.start[panel:])
		w := m.Weights[panel*rows:][:ColumnBlock*rows]
		for ; len(w) >= 4*ColumnBlock; w = w[4*ColumnBlock:] {
			for c := range sums {
				g := w[4*c : 4*c+4 : 4*c+4]
				sums[c] -= int32(int8(g[0])) + int32(int8(g[1])) + int32(int8(g[2])) + int32(int8(g[3]))
			}
		}
		for c := range sums {
			sums[c] *= 128
		}
	}
	return m
}

// A View is a float matrix inside a longer slice: row r begins at r*Step.
type View struct {
	Data []float32
	Step int
}

// at returns the data from a row and column on.
func (v View) at(row, column int) []float32 { return v.Data[row*v.Step+column:] }

// Quantise writes rows of floats as integers within ±Limit, and to scales what 1 means in each row: its largest
// magnitude over Limit. There are len(scales) rows, each a multiple of sixteen long; q takes Width bytes for each value.
// The largest magnitude of a row is 0, or at least 1e-36: beyond that, Limit over it is no float32.
func (k *Kernel) Quantise(q []byte, scales, x []float32) {
	n := len(x) / len(scales)
	for r := range scales {
		row := x[r*n:][:n]
		m := k.largest(row)
		if m == 0 {
			m = 1
		}
		k.round(q[r*n*k.width:][:n*k.width], row, Limit/m)
		scales[r] = m / Limit
	}
}

// Linear writes x*m to y for the x that q and scales hold, as Quantise left them. The number of rows, len(scales), is a
// multiple of RowBlock; rows of y are m.Columns long.
func (k *Kernel) Linear(y []float32, q []byte, scales []float32, m *Matrix) {
	rows := len(scales)
	_, _ = y[:rows*m.Columns], q[:rows*m.Rows*k.width]
	for c := 0; c < m.Columns; c += ColumnBlock {
		w := m.Weights[c*m.Rows:][:ColumnBlock*m.Rows]
		start, steps, bias := m.start[c:][:ColumnBlock], m.Steps[c:][:ColumnBlock], m.Bias[c:][:ColumnBlock]
		for r := 0; r < rows; r += k.integerRows {
			k.integerTile(
				y[r*m.Columns+c:], m.Columns, q[r*m.Rows*k.width:], scales[r:][:k.integerRows], w, start, steps, bias)
		}
	}
}

// Product writes a*b to y, for a of rows by inner, and b of inner by columns. Rows are a multiple of RowBlock, columns of
// ColumnBlock.
func (k *Kernel) Product(y, a, b View, rows, inner, columns int) {
	_, _ = y.at(rows-1, columns-1)[0], a.at(rows-1, inner-1)[0]
	_ = b.at(inner-1, columns-1)[0]
	for c := 0; c < columns; c += ColumnBlock {
		for r := 0; r < rows; r += k.floatRows {
			k.floatTile(y.at(r, c), y.Step, a.at(r, 0), a.Step, b.at(0, c), b.Step, inner)
		}
	}
}
