package attributions

import "github.com/claimgraph/claimgraph/loader/analyse/text"

// anyRule stands for a rule that is no sign of its own: what it finds is the least likely right.
const anyRule Sign = -1

// read records the attribution of cue c, and reports whether there is one.
func (r *reader) read(c cue) bool {
	switch {
	case c.takes()&preposition != 0:
		return r.readPreposition(c)
	case c.takes()&raised != 0:
		return r.tag(c.Last) == to && r.readRaised(c)
	case c.passive:
		return r.readPassive(c)
	case c.form == participle && !c.finite:
		return r.lower(c.Last) == "by" && r.readPassive(c)
	}
	if r.readAfterContent(c) {
		return true
	}
	got, ok := r.complement(c)
	if !ok {
		return false
	}
	source := r.source(c)
	if source.Empty() || got.frame&(nounPhrase|secondPhrase|infinitive) != 0 && !r.canSpeak(source) {
		return false
	}
	if got.frame == quotation && c.takes()&secondPhrase != 0 && !r.isPerson(source) { // "a song called “Rain”"
		return false
	}
	content := []text.Range{r.withinClause(source, got.Range)}
	if got.frame == quotation {
		content = append(content, r.following(got.Last)...)
	}
	return r.add(source, c.Range, content, ruleOf(got.frame))
}

// isPerson reports whether a noun phrase is a name or a pronoun.
func (r *reader) isPerson(s text.Range) bool {
	for i := s.First; i < s.Last; i++ {
		if r.tags[i] == name || r.tags[i] == pronoun {
			return true
		}
	}
	return false
}

// ruleOf returns the sign that a complement of a frame was found.
func ruleOf(f frames) Sign {
	switch f {
	case quotation:
		return RuleQuotation
	case thatClause:
		return RuleThat
	case bareClause:
		return RuleClause
	case infinitive:
		return RuleInfinitive
	}
	return RuleObject
}

// source returns who says what cue c introduces: the subject before it, or that of the clause which it continues.
func (r *reader) source(c cue) text.Range {
	if c.finite {
		if s := r.subjectBefore(c.First); !s.Empty() {
			return s
		}
		if r.tag(c.First-1) != conjunction && r.lower(c.First-1) != "," {
			return text.Range{}
		}
	}
	if !c.finite && (r.tag(c.First-1) == noun || r.tag(c.First-1) == name) {
		if s := r.subjectBefore(c.First); r.canSpeak(s) {
			return s
		}
	}
	return r.clauseSubject(c.First)
}

// readAfterContent reads a cue that follows its content or interrupts it: “…,” she said; …, said Kell; …, Kell said, ….
func (r *reader) readAfterContent(c cue) bool {
	if c.takes()&quotation == 0 || !c.finite {
		return false
	}
	source := r.subjectBefore(c.First)
	if !source.Empty() && r.tags[source.First] == relative {
		return false
	}
	first, next := c.First, c.Last
	if !source.Empty() {
		first = source.First
	}
	if !r.endsContent(first - 1) {
		return false
	}
	if source.Empty() {
		source = r.phraseAfter(c.Last)
		if source.Empty() || r.tag(source.First) == relative || r.tag(source.Last).finite() {
			return false
		}
		next = source.Last
		if c.form == base && c.First == c.verb && (r.tag(next) != punctuation || !r.canSpeak(source)) {
			return false // An infinitive or imperative, unlike ", say diplomats in Doha,".
		}
	}
	quoted := r.quoteBefore(first)
	before := r.contentBefore(first)
	if before.Empty() {
		return false
	}
	if _, follows := r.complement(c); follows && next == c.Last && (!quoted || r.opensWithAdjunct(before)) {
		return false
	}
	if !quoted && !r.hasVerb(before) && !r.opensWithAdjunct(before) {
		return false
	}
	interrupts := r.lower(next) == "," && next+1 < r.sentenceRange.Last && !r.commaEnds(next, thatClause)
	content := []text.Range{before}
	if interrupts && !quoted {
		rest := text.Range{First: next + 1, Last: r.contentEnd(next+1, thatClause)}
		if r.opensWithAdjunct(before) && !r.auxiliary(rest.First) {
			content = nil // “From a military standpoint, Kell said, …”, but not “The dam, Kell said, will hold”.
		}
		content = append(content, rest)
		return r.add(source, c.Range, content, RuleClause)
	}
	if !quoted {
		return r.add(source, c.Range, content, RuleClause)
	}
	return r.add(source, c.Range, append(content, r.following(next)...), RuleQuotation)
}

