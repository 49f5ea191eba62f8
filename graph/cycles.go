package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A CycleLevel says between what cycles are looked for.
type CycleLevel string

// The levels of cycles.
const (
	DocumentCycle CycleLevel = "DOCUMENT" // documents that have their words from each other
	OutletCycle   CycleLevel = "OUTLET"   // outlets whose documents name, cite, copy or derive from each other's
)

// CycleLevels lists every CycleLevel.
var CycleLevels = []CycleLevel{DocumentCycle, OutletCycle}

// Bounds of cycles.
const (
	MaxCycles      = 100 // of one page
	MaxCycleLength = 8   // links
	maxCycleSpans  = 5   // of one link
	maxCycleScan   = 1000
	maxCycleLinks  = 1_000_000 // of one sort between documents; of more, the first by ID
)

// A CyclePage says which cycles are wanted.
type CyclePage struct {
	Level     CycleLevel // "": first those of documents, then those of outlets
	MaxLength int        // in links, 2 to MaxCycleLength
	First     int        // 1 to MaxCycles
	After     string     // a Cycle's Cursor; "": from the beginning
}

// A Cycle is documents or outlets each of which has its words from the next, and the last from the first. It begins with
// the smallest ID, so that each cycle has one form.
type Cycle struct {
	Level  CycleLevel
	Nodes  []ID
	Links  []CycleLink // aligned with Nodes: from each to the next
	Cursor string

	Judgements []ID // by which outlets of it count as one with others, by ID
}

// A CycleLink is what leads from one document or outlet to the next.
type CycleLink struct {
	From, To ID
	Spans    []ID // citations and mentions that make the link, the first few; none where a whole text is copied
}

// Cycles lists the cycles of up to so many links, in the order of the IDs of their nodes. Outlets that are judged to be the
// same are one, the first of them by ID.
func (g *Graph) Cycles(ctx context.Context, p CyclePage) (cycles []Cycle, more bool, err error) {
	switch {
	case p.First < 1 || p.First > MaxCycles:
		return nil, false, invalid("%d cycles are asked for; 1 to %d are allowed", p.First, MaxCycles)
	case p.MaxLength < 2 || p.MaxLength > MaxCycleLength:
		return nil, false, invalid("cycles of %d links are asked for; 2 to %d are allowed", p.MaxLength, MaxCycleLength)
	case p.Level != "" && !slices.Contains(CycleLevels, p.Level):
		return nil, false, invalid("there are no cycles of %q", p.Level)
	}
	from, after, err := p.place()
	if err != nil {
		return nil, false, err
	}
	m, err := g.merging(ctx)
	if err != nil {
		return nil, false, err
	}
	for _, level := range CycleLevels {
		if p.Level != "" && level != p.Level || level < from || len(cycles) > p.First {
			continue
		}
		leads, err := g.links(ctx, m, level)
		if err != nil {
			return nil, false, err
		}
		for _, nodes := range simpleCycles(leads, p.MaxLength, after, p.First+1-len(cycles)) {
			cycles = append(cycles, newCycle(m, level, nodes))
		}
		after = nil
	}
	more = len(cycles) > p.First
	return cycles[:min(len(cycles), p.First)], more, nil
}

func newCycle(m merging, level CycleLevel, nodes []ID) Cycle {
	c := Cycle{Level: level, Nodes: nodes, Cursor: string(level) + "." + strings.Join(words(nodes), ".")}
	for i, id := range nodes {
		c.Links = append(c.Links, CycleLink{From: id, To: nodes[(i+1)%len(nodes)]})
		c.Judgements = append(c.Judgements, m[id].Judgements...)
	}
	c.Judgements = sortedIDs(c.Judgements)
	return c
}

// place reads the cursor: the level and the cycle to go on behind.
func (p CyclePage) place() (CycleLevel, []ID, error) {
	if p.After == "" {
		return "", nil, nil
	}
	level, rest, _ := strings.Cut(p.After, ".")
	ok := slices.Contains(CycleLevels, CycleLevel(level)) && (p.Level == "" || level == string(p.Level)) &&
		len(rest) <= 40*MaxCycleLength
	var nodes []ID
	for part := range strings.SplitSeq(rest, ".") {
		id := ID(part)
		_, err := id.Kind()
		ok = ok && err == nil
		nodes = append(nodes, id)
	}
	if !ok {
		return "", nil, fmt.Errorf(
			"%w: %q is not a cursor of these cycles; page on from a cursor that they gave", ErrInvalid, clip(p.After, 40))
	}
	return CycleLevel(level), nodes, nil
}

// links reads who leads to whom: each list is sorted.
func (g *Graph) links(ctx context.Context, m merging, level CycleLevel) (map[ID][]ID, error) {
	leads := make(map[ID][]ID)
	if level == DocumentCycle {
		return leads, g.documentLinks(ctx, leads)
	}
	return leads, g.outletLinks(ctx, m, leads)
}

