package meaning_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/claimgraph/claimgraph/loader/analyse/meaning"
)

func product(x, y []float32) float64 {
	var sum float64
	for i := range x {
		sum += float64(x[i]) * float64(y[i])
	}
	return sum
}

// TestReference compares with the published model in float32, as numpy computes it: see testdata/reference.py.
func TestReference(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text   string
		Vector []float32
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	e, err := meaning.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, c := range cases {
		texts = append(texts, c.Text)
	}
	got, err := e.Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		if length := product(got[i], got[i]); math.Abs(length-1) > 1e-5 {
			t.Errorf("%q: vector of length %v, want 1", c.Text, math.Sqrt(length))
		}
		if cosine := product(got[i], c.Vector); cosine < 0.99 {
			t.Errorf("%q: cosine %.4f to the reference, want 0.99", c.Text, cosine)
		}
		if testing.Verbose() {
			t.Logf("cosine %.4f to the reference, %.2f to the first text: %q", product(got[i], c.Vector), product(got[i], got[0]), c.Text)
		}
	}
}

// TestEmbedLongText finds that only the beginning of a long text counts.
func TestEmbedLongText(t *testing.T) {
	t.Parallel()
	e, err := meaning.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	long := make([]byte, 0, 1<<20)
	for len(long) < 1<<20 {
		long = append(long, "The harbour was closed again. "...)
	}
	got, err := e.Embed(t.Context(), []string{string(long), string(long[:1<<14])})
	if err != nil {
		t.Fatal(err)
	}
	if p := product(got[0], got[1]); math.Abs(p-1) > 1e-5 {
		t.Errorf("beginning and whole have a product of %v, want 1", p)
	}
}
