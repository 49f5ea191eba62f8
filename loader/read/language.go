package read

import (
	"strings"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// languageSample is how many bytes of a text the language is told from: enough for its common letter groups, few enough
// to cost little.
const languageSample = 1024

// minLanguageConfidence is below what the library calls reliable: between neighbours, such as the Cyrillic languages, it
// is never surer than that even where it is right. Single words score below 0.1.
const minLanguageConfidence = 0.25

// detectLanguage names the language of text, "" if it cannot tell. It looks at the middle, away from page furniture.
func detectLanguage(text string) string {
	sample := middle(text, languageSample)
	if isEnglish(sample) {
		return "en"
	}
	info := whatlanggo.Detect(sample)
	if info.Script == nil || info.Confidence < minLanguageConfidence {
		return ""
	}
	return languageTag(info.Lang.Iso6391())
}

// englishWords are words that stand in every English paragraph and are rare in other languages.
var englishWords = map[string]bool{
	"the": true, "of": true, "and": true, "to": true, "that": true, "for": true, "with": true, "from": true, "which": true,
}

// isEnglish recognises the most frequent case by its commonest words, thirty times faster than by comparing the letter
// groups of all languages, and also where foreign names abound.
func isEnglish(sample string) bool {
	const fewestWords, share = 20, 0.1
	words, found, articles := 0, 0, 0
	for word := range strings.FieldsSeq(sample) {
		words++
		if englishWords[word] {
			found++
		}
		if word == "the" {
			articles++
		}
	}
	return words >= fewestWords && articles > 0 && float64(found) >= share*float64(words)
}

// middle is about n bytes from the middle of text, cut between characters.
func middle(text string, n int) string {
	if len(text) <= n {
		return text
	}
	start := (len(text) - n) / 2
	for !utf8.RuneStart(text[start]) {
		start++
	}
	end := start + n
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return strings.TrimSpace(text[start:end])
}
