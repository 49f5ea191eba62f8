package graphtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

var countChecks = []check{
	{name: "Count/all of a kind, or those that match", run: countAll},
	{name: "Count/by a property", run: countByProp},
	{name: "Count/by lists", run: countByList},
	{name: "Count/by nodes that edges lead to", run: countByStep},
	{name: "Count/by IDs of which some count as others", run: countBySame},
	{name: "Count/by several facets", run: countBySeveral},
	{name: "Count/what leads to nodes that are named", run: countNamed},
	{name: "Count/what was judged", run: countJudged},
	{name: "Count/by intervals", run: countByInterval},
	{name: "Count/the largest groups come first, and no more than are asked for", run: countLargest},
}

// sameBuckets sends the request to both and compares the answers.
func (s *subject) sameBuckets(what string, kind graph.NodeKind, where graph.Filter, by ...graph.Facet) []graph.Bucket {
	s.Helper()
	return s.sameLargest(what, graph.MaxBuckets, kind, where, by...)
}

func (s *subject) sameLargest(what string, most int, kind graph.NodeKind, where graph.Filter, by ...graph.Facet) []graph.Bucket {
	s.Helper()
	got, err := s.store.Count(s.Context(), kind, where, by, most)
	if err != nil {
		s.Fatalf("%s: Count: %v", what, err)
	}
	want, err := s.oracle.Count(s.Context(), kind, where, by, most)
	if err != nil {
		s.Fatalf("%s: oracle: Count: %v", what, err)
	}
	s.same(what, want, got)
	return got
}

// counts is sameBuckets where the answer is known: `key, key: count` for each group, in order.
func (s *subject) counts(want string, kind graph.NodeKind, where graph.Filter, by ...graph.Facet) {
	s.Helper()
	what := fmt.Sprintf("%s where %v by %+v", kind, where, by)
	var parts []string
	for _, b := range s.sameBuckets(what, kind, where, by...) {
		parts = append(parts, fmt.Sprintf("%s: %d", sketchValues(b.Key), b.Count))
	}
	if got := strings.Join(parts, "; "); got != want {
		s.Errorf("%s: got\n\t%s\nwant\n\t%s", what, got, want)
	}
}

func countAll(s *subject) {
	s.counts(": 0", graph.KindDocument, nil)
	s.put(sample)
	s.counts(": 4", graph.KindDocument, nil)
	s.counts(": 3", graph.KindDocument, graph.Match{Text: "truce"})
	s.counts(": 0", graph.KindDocument, graph.Or{})
	s.counts(": 1", graph.KindClaim, graph.Has{
		Edge: graph.EdgeContent, Reverse: true, Where: graph.Has{Edge: graph.EdgeSource},
	})
	s.counts("", graph.KindDocument, graph.Or{}, graph.Facet{Prop: "outlet"})
}

func countByProp(s *subject) {
	s.put(sample)
	s.counts("ledger: 2; courier: 1; -: 1", graph.KindDocument, nil, graph.Facet{Prop: "outlet"})
	s.counts("0.9: 2; 0.5: 1; 0.7: 1; 0.8: 1", graph.KindAttribution, nil, graph.Facet{Prop: "confidence"})
	s.counts("-: 3; 2: 1; 4: 1", graph.KindAttribution, nil, graph.Facet{Prop: "credibility"})
	s.counts("false: 1; true: 1", graph.KindClaim, nil, graph.Facet{Prop: "contested"})
	s.counts("1: 4; 2: 2", graph.KindActor, nil, graph.Facet{Prop: "originCount"})
	s.counts("2024-07-01T08:30:00.125Z: 1; 2024-07-02T09:00:00.000Z: 1; 2024-08-05T00:00:00.000Z: 1; -: 1",
		graph.KindDocument, nil, graph.Facet{Prop: "publishedAt"})
	s.counts("ledger: 1", graph.KindDocument, graph.Where{Prop: "lang", Value: "en"}, graph.Facet{Prop: "outlet"})
}

