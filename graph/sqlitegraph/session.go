package sqlitegraph

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// A session is one transaction with the statements that it uses.
type session struct {
	ctx      context.Context // of the call that the session lives in
	db       *sql.DB
	tx       *sql.Tx
	known    *statements // shared with other sessions; nil: none
	prepared map[string]*sql.Stmt

	// short says that every statement is short, so that it is enough to look at the context between them: the driver
	// starts a goroutine for each statement that a context can interrupt.
	short bool
}

// statementContext returns the context for one statement.
func (t *session) statementContext() (context.Context, error) {
	if t.short {
		return context.WithoutCancel(t.ctx), t.ctx.Err()
	}
	return t.ctx, nil
}

func (t *session) prepare(query string) (*sql.Stmt, error) {
	if stmt, ok := t.prepared[query]; ok {
		return stmt, nil
	}
	stmt, err := t.known.get(t.ctx, t.db, query)
	switch {
	case err != nil:
	case stmt != nil:
		stmt = t.tx.StmtContext(t.ctx, stmt)
	default:
		stmt, err = t.tx.PrepareContext(t.ctx, query) // the transaction closes it
	}
	if err != nil {
		return nil, err
	}
	t.prepared[query] = stmt
	return stmt, nil
}

// exec runs a statement and returns how many rows it changed.
func (t *session) exec(query string, args ...any) (int64, error) {
	stmt, err := t.prepare(query) //nolint:sqlclosecheck // it is kept for the rest of the session
	if err != nil {
		return 0, err
	}
	ctx, err := t.statementContext()
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// each runs a query and calls fn for every row, with a function that reads its columns.
func (t *session) each(fn func(scan func(...any) error) error, query string, args ...any) (err error) {
	stmt, err := t.prepare(query) //nolint:sqlclosecheck // it is kept for the rest of the session
	if err != nil {
		return err
	}
	ctx, err := t.statementContext()
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// maxStatements is how many statements are kept prepared; those that come later are prepared each time.
const maxStatements = 512

// statements keeps statements prepared across sessions, since requests of one shape come again and again.
type statements struct {
	mu     sync.Mutex
	byText map[string]*sql.Stmt // guarded by mu
}

// get returns the statement, or nil if it is not to be kept.
func (s *statements) get(ctx context.Context, db *sql.DB, query string) (*sql.Stmt, error) {
	if s == nil {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if stmt, ok := s.byText[query]; ok {
		return stmt, nil
	}
	if len(s.byText) >= maxStatements {
		return nil, nil
	}
	stmt, err := db.PrepareContext(ctx, query) //nolint:sqlclosecheck // close does
	if err != nil {
		return nil, err
	}
	if s.byText == nil {
		s.byText = make(map[string]*sql.Stmt)
	}
	s.byText[query] = stmt
	return stmt, nil
}

func (s *statements) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, stmt := range s.byText {
		errs = append(errs, stmt.Close())
	}
	s.byText = nil
	return errors.Join(errs...)
}
