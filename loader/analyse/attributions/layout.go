package attributions

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// An opening is what a paragraph opens with: marks that no tagger should read, and perhaps a label.
type opening struct {
	paragraph int
	marks     []text.Mark
	label     *text.Mark // the last mark, if it is a label
	says      string     // the label, folded
	accepted  bool       // it names who speaks
	speakers  []int      //
	asks      bool       // "Q:": the outlet's own question
}

// An interview has so many labels or questions; fewer may be chance.
const fewestTurns = 3

// layout records who speaks by the arrangement of the text: speakers' labels ("MLR:", "Q."), signed quotations, answers
// to questions. It runs before the tagger, and hides from it the bullets, times and labels that name a speaker or nobody.
func (f *finder) layout() {
	opened := f.openings()
	f.judge(opened)
	var marks []text.Span
	for i := range opened {
		for k := range opened[i].marks {
			if m := &opened[i].marks[k]; m.Kind != text.Label || opened[i].accepted || noSpeakers[opened[i].says] {
				marks = append(marks, m.Span)
			}
		}
	}
	signed, signatures := f.signatures()
	f.hidden = merged(f.hidden, merged(signatures, marks))
	for _, s := range signed {
		f.found = append(f.found, f.attribution(s))
	}
	f.keepFloating()
	f.turns(opened)
	if len(opened) == 0 || !slices.ContainsFunc(opened, func(o opening) bool { return o.accepted }) {
		f.answers()
	}
}

// openings returns the paragraphs that open with marks.
func (f *finder) openings() []opening {
	var out []opening
	for p := range f.t.Paragraphs {
		if f.t.Paragraphs[p].Skipped {
			continue
		}
		marks := f.t.Marks(p)
		if len(marks) == 0 {
			continue
		}
		out = append(out, opening{paragraph: p, marks: marks})
		o := &out[len(out)-1]
		if last := &marks[len(marks)-1]; last.Kind == text.Label {
			o.label, o.says = last, fold(f.t.Slice(last.Name))
		}
	}
	return out
}

// judge decides which labels name a speaker: those that a quotation follows, that the cast knows as somebody who can
// speak, or that come again and again. "KABUL:" and "Background:" do not.
func (f *finder) judge(opened []opening) {
	count, labels := map[string]int{}, 0
	for i := range opened {
		if opened[i].label != nil {
			count[opened[i].says]++
			labels++
		}
	}
	exchange := count["q"]+count["question"] > 0 && count["a"]+count["answer"] > 0 || count["q"] > 1
	interviewee, known := -1, false
	var short map[string]int
	if labels > 0 {
		short = f.shortForms()
	}
	for i := range opened {
		o := &opened[i]
		if o.label == nil || noSpeakers[o.says] || strings.HasPrefix(o.says, "about ") || f.isCitation(o.label.Span) || f.hasCue(o.label.Span) {
			continue
		}
		switch o.says {
		case "q", "question", "a", "answer":
			o.accepted, o.asks = exchange, o.says[0] == 'q'
			if exchange && !o.asks {
				if !known {
					interviewee, known = f.interviewee(o.paragraph), true
				}
				if interviewee >= 0 {
					o.speakers = []int{interviewee}
				}
			}
			continue
		}
		o.speakers = f.labelled(o.label, short)
		again := count[o.says] > 1
		if !again && (o.paragraph == 0 || f.t.Sentences[f.t.Paragraphs[o.paragraph].First].Heading) {
			continue // “Kell: The Dam Will Hold”
		}
		switch kind := f.kindOf(o.speakers); {
		case kind == graph.Place || kind == graph.State: // ISLAMABAD: …
			o.accepted = o.label.Quote || again && len(count) > 1
		case kind != "":
			o.accepted = true
		default:
			o.accepted = again || o.label.Quote && f.hasCapitals(o.label.Name) || labels >= fewestTurns && f.looksLikeName(o.label.Name)
		}
	}
}

