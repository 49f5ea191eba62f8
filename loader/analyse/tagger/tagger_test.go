package tagger_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

func newTagger(tb testing.TB) *tagger.Tagger {
	tb.Helper()
	g, err := tagger.New(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// render writes what was found as {source} <cue> [content].
func render(t *text.Text, found []attributions.Triple) []string {
	var lines []string
	for _, f := range found {
		words := func(spans []text.Span) string {
			var parts []string
			for _, s := range spans {
				parts = append(parts, t.Slice(s))
			}
			return strings.Join(parts, " … ")
		}
		lines = append(lines, "{"+words(f.Source)+"} <"+words(f.Cue)+"> ["+words(f.Content)+"]")
	}
	return lines
}

func TestTag(t *testing.T) {
	t.Parallel()
	g := newTagger(t)
	for name, c := range map[string]struct {
		text   string
		hidden []string
		want   []string
	}{
		"nothing": {"The dam was closed on Tuesday.", nil, nil},
		"three in a sentence": {
			"The minister said the dam would hold, Maria Keller argued that it leaked, and her deputy warned that it might break.",
			nil,
			[]string{
				"{The minister} <said> [the dam would hold]",
				"{Maria Keller} <argued> [that it leaked]",
				"{her deputy} <warned> [that it might break]",
			},
		},
		"interrupted": {
			"“We think the dam will hold,” said Orla Venn, a spokeswoman for the agency. “It has held before.”",
			nil,
			[]string{
				"{Orla Venn, a spokeswoman for the agency} <said> [“We think the dam will hold,” … “It has held before.”]",
			},
		},
		"another paragraph": {
			"The mayor\n\nThe dam leaks, she said.",
			nil,
			[]string{"{she} <said> [The dam leaks]"},
		},
		"announced by a colon": {
			"The minister said:\n\nThe dam is safe and will hold.",
			nil,
			[]string{"{The minister} <said> [The dam is safe and will hold]"},
		},
		"a citation hidden": {
			"The minister said the dam would hold (Tarn Wire, July 2031).",
			[]string{"(Tarn Wire, July 2031)"},
			[]string{"{The minister} <said> [the dam would hold]"},
		},
	} {
		parsed := text.Parse(c.text, nil)
		var hidden []text.Span
		for _, h := range c.hidden {
			at := strings.Index(c.text, h)
			hidden = append(hidden, text.Span{Start: at, End: at + len(h)})
		}
		tags, err := g.Tag(t.Context(), parsed, hidden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, render(parsed, tags.Triples)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTagStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := newTagger(t).Tag(ctx, text.Parse("The minister said the dam would hold.", nil), nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	const source = "Orla Venn Warns of Flood\n\nOrla Venn, who leads the Norbury Institute, said in Berlin that the Spanish plan was dead."
	tags, err := newTagger(t).Tag(t.Context(), text.Parse(source, nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range tags.Names {
		if n.Likely <= 0 || n.Likely > 1 {
			t.Errorf("%q is a name with probability %v", source[n.Start:n.End], n.Likely)
		}
		got = append(got, string(n.Kind)+" "+source[n.Start:n.End])
	}
	want := []string{"PERSON Orla Venn", "PERSON Orla Venn", "ORGANISATION Norbury Institute", "PLACE Berlin", " Spanish"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names differ (-want +got):\n%s", diff)
	}
}

// FuzzTag checks that no text makes the tagger panic or point elsewhere than to words that it may look at.
func FuzzTag(f *testing.F) {
	f.Add("The minister said the dam would hold (Tarn Wire, July 2031).", uint(38), uint(62))
	f.Add("“We,” he said, “e\u0301\u0301 \u202ewill\u202c come.”\n\n\n“No 👩‍👩‍👧‍👦\u200b", uint(3), uint(9))
	f.Add("said said said: “said” “said said\n\nقال الوزير إن المطر نزل", uint(0), uint(0))
	f.Add(strings.Repeat("x", 3000)+" said", uint(10), uint(2000))
	g := newTagger(f)
	f.Fuzz(func(t *testing.T, source string, from, to uint) {
		if !utf8.ValidString(source) {
			t.Skip("text is valid UTF-8")
		}
		var hidden []text.Span
		if h := (text.Span{Start: boundary(source, from), End: boundary(source, to)}); h.Start < h.End {
			hidden = []text.Span{h}
		}
		parsed := text.Parse(source, nil)
		tags, err := g.Tag(t.Context(), parsed, hidden)
		if err != nil {
			t.Fatal(err)
		}
		check := func(what string, spans []text.Span) {
			for i, s := range spans {
				if s.Start < 0 || s.End > len(source) || strings.TrimSpace(parsed.Slice(s)) == "" || !utf8.ValidString(parsed.Slice(s)) {
					t.Fatalf("%s %v of %q", what, s, source)
				}
				if i > 0 && s.Start < spans[i-1].End {
					t.Fatalf("%s %v follows %v", what, s, spans[i-1])
				}
			}
		}
		for _, triple := range tags.Triples {
			check("source", triple.Source)
			check("cue", triple.Cue)
			check("content", triple.Content)
			if len(triple.Cue) == 0 || len(triple.Content) == 0 {
				t.Fatalf("%+v has no cue or no content", triple)
			}
			for _, c := range triple.Cue {
				if len(hidden) > 0 && hidden[0].Holds(c) {
					t.Fatalf("cue %q is hidden", parsed.Slice(c))
				}
			}
		}
		for _, n := range tags.Names {
			check("name", []text.Span{n.Span})
			if !(n.Likely >= 0 && n.Likely <= 1.0001) {
				t.Fatalf("%q is a name with probability %v", parsed.Slice(n.Span), n.Likely)
			}
		}
	})
}

// boundary returns an offset at which a code point of the text begins, or its end.
func boundary(source string, at uint) int {
	i := int(at % uint(len(source)+1))
	for i < len(source) && !utf8.RuneStart(source[i]) {
		i++
	}
	return i
}
