package attributions

import (
	"slices"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A share is a part of what an attribution says.
type share struct {
	text.Span
	of int // the attribution
}

// settleDisputes takes from attributions what another one says in its own sentence: where somebody "described three blasts"
// and "“The windows came in,” said Kell" follows, the quotation is Kell's alone. What is left without content is none.
func (f *finder) settleDisputes() {
	var shares []share
	for i, a := range f.found {
		for _, c := range a.Content {
			if len(a.Cue) > 0 {
				shares = append(shares, share{c, i})
			}
		}
	}
	slices.SortStableFunc(shares, func(a, b share) int { return a.Start - b.Start })
	for i, one := range shares {
		for _, other := range shares[i+1 : min(len(shares), i+1+nearby)] {
			disputed := text.Span{Start: max(one.Start, other.Start), End: min(one.End, other.End)}
			if disputed.Len() <= 0 {
				break
			}
			switch f.ownerOf(disputed, &f.found[one.of], &f.found[other.of]) {
			case &f.found[one.of]:
				f.take(disputed, &f.found[other.of])
			case &f.found[other.of]:
				f.take(disputed, &f.found[one.of])
			}
		}
	}
	f.found = slices.DeleteFunc(f.found, func(a Attribution) bool { return len(a.Content) == 0 })
}

// ownerOf returns whose the disputed words are: the one of two whose cue alone stands in their sentence. Neither is it where
// one is reported by the other.
func (f *finder) ownerOf(disputed text.Span, a, b *Attribution) *Attribution {
	if len(a.Content) == 0 || len(b.Content) == 0 || reports(a, b) || reports(b, a) {
		return nil
	}
	sentence := f.t.SentenceAt(disputed.Start)
	switch byA, byB := f.t.SentenceAt(a.Cue[0].Start) == sentence, f.t.SentenceAt(b.Cue[0].Start) == sentence; {
	case byA && !byB:
		return a
	case byB && !byA:
		return b
	}
	return nil
}

// take leaves of an attribution's contents what stands before the disputed words, or behind them.
func (f *finder) take(disputed text.Span, from *Attribution) {
	lost := f.t.RangeOf(disputed)
	var left []text.Span
	for _, c := range from.Content {
		r := f.t.RangeOf(c)
		switch {
		case !c.Overlaps(disputed):
		case r.First < lost.First:
			r.Last = lost.First
		default:
			r.First = lost.Last
		}
		if r.First < r.Last {
			left = append(left, f.t.SpanOf(r))
		}
	}
	from.Content = left
}
