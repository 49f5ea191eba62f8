package tagger

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// Log-odds from which on a source or a content belongs to a cue; and those from which on one that belongs to no cue is
// taken by the likeliest, if that has none yet.
var (
	linked = [2]float32{0, 0.8}
	loose  = [2]float32{-2.5, -4}
)

// join adds the attributions that the fragments of a window make: one for each cue that has a content.
func (r *reading) join(s *encoder.Scores) {
	r.bind(s)
	for i := range r.fragments {
		f := &r.fragments[i]
		if f.role != cue || len(f.parts[content.link()]) == 0 {
			continue
		}
		if len(f.parts[source.link()]) > 0 || !r.inHeading(f.Start) {
			r.found = append(r.found, r.triple(f))
		}
	}
}

// bind gives cues their sources and contents.
func (r *reading) bind(s *encoder.Scores) {
	type link struct {
		cue, part int
		odds      float32
	}
	var left []link // what belongs to no cue, with the likeliest
	for i := range r.fragments {
		f := &r.fragments[i]
		if f.role == cue {
			continue
		}
		best := link{cue: -1, part: i}
		for k := range r.fragments {
			c := &r.fragments[k]
			if c.role != cue || c.paragraph != f.paragraph && !r.reaches(c, f) {
				continue
			}
			odds := s.Link(f.role.link(), c.row, f.row)
			if odds >= linked[f.role.link()] {
				c.take(f, i, odds)
			}
			if best.cue < 0 || odds > best.odds {
				best.cue, best.odds = k, odds
			}
		}
		if best.cue >= 0 && best.odds < linked[f.role.link()] && best.odds >= loose[f.role.link()] {
			left = append(left, best)
		}
	}
	slices.SortStableFunc(left, func(a, b link) int { return cmp.Compare(b.odds, a.odds) })
	for _, l := range left {
		f := &r.fragments[l.part]
		if c := &r.fragments[l.cue]; len(c.parts[f.role.link()]) == 0 {
			c.take(f, l.part, l.odds)
		}
	}
}

// reaches reports whether a fragment may belong to a cue in another paragraph: there a quotation may go on, and what a
// colon announces may stand.
func (r *reading) reaches(c, f *fragment) bool {
	if f.role != content {
		return false
	}
	announced := f.paragraph > c.paragraph && strings.HasSuffix(strings.TrimSpace(r.t.Slice(r.t.Paragraphs[c.paragraph].Span)), ":")
	return announced || r.t.QuoteAt(f.Start) >= 0
}

// take gives a cue a source or content.
func (c *fragment) take(f *fragment, index int, odds float32) {
	l := f.role.link()
	c.parts[l] = append(c.parts[l], index)
	if len(c.parts[l]) == 1 || odds < c.odds[l] {
		c.odds[l] = odds
	}
}

// triple returns the attribution of a cue.
func (r *reading) triple(c *fragment) attributions.Triple {
	t := attributions.Triple{Cue: []text.Span{c.Span}, Evidence: r.evidence(c)}
	for _, i := range c.parts[source.link()] {
		t.Source = append(t.Source, r.fragments[i].Span)
	}
	slices.Sort(c.parts[content.link()])
	for _, i := range c.parts[content.link()] {
		t.Content = append(t.Content, r.fragments[i].Span)
	}
	return t
}

// evidence returns the signs that the attribution of a cue is right.
func (r *reading) evidence(c *fragment) attributions.Evidence {
	e := attributions.Evidence{Basis: attributions.TrainedModel}
	e.Signs[attributions.CueLikely] = logOdds(c.likely)
	e.Signs[attributions.SourceLinked] = within(float64(c.odds[source.link()]))
	e.Signs[attributions.ContentLinked] = within(float64(c.odds[content.link()]))
	least := func(l int, value func(*fragment) float32) float64 {
		if len(c.parts[l]) == 0 {
			return 0
		}
		p := float32(1)
		for _, i := range c.parts[l] {
			p = min(p, value(&r.fragments[i]))
		}
		return logOdds(p)
	}
	e.Signs[attributions.SourceLikely] = least(source.link(), func(f *fragment) float32 { return f.likely })
	e.Signs[attributions.ContentLikely] = least(content.link(), func(f *fragment) float32 { return f.likely })
	e.Signs[attributions.ContentEnds] = least(content.link(), func(f *fragment) float32 { return f.ends })
	return e
}

func logOdds(p float32) float64 { return within(math.Log(float64(p) / (1 - float64(p)))) }

// within keeps log-odds where differences still matter.
func within(odds float64) float64 { return min(6, max(-6, odds)) }

// inHeading reports whether a heading stands at an offset. “Minister calls for talks” says who says what; of
// other headings nobody is the source.
func (r *reading) inHeading(at int) bool {
	s := r.t.SentenceAt(at)
	return s >= 0 && r.t.Sentences[s].Heading
}
