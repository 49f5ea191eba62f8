package kernel

import "math"

// lanes is how many partial sums are kept along a row.
const lanes = 16

// portable returns the kernel in plain Go, which says what all others compute.
func portable() *Kernel {
	return &Kernel{
		name: "portable", width: 1, floatRows: 2, integerRows: 2,
		maximum: maximum, largest: largest, sumExponentials: sumExponentials, scale: scale,
		sumAdded: sumAdded, sumSquares: sumSquares, normalise: normalise, gelu: gelu, round: round,
		floatTile: floatTile, integerTile: integerTile,
	}
}

func maximum(x []float32) float32 {
	m := x[0]
	for _, v := range x {
		m = max(m, v)
	}
	return m
}

func largest(x []float32) float32 {
	var m float32
	for _, v := range x {
		m = max(m, math.Float32frombits(math.Float32bits(v)&^(1<<31)))
	}
	return m
}

// round writes x*f as int8, rounded to even.
func round(q []byte, x []float32, f float32) {
	for i, v := range x {
		q[i] = byte(math.Float32bits(float32(v*f)+rounder) - rounderBits)
	}
}

func scale(x []float32, f float32) {
	for i := range x {
		x[i] *= f
	}
}

// fold adds lane i and lane i plus half, until one is left.
func fold(sum *[lanes]float32) float32 {
	for half := lanes / 2; half > 0; half /= 2 {
		for i := range half {
			sum[i] += sum[i+half]
		}
	}
	return sum[0]
}

func sumAdded(x, y []float32) float32 {
	var sum [lanes]float32
	for i := range x {
		x[i] += y[i]
		sum[i%lanes] += x[i]
	}
	return fold(&sum)
}

func sumSquares(x []float32, mean float32) float32 {
	var sum [lanes]float32
	for i, v := range x {
		d := v - mean
		sum[i%lanes] = fused(d, d, sum[i%lanes])
	}
	return fold(&sum)
}

func normalise(x []float32, mean, f float32, gain, bias []float32) {
	for i, v := range x {
		x[i] = fused(float32((v-mean)*f), gain[i], bias[i])
	}
}

func sumExponentials(x []float32, m float32) float32 {
	var sum [lanes]float32
	for i, v := range x {
		x[i] = exponential(v - m)
		sum[i%lanes] += x[i]
	}
	return fold(&sum)
}

func gelu(x []float32) {
	for i, v := range x {
		u := float32(fused(float32(v*v), geluCubic, geluLinear) * v)
		x[i] = v / (exponential(u) + 1)
	}
}

// floatTile writes 2 rows of a times 32 columns of b. Every sum is a chain of fused multiply-adds from 0 on.
func floatTile(y []float32, stepY int, a []float32, stepA int, b []float32, stepB, inner int) {
	for r := range 2 {
		var sum [ColumnBlock]float32
		for i := range inner {
			left, right := a[r*stepA+i], (*[ColumnBlock]float32)(b[i*stepB:])
			for c := range sum {
				sum[c] = fused(left, right[c], sum[c])
			}
		}
		copy(y[r*stepY:], sum[:])
	}
}

// integerTile writes 2 rows of q times 32 columns of w. A sum is exact; then it is multiplied by the row's scale, and by
// the column's step with the bias added. Two columns share a multiplication of 64 bits, one in each half.
func integerTile(y []float32, stepY int, q []byte, scales []float32, w []byte, _ []int32, steps, bias []float32) {
	n := len(w) / ColumnBlock
	for c := 0; c < ColumnBlock; c += 4 {
		var sums [2][2]int64 // of a row and of two columns
		sums[0][0], sums[0][1], sums[1][0], sums[1][1] = fourColumns(q[:n], q[n:2*n], w[4*c:])
		for r, row := range sums {
			for i, pair := range row {
				first := int32(pair)
				second := int32((pair - int64(first)) >> 32)
				at := c + 2*i
				y[r*stepY+at] = fused(float32(float32(first)*scales[r]), steps[at], bias[at])
				y[r*stepY+at+1] = fused(float32(float32(second)*scales[r]), steps[at+1], bias[at+1])
			}
		}
	}
}

// fourColumns multiplies two rows by four columns of a panel, two columns in each sum.
func fourColumns(q0, q1, w []byte) (s00, s01, s10, s11 int64) {
	for len(q0) >= 4 && len(q1) >= 4 && len(w) >= 16 {
		for i := range 4 {
			left := int64(int8(w[i])) + int64(int8(w[i+4]))<<32
			right := int64(int8(w[i+8])) + int64(int8(w[i+12]))<<32
			a, b := int64(int8(q0[i])), int64(int8(q1[i]))
			s00 += a * left
			s01 += a * right
			s10 += b * left
			s11 += b * right
		}
		q0, q1, w = q0[4:], q1[4:], w[min(4*ColumnBlock, len(w)):]
	}
	return s00, s01, s10, s11
}
