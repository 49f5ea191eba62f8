// Package schema owns the GraphQL schema: one SDL file a topic, in which every type and field is described. Package gen
// is what gqlgen makes of it.
package schema

import (
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/claimgraph/claimgraph/graph"
)

//go:generate go tool gqlgen generate --config gqlgen.yml

// MarshalDateTime writes the scalar DateTime; the zero time is null.
func MarshalDateTime(t time.Time) graphql.Marshaler { return graphql.MarshalTime(t) }

// UnmarshalDateTime reads the scalar DateTime. What is none is ErrInvalid.
func UnmarshalDateTime(v any) (time.Time, error) {
	text, _ := v.(string)
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return t, fmt.Errorf("%w: %.40q is no time as in 2024-07-01T08:30:00Z", graph.ErrInvalid, fmt.Sprint(v))
	}
	return t, nil
}
