package graphtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var situationChecks = []check{{name: "Analyses/truth table", run: situationTable}}

// What every analysis answers about the claim truce, its documents and its outlets in each situation. Two that are
// judged to be the same are one outlet and one origin; facets and shares stay those of each.
var situations = []struct {
	name, told string
	deeds      []deed
	want       string
}{
	{
		"independent", `
		wire  ledger  says truce
		paper courier says truce`,
		nil, `
		corroboration: says 2, denies 0, in 2 by 2, origins 1-2, from wire paper
		authority: AFFIRMS OUTLET courier of paper; SPEAKER by paperx: NOBODY; AFFIRMS OUTLET ledger of wire; SPEAKER by wirex: NOBODY
		contradictions:
		cycles:
		timeline: 01 ORIGIN wire; 02 ORIGIN paper
		facets: courier AFFIRMS 1; ledger AFFIRMS 1
		sourcing: ledger 1; courier 1
		receipts: paper; wire`,
	},
	{
		"copied", `
		wire  ledger  says truce
		paper courier says truce COPY_OF wire`,
		nil, `
		corroboration: says 2, denies 0, in 2 by 2, origins 1-1, single, from wire
		authority: AFFIRMS OUTLET courier of paper; SPEAKER by paperx: NOBODY; AFFIRMS OUTLET ledger of wire; SPEAKER by wirex: NOBODY
		contradictions:
		cycles:
		timeline: 01 ORIGIN wire; 02 COPY paper
		facets: courier AFFIRMS 1; ledger AFFIRMS 1
		sourcing: ledger 1; courier 1
		receipts: paper; wire`,
	},
	{
		"circular", `
		wire  ledger  says truce CITES paper
		paper courier says truce CITES wire`,
		nil, `
		corroboration: says 2, denies 0, in 2 by 2, origins 1-1, single, circular, from wire paper
		authority: AFFIRMS OUTLET courier of paper; SPEAKER by paperx; CITED of wire [paperxnwire]: DOCUMENT; AFFIRMS OUTLET ledger of wire; SPEAKER by wirex; CITED of paper [wirexnpaper]: DOCUMENT
		contradictions:
		cycles: DOCUMENT paper wire
		timeline: 01 DERIVED wire; 02 DERIVED paper
		facets: courier AFFIRMS 1; ledger AFFIRMS 1
		sourcing: ledger 1; courier 1
		receipts: paper; wire`,
	},
	{
		"denied", `
		wire  ledger  says   truce
		paper courier denies truce`,
		nil, `
		corroboration: says 1, denies 1, in 1 by 1, origins 1-1, single, from wire
		authority: DENIES OUTLET courier of paper; SPEAKER by paperx: NOBODY; AFFIRMS OUTLET ledger of wire; SPEAKER by wirex: NOBODY
		contradictions: DENIAL 0.5 truce(AFFIRMS 1) truce(DENIES 1)
		cycles:
		timeline: 01 ORIGIN wire; 02 DENIAL paper
		facets: courier DENIES 1; ledger AFFIRMS 1
		sourcing: ledger 1; courier 1
		receipts: paper; wire`,
	},
	{
		"merged", `
		wire  ledger  says truce
		paper courier says truce`,
		[]deed{judge(graph.Same, "ledger", "courier")},
		`
		corroboration: says 2, denies 0, in 2 by 1, origins 1-1, single, from wire paper
		authority: AFFIRMS OUTLET courier of paper; SPEAKER by paperx: NOBODY; AFFIRMS OUTLET courier of wire; SPEAKER by wirex: NOBODY
		contradictions:
		cycles:
		timeline: 01 ORIGIN wire; 02 ORIGIN paper
		facets: courier AFFIRMS 2
		sourcing: ledger 2; courier 2
		receipts: paper; wire`,
	},
	{
		"undone", `
		wire  ledger  says truce
		paper courier says truce`,
		[]deed{judge(graph.Same, "ledger", "courier"), undo},
		`
		corroboration: says 2, denies 0, in 2 by 2, origins 1-2, from wire paper
		authority: AFFIRMS OUTLET courier of paper; SPEAKER by paperx: NOBODY; AFFIRMS OUTLET ledger of wire; SPEAKER by wirex: NOBODY
		contradictions:
		cycles:
		timeline: 01 ORIGIN wire; 02 ORIGIN paper
		facets: courier AFFIRMS 1; ledger AFFIRMS 1
		sourcing: ledger 1; courier 1
		receipts: paper; wire`,
	},
	{
		"retracted", `
		wire  ledger  says   truce
		paper courier denies truce`,
		[]deed{retract(graph.KindDocument, "paper")},
		`
		corroboration: says 1, denies 0, in 1 by 1, origins 1-1, single, from wire
		authority: AFFIRMS OUTLET ledger of wire; SPEAKER by wirex: NOBODY
		contradictions:
		cycles:
		timeline: 01 ORIGIN wire
		facets: ledger AFFIRMS 1
		sourcing: ledger 1; courier 0
		receipts: wire`,
	},
}

