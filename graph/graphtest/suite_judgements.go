package graphtest

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/claimgraph/claimgraph/graph"
)

var judgementChecks = []check{
	{name: "Judgement/truth table", run: judgementTable},
	{name: "Judgement/outlives every load", run: judgementOutlives},
	{name: "Judgement/a new one takes the place of the one before", run: judgementReplaces},
	{name: "Judgement/refuses what makes no sense", run: judgementRefuses},
	{name: "Judgement/of a retraction all reads take notice", run: retractionHides},
	{name: "Assessment/a grade takes the place of the one before", run: assessmentReplaces},
	{name: "Times/of everything that is asked", run: viewTable},
}

// A deed is what an analyst does to a graph.
type deed func(ctx context.Context, g *graph.Graph, w graph.Word) error

func judge(v graph.Verdict, a, b string) deed {
	return func(ctx context.Context, g *graph.Graph, w graph.Word) error {
		_, err := g.Judge(ctx, v, ID(graph.KindActor, a), ID(graph.KindActor, b), w)
		return err
	}
}

func retract(kind graph.NodeKind, name string) deed {
	return func(ctx context.Context, g *graph.Graph, w graph.Word) error {
		_, err := g.Retract(ctx, ID(kind, name), w)
		return err
	}
}

// undo undoes the judgement that was made last, of those that hold.
func undo(ctx context.Context, g *graph.Graph, w graph.Word) error {
	rows, err := g.Select(ctx, graph.Select{Level: graph.Level{
		Kinds: []graph.NodeKind{graph.KindJudgement}, First: 1, Order: []graph.Order{{Prop: "at", Desc: true}},
		Where: graph.Not{Filter: graph.Where{Prop: "undoneAt", Op: graph.Exists}},
	}})
	if err != nil || len(rows.Rows) == 0 {
		return errors.Join(errors.New("there is nothing to undo"), err)
	}
	_, err = g.Undo(ctx, rows.Rows[0].ID, w)
	return err
}

// twin is a store and the oracle: what is written to one is written to both.
type twin struct {
	graph.Store
	oracle *Oracle
}

func (t twin) Put(ctx context.Context, batches []graph.Batch) error {
	return errors.Join(t.oracle.Put(ctx, batches), t.Store.Put(ctx, batches))
}

func (t twin) Delete(ctx context.Context, owners []graph.ID) error {
	return errors.Join(t.oracle.Delete(ctx, owners), t.Store.Delete(ctx, owners))
}

// twins returns a graph over the store that the oracle hears of.
func (s *subject) twins() *graph.Graph { return graph.New(twin{s.store, s.oracle}) }

// moment is a day of the time in which analysts work.
func moment(day int) time.Time { return time.Date(2025, time.March, 1+day, 12, 0, 0, 0, time.UTC) }

// do does deeds, one a day, and remembers their judgements for agrees.
func (s *subject) do(g *graph.Graph, deeds ...deed) {
	s.Helper()
	for i, d := range deeds {
		if err := d(s.Context(), g, graph.Word{By: "mina", Note: "seen", At: moment(i)}); err != nil {
			s.Fatalf("deed %d: %v", i, err)
		}
	}
	s.know(graph.KindJudgement, graph.KindAssessment)
}

// know has agrees look at all nodes of those kinds, too.
func (s *subject) know(kinds ...graph.NodeKind) {
	s.Helper()
	level := graph.Level{Kinds: kinds, First: graph.MaxFirst}
	rows, err := s.store.Select(s.Context(), graph.Select{Level: level})
	if err != nil {
		s.Fatalf("Select: %v", err)
	}
	for _, r := range rows.Rows {
		s.known[r.ID] = true
	}
}

