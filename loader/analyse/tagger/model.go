package tagger

import (
	_ "embed"
	"sync"

	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
)

//go:embed tagger.model
var modelFile []byte

// Model returns the embedded model. It is loaded once, when it is first asked for.
var Model = sync.OnceValues(func() (*encoder.Model, error) { return encoder.Load(modelFile) })
