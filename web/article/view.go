package article

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/extraction"
)

// A view is what the template shows.
type view struct {
	Policy       string
	Style        template.CSS
	Script       template.JS
	Title        string
	Document     extraction.Document
	Link         string // the article's address, "" unless it is a web address
	Counts       []count
	Voices       map[string]int
	Text         template.HTML
	Attributions []attributionView
	Citations    []citationView
	Relations    []relationView
	Actors       []actorView
	Skipped      []skippedView
}

// A count is one of the figures at the top of the page.
type count struct {
	N    int
	What string
}

// A link leads to a record on the page, or to a place in the text.
type link struct{ ID, Words string }

// A term is a property of a record and its value, as people write them.
type term struct{ Name, Value string }

type attributionView struct {
	ID, Class, Who, Did  string
	Denies               bool
	Confidence           float64
	Source, Cue, Content string
	Terms                []term
	Actors               []link
	Chain                []link // who reports it, who reports that, and so on
	Reports              []link // what is reported within it
	Citations            []link
	Relations            []link
}

type citationView struct {
	ID, Words, Scope string
	Sources          []citedView
	Attributions     []link
}

type citedView struct {
	Name, Date, Granularity string
	Actor                   link // no ID if nobody known is meant
}

type relationView struct {
	ID, Agent, Type, Target string
	Denied                  bool
	Trigger                 string
	Terms                   []term
	Actors                  []link
	Attribution             link // no ID if the relation has none
}

type actorView struct {
	ID, Name, Kind, Aliases string
	Mentions                []link
	Says                    []link
	Relations               []link
}

type skippedView struct{ ID, Reason, Words string }

func viewOf(r *extraction.Record) (*view, error) {
	c := newCast(r)
	text, err := textOf(r, c)
	if err != nil {
		return nil, err
	}
	v := &view{
		Policy: policy, Style: template.CSS(style), Script: template.JS(script), //nolint:gosec // our own
		Title: cmp.Or(r.Document.Title, r.Document.Path), Document: r.Document, Link: webAddress(r.Document.URL),
		Text: text, Voices: make(map[string]int),
	}
	for _, a := range r.Attributions {
		v.Voices[string(a.Voice)]++
		v.Attributions = append(v.Attributions, c.attributionView(a))
	}
	for _, x := range r.Citations {
		v.Citations = append(v.Citations, c.citationView(x))
	}
	for _, x := range r.Relations {
		v.Relations = append(v.Relations, c.relationView(x))
	}
	for _, a := range r.Actors {
		v.Actors = append(v.Actors, c.actorView(a))
	}
	slices.SortStableFunc(v.Actors, func(a, b actorView) int { return cmp.Compare(len(b.Mentions), len(a.Mentions)) })
	for i, s := range r.Skipped {
		v.Skipped = append(v.Skipped, skippedView{numbered("s", i), s.Reason, s.Span.Exact})
	}
	v.Counts = countsOf(r)
	return v, nil
}

func countsOf(r *extraction.Record) []count {
	denials, sources := 0, make(map[graph.ID]bool)
	for _, a := range r.Attributions {
		if a.Polarity == graph.Denies {
			denials++
		}
		for _, id := range a.SourceActors {
			sources[id] = true
		}
	}
	return []count{
		{len(strings.Fields(r.Document.Text)), "words"},
		{len(r.Attributions), "attributions"},
		{denials, "denials"},
		{len(sources), "known speakers"},
		{len(r.Citations), "citations"},
		{len(r.Actors), "actors"},
		{len(r.Mentions), "mentions"},
		{len(r.Relations), "relations"},
		{len(r.Skipped), "skipped"},
	}
}

// webAddress returns an address that is safe to offer as a link.
func webAddress(address string) string {
	if u, err := url.Parse(address); err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return address
}

// A cast knows what refers to what in the article.
type cast struct {
	outlet       string
	actors       map[graph.ID]*extraction.Actor
	numbers      map[graph.ID]string // an actor's ID on the page
	attributions map[string]*extraction.Attribution
	citations    map[string]*extraction.Citation
	reports      map[string][]link   // by attribution: what is reported within it
	cited        map[string][]link   // by citation: the attributions that rest on it
	relations    map[string][]link   // by attribution
	relating     map[graph.ID][]link // relations by actor
	saying       map[graph.ID][]link // attributions by source
	mentions     map[graph.ID][]link
}

func newCast(r *extraction.Record) *cast {
	c := &cast{
		outlet:       r.Document.Outlet,
		actors:       make(map[graph.ID]*extraction.Actor),
		numbers:      make(map[graph.ID]string),
		attributions: make(map[string]*extraction.Attribution),
		citations:    make(map[string]*extraction.Citation),
		reports:      make(map[string][]link),
		cited:        make(map[string][]link),
		relations:    make(map[string][]link),
		relating:     make(map[graph.ID][]link),
		saying:       make(map[graph.ID][]link),
		mentions:     make(map[graph.ID][]link),
	}
	for i := range r.Actors {
		a := &r.Actors[i]
		c.actors[a.ID], c.numbers[a.ID] = a, numbered("p", i)
	}
	for i := range r.Citations {
		c.citations[r.Citations[i].ID] = &r.Citations[i]
	}
	for i := range r.Attributions {
		a := &r.Attributions[i]
		c.attributions[a.ID] = a
		to := link{a.ID, a.ID + " " + c.gist(*a)}
		if a.Within != "" {
			c.reports[a.Within] = append(c.reports[a.Within], to)
		}
		for _, id := range a.Citations {
			c.cited[id] = append(c.cited[id], to)
		}
		for _, id := range a.SourceActors {
			c.saying[id] = append(c.saying[id], link{a.ID, a.ID})
		}
	}
	for _, x := range r.Relations {
		to := link{x.ID, x.ID + " " + c.told(x)}
		c.relations[x.Attribution] = append(c.relations[x.Attribution], to)
		for _, id := range slices.Compact([]graph.ID{x.Agent, x.Target}) {
			c.relating[id] = append(c.relating[id], to)
		}
	}
	for i, m := range r.Mentions {
		c.mentions[m.Actor] = append(c.mentions[m.Actor], link{numbered("m", i), m.Span.Exact})
	}
	return c
}

