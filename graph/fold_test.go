package graph_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

func TestTerms(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{" …—! ", nil},
		{"Iran’s Guard Corps", []string{"iran", "guard", "corps"}},
		{"the Taliban's", []string{"the", "taliban"}},
		{"Kata'ib Hizbullāh", []string{"kataib", "hizbullah"}},
		{"Kata’ib", []string{"kataib"}},
		{"don't", []string{"dont"}},
		{"the guards' pay", []string{"the", "guards", "pay"}},
		{"'quoted'", []string{"quoted"}},
		{"Straße, Ærø, Łódź, İstanbul", []string{"strasse", "aero", "lodz", "istanbul"}},
		{"3,500 rifles, 35,000 men", []string{"3500", "rifles", "35000", "men"}},
		{"1,234,567", []string{"1234567"}},
		{"3.5 and 1,2 and 1,2345", []string{"3", "5", "and", "1", "2", "and", "1", "2345"}},
		{"Iran-backed U.S.", []string{"iran", "backed", "u", "s"}},
		{"كابل كابُل", []string{"کابل", "کابل"}},
		{"ﬁnal ﬁﬁty", []string{"final", "fifity"}},
		{"a\u200bb", []string{"ab"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, graph.Terms(test.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestSearchTermsAreDifferentAndFew(t *testing.T) {
	t.Parallel()
	got := graph.SearchTerms("a b a c d e f g h i j k l m n o p q r")
	if want := strings.Fields("a b c d e f g h i j k l m n o p"); !cmp.Equal(want, got) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzTerms(f *testing.F) {
	for _, s := range []string{"Iran’s 3,500", "a' 's ''s", "\xff\u0301", "ß\u202e", strings.Repeat("x", 200)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		terms := graph.Terms(s)
		for _, term := range terms {
			if term == "" || !utf8.ValidString(term) {
				t.Fatalf("%q has the term %q", s, term)
			}
			for _, r := range term {
				if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
					t.Fatalf("%q has the term %q, which holds %q", s, term, r)
				}
			}
		}
		if again := graph.Terms(strings.Join(terms, " ")); !cmp.Equal(terms, again) {
			t.Errorf("%q: terms are %q, terms of terms %q", s, terms, again)
		}
	})
}

func BenchmarkTerms(b *testing.B) {
	text := strings.Repeat("The ministry’s spokesman said that 3,500 rifles had left Kandahar on Tuesday. ", 70)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		graph.Terms(text)
	}
}
