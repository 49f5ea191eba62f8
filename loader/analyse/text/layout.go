package text

// A Mark opens a paragraph without being part of its prose.
type Mark struct {
	Span           // with what parts it from the prose: "MLR:", "14:05 GMT –"
	Kind  MarkKind //
	Name  Span     // of a Label: what it says, without the colon; else empty
	Quote bool     // a quotation follows at once
}

// A MarkKind says what a mark is.
type MarkKind uint8

// The kinds of marks.
const (
	Bullet   MarkKind = iota // "•", "–", "1.", "(b)"
	Stamp                    // the time of an entry: "14:05 GMT –", "[9.30am]"
	Dateline                 // where a report was written: "KABUL, July 3 —"
	Label                    // who speaks, or what follows: "MLR:", "Q.", "Ana Kell, mayor of Tarn:", "Background:"
)

// A label has at most labelTokens tokens, and labelTokensQuoted before a quotation, where it may describe the speaker.
const (
	labelTokens       = 7
	labelTokensQuoted = 18
)

// Marks returns the marks that a paragraph opens with, in order. It looks at no more than its first few tokens.
func (t *Text) Marks(paragraph int) []Mark {
	var out []Mark
	r := t.ParagraphTokens(paragraph)
	take := func(kind MarkKind, last int, name Range) {
		m := Mark{Span: t.SpanOf(Range{r.First, last}), Kind: kind, Quote: last < r.Last && t.opensQuote(last)}
		if !name.Empty() {
			m.Name = t.SpanOf(name)
		}
		out = append(out, m)
		r.First = last
	}
	if last := t.bullet(r); last > r.First && last < r.Last {
		take(Bullet, last, Range{})
	}
	if last := t.stamp(r); last > r.First {
		take(Stamp, last, Range{})
		if r.Empty() {
			return out
		}
	}
	if last := t.dateline(r); last > r.First {
		take(Dateline, last, Range{})
	}
	if last, name := t.label(r); last > r.First && last < r.Last {
		take(Label, last, name)
	}
	return out
}

// lower returns a token of a range in lower case, "" beyond its end.
func (t *Text) lower(i int, r Range) string {
	if i < r.First || i >= r.Last {
		return ""
	}
	return t.Tokens[i].Lower
}

func (t *Text) opensQuote(token int) bool {
	switch t.Tokens[token].Lower {
	case "“", "\"", "«", "„", "‘", "``":
		return true
	}
	return false
}

// bullet returns the end of the bullet or the item's number that a range begins with, or its start.
func (t *Text) bullet(r Range) int {
	switch w := t.lower(r.First, r); w {
	case "•", "●", "▪", "■", "◦", "‣", "►", "▶", "·", "*", "-", "–", "—", "--", ">", "→":
		last := r.First + 1
		for w == ">" && t.lower(last, r) == ">" {
			last++
		}
		if !t.Attached(last) {
			return last
		}
	case "(":
		if t.isItem(r.First+1, r) && t.lower(r.First+2, r) == ")" {
			return r.First + 3
		}
	default:
		if next := t.lower(r.First+1, r); t.isItem(r.First, r) && t.Attached(r.First+1) && (next == ")" || next == "." && t.Tokens[r.First].Class == Number) &&
			!t.Attached(r.First+2) {
			return r.First + 2
		}
	}
	return r.First
}

// isItem reports whether a token can number an item of a list: 7, b.
func (t *Text) isItem(i int, r Range) bool {
	w := t.lower(i, r)
	if len(w) == 0 || len(w) > 2 {
		return false
	}
	return t.Tokens[i].Class == Number || len(w) == 1 && 'a' <= w[0] && w[0] <= 'z'
}

// stamp returns the end of the time that a range begins with, or its start. What follows must not go on the sentence.
func (t *Text) stamp(r Range) int {
	i := r.First
	open := t.lower(i, r)
	if open == "[" || open == "(" {
		i++
	}
	if !isClock(t.lower(i, r)) {
		return r.First
	}
	i++
	zoned := false
	for stampWords[t.lower(i, r)] {
		i++
		zoned = true
	}
	switch end := t.lower(i, r); {
	case open == "[" && end == "]" || open == "(" && end == ")":
		i++
	case open == "[" || open == "(":
		return r.First
	}
	switch t.lower(i, r) {
	case "":
		return i
	case "–", "-", "—", "--", ":", "|", "·", "•":
		return i + 1
	}
	if (open != "[" && open != "(" && !zoned && t.Tokens[r.First].Class != Number) || !t.begins(i, r.Last) {
		return r.First
	}
	return i
}

var stampWords = wordSet("am pm a.m. p.m. gmt utc bst cet cest eet est edt pst pdt ist local time hrs h uhr irst aft")

