package link

import (
	"slices"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

const (
	shingleWords   = 4   // a shingle is a run of so many words
	fewShingles    = 20  // a text of fewer cannot be told to be a copy
	leastCopied    = 0.8 // of the smaller text's shingles, for it to be a copy
	leastRewritten = 0.2 // of the shingles, or two words of the title: a credited text is about the same
	leastScope     = 0.5 // of the words of a title, in the sentences that a citation stands for
	reportedWithin = 3 * 24 * time.Hour
)

// A Document is a document to be compared: what ReadDocument took from its part of the graph.
type Document struct {
	ID         graph.ID
	url        string
	title      []string // stems, each once
	titleWords string   // folded, with spaces around each
	published  time.Time
	toDay      bool // the day of published is known
	outlet     graph.ID
	outletAs   []string // the outlet's names, folded, with spaces around each word
	hyperlinks []string
	reported   []graph.ID // outlets that say something in it
	outlets    []graph.ID // outlets that it speaks of in any way, the reported ones too
	edges      string     // byline, first lines and last line, folded, with spaces around each word
	shingles   []uint64   // sorted, each once
	citations  []citation
}

// Shingles returns how many different shingles the document has, which its size in memory follows.
func (d *Document) Shingles() int { return len(d.shingles) }

type citation struct {
	id     graph.ID
	raw    string
	url    string // where it can be read, "" if the article does not lead there
	names  []graph.ID
	dates  map[dateUnit]string
	scope  []string // stems of the sentences that it stands for
	folded string   // raw, with spaces around each word
}

// Documents compares two documents, and returns the links between them and their citations: COPY_OF from the later to
// the earlier, DERIVED_FROM from the one that credits, quotes, cites or leads to the other, and RESOLVES_TO from a
// citation to the document that it means. It is symmetric.
func Documents(a, b *Document) []graph.Edge {
	if a.ID == b.ID {
		return nil
	}
	if before(a, b) {
		a, b = b, a
	}
	shared := containment(a.shingles, b.shingles)
	var links []graph.Edge
	if min(len(a.shingles), len(b.shingles)) >= fewShingles && shared >= leastCopied {
		links = append(links, edge(graph.EdgeCopyOf, a.ID, b.ID, graph.ByShingles, shared))
	}
	links = append(links, derived(a, b, shared)...)
	return append(links, derived(b, a, shared)...)
}

// before orders documents by time, then ID. One without a date comes last: it cannot be shown to be the original.
func before(a, b *Document) bool {
	if a.published.Equal(b.published) {
		return a.ID < b.ID
	}
	return b.published.IsZero() || !a.published.IsZero() && a.published.Before(b.published)
}

// containment returns what part of the smaller set the larger one holds.
func containment(a, b []uint64) float64 {
	common, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	if common == 0 {
		return 0
	}
	return float64(common) / float64(min(len(a), len(b)))
}

// derived returns the links that lead from a document because it refers to another one: those of its citations, and
// one for the document, by the best of reasons.
func derived(from, to *Document, shared float64) []graph.Edge {
	var links []graph.Edge
	method, score := from.refersTo(to, shared)
	for _, c := range from.citations {
		how, sure := c.resolves(to)
		if how == "" {
			continue
		}
		links = append(links, edge(graph.EdgeResolvesTo, c.id, to.ID, how, sure))
		if method == "" || method == graph.ByReport {
			method, score = graph.ByCitation, sure
		}
	}
	if method != "" {
		links = append(links, edge(graph.EdgeDerivedFrom, from.ID, to.ID, method, score))
	}
	return links
}

// refersTo says how a document refers to another one beside its citations, "" if it does not.
func (d *Document) refersTo(to *Document, shared float64) (method graph.LinkMethod, score float64) {
	if to.url != "" && slices.Contains(d.hyperlinks, to.url) {
		return graph.ByHyperlink, 1
	}
	if to.outlet == "" || to.outlet == d.outlet || !d.soonAfter(to) {
		return "", 0
	}
	alike := dice(d.title, to.title)
	if len(d.title)-len(without(d.title, to.title)) < 2 && shared < leastRewritten {
		return "", 0
	}
	switch {
	case slices.ContainsFunc(to.outletAs, func(name string) bool { return strings.Contains(d.edges, name) }):
		return graph.ByCredit, max(alike, shared)
	case slices.Contains(d.reported, to.outlet):
		return graph.ByReport, max(alike, shared)
	}
	return "", 0
}

// soonAfter reports whether a document came out on the days after another one, or on the same day.
func (d *Document) soonAfter(other *Document) bool {
	if !d.toDay || !other.toDay {
		return false
	}
	after := d.published.Truncate(24 * time.Hour).Sub(other.published.Truncate(24 * time.Hour))
	return after >= 0 && after <= reportedWithin
}

// resolves says how a citation means a document, "" if it does not.
func (c citation) resolves(to *Document) (method graph.LinkMethod, score float64) {
	switch {
	case to.url != "" && (c.url == to.url || strings.Contains(c.raw, to.url)):
		return graph.ByAddress, 1
	case len(to.title) >= fewItems && strings.Contains(c.folded, to.titleWords):
		return graph.ByTitle, 1
	case to.outlet == "" || !slices.Contains(c.names, to.outlet) || !to.toDay || !sameDay(c.dates, to.published):
		return "", 0
	}
	found := len(to.title) - len(without(to.title, c.scope))
	if share := float64(found) / float64(max(len(to.title), 1)); share >= leastScope {
		return graph.ByOutletDate, share
	}
	return "", 0
}

func sameDay(dates map[dateUnit]string, t time.Time) bool {
	return dates[day] != "" && dates[day] == t.Format("2") && dates[year] == t.Format("2006") &&
		dates[month] == strings.ToLower(t.Month().String())
}

func dice(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(len(a)-len(without(a, b))) / float64(len(a)+len(b))
}

// shinglesOf returns the hashes of the runs of words of a text, sorted, each once.
func shinglesOf(terms []string) []uint64 {
	words := make([]uint64, len(terms))
	for i, t := range terms {
		words[i] = hash(t)
	}
	var list []uint64
	for i := range max(0, len(words)-shingleWords+1) {
		sum := uint64(0)
		for _, w := range words[i : i+shingleWords] {
			sum = mix(sum ^ w)
		}
		list = append(list, sum)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
