package attributions

import (
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// An article speaks with one voice, so that sentences without a cue are its speaker's too, if one actor makes at least
// monologueStatements of its statements and monologueShare of them, and at least monologueParagraphs of its paragraphs
// hold one. A news story that quotes one person now and then does not: what lies between is the outlet's own. Nor does
// a portrait: where more than portraitShare of the sentences without a cue mention the actor, it is the outlet who does.
const (
	monologueStatements = 4
	monologueShare      = 0.75
	monologueParagraphs = 0.6
	portraitShare       = 0.15
)

// carryOver records the sentences in which the speaker of a sentence before goes on without a cue.
func (f *finder) carryOver() {
	told := f.bySentence(f.found)
	speaker, monologue := f.monologue(told)
	if monologue && f.release(speaker) {
		told = f.bySentence(f.found)
	}
	last := []int(nil)  // the actors of the last statement
	lastParagraph := -1 // and its paragraph
	spoken := false     // the monologue's speaker has begun
	for s := range f.t.Sentences {
		sentence := &f.t.Sentences[s]
		if p := &f.t.Paragraphs[sentence.Paragraph]; sentence.Heading || p.Skipped || p.Foreign {
			continue
		}
		for _, i := range told[s] {
			a := &f.found[i]
			if a.mayGoOn() && f.t.SentenceAt(a.Cue[0].Start) == s {
				if monologue && !slices.Contains(a.Sources, speaker) {
					continue
				}
				last, lastParagraph = a.Sources, sentence.Paragraph
				spoken = spoken || monologue
			}
		}
		switch {
		case f.isQuotation(sentence) && !f.isTold(f.outside(told[s], f.t.QuoteAt(sentence.Start)), sentence) && len(last) > 0 && sentence.Paragraph-lastParagraph <= 1:
			f.goOn(s, last, quoteGoesOn)
			lastParagraph = sentence.Paragraph
		case monologue && spoken && !f.spokenBy(told[s], speaker) && !f.mentions(sentence, speaker):
			f.goOn(s, []int{speaker}, speakerGoesOn)
		}
	}
}

// mayGoOn reports whether an attribution is likely a statement of somebody known, who may go on speaking behind it.
func (a *Attribution) mayGoOn() bool {
	return a.Voice == graph.Attributed && a.Kind == graph.Statement && len(a.Sources) > 0 && a.Evidence.confidence(false) >= 0.5
}

// release takes out of what a monologue's speaker says with a cue the sentences behind it that no quotation marks hold
// together with it: there the speaker goes on without a cue. It reports whether there were any.
func (f *finder) release(speaker int) bool {
	released := false
	for i := range f.found {
		a := &f.found[i]
		if len(a.Cue) == 0 || !slices.Equal(a.Sources, []int{speaker}) {
			continue
		}
		reach := a.Cue[len(a.Cue)-1].End
		if first := a.Content[0]; first.Start >= reach {
			reach = first.Start + 1
		}
		s := f.t.SentenceAt(reach - 1)
		if s < 0 {
			continue
		}
		end := f.t.Sentences[s].End
		var kept []text.Span
		for _, c := range a.Content {
			switch {
			case c.End <= end || f.t.QuoteAt(max(c.Start, end)) >= 0:
				kept = append(kept, c)
			case c.Start < end:
				kept = append(kept, f.visible(text.Span{Start: c.Start, End: end})...)
			}
		}
		if len(kept) > 0 && !slices.Equal(kept, a.Content) {
			a.Content, released = kept, true
		}
	}
	return released
}

// bySentence lists, for every sentence, the attributions that have a part in it.
func (f *finder) bySentence(found []Attribution) [][]int {
	out := make([][]int, len(f.t.Sentences))
	for i := range found {
		for _, spans := range [][]text.Span{found[i].Cue, found[i].Content} {
			for _, span := range spans {
				for s := f.t.SentenceAt(span.Start); s >= 0 && s < len(out) && f.t.Sentences[s].Start < span.End; s++ {
					if n := len(out[s]); n == 0 || out[s][n-1] != i {
						out[s] = append(out[s], i)
					}
				}
			}
		}
	}
	return out
}

// monologue returns the actor whose voice the article is, if there is one.
func (f *finder) monologue(told [][]int) (speaker int, ok bool) {
	count := make(map[int]int)
	all := 0
	for i := range f.found {
		a := &f.found[i]
		if a.Kind != graph.Statement || len(a.Source) == 0 || len(a.Sources) == 0 || f.isNested(i) {
			continue // What nobody in particular says, "this suggests", is nobody's voice.
		}
		all++
		if len(a.Sources) == 1 {
			count[a.Sources[0]]++
		}
	}
	speaker = -1
	for actor, n := range count {
		if speaker < 0 || n > count[speaker] || n == count[speaker] && actor < speaker {
			speaker = actor
		}
	}
	if speaker < 0 || count[speaker] < monologueStatements || float64(count[speaker]) < monologueShare*float64(all) {
		return -1, false
	}
	return speaker, f.shareOfParagraphs(speaker) >= monologueParagraphs && f.portrayed(speaker, told) <= portraitShare
}

// portrayed returns which share of the sentences that have no cue mentions the actor.
func (f *finder) portrayed(actor int, told [][]int) float64 {
	all, with := 0, 0
	for s := range f.t.Sentences {
		if len(told[s]) > 0 || f.t.Sentences[s].Heading {
			continue
		}
		all++
		if f.mentions(&f.t.Sentences[s], actor) {
			with++
		}
	}
	return float64(with) / float64(max(all, 1))
}

// mentions reports whether a sentence mentions an actor.
func (f *finder) mentions(s *text.Sentence, actor int) bool {
	all := f.cast.Mentions
	i, _ := slices.BinarySearchFunc(all, s.Start, func(m actors.Mention, at int) int { return m.Start - at })
	for ; i < len(all) && all[i].Start < s.End; i++ {
		if all[i].Actor == actor {
			return true
		}
	}
	return false
}

// isNested reports whether the cue of attribution i lies within the content of the one found before it.
func (f *finder) isNested(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if reports(&f.found[k], &f.found[i]) {
			return true
		}
	}
	return false
}

