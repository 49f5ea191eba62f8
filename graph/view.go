package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// This file leaves out of every answer what no longer stands: documents, attributions and claims that are retracted, and
// what nobody says without them. Who asks for something by its ID is shown it.

// At returns the graph as it was recorded and judged by then, and only what may hold, in whatever is asked of it. Counts that
// stores keep on shared nodes (originCount, contested, firstSeen, lastSeen) are those of all that was ever loaded. Paths are
// those of the whole graph that are left entirely.
func (g *Graph) At(t Times) *Graph {
	if t == (Times{}) {
		return g
	}
	t.AsOf, t.ValidAt = t.AsOf.UTC().Truncate(time.Millisecond), t.ValidAt.UTC().Truncate(time.Millisecond)
	return &Graph{store: g.store, times: t, rulings: g.rulings, changes: g.changes}
}

// A rulings remembers for a short while which verdicts hold, or ever held, anywhere in a graph, so that one without retractions
// is read without asking about them. A judgement by another process shows a second later.
type rulings struct {
	mu    sync.Mutex
	asked time.Time
	hold  map[Verdict]bool // false: all were undone
}

const rulingsKnown = time.Second

func (r *rulings) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = time.Time{}
}

// holds reports whether any judgement of that verdict holds now, and whether there ever was one.
func (g *Graph) holds(ctx context.Context, v Verdict) (now, ever bool, err error) {
	r := g.rulings
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.asked.IsZero() && time.Since(r.asked) < rulingsKnown {
		now, ever = r.hold[v]
		return now, ever, nil
	}
	asked := time.Now()
	undone := Facet{Prop: "undoneAt", Interval: Year}
	buckets, err := g.store.Count(ctx, KindJudgement, nil, []Facet{{Prop: "verdict"}, undone}, MaxBuckets)
	if err != nil {
		return false, false, fmt.Errorf("look for judgements: %w", err)
	}
	r.hold, r.asked = make(map[Verdict]bool), asked
	for _, b := range buckets {
		verdict, _ := b.Key[0].(string)
		r.hold[Verdict(verdict)] = r.hold[Verdict(verdict)] || b.Key[1] == nil
	}
	now, ever = r.hold[v]
	return now, ever, nil
}

// standing matches judgements of those verdicts that nobody undid.
func standing(verdicts ...Verdict) Filter {
	list := make([]any, len(verdicts))
	for i, v := range verdicts {
		list[i] = string(v)
	}
	return And{Where{Prop: "verdict", Op: In, Value: list}, Not{Where{Prop: "undoneAt", Op: Exists}}}
}

// view returns the times of the graph, with what is known of retractions, and whether answers leave anything out that there is.
func (g *Graph) view(ctx context.Context) (t Times, restricts bool, err error) {
	now, ever, err := g.holds(ctx, Retracted)
	t = g.times
	t.allStand = !ever
	return t, now || g.times != (Times{}), err
}

// restrict adds to a resolved request what is to be left out.
func (t Times) restrict(s Select) Select {
	where := s.Where
	s.Level = t.level(s.Level, true)
	if s.IDs != nil {
		s.Where = where
	}
	if s.Onward != nil {
		further := *s.Onward
		further.Where = every(further.Where, t.visible(s.Kinds, !slices.ContainsFunc(further.Edges, tellsOrigin)))
		s.Onward = &further
	}
	return s
}

// tellsOrigin reports whether an edge leads to where a document has its words from, which is not taken back with them.
func tellsOrigin(e EdgeKind) bool {
	return e == EdgeCopyOf || e == EdgeDerivedFrom || e == EdgeResolvesTo
}

func (t Times) level(l Level, stands bool) Level {
	if f := t.visible(l.Kinds, stands); f != nil {
		l.Where = every(l.Where, f)
	}
	l.Follow = slices.Clone(l.Follow)
	for i, f := range l.Follow {
		stands := !tellsOrigin(f.Edge)
		switch f.Edge {
		case EdgeJudges, EdgeAssesses: // who judges something shows what
			stands = f.Reverse
		case EdgeSameAs:
			l.Follow[i].Via = every(f.Via, t.held())
		}
		l.Follow[i].Level = t.level(f.Level, stands)
	}
	return l
}

// held matches judgements, and SAME_AS edges, that held at the moment.
func (t Times) held() Filter {
	if t.AsOf.IsZero() {
		return Not{Where{Prop: "undoneAt", Op: Exists}}
	}
	return And{
		Where{Prop: "at", Op: Le, Value: t.AsOf},
		Or{Not{Where{Prop: "undoneAt", Op: Exists}}, Where{Prop: "undoneAt", Op: Gt, Value: t.AsOf}},
	}
}