func countByList(s *subject) {
	s.put(sample)
	s.counts("AFFIRMS: 2; DENIES: 1", graph.KindClaim, nil, graph.Facet{Prop: "polarities"})
	s.counts("-: 5; Persia: 1; Tehran: 1; the Islamic Republic: 1", graph.KindActor, nil, graph.Facet{Prop: "aliases"})
	s.counts("-: 3; Persia: 2; Tehran: 2; the Islamic Republic: 2", graph.KindAttribution, nil, graph.Facet{
		Steps: []graph.Step{{Edge: graph.EdgeSource}}, Prop: "aliases",
	})
}

func countByStep(s *subject) {
	s.put(sample)
	source := []graph.Step{{Edge: graph.EdgeSource}}
	s.counts("Iran: 2; a border guard: 1; the governor: 1; -: 1", graph.KindAttribution, nil,
		graph.Facet{Steps: source, Prop: "name"})
	s.counts("-: 5", graph.KindAttribution, nil, graph.Facet{Steps: source, Prop: "reliability"})
	speakers := []graph.Step{{Edge: graph.EdgeContent, Reverse: true}, {Edge: graph.EdgeSource}}
	s.counts("Iran: 1; a border guard: 1; the governor: 1; -: 1", graph.KindClaim, nil,
		graph.Facet{Steps: speakers, Prop: "name"})
	outlets := []graph.Step{{Edge: graph.EdgeIn}, {Edge: graph.EdgePublishedBy}}
	s.counts("The Ledger: 3; The Courier: 2", graph.KindAttribution, nil, graph.Facet{Steps: outlets, Prop: "name"})
	// A claim of several attributions is grouped by those that are reported by others, if there are any.
	reporters := []graph.Step{{Edge: graph.EdgeContent, Reverse: true}, {Edge: graph.EdgeWithin}}
	s.counts("says: 1; -: 1", graph.KindClaim, nil, graph.Facet{Steps: reporters, Prop: "cue"})
	s.counts("-: 4; says: 1", graph.KindAttribution, nil, graph.Facet{Steps: []graph.Step{{Edge: graph.EdgeWithin}}, Prop: "cue"})
}

func countBySeveral(s *subject) {
	s.put(sample)
	voice := graph.Facet{Prop: "voice"}
	speaker := graph.Facet{Steps: []graph.Step{{Edge: graph.EdgeSource}}, Prop: "kind"}
	s.counts("ATTRIBUTED, PERSON: 1; ATTRIBUTED, SOURCE_CLASS: 1; ATTRIBUTED, STATE: 1; CARRY_OVER, STATE: 1; OUTLET, -: 1",
		graph.KindAttribution, nil, voice, speaker)
	polarity := graph.Facet{Prop: "polarities"}
	outlet := graph.Facet{
		Steps: []graph.Step{{Edge: graph.EdgeContent, Reverse: true}, {Edge: graph.EdgeIn}}, Prop: "outlet",
	}
	s.counts("AFFIRMS, courier: 2; AFFIRMS, ledger: 1; DENIES, courier: 1; DENIES, ledger: 1",
		graph.KindClaim, nil, polarity, outlet)
	s.counts("courier, AFFIRMS, false: 1; courier, AFFIRMS, true: 1; courier, DENIES, true: 1; ledger, AFFIRMS, true: 1; "+
		"ledger, DENIES, true: 1", graph.KindClaim, nil, outlet, polarity, graph.Facet{Prop: "contested"})
}

