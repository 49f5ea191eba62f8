package actors

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A class is a phrase for nameless sources while it is read from its noun leftwards.
type class struct {
	text.Range
	head   string   // the noun, in the plural
	kinds  []string // what says which sources: "diplomatic", "Western"
	owners []owning // whose they are, the nearest first
	one    bool     // one person: "a diplomat"
	apart  bool     // "Western and international governments": kinds and owners say two classes, not one
}

// An owning is a state or body named within a phrase, at a mark.
type owning struct {
	who   int
	first int
}

// readClasses marks the nameless sources of a sentence: "senior Iranian officials", "diplomatic sources", "analysts".
func (s *scene) readClasses(sentence int) {
	r := s.text.Sentences[sentence].Range
	for k := r.First; k < r.Last; k++ {
		head, ok := s.classHead(k, r)
		if !ok {
			continue
		}
		c := s.class(k, head, r)
		c.one = s.is(k, classHeadOne)
		if s.says(c, k, r) {
			s.markClass(c, r)
		}
	}
}

// classHead returns the plural of the noun at a token if it may mean nameless sources.
func (s *scene) classHead(k int, sentence text.Range) (string, bool) {
	w := s.words[k]
	if w.is&(classHead|classHeadOne|groupHead) == 0 || s.covers[k] != 0 && s.at(k).Method != "office" || w.shape == upper {
		return "", false
	}
	if w.shape == capital && !s.opens(k, sentence) {
		return "", false
	}
	lower := s.lower(k)
	if w.is&classHeadOne != 0 {
		if k+1 < sentence.Last && s.words[k+1].shape == capital || s.apposed(k, sentence) { // said of somebody named
			return "", false
		}
		return plural(lower), true
	}
	return lower, true
}

// apposed reports whether a noun stands in the apposition to a person's name: "Sara Novak, an analyst".
func (s *scene) apposed(k int, sentence text.Range) bool {
	for i := k - 1; i > sentence.First && k-i < 6; i-- {
		if s.lower(i) == "," {
			m := s.at(i - 1)
			return m != nil && m.Last == i && m.Actor >= 0 && s.people[m.Actor].Kind == graph.Person
		}
	}
	return false
}

func plural(noun string) string {
	switch {
	case strings.HasSuffix(noun, "man"):
		return strings.TrimSuffix(noun, "man") + "men"
	case strings.HasSuffix(noun, "person"):
		return strings.TrimSuffix(noun, "person") + "people"
	case strings.HasSuffix(noun, "ss"):
		return noun + "es"
	}
	return noun + "s"
}

// longestClass is how many tokens before its noun a phrase is read.
const longestClass = 16

// class reads a phrase from its noun to the left.
func (s *scene) class(k int, head string, sentence text.Range) class {
	c := class{Range: text.Range{First: k, Last: k + 1}, head: head}
	for i := k - 1; i >= max(sentence.First, k-longestClass); i-- {
		switch m := s.at(i); {
		case m != nil && m.Actor >= 0 && s.mayOwn(m.Actor):
			c.owners = append(c.owners, owning{m.Actor, m.First})
			c.First, i = m.First, m.First
			if !s.joinsOwner(i-1, sentence) {
				return c
			}
		case m != nil:
			return c
		case s.words[i].joins || s.lower(i) == "'s":
		case s.is(i, classModifier) && s.words[i].shape != upper:
			c.kinds = append([]string{s.kindWord(i)}, c.kinds...)
			c.First = i
		case s.is(i, vagueModifier) && !s.is(i, determiner):
			c.First = i
		case (s.lower(i) == "and" || s.lower(i) == "or" || s.lower(i) == ",") && s.mayJoin(i, sentence, c):
			switch {
			case len(c.owners) > 0 || len(c.kinds) == 0 || regional(c.kinds[0]):
			case s.at(i-1) != nil || regional(s.lower(i-1)):
				c.apart = true
			default:
				c.kinds = append([]string{"and"}, c.kinds...)
			}
		default:
			return c
		}
	}
	return c
}

// mayOwn reports whether officials and agencies can be a figure's.
func (s *scene) mayOwn(who int) bool {
	switch s.people[who].Kind {
	case graph.State, graph.ArmedGroup, graph.Organisation, graph.Outlet:
		return true
	case graph.SourceClass:
		return s.people[who].entry >= 0
	case graph.Place:
		return true
	}
	return false
}

// joinsOwner reports whether what stands before an owner joins another one to it: "US and Israeli officials".
func (s *scene) joinsOwner(i int, sentence text.Range) bool {
	if i <= sentence.First {
		return false
	}
	if s.lower(i) != "and" && s.lower(i) != "or" && s.lower(i) != "," && s.lower(i) != "/" && !s.words[i].joins {
		return s.is(i, classModifier|vagueModifier) && !s.is(i, determiner)
	}
	return s.isOwner(i-1) || s.is(i-1, classModifier) && regional(s.kindWord(i-1))
}

func (s *scene) isOwner(i int) bool {
	m := s.at(i)
	return m != nil && m.Actor >= 0 && m.Last == i+1 && s.mayOwn(m.Actor) && s.people[m.Actor].Kind != graph.Place
}

// mayJoin reports whether "and" at a token joins modifiers of one noun.
func (s *scene) mayJoin(i int, sentence text.Range, c class) bool {
	if i-1 < sentence.First || len(c.kinds)+len(c.owners) == 0 {
		return false
	}
	if m := s.at(i - 1); m != nil {
		return s.isOwner(i-1) && (m.Modifier || s.lower(i-1) == fold(s.adjectiveOf(m.Actor))) && (len(c.owners) > 0 || regional(c.kinds[0]))
	}
	return s.is(i-1, classModifier) && s.words[i-1].shape != other
}

