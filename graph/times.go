package graph

import (
	"context"
	"slices"
	"time"
)

// Times narrow a question to what had been recorded by one time, and to what may hold at another. The zero Times narrow
// nothing.
//
// A document had been recorded by a time if it was retrieved by then and not retracted, and with it all that it owns; a
// claim, a relation or an actor had been if such a document speaks of it. So later documents change no answer about the
// past, but for properties that follow from all who speak of a node: its caption and its counts are those of today, and so
// is which claims assert a relation, where documents differ in that. A document that has been replaced was recorded when
// it was replaced.
//
// A relation may hold at a time unless it is known to have begun later or to have ended before; many relations have no
// dates at all. A claim may unless it says something of actors, and none of that may hold.
type Times struct {
	AsOf    time.Time // of recording; zero: now
	ValidAt time.Time // of holding; zero: whenever

	allStand bool // nothing was ever retracted
}

// Filter returns what nodes of a kind must match, nil if that is nothing.
func (t Times) Filter(kind NodeKind) Filter {
	recorded, holds := t.recorded(kind), Filter(nil)
	if kind == KindRelation {
		holds = t.holds()
	}
	if kind == KindClaim && !t.ValidAt.IsZero() {
		holds = Or{Has{Edge: EdgeAsserts, Where: t.holds()}, Not{Has{Edge: EdgeAsserts}}}
	}
	switch {
	case recorded == nil:
		return holds
	case holds == nil:
		return recorded
	}
	return And{recorded, holds}
}

// holds is the condition of a relation that may hold.
func (t Times) holds() Filter {
	if t.ValidAt.IsZero() {
		return nil
	}
	return And{
		Or{Not{Where{Prop: "validFrom", Op: Exists}}, Where{Prop: "validFrom", Op: Le, Value: t.ValidAt}},
		Or{Not{Where{Prop: "validTo", Op: Exists}}, Where{Prop: "validTo", Op: Ge, Value: t.ValidAt}},
	}
}

// recorded is the condition of a node that had been recorded.
func (t Times) recorded(kind NodeKind) Filter {
	if t.AsOf.IsZero() {
		return nil
	}
	document := And{t.by("retrievedAt"), Not{t.retracted()}}
	switch {
	case kind == KindDocument:
		return document
	case kind.Info().Shared:
		return Spoken{By: document}
	case slices.Contains(EdgeIn.Info().From, kind):
		return Has{Edge: EdgeIn, Where: document}
	case kind == KindJob:
		return t.by("createdAt")
	}
	return t.by("at") // the words of analysts
}

// came is the condition of a document that was there by then, retracted or not: where words come from is not taken back
// with them.
func (t Times) came() Filter {
	if t.AsOf.IsZero() {
		return nil
	}
	return t.by("retrievedAt")
}

func (t Times) by(prop string) Filter { return Where{Prop: prop, Op: Le, Value: t.AsOf} }

// NeighbourhoodAt is Neighbourhood in the graph of those times: as if nothing else were there.
func (g *Graph) NeighbourhoodAt(ctx context.Context, seeds []ID, o NeighbourhoodOptions, t Times) (Subgraph, error) {
	g = g.At(t)
	view, _, err := g.view(ctx)
	if err != nil {
		return Subgraph{}, err
	}
	t.allStand = view.allStand
	o.Where = make(map[NodeKind]Filter)
	for _, n := range Nodes {
		if f := t.Filter(n.Kind); f != nil {
			o.Where[n.Kind] = f
		}
	}
	if len(o.Where) == 0 {
		return g.Neighbourhood(ctx, seeds, o)
	}
	o.BareEdges = false // judgements are shown by theirs
	o.Shortcuts = every(t.holds(), Has{
		Edge: EdgeAsserts, Reverse: true, Via: Where{Prop: "polarity", Value: string(Affirms)}, Where: t.recorded(KindClaim),
	}, t.recorded(KindRelation))
	var there []ID
	for kind, ids := range idsByKind(seeds) {
		rows, err := g.ByIDs(ctx, ids, Level{Kinds: []NodeKind{kind}, Where: o.Where[kind]})
		if err != nil {
			return Subgraph{}, err
		}
		for _, r := range rows {
			there = append(there, r.ID)
		}
	}
	s, err := g.Neighbourhood(ctx, there, o)
	if err != nil {
		return Subgraph{}, err
	}
	if !t.AsOf.IsZero() {
		s.Edges = slices.DeleteFunc(s.Edges, func(e Edge) bool { return e.Kind == EdgeSameAs && !judgedBy(e, t.AsOf) })
	}
	return s, nil
}

func idsByKind(ids []ID) map[NodeKind][]ID {
	groups := make(map[NodeKind][]ID)
	for _, id := range ids {
		if kind, err := id.Kind(); err == nil {
			groups[kind] = append(groups[kind], id)
		}
	}
	return groups
}

// judgedBy reports whether a judgement had been made by then and not undone.
func judgedBy(e Edge, at time.Time) bool {
	made, _ := e.Props["at"].(time.Time)
	undone, isUndone := e.Props["undoneAt"].(time.Time)
	return !made.After(at) && (!isUndone || undone.After(at))
}
