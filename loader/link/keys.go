package link

import (
	"encoding/base32"
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"strings"
)

// Two claims are worth comparing if they share a key. Most keys are bands of a MinHash signature of what the claim's
// words mean: of two claims that share three fifths of it, three quarters share a band, and nine tenths of those that
// share seven tenths (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).
const (
	claimKey   = "zc"
	claimBands = 6
	bandRows   = 3
)

// Keys returns under what the claim is found and finds others; none for a claim that says too little.
func (c Claim) Keys() []string {
	var keys []string
	if items := distinct(c.content); len(items) >= fewItems {
		for band := range claimBands {
			row := make([]uint64, bandRows)
			for i := range row {
				row[i] = least(items, uint64(band*bandRows+i)) //nolint:gosec // small and not negative
			}
			keys = append(keys, key(claimKey, "claim", binaryOf(row)))
		}
	}
	if len(c.actors) > 0 {
		for _, n := range c.numbers {
			for _, item := range n.of {
				if len(digits(n.value)) > 1 {
					keys = append(keys, key(claimKey, "number", digits(n.value), item))
				}
			}
		}
	}
	return distinct(keys)
}

// least returns the least hash of the items under the seed's hash function.
func least(items []string, seed uint64) uint64 {
	low := uint64(math.MaxUint64)
	for _, item := range items {
		low = min(low, mix(hash(item)+seed*0x9e3779b97f4a7c15))
	}
	return low
}

func hash(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // It never fails.
	return h.Sum64()
}

// mix is the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func binaryOf(list []uint64) string {
	var b []byte
	for _, v := range list {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	return string(b)
}

var keyEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// key makes one word of a key's parts, such as no text holds: full-text search looks keys up.
func key(prefix string, parts ...string) string {
	return word(prefix, mix(hash(strings.Join(parts, "\x00"))))
}

func word(prefix string, sum uint64) string {
	return prefix + keyEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, sum))
}

func distinct[T ~string](list []T) []T {
	return slices.Compact(sorted(list))
}
