package graphtest

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

var contradictionChecks = []check{
	{name: "Contradictions/truth table", run: contradictionTable},
	{name: "Contradictions/page by page", run: contradictionPages},
	{name: "Contradictions/as they were", run: contradictionsThen},
	{name: "Contradictions/refuses what is none of its cursors", run: contradictionRefuses},
}

// dispute is told by several: the truce is denied, peace and war are linked, and claims disagree over a relation.
const dispute = `
	wire  ledger  says   truce
	wire  ledger  says   peace
	wire  ledger  says   arms
	wire  ledger  says   road
	paper courier denies truce
	paper courier says   war
	paper courier says   flour
	blog  hermit  says   war
	blog  hermit  denies storm
	blog  hermit  says   calm
	blog  hermit  denies halt`

const disputeLinks = `
	war   -CONTRADICTS-> peace method=POLARITY score=0.7
	storm -CONTRADICTS-> calm  method=NUMBER   score=0.9 # nobody says that there is a storm
	truce -VARIANT_OF->  halt  method=WORDS    score=0.4 # in other words
	aid   Relation class=EVENT type=AID quad=MATERIAL_COOPERATION polarities=AFFIRMS,DENIES
	arms  Claim polarities=AFFIRMS words="the arming of them"
	flour Claim polarities=AFFIRMS words="they had been armed with flour"
	road  Claim polarities=AFFIRMS words="the road was opened" # another event of that sort
	truce Claim polarities=AFFIRMS,DENIES
	halt  Claim polarities=DENIES
	war   Claim polarities=AFFIRMS
	peace Claim polarities=AFFIRMS
	storm Claim polarities=DENIES
	calm  Claim polarities=AFFIRMS
	arms  -ASSERTS-> aid polarity=AFFIRMS
	road  -ASSERTS-> aid polarity=AFFIRMS
	flour -ASSERTS-> aid polarity=DENIES`

// disputed draws the dispute; what joins claims is told by a document of its own.
func disputed() string { return tell(dispute) + "study Document\n" + disputeLinks + "\n" }

// sketchPair writes `POLARITY 0.7 peace(AFFIRMS 1) war(AFFIRMS 2)`.
func sketchPair(c graph.Contradiction) string {
	side := func(s graph.Side) string {
		return fmt.Sprintf("%s(%s %d)", strings.TrimPrefix(short(s.Claim), "clm_"), s.Polarity, len(s.Attributions))
	}
	text := fmt.Sprintf("%s %.1f %s %s", c.Type, c.Score, side(c.One), side(c.Other))
	if c.Relation != "" {
		text += " " + short(c.Relation)
	}
	return text
}

func (s *subject) contradictions(g *graph.Graph, p graph.ContradictionPage) string {
	s.Helper()
	p.First = 50
	pairs, more, err := g.Contradictions(s.Context(), p)
	if err != nil {
		s.Fatalf("Contradictions: %v", err)
	}
	if more {
		s.Errorf("got more than all")
	}
	var list []string
	for _, c := range pairs {
		list = append(list, sketchPair(c))
	}
	return strings.Join(list, "; ")
}

