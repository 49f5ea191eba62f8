package main

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
)

// TestFit draws examples by known weights, and expects the fit to find them: the confidences hold for examples that it has
// not seen, and a sign that tells nothing, or the contrary, weighs nothing.
func TestFit(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	draw := func() (all []example) {
		for range 4000 {
			var e example
			for s := range e.evidence.Signs {
				e.evidence.Signs[s] = random.NormFloat64()
			}
			z := 0.5 + 1.5*e.evidence.Signs[attributions.CueLikely] + 0.2*e.evidence.Signs[attributions.Known] -
				e.evidence.Signs[attributions.Quoted]
			e.right = random.Float64() < 1/(1+math.Exp(-z))
			all = append(all, e)
		}
		return all
	}
	w := fit(draw())
	for s, want := range map[attributions.Sign]float64{
		attributions.CueLikely: 1.3, attributions.Known: 0.2, attributions.Quoted: 0, attributions.Lengthy: 0,
	} {
		if got := w.Signs[s]; got < 0 || math.Abs(got-want) > 0.2 {
			t.Errorf("%v weighs %.2f, want about %.2f", s, got, want)
		}
	}
	others := draw()
	for i := range others {
		others[i].likely = w.Likely(&others[i].evidence.Signs)
	}
	if ece := calibrationError(reliability(others)); ece > 0.03 {
		t.Errorf("confidences of other examples are off by %.3f in the mean", ece)
	}
}

func TestFitWithoutContrast(t *testing.T) {
	t.Parallel()
	for _, right := range []bool{false, true} {
		w := fit([]example{{right: right}, {right: right}})
		var none attributions.Evidence
		got := w.Likely(&none.Signs)
		if math.IsNaN(got) || right != (got > 0.5) {
			t.Errorf("of examples that are all %v, one is likely right by %v", right, got)
		}
	}
}

func TestCalibrationError(t *testing.T) {
	t.Parallel()
	var all []example
	for i := range 10 {
		all = append(all, example{likely: 0.85, right: i < 6}, example{likely: 0.25, right: i < 3})
	}
	if got := calibrationError(reliability(all)); math.Abs(got-0.15) > 1e-9 {
		t.Errorf("the calibration error is %v, want 0.15: half are off by 0.25, half by 0.05", got)
	}
	if got := brier(all[:2]); math.Abs(got-(0.15*0.15+0.75*0.75)/2) > 1e-9 {
		t.Errorf("the Brier score is %v", got)
	}
}

func TestMatched(t *testing.T) {
	t.Parallel()
	// The first could take both; only if it takes the second is there one for each.
	got := matched(3, 2, func(i, k int) bool { return i == 0 || i == 1 && k == 0 })
	if got[0] != 1 || got[1] != 0 || got[2] != -1 {
		t.Errorf("matched %v, want [1 0 -1]", got)
	}
}

func TestDiagram(t *testing.T) {
	t.Parallel()
	svg := diagram([]model{{name: "fast", bins: reliability([]example{{likely: 0.8, right: true}})}})
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(svg, "1: given 0.80, right 1.00") {
		t.Errorf("the diagram lacks the bin:\n%s", svg)
	}
}

func TestRunComplains(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"a", "b"}, {"missing.jsonl.gz", "b", "c"}, {"main.go", "b", "c"}} {
		if err := run(t.Context(), args, io.Discard); err == nil {
			t.Errorf("run %q succeeds", args)
		}
	}
}

// TestConfidencesHold compares the confidences that the project has with what people have read.
func TestConfidencesHold(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("reads a hundred articles")
	}
	corpus, err := readCorpus("../../../../shared/corpora/polnear/dev.jsonl.gz")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the corpus, shared/corpora beside the repository, is not there")
	}
	if err != nil {
		t.Fatal(err)
	}
	trained, err := tagger.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]struct {
		tagger attributions.Tagger
		corpus []article
	}{
		"fast":     {attributions.Rules{}, corpus},
		"accurate": {trained, corpus[:len(corpus)/3]},
	} {
		all, err := examples(t.Context(), m.tagger, m.corpus)
		if err != nil {
			t.Fatal(err)
		}
		all = attributed(all)
		for i := range all {
			all[i].likely = all[i].given
		}
		if ece := calibrationError(reliability(all)); ece > 0.05 {
			t.Errorf("%s: confidences are off by %.3f in the mean", name, ece)
		}
	}
}
