package main

import (
	. "github.com/mmcloughlin/avo/build"
)

// pass is how many columns of a tile are summed up at a time.
const pass = 16

// sums takes four registers of sums for each row and makes them 0.
func (a *neon) sums(rows, registers int) [][]int {
	all := make([][]int, rows)
	for i := range all {
		all[i] = a.registers(registers)
		for _, r := range all[i] {
			do(exclusive, r, r, r)
		}
	}
	return all
}

// rowPointers takes a register for each of the rows that begin at first and stand stride bytes apart.
func (a *neon) rowPointers(rows int, first, stride general) []general {
	all := make([]general, rows)
	for i := range all {
		all[i] = a.take()
		if i == 0 {
			emit("MOVD %s, %s", first, all[0])
		} else {
			emit("ADD %s, %s, %s", stride, all[i-1], all[i])
		}
	}
	return all
}

// passes runs body for each of the passes of a tile, which uses the registers that it takes anew each time.
func (a *neon) passes(body func()) {
	n := a.take()
	emit("MOVD $%d, %s", columns/pass, n)
	a.repeat("pass", n, 1, body)
	leave()
}

// loadPair loads two registers that follow one another.
func loadPair(from general, offset, first int) {
	emit("FLDPQ %d(%s), (F%d, F%d)", offset, from, first, first+1)
}

// floatTile multiplies six rows of a by 32 columns of b: each sum is a chain of fused multiply-adds in the order of b's
// rows.
func (a *neon) floatTile() {
	const rows = 6
	a.function("floatTile", "NEON")
	left, stepA, b, stepB := a.pointer("a"), a.bytes("stepA"), a.pointer("b"), a.bytes("stepB")
	y, stepY := a.pointer("y"), a.bytes("stepY")
	a.passes(func() {
		sums, right, factors := a.sums(rows, pass/4), a.registers(4), a.registers(4)
		from, to, n := a.take(), a.take(), a.load(Param("inner"))
		emit("MOVD %s, %s", b, from)
		emit("MOVD %s, %s", y, to)
		starts := a.rowPointers(rows, left, stepA)
		a.repeat("inner", n, 1, func() {
			loadPair(from, 0, right[0])
			loadPair(from, 32, right[2])
			emit("ADD %s, %s, %s", stepB, from, from)
			for r, row := range sums {
				f := factors[r%len(factors)]
				emit("FMOVS.P 4(%s), F%d", starts[r], f)
				for i, sum := range row {
					do(fmlaElement, sum, right[i], f, 0)
				}
			}
		})
		for _, row := range sums {
			emit("VST1 %s, (%s)", quad(row).list(), to)
			emit("ADD %s, %s, %s", stepY, to, to)
		}
		emit("ADD $%d, %s, %s", 4*pass, b, b)
		emit("ADD $%d, %s, %s", 4*pass, y, y)
	})
}

// A product writes the code that adds up a tile's sums: it is given registers for them, which are 0, and the others that
// are free, where each row of activations and the weights begin, and how many rows of weights there are. It returns the
// registers that hold the sums of four columns each, row by row.
type product func(sums [][]int, free []int, q []general, w, n general) [][]int

// integerTile writes a tile of rows with that many registers of sums for each.
func (a *neon) integerTile(set string, rows, registers int, add product) {
	a.function("integerTile", set)
	inner, panel, y, stepY := a.load(Param("w").Len()), a.pointer("w"), a.pointer("y"), a.bytes("stepY")
	emit("LSR $5, %s, %s", inner, inner) // rows of w, the bytes of a row of q
	steps, bias, scales := a.pointer("steps"), a.pointer("bias"), a.pointer("scales")
	a.passes(func() {
		sums, free := a.sums(rows, registers), a.registers(32-rows*registers)
		w, n, to := a.take(), a.take(), a.take()
		emit("MOVD %s, %s", panel, w)
		emit("MOVD %s, %s", inner, n)
		sums = add(sums, free, a.rowPointers(rows, a.pointer("q"), inner), w, n)

		factors, step, shift, value := free[:3], free[3], free[4], free[5]
		for r := 0; r < rows; r += 2 {
			emit("FMOVD %d(%s), F%d", 4*r, scales, factors[r/2])
		}
		for i := range pass / 4 {
			emit("FMOVQ.P 16(%s), F%d", steps, step)
			emit("FMOVQ.P 16(%s), F%d", bias, shift)
			emit("ADD $%d, %s, %s", 16*i, y, to)
			for r, row := range sums {
				do(scvtf, row[i], row[i])
				do(fmulElement, row[i], row[i], factors[r/2], r%2)
				emit("VMOV V%d.B16, V%d.B16", shift, value)
				do(fmla, value, row[i], step)
				emit("FMOVQ F%d, (%s)", value, to)
				emit("ADD %s, %s, %s", stepY, to, to)
			}
		}
		emit("ADD $%d, %s, %s", 4*pass, panel, panel)
		emit("ADD $%d, %s, %s", 4*pass, y, y)
	})
}

// dotProducts adds the products of four bytes at a time to sums of 32 bits, sixteen rows of weights at a time.
func (a *neon) dotProducts(sums [][]int, free []int, q []general, w, n general) [][]int {
	left, right := free[:len(q)], free[len(q):]
	a.repeat("inner", n, 16, func() {
		for r, from := range q {
			emit("FMOVQ.P 16(%s), F%d", from, left[r])
		}
		for group := range 4 {
			for i := range pass / 4 {
				if i%2 == 0 {
					loadPair(w, 4*columns*group+16*i, right[0])
				}
				for r, row := range sums {
					do(sdotElement, row[i], right[i%2], left[r], group)
				}
			}
		}
		emit("ADD $%d, %s, %s", 4*4*columns, w, w)
	})
	return sums
}

// widenedProducts adds two products of bytes, which 16 bits just hold, and pairs of such sums to sums of 32 bits; eight
// rows of weights at a time. A register of sums holds two halves of each of two columns, which are added at the end.
func (a *neon) widenedProducts(sums [][]int, free []int, q []general, w, n general) [][]int {
	left, right, pairs := free[:2*len(q)], free[2*len(q):][:2], free[2*len(q)+2:]
	a.repeat("inner", n, 8, func() {
		for r, from := range q {
			emit("VLD1R.P 4(%s), [V%d.S4]", from, left[2*r])
			emit("VLD1R.P 4(%s), [V%d.S4]", from, left[2*r+1])
		}
		for i := range pass / 4 {
			emit("FMOVQ %d(%s), F%d", 16*i, w, right[0])
			emit("FMOVQ %d(%s), F%d", 4*columns+16*i, w, right[1])
			for r, row := range sums {
				low, high := pairs[2*r], pairs[2*r+1]
				do(smull, low, right[0], left[2*r])
				do(smull2, high, right[0], left[2*r])
				do(smlal, low, right[1], left[2*r+1])
				do(smlal2, high, right[1], left[2*r+1])
				do(sadalp, row[2*i], low)
				do(sadalp, row[2*i+1], high)
			}
		}
		emit("ADD $%d, %s, %s", 2*4*columns, w, w)
	})
	for r, row := range sums {
		for i := range pass / 4 {
			do(addPairs, row[i], row[2*i], row[2*i+1])
		}
		sums[r] = row[:pass/4]
	}
	return sums
}