func (s *scene) adjectiveOf(who int) string { return strings.ToLower(s.adjective(who)) }

// kindWord returns a modifier as it is to stand in a name: regions keep their capital.
func (s *scene) kindWord(i int) string {
	if s.words[i].shape == capital && regional(s.lower(i)) {
		return s.text.Slice(s.text.Tokens[i].Span)
	}
	return s.lower(i)
}

// regions are modifiers that say whose sources they are, as a state's adjective does.
var regions = wordSet("western eastern european african asian gulf arab latin american allied regional", " ")

func regional(kind string) bool { return regions[strings.ToLower(kind)] }

// says reports whether a phrase means sources at all: nouns like "groups" need a modifier, nouns like "leaders" one or
// a verb of saying.
func (s *scene) says(c class, k int, sentence text.Range) bool {
	if s.is(k, classHead) {
		if len(c.kinds)+len(c.owners) > 0 {
			return true
		}
		return s.speaks(c, k, sentence)
	}
	if s.is(k, groupHead) {
		return len(c.kinds) > 0 || len(c.owners) > 0 && sourceBodies[s.lower(k)]
	}
	article := s.lower(c.First - 1)
	if len(c.owners) > 0 {
		return true
	}
	if article == "the" || article == "this" || article == "that" || len(c.kinds) == 0 && c.Len() == 1 && article != "a" && article != "an" {
		return false
	}
	return article == "a" || article == "an" || s.is(c.First, vagueModifier)
}

// sourceBodies are group nouns that whoever owns them speaks through.
var sourceBodies = wordSet("agencies media outlets rulers allies circles authorities representatives institutions channels partners", " ")

// Len returns the number of tokens.
func (c class) Len() int { return c.Last - c.First }

// speaks reports whether a verb of saying stands behind a noun, or words that name a source before it.
func (s *scene) speaks(c class, k int, sentence text.Range) bool {
	if s.speaking[k] && (!s.speaking[k+1] || s.is(k+1, stopping) || s.lower(k+1) == "and" || s.lower(k+1) == ",") {
		return true // not "farmers" in "the farmers’ league"
	}
	for i := k + 1; i < sentence.Last && i < k+4; i++ {
		if s.is(i, saying) || i == k+1 && s.is(i, acting) {
			return true
		}
	}
	before := s.lower(c.First - 1)
	return before == "to" && s.lower(c.First-2) == "according" || c.First > sentence.First && s.is(c.First-1, saying) || before == "by"
}

// markClass marks a phrase, once for each owner or region that it joins.
func (s *scene) markClass(c class, sentence text.Range) {
	span := text.Range{First: c.First, Last: c.Last}
	var places, kinds []string
	for _, k := range c.kinds {
		if regional(k) {
			places = append(places, k)
			continue
		}
		kinds = append(kinds, k)
	}
	for len(kinds) > 0 && kinds[0] == "and" {
		kinds = kinds[1:]
	}
	if c.apart {
		s.markSources(c, span, "", kinds, -1)
		kinds = nil
	}
	for _, o := range c.owners {
		if m := s.markAt(o.first); m != nil {
			m.Modifier = true
		}
	}
	if len(c.owners) == 0 && len(places) == 0 {
		owner := s.sharedOwner(c, sentence)
		if owner < 0 {
			s.markSources(c, span, "", kinds, -1)
			return
		}
		c.owners = []owning{{owner, c.First}}
	}
	for _, o := range c.owners {
		s.markSources(c, text.Range{First: min(o.first, c.Last-1), Last: c.Last}, s.adjective(o.who), kinds, o.who)
	}
	for _, p := range places {
		s.markSources(c, span, p, kinds, -1)
	}
}

// markAt returns the longest mark that begins at a token.
func (s *scene) markAt(i int) *mark {
	if m := s.at(i); m != nil && m.First == i {
		return m
	}
	return nil
}

// sharedOwner returns whose sources a phrase without owner means when it is joined to somebody's: "the Iranian foreign
// minister and senior defence officials". -1 if nobody's.
func (s *scene) sharedOwner(c class, sentence text.Range) int {
	i := c.First - 1
	if i <= sentence.First || s.lower(i) != "and" && s.lower(i) != "or" || s.is(c.First, determiner) {
		return -1
	}
	m := s.at(i - 1)
	if m == nil || m.Last != i {
		return -1
	}
	return m.owner
}

// markSources marks a phrase as the class of sources with the name that its parts make.
func (s *scene) markSources(c class, span text.Range, whose string, kinds []string, owner int) {
	if owner >= 0 && len(kinds) == 0 && (c.head == "forces" || c.head == "troops") {
		s.markClassAs(span, s.bodyFigure(owner, forces))
		return
	}
	name := strings.TrimSpace(whose + " " + strings.Join(append(kinds[:len(kinds):len(kinds)], c.head), " "))
	r, n := utf8.DecodeRuneInString(name)
	who := s.unknown(string(unicode.ToUpper(r))+name[n:], graph.SourceClass)
	if owner >= 0 && s.people[who].owner < 0 && owner != who {
		s.people[who].owner = owner
	}
	s.markClassAs(span, who)
	m := &s.classes[len(s.classes)-1]
	m.owner = owner
	if m.one = c.one; c.one {
		m.office = s.roleName(s.lower(c.Last - 1))
	}
}

// markClassAs marks a phrase as a figure's.
func (s *scene) markClassAs(span text.Range, who int) {
	s.classes = append(s.classes, mark{Range: span, owner: -1, Mention: Mention{
		Span: s.text.SpanOf(span), Actor: who, Form: Nominal, Score: 0.8, Method: "class",
	}})
}
