package loader

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/link"
)

// mostUnderKey is how many nodes may share a key for each to be compared with each. What more claims share is a form of
// words, not a matter: such a key is passed over, since every pair under it would be compared, and most might be linked.
// Of more documents, only so many are compared with a new one, which is enough to tell that it is one more copy. So a
// document costs the same however large the graph is. Beyond that number, which pairs are linked depends on the order of
// loading.
const mostUnderKey = 32

// mostRemembered is how many nodes under common keys a finder remembers before it forgets them all and finds out anew, so
// that a job takes the same memory however many documents it loads.
const mostRemembered = 10_000

// A found node is one that is found under keys.
type found struct {
	id   graph.ID
	keys []string
	text string // the property that was asked for
}

// A finder finds nodes by keys. It serves one job, one group at a time, and remembers which keys are too common, and the
// documents that it has met lately, since those of one time are compared with each other.
type finder struct {
	ask          asker
	near         nearer
	common       map[string][]*found // some that are under them
	nodes        map[graph.ID]*found // all of these, each once
	most         int                 // the most keys that were known to be common
	documentsMet *lru.Cache[graph.ID, *link.Document]
}

// mostMet is how many documents a finder remembers, each of at most mostShingles.
const (
	mostMet      = 512
	mostShingles = 5000
)

func newFinder(ask asker, near nearer) *finder {
	met, _ := lru.New[graph.ID, *link.Document](mostMet) // an error is for sizes below 1
	return &finder{ask: ask, near: near, common: make(map[string][]*found), nodes: make(map[graph.ID]*found), documentsMet: met}
}

// remember keeps a document as it is in the graph, or is about to be.
func (f *finder) remember(doc *link.Document) {
	if doc.Shingles() <= mostShingles {
		f.documentsMet.Add(doc.ID, doc)
	} else {
		f.documentsMet.Remove(doc.ID)
	}
}

// find returns the nodes of the graph under any of the keys, each once. Of those under a common key it may leave some out.
func (f *finder) find(ctx context.Context, kind graph.NodeKind, prop string, keys []string) ([]*found, error) {
	if len(f.nodes) > mostRemembered {
		clear(f.common)
		clear(f.nodes)
	}
	var list []*found
	have := make(map[graph.ID]bool)
	add := func(n *found) {
		if !have[n.id] {
			have[n.id] = true
			list = append(list, n)
		}
	}
	slices.Sort(keys)
	keys = slices.DeleteFunc(slices.Compact(keys), func(k string) bool {
		some, common := f.common[k]
		for _, n := range some {
			add(n)
		}
		return common
	})
	for chunk := range slices.Chunk(keys, graph.MaxAnyTerms) {
		if err := f.page(ctx, kind, prop, chunk, add); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// page reads what is under the keys page by page, after each without the keys that turned out to be common.
func (f *finder) page(ctx context.Context, kind graph.NodeKind, prop string, keys []string, add func(*found)) error {
	under := make(map[string][]*found, len(keys))
	for _, k := range keys {
		under[k] = nil
	}
	s := graph.Select{Level: graph.Level{
		Kinds: []graph.NodeKind{kind}, First: graph.MaxFirst, Props: []string{"matchKeys", prop},
	}}
	for len(keys) > 0 {
		s.Where = graph.Match{Text: strings.Join(keys, " "), Any: true}
		rows, err := f.ask(ctx, s)
		if err != nil {
			return err
		}
		for _, row := range rows.Rows {
			n := &found{id: row.ID}
			n.keys, _ = row.Props[0].([]string)
			n.text, _ = row.Props[1].(string)
			for _, k := range n.keys {
				if some, sought := under[k]; sought {
					under[k] = append(some, n)
				}
			}
			add(n)
			s.After = row.Position()
		}
		if !rows.More {
			break
		}
		keys = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return len(under[k]) > mostUnderKey })
	}
	for k, some := range under {
		if len(some) > mostUnderKey {
			f.tooCommon(k, some[:mostUnderKey])
		}
	}
	return nil
}

// tooCommon remembers that a key is too common to be looked up again, and some that are under it.
func (f *finder) tooCommon(key string, some []*found) {
	f.common[key] = slices.Clone(some)
	for i, n := range some {
		if known := f.nodes[n.id]; known != nil {
			f.common[key][i] = known
		}
		f.nodes[n.id] = f.common[key][i]
	}
	f.most = max(f.most, len(f.common))
}

// isCommon reports whether a key has turned out to be too common.
func (f *finder) isCommon(key string) bool {
	_, ok := f.common[key]
	return ok
}

// report says what was not compared, if anything.
func (f *finder) report(ctx context.Context, log *slog.Logger) {
	if f.most > 0 {
		log.LogAttrs(ctx, slog.LevelInfo, "not all that is alike was compared: some wordings are too common",
			slog.Int("keys", f.most), slog.Int("most", mostUnderKey))
	}
}
