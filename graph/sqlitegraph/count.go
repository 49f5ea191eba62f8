package sqlitegraph

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Count groups the nodes of a kind.
func (s *Store) Count(
	ctx context.Context, kind graph.NodeKind, where graph.Filter, by []graph.Facet, most int,
) ([]graph.Bucket, error) {
	var buckets []graph.Bucket
	err := s.reading(ctx, func(r *reader) error {
		if len(by) == 0 {
			n, err := r.total(kind, where)
			buckets = []graph.Bucket{{Count: n}}
			return err
		}
		g, err := r.group(kind, where, by)
		if err != nil {
			return err
		}
		buckets, err = g.buckets(most)
		return err
	})
	return buckets, err
}

// group reads, node by node, a cell for every facet, and a row for each way to choose these. What follows from a cell is
// looked up once for the many nodes that share it: nothing is kept but the groups. Nodes come in the order of their keys, by
// which those of one document, and their edges, lie together.
func (r *reader) group(kind graph.NodeKind, where graph.Filter, by []graph.Facet) (*grouping, error) {
	n := subject{alias: "n", node: kind}
	g := &grouping{places: make(map[string]int)}
	b := &statement{all: true}
	b.add("SELECT n.key")
	var joins strings.Builder
	for _, f := range by {
		column, join, groups := b.facet(n, f)
		b.add(", " + column)
		joins.WriteString(join)
		g.facets = append(g.facets, groups)
	}
	b.add(" FROM ")
	rest, err := b.from(where, n)
	if err != nil {
		return nil, err
	}
	b.add(joins.String() + " WHERE ")
	if err := b.filter(rest, n); err != nil {
		return nil, err
	}
	b.add(" ORDER BY " + n.at())
	var key int64
	cells := make([]any, len(by))
	targets := []any{&key}
	for i := range cells {
		targets = append(targets, &cells[i])
	}
	err = r.each(func(scan func(...any) error) error {
		if err := scan(targets...); err != nil {
			return err
		}
		g.turnTo(key)
		for i, f := range g.facets {
			if err := f.meet(r, cells[i]); err != nil {
				return err
			}
		}
		return nil
	}, b.String(), b.args...)
	g.turnTo(0)
	return g, err
}

// A grouping counts nodes by their values, each of which has a number within its facet.
type grouping struct {
	facets []*groups
	node   int64          // the key of the node whose rows are being read; 0: none
	places map[string]int // in counts, by the number of a value of every facet, four bytes each
	counts []int
}

// turnTo goes on to another node, once all rows of the one before are read.
func (g *grouping) turnTo(node int64) {
	if node == g.node {
		return
	}
	if g.node != 0 {
		g.count(make([]byte, 0, 32), g.facets)
		for _, f := range g.facets {
			f.met = f.met[:0]
		}
	}
	g.node = node
}

// count counts the node in each of its groups, of which key holds what was chosen of the other facets.
func (g *grouping) count(key []byte, facets []*groups) {
	if len(facets) > 0 {
		for _, number := range facets[0].values() {
			g.count(binary.BigEndian.AppendUint32(key, number), facets[1:])
		}
		return
	}
	place, ok := g.places[string(key)]
	if !ok {
		place = len(g.counts)
		g.places[string(key)] = place
		g.counts = append(g.counts, 0)
	}
	g.counts[place]++
}

// buckets returns the largest groups.
func (g *grouping) buckets(most int) ([]graph.Bucket, error) {
	buckets := make([]graph.Bucket, 0, len(g.counts))
	for key, place := range g.places {
		bucket := graph.Bucket{Count: g.counts[place]}
		for i, f := range g.facets {
			v, err := value(f.holds, f.all[binary.BigEndian.Uint32([]byte(key[4*i:]))])
			if err != nil {
				return nil, err
			}
			bucket.Key = append(bucket.Key, v)
		}
		buckets = append(buckets, bucket)
	}
	slices.SortFunc(buckets, func(a, b graph.Bucket) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), slices.CompareFunc(a.Key, b.Key, graph.Compare))
	})
	return buckets[:min(len(buckets), most)], nil
}

// groups are the values of one facet, numbered as they are met.
type groups struct {
	holds   graph.Type
	same    map[string]string
	query   string // for the values that follow from a cell; "": it is the value
	all     []any  // by their numbers, as columns hold them
	numbers map[any]uint32
	known   map[any][]uint32 // by cells: what follows from the last ones
	met     []uint32         // the values of the node whose rows are being read, each once
}

// maxKnown is for how many cells it is kept what follows from them.
const maxKnown = 1 << 16

