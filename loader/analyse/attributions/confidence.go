package attributions

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// priors are estimates by hand for what no corpus covers.
var priors = map[Basis]float64{label: 0.9, signature: 0.9, answer: 0.75, listItem: 0.7, quoteGoesOn: 0.8, speakerGoesOn: 0.6, unread: 0.3}

// nestedPrior scales the confidence of what is reported within what somebody else says. No corpus marks it; of 45 that
// were drawn at random and read one by one 25 were right, five sixths of what they would be given elsewhere.
const nestedPrior = 0.83

// FittedBases lists the bases whose weights are fitted.
func FittedBases() []Basis {
	list := make([]Basis, fitted)
	for i := range list {
		list[i] = Basis(i)
	}
	return list
}

// Weights say how likely an attribution is right: the logistic function of Bias and the weighted sum of its signs. No
// weight of a sign is negative.
type Weights struct {
	Bias  float64
	Signs [signs]float64
}

// Likely returns how likely an attribution with these signs is right, never wholly certain.
func (w *Weights) Likely(signs *[signs]float64) float64 {
	z := w.Bias
	for i, v := range signs {
		z += w.Signs[i] * v
	}
	return min(0.99, max(0.01, 1/(1+math.Exp(-z))))
}

// WriteWeights writes weights as confidence.txt has them, a line for each basis.
func WriteWeights(all []Weights) string {
	var out strings.Builder
	for b, w := range all {
		fmt.Fprintf(&out, "%s bias %.3f", Basis(b), w.Bias)
		for s, v := range w.Signs {
			if v >= 0.0005 {
				fmt.Fprintf(&out, " %s %.3f", Sign(s), v)
			}
		}
		out.WriteByte('\n')
	}
	return out.String()
}

//go:embed confidence.txt
var confidenceText string

var weights = parseWeights(confidenceText)

// parseWeights reads what WriteWeights has written; lines with # are remarks. It panics if the embedded file is broken.
func parseWeights(s string) (all [fitted]Weights) {
	seen := 0
	for line := range strings.Lines(s) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		b := slices.Index(basisNames[:], fields[0])
		if b < 0 || len(fields)%2 == 0 {
			panic("confidence.txt: " + line)
		}
		seen++
		for i := 1; i < len(fields); i += 2 {
			v, err := strconv.ParseFloat(fields[i+1], 64)
			sign := slices.Index(signNames[:], fields[i])
			switch {
			case err != nil:
				panic("confidence.txt: " + err.Error())
			case fields[i] == "bias":
				all[b].Bias = v
			case sign < 0 || v < 0:
				panic("confidence.txt: " + fields[i])
			default:
				all[b].Signs[sign] = v
			}
		}
	}
	if seen != int(fitted) {
		panic("confidence.txt: some basis is missing")
	}
	return all
}

// confidence returns how likely an attribution with this evidence is right, in thousandths.
func (e *Evidence) confidence(nested bool) float64 {
	basis := e.Basis
	if nested && basis == SecondOpinion { // Where the first opinion reports, it is not expected to have one.
		basis = WrittenRules
	}
	likely := priors[basis]
	if basis < fitted {
		likely = weights[basis].Likely(&e.Signs)
	}
	if nested {
		likely *= nestedPrior
	}
	return math.Round(1000*likely) / 1000
}

// weigh gives every attribution its confidence.
func (f *finder) weigh() {
	for i := range f.found {
		a := &f.found[i]
		a.Confidence = a.Evidence.confidence(a.Within >= 0)
	}
}
