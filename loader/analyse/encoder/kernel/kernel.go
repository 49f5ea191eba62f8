// Package kernel computes what a transformer encoder consists of: products of quantised and of float matrices, softmax,
// layer norm and GELU. There is a kernel for each instruction set worth having, and a portable one; on the same input
// all give the same bits.
//
// They can, because integer sums are exact whatever their order, and because every float is made by the same operations
// in the same order: multiply and add is always fused into one rounding (the portable kernel computes that rounding),
// sums over a row are kept in sixteen lanes that are folded by halves, and exp is one polynomial for all.
//
// Weights and activations are both integers within ±127. AVX-512 multiplies bytes (VPDPBUSD, activations with 128
// added, which the sums make good from their start). AVX2's way of multiplying bytes, VPMADDUBSW, saturates at 16 bits
// unless activations are cut to 7 bits; so the AVX2 kernel widens to 16 bits and uses VPMADDWD, which is exact at seven
// to nine tenths of the speed. On arm64 SDOT multiplies signed bytes and adds four products to 32 bits, where there is a
// dot product; elsewhere SMULL and SMLAL add two products, which 16 bits just hold.
package kernel

//go:generate go run -C gen . -arch amd64 -out ../kernel_amd64.s -stubs ../kernel_amd64.go -pkg kernel
//go:generate go run -C gen . -arch arm64 -out ../kernel_arm64.s -stubs ../kernel_arm64.go -pkg kernel

import "fmt"

const (
	// RowBlock is what the number of rows of a product is a multiple of.
	RowBlock = 12
	// ColumnBlock is what the number of columns of a product is a multiple of; so are the rows of quantised weights.
	ColumnBlock = 32
	// Limit is the greatest magnitude of a weight or a quantised activation.
	Limit = 127
	// MaxInner is the greatest number of products in an integer sum: beyond it 32 bits might not hold the sum.
	MaxInner = 1 << 15
)

// A Kernel computes with one instruction set. It has no state: it is safe for concurrent use. Its methods panic if
// slices are shorter than their shapes say, as indexing does.
type Kernel struct {
	name  string
	width int // bytes of a quantised activation

	floatRows, integerRows int // rows of a tile, divisors of RowBlock

	maximum         func(x []float32) float32
	largest         func(x []float32) float32
	sumExponentials func(x []float32, m float32) float32
	scale           func(x []float32, f float32)
	sumAdded        func(x, y []float32) float32
	sumSquares      func(x []float32, mean float32) float32
	normalise       func(x []float32, mean, f float32, gain, bias []float32)
	gelu            func(x []float32)
	round           func(q []byte, x []float32, f float32)
	floatTile       func(y []float32, stepY int, a []float32, stepA int, b []float32, stepB, inner int)
	integerTile     func(y []float32, stepY int, q []byte, scales []float32, w []byte, start []int32, steps, bias []float32)
}

// Best returns the fastest kernel that this processor runs.
func Best() *Kernel { return All()[0] }

// All returns the kernels that this processor runs, the fastest first, the portable one last.
func All() []*Kernel { return append(native(), portable()) }

// Named returns the kernel of a name, or an error that says which there are.
func Named(name string) (*Kernel, error) {
	var names []string
	for _, k := range All() {
		if k.name == name {
			return k, nil
		}
		names = append(names, k.name)
	}
	return nil, fmt.Errorf("no kernel %q on this processor: it runs %q", name, names)
}

// Name returns the instruction set's name: "avx512-vnni", "avx2", "neon-dotprod", "neon" or "portable".
func (k *Kernel) Name() string { return k.name }

// Width returns how many bytes a quantised activation takes, 1 or 2.
func (k *Kernel) Width() int { return k.width }