// noSpeakers are labels of what follows, not of who speaks.
var noSpeakers = set(`note notes update updates correction clarification background source sources photo photos image caption video
	interview reporting text translation location date time result results score example warning conclusion summary
	analysis opinion exclusive live breaking watch listen read related what where when who why how also context methodology
	via credit credits contact topics tags verdict next today tomorrow yesterday first second third finally quote unquote
	claim rating fact facts question-time ingredients address deadline headline subject re ps p.s`)

// hasCue reports whether a verb of speech in small letters stands in a span: “Ana Kell, who leads the council, said:”.
func (f *finder) hasCue(s text.Span) bool {
	for r := f.t.RangeOf(s); r.First < r.Last; r.First++ {
		if w := f.t.Tokens[r.First].Lower; len(w) > 2 && len(cues[w]) > 0 && nounCues[w] == nil && !f.t.Capital(r.First) {
			return true
		}
	}
	return false
}

// isCitation reports whether a span lies within a citation.
func (f *finder) isCitation(s text.Span) bool {
	return slices.ContainsFunc(f.hiddenIn(s), s.Overlaps)
}

// looksLikeName reports whether a label that nobody knows could be a name: words that all begin with a capital, in the
// plain case at least two, or one in capitals.
func (f *finder) looksLikeName(name text.Span) bool {
	r := f.t.RangeOf(name)
	words, capitals := 0, 0
	for i := r.First; i < r.Last; i++ {
		k := f.t.Tokens[i]
		if k.Class != text.Word {
			continue
		}
		if !f.t.Capital(i) || noSpeakers[k.Lower] {
			return false
		}
		words++
		if s := f.t.Slice(k.Span); len(s) > 1 && s == strings.ToUpper(s) {
			capitals++
		}
	}
	return words > 1 || capitals > 0
}

// hasCapitals reports whether no word of a label begins with a small letter, but for those within names.
func (f *finder) hasCapitals(name text.Span) bool {
	r := f.t.RangeOf(name)
	for i := r.First; i < r.Last; i++ {
		if k := f.t.Tokens[i]; k.Class == text.Word && len(k.Lower) > 3 && !f.t.Capital(i) {
			return false
		}
	}
	return true
}

func (f *finder) kindOf(speakers []int) graph.ActorKind {
	if len(speakers) == 0 {
		return ""
	}
	return f.cast.Actors[speakers[0]].Kind
}

// labelled returns whom a label means: whom the cast finds there, or, for initials and surnames, the person or body
// whose name has them.
func (f *finder) labelled(label *text.Mark, short map[string]int) []int {
	says := fold(f.t.Slice(label.Name))
	heads := f.sourceActors([]text.Span{label.Name})
	if actor, ok := short[says]; ok && actor >= 0 && (len(heads) == 0 || fold(f.cast.Actors[heads[0]].Name) == says) {
		return []int{actor} // Rather than a body called "MLR".
	}
	return heads
}

// shortForms returns whom initials and last words of names mean, "mlr" and "rao" for Marta Lindqvist-Rao; -1 if several.
func (f *finder) shortForms() map[string]int {
	out := make(map[string]int)
	add := func(short string, actor int) {
		if other, ok := out[short]; ok && other != actor {
			actor = -1
		}
		if utf8.RuneCountInString(short) > 1 {
			out[short] = actor
		}
	}
	for i, a := range f.cast.Actors {
		if a.Kind != graph.Person && a.Kind != graph.Outlet && a.Kind != graph.Organisation {
			continue
		}
		words := strings.FieldsFunc(a.Name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '–' })
		if len(words) < 2 {
			continue
		}
		var initials strings.Builder
		for _, w := range words {
			if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
				initials.WriteRune(unicode.ToLower(r))
			}
		}
		for all := []rune(initials.String()); len(all) > 1; all = all[1:] { // Without what stands before: “Goalkeeper Ana Kell”.
			add(string(all), i)
		}
		if a.Kind == graph.Outlet {
			add("t"+initials.String(), i) // The …
		}
		add(fold(words[len(words)-1]), i)
	}
	return out
}

// fold reduces a label to what it is compared by.
func fold(label string) string { return strings.ToLower(strings.ReplaceAll(label, ".", "")) }

