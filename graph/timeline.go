package graph

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// An AppearanceRole says what a document is to a claim that it tells.
type AppearanceRole string

// The roles of appearances, the first that fits.
const (
	DenialRole  AppearanceRole = "DENIAL"  // the claim is denied there
	CopyRole    AppearanceRole = "COPY"    // the document copies another
	DerivedRole AppearanceRole = "DERIVED" // it derives from another, or cites a document of the graph for the claim
	OriginRole  AppearanceRole = "ORIGIN"  // it is not known to have it from elsewhere
)

// AppearanceRoles lists every AppearanceRole.
var AppearanceRoles = []AppearanceRole{OriginRole, DerivedRole, CopyRole, DenialRole}

// MaxAppearances is how many appearances a Timeline has.
const MaxAppearances = 100

// An Appearance is a document's telling of a claim, in one of its wordings.
type Appearance struct {
	At          time.Time // when it was said or, where that is unknown, published; zero if neither is known
	Claim       ID        // the wording: the claim or a variant of it
	Document    ID
	Attribution ID // the first by ID, where the document says it more than once
	Role        AppearanceRole
	NewWording  bool // nobody said it in these words before
}

// Timelines returns when and where each of the claims and their variants appear, the earliest first and those of
// unknown date last, at most MaxAppearances. A document appears once for each wording and polarity.
func (g *Graph) Timelines(ctx context.Context, claims []ID) (map[ID][]Appearance, error) {
	all, err := g.toldWithVariants(ctx, claims, Times{})
	if err != nil {
		return nil, err
	}
	lines := make(map[ID][]Appearance, len(all))
	for id, t := range all {
		lines[id] = timeline(t.tellings)
	}
	return lines, nil
}

func timeline(tellings []telling) []Appearance {
	type place struct {
		document, claim ID
		denies          bool
	}
	slices.SortFunc(tellings, func(a, b telling) int { return cmp.Compare(a.attribution, b.attribution) })
	seen := make(map[place]bool)
	var line []Appearance
	for _, t := range tellings {
		at := place{t.document, t.claim, t.denies}
		if seen[at] || t.article == nil {
			continue
		}
		seen[at] = true
		line = append(line, newAppearance(t))
	}
	slices.SortStableFunc(line, func(a, b Appearance) int {
		return cmp.Or(compareDates(a.At, b.At), cmp.Compare(a.Document, b.Document), cmp.Compare(a.Attribution, b.Attribution))
	})
	said := make(map[ID]bool)
	for i, a := range line {
		line[i].NewWording = !said[a.Claim]
		said[a.Claim] = true
	}
	return line[:min(len(line), MaxAppearances)]
}

func newAppearance(t telling) Appearance {
	doc := t.article
	a := Appearance{At: t.at, Claim: t.claim, Document: t.document, Attribution: t.attribution, Role: OriginRole}
	if a.At.IsZero() {
		a.At = doc.at
	}
	switch {
	case t.denies:
		a.Role = DenialRole
	case doc.copies:
		a.Role = CopyRole
	case len(doc.from) > 0 || len(t.cited) > 0:
		a.Role = DerivedRole
	}
	return a
}
