package read

import (
	"strings"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// languageSample is how many bytes of a text the language is told from: enough for its common letter groups, few enough
// to cost little.
const languageSample = 1024

// detectLanguage names the language of text, "" if it cannot tell. It looks at the middle, away from page furniture.
func detectLanguage(text string) string {
	info := whatlanggo.Detect(middle(text, languageSample))
	if info.Script == nil || !info.IsReliable() {
		return ""
	}
	return languageTag(info.Lang.Iso6391())
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
