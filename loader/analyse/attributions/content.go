package attributions

import "github.com/claimgraph/claimgraph/loader/analyse/text"

// A complement is what follows a cue as its content.
type complement struct {
	text.Range
	frame frames
}

// complement returns what follows cue c as its content.
func (r *reader) complement(c cue) (complement, bool) {
	takes := c.takes()
	i := c.Last
	if takes&addressee != 0 {
		if end := r.addresseeEnd(i); end > i {
			if got, ok := r.complementAt(end, takes&^nounPhrase); ok {
				return got, true
			}
		}
	}
	if got, ok := r.complementAt(i, takes); ok {
		return got, true
	}
	return r.complementBeyond(i, takes)
}

// complementAt returns the complement that begins at token i.
func (r *reader) complementAt(i int, takes frames) (complement, bool) {
	const said = thatClause | bareClause | quotation
	for r.tag(i) == adverb && !r.inQuote(i) && i < r.sentenceRange.Last {
		i++
	}
	i = r.timeEnd(i)
	w := r.lower(i)
	switch {
	case i >= r.sentenceRange.Last || r.isHidden(i):
		return complement{}, false
	case (w == "," || w == ":") && takes&said != 0 && r.opensQuote(i+1):
		return complement{r.quoteFrom(i + 1), quotation}, true
	case w == ":" && takes&said != 0:
		return r.afterColon(i)
	case r.opensQuote(i) && takes&(said|nounPhrase|secondPhrase) != 0:
		return complement{text.Range{First: i, Last: r.contentEnd(i, thatClause)}, quotation}, true
	case (w == "that" || w == "whether" || w == "if" || r.tag(i) == relative) && takes&thatClause != 0:
		return complement{text.Range{First: i, Last: r.contentEnd(i, thatClause)}, thatClause}, true
	case r.tag(i) == to && takes&infinitive != 0 && r.tag(i+1) == base:
		return complement{text.Range{First: i, Last: r.contentEnd(i, infinitive)}, infinitive}, true
	case takes&bareClause != 0 && r.clauseAt(i):
		return complement{text.Range{First: i, Last: r.contentEnd(i, bareClause)}, bareClause}, true
	case takes&(nounPhrase|secondPhrase) != 0 && r.phraseAt(i):
		return complement{text.Range{First: i, Last: r.contentEnd(i, nounPhrase)}, takes & (nounPhrase | secondPhrase)}, true
	}
	return complement{}, false
}

// afterColon returns what follows the colon i: the rest of the sentence, or the next paragraph if the colon ends it.
func (r *reader) afterColon(i int) (complement, bool) {
	if i+1 < r.sentenceRange.Last {
		return complement{text.Range{First: i + 1, Last: min(r.sentenceRange.Last, i+maxContent)}, quotation}, true
	}
	if i+1 < len(r.t.Tokens) && r.begins(i+1) && r.quote(i+1) >= 0 {
		return complement{r.quoteFrom(i + 1), quotation}, true
	}
	return complement{}, false
}

// complementBeyond returns a complement that an adjunct of the cue stands before: "said in a statement on Monday that".
func (r *reader) complementBeyond(i int, takes frames) (complement, bool) {
	for k := i; k < r.sentenceRange.Last && k < i+16; k++ {
		w := r.lower(k)
		switch {
		case r.isHidden(k):
			return complement{}, false
		case w == "that" && r.tags[k] == prep && k > i && takes&thatClause != 0:
			return r.complementAt(k, takes)
		case (w == ":" || w == ",") && (r.opensQuote(k+1) || w == ":"):
			return r.complementAt(k, takes)
		case w == "." && k == r.sentenceRange.Last-1 && takes&quotation != 0 && k > i:
			return r.nextSentence(k + 1)
		case r.inQuote(k), w == ",", w == ";", r.tags[k].finite() && r.tags[k] != base, r.tags[k] == relative:
			return complement{}, false
		}
	}
	return complement{}, false
}

// nextSentence returns the sentence that begins at token i if it is a quotation (“She spoke in a statement. ‘…’”).
func (r *reader) nextSentence(i int) (complement, bool) {
	if i >= len(r.starts) || r.begins(i) || !r.opensQuote(i) || !r.closesSentence(r.quoteEnd(i)) {
		return complement{}, false
	}
	return complement{text.Range{First: i, Last: r.quoteEnd(i)}, quotation}, true
}

