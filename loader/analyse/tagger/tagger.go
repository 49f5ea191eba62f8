// Package tagger finds who says what by a trained model: package encoder labels each word as part of a source, a cue or a
// content, and scores which source and which content belong to which cue. The model was trained on political news
// (PolNeAR); where that corpus teaches nothing, the rules of package attributions add what they know.
package tagger

import (
	"context"

	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Tagger implements attributions.Tagger by the embedded model. It is safe for concurrent use.
type Tagger struct {
	model   *encoder.Model
	encoder *encoder.Encoder
	head    int // of sources, cues and contents
	names   int
}

var _ attributions.Tagger = (*Tagger)(nil)

// New returns a Tagger. An error means that the embedded model is broken.
func New(o *encoder.Options) (*Tagger, error) {
	model, err := Model()
	if err != nil {
		return nil, err
	}
	return &Tagger{model: model, encoder: encoder.New(model, o), head: model.Head("attributions"), names: model.Head("names")}, nil
}

// Version names the embedded model.
func Version() string { return "tagger " + encoder.Version(modelFile)[:12] }

// Version implements attributions.Tagger.
func (*Tagger) Version() string { return Version() }

// Tag implements attributions.Tagger in time linear in the length of the text.
func (g *Tagger) Tag(ctx context.Context, t *text.Text, hidden []text.Span) (attributions.Tags, error) {
	r := newReading(g, t, hidden)
	windows := encoder.Pack(g.model, r.paragraphs)
	err := g.encoder.Encode(ctx, windows, func(i int, s *encoder.Scores) { r.window(&windows[i], s) })
	if err != nil {
		return attributions.Tags{}, err
	}
	rules, err := attributions.Rules{}.Tag(ctx, t, hidden)
	return attributions.Tags{Triples: r.found, Others: rules.Triples, Names: r.named, Silence: attributions.ModelSilent}, err
}
