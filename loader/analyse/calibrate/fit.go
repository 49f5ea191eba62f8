package main

import (
	"math"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
)

// ridge holds the weights of signs back.
const ridge = 1

// A column is one sign of all examples, scaled to mean 0 and spread 1, or that which is 1 for all, for the bias.
type column struct {
	values       []float64
	mean, spread float64 // as it was; no spread, no sign
	weight       float64
	bias         bool
}

// fit returns the weights that make the examples likeliest (Platt 1999, with more than one sign), none of a sign below
// zero: by Newton's method, one weight after the other, over and over.
func fit(examples []example) attributions.Weights {
	var w attributions.Weights
	columns := []column{ones(len(examples))}
	for s := range w.Signs {
		columns = append(columns, scaled(examples, attributions.Sign(s)))
	}
	z := make([]float64, len(examples)) // the log-odds that the weights so far give
	for change, round := 1.0, 0; change > 1e-6 && round < 1000; round++ {
		change = 0
		for i := range columns {
			if columns[i].spread > 0 {
				change = max(change, columns[i].improve(examples, z))
			}
		}
	}
	w.Bias = columns[0].weight
	for s, c := range columns[1:] {
		if c.spread > 0 {
			w.Signs[s] = c.weight / c.spread
			w.Bias -= w.Signs[s] * c.mean
		}
	}
	return w
}

func ones(n int) column {
	c := column{values: make([]float64, n), spread: 1, bias: true}
	for i := range c.values {
		c.values[i] = 1
	}
	return c
}

func scaled(examples []example, s attributions.Sign) column {
	c := column{values: make([]float64, len(examples))}
	n := float64(max(1, len(examples)))
	for _, e := range examples {
		c.mean += e.evidence.Signs[s] / n
	}
	for _, e := range examples {
		c.spread += (e.evidence.Signs[s] - c.mean) * (e.evidence.Signs[s] - c.mean) / n
	}
	if c.spread = math.Sqrt(c.spread); c.spread < 1e-6 {
		return column{}
	}
	for i, e := range examples {
		c.values[i] = (e.evidence.Signs[s] - c.mean) / c.spread
	}
	return c
}

// improve takes one step with one weight, and returns how long it was.
func (c *column) improve(examples []example, z []float64) float64 {
	slope, bend := ridge*c.weight, float64(ridge)
	if c.bias {
		slope, bend = 0, 1e-6
	}
	for i, x := range c.values {
		p := 1 / (1 + math.Exp(-z[i]))
		slope += x * p
		if examples[i].right {
			slope -= x
		}
		bend += x * x * p * (1 - p)
	}
	step := min(1, max(-1, -slope/bend))
	if !c.bias {
		step = max(step, -c.weight)
	}
	c.weight += step
	for i, x := range c.values {
		z[i] += step * x
	}
	return math.Abs(step)
}

// crossValidate returns the examples with how likely they are, as fitted to those of other groups.
func crossValidate(examples []example, group func(*example) string) []example {
	all := append([]example(nil), examples...)
	groups := make(map[string]bool)
	for i := range all {
		groups[group(&all[i])] = true
	}
	for g := range groups {
		for _, basis := range attributions.FittedBases() {
			var others []example
			for i := range all {
				if group(&all[i]) != g && all[i].evidence.Basis == basis {
					others = append(others, all[i])
				}
			}
			w := fit(others)
			for i := range all {
				if group(&all[i]) == g && all[i].evidence.Basis == basis {
					all[i].likely = w.Likely(&all[i].evidence.Signs)
				}
			}
		}
	}
	return all
}

func ofBasis(all []example, basis attributions.Basis) []example {
	var some []example
	for _, e := range all {
		if e.evidence.Basis == basis {
			some = append(some, e)
		}
	}
	return some
}

// attributed returns the examples in which somebody is said to speak.
func attributed(all []example) []example {
	var some []example
	for _, e := range all {
		if e.voice == graph.Attributed {
			some = append(some, e)
		}
	}
	return some
}

// A bin holds the examples whose confidence lies in one tenth of the scale.
type bin struct {
	count        int
	given, right float64 // in the mean
}

func reliability(examples []example) []bin {
	bins := make([]bin, 10)
	for _, e := range examples {
		b := &bins[min(9, int(10*e.likely))]
		b.count++
		b.given += (e.likely - b.given) / float64(b.count)
		right := 0.0
		if e.right {
			right = 1
		}
		b.right += (right - b.right) / float64(b.count)
	}
	return bins
}

// calibrationError returns the expected calibration error: how far what is given is from what is right, in the mean.
func calibrationError(bins []bin) float64 {
	sum, n := 0.0, 0
	for _, b := range bins {
		sum += float64(b.count) * math.Abs(b.given-b.right)
		n += b.count
	}
	return sum / float64(max(1, n))
}

// brier returns the mean square of what confidences are off by.
func brier(examples []example) float64 {
	sum := 0.0
	for _, e := range examples {
		off := e.likely
		if e.right {
			off--
		}
		sum += off * off
	}
	return sum / float64(max(1, len(examples)))
}
