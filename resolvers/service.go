package resolvers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/schema/gen"
)

// A Service is what mutations and subscriptions act on. Without a Graph there are none.
type Service struct {
	Graph *graph.Graph
	Jobs  Jobs // nil: nothing can be loaded
	Now   func() time.Time
}

// Jobs run what is to be loaded.
type Jobs interface {
	// Add has the sources loaded, for somebody, and returns the job's ID when it is on record.
	Add(ctx context.Context, sources []string, by string) (graph.ID, error)
	// Cancel ends a job, if it has not ended yet. ErrNotFound says that there is no such job.
	Cancel(ctx context.Context, id graph.ID) error
	// Listen has fn told of the jobs that change, until stop is called. fn must return at once.
	Listen(fn func(id graph.ID)) (stop func())
}

// Schema returns the executable schema of a service. Its nodes are shown by Reads, which must be among the extensions of
// the server that runs it.
func (s Service) Schema() graphql.ExecutableSchema {
	return gen.NewExecutableSchema(gen.Config{Resolvers: root{s}})
}

// Schema returns the schema of a service that can only be read.
func Schema() graphql.ExecutableSchema { return Service{}.Schema() }

// root resolves what the generated code asks for.
type root struct{ service Service }

func (r root) Query() gen.QueryResolver               { return queries{} }
func (r root) Mutation() gen.MutationResolver         { return mutations{r.service} }
func (r root) Subscription() gen.SubscriptionResolver { return subscriptions{r.service} }

// queries is never called: Reads answers every field of Query, and a test holds it to that.
type queries struct{ gen.QueryResolver }

// A Role is what somebody may do. Each may do what those before may, too.
type Role uint8

// The roles.
const (
	Nobody  Role = iota
	Reader       // read, and hear of changes
	Analyst      // judge, assess, retract, load
)

// String returns the role in a word.
func (r Role) String() string {
	return [...]string{Nobody: "nobody", Reader: "reader", Analyst: "analyst"}[r]
}

// A Person is who asks.
type Person struct {
	Name string
	Role Role
}

type personKey struct{}

// As returns a context in which the person asks.
func As(ctx context.Context, p Person) context.Context { return context.WithValue(ctx, personKey{}, p) }

// who returns who asks: a reader without a name if nobody said.
func who(ctx context.Context) Person {
	if p, ok := ctx.Value(personKey{}).(Person); ok {
		return p
	}
	return Person{Role: Reader}
}

// ErrForbidden means that who asks may not do that.
var ErrForbidden = errors.New("forbidden")

// roles say who may ask for the root fields of the schema that are no queries; a test holds them to the schema. Every query
// is a reader's.
var roles = map[string]Role{
	"load": Analyst, "cancelJob": Analyst, "retract": Analyst,
	"judge": Analyst, "undoJudgement": Analyst, "assess": Analyst,
	"jobProgress": Reader, "claimChanged": Reader,
}

// allowed reports why who asks may not ask for a root field.
func allowed(ctx context.Context, object, field string) error {
	need := Reader
	if object != queryType {
		var known bool
		if need, known = roles[field]; !known {
			return fmt.Errorf("nobody has said who may ask for %s.%s", object, field)
		}
	}
	p := who(ctx)
	if p.Role < need {
		return fmt.Errorf("%w: %s needs the role of %s", ErrForbidden, field, need)
	}
	return nil
}
