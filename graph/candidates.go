package graph

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// A MergeReason is what speaks for two actors being one.
type MergeReason string

// The reasons, the strongest first.
const (
	SameName   MergeReason = "SAME_NAME"    // they have a name in common
	Acronym    MergeReason = "ACRONYM"      // the names of the one are the first letters of the other's
	PartOfName MergeReason = "PART_OF_NAME" // the words of a name of the one are among those of the other's
	NearName   MergeReason = "NEAR_NAME"    // their names are nearly the same
)

// MergeReasons lists every MergeReason.
var MergeReasons = []MergeReason{SameName, Acronym, PartOfName, NearName}

// How likely a reason alone makes it; a near name counts as much as it is near.
var reasonScores = map[MergeReason]float64{SameName: 0.95, Acronym: 0.7, PartOfName: 0.6}

// Bounds of the search for candidates.
const (
	maxCandidates   = 20_000 // actors that are looked at
	maxAlike        = 50     // actors that share a word, beyond which the word tells nothing
	nearEnough      = 0.6    // of two names' runs of three letters, those that they share
	nearWeight      = 0.9
	otherKindWeight = 0.7 // two actors of different kinds, neither a person
	namelessWeight  = 0.6 // two classes of nameless sources: others speak each time
)

// A MergeCandidate is two actors that may be one.
type MergeCandidate struct {
	Actor, Other ID // the one of whom more documents speak first, then by ID
	Score        float64
	Reasons      []MergeReason // the strongest first
	Unsure       ID            // a judgement that could not tell, "" if nobody tried
	Cursor       string
}

// A CandidatePage says which candidates are wanted.
type CandidatePage struct {
	Actor    ID // only pairs with it, "" for all
	MinScore float64
	First    int
	After    string // the cursor to go on from
}

// A namedActor is what the search looks at of an actor.
type namedActor struct {
	id    ID
	kind  ActorKind
	known string // its key in the gazetteer
	count int64
	names [][]string // the folded words of each name
}

// MergeCandidates returns pairs of actors that may be one by their names and are not judged to be the same or not, the
// likeliest first, then by their IDs; more says whether there are further ones behind. It looks at the 20,000 actors
// of whom most documents speak; actors are compared where they share a rare word, an acronym or most of a name.
func (g *Graph) MergeCandidates(ctx context.Context, p CandidatePage) (page []MergeCandidate, more bool, err error) {
	if p.First < 1 || p.First > MaxFirst {
		return nil, false, invalid("%d candidates are asked for; 1 to %d are allowed", p.First, MaxFirst)
	}
	actors, err := g.namedActors(ctx)
	if err != nil {
		return nil, false, err
	}
	if p.Actor != "" && !slices.ContainsFunc(actors, func(a namedActor) bool { return a.id == p.Actor }) {
		rows, err := g.Select(ctx, Select{IDs: []ID{p.Actor}, Level: namedLevel(1)})
		if err != nil {
			return nil, false, err
		}
		if len(rows.Rows) == 0 {
			return nil, false, fmt.Errorf("%w: actor %s", ErrNotFound, p.Actor)
		}
		actors = append(actors, newNamedActor(rows.Rows[0]))
	}
	judged, err := g.judgedPairs(ctx)
	if err != nil {
		return nil, false, err
	}
	var all []MergeCandidate
	for _, pair := range alike(actors) {
		a, b := actors[pair[0]], actors[pair[1]]
		if p.Actor != "" && a.id != p.Actor && b.id != p.Actor {
			continue
		}
		if c, ok := compareActors(a, b); ok && c.Score >= p.MinScore {
			j := judged[[2]ID(sortedIDs([]ID{a.id, b.id}))]
			if j.verdict == Same || j.verdict == NotSame {
				continue
			}
			c.Unsure = j.id
			c.Cursor = digest("candidate", []string{string(c.Actor), string(c.Other)})
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b MergeCandidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Other, b.Other))
	})
	from := 0
	if p.After != "" {
		from = 1 + slices.IndexFunc(all, func(c MergeCandidate) bool { return c.Cursor == p.After })
		if from == 0 {
			return nil, false, invalid("%q is not a cursor of this list, or what it stood at is judged by now", clip(p.After, 40))
		}
	}
	to := min(from+p.First, len(all))
	return all[from:to], to < len(all), nil
}

func namedLevel(first int) Level {
	return Level{
		Kinds: kindsOf(KindActor), Props: []string{"name", "kind", "aliases", "originCount", "canonicalId"}, First: first,
	}
}

// namedActors reads the actors of whom most documents speak.
func (g *Graph) namedActors(ctx context.Context) ([]namedActor, error) {
	var all []namedActor
	s := Select{Level: namedLevel(MaxFirst)}
	s.Order = []Order{{Prop: "originCount", Desc: true}}
	for more := true; more && len(all) < maxCandidates; {
		rows, err := g.Select(ctx, s)
		if err != nil {
			return nil, err
		}
		for _, row := range rows.Rows {
			all = append(all, newNamedActor(row))
			s.After = row.Position()
		}
		more = rows.More
	}
	return all, nil
}

