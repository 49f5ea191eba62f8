package neo4jgraph

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// migrations holds the steps of the schema in the order of their names; the Schema node says how many a database has
// taken. A step that was released never changes. Each statement may be run again, so a step that was interrupted is
// taken from its beginning, and so are all steps before it.
//
//go:embed migrations/*.cypher
var migrations embed.FS

// product marks our databases.
const product = "claimgraph"

const (
	readSchema = `
		OPTIONAL MATCH (s:Schema {product: $product})
		CALL () { MATCH (n) RETURN count(n) AS nodes }
		RETURN s.version AS version, nodes`
	writeSchema  = `MERGE (s:Schema {product: $product}) SET s.version = $version, s.appliedAt = datetime()`
	awaitIndexes = `CALL db.awaitIndexes(600)`
	showNames    = `SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names`
	showIndexes  = `SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN collect(name) AS names`
)

// migrate brings the schema up to date: always where there is none, and where older says so also from an older one.
func (s *Store) migrate(ctx context.Context, older bool) error {
	steps, err := readSteps()
	if err != nil {
		return err
	}
	version, err := s.version(ctx)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return fmt.Errorf("%w: its schema is version %d, this program knows %d; use a newer claimgraph",
			graph.ErrVersion, version, len(steps))
	}
	if version > 0 && version < len(steps) && !older {
		return fmt.Errorf("%w: its schema is version %d, this program needs %d; run claimgraph migrate",
			graph.ErrVersion, version, len(steps))
	}
	missing, err := s.missing(ctx, steps)
	if err != nil {
		return err
	}
	if version == len(steps) && len(missing) == 0 {
		return nil
	}
	if version > 0 && !older {
		return fmt.Errorf("%w: the database has lost %s; run claimgraph migrate", graph.ErrVersion, strings.Join(missing, ", "))
	}
	return s.take(ctx, steps)
}

// A step is one migration: its statements, and the names of the constraints and indexes that they make.
type step struct {
	statements []string
	names      []string
}

func readSteps() ([]step, error) {
	files, err := fs.Glob(migrations, "migrations/*.cypher")
	if err != nil {
		return nil, err
	}
	steps := make([]step, len(files))
	for i, file := range files {
		script, err := migrations.ReadFile(file)
		if err != nil {
			return nil, err
		}
		steps[i] = parseStep(string(script))
	}
	return steps, nil
}

// parseStep reads statements that end with semicolons, and lines that begin with // as comments. A statement
// that makes something begins "CREATE … name IF NOT EXISTS".
func parseStep(script string) step {
	var s step
	var code strings.Builder
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(line, "//") {
			code.WriteString(line)
		}
	}
	for statement := range strings.SplitSeq(code.String(), ";") {
		if statement = strings.TrimSpace(statement); statement == "" {
			continue
		}
		s.statements = append(s.statements, statement)
		if head, _, ok := strings.Cut(statement, " IF NOT EXISTS"); ok {
			s.names = append(s.names, head[strings.LastIndexByte(head, ' ')+1:])
		}
	}
	return s
}

// version returns the version of the database's schema, 0 if the database is empty.
func (s *Store) version(ctx context.Context) (int, error) {
	var version any
	var nodes int64
	err := s.reading(ctx, func(tx *transaction) error {
		rows, err := tx.run(readSchema, map[string]any{"product": product})
		if err != nil {
			return err
		}
		version = rows[0][0]
		nodes, _ = rows[0][1].(int64)
		return nil
	})
	if err != nil {
		return 0, err
	}
	n, ok := version.(int64)
	if !ok && nodes > 0 {
		return 0, fmt.Errorf("%w: the database holds %d nodes of something else; name an empty database",
			graph.ErrForeign, nodes)
	}
	return int(n), nil
}

// missing returns the names of constraints and indexes that the database should have and has not, or not ready.
func (s *Store) missing(ctx context.Context, steps []step) ([]string, error) {
	have := make(map[string]bool)
	err := s.reading(ctx, func(tx *transaction) error {
		for _, show := range []string{showNames, showIndexes} {
			rows, err := tx.run(show, nil)
			if err != nil {
				return err
			}
			names, _ := rows[0][0].([]any)
			for _, name := range names {
				have[text(name)] = true
			}
		}
		return nil
	})
	var missing []string
	for _, st := range steps {
		for _, name := range st.names {
			if !have[name] {
				missing = append(missing, name)
			}
		}
	}
	return missing, err
}

// take takes all steps; those that were taken before change nothing. Neo4j wants schema and data in transactions
// apart, so the version is written when its step is done. That is when its indexes are online: each that comes online
// changes the schema once more, and a statement that is compiled meanwhile may fail.
func (s *Store) take(ctx context.Context, steps []step) error {
	for i, st := range steps {
		if err := s.takeOne(ctx, st, i+1); err != nil {
			return fmt.Errorf("migration %d: %w", i+1, err)
		}
	}
	return nil
}

func (s *Store) takeOne(ctx context.Context, st step, version int) error {
	if err := s.writing(ctx, func(tx *transaction) error { return tx.execAll(st.statements) }); err != nil {
		return err
	}
	if err := s.reading(ctx, func(tx *transaction) error { return tx.exec(awaitIndexes, nil) }); err != nil {
		return err
	}
	return s.writing(ctx, func(tx *transaction) error {
		return tx.exec(writeSchema, map[string]any{"product": product, "version": version})
	})
}

func (t *transaction) execAll(statements []string) error {
	for _, statement := range statements {
		if err := t.exec(statement, nil); err != nil {
			return err
		}
	}
	return nil
}
