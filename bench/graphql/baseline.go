// Package graphql compares what an answer costs our server with what it costs a handler that somebody might write by
// hand for this one question: it sends one Cypher statement by the bare driver, and what comes back is written by
// encoding/json.
//
// The questions are a hundred claims, and ten, each with up to ten attributions, their sources, documents and outlets,
// and the neighbourhood of the busiest actor. Both sides run in the benchmark's process, over loopback HTTP, and take
// turns; their client is a process of its own, so that the processor time of the benchmark's process (getrusage, user
// and system) is that of the serving side alone. It is given for each request, with bytes on the heap and of the
// answer, and "cpu-ratio" is ours by the other's. There are two others:
//
//   - "names" lets the statement return maps, so that the answer has GraphQL's names and shape: its statement is what
//     one would write
//   - "lists" returns rows as lists, as our own statements do: nothing shorter can be sent or written
//
// "neo4j-ratio" compares the processor time of the Neo4j server in the same way. For SQLite, which has no statement of
// that kind, our own figures stand alone.
//
// CLAIMGRAPH_BENCH_DOCUMENTS says how many generated documents are loaded; 500 by default.
package graphql

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// A statement is Cypher that answers one question with one value.
type statement struct {
	cypher string
	params map[string]any
}

// byDriver answers every request with what the statement returns.
func byDriver(driver neo4j.DriverWithContext, database string, s statement) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		value, err := run(r.Context(), driver, database, s)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(value) // a client that went away has no use for the error
	})
}

// run runs the statement by itself, which takes fewer messages than a transaction around it would.
func run(ctx context.Context, driver neo4j.DriverWithContext, database string, s statement) (any, error) {
	session := driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: database})
	defer session.Close(ctx)
	result, err := session.Run(ctx, s.cypher, s.params)
	if err != nil {
		return nil, err
	}
	record, err := result.Single(ctx)
	if err != nil {
		return nil, err
	}
	return record.Values[0], nil
}