// isClock reports whether a token is a time of day: 14:05, 9.30, 9:30am, 14h05.
func isClock(s string) bool {
	i := 0
	for i < len(s) && i < 2 && isDigit(s[i]) {
		i++
	}
	if i == 0 || i+3 > len(s) || s[i] != ':' && s[i] != '.' && s[i] != 'h' || !isDigit(s[i+1]) || !isDigit(s[i+2]) {
		return false
	}
	hour := int(s[0] - '0')
	if i == 2 {
		hour = 10*hour + int(s[1]-'0')
	}
	rest := s[i+3:]
	return hour < 25 && s[i+1] < '6' && (rest == "" || rest == "am" || rest == "pm" || len(rest) == 3 && rest[0] == ':')
}

// dateline returns the end of the place, and perhaps the date, that a range begins with before a dash, or its start:
// "KABUL —", "NEW TARN, July 3 –", "Tarn – TPA –". A wire in brackets makes it a citation, which is not known here.
func (t *Text) dateline(r Range) int {
	if last := t.agencyLine(r); last > r.First {
		return last
	}
	const longest = 9
	i, capitals := r.First, 0
	for ; i < r.Last && i < r.First+longest; i++ {
		k := t.Tokens[i]
		switch {
		case k.Class == Word && isCapitals(t.Slice(k.Span)):
			capitals++
		case capitals == 0:
			return r.First
		case isDash(k.Lower) && (k.Lower != "-" || !t.Attached(i)):
			if i+1 < r.Last && t.Capital(i+1) && !t.Attached(i+1) {
				return i + 1
			}
			return r.First
		case k.Class == Number, k.Lower == ",", k.Lower == ".", k.Class == Word && t.Capital(i):
		default:
			return r.First
		}
	}
	return r.First
}

// agencyLine returns the end of a place, a dash, an agency in capitals and a dash that a range begins with, or its start.
func (t *Text) agencyLine(r Range) int {
	const longest = 3 // words of a place, and of an agency
	i := r.First
	for _, fits := range []func(i int) bool{t.Capital, func(i int) bool { return isCapitals(t.Slice(t.Tokens[i].Span)) }} {
		first := i
		for i < r.Last && i < first+longest && t.Tokens[i].Class == Word && fits(i) {
			i++
		}
		if i == first || i+1 >= r.Last || !isDash(t.Tokens[i].Lower) || t.Attached(i+1) {
			return r.First
		}
		i++
	}
	if !t.Capital(i) && !t.opensQuote(i) {
		return r.First
	}
	return i
}

func isDash(s string) bool { return s == "-" || s == "–" || s == "—" || s == "--" }

// isCapitals reports whether a word is written in capitals throughout and has three letters or more.
func isCapitals(s string) bool {
	if len(s) < 3 {
		return false
	}
	for _, r := range s {
		if r != '\'' && r != '’' && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return true
}

// label returns the end of the label that a range begins with, and what it says.
func (t *Text) label(r Range) (last int, name Range) {
	if w := t.lower(r.First, r); (w == "q" || w == "a") && t.Capital(r.First) || w == "q." || w == "a." {
		switch t.lower(r.First+1, r) {
		case ".", ":", "–", "—", "-", ")":
			return r.First + 2, Range{r.First, r.First + 1}
		}
		if w == "q." || w == "a." && t.begins(r.First+1, r.Last) {
			return r.First + 1, Range{r.First, r.First + 1}
		}
	}
	if !t.Capital(r.First) || t.Tokens[r.First].Class == Punct {
		return r.First, Range{}
	}
	end := r.First // of the name, before a description
	small := false // the name has words that describe
	for i := r.First; i < r.Last && i <= r.First+labelTokensQuoted; i++ {
		k := t.Tokens[i]
		switch {
		case k.Lower == ":":
			quoted := i+1 < r.Last && t.opensQuote(i+1)
			if end == r.First {
				end = i
			}
			if !quoted && (i-r.First > labelTokens || end != i || small) || small && !t.Capital(end-1) {
				return r.First, Range{}
			}
			return i + 1, Range{r.First, end}
		case k.Lower == "," || k.Lower == "(":
			if end == r.First {
				end = i
			}
		case k.Class == Punct && k.Lower != "-" && k.Lower != "–" && k.Lower != ")" && k.Lower != "/" && k.Lower != "&":
			return r.First, Range{}
		case end == r.First && k.Class == Word && !t.Capital(i) && !nameWords[k.Lower]:
			small = true // “Opposition leader Ana Kell:”
		}
	}
	return r.First, Range{}
}

// nameWords are the small words within names and labels.
var nameWords = wordSet("of the and for in de del der den van von al el bin ibn bint ul da di la le du 's at on to s")
