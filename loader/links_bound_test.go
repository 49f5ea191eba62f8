package loader_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/read"
)

// A meter counts the rows that are read from a store.
type meter struct {
	graph.Store
	rows atomic.Int64
}

func (m *meter) Select(ctx context.Context, s graph.Select) (graph.Rows, error) {
	rows, err := m.Store.Select(ctx, s)
	m.rows.Add(int64(len(rows.Rows)))
	return rows, err
}

// loadEach loads articles one at a time by one job, and returns how many rows the job had read after each.
func loadEach(t *testing.T, m *meter, articles []string) []int {
	t.Helper()
	source := make(shelf)
	var list []read.Ref
	for i, a := range articles {
		ref := read.Ref(fmt.Sprintf("%03d.txt", i))
		source[ref], list = a, append(list, ref)
	}
	l := newLoader(t, m, source)
	l.GroupDocuments = 1
	var read []int
	l.Observe = func(loader.Event) { read = append(read, int(m.rows.Load())) }
	if summary, err := l.Load(t.Context(), refs(list...)); err != nil || summary.Loaded != len(list) {
		t.Fatalf("got %+v and error %v, want %d loaded", summary, err, len(list))
	}
	return read
}

// TestFormulasCostLittle loads articles with the same forms of words around other numbers: what one more of them costs
// does not grow with how many there are.
func TestFormulasCostLittle(t *testing.T) {
	t.Parallel()
	var articles []string
	for i := range 120 {
		articles = append(articles, fmt.Sprintf("Title: Bulletin %d\nOutlet: Harrowgate Ledger\nDate: 2025-03-%02d\nLang: en\n\n"+
			"The foreign ministry said on Tuesday that Iran had returned %d stored rifles to the border guards near the crossing.\n\n"+
			"Iran denied that %d boats of the coast guard had entered the northern harbour before the talks began.\n", i, 1+i%28, 1200+7*i, 40+i))
	}
	m := &meter{Store: graphtest.NewOracle()}
	rows := loadEach(t, m, articles)
	early, late := rows[59]-rows[39], rows[119]-rows[99]
	if late > early {
		t.Errorf("twenty articles read %d rows of the graph, twenty after a hundred %d; want no more", early, late)
	}
	links := countLinks(t, graph.New(m), graph.EdgeContradicts)
	if links == 0 || links > 40*len(articles) {
		t.Errorf("got %d contradictions between %d articles, want some, and no more than 40 for each", links, len(articles))
	}
}

// TestCopiesCostLittle loads a text that very many outlets carry: each is known for a copy, and what one more costs does
// not grow with how many there are.
func TestCopiesCostLittle(t *testing.T) {
	t.Parallel()
	body := "Engineers from both banks walked along the canal before dawn, counted the gates that still closed, wrote the number on a " +
		"wall with chalk, and went home without a word to the farmers who had followed them with lamps.\n\n" +
		"By noon the water had reached the lower fields, where an old pump that nobody had started for eleven years coughed " +
		"twice, ran for an hour, and filled the ditch behind the school to its brim.\n\n" +
		"A clerk read the figures aloud in the square, then read them again because the wind had carried half of them away, " +
		"and promised that a second list would hang beside the well by the end of the week.\n"
	var articles []string
	for i := range 100 {
		articles = append(articles, fmt.Sprintf("Title: Water at last\nOutlet: Harbour Courier %d\nDate: 2025-03-%02d\nLang: en\n\n%s",
			i, 1+i%28, body))
	}
	m := &meter{Store: graphtest.NewOracle()}
	rows := loadEach(t, m, articles)
	if late := rows[99] - rows[79]; late > 20*50 {
		t.Errorf("twenty articles after eighty read %d rows of the graph, want no more than fifty each", late)
	}
	if n := originals(t, graph.New(m)); n != 1 {
		t.Errorf("the copies fall into %d groups, want 1", n)
	}
}

func countLinks(t *testing.T, g *graph.Graph, kind graph.EdgeKind) int {
	t.Helper()
	return strings.Count(strings.Join(linksOf(t, g, *kind.Info()), "\n"), string(kind))
}

// originals returns into how many groups the documents fall that are joined by COPY_OF.
func originals(t *testing.T, g *graph.Graph) int {
	t.Helper()
	rows, err := g.Select(t.Context(), graph.Select{Level: graph.Level{
		Kinds: []graph.NodeKind{graph.KindDocument}, First: graph.MaxFirst,
		Follow: []graph.Follow{{Edge: graph.EdgeCopyOf, Level: graph.Level{First: graph.MaxFirst}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	group := make(map[graph.ID]graph.ID)
	for _, row := range rows.Rows {
		group[row.ID] = row.ID
	}
	for _, row := range rows.Rows {
		for _, far := range row.Follow[0].Rows {
			from, to := group[row.ID], group[far.ID]
			for id, g := range group {
				if g == from {
					group[id] = to
				}
			}
		}
	}
	var names []graph.ID
	for _, name := range group {
		names = append(names, name)
	}
	slices.Sort(names)
	return len(slices.Compact(names))
}