// What stands behind the claim truce after what analysts did.
var judgementCases = []struct {
	name, told string
	deeds      []deed
	want       string
}{
	{
		"independent", `
		wire  ledger  says truce
		paper courier says truce`,
		nil,
		"says 2, denies 0, in 2 by 2, origins 1-2, from wire paper",
	},
	{
		"a document is retracted", `
		wire  ledger  says truce
		paper courier says truce`,
		[]deed{retract(graph.KindDocument, "paper")},
		"says 1, denies 0, in 1 by 1, origins 1-1, single, from wire",
	},
	{
		"its retraction is undone", `
		wire  ledger  says truce
		paper courier says truce`,
		[]deed{retract(graph.KindDocument, "paper"), undo},
		"says 2, denies 0, in 2 by 2, origins 1-2, from wire paper",
	},
	{
		"a copy's origin is retracted", `
		wire   ledger  says truce
		echo   mirror  says truce COPY_OF wire
		repeat parrot  says truce COPY_OF wire`,
		[]deed{retract(graph.KindDocument, "wire")},
		"says 2, denies 0, in 2 by 2, origins 1-1, single, from wire",
	},
	{
		"an attribution is retracted", `
		wire  ledger  says   truce
		paper courier denies truce`,
		[]deed{retract(graph.KindAttribution, "paperx")},
		"says 1, denies 0, in 1 by 1, origins 1-1, single, from wire",
	},
	{
		"the claim is retracted", `
		wire  ledger  says truce
		paper courier says truce`,
		[]deed{retract(graph.KindClaim, "truce")},
		"says 0, denies 0, in 0 by 0, origins 0-0, from",
	},
	{
		"outlets are the same", `
		wire  ledger  says truce
		paper courier says truce`,
		[]deed{judge(graph.Same, "ledger", "courier")},
		"says 2, denies 0, in 2 by 1, origins 1-1, single, from wire paper, by 1",
	},
	{
		"outlets are the same by way of a third", `
		wire  ledger  says truce
		paper courier says truce
		third mirror  says peace`,
		[]deed{judge(graph.Same, "ledger", "mirror"), judge(graph.Same, "mirror", "courier")},
		"says 2, denies 0, in 2 by 1, origins 1-1, single, from wire paper, by 2",
	},
	{
		"that is undone", `
		wire  ledger  says truce
		paper courier says truce`,
		[]deed{judge(graph.Same, "ledger", "courier"), undo},
		"says 2, denies 0, in 2 by 2, origins 1-2, from wire paper",
	},
	{
		"they are not the same after all", `
		wire  ledger  says truce
		paper courier says truce`,
		[]deed{judge(graph.Same, "ledger", "courier"), judge(graph.NotSame, "courier", "ledger")},
		"says 2, denies 0, in 2 by 2, origins 1-2, from wire paper",
	},
	{
		"nobody can tell", `
		wire  ledger  says truce
		paper courier says truce`,
		[]deed{judge(graph.Unsure, "ledger", "courier")},
		"says 2, denies 0, in 2 by 2, origins 1-2, from wire paper",
	},
	{
		"an outlet is the same as one that says nothing of it", `
		wire  ledger  says truce
		third mirror  says peace`,
		[]deed{judge(graph.Same, "ledger", "mirror")},
		"says 1, denies 0, in 1 by 1, origins 1-1, single, from wire",
	},
}

func judgementTable(s *subject) {
	for _, c := range judgementCases {
		s.forget()
		g := s.twins()
		s.put(tell(c.told))
		s.do(g, c.deeds...)
		if got := s.judgedCorroboration(g, "truce"); got != c.want {
			s.Errorf("%s: got\n%s, want\n%s", c.name, got, c.want)
		}
		s.agrees(c.name)
	}
}

// forget deletes everything that can be deleted.
func (s *subject) forget() {
	s.Helper()
	for _, kind := range []graph.NodeKind{graph.KindDocument, graph.KindJudgement, graph.KindAssessment} {
		rows := s.ask(string(kind), among(nil, kind))
		if ids := rowIDs(rows.Rows); len(ids) > 0 {
			if err := s.twins().Delete(s.Context(), ids...); err != nil {
				s.Fatalf("Delete: %v", err)
			}
		}
	}
}

