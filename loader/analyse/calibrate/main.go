// Calibrate fits how likely attributions are right to articles that people have read, so that of those that are given
// 0.8 about 80 % are:
//
//	go run ./loader/analyse/calibrate CORPUS WEIGHTS DIAGRAM
//
// CORPUS is PolNeAR's dev.jsonl.gz, which no tagger was trained on. WEIGHTS is written: the confidence.txt of package
// attributions; DIAGRAM, too, an SVG that shows how far confidences hold. What they are worth is printed, as found by
// cross-validation: each article is given confidences that were fitted to others, and once more to other outlets'.
//
// An attribution is right if its cue and that of one in the corpus overlap, their sources do or are both absent, and
// their contents share half of the longer; each of the corpus counts for one. What is nested in another attribution is
// left out, because the corpus does not mark it. A sentence that is the outlet's own is right if at most half of it lies
// within contents of the corpus.
package main

import (
	"context"
	"fmt"
	"io"
	"os" //nolint:depguard // a program reads and writes files; the analysis does not import it
	"strings"

	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(1)
	}
}

const remark = `# How likely an attribution is right, by what it rests on: the logistic function of a bias and of its weighted signs.
# Written by loader/analyse/calibrate, which fits it to PolNeAR's development part; do not edit.
`

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 3 {
		return fmt.Errorf("want the names of a corpus, a file for the weights and one for the diagram, got %d arguments", len(args))
	}
	corpus, err := readCorpus(args[0])
	if err != nil {
		return fmt.Errorf("read the corpus: %w", err)
	}
	trained, err := tagger.New(nil)
	if err != nil {
		return err
	}
	models := []model{{name: "accurate", tagger: trained}, {name: "fast", tagger: attributions.Rules{}}}
	var all []example
	for i := range models {
		m := &models[i]
		if m.examples, err = examples(ctx, m.tagger, corpus); err != nil {
			return err
		}
		all = append(all, m.examples...)
		if _, err := io.WriteString(out, m.judge()); err != nil {
			return err
		}
	}
	fitted := make([]attributions.Weights, 0, len(attributions.FittedBases()))
	for _, basis := range attributions.FittedBases() {
		fitted = append(fitted, fit(ofBasis(all, basis)))
	}
	if err := os.WriteFile(args[1], []byte(remark+attributions.WriteWeights(fitted)), 0o600); err != nil {
		return fmt.Errorf("write the weights: %w", err)
	}
	if err := os.WriteFile(args[2], []byte(diagram(models)), 0o600); err != nil {
		return fmt.Errorf("write the diagram: %w", err)
	}
	return nil
}

// A model is one way to find attributions, with what it found in the corpus.
type model struct {
	name     string
	tagger   attributions.Tagger
	examples []example
	bins     []bin // by confidences that were fitted to other articles
}

// judge says what the model's confidences are worth.
func (m *model) judge() string {
	var out strings.Builder
	for _, by := range []struct {
		name  string
		group func(*example) string
	}{
		{"articles", func(e *example) string { return e.fold }},
		{"outlets", func(e *example) string { return e.outlet }},
	} {
		all := crossValidate(m.examples, by.group)
		said := attributed(all)
		if m.bins == nil {
			m.bins = reliability(said)
		}
		fmt.Fprintf(&out, "%s, fitted to other %s: %d attributions, ECE %.1f %%, Brier score %.3f; with the outlet's own, %d, ECE %.1f %%\n",
			m.name, by.name, len(said), 100*calibrationError(reliability(said)), brier(said), len(all), 100*calibrationError(reliability(all)))
	}
	for _, b := range m.bins {
		fmt.Fprintf(&out, "  given %.2f  right %.2f  of %d\n", b.given, b.right, b.count)
	}
	return out.String()
}
