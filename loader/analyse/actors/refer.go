package actors

import (
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// leastScore is what a pronoun or description must reach to be taken for somebody.
const leastScore = 0.55

// reach is how many mentions back anything may refer: it keeps the work linear in texts without full stops.
const reach = 100

// A referrer resolves pronouns and descriptions, sentence by sentence.
type referrer struct {
	*scene
	recent   []seen // who was mentioned, oldest first
	persons  []int  // the persons among them, each once, by first mention
	met      map[int]bool
	told     map[int]int // how often the text has spoken of whom, up to here
	sentence int
	prose    []int // by sentence: how many before it are not quotations
	tokens   text.Range
	found    []mark
}

// A seen is one mention that later words may refer to.
type seen struct {
	who      int
	at       int // token
	sentence int
	subject  bool
	modifier bool
	calling  string // of a nameless person
	quote    int    // the quotation that it stands in, or -1
}

// refer resolves offices without a name, descriptions and pronouns, and drops what stays unresolved.
func (s *scene) refer() {
	s.marks = append(s.marks, s.classes...)
	s.cover()
	s.readRoles()
	r := referrer{scene: s, prose: s.prose(), met: make(map[int]bool), told: make(map[int]int)}
	next := 0
	for i := range s.text.Sentences {
		sentence := s.text.Sentences[i]
		if s.text.Paragraphs[sentence.Paragraph].Skipped {
			continue
		}
		r.sentence, r.tokens = i, sentence.Range
		for k := sentence.First; k < sentence.Last; k++ {
			for next < len(s.marks) && s.marks[next].First <= k {
				r.see(&s.marks[next])
				next++
			}
			if s.covers[k] == 0 {
				k = r.resolve(k) - 1
			}
		}
	}
	s.marks = append(s.marks, r.found...)
	s.marks = slices.DeleteFunc(s.marks, func(m mark) bool { return m.Actor < 0 })
}

// prose counts for each sentence those before it that do not begin within a quotation.
func (s *scene) prose() []int {
	counts := make([]int, len(s.text.Sentences))
	n := 0
	for i, sentence := range s.text.Sentences {
		if q := s.text.QuoteAt(sentence.Start); q < 0 || s.text.Quotes[q].Start == sentence.Start {
			n++
		}
		counts[i] = n
	}
	return counts
}

// back returns how many sentences of prose lie between a mention and the sentence that is read; what quotations hold
// in between does not make anybody forgotten.
func (r *referrer) back(c seen) int { return r.prose[r.sentence] - r.prose[c.sentence] }

// see takes note of a mention; an office is resolved first.
func (r *referrer) see(m *mark) {
	if m.First < r.tokens.First {
		return
	}
	switch {
	case m.one && r.definite(m.Range):
		if a := r.holder(m.office, m.owner, false); a.who >= 0 {
			m.Actor, m.Score, m.Method, m.one = a.who, a.score, "description", false
		}
	case m.Actor >= 0:
	case m.office != "":
		r.officeHolder(m)
	default:
		r.bodyMeant(m)
	}
	r.note(m)
}

// oldest returns the index of the oldest mention that anything may refer to.
func (r *referrer) oldest() int { return max(0, len(r.recent)-reach) }

func (r *referrer) note(m *mark) {
	if !r.met[m.Actor] && r.people[m.Actor].Kind == graph.Person {
		r.met[m.Actor] = true
		r.persons = append(r.persons, m.Actor)
	}
	r.told[m.Actor]++
	r.recent = append(r.recent, seen{
		who: m.Actor, at: m.First, sentence: r.sentence, modifier: m.Modifier,
		subject: r.isSubject(m.Range), quote: r.text.QuoteAt(m.Start),
	})
	if m.one {
		r.recent[len(r.recent)-1].calling = m.office
	}
}

// isSubject guesses whether a mention is its clause's subject: a verb stands behind it, or it begins the sentence.
func (r *referrer) isSubject(m text.Range) bool {
	if m.Last < r.tokens.Last && r.is(m.Last, saying|acting) {
		return true
	}
	return m.First-r.tokens.First <= 1
}

// resolve resolves the pronoun or description at a token, if there is one, and returns the token behind it.
func (r *referrer) resolve(k int) int {
	switch r.lower(k) {
	case "he", "him", "his", "himself":
		return r.pronoun(k, r.person(k, he))
	case "she", "her", "hers", "herself":
		return r.pronoun(k, r.person(k, she))
	case "they", "their", "them":
		return r.pronoun(k, r.several(k))
	case "it", "its":
		return r.pronoun(k, r.thing(k))
	case "both", "these", "those":
		return r.pair(k)
	case "the", "this", "that":
		if r.lower(k+1) == "two" {
			return r.pair(k)
		}
		return r.description(k)
	}
	return k + 1
}

// An answer is somebody with the score of being meant; nobody is -1.
type answer struct {
	who     int
	score   float64
	calling string // of somebody nameless
}

var nobody = answer{who: -1}

func (r *referrer) add(first, last int, a answer, form Form, method string) {
	span := text.Range{First: first, Last: last}
	m := mark{Range: span, owner: -1, Mention: Mention{
		Span: r.text.SpanOf(span), Actor: a.who, Form: form, Score: a.score, Method: method,
		Modifier: form == Pronoun && r.owns(first) || form == Nominal && r.lower(last) == "'s",
	}}
	m.one, m.office = a.calling != "", a.calling
	r.found = append(r.found, m)
	r.note(&m)
}
