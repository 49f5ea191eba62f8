package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os" //nolint:depguard // a program reads and writes files; the analysis does not import it
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
	"github.com/claimgraph/claimgraph/loader/read"
)

// An article of the corpus. Its ID begins with the outlet's name; its spans count code points.
type article struct {
	ID           string `json:"id"`
	Text         string `json:"text"`
	Attributions []struct {
		Source  [][2]int `json:"source"`
		Cue     [][2]int `json:"cue"`
		Content [][2]int `json:"content"`
	} `json:"attributions"`
}

func readCorpus(name string) ([]article, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var all []article
	for lines := json.NewDecoder(unzipped); ; {
		var a article
		switch err := lines.Decode(&a); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, err
		}
		all = append(all, a)
	}
}

// A triple is what people found.
type triple struct{ source, cue, content []text.Span }

// triples returns an article's attributions with spans in bytes.
func (a *article) triples() ([]triple, error) {
	points := make([]int, 0, len(a.Text)+1)
	for i := range a.Text {
		points = append(points, i)
	}
	points = append(points, len(a.Text))
	var broken error
	spans := func(from [][2]int) []text.Span {
		to := make([]text.Span, len(from))
		for i, s := range from {
			if s[0] < 0 || s[0] > s[1] || s[1] >= len(points) {
				broken = fmt.Errorf("%w: article %s has a span %v", graph.ErrInvalid, a.ID, s)
				return nil
			}
			to[i] = text.Span{Start: points[s[0]], End: points[s[1]]}
		}
		return to
	}
	all := make([]triple, len(a.Attributions))
	for i, t := range a.Attributions {
		all[i] = triple{source: spans(t.Source), cue: spans(t.Cue), content: spans(t.Content)}
	}
	return all, broken
}

// An example is an attribution that was found, and whether it is right.
type example struct {
	outlet   string
	fold     string // of ten, by articles
	voice    graph.Voice
	evidence attributions.Evidence
	right    bool
	given    float64 // the confidence that it has so far
	likely   float64 // as fitted to others
}

// examples finds attributions in the corpus and compares them with those of people.
func examples(ctx context.Context, t attributions.Tagger, corpus []article) ([]example, error) {
	analyser, err := analyse.New(t)
	if err != nil {
		return nil, err
	}
	var all []example
	for i := range corpus {
		a := &corpus[i]
		people, err := a.triples()
		if err != nil {
			return nil, err
		}
		found, err := analyser.Analyse(ctx, &read.Document{Text: a.Text})
		if err != nil {
			return nil, err
		}
		outlet, _, _ := strings.Cut(a.ID, "_")
		for _, e := range compare(found.Attributions, people) {
			e.outlet, e.fold = outlet, strconv.Itoa(i%10)
			all = append(all, e)
		}
	}
	return all, nil
}

// compare returns what of the attributions found has a counterpart among people's, as far as they mark it.
func compare(found []attributions.Attribution, people []triple) []example {
	var all []example
	var said []*attributions.Attribution
	var places []int // of those in all
	for i := range found {
		a := &found[i]
		if a.Evidence.Basis > attributions.RulesSilent || isNested(found, a) {
			continue
		}
		e := example{voice: a.Voice, evidence: a.Evidence, given: a.Confidence}
		if a.Voice == graph.OutletVoice {
			e.right = 2*reported(a.Content, people) <= text.Length(a.Content)
		} else {
			said, places = append(said, a), append(places, len(all))
		}
		all = append(all, e)
	}
	for _, k := range matched(len(people), len(said), func(p, s int) bool { return same(&people[p], said[s]) }) {
		if k >= 0 {
			all[places[k]].right = true
		}
	}
	return all
}

// isNested reports whether somebody who is named reports the attribution.
func isNested(found []attributions.Attribution, a *attributions.Attribution) bool {
	for a.Within >= 0 {
		if a = &found[a.Within]; a.Voice == graph.Attributed {
			return true
		}
	}
	return false
}

// same reports whether an attribution is the one that people found.
func same(t *triple, a *attributions.Attribution) bool {
	return text.Common(t.cue, a.Cue) > 0 && (text.Common(t.source, a.Source) > 0 || len(t.source)+len(a.Source) == 0) &&
		2*text.Common(t.content, a.Content) >= max(1, text.Length(t.content), text.Length(a.Content))
}

// reported returns how many bytes of the spans lie within contents.
func reported(spans []text.Span, people []triple) int {
	n := 0
	for _, t := range people {
		n += text.Common(spans, t.content) // Contents of the corpus do not overlap, but for a few.
	}
	return n
}

// matched returns for each of n the one of m that it goes with, or -1: as many pairs as there can be (Kuhn 1955).
func matched(n, m int, ok func(i, k int) bool) []int {
	of, with := make([]int, n), make([]int, m) // with: for each of m, its partner plus one
	var seen []bool
	var augment func(i int) bool
	augment = func(i int) bool {
		for k := range m {
			if seen[k] || !ok(i, k) {
				continue
			}
			seen[k] = true
			if with[k] == 0 || augment(with[k]-1) {
				with[k] = i + 1
				return true
			}
		}
		return false
	}
	for i := range n {
		of[i], seen = -1, make([]bool, m)
		augment(i)
	}
	for k, i := range with {
		if i > 0 {
			of[i-1] = k
		}
	}
	return of
}
