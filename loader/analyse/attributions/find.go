package attributions

import (
	"slices"
	"sort"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/citations"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// Find returns the attributions of a text in the order of their contents: what a tagger found, which is given; what the
// layout tells; the sentences in which a speaker goes on without a cue, and the outlet's own. Every sentence that is no
// heading and not skipped belongs to at least one of them. The citations are those of the same text, in order. Find takes
// linear time.
func Find(t *text.Text, cast *actors.Cast, cites []citations.Citation, tags Tags) []Attribution {
	f := newFinder(t, cast, cites)
	for _, triple := range tags.Triples {
		f.found = append(f.found, f.attribution(triple))
	}
	f.supplement(tags.Others)
	f.settleDisputes()
	f.listed()
	f.floating()
	f.carryOver()
	f.outletVoice(tags.Silence)
	sort.SliceStable(f.found, func(i, j int) bool { return before(&f.found[i], &f.found[j]) })
	f.nest()
	f.weigh()
	return f.found
}

// Hidden returns what of a text no tagger should look at, in order: what is no prose, who speaks by the layout, and what
// is in another language.
func Hidden(t *text.Text, cast *actors.Cast, cites []citations.Citation) []text.Span {
	f := newFinder(t, cast, cites)
	var foreign []text.Span
	for _, p := range t.Paragraphs {
		if p.Foreign {
			foreign = append(foreign, p.Span)
		}
	}
	return merged(foreign, merged(f.hidden, f.spoken))
}

// A finder holds what is known of one text while its attributions are found.
type finder struct {
	t      *text.Text
	cast   *actors.Cast
	cites  []citations.Citation
	hidden []text.Span // what is no prose: citations, bullets, speakers' labels; in order
	spoken []text.Span // what the layout gives to a speaker as a whole; in order
	wires  []int       // the citations that are datelines
	found  []Attribution
}

// newFinder returns a finder that knows what the layout tells.
func newFinder(t *text.Text, cast *actors.Cast, cites []citations.Citation) *finder {
	f := &finder{t: t, cast: cast, cites: cites}
	for i, c := range cites {
		if aside := c.Aside(); aside.Len() > 0 {
			f.hidden = append(f.hidden, aside)
		}
		if c.Dateline.Len() > 0 {
			f.wires = append(f.wires, i)
		}
	}
	f.layout()
	return f
}

// attribution returns what a tagger found, with all that its wording tells.
func (f *finder) attribution(triple Triple) Attribution {
	a := Attribution{
		Voice:    graph.Attributed,
		Source:   triple.Source,
		Cue:      triple.Cue,
		Content:  triple.Content,
		Within:   -1,
		Evidence: triple.Evidence,
	}
	switch {
	case f.isAsked(a.Cue[0]):
		a.Source = nil
	case len(a.Source) > 1:
		a.Source = f.besideCue(a.Source, a.Cue[0])
	}
	f.unquote(&a)
	f.shade(&a)
	a.Sources = f.sourceActors(a.Source)
	f.cite(&a)
	a.signsOfWording()
	return a
}

// isAsked reports whether a cue says that somebody was asked, by whom nobody knows: "The official, asked whether it was true, said".
func (f *finder) isAsked(cue text.Span) bool {
	r := f.t.RangeOf(cue)
	if r.Last-r.First != 1 || r.First == 0 || r.Last == len(f.t.Tokens) || f.t.Tokens[r.First].Lower != "asked" {
		return false
	}
	next := f.t.Tokens[r.Last].Lower
	return f.t.Tokens[r.First-1].Lower == "," && (questions[next] || next == "about")
}

// unquote gives what somebody "was quoted by" another one "as saying" to who says it.
func (f *finder) unquote(a *Attribution) {
	if len(a.Content) != 2 || a.Content[0].End > a.Cue[0].Start || !f.isQuoted(a.Cue) {
		return
	}
	r := f.t.RangeOf(a.Content[1])
	if r.Last-r.First < 3 || f.t.Tokens[r.First].Lower != "as" || !strings.HasSuffix(f.t.Tokens[r.First+1].Lower, "ing") {
		return
	}
	a.Source = a.Content[:1:1]
	a.Cue = append(slices.Clone(a.Cue), f.t.SpanOf(text.Range{First: r.First, Last: r.First + 2}))
	a.Content = []text.Span{f.t.SpanOf(text.Range{First: r.First + 2, Last: r.Last})}
}

// isQuoted reports whether a cue says that somebody is quoted or cited.
func (f *finder) isQuoted(cue []text.Span) bool {
	return slices.ContainsFunc(cue, func(c text.Span) bool {
		words := f.t.Slice(c)
		return strings.Contains(words, "quoted") || strings.Contains(words, "cited")
	})
}

// besideCue returns the parts of a source that stand in the cue's sentence, or all if none does.
func (f *finder) besideCue(source []text.Span, cue text.Span) []text.Span {
	sentence := f.t.SentenceAt(cue.Start)
	isElsewhere := func(s text.Span) bool { return f.t.SentenceAt(s.Start) != sentence }
	if near := slices.DeleteFunc(slices.Clone(source), isElsewhere); len(near) > 0 {
		return near
	}
	return source
}

// supplement adds triples of a lesser opinion whose cue is nobody's cue yet: statements of somebody whom the cast knows,
// and what is reported within the content of one attribution. Where both know the cue, the second may know its source.
func (f *finder) supplement(others []Triple) {
	if len(others) == 0 {
		return
	}
	first, more := f.found, []Attribution(nil)
	slices.SortStableFunc(first, func(a, b Attribution) int { return a.Content[0].Start - b.Content[0].Start })
	type taken struct {
		text.Span
		by *Attribution
	}
	var cues []taken
	for i := range first {
		for _, c := range first[i].Cue {
			cues = append(cues, taken{c, &first[i]})
		}
	}
	slices.SortFunc(cues, func(a, b taken) int { return a.Start - b.Start })
	for _, triple := range others {
		cue := triple.Cue[0]
		if at := sort.Search(len(cues), func(i int) bool { return cues[i].End > cue.Start }); at < len(cues) && cues[at].Overlaps(cue) {
			f.mend(cues[at].by, triple)
			if agrees(cues[at].by, &triple) {
				cues[at].by.Evidence.Signs[RulesAgree] = 1
			}
			continue
		}
		a := f.attribution(triple)
		a.Evidence.Basis = SecondOpinion
		reported := false
		at := sort.Search(len(first), func(i int) bool { return first[i].Content[0].Start > cue.Start })
		for i := at - 1; i >= 0 && i >= at-nearby && !reported; i-- {
			reported = reports(&first[i], &a)
		}
		if reported || a.Kind == graph.Statement && len(a.Sources) > 0 && !f.within(first, at, cue) {
			more = append(more, a)
		}
	}
	f.found = append(f.found, more...)
}

// mend gives an attribution without a source the one that a second opinion on its cue has, if the first took just that
// for a part of what is said: "The commander, Ana Kell, was quoted as saying", "If they fail, say diplomats, it will burn".
func (f *finder) mend(a *Attribution, second Triple) {
	if len(a.Source) > 0 || len(second.Source) == 0 || len(a.Content) < 2 {
		return
	}
	i := slices.IndexFunc(a.Content, func(c text.Span) bool { return c.Holds(second.Source[0]) })
	switch {
	case i < 0:
		return
	case a.Content[i].End <= a.Cue[0].Start:
		a.Source = []text.Span{a.Content[i]}
		a.Content = slices.Delete(slices.Clone(a.Content), i, i+1)
	default:
		a.Source, a.Content = second.Source, second.Content
	}
	a.Sources = f.sourceActors(a.Source)
}

// nearby is how many attributions that begin before a cue may hold it.
const nearby = 4

// within reports whether a cue lies in the content of one of the attributions before index at.
func (f *finder) within(found []Attribution, at int, cue text.Span) bool {
	for i := at - 1; i >= 0 && i >= at-nearby; i-- {
		if overlaps(found[i].Content, cue) {
			return true
		}
	}
	return false
}

// cite links the citations whose scope holds a part of the content: the dateline before it, and those that stand in or
// behind it.
func (f *finder) cite(a *Attribution) {
	end := a.Content[len(a.Content)-1].End
	first := sort.Search(len(f.cites), func(i int) bool { return f.cites[i].End > a.Content[0].Start })
	if w := sort.SearchInts(f.wires, first); w > 0 && covers(f.cites[f.wires[w-1]].Scope, a.Content) {
		a.Citations = append(a.Citations, f.wires[w-1])
	}
	for i := first - 1; i >= 0 && f.cites[i].End > f.sentenceStart(a.Content[0].Start); i-- {
		if f.cites[i].Linked && covers(f.cites[i].Scope, a.Content) { // A hyperlink supports what stands behind it, too.
			a.Citations = append(a.Citations, i)
		}
	}
	slices.Sort(a.Citations)
	for i := first; i < len(f.cites); i++ {
		scope := f.cites[i].Scope
		if len(scope) == 0 || scope[0].Start >= end {
			return
		}
		if slices.ContainsFunc(scope, func(s text.Span) bool { return overlaps(a.Content, s) }) {
			a.Citations = append(a.Citations, i)
		}
	}
}

// sentenceStart returns where the sentence that holds an offset begins.
func (f *finder) sentenceStart(offset int) int {
	if s := f.t.SentenceAt(offset); s >= 0 {
		return f.t.Sentences[s].Start
	}
	return offset
}

// covers reports whether the scope, which is in order, holds a part of the content.
func covers(scope, content []text.Span) bool {
	first := sort.Search(len(scope), func(i int) bool { return scope[i].End > content[0].Start })
	return first < len(scope) && overlaps(content, scope[first])
}

func overlaps(spans []text.Span, s text.Span) bool {
	return slices.ContainsFunc(spans, s.Overlaps)
}

// before orders attributions by where their contents begin, the longer first, so that what reports stands before what
// is reported.
func before(a, b *Attribution) bool {
	if a.Content[0].Start != b.Content[0].Start {
		return a.Content[0].Start < b.Content[0].Start
	}
	return a.Content[len(a.Content)-1].End > b.Content[len(b.Content)-1].End
}

// nest links every attribution to the smallest one whose content holds its cue and content.
func (f *finder) nest() {
	var open []int // Attributions whose content has not ended, each within the reach of the one before.
	for i := range f.found {
		a := &f.found[i]
		start := a.Content[0].Start
		open = slices.DeleteFunc(open, func(k int) bool {
			c := f.found[k].Content
			return c[len(c)-1].End <= start
		})
		if a.Voice == graph.Attributed {
			for k := len(open) - 1; k >= 0; k-- {
				if reports(&f.found[open[k]], a) {
					a.Within = open[k]
					if len(a.Sources) == 0 && f.isSelf(a.Source) {
						a.Sources = f.found[open[k]].Sources
					}
					break
				}
			}
		}
		open = append(open, i)
	}
}

// isSelf reports whether a source is "I": whoever is reported speaks of an earlier statement of their own.
func (f *finder) isSelf(source []text.Span) bool {
	return len(source) == 1 && (f.t.Slice(source[0]) == "I" || strings.EqualFold(f.t.Slice(source[0]), "I myself"))
}

// reports reports whether b's cue and content lie within a's content.
func reports(a, b *Attribution) bool {
	if a.Voice == graph.OutletVoice {
		return false
	}
	within := func(s text.Span) bool {
		return slices.ContainsFunc(a.Content, func(c text.Span) bool { return c.Holds(s) })
	}
	if !within(b.Cue[0]) {
		return false
	}
	for _, s := range b.Content {
		if !within(s) {
			return false
		}
	}
	return true
}
