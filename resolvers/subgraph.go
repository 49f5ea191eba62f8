package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

// pathsFirst is the most that paths answers, as the schema says.
const pathsFirst = 10

// kind is a node's kind by the schema's name.
func kind(*compiler, *level, graphql.CollectedField) (writer, error) {
	return func(b []byte, r *graph.Row) ([]byte, error) { return appendString(b, kindName(r.Kind)), nil }, nil
}

// label is what a node is more exactly, as its labels in Neo4j say.
func label(_ *compiler, l *level, _ graphql.CollectedField) (writer, error) {
	places := make(map[graph.NodeKind]int)
	for _, kind := range l.Kinds {
		if by := kind.Info().LabelBy; by != "" {
			places[kind], _ = l.prop(by)
		}
	}
	return func(b []byte, r *graph.Row) ([]byte, error) {
		name := string(r.Kind)
		if i, ok := places[r.Kind]; ok {
			if value, ok := r.Props[i].(string); ok {
				name = r.Kind.Info().Labels[value]
			}
		}
		return appendString(b, name), nil
	}, nil
}

// neighbourCounts is how many edges some nodes have, of each kind.
func neighbourCounts(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	asked, err := ids(f.ArgumentMap(c.op.Variables)["ids"])
	if err != nil {
		return nil, err
	}
	if asked = distinct(asked); len(asked) > maxFirst {
		return nil, invalid("%d IDs are asked for at once; at most %d are allowed", len(asked), maxFirst)
	}
	w, err := neighboursShape.list(c, f)
	if err != nil {
		return nil, err
	}
	degrees, err := g.Degrees(ctx, asked)
	if err != nil {
		return nil, err
	}
	all := make([]neighbours, len(asked))
	for i, id := range asked {
		all[i] = neighbours{id, degrees[id]}
	}
	return w(c.answer, &all)
}

// neighbours are those of one node.
type neighbours struct {
	id     graph.ID
	counts []graph.Degree
}

var neighboursShape = shape[neighbours]{
	"id":     word(func(n *neighbours) graph.ID { return n.id }),
	"counts": parts(degreeShape, func(n *neighbours) []graph.Degree { return n.counts }),
}

// subgraph is the neighbourhood of some nodes.
func subgraph(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	given := f.ArgumentMap(c.op.Variables)
	seeds, err := ids(given["seeds"])
	if err != nil {
		return nil, err
	}
	var o graph.NeighbourhoodOptions
	if o.Depth, err = number(given, "depth", 1); err != nil {
		return nil, err
	}
	if o.Nodes, err = number(given, "maxNodes", 300); err != nil {
		return nil, err
	}
	filter, _ := given["filter"].(map[string]any)
	if o.Kinds, err = nodeKinds(filter["kinds"]); err != nil {
		return nil, err
	}
	o.Using = edgeKinds(filter["using"])
	d, err := c.draw(f)
	if err != nil {
		return nil, err
	}
	o.Props, o.BareEdges = d.level.Props, !d.edgeProps
	t, err := times(given)
	if err != nil {
		return nil, err
	}
	s, err := g.NeighbourhoodAt(ctx, distinct(seeds), o, t)
	if err != nil {
		return nil, err
	}
	all := []drawn{{Subgraph: s}}
	if err := d.prepare(ctx, g, all); err != nil {
		return nil, err
	}
	return d.write(c.answer, &all[0])
}

// paths are the shortest ways from one node to another.
func paths(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	given := f.ArgumentMap(c.op.Variables)
	ends, err := ids([]any{given["from"], given["to"]})
	if err != nil {
		return nil, err
	}
	o := graph.PathOptions{First: pathsFirst, Using: edgeKinds(given["using"])}
	if o.MaxLength, err = number(given, "maxLength", 4); err != nil {
		return nil, err
	}
	d, err := c.draw(f)
	if err != nil {
		return nil, err
	}
	o.Props = d.level.Props
	found, err := g.Paths(ctx, ends[0], ends[1], o)
	if err != nil {
		return nil, err
	}
	all := make([]drawn, len(found))
	for i := range found {
		all[i].Subgraph = found[i]
	}
	if err := d.prepare(ctx, g, all); err != nil {
		return nil, err
	}
	return array(c.answer, all, d.write)
}

// A drawing writes parts of the graph.
type drawing struct {
	*computed[drawn]
	level     *level // of the nodes
	edgeProps bool   // are needed
	receipts  bool   // are wanted of the edges
}

// A drawn part of the graph has its nodes as rows.
type drawn struct {
	graph.Subgraph
	rows  []graph.Row
	edges []drawnEdge
}

type drawnEdge struct {
	graph.Edge
	receipts []graph.Receipt
}

