package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/claimgraph/claimgraph/graph"
)

// A checkpoint is a file of named arrays: the length of a JSON header as a 32-bit number, the header, the data.
type checkpoint map[string]array

// An array has one or two dimensions. Its values are float32 (f32), float16 (f16), or int8 with a float32 step for each
// row (i8r) or each column (i8c), which stand after the values.
type array struct {
	shape []int
	dtype string
	data  []byte
}

// maxArray is the most values in an array.
const maxArray = 1 << 28

// readCheckpoint reads a checkpoint. What is none is graph.ErrInvalid.
func readCheckpoint(raw []byte) (checkpoint, error) {
	if len(raw) < 4 || uint64(binary.LittleEndian.Uint32(raw)) > uint64(len(raw)-4) {
		return nil, fmt.Errorf("%w: no checkpoint", graph.ErrInvalid)
	}
	head, data := raw[4:4+binary.LittleEndian.Uint32(raw)], raw[4+binary.LittleEndian.Uint32(raw):]
	var header struct {
		Arrays []struct {
			Name  string
			Shape []int
			Off   int
			Dtype string
		}
	}
	if err := json.Unmarshal(head, &header); err != nil {
		return nil, fmt.Errorf("%w: header: %w", graph.ErrInvalid, err)
	}
	c := checkpoint{}
	for _, h := range header.Arrays {
		a := array{shape: h.Shape, dtype: h.Dtype}
		n := a.size()
		if n < 0 || h.Off < 0 || n > len(data)-h.Off {
			return nil, fmt.Errorf("%w: array %s of %v %s at %d is outside of %d bytes",
				graph.ErrInvalid, h.Name, h.Shape, h.Dtype, h.Off, len(data))
		}
		a.data = data[h.Off : h.Off+n]
		c[h.Name] = a
	}
	return c, nil
}

// size returns the array's length in bytes, or -1 if there is no such array.
func (a array) size() int {
	n := 1
	for _, s := range a.shape {
		if s <= 0 || s > maxArray/n {
			return -1
		}
		n *= s
	}
	switch {
	case a.dtype == "f32":
		return 4 * n
	case a.dtype == "f16":
		return 2 * n
	case a.dtype == "i8r" && len(a.shape) == 2:
		return n + 4*a.shape[0]
	case a.dtype == "i8c" && len(a.shape) == 2:
		return n + 4*a.shape[1]
	default:
		return -1
	}
}

func (a array) rows() int    { return a.shape[0] }
func (a array) columns() int { return a.shape[len(a.shape)-1] }

// values returns the array as floats.
func (a array) values() []float32 {
	n := 1
	for _, s := range a.shape {
		n *= s
	}
	x := make([]float32, n)
	for i := range x {
		switch a.dtype {
		case "f32":
			x[i] = float32At(a.data, i)
		case "f16":
			x[i] = half(binary.LittleEndian.Uint16(a.data[2*i:]))
		case "i8r":
			x[i] = float32(int8(a.data[i])) * float32At(a.data[n:], i/a.columns())
		case "i8c":
			x[i] = float32(int8(a.data[i])) * float32At(a.data[n:], i%a.columns())
		}
	}
	return x
}

// integers returns the values of an array with two dimensions as int8, and what 1 means in each column, or in each row.
// An array of floats, or quantised the other way, is quantised.
func (a array) integers(byRow bool) (values []int8, steps []float32) {
	n := a.rows() * a.columns()
	if byRow && a.dtype == "i8r" || !byRow && a.dtype == "i8c" {
		values, steps = make([]int8, n), make([]float32, (len(a.data)-n)/4)
		for i := range values {
			values[i] = int8(a.data[i])
		}
		for i := range steps {
			steps[i] = float32At(a.data[n:], i)
		}
		return values, steps
	}
	return quantise(a.values(), a.rows(), a.columns(), byRow)
}

// quantise rounds values to int8 within ±127, by columns or by rows.
func quantise(x []float32, rows, columns int, byRow bool) (values []int8, steps []float32) {
	group := func(i int) int { return i % columns }
	values, steps = make([]int8, len(x)), make([]float32, columns)
	if byRow {
		group = func(i int) int { return i / columns }
		steps = make([]float32, rows)
	}
	for i, v := range x {
		steps[group(i)] = max(steps[group(i)], float32(math.Abs(float64(v)))/127)
	}
	for i, v := range x {
		if s := steps[group(i)]; s > 0 {
			values[i] = int8(math.RoundToEven(float64(v / s)))
		}
	}
	return values, steps
}

func float32At(b []byte, i int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
}

// half widens a float16 that is finite.
func half(h uint16) float32 {
	sign, exponent, fraction := uint32(h>>15)<<31, uint32(h>>10)&31, uint32(h)&1023
	if exponent == 0 {
		return math.Float32frombits(sign | math.Float32bits(float32(fraction)/(1<<24)))
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}
