package graph

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"
)

// This file finds claims of which one affirms what the other denies of actors.

// disputed are the relations over which claims may disagree; nil: whichever there are.
type disputed struct {
	contested []ID // that some affirm and others deny
	twins     []ID // that judgements make one with others, and these
}

// disputed returns the relations that concern the claims, if these are given; lists that are too long for a filter are nil.
func (c *contest) disputed(ctx context.Context, claims []ID) (disputed, error) {
	m := c.merging
	if claims == nil {
		twins, err := c.deniedOfJudged(ctx)
		return disputed{twins: twins}, err
	}
	asserted := Level{First: MaxFirst, Where: isContested}
	if len(m) > 0 {
		asserted = Level{First: MaxFirst, Props: []string{"contested", "type", "mode"}, Follow: parties()}
	}
	rows, err := c.ByIDs(ctx, claims, Level{Kinds: kindsOf(KindClaim), Follow: []Follow{{Edge: EdgeAsserts, Level: asserted}}})
	d := disputed{contested: []ID{}, twins: []ID{}}
	for _, claim := range rows {
		for _, row := range claim.Follow[0].Rows {
			if len(m) == 0 || row.Props[0] == true {
				d.contested = append(d.contested, row.ID)
			}
			if len(m) == 0 {
				continue
			}
			if twins := m.twins(readRelation(row.Props[1:], row.Follow)); len(twins) > 0 {
				d.twins = slices.AppendSeq(append(d.twins, row.ID), maps.Keys(twins))
			}
		}
	}
	d.contested, d.twins = sortedIDs(d.contested), sortedIDs(d.twins)
	if len(claims)+max(len(d.contested), len(d.twins)) > MaxFilters/2 {
		return disputed{}, err
	}
	return d, err
}

// deniedOfJudged returns the relations of actors that are judged to be others which somebody denies, nil if they are too many.
func (c *contest) deniedOfJudged(ctx context.Context) ([]ID, error) {
	var relations []Follow
	for _, edge := range []EdgeKind{EdgeAgent, EdgeTarget} {
		relations = append(relations, Follow{Edge: edge, Reverse: true, Level: Level{First: MaxFilters/2 + 1, Where: isDenied}})
	}
	actors, err := c.ByIDs(ctx, slices.Collect(maps.Keys(c.merging)), Level{Kinds: kindsOf(KindActor), Follow: relations})
	ids := []ID{}
	for _, actor := range actors {
		ids = append(append(ids, idsOf(actor.Follow[0])...), idsOf(actor.Follow[1])...)
	}
	if ids = sortedIDs(ids); len(ids) > MaxFilters/2 {
		return nil, err
	}
	return ids, err
}

// parties follows a relation to its agent and its target.
func parties() []Follow {
	return []Follow{{Edge: EdgeAgent, Level: Level{First: 1}}, {Edge: EdgeTarget, Level: Level{First: 1}}}
}

// readRelation reads what tells a relation from others: its type and mode, and its parties.
func readRelation(props []any, parties []Rows) Relation {
	kind, _ := props[0].(string)
	mode, _ := props[1].(string)
	r := Relation{Type: RelationType(kind), Mode: Mode(mode)}
	for i, end := range []*ID{&r.Agent, &r.Target} {
		for _, actor := range parties[i].Rows {
			*end = actor.ID
		}
	}
	return r
}

// twins returns the relations that say the same as one if actors are who they are judged to be, there or not, each with the
// judgements that make it so.
func (m merging) twins(r Relation) map[ID][]ID {
	found := make(map[ID][]ID)
	for _, agent := range m.all(r.Agent) {
		for _, target := range m.all(r.Target) {
			var by []ID
			if agent != r.Agent {
				by = append(by, m[agent].Judgements...)
			}
			if target != r.Target {
				by = append(by, m[target].Judgements...)
			}
			if len(by) > 0 {
				found[Relation{Type: r.Type, Mode: r.Mode, Agent: agent, Target: target}.ID()] = sortedIDs(by)
			}
		}
	}
	return found
}

// relationPairs lists the claims that affirm a relation against those that deny it, of these relations only, if not nil:
// stores find relations faster by their IDs than by claims that assert them.
func (c *contest) relationPairs(of []ID) stage {
	where := every(isContested)
	if c.page.Where != nil {
		where = every(where, Has{Edge: EdgeAsserts, Reverse: true, Where: c.page.Where})
	}
	s := c.disagreeing(where, of)
	s.pairs = func(row Row) []Contradiction { return c.disagree(row, row) }
	return s
}

