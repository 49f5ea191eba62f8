package read

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxBlocks bounds what is taken for one article; the longest printed ones have some thousands of lines.
const maxBlocks = 100_000

// A block is a line of the text that is not blank, without the white space around it; the lines of a paragraph that was
// wrapped to a fixed width count as one block.
type block struct {
	start, end int
}

func (b block) in(text string) string { return text[b.start:b.end] }

// splitBlocks finds the blocks of text, in order; ErrTooManyRows if there are more than maxBlocks.
func splitBlocks(text string) ([]block, error) {
	var blocks []block
	var paragraph []block
	flush := func() {
		if isWrapped(text, paragraph) {
			paragraph = []block{{paragraph[0].start, paragraph[len(paragraph)-1].end}}
		}
		blocks = append(blocks, paragraph...)
		paragraph = paragraph[:0]
	}
	for start := 0; start < len(text); {
		end, next := lineEnd(text, start)
		if line := trimmed(text, start, end); line.start < line.end {
			paragraph = append(paragraph, line)
		} else {
			flush()
		}
		if len(blocks)+len(paragraph) > maxBlocks {
			return nil, fmt.Errorf("%w (more than %d)", ErrTooManyRows, maxBlocks)
		}
		start = next
	}
	flush()
	return blocks, nil
}

// lineEnd is where the line that begins at start ends, and where the next one begins.
func lineEnd(text string, start int) (end, next int) {
	i := strings.IndexAny(text[start:], "\n\r")
	if i < 0 {
		return len(text), len(text)
	}
	end = start + i
	if strings.HasPrefix(text[end:], "\r\n") {
		return end, end + 2
	}
	return end, end + 1
}

// trimmed is text[start:end] less white space and invisible marks at both ends.
func trimmed(text string, start, end int) block {
	line := strings.TrimLeftFunc(text[start:end], isInvisible)
	start = end - len(line)
	return block{start, start + len(strings.TrimRightFunc(line, isInvisible))}
}

func isInvisible(r rune) bool {
	if r > ' ' && r < utf8.RuneSelf {
		return false // Most characters, without looking in tables.
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == 0
}

// isWrapped reports whether the lines of a paragraph are one text broken at a fixed width: all but the last about equally
// long, and few of them ending a sentence.
func isWrapped(text string, lines []block) bool {
	const narrowest, widest, spread = 40, 110, 25
	if len(lines) < 2 {
		return false
	}
	shortest, longest, finished := widest, 0, 0
	for _, l := range lines[:len(lines)-1] {
		n := utf8.RuneCountInString(l.in(text))
		shortest, longest = min(shortest, n), max(longest, n)
		if endsSentence(l.in(text)) {
			finished++
		}
	}
	return shortest >= narrowest && longest <= widest && longest-shortest <= spread && 3*finished < len(lines)
}

// endsSentence reports whether line ends as a sentence does, perhaps inside quotation marks or brackets.
func endsSentence(line string) bool {
	line = strings.TrimRight(line, "\"'”’»)]")
	r, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune(".!?…。؟।:;", r)
}

// isHeadlineShaped reports whether line looks like a headline or a label: few words, no end of a sentence.
func isHeadlineShaped(line string) bool {
	const mostWords, mostBytes = 20, 240
	return len(line) <= mostBytes && !endsSentence(line) && countWords(line, mostWords+1) <= mostWords
}

// countWords counts the words of line, but not beyond limit.
func countWords(line string, limit int) int {
	n, inWord := 0, false
	for _, r := range line {
		if isInvisible(r) {
			inWord = false
			continue
		}
		if !inWord {
			if n++; n == limit {
				return n
			}
		}
		inWord = true
	}
	return n
}

// fold reduces line to what phrases are compared by: lower case, single spaces, straight apostrophes, nothing invisible,
// no punctuation at the ends.
func fold(line string) string {
	line = strings.TrimFunc(line, func(r rune) bool { return !isWordRune(r) && r != '©' && r != '@' })
	var b strings.Builder
	b.Grow(len(line))
	space := false
	for _, r := range line {
		switch {
		case r > ' ' && r < utf8.RuneSelf:
		case unicode.IsSpace(r):
			space = true
			continue
		case isInvisible(r):
			continue
		case r == '’':
			r = '\''
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}