// auxiliary reports whether a predicate without its subject begins at token i.
func (r *reader) auxiliary(i int) bool {
	w := r.lower(i)
	return r.tag(i) == modal || r.tag(i) == present || beForms[w] || haveForms[w]
}

// endsContent reports whether token i can end a content that stands before its cue.
func (r *reader) endsContent(i int) bool {
	if i < r.sentenceRange.First {
		// The quotation may have ended the sentence before: “Why?” Kell asked.
		return i > 0 && !r.begins(i+1) && r.quote(i) >= 0 && (r.t.Tokens[i-1].Lower == "?" || r.t.Tokens[i-1].Lower == "!")
	}
	w := r.lower(i)
	return w == "," || r.quote(i) >= 0 && !r.shortQuote(i) || r.quote(i) >= 0 && r.lower(i-1) == ","
}

// quoteBefore reports whether a quotation ends right before token first, a comma between allowed.
func (r *reader) quoteBefore(first int) bool {
	i := first - 1
	if i >= 0 && r.t.Tokens[i].Lower == "," && r.quote(i) < 0 {
		i--
	}
	return i >= 0 && r.quote(i) >= 0 && !r.begins(i+1)
}

// contentBefore returns the content that ends before token first: the sentence so far, and all of a quotation that
// began in an earlier sentence.
func (r *reader) contentBefore(first int) text.Range {
	start := r.sentenceRange.First
	if start >= first { // The quotation is the sentence before.
		start = first - 1
	}
	if q := r.quote(start); q >= 0 {
		open := r.t.RangeOf(r.t.Quotes[q].Span).First
		sentence := r.t.Sentences[r.t.SentenceAt(r.t.Tokens[open].Start)].First
		start = open
		if sentence < open && r.t.Tokens[open-1].Lower != ":" {
			start = sentence
		}
	}
	if r.quote(start) < 0 {
		start = max(start, first-maxContent)
	}
	for start < first && (r.tags[start] == conjunction && r.quote(start) < 0) {
		start++
	}
	for i := first - 2; i >= start && i > first-maxReach; i-- {
		if r.quote(i) < 0 && r.t.Tokens[i].Lower == ";" {
			start = i + 1
			break
		}
	}
	return text.Range{First: start, Last: first}
}

// opensWithAdjunct reports whether a range is no more than an adjunct of the clause after it: "At the same time,".
func (r *reader) opensWithAdjunct(c text.Range) bool {
	switch r.tags[c.First] {
	case prep, adverb, gerund, to, noun, conjunction, participle:
	case determiner, adjective:
		return c.Last-c.First <= 4
	default:
		return false
	}
	return !r.hasVerb(c)
}

// hasVerb reports whether a range holds a verb that can head a clause.
func (r *reader) hasVerb(c text.Range) bool {
	for i := c.First; i < c.Last; i++ {
		if r.tags[i].finite() || r.quote(i) >= 0 {
			return true
		}
	}
	return false
}

// following returns the quotations of the same paragraph that go on after the cue's sentence or after ", ".
func (r *reader) following(next int) []text.Range {
	var out []text.Range
	i := next
	hi := r.sentenceRange.Last
	for i < hi && !r.opensQuote(i) { // “…,” she said, “…”
		if w := r.lower(i); w == ";" || w == "and" || w == "but" || r.isHidden(i) || r.introducesQuote(i) || i > next+maxReach {
			i = hi
			break
		}
		i++
	}
	for i < len(r.t.Tokens) && r.opensQuote(i) && (i < hi || !r.begins(i)) {
		end := r.quoteEnd(i)
		if i >= hi && !r.closesSentence(end) {
			return out
		}
		out = append(out, text.Range{First: i, Last: end})
		i = end
		if i < hi && r.lower(i) == "." {
			i++
		}
		if i < hi {
			return out
		}
	}
	return out
}

// introducesQuote reports whether token i is a cue of its own for the quotation after it.
func (r *reader) introducesQuote(i int) bool {
	if len(cues[r.lower(i)]) == 0 || r.tags[i] != gerund && !r.tags[i].finite() {
		return false
	}
	return r.opensQuote(i+1) || r.opensQuote(i+2) || r.lower(i+1) == "that"
}

// closesSentence reports whether a sentence ends with the token before end.
func (r *reader) closesSentence(end int) bool {
	if end >= len(r.t.Tokens) || r.begins(end) {
		return true
	}
	s := r.t.SentenceAt(r.t.Tokens[end].Start)
	return s >= 0 && r.t.Sentences[s].First == end
}

