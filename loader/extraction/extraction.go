// Package extraction owns the record of one article that people and programs outside the graph are given: what was read,
// with every span counted in code points and repeated in words. It is pure.
package extraction

import (
	"fmt"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
	"github.com/claimgraph/claimgraph/loader/read"
)

// A Record is all that is found in one article. IDs of the document and of actors are those of the graph; the others
// number the article's own lists. Its JSON is what `claimgraph extract` prints.
type Record struct {
	Document     Document      `json:"document"`
	Attributions []Attribution `json:"attributions"`
	Citations    []Citation    `json:"citations"`
	Actors       []Actor       `json:"actors"`
	Mentions     []Mention     `json:"mentions"`
	Relations    []Relation    `json:"relations"`
	Skipped      []Skipped     `json:"skipped"`
}

// A Document is the article itself.
type Document struct {
	ID          graph.ID `json:"id"`
	Path        string   `json:"path"`
	URL         string   `json:"url"`
	Title       string   `json:"title"`
	Outlet      string   `json:"outlet"`
	PublishedAt string   `json:"publishedAt"` // as exact as it is known
	Lang        string   `json:"lang"`
	Text        string   `json:"text"`
	TextSHA256  string   `json:"textSha256"`
}

// A Span is a half-open range of code points of the document's text.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Exact string `json:"exact"`
}

// An Attribution is one act of saying. What it has none of is an empty list or string.
type Attribution struct {
	ID           string                `json:"id"`
	Voice        graph.Voice           `json:"voice"`
	Kind         graph.AttributionKind `json:"kind"`
	QuoteType    graph.QuoteType       `json:"quoteType"`
	Polarity     graph.Polarity        `json:"polarity"`
	Source       []Span                `json:"source"`
	Cue          []Span                `json:"cue"`
	Content      []Span                `json:"content"`
	SourceActors []graph.ID            `json:"sourceActors"`
	Within       string                `json:"within"`
	Citations    []string              `json:"citations"`
	Factuality   graph.Factuality      `json:"factuality"`
	Confidence   float64               `json:"confidence"`
}

// A Citation is a reference to sources, and what it stands behind.
type Citation struct {
	ID      string        `json:"id"`
	Span    Span          `json:"span"`
	Sources []CitedSource `json:"sources"`
	Scope   []Span        `json:"scope"`
}

// A CitedSource is one of the sources that a citation names, as written.
type CitedSource struct {
	Name        string            `json:"name"`
	Actor       graph.ID          `json:"actor"`
	DateText    string            `json:"dateText"`
	URL         string            `json:"url"`
	Granularity graph.Granularity `json:"granularity"`
}

// An Actor is somebody whom the article means.
type Actor struct {
	ID      graph.ID        `json:"id"`
	Name    string          `json:"name"`
	Kind    graph.ActorKind `json:"kind"`
	Aliases []string        `json:"aliases"`
}

// A Mention is a stretch of text that means an actor; as a metonym, by the name of something else.
type Mention struct {
	Span    Span     `json:"span"`
	Actor   graph.ID `json:"actor"`
	Metonym bool     `json:"metonym"`
}

// A Relation is what an attribution says about two actors; one of them may be unknown.
type Relation struct {
	ID          string              `json:"id"`
	Class       graph.RelationClass `json:"class"`
	Type        string              `json:"type"`
	Quad        graph.Quad          `json:"quad"`
	Agent       graph.ID            `json:"agent"`
	Target      graph.ID            `json:"target"`
	Mode        graph.Mode          `json:"mode"`
	Attribution string              `json:"attribution"`
	Trigger     Span                `json:"trigger"`
	Place       graph.ID            `json:"place"`
	ValidFrom   string              `json:"validFrom"` // the first day, "" if unknown
	ValidTo     string              `json:"validTo"`   // the day behind the last, "" if unknown
	Precision   graph.Precision     `json:"precision"` // of the date's words
	Date        *Span               `json:"date,omitempty"`
	Confidence  float64             `json:"confidence"`
}

// A Skipped stretch of the text is not part of the article.
type Skipped struct {
	Span   Span   `json:"span"`
	Reason string `json:"reason"`
}

// earlierNames are PLOVER's former names of relation types, which extract keeps printing.
var earlierNames = map[graph.RelationType]string{graph.Request: "DEMAND", graph.Accuse: "DISAPPROVE"}

// Of returns the record of a document and its analysis.
func Of(doc *read.Document, analysis *analyse.Analysis) *Record {
	e := &extractor{doc: doc, Analysis: analysis, points: text.NewPoints(doc.Text)}
	return &Record{
		Document:     e.document(),
		Attributions: e.attributions(),
		Citations:    e.citations(),
		Actors:       e.actors(),
		Mentions:     e.mentions(),
		Relations:    e.relations(),
		Skipped:      e.skipped(),
	}
}

type extractor struct {
	doc *read.Document
	*analyse.Analysis
	points *text.Points
}

