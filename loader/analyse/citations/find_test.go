package citations_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/citations"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

var update = flag.Bool("update", false, "rewrite the expected citations")

// The files hold cases: a text, then what it cites, one line "=> …" a citation with its sources and one "< …" for each
// stretch that it can support.
func TestFind(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var rewritten []string
			for _, c := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n----\n") {
				source, want, _ := strings.Cut(c, "\n=> ")
				if want != "" {
					want = "\n=> " + want
				}
				got := show(source, citations.Find(text.Parse(source, nil), nil))
				if diff := cmp.Diff(want, got); diff != "" && !*update {
					t.Errorf("%s\n(-want +got)\n%s", source, diff)
				}
				rewritten = append(rewritten, source+got)
			}
			if *update {
				if err := os.WriteFile(file, []byte(strings.Join(rewritten, "\n----\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func show(source string, found []citations.Citation) string {
	at := func(s text.Span) string { return source[s.Start:s.End] }
	var b strings.Builder
	for _, c := range found {
		fmt.Fprintf(&b, "\n=> %s", at(c.Span))
		for _, s := range c.Sources {
			fmt.Fprintf(&b, "\n   %s | %s | %s", at(s.Name), at(s.Date), s.Granularity)
		}
		for _, s := range c.Scope {
			fmt.Fprintf(&b, "\n   < %s", at(s))
		}
	}
	return b.String()
}

func TestFindAsksKinds(t *testing.T) {
	t.Parallel()
	kinds := func(name string) graph.ActorKind {
		return map[string]graph.ActorKind{"Varda": graph.Outlet, "Orvelle": graph.Place, "Mirea": graph.State, "LWNA": graph.Outlet}[name]
	}
	for source, want := range map[string]int{
		"The dam failed (Varda).":                         1,
		"The dam failed (Orvelle).":                       0,
		"The dam failed (Orvelle, 2021).":                 0,
		"The dam failed (Varda, Orvelle).":                1,
		"The dam was hit by Mirea (LWNA).":                1,
		"The lake states signed (Orvelle, Mirea, Varda).": 0,
	} {
		if got := len(citations.Find(text.Parse(source, nil), kinds)); got != want {
			t.Errorf("%s: got %d citations, want %d", source, got, want)
		}
	}
}

func TestFindLinks(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"The dam failed, [Radio Upland reported] on Monday.":                    "Radio Upland",
		"The dam failed, Radio Upland [reported on Monday].":                    "Radio Upland",
		"The mayor [told] the Lowland Times that the dam had failed.":           "Lowland Times",
		"The dam failed, according to the [Lowland Times].":                     "Lowland Times",
		"The dam failed, says [a report by the Dam Safety Board].":              "report by the Dam Safety Board",
		"Half the turbines stood still, the board’s [report] shows.":            "report",
		"The ministry had promised a new dam, but [said nothing of the money].": "",
		"The dam failed in the town of [Lorne].":                                "",
		"The dam failed. [Subscribe] to our letters.":                           "",
		"The dam failed (Lowland Times, [3 May 2021]).":                         "Lowland Times",
	} {
		start, end := strings.Index(source, "["), strings.Index(source, "]")-1
		source = strings.NewReplacer("[", "", "]", "").Replace(source)
		link := citations.Link{Span: text.Span{Start: start, End: end}, URL: "https://lowland.example/dam"}
		var got []string
		for _, c := range citations.Find(text.Parse(source, nil), nil, link) {
			for _, s := range c.Sources {
				got = append(got, source[s.Name.Start:s.Name.End])
				if c.Linked && s.URL != link.URL {
					t.Errorf("%s: got URL %q", source, s.URL)
				}
			}
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
}

// Every span lies within the text, in order, and names something.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"It rained (Varda, July 2024; UNHCR). ORVELLE (AXP) – It rained [1].\nNotes\n[1] Varda, 3 May 2021",
		"((a) [b] (“c”, p. 3", "Source: Varda / LWNA", "(A and the B–C, 1–2 May 2020, Inc.)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		source = strings.ToValidUTF8(source, "?")
		last := 0
		for _, c := range citations.Find(text.Parse(source, nil), nil) {
			if c.Start < last || c.End <= c.Start || c.End > len(source) || len(c.Sources) == 0 {
				t.Fatalf("%q: citation %v after %d with %d sources", source, c.Span, last, len(c.Sources))
			}
			last = c.End
			for _, s := range c.Sources {
				if s.Name.Start >= s.Name.End || s.Name.End > len(source) || s.Date.Start > s.Date.End || s.Date.End > len(source) {
					t.Fatalf("%q: source %v dated %v", source, s.Name, s.Date)
				}
			}
			for _, s := range c.Scope {
				if s.Start >= s.End || s.End > len(source) {
					t.Fatalf("%q: scope %v", source, s)
				}
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	paragraph := "The envoys agreed to reopen the pass (it had been shut since 2019) after a week of talks. Both sides want trade, " +
		"say those who were there (Lowland Wire, July 2024; Upland Council MFA, July 2024).\n"
	t := text.Parse(strings.Repeat(paragraph, 400), nil)
	words := 32 * 400
	for b.Loop() {
		citations.Find(t, nil)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func TestDatelineIsAside(t *testing.T) {
	t.Parallel()
	source := "MAZAR, May 3 (Tarnwick) — The bridge will open in June. It cost little (Tarnwick, May 2024)."
	var got []string
	for _, c := range citations.Find(text.Parse(source, nil), nil) {
		got = append(got, source[c.Aside().Start:c.Aside().End])
	}
	if want := []string{"MAZAR, May 3 (Tarnwick) — ", "(Tarnwick, May 2024)"}; !cmp.Equal(want, got) {
		t.Errorf("got %q, want %q", got, want)
	}
}
