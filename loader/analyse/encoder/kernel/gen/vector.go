package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// lanes is how many float32 the element-wise functions take at a time: one register of AVX-512, two of AVX2. Partial
// sums are kept per lane, so that both add in the same order.
const lanes = 16

// A set is an instruction set to write for.
type set struct {
	name  string
	width int // bytes of a register
}

var (
	avx2   = set{"AVX2", 32}
	avx512 = set{"AVX512", 64}
)

// A vector is sixteen float32 in one or two registers.
type vector []reg.VecVirtual

func (s set) register() reg.VecVirtual {
	if s.width == 64 {
		return ZMM()
	}
	return YMM()
}

func (s set) vector() vector {
	v := make(vector, 4*lanes/s.width)
	for i := range v {
		v[i] = s.register()
	}
	return v
}

// zero is a vector of zeros.
func (s set) zero() vector {
	v := s.vector()
	for _, r := range v {
		s.clear(r)
	}
	return v
}

// clear sets a register to zero.
func (s set) clear(r reg.VecVirtual) {
	if s.width == 64 {
		VPXORD(r, r, r)
		return
	}
	VXORPS(r, r, r)
}

// and is the instruction for the bits that both have.
func (s set) and() instruction {
	if s.width == 64 {
		return VPANDD
	}
	return VANDPS
}

// broadcast is a vector of one argument.
func (s set) broadcast(name string) vector {
	a, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	v := s.vector()
	for _, r := range v {
		VBROADCASTSS(a.Addr, r)
	}
	return v
}

// load reads sixteen float32.
func (s set) load(from Mem) vector {
	v := s.vector()
	for i, r := range v {
		VMOVUPS(from.Offset(i*s.width), r)
	}
	return v
}

func (s set) store(v vector, to Mem) {
	for i, r := range v {
		VMOVUPS(r, to.Offset(i*s.width))
	}
}

// at is the operand of register i of a vector in memory.
func (s set) at(m Mem, i int) Mem { return m.Offset(i * s.width) }

// An instruction of three operands, which stand here as in Intel's manual from the last to the first.
type instruction func(ops ...Op)

// each applies an instruction of three operands, z = x f y, register by register.
func each(f instruction, z, x, y vector) {
	for i := range z {
		f(y[i], x[i], z[i])
	}
}

// eachOf is each with y in memory.
func (s set) eachOf(f instruction, z, x vector, y Mem) {
	for i := range z {
		f(s.at(y, i), x[i], z[i])
	}
}

// reduce folds sixteen lanes into the lowest: 16 to 8, 8 to 4, 4 to 2, 2 to 1, always i with i plus half.
func (s set) reduce(f instruction, v vector) reg.VecVirtual {
	y := YMM()
	if s.width == 64 {
		VEXTRACTF64X4(U8(1), v[0], y)
		f(y, v[0].AsY(), y)
	} else {
		f(v[1], v[0], y)
	}
	x := XMM()
	VEXTRACTF128(U8(1), y, x)
	f(x, y.AsX(), x)
	t := XMM()
	VPERMILPS(U8(0b1110), x, t)
	f(t, x, x)
	VPERMILPS(U8(0b0001), x, t)
	f(t, x, x)
	return x
}

// An offset is a register that counts bytes.
type offset = reg.GPVirtual

// loop runs body for every sixteen elements of slice x, which are at least sixteen, with their offset in bytes.
func loop(body func(o offset)) {
	n := Load(Param("x").Len(), GP64())
	SHLQ(U8(2), n)
	o := GP64()
	XORQ(o, o)
	Label("loop")
	body(o)
	ADDQ(U8(4*lanes), o)
	CMPQ(o, n)
	JLT(LabelRef("loop"))
}

// pointer loads the address of a slice argument.
func pointer(name string) reg.GPVirtual {
	return Load(Param(name).Base(), GP64()).(reg.GPVirtual)
}

// element addresses slice p at an offset in bytes.
func element(p reg.GPVirtual, o offset) Mem { return Mem{Base: p, Index: o, Scale: 1} }

// finish leaves the wide registers clean and returns.
func finish() {
	VZEROUPPER()
	RET()
}

// answer returns the lowest lane of x.
func answer(x reg.VecVirtual) {
	Store(x.AsX(), ReturnIndex(0))
	finish()
}
