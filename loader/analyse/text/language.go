package text

import (
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// Whoever reads a text does so in English. A paragraph of another language is told by its words, not by the article's
// language: articles quote at length, and pages hold several.
const (
	fewestLetters = 40   // fewer tell no language
	fewestWords   = 8    // but of languages that write words together
	englishShare  = 0.08 // an English paragraph has more function words, nearly always
	sureLanguage  = 0.4  // how sure the comparison of letter groups must be
	languageBytes = 1024 // which part of a paragraph is looked at
)

// functionWords are common in English and rare in its neighbours.
var functionWords = wordSet(`the of and to that for with by at it from has have were are is been will would their his her
	he she they this these which who said says not but or as our we you your its there when what after about`)

// isForeign reports whether a paragraph is in another language than English. It errs on the side of English.
func (t *Text) isForeign(p *Paragraph) bool {
	r := t.RangeOf(p.Span)
	words, english, letters, latin := 0, 0, 0, 0
	for i := r.First; i < r.Last && t.Tokens[i].Start < p.Start+languageBytes; i++ {
		k := t.Tokens[i]
		if k.Class != Word {
			continue
		}
		words++
		if functionWords[k.Lower] {
			english++
		}
		for _, c := range t.Slice(k.Span) {
			if unicode.IsLetter(c) {
				letters++
			}
			if unicode.Is(unicode.Latin, c) {
				latin++
			}
		}
	}
	switch {
	case 2*latin < letters:
		return letters > fewestLetters/4
	case letters < fewestLetters || words < fewestWords || float64(english) >= englishShare*float64(words):
		return false
	}
	sample := t.Source[p.Start:min(p.End, p.Start+languageBytes)]
	for !utf8.ValidString(sample) {
		sample = sample[:len(sample)-1]
	}
	info := whatlanggo.Detect(sample)
	return info.Script != nil && info.Lang != whatlanggo.Eng && info.Confidence >= sureLanguage
}