func contradictionTable(s *subject) {
	s.put(disputed())
	g := graph.New(s.store)
	const (
		denial   = "DENIAL 0.5 truce(AFFIRMS 1) truce(DENIES 1)"
		restated = "DENIAL 0.4 truce(AFFIRMS 1) halt(DENIES 1)"
		polarity = "POLARITY 0.7 war(AFFIRMS 2) peace(AFFIRMS 1)"
		relation = "RELATION 0.5 arms(AFFIRMS 1) flour(DENIES 1) rel_aid"
	)
	is := func(claim string) graph.Filter {
		return graph.Where{Prop: graph.IDProp, Value: string(ID(graph.KindClaim, claim))}
	}
	for _, c := range []struct {
		name string
		page graph.ContradictionPage
		want string
	}{
		{"all", graph.ContradictionPage{}, denial + "; " + restated + "; " + polarity + "; " + relation},
		{"of one type", graph.ContradictionPage{Types: []graph.ContradictionType{graph.PolarityPair}}, polarity},
		{"of a type that there is none of", graph.ContradictionPage{Types: []graph.ContradictionType{graph.DatePair}}, ""},
		{"of two types", graph.ContradictionPage{Types: []graph.ContradictionType{graph.RelationPair, graph.DenialPair}}, denial + "; " + restated + "; " + relation},
		{"of a denied claim", graph.ContradictionPage{Where: is("truce")}, denial + "; " + restated},
		{"of what is denied in other words", graph.ContradictionPage{Where: is("halt")}, restated},
		{"of another event", graph.ContradictionPage{Where: is("road")}, ""},
		{"of one end of a link", graph.ContradictionPage{Where: is("war")}, polarity},
		{"of the other end", graph.ContradictionPage{Where: is("peace")}, "POLARITY 0.7 peace(AFFIRMS 1) war(AFFIRMS 2)"},
		{"of both ends", graph.ContradictionPage{Where: graph.Or{is("peace"), is("war")}}, polarity},
		{"of who affirms a relation", graph.ContradictionPage{Where: is("arms")}, relation},
		{"of who denies it", graph.ContradictionPage{Where: is("flour")}, relation},
		{"of a claim that nobody contradicts", graph.ContradictionPage{Where: is("calm")}, ""},
	} {
		if got := s.contradictions(g, c.page); got != c.want {
			s.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// contradictionsThen asks what was denied by when: wire was recorded on the first day, paper, which denies, on the second.
func contradictionsThen(s *subject) {
	g := s.fresh(tell(`
		wire  ledger  says   truce
		paper courier denies truce
		blog  hermit  denies truce`))
	ask := func(day int) string {
		t := graph.Times{AsOf: time.Date(2024, time.August, day, 12, 0, 0, 0, time.UTC)}
		return s.contradictions(g.At(t), graph.ContradictionPage{Types: []graph.ContradictionType{graph.DenialPair}})
	}
	denied := map[int]string{
		1: "", 2: "DENIAL 0.5 truce(AFFIRMS 1) truce(DENIES 1)", 3: "DENIAL 0.5 truce(AFFIRMS 1) truce(DENIES 2)",
	}
	for day, want := range denied {
		if got := ask(day); got != want {
			s.Errorf("day %d: got %s, want %s", day, got, want)
		}
	}
	s.put("late Document publishedAt=2024-07-01 retrievedAt=2024-09-01\nmore Attribution polarity=DENIES\nmore -CONTENT-> truce\ntruce Claim polarities=DENIES")
	if got := ask(2); got != denied[2] {
		s.Errorf("day 2 after day 30: got %s, want %s", got, denied[2])
	}
}

func contradictionPages(s *subject) {
	var more strings.Builder
	more.WriteString(disputed())
	for i := range 5 { // one claim against many
		fmt.Fprintf(&more, "war -CONTRADICTS-> foe%s method=DATE score=0.%d\nfoe%s Claim polarities=AFFIRMS\n", name(i), i+1, name(i))
		fmt.Fprintf(&more, "said%s Attribution\nsaid%s -CONTENT-> foe%s\n", name(i), name(i), name(i))
	}
	s.put(more.String())
	g := graph.New(s.store)
	whole := s.contradictions(g, graph.ContradictionPage{})
	for first := 1; first <= 8; first++ {
		var list []string
		after := ""
		for turns := 0; ; turns++ {
			pairs, more, err := g.Contradictions(s.Context(), graph.ContradictionPage{First: first, After: after})
			if err != nil {
				s.Fatalf("Contradictions: %v", err)
			}
			for _, c := range pairs {
				list = append(list, sketchPair(c))
				after = c.Cursor
			}
			if !more || turns > 20 {
				break
			}
		}
		if got := strings.Join(list, "; "); got != whole {
			s.Errorf("in pages of %d:\ngot  %s\nwant %s", first, got, whole)
		}
	}
}

func contradictionRefuses(s *subject) {
	g := graph.New(s.store)
	for _, p := range []graph.ContradictionPage{
		{First: 0},
		{First: graph.MaxPairs + 1},
		{First: 1, After: "x"},
		{First: 1, After: "e30"},
		{First: 1, After: base64.RawURLEncoding.EncodeToString([]byte(`{"l":"4xy7n5dm","i":"` + iran + `","o":["14"]}`))}, // of actors
		{First: 1, Where: graph.Where{Prop: "nothing", Op: graph.Exists}},
	} {
		_, _, err := g.Contradictions(s.Context(), p)
		s.sameErr(fmt.Sprintf("%+v", p), err, graph.ErrInvalid)
	}
}
