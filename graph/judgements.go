package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// noteRunes is the longest a note may be, in code points.
const noteRunes = 2000

// A Word is what an analyst says of something, and when.
type Word struct {
	By, Note string
	At       time.Time
}

func (w Word) check() error {
	switch {
	case strings.TrimSpace(w.By) == "":
		return invalid("it must be known who judges")
	case w.At.IsZero():
		return invalid("it must be known when it was judged")
	case len([]rune(w.Note)) > noteRunes:
		return invalid("the note has %d characters; at most %d are allowed", len([]rune(w.Note)), noteRunes)
	}
	return nil
}

// Judge records whether two actors are the same, and returns the judgement's ID. It takes the place of whatever held of the
// two before. ErrNotFound says which of them is not there.
func (g *Graph) Judge(ctx context.Context, v Verdict, a, b ID, w Word) (ID, error) {
	if err := w.check(); err != nil {
		return "", err
	}
	if v != Same && v != NotSame && v != Unsure {
		return "", invalid("%s is no verdict on two actors", v)
	}
	if a == b {
		return "", invalid("an actor cannot be judged against itself")
	}
	pair := sortedIDs([]ID{a, b})
	actors, err := g.judged(ctx, pair)
	if err != nil {
		return "", err
	}
	batch := newJudgement(v, pair, w).batch(actors)
	batches := []Batch{batch}
	earlier, err := g.judgementsOf(ctx, pair[0], standing(Same, NotSame, Unsure))
	if err != nil {
		return "", err
	}
	for _, j := range earlier {
		if j.id != batch.Owner && slices.Equal(j.subjects, pair) {
			batches = append(batches, j.undone(w).batch(actors))
		}
	}
	return batch.Owner, g.Put(ctx, batches...)
}

// Retract records that a document, an attribution or a claim no longer stands, and returns the judgement's ID; that of the
// one which holds, if it is retracted already. ErrNotFound says that it is not there.
func (g *Graph) Retract(ctx context.Context, subject ID, w Word) (ID, error) {
	if err := w.check(); err != nil {
		return "", err
	}
	kind, err := subject.Kind()
	if err != nil {
		return "", err
	}
	if kind == KindActor || !slices.Contains(EdgeJudges.Info().To, kind) {
		return "", invalid("%s is a %s; documents, attributions and claims can be retracted", subject, kind)
	}
	if rows, err := g.Select(ctx, Select{IDs: []ID{subject}}); err != nil {
		return "", err
	} else if len(rows.Rows) == 0 {
		return "", fmt.Errorf("%w: %s", ErrNotFound, subject)
	}
	held, err := g.judgementsOf(ctx, subject, standing(Retracted))
	if err != nil {
		return "", err
	}
	if len(held) > 0 {
		return held[0].id, nil
	}
	batch := newJudgement(Retracted, []ID{subject}, w).batch(nil)
	return batch.Owner, g.Put(ctx, batch)
}

// RetractJob is Retract, with a job on record that has ended; it returns the job's ID.
func (g *Graph) RetractJob(ctx context.Context, subject ID, w Word) (ID, error) {
	id, err := g.Retract(ctx, subject, w)
	if err != nil {
		return "", err
	}
	job := Job{
		ID: NewID(KindJob, string(id), w.By, FormatValue(w.At)), State: JobDone, Sources: []string{string(subject)}, By: w.By,
		CreatedAt: w.At, StartedAt: w.At, EndedAt: w.At, Attempts: 1, Judgement: id,
	}
	return job.ID, g.PutJob(ctx, job)
}

// Undo ends a judgement, which stays on record, and returns what it was about. ErrNotFound says that there is no such
// judgement, ErrInvalid that it has been undone before.
func (g *Graph) Undo(ctx context.Context, judgement ID, w Word) ([]ID, error) {
	if err := w.check(); err != nil {
		return nil, err
	}
	if kind, err := judgement.Kind(); err != nil {
		return nil, err
	} else if kind != KindJudgement {
		return nil, invalid("%s is a %s, not a judgement", judgement, kind)
	}
	rows, err := g.Select(ctx, Select{IDs: []ID{judgement}, Level: Level{Props: names(KindJudgement.Info().Props)}})
	if err != nil {
		return nil, err
	}
	if len(rows.Rows) == 0 {
		return nil, fmt.Errorf("%w: judgement %s", ErrNotFound, judgement)
	}
	j := readJudgement(rows.Rows[0])
	if _, undone := j.props["undoneAt"]; undone {
		return nil, invalid("%s was undone before", judgement)
	}
	var actors []Node
	if j.verdict() != Retracted {
		if actors, err = g.judged(ctx, j.subjects); err != nil {
			return nil, err
		}
	}
	return j.subjects, g.Put(ctx, j.undone(w).batch(actors))
}

