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

// retriable marks as worth a second try what another transaction causes by deleting a node that this one has found.
func retriable(err error) error {
	var server *neo4j.Neo4jError
	if errors.As(err, &server) && server.Code == codeEntityNotFound {
		server.MarkRetriable()
	}
	return err
}
