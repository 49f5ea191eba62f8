package actors

import (
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A reader reads the names of one sentence from its units.
type reader struct {
	*scene
	sentence text.Sentence
	index    int
	units    []unit
	title    bool // written like a title: capitals say little
}

// readNames marks the names of a sentence, bodies and offices that are said by whose they are, and persons with titles.
func (s *scene) readNames(sentence int) {
	r := reader{scene: s, sentence: s.text.Sentences[sentence], index: sentence}
	r.units = s.units(r.sentence.Range)
	r.title = s.titled(r.sentence) || s.shouts(r.sentence.Range)
	for k := 0; k < len(r.units); {
		k = r.read(k)
	}
}

// titled reports whether most longer words of a sentence have a capital and no full stop ends it, or all have and one does.
func (s *scene) titled(sentence text.Sentence) bool {
	capitals, smalls := 0, 0
	for i := sentence.First; i < sentence.Last; i++ {
		if s.text.Tokens[i].Len() < 4 {
			continue
		}
		switch s.words[i].shape {
		case small:
			smalls++
		case capital, upper, mixed:
			capitals++
		}
	}
	if s.lower(sentence.Last-1) == "." {
		return capitals >= 5 && smalls == 0
	}
	return capitals >= 4 && smalls*3 <= capitals || sentence.Heading && capitals >= 2 && smalls <= capitals
}

// read reads what begins at unit k and returns the unit behind it.
func (r *reader) read(k int) int {
	u := r.units[k]
	switch u.what {
	case nameUnit:
		if next, ok := r.owned(k); ok {
			return next
		}
	case roleUnit:
		if next, ok := r.person(k, -1); ok {
			return next
		}
		if !r.partOfName(k) {
			return k + 1
		}
	case bodyUnit:
		if next, ok := r.bodyOf(k); ok {
			return next
		}
		if !r.partOfName(k) {
			return k + 1
		}
	}
	end := k + 1
	for end < min(len(r.units), k+longestName) && r.continues(end) {
		end++
	}
	return r.group(k, end)
}

// longestName is how many units a name has at most.
const longestName = 12

// continues reports whether unit k goes on with a name.
func (r *reader) continues(k int) bool {
	u := r.units[k]
	if u.gap != adjacent && u.gap != hyphen {
		return false
	}
	switch u.what {
	case roleUnit:
		return r.partOfName(k) || r.lastName(k)
	case bodyUnit:
		return r.capitalised(u.First) && r.capitalised(u.Last-1)
	case nameUnit:
		return u.gap == adjacent
	}
	return true
}

// partOfName reports whether a role or body is a word of a longer name: "Justice" in "Justice Department".
func (r *reader) partOfName(k int) bool {
	u := r.units[k]
	if !r.capitalised(u.First) {
		return false
	}
	if u.what == bodyUnit {
		return true
	}
	return k+1 < len(r.units) && r.units[k+1].gap == adjacent && r.capitalised(r.units[k+1].First) &&
		r.is(r.units[k+1].First, bodyCue|outletCue|armedCue)
}