// interviewee returns the person whom the paragraphs before the first answer mention most, the earlier of two; -1 if
// they mention none.
func (f *finder) interviewee(before int) int {
	count := map[int]int{}
	best := -1
	for _, m := range f.cast.Mentions {
		if m.Start >= f.t.Paragraphs[before].Start {
			break
		}
		if f.cast.Actors[m.Actor].Kind != graph.Person {
			continue
		}
		count[m.Actor]++
		if best < 0 || count[m.Actor] > count[best] {
			best = m.Actor
		}
	}
	return best
}

// turns records what the speakers of accepted labels say. In an interview or a transcript they go on in the paragraphs
// up to the next label, and after the last one as long as they speak of themselves.
func (f *finder) turns(opened []opening) {
	taken := slices.DeleteFunc(slices.Clone(opened), func(o opening) bool { return !o.accepted })
	for i, o := range taken {
		p := &f.t.Paragraphs[o.paragraph]
		content := f.visible(text.Span{Start: o.label.End, End: p.End})
		if len(content) == 0 {
			continue
		}
		if o.asks {
			f.own(content)
			continue
		}
		cue := f.t.Tokens[f.t.RangeOf(o.label.Span).Last-1].Span // the colon, or all of "A."
		a := Attribution{
			Voice: graph.Attributed, Source: []text.Span{o.label.Name}, Cue: []text.Span{cue}, Content: f.withoutStop(content),
			Sources: o.speakers, Within: -1, Evidence: Evidence{Basis: label},
		}
		f.shade(&a)
		a.Kind, a.Polarity = graph.Statement, graph.Affirms
		f.cite(&a)
		f.found = append(f.found, a)
		if len(taken) < fewestTurns || len(o.speakers) == 0 {
			continue
		}
		next := len(f.t.Paragraphs)
		if i+1 < len(taken) {
			next = taken[i+1].paragraph
		}
		for q := o.paragraph + 1; q < next; q++ {
			if next == len(f.t.Paragraphs) && !f.speaksOfItself(q) {
				break
			}
			f.paragraphGoesOn(q, o.speakers, answer)
		}
	}
}

// withoutStop drops the full stop that ends a content, unless a quotation holds it.
func (f *finder) withoutStop(content []text.Span) []text.Span {
	last := &content[len(content)-1]
	r := f.t.RangeOf(*last)
	for r.Last-r.First > 1 && f.t.Tokens[r.Last-1].Class == text.Punct && f.t.QuoteAt(f.t.Tokens[r.Last-1].Start) < 0 &&
		strings.ContainsAny(f.t.Tokens[r.Last-1].Lower, ".?!…") {
		r.Last--
	}
	*last = f.t.SpanOf(r)
	return content
}

// own records a content as the outlet's own words.
func (f *finder) own(content []text.Span) {
	a := Attribution{Voice: graph.OutletVoice, Content: content, Within: -1, Evidence: Evidence{Basis: label}}
	f.shade(&a)
	a.Kind, a.Polarity = graph.Statement, graph.Affirms
	f.cite(&a)
	f.found = append(f.found, a)
}

// paragraphGoesOn records that actors speak in all sentences of a paragraph, unless it is a heading or furniture.
func (f *finder) paragraphGoesOn(paragraph int, speakers []int, basis Basis) {
	p := &f.t.Paragraphs[paragraph]
	if p.Skipped {
		return
	}
	for s := p.First; s < p.Last; s++ {
		if !f.t.Sentences[s].Heading {
			f.goOn(s, speakers, basis)
		}
	}
}

// speaksOfItself reports whether a paragraph has a pronoun of the first person outside quotations.
func (f *finder) speaksOfItself(paragraph int) bool {
	if f.t.Paragraphs[paragraph].Skipped {
		return false
	}
	r := f.t.ParagraphTokens(paragraph)
	for i := r.First; i < r.Last; i++ {
		if firstPerson[f.t.Tokens[i].Lower] && f.t.QuoteAt(f.t.Tokens[i].Start) < 0 {
			return true
		}
	}
	return false
}

var firstPerson = set("i we my our me us i'm i've myself ourselves mine ours")

