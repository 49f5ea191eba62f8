// Package sqlitegraph keeps a graph in one SQLite file, inside the process: nothing to install, and as durable as the
// disk. It uses write-ahead logging with synchronous=FULL, so what Put has reported survives a power cut; many may
// read while one writes.
package sqlitegraph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"sync"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/claimgraph/claimgraph/graph"
)

var _ graph.Store = (*Store)(nil)

// A Store keeps one graph in one SQLite file.
type Store struct {
	write *sql.DB // one connection
	read  *sql.DB // a connection for each reader, and one to prepare statements

	readers chan struct{} // as many as may read at once: each holds a connection, and may wait for the one that prepares

	running sync.RWMutex // read-held by every call, so that Close waits for them
	closed  bool         // guarded by running

	statements statements // of read
}

// Options say how to open a Store. The zero value is the default.
type Options struct {
	// Migrate brings an older schema up to date. Without it an older schema is ErrVersion; a new or empty file is
	// always set up.
	Migrate bool
	// Readers is how many reads may run at once; 0 means twice the number of processors.
	Readers int
}

// Open opens the graph in the file at path, and makes it if it is not there. ErrForeign means that the file is no
// graph of ours, ErrVersion that its schema is not this program's. Nil options are the default.
func Open(ctx context.Context, path string, o *Options) (*Store, error) {
	if o == nil {
		o = &Options{}
	}
	readers := o.Readers
	if readers == 0 {
		readers = 2 * runtime.GOMAXPROCS(0)
	}
	s := &Store{}
	var err error
	if s.write, err = connect(path, 1, "_txlock=immediate&_pragma=cache_size(-32768)"); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := migrate(ctx, s.write, migrations, o.Migrate); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, translate(err)), s.write.Close())
	}
	s.readers = make(chan struct{}, readers)
	if s.read, err = connect(path, readers+1, "_pragma=query_only(1)&_pragma=cache_size(-8192)"); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.write.Close())
	}
	return s, nil
}

func connect(path string, connections int, option string) (*sql.DB, error) {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)&" + option
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// Close waits for running calls and closes the file.
func (s *Store) Close(context.Context) error {
	s.running.Lock()
	defer s.running.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	return errors.Join(s.statements.close(), s.read.Close(), s.write.Close())
}

// reading runs fn on one snapshot of the graph.
func (s *Store) reading(ctx context.Context, fn func(*reader) error) error {
	select {
	case s.readers <- struct{}{}:
		defer func() { <-s.readers }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return s.transaction(ctx, s.read, &s.statements, func(t session) error { return fn(&reader{t}) })
}

// writing runs fn in one transaction, which is durable when writing returns nil.
func (s *Store) writing(ctx context.Context, fn func(*writer) error) error {
	return s.transaction(ctx, s.write, nil, func(t session) error {
		t.short = true
		return fn(newWriter(t))
	})
}

func (s *Store) transaction(ctx context.Context, db *sql.DB, known *statements, fn func(session) error) error {
	s.running.RLock()
	defer s.running.RUnlock()
	if s.closed {
		return graph.ErrClosed
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return outcome(ctx, err)
	}
	if err := fn(session{ctx: ctx, db: db, tx: tx, known: known, prepared: make(map[string]*sql.Stmt)}); err != nil {
		return outcome(ctx, errors.Join(err, rollback(tx)))
	}
	return outcome(ctx, tx.Commit())
}

func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); !errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return nil
}

// outcome prefers the context's error to what its end made the driver say.
func outcome(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return translate(err)
}

// translate turns the driver's errors into the graph's, by code.
func translate(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR:
		return fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %w", graph.ErrCorrupt, err)
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: the file is no SQLite database", graph.ErrForeign)
	case sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_AUTH:
		return fmt.Errorf("%w: %w", graph.ErrDenied, err)
	}
	return err
}