// judgedCorroboration says beside by how many judgements outlets were taken to be one.
func (s *subject) judgedCorroboration(g *graph.Graph, claim string) string {
	s.Helper()
	id := ID(graph.KindClaim, claim)
	found, err := g.Corroborations(s.Context(), []graph.ID{id}, graph.OwnWords, graph.Times{})
	if err != nil {
		s.Fatalf("Corroborations: %v", err)
	}
	text := sketchCorroboration(found[id])
	if n := len(found[id].Judgements); n > 0 {
		text += fmt.Sprint(", by ", n)
	}
	return text
}

func judgementOutlives(s *subject) {
	told := tell(`
		wire  ledger  says truce
		paper courier says truce`)
	g := s.twins()
	s.put(told)
	s.do(g, judge(graph.Same, "ledger", "courier"), retract(graph.KindDocument, "paper"), retract(graph.KindAttribution, "wirex"))
	want := "says 0, denies 0, in 0 by 0, origins 0-0, from"
	check := func(when string) {
		if got := s.judgedCorroboration(g, "truce"); got != want {
			s.Errorf("%s: got %s, want %s", when, got, want)
		}
		if got := s.identity(g, "ledger"); got != "act_courier act_ledger by 1" {
			s.Errorf("%s: got identity %s", when, got)
		}
		s.agrees(when)
	}
	check("at first")
	s.put(told)
	check("after it was loaded again")
	s.delete("wire", "paper")
	s.agrees("after it was deleted")
	if got := s.identity(g, "ledger"); got != "act_courier act_ledger by 1" {
		s.Errorf("got identity %s of actors that only a judgement speaks of", got)
	}
	s.put(told)
	check("after it was deleted and loaded again")
	s.put(`wire Document`)
	s.put(told)
	check("after what it says was gone for a while")
	if s.options.Reopen == nil {
		return
	}
	s.close()
	s.store = s.reopen()
	g = s.twins()
	check("after the store was closed and opened again")
}

// identity writes `act_courier act_ledger by 1`.
func (s *subject) identity(g *graph.Graph, actor string) string {
	s.Helper()
	id := ID(graph.KindActor, actor)
	found, err := g.Identities(s.Context(), []graph.ID{id})
	if err != nil {
		s.Fatalf("Identities: %v", err)
	}
	var actors []string
	for _, a := range found[id].Actors {
		actors = append(actors, short(a))
	}
	slices.Sort(actors)
	return fmt.Sprintf("%s by %d", strings.Join(actors, " "), len(found[id].Judgements))
}

func judgementReplaces(s *subject) {
	s.put(`
		wire    Document
		ledger  Actor
		courier Actor`)
	g := s.twins()
	pair := []graph.ID{ID(graph.KindActor, "ledger"), ID(graph.KindActor, "courier")}
	var made []graph.ID
	for day, v := range []graph.Verdict{graph.Same, graph.Unsure, graph.Same} {
		id, err := g.Judge(s.Context(), v, pair[day%2], pair[1-day%2], graph.Word{By: "mina", At: moment(day)})
		if err != nil {
			s.Fatalf("Judge: %v", err)
		}
		made = append(made, id)
	}
	again, err := g.Judge(s.Context(), graph.Same, pair[0], pair[1], graph.Word{By: "mina", At: moment(2)})
	if err != nil || again != made[2] {
		s.Errorf("got %s, %v for the same judgement again, want %s", again, err, made[2])
	}
	s.know(graph.KindJudgement)
	s.agrees("after four judgements")
	rows := s.ask("judgements", graph.Select{IDs: made, Level: graph.Level{Props: []string{"verdict", "undoneAt", "undoneBy"}}})
	for i, want := range []any{moment(1), moment(2), nil} {
		if got := rows.Rows[i].Props[1]; got != want {
			s.Errorf("judgement %d: got undone at %v, want %v", i, got, want)
		}
	}
	if got := s.identity(g, "courier"); got != "act_courier act_ledger by 1" {
		s.Errorf("got %s", got)
	}
	past := g.At(graph.Times{AsOf: moment(1)})
	if got := s.identity(past, "courier"); got != " by 0" {
		s.Errorf("when nobody could tell: got %s", got)
	}
	if got := s.identity(g.At(graph.Times{AsOf: moment(0)}), "ledger"); got != "act_courier act_ledger by 1" {
		s.Errorf("on the first day: got %s", got)
	}
	sel := among(nil, graph.KindActor)
	sel.Props = []string{"originCount"}
	s.answers("what analysts say is no origin", sel, "act_courier{1} act_ledger{1}")
}

