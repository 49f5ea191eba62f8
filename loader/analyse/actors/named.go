package actors

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Named is what a model takes for a name.
type Named struct {
	text.Span
	Kind   graph.ActorKind // Person, Organisation or Place; "" if it is none of these
	Likely float64         // 0 to 1
}

// How sure a model must be of a name to be believed where nothing else tells, and against what words and neighbours tell.
const (
	likelyName = 0.5
	surelyName = 0.85
)

// hint makes known what a model found: names and sources. Names count where the gazetteer knows nothing: they tell which
// of the kinds an unknown name is, and which capitals are names at all where capitals say little. One name has one kind in
// a text, the one that the model is surest of over all places.
func (s *scene) hint(names []Named, speakers []text.Span) {
	s.named = make(map[int]Named, len(names))
	type sum struct {
		likely float64
		places int
	}
	sums := make(map[string]map[graph.ActorKind]sum)
	for _, n := range names {
		r := s.text.RangeOf(n.Span)
		if r.Empty() || s.text.SpanOf(r) != n.Span {
			continue
		}
		s.named[r.First] = n
		key := foldName(s.text.Slice(n.Span))
		if sums[key] == nil {
			sums[key] = make(map[graph.ActorKind]sum)
		}
		k := sums[key][n.Kind]
		sums[key][n.Kind] = sum{k.likely + n.Likely, k.places + 1}
	}
	for first, n := range s.named {
		all := sums[foldName(s.text.Slice(n.Span))]
		for _, kind := range []graph.ActorKind{graph.Person, graph.Organisation, graph.Place, ""} {
			if all[kind].likely > all[n.Kind].likely {
				n.Kind = kind
			}
		}
		n.Likely = all[n.Kind].likely / float64(all[n.Kind].places)
		s.named[first] = n
	}
	s.speaking = make(map[int]bool, len(speakers))
	for _, span := range speakers {
		for r := s.text.RangeOf(span); r.First < r.Last; r.First++ {
			s.speaking[r.First] = true
		}
	}
}

// hinted returns the kind of a name that a model found at just these tokens with some certainty, "" if it found none.
func (s *scene) hinted(first, last int, sure float64) graph.ActorKind {
	n, ok := s.named[first]
	if !ok || n.Likely < sure || s.text.RangeOf(n.Span).Last != last {
		return ""
	}
	if n.Kind == graph.Person && (s.is(first-1, locative) || s.lower(first-1) == "to" && n.Likely < surelyName) {
		return graph.Place // "in Daraya"
	}
	return n.Kind
}

// readHinted marks the names that a model found where nobody else found any: those of several words, or the others.
func (s *scene) readHinted(several bool) {
	s.cover()
	for first, last := 0, 0; first < len(s.words); first = max(first+1, last) {
		n, ok := s.named[first]
		if !ok {
			continue
		}
		r := s.text.RangeOf(n.Span)
		last = r.Last
		if several != (r.Last-r.First > 1) || s.anyCovered(r) || s.cited(r.First) || !s.capitalised(r.First) {
			continue
		}
		if kind := s.hinted(r.First, r.Last, likelyName); kind != "" && s.mayBeName(r) {
			s.mark(r.First, r.Last, s.byName(r, kind), Mention{Score: 0.8 * n.Likely, Method: "model"})
		}
	}
	s.cover()
}

// mayBeName reports whether what a model takes for a name may be an actor's: not "Cessation of Hostilities", nor a
// region or a calling that stands alone.
func (s *scene) mayBeName(r text.Range) bool {
	if s.armed(r.Last) || s.inRole(r) {
		return false
	}
	if r.Last-r.First == 1 {
		return !s.is(r.First, bodyCue|classModifier|calendar|notName) || s.lower(r.First-1) == "the" && s.named[r.First].Likely >= surelyName
	}
	return !s.isThing(r) && !s.isAbout(r) && (s.is(r.Last, saying|acting) || !s.mostlyCommon(r.First, r.Last))
}

// inRole reports whether a name is a part of what somebody is: "Foreign Affairs" in "Minister of Foreign Affairs".
func (s *scene) inRole(r text.Range) bool {
	for first := max(0, r.First-3); first < r.First; first++ {
		if end, _ := s.longest(s.lexicon.roles, first, r.Last); end == r.Last {
			return true
		}
	}
	return false
}

// anyCovered reports whether a mark holds one of the tokens.
func (s *scene) anyCovered(r text.Range) bool {
	for i := r.First; i < r.Last; i++ {
		if s.covers[i] != 0 {
			return true
		}
	}
	return false
}

// byName returns whom a name means that the gazetteer lacks.
func (s *scene) byName(r text.Range, kind graph.ActorKind) int {
	name := s.surface(r.First, r.Last)
	if who, ok := s.local[foldName(name)]; ok {
		return who
	}
	if kind == graph.Person && r.Last-r.First > 1 {
		return s.newPerson(r.First, r.Last)
	}
	return s.unknown(name, kind)
}
