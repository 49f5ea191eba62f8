package graph_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/claimgraph/claimgraph/graph"
)

func shownDiff(runs []graph.WordRun) string {
	var parts []string
	for _, r := range runs {
		parts = append(parts, map[graph.WordOp]string{graph.WordsEqual: "=", graph.WordsInserted: "+", graph.WordsDeleted: "-"}[r.Op]+r.Text)
	}
	return strings.Join(parts, " | ")
}

func TestDiffWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, want string }{
		{"", "", ""},
		{"one two", "One, two.", "=One, two."},
		{"", "new words", "+new words"},
		{"old words", "", "-old words"},
		{
			"Iran will give back 3,500 rifles that soldiers took", "Iran will hand back 3,500 rifles which soldiers took",
			"=Iran will | -give | +hand | =back 3,500 rifles | -that | +which | =soldiers took",
		},
		{"a b c d e", "a x c e y", "=a | -b | +x | =c | -d | =e | +y"},
	} {
		if got := shownDiff(graph.DiffWords(c.from, c.to)); got != c.want {
			t.Errorf("%q, %q: got %s, want %s", c.from, c.to, got, c.want)
		}
	}
}

func TestDiffWordsOfLongTexts(t *testing.T) {
	t.Parallel()
	long := func(word string) string { return "begin " + strings.Repeat(word+" ", 3000) + "end" }
	runs := graph.DiffWords(long("a"), long("b"))
	if len(runs) != 4 || runs[0].Text != "begin" || runs[3].Text != "end" {
		t.Errorf("got %d runs, want begin, one deleted, one inserted, end", len(runs))
	}
}

// TestDiffWordsGivesBothTexts finds either text in the runs: without what is inserted, or without what is deleted.
func TestDiffWordsGivesBothTexts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("a b c d e")), 0, 12)
		from, to := words.Draw(t, "from"), words.Draw(t, "to")
		var first, second []string
		for _, r := range graph.DiffWords(strings.Join(from, " "), strings.Join(to, " ")) {
			if r.Op != graph.WordsInserted {
				first = append(first, r.Text)
			}
			if r.Op != graph.WordsDeleted {
				second = append(second, r.Text)
			}
		}
		if strings.Join(first, " ") != strings.Join(from, " ") || strings.Join(second, " ") != strings.Join(to, " ") {
			t.Fatalf("got %v and %v of %v and %v", first, second, from, to)
		}
	})
}
