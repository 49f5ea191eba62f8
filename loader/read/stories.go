package read

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markOtherStories marks what stands under headings such as "Related articles".
//
// Such a list is either a box within the article or the end of the page. In a box only lines shaped like headlines are
// taken, since paragraphs after it are the article again. At the end of the page short summaries are taken, too, unless
// one of them shows that the article has resumed, or headlines come first and then only sentences, which is how an
// article resumes after a box.
func (f *furniture) markOtherStories() {
	end, closed := f.trailingFurniture(), true // Nothing of the article stands from end on, if closed.
	for i := end - 1; i >= 0; i-- {
		switch f.reasons[i] {
		case reasonRelated:
			closed = f.markSection(i, end, closed)
			end = i
		case reasonComments:
			closed, end = false, i
		}
	}
}

// trailingFurniture is where the furniture begins that ends the page, lists of stories apart.
func (f *furniture) trailingFurniture() int {
	end := len(f.blocks)
	for end > 0 && f.reasons[end-1] != "" && f.reasons[end-1] != reasonRelated {
		end--
	}
	return end
}

// markSection marks the list between a heading and end, and reports whether the page from the heading on holds nothing
// of the article, given whether it does not from end on.
func (f *furniture) markSection(heading, end int, closed bool) bool {
	from := heading + 1
	headlines := f.headlinesFrom(from, end)
	if closed && f.endsPage(heading, end) && f.isList(from, headlines, end) {
		f.mark(from, end, reasonTeaser)
		return true
	}
	f.mark(from, f.boxEnd(from, headlines), reasonTeaser)
	return false
}

// endsPage reports whether the list is short enough for the end of a page: not longer than the article before it.
func (f *furniture) endsPage(heading, end int) bool {
	start := f.blocks[heading].start
	return f.blocks[end-1].end-start <= start
}

// headlinesFrom is the end, at most end, of the run of headline-shaped or furniture lines that begins at from.
func (f *furniture) headlinesFrom(from, end int) int {
	for from < end && (f.reasons[from] != "" || isHeadlineShaped(f.line(from))) {
		from++
	}
	return from
}

// boxEnd leaves the last of several headlines to the article if it stands apart from them, right before a paragraph: it
// may be a section heading of the article.
func (f *furniture) boxEnd(from, end int) int {
	if end == len(f.blocks) || end-from < 2 {
		return end
	}
	if f.gap(end-1) > f.gap(from) {
		return end - 1
	}
	return end
}

// gap counts the line breaks before block i.
func (f *furniture) gap(i int) int {
	return strings.Count(f.text[f.blocks[i-1].end:f.blocks[i].start], "\n")
}

// isList reports whether the blocks [from, end), of which the first ones up to headlines are headline-shaped, are all
// teasers.
func (f *furniture) isList(from, headlines, end int) bool {
	sentences, spoken, pairs := 0, 0, 0
	for i := from; i < end; i++ {
		line := f.line(i)
		if f.reasons[i] != "" || isHeadlineShaped(line) {
			continue
		}
		if resumes(line) {
			return false
		}
		sentences++
		if hasSpeech(line) {
			spoken++
		}
		if i > from && isHeadlineShaped(f.line(i-1)) {
			pairs++
		}
	}
	if headlines > from && headlines < end && pairs < sentences {
		return false
	}
	return 2*spoken <= sentences
}

// resumes reports whether a paragraph can only be the article's: too long for a summary, quoted speech, or a beginning
// that points back.
func resumes(line string) bool {
	const mostWords = 60
	first, _ := utf8.DecodeRuneInString(line)
	if isQuotation(line) || unicode.IsLower(first) || countWords(line, mostWords+1) > mostWords {
		return true
	}
	word, _, _ := strings.Cut(fold(firstWords(line)), " ")
	return resumptions[strings.TrimRight(word, ",:;")]
}

// firstWords is enough of line to see its first word.
func firstWords(line string) string {
	const enough = 40
	if len(line) > enough {
		return line[:enough]
	}
	return line
}

func hasSpeech(line string) bool {
	for _, verb := range speechVerbs {
		if strings.Contains(line, verb) {
			return true
		}
	}
	return false
}
