package kernel

import "golang.org/x/sys/cpu"

// native returns the kernels in assembly that this processor runs, the fastest first.
func native() []*Kernel {
	var ks []*Kernel
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512VNNI && cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		ks = append(ks, &Kernel{
			name: "avx512-vnni", width: 1, floatRows: 12, integerRows: 12,
			maximum: maximumAVX512, largest: largestAVX512, sumExponentials: sumExponentialsAVX512, scale: scaleAVX512,
			sumAdded: sumAddedAVX512, sumSquares: sumSquaresAVX512, normalise: normaliseAVX512, gelu: geluAVX512,
			round: roundAVX512, floatTile: floatTileAVX512, integerTile: integerTileAVX512,
		})
	}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		ks = append(ks, &Kernel{
			name: "avx2", width: 2, floatRows: 6, integerRows: 6,
			maximum: maximumAVX2, largest: largestAVX2, sumExponentials: sumExponentialsAVX2, scale: scaleAVX2,
			sumAdded: sumAddedAVX2, sumSquares: sumSquaresAVX2, normalise: normaliseAVX2, gelu: geluAVX2,
			round: roundAVX2, floatTile: floatTileAVX2, integerTile: integerTileAVX2,
		})
	}
	return ks
}
