package graphtest

import (
	"context"
	"fmt"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var corroborationChecks = []check{
	{name: "Corroboration/truth table", run: corroborationTable},
	{name: "Corroboration/of variants too", run: corroborationOfVariants},
	{name: "Corroboration/asks as often for many claims as for one", run: corroborationStatements},
	{name: "Timeline/truth table", run: timelineTable},
}

// tell draws documents that tell claims. Each line names a document, the outlet that publishes it (- for none,
// ledger/crown for one that the crown owns in the end), whether it says or denies, and a claim; behind these, each with
// another document, come what the document has its words from: COPY_OF and DERIVED_FROM for the whole of it, CITES for a
// citation of this claim that resolves to the other.
// Documents are published day by day from the first of July on, and retrieved a month later.
//
//	echo mirror says truce COPY_OF wire
func tell(lines string) string {
	var picture strings.Builder
	said := make(map[string]int)
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		doc, denies, claim := words[0], words[2] == "denies", words[3]
		outlet, side, owned := strings.Cut(words[1], "/")
		polarity := graph.Affirms
		if denies {
			polarity = graph.Denies
		}
		said[doc]++
		act := doc + strings.Repeat("x", said[doc])
		if said[doc] == 1 {
			day := 1 + (len(said)-1)%28
			fmt.Fprintf(&picture, "%s Document publishedAt=2024-07-%02d retrievedAt=2024-08-%02d outlet=%q\n", doc, day, day, strings.Trim(outlet, "-"))
			if outlet != "-" {
				fmt.Fprintf(&picture, "%s -PUBLISHED_BY-> %s\n%s Actor kind=OUTLET", doc, outlet, outlet)
				if owned {
					fmt.Fprintf(&picture, " side=%s", side)
				}
				picture.WriteString("\n")
			}
		}
		fmt.Fprintf(&picture, "%s Attribution polarity=%s\n%s -CONTENT-> %s\n", act, polarity, act, claim)
		if !strings.Contains(picture.String(), doc+"claim"+claim) {
			fmt.Fprintf(&picture, "%s Claim polarities=%s # %s\n", claim, polarity, doc+"claim"+claim)
		}
		for i := 4; i+1 < len(words); i += 2 {
			switch link, other := words[i], words[i+1]; link {
			case "CITES":
				note := act + "n" + other
				fmt.Fprintf(&picture, "%s Citation\n%s -CITES-> %s\n%s -RESOLVES_TO-> Document:%s\n", note, act, note, note, other)
			default:
				fmt.Fprintf(&picture, "%s -%s-> Document:%s method=%s score=0.9\n", doc, link, other, linkMethods[graph.EdgeKind(link)])
			}
		}
	}
	return picture.String()
}

// linkMethods are methods that pictures give links.
var linkMethods = map[graph.EdgeKind]string{graph.EdgeCopyOf: "SHINGLES", graph.EdgeDerivedFrom: "REPORTED"}

// sketchCorroboration writes `says 2, denies 0, in 2 by 2, origins 1-2, single, circular, from doc_wire`.
func sketchCorroboration(c graph.Corroboration) string {
	text := new(strings.Builder)
	fmt.Fprintf(text, "says %d, denies %d, in %d by %d, origins %d-%d",
		c.Attributions, c.Denials, c.Documents, c.Outlets, c.OriginsAtLeast, c.OriginsAtMost)
	for _, word := range []struct {
		say  bool
		what string
	}{{c.SingleSourced, ", single"}, {c.Circular, ", circular"}, {c.Truncated, ", truncated"}} {
		if word.say {
			text.WriteString(word.what)
		}
	}
	text.WriteString(", from")
	for _, id := range c.Basis {
		text.WriteString(" " + strings.TrimPrefix(short(id), "doc_"))
	}
	return text.String()
}

