package text

// divide appends the sentences of a paragraph's tokens.
func (t *Text) divide(r Range, paragraph int) {
	first := r.First
	closing := t.brackets(r)
	for i := r.First; i < r.Last; i++ {
		if end, ok := closing[i]; ok && i > first { // Brackets within a sentence hold no sentence end.
			i = end
		}
		if !t.ends(i, r.Last) || t.enumerates(i, first) {
			continue
		}
		i = t.absorb(i, r.Last, closing)
		if i+1 < r.Last && !t.begins(i+1, r.Last) {
			continue
		}
		t.appendSentence(Range{first, i + 1}, paragraph)
		first = i + 1
	}
	if first < r.Last {
		t.appendSentence(Range{first, r.Last}, paragraph)
	}
}

func (t *Text) appendSentence(r Range, paragraph int) {
	t.Sentences = append(t.Sentences, Sentence{Range: r, Span: t.SpanOf(r), Paragraph: paragraph})
}

// brackets returns, for each opening round or square bracket that is closed within r, the index of its closing one.
func (t *Text) brackets(r Range) map[int]int {
	var open []int
	var closing map[int]int
	for i := r.First; i < r.Last; i++ {
		switch t.Tokens[i].Lower {
		case "(", "[":
			open = append(open, i)
		case ")", "]":
			if len(open) == 0 {
				continue
			}
			if closing == nil {
				closing = make(map[int]int)
			}
			closing[open[len(open)-1]] = i
			open = open[:len(open)-1]
		}
	}
	return closing
}

// ends reports whether a sentence may end with token i: a full stop, or an abbreviation before a word that begins one.
func (t *Text) ends(i, last int) bool {
	k := t.Tokens[i]
	if k.Class == Punct {
		return isFullStop(k.Lower)
	}
	if k.Class != Word || k.Lower[len(k.Lower)-1] != '.' || i+1 >= last {
		return false
	}
	next := i + 1
	for next+1 < last && t.Tokens[next].Class == Punct && (isClosing(t.Tokens[next].Lower) || isOpening(t.Tokens[next].Lower)) {
		next++
	}
	return endsDespiteDot(k.Lower, t.Tokens[next].Lower, t.Capital(next))
}

// enumerates reports whether the full stop i follows the number of a list's item: "1. The envoy; 2. the minister".
func (t *Text) enumerates(i, first int) bool {
	if i <= first || t.Tokens[i-1].Class != Number {
		return false
	}
	return i-1 == first || isInner(t.Tokens[i-2].Lower)
}

func isFullStop(mark string) bool {
	switch mark {
	case ".", "!", "?", "…", "。", "؟", "۔", "！", "？":
		return true
	}
	return len(mark) > 1 && mark[0] == '.'
}

// absorb returns the last token that belongs to a sentence whose full stop is token i: further full stops, closing
// quotation marks and brackets, and a note or citation in brackets.
func (t *Text) absorb(i, last int, closing map[int]int) int {
	for i+1 < last {
		next := t.Tokens[i+1]
		switch {
		case next.Class != Punct:
			return i
		case t.Attached(i+1) && (isFullStop(next.Lower) || isClosing(next.Lower)):
			i++
		case next.Lower == "”" || next.Lower == "»":
			i++
		case next.Lower == "(" || next.Lower == "[":
			end, ok := closing[i+1]
			if !ok || !t.isNote(i+1, end) {
				return i
			}
			i = end
		default:
			return i
		}
	}
	return i
}

// noteTokens is the greatest length of a note in brackets that belongs to the sentence before it.
const noteTokens = 60

// isNote reports whether the brackets hold a note rather than a sentence: nothing in them ends one.
func (t *Text) isNote(open, end int) bool {
	if end-open > noteTokens {
		return false
	}
	for i := open + 1; i < end; i++ {
		if t.Tokens[i].Class == Punct && isFullStop(t.Tokens[i].Lower) {
			return false
		}
	}
	return true
}

// begins reports whether a sentence may begin with token i: with a capital, a number, or an opening mark before one.
func (t *Text) begins(i, last int) bool {
	for i < last && t.Tokens[i].Class == Punct {
		if !isOpening(t.Tokens[i].Lower) {
			return !isInner(t.Tokens[i].Lower)
		}
		i++
	}
	if i == last {
		return false
	}
	if t.Tokens[i].Class == Number {
		return true
	}
	return !startsLower(t.Source[t.Tokens[i].Start:])
}

func isOpening(mark string) bool {
	switch mark {
	case "“", "‘", "\"", "'", "«", "‹", "„", "``", "''", "(", "[", "—", "–", "-", "--", "•", "*", "¿", "¡":
		return true
	}
	return false
}

func isClosing(mark string) bool {
	switch mark {
	case "”", "’", "\"", "'", "»", "›", "''", ")", "]", "}":
		return true
	}
	return false
}

// isInner reports whether a mark stands within sentences only.
func isInner(mark string) bool {
	switch mark {
	case ",", ";", ":", "%", "/", "&":
		return true
	}
	return false
}
