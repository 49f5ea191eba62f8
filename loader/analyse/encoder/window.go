package encoder

import (
	"slices"

	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

// A Place says what stands in a row of a window.
type Place struct {
	Row       int // of the window
	Paragraph int
	Word      int // of the paragraph, whose first piece stands here; or -1, if here is what ends a paragraph
}

// Rows returns the rows of the window's places.
func (w *Window) Rows() []int {
	rows := make([]int, len(w.Places))
	for i, p := range w.Places {
		rows[i] = p.Row
	}
	return rows
}

// Pack lays paragraphs out in windows as the model was trained on: the piece that begins a window, then as many
// paragraphs as fit in Shape.Packed pieces, each with a separator after it. A longer paragraph has a window to itself;
// one that is longer than Shape.Window is cut after the last full stop, question or exclamation mark in the window's
// second half, else after the last word that fits.
func Pack(m *Model, paragraphs []wordpiece.Tokens) []Window {
	b := packer{model: m}
	for _, name := range []string{".", "?", "!"} {
		if id, ok := m.tokeniser.Piece(name); ok {
			b.stops = append(b.stops, id)
		}
	}
	for i := range paragraphs {
		b.paragraph(i, &paragraphs[i])
	}
	return b.windows
}

type packer struct {
	model   *Model
	size    int // of the last window, at most
	stops   []int32
	windows []Window
}

// room is how many pieces still fit the last window, beside a separator.
func (b *packer) room() int {
	if len(b.windows) == 0 {
		return 0
	}
	return b.size - len(b.windows[len(b.windows)-1].Pieces) - 1
}

// begin begins a window for a number of pieces and more.
func (b *packer) begin(pieces int) {
	b.size = b.model.parameters.Packed
	if pieces+2 > b.size {
		b.size = b.model.parameters.Window
	}
	b.windows = append(b.windows, Window{
		Pieces: append(make([]int32, 0, b.size), b.model.tokeniser.First),
		Shapes: make([]wordpiece.Shape, 1, b.size),
	})
}

func (b *packer) paragraph(index int, t *wordpiece.Tokens) {
	for from := 0; from < len(t.Words); {
		if rest := len(t.Pieces) - t.Words[from].First; rest > b.room() {
			b.begin(rest)
		}
		to := b.fit(t, from)
		b.add(index, t, from, to)
		from = to
	}
	b.size = b.model.parameters.Packed // for what may follow in the last window
}

// fit returns the end of the words, from a word on, that go into the last window: at least one.
func (b *packer) fit(t *wordpiece.Tokens, from int) int {
	room, to, stop := b.room(), from, 0
	for to < len(t.Words) && t.Words[to].Last-t.Words[from].First <= room {
		w := t.Words[to]
		to++
		if w.Last-t.Words[from].First > room/2 && w.Last-w.First == 1 && slices.Contains(b.stops, t.Pieces[w.First]) {
			stop = to
		}
	}
	switch {
	case to == len(t.Words):
		return to
	case stop > 0:
		return stop
	default:
		return max(to, from+1)
	}
}

// add adds words of a paragraph and a separator to the last window. Of a word that fills a window alone, the end is
// left out.
func (b *packer) add(index int, t *wordpiece.Tokens, from, to int) {
	w := &b.windows[len(b.windows)-1]
	for i := from; i < to; i++ {
		word := t.Words[i]
		w.Places = append(w.Places, Place{Row: len(w.Pieces), Paragraph: index, Word: i})
		for _, piece := range t.Pieces[word.First:word.Last] {
			if len(w.Pieces) < b.size-1 {
				w.Pieces, w.Shapes = append(w.Pieces, piece), append(w.Shapes, word.Shape)
			}
		}
	}
	w.Places = append(w.Places, Place{Row: len(w.Pieces), Paragraph: index, Word: -1})
	w.Pieces, w.Shapes = append(w.Pieces, b.model.tokeniser.Separator), append(w.Shapes, 0)
}
