package actors

import (
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
