package tagger

import (
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// Log-odds from which on a source or a content belongs to a cue; and those from which on it belongs to the likeliest cue
// if it belongs to none by the first.
var (
	linked = [2]float32{0, 0}
	loose  = [2]float32{-2.2, -99}
)

// join adds the attributions that the fragments of a window make: one for each cue that has a content.
func (r *reading) join(s *encoder.Scores) {
	parts := make(map[int]*attributions.Triple)
	for i, f := range r.fragments {
		if f.role == cue {
			parts[i] = &attributions.Triple{Cue: []text.Span{f.Span}, Confidence: float64(f.likely)}
		}
	}
	for _, f := range r.fragments {
		if f.role == cue {
			continue
		}
		best, top := -1, float32(0)
		for i, c := range r.fragments {
			if c.role != cue {
				continue
			}
			odds := s.Link(f.role.link(), c.row, f.row)
			if odds >= linked[f.role.link()] {
				add(parts[i], f)
			}
			if best < 0 || odds > top {
				best, top = i, odds
			}
		}
		if l := f.role.link(); best >= 0 && top < linked[l] && top >= loose[l] {
			add(parts[best], f)
		}
	}
	for i, f := range r.fragments {
		if f.role == cue && len(parts[i].Content) > 0 {
			r.found = append(r.found, *parts[i])
		}
	}
}

// add adds a source or a content to an attribution.
func add(t *attributions.Triple, f fragment) {
	if f.role == source {
		t.Source = append(t.Source, f.Span)
	} else {
		t.Content = append(t.Content, f.Span)
	}
}
