package sqlitegraph

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// Neighbourhood grows the seeds layer by layer, and reads no more of a layer than it can keep or count.
func (s *Store) Neighbourhood(ctx context.Context, seeds []graph.ID, o graph.NeighbourhoodOptions) (graph.Subgraph, error) {
	var sub graph.Subgraph
	err := s.reading(ctx, func(r *reader) error {
		keys, err := r.keys(seeds)
		if err != nil {
			return err
		}
		layer := slices.Collect(maps.Values(keys))
		kept := make(map[int64]int) // to distance
		for _, key := range layer {
			kept[key] = 0
		}
		for distance := 1; distance <= o.Depth && len(layer) > 0 && !sub.Truncated; distance++ {
			room := o.Nodes - len(kept)
			if layer, err = r.next(layer, kept, room+graph.MaxOmitted, o); err != nil {
				return err
			}
			if len(layer) > room {
				sub.Truncated, sub.Omitted = true, len(layer)-room
				layer = layer[:room]
			}
			for _, key := range layer {
				kept[key] = distance
			}
		}
		sub.Nodes, sub.Edges, err = r.subgraph(kept, o)
		return err
	})
	return sub, err
}

// next returns up to limit nodes one edge away from the layer that are not kept yet.
func (r *reader) next(layer []int64, kept map[int64]int, limit int, o graph.NeighbourhoodOptions) ([]int64, error) {
	to := reach{using: o.Using, kinds: o.Kinds, where: o.Where, shortcuts: o.Shortcuts}
	if to.kinds == nil {
		to.kinds = nodeCodes
	}
	found := make(map[int64]bool)
	// The nodes that are kept already are among those that the limit lets through.
	err := r.around(layer, to, limit+len(kept), func(p pace) {
		if _, ok := kept[p.to]; !ok {
			found[p.to] = true
		}
	})
	next := slices.Sorted(maps.Keys(found))
	return next[:min(len(next), limit)], err
}

// subgraph reads the nodes, nearer ones first, and the edges between them.
func (r *reader) subgraph(kept map[int64]int, o graph.NeighbourhoodOptions) ([]graph.Node, []graph.Edge, error) {
	keys := slices.Collect(maps.Keys(kept))
	byKey, err := r.nodes(keys, o.Props)
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(keys, func(a, b int64) int {
		return cmp.Or(cmp.Compare(kept[a], kept[b]), cmp.Compare(byKey[a].ID, byKey[b].ID))
	})
	var nodes []graph.Node
	for _, key := range keys {
		nodes = append(nodes, byKey[key])
	}
	edges, err := r.edges(keys, byKey, reach{using: o.Using, shortcuts: o.Shortcuts})
	return nodes, edges, err
}

// nodes reads nodes with those of the properties that they have.
func (r *reader) nodes(keys []int64, props []string) (map[int64]graph.Node, error) {
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]graph.Node, len(keys))
	for _, kind := range nodeCodes {
		if !slices.ContainsFunc(keys, func(key int64) bool { return kindOf(key) == kind }) {
			continue
		}
		var b statement
		level := graph.Level{Props: props}
		b.add("SELECT 0, n.key, n.id, ''")
		b.cells(subject{alias: "n", node: kind}, level)
		b.add(` FROM "`+string(kind)+`" n WHERE n.key IN (SELECT value FROM json_each(?))`, string(list))
		rows, err := r.collect(nil, &b, kind, graph.Follow{Level: level})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			n := graph.Node{ID: row.ID, Kind: kind, Props: graph.Props{}}
			for i, v := range row.Props {
				if v != nil {
					n.Props[props[i]] = v
				}
			}
			out[row.key] = n
		}
	}
	return out, nil
}

// edges reads the edges of those kinds between the nodes, by where they begin, their kind, where they end.
func (r *reader) edges(keys []int64, nodes map[int64]graph.Node, to reach) ([]graph.Edge, error) {
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	var b statement
	b.add("SELECT e.src, e.kind, e.dst, e.props FROM json_each(?) j CROSS JOIN edge e ON e.src = j.value"+
		among("e.kind", to.using), string(list))
	if err := b.shortcut("e", to); err != nil {
		return nil, err
	}
	var edges []graph.Edge
	err = r.each(func(scan func(...any) error) error {
		var src, kind, dst int64
		var text string
		if err := scan(&src, &kind, &dst, &text); err != nil {
			return err
		}
		far, ok := nodes[dst]
		if !ok {
			return nil
		}
		e := graph.Edge{Kind: edgeKind(kind), From: nodes[src].ID, To: far.ID}
		if text != "" {
			if e.Props, err = decode(e.Kind.Info().Props, text); err != nil {
				return fmt.Errorf("edge %s from %s to %s: %w", e.Kind, e.From, e.To, err)
			}
		}
		edges = append(edges, e)
		return nil
	}, b.String(), b.args...)
	if to.using == nil || slices.Contains(to.using, graph.EdgeIn) {
		for key, n := range nodes {
			if document, ok := nodes[home(key)]; ok && isOwned(n.Kind) {
				edges = append(edges, graph.Edge{Kind: graph.EdgeIn, From: n.ID, To: document.ID})
			}
		}
	}
	slices.SortFunc(edges, compareEdges)
	return edges, err
}

func compareEdges(a, b graph.Edge) int {
	c := cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.To, b.To))
	for _, p := range a.Kind.Info().Props {
		c = cmp.Or(c, graph.Compare(a.Props[p.Name], b.Props[p.Name]))
	}
	return c
}
