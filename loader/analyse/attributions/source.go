package attributions

import "github.com/claimgraph/claimgraph/loader/analyse/text"

// subjectBefore returns the noun phrase that ends before token k and is the subject of the verb there, or an empty
// range. Appositions and relative clauses between commas belong to it.
func (r *reader) subjectBefore(k int) text.Range {
	last := k
	for n := 0; n < 6 && last > r.sentenceRange.First; n++ {
		skipped := r.skipAdjunct(last)
		if skipped == last {
			break
		}
		last = skipped
	}
	end := last
	first := last
	const insertions = 3
	for n := 0; n < insertions; n++ {
		last = r.skipInsertion(last)
		first = r.phraseStart(last)
		switch {
		case first < last && r.tag(first-1) == prep && r.lower(first-2) == "," && end > last-1 && r.lower(end-1) == ",":
			last = first - 2 // "Kell, during a meeting in Eskel, Marland, said"
			continue
		case first >= last && r.tag(last-1) == adverb && r.lower(last-2) == ",":
			last -= 2 // "Kell, meanwhile, said"
			continue
		}
		break
	}
	if first >= last {
		return text.Range{}
	}
	if end > last && !r.isApposition(last+1) { // Relative clauses and adjuncts stay out of a source before its cue.
		end = last
	}
	return text.Range{First: first, Last: end}
}

// isApposition reports whether what an insertion begins with at token i names the noun before it once more.
func (r *reader) isApposition(i int) bool {
	t := r.tag(i)
	return t.nominal() || t == participle
}

var days = set(`monday tuesday wednesday thursday friday saturday sunday today yesterday tonight
	january february march april may june july august september october november december jan. feb. aug. sept. oct. nov. dec.`)

var (
	timeModifiers = set("late early last next this earlier later that")
	times         = set("week month year morning afternoon evening night weekend summer spring winter fall autumn day")
)

// timeEnd returns where a time adjunct without a preposition that begins at token i ends, i if there is none.
func (r *reader) timeEnd(i int) int {
	k := i
	for w := r.lower(k); (timeModifiers[w] || k > i && (w == "on" || w == "in")) && k < i+2; w = r.lower(k) {
		k++
	}
	if !days[r.lower(k)] && (k == i || !times[r.lower(k)]) || r.tag(k) == modal {
		return i
	}
	for days[r.lower(k)] || times[r.lower(k)] {
		k++
	}
	return k
}

// skipAdjunct returns the start of a time adjunct or an adverb that ends before token k, or k: "on Wednesday", "also".
func (r *reader) skipAdjunct(k int) int {
	i := k - 1
	if r.tag(i) == adverb && r.tag(i-1) != punctuation && i > r.sentenceRange.First {
		return i
	}
	for i > r.sentenceRange.First && (r.t.Tokens[i].Class == text.Number) {
		i--
	}
	year := i < k-1 && r.lower(i) == "in" && len(r.lower(i+1)) == len("2006")
	if year {
		return i
	}
	if !days[r.lower(i)] {
		return k
	}
	for w := r.lower(i - 1); i > r.sentenceRange.First && (w == "on" || w == "in" || w == "late" || w == "early" || w == "last" || w == "since"); w = r.lower(i - 1) {
		i--
	}
	return i
}

// skipInsertion returns where the noun phrase ends that an insertion before token k follows: what stands between two
// commas, dashes or brackets; k if there is none.
func (r *reader) skipInsertion(k int) int {
	if r.lower(k-2) == "," && r.inQuote(k-2) && r.shortQuote(k-2) { // “…, whom they call “the Fox,” said”
		k--
	}
	mark := r.lower(k - 1)
	switch mark {
	case ",", "—", "–", "-", ")":
	default:
		return k
	}
	depth := 0
	for i := k - 2; i > r.sentenceRange.First && i > k-40; i-- {
		w := r.lower(i)
		switch {
		case r.inQuote(i) && w == "”":
			return k
		case mark == ")":
			if w == "(" {
				return r.skipInsertion(i)
			}
		case w == ")":
			depth++
		case w == "(":
			depth--
		case w == mark && depth == 0 && r.isInsertion(i+1):
			return i
		}
	}
	return k
}

// isInsertion reports whether what begins at token i can be an apposition or relative clause.
func (r *reader) isInsertion(i int) bool {
	switch r.tag(i) {
	case relative, determiner, noun, adjective, participle, gerund, adverb, name:
		return true
	case prep:
		return r.lower(i) != "that"
	}
	return false
}

