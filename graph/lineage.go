package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"
)

// This file reads what the analyses of claims stand on: who tells a claim, and which document has its words from which.

// Bounds of what the analyses read. What is beyond them is left out, the same whatever order it was loaded in.
const (
	MaxTellings = MaxFirst // acts of saying one claim, those with the smallest IDs
	maxVariants = 50       // other wordings of one claim, those with the smallest IDs
	maxCited    = 50       // citations of one act of saying, and links of one kind of a document
	maxLineage  = 8        // steps from a document to what it has its words from
)

// A telling is one act of saying a claim.
type telling struct {
	attribution, claim, document ID
	article                      *article // the document; nil if it was deleted while we were reading
	denies                       bool
	at                           time.Time // zero if unknown
	cited                        []ID      // documents that its citations resolve to
}

// told is who says a claim, by the IDs of their attributions.
type told struct {
	tellings        []telling
	affirms, denies int // how many there are, beyond MaxTellings too
}

// join adds what is told of another wording.
func (t *told) join(other told) {
	t.tellings = append(t.tellings, other.tellings...)
	t.affirms += other.affirms
	t.denies += other.denies
}

// The follows of a telling's level.
const (
	tellingDocument = iota
	tellingCitations
)

// tellings follows a claim to the attributions that affirm or deny it.
func tellings(p Polarity, t Times) Follow {
	return Follow{Edge: EdgeContent, Reverse: true, Level: Level{
		Where: every(Where{Prop: "polarity", Value: string(p)}, t.Filter(KindAttribution)),
		First: MaxTellings, Total: true, Props: []string{"assertedAt"},
		Follow: []Follow{
			tellingDocument: {Edge: EdgeIn, Level: articleLevel(t)},
			tellingCitations: {Edge: EdgeCites, Level: Level{First: maxCited, Follow: []Follow{
				{Edge: EdgeResolvesTo, Level: Level{First: 1, Where: t.came()}},
			}}},
		},
	}}
}

// told reads who says each of the claims. Unknown claims are absent.
func (g *Graph) told(ctx context.Context, claims []ID, t Times) (map[ID]told, error) {
	rows, err := g.ByIDs(ctx, claims, Level{
		Kinds: []NodeKind{KindClaim}, Where: t.Filter(KindClaim), Follow: []Follow{tellings(Affirms, t), tellings(Denies, t)},
	})
	if err != nil {
		return nil, err
	}
	all := make(map[ID]told, len(rows))
	for _, row := range rows {
		var t told
		for i, side := range row.Follow {
			for _, said := range side.Rows {
				t.tellings = append(t.tellings, newTelling(row.ID, said, i == 1))
			}
		}
		t.affirms, t.denies = row.Follow[0].Total, row.Follow[1].Total
		all[row.ID] = t
	}
	return all, nil
}

func newTelling(claim ID, said Row, denies bool) telling {
	t := telling{attribution: said.ID, claim: claim, denies: denies}
	t.at, _ = said.Props[0].(time.Time)
	for _, doc := range said.Follow[tellingDocument].Rows {
		t.document, t.article = doc.ID, newArticle(doc)
	}
	for _, citation := range said.Follow[tellingCitations].Rows {
		for _, doc := range citation.Follow[0].Rows {
			if doc.ID != t.document {
				t.cited = append(t.cited, doc.ID)
			}
		}
	}
	return t
}

// toldWithVariants reads who says each of the claims in these or other words.
func (g *Graph) toldWithVariants(ctx context.Context, claims []ID, t Times) (map[ID]told, error) {
	other := Follow{Edge: EdgeVariantOf, Level: Level{First: maxVariants, Where: t.Filter(KindClaim)}}
	back := other
	back.Reverse = true
	rows, err := g.ByIDs(ctx, claims, Level{
		Kinds: []NodeKind{KindClaim}, Where: t.Filter(KindClaim), Follow: []Follow{other, back},
	})
	if err != nil {
		return nil, err
	}
	wordings, every := make(map[ID][]ID, len(rows)), []ID(nil)
	for _, row := range rows {
		for _, variants := range row.Follow {
			for _, variant := range variants.Rows {
				wordings[row.ID] = append(wordings[row.ID], variant.ID)
			}
		}
		wordings[row.ID] = sortedIDs(append(wordings[row.ID], row.ID))
		every = append(every, wordings[row.ID]...)
	}
	each, err := g.told(ctx, every, t)
	if err != nil {
		return nil, err
	}
	all := make(map[ID]told, len(wordings))
	for claim, wordings := range wordings {
		var t told
		for _, wording := range wordings {
			t.join(each[wording])
		}
		all[claim] = t
	}
	return all, nil
}

// An article is what lineage knows of a document.
type article struct {
	at     time.Time // when it was published, zero if unknown
	brand  ID        // its outlet as it is written, "" if unknown
	outlet string    // what tells outlets apart, "" if unknown: brands that are judged to be the same are one
	house  string    // what tells owners of outlets apart, a name: an outlet without an owner is its own
	owned  bool      // somebody owns its outlet
	from   []ID      // the documents that it copies or derives from
	copies bool      // it copies one of these
	by     []ID      // judgements that make its brand one with others
}

// A lineage is the documents that tell some claims, and those that they have their words from, step by step.
type lineage map[ID]*article

// The follows of an article's level.
const (
	articleCopies = iota
	articleDerives
	articleOutlet
)

func articleLevel(t Times) Level {
	link := Level{First: maxCited, Where: t.came()}
	return Level{
		Kinds: []NodeKind{KindDocument}, First: 1, Props: []string{"publishedAt", "outlet"},
		Follow: []Follow{
			articleCopies:  {Edge: EdgeCopyOf, Level: link},
			articleDerives: {Edge: EdgeDerivedFrom, Level: link},
			articleOutlet:  {Edge: EdgePublishedBy, Level: Level{First: 1, Props: []string{"name", "side"}}},
		},
	}
}

