package actors

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// FuzzFind checks what a cast promises of any text: mentions in order, with words, of actors that exist; every call the
// same answer.
func FuzzFind(f *testing.F) {
	finder := setup(f)
	for _, seed := range []string{
		"Taliban Foreign Minister Amir Khan Muttaqi met the Iranian president. He said the Taliban’s foreign ministry agreed.",
		"The Popular Mobilization Forces, or PMF, and US and Israeli officials (IRGC) said it.",
		"“We”, said Gen. X. Y. al-Z of the 3rd Battalion, a spokesman for Hezbollah’s media",
		"The 's of and - – Iran–U.S.-backed", "Coalition (", "in (UN", "ministry of the of Iran", "İSTANBUL ﬁ ǅ",
	} {
		f.Add(seed, "Dr. Sara Novak on Kabul", "Karvand Gazette")
	}
	f.Fuzz(func(t *testing.T, source, title, outlet string) {
		source = strings.ToValidUTF8(source, "�")
		about := Meta{Title: strings.ToValidUTF8(title, "�"), Outlet: outlet}
		parsed := text.Parse(source, nil)
		c := finder.Find(parsed, about)
		checkCast(t, c, source)
		again := finder.Find(parsed, about)
		if diff := cmp.Diff(c, again, cmpopts.IgnoreUnexported(Cast{})); diff != "" {
			t.Fatalf("two readings differ:\n%s", diff)
		}
		c.Heads(text.Span{Start: 0, End: len(source)})
		if i := c.Cite(about.Title); i < -1 || i >= len(c.Actors) {
			t.Fatalf("Cite returned %d of %d actors", i, len(c.Actors))
		}
		checkCast(t, c, source)
	})
}

func checkCast(t *testing.T, c *Cast, source string) {
	t.Helper()
	for i, a := range c.Actors {
		if a.Name == "" || a.Kind == "" || a.Owner >= len(c.Actors) || a.Owner == i {
			t.Fatalf("actor %d is %+v", i, a)
		}
	}
	for i, m := range c.Mentions {
		switch {
		case m.Start < 0 || m.Start >= m.End || m.End > len(source):
			t.Fatalf("mention %d is outside the text: %+v", i, m)
		case m.Actor < 0 || m.Actor >= len(c.Actors) || m.Score <= 0 || m.Score > 1 || m.Method == "":
			t.Fatalf("mention %d is %+v", i, m)
		case i > 0 && (m.Start < c.Mentions[i-1].Start || m.Start == c.Mentions[i-1].Start && m.End > c.Mentions[i-1].End):
			t.Fatalf("mention %d comes before mention %d", i, i-1)
		}
	}
}