// fresh puts a picture into the graph in place of all that was there.
func (s *subject) fresh(picture string) *graph.Graph {
	s.Helper()
	s.clear()
	s.put(picture)
	return graph.New(s.store)
}

// clear deletes every document.
func (s *subject) clear() {
	s.Helper()
	rows := s.ask("documents", among(nil, graph.KindDocument))
	ids := rowIDs(rows.Rows)
	if len(ids) == 0 {
		return
	}
	if err := s.store.Delete(s.Context(), ids); err != nil {
		s.Fatalf("Delete: %v", err)
	}
	if err := s.oracle.Delete(s.Context(), ids); err != nil {
		s.Fatalf("oracle: Delete: %v", err)
	}
}

func (s *subject) corroboration(g *graph.Graph, claim string, w graph.Wording) string {
	s.Helper()
	id := ID(graph.KindClaim, claim)
	found, err := g.Corroborations(s.Context(), []graph.ID{id, ID(graph.KindClaim, "nowhere")}, w, graph.Times{})
	if err != nil {
		s.Fatalf("Corroborations: %v", err)
	}
	if len(found) > 1 {
		s.Errorf("got %d answers for one claim that is there and one that is not", len(found))
	}
	return sketchCorroboration(found[id])
}

// What stands behind the claim truce.
var corroborationCases = []struct{ name, told, want string }{
	{
		"one document", `
		wire ledger says truce`,
		"says 1, denies 0, in 1 by 1, origins 1-1, single, from wire",
	},
	{
		"two that are not linked", `
		wire  ledger  says truce
		paper courier says truce`,
		"says 2, denies 0, in 2 by 2, origins 1-2, from wire paper",
	},
	{
		"said twice in one document", `
		wire ledger says truce
		wire ledger says truce`,
		"says 2, denies 0, in 1 by 1, origins 1-1, single, from wire",
	},
	{
		"a copy", `
		wire ledger says truce
		echo mirror says truce COPY_OF wire`,
		"says 2, denies 0, in 2 by 2, origins 1-1, single, from wire",
	},
	{
		"a copy of a derived document", `
		wire   ledger says truce
		echo   mirror says truce DERIVED_FROM wire
		repeat parrot says truce COPY_OF echo`,
		"says 3, denies 0, in 3 by 3, origins 1-1, single, from wire",
	},
	{
		"copies of one that does not tell it", `
		wire   ledger says peace
		echo   mirror says truce COPY_OF wire
		repeat parrot says truce COPY_OF wire`,
		"says 2, denies 0, in 2 by 2, origins 1-1, single, from wire",
	},
	{
		"a digest of two that are not linked", `
		wire   ledger  says truce
		paper  courier says truce
		digest gazette says truce DERIVED_FROM wire DERIVED_FROM paper`,
		"says 3, denies 0, in 3 by 3, origins 2-2, from wire paper",
	},
	{
		"two origins with copies, and one alone", `
		wire   ledger  says truce
		echo   mirror  says truce COPY_OF wire
		paper  courier says truce
		repeat parrot  says truce DERIVED_FROM paper
		alone  hermit  says truce`,
		"says 5, denies 0, in 5 by 5, origins 2-3, from wire paper alone",
	},
	{
		"a citation of the claim", `
		wire  ledger  says truce
		essay review  says truce CITES wire`,
		"says 2, denies 0, in 2 by 2, origins 1-1, single, from wire",
	},
	{
		"a citation of another claim", `
		wire  ledger  says truce
		essay review  says truce
		essay review  says peace CITES wire`,
		"says 2, denies 0, in 2 by 2, origins 1-2, from wire essay",
	},
	{
		"derived from two, of which one tells it", `
		other  gazette says peace
		wire   ledger  says truce
		digest mirror  says truce DERIVED_FROM wire DERIVED_FROM other`,
		"says 2, denies 0, in 2 by 2, origins 1-1, single, from wire",
	},
	{
		"in a circle", `
		wire  ledger  says truce CITES paper
		paper courier says truce CITES wire`,
		"says 2, denies 0, in 2 by 2, origins 1-1, single, circular, from wire paper",
	},
	{
		"in a circle with a way out", `
		wire   ledger  says truce DERIVED_FROM paper
		paper  courier says truce DERIVED_FROM wire DERIVED_FROM source
		source agency  says truce`,
		"says 3, denies 0, in 3 by 3, origins 1-1, single, circular, from source",
	},
	{
		"a circle beside it", `
		wire  ledger  says truce DERIVED_FROM left
		left  courier says peace DERIVED_FROM right
		right gazette says peace DERIVED_FROM left`,
		"says 1, denies 0, in 1 by 1, origins 1-1, single, from left right",
	},
	{
		"a document that cites itself", `
		wire ledger says truce CITES wire`,
		"says 1, denies 0, in 1 by 1, origins 1-1, single, from wire",
	},
	{
		"denied", `
		wire  ledger  says   truce
		paper courier denies truce`,
		"says 1, denies 1, in 1 by 1, origins 1-1, single, from wire",
	},
	{
		"only denied", `
		paper courier denies truce`,
		"says 0, denies 1, in 0 by 0, origins 0-0, from",
	},
	{
		"a copy of what is denied there", `
		paper courier denies truce
		echo  mirror  says   truce COPY_OF paper`,
		"says 1, denies 1, in 1 by 1, origins 1-1, single, from paper",
	},
	{
		"twice by one outlet", `
		wire  ledger says truce
		later ledger says truce`,
		"says 2, denies 0, in 2 by 1, origins 1-1, single, from wire later",
	},
	{
		"an outlet that copies two origins", `
		wire   ledger  says truce
		paper  courier says truce
		echo   mirror  says truce COPY_OF wire
		repeat mirror  says truce COPY_OF paper`,
		"says 4, denies 0, in 4 by 3, origins 2-2, from wire paper",
	},
	{
		"by two outlets of one owner, and by the owner", `
		wire   ledger/crown says truce
		paper  courier/crown says truce
		decree crown says truce
		alone  hermit says truce`,
		"says 4, denies 0, in 4 by 4, origins 1-2, from wire paper decree alone",
	},
	{
		"by unknown outlets", `
		wire  - says truce
		paper - says truce`,
		"says 2, denies 0, in 2 by 0, origins 1-2, from wire paper",
	},
}

