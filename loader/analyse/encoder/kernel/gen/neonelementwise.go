package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// A quad is sixteen float32: four registers; or one, four times over.
type quad [4]int

// quad takes four registers that follow one another.
func (a *neon) quad() quad { return quad(a.registers(4)) }

// same is a quad of one register.
func same(r int) quad { return quad{r, r, r, r} }

func (q quad) list() string {
	return fmt.Sprintf("[V%d.S4, V%d.S4, V%d.S4, V%d.S4]", q[0], q[1], q[2], q[3])
}

// apply applies an instruction register by register.
func apply(o opcode, quads ...quad) {
	for i := range 4 {
		operands := make([]int, len(quads))
		for j, q := range quads {
			operands[j] = q[i]
		}
		do(o, operands...)
	}
}

// read reads sixteen values and leaves the pointer behind them.
func read(q quad, from general) { emit("VLD1.P 64(%s), %s", from, q.list()) }

// write writes sixteen values and leaves the pointer behind them.
func write(q quad, to general) { emit("VST1.P %s, 64(%s)", q.list(), to) }

// fill sets a quad to a constant.
func (a *neon) fill(q quad, c operand.Mem) {
	emit("MOVD $%s, R%d", c.Asm(), scratch)
	emit("VLD1 (R%d), %s", scratch, q.list())
}

// scratch is a general register that take never takes.
const scratch = 19

// zero is a quad of zeros.
func (a *neon) zero() quad {
	q := a.quad()
	apply(exclusive, q, q, q)
	return q
}

// constant is a constant in one register.
func (a *neon) constant(c operand.Mem) quad {
	r := a.registers(1)[0]
	emit("MOVD $%s, R%d", c.Asm(), scratch)
	emit("FMOVQ (R%d), F%d", scratch, r)
	return same(r)
}

// broadcast is an argument in one register.
func (a *neon) broadcast(name string) quad {
	r := a.registers(1)[0]
	emit("FMOVS %s, F%d", argument(Param(name)), r)
	do(spread, r, r, 0)
	return same(r)
}

// answer folds sixteen lanes into the lowest, always i with i plus half, and returns it.
func (a *neon) answer(o opcode, q quad) {
	do(o, q[0], q[0], q[2])
	do(o, q[1], q[1], q[3])
	do(o, q[0], q[0], q[1])
	for _, half := range []int{8, 4} {
		do(rotate, q[1], q[0], half)
		do(o, q[0], q[0], q[1])
	}
	emit("FMOVS F%d, %s", q[0], argument(ReturnIndex(0)))
	leave()
}

// each runs body for every sixteen values of slice x.
func (a *neon) each(body func()) { a.repeat("loop", a.load(Param("x").Len()), lanes, body) }

func (a *neon) maximum() {
	a.function("maximum", "NEON")
	x, m, v := a.pointer("x"), a.quad(), a.quad()
	emit("VLD1 (%s), %s", x, m.list())
	a.each(func() {
		read(v, x)
		apply(fmax, m, m, v)
	})
	a.answer(fmax, m)
}

func (a *neon) largest() {
	a.function("largest", "NEON")
	x, m, v := a.pointer("x"), a.zero(), a.quad()
	a.each(func() {
		read(v, x)
		apply(fabs, v, v)
		apply(fmax, m, m, v)
	})
	a.answer(fmax, m)
}

func (a *neon) scale() {
	a.function("scale", "NEON")
	x, to, v, f := a.pointer("x"), a.pointer("x"), a.quad(), a.broadcast("f")
	a.each(func() {
		read(v, x)
		apply(fmul, v, v, f)
		write(v, to)
	})
	leave()
}

func (a *neon) sumAdded() {
	a.function("sumAdded", "NEON")
	x, to, y := a.pointer("x"), a.pointer("x"), a.pointer("y")
	sum, v, w := a.zero(), a.quad(), a.quad()
	a.each(func() {
		read(v, x)
		read(w, y)
		apply(fadd, v, v, w)
		write(v, to)
		apply(fadd, sum, sum, v)
	})
	a.answer(fadd, sum)
}

