package link

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
)

// TestClaims is a truth table: two claims' words, in which names in <> stand for actors, and what joins them.
func TestClaims(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ a, b, want string }{
		// One claim in other words.
		{"<iran> will return 3500 stored rifles to border guards near the crossing", "<iran> will return 3500 stored rifles to the border guards near that crossing", "VARIANT_OF WORDS"},
		{"<iran> will return 3500 stored rifles through the crossing", "<iran> returns 3 5 thousand stored rifles through the crossing", "VARIANT_OF WORDS"},
		{"<iran> will return thirty five hundred stored rifles through the crossing", "<iran> will return 3500 stored rifles through the crossing", "VARIANT_OF WORDS"},
		{"guards of <iran> counted and stored the rifles in crates", "rifles were counted and stored in crates by guards of <iran>", "VARIANT_OF WORDS"},
		{"the neighbours recognised the joint defence programme of their centre", "the neighbors recognized the joint defense program of their center", "VARIANT_OF WORDS"},
		{"<iran> attacked the two border posts with heavy guns", "two border posts were attacked with heavy guns by <iran>", "VARIANT_OF WORDS"},
		{"the judge freed karvandi after three weeks in a cell", "the judge freed karvendi after three weeks in a cell", "VARIANT_OF WORDS"},

		// Different claims about one matter.
		{"<iran> will return 3500 stored rifles through the crossing", "<iran> will return 4200 stored rifles through the crossing", "CONTRADICTS NUMBER"},
		{"<iran> agreed to supply 35000 rifles under a new border protocol", "<iran> will hand back 3500 rifles that soldiers carried over", "CONTRADICTS NUMBER"},
		{"<bank> lent the builders 3 5 million dollars for the harbour", "<bank> lent the builders 35 million dollars for the harbour", "CONTRADICTS NUMBER"},
		{"<iran> has recognised the government and opened its embassy", "<iran> has not recognised the government nor never opened its embassy", "CONTRADICTS POLARITY"},
		{"prices of bread rose sharply in the markets of <herat>", "prices of bread fell sharply in the markets of <herat>", "CONTRADICTS POLARITY"},
		{"the second round of talks begins in April in <herat> under guard", "the second round of talks begins in May in <herat> under guard", "CONTRADICTS DATE"},
		{"<iran> shelled the northern border posts on 12 May 2023 killing soldiers", "<taliban> shelled the northern border posts on 12 May 2023 killing soldiers", "CONTRADICTS ACTOR"},

		// Neither.
		{"<bank> cannot be sure that the money for the harbour came from smugglers", "the money for the harbour came from smugglers", ""},
		{"<iran> attacked the convoy of <iraq> near the river bridge", "<iraq> attacked the convoy of <iran> near the river bridge", ""},
		{"the judge freed karvandi after three weeks in a cell", "the judge freed nadirov after three weeks in a cell", ""},
		{"<iran> has recognised the council of karvand and opened its embassy", "<iran> has not recognised the council of nadirabad and opened its embassy", ""},
		{"<iran> has five joint posts", "<iran> has six joint posts", ""},
		{"about 3500 rifles were returned by <iran> through the crossing", "3487 rifles were returned by <iran> through the crossing", ""},
		{"his government had been told of the plan in advance in doc_aaaaaaaaaaaaaaaaaaaaaaaa", "his government had been told of the plan in advance in doc_bbbbbbbbbbbbbbbbbbbbbbbb", ""},
		{"<iran> will return 3500 rifles", "<iran> killed 35000 sheep", ""},
		{"<iran> opened posts in 2021 along the river border", "<iran> opened posts along the river border", ""},
	} {
		a, b := NewClaim("clm_b", withIDs(c.a)), NewClaim("clm_a", withIDs(c.b))
		for _, pair := range [][2]Claim{{a, b}, {b, a}} {
			got := ""
			if e, ok := Claims(pair[0], pair[1], 0); ok {
				got = fmt.Sprint(e.Kind, " ", e.Props["method"])
				if e.From != "clm_b" || e.To != "clm_a" {
					t.Errorf("%q, %q: it leads from %s to %s", c.a, c.b, e.From, e.To)
				}
			}
			if got != c.want {
				t.Errorf("%q, %q: got %q, want %q (%+v)", c.a, c.b, got, c.want, compare(a, b))
			}
		}
	}
}

var named = regexp.MustCompile("<[a-z]+>")

// withIDs puts IDs in place of names in <>.
func withIDs(words string) string {
	return named.ReplaceAllStringFunc(words, func(name string) string { return string(graph.NewID(graph.KindActor, name)) })
}

// TestClaimsByMeaning is a truth table of claims that lie close together in meaning, though words alone do not link them.
func TestClaimsByMeaning(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b      string
		closeness float64
		want      bool
	}{
		{"<iran> will give back 3500 rifles that soldiers took across the frontier", "<iran> will return 3500 rifles which soldiers carried over the frontier", 0.9, true},
		{"the minister tied the loan to the release of the crew of <iran>", "the minister linked the loan to freedom for the crew of <iran>", 0.85, true},

		// Too far, too little in common, or one says much more.
		{"<iran> will give back 3500 rifles that soldiers took across the frontier", "<iran> will return 3500 rifles which soldiers carried over the frontier", 0.79, false},
		{"the minister tied the loan to the release of the crew of <iran>", "the official made credit depend on freedom for sailors from <iran>", 0.95, false},
		{"polls in <iran> put the two candidates level", "polls in <iran> put the two candidates level before a night of debate that millions watched at home", 0.9, false},

		// Numbers, dates, names, actors, their places, and negation.
		{"<iran> will give back 3500 rifles that soldiers took across the frontier", "<iran> will return 4100 rifles which soldiers carried over the frontier", 0.95, false},
		{"<iran> will give back the rifles in May that soldiers took across the frontier", "<iran> will return the rifles in June which soldiers carried over the frontier", 0.95, false},
		{"<iran> attacked the convoy of <iraq> that carried grain", "<iraq> struck the convoy of <iran> that carried grain", 0.97, false},
		{"the court freed karvandi after three weeks in prison", "the court released nadirov after three weeks in prison", 0.9, false},
		{"<iran> will give back the rifles that soldiers took across the frontier", "<iran> will not return the rifles which soldiers carried over the frontier", 0.95, false},
	} {
		a, b := NewClaim("clm_b", withIDs(c.a)), NewClaim("clm_a", withIDs(c.b))
		for _, pair := range [][2]Claim{{a, b}, {b, a}} {
			e, ok := Claims(pair[0], pair[1], c.closeness)
			if got := ok && e.Props["method"] == string(graph.ByMeaning); got != c.want {
				t.Errorf("%q, %q: got %v, want %v (%+v)", c.a, c.b, e, c.want, compare(a, b))
			}
		}
	}
}
