package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A ContradictionType says how two sides contradict each other.
type ContradictionType string

// The types of contradictions.
const (
	DenialPair   ContradictionType = "DENIAL"                      // some affirm and others deny one claim
	NumberPair                     = ContradictionType(ByNumber)   // two claims give different numbers of one thing
	PolarityPair                   = ContradictionType(ByPolarity) // one claim says what the other negates
	DatePair                       = ContradictionType(ByDate)     // two claims give different dates of one thing
	ActorPair                      = ContradictionType(ByActor)    // two claims name different actors for one thing
	RelationPair ContradictionType = "RELATION"                    // one claim asserts a relation that the other denies
)

// ContradictionTypes lists every ContradictionType.
var ContradictionTypes = []ContradictionType{DenialPair, NumberPair, PolarityPair, DatePair, ActorPair, RelationPair}

// Bounds of contradictions.
const (
	MaxPairs     = 100 // of one page
	maxOpponents = 50  // links of one claim, and claims on either side of a relation: those that most documents hold
	maxSpeakers  = 20  // attributions of one side, those with the smallest IDs
)

// A ContradictionPage says which contradictions are wanted.
type ContradictionPage struct {
	Where Filter              // on one of the claims; nil: all
	Types []ContradictionType // nil: all
	First int                 // 1 to MaxPairs
	After string              // a Contradiction's Cursor; "": from the beginning
}

// A Contradiction is two sides of which at most one can be right.
type Contradiction struct {
	Type       ContradictionType
	Score      float64 // 0 to 1: how sure it is
	Relation   ID      // RELATION only: the one that is denied
	Judgements []ID    // RELATION only: by which the one that is affirmed counts as the same, by ID
	One, Other Side
	Cursor     string
	key        string // tells it from the others of its subject
}

// A Side is a claim with those who take it.
type Side struct {
	Claim        ID
	Polarity     Polarity // whether they affirm or deny the claim or, in a RELATION, whether the claim affirms or denies that
	Attributions []ID     // some of them
	confidence   float64  // of the surest of them
}

// Contradictions lists what contradicts what: first claims that some affirm and others deny, then those that others deny
// in other words, then claims that are linked by CONTRADICTS, then claims of which one affirms and the other denies a
// relation, then the same of two relations between actors that are judged to be the same; within each, what most documents
// hold comes first. A side that nobody takes makes no contradiction: if c is denied, what contradicts c is not contradicted.
// The score of a DENIAL or a RELATION is the confidence of the reading on its weaker side, and no more than that of the link
// between two wordings.
func (g *Graph) Contradictions(ctx context.Context, p ContradictionPage) (pairs []Contradiction, more bool, err error) {
	if p.First < 1 || p.First > MaxPairs {
		return nil, false, invalid("%d contradictions are asked for; 1 to %d are allowed", p.First, MaxPairs)
	}
	from, err := readPlace(p.After)
	if err != nil {
		return nil, false, err
	}
	m, err := g.merging(ctx)
	if err != nil {
		return nil, false, err
	}
	c := &contest{Graph: g, page: p, merging: m, takers: make(map[ID]takers)}
	var d disputed
	if p.wants(RelationPair) {
		if d, err = c.disputed(ctx, NamedIn(p.Where)); err != nil {
			return nil, false, err
		}
	}
	for i, stage := range []stage{c.denials(), c.restated(), c.links(), c.relationPairs(d.contested), c.twinPairs(d.twins)} {
		if i < from.Stage {
			continue
		}
		var at *contradictionPlace
		if i == from.Stage && p.After != "" {
			at = &from
		}
		if pairs, err = c.list(ctx, i, stage, at, pairs); err != nil {
			return nil, false, err
		}
	}
	if len(pairs) > p.First {
		return pairs[:p.First], true, nil
	}
	return pairs, false, nil
}

// A contradictionPlace is a place in the list: behind one of the contradictions of a subject.
type contradictionPlace struct {
	Stage int    `json:"s"`
	Count int64  `json:"n"` // the subject's originCount
	ID    ID     `json:"i"` // the subject
	Key   string `json:"k"`
}

