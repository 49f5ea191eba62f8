package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// A scanner divides a source into blocks (paragraphs) and each block into tokens. English words are read by hand, for
// speed and for clitics and abbreviations; scripts without spaces and symbols are left to UAX #29.
type scanner struct {
	source string
	lower  string // source with A to Z in lower case
	at     int    // where the current block, or the rest of it, begins
	end    int    // where the current block ends
	next   int    // where the next block begins
}

func newScanner(source string) *scanner {
	return &scanner{source: source, lower: lowerASCII(source)}
}

// lowerASCII returns s with the letters A to Z in lower case, all else and thus every offset as it is.
func lowerASCII(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// block moves on to the next line and reports whether there was one.
func (s *scanner) block() bool {
	if s.next >= len(s.source) {
		return false
	}
	s.at = s.next
	for i := s.next; i < len(s.source); i++ {
		width := lineBreak(s.source, i)
		if width > 0 {
			s.end, s.next = i, i+width
			return true
		}
	}
	s.end, s.next = len(s.source), len(s.source)
	return true
}

// lineBreak returns the width of the line or paragraph separator at i, or 0.
func lineBreak(source string, i int) int {
	switch source[i] {
	case '\n', '\r', '\f', '\v':
		return 1
	case 0xE2: // U+2028 and U+2029
		if strings.HasPrefix(source[i:], "\u2028") || strings.HasPrefix(source[i:], "\u2029") {
			return 3
		}
	}
	return 0
}

// tokens appends the tokens of the current block.
func (s *scanner) tokens(out []Token) []Token {
	for s.at < s.end {
		c := s.source[s.at]
		switch {
		case c == ' ' || c < 0x20 || c == 0x7F:
			s.at++
		case isLetterASCII(c):
			out = s.word(out)
		case isDigit(c):
			out = s.number(out)
		case c < utf8.RuneSelf:
			out = s.mark(out, s.sameMarks(c))
		default:
			out = s.beyondASCII(out)
		}
	}
	return out
}

// sameMarks returns how many marks in a row are one token: an ellipsis, a dash of hyphens, two single quotes as one.
func (s *scanner) sameMarks(c byte) int {
	n := 1
	for s.at+n < s.end && s.source[s.at+n] == c {
		n++
	}
	switch c {
	case '.', '-', '*', '_', '=', '~':
		return n
	case '\'', '`':
		return min(n, 2)
	}
	return 1
}

// mark appends a punctuation token of n bytes.
func (s *scanner) mark(out []Token, n int) []Token {
	span := Span{s.at, s.at + n}
	s.at += n
	return append(out, Token{span, Punct, s.source[span.Start:span.End]})
}

// beyondASCII appends what begins with a rune outside ASCII.
func (s *scanner) beyondASCII(out []Token) []Token {
	r, n := utf8.DecodeRuneInString(s.source[s.at:s.end])
	switch {
	case unspaced(r):
		return s.segment(out, Word)
	case isLetter(r):
		return s.word(out)
	case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r):
		s.at += n
		return out
	case unicode.IsDigit(r):
		return s.number(out)
	case unicode.IsPunct(r):
		return s.mark(out, n)
	}
	return s.segment(out, Punct)
}

// segment appends one word, or one symbol with its modifiers, as UAX #29 divides them.
func (s *scanner) segment(out []Token, class Class) []Token {
	it := words.FromString(s.source[s.at:s.end])
	if !it.Next() {
		s.at = s.end
		return out
	}
	return s.append(out, Span{s.at, s.at + len(it.Value())}, class)
}

// number appends digits with their inner marks and what is attached: "3.5", "1,000", "10:30", "9/11", "21st", "5m".
func (s *scanner) number(out []Token) []Token {
	i := s.at
	for i < s.end {
		r, n := s.rune(i)
		switch {
		case unicode.IsDigit(r) || isLetter(r):
			i += n
			continue
		case strings.ContainsRune(".,:/", r) && i > s.at && i+1 < s.end && isDigit(s.source[i-1]) && isDigit(s.source[i+1]):
			i++
			continue
		}
		break
	}
	return s.append(out, Span{s.at, i}, Number)
}

// word appends a word: letters, digits and marks with inner apostrophes and dots. Its possessive or contracted ending
// is a second token, the full stop of an abbreviation a part of it.
func (s *scanner) word(out []Token) []Token {
	i, apostrophe := s.at, 0
	for i < s.end {
		r, n := s.rune(i)
		switch {
		case isLetter(r) || unicode.IsDigit(r):
			i += n
			continue
		case isApostrophe(r) && s.letterAt(i+n):
			apostrophe = i
			i += n
			continue
		case r == '.' && s.innerDot(i):
			i++
			continue
		case r == '&' && i-s.at <= 2 && s.upperAt(i+1): // "AT&T", "S&P"
			i++
			continue
		}
		break
	}
	if apostrophe > s.at {
		if clitic, ok := clitics[s.afterApostrophe(apostrophe, i)]; ok {
			out = s.append(out, Span{s.at, apostrophe}, Word)
			s.at = i
			return append(out, Token{Span{apostrophe, i}, Word, clitic})
		}
	}
	if i < s.end && s.source[i] == '.' && isAbbreviation(s.source[s.at:i], s.lower[s.at:i]) && !strings.HasPrefix(s.source[i:], "..") {
		i++
	}
	return s.append(out, Span{s.at, i}, Word)
}

// clitics are the endings that are tokens of their own, by the letters after the apostrophe.
var clitics = map[string]string{"s": "'s", "re": "'re", "ve": "'ve", "ll": "'ll", "d": "'d", "m": "'m"}

// afterApostrophe returns, in lower case, what stands between the apostrophe at i and end.
func (s *scanner) afterApostrophe(i, end int) string {
	_, n := s.rune(i)
	return s.lower[i+n : end]
}

// innerDot reports whether the dot at i joins letters: "U.S", "a.m", "example.com", but not "end.Next".
func (s *scanner) innerDot(i int) bool {
	if i+1 >= s.end || !isLetterASCII(s.source[i+1]) {
		return false
	}
	if s.source[i+1] >= 'a' {
		return true
	}
	return i-s.at == 1 || s.source[i-2] == '.'
}

func (s *scanner) letterAt(i int) bool {
	if i >= s.end {
		return false
	}
	r, _ := s.rune(i)
	return isLetter(r)
}

func (s *scanner) upperAt(i int) bool {
	return i < s.end && 'A' <= s.source[i] && s.source[i] <= 'Z'
}

// rune decodes the rune at i; ASCII costs next to nothing.
func (s *scanner) rune(i int) (rune, int) {
	if c := s.source[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.source[i:s.end])
}

// append appends a token and moves on behind it.
func (s *scanner) append(out []Token, span Span, class Class) []Token {
	s.at = span.End
	lower := s.lower[span.Start:span.End]
	if !isASCII(lower) {
		lower = apostrophes.Replace(strings.ToLower(lower))
	}
	return append(out, Token{span, class, lower})
}

var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'")

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isLetterASCII(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isLetter reports whether r is a letter of a script with spaces, or belongs to one: an accent, a joiner, a soft hyphen.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return isLetterASCII(byte(r))
	}
	switch r {
	case '\u00AD', '\u200C', '\u200D':
		return true
	case 'ʼ':
		return false
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && !unspaced(r)
}

// unspaced reports whether r belongs to a script that writes no spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Myanmar, unicode.Khmer, unicode.Han,
		unicode.Hiragana, unicode.Katakana)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '‘' }

func startsUpper(s string) bool {
	if s == "" {
		return false
	}
	if c := s[0]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}
