package citations

import (
	"strings"
	"unicode"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A datePart says what a word can be in a date; a word may be no part of one.
type datePart uint8

const (
	noDate  datePart = iota
	day              // 12, 12th, 12–15
	month            // July, Jul., June–July
	year             // 2024, 2023–24, mid-2023, 1990s
	full             // 2024-07-12, 12/07/2024
	season           // spring, Q2
	weekday          // Tuesday
	filler           // early, late, dated, –
)

var datewords = map[datePart]map[string]bool{
	month: set(`january february march april may june july august september october november december jan feb mar apr jun
		jul aug sep sept oct nov dec`),
	season:  set(`spring summer autumn fall winter q1 q2 q3 q4 ramadan nowruz`),
	weekday: set(`monday tuesday wednesday thursday friday saturday sunday`),
	filler:  set(`early mid late dated on in since updated accessed retrieved published last as of both each – — - to`),
}

// vague are the fillers that belong to a date.
var vague = set("early mid late")

// dateOf classifies a word.
func dateOf(w word) datePart {
	s := strings.TrimSuffix(w.low, ".")
	for _, prefix := range []string{"early-", "mid-", "late-"} {
		s = strings.TrimPrefix(s, prefix)
	}
	for _, p := range []datePart{month, season, weekday, filler} {
		if datewords[p][s] {
			return p
		}
	}
	if m, y, ok := strings.Cut(s, "/"); ok && numbers(m, m) == day && (len(m) == 1 || m <= "12") && numbers(y, y) == year {
		return year // 6/2031
	}
	if a, b, ok := cutDash(s); ok {
		if datewords[month][a] && datewords[month][b] {
			return month
		}
		if strings.ContainsAny(b, "-–/") && digits(a) && len(a) == 4 {
			return full
		}
		if digits(a) && digits(b) {
			return numbers(a, b)
		}
		return noDate
	}
	if f := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '.' }); len(f) == 3 && digits(strings.Join(f, "")) && len(s) <= 10 {
		return full
	}
	s = strings.TrimSuffix(s, "s") // 1990s
	if len(s) == 5 && digits(s[:4]) && s[4] >= 'a' && s[4] <= 'e' {
		s = s[:4] // 2021b
	}
	for _, ordinal := range []string{"st", "nd", "rd", "th"} {
		s = strings.TrimSuffix(s, ordinal)
	}
	return numbers(s, s)
}

// numbers classifies a number, or a range from a to b.
func numbers(a, b string) datePart {
	switch {
	case !digits(a) || !digits(b):
		return noDate
	case len(a) == 4 && (a[:2] >= "17" && a[:2] <= "20") && (len(b) == 4 || len(b) == 2):
		return year
	case len(a) <= 2 && len(b) <= 2 && a != "0" && (len(a) == 1 || a <= "31"):
		return day
	}
	return noDate
}

func digits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// cutDash cuts a word at its first dash.
func cutDash(s string) (before, after string, ok bool) {
	i := strings.IndexAny(s, "-–/")
	if i <= 0 {
		return "", "", false
	}
	before, after = s[:i], strings.TrimLeft(s[i:], "-–/")
	return before, after, after != ""
}

// A dated stretch of words: how many they are, and how exact the date is.
type dated struct {
	words int
	day   bool // the day is given
	open  bool // the year is missing: what follows may add it
}

// isDate reports whether the words are a date as a whole.
func isDate(words []word) (dated, bool) {
	d := dated{words: len(words)}
	var has [filler + 1]bool
	for _, w := range words {
		p := dateOf(w)
		if p == noDate {
			return dated{}, false
		}
		has[p] = true
	}
	d.day = has[full] || has[weekday] || has[day] && has[month]
	d.open = !has[year] && !has[full]
	return d, has[month] || has[year] || has[full] || has[season] || has[weekday]
}

// dateAtEnd returns the longest date that the words end with, short of all of them. A month or a weekday alone is none:
// Theresa May, Black Friday.
func dateAtEnd(words []word) (dated, bool) {
	first := len(words)
	for first > 1 && dateOf(words[first-1]) != noDate {
		first--
	}
	for ; first < len(words); first++ {
		if dateOf(words[first]) == filler && !vague[words[first].low] {
			continue
		}
		if d, ok := isDate(words[first:]); ok && certain(words[first:]) {
			return d, true
		}
	}
	return dated{}, false
}

// dateAtStart returns the longest date that the words begin with, short of all of them.
func dateAtStart(words []word) (dated, bool) {
	last := 0
	for last < len(words)-1 && dateOf(words[last]) != noDate && dateOf(words[last]) != filler {
		last++
	}
	if d, ok := isDate(words[:last]); ok && certain(words[:last]) {
		return d, true
	}
	return dated{}, false
}

// certain reports whether a date cannot be part of a name beside it.
func certain(words []word) bool {
	var has [filler + 1]bool
	for _, w := range words {
		has[dateOf(w)] = true
	}
	return has[full] || has[year] || has[month] && has[day]
}

func spanOf(words []word) text.Span {
	if len(words) == 0 {
		return text.Span{}
	}
	return text.Span{Start: words[0].Start, End: words[len(words)-1].End}
}
