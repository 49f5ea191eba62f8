package graph

import (
	"context"
	"fmt"
	"math"
)

// VectorSize is how many values a Vector has.
const VectorSize = 384

// A Vector points to where a text lies among others by what it means: the less the directions of two texts differ, the
// closer is what they say. Its length means nothing.
type Vector [VectorSize]int8

// NewVector returns the vector in whole numbers that points as nearly as can be where the values do. ErrInvalid means
// that there are not VectorSize of them, or that they point nowhere.
func NewVector(values []float32) (Vector, error) {
	var v Vector
	if len(values) != VectorSize {
		return v, invalid("a vector has %d values, not %d", VectorSize, len(values))
	}
	largest := 0.0
	for _, x := range values {
		largest = max(largest, math.Abs(float64(x)))
	}
	if largest == 0 || math.IsInf(largest, 0) || math.IsNaN(largest) {
		return v, invalid("a vector's values point nowhere")
	}
	for i, x := range values {
		v[i] = int8(math.Round(float64(x) / largest * math.MaxInt8))
	}
	return v, nil
}

// Cosine returns the cosine of the angle between two vectors, -1 to 1: 1 is one direction. It is the same on every
// machine. Of a vector that points nowhere it is 0.
func (v *Vector) Cosine(w *Vector) float64 {
	if squares := v.dot(v) * w.dot(w); squares > 0 {
		return float64(v.dot(w)) / math.Sqrt(float64(squares))
	}
	return 0
}

func (v *Vector) dot(w *Vector) int64 {
	var sum int32 // 384 * 128 * 128 fits
	for i, x := range v {
		sum += int32(x) * int32(w[i])
	}
	return int64(sum)
}

// A Meaning says where a claim lies by what it means. It follows from the claim and the model alone.
type Meaning struct {
	Claim  ID
	Model  string // meanings by different models are not to be compared
	Vector Vector
}

// NearestOptions say what of all that lies nearby is wanted.
type NearestOptions struct {
	Model   string
	First   int     // for each vector, 1 to MaxNearest
	AtLeast float64 // cosine, -1 to 1
}

// Bounds of what Nearest may be asked for.
const (
	MaxNearest = 200
	MaxVectors = 1000
)

// A Near is a claim that lies near to what was asked for.
type Near struct {
	ID     ID
	Cosine float64
}

// CompareNear orders the nearer before the farther, then by ID.
func CompareNear(a, b Near) int {
	if c := Compare(b.Cosine, a.Cosine); c != 0 {
		return c
	}
	return Compare(string(a.ID), string(b.ID))
}

// Nearest returns the claims that lie near each of up to MaxVectors vectors: see Store.Nearest. It does not look at
// what is retracted; whoever shows the claims does.
func (g *Graph) Nearest(ctx context.Context, vectors []Vector, o NearestOptions) ([][]Near, error) {
	switch {
	case len(vectors) > MaxVectors:
		return nil, invalid("what lies near %d texts is asked for at once; at most %d are allowed", len(vectors), MaxVectors)
	case o.First < 1 || o.First > MaxNearest:
		return nil, invalid("the nearest %d claims are asked for; 1 to %d are allowed", o.First, MaxNearest)
	case o.Model == "":
		return nil, invalid("the nearest claims by no model are asked for")
	}
	near, err := g.store.Nearest(ctx, vectors, o)
	if err != nil {
		return nil, fmt.Errorf("nearest to %d texts: %w", len(vectors), err)
	}
	return near, nil
}

func (m *Meaning) check(nodes map[ID]*Node) error {
	kind, err := m.Claim.Kind()
	switch {
	case err != nil:
		return err
	case kind != KindClaim || nodes[m.Claim] == nil:
		return invalid("the meaning of %s: the batch brings no such claim", m.Claim)
	case m.Model == "":
		return invalid("the meaning of %s: it is by no model", m.Claim)
	case m.Vector == Vector{}:
		return invalid("the meaning of %s points nowhere", m.Claim)
	}
	return nil
}
