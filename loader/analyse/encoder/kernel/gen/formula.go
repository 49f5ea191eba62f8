package main

// The constants of the portable kernel, which says where they come from.
const (
	expLeast, expMost = -64, 88
	rounder           = 12582912
	log2E             = 1.44269504
	ln2High, ln2Low   = 0.693359375, -2.12194440e-4
	geluLinear        = -1.5957691216
	geluCubic         = -0.0713548162726
)

var expTerms = [...]float32{
	1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
}
