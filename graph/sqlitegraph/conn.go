package sqlitegraph

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"github.com/claimgraph/claimgraph/graph"
)

// A conn is one connection to the file, with the statements that it keeps prepared, since requests of one shape come again
// and again. One goroutine at a time uses it.
type conn struct {
	db       *sqlite3.Conn
	prepared map[string]*sqlite3.Stmt // by their text; those that do not run
}

// maxPrepared is how many statements a connection keeps; those that come later are prepared each time.
const maxPrepared = 512

// connect opens the file. Further pragmas are for one use of it, as "name(value)".
func connect(path string, pragmas ...string) (*conn, error) {
	options := url.Values{"_pragma": append([]string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "temp_store(MEMORY)",
	}, pragmas...)}
	db, err := sqlite3.Open("file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options.Encode())
	if err != nil {
		return nil, err
	}
	c := &conn{db: db, prepared: make(map[string]*sqlite3.Stmt)}
	if err := fts5.Register(db); err != nil {
		return nil, errors.Join(err, c.close())
	}
	// Plans do not depend on parameters: else a statement is prepared anew whenever one changes.
	if _, err := db.Config(sqlite3.DBCONFIG_ENABLE_QPSG, true); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

func (c *conn) close() error {
	var errs []error
	for _, stmt := range c.prepared {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, c.db.Close())...)
}

// transaction runs fn between "BEGIN", or another such statement, and the commit; or it changes nothing. The end of the
// context interrupts the statement that runs.
func (c *conn) transaction(ctx context.Context, begin string, fn func() error) (err error) {
	c.db.SetInterrupt(ctx)
	defer func() {
		c.db.SetInterrupt(context.Background())
		if !c.db.GetAutocommit() {
			_, failed := c.exec("ROLLBACK")
			err = errors.Join(err, failed)
		}
	}()
	if _, err := c.exec(begin); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	_, err = c.exec("COMMIT")
	return err
}

// exec runs a statement that changes something and returns how many rows it changed.
func (c *conn) exec(query string, args ...any) (int64, error) {
	stmt, err := c.take(query, args)
	if err != nil {
		return 0, err
	}
	defer c.give(query, stmt)
	if err := stmt.Exec(); err != nil {
		return 0, err
	}
	return c.db.Changes(), nil
}

// each runs a query and calls fn for every row, with a function that reads its columns.
func (c *conn) each(fn func(scan func(...any) error) error, query string, args ...any) error {
	stmt, err := c.take(query, args)
	if err != nil {
		return err
	}
	defer c.give(query, stmt)
	scan := func(targets ...any) error {
		for i, target := range targets {
			if err := read(stmt, i, target); err != nil {
				return err
			}
		}
		return nil
	}
	for stmt.Step() {
		if err := fn(scan); err != nil {
			return err
		}
	}
	return stmt.Err()
}

// take returns a statement for the caller alone, ready to run.
func (c *conn) take(query string, args []any) (*sqlite3.Stmt, error) {
	stmt := c.prepared[query]
	delete(c.prepared, query)
	if stmt == nil {
		var err error
		if stmt, _, err = c.db.Prepare(query); err != nil {
			return nil, err
		}
	}
	for i, arg := range args {
		if err := bind(stmt, i+1, arg); err != nil {
			return nil, errors.Join(err, stmt.Close())
		}
	}
	return stmt, nil
}

// give takes a statement back.
func (c *conn) give(query string, stmt *sqlite3.Stmt) {
	if _, double := c.prepared[query]; double || len(c.prepared) >= maxPrepared {
		_ = stmt.Close() // what it says was said when it ran
		return
	}
	_ = stmt.Reset()
	c.prepared[query] = stmt
}

func bind(stmt *sqlite3.Stmt, at int, v any) error {
	switch v := v.(type) {
	case nil:
		return stmt.BindNull(at)
	case int64:
		return stmt.BindInt64(at, v)
	case int:
		return stmt.BindInt(at, v)
	case float64:
		return stmt.BindFloat(at, v)
	case bool:
		return stmt.BindBool(at, v)
	case string:
		return stmt.BindText(at, v)
	case graph.ID:
		return stmt.BindText(at, string(v))
	case []byte:
		return stmt.BindBlob(at, v)
	}
	return fmt.Errorf("parameter %d is a %T", at, v)
}

// read reads a column of the row that the statement is at. Bytes are there until it moves on.
func read(stmt *sqlite3.Stmt, at int, target any) error {
	switch target := target.(type) {
	case *int64:
		*target = stmt.ColumnInt64(at)
	case *int:
		*target = stmt.ColumnInt(at)
	case *bool:
		*target = stmt.ColumnBool(at)
	case *string:
		*target = stmt.ColumnText(at)
	case *graph.ID:
		*target = graph.ID(stmt.ColumnText(at))
	case *[]byte:
		*target = stmt.ColumnRawBlob(at)
	case *any:
		*target = cell(stmt, at)
	default:
		return fmt.Errorf("column %d is read as a %T", at, target)
	}
	return nil
}

// cell returns what a column holds: nil, an int64, a float64 or a string.
func cell(stmt *sqlite3.Stmt, at int) any {
	switch stmt.ColumnType(at) {
	case sqlite3.INTEGER:
		return stmt.ColumnInt64(at)
	case sqlite3.FLOAT:
		return stmt.ColumnFloat(at)
	case sqlite3.NULL:
		return nil
	default:
		return stmt.ColumnText(at)
	}
}
