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
		"The dam failed (Varda).":                        1,
		"The dam failed (Orvelle).":                      0,
		"The dam failed (Orvelle, 2021).":                0,
		"The dam failed (Varda, Orvelle).":               1,
		"The dam was hit by Mirea (LWNA).":               1,
		"The lake states signed (Orvelle, Mirea, Varda).": 0,
	} {
		if got := len(citations.Find(text.Parse(source, nil), kinds)); got != want {
			t.Errorf("%s: got %d citations, want %d", source, got, want)
		}
	}
}