func countBySame(s *subject) {
	s.put(strings.Replace(sample, "says    -SOURCE-> iran\n", "says    -SOURCE-> iran\nsays    -SOURCE-> guard\n", 1))
	chief, guard, iran := string(ID(graph.KindActor, "chief")), string(ID(graph.KindActor, "guard")), string(iran)
	for _, c := range []struct {
		same map[string]string
		want string
	}{
		{nil, guard + ": 2; " + iran + ": 2; " + chief + ": 1; -: 1"},
		{map[string]string{}, guard + ": 2; " + iran + ": 2; " + chief + ": 1; -: 1"},
		{map[string]string{guard: iran, "nobody": chief}, iran + ": 3; " + chief + ": 1; -: 1"},
		{map[string]string{guard: chief, iran: chief}, chief + ": 4; -: 1"},
	} {
		s.counts(c.want, graph.KindAttribution, nil, graph.Facet{
			Steps: []graph.Step{{Edge: graph.EdgeSource}}, Prop: graph.IDProp, Same: c.same,
		})
	}
}

func countNamed(s *subject) {
	s.put(strings.Replace(sample, "says    -SOURCE-> iran\n", "says    -SOURCE-> iran\nsays    -SOURCE-> guard\n", 1))
	guard, ledger := ID(graph.KindActor, "guard"), ID(graph.KindActor, "ledger")
	said := graph.Has{Edge: graph.EdgeSource, Where: graph.IsAny([]graph.ID{iran, guard})}
	speaker := graph.Facet{Steps: []graph.Step{{Edge: graph.EdgeSource}}, Prop: "name"}
	s.counts("Iran: 2; a border guard: 2", graph.KindAttribution, said, speaker)
	s.counts(": 3", graph.KindAttribution, said)
	s.counts(": 2", graph.KindAttribution, graph.And{graph.Where{Prop: "voice", Value: "ATTRIBUTED"}, said})
	s.counts(": 2", graph.KindAttribution, graph.Not{Filter: said})
	s.counts(": 1", graph.KindAttribution, graph.And{graph.IsAny([]graph.ID{says}), said})
	published := graph.Has{Edge: graph.EdgePublishedBy, Where: graph.IsAny([]graph.ID{ledger})}
	s.counts("AFFIRMS: 3", graph.KindAttribution, graph.Has{Edge: graph.EdgeIn, Where: published}, graph.Facet{Prop: "polarity"})
	s.counts(": 2", graph.KindAttribution, graph.And{said, graph.Has{Edge: graph.EdgeIn, Where: graph.And{
		graph.Where{Prop: "lang", Value: "en"}, published,
	}}})
	s.counts(": 1", graph.KindClaim, graph.Has{Edge: graph.EdgeContent, Reverse: true, Where: said})
	s.counts(": 0", graph.KindAttribution, graph.Has{Edge: graph.EdgeSource, Where: graph.IsAny(nil)})
	s.counts(": 5", graph.KindAttribution, graph.Has{Edge: graph.EdgeIn, Where: graph.Match{Text: "truce"}})
	denies := graph.Where{Prop: "polarity", Value: string(graph.Denies)}
	backs := graph.IsAny([]graph.ID{ID(graph.KindRelation, "backs")})
	s.counts(": 1", graph.KindClaim, graph.Has{Edge: graph.EdgeAsserts, Via: denies, Where: backs})
	s.counts(": 1", graph.KindClaim, graph.Has{Edge: graph.EdgeAsserts, Where: backs})
}

func countJudged(s *subject) {
	s.put(sample)
	s.do(s.twins(), retract(graph.KindDocument, "paper"), retract(graph.KindClaim, "prices"), retract(graph.KindDocument, "echo"), undo)
	retracted := graph.Has{
		Edge: graph.EdgeJudges, Reverse: true, Where: graph.Not{Filter: graph.Where{Prop: "undoneAt", Op: graph.Exists}},
	}
	said := graph.Has{Edge: graph.EdgeContent, Where: retracted}
	inOne := graph.Has{Edge: graph.EdgeIn, Where: retracted}
	polarity := graph.Facet{Prop: "polarity"}
	s.counts("AFFIRMS: 1", graph.KindAttribution, said, polarity)
	s.counts("AFFIRMS: 1; DENIES: 1", graph.KindAttribution, inOne, polarity)
	s.counts("AFFIRMS: 3", graph.KindAttribution, graph.And{graph.Not{Filter: said}, graph.Not{Filter: inOne}}, polarity)
	s.counts(": 2", graph.KindDocument, graph.Has{Edge: graph.EdgeJudges, Reverse: true})
	s.counts(": 1", graph.KindDocument, retracted)
	s.counts(": 1", graph.KindClaim, graph.And{retracted, graph.Has{Edge: graph.EdgeContent, Reverse: true, Where: inOne}})
	s.counts(": 2", graph.KindClaim, graph.Has{Edge: graph.EdgeContent, Reverse: true, Where: graph.Or{said, inOne}})
}

