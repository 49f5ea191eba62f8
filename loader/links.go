package loader

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/link"
)

// join fills the batches' links: between what they bring, and from it to what the graph has. Claims that the graph has
// already have their links.
func join(ctx context.Context, ask asker, batches []graph.Batch) error {
	l := linker{ask: ask, batches: batches, brings: make(map[graph.ID][]int), seen: make(map[[2]graph.ID]bool)}
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

// A linker links one group of batches.
type linker struct {
	ask     asker
	batches []graph.Batch
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

// A found claim is one with the keys that it is found under.
type foundClaim struct {
	link.Claim
	keys []string
}

func (l *linker) claims(ctx context.Context) error {
	group := make(map[graph.ID]foundClaim)
	for _, b := range l.batches {
		for _, n := range b.Nodes {
			if keys := keysOf(n.Props); n.Kind == graph.KindClaim && len(keys) > 0 {
				words, _ := n.Props["words"].(string)
				group[n.ID] = foundClaim{link.NewClaim(n.ID, words), keys}
			}
		}
	}
	fresh, err := l.unknown(ctx, group)
	if err != nil {
		return err
	}
	byKey := make(map[string][]foundClaim)
	var seeks []string
	for _, id := range sortedIDs(group) {
		for _, k := range group[id].keys {
			byKey[k] = append(byKey[k], group[id])
		}
	}
	for _, c := range fresh {
		seeks = append(seeks, c.keys...)
	}
	err = l.search(ctx, graph.KindClaim, seeks, "words", func(id graph.ID, keys []string, words string) {
		if _, ok := group[id]; ok {
			return
		}
		c := foundClaim{link.NewClaim(id, words), keys}
		for _, k := range keys {
			byKey[k] = append(byKey[k], c)
		}
	})
	if err != nil {
		return err
	}
	for _, c := range fresh {
		for _, k := range c.keys {
			for _, other := range byKey[k] {
				if !l.first(c.ID, other.ID) {
					continue
				}
				if e, ok := link.Claims(c.Claim, other.Claim); ok {
					l.add(e)
				}
			}
		}
	}
	return nil
}

// unknown returns the claims that the graph has not.
func (l *linker) unknown(ctx context.Context, group map[graph.ID]foundClaim) ([]foundClaim, error) {
	have := make(map[graph.ID]bool)
	ids := sortedIDs(group)
	for chunk := range slices.Chunk(ids, graph.MaxFirst) {
		rows, err := l.ask(ctx, graph.Select{IDs: chunk})
		if err != nil {
			return nil, err
		}
		for _, row := range rows.Rows {
			have[row.ID] = true
		}
	}
	var fresh []foundClaim
	for _, id := range ids {
		if !have[id] {
			fresh = append(fresh, group[id])
		}
	}
	return fresh, nil
}

// search finds the nodes under the keys, and a text of each.
func (l *linker) search(
	ctx context.Context, kind graph.NodeKind, keys []string, prop string, found func(graph.ID, []string, string),
) error {
	slices.Sort(keys)
	for chunk := range slices.Chunk(slices.Compact(keys), graph.MaxAnyTerms) {
		s := graph.Select{Level: graph.Level{
			Kinds: []graph.NodeKind{kind}, Where: graph.Match{Text: strings.Join(chunk, " "), Any: true},
			First: graph.MaxFirst, Props: []string{"matchKeys", prop},
		}}
		for more := true; more; {
			rows, err := l.ask(ctx, s)
			if err != nil {
				return err
			}
			for _, row := range rows.Rows {
				keys, _ := row.Props[0].([]string)
				text, _ := row.Props[1].(string)
				found(row.ID, keys, text)
				s.After = row.Position()
			}
			more = rows.More
		}
	}
	return nil
}

func (l *linker) documents(ctx context.Context) error {
	docs := make(map[graph.ID]*link.Document)
	keys := make(map[graph.ID][]string)
	for _, b := range l.batches {
		for _, n := range b.Nodes {
			if n.ID == b.Owner && n.Kind == graph.KindDocument {
				docs[n.ID], keys[n.ID] = link.ReadDocument(n.ID, b.Nodes, b.Edges), keysOf(n.Props)
			}
		}
	}
	group := sortedIDs(docs)
	partners := make(map[graph.ID][]graph.ID)
	var wanted []graph.ID
	for _, id := range group {
		for _, other := range group {
			if docs[id].Worthwhile(keys[other]) {
				partners[id] = append(partners[id], other)
			}
		}
		err := l.search(ctx, graph.KindDocument, docs[id].Seeks(), "caption", func(other graph.ID, keys []string, _ string) {
			if docs[other] == nil && docs[id].Worthwhile(keys) {
				partners[id] = append(partners[id], other)
				wanted = append(wanted, other)
			}
		})
		if err != nil {
			return err
		}
	}
	slices.Sort(wanted)
	if err := l.fetch(ctx, slices.Compact(wanted), docs); err != nil {
		return err
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

// fetchAtOnce is how many documents are read from the graph by one request.
const fetchAtOnce = 25

// fetch reads documents from the graph; one that is gone meanwhile stays absent.
func (l *linker) fetch(ctx context.Context, ids []graph.ID, docs map[graph.ID]*link.Document) error {
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
	level := graph.Level{
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
			parts(graph.KindCitation, graph.Level{Props: []string{"raw", "dateText"}, Follow: []graph.Follow{
				follow(graph.EdgeNames, false, actors),
				follow(graph.EdgeScope, false, graph.Level{Props: []string{"exact"}}),
			}}),
		},
	}
	for chunk := range slices.Chunk(ids, fetchAtOnce) {
		rows, err := l.ask(ctx, graph.Select{IDs: chunk, Level: level})
		if err != nil {
			return err
		}
		for _, row := range rows.Rows {
			var p part
			p.row(level, row)
			docs[row.ID] = link.ReadDocument(row.ID, p.nodes, p.edges)
		}
	}
	return nil
}

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
