package relations

import "github.com/claimgraph/claimgraph/graph"

var (
	formerly = set("former ex late then-president one-time erstwhile ousted onetime")
	titles   = set(`lt. lt gen. gen maj. maj col. col adm. adm brig. brig dr. dr mr. mr mrs. mrs ms. ms ayatollah sheikh shaikh mullah
		mawlawi maulvi haji hajji sayyed sayyid general lieutenant major colonel admiral brigadier sir imam grand`)
	members = set("including include includes like namely")
	owning  = set("of for to in at from")
)

// hyphen reads "A-backed T"; i is the word behind the hyphen.
func (s *sentence) hyphen(i int, e entry) (finding, bool) {
	if s.at(i-1) != "-" && s.at(i-1) != "–" || !s.actor(i-2) || !s.units[i].attached {
		return finding{}, false
	}
	other := s.phrase(i+1, 3)
	f := finding{agents: s.units[i-2].actors, targets: other.actors, mode: graph.Actual, confidence: surely - perWord*float64(other.loose)}
	if e.frame == hyphenTarget {
		f.agents, f.targets = f.targets, f.agents
	}
	return f, len(other.actors) > 0
}

// role reads a noun that says what its bearer is to somebody: "T's leader A", "A, leader of T", "A is the leader of T".
func (s *sentence) role(i, end int, e entry) (finding, bool) {
	f := finding{mode: graph.Actual, confidence: surely}
	whose, behind := s.owner(i)
	first, last := i, end
	if behind {
		first = whose.end
	} else if owning[s.at(end)] {
		whose = s.object(end + 1)
		last = whose.end
	} else if s.at(end) == "," && s.at(i-1) == "," {
		whose = s.phrase(end+1, 0) // "A, commander, T"
		last = whose.end
	}
	if len(whose.actors) == 0 || s.former(first, i) {
		return f, false
	}
	f.targets = whose.actors
	f.agents, f.mode = s.bearer(first, last)
	f.confidence -= perWord * float64(whose.loose)
	if len(f.agents) == 0 || e.person != s.person(f.agents) && e.person || e.person && s.person(f.targets) {
		return f, false
	}
	return f, true
}

// former reports whether the words from first to i say that the role has ended.
func (s *sentence) former(first, i int) bool {
	for k := max(first, i-4); k < i; k++ {
		if formerly[s.at(k)] {
			return true
		}
	}
	return i > 0 && (formerly[s.at(i-1)] || s.at(i-1) == "-" && formerly[s.at(i-2)])
}

// bearer returns who has the role that the words from first to last describe.
func (s *sentence) bearer(first, last int) ([]int, graph.Mode) {
	if a := s.following(last); a != nil {
		return a, graph.Actual
	}
	k := first - 1
	for determiners[s.at(k)] || s.at(k) == "as" || adverb(s.at(k)) || s.at(k) == "currently" {
		k--
	}
	for n := 0; n < 3 && s.at(k) != "" && !punctuation(s.at(k)) && !s.predicate(k) && !prepositions[s.at(k)] && !clauses[s.at(k)]; n++ {
		k-- // "a senior commander of T"
	}
	switch w := s.at(k); {
	case w == ",":
		if s.actor(k-1) && !s.units[k-1].modifier {
			return s.units[k-1].actors, graph.Actual
		}
	case being[w] || w == "became" || w == "remains" || w == "remain":
		r := s.subject(k + 1)
		if w == "became" || w == "remains" || w == "remain" {
			r = s.subject(k)
		}
		return r.actors, r.mode
	}
	return nil, graph.Actual
}

// following returns who is named right behind the description: "leader A", "leader of T, A,", "proxies, including A and B".
func (s *sentence) following(last int) []int {
	k, comma := last, false
	if s.at(k) == "," || s.at(k) == "—" || s.at(k) == "–" || s.at(k) == "-" {
		k, comma = k+1, true
	}
	listed := members[s.at(k)]
	if s.at(k) == "such" && s.at(k+1) == "as" {
		listed, k = true, k+1
	}
	if listed {
		return s.object(k + 1).actors
	}
	for titles[s.at(k)] {
		k++
	}
	if !s.actor(k) || s.units[k].modifier {
		return nil
	}
	if comma && s.at(k+1) != "," && s.at(k+1) != "." && s.at(k+1) != ";" && k+1 < len(s.units) {
		return nil // a comma opens an apposition only if one closes it
	}
	return s.units[k].actors
}
