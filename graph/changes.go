package graph

import (
	"context"
	"slices"
	"sync"
	"time"
)

// A ChangeKind says what happened to a claim.
type ChangeKind string

// The kinds of changes.
const (
	ClaimTold      ChangeKind = "TOLD"      // a document that tells it came, or came again
	ClaimRetracted ChangeKind = "RETRACTED" // it no longer stands, or something that tells it does not
	ClaimRestored  ChangeKind = "RESTORED"  // a retraction was undone
)

// ChangeKinds lists every ChangeKind.
var ChangeKinds = []ChangeKind{ClaimTold, ClaimRetracted, ClaimRestored}

// A Change tells that claims changed, by one batch.
type Change struct {
	Kind   ChangeKind
	Cause  ID   // the document or judgement
	Claims []ID // by ID
	At     time.Time
}

// changes are who wants to be told.
type changes struct {
	mu        sync.Mutex
	listeners map[int]func(Change)
	next      int
}

func newChanges() *changes { return &changes{listeners: make(map[int]func(Change))} }

// Listen has fn told of the changes that are made through this Graph and its views from now on, in their order, until stop
// is called. fn must return at once: whoever stores waits for it.
func (g *Graph) Listen(fn func(Change)) (stop func()) {
	c := g.changes
	c.mu.Lock()
	defer c.mu.Unlock()
	id := c.next
	c.next++
	c.listeners[id] = fn
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.listeners, id)
	}
}

func (c *changes) tell(change Change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, fn := range c.listeners {
		fn(change)
	}
}

func (c *changes) heard() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.listeners) > 0
}

// changed tells of what the batches changed.
func (g *Graph) changed(ctx context.Context, batches []Batch) {
	for _, b := range batches {
		kind, _ := b.Owner.Kind() // it was checked
		if kind == KindJudgement {
			g.rulings.forget()
		}
		if !g.changes.heard() {
			continue
		}
		change := Change{Kind: ClaimTold, Cause: b.Owner, At: time.Now().UTC().Truncate(time.Millisecond)}
		switch kind {
		case KindDocument:
			for _, n := range b.Nodes {
				if n.Kind == KindClaim {
					change.Claims = append(change.Claims, n.ID)
				}
			}
		case KindJudgement:
			j := b.Nodes[slices.IndexFunc(b.Nodes, func(n Node) bool { return n.ID == b.Owner })]
			if j.Props["verdict"] != string(Retracted) {
				continue
			}
			change.Kind = ClaimRetracted
			if _, undone := j.Props["undoneAt"]; undone {
				change.Kind = ClaimRestored
			}
			change.Claims = g.claimsBehind(ctx, b.Edges)
		}
		if change.Claims = sortedIDs(change.Claims); len(change.Claims) > 0 {
			g.changes.tell(change)
		}
	}
}

// claimsBehind returns the claims that a judgement is about, or that what it is about tells. It is stored by now: an error
// here is no error of the call, and who listens is told of what could be read.
func (g *Graph) claimsBehind(ctx context.Context, judges []Edge) []ID {
	said := Follow{Edge: EdgeContent, Level: Level{Kinds: kindsOf(KindClaim), First: 1}}
	acts := Follow{Edge: EdgeIn, Reverse: true, Level: Level{Kinds: kindsOf(KindAttribution), First: MaxFirst, Follow: []Follow{said}}}
	var claims []ID
	for _, e := range judges {
		kind, _ := e.To.Kind()
		s := Select{IDs: []ID{e.To}, Level: Level{Kinds: kindsOf(kind), First: 1}}
		switch kind {
		case KindClaim:
			claims = append(claims, e.To)
			continue
		case KindDocument:
			s.Follow = []Follow{acts}
		case KindAttribution:
			s.Follow = []Follow{said}
		default:
			continue
		}
		rows, err := g.store.Select(ctx, s)
		if err != nil {
			continue
		}
		claims = append(claims, leaves(rows)...)
	}
	return claims
}

// leaves returns the nodes at the far ends of an answer.
func leaves(rows Rows) []ID {
	var ids []ID
	for _, r := range rows.Rows {
		if len(r.Follow) == 0 {
			ids = append(ids, r.ID)
		}
		for _, below := range r.Follow {
			ids = append(ids, leaves(below)...)
		}
	}
	return ids
}