// draw compiles a selection set on Graph. Its level says which properties of nodes it needs.
func (c *compiler) draw(f graphql.CollectedField) (*drawing, error) {
	d := &drawing{level: &level{Level: graph.Level{Kinds: shownKinds("GraphNode")}}}
	var err error
	d.computed, err = compute(c, d.shape().compile, f)
	return d, err
}

func (d *drawing) shape() shape[drawn] {
	return shape[drawn]{
		"nodes": func(c *compiler, f graphql.CollectedField) (appender[drawn], error) {
			w, err := c.object(d.level, f.Definition.Type.Name(), f.Selections)
			return func(b []byte, s *drawn) ([]byte, error) { return array(b, s.rows, w) }, err
		},
		"edges":        parts(d.edgeShape(), func(s *drawn) []drawnEdge { return s.edges }),
		"truncated":    flag(func(s *drawn) bool { return s.Truncated }),
		"omitted":      count(func(s *drawn) int { return s.Omitted }),
		"total":        count(func(s *drawn) int { return len(s.Nodes) + s.Omitted }),
		"edgesOmitted": count(func(s *drawn) int { return s.EdgesOmitted }),
		"rankedBy":     word(func(*drawn) string { return "DISTANCE" }),
	}
}

func (d *drawing) edgeShape() shape[drawnEdge] {
	return shape[drawnEdge]{
		"id": func(c *compiler, f graphql.CollectedField) (appender[drawnEdge], error) {
			d.edgeProps = true
			return word(func(e *drawnEdge) string { return e.ID() })(c, f)
		},
		"kind":    word(func(e *drawnEdge) graph.EdgeKind { return e.Kind }),
		"from":    word(func(e *drawnEdge) graph.ID { return e.From }),
		"to":      word(func(e *drawnEdge) graph.ID { return e.To }),
		"derived": flag(func(e *drawnEdge) bool { return e.Edge.Kind.Info().Derived }),
		"receipts": func(c *compiler, f graphql.CollectedField) (appender[drawnEdge], error) {
			d.edgeProps, d.receipts = true, true
			return parts(receiptShape, func(e *drawnEdge) []graph.Receipt { return e.receipts })(c, f)
		},
	}
}

// prepare brings what the drawing shows beside the nodes and edges themselves.
func (d *drawing) prepare(ctx context.Context, g *graph.Graph, all []drawn) error {
	var rows []graph.Rows
	var rests []graph.ID
	var list []*drawn
	for i := range all {
		s := &all[i]
		s.rows = rowsOf(s.Nodes, d.level.Props)
		s.edges = make([]drawnEdge, len(s.Edges))
		for j, e := range s.Edges {
			s.edges[j].Edge = e
			if d.receipts {
				rests = append(rests, e.Rests()...)
			}
		}
		rows, list = append(rows, graph.Rows{Rows: s.rows}), append(list, s)
	}
	if d.receipts {
		found, err := g.Receipts(ctx, rests)
		if err != nil {
			return err
		}
		for _, s := range list {
			for i := range s.edges {
				for _, id := range s.edges[i].Rests() {
					s.edges[i].receipts = append(s.edges[i].receipts, found[id]...)
				}
			}
		}
	}
	if err := d.level.complete(ctx, g, rows); err != nil {
		return err
	}
	return d.computed.prepare(ctx, g, list)
}

// rowsOf gives nodes the form of rows.
func rowsOf(nodes []graph.Node, props []string) []graph.Row {
	rows := make([]graph.Row, len(nodes))
	for i, n := range nodes {
		values := make([]any, len(props))
		for j, name := range props {
			values[j] = n.Props[name]
		}
		rows[i] = graph.Row{ID: n.ID, Kind: n.Kind, Props: values}
	}
	return rows
}

// stats is how much the graph holds.
func stats(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	w, err := statsShape.compile(c, f)
	if err != nil {
		return nil, err
	}
	s, err := g.Stats(ctx)
	if err != nil {
		return nil, err
	}
	return w(c.answer, &s)
}

var statsShape = shape[graph.Stats]{
	"documents": count(func(s *graph.Stats) int { return s.Documents }),
	"nodes":     count(func(s *graph.Stats) int { return s.Nodes }),
	"edges":     count(func(s *graph.Stats) int { return s.Edges }),
	"byKind":    parts(kindCountShape, kindCounts),
}

// A kindCount is how many nodes there are of a kind.
type kindCount struct {
	kind  graph.NodeKind
	count int
}

var kindCountShape = shape[kindCount]{
	"kind":  word(func(k *kindCount) string { return kindName(k.kind) }),
	"count": count(func(k *kindCount) int { return k.count }),
}

func kindCounts(s *graph.Stats) []kindCount {
	var counts []kindCount
	for _, n := range graph.Nodes {
		if count := s.ByKind[n.Kind]; count > 0 {
			counts = append(counts, kindCount{n.Kind, count})
		}
	}
	return counts
}
