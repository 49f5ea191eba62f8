package graph_test

import (
	"errors"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
)

func TestNewID(t *testing.T) {
	t.Parallel()
	a := graph.NewID(graph.KindClaim, "a", "bc")
	if b := graph.NewID(graph.KindClaim, "a", "bc"); a != b {
		t.Errorf("one key gives %s and %s", a, b)
	}
	for _, other := range []graph.ID{
		graph.NewID(graph.KindClaim, "ab", "c"), graph.NewID(graph.KindClaim, "abc"),
		graph.NewID(graph.KindClaim, "a", "bc", ""), graph.NewID(graph.KindActor, "a", "bc"),
	} {
		if other == a {
			t.Errorf("another key gives %s too", a)
		}
	}
	for _, info := range graph.Nodes {
		got, err := graph.NewID(info.Kind, "x").Kind()
		if err != nil || got != info.Kind {
			t.Errorf("got kind %s, error %v, want %s", got, err, info.Kind)
		}
	}
}

func TestOwnedID(t *testing.T) {
	t.Parallel()
	wire, echo := graph.NewID(graph.KindDocument, "wire"), graph.NewID(graph.KindDocument, "echo")
	seen := make(map[graph.ID]bool)
	for _, owner := range []graph.ID{wire, echo} {
		for _, key := range []string{"1", "2"} {
			id := graph.OwnedID(graph.KindPassage, owner, key)
			if kind, err := id.Kind(); err != nil || kind != graph.KindPassage {
				t.Errorf("%s: got kind %s, error %v, want %s", id, kind, err, graph.KindPassage)
			}
			if again := graph.OwnedID(graph.KindPassage, owner, key); again != id || seen[id] {
				t.Errorf("the ID of %s's passage %s is %s, then %s; IDs of others: %v", owner, key, id, again, seen)
			}
			if got, want := id[4:13], owner[4:13]; got != want {
				t.Errorf("%s begins with %s, not with its owner's %s", id, got, want)
			}
			seen[id] = true
		}
	}
}

func TestForgedIDs(t *testing.T) {
	t.Parallel()
	good := string(graph.NewID(graph.KindClaim, "x"))
	for _, id := range []string{
		"", "clm", "clm_", good[:len(good)-1], good + "a", "xyz" + good[3:], "CLM" + good[3:], good[:10] + "'" + good[11:],
		good[:10] + "A" + good[11:], "clm_\x00", "✓_" + good[4:],
	} {
		if kind, err := graph.ID(id).Kind(); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%q: got kind %q, error %v, want %v", id, kind, err, graph.ErrInvalid)
		}
	}
}