// retracted matches nodes that were retracted by the moment.
func (t Times) retracted() Filter {
	if t.allStand {
		return Or{}
	}
	return Has{
		Edge: EdgeJudges, Reverse: true, Where: And{Where{Prop: "verdict", Value: string(Retracted)}, t.held()},
	}
}

// later matches where the property holds a time after the moment.
func (t Times) later(prop string) Filter { return Where{Prop: prop, Op: Gt, Value: t.AsOf} }

// visible matches nodes of those kinds that are shown; nil: all. Its parts say what must not be, so that they hold of
// nodes that they are not about.
func (t Times) visible(kinds []NodeKind, stands bool) Filter {
	var all And
	of := func(list ...NodeKind) bool {
		return slices.ContainsFunc(list, func(k NodeKind) bool { return slices.Contains(kinds, k) })
	}
	not := func(f Filter) { all = append(all, Not{f}) }
	past := !t.AsOf.IsZero()
	if stands && of(KindDocument, KindAttribution, KindClaim) {
		not(t.retracted())
	}
	if past && of(KindDocument) {
		not(t.later("retrievedAt"))
	}
	if past && of(KindAttribution) {
		not(t.later("recordedAt"))
	}
	if past && of(KindJudgement, KindAssessment) {
		not(t.later("at"))
	}
	if of(EdgeIn.Info().From...) {
		gone := Or{}
		if stands {
			gone = append(gone, t.retracted())
		}
		if past {
			gone = append(gone, t.later("retrievedAt"))
		}
		if len(gone) > 0 {
			not(Has{Edge: EdgeIn, Where: gone})
		}
	}
	if stands && of(KindAttribution) {
		not(Has{Edge: EdgeContent, Where: t.retracted()})
	}
	if of(KindClaim) && (stands || past) {
		all = append(all, lacksOr(EdgeContent, true, t.visible(kindsOf(KindAttribution), stands)))
	}
	if of(KindRelation) && (stands || past) {
		all = append(all, lacksOr(EdgeAsserts, true, t.visible(kindsOf(KindClaim), stands)))
	}
	if holds := t.holds(); holds != nil && of(KindRelation) {
		all = append(all, holds)
	}
	if holds := t.holds(); holds != nil && of(KindClaim) {
		all = append(all, lacksOr(EdgeAsserts, false, holds))
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

func kindsOf(kind NodeKind) []NodeKind { return []NodeKind{kind} }

// lacksOr matches nodes that have no such edge, or one to a node that matches.
func lacksOr(edge EdgeKind, reverse bool, where Filter) Filter {
	return Or{Not{Has{Edge: edge, Reverse: reverse}}, Has{Edge: edge, Reverse: reverse, Where: where}}
}

// shows returns which of the nodes the view shows.
func (g *Graph) shows(ctx context.Context, ids []ID) (map[ID]bool, error) {
	var all []NodeKind
	for _, n := range Nodes {
		all = append(all, n.Kind)
	}
	t, _, err := g.view(ctx)
	if err != nil {
		return nil, err
	}
	shown := make(map[ID]bool, len(ids))
	for chunk := range slices.Chunk(sortedIDs(slices.Clone(ids)), MaxFirst) {
		level := t.level(Level{Kinds: all, First: len(chunk)}, true)
		rows, err := g.store.Select(ctx, Select{IDs: chunk, Level: level})
		if err != nil {
			return nil, err
		}
		for _, r := range rows.Rows {
			shown[r.ID] = true
		}
	}
	return shown, nil
}

// narrow has a neighbourhood leave out what is not shown: it is not walked through either.
func (t Times) narrow(o NeighbourhoodOptions) NeighbourhoodOptions {
	where := make(map[NodeKind]Filter)
	maps.Copy(where, o.Where)
	for _, n := range Nodes {
		if f := t.visible(kindsOf(n.Kind), true); f != nil {
			where[n.Kind] = every(where[n.Kind], f)
		}
	}
	o.Where, o.Shortcuts = where, every(o.Shortcuts, t.visible(kindsOf(KindRelation), true))
	return o
}

// stakes returns the nodes that a part of the graph stands on: its own, and the relations behind its shortcuts.
func stakes(sub Subgraph) []ID {
	var ids []ID
	for _, n := range sub.Nodes {
		ids = append(ids, n.ID)
	}
	for _, e := range sub.Edges {
		if e.Kind.Info().Derived {
			ids = append(ids, e.Rests()...)
		}
	}
	return ids
}
