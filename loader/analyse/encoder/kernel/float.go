package kernel

import "math"

// The constants of exp are those of Cephes' expf (Moshier 1989): the logarithm of 2 in two parts, and a polynomial with
// a relative error below 2e-7 within half of it.
const (
	expLeast, expMost = -64, 88    // beyond the least, exp is that of the least: nothing beside the 1 it is added to
	rounder           = 12582912   // 1.5*2^23: a number added to it loses its fraction, rounded to even
	rounderBits       = 0x4B400000 // its bits; those of rounder+n are n more
	log2E             = 1.44269504 //
	ln2High, ln2Low   = 0.693359375, -2.12194440e-4
	geluLinear        = -1.5957691216    // -√(8/π)
	geluCubic         = -0.0713548162726 // -√(8/π)*0.044715
)

// Products that are not to be fused with what is added to them are converted to float32, by which the language forbids
// it: the compiler would fuse them on arm64.

// exponential returns e to the power of x, within [-64, 88]: 2^n times a polynomial of what rounding to n leaves.
func exponential(x float32) float32 {
	x = min(max(x, expLeast), expMost)
	shifted := fused(x, log2E, rounder)
	n := shifted - rounder
	r := fused(n, -ln2Low, fused(n, -ln2High, x))
	p := float32(1.9875691500e-4)
	p = fused(p, r, 1.3981999507e-3)
	p = fused(p, r, 8.3334519073e-3)
	p = fused(p, r, 4.1665795894e-2)
	p = fused(p, r, 1.6666665459e-1)
	p = fused(p, r, 5.0000001201e-1)
	p = fused(float32(r*r), p, r+1)
	return float32(p * math.Float32frombits(math.Float32bits(shifted)<<23+math.Float32bits(1)))
}

// fused returns x*y + z rounded once, as the fused multiply-add of every processor does. The product is exact in
// float64; the sum, rounded there, would be rounded wrongly a second time only if it seems to lie just between two
// float32 and does not: then it is moved to the side on which it lies (as musl's fmaf does). Results below the normal
// range of float32 are not treated: none occurs.
func fused(x, y, z float32) float32 {
	sum := float64(x)*float64(y) + float64(z)
	if math.Float64bits(sum)<<35 != 1<<63 { // the 29 bits that float32 lacks, and half of its last one
		return float32(sum)
	}
	return between(x, y, z)
}

// between returns x*y + z, rounded once, if in float64 it seems to lie just between two float32.
func between(x, y, z float32) float32 {
	high, low := float64(x)*float64(y), float64(z)
	sum := high + low
	if math.Abs(high) < math.Abs(low) {
		high, low = low, high
	}
	rest := low - (sum - high)
	switch {
	case rest > 0:
		return float32(math.Nextafter(sum, math.Inf(1)))
	case rest < 0:
		return float32(math.Nextafter(sum, math.Inf(-1)))
	default:
		return float32(sum)
	}
}
