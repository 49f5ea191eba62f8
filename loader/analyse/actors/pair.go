package actors

import (
	"cmp"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// pairNouns tell of what kinds the two are whom "both groups" means.
var pairNouns = map[string][]graph.ActorKind{
	"groups": {graph.ArmedGroup}, "movements": {graph.ArmedGroup}, "militias": {graph.ArmedGroup}, "factions": {graph.ArmedGroup},
	"countries": {graph.State, graph.ArmedGroup}, "states": {graph.State, graph.ArmedGroup}, "nations": {graph.State, graph.ArmedGroup}, "capitals": {graph.State, graph.ArmedGroup},
	"neighbours": {graph.State, graph.ArmedGroup}, "neighbors": {graph.State, graph.ArmedGroup},
	"governments": {graph.State, graph.ArmedGroup}, "sides": {graph.State, graph.ArmedGroup},
	"rivals": {graph.State, graph.ArmedGroup}, "foes": {graph.State, graph.ArmedGroup},
	"men": {graph.Person}, "leaders": {graph.Person}, "presidents": {graph.Person}, "ministers": {graph.Person},
	"women": {graph.Person}, "officials": {graph.Person}, "politicians": {graph.Person}, "candidates": {graph.Person},
}

// pair resolves "both groups", "the two countries", "these two men": the only two of the kind in this sentence so far
// or, if there is none, in the one before.
func (r *referrer) pair(k int) int {
	noun := k + 1
	switch {
	case r.lower(k) == "both":
		if r.lower(noun) == "of" {
			noun++
		}
		if w := r.lower(noun); w == "the" || w == "these" || w == "those" {
			noun++
		}
	case r.lower(k+1) == "two":
		noun++
	default:
		return k + 1
	}
	kinds, ok := pairNouns[r.lower(noun)]
	if !ok || noun >= r.tokens.Last || r.covers[noun] != 0 {
		return k + 1
	}
	for _, who := range r.onlyTwo(kinds) {
		r.add(k, noun+1, answer{who: who, score: 0.7}, Nominal, "pair")
	}
	return noun + 1
}

// onlyTwo returns the two actors of some kinds that were mentioned last, none if there are fewer. Of more it returns the
// two that the text has spoken of twice as often as of the others, if there are such.
func (r *referrer) onlyTwo(kinds []graph.ActorKind) []int {
	var met []int
	sentence := r.sentence
	for i := len(r.recent) - 1; i >= r.oldest() && r.sentence-r.recent[i].sentence <= 1; i-- {
		if r.recent[i].sentence < sentence && len(met) >= 2 {
			break
		}
		sentence = r.recent[i].sentence
		who := r.principal(r.recent[i].who)
		if slices.Contains(kinds, r.people[who].Kind) && !slices.Contains(met, who) {
			met = append(met, who)
		}
	}
	slices.Reverse(met)
	if len(met) > 2 {
		slices.SortStableFunc(met, func(a, b int) int { return cmp.Compare(r.told[b], r.told[a]) })
		if r.told[met[1]] < 2*r.told[met[2]] {
			return nil
		}
		met = met[:2]
	}
	if len(met) < 2 {
		return nil
	}
	return met
}

// principal returns whom nameless people belong to, and anybody else as they are.
func (r *referrer) principal(who int) int {
	if f := &r.people[who]; f.Kind == graph.SourceClass && f.owner >= 0 {
		return f.owner
	}
	return who
}
