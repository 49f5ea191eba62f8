// Package sqlitegraph keeps a graph in one SQLite file, inside the process: nothing to install, and as durable as the
// disk. It uses write-ahead logging with synchronous=FULL, so what Put has reported survives a power cut; many may
// read while one writes.
package sqlitegraph

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/ncruces/go-sqlite3"

	"github.com/claimgraph/claimgraph/graph"
)

var _ graph.Store = (*Store)(nil)

// A Store keeps one graph in one SQLite file.
type Store struct {
	write, read *pool
	known       known

	running sync.RWMutex // read-held by every call, so that Close waits for them
	closed  bool         // guarded by running
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
	s := &Store{
		write: newPool(path, 1, "cache_size(-32768)"),
		read:  newPool(path, readers, "cache_size(-16384)", "query_only(1)"),
	}
	if err := s.write.use(ctx, func(c *conn) error { return migrate(ctx, c, migrations, o.Migrate) }); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, outcome(ctx, err)), s.write.close())
	}
	return s, nil
}

// Close waits for running calls and closes the file.
func (s *Store) Close(context.Context) error {
	s.running.Lock()
	defer s.running.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	return errors.Join(s.read.close(), s.write.close())
}

// reading runs fn on one snapshot of the graph.
func (s *Store) reading(ctx context.Context, fn func(*reader) error) error {
	return s.transaction(ctx, s.read, "BEGIN", func(c *conn) error { return fn(&reader{c}) })
}

// writing runs fn in one transaction, which is durable when writing returns nil.
func (s *Store) writing(ctx context.Context, fn func(*writer) error) error {
	return s.transaction(ctx, s.write, "BEGIN IMMEDIATE", func(c *conn) error { return fn(newWriter(c, &s.known)) })
}

func (s *Store) transaction(ctx context.Context, from *pool, begin string, fn func(*conn) error) error {
	s.running.RLock()
	defer s.running.RUnlock()
	if s.closed {
		return graph.ErrClosed
	}
	return outcome(ctx, from.use(ctx, func(c *conn) error {
		return c.transaction(ctx, begin, func() error { return fn(c) })
	}))
}

// A pool is a number of connections. One is opened only when all that are open are in use, since each fills a cache of its
// own.
type pool struct {
	path    string
	pragmas []string
	places  chan struct{} // as many as there may be connections; who holds one may use one

	mu   sync.Mutex
	idle []*conn // guarded by mu; the one that was used last knows most, and is used next
}

func newPool(path string, connections int, pragmas ...string) *pool {
	return &pool{path: path, pragmas: pragmas, places: make(chan struct{}, connections)}
}

// use runs fn with a connection, once there is one that nobody else uses.
func (p *pool) use(ctx context.Context, fn func(*conn) error) error {
	select {
	case p.places <- struct{}{}:
		defer func() { <-p.places }()
	case <-ctx.Done():
		return ctx.Err()
	}
	c, err := p.take()
	if err != nil {
		return err
	}
	defer p.give(c)
	return fn(c)
}

func (p *pool) take() (*conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if last := len(p.idle) - 1; last >= 0 {
		c := p.idle[last]
		p.idle = p.idle[:last]
		return c, nil
	}
	return connect(p.path, p.pragmas...)
}

func (p *pool) give(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, c)
}

// close closes the connections, none of which is in use.
func (p *pool) close() error {
	var errs []error
	for _, c := range p.idle {
		errs = append(errs, c.close())
	}
	return errors.Join(errs...)
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
	var code sqlite3.ErrorCode
	if !errors.As(err, &code) {
		return err
	}
	switch code {
	case sqlite3.BUSY, sqlite3.LOCKED, sqlite3.FULL, sqlite3.CANTOPEN, sqlite3.IOERR:
		return fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
	case sqlite3.CORRUPT:
		return fmt.Errorf("%w: %w", graph.ErrCorrupt, err)
	case sqlite3.NOTADB:
		return fmt.Errorf("%w: the file is no SQLite database", graph.ErrForeign)
	case sqlite3.PERM, sqlite3.READONLY, sqlite3.AUTH:
		return fmt.Errorf("%w: %w", graph.ErrDenied, err)
	}
	return err
}
