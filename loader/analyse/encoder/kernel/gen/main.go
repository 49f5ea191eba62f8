// Gen writes the amd64 assembly of package kernel, for AVX2 with FMA and for AVX-512 with VNNI. What each function
// computes, and in which order, is said by the portable kernel; here stands only how.
package main

import (
	. "github.com/mmcloughlin/avo/build"
)

func main() {
	ConstraintExpr("amd64")
	table := newConstants()
	for _, s := range []set{avx2, avx512} {
		maximum(s)
		largest(s, table)
		sumExponentials(s, table)
		scale(s)
		sumAdded(s)
		sumSquares(s)
		normalise(s)
		gelu(s, table)
	}
	roundAVX2()
	roundVNNI(table)
	floatTile(avx2, 6)
	floatTile(avx512, 12)
	integerTileAVX2()
	integerTileVNNI()
	Generate()
}
