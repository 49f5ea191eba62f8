package actors

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold returns a word as names are compared: in lower case, without diacritics, apostrophes and dots, so that
// "Sana'a", "Sanaa", "U.S." and "US" meet.
func fold(word string) string {
	if plain(word) {
		return word
	}
	var b strings.Builder
	b.Grow(len(word))
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch {
		case unicode.Is(unicode.Mn, r), strings.ContainsRune(".'’‘ʼʻʿʾ`", r):
		case r == 'ı':
			b.WriteByte('i')
		default:
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 { // nothing but marks: a token of punctuation
		return word
	}
	return b.String()
}

// plain reports whether fold leaves a word as it is.
func plain(word string) bool {
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c == '.' || c == '\'' || c == '`' {
			return false
		}
	}
	return true
}

// A shape says how a word is written.
type shape uint8

const (
	other   shape = iota // punctuation, numbers, scripts without case
	small                // "ministry"
	capital              // "Ministry"
	mixed                // "TOLOnews", "McGurk", "al-X" counts by its parts
	upper                // "IRGC", "U.S."
	initial              // "J."
)

func shapeOf(word string) shape {
	uppers, lowers, first := 0, 0, false
	for i, r := range word {
		switch {
		case unicode.IsUpper(r):
			uppers++
			first = first || i == 0
		case unicode.IsLower(r):
			lowers++
		}
	}
	switch {
	case uppers == 0 && lowers == 0:
		return other
	case uppers == 0:
		return small
	case lowers == 0 && uppers == 1:
		if len(word) == 1 || word[len(word)-1] == '.' {
			return initial
		}
		return upper
	case lowers == 0 || uppers == 2 && lowers == 1 && strings.HasSuffix(word, "s"): // "UNs"
		return upper
	case uppers == 1 && first:
		return capital
	case !first && uppers > 0 || uppers > 1:
		return mixed
	}
	return capital
}
