package read

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// takeFront reads what stands above the body of a plain text: the headline, the byline, and the line that gives the
// outlet and the date. It is conservative: it looks at the first few blocks that are not furniture, stops at the first
// paragraph, and never overrides what is known. Bylines and publication lines are returned as skipped, the headline
// belongs to the article.
func takeFront(doc *Document, blocks []block, furniture []Skipped) []Skipped {
	const deepest = 8 // blocks from the top
	var skipped []Skipped
	titled := false
	for i := 0; i < len(blocks) && i < deepest; i++ {
		b := blocks[i]
		if isSkipped(furniture, b) {
			continue
		}
		line := b.in(doc.Text)
		if reason := doc.takeCredit(line); reason != "" {
			skipped = append(skipped, Skipped{b.start, b.end, reason})
			continue
		}
		if titled || !isTitle(doc.Text, blocks[i:]) {
			break
		}
		titled = true
		if doc.Title == "" {
			doc.Title = strings.Join(strings.Fields(strings.TrimLeft(line, "# ")), " ")
		}
	}
	return skipped
}

// isSkipped reports whether b is among s.
func isSkipped(s []Skipped, b block) bool {
	for _, k := range s {
		if k.Start <= b.start && b.end <= k.End {
			return true
		}
		if k.Start > b.end {
			return false
		}
	}
	return false
}

// isTitle reports whether the first of blocks is plausibly the article's headline: short, followed by something longer,
// and either without the end of a sentence or one sentence by itself, as some archives store headlines.
func isTitle(text string, blocks []block) bool {
	const mostWords, mostInSentence = 30, 14
	line := blocks[0].in(text)
	words := countWords(line, mostWords+1)
	if words > mostWords || words < 2 || strings.ContainsAny(line, "\n\r") || !isFollowedByProse(text, blocks[1:]) {
		return false
	}
	if !endsSentence(line) || strings.HasSuffix(line, "?") {
		return true
	}
	return words <= mostInSentence && !strings.HasSuffix(line, ":") && !hasSentenceBreak(line)
}

// hasSentenceBreak reports whether a sentence ends within line: a full stop after a word, not after initials, before a
// capital letter.
func hasSentenceBreak(line string) bool {
	words := strings.Fields(line)
	for i := range len(words) - 1 {
		word := strings.TrimRight(words[i], "\"'”’")
		if endsSentence(word) && !strings.HasSuffix(word, ":") && utf8.RuneCountInString(word) > 3 &&
			strings.Count(word, ".") < 2 && isCapitalised(words[i+1]) {
			return true
		}
	}
	return false
}

// isFollowedByProse reports whether a paragraph of some length follows within the next blocks.
func isFollowedByProse(text string, blocks []block) bool {
	const near, fewestWords = 6, 20
	for i := 0; i < len(blocks) && i < near; i++ {
		if countWords(blocks[i].in(text), fewestWords) >= fewestWords {
			return true
		}
	}
	return false
}

// takeCredit reads a byline or publication line into doc and returns the reason to skip it, "" if the line is neither.
// Its parts are separated by bars or dots: "Example Daily | 3 July 2024".
func (doc *Document) takeCredit(line string) (reason string) {
	const longest = 200
	if len(line) > longest {
		return ""
	}
	var author, outlet string
	var published date
	for _, part := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("|•·", r) }) {
		part = strings.TrimSpace(part)
		if d, kind := publicationDate(part); kind != notADate {
			if published.precision == "" || kind == firstPublished {
				published = d
			}
			continue
		}
		if name := byline(part); name != "" && author == "" {
			author = name
			continue
		}
		if outlet != "" || !isName(part) {
			return ""
		}
		outlet = part
	}
	switch {
	case published.precision != "":
		reason = reasonDateline
	case author != "":
		reason = reasonByline
	default:
		return ""
	}
	if doc.Precision == "" {
		doc.PublishedAt, doc.Precision = published.at, published.precision
	}
	if doc.Author == "" {
		doc.Author = author
	}
	if doc.Outlet == "" {
		doc.Outlet = outlet
	}
	return reason
}

// byline is the names in "By Jane Doe and John Roe", "" if part is no byline.
func byline(part string) string {
	const mostWords = 14
	if !strings.HasPrefix(part, "By ") && !strings.HasPrefix(part, "BY ") {
		return ""
	}
	names := strings.TrimSpace(part[len("By "):])
	if countWords(names, mostWords+1) > mostWords || endsSentence(names) || !isName(names) {
		return ""
	}
	return names
}

// nameJoiners are the words of names and bylines that begin with a small letter.
var nameJoiners = map[string]bool{
	"and": true, "of": true, "for": true, "in": true, "the": true, "at": true, "de": true, "der": true, "den": true,
	"van": true, "von": true, "da": true, "di": true, "la": true, "le": true, "el": true, "al": true, "bin": true,
	"ibn": true, "bint": true, "ul": true, "ud": true, "y": true,
}

// isName reports whether part could be a name or several: a few capitalised words.
func isName(part string) bool {
	const mostWords = 14
	words := strings.FieldsFunc(part, unicode.IsSpace)
	if len(words) == 0 || len(words) > mostWords || !isCapitalised(words[0]) {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(r) && !nameJoiners[w] && !strings.HasPrefix(w, "al-") {
			return false
		}
		if strings.ContainsAny(w, "?!:;“”\"") {
			return false
		}
	}
	return true
}

// How a line says that a date is the article's.
type dateKind int

const (
	notADate dateKind = iota
	bareDate
	firstPublished
	lastChanged
)

// datePrefixes open a publication date, the longer before the shorter that begins them.
var datePrefixes = []struct {
	prefix string
	kind   dateKind
}{
	{"first published", firstPublished},
	{"published", firstPublished},
	{"posted", firstPublished},
	{"last updated", lastChanged},
	{"last modified", lastChanged},
	{"updated", lastChanged},
	{"modified", lastChanged},
	{"date", bareDate},
}

// publicationDate reads "Published 3 July 2024", "Updated: …" or a bare date that is at least a month.
func publicationDate(part string) (date, dateKind) {
	kind, rest := bareDate, part
	for _, p := range datePrefixes {
		if len(part) > len(p.prefix) && strings.EqualFold(part[:len(p.prefix)], p.prefix) {
			kind = p.kind
			rest = strings.TrimLeft(part[len(p.prefix):], ": ")
			break
		}
	}
	d, ok := parseDate(rest)
	if !ok || kind == bareDate && countWords(rest, 2) < 2 && !strings.Contains(rest, "-") {
		return date{}, notADate
	}
	return d, kind
}