// each turns every element of a list; the result is a list even where there is nothing in it.
func each[In, Out any](list []In, turn func(int, In) Out) []Out {
	out := make([]Out, len(list))
	for i, v := range list {
		out[i] = turn(i, v)
	}
	return out
}

func (e *extractor) span(s text.Span) Span {
	return Span{e.points.CodePoint(s.Start), e.points.CodePoint(s.End), e.Text.Slice(s)}
}

func (e *extractor) spans(list []text.Span) []Span {
	return each(list, func(_ int, s text.Span) Span { return e.span(s) })
}

// actorID returns the ID of a member of the cast, "" for -1.
func (e *extractor) actorID(index int) graph.ID {
	if index < 0 {
		return ""
	}
	return loader.ActorOf(e.Cast, index).ID()
}

// numbered returns the ID of an element of one of the article's lists, "" for -1.
func numbered(list string, index int) string {
	if index < 0 {
		return ""
	}
	return fmt.Sprintf("%s%d", list, index+1)
}

func (e *extractor) document() Document {
	d := loader.DocumentOf(e.doc)
	return Document{
		ID: d.ID(), Path: d.Path, URL: d.URL, Title: d.Title, Outlet: d.Outlet,
		PublishedAt: dateText(d.PublishedAt, d.Precision), Lang: d.Lang, Text: d.Text, TextSHA256: d.TextSHA256,
	}
}

func dateText(t time.Time, p graph.Precision) string {
	if t.IsZero() {
		return ""
	}
	switch p {
	case graph.ToYear:
		return t.Format("2006")
	case graph.ToMonth:
		return t.Format("2006-01")
	case graph.ToDay:
		return t.Format(time.DateOnly)
	case graph.ToMinute:
	}
	return t.Format(time.RFC3339)
}

func (e *extractor) attributions() []Attribution {
	out := make([]Attribution, len(e.Attributions))
	for i, a := range e.Attributions {
		out[i] = Attribution{
			ID: numbered("a", i), Voice: a.Voice, Kind: a.Kind, QuoteType: a.QuoteType, Polarity: a.Polarity,
			Source: e.spans(a.Source), Cue: e.spans(a.Cue), Content: e.spans(a.Content),
			SourceActors: each(a.Sources, func(_, index int) graph.ID { return e.actorID(index) }),
			Within:       numbered("a", a.Within),
			Citations:    each(a.Citations, func(_, index int) string { return numbered("c", index) }),
			Factuality:   a.Factuality, Confidence: a.Confidence,
		}
	}
	return out
}

func (e *extractor) citations() []Citation {
	out := make([]Citation, len(e.Citations))
	for i, c := range e.Citations {
		out[i] = Citation{ID: numbered("c", i), Span: e.span(c.Span), Scope: e.spans(c.Scope)}
		for k, s := range c.Sources {
			out[i].Sources = append(out[i].Sources, CitedSource{
				Name: e.Text.Slice(s.Name), Actor: e.actorID(e.Cited[i][k]),
				DateText: e.Text.Slice(s.Date), URL: s.URL, Granularity: s.Granularity,
			})
		}
	}
	return out
}

// actors prints the cast. Two of its members may be one actor of the graph.
func (e *extractor) actors() []Actor {
	out := make([]Actor, 0, len(e.Cast.Actors))
	seen := make(map[graph.ID]bool)
	for i, a := range e.Cast.Actors {
		id := e.actorID(i)
		if seen[id] {
			continue
		}
		seen[id] = true
		out = append(out, Actor{ID: id, Name: a.Name, Kind: a.Kind, Aliases: append([]string{}, a.Aliases...)})
	}
	return out
}

func (e *extractor) mentions() []Mention {
	out := make([]Mention, len(e.Cast.Mentions))
	for i, m := range e.Cast.Mentions {
		out[i] = Mention{Span: e.span(m.Span), Actor: e.actorID(m.Actor), Metonym: m.Metonym}
	}
	return out
}

func (e *extractor) relations() []Relation {
	out := make([]Relation, len(e.Relations))
	for i, r := range e.Relations {
		name, ok := earlierNames[r.Type]
		if !ok {
			name = string(r.Type)
		}
		out[i] = Relation{
			ID: numbered("r", i), Class: r.Type.Class(), Type: name, Quad: r.Type.Quad(),
			Agent: e.actorID(r.Agent), Target: e.actorID(r.Target), Mode: r.Mode,
			Attribution: numbered("a", r.Attribution), Trigger: e.span(r.Trigger), Place: e.actorID(r.Place),
			ValidFrom: dateText(r.When.From, graph.ToDay), ValidTo: dateText(r.When.To, graph.ToDay), Precision: r.When.Precision,
			Confidence: r.Confidence,
		}
		if r.When.Len() > 0 {
			date := e.span(r.When.Span)
			out[i].Date = &date
		}
	}
	return out
}

func (e *extractor) skipped() []Skipped {
	out := make([]Skipped, len(e.doc.Skipped))
	for i, s := range e.doc.Skipped {
		out[i] = Skipped{Span: e.span(text.Span{Start: s.Start, End: s.End}), Reason: s.Reason}
	}
	return out
}
