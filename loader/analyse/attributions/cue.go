package attributions

import "github.com/claimgraph/claimgraph/loader/analyse/text"

// A cue is a cue as it stands in a sentence, with its auxiliaries, negation and adverbs.
type cue struct {
	text.Range
	entry
	verb    int  // its first word of the lexicon
	form    tag  // the form of that word
	passive bool //
	finite  bool // false for "saying" and "named by" without a form of "be"
}

// leadVerbs may stand before "to" and a cue and are then part of it: "continues to warn", "appear to have concluded".
var leadVerbs = set(`continue continues continued appear appears appeared seem seems seemed attempt attempts attempted
	attempting try tries tried trying begin begins began begun go goes went going come comes came used proceed proceeds
	proceeded`)

// endVerbs may stand before "by" and a cue: "concluded by stating".
var endVerbs = set("continue continues continued conclude concludes concluded begin begins began start starts started end ends ended open opened opens close closed closes")

// cueAt returns the longest cue whose first word of the lexicon is token i.
func (r *reader) cueAt(i int) (cue, bool) {
	for _, e := range cues[r.t.Tokens[i].Lower] {
		last, ok := r.rest(i+1, e.rest)
		if !ok {
			continue
		}
		c := cue{Range: text.Range{First: i, Last: last}, entry: e, verb: i, form: r.tags[i]}
		if e.takes()&preposition != 0 {
			return c, len(e.rest) > 0 || r.tag(last) == name || r.tag(last) == determiner
		}
		if !r.isVerb(i, e) {
			continue
		}
		return r.extend(c)
	}
	return cue{}, false
}

// rest matches the further words of an entry from token i on, and returns where they end. Adverbs may stand between.
func (r *reader) rest(i int, words []string) (int, bool) {
	for _, w := range words {
		for n := 0; n < 2 && r.lower(i) != w && r.tag(i) == adverb; n++ {
			i++
		}
		if r.lower(i) != w || r.inQuote(i) {
			return 0, false
		}
		i++
	}
	return i, true
}

// isVerb reports whether token i is used as a verb.
func (r *reader) isVerb(i int, e entry) bool {
	switch r.tags[i] {
	case base, present, past, participle:
		return true
	case gerund:
		return r.adverbial(i)
	case modal:
		return len(e.rest) > 0
	case possessive:
		return len(e.rest) > 0 && r.tag(i-1) == pronoun
	}
	return false
}

// adverbial reports whether the -ing form i goes with a clause or noun before it, or is a predicate with "be" or "by".
func (r *reader) adverbial(i int) bool {
	k := i - 1
	for r.tag(k) == adverb {
		k--
	}
	w := r.lower(k)
	switch {
	case k < r.sentenceRange.First:
		return false
	case r.tag(k) == punctuation:
		return w != "-" && w != "'"
	case r.tag(k) == prep:
		return w == "by" || w == "in" || w == "while" || w == "after" || w == "before" || w == "without" || w == "as"
	}
	return r.tag(k) == noun || r.tag(k) == name || r.tag(k) == conjunction || beForms[w]
}

// extend takes the auxiliaries, adverbs and leading verbs before a cue into it; false if the verb is no predicate.
func (r *reader) extend(c cue) (cue, bool) {
	first, be, helped := c.verb, beForms[r.lower(c.verb)], false
	marked := false // "to" stands before the verb, and no leading verb before it yet.
loop:
	for k := c.verb - 1; k >= r.sentenceRange.First; k-- {
		w := r.lower(k)
		switch {
		case marked && !leadVerbs[w]:
			return c, false
		case marked:
			first, marked = k, false
			c.form = r.tags[k]
			helped = false
		case r.tags[k] == adverb && !r.inQuote(k):
			continue
		case beForms[w]:
			be = be || !helped
			first, helped = k, true
		case haveForms[w] || doForms[w] || r.tags[k] == modal:
			first, helped = k, true
		case w == "to" && r.tags[first] == base:
			marked = true
		case w == "by" && r.tags[first] == gerund && endVerbs[r.lower(k-1)]:
			k--
			first = k
			c.form = past
		default:
			break loop
		}
	}
	if marked {
		return c, false
	}
	for first > r.sentenceRange.First && r.tag(first-1) == adverb && !r.inQuote(first-1) && !r.clauseAdverb(first-1) {
		first--
	}
	c.First = first
	c.passive = be && c.form == participle
	c.finite = helped || c.form == past || c.form == present || c.form == base || beForms[r.lower(c.verb)]
	return c, true
}

// clauseAdverb reports whether an adverb opens the clause rather than belonging to the verb: "Meanwhile", ", however".
func (r *reader) clauseAdverb(i int) bool {
	before := i - 1
	return r.tag(before) == punctuation || r.tag(before) == conjunction || before < r.sentenceRange.First
}
