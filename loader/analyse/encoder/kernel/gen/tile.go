package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// columns is the width of a tile of any matrix product.
const columns = 32

// A tile is the accumulators of a matrix product, row by row, and the ways to its memory.
type tile struct {
	sums  []vector // rows of registers
	a     []Mem    // where each row of the left matrix goes on
	bases []reg.GPVirtual
}

// newTile addresses rows of the left matrix that begin at a, stride bytes apart, with one pointer for every four.
func (s set) newTile(rows, registers int, a, stride reg.GPVirtual) tile {
	var t tile
	triple := GP64()
	LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, triple)
	base := a
	for r := range rows {
		if r%4 == 0 {
			p := GP64()
			if r == 0 {
				MOVQ(base, p)
			} else {
				LEAQ(Mem{Base: base, Index: stride, Scale: 4}, p)
			}
			base = p
			t.bases = append(t.bases, p)
		}
		at := Mem{Base: base}
		switch r % 4 {
		case 1:
			at.Index, at.Scale = stride, 1
		case 2:
			at.Index, at.Scale = stride, 2
		case 3:
			at.Index, at.Scale = triple, 1
		}
		t.a = append(t.a, at)
		sum := make(vector, registers)
		for i := range sum {
			sum[i] = s.register()
		}
		t.sums = append(t.sums, sum)
	}
	return t
}

// advance moves on by n bytes in every row of the left matrix.
func (t tile) advance(n int) {
	for _, p := range t.bases {
		ADDQ(U8(n), p)
	}
}

// repeat runs body n times, which is at least once.
func repeat(label string, n reg.GPVirtual, body func()) {
	Label(label)
	body()
	DECQ(n)
	JNZ(LabelRef(label))
}

// floatTile multiplies rows of a by 32 columns of b: each sum is a chain of fused multiply-adds in the order of b's rows.
func floatTile(s set, rows int) {
	begin("floatTile", s.name)
	const registers = 2 // of each row at a time
	stepA := load("stepA")
	SHLQ(U8(2), stepA)
	b, y := pointer("b"), pointer("y")
	passes := GP64()
	MOVQ(U32(columns*4/(registers*s.width)), passes)
	repeat("pass", passes, func() {
		t := s.newTile(rows, registers, pointer("a"), stepA)
		for _, sum := range t.sums {
			for _, r := range sum {
				s.clear(r)
			}
		}
		stepB, from, inner := load("stepB"), GP64(), load("inner")
		SHLQ(U8(2), stepB)
		MOVQ(b, from)
		repeat("inner", inner, func() {
			right := vector{s.register(), s.register()}
			for i, r := range right {
				VMOVUPS(Mem{Base: from, Disp: i * s.width}, r)
			}
			for r, sum := range t.sums {
				left := s.register()
				VBROADCASTSS(t.a[r], left)
				for i := range sum {
					VFMADD231PS(right[i], left, sum[i])
				}
			}
			ADDQ(stepB, from)
			t.advance(4)
		})
		stepY, to := load("stepY"), GP64()
		SHLQ(U8(2), stepY)
		MOVQ(y, to)
		for _, sum := range t.sums {
			for i, r := range sum {
				VMOVUPS(r, Mem{Base: to, Disp: i * s.width})
			}
			ADDQ(stepY, to)
		}
		ADDQ(U8(registers*s.width), b)
		ADDQ(U8(registers*s.width), y)
	})
	finish()
}

// load loads an argument of eight bytes.
func load(name string) reg.GPVirtual { return Load(Param(name), GP64()).(reg.GPVirtual) }