// Assess records an analyst's grade or note and returns its ID. Actors are graded by reliability from A to F, attributions
// by credibility from 1 to 6; anything that can be assessed can have a note. A grade takes the place of the one before.
func (g *Graph) Assess(ctx context.Context, subject ID, grade string, w Word) (ID, error) {
	if err := w.check(); err != nil {
		return "", err
	}
	kind, err := subject.Kind()
	if err != nil {
		return "", err
	}
	if !slices.Contains(EdgeAssesses.Info().To, kind) {
		return "", invalid("a %s cannot be assessed", kind)
	}
	if err := checkGrade(kind, grade); err != nil {
		return "", err
	}
	if grade == "" && w.Note == "" {
		return "", invalid("an assessment needs a grade or a note")
	}
	rows, err := g.Select(ctx, Select{IDs: []ID{subject}, Level: Level{
		Props: []string{"caption", "name", "kind", "canonicalId"},
		Follow: []Follow{{Edge: EdgeAssesses, Reverse: true, Level: Level{
			Where: And{Where{Prop: "grade", Op: Exists}, Not{Where{Prop: "supersededAt", Op: Exists}}},
			First: MaxFirst, Props: names(KindAssessment.Info().Props),
		}}},
	}})
	if err != nil {
		return "", err
	}
	if len(rows.Rows) == 0 {
		return "", fmt.Errorf("%w: %s", ErrNotFound, subject)
	}
	row := rows.Rows[0]
	props := Props{}.set("caption", caption(strings.TrimSpace(grade+" "+w.Note))).set("grade", grade).set("note", w.Note).
		set("by", w.By).set("at", w.At)
	id := NewID(KindAssessment, string(subject), grade, w.Note, w.By, FormatValue(props["at"]))
	b := assessmentBatch(Node{ID: id, Kind: KindAssessment, Props: props}, subject)
	if kind == KindActor && grade != "" {
		actor := zip([]string{"caption", "name", "kind", "canonicalId"}, row.Props)
		b.Nodes = append(b.Nodes, Node{ID: subject, Kind: KindActor, Props: actor.set("reliability", grade)})
	}
	batches := []Batch{b}
	for _, earlier := range row.Follow[0].Rows {
		if grade != "" && earlier.ID != id {
			p := zip(names(KindAssessment.Info().Props), earlier.Props).set("supersededAt", w.At)
			batches = append(batches, assessmentBatch(Node{ID: earlier.ID, Kind: KindAssessment, Props: p}, subject))
		}
	}
	return id, g.Put(ctx, batches...)
}

func assessmentBatch(n Node, subject ID) Batch {
	return Batch{Owner: n.ID, Nodes: []Node{n}, Edges: []Edge{{Kind: EdgeAssesses, From: n.ID, To: subject}}}
}

// grades are the Admiralty scale's: of sources, and of what they say.
var grades = map[NodeKind][]string{
	KindActor: {"A", "B", "C", "D", "E", "F"}, KindAttribution: {"1", "2", "3", "4", "5", "6"},
}

func checkGrade(kind NodeKind, grade string) error {
	if grade == "" || slices.Contains(grades[kind], grade) {
		return nil
	}
	if grades[kind] == nil {
		return invalid("a %s has no grade, only notes", kind)
	}
	return invalid("%q is no grade of a %s: %s", clip(grade, 20), kind, strings.Join(grades[kind], ", "))
}

// A judgement is one as it is kept.
type judgement struct {
	id       ID
	props    Props
	subjects []ID // sorted
}

