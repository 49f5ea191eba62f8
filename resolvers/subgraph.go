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
	w, l, err := c.subgraph(f)
	if err != nil {
		return nil, err
	}
	o.Props = l.Props
	s, err := g.Neighbourhood(ctx, distinct(seeds), o)
	if err != nil {
		return nil, err
	}
	return w(c.answer, &s)
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
	w, l, err := c.subgraph(f)
	if err != nil {
		return nil, err
	}
	o.Props = l.Props
	found, err := g.Paths(ctx, ends[0], ends[1], o)
	if err != nil {
		return nil, err
	}
	return array(c.answer, found, w)
}

// subgraph compiles a selection set on Graph. The level says which properties of nodes it needs.
func (c *compiler) subgraph(f graphql.CollectedField) (appender[graph.Subgraph], *level, error) {
	l := new(level)
	for _, n := range graph.Nodes {
		l.Kinds = append(l.Kinds, n.Kind)
	}
	w, err := object(c, f.Definition.Type.Name(), f.Selections, func(f graphql.CollectedField) (appender[graph.Subgraph], error) {
		switch f.Name {
		case "nodes":
			one, err := c.object(l, f.Definition.Type.Name(), f.Selections)
			return func(b []byte, s *graph.Subgraph) ([]byte, error) { return array(b, rowsOf(s.Nodes, l.Props), one) }, err
		case "edges":
			return c.graphEdges(f)
		case "truncated":
			return func(b []byte, s *graph.Subgraph) ([]byte, error) { return appendBool(b, s.Truncated), nil }, nil
		case "omitted":
			return func(b []byte, s *graph.Subgraph) ([]byte, error) { return appendInt(b, int64(s.Omitted)), nil }, nil
		}
		return nil, unknown(f)
	})
	return w, l, err
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

func (c *compiler) graphEdges(f graphql.CollectedField) (appender[graph.Subgraph], error) {
	w, err := object(c, f.Definition.Type.Name(), f.Selections, func(f graphql.CollectedField) (appender[graph.Edge], error) {
		text := func(read func(*graph.Edge) string) (appender[graph.Edge], error) {
			return func(b []byte, e *graph.Edge) ([]byte, error) { return appendString(b, read(e)), nil }, nil
		}
		switch f.Name {
		case "id":
			return text(func(e *graph.Edge) string { return e.ID() })
		case "kind":
			return text(func(e *graph.Edge) string { return string(e.Kind) })
		case "from":
			return text(func(e *graph.Edge) string { return string(e.From) })
		case "to":
			return text(func(e *graph.Edge) string { return string(e.To) })
		case "derived":
			return func(b []byte, e *graph.Edge) ([]byte, error) { return appendBool(b, e.Kind.Info().Derived), nil }, nil
		}
		return nil, unknown(f)
	})
	if err != nil {
		return nil, err
	}
	return func(b []byte, s *graph.Subgraph) ([]byte, error) { return array(b, s.Edges, w) }, nil
}

// stats is how much the graph holds.
func stats(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	w, err := object(c, f.Definition.Type.Name(), f.Selections, func(f graphql.CollectedField) (appender[graph.Stats], error) {
		count := func(read func(*graph.Stats) int) (appender[graph.Stats], error) {
			return func(b []byte, s *graph.Stats) ([]byte, error) { return appendInt(b, int64(read(s))), nil }, nil
		}
		switch f.Name {
		case "documents":
			return count(func(s *graph.Stats) int { return s.Documents })
		case "nodes":
			return count(func(s *graph.Stats) int { return s.Nodes })
		case "edges":
			return count(func(s *graph.Stats) int { return s.Edges })
		case "byKind":
			return c.kindCounts(f)
		}
		return nil, unknown(f)
	})
	if err != nil {
		return nil, err
	}
	s, err := g.Stats(ctx)
	if err != nil {
		return nil, err
	}
	return w(c.answer, &s)
}

// A kindCount is how many nodes there are of a kind.
type kindCount struct {
	kind  graph.NodeKind
	count int
}

func (c *compiler) kindCounts(f graphql.CollectedField) (appender[graph.Stats], error) {
	w, err := object(c, f.Definition.Type.Name(), f.Selections, func(f graphql.CollectedField) (appender[kindCount], error) {
		switch f.Name {
		case "kind":
			return func(b []byte, k *kindCount) ([]byte, error) { return appendString(b, kindName(k.kind)), nil }, nil
		case "count":
			return func(b []byte, k *kindCount) ([]byte, error) { return appendInt(b, int64(k.count)), nil }, nil
		}
		return nil, unknown(f)
	})
	if err != nil {
		return nil, err
	}
	return func(b []byte, s *graph.Stats) ([]byte, error) {
		var counts []kindCount
		for _, n := range graph.Nodes {
			if count := s.ByKind[n.Kind]; count > 0 {
				counts = append(counts, kindCount{n.Kind, count})
			}
		}
		return array(b, counts, w)
	}, nil
}
