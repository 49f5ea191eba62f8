// Package guard keeps GraphQL operations within limits before they cost anything: documents before they are
// validated, since validation takes time that is quadratic in the document, and operations before they run.
package guard

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// A Guard is the extension of a gqlgen server that applies Limits on every transport.
type Guard struct {
	limits  Limits
	passed  graphql.Cache[*ast.QueryDocument]
	refused func(limit string)
	schema  *ast.Schema
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*Guard)(nil)

// New returns a Guard. Documents in passed, the server's own cache of parsed documents, are not checked again. Every
// refusal is told to refused, by the limit's name.
func New(limits Limits, passed graphql.Cache[*ast.QueryDocument], refused func(limit string)) *Guard {
	return &Guard{limits: limits, passed: passed, refused: refused}
}

// ExtensionName implements graphql.HandlerExtension.
func (*Guard) ExtensionName() string { return "Guard" }

// Validate implements graphql.HandlerExtension.
func (g *Guard) Validate(schema graphql.ExecutableSchema) error {
	g.schema = schema.Schema()
	return nil
}

// MutateOperationParameters checks the document; it changes nothing.
func (g *Guard) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if _, ok := g.passed.Get(ctx, params.Query); ok {
		return nil
	}
	return g.presented(g.limits.Document(params.Query))
}

// MutateOperationContext checks the operation's cost; it changes nothing.
func (g *Guard) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	return g.presented(g.limits.Cost(g.schema, op.Operation, op.Variables))
}

// presented gives an error the form in which clients see it.
func (g *Guard) presented(err error) *gqlerror.Error {
	if err == nil {
		return nil
	}
	var refusal *RefusalError
	if errors.As(err, &refusal) {
		g.refused(refusal.Limit)
		return &gqlerror.Error{Message: refusal.Error(), Extensions: map[string]any{
			"code": Code, "limit": refusal.Limit, "value": refusal.Value, "max": refusal.Max,
		}}
	}
	var syntax *gqlerror.Error
	if !errors.As(err, &syntax) {
		syntax = gqlerror.Errorf("the document cannot be read")
	}
	errcode.Set(syntax, errcode.ParseFailed)
	return syntax
}
