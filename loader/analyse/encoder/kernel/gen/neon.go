package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/gotypes"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
)

// Avo knows amd64 alone. Of it, arm64 uses what any architecture needs: functions with their arguments, labels, data, and
// the two files. Instructions are text here, and there are registers enough to number them off.

// An opcode is an instruction on vector registers. Go's assembler has few of those for floats and none for products of
// bytes; the others are words, as Arm encodes them (Arm Architecture Reference Manual, C7.2).
type opcode struct {
	word   uint32 // with all operands 0; 0, if Go's assembler knows the instruction
	syntax string // Arm's, with the result first; or Go's, with the result last
}

var (
	fadd        = opcode{0x4e20d400, "fadd v%d.4s, v%d.4s, v%d.4s"}
	fsub        = opcode{0x4ea0d400, "fsub v%d.4s, v%d.4s, v%d.4s"}
	fmul        = opcode{0x6e20dc00, "fmul v%d.4s, v%d.4s, v%d.4s"}
	fdiv        = opcode{0x6e20fc00, "fdiv v%d.4s, v%d.4s, v%d.4s"}
	fmax        = opcode{0x4e20f400, "fmax v%d.4s, v%d.4s, v%d.4s"}
	fmin        = opcode{0x4ea0f400, "fmin v%d.4s, v%d.4s, v%d.4s"}
	fabs        = opcode{0x4ea0f800, "fabs v%d.4s, v%d.4s"}
	fcvtns      = opcode{0x4e21a800, "fcvtns v%d.4s, v%d.4s"}
	scvtf       = opcode{0x4e21d800, "scvtf v%d.4s, v%d.4s"}
	fmulElement = opcode{0x4f809000, "fmul v%d.4s, v%d.4s, v%d.s[%d]"}
	fmlaElement = opcode{0x4f801000, "fmla v%d.4s, v%d.4s, v%d.s[%d]"}
	sdotElement = opcode{0x4f80e000, "sdot v%d.4s, v%d.16b, v%d.4b[%d]"}
	smull       = opcode{0x0e20c000, "smull v%d.8h, v%d.8b, v%d.8b"}
	smull2      = opcode{0x4e20c000, "smull2 v%d.8h, v%d.16b, v%d.16b"}
	smlal       = opcode{0x0e208000, "smlal v%d.8h, v%d.8b, v%d.8b"}
	smlal2      = opcode{0x4e208000, "smlal2 v%d.8h, v%d.16b, v%d.16b"}
	sadalp      = opcode{0x4e606800, "sadalp v%d.4s, v%d.8h"}

	fmla      = opcode{syntax: "VFMLA V%[3]d.S4, V%[2]d.S4, V%[1]d.S4"}
	addWords  = opcode{syntax: "VADD V%[3]d.S4, V%[2]d.S4, V%[1]d.S4"}
	addPairs  = opcode{syntax: "VADDP V%[3]d.S4, V%[2]d.S4, V%[1]d.S4"}
	evenHalfs = opcode{syntax: "VUZP1 V%[3]d.H8, V%[2]d.H8, V%[1]d.H8"}
	evenBytes = opcode{syntax: "VUZP1 V%[3]d.B16, V%[2]d.B16, V%[1]d.B16"}
	exclusive = opcode{syntax: "VEOR V%[3]d.B16, V%[2]d.B16, V%[1]d.B16"}
	spread    = opcode{syntax: "VDUP V%[2]d.S[%[3]d], V%[1]d.S4"}
	shiftLeft = opcode{syntax: "VSHL $%[3]d, V%[2]d.S4, V%[1]d.S4"}
	rotate    = opcode{syntax: "VEXT $%[3]d, V%[2]d.B16, V%[2]d.B16, V%[1]d.B16"}
)

// do writes an instruction: the number of the register of the result, those of the operands, an element's or a count.
func do(o opcode, operands ...int) {
	values := make([]any, len(operands))
	for i, v := range operands {
		values[i] = v
	}
	text := fmt.Sprintf(o.syntax, values...)
	if o.word != 0 {
		text = fmt.Sprintf("WORD $0x%08x // %s", o.encode(operands), text)
	}
	emit("%s", text)
}

// encode returns the word of an instruction: registers in bits 0, 5 and 16, an element's number in bits 21 and 11.
func (o opcode) encode(operands []int) uint32 {
	w := o.word
	for i, at := range []int{0, 5, 16} {
		if i < len(operands) {
			w |= uint32(operands[i]) << at
		}
	}
	if len(operands) == 4 {
		w |= uint32(operands[3]&1)<<21 | uint32(operands[3]>>1)<<11
	}
	return w
}

// emit writes an instruction in the syntax of Go's assembler.
func emit(format string, operands ...any) {
	Instruction(&ir.Instruction{Opcode: fmt.Sprintf(format, operands...)})
}

// neon keeps account of the registers of a function. They are taken, and never given back.
type neon struct {
	constants
	general, vector int // the next register of either kind
}

// function begins a function; set is the suffix of its name.
func (a *neon) function(name, set string) {
	begin(name, set)
	a.general, a.vector = 0, 0
}

// A general is the number of a general register.
type general int

func (g general) String() string { return fmt.Sprintf("R%d", int(g)) }

// take takes a general register. From R18 on they have other uses.
func (a *neon) take() general {
	if a.general == 18 {
		panic("no general register left")
	}
	a.general++
	return general(a.general - 1)
}

// registers takes vector registers that follow one another.
func (a *neon) registers(n int) []int {
	if a.vector+n > 32 {
		panic("no vector register left")
	}
	r := make([]int, n)
	for i := range r {
		r[i] = a.vector + i
	}
	a.vector += n
	return r
}

// argument is the place of an argument or of a part of it.
func argument(c gotypes.Component) string {
	p, err := c.Resolve()
	if err != nil {
		panic(err)
	}
	return p.Addr.Asm()
}

// load takes a register and loads an argument of eight bytes into it.
func (a *neon) load(c gotypes.Component) general {
	g := a.take()
	emit("MOVD %s, %s", argument(c), g)
	return g
}

// pointer takes a register for the address of a slice.
func (a *neon) pointer(name string) general { return a.load(Param(name).Base()) }

// bytes takes a register for a number of float32, and makes it one of bytes.
func (a *neon) bytes(name string) general {
	g := a.load(Param(name))
	emit("LSL $2, %s, %s", g, g)
	return g
}

// repeat runs body, and again as long as counting n down by a step does not end at 0.
func (a *neon) repeat(label string, n general, step int, body func()) {
	Label(label)
	body()
	emit("SUBS $%d, %s, %s", step, n, n)
	Instruction(&ir.Instruction{
		Opcode: "BNE", Operands: []operand.Op{operand.LabelRef(label)}, IsBranch: true, IsConditional: true,
	})
}

// leave returns.
func leave() { Instruction(&ir.Instruction{Opcode: "RET", IsTerminal: true}) }
