package resolvers

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

// wordProps are the properties that hold the words of nodes that are stretches of text.
var wordProps = map[graph.NodeKind]string{
	graph.KindPassage: "exact", graph.KindMention: "surface", graph.KindCitation: "name",
}

// words returns a function that reads a stretch's words.
func words(l *level) func(r *graph.Row) (string, bool) {
	places := make(map[graph.NodeKind]int)
	for _, kind := range l.Kinds {
		if i, ok := l.prop(wordProps[kind]); ok {
			places[kind] = i
		}
	}
	return func(r *graph.Row) (string, bool) {
		i, ok := places[r.Kind]
		if !ok {
			return "", false
		}
		s, ok := r.Props[i].(string)
		return s, ok
	}
}

// exact is a stretch's words.
func exact(_ *compiler, l *level, _ graphql.CollectedField) (writer, error) {
	words := words(l)
	return func(b []byte, r *graph.Row) ([]byte, error) {
		s, ok := words(r)
		if !ok {
			return nil, missing(r, "words")
		}
		return appendString(b, s), nil
	}, nil
}

// verified is whether the document's text holds the stretch's words where it says.
func verified(_ *compiler, l *level, _ graphql.CollectedField) (writer, error) {
	words := words(l)
	start, _ := l.prop("start")
	end, _ := l.prop("end")
	doc := &level{Level: graph.Level{Kinds: []graph.NodeKind{graph.KindDocument}, First: 1, Props: []string{"text"}}}
	in := l.follow(edge{kind: graph.EdgeIn}, doc)
	return func(b []byte, r *graph.Row) ([]byte, error) {
		if len(r.Follow[in].Rows) == 0 {
			return nil, missing(r, "document")
		}
		text, _ := r.Follow[in].Rows[0].Props[0].(string)
		from, _ := r.Props[start].(int64)
		to, _ := r.Props[end].(int64)
		exact, ok := words(r)
		found, within := slice(text, int(from), int(to))
		return appendBool(b, ok && within && found == exact), nil
	}, nil
}

// slice returns the text from one code point to before another; false if it has none there.
func slice(text string, from, to int) (string, bool) {
	first, n := -1, 0
	for i := range text {
		if n == from {
			first = i
		}
		if n == to {
			return text[max(first, 0):i], 0 <= from && from <= to
		}
		n++
	}
	if n == from {
		first = len(text)
	}
	if n != to || first < 0 || from > to {
		return "", false
	}
	return text[first:], true
}
