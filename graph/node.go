package graph

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"time"
)

// Props holds a node's or an edge's properties by name. A value is a string, an int64, a float64, a bool, a time.Time
// (UTC, whole milliseconds) or a []string (not empty), as the vocabulary says; an absent property has no entry.
type Props map[string]any

// A Node is one node as stores keep it.
type Node struct {
	ID    ID
	Kind  NodeKind
	Props Props
}

// An Edge joins two nodes. It has no identity beside its value: two edges of one kind with the same ends and the same
// properties are one edge.
type Edge struct {
	Kind     EdgeKind
	From, To ID
	Props    Props // nil if the kind has none
}

// Compare orders edges by From, Kind and To, parallel ones by one property after the other in the vocabulary's order. It is 0
// where they are one edge.
func (e Edge) Compare(other Edge) int {
	switch {
	case e.From != other.From:
		return cmp.Compare(e.From, other.From)
	case e.Kind != other.Kind:
		return cmp.Compare(e.Kind, other.Kind)
	case e.To != other.To:
		return cmp.Compare(e.To, other.To)
	}
	for _, p := range e.Kind.Info().Props {
		if c := Compare(e.Props[p.Name], other.Props[p.Name]); c != 0 {
			return c
		}
	}
	return 0
}

// SortNodes sorts nodes by ID.
func SortNodes(nodes []Node) {
	sortByID(nodes, func(n *Node) ID { return n.ID }, func(a, b *Node) int { return cmp.Compare(a.ID, b.ID) })
}

// SortEdges sorts edges as Edge.Compare orders them.
func SortEdges(edges []Edge) {
	sortByID(edges, func(e *Edge) ID { return e.From }, func(a, b *Edge) int { return a.Compare(*b) })
}

// sortByID sorts a list by IDs, and where these begin alike by all that compare looks at. Answers hold hundreds of both: to
// compare numbers and to move each item once takes a quarter of the time.
func sortByID[T any](list []T, id func(*T) ID, compare func(a, b *T) int) {
	type place struct {
		head uint64
		at   int
	}
	places := make([]place, len(list))
	for i := range list {
		var head [8]byte
		copy(head[:], id(&list[i]))
		places[i] = place{binary.BigEndian.Uint64(head[:]), i}
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return compare(&list[a.at], &list[b.at])
	})
	sorted := make([]T, len(list))
	for i, p := range places {
		sorted[i] = list[p.at]
	}
	copy(list, sorted)
}

// ID returns a name for the edge that derives from its value, for clients that need one.
func (e Edge) ID() string {
	key := []string{string(e.From), string(e.To)}
	for _, p := range e.Kind.Info().Props {
		if v, ok := e.Props[p.Name]; ok {
			key = append(key, p.Name, FormatValue(v))
		}
	}
	return "edge_" + digest(string(e.Kind), key)
}

// A Batch is all that one owner – a Document, an analyst's Assessment or Judgement, a Job – brings to the graph: itself, the
// nodes that it owns, what it says of shared nodes, and the edges between all these. An edge may also lead to a shared node or a
// document that an earlier batch brought.
type Batch struct {
	Owner ID
	Nodes []Node // the owner among them; at most one entry for each ID
	Edges []Edge

	// Links are edges of kinds that the vocabulary marks as such, between a node of the batch and any other, in either
	// direction. They belong to nobody: each follows from its two ends alone, whoever came first.
	Links []Edge

	// Meanings say where claims of the batch lie. They belong to nobody, as links do: each stays as long as its claim does,
	// until there is a newer one.
	Meanings []Meaning
}

// set keeps v under name unless it is the zero value of its type.
func (p Props) set(name string, v any) Props {
	switch v := v.(type) {
	case string:
		if v != "" {
			p[name] = v
		}
	case int:
		p[name] = int64(v)
	case time.Time:
		if !v.IsZero() {
			p[name] = v.UTC().Truncate(time.Millisecond)
		}
	case []string:
		if len(v) > 0 {
			p[name] = sortedSet(v)
		}
	default:
		p[name] = v
	}
	return p
}

// sortedSet returns the distinct strings of list in order.
func sortedSet(list []string) []string {
	set := slices.Clone(list)
	slices.Sort(set)
	return slices.Compact(set)
}

// caption makes one short line of s.
func caption(s string) string { return clip(strings.Join(strings.Fields(s), " "), captionRunes) }

// captionRunes is the longest a caption may be, in code points.
const captionRunes = 80
