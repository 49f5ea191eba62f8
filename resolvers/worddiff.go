package resolvers

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

var wordRunShape = shape[graph.WordRun]{
	"op":   word(func(r *graph.WordRun) graph.WordOp { return r.Op }),
	"text": word(func(r *graph.WordRun) string { return r.Text }),
}

// wordDiff is how the text of the node before becomes that of this one. The link that leads to the node brings the former.
func wordDiff(c *compiler, l *level, f graphql.CollectedField) (writer, error) {
	w, err := wordRunShape.list(c, f)
	if err != nil {
		return nil, err
	}
	l.textBefore = true
	text, _ := l.prop("text")
	return func(b []byte, r *graph.Row) ([]byte, error) {
		from, _ := r.Edge[len(r.Edge)-1].(string)
		to, _ := r.Props[text].(string)
		runs := graph.DiffWords(from, to)
		return w(b, &runs)
	}, nil
}