// subordinators open a clause: no noun phrase reaches over them.
var subordinators = set(`that if because while as when although though since after before until than unless whereas once
	like whether and/or but`)

// phraseStart returns the start of the noun phrase that ends before token last; last if there is none.
func (r *reader) phraseStart(last int) int {
	first := last
loop:
	for i := last - 1; i >= r.sentenceRange.First && i > last-40; i-- {
		w := r.lower(i)
		switch r.tags[i] {
		case pronoun:
			if first == last {
				return i
			}
			break loop
		case relative:
			if first == last {
				return i
			}
			break loop
		case noun, name, determiner, adjective, possessive:
		case participle, gerund:
			if first == last {
				break loop
			}
		case past: // "American and allied forces"
			if first == last || r.tag(i-1) != conjunction || r.tag(i-2) != adjective && r.tag(i-2) != name {
				break loop
			}
		case adverb:
			if r.tag(i-1) == punctuation || i == r.sentenceRange.First || first == last {
				break loop
			}
		case prep:
			if subordinators[w] || first == last {
				break loop
			}
		case conjunction:
			if w == "but" || first == last || !r.joinsNouns(i) {
				break loop
			}
		case punctuation:
			if !r.innerMark(i, first == last) {
				break loop
			}
		default:
			break loop
		}
		first = i
	}
	return r.trimStart(first, last)
}

// innerMark reports whether a mark can stand within a noun phrase: a hyphen, a nickname's quotation marks, an
// apostrophe, brackets around a party or place.
func (r *reader) innerMark(i int, atEnd bool) bool {
	switch r.lower(i) {
	case "-", "–", "/":
		return r.t.Attached(i) && r.t.Attached(i+1)
	case "'", "’":
		return r.t.Attached(i)
	case "&":
		return true
	case ")":
		return r.quote(i) < 0
	case "(":
		return !atEnd
	case "“", "”", "\"", "‘":
		return !atEnd && r.shortQuote(i)
	}
	return false
}

// shortQuote reports whether the quotation that holds token i is a word or two.
func (r *reader) shortQuote(i int) bool {
	if r.quote(i) < 0 {
		return false
	}
	q := r.t.Quotes[r.quote(i)]
	return q.Closed && q.Tokens.Last-q.Tokens.First <= 3
}

// joinsNouns reports whether the conjunction i joins two noun phrases rather than two clauses: no verb stands between
// the start of the clause and it.
func (r *reader) joinsNouns(i int) bool {
	if !r.tag(i-1).nominal() && r.lower(i-1) != ")" && r.lower(i-1) != "," {
		return false
	}
	for k := i - 1; k >= r.sentenceRange.First && k > i-20; k-- {
		switch {
		case r.tags[k] == punctuation && r.lower(k) != "-" && r.lower(k) != "–":
			return true
		case r.tags[k] == prep && subordinators[r.lower(k)], r.tags[k] == relative:
			return true
		case r.tags[k].finite() || r.tags[k] == gerund || r.tags[k] == to:
			return false
		}
	}
	return true
}

// trimStart drops from a noun phrase what opens the clause instead: a conjunction, an adverb, a prepositional phrase.
func (r *reader) trimStart(first, last int) int {
	for first < last && (r.tags[first] == conjunction || r.tags[first] == punctuation && r.lower(first) != "“" || r.tags[first] == adverb) {
		first++
	}
	if first < last && r.tags[first] == prep {
		for i := last - 1; i > first; i-- {
			if r.tags[i] == prep && r.lower(i) != "of" {
				return i + 1
			}
		}
		return first + 1
	}
	return first
}

// phraseAfter returns the noun phrase that begins at token k, with its apposition or relative clause if that ends the
// sentence or a comma closes it; empty if there is none.
func (r *reader) phraseAfter(k int) text.Range {
	end := r.phraseEnd(k)
	if end == k {
		return text.Range{}
	}
	if r.lower(end) == "(" {
		for i := end; i < r.sentenceRange.Last && i < end+12; i++ {
			if r.lower(i) == ")" && !r.isHidden(i) {
				end = i + 1
				break
			}
		}
	}
	if r.lower(end) == "," && !r.inQuote(end) {
		if last, ok := r.apposition(end + 1); ok {
			end = last
		}
	}
	return text.Range{First: k, Last: end}
}

