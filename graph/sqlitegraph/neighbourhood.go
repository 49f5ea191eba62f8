package sqlitegraph

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

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
		layer := slices.Sorted(maps.Values(keys))
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
		return r.subgraph(&sub, kept, o)
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
func (r *reader) subgraph(sub *graph.Subgraph, kept map[int64]int, o graph.NeighbourhoodOptions) error {
	keys := slices.Collect(maps.Keys(kept))
	byKey, err := r.nodes(keys, o.Props)
	if err != nil {
		return err
	}
	slices.SortFunc(keys, func(a, b int64) int {
		return cmp.Or(cmp.Compare(kept[a], kept[b]), cmp.Compare(byKey[a].ID, byKey[b].ID))
	})
	seeds := 0
	for _, key := range keys {
		sub.Nodes = append(sub.Nodes, byKey[key])
		if kept[key] == 0 {
			seeds++
		}
	}
	b := edgeReader{reader: r, nodes: byKey, to: reach{using: o.Using, shortcuts: o.Shortcuts}, bare: o.BareEdges}
	if err := errors.Join(b.all(keys, " AND e.kind < "+strconv.Itoa(firstShortcut)), b.shortcuts(keys[:seeds], keys[seeds:])); err != nil {
		return err
	}
	graph.SortEdges(b.edges)
	sub.Edges, sub.EdgesOmitted = b.edges, b.omitted
	return nil
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

// An edgeReader reads edges of some kinds between some nodes.
type edgeReader struct {
	*reader
	nodes map[int64]graph.Node // by their keys
	to    reach
	bare  bool // without their properties
	edges []graph.Edge

	derived, omitted int // shortcuts among the edges, and left out
}

// all reads all edges between the nodes that fulfil a condition, with an AND before it; IN edges always do.
func (b *edgeReader) all(keys []int64, also string) error {
	list, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	var s statement
	s.add("SELECT e.src, e.kind, e.dst, e.props FROM json_each(?) j CROSS JOIN edge e ON e.src = j.value"+also+
		among("e.kind", b.to.using), string(list))
	if b.to.using == nil || slices.Contains(b.to.using, graph.EdgeIn) {
		for key, n := range b.nodes {
			if document, ok := b.nodes[home(key)]; ok && isOwned(n.Kind) {
				b.edges = append(b.edges, graph.Edge{Kind: graph.EdgeIn, From: n.ID, To: document.ID})
			}
		}
	}
	return b.read(&s, b.add)
}

// shortcuts reads as many shortcuts as are allowed, those that join a seed first, and counts as many as are to be counted.
func (b *edgeReader) shortcuts(seeds, others []int64) error {
	if b.to.using != nil && !slices.ContainsFunc(b.to.using, func(k graph.EdgeKind) bool { return k.Info().Derived }) {
		return nil
	}
	return errors.Join(b.join(seeds, false, seeds, others), b.join(seeds, true, others), b.join(others, false, others))
}

// join reads the shortcuts that lead from some nodes (or, in reverse, to them) to others.
func (b *edgeReader) join(from []int64, reverse bool, to ...[]int64) error {
	nearList, err1 := json.Marshal(from)
	farList, err2 := json.Marshal(slices.Concat(to...))
	near, far := ends(reverse)
	var s statement
	s.add("SELECT e.src, e.kind, e.dst, e.props FROM json_each(?) j CROSS JOIN edge e ON e."+near+" = j.value AND e.kind >= "+
		strconv.Itoa(firstShortcut)+among("e.kind", b.to.using)+" AND e."+far+" IN (SELECT value FROM json_each(?))",
		string(nearList), string(farList))
	if err := errors.Join(err1, err2, s.shortcut("e", b.to)); err != nil {
		return err
	}
	s.add(" LIMIT ?", graph.MaxShortcuts+graph.MaxOmitted-b.derived-b.omitted)
	return b.read(&s, func(e graph.Edge, props string) error {
		if b.derived == graph.MaxShortcuts {
			b.omitted++
			return nil
		}
		b.derived++
		return b.add(e, props)
	})
}

// read calls fn for each edge that leads to one of the nodes, with its properties as text.
func (b *edgeReader) read(s *statement, fn func(e graph.Edge, props string) error) error {
	return b.each(func(scan func(...any) error) error {
		var src, kind, dst int64
		var props string
		if err := scan(&src, &kind, &dst, &props); err != nil {
			return err
		}
		far, ok := b.nodes[dst]
		if !ok {
			return nil
		}
		return fn(graph.Edge{Kind: edgeKind(kind), From: b.nodes[src].ID, To: far.ID}, props)
	}, s.String(), s.args...)
}

func (b *edgeReader) add(e graph.Edge, props string) (err error) {
	if props != "" && !b.bare {
		if e.Props, err = decode(e.Kind.Info().Props, props); err != nil {
			return fmt.Errorf("edge %s from %s to %s: %w", e.Kind, e.From, e.To, err)
		}
	}
	b.edges = append(b.edges, e)
	return nil
}
