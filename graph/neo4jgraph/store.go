// Package neo4jgraph keeps a graph in Neo4j, where analysts and frontends can also query it by Cypher.
//
// Labels, relationship types and property names are the vocabulary's. Beside them there are, for the store's own use:
//
//   - CONTRIBUTES relationships from an owner to each shared node that it says something of, with what it says as
//     properties and the edges that it adds as a list, "edges"
//   - Pending nodes, each an edge that leads to a node which is not there
//   - Meaning nodes, which say where the claim with their ID lies
//   - a "search" property with the words that full-text search finds
//   - one Schema node with the version of all this
package neo4jgraph

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/claimgraph/claimgraph/graph"
)

var _ graph.Store = (*Store)(nil)

// A Store keeps one graph in one database of a Neo4j server or cluster.
type Store struct {
	driver    neo4j.DriverWithContext
	database  string
	bookmarks neo4j.BookmarkManager // so that on a cluster every call sees what earlier calls wrote

	running sync.RWMutex // read-held by every call, so that Close waits for them
	closed  bool         // guarded by running
}

// Options say how to open a Store. The zero value is the default.
type Options struct {
	// User and Password; without a user no authentication is tried.
	User, Password string
	// Migrate brings an older schema up to date, and puts back what is missing of a current one. Without it such a
	// database is ErrVersion; an empty database is always set up.
	Migrate bool
	// RetryTime is for how long a call tries again when the server says that a second try may help, as after a
	// deadlock, or cannot be reached; 0 means 30 seconds.
	RetryTime time.Duration
}

const (
	defaultDatabase  = "neo4j"
	defaultRetryTime = 30 * time.Second

	// A connection that was idle for longer is tried before use, and none is used for longer than the second: what
	// lies between client and server may drop idle connections without telling either.
	livenessCheck      = 30 * time.Second
	connectionLifetime = 30 * time.Minute
	connectTimeout     = 5 * time.Second
	acquisitionTimeout = 30 * time.Second
)

// Open opens the graph at a URI such as "bolt://127.0.0.1:7687/neo4j", "neo4j://…" or "neo4j+s://…"; the path names the
// database, "neo4j" by default. ErrUnavailable means that no server answers, ErrDenied that it refuses the user,
// ErrForeign that the database holds something else, ErrVersion that its schema is not this program's. Nil options are
// the default.
func Open(ctx context.Context, uri string, o *Options) (*Store, error) {
	if o == nil {
		o = &Options{}
	}
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%w: %q is no URI of a Neo4j server, like bolt://127.0.0.1:7687/neo4j", graph.ErrInvalid, uri)
	}
	s := &Store{
		database:  strings.Trim(u.Path, "/"),
		bookmarks: neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{}),
	}
	if s.database == "" {
		s.database = defaultDatabase
	}
	u.Path = ""
	if s.driver, err = connect(u.String(), o); err != nil {
		return nil, fmt.Errorf("%w: open %s: %w", graph.ErrInvalid, uri, err)
	}
	if err := s.migrate(ctx, o.Migrate); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", uri, outcome(ctx, err)), s.driver.Close(ctx))
	}
	return s, nil
}

func connect(address string, o *Options) (neo4j.DriverWithContext, error) {
	auth := neo4j.NoAuth()
	if o.User != "" {
		auth = neo4j.BasicAuth(o.User, o.Password, "")
	}
	return neo4j.NewDriverWithContext(address, auth, func(c *config.Config) {
		c.MaxTransactionRetryTime = defaultRetryTime
		if o.RetryTime > 0 {
			c.MaxTransactionRetryTime = o.RetryTime
		}
		c.ConnectionLivenessCheckTimeout = livenessCheck
		c.MaxConnectionLifetime = connectionLifetime
		c.SocketConnectTimeout = connectTimeout
		c.ConnectionAcquisitionTimeout = acquisitionTimeout
		c.NotificationsMinSeverity = notifications.DisabledLevel // hints about the statement, which nobody would see
	})
}

// Close waits for running calls and closes the connections.
func (s *Store) Close(ctx context.Context) error {
	s.running.Lock()
	defer s.running.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	return s.driver.Close(ctx)
}

// enter begins a call, which ends with s.running.RUnlock, unless there is a reason to refuse it.
func (s *Store) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.running.RLock()
	if s.closed {
		s.running.RUnlock()
		return graph.ErrClosed
	}
	return nil
}

// ask runs one statement that reads, and returns its rows. It goes without a transaction around it, whose begin and end
// cost as much as a small answer; only where a second try may help, the driver makes it in one.
func (s *Store) ask(ctx context.Context, cypher string, params map[string]any) ([][]any, error) {
	rows, err := s.askOnce(ctx, cypher, params)
	if !neo4j.IsRetryable(err) {
		return rows, outcome(ctx, err)
	}
	err = s.reading(ctx, func(tx *transaction) error {
		rows, err = tx.run(cypher, params)
		return err
	})
	return rows, err
}

func (s *Store) askOnce(ctx context.Context, cypher string, params map[string]any) ([][]any, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.running.RUnlock()
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	return collect(ctx)(session.Run(ctx, cypher, params, timeout(ctx)...))
}

// reading runs work in one read transaction, again if the server asks for that.
func (s *Store) reading(ctx context.Context, work func(*transaction) error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.running.RUnlock()
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	_, err := session.ExecuteRead(ctx, s.managed(ctx, work), timeout(ctx)...)
	return outcome(ctx, err)
}

// writing runs work in one transaction, again if the server asks for that. Nil means that it is committed.
func (s *Store) writing(ctx context.Context, work func(*transaction) error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.running.RUnlock()
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer session.Close(ctx)
	_, err := session.ExecuteWrite(ctx, s.managed(ctx, work), timeout(ctx)...)
	return outcome(ctx, err)
}

func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode: mode, DatabaseName: s.database, BookmarkManager: s.bookmarks, FetchSize: neo4j.FetchAll,
	})
}

func (s *Store) managed(ctx context.Context, work func(*transaction) error) neo4j.ManagedTransactionWork {
	return func(tx neo4j.ManagedTransaction) (any, error) {
		return nil, work(&transaction{ctx: ctx, tx: tx})
	}
}

// timeout bounds a transaction by the context's deadline on the server, too: it would go on after we stop listening.
func timeout(ctx context.Context) []func(*neo4j.TransactionConfig) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return nil
	}
	return []func(*neo4j.TransactionConfig){neo4j.WithTxTimeout(max(time.Until(deadline), time.Millisecond))}
}

// A transaction runs statements for one call; it lives no longer than that.
type transaction struct {
	ctx context.Context
	tx  neo4j.ManagedTransaction
}

// run runs a statement and returns all its rows.
func (t *transaction) run(cypher string, params map[string]any) ([][]any, error) {
	return collect(t.ctx)(t.tx.Run(t.ctx, cypher, params))
}

// exec runs a statement that has no rows.
func (t *transaction) exec(cypher string, params map[string]any) error {
	_, err := t.run(cypher, params)
	return err
}

// collect returns what reads all rows of a result.
func collect(ctx context.Context) func(neo4j.ResultWithContext, error) ([][]any, error) {
	return func(result neo4j.ResultWithContext, err error) ([][]any, error) {
		if err != nil {
			return nil, retriable(err)
		}
		records, err := result.Collect(ctx)
		if err != nil {
			return nil, retriable(err)
		}
		rows := make([][]any, len(records))
		for i, r := range records {
			rows[i] = r.Values
		}
		return rows, nil
	}
}
