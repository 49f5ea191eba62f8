package resolvers

import (
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"golang.org/x/text/unicode/bidi"

	"github.com/claimgraph/claimgraph/graph"
)

// direction is in which direction a property's text runs.
func direction(name string) field {
	return func(_ *compiler, l *level, f graphql.CollectedField) (writer, error) {
		i, ok := l.prop(name)
		if !ok {
			return nil, unknown(f)
		}
		return func(b []byte, r *graph.Row) ([]byte, error) {
			text, _ := r.Props[i].(string)
			return appendString(b, directionOf(text)), nil
		}, nil
	}
}

// directionOfWords is in which direction a stretch's words run.
func directionOfWords(_ *compiler, l *level, _ graphql.CollectedField) (writer, error) {
	words := words(l)
	return func(b []byte, r *graph.Row) ([]byte, error) {
		text, _ := words(r)
		return appendString(b, directionOf(text)), nil
	}, nil
}

// directionOf is that of the first character which has one, as browsers find it for dir="auto" (rule P2 of Unicode
// Standard Annex 9); texts without such a character run from left to right.
func directionOf(text string) string {
	for len(text) > 0 {
		p, size := bidi.LookupString(text)
		switch p.Class() {
		case bidi.L:
			return "LTR"
		case bidi.R, bidi.AL:
			return "RTL"
		}
		text = text[max(size, 1):]
	}
	return "LTR"
}

// langOfDocument is the language of the document that owns a node.
func langOfDocument(_ *compiler, l *level, _ graphql.CollectedField) (writer, error) {
	doc := &level{Level: graph.Level{Kinds: []graph.NodeKind{graph.KindDocument}, First: 1, Props: []string{"lang"}}}
	in := l.follow(to(graph.EdgeIn), doc)
	return func(b []byte, r *graph.Row) ([]byte, error) {
		for _, doc := range r.Follow[in].Rows {
			return appendValue(b, doc.Props[0]), nil
		}
		return append(b, "null"...), nil
	}, nil
}

// whole is all that a document owns of a kind, in the order of the text. Of passages it is those that were skipped, or the
// others.
func whole(kind graph.NodeKind, skipped bool) field {
	return func(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
		far := &level{Level: graph.Level{Kinds: []graph.NodeKind{kind}, First: graph.MaxFirst}}
		if _, ok := kind.Info().Prop("start"); ok {
			far.Order = []graph.Order{{Prop: "start"}}
		}
		if kind == graph.KindPassage {
			op := graph.Ne
			if skipped {
				op = graph.Eq
			}
			far.Where = graph.Where{Prop: "role", Op: op, Value: string(graph.SkippedRole)}
		}
		w, err := c.nodes(far, f.Definition.Type.Name(), f.Selections)
		if err != nil {
			return nil, err
		}
		if kind == graph.KindAttribution {
			evidence := far.follow(to(graph.EdgeEvidence), &level{Level: graph.Level{
				Kinds: []graph.NodeKind{graph.KindPassage}, First: 1, Order: []graph.Order{{Prop: "start"}},
			}})
			i := l.follow(from(graph.EdgeIn), far)
			return func(b []byte, r *graph.Row) ([]byte, error) {
				return array(b, byEvidence(r.Follow[i].Rows, evidence), w)
			}, nil
		}
		i := l.follow(from(graph.EdgeIn), far)
		return func(b []byte, r *graph.Row) ([]byte, error) { return array(b, r.Follow[i].Rows, w) }, nil
	}
}

// byEvidence returns attributions in the order in which the first of their evidence stands in the text, then by ID; those
// without any come last.
func byEvidence(rows []graph.Row, evidence int) []graph.Row {
	start := func(r graph.Row) any {
		for _, passage := range r.Follow[evidence].Rows {
			return passage.Order[0]
		}
		return nil
	}
	return slices.SortedStableFunc(slices.Values(rows), func(a, b graph.Row) int { return graph.Compare(start(a), start(b)) })
}

// complete is whether a document owns no more of any kind than whole shows.
func complete(_ *compiler, l *level, _ graphql.CollectedField) (writer, error) {
	var follows []int
	for _, kind := range graph.EdgeIn.Info().From {
		far := &level{Level: graph.Level{Kinds: []graph.NodeKind{kind}, First: 1, Total: true}}
		follows = append(follows, l.follow(from(graph.EdgeIn), far))
	}
	return func(b []byte, r *graph.Row) ([]byte, error) {
		all := true
		for _, i := range follows {
			all = all && r.Follow[i].Total <= graph.MaxFirst
		}
		return appendBool(b, all), nil
	}, nil
}