func judgementRefuses(s *subject) {
	s.put(`
		wire    Document
		ledger  Actor
		courier Actor
		says    Attribution`)
	g, now := s.twins(), graph.Word{By: "mina", At: moment(0)}
	actor := func(name string) graph.ID { return ID(graph.KindActor, name) }
	judged := func(v graph.Verdict, a, b graph.ID, w graph.Word) error {
		_, err := g.Judge(s.Context(), v, a, b, w)
		return err
	}
	id, err := g.Judge(s.Context(), graph.Same, actor("ledger"), actor("courier"), now)
	if err != nil {
		s.Fatalf("Judge: %v", err)
	}
	if _, err := g.Undo(s.Context(), id, now); err != nil {
		s.Fatalf("Undo: %v", err)
	}
	undone := func(id graph.ID) error { _, err := g.Undo(s.Context(), id, now); return err }
	retracted := func(id graph.ID) error { _, err := g.Retract(s.Context(), id, now); return err }
	assessed := func(id graph.ID, grade, note string) error {
		_, err := g.Assess(s.Context(), id, grade, graph.Word{By: "mina", Note: note, At: moment(0)})
		return err
	}
	for name, c := range map[string]struct{ got, want error }{
		"an actor and itself":     {judged(graph.Same, actor("ledger"), actor("ledger"), now), graph.ErrInvalid},
		"an actor that is absent": {judged(graph.Same, actor("ledger"), actor("nobody"), now), graph.ErrNotFound},
		"no actor":                {judged(graph.Same, actor("ledger"), ID(graph.KindDocument, "wire"), now), graph.ErrInvalid},
		"another verdict":         {judged(graph.Retracted, actor("ledger"), actor("courier"), now), graph.ErrInvalid},
		"by nobody":               {judged(graph.Same, actor("ledger"), actor("courier"), graph.Word{At: moment(0)}), graph.ErrInvalid},
		"at no time":              {judged(graph.Same, actor("ledger"), actor("courier"), graph.Word{By: "mina"}), graph.ErrInvalid},
		"undone before":           {undone(id), graph.ErrInvalid},
		"undone without being":    {undone(ID(graph.KindJudgement, "none")), graph.ErrNotFound},
		"undone document":         {undone(ID(graph.KindDocument, "wire")), graph.ErrInvalid},
		"a retracted actor":       {retracted(actor("ledger")), graph.ErrInvalid},
		"a retracted absence":     {retracted(ID(graph.KindDocument, "none")), graph.ErrNotFound},
		"a letter for words":      {assessed(ID(graph.KindAttribution, "says"), "A", ""), graph.ErrInvalid},
		"a number for an actor":   {assessed(actor("ledger"), "1", ""), graph.ErrInvalid},
		"a grade of a document":   {assessed(ID(graph.KindDocument, "wire"), "A", ""), graph.ErrInvalid},
		"nothing":                 {assessed(actor("ledger"), "", ""), graph.ErrInvalid},
		"a graded absence":        {assessed(actor("nobody"), "A", ""), graph.ErrNotFound},
		"a graded run":            {assessed(ID(graph.KindRun, "night"), "", "slow"), graph.ErrInvalid},
	} {
		if !errors.Is(c.got, c.want) {
			s.Errorf("%s: got %v, want %v", name, c.got, c.want)
		}
	}
	s.know(graph.KindJudgement)
	s.agrees("after all refusals")
}

