package actors

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

func TestGazetteerIsLarge(t *testing.T) {
	t.Parallel()
	entries, err := parseGazetteer(gazetteerData, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(entries), 600; got < want {
		t.Errorf("got %d actors, want at least %d", got, want)
	}
}

// TestGazetteerIsUnambiguous lets no two lines claim one name: the later would hide the earlier.
func TestGazetteerIsUnambiguous(t *testing.T) {
	t.Parallel()
	entries, err := parseGazetteer(gazetteerData, nil)
	if err != nil {
		t.Fatal(err)
	}
	owner := make(map[string]string)
	for _, e := range entries {
		for _, name := range append([]string{e.name}, e.aliases...) {
			if other, ok := owner[name]; ok && other != e.key {
				t.Errorf("%q is of %s and of %s", name, other, e.key)
			}
			owner[name] = e.key
		}
	}
}

func TestParseGazetteerMerges(t *testing.T) {
	t.Parallel()
	countries := []entry{{key: "norland", name: "Norland", kind: graph.State, adjectives: []string{"Norlandic"}, seats: []string{"Nor"}}}
	got, err := parseGazetteer(strings.Join([]string{
		"# a comment",
		"STATE | norland | Norland | also Land of Nor | adjective Norse",
		"",
		"PERSON | ola | Ola Nor | of guard | office king; general | he",
		"ORGANISATION | guard | Guard | of norland",
	}, "\n"), countries)
	if err != nil {
		t.Fatal(err)
	}
	want := []entry{
		{
			key: "norland", name: "Norland", kind: graph.State, aliases: []string{"Land of Nor", "Norland"},
			adjectives: []string{"Norse", "Norlandic"}, seats: []string{"Nor"},
		},
		{key: "ola", name: "Ola Nor", kind: graph.Person, offices: []string{"king", "general"}, owner: "guard", gender: he},
		{key: "guard", name: "Guard", kind: graph.Organisation, owner: "norland"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(entry{})); diff != "" {
		t.Errorf("entries differ (-want +got):\n%s", diff)
	}
}

func TestParseGazetteerNamesLineAndFault(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, source, want string }{
		{"too short", "PERSON | ola", "line 1: invalid: want KIND | key | Name"},
		{"kind", "\nKING | ola | Ola", `line 2: invalid: unknown kind "KING"`},
		{"key", "PERSON | Ola | Ola", `line 1: invalid: key "Ola" is not lower case with hyphens`},
		{"name", "PERSON | ola | ", `line 1: invalid: no name`},
		{"label", "PERSON | ola | Ola | born 1970", `line 1: invalid: unknown label "born"`},
		{"label twice", "PERSON | ola | Ola | also A | also B", `line 1: invalid: label "also" twice`},
		{"empty value", "PERSON | ola | Ola | also A;; B", `line 1: invalid: empty value in "also"`},
		{"gender of a state", "STATE | nor | Nor | he", `line 1: invalid: "he" is for persons, once, and takes no value`},
		{"two owners", "PERSON | ola | Ola | of a; b", "line 1: invalid: more than one owner"},
		{"second key", "PERSON | ola | Ola\nPERSON | ola | Ole", `line 2: invalid: a second "ola"`},
		{"owner", "PERSON | ola | Ola | of nobody", `line 1: invalid: "ola" is of "nobody", which is nowhere`},
		{"circle", "PERSON | ola | Ola | of ole\nPERSON | ole | Ole | of ola", `"ola" owns itself`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := parseGazetteer(test.source, nil)
			if err == nil || !strings.Contains(err.Error(), test.want) || !errors.Is(err, graph.ErrInvalid) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestParseCountriesNamesLine(t *testing.T) {
	t.Parallel()
	_, err := parseCountries("Norland\tNorse\tNor\nSudland")
	if got, want := err, "countries line 2"; got == nil || !strings.Contains(got.Error(), want) {
		t.Errorf("got error %v, want one with %q", got, want)
	}
}

func FuzzParseGazetteer(f *testing.F) {
	f.Add("STATE | iran | Iran | also Persia; Islamic Republic | adjective Iranian | seat Tehran")
	f.Add("PERSON | ola | Ola | of ola | he")
	f.Add("# nothing\n\nPLACE | x | X | of y\nPLACE | y | Y | of x")
	f.Fuzz(func(t *testing.T, source string) {
		entries, err := parseGazetteer(source, nil)
		if err != nil {
			if !errors.Is(err, graph.ErrInvalid) {
				t.Fatalf("got %v, want it to be ErrInvalid", err)
			}
			return
		}
		if _, err := newLexicon(entries); err != nil {
			t.Fatal(err)
		}
	})
}
