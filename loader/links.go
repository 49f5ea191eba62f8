package loader

import (
	"context"
	"fmt"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/link"
)

// join fills the batches' links: between what they bring, and from it to what the graph has, or is about to have: the
// batches before. Claims that the graph has already have their links.
func join(ctx context.Context, f *finder, batches, before []graph.Batch) error {
	l := linker{finder: f, batches: batches, before: before, brings: make(map[graph.ID][]int), seen: make(map[[2]graph.ID]bool)}
	for i, b := range batches {
		for _, n := range b.Nodes {
			if n.Kind.Info().Shared || n.ID == b.Owner || n.Kind == graph.KindCitation {
				l.brings[n.ID] = append(l.brings[n.ID], i)
			}
		}
	}
	if err := l.claims(ctx); err != nil {
		return fmt.Errorf("link claims: %w", err)
	}
	if err := l.documents(ctx); err != nil {
		return fmt.Errorf("link documents: %w", err)
	}
	return nil
}

// An asker answers requests, as graph.Graph.Select does.
type asker func(context.Context, graph.Select) (graph.Rows, error)

// A nearer says what lies near, as graph.Graph.Nearest does.
type nearer func(context.Context, []graph.Vector, graph.NearestOptions) ([][]graph.Near, error)

// A linker links one group of batches.
type linker struct {
	*finder
	batches []graph.Batch
	before  []graph.Batch
	brings  map[graph.ID][]int // which batches bring a node that links may have as an end
	seen    map[[2]graph.ID]bool
}

// first reports whether a pair has not been compared yet.
func (l *linker) first(a, b graph.ID) bool {
	pair := [2]graph.ID{min(a, b), max(a, b)}
	if a == b || l.seen[pair] {
		return false
	}
	l.seen[pair] = true
	return true
}

// add gives a link to every batch that brings an end of it: each of them may be stored without the others.
func (l *linker) add(e graph.Edge) {
	to := slices.Concat(l.brings[e.From], l.brings[e.To])
	slices.Sort(to)
	for _, i := range slices.Compact(to) {
		l.batches[i].Links = append(l.batches[i].Links, e)
	}
}

// A sought claim is a claim, taken apart once it is compared.
type soughtClaim struct {
	found
	meaning *graph.Meaning // nil: where it lies is not known, or only to the graph
	parsed  *link.Claim
}

func (c *soughtClaim) claim() link.Claim {
	if c.parsed == nil {
		parsed := link.NewClaim(c.id, c.text)
		c.parsed = &parsed
	}
	return *c.parsed
}

func (l *linker) claims(ctx context.Context) error {
	group, before := claimsOf(l.batches), claimsOf(l.before)
	fresh, err := l.unknown(ctx, group, before)
	if err != nil {
		return err
	}
	under, err := l.claimsUnder(ctx, group, before, fresh)
	if err != nil {
		return err
	}
	near, err := l.claimsNear(ctx, group, before)
	if err != nil {
		return err
	}
	for id, others := range near {
		for other, closeness := range others {
			l.compare(group[id], other, closeness)
		}
	}
	for _, c := range fresh {
		for _, k := range c.keys {
			if l.isCommon(k) {
				continue
			}
			for _, other := range under[k] {
				l.compare(c, other, 0)
			}
		}
	}
	return nil
}

// claimsOf returns the claims that batches bring and that can be found by their keys.
func claimsOf(batches []graph.Batch) map[graph.ID]*soughtClaim {
	claims := make(map[graph.ID]*soughtClaim)
	for _, b := range batches {
		for _, n := range b.Nodes {
			if keys := keysOf(n.Props); n.Kind == graph.KindClaim && len(keys) > 0 {
				words, _ := n.Props["words"].(string)
				claims[n.ID] = &soughtClaim{found: found{n.ID, keys, words}}
			}
		}
		for i, m := range b.Meanings {
			if c := claims[m.Claim]; c != nil {
				c.meaning = &b.Meanings[i]
			}
		}
	}
	return claims
}

// compare links two claims that lie so close in meaning, if they are to be, and have not been compared yet.
func (l *linker) compare(a, b *soughtClaim, closeness float64) {
	if !l.first(a.id, b.id) {
		return
	}
	if e, ok := link.Claims(a.claim(), b.claim(), closeness); ok {
		l.add(e)
	}
}

