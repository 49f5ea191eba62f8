package relations

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseLexiconRefuses(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"verb -: meet":                          "line 1: unknown frame",
		"[CONSULT]\nmeet":                       "line 2: words outside",
		"[CHAT]":                                "line 1: unknown section",
		"[CONSULT twice]":                       "line 1: unknown section",
		"[chain NEVER]":                         "line 1: unknown section",
		"[CONSULT]\n\nadverb -: meet":           "line 3: unknown frame",
		"# x\n[CONSULT]\nverb: meet":            "line 3: unknown frame",
		"[CONSULT]\nverb -: meet(met":           "line 2: unreadable word",
		"[CONSULT]\nverb -: _":                  "line 2: unreadable word",
		"[CONSULT]\nrole of nobody: friend":     "line 2: unknown frame",
		"[light]\nhold(held)\n[CONSULT\nverb -": "line 3: unknown section",
	} {
		if _, err := parseLexicon(source); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want an error with %q", source, err, want)
		}
	}
}

func TestInflect(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]map[string]inflection{
		"attack": {"attack": base, "attacks": third, "attacking": continuous, "attacked": past | participle},
		"agree":  {"agree": base, "agrees": third, "agreeing": continuous, "agreed": past | participle},
		"plan":   {"plan": base, "plans": third, "planning": continuous, "planned": past | participle},
		"deny":   {"deny": base, "denies": third, "denying": continuous, "denied": past | participle},
		"clash":  {"clash": base, "clashes": third, "clashing": continuous, "clashed": past | participle},
		"seize":  {"seize": base, "seizes": third, "seizing": continuous, "seized": past | participle},
		"open":   {"open": base, "opens": third, "opening": continuous, "opened": past | participle},
	} {
		if diff := cmp.Diff(want, inflect(word, "")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", word, diff)
		}
	}
	want := map[string]inflection{"steal": base, "steals": third, "stealing": continuous, "stole": past, "stolen": participle}
	if diff := cmp.Diff(want, inflect("steal", "stole,stolen)")); diff != "" {
		t.Errorf("steal (-want +got)\n%s", diff)
	}
}

func FuzzParseLexicon(f *testing.F) {
	f.Add("[CONSULT both]\nverb - with and: meet(met) sit_down(sat_down)\n[light]\nhold(held)")
	f.Add("[LEADS]\nrole of person: king\nhyphen agent: led\n[chain PLANNED]\nplan")
	f.Fuzz(func(t *testing.T, source string) {
		l, err := parseLexicon(source)
		if (l == nil) == (err == nil) {
			t.Fatalf("%q: lexicon %v, error %v", source, l, err)
		}
	})
}
