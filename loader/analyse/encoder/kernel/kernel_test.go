package kernel

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// operation is one call of a kernel's method on random input, answering what it wrote.
type operation func(k *Kernel, r *rand.Rand) []float32

func floats(r *rand.Rand, n int, spread float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64() * spread)
	}
	return x
}

func matrix(r *rand.Rand, rows, columns int) *Matrix {
	w := make([]byte, rows*columns)
	for i := range w {
		w[i] = byte(int8(r.IntN(2*Limit+1) - Limit))
	}
	steps := floats(r, columns, 1)
	return NewMatrix(rows, columns, w, steps, floats(r, columns, 10))
}

// blocks returns a multiple of a block, up to most of them.
func blocks(r *rand.Rand, block, most int) int { return block * (1 + r.IntN(most)) }

// linear returns x times m as a kernel computes it, with its quantisation.
func linear(k *Kernel, x []float32, m *Matrix) []float32 {
	rows := len(x) / m.Rows
	q, scales, y := make([]byte, len(x)*k.Width()), make([]float32, rows), make([]float32, rows*m.Columns)
	k.Quantise(q, scales, x)
	k.Linear(y, q, scales, m)
	return append(y, scales...)
}

// extremes is the operation that takes long and is nearly always the same.
const extremes = "extremes of linear"

var operations = map[string]operation{
	"linear": func(k *Kernel, r *rand.Rand) []float32 {
		m := matrix(r, blocks(r, ColumnBlock, 20), blocks(r, ColumnBlock, 4))
		x := floats(r, blocks(r, RowBlock, 3)*m.Rows, 3)
		clear(x[m.Rows : 2*m.Rows])
		return linear(k, x, m)
	},
	extremes: func(k *Kernel, r *rand.Rand) []float32 {
		const inner = MaxInner
		m := matrix(r, inner, ColumnBlock)
		x := make([]float32, RowBlock*inner)
		for i := range x {
			x[i] = float32(1 - 2*(i/inner%2))
		}
		for i := range m.Weights {
			m.Weights[i] = byte(256 - Limit)
		}
		return linear(k, x, NewMatrix(inner, ColumnBlock, m.Weights, m.Steps, m.Bias))
	},
	// A product with the identity shows the integers of rows that are far apart in size, some of them all halves.
	"quantise": func(k *Kernel, r *rand.Rand) []float32 {
		const size = ColumnBlock
		m := matrix(r, size, size)
		clear(m.Weights)
		for i := range size {
			m.Weights[Index(size, i, i)], m.Steps[i], m.Bias[i] = 1, 1, 0
		}
		x := floats(r, RowBlock*size, 1)
		for row := range RowBlock {
			unit, halves := math.Ldexp(1, r.IntN(200)-100), row%2 == 0
			for i := range size {
				v := &x[row*size+i]
				if halves {
					*v = float32(r.IntN(2*Limit)-Limit) + 0.5
				}
				*v *= float32(unit)
			}
			x[row*size+r.IntN(size)] = float32(Limit * unit)
		}
		return linear(k, x, NewMatrix(size, size, m.Weights, m.Steps, m.Bias))
	},
	"product": func(k *Kernel, r *rand.Rand) []float32 {
		rows, inner, columns := blocks(r, RowBlock, 3), 1+r.IntN(130), blocks(r, ColumnBlock, 3)
		y := make([]float32, rows*(columns+5))
		a, b := floats(r, rows*(inner+3), 1), floats(r, inner*(columns+7), 1)
		k.Product(View{y, columns + 5}, View{a, inner + 3}, View{b, columns + 7}, rows, inner, columns)
		return y
	},
	"softmax": func(k *Kernel, r *rand.Rand) []float32 {
		n := blocks(r, lanes, 16)
		x := floats(r, 3*n, math.Ldexp(1, r.IntN(8)))
		for i := n - r.IntN(lanes); i < n; i++ {
			x[i] = -1e30
		}
		k.Softmax(x, n)
		return x
	},
	"add and norm": func(k *Kernel, r *rand.Rand) []float32 {
		n, spread := blocks(r, lanes, 40), math.Ldexp(1, r.IntN(20)-10)
		x := floats(r, 3*n, spread)
		k.AddNorm(x, floats(r, 3*n, spread), floats(r, n, 1), floats(r, n, 1))
		return x
	},
	"gelu": func(k *Kernel, r *rand.Rand) []float32 {
		x := floats(r, blocks(r, lanes, 64), math.Ldexp(1, r.IntN(8)-4))
		copy(x, []float32{0, float32(math.Copysign(0, -1)), 1e10, -1e10, 1e-30, -1e-30})
		k.GELU(x)
		return x
	},
}

