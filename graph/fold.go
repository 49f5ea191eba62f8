package graph

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxTerms is how many different words of a search text count; the rest is ignored.
const MaxTerms = 16

// MaxAnyTerms is the same where one of the words is enough.
const MaxAnyTerms = 500

// maxTermBytes is where a word is cut off, in the index and in searches alike.
const maxTermBytes = 64

// Fold makes words comparable: lower case, without diacritics and without marks that only ornament or order letters.
// It leaves everything else, punctuation too, as it is.
func Fold(s string) string {
	if isPlain(s) {
		return s
	}
	folded := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			folded = append(folded, c)
			i++
			continue
		}
		// Marks fall away, so that a run of other letters can be taken apart without the ASCII around it.
		end := i
		for end < len(s) && s[end] >= utf8.RuneSelf {
			end++
		}
		folded = foldRun(folded, s[i:end])
		i = end
	}
	return string(folded)
}

// foldRun appends the folded form of letters beyond ASCII.
func foldRun(folded []byte, run string) []byte {
	// Next to bytes that are no UTF-8, norm leaves letters as they are.
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(run, "\ufffd")) {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
			continue
		}
		if special, ok := undecomposed[r]; ok {
			folded = append(folded, special...)
			continue
		}
		folded = utf8.AppendRune(folded, unicode.ToLower(r))
	}
	return folded
}

// undecomposed holds letters that Unicode does not take apart although readers search for their plain form.
var undecomposed = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l",
	'đ': "d", 'Đ': "d", 'ı': "i", 'ς': "σ", '’': "'", '‘': "'", 'ʼ': "'", 'ʻ': "'", 'ʿ': "'", 'ʾ': "'",
	'ي': "ی", 'ى': "ی", 'ك': "ک", 'ـ': "",
}

// isPlain reports whether folding leaves s as it is, which is so for most words of English news.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

// Terms returns the words of a text as search sees them: folded runs of letters and digits, in order, with repeats.
// Apostrophes within a word vanish ("Kata'ib" is one word, "kataib"), and a final 's does too; so do the commas that
// part thousands ("3,500" is "3500").
func Terms(s string) []string {
	var terms []string
	var word []byte
	flush := func() {
		if len(word) > 0 {
			terms = append(terms, string(word))
			word = word[:0]
		}
	}
	folded := Fold(s)
	for i := 0; i < len(folded); {
		r, size := utf8.DecodeRuneInString(folded[i:])
		i += size
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if len(word)+size <= maxTermBytes {
				word = utf8.AppendRune(word, r)
			}
		case r == '\'' && len(word) > 0 && !isFinalS(folded[i:]):
			// Within a word: joined.
		case r == ',' && endsInDigit(word) && startsWithThousand(folded[i:]):
			// Within a number: joined.
		default:
			flush()
			if r == '\'' && isFinalS(folded[i:]) {
				i++
			}
		}
	}
	flush()
	return terms
}

// isFinalS reports whether rest, which follows an apostrophe, is an s that ends its word, or nothing of a word at all.
func isFinalS(rest string) bool {
	after, ok := strings.CutPrefix(rest, "s")
	if !ok {
		after = rest
	}
	r, _ := utf8.DecodeRuneInString(after)
	letter := unicode.IsLetter(r) || unicode.IsNumber(r)
	return ok && !letter
}

func endsInDigit(word []byte) bool { return len(word) > 0 && isDigit(word[len(word)-1]) }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// startsWithThousand reports whether s begins with three digits and no more.
func startsWithThousand(s string) bool {
	n := 0
	for n < len(s) && n < 4 && isDigit(s[n]) {
		n++
	}
	return n == 3
}

// SearchTerms returns the different words of a search text, at most MaxTerms, in order.
func SearchTerms(s string) []string { return distinct(s, MaxTerms) }

func distinct(s string, limit int) []string {
	var terms []string
	seen := make(map[string]bool)
	for _, t := range Terms(s) {
		if len(terms) == limit {
			break
		}
		if !seen[t] {
			seen[t] = true
			terms = append(terms, t)
		}
	}
	return terms
}

// SearchText returns what a store indexes for a node: the words of its searched properties, separated by single
// spaces, each made only of letters and digits. It is "" for kinds without searched properties.
func (n Node) SearchText() string {
	var words []string
	for _, p := range n.Kind.Info().Props {
		if !p.Searched {
			continue
		}
		switch v := n.Props[p.Name].(type) {
		case string:
			words = append(words, Terms(v)...)
		case []string:
			for _, s := range v {
				words = append(words, Terms(s)...)
			}
		}
	}
	return strings.Join(words, " ")
}
