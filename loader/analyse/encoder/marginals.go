package encoder

import (
	"math"
	"slices"
)

// Marginals appends to dst, for each of the given rows, how likely each label of a tag head is there, over all sequences
// of labels (forward–backward, Rabiner 1989). Rows are in order, each once. It is nothing to decide by: its exponentials
// may differ between processors in their last bit.
func (s *Scores) Marginals(dst []float32, head int, rows []int) []float32 {
	h := &s.model.parameters.Tags[head]
	n, first := len(h.Labels), len(dst)
	dst = slices.Grow(dst, len(rows)*n)[:first+len(rows)*n]
	forward := dst[first:]
	for i, row := range rows {
		likely := s.likely(head, row)
		at := forward[i*n:][:n]
		for to := range at {
			sum := h.starts[to]
			if i > 0 {
				sum = 0
				for from, p := range forward[(i-1)*n:][:n] {
					sum += float32(p * h.moves[from*n+to])
				}
			}
			at[to] = sum * likely[to]
		}
		normalise(at)
	}
	var behind [maxLabels]float32 // how likely what follows is, by label
	for l := range behind {
		behind[l] = 1
	}
	for i := len(rows) - 1; i >= 0; i-- {
		likely := s.likely(head, rows[i])
		for l := range n {
			likely[l] *= behind[l]
		}
		at := forward[i*n:][:n]
		for l := range at {
			at[l] *= behind[l]
		}
		normalise(at)
		for from := range n {
			var sum float32
			for to := range n {
				sum += float32(h.moves[from*n+to] * likely[to])
			}
			behind[from] = sum
		}
		normalise(behind[:n])
	}
	return dst
}

// likely returns the exponentials of the scores of a tag head's labels in a row, the largest 1.
func (s *Scores) likely(head, row int) (p [maxLabels]float32) {
	n := len(s.model.parameters.Tags[head].Labels)
	for l := range n {
		p[l] = s.Tag(head, row, l)
	}
	exponentials(p[:n], p[:n])
	return p
}

// exponentials writes the exponentials of x to y, scaled so that the largest is 1.
func exponentials(y, x []float32) {
	top := float32(math.Inf(-1))
	for _, v := range x {
		top = max(top, v)
	}
	for i, v := range x {
		y[i] = float32(math.Exp(float64(v - top)))
	}
}

// normalise scales x so that it sums up to 1.
func normalise(x []float32) {
	var sum float32
	for _, v := range x {
		sum += v
	}
	if sum > 0 {
		for i := range x {
			x[i] /= sum
		}
	}
}