func TestKernelsGiveTheSameBits(t *testing.T) {
	t.Parallel()
	for name := range operations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seeds := uint64(10)
			switch {
			case name == extremes:
				seeds = 1
			case testing.Short():
				seeds = 2
			}
			for seed := range seeds {
				compare(t, name, seed)
			}
		})
	}
}

func FuzzKernelsGiveTheSameBits(f *testing.F) {
	f.Add(uint64(100))
	f.Fuzz(func(t *testing.T, seed uint64) {
		for name := range operations {
			if name != extremes {
				compare(t, name, seed)
			}
		}
	})
}

// compare compares what each kernel computes with what the portable one does.
func compare(t *testing.T, name string, seed uint64) {
	t.Helper()
	want := bits(operations[name](portable(), rand.New(rand.NewPCG(seed, 1))))
	for _, k := range native() {
		got := bits(operations[name](k, rand.New(rand.NewPCG(seed, 1))))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: seed %d: %s's bits differ from the portable kernel's (-want +got):\n%.2000s", name, seed, k.Name(), diff)
		}
	}
}

// TestSameBitsEverywhere holds every architecture to the bits that amd64 computes.
func TestSameBitsEverywhere(t *testing.T) {
	t.Parallel()
	digest := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(operations)) {
		for _, b := range bits(operations[name](Best(), rand.New(rand.NewPCG(11, 12)))) {
			digest.Write(binary.LittleEndian.AppendUint32(nil, b))
		}
	}
	const want = "f15c2d0e50643b69331093fcb26e2529d188540e9890b26a670391db5af9704e"
	if got := hex.EncodeToString(digest.Sum(nil)); got != want {
		t.Errorf("%s: SHA-256 of all results is %s, want %s", Best().Name(), got, want)
	}
}

func bits(x []float32) []uint32 {
	b := make([]uint32, len(x))
	for i, v := range x {
		b[i] = math.Float32bits(v)
	}
	return b
}

func TestFusedRoundsOnce(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	short := func() float32 { // few bits, so that sums often lie just between two float32
		return float32(1+r.IntN(1<<12)) * float32(math.Ldexp(1, r.IntN(40)-20)) * float32(1-2*r.IntN(2))
	}
	tries := 200_000
	if testing.Short() {
		tries = 10_000
	}
	for range tries {
		x, y, z := short(), short(), short()
		got := fused(x, y, z)
		sum := new(big.Float).SetPrec(500).Mul(big.NewFloat(float64(x)), big.NewFloat(float64(y)))
		want, _ := sum.Add(sum, big.NewFloat(float64(z))).Float32()
		if got != want {
			t.Fatalf("fused(%v, %v, %v) = %v, want %v", x, y, z, got, want)
		}
	}
}

