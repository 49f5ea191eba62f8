// Gen writes the assembly of package kernel for one architecture: for amd64 AVX2 with FMA, and AVX-512 with VNNI; for
// arm64 NEON, and its dot product. What each function computes, and in which order, is said by the portable kernel; here
// stands only how.
package main

import (
	"flag"

	. "github.com/mmcloughlin/avo/build"
)

func main() {
	architecture := flag.String("arch", "", "amd64 or arm64")
	flag.Parse()
	ConstraintExpr(*architecture)
	switch *architecture {
	case "amd64":
		amd64()
	case "arm64":
		arm64()
	default:
		panic("no assembly for architecture " + *architecture)
	}
	Generate()
}

func amd64() {
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
}

func arm64() {
	a := &neon{constants: newConstants()}
	a.maximum()
	a.largest()
	a.sumExponentials()
	a.scale()
	a.sumAdded()
	a.sumSquares()
	a.normalise()
	a.gelu()
	a.round()
	a.floatTile()
	a.integerTile("NEON", 2, pass/2, a.widenedProducts)
	a.integerTile("DotProduct", 6, pass/4, a.dotProducts)
}
