package link

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// Two documents are worth comparing if one seeks what the other is found under. That is symmetric: then the other also
// seeks what the one is found under. The prefix of a key says what it is worth.
//
// Copies are found by a sample of their shingles, those whose hashes are below a bound: of a text that another one
// contains, the sample is in the other's sample, too, however much longer that is (Broder, On the resemblance and
// containment of documents, 1997).
const (
	sampleKey = "zs" // a shingle of the sample
	storyKey  = "zt" // two words of the title, and about when: the same story, if the one speaks of the other's outlet
	outletKey = "zo" // by whom it is, or of whom it speaks; too many are, so that nobody is found under it
	firmKey   = "zq" // where it is, or what it leads to or cites: enough by itself

	sampleOneIn  = 16
	mostSampled  = 128
	sampleShared = 0.25 // of the smaller sample: below it, only a paragraph about the publisher is the same
	titleWords   = 8    // the longest of a title, which say most about a story
)

// sample returns the sample of the shingles, as keys.
func (d *Document) sample() []string {
	var keys []string
	for i, s := range d.shingles {
		if s > math.MaxUint64/sampleOneIn || i == mostSampled {
			break
		}
		keys = append(keys, word(sampleKey, s))
	}
	return keys
}

// Keys returns what the document is found under, sorted.
func (d *Document) Keys() []string {
	keys := append(d.sample(), d.outletKeys("by", "of")...)
	if d.url != "" {
		keys = append(keys, key(firmKey, "is", d.url))
	}
	for _, u := range d.hyperlinks {
		keys = append(keys, key(firmKey, "to", u))
	}
	if d.toDay {
		keys = append(keys, d.story(d.period())...)
		if d.outlet != "" {
			keys = append(keys, key(firmKey, "by", string(d.outlet), dayOf(d.published)))
		}
	}
	return distinct(append(keys, d.cited("cites")...))
}

// seeks returns the keys of the documents that it is to be compared with.
func (d *Document) seeks() []string {
	keys := append(d.sample(), d.outletKeys("of", "by")...)
	if d.url != "" {
		keys = append(keys, key(firmKey, "to", d.url))
	}
	for _, u := range d.hyperlinks {
		keys = append(keys, key(firmKey, "is", u))
	}
	if d.toDay {
		for period := d.period() - 1; period <= d.period()+1; period++ {
			keys = append(keys, d.story(period)...)
		}
		if d.outlet != "" {
			keys = append(keys, key(firmKey, "cites", string(d.outlet), dayOf(d.published)))
		}
	}
	return distinct(append(keys, d.cited("by")...))
}

// outletKeys returns the keys of the document's own outlet and of those that it speaks of.
func (d *Document) outletKeys(own, others string) []string {
	var keys []string
	if d.outlet != "" {
		keys = append(keys, key(outletKey, own, string(d.outlet)))
	}
	for _, outlet := range d.outlets {
		keys = append(keys, key(outletKey, others, string(outlet)))
	}
	return keys
}

// period numbers the spans of time that are as long as one article may report what another one said.
func (d *Document) period() int64 {
	return d.published.Unix() / int64((reportedWithin + 24*time.Hour).Seconds())
}

// story returns a key for every two of the longest words of the title, in that period.
func (d *Document) story(period int64) []string {
	words := slices.Clone(d.title)
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	words = sorted(words[:min(len(words), titleWords)])
	var keys []string
	for i, a := range words {
		for _, b := range words[i+1:] {
			keys = append(keys, key(storyKey, strconv.FormatInt(period, 10), a, b))
		}
	}
	return keys
}

// cited returns the keys of that relation to the outlets and days that the document cites.
func (d *Document) cited(relation string) []string {
	var keys []string
	for _, c := range d.citations {
		if date := c.day(); date != "" {
			for _, name := range c.names {
				keys = append(keys, key(firmKey, relation, string(name), date))
			}
		}
	}
	return keys
}

// A Search is how a document seeks those that it is worth comparing with.
type Search struct {
	seeks   map[string]bool
	sampled int
}

// Search returns how the document seeks others.
func (d *Document) Search() Search {
	s := Search{seeks: make(map[string]bool)}
	for _, k := range d.seeks() {
		s.seeks[k] = true
		if strings.HasPrefix(k, sampleKey) {
			s.sampled++
		}
	}
	return s
}

// Keys returns the keys to look up, sorted.
func (s Search) Keys() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s.seeks)), func(k string) bool { return strings.HasPrefix(k, outletKey) })
}

// Worth says how much is to be expected of comparing with a document that is found under those keys; 0 is not worth it.
func (s Search) Worth(keys []string) int {
	var theirs, shared int // of the samples
	var sameFirm, sameStory, sameOutlet bool
	for _, k := range keys {
		sought := s.seeks[k]
		switch k[:min(len(k), len(sampleKey))] {
		case sampleKey:
			theirs++
			if sought {
				shared++
			}
		case firmKey:
			sameFirm = sameFirm || sought
		case storyKey:
			sameStory = sameStory || sought
		case outletKey:
			sameOutlet = sameOutlet || sought
		}
	}
	switch {
	case sameFirm:
		return mostSampled + 1 + shared
	case shared > 0 && float64(shared) >= sampleShared*float64(min(s.sampled, theirs)):
		return 1 + shared
	case sameOutlet && (shared > 0 || sameStory):
		return 1 + shared
	}
	return 0
}

func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// day returns the day that a citation names, "" if it names none.
func (c citation) day() string {
	t, err := time.Parse("2 January 2006", c.dates[day]+" "+c.dates[month]+" "+c.dates[year])
	if err != nil {
		return ""
	}
	return dayOf(t)
}

