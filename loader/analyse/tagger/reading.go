package tagger

import (
	"sort"

	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A role is what a span is in an attribution. The labels of role r are 2r+1, which begins a span, and 2r+2, which goes on;
// in links, a source has role 0 and a content role 1.
type role int

const (
	source role = iota
	cue
	content
	roles
)

// link returns the role in a link.
func (r role) link() int { return int(r) / 2 }

// A fragment is a span that the model gives a role.
type fragment struct {
	text.Span
	role      role
	paragraph int
	row       int     // of the window, where it begins
	likely    float32 // how likely its words have this role, in the mean
	ends      float32 // how likely it ends where it does

	// Of a cue: the fragments that belong to it, by role in a link, in order, and the least log-odds that one does.
	parts [2][]int
	odds  [2]float32
}

// A reading collects what the model finds in one text.
type reading struct {
	*Tagger
	t          *text.Text
	paragraphs []wordpiece.Tokens
	found      []attributions.Triple
	named      []actors.Named

	labels    []uint8
	marginals []float32
	fragments []fragment
}

func newReading(g *Tagger, t *text.Text, hidden []text.Span) *reading {
	r := &reading{Tagger: g, t: t, paragraphs: make([]wordpiece.Tokens, len(t.Paragraphs))}
	for i, p := range t.Paragraphs {
		if !p.Skipped {
			r.split(&r.paragraphs[i], p.Span, hidden)
		}
	}
	return r
}

// split makes pieces of a paragraph, except of what is hidden, and lets its words count bytes of the whole text.
func (r *reading) split(to *wordpiece.Tokens, p text.Span, hidden []text.Span) {
	start := p.Start
	add := func(end int) {
		if start >= end {
			return
		}
		n := len(to.Words)
		r.model.Tokeniser().Append(to, r.t.Source[start:end])
		for i := range to.Words[n:] {
			to.Words[n+i].Start += start
			to.Words[n+i].End += start
		}
	}
	first := sort.Search(len(hidden), func(i int) bool { return hidden[i].End > p.Start })
	for _, h := range hidden[first:] {
		if h.Start >= p.End {
			break
		}
		add(h.Start)
		start = max(start, h.End)
	}
	add(p.End)
}

// window adds the attributions of a window.
func (r *reading) window(w *encoder.Window, s *encoder.Scores) {
	rows := w.Rows()
	r.labels = s.Decode(r.labels[:0], r.head, rows)
	r.marginals = s.Marginals(r.marginals[:0], r.head, rows)
	r.fragment(w)
	r.join(s)
	r.name(w, s, rows)
}

// fragment finds the spans of the roles in the labels of a window.
func (r *reading) fragment(w *encoder.Window) {
	r.fragments = r.fragments[:0]
	open := roles // the role of the fragment that may go on
	words := 0
	for i, place := range w.Places {
		label := int(r.labels[i])
		at := role((label - 1) / 2)
		switch {
		case place.Word < 0 || label == 0:
			open = roles
			continue
		case label%2 == 1:
			r.fragments = append(r.fragments, fragment{role: at, paragraph: place.Paragraph, row: place.Row})
			open, words = at, 0
		case at != open:
			continue // The model rules this out, but where one paragraph ends and another begins.
		}
		f, word := &r.fragments[len(r.fragments)-1], r.paragraphs[place.Paragraph].Words[place.Word]
		if words == 0 {
			f.Start = word.Start
		}
		f.End, f.ends = word.End, 1
		if i+1 < len(w.Places) {
			f.ends -= r.marginal(i+1, 2*int(at)+2)
		}
		words++
		f.likely += (r.marginal(i, 2*int(at)+1) + r.marginal(i, 2*int(at)+2) - f.likely) / float32(words)
	}
}

// marginal returns how likely a label is at a place of the window.
func (r *reading) marginal(place, label int) float32 {
	return r.marginals[place*(2*int(roles)+1)+label]
}
