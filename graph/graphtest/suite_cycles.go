package graphtest

import (
	"fmt"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var cycleChecks = []check{
	{name: "Cycles/truth table", run: cycleTable},
	{name: "Cycles/with the words that make them", run: cycleSpans},
	{name: "Cycles/page by page", run: cyclePages},
	{name: "Cycles/refuses what is none of its cursors", run: cycleRefuses},
}

// Documents in circles, by different outlets.
var cycleCases = []struct {
	name, told string
	maxLength  int
	want       string
}{
	{
		"none", `
		echo mirror says truce COPY_OF wire
		wire ledger says truce`,
		8, "",
	},
	{
		"of two", `
		echo mirror says truce COPY_OF wire
		wire ledger says truce CITES echo`,
		2, "DOCUMENT echo wire",
	},
	{
		"of three, and one within", `
		echo  mirror  says truce DERIVED_FROM wire
		wire  ledger  says truce CITES paper
		paper courier says truce DERIVED_FROM echo DERIVED_FROM wire`,
		4, "DOCUMENT echo wire paper; DOCUMENT paper wire",
	},
	{
		"too long", `
		echo  mirror  says truce DERIVED_FROM wire
		wire  ledger  says truce DERIVED_FROM paper
		paper courier says truce DERIVED_FROM echo`,
		2, "",
	},
	{
		"a tail, and a document that cites itself", `
		echo  mirror  says truce DERIVED_FROM wire
		wire  ledger  says truce DERIVED_FROM echo DERIVED_FROM end CITES wire
		end   courier says truce
		late  gazette says truce DERIVED_FROM echo`,
		8, "DOCUMENT echo wire",
	},
}

func sketchCycles(cycles []graph.Cycle) string {
	var list []string
	for _, c := range cycles {
		words := []string{string(c.Level)}
		for _, l := range c.Links {
			_, name, _ := strings.Cut(short(l.From), "_")
			words = append(words, name)
		}
		list = append(list, strings.Join(words, " "))
	}
	return strings.Join(list, "; ")
}

func cycleTable(s *subject) {
	for _, c := range cycleCases {
		g := s.fresh(tell(c.told))
		cycles, more, err := g.Cycles(s.Context(), graph.CyclePage{Level: graph.DocumentCycle, MaxLength: c.maxLength, First: 50})
		if err != nil {
			s.Fatalf("%s: Cycles: %v", c.name, err)
		}
		if got := sketchCycles(cycles); got != c.want || more {
			s.Errorf("%s: got %s, more %v; want %s", c.name, got, more, c.want)
		}
	}
}

// circle has outlets that name each other, and documents that cite each other: the courier's by a footnote, the
// ledger's by naming its source, the mirror's by a copy.
const circle = `
	wire   Document
	wire   -PUBLISHED_BY-> ledger
	wire   -DERIVED_FROM-> Document:paper method=REPORTED score=0.9
	ledger Actor kind=OUTLET
	echo   Mention start=7
	echo   -REFERS_TO-> courier method=x score=1
	courier Actor kind=OUTLET

	paper  Document
	paper  -PUBLISHED_BY-> courier
	note   Citation start=3
	note   -NAMES-> ledger
	note   -RESOLVES_TO-> wire
	other  Citation start=1
	other  -NAMES-> mirror
	mirror Actor kind=OUTLET
	ledger Actor kind=OUTLET
	courier Actor kind=OUTLET`

func cycleSpans(s *subject) {
	s.put(circle)
	g := graph.New(s.store)
	cycles, _, err := g.Cycles(s.Context(), graph.CyclePage{MaxLength: 4, First: 10})
	if err != nil {
		s.Fatalf("Cycles: %v", err)
	}
	if err := g.CycleSpans(s.Context(), cycles); err != nil {
		s.Fatalf("CycleSpans: %v", err)
	}
	var list []string
	for _, c := range cycles {
		for _, l := range c.Links {
			var spans []string
			for _, id := range l.Spans {
				spans = append(spans, short(id))
			}
			list = append(list, fmt.Sprintf("%s>%s %v", short(l.From), short(l.To), spans))
		}
	}
	want := "doc_paper>doc_wire [cit_note]; doc_wire>doc_paper [mnt_echo]; " +
		"act_courier>act_ledger [cit_note]; act_ledger>act_courier [mnt_echo]"
	if got := strings.Join(list, "; "); got != want {
		s.Errorf("got  %s\nwant %s", got, want)
	}
}

func cyclePages(s *subject) {
	var lines strings.Builder
	for i := range 5 { // each derives from each
		for j := range 5 {
			if i != j {
				fmt.Fprintf(&lines, "doc%s ledger says truce DERIVED_FROM doc%s\n", name(i), name(j))
			}
		}
	}
	s.put(tell(lines.String()))
	g := graph.New(s.store)
	all, _, err := g.Cycles(s.Context(), graph.CyclePage{MaxLength: 4, First: graph.MaxCycles})
	if err != nil {
		s.Fatalf("Cycles: %v", err)
	}
	if len(all) != 10+20+30 { // of two, three and four of five nodes, in every direction
		s.Errorf("got %d cycles, want 60", len(all))
	}
	for _, first := range []int{1, 7, 59, 60} {
		var list []graph.Cycle
		for after, more := "", true; more; {
			var page []graph.Cycle
			page, more, err = g.Cycles(s.Context(), graph.CyclePage{MaxLength: 4, First: first, After: after})
			if err != nil || len(page) == 0 {
				s.Fatalf("Cycles: %d, error %v", len(page), err)
			}
			list = append(list, page...)
			after = page[len(page)-1].Cursor
		}
		if got, want := sketchCycles(list), sketchCycles(all); got != want {
			s.Errorf("in pages of %d:\ngot  %s\nwant %s", first, got, want)
		}
	}
}

func cycleRefuses(s *subject) {
	g := graph.New(s.store)
	for _, p := range []graph.CyclePage{
		{First: 0, MaxLength: 4},
		{First: graph.MaxCycles + 1, MaxLength: 4},
		{First: 1, MaxLength: 1},
		{First: 1, MaxLength: graph.MaxCycleLength + 1},
		{First: 1, MaxLength: 4, Level: "TOWN"},
		{First: 1, MaxLength: 4, After: "x"},
		{First: 1, MaxLength: 4, After: "DOCUMENT.x"},
		{First: 1, MaxLength: 4, Level: graph.OutletCycle, After: "DOCUMENT." + string(wire)},
	} {
		_, _, err := g.Cycles(s.Context(), p)
		s.sameErr(fmt.Sprintf("%+v", p), err, graph.ErrInvalid)
	}
}