func newNamedActor(row Row) namedActor {
	a := namedActor{id: row.ID}
	name, _ := row.Props[0].(string)
	kind, _ := row.Props[1].(string)
	aliases, _ := row.Props[2].([]string)
	a.count, _ = row.Props[3].(int64)
	a.known, _ = row.Props[4].(string)
	a.kind = ActorKind(kind)
	for _, n := range append([]string{name}, aliases...) {
		if terms := Terms(n); len(terms) > 0 {
			a.names = append(a.names, terms)
		}
	}
	return a
}

// A ruling is what holds of a pair of actors.
type ruling struct {
	id      ID
	verdict Verdict
}

// judgedPairs reads what holds of which pairs, the latest word on each.
func (g *Graph) judgedPairs(ctx context.Context) (map[[2]ID]ruling, error) {
	all := make(map[[2]ID]ruling)
	s := Select{Level: Level{
		Kinds: kindsOf(KindJudgement), First: MaxFirst, Order: []Order{{Prop: "at"}},
		Where: standing(Same, NotSame, Unsure), Props: names(KindJudgement.Info().Props),
	}}
	for more := true; more; {
		rows, err := g.Select(ctx, s)
		if err != nil {
			return nil, err
		}
		for _, row := range rows.Rows {
			if j := readJudgement(row); len(j.subjects) == 2 {
				all[[2]ID(j.subjects)] = ruling{j.id, j.verdict()}
			}
			s.After = row.Position()
		}
		more = rows.More
	}
	return all, nil
}

// alike returns the pairs of actors that share something that few do: a word, an acronym, or a run of letters.
func alike(actors []namedActor) [][2]int {
	shared := make(map[string][]int)
	for i, a := range actors {
		keys := make(map[string]bool)
		for _, terms := range a.names {
			whole := strings.Join(terms, "")
			keys["name "+whole] = true
			if letters := initials(terms); letters != "" {
				keys["name "+letters] = true
			}
			for _, t := range terms {
				keys["word "+t] = true
			}
			for run := range runs(whole) {
				keys["run "+run] = true
			}
		}
		for key := range keys {
			shared[key] = append(shared[key], i)
		}
	}
	pairs := make(map[[2]int]bool)
	for _, list := range shared {
		if len(list) > maxAlike {
			continue
		}
		for i, a := range list {
			for _, b := range list[i+1:] {
				pairs[[2]int{min(a, b), max(a, b)}] = true
			}
		}
	}
	return slices.Collect(maps.Keys(pairs))
}

// initials returns the first letters of a name of three words or more, of which the shortest two letters long or less do
// not count; "" of other names.
func initials(terms []string) string {
	var letters strings.Builder
	for _, t := range terms {
		if r := []rune(t); len(r) > 2 {
			letters.WriteRune(r[0])
		}
	}
	if letters.Len() < 3 {
		return ""
	}
	return letters.String()
}

// runs returns the runs of three letters in a name.
func runs(name string) map[string]bool {
	set := make(map[string]bool)
	letters := []rune(name)
	for i := range len(letters) - 2 {
		set[string(letters[i:i+3])] = true
	}
	return set
}

// compareActors weighs what speaks for two actors being one; false if nothing does. A class of nameless sources is one
// with another only by its very name: officials are not US officials. Two that the gazetteer knows are two.
func compareActors(a, b namedActor) (MergeCandidate, bool) {
	either := func(k ActorKind) bool { return a.kind == k || b.kind == k }
	if a.kind != b.kind && (either(Person) || either(SourceClass)) || a.known != "" && b.known != "" {
		return MergeCandidate{}, false
	}
	found := make(map[MergeReason]float64)
	for _, x := range a.names {
		for _, y := range b.names {
			r, score := compareNames(x, y, a.kind)
			if a.kind == SourceClass && r != SameName {
				continue
			}
			if score > found[r] {
				found[r] = score
			}
		}
	}
	if len(found) == 0 {
		return MergeCandidate{}, false
	}
	if b.count > a.count || b.count == a.count && b.id < a.id {
		a, b = b, a
	}
	c := MergeCandidate{Actor: a.id, Other: b.id}
	for _, r := range MergeReasons {
		if score, ok := found[r]; ok {
			c.Reasons = append(c.Reasons, r)
			c.Score = max(c.Score, score)
		}
	}
	switch {
	case a.kind != b.kind:
		c.Score *= otherKindWeight
	case a.kind == SourceClass:
		c.Score *= namelessWeight
	}
	c.Score = math.Round(100*c.Score) / 100 // no rule is finer
	return c, true
}

func compareNames(x, y []string, kind ActorKind) (MergeReason, float64) {
	wholeX, wholeY := strings.Join(x, ""), strings.Join(y, "")
	switch {
	case wholeX == wholeY:
		return SameName, reasonScores[SameName]
	case wholeX == initials(y) || wholeY == initials(x):
		return Acronym, reasonScores[Acronym]
	case kind == Person && (within(x, y) || within(y, x)):
		return PartOfName, reasonScores[PartOfName]
	}
	mine, others := runs(wholeX), runs(wholeY)
	both := 0
	for run := range mine {
		if others[run] {
			both++
		}
	}
	if all := len(mine) + len(others); all > 0 {
		if dice := 2 * float64(both) / float64(all); dice >= nearEnough {
			return NearName, dice * nearWeight
		}
	}
	return "", 0
}

// within reports whether all words of the one are among the other's.
func within(words, of []string) bool {
	for _, w := range words {
		if !slices.Contains(of, w) {
			return false
		}
	}
	return true
}
