package graph

import (
	"context"
	"maps"
	"slices"
)

// A Corroboration says how much stands behind a claim. Whoever denies it does not corroborate it, and is counted apart.
//
// Documents share an origin if one has its words from the other, directly or by way of others: it copies it or derives
// from it (COPY_OF, DERIVED_FROM), or the act of saying the claim rests on a citation that resolves to it. The origins
// are the documents where these ways end; a circle of documents that have their words from each other is one. Of the
// ways that lead away from a document, those that end at documents which tell the claim go before those that do not.
// Origins published by one outlet, or by outlets of one side, are one, as are outlets that are judged to be the same.
//
// Where a document has its words from is often unknown. OriginsAtMost takes every document without such a link to have
// found out by itself; OriginsAtLeast counts only origins that others are known to have their words from, and takes all
// the rest together to be nothing new, but one where there is nothing else.
type Corroboration struct {
	Attributions   int // that affirm the claim
	Denials        int // attributions that deny it
	Documents      int // in which it is affirmed
	Outlets        int // that published these
	OriginsAtLeast int
	OriginsAtMost  int
	SingleSourced  bool // affirmed, and there is at most one origin
	Circular       bool // documents that affirm it have their words from each other, round in a circle
	Truncated      bool // more than MaxTellings affirm or deny it; only Attributions and Denials count all of them
	Basis          []ID // the documents that are the origins, the earliest first
	Judgements     []ID // by which outlets are taken to be one, by ID
}

// A Wording says which claims count as the same.
type Wording bool

// The wordings.
const (
	OwnWords Wording = false // the claim alone
	AllWords Wording = true  // its variants too (VARIANT_OF, one step)
)

// Corroborations returns how much stands behind each of the claims; unknown ones are absent. It asks the store the same
// number of times for one claim as for many.
func (g *Graph) Corroborations(ctx context.Context, claims []ID, w Wording, t Times) (map[ID]Corroboration, error) {
	g = g.At(t)
	all, err := g.toldIn(ctx, claims, w, t)
	if err != nil {
		return nil, err
	}
	for id, t := range all {
		t.tellings = slices.DeleteFunc(t.tellings, func(said telling) bool { return said.denies })
		all[id] = t
	}
	l, err := g.lineage(ctx, all, t)
	if err != nil {
		return nil, err
	}
	found := make(map[ID]Corroboration, len(all))
	for id, t := range all {
		found[id] = l.corroboration(t)
	}
	return found, nil
}

// toldIn reads who says each of the claims in that wording.
func (g *Graph) toldIn(ctx context.Context, claims []ID, w Wording, t Times) (map[ID]told, error) {
	if w == AllWords {
		return g.toldWithVariants(ctx, claims, t)
	}
	return g.told(ctx, claims, t)
}

func (l lineage) corroboration(t told) Corroboration {
	c := Corroboration{Attributions: t.affirms, Denials: t.denies, Truncated: max(t.affirms, t.denies) > MaxTellings}
	docs, outlets := make(map[ID]bool), make(map[string]bool)
	for _, said := range t.tellings {
		a := l[said.document]
		if a == nil {
			continue // deleted while we were reading
		}
		docs[said.document] = true
		if a.outlet != "" {
			outlets[a.outlet] = true
		}
	}
	c.Documents, c.Outlets = len(docs), len(outlets)
	parents := l.parents(slices.DeleteFunc(t.tellings, func(said telling) bool { return !docs[said.document] }))
	keepTelling(parents, docs)
	circles := components(parents)
	for _, circle := range circles {
		if len(circle) > 1 && slices.ContainsFunc(circle, func(id ID) bool { return docs[id] }) {
			c.Circular = true
		}
	}
	l.count(&c, origins(parents, circles))
	c.Judgements = l.mergedBy(slices.Concat(slices.Collect(maps.Keys(docs)), c.Basis))
	return c
}

// keepTelling drops the ways from a document that do not lead to documents which tell the claim, where others do, and
// what is not reached any more.
func keepTelling(parents map[ID][]ID, docs map[ID]bool) {
	children := make(map[ID][]ID)
	for id, list := range parents {
		for _, p := range list {
			children[p] = append(children[p], id)
		}
	}
	leads := reach(children, slices.Collect(maps.Keys(docs))) // to a document that tells the claim
	for id, list := range parents {
		if slices.ContainsFunc(list, func(p ID) bool { return leads[p] }) {
			parents[id] = slices.DeleteFunc(list, func(p ID) bool { return !leads[p] })
		}
	}
	reached := reach(parents, slices.Collect(maps.Keys(docs)))
	maps.DeleteFunc(parents, func(id ID, _ []ID) bool { return !reached[id] })
}