// claimsUnder returns the claims of the group, those before and those of the graph, by the keys of the fresh ones.
func (l *linker) claimsUnder(
	ctx context.Context, group, before map[graph.ID]*soughtClaim, fresh []*soughtClaim,
) (map[string][]*soughtClaim, error) {
	under := make(map[string][]*soughtClaim)
	var keys []string
	for _, c := range fresh {
		keys = append(keys, c.keys...)
	}
	list, err := l.find(ctx, graph.KindClaim, "words", keys)
	if err != nil {
		return nil, err
	}
	add := func(c *soughtClaim) {
		for _, k := range c.keys {
			under[k] = append(under[k], c)
		}
	}
	for _, id := range sortedIDs(group) {
		add(group[id])
	}
	for _, id := range sortedIDs(before) {
		if group[id] == nil {
			add(before[id])
		}
	}
	for _, n := range list {
		if group[n.id] == nil && before[n.id] == nil {
			add(&soughtClaim{found: *n})
		}
	}
	for k, some := range under {
		if len(some) > mostUnderKey {
			l.tooCommon(k, nil)
		}
	}
	return under, nil
}

// claimsNear returns the claims of the group, those before and those of the graph that lie close to each of the group's, with
// the cosine; also to those that the graph has, since it may not know yet where they lie. To more than mostUnderKey none is
// close: what so many say is a form of words.
func (l *linker) claimsNear(
	ctx context.Context, group, before map[graph.ID]*soughtClaim,
) (map[graph.ID]map[*soughtClaim]float64, error) {
	near := make(map[graph.ID]map[*soughtClaim]float64)
	var met []*soughtClaim // those before, then the group's
	for _, id := range sortedIDs(before) {
		if c := before[id]; c.meaning != nil && group[id] == nil {
			met = append(met, c)
		}
	}
	earlier := len(met)
	for _, id := range sortedIDs(group) {
		c := group[id]
		if c.meaning == nil {
			continue
		}
		near[c.id] = make(map[*soughtClaim]float64)
		for _, other := range met {
			cosine := c.meaning.Vector.Cosine(&other.meaning.Vector)
			if cosine < link.LeastClose {
				continue
			}
			near[c.id][other] = cosine
			if others := near[other.id]; others != nil {
				others[c] = cosine
			}
		}
		met = append(met, c)
	}
	known := func(id graph.ID) bool { return group[id] != nil || before[id] != nil }
	found := make(map[graph.ID]*soughtClaim) // in the graph
	for chunk := range slices.Chunk(met[earlier:], graph.MaxVectors) {
		if err := l.nearInGraph(ctx, chunk, known, found, near); err != nil {
			return nil, err
		}
	}
	for _, others := range near {
		if len(others) > mostUnderKey {
			clear(others)
		}
	}
	return near, l.readWords(ctx, found)
}

// nearInGraph adds what the graph has near the claims, beside those that are known. What it meets is yet without words.
func (l *linker) nearInGraph(
	ctx context.Context, asked []*soughtClaim, known func(graph.ID) bool,
	met map[graph.ID]*soughtClaim, near map[graph.ID]map[*soughtClaim]float64,
) error {
	vectors := make([]graph.Vector, len(asked))
	for i, c := range asked {
		vectors[i] = c.meaning.Vector
	}
	o := graph.NearestOptions{Model: asked[0].meaning.Model, First: mostUnderKey + 1, AtLeast: link.LeastClose}
	answers, err := l.near(ctx, vectors, o)
	if err != nil {
		return err
	}
	for i, c := range asked {
		for _, n := range answers[i] {
			if known(n.ID) {
				continue
			}
			if met[n.ID] == nil {
				met[n.ID] = &soughtClaim{found: found{id: n.ID}}
			}
			near[c.id][met[n.ID]] = n.Cosine
		}
	}
	return nil
}

// readWords reads the words of claims of the graph.
func (l *linker) readWords(ctx context.Context, met map[graph.ID]*soughtClaim) error {
	for chunk := range slices.Chunk(sortedIDs(met), graph.MaxFirst) {
		rows, err := l.ask(ctx, graph.Select{IDs: chunk, Level: graph.Level{Props: []string{"words"}}})
		if err != nil {
			return err
		}
		for _, row := range rows.Rows {
			met[row.ID].text, _ = row.Props[0].(string)
		}
	}
	return nil
}

