package graph

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// A HopKind says what a hop of an authority chain is.
type HopKind string

// The kinds of hops.
const (
	OutletHop  HopKind = "OUTLET"  // who published it
	SpeakerHop HopKind = "SPEAKER" // who is reported to say it, or to report somebody who does
	CitedHop   HopKind = "CITED"   // what is cited for it
)

// HopKinds lists every HopKind, in the order of a chain.
var HopKinds = []HopKind{OutletHop, SpeakerHop, CitedHop}

// A Footing says on what an authority chain rests in the end.
type Footing string

// The footings.
const (
	OnDocument  Footing = "DOCUMENT"  // a cited document that is in the graph
	OnCitation  Footing = "CITATION"  // a citation of which no document is in the graph
	OnNamed     Footing = "NAMED"     // somebody named
	OnAnonymous Footing = "ANONYMOUS" // a class of nameless sources: "diplomatic sources"
	OnNobody    Footing = "NOBODY"    // words without a speaker: "it is said"
	OnOutlet    Footing = "OUTLET"    // the outlet's own voice
)

// Footings lists every Footing.
var Footings = []Footing{OnDocument, OnCitation, OnNamed, OnAnonymous, OnNobody, OnOutlet}

// Bounds of authority chains.
const (
	MaxChains = 100 // of one claim, the earliest
	maxWithin = 4   // speakers who report one another
	maxAtHop  = 50  // actors, citations or spans of one hop
)

// An AuthorityChain leads from the reader to whoever a claim rests on: the outlet, whom it reports, whom these report,
// and what is cited in the end.
type AuthorityChain struct {
	Attribution ID // that makes the claim
	Document    ID
	Polarity    Polarity
	At          time.Time // zero if unknown
	Footing     Footing
	Hops        []AuthorityHop
}

// An AuthorityHop is one pair of hands that the claim went through.
type AuthorityHop struct {
	Kind        HopKind
	Actors      []ID // by ID: the outlet; who speaks, none if nobody is named; whom the citations name
	Attribution ID   // what the outlet says in its own voice, or what the speaker says; "" otherwise
	Citations   []ID // CITED only
	Documents   []ID // the outlet's article; those that the citations resolve to
	Spans       []ID // the words that show it, in the order of the text: passages, or citations
	Judgements  []ID // by which its actors count as the same as others, by ID
	anonymous   bool // all of its actors are classes of sources
}

// The follows of an attribution in a chain.
const (
	chainSources = iota
	chainEvidence
	chainCitations
	chainWithin
	chainDocument
)

// chainLevel asks for an attribution and up to depth others that report it.
func chainLevel(depth int, t Times) Level {
	l := Level{
		First: 1, Props: []string{"voice", "polarity", "assertedAt"},
		Follow: []Follow{
			chainSources: {Edge: EdgeSource, Level: Level{First: maxAtHop, Props: []string{"kind"}}},
			chainEvidence: {
				Edge: EdgeEvidence, Via: Where{Prop: "role", Op: In, Value: []any{string(SourceRole), string(CueRole)}},
				Level: Level{First: maxAtHop, Order: []Order{{Prop: "start"}}},
			},
			chainCitations: {Edge: EdgeCites, Level: Level{
				First: maxAtHop, Order: []Order{{Prop: "start"}},
				Follow: []Follow{
					{Edge: EdgeNames, Level: Level{First: maxAtHop}},
					{Edge: EdgeResolvesTo, Level: Level{First: 1, Where: t.came()}},
				},
			}},
		},
	}
	if depth > 0 {
		l.Follow = append(l.Follow, Follow{Edge: EdgeWithin, Level: chainLevel(depth-1, t)})
	}
	return l
}

// Authority returns by which chains a claim came to us, at most first of them: the earliest said first, then by the
// attributions' IDs. Actors that are judged to be the same are one, the first of them by ID. ErrNotFound says that there is no
// such claim; where nobody had said it yet, there are no chains.
func (g *Graph) Authority(ctx context.Context, claim ID, first int, t Times) ([]AuthorityChain, error) {
	if first < 1 || first > MaxChains {
		return nil, invalid("%d chains are asked for; 1 to %d are allowed", first, MaxChains)
	}
	g = g.At(t)
	l := chainLevel(maxWithin, t)
	l.First, l.Order, l.Where = first, []Order{{Prop: "assertedAt"}}, t.Filter(KindAttribution)
	l.Follow = append(l.Follow, Follow{Edge: EdgeIn, Level: Level{
		First: 1, Follow: []Follow{{Edge: EdgePublishedBy, Level: Level{First: 1}}},
	}})
	rows, err := g.Select(ctx, Select{IDs: []ID{claim}, Level: Level{
		Kinds: []NodeKind{KindClaim}, Follow: []Follow{{Edge: EdgeContent, Reverse: true, Level: l}},
	}})
	if err != nil {
		return nil, err
	}
	if len(rows.Rows) == 0 {
		return nil, fmt.Errorf("%w: claim %s", ErrNotFound, claim)
	}
	var chains []AuthorityChain
	for _, said := range rows.Rows[0].Follow[0].Rows {
		chains = append(chains, newChain(said))
	}
	return chains, g.mergeHops(ctx, chains)
}

