package graph

import (
	"cmp"
	"context"
	"slices"
)

// A TermKind says what a loaded term is.
type TermKind string

// The kinds of terms.
const (
	NameTerm TermKind = "NAME" // how the actor is called
	CueTerm  TermKind = "CUE"  // how it is said that the actor says something: "said", "admitted", "claimed"
)

// TermKinds lists every TermKind.
var TermKinds = []TermKind{NameTerm, CueTerm}

// Bounds of the terms of one kind for one actor, and of the outlets of each.
const (
	maxLoadedTerms = 100
	maxTermOutlets = 50
)

// A LoadedTerm is a word or two that outlets choose for one and the same actor or act of saying.
type LoadedTerm struct {
	Kind    TermKind
	Term    string // in the spelling that is most frequent
	Count   int
	Outlets []OutletCount // who uses it, the most frequent first

	Judgements []ID // by which others count as the actor, and some of the outlets as one, by ID
}

// An OutletCount is how often something is in an outlet's documents.
type OutletCount struct {
	Outlet ID
	Count  int
}

// LoadedTerms returns how differently outlets call an actor and what it says, by the MaxBuckets most frequent of either:
// the most frequent terms first. What differs only in case and diacritics is one term; what only points at somebody, such
// as "they", is none. Actors that are judged to be the same count as one, up to MaxFilters/2 of them, as do outlets.
func (g *Graph) LoadedTerms(ctx context.Context, actor ID) ([]LoadedTerm, error) {
	m, err := g.merging(ctx)
	if err != nil {
		return nil, err
	}
	actors := m.all(actor)
	is := IsAny(actors[:min(len(actors), MaxFilters/2)])
	var all []LoadedTerm
	for _, part := range []struct {
		kind  TermKind
		node  NodeKind
		where Filter
		prop  string
	}{
		{NameTerm, KindMention, Has{Edge: EdgeRefersTo, Where: is}, "surface"},
		{CueTerm, KindAttribution, And{Has{Edge: EdgeSource, Where: is}, Where{Prop: "cue", Op: Exists}}, "cue"},
	} {
		buckets, err := g.Count(ctx, part.node, part.where, Facet{Prop: part.prop}, m.facet(facets[FacetOutlet]))
		if err != nil {
			return nil, err
		}
		all = append(all, loadedTerms(part.kind, buckets)...)
	}
	for i, t := range all {
		by := slices.Clone(m[actor].Judgements)
		for _, o := range t.Outlets {
			by = append(by, m[o.Outlet].Judgements...)
		}
		all[i].Judgements = sortedIDs(by)
	}
	return all, nil
}

// loadedTerms gathers the terms of one kind from groups by term and outlet.
func loadedTerms(kind TermKind, buckets []Bucket) []LoadedTerm {
	var terms []LoadedTerm
	places := make(map[string]int)
	for _, b := range buckets { // the largest first, so that the first spelling is the most frequent
		spelling, _ := b.Key[0].(string)
		outlet, _ := b.Key[1].(string)
		if !slices.ContainsFunc(Terms(spelling), meaningful) {
			continue
		}
		folded := Fold(spelling)
		i, ok := places[folded]
		if !ok {
			i = len(terms)
			places[folded] = i
			terms = append(terms, LoadedTerm{Kind: kind, Term: spelling})
		}
		terms[i].Count += b.Count
		if outlet != "" {
			terms[i].add(ID(outlet), b.Count)
		}
	}
	for _, t := range terms {
		slices.SortFunc(t.Outlets, func(a, b OutletCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Outlet, b.Outlet))
		})
	}
	slices.SortFunc(terms, func(a, b LoadedTerm) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Term, b.Term))
	})
	terms = terms[:min(len(terms), maxLoadedTerms)]
	for i, t := range terms {
		terms[i].Outlets = t.Outlets[:min(len(t.Outlets), maxTermOutlets)]
	}
	return terms
}

func (t *LoadedTerm) add(outlet ID, n int) {
	for i := range t.Outlets {
		if t.Outlets[i].Outlet == outlet {
			t.Outlets[i].Count += n
			return
		}
	}
	t.Outlets = append(t.Outlets, OutletCount{outlet, n})
}
