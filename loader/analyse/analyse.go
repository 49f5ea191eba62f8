// Package analyse reads an article: who is meant, who says what, which sources stand behind it, and what it says about
// whom. It is pure: the same document gives the same analysis.
package analyse

import (
	"context"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/citations"
	"github.com/claimgraph/claimgraph/loader/analyse/relations"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
	"github.com/claimgraph/claimgraph/loader/read"
)

// Version names the analysis with a tagger of the given version. It is another one whenever the same document may give
// another result, so that documents which the graph has from an earlier one are analysed anew.
func Version(tagger string) string { return "claimgraph 8, " + tagger }

// An Analysis is what one article was found to say. Its spans are byte offsets into the article's text; its indices
// lead into its own lists.
type Analysis struct {
	Text         *text.Text
	Cast         *actors.Cast
	Publisher    int // index of the article's outlet in the cast, or -1
	Citations    []citations.Citation
	Cited        [][]int // by citation, by its sources: index of the source in the cast, or -1
	Attributions []attributions.Attribution
	Relations    []relations.Relation
}

// An Analyser analyses documents. It is safe for concurrent use.
type Analyser struct {
	tagger    attributions.Tagger
	actors    *actors.Finder
	relations *relations.Finder
}

// New returns an Analyser that finds attributions with the tagger. An error means that the embedded word lists are
// broken.
func New(tagger attributions.Tagger) (*Analyser, error) {
	actorFinder, err := actors.NewFinder()
	if err != nil {
		return nil, err
	}
	relationFinder, err := relations.NewFinder()
	if err != nil {
		return nil, err
	}
	return &Analyser{tagger: tagger, actors: actorFinder, relations: relationFinder}, nil
}

// Version names the analysis by its tagger.
func (a *Analyser) Version() string { return Version(a.tagger.Version()) }

// Analyse reads the document. The only error is that ctx ended.
func (a *Analyser) Analyse(ctx context.Context, doc *read.Document) (*Analysis, error) {
	r := &Analysis{Text: text.Parse(doc.Text, skippedSpans(doc))}
	about := actors.Meta{Title: doc.Title, Outlet: doc.Outlet}
	r.Cast = a.actors.Find(r.Text, about)
	r.Citations = citations.Find(r.Text, a.kind, links(doc)...)
	found, err := a.tagger.Tag(ctx, r.Text, attributions.Hidden(r.Text, r.Cast, r.Citations))
	if err != nil {
		return nil, err
	}
	about.Names, about.Speakers = found.Names, speakers(found.Triples)
	r.Cast = a.actors.Find(r.Text, about)
	r.Publisher = publisher(r.Cast, doc.Outlet)
	r.Cited = cited(r.Text, r.Cast, r.Citations)
	r.Attributions = attributions.Find(r.Text, r.Cast, r.Citations, found)
	r.dropOwnCredits()
	r.Relations = a.relations.Find(r.Text, r.Cast, r.Attributions, relations.Publication{Time: doc.PublishedAt, Precision: doc.Precision})
	return r, nil
}

// speakers returns the spans of all sources.
func speakers(found []attributions.Triple) []text.Span {
	var all []text.Span
	for _, t := range found {
		all = append(all, t.Source...)
	}
	return all
}

func skippedSpans(doc *read.Document) []text.Span {
	spans := make([]text.Span, len(doc.Skipped))
	for i, s := range doc.Skipped {
		spans[i] = text.Span{Start: s.Start, End: s.End}
	}
	return spans
}

// publisher returns the index of the outlet in the cast, which it joins if need be; -1 if it is unknown.
func publisher(cast *actors.Cast, outlet string) int {
	if outlet == "" {
		return -1
	}
	named := len(cast.Actors)
	if i := cast.Cite(outlet); i >= 0 && cast.Actors[i].Kind == graph.Outlet {
		return i
	}
	cast.Actors = cast.Actors[:named]          // less whom the outlet's name only holds
	name := strings.TrimPrefix(outlet, "The ") // Texts that cite it write it with and without.
	cast.Actors = append(cast.Actors, actors.Actor{Name: name, Kind: graph.Outlet, Owner: -1})
	return len(cast.Actors) - 1
}

// kind tells what kind of actor a name as a whole means, "" if nobody known.
func (a *Analyser) kind(name string) graph.ActorKind {
	cast := a.actors.Find(text.Parse(name, nil), actors.Meta{})
	for _, m := range cast.Mentions {
		if m.Start == 0 && m.End == len(name) && m.Form == actors.Name {
			return cast.Actors[m.Actor].Kind
		}
	}
	return ""
}

// cited returns whom the sources of the citations name.
func cited(t *text.Text, cast *actors.Cast, list []citations.Citation) [][]int {
	all := make([][]int, len(list))
	for i, c := range list {
		for _, source := range c.Sources {
			all[i] = append(all[i], cast.Cite(t.Slice(source.Name)))
		}
	}
	return all
}

// dropOwnCredits drops credits to the article's own outlet, as in the dateline "KABUL (Lowland Wire) –" of the Lowland Wire,
// and the citations that consist of them. They stand in the text as others do, but are nobody else's word.
func (r *Analysis) dropOwnCredits() {
	kept := make([]int, len(r.Citations)) // by citation, its index among those that stay, or -1
	n := 0
	for i, c := range r.Citations {
		kept[i] = -1
		var sources []citations.Source
		var cited []int
		for k, s := range c.Sources {
			if own := r.Publisher >= 0 && r.Cited[i][k] == r.Publisher && s.Granularity == graph.OneOrganisation && s.Date.Len() == 0; !own {
				sources, cited = append(sources, s), append(cited, r.Cited[i][k])
			}
		}
		if c.Sources = sources; len(sources) > 0 {
			r.Citations[n], r.Cited[n], kept[i] = c, cited, n
			n++
		}
	}
	r.Citations, r.Cited = r.Citations[:n], r.Cited[:n]
	for i := range r.Attributions {
		a := &r.Attributions[i]
		var cites []int
		for _, c := range a.Citations {
			if kept[c] >= 0 {
				cites = append(cites, kept[c])
			}
		}
		a.Citations = cites
	}
}

// links returns the article's hyperlinks as citations know them.
func links(doc *read.Document) []citations.Link {
	out := make([]citations.Link, len(doc.Links))
	for i, l := range doc.Links {
		out[i] = citations.Link{Span: text.Span{Start: l.Start, End: l.End}, URL: l.URL}
	}
	return out
}
