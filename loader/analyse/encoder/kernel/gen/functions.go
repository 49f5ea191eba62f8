package main

import (
	. "github.com/mmcloughlin/avo/build"
)

// functions are the declarations of what every instruction set has. The portable kernel says what they compute.
var functions = map[string]struct{ signature, doc string }{
	"maximum":         {"func(x []float32) float32", "returns the largest of x."},
	"largest":         {"func(x []float32) float32", "returns the largest magnitude in x."},
	"sumExponentials": {"func(x []float32, m float32) float32", "replaces x by exp(x - m) and returns the sum."},
	"scale":           {"func(x []float32, f float32)", "multiplies x by f."},
	"sumAdded":        {"func(x []float32, y []float32) float32", "adds y to x and returns the sum of x."},
	"sumSquares":      {"func(x []float32, mean float32) float32", "returns the sum of the squares of x - mean."},
	"normalise": {
		"func(x []float32, mean float32, f float32, gain []float32, bias []float32)",
		"replaces x by (x - mean)*f*gain + bias.",
	},
	"gelu":  {"func(x []float32)", "replaces x by its GELU."},
	"round": {"func(q []byte, x []float32, f float32)", "writes x*f to q, rounded to even, as integerTile wants it."},
	"floatTile": {
		"func(y []float32, stepY int, a []float32, stepA int, b []float32, stepB int, inner int)",
		"writes a tile of a*b to y; steps are in elements.",
	},
	"integerTile": {
		"func(y []float32, stepY int, q []byte, scales []float32, w []byte, start []int32, " +
			"steps []float32, bias []float32)",
		"multiplies rows of quantised activations by a panel of weights, and writes sums*scale*step + bias to y.",
	},
}

// begin begins one of the functions for an instruction set.
func begin(name, set string) {
	f := functions[name]
	TEXT(name+set, NOSPLIT, f.signature)
	Pragma("noescape")
	Doc(name + set + " " + f.doc)
}