// unknown returns the claims of the group that the graph has not, nor is about to have.
func (l *linker) unknown(ctx context.Context, group, before map[graph.ID]*soughtClaim) ([]*soughtClaim, error) {
	have := make(map[graph.ID]bool)
	ids := slices.DeleteFunc(sortedIDs(group), func(id graph.ID) bool { return before[id] != nil })
	for chunk := range slices.Chunk(ids, graph.MaxFirst) {
		rows, err := l.ask(ctx, graph.Select{IDs: chunk})
		if err != nil {
			return nil, err
		}
		for _, row := range rows.Rows {
			have[row.ID] = true
		}
	}
	var fresh []*soughtClaim
	for _, id := range ids {
		if !have[id] {
			fresh = append(fresh, group[id])
		}
	}
	return fresh, nil
}

// mostPartners is how many documents one is compared with: the most promising. As long as no more share a key, every
// pair is compared, so that the order of loading does not matter.
const mostPartners = mostUnderKey

// documents links the documents of the group.
func (l *linker) documents(ctx context.Context) error {
	docs := make(map[graph.ID]*link.Document)
	for _, b := range l.batches {
		if _, ok := documentOf(b); ok {
			docs[b.Owner] = link.ReadDocument(b.Owner, b.Nodes, b.Edges)
		}
	}
	group := sortedIDs(docs)
	partners, err := l.partners(ctx, group, docs)
	if err != nil {
		return err
	}
	var wanted []graph.ID
	for _, id := range group {
		for _, other := range partners[id] {
			if docs[other] == nil {
				wanted = append(wanted, other)
			}
		}
	}
	slices.Sort(wanted)
	if err := l.fetch(ctx, slices.Compact(wanted), docs); err != nil {
		return err
	}
	for _, doc := range docs {
		l.remember(doc)
	}
	for _, id := range group {
		for _, other := range partners[id] {
			if docs[other] == nil || !l.first(id, other) {
				continue
			}
			for _, e := range link.Documents(docs[id], docs[other]) {
				l.add(e)
			}
		}
	}
	return nil
}

// documentOf returns the document that a batch brings.
func documentOf(b graph.Batch) (graph.Node, bool) {
	for _, n := range b.Nodes {
		if n.ID == b.Owner {
			return n, n.Kind == graph.KindDocument
		}
	}
	return graph.Node{}, false
}

// partners returns with which documents each of the group is to be compared.
func (l *linker) partners(
	ctx context.Context, group []graph.ID, docs map[graph.ID]*link.Document,
) (map[graph.ID][]graph.ID, error) {
	searches := make(map[graph.ID]link.Search)
	var seeks []string
	for _, id := range group {
		searches[id] = docs[id].Search()
		seeks = append(seeks, searches[id].Keys()...)
	}
	list, err := l.find(ctx, graph.KindDocument, "caption", seeks)
	if err != nil {
		return nil, err
	}
	under := make(map[string][]*found)
	added := make(map[graph.ID]bool)
	add := func(n *found) {
		if added[n.id] {
			return
		}
		added[n.id] = true
		for _, k := range n.keys {
			under[k] = append(under[k], n)
		}
	}
	for _, batches := range [][]graph.Batch{l.batches, l.before} { // first, since they replace what the graph has of them
		for _, b := range batches {
			if n, ok := documentOf(b); ok {
				add(&found{id: n.ID, keys: keysOf(n.Props)})
			}
		}
	}
	for _, n := range list {
		add(n)
	}
	partners := make(map[graph.ID][]graph.ID)
	for _, id := range group {
		partners[id] = best(searches[id], under)
	}
	return partners, nil
}

// best returns the most promising of what a search finds.
func best(s link.Search, under map[string][]*found) []graph.ID {
	worth := make(map[graph.ID]int)
	for _, k := range s.Keys() {
		for _, n := range under[k] {
			if _, known := worth[n.id]; !known {
				worth[n.id] = s.Worth(n.keys)
			}
		}
	}
	ids := slices.DeleteFunc(sortedIDs(worth), func(id graph.ID) bool { return worth[id] == 0 })
	slices.SortStableFunc(ids, func(a, b graph.ID) int { return worth[b] - worth[a] })
	return ids[:min(len(ids), mostPartners)]
}