// reach returns what the edges lead to from some nodes, these included.
func reach(edges map[ID][]ID, from []ID) map[ID]bool {
	reached := make(map[ID]bool)
	for len(from) > 0 {
		id := from[len(from)-1]
		from = from[:len(from)-1]
		if !reached[id] {
			reached[id] = true
			from = append(from, edges[id]...)
		}
	}
	return reached
}

// An origin is a document, or a circle of documents, that has its words from no other.
type origin struct {
	docs  []ID
	known bool // others have their words from it, and it is no circle
}

func origins(parents map[ID][]ID, circles [][]ID) []origin {
	home := make(map[ID]int)
	for i, circle := range circles {
		for _, id := range circle {
			home[id] = i
		}
	}
	ends, followed := make([]bool, len(circles)), make([]bool, len(circles))
	for i := range ends {
		ends[i] = true
	}
	for id, list := range parents {
		for _, p := range list {
			if home[p] != home[id] {
				ends[home[id]], followed[home[p]] = false, true
			}
		}
	}
	var list []origin
	for i, circle := range circles {
		if ends[i] {
			list = append(list, origin{docs: circle, known: followed[i] && len(circle) == 1})
		}
	}
	return list
}

// count enters how many origins there are, those of one house being one.
func (l lineage) count(c *Corroboration, list []origin) {
	var houses disjoint[string]
	name := func(id ID) string {
		if house := l[id].house; house != "" {
			return house
		}
		return string(id)
	}
	for _, o := range list {
		for _, id := range o.docs {
			houses.join(name(o.docs[0]), name(id))
		}
		c.Basis = append(c.Basis, o.docs...)
	}
	most, least := make(map[string]bool), make(map[string]bool)
	for _, o := range list {
		house := houses.find(name(o.docs[0]))
		most[house] = true
		if o.known {
			least[house] = true
		}
	}
	c.OriginsAtMost = len(most)
	c.OriginsAtLeast = min(max(len(least), 1), len(most))
	c.SingleSourced = len(most) == 1
	l.byDate(c.Basis)
}

// A disjoint divides names into sets that have been joined.
type disjoint[K comparable] struct{ above map[K]K }

// find returns the name that stands for the set.
func (d *disjoint[K]) find(k K) K {
	for {
		up, ok := d.above[k]
		if !ok || up == k {
			return k
		}
		k = up
	}
}

func (d *disjoint[K]) join(a, b K) {
	if d.above == nil {
		d.above = make(map[K]K)
	}
	if a, b = d.find(a), d.find(b); a != b {
		d.above[b] = a
	}
}

// components divides a directed graph into sets of nodes that lead to each other, by Tarjan's algorithm (1972).
func components(leads map[ID][]ID) [][]ID {
	t := &tarjan{leads: leads, place: make(map[ID]int), low: make(map[ID]int), open: make(map[ID]bool)}
	for _, id := range slices.Sorted(maps.Keys(leads)) {
		if t.place[id] == 0 {
			t.visit(id)
		}
	}
	return t.found
}

type tarjan struct {
	leads      map[ID][]ID
	place, low map[ID]int // from 1
	open       map[ID]bool
	stack      []ID
	found      [][]ID
}

// visit goes as deep as the longest way through the graph, which the bounds on lineage keep short.
func (t *tarjan) visit(id ID) {
	t.place[id] = len(t.place) + 1
	t.low[id] = t.place[id]
	t.stack, t.open[id] = append(t.stack, id), true
	for _, next := range t.leads[id] {
		if t.place[next] == 0 {
			t.visit(next)
			t.low[id] = min(t.low[id], t.low[next])
		} else if t.open[next] {
			t.low[id] = min(t.low[id], t.place[next])
		}
	}
	if t.low[id] != t.place[id] {
		return
	}
	from := slices.Index(t.stack, id)
	set := slices.Clone(t.stack[from:])
	t.stack = t.stack[:from]
	for _, member := range set {
		t.open[member] = false
	}
	t.found = append(t.found, sortedIDs(set))
}
