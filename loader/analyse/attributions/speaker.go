package attributions

import (
	"slices"
	"sort"

	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// sourceActors returns the actors who are the source: the first outermost mention in it and those that "and" joins to
// it. Who else is mentioned there only tells who they are ("the spokesman for Kell").
func (f *finder) sourceActors(source []text.Span) []int {
	if len(source) == 0 {
		return nil
	}
	var out []int
	end := -1
	for _, m := range f.outermost(source[0]) {
		switch gap := (text.Span{Start: end, End: m.Start}); {
		case end < 0 || f.joined(gap):
		case f.modifies(gap):
			out = out[:max(len(out)-1, 0)]
		default:
			return out
		}
		end = m.End
		if !slices.Contains(out, m.Actor) {
			out = append(out, m.Actor)
		}
	}
	if len(out) == 0 {
		return f.antecedent(source[0])
	}
	return out
}

// outermost returns the mentions within a span that lie in no other one.
func (f *finder) outermost(s text.Span) []actors.Mention {
	all := f.cast.Mentions
	var out []actors.Mention
	for i := sort.Search(len(all), func(i int) bool { return all[i].Start >= s.Start }); i < len(all) && all[i].Start < s.End; i++ {
		m := all[i]
		switch {
		case m.End > s.End:
		case len(out) > 0 && m.Start == out[len(out)-1].Start && m.End > out[len(out)-1].End:
			out[len(out)-1] = m
		case len(out) == 0 || m.Start >= out[len(out)-1].End:
			out = append(out, m)
		}
	}
	return out
}

// joined reports whether what stands between two mentions joins them as equals.
func (f *finder) joined(gap text.Span) bool {
	if gap.Start >= gap.End {
		return false
	}
	r := f.t.RangeOf(gap)
	and := false
	for i := r.First; i < r.Last; i++ {
		switch f.t.Tokens[i].Lower {
		case "and", "or":
			and = true
		case ",", "both", "the", "a", "senior", "other", "its", "some", "several", "many":
		default:
			return false
		}
	}
	return and
}

// modifies reports whether a mention before the gap only modifies the one after it: "Marland’s foreign minister Ana Kell".
func (f *finder) modifies(gap text.Span) bool {
	if gap.Start >= gap.End {
		return false
	}
	r := f.t.RangeOf(gap)
	for i := r.First; i < r.Last; i++ {
		if k := f.t.Tokens[i]; k.Class == text.Punct || isClosed(partsOfSpeech[k.Lower]+"n") && k.Lower != "'s" {
			return false
		}
	}
	return true
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
