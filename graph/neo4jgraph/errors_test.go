package neo4jgraph

import (
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

func TestRetriable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  neo4j.Neo4jError
		want bool
	}{
		"a deadlock": {neo4j.Neo4jError{Code: "Neo.TransientError.Transaction.DeadlockDetected"}, true},
		"a node that another transaction deleted": {
			neo4j.Neo4jError{Code: "Neo.ClientError.Statement.EntityNotFound"}, true,
		},
		"a schema that changes under a statement": {neo4j.Neo4jError{
			Code: "Neo.DatabaseError.General.UnknownError",
			Msg:  "Could not compile query due to insanely frequent schema changes",
		}, true},
		"an error that the server cannot name": {neo4j.Neo4jError{
			Code: "Neo.DatabaseError.General.UnknownError", Msg: "java.lang.NullPointerException",
		}, false},
		"a statement that is wrong": {neo4j.Neo4jError{
			Code: "Neo.ClientError.Statement.SyntaxError", Msg: "Invalid input 'insanely frequent schema changes'",
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := neo4j.IsRetryable(retriable(&c.err)); got != c.want {
				t.Errorf("got %t, want %t", got, c.want)
			}
		})
	}
	if err := retriable(nil); err != nil {
		t.Errorf("no error: got %v", err)
	}
}
