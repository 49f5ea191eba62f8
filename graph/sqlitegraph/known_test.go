package sqlitegraph

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

func TestLearn(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "graph.db")
	open(t, path)
	c := connected(t, path)
	var writing known
	var words []string
	for i := range 5 * wordsOfFilter / 2 {
		words = append(words, fmt.Sprintf("zk%d", i))
	}
	for some := range slices.Chunk(words, wordsOfFilter/3) {
		learn := func() error { return writing.learn(c, []string{strings.Join(some, " ")}) }
		if err := c.transaction(t.Context(), "BEGIN IMMEDIATE", learn); err != nil {
			t.Fatal(err)
		}
	}
	var reading known
	filters, err := reading.asOf(connected(t, path))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range words {
		if !mayHold(filters, word) {
			t.Fatalf("%s is not known", word)
		}
	}
	passed := 0
	for i := range 10_000 {
		if mayHold(filters, fmt.Sprintf("unheard%d", i)) {
			passed++
		}
	}
	if passed > 400 {
		t.Errorf("%d of 10,000 words that nobody learned pass, want at most 4 in a hundred", passed)
	}
	if len(filters) != 3 {
		t.Errorf("got %d filters, want 3", len(filters))
	}
}

// titled puts a document with that title.
func titled(t *testing.T, s *Store, title string) {
	t.Helper()
	doc := graph.Document{Title: title, Text: title, TextSHA256: title}
	if err := s.Put(t.Context(), []graph.Batch{{Owner: doc.ID(), Nodes: []graph.Node{doc.Node()}}}); err != nil {
		t.Fatal(err)
	}
}

// titles returns the titles of the documents that hold any of the words.
func titles(t *testing.T, s *Store, words string) []string {
	t.Helper()
	rows, err := s.Select(t.Context(), graph.Select{Level: graph.Level{
		Kinds: []graph.NodeKind{graph.KindDocument}, Where: graph.Match{Text: words, Any: true}, Props: []string{"title"}, First: 10,
	}})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, row := range rows.Rows {
		title, _ := row.Props[0].(string)
		list = append(list, title)
	}
	slices.Sort(list)
	return list
}

// TestKnownWordsOfOthers has two stores over one file find what the other has just put.
func TestKnownWordsOfOthers(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "graph.db")
	stores := []*Store{open(t, path), open(t, path)}
	var want []string
	for i := range 6 {
		title := fmt.Sprintf("harbour%d", i)
		if got := titles(t, stores[i%2], title); got != nil {
			t.Errorf("before it is put, %s finds %s", title, got)
		}
		titled(t, stores[(i+1)%2], title)
		want = append(want, title)
		if diff := cmp.Diff(want, titles(t, stores[i%2], "nowhere "+strings.Join(want, " "))); diff != "" {
			t.Errorf("after %s is put (-want +got):\n%s", title, diff)
		}
	}
}

// TestKnownWordsOfOlderGraphs takes a graph back to where words were not known yet, and migrates it.
func TestKnownWordsOfOlderGraphs(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "graph.db")
	titled(t, open(t, path), "earlier")
	if err := connected(t, path).db.Exec("DROP TABLE known; PRAGMA user_version = 6"); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path, &Options{Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close(t.Context())
	titled(t, s, "later")
	if diff := cmp.Diff([]string{"earlier", "later"}, titles(t, s, "earlier later never")); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
}
