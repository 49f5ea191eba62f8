package actors

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A unit is a stretch of tokens that names are made of.
type unit struct {
	text.Range
	what unitKind
	of   int  // an ending, a role, or a body, by what
	gap  join // how it stands to the unit before it
}

type unitKind uint8

const (
	wordUnit unitKind = iota // a capitalised word, or a particle between two
	nameUnit                 // a name of the gazetteer
	roleUnit                 // "Foreign Minister"
	bodyUnit                 // "Ministry of Foreign Affairs", "military"
)

// A join says what stands between two units.
type join uint8

const (
	apart      join = iota // other words
	adjacent               // nothing
	hyphen                 // "Taliban-Iranian"
	possessive             // "Iran’s"
)

// units divides a sentence. Names of the gazetteer come first, then the longer of role and body, then capitals.
func (s *scene) units(sentence text.Range) []unit {
	var units []unit
	shouting := s.shouts(sentence)
	end := sentence.First // of the unit before
	for i := sentence.First; i < sentence.Last; {
		u, ok := s.unitAt(i, sentence, shouting)
		if !ok {
			i++
			continue
		}
		if len(units) > 0 {
			u.gap = s.joinOf(end, i)
		}
		units = append(units, u)
		i, end = u.Last, u.Last
	}
	return units
}

// shouts reports whether a sentence is written in capitals, so that they say nothing.
func (s *scene) shouts(sentence text.Range) bool {
	capitals, smalls := 0, 0
	for i := sentence.First; i < sentence.Last; i++ {
		switch s.words[i].shape {
		case upper:
			capitals++
		case small, capital:
			smalls++
		}
	}
	return capitals > 3 && capitals > 4*smalls
}

// joinOf says how a unit that begins at token i stands to one that ends before token end.
func (s *scene) joinOf(end, i int) join {
	switch {
	case end == i:
		return adjacent
	case i == end+1 && s.words[end].joins:
		return hyphen
	case i == end+1 && (s.lower(end) == "'s" || s.lower(end) == "'" || s.lower(end) == "’"):
		return possessive
	}
	return apart
}

func (s *scene) unitAt(i int, sentence text.Range, shouting bool) (unit, bool) {
	w := s.words[i]
	if w.shape == other && w.number == 0 && s.text.Tokens[i].Class != text.Number {
		return unit{}, false
	}
	if w.number != 0 && !s.nisba(i) {
		if u, ok := s.nameAt(i, sentence, shouting); ok && !s.cutShort(u, sentence) {
			return u, true
		}
		roleEnd, roleAt := s.longest(s.lexicon.roles, i, sentence.Last)
		bodyEnd, bodyAt := s.longest(s.lexicon.bodies, i, sentence.Last)
		switch {
		case bodyEnd > roleEnd:
			return unit{text.Range{First: i, Last: bodyEnd}, bodyUnit, int(bodyAt), apart}, true
		case roleEnd > i:
			return unit{text.Range{First: i, Last: roleEnd}, roleUnit, int(roleAt), apart}, true
		}
	}
	if !s.capitalised(i) && !s.particle(i, sentence.Last) && !s.ordinal(i, sentence.Last) {
		return unit{}, false
	}
	return unit{text.Range{First: i, Last: i + 1}, wordUnit, 0, apart}, true
}

// cutShort reports whether a name with its article is only the beginning of another: "The National" in "The National
// Development Corporation".
func (s *scene) cutShort(u unit, sentence text.Range) bool {
	return u.Last-u.First == 2 && s.lower(u.First) == "the" && u.Last < sentence.Last && s.capitalised(u.Last)
}

// nisba reports whether a token is a byname from a place: "Kuwaiti" in "al-Kuwaiti".
func (s *scene) nisba(i int) bool {
	return i > 1 && s.words[i-1].joins && s.is(i-2, particle)
}

// capitalised reports whether a token is written like a part of a name.
func (s *scene) capitalised(i int) bool {
	w := s.words[i]
	switch w.shape {
	case capital, mixed, upper:
		return w.is&calendar == 0 && s.text.Tokens[i].Class == text.Word
	case initial:
		return s.text.Tokens[i].Lower != "i" && s.text.Tokens[i].Lower != "a"
	}
	return false
}