func countByInterval(s *subject) {
	moments := []time.Time{
		time.Date(2023, 12, 31, 23, 59, 59, 999_000_000, time.UTC), // a Sunday
		day(2024, 1, 1), // a Monday
		time.Date(2024, 1, 7, 12, 0, 0, 0, time.UTC), // the Sunday of that week
		day(2024, 1, 8),
		day(2024, 2, 29),
		day(1969, 12, 31),
		day(1, 1, 1),
		day(9999, 12, 31),
	}
	var batches []graph.Batch
	for i, at := range moments {
		b := document("doc"+string(rune('a'+i)), "")
		b.Nodes[0].Props["publishedAt"] = at
		batches = append(batches, b)
	}
	s.putBatches(append(batches, document("undated", "")))
	for _, i := range []graph.Interval{graph.Exact, graph.Day, graph.Week, graph.Month, graph.Year} {
		s.sameBuckets(fmt.Sprintf("interval %d", i), graph.KindDocument, nil, graph.Facet{Prop: "publishedAt", Interval: i})
	}
	since := graph.Where{Prop: "publishedAt", Op: graph.Gt, Value: day(2023, 1, 1)}
	before := graph.Where{Prop: "publishedAt", Op: graph.Lt, Value: day(2025, 1, 1)}
	lately := graph.And{since, before}
	s.counts("2024-01-01T00:00:00.000Z: 2; 2023-12-25T00:00:00.000Z: 1; 2024-01-08T00:00:00.000Z: 1; 2024-02-26T00:00:00.000Z: 1",
		graph.KindDocument, lately, graph.Facet{Prop: "publishedAt", Interval: graph.Week})
	s.counts("2024-01-01T00:00:00.000Z: 3; 2023-12-01T00:00:00.000Z: 1; 2024-02-01T00:00:00.000Z: 1",
		graph.KindDocument, lately, graph.Facet{Prop: "publishedAt", Interval: graph.Month})
	s.counts("2024-01-01T00:00:00.000Z: 4; 2023-01-01T00:00:00.000Z: 1",
		graph.KindDocument, lately, graph.Facet{Prop: "publishedAt", Interval: graph.Year})
}

func countLargest(s *subject) {
	var batches []graph.Batch
	for i := range graph.MaxBuckets + 5 {
		b := document(name(i), "")
		b.Nodes[0].Props["title"] = fmt.Sprintf("title %04d", i-i%2)
		if i > graph.MaxBuckets-5 {
			b.Nodes[0].Props["title"] = fmt.Sprintf("title %04d", i)
		}
		batches = append(batches, b)
	}
	s.putBatches(batches)
	for _, most := range []int{1, graph.MaxBuckets, graph.MaxBuckets + 2, 2 * graph.MaxBuckets} {
		got := s.sameLargest("by title", most, graph.KindDocument, nil, graph.Facet{Prop: "caption"}, graph.Facet{Prop: "title"})
		if want := min(most, len(batches)); len(got) != want {
			s.Errorf("got %d groups, want %d", len(got), want)
		}
	}
	s.sameBuckets("by title", graph.KindDocument, nil, graph.Facet{Prop: "title"})
}

// name writes a number in the letters that names have, in the order of numbers.
func name(i int) string {
	return string([]byte{'a' + byte(i/26/26%26), 'a' + byte(i/26%26), 'a' + byte(i%26)})
}
