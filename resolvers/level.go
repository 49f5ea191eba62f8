package resolvers

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

// A level is a graph.Level in the making. Its rows may be of several kinds.
type level struct {
	graph.Level
	edgeProps []string // wanted of the edge that leads to the rows
	below     []*level // aligned with Follow
	analyses  []analysis
	busy      bool // the level or one below it has analyses

	// textBefore asks both, which leads to the level, for the text of the node before, behind the edge's properties.
	textBefore bool
}

// An analysis computes a field for all rows of a level at once, when these are there.
type analysis struct {
	kind graph.NodeKind // "": rows of every kind
	run  func(ctx context.Context, g *graph.Graph, ids []graph.ID) error
}

// prop asks for a property and returns where rows will hold it; false if no node of the level can have it.
func (l *level) prop(name string) (int, bool) {
	if !slices.ContainsFunc(l.Kinds, func(k graph.NodeKind) bool { _, ok := k.Info().Prop(name); return ok }) {
		return 0, false
	}
	return place(&l.Props, name), true
}

func (l *level) edgeProp(name string) int { return place(&l.edgeProps, name) }

// place returns where name stands in the list, behind all others if it was not there.
func place(list *[]string, name string) int {
	i := slices.Index(*list, name)
	if i < 0 {
		i = len(*list)
		*list = append(*list, name)
	}
	return i
}

// follow asks for what the finished level far says, and returns where rows will hold it.
func (l *level) follow(e edge, far *level) int {
	l.Follow = append(l.Follow, graph.Follow{
		Edge: e.kind, Reverse: e.reverse, Via: e.via, EdgeProps: far.edgeProps, Level: far.Level,
	})
	l.below = append(l.below, far)
	l.busy = l.busy || far.busy
	return len(l.Follow) - 1
}

// complete runs the analyses of the level and of those below it, each once for all rows of its level.
func (l *level) complete(ctx context.Context, g *graph.Graph, all []graph.Rows) error {
	if !l.busy {
		return nil
	}
	for _, a := range l.analyses {
		var ids []graph.ID
		for _, rows := range all {
			for _, r := range rows.Rows {
				if a.kind == "" || r.Kind == a.kind {
					ids = append(ids, r.ID)
				}
			}
		}
		slices.Sort(ids)
		if ids = slices.Compact(ids); len(ids) == 0 {
			continue
		}
		if err := a.run(ctx, g, ids); err != nil {
			return err
		}
	}
	for i, far := range l.below {
		if !far.busy || slices.Contains(l.below[:i], far) {
			continue
		}
		var rows []graph.Rows
		for j := i; j < len(l.below); j++ {
			if l.below[j] != far { // one level may be at the end of several follows
				continue
			}
			for _, level := range all {
				for _, r := range level.Rows {
					rows = append(rows, r.Follow[j])
				}
			}
		}
		if err := far.complete(ctx, g, rows); err != nil {
			return err
		}
	}
	return nil
}

// analysed is a field that one function computes for all nodes of a level. A node that it leaves out has the zero value.
func analysed[T any](
	compile shapeField[T],
	function func(ctx context.Context, g *graph.Graph, ids []graph.ID, given map[string]any) (map[graph.ID]T, error),
) field {
	return func(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
		v, err := compute(c, compile, f)
		if err != nil {
			return nil, err
		}
		given := f.ArgumentMap(c.op.Variables)
		kind := graph.NodeKind(f.ObjectDefinition.Name)
		if !kind.Known() {
			kind = "" // a type that looks at nodes of several kinds
		}
		var found map[graph.ID]*T
		l.busy = true
		l.analyses = append(l.analyses, analysis{
			kind: kind,
			run: func(ctx context.Context, g *graph.Graph, ids []graph.ID) error {
				results, err := function(ctx, g, ids, given)
				if err != nil {
					return err
				}
				found = make(map[graph.ID]*T, len(ids))
				var list []*T
				for _, id := range ids {
					item := results[id]
					found[id] = &item
					list = append(list, &item)
				}
				return v.prepare(ctx, g, list)
			},
		})
		return func(b []byte, r *graph.Row) ([]byte, error) { return v.write(b, found[r.ID]) }, nil
	}
}