// meet adds the values that follow from a cell to those of the node.
func (g *groups) meet(r *reader, cell any) error {
	numbers, ok := g.known[cell]
	if !ok {
		var err error
		if numbers, err = g.follow(r, cell); err != nil {
			return err
		}
		if len(g.known) == maxKnown {
			clear(g.known)
		}
		g.known[cell] = numbers
	}
	for _, number := range numbers {
		if !slices.Contains(g.met, number) {
			g.met = append(g.met, number)
		}
	}
	return nil
}

func (g *groups) follow(r *reader, cell any) (numbers []uint32, err error) {
	if g.query == "" {
		return []uint32{g.number(cell)}, nil
	}
	err = r.each(func(scan func(...any) error) error {
		var v any
		err := scan(&v)
		numbers = append(numbers, g.number(v))
		return err
	}, g.query, cell)
	slices.Sort(numbers)
	return slices.Compact(numbers), err
}

// number returns the number of a value, or of that which it counts as.
func (g *groups) number(v any) uint32 {
	if text, ok := v.(string); ok && g.same[text] != "" {
		v = g.same[text]
	}
	number, ok := g.numbers[v]
	if !ok {
		number = uint32(len(g.all)) //nolint:gosec // there are not so many nodes
		g.numbers[v] = number
		g.all = append(g.all, v)
	}
	return number
}

// values returns the numbers of the node's values: that of an absent one, where no way leads to any.
func (g *groups) values() []uint32 {
	if len(g.met) == 0 {
		g.met = append(g.met, g.number(nil))
	}
	return g.met
}

// facet returns the column that a statement over nodes n reads for a facet, and the tables that it joins. The first edge is
// walked there, so that many nodes have the same cell: the node that it leads to.
func (b *statement) facet(n subject, f graph.Facet) (column, join string, g *groups) {
	g = &groups{same: f.Same, numbers: make(map[any]uint32), known: make(map[any][]uint32)}
	if len(f.Steps) == 0 {
		cell, p, _ := n.property(f.Prop)
		g.holds = p.Type
		if p.Type == graph.Strings {
			g.holds, g.query = graph.String, "SELECT list.value FROM (SELECT 1) LEFT JOIN json_each(?1) list"
		}
		return interval(cell, f.Interval), "", g
	}
	column, first := n.at(), f.Steps[0]
	kinds, steps := first.Edge.Info().Far(first.Reverse), f.Steps[1:]
	switch e := (subject{alias: b.alias("e"), edge: first.Edge}); {
	case first.Edge != graph.EdgeIn:
		w := e.walk(column, first.Reverse, subject{})
		column, join = w.key, " LEFT JOIN "+w.tables+" ON "+w.condition
	case first.Reverse: // to all that a document owns
		kinds, steps = []graph.NodeKind{n.node}, f.Steps
	default:
		column = homeOf(column)
	}
	g.query, g.holds = chain(kinds, steps, f)
	return column, join, g
}

// chain returns a query for the facet's values where steps lead from the node with the key ?1, which is of one of those kinds.
func chain(kinds []graph.NodeKind, steps []graph.Step, f graph.Facet) (query string, holds graph.Type) {
	at := "?1"
	var from strings.Builder
	for i, step := range steps {
		alias := "e" + strconv.Itoa(i)
		w := subject{alias: alias, edge: step.Edge}.walk(at, step.Reverse, subject{alias: alias})
		from.WriteString(" CROSS JOIN " + w.tables + " ON " + w.condition)
		at, kinds = w.key, step.Edge.Info().Far(step.Reverse)
	}
	var cells []string
	for _, k := range kinds {
		n := subject{alias: "n" + strconv.FormatInt(nodeCode(k), 10), node: k}
		cell, p, ok := n.property(f.Prop)
		if !ok {
			continue
		}
		holds = p.Type
		cells = append(cells, cell)
		from.WriteString(` LEFT JOIN "` + string(k) + `" ` + n.alias + " ON " + n.at() + " = " + at)
	}
	cell := cells[0]
	if len(cells) > 1 {
		cell = "coalesce(" + strings.Join(cells, ", ") + ")"
	}
	if holds == graph.Strings {
		from.WriteString(" LEFT JOIN json_each(" + cell + ") list")
		cell, holds = "list.value", graph.String
	}
	return "SELECT " + interval(cell, f.Interval) + " FROM (SELECT 1)" + from.String(), holds
}

// interval returns the SQL for the beginning of the interval that a time lies in.
func interval(cell string, i graph.Interval) string {
	const midnight = " || 'T00:00:00.000Z'"
	switch i {
	case graph.Day:
		return "substr(" + cell + ", 1, 10)" + midnight
	case graph.Week:
		return "date(" + cell + ", 'weekday 0', '-6 days')" + midnight
	case graph.Month:
		return "substr(" + cell + ", 1, 7) || '-01'" + midnight
	case graph.Year:
		return "substr(" + cell + ", 1, 4) || '-01-01'" + midnight
	default:
		return cell
	}
}
