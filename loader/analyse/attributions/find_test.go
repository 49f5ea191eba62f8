package attributions_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/citations"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

var update = flag.Bool("update", false, "rewrite the expected attributions in testdata")

// TestFind holds every testdata/*.txt to the attributions in the *.golden beside it, one a line.
func TestFind(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	finder, err := actors.NewFinder()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			tt := text.Parse(string(source), nil)
			cast := finder.Find(tt, actors.Meta{})
			found := byRules(t, tt, cast, citations.Find(tt, nil))
			got := render(tt, cast, found)
			golden := strings.TrimSuffix(path, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestDisputes gives what two attributions say in sentences of their own to the one that says it there.
func TestDisputes(t *testing.T) {
	t.Parallel()
	source := "Ana Kell described three blasts. “The windows came in,” said Omar Dell."
	tt := text.Parse(source, nil)
	cast := castOf(tt)
	found := attributions.Find(tt, cast, nil, attributions.Tags{Triples: []attributions.Triple{
		{Source: spansOf(source, "Ana Kell"), Cue: spansOf(source, "described"), Content: spansOf(source, "three blasts. “The windows came in,”")},
		{Source: spansOf(source, "Omar Dell"), Cue: spansOf(source, "said"), Content: spansOf(source, "“The windows came in,”")},
	}})
	want := []string{"three blasts.", "“The windows came in,”"}
	var got []string
	for _, a := range found {
		got = append(got, tt.Slice(a.Content[0]))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("contents (-want +got):\n%s", diff)
	}
}

// TestQuoted gives what one is quoted for to that one.
func TestQuoted(t *testing.T) {
	t.Parallel()
	source := "Ana Kell was quoted by Tarn Wire as saying that it rained."
	tt := text.Parse(source, nil)
	found := attributions.Find(tt, castOf(tt), nil, attributions.Tags{Triples: []attributions.Triple{{
		Source: spansOf(source, "Tarn Wire"), Cue: spansOf(source, "was quoted by"),
		Content: spansOf(source, "Ana Kell", "as saying that it rained"),
	}}})
	got := []string{tt.Slice(found[0].Source[0]), tt.Slice(found[0].Cue[1]), tt.Slice(found[0].Content[0])}
	if diff := cmp.Diff([]string{"Ana Kell", "as saying", "that it rained"}, got); diff != "" {
		t.Errorf("source, cue and content (-want +got):\n%s", diff)
	}
}

// TestAsked gives no question to whom it was put to.
func TestAsked(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"Ana Kell, asked whether it rained, said no.": "",
		"Ana Kell asked whether it rained.":           "Ana Kell",
		"After the talks Ana Kell asked about it.":    "Ana Kell",
	} {
		tt := text.Parse(source, nil)
		found := attributions.Find(tt, castOf(tt), nil, attributions.Tags{Triples: []attributions.Triple{
			{Source: spansOf(source, "Ana Kell"), Cue: spansOf(source, "asked"), Content: spansOf(source, "it")},
		}})
		got := ""
		if len(found[0].Source) > 0 {
			got = tt.Slice(found[0].Source[0])
		}
		if got != want {
			t.Errorf("%s: asked by %q, want %q", source, got, want)
		}
	}
}

// spansOf returns where words first stand in a text.
func spansOf(source string, words ...string) []text.Span {
	spans := make([]text.Span, len(words))
	for i, w := range words {
		start := strings.Index(source, w)
		spans[i] = text.Span{Start: start, End: start + len(w)}
	}
	return spans
}

// byRules returns the attributions of a text as the rules find them.
func byRules(
	tb testing.TB, t *text.Text, cast *actors.Cast, cites []citations.Citation,
) []attributions.Attribution {
	tb.Helper()
	triples, err := attributions.Rules{}.Tag(tb.Context(), t, attributions.Hidden(t, cast, cites))
	if err != nil {
		tb.Fatal(err)
	}
	return attributions.Find(t, cast, cites, triples)
}

// render writes attributions for people to read: number, the number of the reporting one, what the wording tells, then
// {source} = actors <cue> [content] and citations.
func render(t *text.Text, cast *actors.Cast, found []attributions.Attribution) string {
	var b strings.Builder
	spans := func(s []text.Span) string {
		var parts []string
		for _, x := range s {
			parts = append(parts, strings.ReplaceAll(t.Slice(x), "\n", " ¶ "))
		}
		return strings.Join(parts, " … ")
	}
	for i, a := range found {
		words := []string{string(a.Voice), string(a.Kind), string(a.QuoteType), string(a.Factuality)}
		if a.Polarity == graph.Denies {
			words = append(words, string(a.Polarity))
		}
		b.WriteString(number(i))
		if a.Within >= 0 {
			b.WriteString(" in " + number(a.Within))
		}
		b.WriteString(": " + strings.Join(words, " ") + "\n")
		if a.Voice != graph.OutletVoice {
			var names []string
			for _, k := range a.Sources {
				names = append(names, cast.Actors[k].Name)
			}
			b.WriteString("    {" + spans(a.Source) + "} = " + strings.Join(names, ", ") + "\n")
		}
		if a.Voice == graph.Attributed {
			b.WriteString("    <" + spans(a.Cue) + ">\n")
		}
		b.WriteString("    [" + spans(a.Content) + "]")
		for _, c := range a.Citations {
			b.WriteString(" c" + number(c))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func number(i int) string {
	b, _ := json.Marshal(i) //nolint:errchkjson // An int marshals.
	return string(b)
}

func FuzzFind(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(source))
	}
	f.Add("said “said \" said, he said: according to, by saying that ― X\n“a\n“b")
	f.Fuzz(func(t *testing.T, source string) {
		if !utf8.ValidString(source) {
			t.Skip("text is valid UTF-8")
		}
		tt := text.Parse(source, nil)
		check(t, tt, byRules(t, tt, castOf(tt), citations.Find(tt, nil)))
	})
}

// castOf returns a cast in which every capitalised word is an actor's name.
func castOf(t *text.Text) *actors.Cast {
	cast := &actors.Cast{}
	known := make(map[string]int)
	for i, k := range t.Tokens {
		if !t.Capital(i) {
			continue
		}
		actor, ok := known[k.Lower]
		if !ok {
			actor = len(cast.Actors)
			known[k.Lower] = actor
			cast.Actors = append(cast.Actors, actors.Actor{Name: t.Slice(k.Span), Kind: graph.Person, Owner: -1})
		}
		cast.Mentions = append(cast.Mentions, actors.Mention{Span: k.Span, Actor: actor})
	}
	return cast
}

// check reports attributions whose spans or references break what their documentation promises.
func check(t *testing.T, tt *text.Text, found []attributions.Attribution) {
	t.Helper()
	for i, a := range found {
		for _, spans := range [][]text.Span{a.Source, a.Cue, a.Content} {
			end := 0
			for _, s := range spans {
				if s.Start < end || s.Start >= s.End || s.End > len(tt.Source) || !utf8.RuneStart(tt.Source[s.Start]) {
					t.Fatalf("attribution %d: spans %v of %q", i, spans, tt.Source)
				}
				end = s.End
			}
		}
		if len(a.Content) == 0 || (a.Voice == graph.Attributed) != (len(a.Cue) > 0) || a.Within >= i {
			t.Fatalf("attribution %d: %+v in %q", i, a, tt.Source)
		}
		if a.Voice == graph.CarryOver && len(a.Sources) == 0 || a.Confidence <= 0 || a.Confidence > 1 {
			t.Fatalf("attribution %d: %+v in %q", i, a, tt.Source)
		}
		if !slices.Contains(graph.AttributionKinds, a.Kind) || !slices.Contains(graph.QuoteTypes, a.QuoteType) {
			t.Fatalf("attribution %d: %+v in %q", i, a, tt.Source)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	article := `“We have come a long way,” said Ana Kell, a spokeswoman for the ministry. She added that talks would go on.
Officials in Tarn warned on Monday that the deal, which took years, could fail, according to two people who saw it.
The ministry denied the report and called it baseless (Tarn Wire, 2031). Kell did not say when the talks would resume.
`
	for name, source := range map[string]string{
		"article":       strings.Repeat(article, 40),
		"one paragraph": strings.Repeat(strings.ReplaceAll(article, "\n", " "), 400),
		"one sentence":  strings.Repeat("Kell said that Orlo said, and ", 20_000),
		"nested":        strings.Repeat("Kell said that Orlo believes that ", 20_000),
		"colons":        strings.Repeat("Kell said: ", 50_000),
		"interrupted":   strings.Repeat("it rained, Kell said, ", 20_000),
		"one quotation": "“" + strings.Repeat("Kell said. ", 50_000),
		"commas":        strings.Repeat("a, ", 200_000) + "Kell said",
	} {
		b.Run(name, func(b *testing.B) {
			words := len(strings.Fields(source))
			tt := text.Parse(source, nil)
			cast, cites := castOf(tt), citations.Find(tt, nil)
			for b.Loop() {
				byRules(b, tt, cast, cites)
			}
			b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
