package resolvers

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/schema/gen"
)

// Reads is the gqlgen extension that answers the fields of Query, each by one call of the graph.
type Reads struct {
	Sense Sense // for search by meaning, which there is none of without it; set before the first request

	graph   *graph.Graph
	fields  map[string]map[string]field
	filters filters
	roots   map[string]rootField
	answers answers
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationInterceptor
	graphql.FieldInterceptor
} = (*Reads)(nil)

// NewReads returns the extension over a graph.
func NewReads(g *graph.Graph) *Reads {
	r := &Reads{
		graph: g, fields: fieldTable(), filters: filterTable(), answers: make(answers, keptAnswers),
	}
	r.roots = r.rootTable()
	return r
}

// ExtensionName implements graphql.HandlerExtension.
func (*Reads) ExtensionName() string { return "Reads" }

// Validate implements graphql.HandlerExtension.
func (*Reads) Validate(graphql.ExecutableSchema) error { return nil }

// The names of root types in the schema.
const (
	queryType        = "Query"
	mutationType     = "Mutation"
	subscriptionType = "Subscription"
)

// InterceptField answers a field of Query with JSON that is written already. Other fields resolve as they do, if who asks
// may ask for them; where they bring nodes, which is to say their IDs, these are shown as a query would show them.
func (r *Reads) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	switch field.Object {
	case queryType, mutationType, subscriptionType:
		if strings.HasPrefix(field.Field.Name, "__") {
			return next(ctx)
		}
		if err := allowed(ctx, field.Object, field.Field.Name); err != nil {
			return nil, err
		}
	}
	if answer, ok := r.roots[field.Field.Name]; ok && field.Object == queryType {
		return r.answer(ctx, answer, field.Field)
	}
	result, err := next(ctx)
	if err != nil {
		return nil, err
	}
	show, ok := brought(result)
	if !ok {
		return result, nil
	}
	ctx, cancel := context.WithTimeout(ctx, showTime) // what a subscription brings has no other limit
	defer cancel()
	return r.answer(ctx, show, field.Field)
}

// showTime is how long it may take to show what a mutation or an event brought.
const showTime = 10 * time.Second

func (r *Reads) answer(ctx context.Context, answer rootField, f graphql.CollectedField) (any, error) {
	c := r.compiler(graphql.GetOperationContext(ctx))
	t, err := timesOf(f.ArgumentMap(c.op.Variables))
	if err != nil {
		return nil, err
	}
	b, err := answer(ctx, r.graph.At(t), c, f)
	if err != nil {
		return nil, err
	}
	return &written{b, r.answers}, nil
}

// timesOf reads of which times the graph is asked: by arguments of a root field, or by its filter's.
func timesOf(given map[string]any) (graph.Times, error) {
	if filter, ok := given["filter"].(map[string]any); ok && (filter["asOf"] != nil || filter["validAt"] != nil) {
		return times(filter)
	}
	return times(given)
}

// brought returns what shows the nodes that a resolver returned; false if it returned something else.
func brought(result any) (rootField, bool) {
	var asked []graph.ID
	switch result := result.(type) {
	case *gen.Actor:
		asked = []graph.ID{result.ID}
	case *gen.Assessment:
		asked = []graph.ID{result.ID}
	case *gen.Job:
		asked = []graph.ID{result.ID}
	case *gen.Claim:
		asked = []graph.ID{result.ID}
	case namedNode:
		asked = []graph.ID{result.id}
	case []*gen.Actor:
		for _, a := range result {
			asked = append(asked, a.ID)
		}
		return showAll(asked), true
	default:
		return nil, false
	}
	return showOne(asked[0]), true
}

func (r *Reads) compiler(op *graphql.OperationContext) *compiler {
	return &compiler{op: op, fields: r.fields, filters: r.filters, answer: r.answers.take()}
}

// written is JSON that needs no more than to be copied, once.
type written struct {
	answer []byte
	from   answers
}

// MarshalGQL implements graphql.Marshaler.
func (w *written) MarshalGQL(to io.Writer) {
	_, _ = to.Write(w.answer) // gqlgen writes into memory
	w.from.give(w.answer)
	w.answer = nil
}

// answers keep the memory of past answers for those to come: clearing new memory takes longer than writing.
type answers chan []byte

const (
	keptAnswers = 8
	keptBytes   = 1 << 20 // of one; larger ones are rare
)

// take returns an empty answer.
func (a answers) take() []byte {
	select {
	case b := <-a:
		return b
	default:
		return nil
	}
}

// give returns the memory of an answer that has been copied.
func (a answers) give(b []byte) {
	if cap(b) > keptBytes {
		return
	}
	select {
	case a <- b[:0]:
	default:
	}
}