func retractionHides(s *subject) {
	s.put(`
		wire   Document text="the truce holds"
		ledger Actor
		guard  Actor
		says   Attribution
		says   -SOURCE-> ledger
		says   -CONTENT-> truce
		truce  Claim text="the truce holds" polarities=AFFIRMS
		backs  Relation type=BACKS class=STANDING quad=MATERIAL_COOPERATION mode=ACTUAL polarities=AFFIRMS
		truce  -ASSERTS-> backs polarity=AFFIRMS
		backs  -AGENT-> ledger
		backs  -TARGET-> guard
		echo   Document
		peace  Claim text="peace came"
		spoke  Attribution
		spoke  -CONTENT-> peace`)
	g := s.twins()
	kinds := []graph.NodeKind{
		graph.KindDocument, graph.KindAttribution, graph.KindClaim, graph.KindRelation, graph.KindActor,
	}
	all := func(g *graph.Graph, where graph.Filter, kinds ...graph.NodeKind) string {
		rows, err := g.Select(s.Context(), among(where, kinds...))
		if err != nil {
			s.Fatalf("Select: %v", err)
		}
		return sketch(rows)
	}
	near := func(g *graph.Graph) string {
		sub, err := g.Neighbourhood(s.Context(), []graph.ID{ID(graph.KindActor, "ledger")}, graph.NeighbourhoodOptions{Depth: 2, Nodes: 20})
		if err != nil {
			s.Fatalf("Neighbourhood: %v", err)
		}
		var list []string
		for _, n := range sub.Nodes {
			list = append(list, short(n.ID))
		}
		return fmt.Sprint(strings.Join(list, " "), " with ", len(sub.Edges))
	}
	before, beforeNear := all(g, nil, kinds...), near(g)
	s.do(g, retract(graph.KindDocument, "wire"))
	if got, want := all(g, nil, kinds...), "act_guard act_ledger att_spoke clm_peace doc_echo"; got != want {
		s.Errorf("got %s, want %s", got, want)
	}
	if got := all(g, graph.Match{Text: "truce"}, graph.KindDocument, graph.KindClaim); got != "" {
		s.Errorf("search: got %s", got)
	}
	buckets, err := g.Count(s.Context(), graph.KindAttribution, nil)
	if err != nil || len(buckets) != 1 || buckets[0].Count != 1 {
		s.Errorf("Count: got %v, %v, want one attribution", buckets, err)
	}
	if got, want := near(g), "act_ledger with 0"; got != want {
		s.Errorf("Neighbourhood: got %s, want %s", got, want)
	}
	paths, err := g.Paths(s.Context(), ID(graph.KindActor, "ledger"), ID(graph.KindActor, "guard"), graph.PathOptions{MaxLength: 3, First: 5})
	if err != nil || len(paths) != 0 {
		s.Errorf("Paths: got %v, %v, want none", paths, err)
	}
	rows, err := g.Select(s.Context(), graph.Select{IDs: []graph.ID{ID(graph.KindDocument, "wire")}})
	if err != nil || len(rows.Rows) != 1 {
		s.Errorf("by its ID: got %v, %v, want the document", rows.Rows, err)
	}
	past := g.At(graph.Times{AsOf: moment(0).Add(-time.Hour)})
	if got := all(past, nil, kinds...); got != before {
		s.Errorf("as of before: got %s, want %s", got, before)
	}
	if got := near(past); got != beforeNear {
		s.Errorf("Neighbourhood as of before: got %s, want %s", got, beforeNear)
	}
	if err := undo(s.Context(), g, graph.Word{By: "mina", At: moment(3)}); err != nil {
		s.Fatalf("Undo: %v", err)
	}
	if got := all(g, nil, kinds...); got != before {
		s.Errorf("undone: got %s, want %s", got, before)
	}
	if got := all(g.At(graph.Times{AsOf: moment(1)}), nil, graph.KindDocument); got != "doc_echo" {
		s.Errorf("as of the time between: got %s, want doc_echo", got)
	}
}