// particle reports whether a small word belongs to the name that goes on behind it: "bin" in "Osama bin Laden".
func (s *scene) particle(i, end int) bool {
	if !s.is(i, particle) || s.words[i].shape != small {
		return false
	}
	next := i + 1
	if next < end && s.words[next].joins {
		next++
	} else if i == 0 || !s.capitalised(i-1) {
		return false
	}
	return next < end && (s.capitalised(next) || next > i+1 && s.is(next, particle))
}

// ordinal reports whether a token counts what follows within a name: "3rd Battalion".
func (s *scene) ordinal(i, end int) bool {
	if s.text.Tokens[i].Class != text.Number || i+1 >= end || s.text.Tokens[i].End+1 != s.text.Tokens[i+1].Start || !s.capitalised(i+1) {
		return false
	}
	switch form := s.text.Tokens[i].Lower; form[max(len(form)-2, 0):] {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// longest returns where the longest phrase from token i ends, and its first value; i if there is none.
func (s *scene) longest(t *trie, i, end int) (last int, value int32) {
	last = i
	s.walk(t, i, end, func(at int, values []int32) {
		last, value = at, values[0]
	})
	return last, value
}

// walk calls found for every phrase that begins at token i, the shorter first, with the token behind it.
func (s *scene) walk(t *trie, i, end int, found func(last int, values []int32)) {
	node := int32(0)
	for k := i; k < end; k++ {
		if s.words[k].joins && k > i {
			continue
		}
		if s.words[k].number == 0 {
			return
		}
		next, ok := t.step(node, s.words[k].number)
		if !ok {
			return
		}
		node = next
		if values := t.ends[node]; len(values) > 0 {
			found(k+1, values)
		}
	}
}

// nameAt returns the longest name of the gazetteer at token i whose capitals are right.
func (s *scene) nameAt(i int, sentence text.Range, shouting bool) (unit, bool) {
	best := unit{what: nameUnit, of: -1}
	s.walk(s.lexicon.names, i, sentence.Last, func(last int, values []int32) {
		for _, v := range values {
			e := s.lexicon.endings[v]
			if !s.fits(e, i, last, shouting) || last == best.Last && !s.lexicon.before(e, s.lexicon.endings[best.of]) {
				continue
			}
			best.Range, best.of = text.Range{First: i, Last: last}, int(v)
		}
	})
	if best.of < 0 || s.opensWith(best, sentence) {
		return unit{}, false
	}
	return best, true
}

// before reports whether one reading of a form is likelier than another: a name before an adjective, a place last of
// all, the gazetteer's line before the country list's.
func (l *lexicon) before(e, o ending) bool {
	if place := l.entries[e.entry].kind == graph.Place; place != (l.entries[o.entry].kind == graph.Place) {
		return !place
	}
	if e.as != o.as {
		return e.as < o.as
	}
	return e.entry > o.entry
}

// opensWith reports whether a name of one word is more likely a common word at the start of its sentence: "Dawn".
func (s *scene) opensWith(u unit, sentence text.Range) bool {
	return u.Last == u.First+1 && s.is(u.First, common) && s.words[u.First].shape == capital && s.opens(u.First, sentence)
}

// opens reports whether a token's capital may be owed to its place: first in the sentence, a quotation or after a colon.
func (s *scene) opens(i int, sentence text.Range) bool {
	if i == sentence.First || i == 0 {
		return i == sentence.First
	}
	before := s.text.Tokens[i-1]
	return before.Class == text.Punct && !s.words[i-1].joins && before.Lower != "," && before.Lower != "(" && before.Lower != ")"
}

// fits reports whether tokens [first, last) are written as an ending wants them.
func (s *scene) fits(e ending, first, last int, shouting bool) bool {
	k := 0
	for i := first; i < last; i++ {
		if s.words[i].joins {
			continue
		}
		w := e.words[k]
		k++
		if shouting && w.shape == upper && s.is(i, common) {
			return false
		}
		if !w.fits(s.text.Slice(s.text.Tokens[i].Span), s.words[i].shape) {
			return false
		}
	}
	return true
}
