package graphtest

import (
	"fmt"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var mergingChecks = []check{
	{name: "Judgement/makes actors one wherever they are counted", run: mergedCounts},
}

// households has the outlets dawn, which cites noon, and dusk, which noon cites: they make a circle if they are one. Two
// of their sources may be one, too, and then it is no contradiction that both fight.
const households = `
	early Document
	early -PUBLISHED_BY-> dawn
	dawn  Actor kind=OUTLET
	noon  Actor kind=OUTLET
	iran  Actor kind=STATE
	land  Actor kind=STATE
	says  Attribution voice=ATTRIBUTED polarity=AFFIRMS cue=says
	says  -SOURCE-> iran
	says  -SOURCE-> land
	says  -CONTENT-> war
	war   Claim polarities=AFFIRMS words="%[1]s fights"
	first Mention surface=Iran start=1
	first -REFERS_TO-> iran method=x score=1
	noted Citation start=5
	noted -NAMES-> noon

	late  Document
	late  -PUBLISHED_BY-> dusk
	dusk  Actor kind=OUTLET
	land  Actor kind=STATE
	adds  Attribution voice=CARRY_OVER polarity=AFFIRMS cue=adds
	adds  -SOURCE-> land
	adds  -CONTENT-> fight
	fight Claim polarities=AFFIRMS words="%[2]s fights"
	war   -CONTRADICTS-> fight method=ACTOR score=0.7
	own   Attribution voice=OUTLET
	then  Mention surface=Iran start=2
	then  -REFERS_TO-> land method=x score=1

	high  Document
	high  -PUBLISHED_BY-> noon
	noon  Actor kind=OUTLET
	dusk  Actor kind=OUTLET
	point Citation start=3
	point -NAMES-> dusk`

func mergedCounts(s *subject) {
	land := ID(graph.KindActor, "land")
	s.put(fmt.Sprintf(households, iran, land))
	g := s.twins()
	apart := []string{
		"outlets act_dusk: 2; act_dawn: 1",
		"sources act_land: 2; act_iran: 1; -: 1",
		"dawn {1 0 1 0 0} by 0, dusk {2 1 1 0 0} by 0",
		"NAME Iran 1 of 1 by 0; CUE adds 1 of 1 by 0; CUE says 1 of 1 by 0",
		"cycles ",
		"ACTOR 0.7 fight(AFFIRMS 1) war(AFFIRMS 1)",
	}
	check := func(when string, want []string) {
		s.Helper()
		for i, got := range s.counted(g) {
			if got != want[i] {
				s.Errorf("%s: got\n\t%s\nwant\n\t%s", when, got, want[i])
			}
		}
	}
	check("at first", apart)
	s.do(g, judge(graph.Same, "iran", "land"), judge(graph.Same, "dawn", "dusk"))
	check("as one", []string{
		"outlets act_dawn by 1: 3",
		"sources act_iran by 1: 2; -: 1",
		"dawn {3 1 2 0 0} by 1, dusk {3 1 2 0 0} by 1",
		"NAME Iran 2 of 1 by 2; CUE adds 1 of 1 by 2; CUE says 1 of 1 by 2",
		"cycles dawn noon by 1: cit_noted cit_point",
		"",
	})
	s.do(g, undo)
	s.do(g, undo)
	check("undone", apart)
}

// counted says what the analyses find that count actors.
func (s *subject) counted(g *graph.Graph) []string {
	s.Helper()
	var found []string
	for _, c := range []struct {
		name string
		by   graph.FacetName
	}{{"outlets ", graph.FacetOutlet}, {"sources ", graph.FacetActor}} {
		buckets, merged, err := g.Facets(s.Context(), nil, []graph.FacetName{c.by}, graph.Month)
		if err != nil {
			s.Fatalf("Facets: %v", err)
		}
		var parts []string
		for _, b := range buckets {
			key, _ := b.Key[0].(string)
			text := sketchValues([]any{b.Key[0]})
			if key != "" {
				text = short(graph.ID(key))
			}
			if n := len(merged[graph.ID(key)]); n > 0 {
				text += fmt.Sprint(" by ", n)
			}
			parts = append(parts, fmt.Sprintf("%s: %d", text, b.Count))
		}
		found = append(found, c.name+strings.Join(parts, "; "))
	}
	return append(found, s.countedSourcings(g), s.countedTerms(g), s.countedCycles(g), s.contradictions(g, graph.ContradictionPage{}))
}

func (s *subject) countedSourcings(g *graph.Graph) string {
	dawn, dusk := ID(graph.KindActor, "dawn"), ID(graph.KindActor, "dusk")
	all, err := g.Sourcings(s.Context(), []graph.ID{dawn, dusk})
	if err != nil {
		s.Fatalf("Sourcings: %v", err)
	}
	sketch := func(c graph.Sourcing) string {
		return fmt.Sprintf("{%d %d %d %d %d} by %d", c.Attributions, c.OwnVoice, c.Named, c.Anonymous, c.Unnamed, len(c.Judgements))
	}
	return "dawn " + sketch(all[dawn]) + ", dusk " + sketch(all[dusk])
}

func (s *subject) countedTerms(g *graph.Graph) string {
	terms, err := g.LoadedTerms(s.Context(), ID(graph.KindActor, "land"))
	if err != nil {
		s.Fatalf("LoadedTerms: %v", err)
	}
	var parts []string
	for _, t := range terms {
		parts = append(parts, fmt.Sprintf("%s %s %d of %d by %d", t.Kind, t.Term, t.Count, len(t.Outlets), len(t.Judgements)))
	}
	return strings.Join(parts, "; ")
}

func (s *subject) countedCycles(g *graph.Graph) string {
	cycles, _, err := g.Cycles(s.Context(), graph.CyclePage{MaxLength: 4, First: 10})
	if err != nil {
		s.Fatalf("Cycles: %v", err)
	}
	if err := g.CycleSpans(s.Context(), cycles); err != nil {
		s.Fatalf("CycleSpans: %v", err)
	}
	var parts []string
	for _, c := range cycles {
		words := []string{strings.TrimPrefix(sketchCycles([]graph.Cycle{c}), "OUTLET ") + fmt.Sprint(" by ", len(c.Judgements), ":")}
		for _, l := range c.Links {
			for _, id := range l.Spans {
				words = append(words, short(id))
			}
		}
		parts = append(parts, strings.Join(words, " "))
	}
	return "cycles " + strings.Join(parts, "; ")
}
