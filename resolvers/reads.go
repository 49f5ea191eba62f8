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
}

var _ interface {
	graphql.HandlerExtension
	graphql.FieldInterceptor
} = (*Reads)(nil)

// NewReads returns the extension over a graph.
func NewReads(g *graph.Graph) *Reads {
	return &Reads{graph: g, fields: fieldTable(), filters: filterTable(), roots: rootTable()}
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
	c := &compiler{op: graphql.GetOperationContext(ctx), fields: r.fields, filters: r.filters}
	b, err := answer(ctx, r.graph, c, field.Field)
	if err != nil {
		return nil, err
	}
	return written(b), nil
}

// written is JSON that needs no more than to be copied.
type written []byte

// MarshalGQL implements graphql.Marshaler.
func (w written) MarshalGQL(to io.Writer) {
	_, _ = to.Write(w) // gqlgen writes into memory
}
