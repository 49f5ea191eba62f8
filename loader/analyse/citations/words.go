package citations

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A word is a stretch between spaces, without the punctuation around it.
type word struct {
	text.Span
	s   string // as written
	low string // in lower case
}

// around is the punctuation that is no part of the word beside it. The full stop of an abbreviation is.
const around = "\"“”„«»'‘’,;:()[]*"

// wordsOf returns the words of a span; what is punctuation alone is left out, but for spaced dashes.
func wordsOf(src string, s text.Span) []word {
	var out []word
	for i := s.Start; i < s.End; {
		r, n := utf8.DecodeRuneInString(src[i:s.End])
		if unicode.IsSpace(r) {
			i += n
			continue
		}
		end := s.End
		if k := strings.IndexFunc(src[i:s.End], unicode.IsSpace); k >= 0 {
			end = i + k
		}
		if w := trim(src, text.Span{Start: i, End: end}); w.Start < w.End {
			t := src[w.Start:w.End]
			out = append(out, word{w, t, strings.ToLower(t)})
		}
		i = end
	}
	return out
}

// trim drops the punctuation around a word, and the full stop after one that is no abbreviation.
func trim(src string, s text.Span) text.Span {
	t := src[s.Start:s.End]
	left := strings.TrimLeft(t, around)
	s.Start += len(t) - len(left)
	t = strings.TrimRight(left, around)
	if body := strings.TrimSuffix(t, "."); body != t && !strings.Contains(body, ".") && !abbreviations[strings.ToLower(body)] {
		t = body
	}
	s.End = s.Start + len(t)
	return s
}

// capitalised reports whether a word is written as a part of a name: Reuters, al-Jazeera, 4News.
func (w word) capitalised() bool {
	s := w.s
	for _, article := range []string{"al-", "el-", "ad-", "ar-", "as-", "an-", "e-", "d'", "d’", "l'", "l’"} {
		if rest := strings.TrimPrefix(s, article); rest != s {
			s = rest
			break
		}
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// acronym reports whether a word is written in capitals: UNHCR, U.N., AP, B-92.
func (w word) acronym() bool {
	capitals := 0
	for _, r := range w.s {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			return false
		case !unicode.IsDigit(r) && !strings.ContainsRune(".-&–", r):
			return false
		}
	}
	return capitals >= 2
}

// url reports whether a word is a web address: https://…, www.…, example.org/page.
func (w word) url() bool {
	if strings.HasPrefix(w.low, "http://") || strings.HasPrefix(w.low, "https://") || strings.HasPrefix(w.low, "www.") {
		return true
	}
	host, _, _ := strings.Cut(w.low, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || len(host)-dot < 3 || len(host)-dot > 5 || host != w.s[:len(host)] {
		return false
	}
	return strings.IndexFunc(host, func(r rune) bool {
		return r != '.' && r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) < 0
}

// symbol reports whether a word is the number of a document: S/2031/370, A/77/901–S/2031/391, GOV/2031/8.
func (w word) symbol() bool {
	first, rest, ok := strings.Cut(w.s, "/")
	return ok && len(first) > 0 && len(first) <= 5 && strings.ToUpper(w.s) == w.s && unicode.IsUpper(rune(first[0])) &&
		strings.ContainsAny(rest, "0123456789")
}

// number reports whether a word can be the number of a text: 326, 20310207-01, JY2601.
func (w word) number() bool {
	return w.s == strings.ToUpper(w.s) && strings.ContainsAny(w.s, "0123456789")
}
