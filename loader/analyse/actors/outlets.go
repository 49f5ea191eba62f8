package actors

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// readOutlets finds out which unknown names are outlets' by what the text says of them anywhere: those that look like a
// place's or a body's, but publish ("The Strait Lantern has reported") or are called a paper.
func (s *scene) readOutlets() {
	placed := make(map[int]bool)
	for _, m := range s.marks {
		placed[m.Actor] = placed[m.Actor] || s.is(m.First-1, locative)
	}
	for _, m := range s.marks {
		if m.Actor < 0 || m.Last-m.First < 2 || s.people[m.Actor].entry >= 0 || s.people[m.Actor].owner >= 0 {
			continue
		}
		f := &s.people[m.Actor]
		switch {
		case f.Kind == graph.Place && !placed[m.Actor] && !s.is(m.Last-1, placeCue) && (s.publishes(m.Last) || s.isPaper(m.Range)),
			f.Kind == graph.Organisation && s.isPaper(m.Range):
			f.Kind = graph.Outlet
		}
	}
}

// publishing are verbs for what outlets do with words.
var publishing = wordSet("reported reports published publishes wrote writes revealed", " ")

// presses are nouns for nothing but outlets.
var presses = wordSet("newspaper magazine weekly daily tabloid broadcaster website", " ")

// newsrooms are what "news" makes an outlet of: "Saba news agency".
var newsrooms = wordSet("agency network website site channel outlet portal", " ")

// publishes reports whether the words at a token say that somebody publishes something.
func (s *scene) publishes(at int) bool {
	for auxiliaries[s.lower(at)] || s.lower(at) == "first" {
		at++
	}
	return publishing[s.lower(at)]
}

// isPaper reports whether a name is called a paper beside it: "the newspaper Dune Post", "The Lantern, a website that …".
func (s *scene) isPaper(name text.Range) bool {
	const longest = 4 // words of "a small Gulf news website"
	at := name.Last
	if presses[s.lower(name.First-1)] || presses[s.lower(at)] || s.lower(at) == "news" && newsrooms[s.lower(at+1)] {
		return true
	}
	at++
	if s.lower(name.Last) != "," || s.lower(at) != "a" && s.lower(at) != "an" {
		return false
	}
	for at++; at < name.Last+2+longest && s.lower(at) != "," && s.lower(at) != "."; at++ {
		if presses[s.lower(at)] {
			return true
		}
	}
	return false
}
