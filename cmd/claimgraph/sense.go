package main

import (
	"context"
	"sync"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/meaning"
)

// A lateSense makes its model ready when it is first asked.
type lateSense struct {
	encoder func() (*meaning.Encoder, error)
}

func newLateSense(workers int) lateSense {
	return lateSense{sync.OnceValues(func() (*meaning.Encoder, error) {
		return meaning.New(&encoder.Options{Workers: workers})
	})}
}

// Vectors places texts.
func (s lateSense) Vectors(ctx context.Context, texts []string) ([]graph.Vector, error) {
	e, err := s.encoder()
	if err != nil {
		return nil, err
	}
	return e.Vectors(ctx, texts)
}

// Version names the model.
func (lateSense) Version() string { return meaning.Version() }
