package graphtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

var mergingChecks = []check{
	{name: "Judgement/makes actors one wherever they are counted", run: mergedCounts},
	{name: "Judgement/makes relations one over which claims disagree", run: mergedRelations},
	{name: "Judgement/of then decides over which relations claims disagreed", run: mergedRelationsThen},
	{name: "Judgement/relations that are one disagree while both hold", run: mergedRelationsHolding},
	{name: "Judgement/relations that are one are paged as others are", run: mergedRelationPages},
	{name: "Judgement/makes actors one in every chain", run: mergedChains},
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

// twoNames has claims that affirm and deny relations of iran, land, state and guard, of whom some may be one.
const twoNames = `
	wire  Document
	says  Attribution polarity=AFFIRMS confidence=0.9
	says  -CONTENT-> arms
	arms  Claim polarities=AFFIRMS words="the arming of them"
	arms  -ASSERTS-> aid polarity=AFFIRMS
	aid   Relation class=EVENT type=AID mode=ACTUAL polarities=AFFIRMS
	aid   -AGENT-> iran
	aid   -TARGET-> guard
	leads Attribution polarity=AFFIRMS confidence=0.9
	leads -CONTENT-> rule
	rule  Claim polarities=AFFIRMS words="commands it"
	rule  -ASSERTS-> head polarity=AFFIRMS
	head  Relation class=STANDING type=LEADS mode=ACTUAL polarities=AFFIRMS
	head  -AGENT-> iran
	iran  Actor kind=STATE
	guard Actor kind=ARMED_GROUP

	paper Document
	adds  Attribution polarity=AFFIRMS confidence=0.5
	adds  -CONTENT-> never
	never Claim polarities=AFFIRMS words="they had been armed"
	never -ASSERTS-> gift polarity=DENIES
	gift  Relation class=EVENT type=AID mode=ACTUAL polarities=DENIES
	gift  -AGENT-> land
	gift  -TARGET-> guard
	other Attribution polarity=AFFIRMS confidence=0.8
	other -CONTENT-> flour
	flour Claim polarities=AFFIRMS words="flour was sent" # another event of that sort
	flour -ASSERTS-> gift polarity=DENIES
	notes Attribution polarity=AFFIRMS confidence=0.7
	notes -CONTENT-> freed
	freed Claim polarities=AFFIRMS words="free of anybody"
	freed -ASSERTS-> rid polarity=DENIES
	rid   Relation class=STANDING type=LEADS mode=ACTUAL polarities=DENIES
	rid   -AGENT-> state
	land  Actor kind=STATE
	state Actor kind=STATE
	guard Actor kind=ARMED_GROUP
	group Actor kind=ARMED_GROUP`

// derived gives the relations of batches the IDs that follow from what they say, where pictures name them, and returns the
// names.
func derived(batches []graph.Batch) map[graph.ID]string {
	names := make(map[graph.ID]string)
	for _, b := range batches {
		for i, n := range b.Nodes {
			if n.Kind != graph.KindRelation {
				continue
			}
			kind, _ := n.Props["type"].(string)
			mode, _ := n.Props["mode"].(string)
			r := graph.Relation{Type: graph.RelationType(kind), Mode: graph.Mode(mode)}
			for _, e := range b.Edges {
				switch {
				case e.From == n.ID && e.Kind == graph.EdgeAgent:
					r.Agent = e.To
				case e.From == n.ID && e.Kind == graph.EdgeTarget:
					r.Target = e.To
				}
			}
			names[r.ID()] = short(n.ID)
			b.Nodes[i].ID = r.ID()
			for j := range b.Edges {
				for _, end := range []*graph.ID{&b.Edges[j].From, &b.Edges[j].To} {
					if *end == n.ID {
						*end = r.ID()
					}
				}
			}
		}
	}
	return names
}

// disagreements puts a picture there and returns a function that lists the contradictions over relations, such as
// `arms(AFFIRMS 1) never(DENIES 1) rel_gift by 1`.
func (s *subject) disagreements(picture string) func(*graph.Graph, graph.ContradictionPage) string {
	s.Helper()
	batches := s.draw(picture)
	names := derived(batches)
	s.putBatches(batches)
	return func(g *graph.Graph, p graph.ContradictionPage) string {
		p.Types, p.First = []graph.ContradictionType{graph.RelationPair}, max(p.First, 1)
		var list []string
		for more := true; more; {
			var pairs []graph.Contradiction
			var err error
			if pairs, more, err = g.Contradictions(s.Context(), p); err != nil {
				s.Fatalf("Contradictions: %v", err)
			}
			for _, c := range pairs {
				text := strings.TrimPrefix(sketchPair(c), fmt.Sprintf("RELATION %.1f ", c.Score))
				text = strings.ReplaceAll(text, short(c.Relation), names[c.Relation])
				list = append(list, fmt.Sprint(text, " by ", len(c.Judgements)))
				p.After = c.Cursor
			}
		}
		return strings.Join(list, "; ")
	}
}

func mergedRelations(s *subject) {
	const (
		gift  = "arms(AFFIRMS 1) never(DENIES 1) rel_gift by 1"
		other = "arms(AFFIRMS 1) never(DENIES 1) rel_gift by 2"
		rid   = "rule(AFFIRMS 1) freed(DENIES 1) rel_rid by 2"
	)
	same := func(a, b string) deed { return judge(graph.Same, a, b) }
	for _, c := range []struct {
		name, more string // beside twoNames
		deeds      []deed
		of, want   string
	}{
		{"nobody is judged", "", nil, "", ""},
		{"agents are one", "", []deed{same("iran", "land")}, "", gift},
		{"of who affirms", "", []deed{same("iran", "land")}, "arms", gift},
		{"of who denies", "", []deed{same("iran", "land")}, "never", gift},
		{"of another event", "", []deed{same("iran", "land")}, "flour", ""},
		{"of who says something else", "", []deed{same("iran", "land")}, "rule", ""},
		{"step by step", "", []deed{same("iran", "land"), same("land", "state")}, "", rid + "; " + other},
		{"step by step, of one", "", []deed{same("iran", "land"), same("land", "state")}, "freed", rid},
		{"it is not the same", "", []deed{judge(graph.NotSame, "iran", "land")}, "", ""},
		{"nobody is sure", "", []deed{judge(graph.Unsure, "iran", "land")}, "arms", ""},
		{"undone", "", []deed{same("iran", "land"), undo}, "", ""},
		{"others are one", "", []deed{same("group", "guard")}, "", ""},
		{"agents and targets are one", `
			gift -TARGET-> group`, []deed{same("iran", "land"), same("group", "guard")}, "", other},
		{"targets are not", `
			gift -TARGET-> group`, []deed{same("iran", "land")}, "", ""},
		{"they disagree over one of the two anyhow", `
			never -ASSERTS-> aid  polarity=DENIES
			aid   Relation class=EVENT type=AID mode=ACTUAL polarities=DENIES
			aid   -AGENT-> iran
			aid   -TARGET-> guard`, []deed{same("iran", "land")}, "", "arms(AFFIRMS 1) never(DENIES 1) rel_aid by 0"},
		{"a claim affirms the one and denies the other", `
			never -ASSERTS-> aid  polarity=AFFIRMS
			aid   Relation class=EVENT type=AID mode=ACTUAL polarities=AFFIRMS
			aid   -AGENT-> iran
			aid   -TARGET-> guard`, []deed{same("iran", "land")}, "never", gift},
	} {
		s.forget()
		picture := twoNames
		if strings.Contains(c.more, "gift -TARGET->") { // instead
			picture = strings.Replace(picture, "gift  -TARGET-> guard", c.more, 1)
		} else {
			picture += c.more
		}
		list := s.disagreements(picture)
		g := s.twins()
		s.do(g, c.deeds...)
		var p graph.ContradictionPage
		if c.of != "" {
			p.Where = graph.IsAny([]graph.ID{ID(graph.KindClaim, c.of)})
		}
		if got := list(g, p); got != c.want {
			s.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
		if p.Where == nil {
			continue
		}
		p.Where = graph.Where{Prop: graph.IDProp, Value: string(ID(graph.KindClaim, c.of))} // which no store looks up first
		if got := list(g, p); got != c.want {
			s.Errorf("%s, by a filter:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func mergedRelationsThen(s *subject) {
	list := s.disagreements(twoNames)
	g := s.twins()
	s.do(g, judge(graph.Same, "iran", "land"), undo)
	const gift = "arms(AFFIRMS 1) never(DENIES 1) rel_gift by 1"
	for hours, want := range map[int]string{-1: "", 1: gift, 23: gift, 25: "", 0: gift} {
		then := g.At(graph.Times{AsOf: moment(0).Add(time.Duration(hours) * time.Hour)})
		for _, where := range []graph.Filter{nil, graph.IsAny([]graph.ID{ID(graph.KindClaim, "arms")})} {
			if got := list(then, graph.ContradictionPage{Where: where}); got != want {
				s.Errorf("%d hours after the judgement, of %v: got %s, want %s", hours, where, got, want)
			}
		}
	}
}

// mergedRelationsHolding has one of the relations end before the time that is asked about; the claim asserts another, too.
func mergedRelationsHolding(s *subject) {
	list := s.disagreements(strings.NewReplacer(
		"polarities=AFFIRMS\n\taid ", "polarities=AFFIRMS validTo=2020-01-01\n\taid ",
		"\tleads ", "\tarms -ASSERTS-> head polarity=AFFIRMS\n\tleads ",
	).Replace(twoNames))
	g := s.twins()
	s.do(g, judge(graph.Same, "iran", "land"))
	for year, want := range map[int]string{2019: "arms(AFFIRMS 1) never(DENIES 1) rel_gift by 1", 2022: ""} {
		then := g.At(graph.Times{ValidAt: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)})
		if got := list(then, graph.ContradictionPage{}); got != want {
			s.Errorf("in %d: got %s, want %s", year, got, want)
		}
	}
}

func mergedRelationPages(s *subject) {
	picture := new(strings.Builder)
	picture.WriteString(twoNames)
	for i := range 5 {
		fmt.Fprintf(picture, "\nmore%[1]s Attribution polarity=AFFIRMS\nmore%[1]s -CONTENT-> knot%[1]s\n"+
			"knot%[1]s Claim polarities=AFFIRMS words=\"no arms %[1]s\"\nknot%[1]s -ASSERTS-> gift polarity=DENIES", name(i))
	}
	for i := range 101 { // more than a filter could name
		fmt.Fprintf(picture, "\nmuch%[1]s Relation class=EVENT type=AID mode=ACTUAL polarities=DENIES\nmuch%[1]s -AGENT-> land\n"+
			"much%[1]s -TARGET-> far%[1]s\nfar%[1]s Actor kind=STATE", name(i))
	}
	list := s.disagreements(picture.String())
	g := s.twins()
	s.do(g, judge(graph.Same, "iran", "land"), judge(graph.Same, "land", "state"))
	whole := list(g, graph.ContradictionPage{First: 50})
	if got := strings.Count(whole, ";") + 1; got != 7 {
		s.Errorf("got %d pairs, want 7: %s", got, whole)
	}
	for first := 1; first <= 7; first++ {
		if got := list(g, graph.ContradictionPage{First: first}); got != whole {
			s.Errorf("in pages of %d:\ngot  %s\nwant %s", first, got, whole)
		}
	}
}

func mergedChains(s *subject) {
	s.put(`
		wire Document retrievedAt=2024-07-02
		wire -PUBLISHED_BY-> ledger
		said Attribution voice=ATTRIBUTED assertedAt=2024-07-01
		said -CONTENT-> truce
		said -SOURCE-> iran
		said -SOURCE-> land
		said -CITES-> note
		note Citation
		note -NAMES-> mirror
		truce  Claim
		ledger Actor kind=OUTLET
		mirror Actor kind=OUTLET
		iran   Actor kind=STATE
		land   Actor kind=STATE`)
	g := s.twins()
	check := func(when string, t graph.Times, want string) {
		s.Helper()
		chains, err := g.Authority(s.Context(), ID(graph.KindClaim, "truce"), 10, t)
		if err != nil || len(chains) != 1 {
			s.Fatalf("%s: got %d chains, %v, want 1", when, len(chains), err)
		}
		var by []int
		for _, hop := range chains[0].Hops {
			by = append(by, len(hop.Judgements))
		}
		if got := fmt.Sprint(sketchChain(chains[0]), " by ", by); got != want {
			s.Errorf("%s:\ngot  %s\nwant %s", when, got, want)
		}
	}
	const (
		apart = "OUTLET ledger of wire; SPEAKER iran land by said; CITED mirror [note]: CITATION by [0 0 0]"
		one   = "OUTLET ledger of wire; SPEAKER iran by said; CITED mirror [note]: CITATION by [0 1 0]"
		both  = "OUTLET ledger of wire; SPEAKER iran by said; CITED ledger [note]: CITATION by [1 1 1]"
	)
	check("at first", graph.Times{}, apart)
	s.do(g, judge(graph.Same, "iran", "land"), judge(graph.Same, "ledger", "mirror"))
	check("as one", graph.Times{}, both)
	check("before", graph.Times{AsOf: moment(0).Add(-time.Hour)}, apart)
	check("between", graph.Times{AsOf: moment(0).Add(time.Hour)}, one)
	s.do(g, undo)
	check("undone", graph.Times{}, one)
	s.do(g, undo)
	check("all undone", graph.Times{}, apart)
}