func situationTable(s *subject) {
	for _, c := range situations {
		s.clear()
		s.put(tell(c.told))
		g := s.twins()
		s.do(g, c.deeds...)
		want := strings.Split(strings.ReplaceAll(strings.TrimSpace(c.want), "\t", ""), "\n")
		s.same(c.name, want, s.situation(g))
	}
}

// situation writes what every analysis answers, one a line.
func (s *subject) situation(g *graph.Graph) []string {
	s.Helper()
	ctx, truce := s.Context(), ID(graph.KindClaim, "truce")
	ledger, courier := ID(graph.KindActor, "ledger"), ID(graph.KindActor, "courier")
	must := func(what string, err error) {
		if err != nil {
			s.Fatalf("%s: %v", what, err)
		}
	}
	name := func(id graph.ID) string { _, name, _ := strings.Cut(short(id), "_"); return name }
	var lines []string
	line := func(what string, parts ...string) {
		lines = append(lines, strings.TrimSpace(what+": "+strings.Join(parts, "; ")))
	}

	line("corroboration", s.corroboration(g, "truce", graph.OwnWords))

	chains, err := g.Authority(ctx, truce, 10, graph.Times{})
	must("Authority", err)
	var parts []string
	for _, c := range chains {
		parts = append(parts, string(c.Polarity)+" "+sketchChain(c))
	}
	line("authority", parts...)

	line("contradictions", s.contradictions(g, graph.ContradictionPage{}))

	cycles, _, err := g.Cycles(ctx, graph.CyclePage{First: 10, MaxLength: 4})
	must("Cycles", err)
	line("cycles", sketchCycles(cycles))

	timelines, err := g.Timelines(ctx, []graph.ID{truce})
	must("Timelines", err)
	parts = nil
	for _, a := range timelines[truce] {
		parts = append(parts, fmt.Sprintf("%02d %s %s", a.At.Day(), a.Role, name(a.Document)))
	}
	line("timeline", parts...)

	buckets, _, err := g.Facets(ctx, nil, []graph.FacetName{graph.FacetOutlet, graph.FacetPolarity}, graph.Month)
	must("Facets", err)
	parts = nil
	for _, b := range buckets {
		outlet, _ := b.Key[0].(string)
		parts = append(parts, fmt.Sprint(name(graph.ID(outlet)), " ", b.Key[1], " ", b.Count))
	}
	slices.Sort(parts)
	line("facets", parts...)

	sourcings, err := g.Sourcings(ctx, []graph.ID{ledger, courier})
	must("Sourcings", err)
	parts = nil
	for _, id := range []graph.ID{ledger, courier} {
		parts = append(parts, fmt.Sprint(name(id), " ", sourcings[id].Attributions))
	}
	line("sourcing", parts...)

	receipts, err := g.Receipts(ctx, []graph.ID{truce})
	must("Receipts", err)
	parts = nil
	for _, r := range receipts[truce] {
		parts = append(parts, name(r.Document))
	}
	slices.Sort(parts)
	line("receipts", parts...)
	return lines
}
