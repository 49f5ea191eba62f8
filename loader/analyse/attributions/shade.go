package attributions

import (
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// shade sets what the wording of cue and content tells: kind, quote type, polarity and factuality.
func (f *finder) shade(a *Attribution) {
	s := f.cueSense(a)
	a.Kind = s.kind
	a.QuoteType = f.quoteType(a.Content)
	a.Polarity = f.polarity(a, s)
	a.Factuality = f.factuality(a)
}

// cueSense returns the sense of the last word of the cue that the lexicon knows, by what follows it; but a cue that opens
// with "wants to" tells an intention, whatever of. Of a cue that the lexicon does not have, kinds.txt tells the kind.
func (f *finder) cueSense(a *Attribution) sense {
	for _, span := range a.Cue {
		if s, ok := f.infinitiveSense(span); ok {
			return s
		}
	}
	frame := f.frame(a.Content[0])
	for c := len(a.Cue) - 1; c >= 0; c-- {
		r := f.t.RangeOf(a.Cue[c])
		for i := r.Last - 1; i >= r.First; i-- {
			for _, entries := range [][]entry{cues[f.t.Tokens[i].Lower], nounCues[f.t.Tokens[i].Lower]} {
				for _, e := range entries {
					if f.follow(i+1, r.Last, e.rest) {
						return e.sense(frame)
					}
				}
			}
		}
	}
	for _, span := range slices.Backward(a.Cue) {
		for r := f.t.RangeOf(span); r.Last > r.First; r.Last-- {
			if kind, ok := kindOfWord(f.t.Tokens[r.Last-1].Lower); ok {
				return sense{kind: kind}
			}
		}
	}
	return sense{kind: graph.Statement}
}

// infinitiveSense returns the sense of a cue's first word that the lexicon knows if it wants something: "wants to say",
// "refuses to tell". Words that only lead to the cue are passed over.
func (f *finder) infinitiveSense(cue text.Span) (sense, bool) {
	r := f.t.RangeOf(cue)
	for i := r.First; i+2 < r.Last; i++ {
		w := f.t.Tokens[i].Lower
		if f.t.Tokens[i+1].Lower != "to" || leadVerbs[w] {
			continue
		}
		for _, e := range cues[w] {
			if s := e.sense(infinitive); len(e.rest) == 0 && s.takes&infinitive != 0 && s.kind == graph.Intention {
				return s, true
			}
		}
		kind, ok := kindOfWord(w)
		return sense{kind: kind}, ok && kind == graph.Intention
	}
	return sense{}, false
}

// follow reports whether the words stand at token i in this order, others between allowed.
func (f *finder) follow(i, last int, words []string) bool {
	for _, w := range words {
		for i < last && f.t.Tokens[i].Lower != w {
			i++
		}
		if i == last {
			return false
		}
		i++
	}
	return true
}

// frame tells by its first word what kind of complement a content is.
func (f *finder) frame(content text.Span) frames {
	r := f.t.RangeOf(content)
	switch w := f.t.Tokens[r.First].Lower; {
	case f.t.QuoteAt(content.Start) >= 0:
		return quotation
	case w == "to":
		return infinitive
	case questions[w] || w == "that":
		return thatClause
	}
	return nounPhrase | bareClause | secondPhrase
}

var questions = set("whether if why how what who which where when")

// quoteType tells whether the content is quoted word for word, in part, or not at all.
func (f *finder) quoteType(content []text.Span) graph.QuoteType {
	quoted, own := false, false
	for _, c := range content {
		r := f.t.RangeOf(c)
		for i := r.First; i < r.Last; i++ {
			k := f.t.Tokens[i]
			if q := f.t.QuoteAt(k.Start); q >= 0 {
				quoted = true
				i = max(i, f.t.Quotes[q].Tokens.Last-1)
				continue
			}
			own = own || k.Class != text.Punct
		}
	}
	switch {
	case !quoted:
		return graph.Indirect
	case own:
		return graph.Mixed
	}
	return graph.Direct
}

var (
	negations = set(`not never no none nobody nothing neither nor cannot don't doesn't didn't isn't aren't wasn't weren't
		hasn't haven't hadn't can't won't wouldn't couldn't shouldn't without`)
	insisting = set(`insist insists insisted insisting maintain maintains maintained assert asserts asserted asserting
		reiterate reiterates reiterated reiterating stress stresses stressed stressing swear swears swore claim claims
		claimed claiming contend contends contended protest protests protested`)
	selves = set("i we he she it they")
	// Not to know or want something is no denial.
	inner  = set("know think believe want expect remember recall see understand need like care mind plan intend hope")
	untrue = set(`false untrue baseless groundless unfounded fabricated fake bogus nonsense fiction fabrication
		fabrications lie lies slander libel incorrect inaccurate disinformation propaganda preposterous ludicrous
		tale myth rubbish hoax fantasy invention`)
	accusations = set(`accusation accusations allegation allegations claim claims charge charges report reports rumor
		rumors rumour rumours suggestion suggestions assertion assertions notion insinuation insinuations
		figure figures number numbers story stories version account`)
)

// polarity tells whether the source denies. It does with a cue of denial that is not itself negated, by insisting that
// something is not so, by saying that itself did not, and by calling something false.
func (f *finder) polarity(a *Attribution, s sense) graph.Polarity {
	negated := f.any(a.Cue, negations)
	switch {
	case s.denies && s.kind != graph.Intention:
		return denial(!negated)
	case s.kind != graph.Statement || negated:
		return graph.Affirms
	case f.callsFalse(a):
		return graph.Denies
	}
	return denial(f.deniesInContent(a))
}

func denial(denies bool) graph.Polarity {
	if denies {
		return graph.Denies
	}
	return graph.Affirms
}

// any reports whether some token of the spans is in the set.
func (f *finder) any(spans []text.Span, words map[string]bool) bool {
	return slices.ContainsFunc(spans, func(s text.Span) bool {
		r := f.t.RangeOf(s)
		return slices.ContainsFunc(f.t.Tokens[r.First:r.Last], func(k text.Token) bool { return words[k.Lower] })
	})
}

// callsFalse reports whether the content ends by calling what it began with false: "the report baseless", "is a lie".
func (f *finder) callsFalse(a *Attribution) bool {
	const longest = 25
	r := f.t.RangeOf(a.Content[0])
	if r.Last-r.First > longest {
		return false
	}
	for i := r.First + 1; i < r.Last; i++ {
		if !untrue[f.t.Tokens[i].Lower] {
			continue
		}
		for k := i - 1; k >= r.First && k >= i-4; k-- {
			if w := f.t.Tokens[k].Lower; negations[w] {
				return false
			} else if beForms[w] || w == "'s" || accusations[w] || w == "as" {
				return true
			}
		}
	}
	return false
}

// deniesInContent reports whether the first verb of the content is negated, and either the cue insists or the subject
// is the source itself.
func (f *finder) deniesInContent(a *Attribution) bool {
	r := f.t.RangeOf(a.Content[0])
	const reach = 14
	self := false
	for i := r.First; i < r.Last && i < r.First+reach; i++ {
		w := f.t.Tokens[i].Lower
		switch {
		case i < r.First+4 && selves[w]:
			self = true
		case w == "no" && f.any(a.Cue, insisting): // “insists he took no money”
			return true
		case negations[w] && w != "without" && w != "no":
			for k := i + 1; k < r.Last && k < i+4; k++ {
				if inner[f.t.Tokens[k].Lower] {
					return false
				}
			}
			return f.any(a.Cue, insisting) || self && i < r.First+6
		case w == "," || w == ";":
			if i > r.First+2 {
				return false
			}
		}
	}
	return false
}

var (
	possibly = set("may might could possibly perhaps maybe conceivably can possible")
	probably = set(`probably likely presumably apparently reportedly allegedly supposedly seemingly should appear appears
		appeared seem seems seemed suggest suggests expected alleged unlikely`)
	openCues = set(`ask asks asked asking wonder wonders wondered wondering question questions questioned inquire
		inquired query queried doubt doubts doubted propose proposes proposed suggest suggests suggested if whether`)
	doubtful = set("believe believes believed think thinks thought suspect suspects suspected assume assumes assumed guess reckon feel feels felt predict predicts predicted estimate estimates estimated expect expects expected appear appears appeared seem seems seemed likely speculate speculated")
)

// factuality tells how certain the wording makes the content: by the hedges up to its first verb, and by the cue.
func (f *finder) factuality(a *Attribution) graph.Factuality {
	r := f.t.RangeOf(a.Content[0])
	first := f.t.Tokens[r.First].Lower
	if a.Kind == graph.Intention || a.Kind == graph.Decree || questions[first] || first == "to" {
		return graph.Underspecified
	}
	const reach = 30
	for i := r.First; i < r.Last && i < r.First+reach; i++ {
		switch w := f.t.Tokens[i].Lower; {
		case w == "if" || w == "whether" || w == "unless":
			return graph.Underspecified
		case possibly[w]:
			return graph.Possible
		case probably[w]:
			return graph.Probable
		}
	}
	switch {
	case f.any(a.Cue, openCues):
		return graph.Underspecified
	case f.any(a.Cue, doubtful):
		return graph.Probable
	}
	return graph.Certain
}
