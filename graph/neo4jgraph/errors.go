package neo4jgraph

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/claimgraph/claimgraph/graph"
)

// The server's codes that mean something to us.
const (
	codeDatabaseNotFound = "Neo.ClientError.Database.DatabaseNotFound"
	codeEntityNotFound   = "Neo.ClientError.Statement.EntityNotFound"
	codeTooMuchMemory    = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"
	codeTransactionSize  = "Neo.TransientError.General.TransactionOutOfMemoryError"
	codeTimedOut         = "Neo.ClientError.Transaction.TransactionTimedOut"
	codeTimedOutByClient = "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"
	codeUnknown          = "Neo.DatabaseError.General.UnknownError"

	// What a codeUnknown says that arises from changes of the schema: see neo4j/neo4j, issue 13404.
	schemaChanges = "insanely frequent schema changes"

	prefixSecurity  = "Neo.ClientError.Security."
	prefixTransient = "Neo.TransientError."
)

// outcome prefers the context's error to what its end made the driver say.
func outcome(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return translate(err)
}

// translate turns the driver's errors into the graph's, by type and code.
func translate(err error) error {
	var server *neo4j.Neo4jError
	var limit *neo4j.TransactionExecutionLimit
	switch {
	case err == nil:
		return nil
	case errors.As(err, &server):
		if sentinel := sentinelFor(server.Code); sentinel != nil {
			return fmt.Errorf("%w: %s", sentinel, server.Msg)
		}
	case errors.As(err, &limit), neo4j.IsConnectivityError(err):
		return fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
	}
	return err
}

func sentinelFor(code string) error {
	switch {
	case strings.HasPrefix(code, prefixSecurity):
		return graph.ErrDenied
	case code == codeDatabaseNotFound:
		return graph.ErrNotFound
	case code == codeTooMuchMemory, code == codeTransactionSize:
		return graph.ErrLimit
	case code == codeTimedOut, code == codeTimedOutByClient:
		return context.DeadlineExceeded
	case strings.HasPrefix(code, prefixTransient):
		return graph.ErrUnavailable
	}
	return nil
}

// retriable marks as worth a second try what the driver does not take for that, although it passes: what another
// transaction causes by deleting a node that this one has found, and a schema that changes each time that the server has
// compiled a statement, which it says by no code of its own. The driver tries again for a bounded time.
func retriable(err error) error {
	var server *neo4j.Neo4jError
	if errors.As(err, &server) && (server.Code == codeEntityNotFound ||
		server.Code == codeUnknown && strings.Contains(server.Msg, schemaChanges)) {
		server.MarkRetriable()
	}
	return err
}