func (a *neon) sumSquares() {
	a.function("sumSquares", "NEON")
	x, sum, v, mean := a.pointer("x"), a.zero(), a.quad(), a.broadcast("mean")
	a.each(func() {
		read(v, x)
		apply(fsub, v, v, mean)
		apply(fmla, sum, v, v)
	})
	a.answer(fadd, sum)
}

func (a *neon) normalise() {
	a.function("normalise", "NEON")
	x, to, gain, bias := a.pointer("x"), a.pointer("x"), a.pointer("gain"), a.pointer("bias")
	v, g, b, mean, f := a.quad(), a.quad(), a.quad(), a.broadcast("mean"), a.broadcast("f")
	a.each(func() {
		read(v, x)
		read(g, gain)
		read(b, bias)
		apply(fsub, v, v, mean)
		apply(fmul, v, v, f)
		apply(fmla, b, v, g)
		write(b, to)
	})
	leave()
}

func (a *neon) sumExponentials() {
	a.function("sumExponentials", "NEON")
	x, to, sum, v := a.pointer("x"), a.pointer("x"), a.zero(), a.quad()
	m, e := a.broadcast("m"), a.exponential()
	a.each(func() {
		read(v, x)
		apply(fsub, v, v, m)
		e.of(v)
		write(v, to)
		apply(fadd, sum, sum, v)
	})
	a.answer(fadd, sum)
}

func (a *neon) gelu() {
	a.function("gelu", "NEON")
	x, to, v, u := a.pointer("x"), a.pointer("x"), a.quad(), a.quad()
	cubic, e := a.constant(a.float(geluCubic)), a.exponential()
	a.each(func() {
		read(v, x)
		apply(fmul, e.n, v, v)
		a.fill(u, a.float(geluLinear))
		apply(fmla, u, e.n, cubic)
		apply(fmul, u, u, v)
		e.of(u)
		apply(fadd, u, u, e.one)
		apply(fdiv, v, v, u)
		write(v, to)
	})
	leave()
}

// An exponential is what its computation needs: constants, and quads to work in.
type exponential struct {
	*neon
	least, most, toBase2, integer, high, low, first, one quad
	n, p, power                                          quad
}

func (a *neon) exponential() *exponential {
	c := func(f float32) quad { return a.constant(a.float(f)) }
	return &exponential{
		neon: a, least: c(expLeast), most: c(expMost), toBase2: c(log2E), integer: c(rounder),
		high: c(-ln2High), low: c(-ln2Low), first: c(expTerms[0]), one: c(1),
		n: a.quad(), p: a.quad(), power: a.quad(),
	}
}

// of replaces x by exp(x): 2^n times a polynomial of what rounding to n leaves.
func (e *exponential) of(x quad) {
	apply(fmax, x, x, e.least)
	apply(fmin, x, x, e.most)
	e.fill(e.n, e.float(rounder))
	apply(fmla, e.n, x, e.toBase2)
	for i, r := range e.power {
		do(shiftLeft, r, e.n[i], 23)
	}
	apply(addWords, e.power, e.power, e.one)
	apply(fsub, e.n, e.n, e.integer)
	apply(fmla, x, e.n, e.high)
	apply(fmla, x, e.n, e.low)
	sum, next, after := e.first, e.p, e.n
	for _, term := range expTerms[1:] {
		e.fill(next, e.float(term))
		apply(fmla, next, sum, x)
		sum, next, after = next, after, next
	}
	apply(fmul, next, x, x)
	apply(fadd, x, x, e.one)
	apply(fmla, x, next, sum)
	apply(fmul, x, x, e.power)
}

// round leaves integers of one byte.
func (a *neon) round() {
	a.function("round", "NEON")
	q, x, v, f := a.pointer("q"), a.pointer("x"), a.quad(), a.broadcast("f")
	a.each(func() {
		read(v, x)
		apply(fmul, v, v, f)
		apply(fcvtns, v, v)
		do(evenHalfs, v[0], v[0], v[1])
		do(evenHalfs, v[2], v[2], v[3])
		do(evenBytes, v[0], v[0], v[2])
		emit("FMOVQ.P F%d, %d(%s)", v[0], lanes, q)
	})
	leave()
}
