package graph_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
)

// TestVectorsKeepAngles rounds vectors like those of texts, and compares cosines before and after.
func TestVectorsKeepAngles(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // no secret
	for range 200 {
		a, b := make([]float32, graph.VectorSize), make([]float32, graph.VectorSize)
		apart := random.Float64() * 2
		var ab, aa, bb float64
		for i := range a {
			x := random.NormFloat64()
			y := x + apart*random.NormFloat64()
			a[i], b[i] = float32(x), float32(y)
			ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
		}
		v, errV := graph.NewVector(a)
		w, errW := graph.NewVector(b)
		if err := errors.Join(errV, errW); err != nil {
			t.Fatal(err)
		}
		if got, want := v.Cosine(&w), ab/math.Sqrt(aa*bb); math.Abs(got-want) > 0.01 {
			t.Errorf("cosine %.4f after rounding, %.4f before", got, want)
		}
		if got := v.Cosine(&v); got != 1 {
			t.Errorf("cosine of a vector with itself: %v", got)
		}
	}
}

func TestVectorsThatPointNowhere(t *testing.T) {
	t.Parallel()
	for _, values := range [][]float32{nil, make([]float32, graph.VectorSize), make([]float32, 3)} {
		if _, err := graph.NewVector(values); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%d values: got error %v, want %v", len(values), err, graph.ErrInvalid)
		}
	}
	var nowhere graph.Vector
	if got := nowhere.Cosine(&nowhere); got != 0 {
		t.Errorf("cosine of nothing: %v, want 0", got)
	}
}
