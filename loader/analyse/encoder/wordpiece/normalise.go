package wordpiece

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ascii treats a character of ASCII that begins at byte i.
func (w *word) ascii(c byte, i int) {
	switch {
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		w.add(rune(c), i, i+1)
	case 'A' <= c && c <= 'Z':
		w.add(rune(c)+'a'-'A', i, i+1)
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		w.finish()
	case '!' <= c && c <= '~':
		w.alone(rune(c), i, i+1)
	}
}

// other treats a character beyond ASCII that begins at byte i: controls are dropped, spaces end a word, ideographs are
// words, and of the rest the accents are stripped and the letters made small. An invalid byte is dropped.
func (w *word) other(r rune, i int) {
	if r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) {
		return
	}
	if unicode.IsSpace(r) {
		w.finish()
		return
	}
	end := i + utf8.RuneLen(r)
	ideograph := isIdeograph(r)
	if ideograph {
		w.finish()
	}
	w.decomposed(r, i, end)
	if ideograph {
		w.finish()
	}
}

// decomposed adds a character by its canonical decomposition.
func (w *word) decomposed(r rune, start, end int) {
	if leading, vowel, trailing, ok := hangul(r); ok {
		w.add(leading, start, end)
		w.add(vowel, start, end)
		if trailing != 0 {
			w.add(trailing, start, end)
		}
		return
	}
	parts := norm.NFD.PropertiesString(w.text[start:end]).Decomposition()
	if parts == nil {
		w.letter(r, start, end)
		return
	}
	for len(parts) > 0 {
		part, n := utf8.DecodeRune(parts)
		w.letter(part, start, end)
		parts = parts[n:]
	}
}

// letter adds a decomposed character.
func (w *word) letter(r rune, start, end int) {
	switch {
	case unicode.Is(unicode.Mn, r):
	case isPunctuation(r):
		w.alone(r, start, end)
	default:
		w.add(unicode.ToLower(r), start, end)
	}
}

// isPunctuation reports whether a character is a word by itself. In ASCII that includes symbols such as $ and +.
func isPunctuation(r rune) bool {
	if r < utf8.RuneSelf {
		return unicode.In(r, unicode.P, unicode.S)
	}
	return unicode.Is(unicode.P, r)
}

// isIdeograph reports whether a code point lies in the blocks that BERT takes for Chinese characters.
func isIdeograph(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || 0x3400 <= r && r <= 0x4DBF || 0xF900 <= r && r <= 0xFAFF ||
		0x20000 <= r && r <= 0x2A6DF || 0x2A700 <= r && r <= 0x2B73F || 0x2B740 <= r && r <= 0x2B81F ||
		0x2B920 <= r && r <= 0x2CEAF || 0x2F800 <= r && r <= 0x2FA1F
}

// hangul decomposes a Korean syllable by the arithmetic of section 3.12 of the Unicode Standard; trailing may be 0.
func hangul(r rune) (leading, vowel, trailing rune, ok bool) {
	const first, leadings, vowels, trailings = 0xAC00, 19, 21, 28
	s := r - first
	if s < 0 || s >= leadings*vowels*trailings {
		return 0, 0, 0, false
	}
	if t := s % trailings; t != 0 {
		trailing = 0x11A7 + t
	}
	return 0x1100 + s/trailings/vowels, 0x1161 + s/trailings%vowels, trailing, true
}
