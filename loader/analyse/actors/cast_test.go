package actors

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

func TestHeads(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, test := range []struct {
		source string
		want   []string
	}{
		{"the Taliban", []string{"Taliban"}},
		{"Israeli Prime Minister Benjamin Netanyahu and senior intelligence officials", []string{"Benjamin Netanyahu", "Israeli intelligence officials"}},
		{"a joint statement by the Taliban’s foreign ministry and Iranian state media", []string{"Taliban Ministry of Foreign Affairs", "Iranian state media"}},
		{"US and Israeli officials", []string{"US officials", "Israeli officials"}},
		{"Israel and its Western allies", []string{"Israel", "Western allies"}},
		{"Sara Novak, an analyst at the International Crisis Group", []string{"Sara Novak"}},
		{"a study by the Norbury Institute and UNHCR", []string{"Norbury Institute", "United Nations High Commissioner for Refugees"}},
		{"Iran’s report", []string{"Iran"}},
		{"a clerk with knowledge of Iran’s plan", nil},
		{"an Iran-backed militia", nil},
		{"Iranian satellite images", nil},
		{"hardliners in Tehran", nil},
		{"their Herat director", nil},
		{"its mission to the United Nations", nil},
		{"both Herat and Zabol", []string{"Herat", "Zabol"}},
		{"a letter to the Taliban", nil},
		{"a report seen by Reuters", nil},
		{"an engineer formerly employed by Hezbollah", nil},
		{"a report published by Reuters", []string{"Reuters"}},
		{"Haftar’s Libyan National Army", []string{"Libyan National Army"}},
		{"polls in Iraq and Syria", nil},
		{"money changers on Kifah Street", nil},
		{"the Iraq-based head of the Norbury Institute, Sara Novak", []string{"Sara Novak"}},
		{"nobody at all", nil},
	} {
		t.Run(test.source, func(t *testing.T) {
			t.Parallel()
			// The words before keep the start of the sentence, and thus its capital, out of the way.
			source := "Yesterday, according to " + test.source + " said it."
			start := len("Yesterday, according to ")
			c := f.Find(text.Parse(source, nil), Meta{})
			var got []string
			for _, i := range c.Heads(text.Span{Start: start, End: start + len(test.source)}) {
				got = append(got, c.Actors[i].Name)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("heads differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIn(t *testing.T) {
	t.Parallel()
	source := "Iran, Iraq and Syria agreed."
	c := setup(t).Find(text.Parse(source, nil), Meta{})
	first, last := c.In(text.Span{Start: len("Iran, "), End: len("Iran, Iraq and ")})
	if got, want := [2]int{first, last}, [2]int{1, 2}; got != want {
		t.Errorf("got mentions %v, want %v", got, want)
	}
}

func TestCite(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for name, want := range map[string]string{
		"Islamic Emirate of Afghanistan MFA": "Taliban Ministry of Foreign Affairs",
		"Israeli PMO statements":             "Prime Minister's Office of Israel",
		"IDF":                                "Israel Defense Forces",
		"US CENTCOM press releases":          "United States Central Command",
		"State Department Country Reports on Terrorism": "United States Department of State",
		"Tajik MFA": "Tajik Ministry of Foreign Affairs",
		"Ministry of Foreign Affairs of Uzbekistan": "Uzbek Ministry of Foreign Affairs",
		"IRNA":                          "Islamic Republic News Agency",
		"the Karvand University survey": "Karvand University",
		"diplomatic sources":            "Diplomatic sources",
		"field notes":                   "",
		"Quarterly Border Review":       "Quarterly Border Review",
		"US Department of Defense Inspector General Reports":    "United States Department of Defense",
		"United Nations Analytical Support and Sanctions notes": "United Nations",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := f.Find(text.Parse("Nothing happened.", nil), Meta{})
			got := ""
			if i := c.Cite(name); i >= 0 {
				got = c.Actors[i].Name
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestCiteFindsWhomTheTextMentions(t *testing.T) {
	t.Parallel()
	c := setup(t).Find(text.Parse("The Karvand Gazette and the Iranian Foreign Ministry disagree.", nil), Meta{})
	before := len(c.Actors)
	for _, name := range []string{"Karvand Gazette", "Iran’s Ministry of Foreign Affairs"} {
		if i := c.Cite(name); i < 0 || i >= before {
			t.Errorf("%q: got actor %d, want one of the first %d", name, i, before)
		}
	}
	if got, want := len(c.Actors), before; got != want {
		t.Errorf("got %d actors, want %d", got, want)
	}
}

func TestCiteWithoutFinder(t *testing.T) {
	t.Parallel()
	c := &Cast{Actors: []Actor{{Name: "Karvand Gazette", Kind: graph.Outlet, Owner: -1}}}
	if got, want := c.Cite("karvand gazette"), 0; got != want {
		t.Errorf("got %d, want %d", got, want)
	}
	if got, want := c.Cite("IRNA"), -1; got != want {
		t.Errorf("got %d, want %d", got, want)
	}
}

func TestMetaNamesOutletAndPeople(t *testing.T) {
	t.Parallel()
	f := setup(t)
	c := f.Find(text.Parse("Khaf – Kavir Horizon – Golshani said that rails matter.", nil),
		Meta{Title: "Kamyar Golshani on rails and rivers", Outlet: "Kavir Horizon"})
	got := make(map[string]graph.ActorKind)
	for _, a := range c.Actors {
		got[a.Name] = a.Kind
	}
	want := map[string]graph.ActorKind{"Kavir Horizon": graph.Outlet, "Kamyar Golshani": graph.Person}
	for name, kind := range want {
		if got[name] != kind {
			t.Errorf("%s: got kind %q of %v, want %q", name, got[name], got, kind)
		}
	}
}
