package article

import (
	"cmp"
	"html/template"
	"math"
	"net/url"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/extraction"
)

// A view is what the template shows.
type view struct {
	Policy   string
	Style    template.CSS
	Script   template.JS
	Title    string
	Document extraction.Document
	Link     string // the article's address, "" unless it is a web address
	Counts   []count
	Text     template.HTML
	Records  records
}

// A count is one of the figures at the top of the page.
type count struct {
	N    int
	What string
}

// Records are what the page's script knows beside the marked text. Words that the text has, such as those of a source,
// are not repeated: the script reads them from the marks. In its JSON, names are short, since there may be many records.
type records struct {
	Outlet       string            `json:"outlet"`
	Terms        [][]string        `json:"terms"` // the different sets of terms that records have
	Attributions []attributionData `json:"a"`
	Citations    []citationData    `json:"c"`
	Relations    []relationData    `json:"r"`
	Actors       []actorData       `json:"p"`
	Skipped      []skippedData     `json:"s"`
}

type attributionData struct {
	ID         string   `json:"i"`
	Class      string   `json:"k"`
	Terms      int      `json:"t"` // index: voice, kind, quote, polarity, factuality
	Confidence float64  `json:"n"`
	Actors     []string `json:"p,omitempty"`
	Within     string   `json:"w,omitempty"`
	Citations  []string `json:"c,omitempty"`
}

type citationData struct {
	ID      string      `json:"i"`
	Sources []citedData `json:"l"`
}

type citedData struct {
	Name        string `json:"n"`
	Date        string `json:"d,omitempty"`
	Granularity string `json:"g"`
	Actor       string `json:"p,omitempty"`
}

type relationData struct {
	ID          string `json:"i"`
	Type        string `json:"y"`
	Terms       int    `json:"t"` // index: class, quad, mode
	Agent       string `json:"a,omitempty"`
	Target      string `json:"b,omitempty"`
	Attribution string `json:"w,omitempty"`
}

type actorData struct {
	ID      string `json:"i"`
	Name    string `json:"n"`
	Kind    string `json:"g"`
	Aliases string `json:"l,omitempty"`
}

type skippedData struct {
	ID     string `json:"i"`
	Reason string `json:"n"`
}

func viewOf(r *extraction.Record) (*view, error) {
	c := newCast(r)
	text, err := textOf(r, c)
	if err != nil {
		return nil, err
	}
	return &view{
		Policy: policy, Style: template.CSS(style), Script: template.JS(script), //nolint:gosec // our own
		Title: cmp.Or(r.Document.Title, r.Document.Path), Document: r.Document, Link: webAddress(r.Document.URL),
		Counts: countsOf(r), Text: text, Records: c.records(r),
	}, nil
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

// A cast knows the actors' IDs on the page, and the sets of terms that were used.
type cast struct {
	numbers map[graph.ID]string
	terms   map[string]int
	sets    [][]string
}

func newCast(r *extraction.Record) *cast {
	c := &cast{numbers: make(map[graph.ID]string), terms: make(map[string]int)}
	for i, a := range r.Actors {
		c.numbers[a.ID] = numbered("p", i)
	}
	return c
}

// records returns what the script is told. References to what the record does not have are left out.
func (c *cast) records(r *extraction.Record) records {
	all := records{Outlet: plain(r.Document.Outlet)}
	attributions, citations := make(map[string]bool), make(map[string]bool)
	for _, a := range r.Attributions {
		attributions[a.ID] = true
	}
	for _, x := range r.Citations {
		citations[x.ID] = true
		all.Citations = append(all.Citations, c.citation(x))
	}
	known := func(id string) string {
		if attributions[id] {
			return id
		}
		return ""
	}
	for _, a := range r.Attributions {
		data := attributionData{
			ID: a.ID, Class: contentClass(a), Confidence: math.Round(100*a.Confidence) / 100, Within: known(a.Within),
			Terms: c.set(words(a.Voice), words(a.Kind), words(a.QuoteType), words(a.Polarity), words(a.Factuality)),
		}
		for _, id := range a.SourceActors {
			if number := c.numbers[id]; number != "" {
				data.Actors = append(data.Actors, number)
			}
		}
		for _, id := range a.Citations {
			if citations[id] {
				data.Citations = append(data.Citations, id)
			}
		}
		all.Attributions = append(all.Attributions, data)
	}
	for _, x := range r.Relations {
		all.Relations = append(all.Relations, relationData{
			ID: x.ID, Type: x.Type, Terms: c.set(words(x.Class), words(x.Quad), words(x.Mode)),
			Agent: c.numbers[x.Agent], Target: c.numbers[x.Target], Attribution: known(x.Attribution),
		})
	}
	for i, a := range r.Actors {
		all.Actors = append(all.Actors, actorData{numbered("p", i), plain(a.Name), words(a.Kind), plain(strings.Join(a.Aliases, ", "))})
	}
	for i, s := range r.Skipped {
		all.Skipped = append(all.Skipped, skippedData{numbered("s", i), plain(s.Reason)})
	}
	all.Terms = c.sets
	return all
}

func (c *cast) citation(x extraction.Citation) citationData {
	data := citationData{ID: x.ID}
	for _, s := range x.Sources {
		data.Sources = append(data.Sources, citedData{plain(s.Name), plain(s.DateText), words(s.Granularity), c.numbers[s.Actor]})
	}
	return data
}

// set returns the index of a set of terms.
func (c *cast) set(terms ...string) int {
	key := strings.Join(terms, "|")
	i, ok := c.terms[key]
	if !ok {
		i = len(c.sets)
		c.terms[key], c.sets = i, append(c.sets, terms)
	}
	return i
}

// words returns a term of the model as people write it.
func words[T ~string](term T) string {
	return strings.ToLower(strings.ReplaceAll(string(term), "_", " "))
}
