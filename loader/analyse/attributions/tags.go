package attributions

import (
	"strings"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A tag is a part of speech, as words.txt lists them.
type tag byte

const (
	noun        tag = 'n'
	name        tag = 'p'
	pronoun     tag = 'r'
	determiner  tag = 'd'
	adjective   tag = 'j'
	base        tag = 'v'
	present     tag = 'z'
	past        tag = 'e'
	participle  tag = 'x'
	gerund      tag = 'g'
	modal       tag = 'm'
	adverb      tag = 'a'
	prep        tag = 'i'
	to          tag = 't'
	conjunction tag = 'c'
	relative    tag = 'w'
	possessive  tag = 's'
	punctuation tag = '.'
)

// finite reports whether a verb of this form can head a clause.
func (t tag) finite() bool { return t == present || t == past || t == modal || t == base }

// nominal reports whether a word of this kind can stand within a noun phrase.
func (t tag) nominal() bool {
	return t == noun || t == name || t == determiner || t == adjective || t == possessive
}

// tagText gives every token its part of speech: what words.txt or the word's ending says, and where that leaves a
// choice, what the words beside it make likely.
func tagText(t *text.Text) []tag {
	tags := make([]tag, len(t.Tokens))
	names := namesIn(t)
	for _, s := range t.Sentences {
		opening := true
		verb := tag(0) // The last word that was no adverb.
		for i := s.First; i < s.Last; i++ {
			k := &t.Tokens[i]
			if k.Class == text.Punct {
				tags[i] = punctuation
				opening = opening || k.Lower == "“" || k.Lower == "\"" || k.Lower == ":" || k.Lower == "''"
				verb = punctuation
				continue
			}
			next, by := "", false
			if i+1 < s.Last {
				next, by = candidates(t, i+1, false), t.Tokens[i+1].Lower == "by"
			}
			tags[i] = choose(candidates(t, i, opening && !names[k.Lower]), k.Lower, verb, next, by)
			opening = false
			switch {
			case tags[i] == adverb:
			case haveForms[k.Lower]:
				verb = 'H'
			case beForms[k.Lower]:
				verb = 'B'
			default:
				verb = tags[i]
			}
		}
	}
	return tags
}

// namesIn returns the words that have a capital where no sentence begins.
func namesIn(t *text.Text) map[string]bool {
	names := make(map[string]bool)
	for i := 1; i < len(t.Tokens); i++ {
		if t.Capital(i) && t.Tokens[i-1].Class == text.Word && t.Tokens[i-1].Lower[len(t.Tokens[i-1].Lower)-1] != '.' {
			names[t.Tokens[i].Lower] = true
		}
	}
	return names
}

// candidates returns the parts of speech that a token may have, likeliest first.
func candidates(t *text.Text, i int, opening bool) string {
	k := &t.Tokens[i]
	switch k.Class {
	case text.Punct:
		return "."
	case text.Number:
		return "j"
	}
	known, ok := partsOfSpeech[k.Lower]
	capital := t.Capital(i)
	switch {
	case k.Lower == "us" && t.Slice(k.Span) == "US":
		return "p"
	case capital && !opening && !(ok && isClosed(known)):
		return "p"
	case ok:
		return known
	}
	if forms, ok := inflections[k.Lower]; ok && (!capital || forms[0] != 'v') {
		return forms
	}
	if capital {
		return "p"
	}
	return guess(k.Lower)
}

// isClosed reports whether the tags are those of a word that is no name even with a capital.
func isClosed(tags string) bool { return strings.IndexByte("rdicwts", tags[0]) >= 0 }

// guess returns the parts of speech of a word by its ending.
func guess(w string) string {
	switch {
	case strings.HasSuffix(w, "ly"):
		return "a"
	case strings.HasSuffix(w, "ing"):
		return "gn"
	case strings.HasSuffix(w, "ed"):
		return "ex"
	}
	for _, ending := range []string{"ous", "ful", "ive", "able", "ible", "ical", "less", "ish", "ary", "ian", "ic", "al"} {
		if strings.HasSuffix(w, ending) {
			return "j"
		}
	}
	return "n"
}

// choose picks one of the candidates by the word before (adverbs apart; 'H' and 'B' for forms of "have" and "be") and
// the candidates of the word after, and whether that is "by".
func choose(c, lower string, before tag, after string, by bool) tag {
	if lower == "to" && after != "" && !strings.ContainsRune(after, rune(base)) {
		return prep
	}
	if len(c) == 1 {
		return tag(c[0])
	}
	has := func(t tag) bool { return strings.IndexByte(c, byte(t)) >= 0 }
	begins := after != "" && strings.IndexByte("drpiwjt", after[0]) >= 0 // What follows may be a complement.
	switch {
	case lower == "that":
		if after != "" && strings.IndexByte("zem", after[0]) >= 0 && (before == noun || before == name) {
			return relative
		}
		return prep
	case lower == "'s":
		if before == pronoun || before == relative || before == adverb {
			return present
		}
		return possessive
	case has(participle) && (before == 'H' || before == 'B'):
		return participle
	case has(past) && has(participle):
		if before == determiner || before == adjective || before == prep || before == possessive || by ||
			before == past || before == participle || before == present || before == base {
			return participle
		}
		if after == "i" && before == punctuation && !seldomSaid[lower] {
			return participle
		}
		return past
	case before == to || before == modal:
		if has(base) {
			return base
		}
	case before == determiner || before == possessive || before == adjective || before == prep:
		for _, t := range []tag{noun, adjective, gerund} {
			if has(t) && (t == noun || begins || tag(c[0]) == t) {
				return t
			}
		}
	case before == pronoun || before == relative:
		for _, t := range []tag{past, present, base} {
			if has(t) {
				return t
			}
		}
	case before == name || before == noun:
		for _, t := range []tag{past, present, base} {
			if has(t) && begins {
				return t
			}
		}
	}
	return tag(c[0])
}

// seldomSaid are verbs that are hardly ever participles between a mark and a preposition: what stands between commas or
// in brackets before "said on Monday" belongs to the speaker.
var seldomSaid = set("said added stated insisted argued explained replied")

var (
	haveForms = set("have has had having 've haven't hasn't hadn't")
	beForms   = set("be is was been being are were am 'm 're isn't aren't wasn't weren't")
	doForms   = set("do does did don't doesn't didn't")
)

func set(words string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
