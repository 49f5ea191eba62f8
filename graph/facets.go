package graph

import (
	"context"
	"slices"
)

// A FacetName is what attributions can be counted by.
type FacetName string

// The facets of attributions.
const (
	FacetOutlet       FacetName = "OUTLET"        // that published it
	FacetActor        FacetName = "ACTOR"         // who says it
	FacetVoice        FacetName = "VOICE"         //
	FacetKind         FacetName = "KIND"          //
	FacetPolarity     FacetName = "POLARITY"      //
	FacetFactuality   FacetName = "FACTUALITY"    //
	FacetRelationType FacetName = "RELATION_TYPE" // what its claim says about actors
	FacetTime         FacetName = "ASSERTED_AT"   // the interval in which it was said
)

// facets say how each is counted.
var facets = map[FacetName]Facet{
	FacetOutlet:       {Steps: []Step{{Edge: EdgeIn}, {Edge: EdgePublishedBy}}, Prop: IDProp},
	FacetActor:        {Steps: []Step{{Edge: EdgeSource}}, Prop: IDProp},
	FacetVoice:        {Prop: "voice"},
	FacetKind:         {Prop: "kind"},
	FacetPolarity:     {Prop: "polarity"},
	FacetFactuality:   {Prop: "modality"},
	FacetRelationType: {Steps: []Step{{Edge: EdgeContent}, {Edge: EdgeAsserts}}, Prop: "type"},
	FacetTime:         {Prop: "assertedAt"},
}

// FacetNames lists every FacetName.
var FacetNames = []FacetName{FacetOutlet, FacetActor, FacetVoice, FacetKind, FacetPolarity, FacetFactuality, FacetRelationType, FacetTime}

// MaxFacets is by how many facets attributions can be counted at once.
const MaxFacets = 4

// Facets counts the attributions that match by the facets: see Store.Count. The keys of outlets and actors are their
// IDs, as strings. Those that are judged to be the same are counted as the first of them by ID; merged says by which
// judgements, for each such key.
func (g *Graph) Facets(
	ctx context.Context, where Filter, by []FacetName, i Interval,
) (buckets []Bucket, merged map[ID][]ID, err error) {
	if len(by) > MaxFacets {
		return nil, nil, invalid("%d facets are asked for at once; at most %d are allowed", len(by), MaxFacets)
	}
	m, err := g.merging(ctx)
	if err != nil {
		return nil, nil, err
	}
	var list []Facet
	for _, name := range by {
		f, ok := facets[name]
		if !ok {
			return nil, nil, invalid("attributions are not counted by %q", name)
		}
		if name == FacetTime {
			f.Interval = i
		}
		if f.Prop == IDProp {
			f = m.facet(f)
		}
		list = append(list, f)
	}
	buckets, err = g.Count(ctx, KindAttribution, where, list...)
	merged = make(map[ID][]ID)
	for _, b := range buckets {
		for j, f := range list {
			if id, _ := b.Key[j].(string); f.Prop == IDProp && m[ID(id)].Judgements != nil {
				merged[ID(id)] = m[ID(id)].Judgements
			}
		}
	}
	return buckets, merged, err
}

// A Sourcing is on whose word an outlet's documents say what they say, in numbers of attributions.
type Sourcing struct {
	Attributions int
	OwnVoice     int  // in the outlet's own voice
	Named        int  // by somebody who is named
	Anonymous    int  // by classes of nameless sources alone: "diplomatic sources"
	Unnamed      int  // by nobody that the text names: "it is said"
	Judgements   []ID // by which the outlet counts as one with others, by ID
}

// OwnShare is the share of attributions in the outlet's own voice, 0 where there are none.
func (s Sourcing) OwnShare() float64 { return share(s.OwnVoice, s.Attributions) }

// AnonymousShare is the share of nameless sources among the attributions to others, 0 where there are none.
func (s Sourcing) AnonymousShare() float64 {
	return share(s.Anonymous+s.Unnamed, s.Attributions-s.OwnVoice)
}

func share(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(part) / float64(all)
}

// Sourcings returns on whose word each of the outlets speaks, those that are judged to be the same together. Actors that
// published nothing are absent.
func (g *Graph) Sourcings(ctx context.Context, outlets []ID) (map[ID]Sourcing, error) {
	m, err := g.merging(ctx)
	if err != nil {
		return nil, err
	}
	var all []ID
	for _, id := range outlets {
		all = append(all, m.all(id)...)
	}
	counted := make(map[ID]Sourcing, len(outlets)) // by who stands for the outlet
	for chunk := range slices.Chunk(sortedIDs(all), MaxFilters/2) {
		if err := g.countSourcings(ctx, m, chunk, counted); err != nil {
			return nil, err
		}
	}
	found := make(map[ID]Sourcing, len(outlets))
	for _, id := range outlets {
		if s, ok := counted[m.one(id)]; ok {
			s.Judgements = m[id].Judgements
			found[id] = s
		}
	}
	return found, nil
}

// countSourcings adds what some outlets published to what others did that count as the same.
func (g *Graph) countSourcings(ctx context.Context, m merging, outlets []ID, counted map[ID]Sourcing) error {
	published := Has{Edge: EdgeIn, Where: Has{Edge: EdgePublishedBy, Where: IsAny(outlets)}}
	own := Where{Prop: "voice", Value: string(OutletVoice)}
	named := Has{Edge: EdgeSource, Where: Where{Prop: "kind", Op: Ne, Value: string(SourceClass)}}
	for _, part := range []struct {
		where Filter
		of    func(s *Sourcing) *int
	}{
		{own, func(s *Sourcing) *int { return &s.OwnVoice }},
		{And{Not{own}, named}, func(s *Sourcing) *int { return &s.Named }},
		{And{Not{own}, Not{named}, Has{Edge: EdgeSource}}, func(s *Sourcing) *int { return &s.Anonymous }},
		{And{Not{own}, Not{Has{Edge: EdgeSource}}}, func(s *Sourcing) *int { return &s.Unnamed }},
	} {
		buckets, err := g.Count(ctx, KindAttribution, And{published, part.where}, m.facet(facets[FacetOutlet]))
		if err != nil {
			return err
		}
		for _, b := range buckets {
			id, _ := b.Key[0].(string)
			s := counted[ID(id)]
			*part.of(&s) += b.Count
			s.Attributions += b.Count
			counted[ID(id)] = s
		}
	}
	return nil
}
