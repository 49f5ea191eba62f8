package graph_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

var byDate = graph.Level{
	Kinds: []graph.NodeKind{graph.KindClaim},
	Order: []graph.Order{{Prop: "lastSeen", Desc: true}, {Prop: "originCount"}, {Prop: "contested"}, {Prop: "text"}},
}

func TestCursor(t *testing.T) {
	t.Parallel()
	id := graph.NewID(graph.KindClaim, "x")
	at := time.Date(2024, 7, 1, 8, 30, 0, 250_000_000, time.UTC)
	for _, order := range [][]any{
		{at, int64(1<<62 + 1), true, "“Quoted”, \x00 and\u2028more"}, {nil, nil, nil, nil}, {nil, int64(0), false, ""},
	} {
		want := &graph.Position{Order: order, ID: id}
		got, err := byDate.Position(byDate.Cursor(want))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("position (-want +got):\n%s", diff)
		}
	}
}

func TestCursorOfAnotherList(t *testing.T) {
	t.Parallel()
	p := &graph.Position{Order: []any{nil, nil, nil, nil}, ID: graph.NewID(graph.KindClaim, "x")}
	cursor := byDate.Cursor(p)
	otherKind, otherOrder := byDate, byDate
	otherKind.Kinds = []graph.NodeKind{graph.KindRelation}
	otherOrder.Order = append([]graph.Order{{Prop: "lastSeen"}}, byDate.Order[1:]...)
	for name, l := range map[string]graph.Level{"kind": otherKind, "order": otherOrder, "no order": {Kinds: byDate.Kinds}} {
		if _, err := l.Position(cursor); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("a cursor of another %s: got error %v, want %v", name, err, graph.ErrInvalid)
		}
	}
}

func FuzzPosition(f *testing.F) {
	f.Add(byDate.Cursor(&graph.Position{Order: []any{nil, int64(1), nil, "x"}, ID: graph.NewID(graph.KindClaim, "x")}))
	f.Add("")
	f.Add("eyJsIjoiIn0")
	f.Fuzz(func(t *testing.T, cursor string) {
		p, err := byDate.Position(cursor)
		if err != nil {
			if !errors.Is(err, graph.ErrInvalid) {
				t.Fatalf("got error %v, want %v", err, graph.ErrInvalid)
			}
			return
		}
		again, err := byDate.Position(byDate.Cursor(p))
		if err != nil || !cmp.Equal(p, again) {
			t.Errorf("%q is %v, and written again %v (error %v)", cursor, p, again, err)
		}
	})
}
