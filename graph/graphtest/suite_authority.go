package graphtest

import (
	"fmt"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var authorityChecks = []check{
	{name: "Authority/truth table", run: authorityTable},
	{name: "Authority/of many, and of none", run: authorityBounds},
}

// Each picture ends with an attribution of the claim truce in wire, which the ledger publishes; the chain is written hop by
// hop with actors, then what shows them in brackets.
var authorityCases = []struct{ name, picture, want string }{
	{
		"the outlet's own voice", `
		said Attribution voice=OUTLET
		said -SOURCE-> ledger`,
		"OUTLET ledger of wire by said: OUTLET",
	},
	{
		"somebody named, with the words", `
		said Attribution voice=ATTRIBUTED
		said -SOURCE-> iran
		said -EVIDENCE-> cue     role=CUE
		said -EVIDENCE-> who     role=SOURCE
		said -EVIDENCE-> content role=CONTENT
		who     Passage start=0
		cue     Passage start=5
		content Passage start=9
		iran Actor kind=STATE`,
		"OUTLET ledger of wire; SPEAKER iran by said [who cue]: NAMED",
	},
	{
		"nameless sources", `
		said Attribution voice=ATTRIBUTED
		said -SOURCE-> diplomats
		diplomats Actor kind=SOURCE_CLASS`,
		"OUTLET ledger of wire; SPEAKER diplomats by said: ANONYMOUS",
	},
	{
		"a nameless and a named one", `
		said Attribution voice=ATTRIBUTED
		said -SOURCE-> diplomats
		said -SOURCE-> iran
		iran Actor kind=STATE
		diplomats Actor kind=SOURCE_CLASS`,
		"OUTLET ledger of wire; SPEAKER diplomats iran by said: NAMED",
	},
	{
		"nobody", `
		said Attribution voice=ATTRIBUTED`,
		"OUTLET ledger of wire; SPEAKER by said: NOBODY",
	},
	{
		"speakers within speakers", `
		said  Attribution voice=ATTRIBUTED
		said  -SOURCE-> guard
		said  -WITHIN-> told
		told  Attribution voice=CARRY_OVER
		told  -SOURCE-> iran
		told  -WITHIN-> wrote
		wrote Attribution voice=ATTRIBUTED
		wrote -SOURCE-> makhiri
		guard Actor kind=SOURCE_CLASS
		iran  Actor kind=STATE
		makhiri Actor kind=PERSON`,
		"OUTLET ledger of wire; SPEAKER makhiri by wrote; SPEAKER iran by told; SPEAKER guard by said: ANONYMOUS",
	},
	{
		"within the outlet's own voice", `
		said  Attribution voice=ATTRIBUTED
		said  -SOURCE-> iran
		said  -WITHIN-> wrote
		wrote Attribution voice=OUTLET
		iran  Actor kind=STATE`,
		"OUTLET ledger of wire by wrote; SPEAKER iran by said: NAMED",
	},
	{
		"a citation of which no document is there", `
		said Attribution voice=ATTRIBUTED
		said -SOURCE-> iran
		said -CITES-> note
		note Citation
		note -NAMES-> agency
		iran   Actor kind=STATE
		agency Actor kind=OUTLET`,
		"OUTLET ledger of wire; SPEAKER iran by said; CITED agency [note]: CITATION",
	},
	{
		"a bundle, of which one is there", `
		said   Attribution voice=OUTLET
		said   -CITES-> first
		said   -CITES-> second
		first  Citation start=3
		second Citation start=1
		second -NAMES-> agency
		second -RESOLVES_TO-> Document:other
		agency Actor kind=OUTLET

		other Document`,
		"OUTLET ledger of wire by said; CITED agency of other [second first]: DOCUMENT",
	},
}

func sketchChain(c graph.AuthorityChain) string {
	names := func(ids []graph.ID) string {
		var list strings.Builder
		for _, id := range ids {
			_, name, _ := strings.Cut(short(id), "_")
			list.WriteString(" " + name)
		}
		return list.String()
	}
	var hops []string
	for _, h := range c.Hops {
		text := string(h.Kind) + names(h.Actors)
		if len(h.Documents) > 0 {
			text += " of" + names(h.Documents)
		}
		if h.Attribution != "" {
			text += " by" + names([]graph.ID{h.Attribution})
		}
		if len(h.Spans) > 0 {
			text += " [" + strings.TrimPrefix(names(h.Spans), " ") + "]"
		}
		hops = append(hops, text)
	}
	return strings.Join(hops, "; ") + ": " + string(c.Footing)
}

func authorityTable(s *subject) {
	for _, c := range authorityCases {
		g := s.fresh("wire Document\nwire -PUBLISHED_BY-> ledger\nledger Actor kind=OUTLET\ntruce Claim\nsaid -CONTENT-> truce\n" + c.picture)
		chains, err := g.Authority(s.Context(), ID(graph.KindClaim, "truce"), 10, graph.Times{})
		if err != nil {
			s.Fatalf("%s: Authority: %v", c.name, err)
		}
		if len(chains) != 1 {
			s.Fatalf("%s: got %d chains, want 1", c.name, len(chains))
		}
		if got := sketchChain(chains[0]); got != c.want {
			s.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func authorityBounds(s *subject) {
	var picture strings.Builder
	for i := range 7 {
		fmt.Fprintf(&picture, "doc%s Document\nsaid%s Attribution assertedAt=2024-07-%02d\nsaid%s -CONTENT-> truce\ntruce Claim\n",
			name(i), name(i), 20-i, name(i))
	}
	s.put(picture.String())
	g := graph.New(s.store)
	chains, err := g.Authority(s.Context(), ID(graph.KindClaim, "truce"), 3, graph.Times{})
	if err != nil {
		s.Fatalf("Authority: %v", err)
	}
	var got []string
	for _, c := range chains {
		got = append(got, short(c.Attribution))
	}
	if want := "att_saidaag att_saidaaf att_saidaae"; strings.Join(got, " ") != want {
		s.Errorf("the first three: got %v, want %s", got, want)
	}
	_, err = g.Authority(s.Context(), ID(graph.KindClaim, "nowhere"), 3, graph.Times{})
	s.sameErr("of a claim that is not there", err, graph.ErrNotFound)
	_, err = g.Authority(s.Context(), ID(graph.KindClaim, "truce"), graph.MaxChains+1, graph.Times{})
	s.sameErr("of too many", err, graph.ErrInvalid)
}