// ReadDocument returns a document from its part of the graph: itself with its outlet, its skipped passages, the sources
// of its attributions, its mentions of outlets, and its citations with what they name and stand for. More does no harm.
func ReadDocument(id graph.ID, nodes []graph.Node, edges []graph.Edge) *Document {
	r := part{props: make(map[graph.ID]graph.Props, len(nodes)), ends: make(map[hold][]graph.ID)}
	for _, n := range nodes {
		r.props[n.ID] = n.Props
	}
	for _, e := range edges {
		switch e.Kind {
		case graph.EdgePublishedBy, graph.EdgeSource, graph.EdgeRefersTo, graph.EdgeNames, graph.EdgeScope:
			from := hold{e.From, e.Kind}
			r.ends[from] = append(r.ends[from], e.To)
		default:
		}
	}
	props := r.props[id]
	d := &Document{ID: id}
	d.url = r.text(id, "url")
	d.title = meant(r.text(id, "title"))
	d.titleWords = spaced(r.text(id, "title"))
	d.published, _ = props["publishedAt"].(time.Time)
	switch graph.Precision(r.text(id, "publishedPrecision")) {
	case graph.ToDay, graph.ToMinute:
		d.toDay = !d.published.IsZero()
	case graph.ToYear, graph.ToMonth:
	}
	d.hyperlinks, _ = props["hyperlinks"].([]string)
	for _, outlet := range r.follow(id, graph.EdgePublishedBy) {
		d.outlet = outlet
		aliases, _ := r.props[outlet]["aliases"].([]string)
		for _, name := range append(aliases[:len(aliases):len(aliases)], r.text(outlet, "name")) {
			d.outletAs = append(d.outletAs, spaced(name))
		}
	}
	r.readText(d, nodes)
	r.readOutlets(d, nodes)
	r.readCitations(d, nodes)
	return d
}

// A part is a part of the graph: the nodes' properties, and where the edges lead that a document is read from.
type part struct {
	props map[graph.ID]graph.Props
	ends  map[hold][]graph.ID
}

// A hold is where edges of a kind begin.
type hold struct {
	from graph.ID
	kind graph.EdgeKind
}

func (p part) text(id graph.ID, prop string) string {
	s, _ := p.props[id][prop].(string)
	return s
}

func (p part) follow(id graph.ID, kind graph.EdgeKind) []graph.ID { return p.ends[hold{id, kind}] }

// edgeRunes is how much of the text's beginning and end may credit somebody.
const edgeRunes = 160

// readText takes the shingles and the edges of the text, without what is page furniture.
func (p part) readText(d *Document, nodes []graph.Node) {
	runes := []rune(p.text(d.ID, "text"))
	for _, n := range nodes {
		start, okStart := n.Props["start"].(int64)
		end, okEnd := n.Props["end"].(int64)
		if n.Kind != graph.KindPassage || p.text(n.ID, "role") != string(graph.SkippedRole) || !okStart || !okEnd {
			continue
		}
		for i := max(start, 0); i < end && i < int64(len(runes)); i++ {
			runes[i] = ' '
		}
	}
	article := strings.TrimSpace(string(runes))
	d.shingles = shinglesOf(graph.Terms(article))
	runes = []rune(article)
	d.edges = spaced(p.text(d.ID, "author")) + spaced(string(runes[:min(len(runes), edgeRunes)])) +
		spaced(string(runes[max(0, len(runes)-edgeRunes):]))
}

// readOutlets takes the outlets that the document speaks of, and those that speak in it.
func (p part) readOutlets(d *Document, nodes []graph.Node) {
	add := func(list []graph.ID, ids []graph.ID) []graph.ID {
		for _, id := range ids {
			if id != d.outlet && p.text(id, "kind") == string(graph.Outlet) {
				list = append(list, id)
			}
		}
		return list
	}
	for _, n := range nodes {
		switch n.Kind {
		case graph.KindAttribution:
			d.reported = add(d.reported, p.follow(n.ID, graph.EdgeSource))
		case graph.KindMention:
			d.outlets = add(d.outlets, p.follow(n.ID, graph.EdgeRefersTo))
		case graph.KindCitation:
			d.outlets = add(d.outlets, p.follow(n.ID, graph.EdgeNames))
		default:
		}
	}
	d.reported = distinct(d.reported)
	d.outlets = distinct(append(d.outlets, d.reported...))
}

func (p part) readCitations(d *Document, nodes []graph.Node) {
	for _, n := range nodes {
		if n.Kind != graph.KindCitation {
			continue
		}
		c := citation{id: n.ID, raw: p.text(n.ID, "raw"), url: p.text(n.ID, "url"), names: p.follow(n.ID, graph.EdgeNames)}
		c.folded = spaced(c.raw)
		c.dates = parse(strings.TrimSpace(spaced(p.text(n.ID, "dateText")))).dates
		for _, passage := range p.follow(n.ID, graph.EdgeScope) {
			c.scope = append(c.scope, meant(p.text(passage, "exact"))...)
		}
		c.scope = distinct(c.scope)
		d.citations = append(d.citations, c)
	}
	slices.SortFunc(d.citations, func(a, b citation) int { return strings.Compare(string(a.id), string(b.id)) })
}

// meant returns the stems of what means something in a text, each once.
func meant(s string) []string { return distinct(parse(strings.Join(graph.Terms(s), " ")).content) }

// spaced returns the words of a text with a space around each.
func spaced(s string) string { return " " + strings.Join(graph.Terms(s), " ") + " " }