// documentLinks reads which documents have their words from which: those that copy or derive from others, and those with
// citations that resolve to others.
func (g *Graph) documentLinks(ctx context.Context, leads map[ID][]ID) error {
	for _, link := range []struct {
		kind  NodeKind
		where Filter
		home  []Step // from the counted node to the document
		edge  EdgeKind
	}{
		{KindDocument, Has{Edge: EdgeCopyOf}, nil, EdgeCopyOf},
		{KindDocument, Has{Edge: EdgeDerivedFrom}, nil, EdgeDerivedFrom},
		{KindCitation, Where{Prop: "resolved", Value: true}, []Step{{Edge: EdgeIn}}, EdgeResolvesTo},
	} {
		buckets, err := g.count(ctx, maxCycleLinks, link.kind, link.where,
			Facet{Steps: link.home, Prop: IDProp}, Facet{Steps: []Step{{Edge: link.edge}}, Prop: IDProp})
		if err != nil {
			return err
		}
		addLinks(leads, buckets)
	}
	for id, to := range leads {
		leads[id] = withoutSelf(to, id)
	}
	return nil
}

// addLinks adds which nodes lead to which.
func addLinks(leads map[ID][]ID, buckets []Bucket) {
	for _, b := range buckets {
		from, _ := b.Key[0].(string)
		to, _ := b.Key[1].(string)
		if from != "" && to != "" {
			leads[ID(from)] = append(leads[ID(from)], ID(to))
		}
	}
}

// outletLinks counts which outlets cite or follow which: the MaxBuckets strongest links of each sort.
func (g *Graph) outletLinks(ctx context.Context, m merging, leads map[ID][]ID) error {
	outlet := []Step{{Edge: EdgePublishedBy}}
	of := func(kind NodeKind, where Filter, from, to []Step) error {
		buckets, err := g.Count(ctx, kind, where, m.facet(Facet{Steps: from, Prop: IDProp}), m.facet(Facet{Steps: to, Prop: IDProp}))
		addLinks(leads, buckets)
		return err
	}
	names := Has{Edge: EdgeNames, Where: Where{Prop: "kind", Value: string(Outlet)}}
	if err := of(KindCitation, names, append([]Step{{Edge: EdgeIn}}, outlet...), []Step{{Edge: EdgeNames}}); err != nil {
		return err
	}
	for _, kind := range []EdgeKind{EdgeCopyOf, EdgeDerivedFrom} {
		if err := of(KindDocument, Has{Edge: kind}, outlet, append([]Step{{Edge: kind}}, outlet...)); err != nil {
			return err
		}
	}
	for id, to := range leads {
		leads[id] = withoutSelf(to, id)
	}
	return nil
}

func withoutSelf(to []ID, self ID) []ID {
	return slices.DeleteFunc(sortedIDs(to), func(id ID) bool { return id == self })
}

// simpleCycles returns the first cycles behind one, in the order of their nodes: each begins with its smallest node, no
// node is in it twice.
func simpleCycles(leads map[ID][]ID, maxLength int, after []ID, first int) [][]ID {
	s := &cycleSearch{leads: leads, maxLength: maxLength, after: after, first: first, back: make(map[ID][]ID)}
	for _, id := range slices.Sorted(maps.Keys(leads)) {
		for _, to := range leads[id] {
			s.back[to] = append(s.back[to], id)
		}
	}
	for _, root := range slices.Sorted(maps.Keys(leads)) {
		if len(s.found) == first {
			break
		}
		if len(after) > 0 && root < after[0] {
			continue
		}
		s.measure(root)
		s.path = []ID{root}
		s.extend()
	}
	return s.found
}

type cycleSearch struct {
	leads, back map[ID][]ID
	maxLength   int
	after       []ID
	first       int
	home        map[ID]int // links back to the root, over greater nodes only
	path        []ID
	found       [][]ID
}

// measure finds how far each node is from the root, so that no way is tried which cannot come back in time.
func (s *cycleSearch) measure(root ID) {
	s.home = map[ID]int{root: 0}
	layer := []ID{root}
	for distance := 1; distance < s.maxLength && len(layer) > 0; distance++ {
		var next []ID
		for _, id := range layer {
			for _, from := range s.back[id] {
				if _, seen := s.home[from]; !seen && from > root {
					s.home[from] = distance
					next = append(next, from)
				}
			}
		}
		layer = next
	}
}

// extend goes on from the end of the path.
func (s *cycleSearch) extend() {
	end := s.path[len(s.path)-1]
	for _, next := range s.leads[end] {
		switch distance, comesBack := s.home[next]; {
		case len(s.found) == s.first:
			return
		case next == s.path[0] && len(s.path) > 1:
			if slices.Compare(s.path, s.after) > 0 {
				s.found = append(s.found, slices.Clone(s.path))
			}
		case !comesBack || len(s.path)+distance > s.maxLength || slices.Contains(s.path, next):
		case s.behind(next):
		default:
			s.path = append(s.path, next)
			s.extend()
			s.path = s.path[:len(s.path)-1]
		}
	}
}

