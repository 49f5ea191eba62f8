package actors

import (
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

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
				s.serves(m.Actor, end)
				break
			}
		}
	}
}

// serves notes whom a person serves by what follows the role: "a spokesman for Hamas", "commander of the border guard".
func (s *scene) serves(who, at int) {
	if s.lower(at) != "of" && s.lower(at) != "for" {
		return
	}
	if at++; s.lower(at) == "the" {
		at++
	}
	m := s.at(at)
	if m == nil || m.First != at || m.Actor < 0 || m.Actor == who || s.people[who].owner >= 0 || !s.mayOwn(m.Actor) || s.belongs(m.Actor, who) {
		return
	}
	if s.people[m.Actor].Kind != graph.Place && s.people[m.Actor].Kind != graph.SourceClass {
		s.people[who].owner = m.Actor
	}
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
			return answer{c.who, 0.75, role}
		}
		if r.people[c.who].Kind != graph.Person {
			continue
		}
		if r.holds(c.who, role) || r.likeRole(c.who, role) {
			return answer{who: c.who, score: 0.8}
		}
		switch {
		case len(r.people[c.who].roles) > 0 && !titleOnly(r.people[c.who].roles):
		case only.who >= 0 && only.who != c.who:
			only.score = 0
		case only.who < 0:
			only = answer{who: c.who, score: 0.55}
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
			return answer{who: who, score: 0.75}
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
			return answer{who: r.recent[i].who, score: 0.75}
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
		a = answer{who: who, score: 0.75}
	}
	return a
}