func newJudgement(v Verdict, subjects []ID, w Word) judgement {
	props := Props{}.set("verdict", string(v)).set("subjects", words(subjects)).set("note", w.Note).set("by", w.By).set("at", w.At)
	line := string(v)
	if w.Note != "" {
		line += ": " + w.Note
	}
	props.set("caption", caption(line))
	key := append(words(subjects), string(v), w.By, FormatValue(props["at"]))
	return judgement{id: NewID(KindJudgement, key...), props: props, subjects: subjects}
}

func readJudgement(row Row) judgement {
	j := judgement{id: row.ID, props: zip(names(KindJudgement.Info().Props), row.Props)}
	list, _ := j.props["subjects"].([]string)
	for _, id := range list {
		j.subjects = append(j.subjects, ID(id))
	}
	return j
}

func (j judgement) verdict() Verdict {
	v, _ := j.props["verdict"].(string)
	return Verdict(v)
}

// undone returns the judgement as it is from then on.
func (j judgement) undone(w Word) judgement {
	j.props.set("undoneBy", w.By).set("undoneAt", w.At)
	return j
}

// batch returns all that the judgement brings to the graph: of actors, which it keeps there, and which it joins.
func (j judgement) batch(actors []Node) Batch {
	b := Batch{Owner: j.id, Nodes: []Node{{ID: j.id, Kind: KindJudgement, Props: j.props}}}
	b.Nodes = append(b.Nodes, actors...)
	for _, id := range j.subjects {
		b.Edges = append(b.Edges, Edge{Kind: EdgeJudges, From: j.id, To: id})
	}
	if j.verdict() == Same {
		props := Props{"judgement": string(j.id), "by": j.props["by"], "at": j.props["at"]}
		if at, ok := j.props["undoneAt"]; ok {
			props["undoneAt"] = at
		}
		b.Edges = append(b.Edges, Edge{Kind: EdgeSameAs, From: j.subjects[1], To: j.subjects[0], Props: props})
	}
	return b
}

// judged reads what a judgement says of actors: what they are, as they are known now.
func (g *Graph) judged(ctx context.Context, ids []ID) ([]Node, error) {
	for _, id := range ids {
		if kind, err := id.Kind(); err != nil {
			return nil, err
		} else if kind != KindActor {
			return nil, invalid("%s is a %s; only actors can be the same", id, kind)
		}
	}
	props := []string{"caption", "name", "kind", "canonicalId"}
	rows, err := g.ByIDs(ctx, ids, Level{Kinds: []NodeKind{KindActor}, Props: props})
	if err != nil {
		return nil, err
	}
	var actors []Node
	for _, row := range rows {
		actors = append(actors, Node{ID: row.ID, Kind: KindActor, Props: zip(props, row.Props)})
	}
	for _, id := range ids {
		if !slices.ContainsFunc(actors, func(n Node) bool { return n.ID == id }) {
			return nil, fmt.Errorf("%w: actor %s", ErrNotFound, id)
		}
	}
	return actors, nil
}

// judgementsOf reads the judgements about a node that match, the earliest first.
func (g *Graph) judgementsOf(ctx context.Context, subject ID, where Filter) ([]judgement, error) {
	rows, err := g.Select(ctx, Select{IDs: []ID{subject}, Level: Level{Follow: []Follow{{
		Edge: EdgeJudges, Reverse: true,
		Level: Level{First: MaxFirst, Where: where, Order: []Order{{Prop: "at"}}, Props: names(KindJudgement.Info().Props)},
	}}}})
	if err != nil {
		return nil, err
	}
	var list []judgement
	for _, row := range rows.Rows {
		for _, j := range row.Follow[0].Rows {
			list = append(list, readJudgement(j))
		}
	}
	return list, nil
}

// An Identity is the actors that are judged to be one, step by step, and by which judgements.
type Identity struct {
	Actors     []ID // all of them, by ID; empty if nobody judged the actor to be any other
	Judgements []ID // that join them, by ID
}

// Bounds of identities.
const (
	maxSame  = 50 // actors that one is judged to be, directly
	maxSteps = 8  // judgements from one actor to another of its identity
)