// integerTileVNNI adds the products of four bytes at a time to 32-bit sums, which start where the 128 added to each
// activation has no effect.
func integerTileVNNI() {
	const rows, registers = 12, 2
	s := avx512
	begin("integerTile", s.name)
	groups := Load(Param("w").Len(), GP64()).(reg.GPVirtual)
	SHRQ(U8(5), groups) // rows of w, the bytes of a row of q
	t := s.newTile(rows, registers, pointer("q"), groups)
	start := pointer("start")
	for i := range registers {
		VMOVDQU32(Mem{Base: start, Disp: i * s.width}, t.sums[0][i])
		for _, sum := range t.sums[1:] {
			VMOVDQA64(t.sums[0][i], sum[i])
		}
	}
	n, w := GP64(), pointer("w")
	MOVQ(groups, n)
	SHRQ(U8(2), n)
	repeat("inner", n, func() {
		weights := s.load(Mem{Base: w})
		weights = append(weights, s.load(Mem{Base: w, Disp: s.width})...)
		for r, sum := range t.sums {
			q := s.register()
			VPBROADCASTD(t.a[r], q)
			for i := range sum {
				VPDPBUSD(weights[i], q, sum[i])
			}
		}
		ADDQ(U8(2*s.width), w)
		t.advance(4)
	})
	y, stepY, scales := pointer("y"), load("stepY"), pointer("scales")
	SHLQ(U8(2), stepY)
	steps, bias := pointer("steps"), pointer("bias")
	s.scaleSums(t, y, stepY, scales, steps, bias)
	finish()
}

// scaleSums turns the sums of a tile into floats, scales and shifts them, and writes them.
func (s set) scaleSums(t tile, y, stepY, scales, steps, bias reg.GPVirtual) {
	registers := len(t.sums[0])
	step, shift := make(vector, registers), make(vector, registers)
	for i := range registers {
		step[i], shift[i] = s.register(), s.register()
		VMOVUPS(Mem{Base: steps, Disp: i * s.width}, step[i])
		VMOVUPS(Mem{Base: bias, Disp: i * s.width}, shift[i])
	}
	for r, sum := range t.sums {
		scale := s.register()
		VBROADCASTSS(Mem{Base: scales, Disp: 4 * r}, scale)
		for i, v := range sum {
			VCVTDQ2PS(v, v)
			VMULPS(scale, v, v)
			VFMADD213PS(shift[i], step[i], v)
			VMOVUPS(v, Mem{Base: y, Disp: i * s.width})
		}
		ADDQ(stepY, y)
	}
}

// integerTileAVX2 widens weights to 16 bits and adds the products of two at a time, which cannot overflow. A register
// of sums holds two halves of each of four columns, which are added at the end; so eight columns are done at a time.
func integerTileAVX2() {
	const rows, registers, width = 6, 2, 8
	s := avx2
	begin("integerTile", s.name)
	groups := Load(Param("w").Len(), GP64()).(reg.GPVirtual)
	SHRQ(U8(4), groups) // twice the rows of w, the bytes of a row of q
	panel, y := pointer("w"), pointer("y")
	steps, bias := pointer("steps"), pointer("bias")
	passes := GP64()
	MOVQ(U32(columns/width), passes)
	repeat("pass", passes, func() {
		t := s.newTile(rows, registers, pointer("q"), groups)
		for _, sum := range t.sums {
			for _, r := range sum {
				s.clear(r)
			}
		}
		n, w := GP64(), GP64()
		MOVQ(groups, n)
		SHRQ(U8(3), n)
		MOVQ(panel, w)
		repeat("inner", n, func() {
			weights := vector{YMM(), YMM()}
			for i, r := range weights {
				VPMOVSXBW(Mem{Base: w, Disp: 16 * i}, r)
			}
			for r, sum := range t.sums {
				q, product := YMM(), YMM()
				VPBROADCASTQ(t.a[r], q)
				VPMADDWD(weights[0], q, product)
				VPMADDWD(weights[1], q, q) // next to its like: the other order is a tenth slower on Zen 3
				VPADDD(product, sum[0], sum[0])
				VPADDD(q, sum[1], sum[1])
			}
			ADDQ(U32(4*columns), w)
			t.advance(8)
		})
		for r, sum := range t.sums {
			VPHADDD(sum[1], sum[0], sum[0])
			VPERMQ(U8(0b11011000), sum[0], sum[0])
			t.sums[r] = sum[:1]
		}
		to, stepY, scales := GP64(), load("stepY"), pointer("scales")
		SHLQ(U8(2), stepY)
		MOVQ(y, to)
		s.scaleSums(t, to, stepY, scales, steps, bias)
		for _, p := range []reg.GPVirtual{y, steps, bias} {
			ADDQ(U8(4*width), p)
		}
		ADDQ(U8(4*width), panel)
	})
	finish()
}