func assessmentReplaces(s *subject) {
	s.put(`
		wire   Document
		ledger Actor
		says   Attribution`)
	g := s.twins()
	ledger, says := ID(graph.KindActor, "ledger"), ID(graph.KindAttribution, "says")
	for day, c := range []struct {
		subject     graph.ID
		grade, note string
	}{{ledger, "B", ""}, {says, "3", "hearsay"}, {ledger, "D", "caught"}, {ledger, "", "moved"}, {says, "2", ""}} {
		if _, err := g.Assess(s.Context(), c.subject, c.grade, graph.Word{By: "mina", Note: c.note, At: moment(day)}); err != nil {
			s.Fatalf("Assess: %v", err)
		}
	}
	s.know(graph.KindAssessment)
	s.agrees("after five assessments")
	sel := among(nil, graph.KindActor)
	sel.Props = []string{"reliability", "originCount"}
	s.answers("the grade", sel, "act_ledger{D, 1}")
	sel = among(graph.Not{Filter: graph.Where{Prop: "supersededAt", Op: graph.Exists}}, graph.KindAssessment)
	sel.Order, sel.Props = []graph.Order{{Prop: "at"}}, []string{"grade", "note"}
	var got []string
	for _, r := range s.ask("assessments", sel).Rows {
		got = append(got, sketchValues(r.Props))
	}
	if want := []string{"D, caught", "-, moved", "2, -"}; !slices.Equal(got, want) {
		s.Errorf("what holds: got %q, want %q", got, want)
	}
	s.put(`wire Document`)
	s.put(`
		wire   Document
		ledger Actor
		says   Attribution`)
	s.agrees("after it was loaded again")
	s.answers("the grade after it was loaded again", among(graph.Has{Edge: graph.EdgeAssesses, Reverse: true, Where: graph.Where{
		Prop: "grade", Value: "2",
	}}, graph.KindAttribution), "att_says")
}

func viewTable(s *subject) {
	s.put(`
		wire   Document retrievedAt=2025-01-10
		says   Attribution recordedAt=2025-01-10
		says   -CONTENT-> truce
		truce  Claim
		truce  -ASSERTS-> backs polarity=AFFIRMS
		backs  Relation mode=ACTUAL validFrom=2020-01-01 validTo=2021-01-01

		echo   Document retrievedAt=2025-02-10
		spoke  Attribution recordedAt=2025-02-10
		spoke  -CONTENT-> peace
		peace  Claim
		peace  -ASSERTS-> aids polarity=AFFIRMS
		aids   Relation mode=ACTUAL validFrom=2021-06-01
		adds   Attribution recordedAt=2025-02-10
		adds   -CONTENT-> war
		war    Claim`)
	g := s.twins()
	day := func(text string) time.Time {
		t, err := parseTime(text)
		if err != nil {
			s.Fatalf("%v", err)
		}
		return t
	}
	for _, c := range []struct {
		view graph.Times
		want string
	}{
		{graph.Times{}, "clm_peace clm_truce clm_war doc_echo doc_wire rel_aids rel_backs"},
		{graph.Times{AsOf: day("2025-01-09")}, ""},
		{graph.Times{AsOf: day("2025-01-10")}, "clm_truce doc_wire rel_backs"},
		{graph.Times{AsOf: day("2025-02-10")}, "clm_peace clm_truce clm_war doc_echo doc_wire rel_aids rel_backs"},
		{graph.Times{ValidAt: day("2020-06-01")}, "clm_truce clm_war doc_echo doc_wire rel_backs"},
		{graph.Times{ValidAt: day("2021-03-01")}, "clm_war doc_echo doc_wire"},
		{graph.Times{ValidAt: day("2025-01-01"), AsOf: day("2025-02-10")}, "clm_peace clm_war doc_echo doc_wire rel_aids"},
		{graph.Times{ValidAt: day("2025-01-01"), AsOf: day("2025-01-10")}, "doc_wire"},
	} {
		rows, err := g.At(c.view).Select(s.Context(), among(nil, graph.KindClaim, graph.KindDocument, graph.KindRelation))
		if err != nil {
			s.Fatalf("Select: %v", err)
		}
		if got := sketch(rows); got != c.want {
			s.Errorf("%v: got %s, want %s", c.view, got, c.want)
		}
	}
}