// withinClause cuts a content that began in a subordinate clause where the main clause goes on: after "While Kell said
// that …," and in "Kell, who said that …, left".
func (r *reader) withinClause(source, content text.Range) text.Range {
	who := r.tags[source.First] == relative
	if !who && (!subordinators[r.lower(source.First-1)] || r.lower(source.First-1) == "that") {
		return content
	}
	for k := content.First + 1; k < content.Last && k < content.First+maxReach; k++ {
		if r.inQuote(k) || r.lower(k) != "," {
			continue
		}
		if who && r.tag(k+1).finite() || !who && r.clauseAt(k+1) {
			content.Last = k
			return content
		}
	}
	return content
}

// addresseeEnd returns where the noun phrase of whom the cue addresses ends; i if there is none.
func (r *reader) addresseeEnd(i int) int {
	switch r.tag(i) {
	case pronoun:
		return i + 1
	case determiner:
		if r.lower(i) == "that" {
			return i
		}
	case name, noun, adjective:
	default:
		return i
	}
	k := i + 1
	for ; k < r.sentenceRange.Last && k < i+14; k++ {
		switch r.tags[k] {
		case noun, name, adjective, possessive:
			continue
		case prep:
			if attaching[r.lower(k)] && r.tag(k+1).nominal() {
				continue
			}
		case determiner:
			if r.tag(k-1) == prep {
				continue
			}
		case punctuation:
			if r.innerMark(k, false) {
				continue
			}
		case conjunction:
			if r.tag(k + 1).nominal() {
				continue
			}
		}
		break
	}
	return k
}

// opensQuote reports whether token i opens a quotation.
func (r *reader) opensQuote(i int) bool {
	if i >= len(r.t.Tokens) || r.quote(i) < 0 {
		return false
	}
	return r.t.Quotes[r.quote(i)].Start == r.t.Tokens[i].Start
}

// quoteFrom returns the quotation that token i opens, and those that continue it, up to the end of the sentence.
func (r *reader) quoteFrom(i int) text.Range {
	return text.Range{First: i, Last: max(r.quoteEnd(i), r.contentEnd(i, thatClause))}
}

// quoteEnd returns where the quotation that token i opens ends. One that is left open goes on in the next paragraph if
// that opens with a quotation mark.
func (r *reader) quoteEnd(i int) int {
	for n := 0; n < maxQuoteParagraphs; n++ {
		q := r.t.Quotes[r.quote(i)]
		end := q.Tokens.Last
		if q.Closed {
			return end + 1
		}
		if end >= len(r.t.Tokens) || !r.begins(end) || !r.opensQuote(end) {
			return end
		}
		if next := r.t.Quotes[r.quote(end)]; next.Closed && !r.closesSentence(next.Tokens.Last+1) {
			return end // The next paragraph says itself who speaks.
		}
		i = end
	}
	return i
}

// maxQuoteParagraphs bounds over how many paragraphs one quotation may go on.
const maxQuoteParagraphs = 20

// clauseAt reports whether a clause with a subject and a verb begins at token i.
func (r *reader) clauseAt(i int) bool {
	switch r.tag(i) {
	case pronoun, determiner, noun, name, adjective, gerund, prep, participle:
	case punctuation:
		if r.quote(i) < 0 {
			return false
		}
	default:
		return false
	}
	if r.lower(i) == "by" || r.lower(i) == "as" {
		return false
	}
	relatives := 0 // Each takes a verb of its own.
	for k := i + 1; k < r.sentenceRange.Last && k < i+30; k++ {
		w := r.lower(k)
		switch {
		case r.isHidden(k), w == ";":
			return false
		case r.tags[k] == present || r.tags[k] == past || r.tags[k] == modal || beForms[w] || haveForms[w],
			r.tags[k] == base && r.tags[k-1] != to && r.tags[k-1] != modal:
			if relatives == 0 {
				return true
			}
			relatives--
			for r.tag(k+1).finite() || r.tag(k+1) == adverb { // "who have said"
				k++
			}
		case r.tags[k] == relative:
			relatives++
		case r.tags[k] == prep && subordinators[w], w == "," && r.tag(i) != prep:
			return false
		}
	}
	return false
}

// phraseAt reports whether a noun phrase begins at token i.
func (r *reader) phraseAt(i int) bool {
	t := r.tag(i)
	if days[r.lower(i)] {
		return false
	}
	return t.nominal() && t != possessive || t == pronoun || t == gerund || t == participle || r.tag(i) == relative
}

