package text

import "slices"

// quote appends the quotations among the tokens of one paragraph: first those in double marks and guillemets, then
// those in single marks, which are apostrophes more often than not and so must be closed.
func (t *Text) quote(r Range) {
	first := len(t.Quotes)
	t.doubleQuotes(r)
	double := slices.Clone(t.Quotes[first:])
	single := t.singleQuotes(r)
	if len(single) == 0 {
		return
	}
	t.Quotes = append(t.Quotes[:first], outermost(double, single)...)
}

// outermost merges two lists in order, dropping what lies within another; where two cross, the double marks stand.
func outermost(double, single []Quote) []Quote {
	var out []Quote
	d := 0
	for _, s := range single {
		for d < len(double) && double[d].End <= s.Start {
			out = append(out, double[d])
			d++
		}
		if d < len(double) && double[d].Start < s.Start {
			continue // Within a double quotation, or crossing it.
		}
		k := d
		for k < len(double) && double[k].End <= s.End {
			k++
		}
		if k < len(double) && double[k].Start < s.End {
			continue
		}
		d = k
		out = append(out, s)
	}
	return append(out, double[d:]...)
}

func (t *Text) doubleQuotes(r Range) {
	open := -1
	for i := r.First; i < r.Last; i++ {
		if t.Tokens[i].Class != Punct {
			continue
		}
		switch t.doubleMark(i, r, open >= 0) {
		case opening:
			if open >= 0 {
				t.appendQuote(open, i-1, false)
			}
			open = i
		case closing:
			if open >= 0 && i > open {
				t.appendQuote(open, i, true)
				open = -1
			}
		}
	}
	if open >= 0 {
		t.appendQuote(open, r.Last-1, false)
	}
}

// A side says on which side of a quotation a mark stands.
type side uint8

const (
	neither side = iota
	opening
	closing
)

// doubleMark tells the side of a double mark by its form, and where the form leaves it open (straight marks, marks
// typed the wrong way round) by the spaces beside it.
func (t *Text) doubleMark(i int, r Range, open bool) side {
	before := i > r.First && t.Attached(i) && !isOpening(t.Tokens[i-1].Lower)
	after := i+1 < r.Last && t.Attached(i+1) && !isInner(t.Tokens[i+1].Lower) && !isFullStop(t.Tokens[i+1].Lower)
	switch t.Tokens[i].Lower {
	case "„", "«", "``":
		return opening
	case "»":
		return closing
	case "“", "‟":
		if open && before && !after {
			return closing
		}
		if open && !before && !after { // A stray mark.
			return neither
		}
		return opening
	case "”":
		if !open && !before && after {
			return opening
		}
		return closing
	case "\"", "＂", "''":
		return t.straightMark(i, before, after, open)
	}
	return neither
}

func (t *Text) straightMark(i int, before, after, open bool) side {
	switch {
	case before && !open && t.Tokens[i-1].Class == Number && !after: // Inches.
		return neither
	case before && !after:
		return closing
	case after && !before:
		return opening
	case open:
		return closing
	}
	return opening
}

// singleQuotes returns the quotations in single marks. A closing mark after an s may be a possessive; it closes only
// if no better mark follows.
func (t *Text) singleQuotes(r Range) []Quote {
	var out []Quote
	open, possessive := -1, -1
	for i := r.First; i < r.Last; i++ {
		if t.Tokens[i].Class != Punct || !isSingleMark(t.Tokens[i].Lower) {
			continue
		}
		before := i > r.First && t.Attached(i)
		after := i+1 < r.Last && t.Attached(i+1)
		word := after && t.Tokens[i+1].Class == Word
		switch {
		case open < 0 && (!before || isOpening(t.Tokens[i-1].Lower)) && after && t.Tokens[i].Lower != "’" && t.Tokens[i+1].Class != Number:
			open, possessive = i, -1
		case open < 0 || !before || word:
			continue
		case t.possessiveAt(i, r.Last):
			possessive = i
		default:
			out = append(out, t.newQuote(open, i, true))
			open = -1
		}
	}
	if open >= 0 && possessive > open {
		out = append(out, t.newQuote(open, possessive, true))
	}
	return out
}

func isSingleMark(mark string) bool {
	return mark == "‘" || mark == "’" || mark == "'" || mark == "‹" || mark == "›"
}

// possessiveAt reports whether the single mark i may end a plural possessive: "the workers’ rights".
func (t *Text) possessiveAt(i, last int) bool {
	before := t.Tokens[i-1]
	return before.Class == Word && before.Lower[len(before.Lower)-1] == 's' && i+1 < last && t.Tokens[i+1].Class == Word
}

func (t *Text) appendQuote(open, end int, closed bool) {
	t.Quotes = append(t.Quotes, t.newQuote(open, end, closed))
}

// newQuote returns the quotation from token open to token end, the closing mark if closed.
func (t *Text) newQuote(open, end int, closed bool) Quote {
	inner := Range{open + 1, end + 1}
	if closed {
		inner.Last = end
	}
	q := Quote{Span: Span{t.Tokens[open].Start, t.Tokens[end].End}, Tokens: inner, Closed: closed}
	if inner.Empty() {
		q.Inner = Span{t.Tokens[open].End, t.Tokens[open].End}
		return q
	}
	q.Inner = t.SpanOf(inner)
	return q
}
