package kernel

import "golang.org/x/sys/cpu"

// native returns the kernels in assembly that this processor runs, the fastest first.
func native() []*Kernel {
	neon := &Kernel{
		name: "neon", width: 1, floatRows: 6, integerRows: 2,
		maximum: maximumNEON, largest: largestNEON, sumExponentials: sumExponentialsNEON, scale: scaleNEON,
		sumAdded: sumAddedNEON, sumSquares: sumSquaresNEON, normalise: normaliseNEON, gelu: geluNEON,
		round: roundNEON, floatTile: floatTileNEON, integerTile: integerTileNEON,
	}
	if !cpu.ARM64.HasASIMDDP {
		return []*Kernel{neon}
	}
	dot := *neon
	dot.name, dot.integerRows, dot.integerTile = "neon-dotprod", 6, integerTileDotProduct
	return []*Kernel{&dot, neon}
}
