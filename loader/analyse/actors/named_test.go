package actors

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// named returns what a model would take for names: words and kinds, by turns, all as likely.
func named(t *testing.T, source string, likely float64, names ...string) []Named {
	t.Helper()
	var all []Named
	for i := 0; i < len(names); i += 2 {
		from := 0
		for {
			at := strings.Index(source[from:], names[i])
			if at < 0 {
				break
			}
			from += at + len(names[i])
			all = append(all, Named{text.Span{Start: from - len(names[i]), End: from}, graph.ActorKind(names[i+1]), likely})
		}
	}
	if len(all) < len(names)/2 {
		t.Fatalf("%q lacks some of the names %q", source, names)
	}
	return all
}

func TestFindWithNames(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for name, c := range map[string]struct {
		source string
		names  []string
		likely float64
		want   []string
	}{
		"names where capitals say little": {
			"Orla Tarnholm Says Nothing Of Plan\n\nNobody was hurt.",
			[]string{"Orla Tarnholm", "PERSON"},
			0.9,
			[]string{"PERSON Orla Tarnholm"},
		},
		"a surname that is an office": {
			"Larry King spoke. That was all for a day. Then Mr. King left.",
			[]string{"Larry King", "PERSON", "King left", "PERSON"},
			0.1, // too little to tell anything
			[]string{"PERSON Larry King"},
		},
		"the kind that nothing else tells": {
			"They live near the sea, and Quellborn is old; then Quellborn burned.",
			[]string{"Quellborn", "PLACE"},
			0.7,
			[]string{"PLACE Quellborn"},
		},
		"the gazetteer knows better": {
			"On Monday Hezbollah said so.",
			[]string{"Hezbollah", "PERSON"},
			1,
			[]string{"ARMED_GROUP Hezbollah"},
		},
		"no name of anybody": {
			"They agreed on a Law of Armed Conflict there.",
			[]string{"Law of Armed Conflict", "ORGANISATION"},
			0.9,
			nil,
		},
		"no name of anybody, but what somebody is": {
			"The Minister of Foreign Affairs agreed to the Lorne Water Treaty.",
			[]string{"Foreign Affairs", "ORGANISATION", "Lorne Water Treaty", "PERSON"},
			0.9,
			nil,
		},
		"another kind of name": {
			"They read the Brontel every day, and the Brontel is good.",
			[]string{"Brontel", ""},
			0.9,
			[]string{"ORGANISATION Brontel"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cast := f.Find(text.Parse(c.source, nil), Meta{Names: named(t, c.source, c.likely, c.names...)})
			var got []string
			for _, a := range cast.Actors {
				got = append(got, string(a.Kind)+" "+a.Name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("actors differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindWithSpeakers(t *testing.T) {
	t.Parallel()
	const source = "For years scholars debated the salt tax."
	at := strings.Index(source, "scholars")
	speaker := []text.Span{{Start: at, End: at + len("scholars")}}
	f := setup(t)
	if c := f.Find(text.Parse(source, nil), Meta{}); len(c.Actors) != 0 {
		t.Errorf("who is not said to speak is an actor: %+v", c.Actors)
	}
	c := f.Find(text.Parse(source, nil), Meta{Speakers: speaker})
	if len(c.Actors) != 1 || c.Actors[0].Name != "Scholars" || c.Actors[0].Kind != graph.SourceClass {
		t.Errorf("who speaks is %+v, want the class Scholars", c.Actors)
	}
}
