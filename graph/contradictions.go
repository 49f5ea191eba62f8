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

	"github.com/kljensen/snowball/english"
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
	Relation   ID      // RELATION only
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
// relation; within each, what most documents hold comes first. A side that nobody takes makes no contradiction: if c is
// denied, what contradicts c is not contradicted. The score of a DENIAL or a RELATION is the confidence of the reading on
// its weaker side, and no more than that of the link between two wordings.
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
	var asserted []ID
	if p.wants(RelationPair) {
		if asserted, err = g.asserted(ctx, NamedIn(p.Where)); err != nil {
			return nil, false, err
		}
	}
	for i, stage := range stages(p, m, asserted) {
		if i < from.Stage {
			continue
		}
		var at *contradictionPlace
		if i == from.Stage && p.After != "" {
			at = &from
		}
		if pairs, err = g.stage(ctx, i, stage, at, pairs, p.First+1); err != nil {
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
	if err != nil || errKind != nil || p.Stage < 0 || p.Stage > 3 || (kind == KindRelation) != (p.Stage == 3) {
		return p, fmt.Errorf("%w: %q is not a cursor of contradictions; page on from a cursor that they gave", ErrInvalid, clip(s, 40))
	}
	return p, nil
}

// A stage lists one sort of contradictions, subject by subject: the level asks for subjects, pairs reads them.
type stage struct {
	level Level
	pairs func(Row) []Contradiction
	skip  bool
}

// stage appends the contradictions behind a place until there are so many.
func (g *Graph) stage(
	ctx context.Context, number int, s stage, at *contradictionPlace, pairs []Contradiction, enough int,
) ([]Contradiction, error) {
	if s.skip || len(pairs) >= enough {
		return pairs, nil
	}
	s.level.Order = []Order{{Prop: "originCount", Desc: true}}
	s.level.First = enough
	appendPairs := func(row Row, behind string) {
		found := s.pairs(row)
		slices.SortFunc(found, func(a, b Contradiction) int { return cmp.Compare(a.key, b.key) })
		n, _ := row.Props[0].(int64)
		for _, c := range found {
			if c.key > behind && len(pairs) < enough {
				c.Cursor = contradictionPlace{Stage: number, Count: n, ID: row.ID, Key: c.key}.String()
				pairs = append(pairs, c)
			}
		}
	}
	if at != nil {
		level := s.level
		level.Order = nil
		rows, err := g.Select(ctx, Select{IDs: []ID{at.ID}, Level: level})
		if err != nil {
			return nil, err
		}
		for _, row := range rows.Rows {
			appendPairs(row, at.Key)
		}
		s.level.After = &Position{Order: []any{at.Count}, ID: at.ID}
	}
	for more := true; more && len(pairs) < enough; {
		rows, err := g.Select(ctx, Select{Level: s.level})
		if err != nil {
			return nil, err
		}
		for _, row := range rows.Rows {
			appendPairs(row, "")
			s.level.After = row.Position()
		}
		more = rows.More
	}
	return pairs, nil
}

// stages returns the stages of the list, in order.
func stages(p ContradictionPage, m merging, asserted []ID) []stage {
	return []stage{denials(p), restated(p), links(p, m), relationPairs(p, asserted)}
}

// asserted returns the contested relations that the claims assert, nil if they are too many for a filter, or no claims are
// given.
func (g *Graph) asserted(ctx context.Context, claims []ID) ([]ID, error) {
	if claims == nil {
		return nil, nil
	}
	rows, err := g.ByIDs(ctx, claims, Level{
		Kinds: []NodeKind{KindClaim}, Follow: []Follow{{Edge: EdgeAsserts, Level: Level{First: MaxFirst, Where: isContested}}},
	})
	relations := []ID{}
	for _, row := range rows {
		relations = append(relations, idsOf(row.Follow[0])...)
	}
	if relations = sortedIDs(relations); len(claims)+len(relations) > MaxFilters/2 {
		return nil, err
	}
	return relations, err
}

func (p ContradictionPage) wants(t ContradictionType) bool {
	return p.Types == nil || slices.Contains(p.Types, t)
}

// sides follows a claim to those who affirm it (or deny it).
func sides(p Polarity) Follow {
	f := Follow{Edge: EdgeContent, Reverse: true, Level: Level{First: maxSpeakers, Props: []string{"confidence"}}}
	if p != "" {
		f.Where = Where{Prop: "polarity", Value: string(p)}
	}
	return f
}

func newSide(claim ID, p Polarity, who Rows) Side {
	s := Side{Claim: claim, Polarity: p, Attributions: idsOf(who)}
	for _, r := range who.Rows {
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

var isContested = Where{Prop: "contested", Value: true}

// denials lists claims that some affirm and others deny.
func denials(p ContradictionPage) stage {
	return stage{
		skip: !p.wants(DenialPair),
		level: Level{
			Kinds: []NodeKind{KindClaim}, Where: every(isContested, p.Where),
			Props: []string{"originCount"}, Follow: []Follow{sides(Affirms), sides(Denies)},
		},
		pairs: func(row Row) []Contradiction {
			return oppose(DenialPair, newSide(row.ID, Affirms, row.Follow[0]), newSide(row.ID, Denies, row.Follow[1]), row.ID)
		},
	}
}

// restated lists claims that some affirm and others deny in other words.
func restated(p ContradictionPage) stage {
	denied := Where{Prop: "polarities", Op: Contains, Value: string(Denies)}
	where := Or{
		And{denied, Or{Has{Edge: EdgeVariantOf}, Has{Edge: EdgeVariantOf, Reverse: true}}},
		Has{Edge: EdgeVariantOf, Where: denied},
		Has{Edge: EdgeVariantOf, Reverse: true, Where: denied},
	}
	meet := func(row, other Row) []Contradiction {
		list := oppose(DenialPair, newSide(row.ID, Affirms, row.Follow[0]), newSide(other.ID, Denies, other.Follow[1]), other.ID)
		list = append(list, oppose(DenialPair, newSide(other.ID, Affirms, other.Follow[0]), newSide(row.ID, Denies, row.Follow[1]), other.ID)...)
		score, _ := other.Edge[0].(float64)
		for i := range list {
			list[i].Score = min(list[i].Score, score)
		}
		return list
	}
	s := linked(p, where, Follow{Edge: EdgeVariantOf, EdgeProps: []string{"score"}}, meet, sides(Affirms), sides(Denies))
	s.skip = !p.wants(DenialPair)
	return s
}

// links lists claims that are linked by CONTRADICTS, other than for naming different actors that are judged to be one.
func links(p ContradictionPage, m merging) stage {
	var methods []any
	for _, t := range ContradictionTypes {
		if t != DenialPair && t != RelationPair && p.wants(t) {
			methods = append(methods, string(t))
		}
	}
	via := Where{Prop: "method", Op: In, Value: methods}
	where := Or{Has{Edge: EdgeContradicts, Via: via}, Has{Edge: EdgeContradicts, Reverse: true, Via: via}}
	meet := func(row, other Row) []Contradiction {
		method, _ := other.Edge[0].(string)
		if len(m) > 0 && method == string(ByActor) && slices.Equal(m.named(row.Props[1]), m.named(other.Props[1])) {
			return nil
		}
		list := oppose(ContradictionType(method), newSide(row.ID, Affirms, row.Follow[0]), newSide(other.ID, Affirms, other.Follow[0]), other.ID)
		for i := range list {
			list[i].Score, _ = other.Edge[1].(float64)
		}
		return list
	}
	edge := Follow{Edge: EdgeContradicts, Via: via, EdgeProps: []string{"method", "score"}}
	s := linked(p, where, edge, meet, sides(Affirms))
	s.skip = len(methods) == 0
	return s
}

// linked lists claims that match, each with its sides, and those that edges join to them, with theirs; meet makes
// contradictions of two of them. Where both are wanted, the pair is listed with the one that comes first.
func linked(
	p ContradictionPage, where Filter, edge Follow, meet func(row, other Row) []Contradiction, sides ...Follow,
) (s stage) {
	s.level = Level{Kinds: []NodeKind{KindClaim}, Where: every(where, p.Where), Props: []string{"originCount", "words"}, Follow: slices.Clone(sides)}
	follow := func(level Level) {
		edge.Level = level
		for _, edge.Reverse = range []bool{false, true} {
			s.level.Follow = append(s.level.Follow, edge)
		}
	}
	follow(Level{First: maxOpponents, Order: mostHeld(), Props: []string{"originCount", "words"}, Follow: sides})
	if p.Where != nil {
		follow(Level{First: maxOpponents, Order: mostHeld(), Where: p.Where})
	}
	s.pairs = func(row Row) []Contradiction {
		var list []Contradiction
		for i := len(sides); i < len(sides)+2; i++ {
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

// relationPairs lists the claims that affirm a relation against those that deny it, of these relations only, if not nil:
// stores find relations faster by their IDs than by claims that assert them.
func relationPairs(p ContradictionPage, of []ID) stage {
	sideOf := func(polarity Polarity, where Filter) Follow {
		return Follow{
			Edge: EdgeAsserts, Reverse: true, Via: Where{Prop: "polarity", Value: string(polarity)},
			Level: Level{First: maxOpponents, Order: mostHeld(), Where: where, Props: []string{"words"}, Follow: []Follow{sides("")}},
		}
	}
	level := Level{
		Kinds: []NodeKind{KindRelation}, Where: every(isContested), Props: []string{"originCount", "class"},
		Follow: []Follow{sideOf(Affirms, nil), sideOf(Denies, nil)},
	}
	if p.Where != nil {
		level.Where = every(level.Where, Has{Edge: EdgeAsserts, Reverse: true, Where: p.Where})
		level.Follow = append(level.Follow, sideOf(Affirms, p.Where), sideOf(Denies, p.Where))
	}
	if of != nil {
		level.Where = every(level.Where, IsAny(of))
	}
	skip := !p.wants(RelationPair) || of != nil && len(of) == 0
	return stage{skip: skip, level: level, pairs: func(row Row) []Contradiction {
		var list []Contradiction
		for _, yes := range row.Follow[0].Rows {
			for _, no := range row.Follow[1].Rows {
				matches := p.Where == nil || slices.Contains(idsOf(row.Follow[2]), yes.ID) || slices.Contains(idsOf(row.Follow[3]), no.ID)
				if yes.ID == no.ID || !matches { // a claim that is denied itself is a DENIAL
					continue
				}
				if row.Props[1] == string(Event) && !oneMatter(yes.Props[0], no.Props[0]) {
					continue
				}
				for _, c := range oppose(RelationPair, newSide(yes.ID, Affirms, yes.Follow[0]), newSide(no.ID, Denies, no.Follow[0]), no.ID) {
					c.Relation = row.ID
					list = append(list, c)
				}
			}
		}
		return list
	}}
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

// oneMatter reports whether two claims have the stem of a word in common, other than for actors. There are many events
// of one sort between two actors: who helps somebody round sanctions may never have armed him.
func oneMatter(a, b any) bool {
	matter := stems(a)
	for stem := range stems(b) {
		if matter[stem] {
			return true
		}
	}
	return false
}

// stems returns the stems of the words of a claim that mean something.
func stems(words any) map[string]bool {
	text, _ := words.(string)
	set := make(map[string]bool)
	for _, token := range strings.Fields(text) {
		if ID(token).Is(KindActor) {
			continue
		}
		for _, term := range Terms(token) {
			if meaningful(term) {
				set[english.Stem(term, false)] = true
			}
		}
	}
	return set
}

// meaningful reports whether an English word says more than how others belong together; words of other languages do.
func meaningful(term string) bool { return !english.IsStopWord(term) }
