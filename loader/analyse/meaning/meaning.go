// Package meaning places short texts among others by what they mean, so that two wordings of one claim lie close
// together. Its model is all-MiniLM-L6-v2 as published (Apache-2.0), in eight bits; its words are the tagger's, which
// training leaves as they are.
package meaning

import (
	"context"
	_ "embed"
	"sync"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
)

//go:embed sentence.model
var modelFile []byte

// model returns the embedded model. It is loaded once, when it is first asked for, and the tagger's with it.
var model = sync.OnceValues(func() (*encoder.Model, error) {
	words, err := tagger.Model()
	if err != nil {
		return nil, err
	}
	return encoder.LoadWith(modelFile, words)
})

// An Encoder places texts. It is safe for concurrent use.
type Encoder struct{ *encoder.Encoder }

// New returns an encoder. By the product of two vectors that its Embed makes, 1 is the same text, 0.7 and more are
// mostly wordings of one thing, and unrelated texts have about 0. An error means that an embedded model is broken.
func New(o *encoder.Options) (*Encoder, error) {
	m, err := model()
	if err != nil {
		return nil, err
	}
	return &Encoder{encoder.New(m, o)}, nil
}

// Vectors returns where each of the texts lies, in the form that graphs keep: their cosines differ from those of Embed by
// less than 0.01.
func (e *Encoder) Vectors(ctx context.Context, texts []string) ([]graph.Vector, error) {
	exact, err := e.Embed(ctx, texts)
	if err != nil {
		return nil, err
	}
	vectors := make([]graph.Vector, len(exact))
	for i, values := range exact {
		if vectors[i], err = graph.NewVector(values); err != nil {
			return nil, err
		}
	}
	return vectors, nil
}

// Version names the embedded model: places by different versions are not to be compared.
func (e *Encoder) Version() string { return Version() }

// Version names the embedded model.
func Version() string { return "meaning " + encoder.Version(modelFile)[:12] }