// answers records the answers of an interview whose questions have no label: paragraphs that are one question each, and
// between them somebody who speaks of himself or herself.
func (f *finder) answers() {
	var questions []int
	for p := range f.t.Paragraphs {
		if f.isQuestion(p) && p+1 < len(f.t.Paragraphs) && !f.isQuestion(p+1) {
			questions = append(questions, p)
		}
	}
	if len(questions) < fewestTurns {
		return
	}
	personal, all := 0, 0
	for p := questions[0] + 1; p < len(f.t.Paragraphs); p++ {
		if f.t.Paragraphs[p].Skipped || f.isQuestion(p) {
			continue
		}
		all++
		if f.speaksOfItself(p) {
			personal++
		}
	}
	speaker := f.interviewee(questions[0])
	if speaker < 0 || 2*personal < all || all > 4*len(questions) {
		return
	}
	last := questions[len(questions)-1]
	for p := questions[0] + 1; p < len(f.t.Paragraphs); p++ {
		if f.isQuestion(p) {
			continue
		}
		if p > last+1 && !f.speaksOfItself(p) {
			break
		}
		f.paragraphGoesOn(p, []int{speaker}, answer)
	}
}

// isQuestion reports whether a paragraph asks: its last sentence is a question, and nothing in it is quoted.
func (f *finder) isQuestion(paragraph int) bool {
	p := &f.t.Paragraphs[paragraph]
	if p.Skipped || p.Last-p.First > 3 {
		return false
	}
	r := f.t.ParagraphTokens(paragraph)
	if f.t.Tokens[r.Last-1].Lower != "?" || r.Last-r.First > 80 {
		return false
	}
	return f.t.QuoteAt(p.Start) < 0
}

// signatures returns the quotations that a dash and a name sign, on the same line or the next: “…” — Ana Kell, mayor.
// The signatures are hidden from taggers.
func (f *finder) signatures() (signed []Triple, hidden []text.Span) {
	for p := range f.t.Paragraphs {
		if f.t.Paragraphs[p].Skipped {
			continue
		}
		all := f.t.ParagraphTokens(p)
		if marks := f.t.Marks(p); len(marks) > 0 && marks[0].Kind == text.Bullet {
			all.First = f.t.RangeOf(marks[0].Span).Last
		}
		q := f.t.QuoteAt(f.t.Tokens[all.First].Start)
		if q < 0 || f.t.Quotes[q].Start != f.t.Tokens[all.First].Start {
			continue
		}
		end := f.t.RangeOf(f.t.Quotes[q].Span).Last
		line := text.Range{First: end, Last: all.Last}
		nextLine := end == all.Last
		if nextLine && p+1 < len(f.t.Paragraphs) && !f.t.Paragraphs[p+1].Skipped {
			line = f.t.ParagraphTokens(p + 1)
		}
		name, ok := f.signature(line)
		if !ok || nextLine && !f.t.Capital(name.First) { // Else it is an item of a list.
			continue
		}
		signed = append(signed, Triple{
			Source: []text.Span{f.t.SpanOf(name)}, Cue: []text.Span{f.t.Tokens[line.First].Span},
			Content: []text.Span{f.t.Quotes[q].Span}, Evidence: Evidence{Basis: signature},
		})
		hidden = append(hidden, f.t.SpanOf(line))
	}
	return signed, hidden
}

// signature reads a dash and a name, with what describes the person, and nothing more.
func (f *finder) signature(line text.Range) (name text.Range, ok bool) {
	const longest = 18
	if line.Last-line.First < 2 || line.Last-line.First > longest || !dashes[f.t.Tokens[line.First].Lower] {
		return text.Range{}, false
	}
	name = text.Range{First: line.First + 1, Last: line.Last}
	for i := name.First; i < line.Last; i++ {
		switch w := f.t.Tokens[i].Lower; {
		case w == "," || w == "(":
			name.Last = min(name.Last, i)
		case w == "." && i == line.Last-1:
			name.Last = min(name.Last, i)
		case len(w) > 2 && len(cues[w]) > 0 && !f.t.Capital(i) && nounCues[w] == nil, w == "?" || w == "!" || w == ";":
			return text.Range{}, false
		}
	}
	return name, !name.Empty()
}

