package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

func maximum(s set) {
	begin("maximum", s.name)
	x := pointer("x")
	m := s.load(Mem{Base: x})
	loop(func(o offset) { s.eachOf(VMAXPS, m, m, element(x, o)) })
	answer(s.reduce(VMAXPS, m))
}

func largest(s set, c constants) {
	begin("largest", s.name)
	mask := c.bits(0x7fffffff)
	x, m := pointer("x"), s.zero()
	loop(func(o offset) {
		v := s.load(element(x, o))
		s.eachOf(s.and(), v, v, mask)
		each(VMAXPS, m, m, v)
	})
	answer(s.reduce(VMAXPS, m))
}

func scale(s set) {
	begin("scale", s.name)
	x, f := pointer("x"), s.broadcast("f")
	loop(func(o offset) {
		v := s.vector()
		s.eachOf(VMULPS, v, f, element(x, o))
		s.store(v, element(x, o))
	})
	finish()
}

func sumAdded(s set) {
	begin("sumAdded", s.name)
	x, y, sum := pointer("x"), pointer("y"), s.zero()
	loop(func(o offset) {
		v := s.load(element(x, o))
		s.eachOf(VADDPS, v, v, element(y, o))
		s.store(v, element(x, o))
		each(VADDPS, sum, sum, v)
	})
	answer(s.reduce(VADDPS, sum))
}

func sumSquares(s set) {
	begin("sumSquares", s.name)
	x, mean, sum := pointer("x"), s.broadcast("mean"), s.zero()
	loop(func(o offset) {
		v := s.load(element(x, o))
		each(VSUBPS, v, v, mean)
		each(VFMADD231PS, sum, v, v)
	})
	answer(s.reduce(VADDPS, sum))
}

func normalise(s set) {
	begin("normalise", s.name)
	x, gain, bias := pointer("x"), pointer("gain"), pointer("bias")
	mean, f := s.broadcast("mean"), s.broadcast("f")
	loop(func(o offset) {
		v, b := s.load(element(x, o)), s.load(element(bias, o))
		each(VSUBPS, v, v, mean)
		each(VMULPS, v, v, f)
		s.eachOf(VFMADD132PS, v, b, element(gain, o))
		s.store(v, element(x, o))
	})
	finish()
}

func sumExponentials(s set, c constants) {
	begin("sumExponentials", s.name)
	x, m, sum := pointer("x"), s.broadcast("m"), s.zero()
	loop(func(o offset) {
		v := s.load(element(x, o))
		each(VSUBPS, v, v, m)
		e := s.exponential(v, c)
		s.store(e, element(x, o))
		each(VADDPS, sum, sum, e)
	})
	answer(s.reduce(VADDPS, sum))
}

func gelu(s set, c constants) {
	begin("gelu", s.name)
	x := pointer("x")
	loop(func(o offset) {
		v, u := s.load(element(x, o)), s.vector()
		each(VMULPS, u, v, v)
		s.polynomial(u, s.load(c.float(geluCubic)), c.float(geluLinear))
		each(VMULPS, u, u, v)
		e := s.exponential(u, c)
		s.eachOf(VADDPS, e, e, c.float(1))
		each(VDIVPS, v, v, e)
		s.store(v, element(x, o))
	})
	finish()
}

// polynomial replaces x by x*a + b.
func (s set) polynomial(x, a vector, b Mem) {
	s.eachOf(VFMADD213PS, x, a, b)
}

// exponential returns exp(x), using x up: 2^n times a polynomial of what rounding to n leaves.
func (s set) exponential(x vector, c constants) vector {
	s.eachOf(VMAXPS, x, x, c.float(expLeast))
	s.eachOf(VMINPS, x, x, c.float(expMost))
	n := s.load(c.float(log2E))
	s.eachOf(VFMADD213PS, n, x, c.float(rounder))
	power := s.vector()
	for i, r := range power {
		VPSLLD(U8(23), n[i], r)
		VPADDD(s.at(c.float(1), i), r, r)
	}
	s.eachOf(VSUBPS, n, n, c.float(rounder))
	t := s.load(c.float(-ln2High))
	each(VFMADD213PS, t, n, x)
	s.eachOf(VFMADD132PS, n, t, c.float(-ln2Low))
	p := s.load(c.float(expTerms[0]))
	for _, term := range expTerms[1:] {
		s.eachOf(VFMADD213PS, p, n, c.float(term))
	}
	each(VMULPS, t, n, n)
	s.eachOf(VADDPS, n, n, c.float(1))
	each(VFMADD213PS, p, t, n)
	each(VMULPS, p, p, power)
	return p
}

// roundAVX2 leaves integers of two bytes, as VPMADDWD wants them.
func roundAVX2() {
	s := avx2
	begin("round", s.name)
	q, x, f := pointer("q"), pointer("x"), s.broadcast("f")
	loop(func(o offset) {
		v := s.vector()
		s.eachOf(VMULPS, v, f, element(x, o))
		for _, r := range v {
			VCVTPS2DQ(r, r)
		}
		VPACKSSDW(v[1], v[0], v[0])
		VPERMQ(U8(0b11011000), v[0], v[0])
		VMOVDQU(v[0], Mem{Base: q})
		ADDQ(U8(2*lanes), q)
	})
	finish()
}

// roundVNNI leaves integers of one byte with 128 added, as VPDPBUSD wants them.
func roundVNNI(c constants) {
	s := avx512
	begin("round", s.name)
	q, x, f := pointer("q"), pointer("x"), s.broadcast("f")
	loop(func(o offset) {
		v := s.vector()
		s.eachOf(VMULPS, v, f, element(x, o))
		VCVTPS2DQ(v[0], v[0])
		VPADDD(c.bits(128), v[0], v[0])
		VPMOVDB(v[0], Mem{Base: q})
		ADDQ(U8(lanes), q)
	})
	finish()
}
