package actors

import (
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

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
		if c.isBystander(span, m) {
			continue
		}
		if c.isPlace(span, m, where) || modifiers && c.Actors[m.Actor].Kind == graph.Place {
			where = m.Span
			continue
		}
		if len(heads) > 0 && m.Start >= outer.End && !c.equals(text.Span{Start: outer.End, End: m.Start}) {
			break
		}
		if c.introduces(span, outer, m) {
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

// isBystander reports whether somebody is not who says what a source says, but who got to know it or did something else: "a
// letter to the Council", "a report seen by Reuters", "an engineer hired by the Houthis".
func (c *Cast) isBystander(source text.Span, m Mention) bool {
	verb, preposition := c.wordsBefore(source, m.Span)
	deed := strings.HasSuffix(verb, "ed") || perceived[verb]
	return preposition == "to" || preposition == "with" || preposition == "by" && deed && !authored[verb]
}

var (
	perceived = wordSet("seen heard read held known found", " ")
	// authored are participles of what somebody says or has said.
	authored = wordSet("published released issued signed circulated posted commissioned conducted compiled prepared produced aired "+
		"carried delivered provided drafted authored shared distributed submitted recorded filed presented uploaded tweeted penned "+
		"offered quoted cited reported voiced expressed announced claimed sponsored backed adopted endorsed approved", " ")
)

// isPlace reports whether a mention says no more of a source than where it is, or whose friend or enemy: "hardliners in Tehran",
// "an Iran-backed militia". The mention before it may be of one of several places.
func (c *Cast) isPlace(source text.Span, m Mention, before text.Span) bool {
	if c.text == nil {
		return false
	}
	next := c.text.RangeOf(m.Span).Last
	joined := joins(c.text, next)
	switch kind := c.Actors[m.Actor].Kind; {
	case kind != graph.Place && kind != graph.State:
		return m.Modifier && joined
	case kind == graph.Place && m.End < source.End && c.isNoun(next): // "their Herat director"
		return true
	}
	_, preposition := c.wordsBefore(source, m.Span)
	return joined || whereabouts[preposition] || before.Len() > 0 && c.equals(text.Span{Start: before.End, End: m.Start})
}

// isNoun reports whether a token may be a noun in small letters that the name before it goes with.
func (c *Cast) isNoun(token int) bool {
	w := c.text.Tokens[token]
	return shapeOf(c.text.Slice(w.Span)) == small && c.finder.lexicon.words[w.Lower].is&stopping == 0 && w.Lower != "and" && w.Lower != "or"
}

// whereabouts are prepositions that say where somebody is.
var whereabouts = wordSet("in at on along near around across inside outside within throughout", " ")

// introduces reports whether a mention only says whose head or envoy a person is whose name follows: "the head of the Norbury
// Institute, Sara Novak".
func (c *Cast) introduces(source, before text.Span, m Mention) bool {
	if c.text == nil || before.Len() == 0 || c.Actors[m.Actor].Kind != graph.Person || m.Form != Name {
		return false
	}
	_, preposition := c.wordsBefore(source, before)
	comma := c.text.RangeOf(before).Last
	return preposition == "of" && comma+1 == c.text.RangeOf(m.Span).First && c.text.Tokens[comma].Lower == ","
}

// wordsBefore returns the last two words of a source before a stretch of it, an article apart; "" where there are none.
func (c *Cast) wordsBefore(source, s text.Span) (first, last string) {
	if c.text == nil {
		return "", ""
	}
	var words [2]string
	r := c.text.RangeOf(text.Span{Start: source.Start, End: s.Start})
	for k, n := r.Last-1, 1; k >= r.First && n >= 0; k-- {
		if w := c.text.Tokens[k].Lower; w != "the" {
			words[n] = w
			n--
		}
	}
	return words[0], words[1]
}

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
