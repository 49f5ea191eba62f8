package attributions

import (
	"sort"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// sourceActors returns the actors whom the source names for themselves. Who else is mentioned there only tells who they
// are ("the spokesman for Kell").
func (f *finder) sourceActors(source []text.Span) []int {
	if len(source) == 0 {
		return nil
	}
	if heads := f.cast.Heads(source[0]); len(heads) > 0 {
		return heads
	}
	return f.antecedent(source[0])
}

// antecedent returns the actor that a relative pronoun stands for: the one mentioned right before it.
func (f *finder) antecedent(pronoun text.Span) []int {
	r := f.t.RangeOf(pronoun)
	if r.Last-r.First != 1 || !questions[f.t.Tokens[r.First].Lower] {
		return nil
	}
	all := f.cast.Mentions
	i := sort.Search(len(all), func(i int) bool { return all[i].Start >= pronoun.Start }) - 1
	if i < 0 || r.First-f.t.RangeOf(all[i].Span).Last > 1 {
		return nil
	}
	return []int{all[i].Actor}
}