// mergeHops has the actors that are judged to be the same be one in all of the chains.
func (g *Graph) mergeHops(ctx context.Context, chains []AuthorityChain) error {
	var actors []ID
	for _, c := range chains {
		for _, hop := range c.Hops {
			actors = append(actors, hop.Actors...)
		}
	}
	m, err := g.mergingOf(ctx, actors)
	if len(m) == 0 {
		return err
	}
	for _, c := range chains {
		for i := range c.Hops {
			hop := &c.Hops[i]
			hop.Actors, hop.Judgements = m.merge(hop.Actors)
		}
	}
	return nil
}

func newChain(said Row) AuthorityChain {
	voice, _ := said.Props[0].(string)
	polarity, _ := said.Props[1].(string)
	c := AuthorityChain{Attribution: said.ID, Polarity: Polarity(polarity)}
	c.At, _ = said.Props[2].(time.Time)
	outlet := AuthorityHop{Kind: OutletHop}
	for _, doc := range said.Follow[chainDocument].Rows {
		c.Document = doc.ID
		outlet.Documents, outlet.Actors = []ID{doc.ID}, idsOf(doc.Follow[0])
	}
	own := Voice(voice) == OutletVoice
	var speakers []AuthorityHop
	for at := &said; at != nil; at = reporter(at) {
		if v, _ := at.Props[0].(string); Voice(v) == OutletVoice {
			outlet.Attribution, outlet.Spans = at.ID, idsOf(at.Follow[chainEvidence])
			continue
		}
		speakers = append(speakers, speakerHop(at))
	}
	slices.Reverse(speakers)
	c.Hops = append([]AuthorityHop{outlet}, speakers...)
	if cited := citedHop(said); len(cited.Citations) > 0 {
		c.Hops = append(c.Hops, cited)
	}
	c.Footing = footing(c.Hops[len(c.Hops)-1], own)
	return c
}

// reporter returns the attribution that reports another, nil at the end of the chain.
func reporter(at *Row) *Row {
	if len(at.Follow) <= chainWithin {
		return nil
	}
	for i := range at.Follow[chainWithin].Rows {
		return &at.Follow[chainWithin].Rows[i]
	}
	return nil
}

func speakerHop(at *Row) AuthorityHop {
	hop := AuthorityHop{
		Kind: SpeakerHop, Attribution: at.ID, Actors: idsOf(at.Follow[chainSources]), Spans: idsOf(at.Follow[chainEvidence]),
	}
	hop.anonymous = !slices.ContainsFunc(at.Follow[chainSources].Rows, func(r Row) bool { return r.Props[0] != string(SourceClass) })
	return hop
}

func citedHop(said Row) AuthorityHop {
	hop := AuthorityHop{Kind: CitedHop}
	for _, citation := range said.Follow[chainCitations].Rows {
		hop.Citations = append(hop.Citations, citation.ID)
		hop.Actors = append(hop.Actors, idsOf(citation.Follow[0])...)
		hop.Documents = append(hop.Documents, idsOf(citation.Follow[1])...)
	}
	hop.Spans = hop.Citations
	hop.Actors, hop.Documents = sortedIDs(hop.Actors), sortedIDs(hop.Documents)
	return hop
}

// footing says on what a chain rests that ends with that hop.
func footing(last AuthorityHop, own bool) Footing {
	switch {
	case last.Kind == CitedHop && len(last.Documents) > 0:
		return OnDocument
	case last.Kind == CitedHop:
		return OnCitation
	case last.Kind == OutletHop && own:
		return OnOutlet
	case len(last.Actors) == 0 || last.Kind == OutletHop:
		return OnNobody
	case last.anonymous:
		return OnAnonymous
	}
	return OnNamed
}

// idsOf returns the nodes of a level, each once, in its order.
func idsOf(rows Rows) []ID {
	var ids []ID
	for _, r := range rows.Rows {
		if !slices.Contains(ids, r.ID) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