func TestExponential(t *testing.T) {
	t.Parallel()
	for x := float32(expLeast); x <= expMost; x += 0.0137 {
		got, want := float64(exponential(x)), math.Exp(float64(x))
		if math.Abs(got-want) > 3e-7*want {
			t.Errorf("exponential(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestGELU(t *testing.T) {
	t.Parallel()
	for v := float32(-12); v < 12; v += 0.01 {
		x := float64(v)
		want := x / (1 + math.Exp(-math.Sqrt(8/math.Pi)*(x+0.044715*x*x*x)))
		got := make([]float32, 16)
		got[0] = v
		Best().GELU(got)
		if math.Abs(float64(got[0])-want) > 1e-6*math.Max(1, math.Abs(x)) {
			t.Errorf("GELU(%v) = %v, want %v", v, got[0], want)
		}
	}
}

// TestLinear compares quantised products with float64: what is lost is at most half a step of each activation.
func TestLinear(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	m := matrix(r, 64, 96)
	x := floats(r, RowBlock*m.Rows, 2)
	for _, k := range All() {
		q, scales, y := make([]byte, len(x)*k.Width()), make([]float32, RowBlock), make([]float32, RowBlock*m.Columns)
		k.Quantise(q, scales, x)
		k.Linear(y, q, scales, m)
		for i, got := range y {
			row, column := i/m.Columns, i%m.Columns
			want, lost := float64(m.Bias[column]), 1e-3
			for j := range m.Rows {
				w := float64(int8(m.Weights[Index(m.Rows, j, column)])) * float64(m.Steps[column])
				want += float64(x[row*m.Rows+j]) * w
				lost += math.Abs(w) * float64(scales[row]) / 2
			}
			if math.Abs(float64(got)-want) > lost {
				t.Fatalf("%s: row %d column %d = %v, want %v ± %v", k.Name(), row, column, got, want, lost)
			}
		}
	}
}

func TestNamed(t *testing.T) {
	t.Parallel()
	for _, want := range All() {
		got, err := Named(want.Name())
		if err != nil || got.Name() != want.Name() {
			t.Errorf("Named(%q) = %v, %v", want.Name(), got, err)
		}
	}
	if _, err := Named("abacus"); err == nil {
		t.Error(`Named("abacus") gives no error`)
	}
}

func BenchmarkLinear(b *testing.B) {
	const rows = 120
	r := rand.New(rand.NewPCG(5, 6))
	m := matrix(r, 384, 1536)
	x := floats(r, rows*m.Rows, 2)
	for _, k := range All() {
		b.Run(k.Name(), func(b *testing.B) {
			q, scales, y := make([]byte, len(x)*k.Width()), make([]float32, rows), make([]float32, rows*m.Columns)
			k.Quantise(q, scales, x)
			for b.Loop() {
				k.Linear(y, q, scales, m)
			}
			rate(b, 2*rows*m.Rows*m.Columns)
		})
	}
}

func BenchmarkProduct(b *testing.B) {
	const rows, inner, columns = 120, 32, 128
	r := rand.New(rand.NewPCG(7, 8))
	x, w, y := floats(r, rows*inner, 1), floats(r, inner*columns, 1), make([]float32, rows*columns)
	for _, k := range All() {
		b.Run(k.Name(), func(b *testing.B) {
			for b.Loop() {
				k.Product(View{y, columns}, View{x, inner}, View{w, columns}, rows, inner, columns)
			}
			rate(b, 2*rows*inner*columns)
		})
	}
}

// rate reports billions of multiplications and additions per second.
func rate(b *testing.B, operations int) {
	b.ReportMetric(float64(operations)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gop/s")
}

func BenchmarkRows(b *testing.B) {
	r := rand.New(rand.NewPCG(9, 10))
	x, add, gain, bias := floats(r, 12*384, 1), floats(r, 12*384, 1), floats(r, 384, 1), floats(r, 384, 1)
	for _, k := range All() {
		work := floats(r, 12*384, 1)
		q, scales := make([]byte, len(x)*k.Width()), make([]float32, 12)
		for name, run := range map[string]func(){
			"softmax":  func() { k.Softmax(work, 128) },
			"addnorm":  func() { k.AddNorm(work, add, gain, bias) },
			"gelu":     func() { copy(work, x); k.GELU(work) },
			"quantise": func() { k.Quantise(q, scales, x) },
		} {
			b.Run(name+"/"+k.Name(), func(b *testing.B) {
				for b.Loop() {
					run()
				}
				b.ReportMetric(float64(len(x))*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gvalue/s")
			})
		}
	}
}
