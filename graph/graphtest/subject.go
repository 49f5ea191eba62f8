package graphtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/claimgraph/claimgraph/graph"
)

// A reporter is what the suite needs of a test: less than testing.TB, so that random checks are tests too.
type reporter interface {
	rapid.TB
	Context() context.Context
}

// A subject is a store under test beside the oracle that it is compared with. Its methods make the same change to
// both, or ask both the same.
type subject struct {
	reporter
	store   graph.Store
	oracle  *Oracle
	known   map[graph.ID]bool // every node that was ever put, there or gone
	options *Options
	open    func() graph.Store // another store, empty; the one before is closed first
	reopen  func() graph.Store // the store again, after Close
}

func newSubject(t reporter, store graph.Store) *subject {
	return &subject{reporter: t, store: store, oracle: NewOracle(), known: make(map[graph.ID]bool), options: &Options{}}
}

// draw reads a picture of the suite.
func (s *subject) draw(picture string) []graph.Batch {
	s.Helper()
	batches, err := Parse(picture)
	if err != nil {
		s.Fatalf("picture: %v", err)
	}
	return batches
}

// put brings all batches of the picture in by one call.
func (s *subject) put(picture string) {
	s.Helper()
	s.putBatches(s.draw(picture))
}

func (s *subject) putBatches(batches []graph.Batch) {
	s.Helper()
	s.expect(batches)
	if err := s.store.Put(s.Context(), batches); err != nil {
		s.Fatalf("Put %s: %v", owners(batches), err)
	}
}

// expect tells the oracle of batches that the store has, or gets now.
func (s *subject) expect(batches []graph.Batch) {
	s.Helper()
	if err := s.oracle.Put(context.WithoutCancel(s.Context()), batches); err != nil {
		s.Fatalf("oracle: Put: %v", err)
	}
	for _, b := range batches {
		for _, n := range b.Nodes {
			s.known[n.ID] = true
		}
	}
}

// delete removes documents by name.
func (s *subject) delete(documents ...string) {
	s.Helper()
	var ids []graph.ID
	for _, name := range documents {
		ids = append(ids, ID(graph.KindDocument, name))
	}
	if err := s.store.Delete(s.Context(), ids); err != nil {
		s.Fatalf("Delete %v: %v", documents, err)
	}
	if err := s.oracle.Delete(s.Context(), ids); err != nil {
		s.Fatalf("oracle: Delete %v: %v", documents, err)
	}
}

