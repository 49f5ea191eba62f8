package analyse_test

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
	"github.com/claimgraph/claimgraph/loader/read"
)

func newAnalyser(tb testing.TB) *analyse.Analyser {
	tb.Helper()
	a, err := analyse.New(attributions.Rules{})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

const story = "Farhad Golshani, Iran’s foreign minister, said that Iran backs the Houthis (IRNA, July 2024).\n\n" +
	"Qatar denied that it had armed anybody."

func analysis(t *testing.T, a *analyse.Analyser, doc *read.Document) *analyse.Analysis {
	t.Helper()
	r, err := a.Analyse(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A credit to the article's own outlet is no citation, one to another is.
func TestAnalyseDropsOwnCredits(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][]string{
		"TARN (Red Quay Dispatch) — The mayor said that the dam had failed.":                                 nil,
		"TARN (Reuters) — The mayor said that the dam had failed.":                                           {"Reuters"},
		"TARN — The mayor said that the dam had failed.\n\nSource: Red Quay Dispatch":                        nil,
		"TARN (Red Quay Dispatch) — The mayor said that the dam had failed (Red Quay Dispatch, 3 May 2031).": {"Red Quay Dispatch"},
		"TARN (Red Quay Dispatch) — The mayor said that the dam had failed (AFP, 3 May 2031).":               {"AFP"},
	} {
		r := analysis(t, newAnalyser(t), &read.Document{Text: source, Outlet: "The Red Quay Dispatch"})
		var got []string
		for i, c := range r.Citations {
			for _, s := range c.Sources {
				got = append(got, r.Text.Slice(s.Name))
			}
			if len(r.Attributions) == 0 || !cmp.Equal(r.Attributions[0].Citations, []int{i}) {
				t.Errorf("%s: citation %d stands behind nothing", source, i)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", source, diff)
		}
		if len(r.Citations) != len(r.Cited) {
			t.Errorf("%s: %d citations name actors, of %d", source, len(r.Cited), len(r.Citations))
		}
	}
}

// TestAnalyse checks that the parts are put together: who speaks, what stands behind it, and what it says about whom.
func TestAnalyse(t *testing.T) {
	t.Parallel()
	a := analysis(t, newAnalyser(t), &read.Document{Text: story, Outlet: "The Red Quay Dispatch"})
	name := func(actor int) string { return a.Cast.Actors[actor].Name }

	if got := a.Cast.Actors[a.Publisher]; got.Name != "Red Quay Dispatch" || got.Kind != graph.Outlet {
		t.Errorf("publisher: got %+v", got)
	}
	if len(a.Citations) != 1 || len(a.Cited[0]) != 1 || name(a.Cited[0][0]) != "Islamic Republic News Agency" {
		t.Fatalf("citations: got %+v naming %v", a.Citations, a.Cited)
	}
	var spoken []string
	for _, at := range a.Attributions {
		if at.Voice == graph.Attributed && len(at.Sources) > 0 {
			spoken = append(spoken, name(at.Sources[0])+" "+string(at.Polarity))
		}
	}
	if diff := cmp.Diff([]string{"Farhad Golshani AFFIRMS", "Qatar DENIES"}, spoken); diff != "" {
		t.Errorf("attributions (-want +got):\n%s", diff)
	}
	if got := a.Attributions[0].Citations; !cmp.Equal(got, []int{0}) {
		t.Errorf("the first attribution rests on citations %v, want the one that there is", got)
	}
	var told []string
	for _, r := range a.Relations {
		if r.Agent >= 0 && r.Target >= 0 {
			told = append(told, name(r.Agent)+" "+string(r.Type)+" "+name(r.Target))
		}
	}
	if !cmp.Equal(told, []string{"Iran BACKS Houthis"}) {
		t.Errorf("relations: got %v", told)
	}
}

// FuzzAnalyse checks that no text makes the analysis panic or point out of the text and its own lists, and that the
// same text gives the same again.
func FuzzAnalyse(f *testing.F) {
	f.Add(story)
	f.Add("“We,” he said, “will come.” (IRNA, July 2024) That\u2028\x00 the U.S. 💥 denied.\n\n\n\"")
	f.Add("Q: Who? A: The minister said: “No")
	analyser := newAnalyser(f)
	f.Fuzz(func(t *testing.T, source string) {
		if !utf8.ValidString(source) {
			t.Skip("text is valid UTF-8")
		}
		doc := &read.Document{Text: source, Title: "Iran and Qatar", Outlet: "Reuters"}
		a := analysis(t, analyser, doc)
		for _, at := range a.Attributions {
			within(t, at.Within, len(a.Attributions))
			for _, spans := range [][]text.Span{at.Source, at.Cue, at.Content} {
				for _, s := range spans {
					if s.Start >= s.End || s.End > len(source) {
						t.Fatalf("span %v is empty or out of the text", s)
					}
				}
			}
			for _, i := range at.Sources {
				within(t, i, len(a.Cast.Actors))
			}
			for _, i := range at.Citations {
				within(t, i, len(a.Citations))
			}
		}
		for _, r := range a.Relations {
			within(t, r.Agent, len(a.Cast.Actors))
			within(t, r.Target, len(a.Cast.Actors))
			within(t, r.Attribution, len(a.Attributions))
		}
		if again := analysis(t, analyser, doc); !cmp.Equal(a.Attributions, again.Attributions) || !cmp.Equal(a.Relations, again.Relations) {
			t.Error("the same text gives another analysis")
		}
	})
}

func within(t *testing.T, index, length int) {
	t.Helper()
	if index < -1 || index >= length {
		t.Fatalf("index %d leads out of a list of %d", index, length)
	}
}
