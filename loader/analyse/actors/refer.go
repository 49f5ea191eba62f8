package actors

import (
	"slices"
	"strings"

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
	sentence int
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
	r := referrer{scene: s, met: make(map[int]bool)}
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

// definite reports whether a description speaks of somebody known: "the Iranian official", "Iran’s envoy".
func (r *referrer) definite(m text.Range) bool {
	switch r.lower(m.First - 1) {
	case "the", "this", "that":
		return true
	}
	for i := m.First; i < m.Last; i++ {
		if r.lower(i) == "'s" {
			return true
		}
	}
	return false
}

// bodyMeant resolves "the Ministry of Defence": the one last mentioned, or else one of nobody known.
func (r *referrer) bodyMeant(m *mark) {
	if a := r.lastBody(m.body); a.who >= 0 {
		m.Actor, m.Score = a.who, a.score
		return
	}
	m.Actor = r.unknown(r.text.Slice(m.Span), graph.Organisation)
}

// oldest returns the index of the oldest mention that anything may refer to.
func (r *referrer) oldest() int { return max(0, len(r.recent)-reach) }

func (r *referrer) note(m *mark) {
	if !r.met[m.Actor] && r.people[m.Actor].Kind == graph.Person {
		r.met[m.Actor] = true
		r.persons = append(r.persons, m.Actor)
	}
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

// officeHolder resolves "the Taliban’s foreign minister": whoever the text says holds the office, or else the office.
func (r *referrer) officeHolder(m *mark) {
	for i := len(r.persons) - 1; i >= 0 && i >= len(r.persons)-reach; i-- {
		if who := r.persons[i]; r.belongs(who, m.owner) && r.holds(who, m.office) {
			m.Actor, m.Method, m.Score = who, "office", 0.8
			return
		}
	}
	name := r.adjective(m.owner) + " " + m.office
	m.Actor = r.unknown(name, graph.Person)
	r.people[m.Actor].owner = m.owner
	r.people[m.Actor].roles = union(r.people[m.Actor].roles, []string{m.office})
}

// belongs reports whether a figure is an owner's, directly or through the bodies between.
func (s *scene) belongs(who, owner int) bool {
	for steps := 0; who >= 0 && steps < 8; steps++ {
		if who == owner {
			return true
		}
		who = s.people[who].owner
	}
	return false
}

// holds reports whether a person has a role by the text, or by the gazetteer.
func (s *scene) holds(who int, role string) bool {
	f := s.people[who]
	if slices.Contains(f.roles, role) {
		return true
	}
	if f.entry < 0 {
		return false
	}
	return slices.ContainsFunc(s.lexicon.entries[f.entry].offices, func(o string) bool { return s.roleName(o) == role })
}

// roleName returns the name of the role that an office in the gazetteer is a form of.
func (s *scene) roleName(office string) string {
	lower := strings.ToLower(office)
	for _, r := range roles {
		if r.name == lower || slices.Contains(strings.Split(r.also, ";"), lower) {
			return r.name
		}
	}
	return lower
}

// readRoles gives persons the roles that follow their names: "Sara Novak, a professor at …".
func (s *scene) readRoles() {
	for i := range s.marks {
		m := &s.marks[i]
		if m.Actor < 0 || s.people[m.Actor].Kind != graph.Person || s.lower(m.Last) != "," {
			continue
		}
		for k := m.Last + 1; k < len(s.words) && k < m.Last+8 && s.text.Tokens[k].Class != text.Punct; k++ {
			if end, role := s.longest(s.lexicon.roles, k, len(s.words)); end > k {
				f := &s.people[m.Actor]
				f.roles = union(f.roles, []string{roles[role].name})
				if roles[role].gender != unknownGender && f.entry < 0 {
					f.gender, f.weak = roles[role].gender, false
				}
				break
			}
		}
	}
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
	case "the", "this", "that":
		return r.description(k)
	}
	return k + 1
}

// An answer is somebody with the score of being meant; nobody is -1.
type answer struct {
	who   int
	score float64
}

var nobody = answer{-1, 0}

func (r *referrer) pronoun(k int, a answer) int {
	if a.who >= 0 && a.score >= leastScore {
		r.add(k, k+1, a, Pronoun, "pronoun")
	}
	return k + 1
}

func (r *referrer) add(first, last int, a answer, form Form, method string) {
	span := text.Range{First: first, Last: last}
	m := mark{Range: span, owner: -1, Mention: Mention{
		Span: r.text.SpanOf(span), Actor: a.who, Form: form, Score: a.score, Method: method,
		Modifier: form == Pronoun && r.owns(first),
	}}
	r.found = append(r.found, m)
	r.note(&m)
}

// owns reports whether a pronoun says whose something is.
func (r *referrer) owns(k int) bool {
	switch r.lower(k) {
	case "his", "its", "their":
		return true
	case "her":
		return k+1 < r.tokens.Last && r.text.Tokens[k+1].Class == text.Word &&
			!r.is(k+1, saying|acting|determiner|locative|relating|clause)
	}
	return false
}

// person returns the person whom "he" or "she" means: the subject of the nearest sentence that has a person of that
// gender, or its only one. What a quotation says is not looked at from outside, nor the other way round.
func (r *referrer) person(k int, g gender) answer {
	if r.strangerSpeaks(k) {
		return nobody
	}
	quote := r.text.QuoteAt(r.text.Tokens[k].Start)
	best, others, sentence := nobody, 0, -1
	for i := len(r.recent) - 1; i >= r.oldest(); i-- {
		c := r.recent[i]
		if r.sentence-c.sentence > 4 || sentence >= 0 && c.sentence != sentence {
			break
		}
		f := &r.people[c.who]
		if f.Kind != graph.Person && c.calling == "" || f.gender != unknownGender && f.gender != g && !f.weak || c.quote != quote {
			continue
		}
		if r.lower(k) == "him" && c.sentence == r.sentence && !r.clauseBetween(c.at, k) {
			continue // whoever does it does it to another
		}
		sentence = c.sentence
		score := 0.85 - 0.08*float64(r.sentence-c.sentence)
		switch f.gender {
		case g:
		case unknownGender:
			score -= 0.1
		default:
			score -= 0.25
		}
		if c.modifier {
			score -= 0.15
		}
		if c.subject {
			score += 0.1
		}
		if c.who != best.who && best.who >= 0 {
			others++
		}
		if score > best.score {
			best = answer{c.who, score}
		}
	}
	if best.who < 0 {
		return nobody
	}
	best.score -= 0.15 * float64(others)
	if best.score >= leastScore && r.people[best.who].Kind == graph.Person {
		r.people[best.who].gender, r.people[best.who].weak = g, false
	}
	return answer{best.who, min(best.score, 0.95)}
}

// strangerSpeaks reports whether a pronoun means somebody without a name who has just been introduced: "one shopkeeper
// said he".
func (r *referrer) strangerSpeaks(k int) bool {
	verb := k - 1
	if r.lower(verb) == "that" {
		verb--
	}
	if verb <= r.tokens.First || !r.is(verb, saying) || r.covers[verb-1] != 0 || r.words[verb-1].shape != small {
		return false
	}
	for i := verb - 2; i >= max(verb-5, r.tokens.First); i-- {
		switch r.lower(i) {
		case "a", "an", "one", "another":
			return true
		}
	}
	return false
}

// clauseBetween reports whether a new clause begins between two tokens.
func (r *referrer) clauseBetween(first, last int) bool {
	for i := max(first, last-reach); i < last; i++ {
		if r.is(i, clause) {
			return true
		}
	}
	return false
}

// several returns whom "they" means: the nearest subject that is many, in this sentence or the one before.
func (r *referrer) several(k int) answer {
	return r.nearest(k, func(f *figure) bool {
		return f.Kind == graph.SourceClass || f.Kind == graph.ArmedGroup
	})
}

// thing returns whom "it" means, where it is somebody: before a verb of saying, after one, or as "its".
func (r *referrer) thing(k int) answer {
	if r.lower(k) == "it" && !r.is(k+1, saying) && !(r.is(k-1, saying) && r.is(k+1, acting) && r.lower(k+1) != "is" && r.lower(k+1) != "was") {
		return nobody
	}
	return r.nearest(k, func(f *figure) bool {
		switch f.Kind {
		case graph.State, graph.Organisation, graph.ArmedGroup, graph.Outlet:
			return true
		}
		return false
	})
}

// nearest returns the last mentioned subject of this sentence or the one before that fits. Others that fit and are
// mentioned there make it less sure.
func (r *referrer) nearest(k int, fit func(*figure) bool) answer {
	quote := r.text.QuoteAt(r.text.Tokens[k].Start)
	best, rivals := nobody, 0
	for i := len(r.recent) - 1; i >= r.oldest() && r.sentence-r.recent[i].sentence <= 1; i-- {
		c := r.recent[i]
		if c.quote != quote || !fit(&r.people[c.who]) || c.who == best.who {
			continue
		}
		if best.who >= 0 && c.sentence != r.sentence {
			break
		}
		score := 0.6
		if c.subject {
			score += 0.2
		}
		if c.modifier {
			score -= 0.25
		}
		if c.sentence != r.sentence {
			score -= 0.1
		}
		if best.who >= 0 {
			rivals++
		}
		if score > best.score {
			best = answer{c.who, score}
		}
	}
	best.score -= 0.1 * float64(rivals)
	return best
}

// description resolves "the minister", "this academic", "the group", "the ministry".
func (r *referrer) description(k int) int {
	for i := k + 1; i < min(k+4, r.tokens.Last) && r.covers[i] == 0; i++ {
		if end, role := r.longest(r.lexicon.roles, i, r.tokens.Last); end > i && !roles[role].before {
			return r.describe(k, end, r.holder(roles[role].name, -1, r.lower(k) == "this"))
		}
		if end, b := r.longest(r.lexicon.bodies, i, r.tokens.Last); end > i {
			return r.describe(k, end, r.lastBody(bodies[b].name))
		}
		if r.lower(i) == "ministry" {
			return r.describe(k, i+1, r.lastBody("Ministry"))
		}
		if r.is(i, groupNoun) {
			if a := r.group(); a.who >= 0 {
				return r.describe(k, i+1, a)
			}
		}
		if r.is(i, bodyCue|outletCue) && r.words[i].shape == small {
			return r.describe(k, i+1, r.named(r.lower(i)))
		}
		if !beforeOffice[r.lower(i)] {
			break
		}
	}
	return k + 1
}

// describe marks a description without its article, if it is resolved and nothing follows that makes it another's.
func (r *referrer) describe(k, end int, a answer) int {
	if a.who < 0 || a.score < leastScore || r.lower(end) == "of" || r.covers[min(end, len(r.covers)-1)] != 0 && end < r.tokens.Last ||
		r.words[min(end, len(r.words)-1)].joins {
		return k + 1
	}
	first := k
	if r.lower(k) == "the" {
		first = k + 1
	}
	r.add(first, end, a, Nominal, "description")
	return end
}

// holder returns the person last mentioned who has a role, of an owner unless that is -1. "This academic" means the only person at hand even if the
// text never said what he is.
func (r *referrer) holder(role string, owner int, this bool) answer {
	only := nobody
	for i := len(r.recent) - 1; i >= r.oldest() && r.sentence-r.recent[i].sentence <= 8; i-- {
		c := r.recent[i]
		if owner >= 0 && !r.belongs(c.who, owner) {
			continue
		}
		if c.calling == role {
			return answer{c.who, 0.75}
		}
		if r.people[c.who].Kind != graph.Person {
			continue
		}
		if r.holds(c.who, role) || r.likeRole(c.who, role) {
			return answer{c.who, 0.8}
		}
		switch {
		case len(r.people[c.who].roles) > 0 && !titleOnly(r.people[c.who].roles):
		case only.who >= 0 && only.who != c.who:
			only.score = 0
		case only.who < 0:
			only = answer{c.who, 0.55}
		}
	}
	if !this {
		return nobody
	}
	return only
}

// titleOnly reports whether roles are but forms of address, which leave open what somebody is.
func titleOnly(said []string) bool {
	return !slices.ContainsFunc(said, func(name string) bool {
		return !slices.ContainsFunc(roles, func(r role) bool { return r.name == name && r.before })
	})
}

// likeRole reports whether a person has a role that ends like this one: a foreign minister is "the minister".
func (s *scene) likeRole(who int, role string) bool {
	return slices.ContainsFunc(s.people[who].roles, func(r string) bool {
		return strings.HasSuffix(r, " "+role) || strings.HasPrefix(r, "spokes") && strings.HasPrefix(role, "spokes") || learned[r] && learned[role]
	})
}

// lastBody returns the body last mentioned with that name, or whose name begins so.
func (r *referrer) lastBody(name string) answer {
	for i := len(r.recent) - 1; i >= r.oldest() && r.sentence-r.recent[i].sentence <= 8 && name != ""; i-- {
		if who := r.recent[i].who; strings.HasPrefix(r.people[who].body, name) {
			return answer{who, 0.75}
		}
	}
	return nobody
}

// named returns the body or outlet last mentioned whose name has a word: "the agency", "the newspaper".
func (r *referrer) named(word string) answer {
	for i := len(r.recent) - 1; i >= r.oldest() && r.sentence-r.recent[i].sentence <= 8; i-- {
		f := &r.people[r.recent[i].who]
		if f.Kind != graph.Organisation && f.Kind != graph.Outlet || r.recent[i].modifier {
			continue
		}
		if f.words == "" {
			f.words = " " + foldName(f.Name) + " "
		}
		if strings.Contains(f.words, " "+word+" ") || f.Kind == graph.Outlet && papers[word] {
			return answer{r.recent[i].who, 0.75}
		}
	}
	return nobody
}

// papers are nouns for any outlet.
var papers = wordSet("newspaper paper magazine weekly daily broadcaster station network agency", " ")

// group returns the armed group last mentioned, in this sentence or the two before, if it is the only one.
func (r *referrer) group() answer {
	a := nobody
	for i := len(r.recent) - 1; i >= r.oldest() && r.sentence-r.recent[i].sentence <= 2; i-- {
		who := r.recent[i].who
		if r.people[who].Kind != graph.ArmedGroup || who == a.who {
			continue
		}
		if a.who >= 0 {
			a.score -= 0.25
			continue
		}
		a = answer{who, 0.75}
	}
	return a
}
