package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph"
	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
)

// The environment.
const (
	storeVariable    = "CLAIMGRAPH_STORE"
	userVariable     = "CLAIMGRAPH_NEO4J_USER"
	passwordVariable = "CLAIMGRAPH_NEO4J_PASSWORD" //nolint:gosec // The name of the variable, not a password.
)

const defaultStore = "sqlite:claimgraph.db"

// retryTime is for how long one call to a Neo4j server tries again. Loads try several calls.
const retryTime = 10 * time.Second

const storeHelp = `

The graph's place is a URL:
  sqlite:PATH                     a file, made if it is not there (the default is ` + defaultStore + `)
  bolt://HOST:PORT/DATABASE       a Neo4j server; also bolt+s:// with TLS
  neo4j://HOST:PORT/DATABASE      a Neo4j cluster; also neo4j+s:// with TLS
--store names it, or ` + storeVariable + `. User and password for Neo4j are read from
` + userVariable + ` and ` + passwordVariable + `; without them none are sent.`

// storeFlag adds --store to a command.
func storeFlag(c *cobra.Command) *string {
	return c.Flags().String("store", "", "where the graph is (default $"+storeVariable+" or "+defaultStore+")")
}

// place returns the URL of the graph.
func (p *program) place(flag string) string { return cmp.Or(flag, p.env(storeVariable), defaultStore) }

// open opens the graph at a URL. With migrate it brings an older schema up to date.
func (p *program) open(ctx context.Context, place string, migrate bool) (*graph.Graph, error) {
	scheme, path, _ := strings.Cut(place, ":")
	switch scheme {
	case "sqlite":
		if path == "" {
			return nil, usageError{fmt.Errorf("store %q: the file is missing; write sqlite:PATH", place)}
		}
		s, err := sqlitegraph.Open(ctx, path, &sqlitegraph.Options{Migrate: migrate})
		if err != nil {
			return nil, err
		}
		return graph.New(s), nil
	case "bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc":
		if u, err := url.Parse(place); err == nil && u.User != nil {
			return nil, usageError{fmt.Errorf("store %s: put user and password into %s and %s, not into the URL",
				u.Redacted(), userVariable, passwordVariable)}
		}
		s, err := neo4jgraph.Open(ctx, place, &neo4jgraph.Options{
			User: p.env(userVariable), Password: p.env(passwordVariable), Migrate: migrate, RetryTime: retryTime,
		})
		if err != nil {
			return nil, err
		}
		return graph.New(s), nil
	}
	return nil, usageError{fmt.Errorf("store %q is none that is known: write sqlite:PATH or bolt://HOST:PORT/DATABASE", place)}
}
