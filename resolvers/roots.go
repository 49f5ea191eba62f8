package resolvers

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

// A rootField answers a field of Query with JSON.
type rootField func(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error)

// rootTable says how each field of Query is answered.
func (r *Reads) rootTable() map[string]rootField {
	return map[string]rootField{
		"node":         nodeByID,
		"nodes":        nodesByID,
		"documents":    all(graph.KindDocument),
		"actors":       all(graph.KindActor),
		"attributions": all(graph.KindAttribution),
		"claims":       all(graph.KindClaim),
		"relations":    all(graph.KindRelation),
		"citations":    all(graph.KindCitation),
		"judgements":   all(graph.KindJudgement),
		"jobs":         all(graph.KindJob),
		"job":          nodeByID,
		"search":       r.search,
		"subgraph":     subgraph,
		"paths":        paths,
		"stats":        stats,

		"neighbourCounts":   neighbourCounts,
		"authority":         authority,
		"contradictions":    contradictions,
		"circularCitations": circularCitations,
		"facets":            facets,
		"loadedTerms":       loadedTerms,
		"mergeCandidates":   mergeCandidates,
	}
}

// all is a connection to the nodes of a kind.
func all(kind graph.NodeKind) rootField {
	return func(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
		return c.connected(ctx, g, &level{Level: graph.Level{Kinds: []graph.NodeKind{kind}}}, f)
	}
}

// connected answers a connection by one Select.
func (c *compiler) connected(ctx context.Context, g *graph.Graph, l *level, f graphql.CollectedField) ([]byte, error) {
	if err := c.arguments(l, f); err != nil {
		return nil, err
	}
	w, err := c.connection(l, f)
	if err != nil {
		return nil, err
	}
	rows, err := g.Select(ctx, graph.Select{Level: l.Level})
	if err != nil {
		return nil, err
	}
	if err := l.complete(ctx, g, []graph.Rows{rows}); err != nil {
		return nil, err
	}
	return w(c.answer, &rows)
}

// searchWords is a connection to the nodes whose texts have all words of a text, best first.
func searchWords(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	given := f.ArgumentMap(c.op.Variables)
	kinds, err := nodeKinds(given["kinds"])
	if err != nil {
		return nil, err
	}
	searched := searchedKinds()
	if given["kinds"] == nil {
		kinds = searched
	}
	for _, kind := range kinds {
		if !slices.Contains(searched, kind) {
			return nil, invalid("%s has no text to search in", kindName(kind))
		}
	}
	text, _ := given["text"].(string)
	l := &level{Level: graph.Level{
		Kinds: kinds, Order: []graph.Order{{Prop: graph.Score, Desc: true}}, Where: graph.Match{Text: text},
	}}
	return c.connected(ctx, g, l, f)
}

// searchedKinds are the kinds that full-text search covers.
func searchedKinds() []graph.NodeKind {
	var kinds []graph.NodeKind
	for _, n := range graph.Nodes {
		if slices.ContainsFunc(n.Props, func(p graph.Prop) bool { return p.Searched }) {
			kinds = append(kinds, n.Kind)
		}
	}
	return kinds
}

// nodeByID is one node, or null.
func nodeByID(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	asked, err := ids(f.ArgumentMap(c.op.Variables)["id"])
	if err != nil {
		return nil, err
	}
	return showOne(asked[0])(ctx, g, c, f)
}

// showOne is a node, or null if it is not there.
func showOne(id graph.ID) rootField {
	return func(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
		rows, w, err := c.byID(ctx, g, []graph.ID{id}, f)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			return append(c.answer, "null"...), nil
		}
		return w(c.answer, &rows[0])
	}
}

// nodesByID is the nodes in the order asked for, null where there is none.
func nodesByID(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
	asked, err := ids(f.ArgumentMap(c.op.Variables)["ids"])
	if err != nil {
		return nil, err
	}
	if len(asked) > maxFirst {
		return nil, invalid("%d IDs are asked for at once; at most %d are allowed", len(asked), maxFirst)
	}
	return showAll(asked)(ctx, g, c, f)
}

// showAll is nodes in their order, null in the place of each that is not there.
func showAll(asked []graph.ID) rootField {
	return func(ctx context.Context, g *graph.Graph, c *compiler, f graphql.CollectedField) ([]byte, error) {
		rows, w, err := c.byID(ctx, g, asked, f)
		if err != nil {
			return nil, err
		}
		found := make(map[graph.ID]*graph.Row, len(rows))
		for i := range rows {
			found[rows[i].ID] = &rows[i]
		}
		return array(c.answer, asked, func(b []byte, id *graph.ID) ([]byte, error) {
			if row, ok := found[*id]; ok {
				return w(b, row)
			}
			return append(b, "null"...), nil
		})
	}
}

// byID selects nodes; which kinds they are of can be read from their IDs.
func (c *compiler) byID(
	ctx context.Context, g *graph.Graph, asked []graph.ID, f graphql.CollectedField,
) ([]graph.Row, writer, error) {
	asked, typeName := distinct(asked), f.Definition.Type.Name()
	l := new(level)
	for _, id := range asked {
		kind, err := id.Kind()
		if err != nil {
			return nil, nil, err
		}
		if typeName != nodeInterface && string(kind) != typeName {
			return nil, nil, invalid("%s is the ID of a %s, not of a %s", id, kind, typeName)
		}
		l.Kinds = append(l.Kinds, kind)
	}
	l.Kinds = distinct(l.Kinds)
	w, err := c.nodes(l, typeName, f.Selections)
	if err != nil || len(asked) == 0 {
		return nil, w, err
	}
	rows, err := g.Select(ctx, graph.Select{IDs: asked, Level: l.Level})
	if err != nil {
		return nil, nil, err
	}
	return rows.Rows, w, l.complete(ctx, g, []graph.Rows{rows})
}