var dashes = set("— – - -- ―")

// listed records the items of a list and the quotations behind a colon whose sentence names the speaker but says
// nothing of it: "Kell made three demands:", "The minister said the plan would:".
func (f *finder) listed() {
	told := f.bySentence(f.found)
	for p := range f.t.Paragraphs {
		if f.t.Paragraphs[p].Skipped || p+1 >= len(f.t.Paragraphs) {
			continue
		}
		lead := f.t.Paragraphs[p].Last - 1
		s := &f.t.Sentences[lead]
		if f.t.Tokens[s.Last-1].Lower != ":" {
			continue
		}
		speakers := f.leads(lead, told[lead])
		if len(speakers) == 0 {
			continue
		}
		for q := p + 1; q < len(f.t.Paragraphs) && f.continuesList(q, q == p+1); q++ {
			for i := f.t.Paragraphs[q].First; i < f.t.Paragraphs[q].Last; i++ {
				if !f.isTold(told[i], &f.t.Sentences[i]) {
					f.goOn(i, speakers, listItem)
				}
			}
		}
	}
}

// leads returns who speaks in what a sentence that ends with a colon leads to: the source of its last attribution, or
// the person or body that is its subject if it tells of speech.
func (f *finder) leads(sentence int, told []int) []int {
	for _, i := range slices.Backward(told) {
		if a := &f.found[i]; a.Voice == graph.Attributed && len(a.Sources) > 0 && f.t.SentenceAt(a.Cue[0].Start) == sentence {
			return a.Sources
		}
	}
	s := &f.t.Sentences[sentence]
	speech := false
	for i := s.First; i < s.Last; i++ {
		w := f.t.Tokens[i].Lower
		speech = speech || leadWords[w] || len(cues[w]) > 0 && !f.t.Capital(i)
	}
	if !speech {
		return nil
	}
	first, last := f.cast.In(s.Span)
	for _, m := range f.cast.Mentions[first:last] {
		switch kind := f.cast.Actors[m.Actor].Kind; {
		case m.Modifier || kind == graph.Place:
		case kind == graph.Person || kind == graph.SourceClass || m.Start == s.Start || f.t.RangeOf(m.Span).First == s.First+1:
			return []int{m.Actor}
		}
	}
	return nil
}

// leadWords tell of speech in a sentence that leads to it.
var leadWords = set(`demands points conditions reasons questions answers words statement message warning reaction response
	recommendations findings proposals pledges promises put listed wrote made gave set laid named posted tweeted`)

// continuesList reports whether a paragraph is an item of a list, or, right behind the lead, a quotation.
func (f *finder) continuesList(paragraph int, first bool) bool {
	p := &f.t.Paragraphs[paragraph]
	if p.Skipped {
		return false
	}
	if q := f.t.QuoteAt(p.Start); first && q >= 0 && f.t.Quotes[q].End >= p.End-1 {
		return true
	}
	marks := f.t.Marks(paragraph)
	return len(marks) > 0 && marks[0].Kind == text.Bullet && marks[len(marks)-1].Kind != text.Label
}

// floating records the paragraphs that are nothing but a quotation which no cue and no statement before claims: the next
// paragraph tells whose words they are ("That is how Kell put it"), or the person does whom the sentence before is about.
func (f *finder) floating() {
	told := f.bySentence(f.found)
	var speakers []int
	for p := range f.t.Paragraphs {
		if !f.floats(p, told) {
			speakers = nil
			continue
		}
		if speakers == nil {
			last := p
			for last+1 < len(f.t.Paragraphs) && f.floats(last+1, told) {
				last++
			}
			speakers = f.claimant(p, last+1, told)
		}
		if len(speakers) > 0 {
			f.paragraphGoesOn(p, speakers, quoteGoesOn)
		}
	}
}

