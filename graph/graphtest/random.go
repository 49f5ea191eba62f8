package graphtest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/claimgraph/claimgraph/graph"
)

var randomChecks = []check{
	{name: "Random/histories and requests", run: randomHistories},
	{name: "Random/the past never changes", run: func(s *subject) { s.tryRandom((*subject).remember) }},
}

// usualChecks is how many histories are tried where the options do not say.
const usualChecks = 20

// randomHistories puts, replaces, delivers again and deletes small random batches, and compares random requests after
// that.
func randomHistories(s *subject) { s.tryRandom((*subject).live) }

// tryRandom runs a random check again and again, each time on an empty store. rapid prints the seed of a failure, and
// shortens it.
func (s *subject) tryRandom(check func(*subject)) {
	limit := s.options.Checks
	if limit == 0 {
		limit = usualChecks
	}
	if testing.Short() {
		limit = max(1, limit/4)
	}
	// How often rapid checks is a flag for all tests of the program; a store that needs a server's time checks less.
	// Once a check has failed, all that follow count: rapid looks for the shortest history that fails.
	tried, failed := 0, false
	rapid.Check(s.reporter, func(t *rapid.T) {
		if tried >= limit && !failed {
			return
		}
		tried++
		fine := false
		defer func() { failed = failed || !fine }()
		s.close()
		s.store = s.open()
		history := newSubject(t, s.store)
		check(history)
		fine = !t.Failed()
	})
}

// live goes through one random history and asks random questions.
func (s *subject) live() {
	t, ok := s.reporter.(*rapid.T)
	if !ok {
		s.Fatalf("a random history needs a source of randomness")
		return
	}
	var delivered [][]graph.Batch
	for step := range between(t, "steps", 1, 7) {
		switch action := oneOf(t, "action", []string{"put", "put", "put", "redeliver", "delete"}); {
		case action == "put" || len(delivered) == 0:
			delivered = append(delivered, drawBatches(t))
			s.putBatches(delivered[len(delivered)-1])
		case action == "redeliver":
			s.putBatches(oneOf(t, "redelivered", delivered))
		default:
			s.deleteSome(t)
		}
		s.agrees(fmt.Sprint("after step ", step+1))
	}
	for range 6 {
		s.askRandom(t)
	}
	for range 3 {
		s.countRandom(t)
	}
	from, to := ID(graph.KindActor, oneOf(t, "from", actorNames)), drawID(t, "to")
	s.samePaths("random paths", from, to, graph.PathOptions{
		MaxLength: between(t, "length", 0, 5), First: between(t, "paths", 1, 6), Using: drawUsing(t),
		Props: []string{"caption", "aliases"},
	})
	o := graph.NeighbourhoodOptions{
		Depth: between(t, "depth", 0, graph.MaxDepth), Nodes: between(t, "nodes", 2, 12),
		Using: drawUsing(t), Props: []string{"caption", "originCount"}, BareEdges: rapid.Bool().Draw(t, "bare"),
	}
	if rapid.Bool().Draw(t, "only some kinds") {
		o.Kinds = drawKinds(t)
	}
	s.near("random neighbourhood", []graph.ID{from, drawID(t, "seed")}, o)
}

// deleteSome deletes one or two of the owners that are there.
func (s *subject) deleteSome(t *rapid.T) {
	var owners []graph.ID
	for id := range s.oracle.batches {
		owners = append(owners, id)
	}
	if len(owners) == 0 {
		return
	}
	slices.Sort(owners)
	owners = sortedSet([]graph.ID{oneOf(t, "deleted", owners), oneOf(t, "deleted", owners)})
	if err := s.store.Delete(s.Context(), owners); err != nil {
		s.Fatalf("Delete %v: %v", owners, err)
	}
	if err := s.oracle.Delete(context.WithoutCancel(s.Context()), owners); err != nil {
		s.Fatalf("oracle: Delete %v: %v", owners, err)
	}
}

// between draws a number. rapid's own ranges and samples prefer their beginning, so much that most graphs would be
// almost empty; this is nearly even and still gets smaller when rapid shortens a failure.
func between(t *rapid.T, what string, low, high int) int {
	return rapid.Map(rapid.Uint64(), func(n uint64) int {
		return low + int(n%uint64(high-low+1)) //nolint:gosec // the ranges here are small
	}).Draw(t, what)
}