// retrievedOn finds when a picture's document was retrieved.
var retrievedOn = regexp.MustCompile(`retrievedAt=\S+`)

// remember lives through a random history of loads and judgements, and asks every day what each day before looked like:
// that must never change.
func (s *subject) remember() {
	t, ok := s.reporter.(*rapid.T)
	if !ok {
		s.Fatalf("a random history needs a source of randomness")
		return
	}
	g := s.twins()
	outlets, claims := []string{"ledger", "courier", "mirror"}, []string{"truce", "peace"}
	loaded := make(map[string]string)
	deeds := []deed{undo}
	for _, pair := range [][2]string{{"ledger", "courier"}, {"courier", "mirror"}} {
		deeds = append(deeds, judge(graph.Same, pair[0], pair[1]), judge(graph.NotSame, pair[0], pair[1]))
	}
	for _, claim := range claims {
		deeds = append(deeds, retract(graph.KindClaim, claim))
	}
	for _, doc := range []string{"wire", "echo", "paper", "essay"} {
		deeds = append(deeds, retract(graph.KindDocument, doc), retract(graph.KindAttribution, doc+"x"))
	}
	var diary []string
	for day := range between(t, "days", 3, 9) {
		at := moment(day)
		doc := oneOf(t, "document", []string{"wire", "echo", "paper", "essay"})
		switch {
		case loaded[doc] == "": // a new one
			stamp := at.Format(time.RFC3339)
			picture := tell(fmt.Sprintf("%s %s says %s", doc, oneOf(t, "outlet", outlets), oneOf(t, "claim", claims)))
			picture = retrievedOn.ReplaceAllString(picture, "retrievedAt="+stamp)
			loaded[doc] = strings.Replace(picture, "Attribution ", "Attribution recordedAt="+stamp+" ", 1)
			s.put(loaded[doc])
		case rapid.Bool().Draw(t, "load again"):
			s.put(loaded[doc])
		default: // what cannot be done changes nothing
			_ = oneOf(t, "deed", deeds)(s.Context(), g, graph.Word{By: "mina", At: at})
		}
		diary = append(diary, s.asOf(g, at, claims, outlets))
		for then, was := range diary {
			if now := s.asOf(g, moment(then), claims, outlets); now != was {
				s.Fatalf("on day %d, day %d is\n%s\nbut was\n%s", day, then, now, was)
			}
		}
	}
	if now := s.asOf(g, time.Time{}, claims, outlets); now != diary[len(diary)-1] {
		s.Errorf("now is\n%s\nbut the last day was\n%s", now, diary[len(diary)-1])
	}
	s.know(graph.KindJudgement)
	s.agrees("at last")
}

// asOf writes all that a view shows.
func (s *subject) asOf(g *graph.Graph, at time.Time, claims, outlets []string) string {
	s.Helper()
	past := g.At(graph.Times{AsOf: at})
	rows, err := past.Select(s.Context(), among(nil, graph.KindClaim, graph.KindDocument, graph.KindAttribution))
	if err != nil {
		s.Fatalf("Select: %v", err)
	}
	lines := []string{sketch(rows)}
	for _, claim := range claims {
		lines = append(lines, claim+": "+s.judgedCorroboration(past, claim))
	}
	for _, outlet := range outlets {
		lines = append(lines, outlet+": "+s.identity(past, outlet))
	}
	return strings.Join(lines, "\n")
}