// shareOfParagraphs returns in which share of the body's paragraphs the actor says something.
func (f *finder) shareOfParagraphs(actor int) float64 {
	with := make(map[int]bool)
	for i := range f.found {
		if slices.Contains(f.found[i].Sources, actor) {
			with[f.t.ParagraphAt(f.found[i].start())] = true
		}
	}
	body := 0
	for _, p := range f.t.Paragraphs {
		if !p.Skipped && !f.t.Sentences[p.First].Heading {
			body++
		}
	}
	return float64(len(with)) / float64(max(body, 1))
}

// spokenBy reports whether one of the attributions has the actor as its source.
func (f *finder) spokenBy(attributions []int, actor int) bool {
	return slices.ContainsFunc(attributions, func(i int) bool { return slices.Contains(f.found[i].Sources, actor) })
}

// isQuotation reports whether a sentence lies within one quotation as a whole.
func (f *finder) isQuotation(s *text.Sentence) bool {
	q := f.t.QuoteAt(s.Start)
	return q >= 0 && f.t.Quotes[q].End >= s.End-1
}

// covered returns how many bytes of a sentence attributions take up, each from its first word to its last.
func (f *finder) covered(attributions []int, s *text.Sentence) int {
	var parts []text.Span
	for _, i := range attributions {
		a := &f.found[i]
		part := a.Content[0]
		for _, spans := range [][]text.Span{a.Source, a.Cue, a.Content} {
			for _, span := range spans {
				part = text.Span{Start: min(part.Start, span.Start), End: max(part.End, span.End)}
			}
		}
		if part.Overlaps(s.Span) {
			parts = append(parts, text.Span{Start: max(part.Start, s.Start), End: min(part.End, s.End)})
		}
	}
	slices.SortFunc(parts, func(a, b text.Span) int { return a.Start - b.Start })
	n, end := 0, s.Start
	for _, p := range parts {
		if p.End > end {
			n += p.End - max(end, p.Start)
			end = p.End
		}
	}
	return n
}

// isTold reports whether attributions take up at least half of a sentence.
func (f *finder) isTold(attributions []int, s *text.Sentence) bool {
	return 2*f.covered(attributions, s) >= s.Len()
}

// goOn records that actors go on speaking in a sentence.
func (f *finder) goOn(s int, speakers []int, basis Basis) {
	f.voice(s, Attribution{Voice: graph.CarryOver, Sources: speakers, Evidence: Evidence{Basis: basis}})
}

// outletVoice records the sentences that nobody else is responsible for.
func (f *finder) outletVoice(basis Basis) {
	told := f.bySentence(f.found)
	for s := range f.t.Sentences {
		sentence := &f.t.Sentences[s]
		p := &f.t.Paragraphs[sentence.Paragraph]
		switch {
		case sentence.Heading || p.Skipped || f.isTold(told[s], sentence):
		case p.Foreign:
			f.voice(s, Attribution{Voice: graph.OutletVoice, Evidence: Evidence{Basis: unread}})
		default:
			f.voice(s, Attribution{Voice: graph.OutletVoice, Evidence: Evidence{Basis: basis}})
		}
	}
}

// voice records an attribution without a cue whose content is a sentence, citations apart.
func (f *finder) voice(s int, a Attribution) {
	a.Content = f.visible(f.t.Sentences[s].Span)
	if len(a.Content) == 0 {
		return
	}
	a.Within = -1
	f.shade(&a)
	a.Kind, a.Polarity = graph.Statement, graph.Affirms
	f.cite(&a)
	f.found = append(f.found, a)
}

// visible returns what a span holds beside citations.
func (f *finder) visible(s text.Span) []text.Span {
	var out []text.Span
	add := func(part text.Span) {
		r := f.t.RangeOf(part)
		for r.First < r.Last && f.t.Tokens[r.Last-1].Start < part.Start {
			r.Last--
		}
		if words := f.t.Tokens[r.First:r.Last]; slices.ContainsFunc(words, func(k text.Token) bool { return k.Class != text.Punct }) {
			out = append(out, f.t.SpanOf(r))
		}
	}
	start := s.Start
	for _, h := range f.hiddenIn(s) {
		add(text.Span{Start: start, End: h.Start})
		start = h.End
	}
	if start < s.End {
		add(text.Span{Start: start, End: s.End})
	}
	return out
}

// hiddenIn returns the citations within a span.
func (f *finder) hiddenIn(s text.Span) []text.Span {
	first, _ := slices.BinarySearchFunc(f.hidden, s.Start, func(h text.Span, at int) int { return h.End - 1 - at })
	last := first
	for last < len(f.hidden) && f.hidden[last].Start < s.End {
		last++
	}
	return f.hidden[first:last]
}
