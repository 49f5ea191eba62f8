package actors

import (
	"slices"
	"sort"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// In returns the half-open range of indices into Mentions of those that begin within a span. Mentions nest, so one that
// begins there may end behind it; Span.Holds tells.
func (c *Cast) In(span text.Span) (first, last int) {
	first = sort.Search(len(c.Mentions), func(i int) bool { return c.Mentions[i].Start >= span.Start })
	last = first + sort.Search(len(c.Mentions)-first, func(i int) bool { return c.Mentions[first+i].Start >= span.End })
	return first, last
}

// Heads returns the indices of the actors whom a span names for themselves, in their order: "Israeli Prime Minister
// Benjamin Netanyahu and senior officials" names two, and Israel is neither; in "a spokesman for Hamas" Hamas only says
// whose. A span that only names whose or which something is names those, unless it is against them ("its critics"); a
// span without mentions names nobody.
func (c *Cast) Heads(span text.Span) []int {
	if heads := c.outermost(span, false); len(heads) > 0 {
		return heads
	}
	if c.text != nil {
		if r := c.text.RangeOf(span); r.First < r.Last && against[c.text.Tokens[r.Last-1].Lower] {
			return nil
		}
	}
	return c.outermost(span, true)
}

// against are those who are nobody's, whoever's they are called, and what shows something and says nothing.
var against = wordSet("opponents opponent critics critic rivals rival enemies enemy foes foe adversaries adversary detractors accusers "+
	"images image imagery footage photos photographs photograph pictures video videos", " ")

func (c *Cast) outermost(span text.Span, modifiers bool) []int {
	var heads []int
	var outer, where text.Span // where the last one is that only tells where
	first, last := c.In(span)
	for _, m := range c.Mentions[first:last] {
		if !span.Holds(m.Span) || m.Modifier && !modifiers || m.Start < outer.End && outer.Holds(m.Span) && !joined(m, outer) {
			continue
		}
		if modifiers && c.describes(text.Span{Start: span.Start, End: m.Start}) {
			break // "a person with knowledge of their report" is none of them
		}
		if c.placesOnly(m, where) {
			where = m.Span
			continue
		}
		if len(heads) > 0 && m.Start >= outer.End && !c.equals(text.Span{Start: outer.End, End: m.Start}) {
			break
		}
		if c.introduces(outer, m) {
			heads = nil
		}
		if m.End > outer.End {
			outer = m.Span
		}
		if !slices.Contains(heads, m.Actor) {
			heads = append(heads, m.Actor)
		}
	}
	return heads
}

// describes reports whether a stretch of text has a word behind which somebody is only described.
func (c *Cast) describes(s text.Span) bool {
	if c.text == nil {
		return false
	}
	for r := c.text.RangeOf(s); r.First < r.Last; r.First++ {
		if c.finder.lexicon.words[c.text.Tokens[r.First].Lower].is&stopping != 0 {
			return true
		}
	}
	return false
}

// introduces reports whether a mention only says whose head or envoy a person is whose name follows: "the head of the Norbury
// Institute, Sara Novak".
func (c *Cast) introduces(before text.Span, m Mention) bool {
	if c.text == nil || before.Len() == 0 || c.Actors[m.Actor].Kind != graph.Person || m.Form != Name {
		return false
	}
	owner, name := c.text.RangeOf(before), c.text.RangeOf(m.Span)
	return name.First == owner.Last+1 && c.text.Tokens[owner.Last].Lower == "," && c.preposition(owner.First) == "of"
}

// preposition returns the word before a token, an article apart; "" if there is none.
func (c *Cast) preposition(k int) string {
	for k--; k >= 0; k-- {
		if w := c.text.Tokens[k].Lower; w != "the" {
			return w
		}
	}
	return ""
}

// placesOnly reports whether a mention says no more of somebody than where they are, or whose friends or enemies: "hardliners in
// Tehran", "an Iran-backed militia". The mention before it may be of one of several places.
func (c *Cast) placesOnly(m Mention, before text.Span) bool {
	if c.text == nil {
		return false
	}
	r := c.text.RangeOf(m.Span)
	if kind := c.Actors[m.Actor].Kind; kind != graph.Place && kind != graph.State {
		return m.Modifier && joins(c.text, r.Last)
	}
	return joins(c.text, r.Last) || whereabouts[c.preposition(r.First)] ||
		before.Len() > 0 && c.equals(text.Span{Start: before.End, End: m.Start})
}

// whereabouts are prepositions that say where somebody is.
var whereabouts = wordSet("in near around across inside outside within throughout", " ")

// equals reports whether what stands between two mentions joins them as equals: "and", a comma, a slash, but nothing
// that makes the second one describe the first. A cast that was not found in a text cannot tell.
func (c *Cast) equals(gap text.Span) bool {
	if c.text == nil {
		return true
	}
	joins := false
	for r := c.text.RangeOf(gap); r.First < r.Last; r.First++ {
		switch w := c.text.Tokens[r.First].Lower; {
		case c.finder.lexicon.words[w].is&stopping != 0:
			return false
		case w == "and" || w == "or" || w == "," || w == "/" || w == ";" || w == "&":
			joins = true
		}
	}
	return joins
}

// joined reports whether a mention within another is one that it is joined to: "Israeli officials" in "US and Israeli
// officials" end together, and so do the two whom "both groups" means.
func joined(m Mention, outer text.Span) bool {
	return (m.Method == "class" || m.Method == "pair") && m.End == outer.End
}

// Cite returns the index of the actor that a cited source's name means, and adds the actor if the text does not mention
// it: the gazetteer's longest name within it ("US CENTCOM press releases"), or a body with its owner ("Pakistani MFA").
// It returns -1 if no known name is in it.
func (c *Cast) Cite(name string) int {
	for i, a := range c.Actors {
		if strings.EqualFold(a.Name, name) {
			return i
		}
	}
	if c.finder == nil {
		return -1
	}
	for _, m := range c.Mentions { // "the Lantern" is short for an outlet of this text alone
		if c.Actors[m.Actor].Kind == graph.Outlet && strings.EqualFold(c.text.Slice(m.Span), name) {
			return m.Actor
		}
	}
	// Within a sentence a capital means a name; alone, or at the start, it may mean nothing.
	cited := c.finder.Find(text.Parse("see "+name+".", nil), Meta{})
	best, title := -1, len("see ")+len(name)
	if i := strings.Index(name, ", "); i >= 0 {
		title = len("see ") + i
	}
	for i, m := range cited.Mentions {
		if m.Start > title && cited.Actors[m.Actor].Canonical == "" {
			continue // a word of the title behind whoever published it
		}
		if r := cited.rank(m); r > 0 && (best < 0 || r > cited.rank(cited.Mentions[best]) ||
			r == cited.rank(cited.Mentions[best]) && m.Len() > cited.Mentions[best].Len()) {
			best = i
		}
	}
	if best < 0 {
		return -1
	}
	return c.adopt(cited, cited.Mentions[best].Actor)
}

// rank says how likely a mention within a cited source's name is the source: a body before a state, a state before
// nameless sources, and a mere adjective or guess not at all.
func (c *Cast) rank(m Mention) int {
	a := c.Actors[m.Actor]
	switch {
	case a.Kind == graph.SourceClass:
		return 1
	case a.Kind == graph.State || a.Kind == graph.Place:
		if m.Modifier {
			return 0
		}
		return 2
	case a.Canonical != "" || m.Method == "body":
		return 4
	case m.Score >= 0.75:
		return 3
	}
	return 0
}

// adopt returns the index of another cast's actor in this one, and adds it and its owners if need be.
func (c *Cast) adopt(from *Cast, actor int) int {
	a := from.Actors[actor]
	for i, known := range c.Actors {
		if a.Canonical != "" && a.Canonical == known.Canonical || a.Canonical == "" && a.Kind == known.Kind && foldName(a.Name) == foldName(known.Name) {
			return i
		}
	}
	if a.Owner >= 0 {
		a.Owner = c.adopt(from, a.Owner)
	}
	c.Actors = append(c.Actors, a)
	return len(c.Actors) - 1
}
