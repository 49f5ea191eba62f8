package graphtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

var facetChecks = []check{
	{name: "Facets/of attributions", run: facetsOfAttributions},
	{name: "Facets/on whose word outlets speak", run: sourcings},
	{name: "Facets/loaded terms", run: loadedTerms},
	{name: "Citation/checks", run: citationChecksTable},
	{name: "Receipts/of everything that has some", run: receiptsOfNodes},
}

func facetsOfAttributions(s *subject) {
	s.put(sample)
	g := graph.New(s.store)
	for _, c := range []struct {
		by   []graph.FacetName
		want string
	}{
		{nil, ": 5"},
		{[]graph.FacetName{graph.FacetOutlet}, "act_ledger: 3; act_courier: 2"},
		{[]graph.FacetName{graph.FacetActor, graph.FacetPolarity}, "act_iran, AFFIRMS: 2; act_chief, DENIES: 1; act_guard, AFFIRMS: 1; -, AFFIRMS: 1"},
		{[]graph.FacetName{graph.FacetTime}, "2024-07-01T00:00:00.000Z: 2; -: 2; 2024-08-01T00:00:00.000Z: 1"},
		{[]graph.FacetName{graph.FacetRelationType}, "BACKS: 4; -: 1"},
	} {
		buckets, _, err := g.Facets(s.Context(), nil, c.by, graph.Month)
		if err != nil {
			s.Fatalf("Facets: %v", err)
		}
		var parts []string
		for _, b := range buckets {
			for i, v := range b.Key {
				if text, ok := v.(string); ok {
					b.Key[i] = short(graph.ID(text))
				}
			}
			parts = append(parts, fmt.Sprintf("%s: %d", sketchValues(b.Key), b.Count))
		}
		if got := strings.Join(parts, "; "); got != c.want {
			s.Errorf("by %v: got\n\t%s\nwant\n\t%s", c.by, got, c.want)
		}
	}
	_, _, err := g.Facets(s.Context(), nil, []graph.FacetName{"WEATHER"}, graph.Month)
	s.sameErr("by what there is not", err, graph.ErrInvalid)
	_, _, err = g.Facets(s.Context(), nil, make([]graph.FacetName, graph.MaxFacets+1), graph.Month)
	s.sameErr("by too much", err, graph.ErrInvalid)
}

func sourcings(s *subject) {
	s.put(`
		wire      Document
		wire      -PUBLISHED_BY-> ledger
		ledger    Actor kind=OUTLET
		iran      Actor kind=STATE
		diplomats Actor kind=SOURCE_CLASS
		own       Attribution voice=OUTLET
		own       -SOURCE-> ledger
		named     Attribution voice=ATTRIBUTED
		named     -SOURCE-> iran
		both      Attribution voice=CARRY_OVER
		both      -SOURCE-> iran
		both      -SOURCE-> diplomats
		vague     Attribution voice=ATTRIBUTED
		vague     -SOURCE-> diplomats
		nobody    Attribution voice=ATTRIBUTED

		paper     Document
		paper     -PUBLISHED_BY-> courier
		courier   Actor kind=OUTLET
		alone     Attribution voice=OUTLET`)
	got, err := graph.New(s.store).Sourcings(s.Context(), []graph.ID{wire, ID(graph.KindActor, "ledger"), iran})
	if err != nil {
		s.Fatalf("Sourcings: %v", err)
	}
	want := map[graph.ID]graph.Sourcing{
		ID(graph.KindActor, "ledger"): {Attributions: 5, OwnVoice: 1, Named: 2, Anonymous: 1, Unnamed: 1},
	}
	s.same("of one outlet, and of what is none", want, got)
	if ledger := got[ID(graph.KindActor, "ledger")]; ledger.OwnShare() != 0.2 || ledger.AnonymousShare() != 0.5 {
		s.Errorf("got shares %v and %v, want 0.2 and 0.5", ledger.OwnShare(), ledger.AnonymousShare())
	}
}

func loadedTerms(s *subject) {
	s.put(`
		wire   Document
		wire   -PUBLISHED_BY-> ledger
		ledger Actor kind=OUTLET
		iran   Actor kind=STATE
		first  Mention surface="Tehran"
		first  -REFERS_TO-> iran method=x score=1
		second Mention surface="tehran"
		second -REFERS_TO-> iran method=x score=1
		claims Attribution cue=claims
		claims -SOURCE-> iran

		paper   Document
		paper   -PUBLISHED_BY-> courier
		courier Actor kind=OUTLET
		iran    Actor kind=STATE
		third   Mention surface="Tehran"
		third   -REFERS_TO-> iran method=x score=1
		fourth  Mention surface="the mullahs"
		fourth  -REFERS_TO-> iran method=x score=1
		fifth   Mention surface="They"
		fifth   -REFERS_TO-> iran method=x score=1
		says    Attribution cue=says
		says    -SOURCE-> iran
		goes    Attribution cue=":"
		goes    -SOURCE-> iran
		silent  Attribution
		silent  -SOURCE-> iran`)
	terms, err := graph.New(s.store).LoadedTerms(s.Context(), iran)
	if err != nil {
		s.Fatalf("LoadedTerms: %v", err)
	}
	var list []string
	for _, t := range terms {
		words := []string{fmt.Sprintf("%s %s %d", t.Kind, t.Term, t.Count)}
		for _, o := range t.Outlets {
			words = append(words, fmt.Sprintf("%s %d", strings.TrimPrefix(short(o.Outlet), "act_"), o.Count))
		}
		list = append(list, strings.Join(words, " "))
	}
	want := "NAME Tehran 3 ledger 2 courier 1; NAME the mullahs 1 courier 1; CUE claims 1 ledger 1; CUE says 1 courier 1"
	if got := strings.Join(list, "; "); got != want {
		s.Errorf("got  %s\nwant %s", got, want)
	}
}