// apposition returns where an apposition or relative clause that begins at token i ends.
func (r *reader) apposition(i int) (int, bool) {
	w := r.lower(i)
	switch {
	case w == "who" || w == "whose":
	case r.tag(i) == determiner, r.tag(i) == noun, r.tag(i) == adjective && r.t.Tokens[i].Class == text.Word:
		if r.clauseFollows(i) {
			return 0, false
		}
	default:
		return 0, false
	}
	for k := i; k < r.sentenceRange.Last && k < i+60; k++ {
		switch w := r.lower(k); {
		case r.isHidden(k), w == "—", w == ";", w == "." && k == r.sentenceRange.Last-1, r.inQuote(k) && !r.shortQuote(k):
			return k, true
		case w == ",":
			return k, true
		}
	}
	return r.sentenceRange.Last, true
}

// phraseEnd returns the end of the noun phrase that begins at token k, with prepositional phrases that tell whose or
// which it is; k if none begins there.
func (r *reader) phraseEnd(k int) int {
	i := k
	for ; i < r.sentenceRange.Last && i < k+40; i++ {
		if r.isHidden(i) {
			break
		}
		switch r.tags[i] {
		case noun, name, adjective, possessive:
			if i > k && days[r.lower(i)] {
				return i
			}
			continue
		case determiner:
			if i == k || r.tag(i-1) == prep || r.tag(i-1) == determiner || r.tag(i-1) == conjunction {
				continue
			}
			return i
		case pronoun, relative:
			if i == k {
				return i + 1
			}
			return i
		case prep:
			if i > k && attaching[r.lower(i)] && (r.tag(i+1).nominal() && !days[r.lower(i+1)]) {
				continue
			}
		case conjunction:
			if i > k && r.lower(i) == "and" && r.tag(i+1).nominal() && !r.clauseFollows(i+1) {
				continue
			}
		case participle, gerund:
			if i > k && r.tag(i+1).nominal() {
				continue
			}
		case punctuation:
			if r.innerMark(i, i == k) && r.lower(i) != "(" && r.lower(i) != ")" && i+1 < r.sentenceRange.Last {
				continue
			}
		}
		break
	}
	return i
}

// attaching are prepositions that tie a phrase to the noun before it.
var attaching = set("of for from at in with to on by")

// clauseFollows reports whether a clause with a verb of its own begins at token i.
func (r *reader) clauseFollows(i int) bool {
	for n := 0; i < r.sentenceRange.Last && n < 25; n++ {
		switch {
		case r.tags[i].finite():
			return true
		case r.tags[i] == relative, r.tags[i] == punctuation && r.lower(i) != "-":
			return false
		}
		i++
	}
	return false
}

// canSpeak reports whether a noun phrase means somebody or something that can be a source: a name, a person's pronoun,
// or a noun of speakers.txt.
func (r *reader) canSpeak(s text.Range) bool {
	for i := s.First; i < s.Last; i++ {
		w := r.lower(i)
		switch r.tags[i] {
		case name:
			if r.tag(i+1) != possessive && r.tag(i+1) != noun {
				return true
			}
		case pronoun:
			return true
		case relative:
			return w == "who"
		case noun, adjective, determiner:
			if speakers[w] {
				return true
			}
		case prep:
			if i > s.First {
				return w == "of" && r.canSpeak(text.Range{First: i + 1, Last: s.Last})
			}
		}
	}
	return false
}

// clauseSubject returns the subject of the first verb before token k: who goes on with "and said" or ", saying".
func (r *reader) clauseSubject(k int) text.Range {
	if !r.subject.Empty() && r.subject.Last <= k {
		return r.subject
	}
	if r.tag(k-1) == conjunction {
		for i := k - 1; i >= max(r.sentenceRange.First, k-maxReach); i-- {
			if s := r.subjectOf(i); !s.Empty() && r.tag(s.Last-1) != punctuation {
				return s
			}
		}
	}
	subordinate := text.Range{}
	for i := max(r.sentenceRange.First, k-maxReach); i < k; i++ {
		s := r.subjectOf(i)
		switch {
		case s.Empty():
		case !subordinators[r.lower(s.First-1)]:
			return s
		case subordinate.Empty():
			subordinate = s
		}
	}
	return subordinate
}

// subjectOf returns the subject of token i if that is a finite verb with one right before it, and no relative pronoun.
func (r *reader) subjectOf(i int) text.Range {
	if r.inQuote(i) || r.isHidden(i) || !r.tags[i].finite() {
		return text.Range{}
	}
	first := i
	for first > r.sentenceRange.First && (r.tags[first-1] == adverb || r.tags[first-1] == modal) {
		first--
	}
	s := r.subjectBefore(first)
	if s.Empty() || r.tags[s.First] == relative {
		return text.Range{}
	}
	return s
}