// readPreposition reads "according to" and its like, whose source follows.
func (r *reader) readPreposition(c cue) bool {
	source := r.phraseAfter(c.Last)
	if source.Empty() {
		return false
	}
	if c.First == r.sentenceRange.First {
		source.Last = r.reducedRelativeEnd(source.Last)
	}
	next := source.Last
	var content []text.Range
	if before := (text.Range{First: r.sentenceRange.First, Last: c.First}); !before.Empty() && !r.opensWithAdjunct(before) {
		content = append(content, r.contentBefore(c.First))
	} else if r.quoteBefore(c.First) {
		content = append(content, r.contentBefore(c.First))
	}
	if r.lower(next) == "," && (len(content) == 0 || next+1 < r.sentenceRange.Last && !r.commaEnds(next, thatClause)) {
		content = append(content, text.Range{First: next + 1, Last: r.contentEnd(next+1, thatClause)})
	} else if len(content) == 0 {
		content = append(content, text.Range{First: next, Last: r.contentEnd(next, thatClause)})
	}
	return r.add(source, c.Range, content, RulePhrase)
}

// reducedRelativeEnd returns where a reduced relative clause that begins at token i ends: "the schedule released Monday,".
func (r *reader) reducedRelativeEnd(i int) int {
	if r.tag(i) != participle && r.tag(i) != past && r.tag(i) != gerund {
		return i
	}
	const longest = 15
	for k := i; k < r.sentenceRange.Last && k < i+longest; k++ {
		if r.lower(k) == "," {
			return k
		}
	}
	return i
}

// readNoun reads a noun that is a cue and whose possessor is the source: “their decision to …”.
func (r *reader) readNoun(i int) bool {
	for _, e := range nounCues[r.lower(i)] {
		last, ok := r.rest(i+1, e.rest)
		if !ok {
			continue
		}
		takes := e.takes()
		w := r.lower(last)
		switch {
		case takes&thatClause != 0 && w == "that" && r.tag(last) == prep:
		case takes&infinitive != 0 && w == "to" && r.tag(last+1) == base:
		case takes&nounPhrase != 0 && len(e.rest) > 0 && r.phraseAt(last):
		default:
			continue
		}
		source, ok := r.possessor(i)
		if !ok {
			return false
		}
		content := text.Range{First: last, Last: r.contentEnd(last, nounPhrase)}
		if takes&thatClause != 0 {
			content.Last = r.contentEnd(last, thatClause)
		}
		return r.add(source, text.Range{First: i, Last: last}, []text.Range{content}, anyRule)
	}
	return false
}

// possessor returns who the noun i belongs to: the noun phrase before "’s", or the possessive pronoun.
func (r *reader) possessor(i int) (text.Range, bool) {
	const modifiers = 4
	for k := i - 1; k >= r.sentenceRange.First && k >= i-modifiers; k-- {
		switch {
		case possessives[r.lower(k)]:
			return text.Range{First: k, Last: k + 1}, true
		case r.tags[k] == possessive:
			owner := text.Range{First: r.phraseStart(k), Last: k}
			return owner, !owner.Empty() && r.canSpeak(owner)
		case r.tags[k] == adjective || r.tags[k] == noun || r.tags[k] == participle || r.tags[k] == gerund || r.tags[k] == adverb:
		default:
			return text.Range{}, false
		}
	}
	return text.Range{}, false
}

var possessives = set("his her their its my our your")

// readPassive reads a cue in the passive: its source follows "by", its content is the subject and what else follows.
func (r *reader) readPassive(c cue) bool {
	takes := c.takes()
	if r.lower(c.Last) == "by" {
		source := r.phraseAfter(c.Last + 1)
		subject := r.subjectBefore(c.First)
		if subject.Empty() && r.lower(c.First-1) == "," {
			subject = r.subjectBefore(c.First - 1)
		}
		if source.Empty() || subject.Empty() || takes&(nounPhrase|secondPhrase|thatClause) == 0 {
			return false
		}
		content := []text.Range{subject}
		if w := r.lower(source.Last); w == "as" || w == "for" {
			content = append(content, text.Range{First: source.Last, Last: r.contentEnd(source.Last, nounPhrase)})
		}
		return r.add(source, text.Range{First: c.First, Last: c.Last + 1}, content, anyRule)
	}
	if r.tag(c.Last) == to && takes&(infinitive|thatClause) != 0 {
		return takes&addressee == 0 && r.readRaised(c)
	}
	return false
}

// readRaised reads a cue without a source between the subject and the infinitive of its content: "is expected to".
func (r *reader) readRaised(c cue) bool {
	subject := r.subjectBefore(c.First)
	if subject.Empty() {
		return false
	}
	rest := text.Range{First: c.Last, Last: r.contentEnd(c.Last, infinitive)}
	return r.add(text.Range{}, c.Range, []text.Range{subject, rest}, anyRule)
}