// name returns an actor's name, "" if it is unknown.
func (c *cast) name(id graph.ID) string {
	if a, ok := c.actors[id]; ok {
		return a.Name
	}
	return ""
}

// who tells who speaks, in few words.
func (c *cast) who(a extraction.Attribution) string {
	var names []string
	for _, id := range a.SourceActors {
		names = append(names, c.name(id))
	}
	switch {
	case len(names) > 0:
		return strings.Join(names, ", ")
	case len(a.Source) > 0:
		return joined(a.Source)
	case a.Voice == graph.OutletVoice:
		return cmp.Or(c.outlet, "the outlet")
	}
	return "nobody named"
}

// did tells how it is said: the cue or, where there is none, what stands for it.
func did(a extraction.Attribution) string {
	switch {
	case len(a.Cue) > 0:
		return joined(a.Cue)
	case a.Voice == graph.CarryOver:
		return "goes on"
	}
	return "in its own voice"
}

// gist tells an attribution without what is said.
func (c *cast) gist(a extraction.Attribution) string { return c.who(a) + " – " + did(a) }

// spoken tells an attribution to those who hear the page.
func (c *cast) spoken(a extraction.Attribution) string {
	return fmt.Sprintf("%s, %s, %s, confidence %.2f", c.gist(a), words(a.Voice), words(a.Polarity), a.Confidence)
}

// told tells a relation in few words.
func (c *cast) told(r extraction.Relation) string {
	return cmp.Or(c.name(r.Agent), "somebody") + " " + r.Type + " " + cmp.Or(c.name(r.Target), "somebody")
}

// meant tells whom a mention means.
func (c *cast) meant(m extraction.Mention) string {
	a, ok := c.actors[m.Actor]
	if !ok {
		return ""
	}
	told := a.Name + ", " + words(a.Kind)
	if m.Metonym {
		told += ", by metonym"
	}
	return told
}

func (c *cast) attributionView(a extraction.Attribution) attributionView {
	v := attributionView{
		ID: a.ID, Class: contentClass(a), Who: c.who(a), Did: did(a),
		Denies: a.Polarity == graph.Denies, Confidence: a.Confidence,
		Source: joined(a.Source), Cue: joined(a.Cue), Content: joined(a.Content),
		Terms: []term{
			{"voice", words(a.Voice)},
			{"kind", words(a.Kind)},
			{"quote", words(a.QuoteType)},
			{"polarity", words(a.Polarity)},
			{"factuality", words(a.Factuality)},
		},
		Actors: c.links(a.SourceActors...), Reports: c.reports[a.ID], Relations: c.relations[a.ID],
	}
	seen := map[string]bool{a.ID: true}
	for id := a.Within; id != "" && !seen[id]; {
		seen[id] = true
		outer, ok := c.attributions[id]
		if !ok {
			break
		}
		v.Chain = append(v.Chain, link{id, id + " " + c.gist(*outer)})
		id = outer.Within
	}
	for _, id := range a.Citations {
		if x, ok := c.citations[id]; ok {
			v.Citations = append(v.Citations, link{id, id + " " + x.Span.Exact})
		}
	}
	return v
}

func (c *cast) citationView(x extraction.Citation) citationView {
	v := citationView{ID: x.ID, Words: x.Span.Exact, Scope: joined(x.Scope), Attributions: c.cited[x.ID]}
	for _, s := range x.Sources {
		cited := citedView{Name: s.Name, Date: s.DateText, Granularity: words(s.Granularity)}
		if links := c.links(s.Actor); len(links) > 0 {
			cited.Actor = links[0]
		}
		v.Sources = append(v.Sources, cited)
	}
	return v
}

func (c *cast) relationView(x extraction.Relation) relationView {
	v := relationView{
		ID: x.ID, Agent: cmp.Or(c.name(x.Agent), "somebody"), Type: x.Type, Target: cmp.Or(c.name(x.Target), "somebody"),
		Denied: x.Mode == graph.Denied, Trigger: x.Trigger.Exact,
		Terms:  []term{{"class", words(x.Class)}, {"quad", words(x.Quad)}, {"mode", words(x.Mode)}},
		Actors: c.links(x.Agent, x.Target),
	}
	if a, ok := c.attributions[x.Attribution]; ok {
		v.Attribution = link{a.ID, a.ID + " " + c.gist(*a)}
	}
	return v
}

func (c *cast) actorView(a extraction.Actor) actorView {
	return actorView{
		ID: c.numbers[a.ID], Name: a.Name, Kind: words(a.Kind), Aliases: strings.Join(a.Aliases, ", "),
		Mentions: c.mentions[a.ID], Says: c.saying[a.ID], Relations: c.relating[a.ID],
	}
}

// links returns links to those of the actors that are known.
func (c *cast) links(ids ...graph.ID) []link {
	var list []link
	for _, id := range ids {
		if a, ok := c.actors[id]; ok {
			list = append(list, link{c.numbers[id], a.Name})
		}
	}
	return list
}

// joined returns the words of spans, with a sign where the text between them is left out.
func joined(spans []extraction.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, s.Exact)
	}
	return strings.Join(parts, " … ")
}

// words returns a term of the model as people write it.
func words[T ~string](term T) string {
	return strings.ToLower(strings.ReplaceAll(string(term), "_", " "))
}
