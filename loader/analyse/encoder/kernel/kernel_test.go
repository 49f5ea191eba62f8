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

var operations = map[string]operation{
	"linear": func(k *Kernel, r *rand.Rand) []float32 {
		const rows = 2 * RowBlock
		m := matrix(r, 32*(1+r.IntN(12)), 32*(1+r.IntN(4)))
		x := floats(r, rows*m.Rows, 3)
		clear(x[m.Rows : 2*m.Rows])
		q, scales, y := make([]byte, rows*m.Rows*k.Width()), make([]float32, rows), make([]float32, rows*m.Columns)
		k.Quantise(q, scales, x)
		k.Linear(y, q, scales, m)
		return append(y, scales...)
	},
	"extremes of linear": func(k *Kernel, r *rand.Rand) []float32 {
		const rows, inner = RowBlock, MaxInner
		m := matrix(r, inner, ColumnBlock)
		x := make([]float32, rows*inner)
		for i := range x {
			x[i] = float32(1 - 2*(i/inner%2))
		}
		for i := range m.Weights {
			m.Weights[i] = byte(256 - Limit)
		}
		m = NewMatrix(inner, ColumnBlock, m.Weights, m.Steps, m.Bias)
		q, scales, y := make([]byte, rows*inner*k.Width()), make([]float32, rows), make([]float32, rows*ColumnBlock)
		k.Quantise(q, scales, x)
		k.Linear(y, q, scales, m)
		return y
	},
	"product": func(k *Kernel, r *rand.Rand) []float32 {
		const rows, columns = 2 * RowBlock, 2 * ColumnBlock
		inner := 1 + r.IntN(130)
		y := make([]float32, rows*(columns+5))
		a, b := floats(r, rows*(inner+3), 1), floats(r, inner*(columns+7), 1)
		k.Product(View{y, columns + 5}, View{a, inner + 3}, View{b, columns + 7}, rows, inner, columns)
		return y
	},
	"softmax": func(k *Kernel, r *rand.Rand) []float32 {
		x := floats(r, 3*128, 10)
		for i := 100; i < 128; i++ {
			x[i] = -1e30
		}
		k.Softmax(x, 128)
		return x
	},
	"add and norm": func(k *Kernel, r *rand.Rand) []float32 {
		x := floats(r, 3*384, 2)
		k.AddNorm(x, floats(r, 3*384, 1), floats(r, 384, 1), floats(r, 384, 1))
		return x
	},
	"gelu": func(k *Kernel, r *rand.Rand) []float32 {
		x := floats(r, 1024, 6)
		x[0], x[1], x[2] = 0, 1e10, -1e10
		k.GELU(x)
		return x
	},
}

func TestKernelsGiveTheSameBits(t *testing.T) {
	t.Parallel()
	for name, run := range operations {
		for _, k := range All() {
			t.Run(name+"/"+k.Name(), func(t *testing.T) {
				t.Parallel()
				for seed := range uint64(5) {
					got := run(k, rand.New(rand.NewPCG(seed, 1)))
					want := run(portable(), rand.New(rand.NewPCG(seed, 1)))
					if diff := cmp.Diff(bits(want), bits(got)); diff != "" {
						t.Fatalf("seed %d: bits differ from the portable kernel's (-want +got):\n%.2000s", seed, diff)
					}
				}
			})
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
	const want = "4b228e825866a2c4164aaf7fa05ed70ce5bfac62a21e95809cf95130b321af1d"
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
	for range 200_000 {
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