// behind reports whether no cycle that goes on so can come after the one to go on from.
func (s *cycleSearch) behind(next ID) bool {
	n := len(s.path)
	return n < len(s.after) && slices.Equal(s.path, s.after[:n]) && next < s.after[n]
}

// CycleSpans finds for each link of the cycles the words that make it: citations in the one that name or resolve to the
// other, and mentions of the other's outlet.
func (g *Graph) CycleSpans(ctx context.Context, cycles []Cycle) error {
	m, err := g.merging(ctx)
	if err != nil {
		return err
	}
	for _, level := range CycleLevels {
		links := make(map[[2]ID][]*CycleLink)
		for i := range cycles {
			for j := range cycles[i].Links {
				if l := &cycles[i].Links[j]; cycles[i].Level == level {
					links[[2]ID{l.From, l.To}] = append(links[[2]ID{l.From, l.To}], l)
				}
			}
		}
		if len(links) == 0 {
			continue
		}
		find := g.outletSpans
		if level == DocumentCycle {
			find = g.documentSpans
		}
		if err := find(ctx, m, links); err != nil {
			return err
		}
	}
	return nil
}

// documentSpans looks through the linking documents: first for citations that resolve to the other document, then for
// citations and mentions of its outlet.
func (g *Graph) documentSpans(ctx context.Context, m merging, links map[[2]ID][]*CycleLink) error {
	var from, ends []ID
	for ids := range links {
		from, ends = append(from, ids[0]), append(ends, ids[0], ids[1])
	}
	published, err := g.ByIDs(ctx, ends, Level{
		Kinds: []NodeKind{KindDocument}, Follow: []Follow{{Edge: EdgePublishedBy, Level: Level{First: 1}}},
	})
	if err != nil {
		return err
	}
	outlets := make(map[ID]ID)
	for _, doc := range published {
		for _, outlet := range doc.Follow[0].Rows {
			outlets[doc.ID] = outlet.ID
		}
	}
	isOutlet := Where{Prop: "kind", Value: string(Outlet)}
	in := func(kind NodeKind, where Filter, follow ...Follow) Follow {
		return Follow{Edge: EdgeIn, Reverse: true, Level: Level{
			Kinds: []NodeKind{kind}, Where: where, Order: []Order{{Prop: "start"}}, First: maxCycleScan, Follow: follow,
		}}
	}
	rows, err := g.ByIDs(ctx, from, Level{Kinds: []NodeKind{KindDocument}, Follow: []Follow{
		in(KindCitation, Has{Edge: EdgeResolvesTo}, Follow{Edge: EdgeResolvesTo, Level: Level{First: 1}}),
		in(KindCitation, Has{Edge: EdgeNames, Where: isOutlet}, Follow{Edge: EdgeNames, Level: Level{First: maxCited}}),
		in(KindMention, Has{Edge: EdgeRefersTo, Where: isOutlet}, Follow{Edge: EdgeRefersTo, Level: Level{First: maxCited}}),
	}})
	if err != nil {
		return err
	}
	for _, doc := range rows {
		for i, found := range doc.Follow {
			for _, span := range found.Rows {
				for ids, list := range links {
					wanted := []ID{ids[1]}
					if i > 0 {
						wanted = m.all(outlets[ids[1]])
					}
					isWanted := func(id ID) bool { return slices.Contains(wanted, id) }
					if ids[0] == doc.ID && slices.ContainsFunc(idsOf(span.Follow[0]), isWanted) {
						addSpan(list, span.ID)
					}
				}
			}
		}
	}
	return nil
}

// outletSpans looks for the first citations by ID that name the outlets and, where these are few, for mentions of them.
func (g *Graph) outletSpans(ctx context.Context, m merging, links map[[2]ID][]*CycleLink) error {
	some := func(outlet ID) Filter {
		all := m.all(outlet)
		return IsAny(all[:min(len(all), MaxFilters/4)])
	}
	for ids, list := range links {
		in := Has{Edge: EdgeIn, Where: Has{Edge: EdgePublishedBy, Where: some(ids[0])}}
		for _, of := range []struct {
			kind NodeKind
			edge EdgeKind
		}{{KindCitation, EdgeNames}, {KindMention, EdgeRefersTo}} {
			if len(list[0].Spans) == maxCycleSpans {
				break
			}
			named := Has{Edge: of.edge, Where: some(ids[1])}
			buckets, err := g.Count(ctx, of.kind, And{named, in}, Facet{Prop: IDProp}) // each counts once, so that IDs decide
			if err != nil {
				return err
			}
			for _, b := range buckets[:min(len(buckets), maxCycleSpans)] {
				span, _ := b.Key[0].(string)
				addSpan(list, ID(span))
			}
		}
	}
	return nil
}

func addSpan(links []*CycleLink, span ID) {
	for _, l := range links {
		if len(l.Spans) < maxCycleSpans && !slices.Contains(l.Spans, span) {
			l.Spans = append(l.Spans, span)
		}
	}
}
