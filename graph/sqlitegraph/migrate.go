package sqlitegraph

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/claimgraph/claimgraph/graph"
)

// migrations holds the steps of the schema in the order of their names; a database's user_version says how many it
// has taken. A step that was released never changes.
//
//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks our files ("clmg").
const applicationID = 0x636c6d67

// migrate brings the schema up to date: always where there is none, and where older says so also from an older one.
func migrate(ctx context.Context, c *conn, scripts fs.FS, older bool) error {
	steps, err := fs.Glob(scripts, "migrations/*.sql")
	if err != nil {
		return err
	}
	var app, version, tables int
	err = c.each(func(scan func(...any) error) error { return scan(&app, &version, &tables) },
		"SELECT (SELECT application_id FROM pragma_application_id), "+
			"(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)")
	if err != nil {
		return err
	}
	if tables > 0 && app != applicationID {
		return fmt.Errorf("%w: the database has %d tables of something else; name another file", graph.ErrForeign, tables)
	}
	if version > len(steps) {
		return fmt.Errorf("%w: its schema is version %d, this program knows %d; use a newer claimgraph",
			graph.ErrVersion, version, len(steps))
	}
	if version > 0 && version < len(steps) && !older {
		return fmt.Errorf("%w: its schema is version %d, this program needs %d; run claimgraph migrate",
			graph.ErrVersion, version, len(steps))
	}
	if version == len(steps) {
		return nil
	}
	// In one transaction, so that a file which is set up never holds half of the schema.
	return c.transaction(ctx, "BEGIN IMMEDIATE", func() error { return take(c, scripts, steps) })
}

// take applies the steps that the database has not taken; another process may have been faster.
func take(c *conn, scripts fs.FS, steps []string) error {
	var have int
	if err := c.each(func(scan func(...any) error) error { return scan(&have) }, "PRAGMA user_version"); err != nil {
		return err
	}
	for ; have < len(steps); have++ {
		script, err := fs.ReadFile(scripts, steps[have])
		if err != nil {
			return err
		}
		if err := c.db.Exec(string(script)); err != nil {
			return fmt.Errorf("migration %s: %w", steps[have], err)
		}
	}
	return c.db.Exec(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, have))
}
