package resolvers

import (
	"context"
	"io"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/schema/gen"
)

// Schema returns the executable schema. Its queries are answered by Reads, which must be among the extensions of the
// server that runs it.
func Schema() graphql.ExecutableSchema { return gen.NewExecutableSchema(gen.Config{Resolvers: root{}}) }

// root resolves what the generated code asks for.
type root struct{}

func (root) Query() gen.QueryResolver { return queries{} }

// queries is never called: Reads answers every field of Query, and a test holds it to that.
type queries struct{ gen.QueryResolver }

// Reads is the gqlgen extension that answers the fields of Query, each by one call of the graph.
type Reads struct {
	graph   *graph.Graph
	fields  map[string]map[string]field
	filters filters
	roots   map[string]rootField
	answers answers
}

var _ interface {
	graphql.HandlerExtension
	graphql.FieldInterceptor
} = (*Reads)(nil)

// NewReads returns the extension over a graph.
func NewReads(g *graph.Graph) *Reads {
	return &Reads{
		graph: g, fields: fieldTable(), filters: filterTable(), roots: rootTable(), answers: make(answers, keptAnswers),
	}
}

// ExtensionName implements graphql.HandlerExtension.
func (*Reads) ExtensionName() string { return "Reads" }

// Validate implements graphql.HandlerExtension.
func (*Reads) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptField answers a field of Query with JSON that is written already, and leaves every other field alone.
func (r *Reads) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	answer, ok := r.roots[field.Field.Name]
	if field.Object != "Query" || !ok {
		return next(ctx)
	}
	b, err := answer(ctx, r.graph, r.compiler(graphql.GetOperationContext(ctx)), field.Field)
	if err != nil {
		return nil, err
	}
	return &written{b, r.answers}, nil
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