func (p contradictionPlace) String() string {
	b, err := json.Marshal(p)
	if err != nil { // there is nothing in it that JSON lacks
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func readPlace(s string) (p contradictionPlace, err error) {
	if s == "" {
		return p, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		strict := json.NewDecoder(bytes.NewReader(b))
		strict.DisallowUnknownFields() // other lists' cursors are JSON, too
		err = strict.Decode(&p)
	}
	kind, errKind := p.ID.Kind()
	if err != nil || errKind != nil || p.Stage < 0 || p.Stage > 4 || (kind == KindRelation) != (p.Stage >= 3) {
		return p, fmt.Errorf("%w: %q is not a cursor of contradictions; page on from a cursor that they gave", ErrInvalid, clip(s, 40))
	}
	return p, nil
}

// A contest is the search for one page of contradictions.
type contest struct {
	*Graph
	page    ContradictionPage
	merging merging
	takers  map[ID]takers // of the claims that were met
}

// takers are who affirms and who denies a claim, some of them, by ID.
type takers struct{ affirm, deny []Row }

// both returns some of those who say the claim, by ID.
func (t takers) both() []Row {
	all := slices.Concat(t.affirm, t.deny)
	slices.SortFunc(all, func(a, b Row) int { return cmp.Compare(a.ID, b.ID) })
	return all[:min(len(all), maxSpeakers)]
}

// meet reads who takes the sides of claims that were not met before.
func (c *contest) meet(ctx context.Context, claims []ID) error {
	claims = slices.DeleteFunc(claims, func(id ID) bool { _, met := c.takers[id]; return met })
	var sides []Follow
	for _, p := range []Polarity{Affirms, Denies} {
		sides = append(sides, Follow{Edge: EdgeContent, Reverse: true, Level: Level{
			First: maxSpeakers, Where: Where{Prop: "polarity", Value: string(p)}, Props: []string{"confidence"},
		}})
	}
	rows, err := c.ByIDs(ctx, claims, Level{Kinds: kindsOf(KindClaim), Follow: sides})
	for _, row := range rows {
		c.takers[row.ID] = takers{row.Follow[0].Rows, row.Follow[1].Rows}
	}
	return err
}

// A stage lists one sort of contradictions, subject by subject: the level asks for subjects, pairs reads them.
type stage struct {
	level  Level
	beside func(context.Context, []Row) error // reads what else it takes to read these subjects; nil: nothing
	claims func(Row) []ID                     // those whose sides pairs compares
	pairs  func(Row) []Contradiction
	skip   bool
}

// list appends the contradictions of a stage behind a place until there is one more than wanted.
func (c *contest) list(
	ctx context.Context, number int, s stage, at *contradictionPlace, pairs []Contradiction,
) ([]Contradiction, error) {
	enough := c.page.First + 1
	if s.skip || len(pairs) >= enough {
		return pairs, nil
	}
	s.level.Order = []Order{{Prop: "originCount", Desc: true}}
	s.level.First = enough
	appendPairs := func(rows Rows, behind string) error {
		if s.beside != nil {
			if err := s.beside(ctx, rows.Rows); err != nil {
				return err
			}
		}
		var claims []ID
		for _, row := range rows.Rows {
			claims = append(claims, s.claims(row)...)
		}
		if err := c.meet(ctx, claims); err != nil {
			return err
		}
		for _, row := range rows.Rows {
			found := s.pairs(row)
			slices.SortStableFunc(found, func(a, b Contradiction) int { return cmp.Compare(a.key, b.key) })
			n, _ := row.Props[0].(int64)
			for _, pair := range slices.CompactFunc(found, func(a, b Contradiction) bool { return a.key == b.key }) {
				if pair.key > behind && len(pairs) < enough {
					pair.Cursor = contradictionPlace{Stage: number, Count: n, ID: row.ID, Key: pair.key}.String()
					pairs = append(pairs, pair)
				}
			}
		}
		return nil
	}
	if at != nil {
		level := s.level
		level.Order = nil
		rows, err := c.Select(ctx, Select{IDs: []ID{at.ID}, Level: level})
		if err != nil {
			return nil, err
		}
		if err := appendPairs(rows, at.Key); err != nil {
			return nil, err
		}
		s.level.After = &Position{Order: []any{at.Count}, ID: at.ID}
	}
	for more := true; more && len(pairs) < enough; {
		rows, err := c.Select(ctx, Select{Level: s.level})
		if err != nil {
			return nil, err
		}
		if err := appendPairs(rows, ""); err != nil {
			return nil, err
		}
		if more = rows.More; more {
			s.level.After = rows.Rows[len(rows.Rows)-1].Position()
		}
	}
	return pairs, nil
}

func (p ContradictionPage) wants(t ContradictionType) bool {
	return p.Types == nil || slices.Contains(p.Types, t)
}

// affirmed is the side of those who affirm a claim.
func (c *contest) affirmed(claim ID) Side { return newSide(claim, Affirms, c.takers[claim].affirm) }

// denied is the side of those who deny a claim.
func (c *contest) denied(claim ID) Side { return newSide(claim, Denies, c.takers[claim].deny) }

func newSide(claim ID, p Polarity, who []Row) Side {
	s := Side{Claim: claim, Polarity: p, Attributions: idsOf(Rows{Rows: who})}
	for _, r := range who {
		confidence, _ := r.Props[0].(float64)
		s.confidence = max(s.confidence, confidence)
	}
	return s
}

// oppose makes a contradiction of two sides, unless nobody takes one of them.
func oppose(t ContradictionType, one, other Side, key ID) []Contradiction {
	if len(one.Attributions) == 0 || len(other.Attributions) == 0 {
		return nil
	}
	return []Contradiction{{
		Type: t, Score: min(one.confidence, other.confidence), One: one, Other: other,
		key: string(key) + " " + string(t) + " " + string(one.Claim),
	}}
}

// every is And without what is missing.
func every(list ...Filter) Filter {
	return And(slices.DeleteFunc(list, func(f Filter) bool { return f == nil }))
}

var (
	isContested = Where{Prop: "contested", Value: true}
	isDenied    = Where{Prop: "polarities", Op: Contains, Value: string(Denies)}
)

// denials lists claims that some affirm and others deny.
func (c *contest) denials() stage {
	return stage{
		skip:   !c.page.wants(DenialPair),
		level:  Level{Kinds: kindsOf(KindClaim), Where: every(isContested, c.page.Where), Props: []string{"originCount"}},
		claims: func(row Row) []ID { return []ID{row.ID} },
		pairs: func(row Row) []Contradiction {
			return oppose(DenialPair, c.affirmed(row.ID), c.denied(row.ID), row.ID)
		},
	}
}

// restated lists claims that some affirm and others deny in other words.
func (c *contest) restated() stage {
	where := Or{
		And{isDenied, Or{Has{Edge: EdgeVariantOf}, Has{Edge: EdgeVariantOf, Reverse: true}}},
		Has{Edge: EdgeVariantOf, Where: isDenied},
		Has{Edge: EdgeVariantOf, Reverse: true, Where: isDenied},
	}
	s := c.linked(where, Follow{Edge: EdgeVariantOf, EdgeProps: []string{"score"}}, func(row, other Row) []Contradiction {
		list := oppose(DenialPair, c.affirmed(row.ID), c.denied(other.ID), other.ID)
		list = append(list, oppose(DenialPair, c.affirmed(other.ID), c.denied(row.ID), other.ID)...)
		score, _ := other.Edge[0].(float64)
		for i := range list {
			list[i].Score = min(list[i].Score, score)
		}
		return list
	})
	s.skip = !c.page.wants(DenialPair)
	return s
}

// links lists claims that are linked by CONTRADICTS, other than for naming different actors that are judged to be one.
func (c *contest) links() stage {
	var methods []any
	for _, t := range ContradictionTypes {
		if t != DenialPair && t != RelationPair && c.page.wants(t) {
			methods = append(methods, string(t))
		}
	}
	via := Where{Prop: "method", Op: In, Value: methods}
	where := Or{Has{Edge: EdgeContradicts, Via: via}, Has{Edge: EdgeContradicts, Reverse: true, Via: via}}
	edge := Follow{Edge: EdgeContradicts, Via: via, EdgeProps: []string{"method", "score"}}
	s := c.linked(where, edge, func(row, other Row) []Contradiction {
		method, _ := other.Edge[0].(string)
		m := c.merging
		if len(m) > 0 && method == string(ByActor) && slices.Equal(m.named(row.Props[1]), m.named(other.Props[1])) {
			return nil
		}
		list := oppose(ContradictionType(method), c.affirmed(row.ID), c.affirmed(other.ID), other.ID)
		for i := range list {
			list[i].Score, _ = other.Edge[1].(float64)
		}
		return list
	})
	s.skip = len(methods) == 0
	return s
}

// linked lists claims that match, and those that edges join to them; meet makes contradictions of two of them. Where both
// are wanted, the pair is listed with the one that comes first.
func (c *contest) linked(where Filter, edge Follow, meet func(row, other Row) []Contradiction) (s stage) {
	p := c.page
	s.level = Level{Kinds: kindsOf(KindClaim), Where: every(where, p.Where), Props: []string{"originCount", "words"}}
	follow := func(level Level) {
		edge.Level = level
		for _, edge.Reverse = range []bool{false, true} {
			s.level.Follow = append(s.level.Follow, edge)
		}
	}
	follow(Level{First: maxOpponents, Order: mostHeld(), Props: []string{"originCount", "words"}})
	if p.Where != nil {
		follow(Level{First: maxOpponents, Order: mostHeld(), Where: p.Where})
	}
	s.claims = func(row Row) []ID { return slices.Concat([]ID{row.ID}, idsOf(row.Follow[0]), idsOf(row.Follow[1])) }
	s.pairs = func(row Row) []Contradiction {
		var list []Contradiction
		for i := range 2 {
			for _, other := range row.Follow[i].Rows {
				matches := p.Where == nil || slices.Contains(idsOf(row.Follow[i+2]), other.ID)
				if matches && before(other, row) {
					continue // listed there
				}
				list = append(list, meet(row, other)...)
			}
		}
		return list
	}
	return s
}

func mostHeld() []Order { return []Order{{Prop: "originCount", Desc: true}} }

// before reports whether a claim comes before another in the list.
func before(a, b Row) bool {
	c := Compare(b.Props[0], a.Props[0])
	return cmp.Or(c, cmp.Compare(a.ID, b.ID)) < 0
}

// named returns the actors that the words of a claim name, each by who stands for it, sorted.
func (m merging) named(words any) []ID {
	text, _ := words.(string)
	var actors []ID
	for token := range strings.FieldsSeq(text) {
		if ID(token).Is(KindActor) {
			actors = append(actors, m.one(ID(token)))
		}
	}
	return sortedIDs(actors)
}
