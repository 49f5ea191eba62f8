package kernel

import "math"

// normEpsilon is added to the variance of a row, as BERT does.
const normEpsilon = 1e-12

// Softmax replaces each row of n values by its softmax. n is a multiple of sixteen; to leave places out, give them a
// value at least 64 below the largest: they then get less than 2e-28.
func (k *Kernel) Softmax(x []float32, n int) {
	for ; len(x) >= n; x = x[n:] {
		row := x[:n]
		k.scale(row, 1/k.sumExponentials(row, k.maximum(row)))
	}
}

// AddNorm adds y to x and applies layer norm to each row of x: to mean 0 and variance 1, then times gain plus bias. A
// row has len(gain) values, a multiple of sixteen.
func (k *Kernel) AddNorm(x, y, gain, bias []float32) {
	n := len(gain)
	for ; len(x) >= n; x, y = x[n:], y[n:] {
		row := x[:n]
		mean := k.sumAdded(row, y[:n]) / float32(n)
		variance := k.sumSquares(row, mean) / float32(n)
		k.normalise(row, mean, 1/float32(math.Sqrt(float64(variance+normEpsilon))), gain, bias[:n])
	}
}

// GELU replaces x by x*Φ(x) in its approximation x/(1+exp(-√(8/π)(x+0.044715x³))) (Hendrycks and Gimpel 2016,
// arXiv:1606.08415). The length of x is a multiple of sixteen.
func (k *Kernel) GELU(x []float32) { k.gelu(x) }
