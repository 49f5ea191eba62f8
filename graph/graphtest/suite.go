package graphtest

import (
	"context"
	"slices"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
)

// Options say what the suite cannot find out about a store.
type Options struct {
	// ReadCommitted: a reader that races a Put may miss a part of that document (see graph.Store). Otherwise every
	// Select must see each batch wholly or not at all.
	ReadCommitted bool

	// Reopen opens again what a store, which is closed by now, has kept. Nil: nothing outlives Close.
	Reopen func(t testing.TB, closed graph.Store) graph.Store

	// Checks is how many random histories to try; 0 means 20. With -short it is a quarter of that.
	Checks int
}

// Run checks that the stores that open returns keep every promise of graph.Store, one subtest for each. Each subtest
// opens a store, which must be empty, and closes it; no two are open at once. Nil options are the defaults.
func Run(t *testing.T, open func(t testing.TB) graph.Store, o *Options) {
	if o == nil {
		o = &Options{}
	}
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			if c.needs != nil && !c.needs(o) {
				t.Skip("the store's options say that it does not promise this")
			}
			s := newSubject(t, open(t))
			s.options = o
			s.open = func() graph.Store { return open(t) }
			s.reopen = func() graph.Store { return o.Reopen(t, s.store) }
			t.Cleanup(func() {
				if err := s.store.Close(context.WithoutCancel(t.Context())); err != nil {
					t.Errorf("close: %v", err)
				}
			})
			c.run(s)
		})
	}
}

// A check tests one promise on an empty store.
type check struct {
	name  string
	run   func(*subject)
	needs func(*Options) bool // nil: nothing
}

// checks lists the whole suite.
func checks() []check {
	return slices.Concat(
		putChecks, deleteChecks, mergeChecks, danglingChecks, linkChecks, shortcutChecks, valueChecks,
		idChecks, filterChecks, hasChecks, followChecks, orderChecks, pageChecks, searchChecks,
		countChecks, pathChecks, neighbourhoodChecks, degreeChecks, meaningChecks, statsChecks,
		corroborationChecks, authorityChecks, contradictionChecks, cycleChecks, facetChecks, timesChecks, situationChecks, orderlessChecks,
		judgementChecks, mergingChecks, concurrencyChecks, contextChecks, closeChecks, randomChecks,
	)
}