// twinPairs lists the claims that deny a relation against those that affirm another which judgements make one with it, of
// these relations only, if not nil.
func (c *contest) twinPairs(of []ID) stage {
	where := every(isDenied)
	if of == nil {
		held := c.times.held()
		judged := Or{Has{Edge: EdgeSameAs, Via: held}, Has{Edge: EdgeSameAs, Reverse: true, Via: held}}
		where = every(isDenied, Or{Has{Edge: EdgeAgent, Where: judged}, Has{Edge: EdgeTarget, Where: judged}})
	}
	s := c.disagreeing(where, of)
	s.skip = s.skip || len(c.merging) == 0
	follow := s.level.Follow
	s.level.Props = append(s.level.Props, "type", "mode")
	s.level.Follow = slices.Concat(follow, parties())
	twins := make(map[ID]map[ID][]ID) // of the relations that are read, there or not
	there := make(map[ID]Row)
	s.beside = func(ctx context.Context, rows []Row) error {
		var ids []ID
		for _, row := range rows {
			twins[row.ID] = c.merging.twins(readRelation(row.Props[2:], row.Follow[len(follow):]))
			ids = slices.AppendSeq(ids, maps.Keys(twins[row.ID]))
		}
		found, err := c.ByIDs(ctx, ids, Level{
			Kinds: kindsOf(KindRelation), Where: c.times.holds(), Props: s.level.Props[:2], Follow: follow,
		})
		for _, row := range found {
			there[row.ID] = row
		}
		return err
	}
	own := s.claims
	s.claims = func(row Row) []ID {
		claims := own(row)
		for id := range twins[row.ID] {
			if twin, ok := there[id]; ok {
				claims = append(claims, own(twin)...)
			}
		}
		return claims
	}
	s.pairs = func(row Row) []Contradiction {
		var list []Contradiction
		by := twins[row.ID]
		for _, id := range slices.Sorted(maps.Keys(by)) {
			twin, ok := there[id]
			if !ok {
				continue
			}
			for _, pair := range c.disagree(twin, row) {
				if slices.Contains(idsOf(row.Follow[0]), pair.One.Claim) || slices.Contains(idsOf(twin.Follow[1]), pair.Other.Claim) {
					continue // they disagree over one of the relations as it is
				}
				pair.Judgements = by[id]
				list = append(list, pair)
			}
		}
		return list
	}
	return s
}

// disagreeing lists relations that match, each with the claims that affirm and deny it and, where only some claims are wanted,
// again with those of these.
func (c *contest) disagreeing(where Filter, of []ID) stage {
	s := stage{skip: !c.page.wants(RelationPair), level: Level{
		Kinds: kindsOf(KindRelation), Where: where, Props: []string{"originCount", "class"},
	}}
	if of != nil {
		s.skip = s.skip || len(of) == 0
		s.level.Where = every(where, IsAny(of))
	}
	claims := func(level Level) {
		level.First, level.Order = maxOpponents, mostHeld()
		for _, polarity := range []Polarity{Affirms, Denies} {
			s.level.Follow = append(s.level.Follow, Follow{
				Edge: EdgeAsserts, Reverse: true, Via: Where{Prop: "polarity", Value: string(polarity)}, Level: level,
			})
		}
	}
	claims(Level{Props: []string{"words"}})
	if c.page.Where != nil {
		claims(Level{Where: c.page.Where})
	}
	s.claims = func(row Row) []ID { return append(idsOf(row.Follow[0]), idsOf(row.Follow[1])...) }
	return s
}

// disagree returns the contradictions between the claims that affirm a relation and those that deny it, or another which is
// one with it.
func (c *contest) disagree(affirmed, denied Row) []Contradiction {
	var list []Contradiction
	wanted := c.page.Where
	for _, yes := range affirmed.Follow[0].Rows {
		for _, no := range denied.Follow[1].Rows {
			matches := wanted == nil ||
				slices.Contains(idsOf(affirmed.Follow[2]), yes.ID) || slices.Contains(idsOf(denied.Follow[3]), no.ID)
			if yes.ID == no.ID || !matches { // a claim that is denied itself is a DENIAL
				continue
			}
			if denied.Props[1] == string(Event) && !oneMatter(yes.Props[0], no.Props[0]) {
				continue
			}
			one, other := newSide(yes.ID, Affirms, c.takers[yes.ID].both()), newSide(no.ID, Denies, c.takers[no.ID].both())
			for _, pair := range oppose(RelationPair, one, other, no.ID) {
				pair.Relation = denied.ID
				list = append(list, pair)
			}
		}
	}
	return list
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