// agrees compares everything that the two hold: every node with its properties, every edge, and that there is no more.
func (s *subject) agrees(when string) {
	s.Helper()
	s.stats(when)
	ids := make([]graph.ID, 0, len(s.known))
	for id := range s.known {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for chunk := range slices.Chunk(ids, graph.MaxNodes) {
		o := graph.NeighbourhoodOptions{Nodes: graph.MaxNodes, Props: allProps()}
		got, err := s.store.Neighbourhood(s.Context(), chunk, o)
		if err != nil {
			s.Fatalf("%s: Neighbourhood: %v", when, err)
		}
		want, err := s.oracle.Neighbourhood(s.Context(), chunk, o)
		if err != nil {
			s.Fatalf("%s: oracle: Neighbourhood: %v", when, err)
		}
		s.same(when+": graph", want, got)
	}
}

// allProps names every property of nodes.
func allProps() []string {
	var list []string
	for _, n := range graph.Nodes {
		for _, p := range n.Props {
			list = append(list, p.Name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (s *subject) stats(when string) {
	s.Helper()
	got, err := s.store.Stats(s.Context())
	if err != nil {
		s.Fatalf("%s: Stats: %v", when, err)
	}
	want, err := s.oracle.Stats(s.Context())
	if err != nil {
		s.Fatalf("%s: oracle: Stats: %v", when, err)
	}
	s.same(when+": Stats", want, got)
}

// same compares an answer with the wanted one, mostly the oracle's; nil and empty are the same.
func (s *subject) same(what string, want, got any) bool {
	s.Helper()
	diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.Transformer("short", short), cmp.Transformer("time", exactTime))
	if diff != "" {
		s.Errorf("%s (-want +got):\n%s", what, diff)
	}
	return diff == ""
}

// exactTime shows the zone too, which must be UTC.
func exactTime(t time.Time) string { return t.Format(time.RFC3339Nano) + " " + t.Location().String() }

// sameErr fails unless the store failed as it should.
func (s *subject) sameErr(what string, got, want error) {
	s.Helper()
	if !errors.Is(got, want) {
		s.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

// ask sends the request to both and compares the answers.
func (s *subject) ask(what string, sel graph.Select) graph.Rows {
	s.Helper()
	got, err := s.store.Select(s.Context(), sel)
	if err != nil {
		s.Fatalf("%s: Select: %v", what, err)
	}
	want, err := s.oracle.Select(s.Context(), sel)
	if err != nil {
		s.Fatalf("%s: oracle: Select: %v", what, err)
	}
	s.sameRows(what, want, got)
	return got
}

// A flatRow is a row or, without an ID, the end of a level. Its place is that of the rows above and of the follows.
type flatRow struct {
	Place              string
	ID                 graph.ID
	Kind               graph.NodeKind
	Props, Edge, Order []any
	More               bool
	Total              int
}

// flatten lays a tree of rows out: comparing trees takes cmp twice as long for each level.
func flatten(rows graph.Rows, place string) []flatRow {
	var list []flatRow
	for _, r := range rows.Rows {
		list = append(list, flatRow{Place: place, ID: r.ID, Kind: r.Kind, Props: r.Props, Edge: r.Edge, Order: r.Order})
		for i, f := range r.Follow {
			list = append(list, flatten(f, fmt.Sprintf("%s/%s.%d", place, short(r.ID), i))...)
		}
	}
	return append(list, flatRow{Place: place, More: rows.More, Total: rows.Total})
}

func (s *subject) sameRows(what string, want, got graph.Rows) {
	s.Helper()
	s.same(what, flatten(want, ""), flatten(got, ""))
}

// answers is ask where the answer is known: in the form of sketch.
func (s *subject) answers(what string, sel graph.Select, want string) {
	s.Helper()
	if got := sketch(s.ask(what, sel)); got != want {
		s.Errorf("%s: got\n\t%s\nwant\n\t%s", what, got, want)
	}
}

// sketch draws rows in one line: `act_iran`, with edge properties `act_iran[CUE]`, with properties `act_iran{Iran}`,
// with follows `att_says(act_iran; clm_truce)`, then ` …` if there is more and ` of 7` if the total is known.
func sketch(rows graph.Rows) string {
	var parts []string
	for _, r := range rows.Rows {
		text := short(r.ID)
		if len(r.Edge) > 0 {
			text += "[" + sketchValues(r.Edge) + "]"
		}
		if len(r.Props) > 0 {
			text += "{" + sketchValues(r.Props) + "}"
		}
		var follows []string
		for _, f := range r.Follow {
			follows = append(follows, sketch(f))
		}
		if len(follows) > 0 {
			text += "(" + strings.Join(follows, "; ") + ")"
		}
		parts = append(parts, text)
	}
	if rows.More {
		parts = append(parts, "…")
	}
	if rows.Total > 0 {
		parts = append(parts, fmt.Sprintf("of %d", rows.Total))
	}
	return strings.Join(parts, " ")
}

func sketchValues(values []any) string {
	var parts []string
	for _, v := range values {
		if v == nil {
			parts = append(parts, "-")
			continue
		}
		parts = append(parts, strings.ReplaceAll(graph.FormatValue(v), "\x1f", "|"))
	}
	return strings.Join(parts, ", ")
}

func owners(batches []graph.Batch) string {
	var list []string
	for _, b := range batches {
		list = append(list, short(b.Owner))
	}
	return strings.Join(list, " ")
}

// among asks for the nodes of those kinds that match, in the order of their IDs.
func among(where graph.Filter, kinds ...graph.NodeKind) graph.Select {
	return graph.Select{Level: graph.Level{Kinds: kinds, Where: where, First: 100}}
}

// along follows an edge, with room for all that it leads to.
func along(edge graph.EdgeKind, then ...graph.Follow) graph.Follow {
	return graph.Follow{Edge: edge, Level: graph.Level{First: 100, Follow: then}}
}

// against follows an edge backwards.
func against(edge graph.EdgeKind, then ...graph.Follow) graph.Follow {
	f := along(edge, then...)
	f.Reverse = true
	return f
}