// fetch finds the documents: remembered, about to be stored, or in the graph. One that is gone meanwhile stays absent.
func (l *linker) fetch(ctx context.Context, ids []graph.ID, docs map[graph.ID]*link.Document) error {
	before := make(map[graph.ID]graph.Batch)
	for _, b := range l.before {
		before[b.Owner] = b
	}
	var unread []graph.ID
	for _, id := range ids {
		if doc, ok := l.documentsMet.Get(id); ok {
			docs[id] = doc
		} else if b, ok := before[id]; ok {
			docs[id] = link.ReadDocument(id, b.Nodes, b.Edges)
		} else {
			unread = append(unread, id)
		}
	}
	for chunk := range slices.Chunk(unread, fetchAtOnce) {
		rows, err := l.ask(ctx, graph.Select{IDs: chunk, Level: documentLevel})
		if err != nil {
			return err
		}
		for _, row := range rows.Rows {
			var p part
			p.row(documentLevel, row)
			docs[row.ID] = link.ReadDocument(row.ID, p.nodes, p.edges)
		}
	}
	return nil
}

// fetchAtOnce is how many documents are read from the graph by one request.
const fetchAtOnce = 25

// documentLevel asks for the part of the graph that a document is read from.
var documentLevel = func() graph.Level {
	outlet := graph.Where{Prop: "kind", Value: string(graph.Outlet)}
	follow := func(kind graph.EdgeKind, reverse bool, level graph.Level) graph.Follow {
		level.First = graph.MaxFirst
		return graph.Follow{Edge: kind, Reverse: reverse, Level: level}
	}
	parts := func(kind graph.NodeKind, level graph.Level) graph.Follow {
		level.Kinds = []graph.NodeKind{kind}
		return follow(graph.EdgeIn, true, level)
	}
	actors := graph.Level{Props: []string{"name", "aliases", "kind"}}
	outlets := actors
	outlets.Where = outlet
	return graph.Level{
		Props: []string{"url", "title", "author", "text", "publishedAt", "publishedPrecision", "hyperlinks"},
		Follow: []graph.Follow{
			follow(graph.EdgePublishedBy, false, actors),
			parts(graph.KindPassage, graph.Level{
				Where: graph.Where{Prop: "role", Value: string(graph.SkippedRole)}, Props: []string{"start", "end", "role"},
			}),
			parts(graph.KindAttribution, graph.Level{
				Where:  graph.Has{Edge: graph.EdgeSource, Where: outlet},
				Follow: []graph.Follow{follow(graph.EdgeSource, false, outlets)},
			}),
			parts(graph.KindMention, graph.Level{
				Where:  graph.Has{Edge: graph.EdgeRefersTo, Where: outlet},
				Follow: []graph.Follow{follow(graph.EdgeRefersTo, false, outlets)},
			}),
			parts(graph.KindCitation, graph.Level{Props: []string{"raw", "url", "dateText"}, Follow: []graph.Follow{
				follow(graph.EdgeNames, false, actors),
				follow(graph.EdgeScope, false, graph.Level{Props: []string{"exact"}}),
			}}),
		},
	}
}()

// A part is a part of the graph.
type part struct {
	nodes []graph.Node
	edges []graph.Edge
}

// row adds a row's node and what hangs on it.
func (p *part) row(level graph.Level, row graph.Row) {
	n := graph.Node{ID: row.ID, Kind: row.Kind, Props: make(graph.Props)}
	for i, v := range row.Props {
		if v != nil {
			n.Props[level.Props[i]] = v
		}
	}
	p.nodes = append(p.nodes, n)
	for i, rows := range row.Follow {
		f := level.Follow[i]
		for _, far := range rows.Rows {
			e := graph.Edge{Kind: f.Edge, From: row.ID, To: far.ID}
			if f.Reverse {
				e.From, e.To = e.To, e.From
			}
			p.edges = append(p.edges, e)
			p.row(f.Level, far)
		}
	}
}

func keysOf(p graph.Props) []string {
	keys, _ := p["matchKeys"].([]string)
	return keys
}

func sortedIDs[V any](m map[graph.ID]V) []graph.ID {
	ids := make([]graph.ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