func oneOf[T any](t *rapid.T, what string, list []T) T {
	return rapid.Map(rapid.Uint64(), func(n uint64) T { return list[n%uint64(len(list))] }).Draw(t, what)
}

// some draws one to limit different ones of the list.
func some[T comparable](t *rapid.T, what string, list []T, limit int) []T {
	var chosen []T
	for range between(t, what, 1, limit) {
		if one := oneOf(t, what, list); !slices.Contains(chosen, one) {
			chosen = append(chosen, one)
		}
	}
	return chosen
}

// The names that random batches share.
var (
	ownerNames    = []string{"wire", "echo", "paper", "grade", "verdict"} // see ownerKind
	actorNames    = []string{"iran", "guard", "chief"}
	claimNames    = []string{"truce", "peace", "war"}
	relationNames = []string{"aids", "arms", "meets"}
	ownedKinds    = []graph.NodeKind{graph.KindAttribution, graph.KindPassage, graph.KindMention, graph.KindCitation}
)

func ownerKind(name string) graph.NodeKind {
	switch name {
	case "grade":
		return graph.KindAssessment
	case "verdict":
		return graph.KindJudgement
	}
	return graph.KindDocument
}

func ownerID(name string) graph.ID { return ID(ownerKind(name), name) }

// drawID draws the ID of a node that may be there.
func drawID(t *rapid.T, what string) graph.ID {
	switch oneOf(t, what+": kind", []graph.NodeKind{graph.KindActor, graph.KindClaim, graph.KindRelation, graph.KindDocument}) {
	case graph.KindActor:
		return ID(graph.KindActor, oneOf(t, what, actorNames))
	case graph.KindClaim:
		return ID(graph.KindClaim, oneOf(t, what, claimNames))
	case graph.KindRelation:
		return ID(graph.KindRelation, oneOf(t, what, relationNames))
	default:
		return ownerID(oneOf(t, what, ownerNames))
	}
}

func drawBatches(t *rapid.T) []graph.Batch {
	var batches []graph.Batch
	for _, name := range some(t, "owners", ownerNames, 2) {
		b := drawBatch(t, name)
		if err := graph.New(NewOracle()).Put(t.Context(), b); err != nil {
			t.Fatalf("a random batch breaks the rules: %v", err)
		}
		batches = append(batches, b)
	}
	return batches
}

func drawBatch(t *rapid.T, owner string) graph.Batch {
	b := graph.Batch{Owner: ownerID(owner)}
	add := func(kind graph.NodeKind, name string) {
		id := ID(kind, name)
		b.Nodes = append(b.Nodes, graph.Node{ID: id, Kind: kind, Props: drawProps(t, kind, name)})
		if slices.Contains(ownedKinds, kind) {
			b.Edges = append(b.Edges, graph.Edge{Kind: graph.EdgeIn, From: id, To: b.Owner})
		}
	}
	add(ownerKind(owner), owner)
	if ownerKind(owner) == graph.KindDocument {
		for _, kind := range ownedKinds {
			for i := range between(t, string(kind), 0, 2) {
				add(kind, owner+string(rune('a'+i)))
			}
		}
	}
	for _, shared := range []struct {
		kind  graph.NodeKind
		names []string
	}{
		{graph.KindActor, actorNames},
		{graph.KindClaim, claimNames},
		{graph.KindRelation, relationNames},
		{graph.KindRun, []string{"night"}},
	} {
		for _, name := range shared.names {
			if rapid.Bool().Draw(t, name) {
				add(shared.kind, name)
			}
		}
	}
	drawEdges(t, &b)
	drawLinks(t, &b)
	return b
}

// drawProps draws properties as the vocabulary has them, the optional ones at times.
func drawProps(t *rapid.T, kind graph.NodeKind, name string) graph.Props {
	props := make(graph.Props)
	for _, p := range kind.Info().Props {
		if p.ByStores() || !p.Required && !rapid.Bool().Draw(t, name+"."+p.Name+"?") {
			continue
		}
		props[p.Name] = drawValue(t, p)
	}
	if kind == graph.KindRelation { // What a relation is follows from its ID.
		typ := graph.Backs
		if name == "meets" {
			typ = graph.Consult
		}
		props["type"], props["class"], props["quad"] = string(typ), string(typ.Class()), string(typ.Quad())
		props["mode"] = oneOf(t, name+".mode", []string{"ACTUAL", "ACTUAL", "ACTUAL", "PLANNED"})
	}
	return props
}