func corroborationTable(s *subject) {
	for _, c := range corroborationCases {
		g := s.fresh(tell(c.told))
		if got := s.corroboration(g, "truce", graph.OwnWords); got != c.want {
			s.Errorf("%s:%s\ngot  %s\nwant %s", c.name, c.told, got, c.want)
		}
	}
}

func corroborationOfVariants(s *subject) {
	g := s.fresh(tell(`
		wire ledger says truce
		echo mirror says armistice COPY_OF wire
		blog hermit says ceasefire`) + `
		truce Claim
		armistice Claim
		truce -VARIANT_OF-> armistice method=WORDS score=0.8
		ceasefire -VARIANT_OF-> armistice method=WORDS score=0.8`)
	for claim, want := range map[string]string{
		"truce":     "says 2, denies 0, in 2 by 2, origins 1-1, single, from wire",
		"armistice": "says 3, denies 0, in 3 by 3, origins 1-2, from wire blog",
		"ceasefire": "says 2, denies 0, in 2 by 2, origins 1-2, from wire blog",
	} {
		if got := s.corroboration(g, claim, graph.AllWords); got != want {
			s.Errorf("%s in all words:\ngot  %s\nwant %s", claim, got, want)
		}
	}
	want := "says 1, denies 0, in 1 by 1, origins 1-1, single, from wire"
	if got := s.corroboration(g, "armistice", graph.OwnWords); got != want {
		s.Errorf("in its own words:\ngot  %s\nwant %s", got, want)
	}
}