// contentEnd returns where a content that begins at token i ends: with its sentence, or before something else begins.
func (r *reader) contentEnd(i int, frame frames) int {
	hi := min(r.sentenceRange.Last, i+maxContent)
	for k := i + 1; k < hi; k++ {
		if r.isHidden(k) {
			return k
		}
		if r.inQuote(k) {
			k = max(k, min(r.t.Quotes[r.quote(k)].Tokens.Last, hi)-1)
			continue
		}
		if r.ends(k, i, frame) {
			return k
		}
	}
	if hi > i && hi < len(r.quotes) && !r.begins(hi) && r.quote(hi-1) >= 0 && r.quote(hi-1) == r.quote(hi) {
		return r.t.Quotes[r.quote(hi)].Tokens.Last + closed(r.t.Quotes[r.quote(hi)])
	}
	return hi
}

// closed returns 1 if a quotation ends with a mark, 0 if it was left open.
func closed(q text.Quote) int {
	if q.Closed {
		return 1
	}
	return 0
}

// ends reports whether a content that began at token first ends before token k.
func (r *reader) ends(k, first int, frame frames) bool {
	w := r.lower(k)
	switch w {
	case ";":
		return true
	case ":":
		return frame == nounPhrase && !r.opensQuote(k+1)
	case "—", "–", "-", "--":
		return !r.t.Attached(k) && k > first+2 && !r.dashFollows(k+1)
	case ",":
		return r.commaEnds(k, frame)
	case "according":
		return r.lower(k+1) == "to"
	case "and", "but":
		return r.resumes(k) || frame == nounPhrase && r.clauseFollows(k+1)
	case "as":
		return frame == nounPhrase && k > first+1 && r.clauseAt(k+1)
	case "after", "while", "when", "during", "before", "who", "which", "because":
		return frame == nounPhrase && r.tags[k] != noun && k > first+1 && w != "because"
	}
	return frame == nounPhrase && days[w] && r.tags[k-1] != prep
}

// dashFollows reports whether another free-standing dash follows in the sentence, so that two enclose an aside.
func (r *reader) dashFollows(k int) bool {
	for i := k; i < r.sentenceRange.Last && i < k+maxReach; i++ {
		if dashes[r.lower(i)] && !r.t.Attached(i) {
			return true
		}
	}
	return false
}

var commaStops = set("but which saying adding noting arguing claiming citing calling yet though according telling who while even as")

// commaEnds reports whether the comma k ends a content.
func (r *reader) commaEnds(k int, frame frames) bool {
	next := r.lower(k + 1)
	if commaStops[next] {
		return true
	}
	if frame == nounPhrase && (next == "with" || next == "after" || next == "in") {
		return true
	}
	if next == "and" || next == "or" {
		return r.resumes(k+1) || frame == nounPhrase && r.clauseFollows(k+2)
	}
	if r.tag(k+1) == gerund && len(cues[next]) > 0 {
		return true
	}
	return r.tagFollows(k + 1)
}

// tagFollows reports whether ", he said" or ", said Kell" stands at token k.
func (r *reader) tagFollows(k int) bool {
	if r.inQuote(k) || k >= r.sentenceRange.Last {
		return false
	}
	i, t := k, r.tag(k)
	if t == name || t == pronoun || t == determiner || t == noun || t == adjective {
		i = r.phraseEnd(k)
	}
	for r.tag(i) == adverb || haveForms[r.lower(i)] || r.tag(i) == modal {
		i++
	}
	if i > k+12 || r.tag(i) != past && r.tag(i) != present {
		return false
	}
	return r.speaks(i) && (r.lower(i+1) != "that" || t == name || t == pronoun) && (i+1 >= r.sentenceRange.Last || r.tag(i+1) == punctuation || r.tag(i+1) == prep || i == k)
}

// speaks reports whether token i is a form of a verb that takes a quotation.
func (r *reader) speaks(i int) bool {
	for _, e := range cues[r.lower(i)] {
		if len(e.rest) == 0 && e.takes()&quotation != 0 {
			return true
		}
	}
	return false
}

// resumes reports whether after the conjunction k the speaker's own clause goes on with another cue: "and warned".
func (r *reader) resumes(k int) bool {
	i := k + 1
	for r.tag(i) == adverb {
		i++
	}
	if r.tag(i) == past && r.speaks(i) {
		return true
	}
	end := i
	if r.tag(i) == pronoun {
		end = i + 1
	}
	for r.tag(end) == adverb {
		end++
	}
	if end > i {
		return r.speaks(end)
	}
	end = r.phraseEnd(i)
	return end > i && (r.tag(end) == past || r.tag(end) == present) && r.speaks(end)
}