// drawEdges adds edges from the batch's nodes to any that they may lead to, there or not.
func drawEdges(t *rapid.T, b *graph.Batch) {
	for _, n := range b.Nodes {
		if n.Kind == graph.KindRelation {
			drawParts(t, b, n.ID)
		}
	}
	for range between(t, "edges", 2, 16) {
		from := oneOf(t, "from", b.Nodes)
		var kinds []graph.EdgeInfo
		for _, e := range graph.Edges {
			part := e.Kind == graph.EdgeAgent || e.Kind == graph.EdgeTarget || e.Kind == graph.EdgeIn
			if !e.Derived && !e.Link && !part && slices.Contains(e.From, from.Kind) {
				kinds = append(kinds, e)
			}
		}
		if len(kinds) == 0 {
			continue
		}
		info := oneOf(t, "edge", kinds)
		ends := endsOf(b, info.To, true)
		if len(ends) == 0 {
			continue
		}
		to := oneOf(t, "to", ends)
		for range between(t, "parallel", 1, 2) {
			props := drawEdgeProps(t, info)
			b.Edges = append(b.Edges, graph.Edge{Kind: info.Kind, From: from.ID, To: to, Props: props})
		}
	}
}

// drawLinks adds links between the batch's nodes and any others, there or not, in either direction.
func drawLinks(t *rapid.T, b *graph.Batch) {
	for range between(t, "links", 0, 4) {
		info := oneOf(t, "link", linkKinds())
		near, far := info.From, info.To
		reverse := rapid.Bool().Draw(t, "reverse")
		if reverse {
			near, far = far, near
		}
		from, to := endsOf(b, near, false), endsOf(b, far, true)
		if len(from) == 0 || len(to) == 0 {
			continue
		}
		e := graph.Edge{Kind: info.Kind, From: oneOf(t, "from", from), To: oneOf(t, "to", to), Props: drawEdgeProps(t, info)}
		if reverse && !info.Symmetric || info.Symmetric && e.From < e.To {
			e.From, e.To = e.To, e.From
		}
		if e.From != e.To {
			b.Links = append(b.Links, e)
		}
	}
}

// linkKinds lists the kinds of links.
func linkKinds() []graph.EdgeInfo {
	return slices.DeleteFunc(slices.Clone(graph.Edges), func(e graph.EdgeInfo) bool { return !e.Link })
}

func drawEdgeProps(t *rapid.T, info graph.EdgeInfo) graph.Props {
	props := make(graph.Props)
	for _, p := range info.Props {
		if p.Required || rapid.Bool().Draw(t, p.Name+"?") {
			props[p.Name] = drawValue(t, p)
		}
	}
	return props
}

// drawParts gives a relation its agent and target, the same in every batch, so that it often makes a shortcut.
func drawParts(t *rapid.T, b *graph.Batch, relation graph.ID) {
	parts := []graph.Edge{
		{Kind: graph.EdgeAgent, From: relation, To: ID(graph.KindActor, actorNames[0])},
		{Kind: graph.EdgeTarget, From: relation, To: ID(graph.KindActor, actorNames[1])},
	}
	for _, e := range parts {
		if between(t, string(e.Kind), 0, 3) > 0 {
			b.Edges = append(b.Edges, e)
		}
	}
}

// endsOf lists the nodes of those kinds that an edge of the batch may have as an end: its own and, where anywhere is
// true, shared ones and owners.
func endsOf(b *graph.Batch, kinds []graph.NodeKind, anywhere bool) []graph.ID {
	var ends []graph.ID
	for _, n := range b.Nodes {
		if slices.Contains(kinds, n.Kind) {
			ends = append(ends, n.ID)
		}
	}
	for kind, names := range map[graph.NodeKind][]string{
		graph.KindActor: actorNames, graph.KindClaim: claimNames, graph.KindRelation: relationNames,
		graph.KindDocument: ownerNames[:3], graph.KindRun: {"night"},
	} {
		if anywhere && slices.Contains(kinds, kind) {
			for _, name := range names {
				ends = append(ends, ID(kind, name))
			}
		}
	}
	return sortedSet(ends)
}