// Citations in an article of July 2024.
var citationCases = []struct{ name, picture, want string }{
	{"a source that could be looked up", `note Citation granularity=DOCUMENT dateText="12 June 2024"`, "RESOLVABLE 2024-06-12/2024-06-13 1"},
	{"a body, with a month", `note Citation granularity=ORGANISATION dateText="July 2024"`, "UNRESOLVABLE 2024-07-01/2024-08-01 1"},
	{"without a date", `note Citation granularity=DOCUMENT`, "RESOLVABLE - 1 UNDATED"},
	{"with a date that nobody can read", `note Citation granularity=DOCUMENT dateText="last week"`, "RESOLVABLE - 1 UNDATED"},
	{"many texts", `note Citation granularity=BUNDLE dateText=2023`, "UNRESOLVABLE 2023-01-01/2024-01-01 1 MANY_TEXTS"},
	{"nobody", `note Citation granularity=ANONYMOUS`, "UNRESOLVABLE - 1 UNDATED NAMELESS"},
	{"from the future", `note Citation granularity=DOCUMENT dateText="3 September 2024"`, "RESOLVABLE 2024-09-03/2024-09-04 1 AFTER_ARTICLE"},
	{"from the day after", `note Citation granularity=DOCUMENT dateText="2 July 2024"`, "RESOLVABLE 2024-07-02/2024-07-03 1"},
	{
		"older than what it supports", `
		note  Citation granularity=DOCUMENT dateText="May 2024"
		event Relation class=EVENT type=AID quad=MATERIAL_COOPERATION validFrom=2024-06-20
		truce -ASSERTS-> event polarity=AFFIRMS`,
		"RESOLVABLE 2024-05-01/2024-06-01 1 BEFORE_EVENT",
	},
	{
		"of the month of what it supports", `
		note  Citation granularity=DOCUMENT dateText="June 2024"
		event Relation class=EVENT type=AID quad=MATERIAL_COOPERATION validFrom=2024-06-20
		truce -ASSERTS-> event polarity=AFFIRMS`,
		"RESOLVABLE 2024-06-01/2024-07-01 1",
	},
	{
		"a document that is there", `
		note Citation granularity=DOCUMENT dateText="May 2024"
		note -RESOLVES_TO-> Document:paper

		paper Document publishedAt=2024-07-20 publishedPrecision=DAY`,
		"RESOLVED 2024-07-20/2024-07-21 1 AFTER_ARTICLE",
	},
}

func citationChecksTable(s *subject) {
	const article = `
		wire  Document publishedAt=2024-07-01 publishedPrecision=DAY
		line  Passage
		note  -SCOPE-> line
		said  Attribution
		said  -CITES-> note
		said  -CONTENT-> truce
		truce Claim
		`
	id := ID(graph.KindCitation, "note")
	for _, c := range citationCases {
		g := s.fresh(article + c.picture)
		checks, err := g.CitationChecks(s.Context(), []graph.ID{id})
		if err != nil {
			s.Fatalf("%s: CitationChecks: %v", c.name, err)
		}
		got := checks[id]
		date := "-"
		if !got.From.IsZero() {
			date = got.From.Format(time.DateOnly) + "/" + got.To.Format(time.DateOnly)
		}
		words := []string{fmt.Sprintf("%s %s %d", got.Resolution, date, got.Sentences)}
		for _, p := range got.Problems {
			words = append(words, string(p))
		}
		if text := strings.Join(words, " "); text != c.want {
			s.Errorf("%s: got %s, want %s", c.name, text, c.want)
		}
	}
}

func receiptsOfNodes(s *subject) {
	s.put(sample)
	g := graph.New(s.store)
	backs := ID(graph.KindRelation, "backs")
	ids := []graph.ID{backs, iran, ID(graph.KindClaim, "nowhere"), says, truce, wire, ID(graph.KindPassage, "third")}
	found, err := g.Receipts(s.Context(), ids)
	if err != nil {
		s.Fatalf("Receipts: %v", err)
	}
	oracle, err := graph.New(s.oracle).Receipts(s.Context(), ids)
	if err != nil {
		s.Fatalf("oracle: Receipts: %v", err)
	}
	s.same("receipts", oracle, found)
	for _, r := range found[truce] {
		if r.TextSHA256 == "" || r.Document == "" || r.Attribution == "" {
			s.Errorf("a claim's receipt lacks something: %+v", r)
		}
	}
	if len(found[truce]) != 4 || len(found[backs]) != 4 || len(found[says]) != 1 || len(found[iran]) != 0 {
		s.Errorf("got %d receipts of a claim, %d of a relation, %d of an attribution, %d of an actor; want 4, 4, 1, 0",
			len(found[truce]), len(found[backs]), len(found[says]), len(found[iran]))
	}
	third := ID(graph.KindPassage, "third")
	if r := found[third]; len(r) != 1 || r[0].Attribution != "" || len(r[0].Spans) != 1 || r[0].Spans[0] != third {
		s.Errorf("of a passage: got %+v", r)
	}
}
