package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// constants are values in memory, each sixteen times over, so that they are operands as they stand.
type constants map[uint32]Mem

func newConstants() constants { return constants{} }

// bits is the operand of an integer or of a float's bits.
func (c constants) bits(b uint32) Mem {
	if m, ok := c[b]; ok {
		return m
	}
	m := GLOBL("constant"+hexadecimal(b), RODATA|NOPTR)
	for i := range lanes {
		DATA(4*i, U32(b))
	}
	c[b] = m
	return m
}

func (c constants) float(f float32) Mem { return c.bits(math.Float32bits(f)) }

func hexadecimal(b uint32) string {
	const digits = "0123456789abcdef"
	var s [8]byte
	for i := range s {
		s[i] = digits[b>>(28-4*i)&15]
	}
	return string(s[:])
}
