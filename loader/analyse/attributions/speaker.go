package attributions

import (
	"sort"

	"github.com/claimgraph/claimgraph/graph"
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

// antecedent returns the actor that a relative pronoun stands for: the one mentioned right before it, or behind whose name
// there is but a description: “Kell, now the leader of the council, who”.
func (f *finder) antecedent(pronoun text.Span) []int {
	r := f.t.RangeOf(pronoun)
	if r.Last-r.First != 1 || !questions[f.t.Tokens[r.First].Lower] {
		return nil
	}
	all := f.cast.Mentions
	i := sort.Search(len(all), func(i int) bool { return all[i].Start >= pronoun.Start }) - 1
	const longest = 10
	who := f.t.Tokens[r.First].Lower == "who"
	for ; i >= 0; i-- {
		m := f.t.RangeOf(all[i].Span)
		kind := f.cast.Actors[all[i].Actor].Kind
		fits := !who || kind == graph.Person || kind == graph.SourceClass || kind == graph.ArmedGroup
		switch {
		case r.First-m.Last <= 1 && fits:
			return []int{all[i].Actor}
		case r.First-m.Last > longest || !who || f.t.SentenceAt(all[i].Start) != f.t.SentenceAt(pronoun.Start):
			return nil
		case kind == graph.Person && f.t.Tokens[m.Last].Lower == "," && !f.hasCue(text.Span{Start: all[i].End, End: pronoun.Start}):
			return []int{all[i].Actor}
		}
	}
	return nil
}