// Identities returns for each of the actors who it is judged to be.
func (g *Graph) Identities(ctx context.Context, actors []ID) (map[ID]Identity, error) {
	var same disjoint[ID]
	judgements := make(map[ID][2]ID)
	seen := make(map[ID]bool)
	layer := sortedIDs(slices.Clone(actors))
	for step := 0; len(layer) > 0 && step < maxSteps; step++ {
		for _, id := range layer {
			seen[id] = true
		}
		out := Follow{Edge: EdgeSameAs, Via: g.times.held(), EdgeProps: []string{"judgement"}, Level: Level{First: maxSame}}
		back := out
		back.Reverse = true
		rows, err := g.ByIDs(ctx, layer, Level{Kinds: []NodeKind{KindActor}, Follow: []Follow{out, back}})
		if err != nil {
			return nil, err
		}
		layer = nil
		for _, row := range rows {
			for _, far := range slices.Concat(row.Follow[0].Rows, row.Follow[1].Rows) {
				same.join(row.ID, far.ID)
				if by, ok := far.Edge[0].(string); ok {
					judgements[ID(by)] = [2]ID{row.ID, far.ID}
				}
				if !seen[far.ID] {
					layer = append(layer, far.ID)
				}
			}
		}
		layer = sortedIDs(layer)
	}
	byRoot := make(map[ID]Identity)
	for id := range seen {
		one := byRoot[same.find(id)]
		one.Actors = append(one.Actors, id)
		byRoot[same.find(id)] = one
	}
	for by, pair := range judgements {
		one := byRoot[same.find(pair[0])]
		one.Judgements = append(one.Judgements, by)
		byRoot[same.find(pair[0])] = one
	}
	all := make(map[ID]Identity, len(actors))
	for _, id := range actors {
		if one := byRoot[same.find(id)]; len(one.Judgements) > 0 {
			all[id] = Identity{sortedIDs(one.Actors), sortedIDs(one.Judgements)}
		}
	}
	return all, nil
}

// A merging is the actors that are judged to be others, each with its identity. The first actor of that stands for all.
type merging map[ID]Identity

// merges reports whether any actors may count as one; asked again and again, it asks nothing of the store.
func (g *Graph) merges(ctx context.Context) (bool, error) {
	judged, _, err := g.holds(ctx, Same)
	return judged || !g.times.AsOf.IsZero(), err
}

// mergingOf reads which others some actors count as one with; while nobody judges, it asks nothing of the store.
func (g *Graph) mergingOf(ctx context.Context, actors []ID) (merging, error) {
	if merges, err := g.merges(ctx); err != nil || !merges {
		return nil, err
	}
	return g.Identities(ctx, actors)
}

// merging reads which actors count as one; while nobody judges, it asks nothing of the store.
func (g *Graph) merging(ctx context.Context) (merging, error) {
	if merges, err := g.merges(ctx); err != nil || !merges {
		return nil, err
	}
	level := Level{
		Kinds: kindsOf(KindJudgement), First: MaxFirst, Where: And{Where{Prop: "verdict", Value: string(Same)}, g.times.held()},
		Props: []string{"subjects"},
	}
	var actors []ID
	for more := true; more; {
		rows, err := g.Select(ctx, Select{Level: level})
		if err != nil {
			return nil, err
		}
		for _, row := range rows.Rows {
			subjects, _ := row.Props[0].([]string)
			for _, id := range subjects {
				actors = append(actors, ID(id))
			}
			level.After = row.Position()
		}
		more = rows.More
	}
	return g.Identities(ctx, actors)
}

// all returns the actors that count as that one, itself too.
func (m merging) all(actor ID) []ID {
	if one, ok := m[actor]; ok {
		return one.Actors
	}
	return []ID{actor}
}

// one returns the actor that stands for that one.
func (m merging) one(actor ID) ID { return m.all(actor)[0] }

// merge returns those who stand for the actors, and the judgements that make others one with any of them, both by ID.
func (m merging) merge(actors []ID) (ones, by []ID) {
	for _, id := range actors {
		ones, by = append(ones, m.one(id)), append(by, m[id].Judgements...)
	}
	return sortedIDs(ones), sortedIDs(by)
}

// facet has the facet count actors as those who stand for them.
func (m merging) facet(f Facet) Facet {
	for id := range m {
		if f.Same == nil {
			f.Same = make(map[string]string, len(m))
		}
		f.Same[string(id)] = string(m.one(id))
	}
	return f
}
