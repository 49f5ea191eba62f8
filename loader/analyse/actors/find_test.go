package actors

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

var update = flag.Bool("update", false, "rewrite the expected casts in testdata")

func setup(t testing.TB) *Finder {
	t.Helper()
	f, err := NewFinder()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestFind reads testdata/*.txt and compares the cast with the file beside it; -update rewrites those.
func TestFind(t *testing.T) {
	t.Parallel()
	f := setup(t)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parsed := text.Parse(string(source), nil)
			got := describe(parsed, f.Find(parsed, Meta{}))
			golden := strings.TrimSuffix(file, ".txt") + ".cast"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("cast differs (-want +got):\n%s", diff)
			}
		})
	}
}

// describe writes a cast as people read it: the actors, then sentence by sentence the mentions.
func describe(t *text.Text, c *Cast) string {
	var b strings.Builder
	for _, a := range c.Actors {
		fmt.Fprintf(&b, "%-12s %s", a.Kind, a.Name)
		if a.Canonical != "" {
			fmt.Fprintf(&b, " [%s]", a.Canonical)
		} else if len(a.Aliases) > 0 {
			fmt.Fprintf(&b, " (%s)", strings.Join(a.Aliases, "; "))
		}
		if a.Owner >= 0 {
			fmt.Fprintf(&b, " of %s", c.Actors[a.Owner].Name)
		}
		b.WriteByte('\n')
	}
	sentence := -1
	for _, m := range c.Mentions {
		if s := t.SentenceAt(m.Start); s != sentence {
			sentence = s
			fmt.Fprintf(&b, "\n%s\n", t.Slice(t.Sentences[s].Span))
		}
		fmt.Fprintf(&b, "    %s → %s (%s %.2f%s%s)\n", t.Slice(m.Span), c.Actors[m.Actor].Name, m.Method, m.Score,
			map[bool]string{true: ", metonym"}[m.Metonym], map[bool]string{true: ", modifier"}[m.Modifier])
	}
	return b.String()
}
