package graph

import (
	"context"
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
// IDs, as strings.
func (g *Graph) Facets(ctx context.Context, where Filter, by []FacetName, i Interval) ([]Bucket, error) {
	if len(by) > MaxFacets {
		return nil, invalid("%d facets are asked for at once; at most %d are allowed", len(by), MaxFacets)
	}
	var list []Facet
	for _, name := range by {
		f, ok := facets[name]
		if !ok {
			return nil, invalid("attributions are not counted by %q", name)
		}
		if name == FacetTime {
			f.Interval = i
		}
		list = append(list, f)
	}
	return g.Count(ctx, KindAttribution, where, list...)
}

// A Sourcing is on whose word an outlet's documents say what they say, in numbers of attributions.
type Sourcing struct {
	Attributions int
	OwnVoice     int // in the outlet's own voice
	Named        int // by somebody who is named
	Anonymous    int // by classes of nameless sources alone: "diplomatic sources"
	Unnamed      int // by nobody that the text names: "it is said"
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

// Sourcings returns on whose word each of the outlets speaks. Actors that published nothing have the zero value.
func (g *Graph) Sourcings(ctx context.Context, outlets []ID) (map[ID]Sourcing, error) {
	list := make([]any, len(outlets))
	for i, id := range outlets {
		list[i] = string(id)
	}
	published := Has{Edge: EdgeIn, Where: Has{Edge: EdgePublishedBy, Where: Where{Prop: IDProp, Op: In, Value: list}}}
	own := Where{Prop: "voice", Value: string(OutletVoice)}
	named := Has{Edge: EdgeSource, Where: Where{Prop: "kind", Op: Ne, Value: string(SourceClass)}}
	found := make(map[ID]Sourcing, len(outlets))
	for _, part := range []struct {
		where Filter
		add   func(s *Sourcing, n int)
	}{
		{own, func(s *Sourcing, n int) { s.OwnVoice = n }},
		{And{Not{own}, named}, func(s *Sourcing, n int) { s.Named = n }},
		{And{Not{own}, Not{named}, Has{Edge: EdgeSource}}, func(s *Sourcing, n int) { s.Anonymous = n }},
		{And{Not{own}, Not{Has{Edge: EdgeSource}}}, func(s *Sourcing, n int) { s.Unnamed = n }},
	} {
		buckets, err := g.Count(ctx, KindAttribution, And{published, part.where}, facets[FacetOutlet])
		if err != nil {
			return nil, err
		}
		for _, b := range buckets {
			id, _ := b.Key[0].(string)
			s := found[ID(id)]
			part.add(&s, b.Count)
			s.Attributions += b.Count
			found[ID(id)] = s
		}
	}
	return found, nil
}
