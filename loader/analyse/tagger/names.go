package tagger

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// kinds are those that the labels of names tell, by half the label.
var kinds = []graph.ActorKind{graph.Person, graph.Organisation, graph.Place, ""}

// name adds the names of a window.
func (r *reading) name(w *encoder.Window, s *encoder.Scores, rows []int) {
	r.labels = s.Decode(r.labels[:0], r.names, rows)
	r.marginals = s.Marginals(r.marginals[:0], r.names, rows)
	n := len(r.marginals) / max(1, len(rows))
	open, words := 0, 0 // the label that the last name may go on with, and its words
	for i, place := range w.Places {
		label := int(r.labels[i])
		if place.Word < 0 || label == 0 || label != open && label%2 == 0 {
			open = 0
			continue
		}
		word := r.paragraphs[place.Paragraph].Words[place.Word]
		if label%2 == 1 {
			r.named = append(r.named, actors.Named{Span: text.Span{Start: word.Start}, Kind: kinds[label/2]})
			open, words = label+1, 0
		}
		m := &r.named[len(r.named)-1]
		m.End = word.End
		words++
		likely := float64(r.marginals[i*n+open-1] + r.marginals[i*n+open])
		m.Likely += (likely - m.Likely) / float64(words)
	}
}