func corroborationStatements(s *subject) {
	var lines strings.Builder
	var claims []graph.ID
	for i := range 60 {
		claim := "claim" + name(i)
		claims = append(claims, ID(graph.KindClaim, claim))
		fmt.Fprintf(&lines, "wire%s ledger says %s\necho%s mirror says %s COPY_OF wire%s\n", name(i), claim, name(i), claim, name(i))
	}
	s.put(tell(lines.String()))
	store := &counting{Store: s.store}
	g := graph.New(store)
	asked := func(claims []graph.ID) int {
		store.calls = 0
		found, err := g.Corroborations(s.Context(), claims, graph.AllWords, graph.Times{})
		if err != nil {
			s.Fatalf("Corroborations: %v", err)
		}
		for _, id := range claims {
			if got := sketchCorroboration(found[id]); !strings.HasPrefix(got, "says 2, denies 0, in 2 by 2, origins 1-1") {
				s.Errorf("%s: got %s", short(id), got)
			}
		}
		return store.calls
	}
	if one, many := asked(claims[:1]), asked(claims); one != many {
		s.Errorf("got %d requests for one claim and %d for %d, want the same", one, many, len(claims))
	}
}

// When and where the claim truce appears.
var timelineCases = []struct{ name, told, want string }{
	{
		"an origin, a copy, a derived document, a citation, a denial", `
		wire  ledger  says   truce
		echo  mirror  says   truce COPY_OF wire DERIVED_FROM wire
		tale  parrot  says   truce DERIVED_FROM wire
		essay review  says   truce CITES wire
		paper courier denies truce COPY_OF wire`,
		"01 ORIGIN wire new, 02 COPY echo, 03 DERIVED tale, 04 DERIVED essay, 05 DENIAL paper",
	},
	{
		"said and denied in one document, and said twice", `
		wire ledger says   truce
		wire ledger says   truce
		wire ledger denies truce`,
		"01 ORIGIN wire new, 01 DENIAL wire",
	},
	{
		"in other words", `
		wire  ledger  says truce
		paper courier says armistice
		echo  mirror  says armistice COPY_OF paper`,
		"01 ORIGIN wire new, 02 ORIGIN paper new, 03 COPY echo",
	},
}

func timelineTable(s *subject) {
	for _, c := range timelineCases {
		picture := tell(c.told)
		if strings.Contains(picture, "armistice") {
			picture += "truce Claim\ntruce -VARIANT_OF-> armistice method=WORDS score=0.8\n"
		}
		g := s.fresh(picture)
		lines, err := g.Timelines(s.Context(), []graph.ID{ID(graph.KindClaim, "truce")})
		if err != nil {
			s.Fatalf("Timelines: %v", err)
		}
		var parts []string
		for _, a := range lines[ID(graph.KindClaim, "truce")] {
			part := fmt.Sprintf("%02d %s %s", a.At.Day(), a.Role, strings.TrimPrefix(short(a.Document), "doc_"))
			if a.NewWording {
				part += " new"
			}
			parts = append(parts, part)
		}
		if got := strings.Join(parts, ", "); got != c.want {
			s.Errorf("%s:%s\ngot  %s\nwant %s", c.name, c.told, got, c.want)
		}
	}
}

// A counting store counts what is asked of it.
type counting struct {
	graph.Store
	calls int
}

func (c *counting) Select(ctx context.Context, s graph.Select) (graph.Rows, error) {
	c.calls++
	return c.Store.Select(ctx, s)
}

func (c *counting) Count(
	ctx context.Context, kind graph.NodeKind, where graph.Filter, by []graph.Facet, most int,
) ([]graph.Bucket, error) {
	if kind != graph.KindJudgement { // it is asked once a second which verdicts hold, whatever else is
		c.calls++
	}
	return c.Store.Count(ctx, kind, where, by, most)
}
