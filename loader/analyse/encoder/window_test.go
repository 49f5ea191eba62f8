package encoder

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

// TestPack writes windows as the numbers of paragraphs and of words, and of a window's pieces.
func TestPack(t *testing.T) {
	t.Parallel()
	s := tiny
	s.Packed, s.Window = 9, 12
	m := load(t, s)
	for name, c := range map[string]struct {
		paragraphs []string
		want       [][]Place
		pieces     []int
	}{
		"nothing": {[]string{"", " "}, nil, nil},
		"two in a window": {
			[]string{"ab a", "", "a."},
			[][]Place{{{1, 0, 0}, {3, 0, 1}, {4, 0, -1}, {5, 2, 0}, {6, 2, 1}, {7, 2, -1}}},
			[]int{8},
		},
		"a window each": {
			[]string{"a a a a a", "a a a a a"},
			[][]Place{
				{{1, 0, 0}, {2, 0, 1}, {3, 0, 2}, {4, 0, 3}, {5, 0, 4}, {6, 0, -1}},
				{{1, 1, 0}, {2, 1, 1}, {3, 1, 2}, {4, 1, 3}, {5, 1, 4}, {6, 1, -1}},
			},
			[]int{7, 7},
		},
		"a longer window for one, not for the next": {
			[]string{"a a a a a a a a", "a"},
			[][]Place{
				{
					{1, 0, 0}, {2, 0, 1}, {3, 0, 2}, {4, 0, 3}, {5, 0, 4}, {6, 0, 5}, {7, 0, 6}, {8, 0, 7}, {9, 0, -1},
				},
				{{1, 1, 0}, {2, 1, -1}},
			},
			[]int{10, 3},
		},
		"cut after a full stop": {
			[]string{"a. a a a a. a a a a"},
			[][]Place{
				{{1, 0, 0}, {2, 0, 1}, {3, 0, 2}, {4, 0, 3}, {5, 0, 4}, {6, 0, 5}, {7, 0, 6}, {8, 0, -1}},
				{{1, 0, 7}, {2, 0, 8}, {3, 0, 9}, {4, 0, 10}, {5, 0, -1}},
			},
			[]int{9, 6},
		},
		"cut at the end of a window": {
			[]string{"a. a a a a a a a a ab"},
			[][]Place{
				{
					{1, 0, 0},
					{2, 0, 1},
					{3, 0, 2},
					{4, 0, 3},
					{5, 0, 4},
					{6, 0, 5},
					{7, 0, 6},
					{8, 0, 7},
					{9, 0, 8},
					{10, 0, 9},
					{11, 0, -1},
				},
				{{1, 0, 10}, {3, 0, -1}},
			},
			[]int{12, 4},
		},
		"a word longer than a window": {
			[]string{"a" + strings.Repeat("b", 20) + " a"},
			[][]Place{{{1, 0, 0}, {11, 0, -1}}, {{1, 0, 1}, {2, 0, -1}}},
			[]int{12, 3},
		},
	} {
		paragraphs := make([]wordpiece.Tokens, len(c.paragraphs))
		for i, text := range c.paragraphs {
			m.Tokeniser().Append(&paragraphs[i], text)
		}
		var places [][]Place
		var pieces []int
		for _, w := range Pack(m, paragraphs) {
			places, pieces = append(places, w.Places), append(pieces, len(w.Pieces))
			if len(w.Shapes) != len(w.Pieces) || len(w.Rows()) != len(w.Places) {
				t.Errorf("%s: %d pieces have %d shapes", name, len(w.Pieces), len(w.Shapes))
			}
		}
		if diff := cmp.Diff(c.want, places); diff != "" {
			t.Errorf("%s: places (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(c.pieces, pieces); diff != "" {
			t.Errorf("%s: pieces (-want +got):\n%s", name, diff)
		}
	}
}
