package encoder

import (
	"math"
	"slices"
)

// Scores are what a model says about a window. They are only valid, and only to be used, during the call that hands them
// out.
type Scores struct {
	model *Model
	tags  []float32 // rows of Model.columns, without bias
	links []float32 // rows of Shape.links
	steps []step    // for Decode
}

// A step of a decoded path: for each label, the label before it on the best path to it.
type step [maxLabels]uint8

// Tag returns the score of a tag head's label for the piece in a row of the window: a logit, comparable within the row.
func (s *Scores) Tag(head, row, label int) float32 {
	return s.tags[row*s.model.columns+s.model.firsts[head]+label] + s.model.parameters.Tags[head].Bias[label]
}

// Decode appends to labels the labels of a tag head for the given rows that have, as a sequence, the highest sum of
// scores and of scores of transition (Viterbi 1967). Rows are in order, each once.
func (s *Scores) Decode(labels []uint8, head int, rows []int) []uint8 {
	if len(rows) == 0 {
		return labels
	}
	h := &s.model.parameters.Tags[head]
	count := len(h.Labels)
	var best, next [maxLabels]float32
	for l := range count {
		best[l] = h.Starts[l] + s.Tag(head, rows[0], l)
	}
	for i, row := range rows[1:] {
		for l := range count {
			var from int
			top := float32(math.Inf(-1))
			for k := range count {
				if sum := best[k] + h.Transitions[k*count+l]; sum > top {
					top, from = sum, k
				}
			}
			next[l], s.steps[i+1][l] = top+s.Tag(head, row, l), uint8(from)
		}
		best = next
	}
	last := 0
	for l := range count {
		if best[l] > best[last] {
			last = l
		}
	}
	n := len(labels)
	labels = slices.Grow(labels, len(rows))[:n+len(rows)]
	for i := len(rows) - 1; i >= 0; i-- {
		labels[n+i] = uint8(last)
		last = int(s.steps[i][last])
	}
	return labels
}

// Link returns how likely, as log-odds, what begins in row other has the role towards the cue that begins in row cue:
// the product of what both make of themselves (Dozat and Manning 2017, arXiv:1611.01734), and what their distance says.
func (s *Scores) Link(role, cue, other int) float32 {
	p := &s.model.parameters
	n := p.links()
	from, to := s.links[cue*n:][:p.Link], s.links[other*n+(1+role)*p.Link:][:p.Link]
	var sum float32
	for i, v := range from {
		sum += float32(v * to[i])
	}
	distance, class := other-cue, p.Distances/2
	if distance < 0 {
		distance, class = -distance, 0
	}
	class += s.model.distances[distance]
	sum = float32(sum * float32(1/math.Sqrt(float64(p.Link))))
	return sum + p.ByDistance[role*p.Distances+class] + p.LinkBias[role]
}

// distanceClass puts distances into n classes that grow: 0 and 1, and then eight for every five doublings.
func distanceClass(distance, n int) int {
	return min(n-1, int(1.6*math.Log2(float64(max(1, distance)))))
}