// lineage reads what the tellings' documents have their words from, and those that they cite. It goes through these layer by
// layer, and where it does not know one, reads with it what lies behind it.
func (g *Graph) lineage(ctx context.Context, claims map[ID]told, t Times) (lineage, error) {
	l, read := make(lineage), make(lineage)
	var layer []ID
	for _, told := range claims {
		for _, said := range told.tellings {
			layer = append(layer, said.cited...)
			if said.article != nil {
				l[said.document] = said.article
				layer = append(layer, said.article.from...)
			}
		}
	}
	for step := 1; step <= maxLineage; step++ {
		layer = slices.DeleteFunc(sortedIDs(layer), func(id ID) bool { return l[id] != nil })
		if err := g.readArticles(ctx, read, layer, maxLineage-step, t); err != nil {
			return nil, err
		}
		var next []ID
		for _, id := range layer {
			if a := read[id]; a != nil {
				l[id], next = a, append(next, a.from...)
			}
		}
		layer = next
	}
	return l, g.mergeOutlets(ctx, l)
}

// readArticles reads those of the documents that are not read yet, and what they have their words from, so many steps on.
func (g *Graph) readArticles(ctx context.Context, read lineage, docs []ID, steps int, t Times) error {
	s := Select{Level: articleLevel(t)}
	if steps > 0 {
		s.Onward = &Onward{Edges: []EdgeKind{EdgeCopyOf, EdgeDerivedFrom}, Steps: steps, Where: t.came()}
	}
	unread := slices.DeleteFunc(slices.Clone(docs), func(id ID) bool { return read[id] != nil })
	for s.IDs = range slices.Chunk(unread, MaxFirst) {
		rows, err := g.Select(ctx, s)
		if err != nil {
			return err
		}
		for _, row := range rows.Rows {
			read[row.ID] = newArticle(row)
		}
	}
	return nil
}

// mergeOutlets makes one of the outlets that are judged to be the same.
func (g *Graph) mergeOutlets(ctx context.Context, l lineage) error {
	var brands []ID
	for _, a := range l {
		if a.brand != "" {
			brands = append(brands, a.brand)
		}
	}
	identities, err := g.mergingOf(ctx, brands)
	if len(identities) == 0 {
		return err
	}
	houses := make(map[string]*article) // by which outlets that are one go
	for _, a := range l {
		one, ok := identities[a.brand]
		if !ok {
			continue
		}
		a.by, a.outlet = one.Judgements, string(one.Actors[0])
		if h := houses[a.outlet]; h == nil || a.owned && !h.owned || a.owned == h.owned && a.house < h.house {
			houses[a.outlet] = a
		}
	}
	for _, a := range l {
		if len(a.by) > 0 {
			a.house = houses[a.outlet].house
		}
	}
	return nil
}

// mergedBy returns the judgements without which some of the documents would count as of other outlets.
func (l lineage) mergedBy(docs []ID) []ID {
	brands := make(map[string]ID) // one of each outlet
	var by []ID
	for _, id := range docs {
		a := l[id]
		if a == nil || len(a.by) == 0 {
			continue
		}
		if other, ok := brands[a.outlet]; ok && other != a.brand {
			by = append(by, a.by...)
		}
		brands[a.outlet] = a.brand
	}
	return sortedIDs(by)
}

func newArticle(row Row) *article {
	a := &article{}
	a.at, _ = row.Props[0].(time.Time)
	a.outlet, _ = row.Props[1].(string)
	a.house = a.outlet
	for _, outlet := range row.Follow[articleOutlet].Rows {
		a.brand, a.outlet = outlet.ID, string(outlet.ID)
		a.house, _ = outlet.Props[0].(string)
		if side, ok := outlet.Props[1].(string); ok {
			a.house, a.owned = side, true
		}
	}
	a.copies = len(row.Follow[articleCopies].Rows) > 0
	for _, i := range []int{articleCopies, articleDerives} {
		for _, doc := range row.Follow[i].Rows {
			if doc.ID != row.ID {
				a.from = append(a.from, doc.ID)
			}
		}
	}
	return a
}

// parents returns the documents that each document of the lineage has its words from, for one claim: what it copies and
// derives from as a whole, and what the citations of those who tell the claim resolve to.
func (l lineage) parents(tellings []telling) map[ID][]ID {
	parents := make(map[ID][]ID)
	for _, t := range tellings {
		parents[t.document] = append(parents[t.document], t.cited...)
	}
	open := slices.Collect(maps.Keys(parents))
	for len(open) > 0 {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		if a := l[id]; a != nil {
			parents[id] = append(parents[id], a.from...)
		}
		parents[id] = slices.DeleteFunc(sortedIDs(parents[id]), func(p ID) bool { return l[p] == nil })
		for _, p := range parents[id] {
			if _, known := parents[p]; !known {
				parents[p] = nil
				open = append(open, p)
			}
		}
	}
	return parents
}

// byDate sorts documents by when they were published, those of unknown date last, then by ID.
func (l lineage) byDate(docs []ID) {
	slices.SortFunc(docs, func(a, b ID) int {
		return cmp.Or(compareDates(l[a].at, l[b].at), cmp.Compare(a, b))
	})
}

// compareDates has unknown times last.
func compareDates(a, b time.Time) int {
	if a.IsZero() != b.IsZero() {
		if a.IsZero() {
			return 1
		}
		return -1
	}
	return a.Compare(b)
}

func sortedIDs(list []ID) []ID {
	slices.Sort(list)
	return slices.Compact(list)
}