// keepFloating keeps taggers from the paragraphs that are nothing but a quotation, which a cue of some other sentence
// nearby would attract; not where the paragraph before leads to it by a colon or by a quotation that it left open.
func (f *finder) keepFloating() {
	kept := -1 // the last of them
	for p := range f.t.Paragraphs {
		if p == 0 || !f.floats(p, nil) {
			continue
		}
		before := f.t.ParagraphTokens(p).First - 1
		q := f.t.QuoteAt(f.t.Tokens[before].Start)
		if f.t.Tokens[before].Lower != ":" && (q < 0 || f.t.Quotes[q].Closed || kept == p-1) {
			f.spoken = append(f.spoken, f.t.Paragraphs[p].Span)
			kept = p
		}
	}
}

// floats reports whether a paragraph is a quotation that nobody is told to have said; told is nil where nothing is known.
func (f *finder) floats(paragraph int, told [][]int) bool {
	p := &f.t.Paragraphs[paragraph]
	if p.Skipped || p.Foreign || f.t.Sentences[p.First].Heading {
		return false
	}
	q := f.t.QuoteAt(p.Start)
	if q < 0 || f.t.Quotes[q].Start != p.Start || f.t.Quotes[q].End < p.End-1 {
		return false
	}
	for s := p.First; told != nil && s < p.Last; s++ {
		if f.isTold(f.outside(told[s], q), &f.t.Sentences[s]) {
			return false
		}
	}
	return true
}

// outside returns the attributions whose cue lies outside a quotation: what is told within it is told by its speaker.
func (f *finder) outside(told []int, quote int) []int {
	if quote < 0 {
		return told
	}
	var out []int
	for _, i := range told {
		if a := &f.found[i]; len(a.Cue) == 0 || !f.t.Quotes[quote].Inner.Holds(a.Cue[0]) {
			out = append(out, i)
		}
	}
	return out
}

// claimant returns whose words the floating paragraphs from first to before next are; nobody if a statement right
// before them goes on.
func (f *finder) claimant(first, next int, told [][]int) []int {
	if next < len(f.t.Paragraphs) && !f.t.Paragraphs[next].Skipped {
		s := &f.t.Sentences[f.t.Paragraphs[next].First]
		opening := f.t.Tokens[s.First].Lower
		if second := s.First + 1; second+1 < s.Last && (opening == "that" || opening == "this" || opening == "so" || opening == "thus") &&
			(isForms[f.t.Tokens[second].Lower] && f.t.Tokens[second+1].Lower == "how" || len(cues[f.t.Tokens[second].Lower]) > 0) ||
			(opening == "those" || opening == "these") && second < s.Last && isForms[f.t.Tokens[second].Lower] {
			return f.persons(s, false)
		}
	}
	if first == 0 || f.t.Paragraphs[first-1].Skipped {
		return nil
	}
	before := &f.t.Paragraphs[first-1]
	for _, s := range f.t.Sentences[before.First:before.Last] {
		for _, i := range told[f.t.SentenceAt(s.Start)] {
			if a := &f.found[i]; a.mayGoOn() {
				return nil // carryOver sees to it.
			}
		}
	}
	return f.persons(&f.t.Sentences[before.Last-1], true)
}

var isForms = set("is was are were")

// persons returns the first person or class of sources that a sentence mentions for itself; only before its first verb
// of any kind if it must be the subject.
func (f *finder) persons(s *text.Sentence, subject bool) []int {
	const reach = 14
	first, last := f.cast.In(s.Span)
	for _, m := range f.cast.Mentions[first:last] {
		if subject && f.t.RangeOf(m.Span).First > s.First+reach {
			return nil
		}
		if kind := f.cast.Actors[m.Actor].Kind; !m.Modifier && (kind == graph.Person || kind == graph.SourceClass) {
			return []int{m.Actor}
		}
	}
	return nil
}

// merged returns the spans of two lists in order; where two overlap, the first list's stand.
func merged(a, b []text.Span) []text.Span {
	out := make([]text.Span, 0, len(a)+len(b))
	i := 0
	for _, s := range b {
		for i < len(a) && a[i].Start <= s.Start {
			out = append(out, a[i])
			i++
		}
		if n := len(out); n > 0 && out[n-1].End > s.Start || i < len(a) && a[i].Start < s.End {
			continue
		}
		out = append(out, s)
	}
	return append(out, a[i:]...)
}
