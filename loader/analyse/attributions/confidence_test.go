package attributions

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestConfidence holds confidences to what they mean: they are probabilities, and what speaks for an attribution does not
// lower it.
func TestConfidence(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		e := Evidence{Basis: Basis(random.IntN(int(unread) + 1))}
		for s := range e.Signs {
			e.Signs[s] = 12*random.Float64() - 6
		}
		before := e.confidence(false)
		if before <= 0 || before >= 1 {
			t.Fatalf("%+v has confidence %v", e, before)
		}
		if nested := e.confidence(true); nested <= 0 || nested >= 1 {
			t.Fatalf("%+v, nested, has confidence %v", e, nested)
		}
		raised := e
		s := Sign(random.IntN(int(signs)))
		raised.Signs[s] += 6 * random.Float64()
		if after := raised.confidence(false); after < before {
			t.Fatalf("a greater %v lowers the confidence of %+v from %v to %v", s, e, before, after)
		}
	}
	var e Evidence
	e.Signs[CueLikely], e.Signs[ContentLikely], e.Signs[RulesAgree] = 6, 6, 1
	if sure, unsure := e.confidence(false), (&Evidence{}).confidence(false); sure < unsure+0.3 {
		t.Errorf("what a model is sure of has confidence %v, what it is not %v", sure, unsure)
	}
}

func TestWeights(t *testing.T) {
	t.Parallel()
	written := WriteWeights(weights[:])
	if !strings.HasSuffix(confidenceText, written) {
		t.Errorf("confidence.txt is not what is written:\n%s", written)
	}
	for name, s := range map[string]string{
		"nothing":         "",
		"unknown basis":   strings.Replace(written, "model ", "modell ", 1),
		"unknown sign":    strings.Replace(written, "known ", "unknown ", 1),
		"no number":       strings.Replace(written, "bias ", "bias x", 1),
		"negative weight": strings.Replace(written, "known ", "known -", 1),
		"half a pair":     strings.Replace(written, "\n", " known\n", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if recover() == nil {
					t.Error("broken weights are read")
				}
			}()
			parseWeights(s)
		})
	}
}
