package wordpiece

import (
	"unicode"
	"unicode/utf8"
)

// A Shape is what an uncased model would not see of a word: its case, times two, plus one if a space or the beginning
// of the text stands before it.
type Shape uint8

// Shapes is how many there are.
const Shapes = 8

// The cases of a word.
const (
	lower      Shape = 2 * iota // no capital, or no letter
	capital                     // begins with a capital
	capitals                    // more than one letter, all capitals
	mixed                       // a capital within
	afterGap   Shape = 1
	noPrevious       = 0
)

// shapeOf returns the shape of the word in text from start to end.
func shapeOf(text string, start, end int) Shape {
	s := caseOf(text[start:end])
	if r, n := utf8.DecodeLastRuneInString(text[:start]); n == 0 || isGap(r) {
		s += afterGap
	}
	return s
}

func caseOf(word string) Shape {
	var small, large, letters, n int
	for _, r := range word {
		n++
		switch {
		case isUpper(r):
			large++
		case isLower(r):
			small++
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case letters == 0 || large == 0:
		return lower
	case !isUpper(first):
		return mixed
	case n > 1 && small == 0:
		return capitals
	default:
		return capital
	}
}

func isUpper(r rune) bool { return unicode.In(r, unicode.Lu, unicode.Other_Uppercase) }

func isLower(r rune) bool { return unicode.In(r, unicode.Ll, unicode.Lt, unicode.Other_Lowercase) }

// isGap reports whether a character separates words: a space, or one of the four separators among the controls.
func isGap(r rune) bool { return unicode.IsSpace(r) || 0x1C <= r && r <= 0x1F }
