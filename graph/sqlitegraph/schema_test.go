package sqlitegraph

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

func TestCodesCoverTheVocabulary(t *testing.T) {
	t.Parallel()
	for _, n := range graph.Nodes {
		if code := nodeCode(n.Kind); code < 1 || code >= 1<<kindBits || kindOf(code) != n.Kind {
			t.Errorf("%s has code %d", n.Kind, code)
		}
	}
	for _, e := range graph.Edges {
		code := edgeCode(e.Kind)
		if code < 1 || edgeKind(code) != e.Kind {
			t.Errorf("%s has code %d", e.Kind, code)
		}
		if derived := code >= firstShortcut; derived != e.Derived {
			t.Errorf("%s: its code %d is on the wrong side of the shortcuts'", e.Kind, code)
		}
	}
}

func TestBlocksHoldTheLargestBatch(t *testing.T) {
	t.Parallel()
	if places := 1 << (blockBits - kindBits); places < graph.MaxBatchNodes {
		t.Errorf("a block has %d places, a batch up to %d nodes", places, graph.MaxBatchNodes)
	}
}

func TestTablesFollowTheVocabulary(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "graph.db")
	open(t, path)
	c := connected(t, path)
	columnTypes := map[graph.Type]string{
		graph.String: "TEXT", graph.Int: "INTEGER", graph.Float: "REAL", graph.Bool: "INTEGER", graph.Time: "TEXT", graph.Strings: "TEXT",
	}
	for _, info := range graph.Nodes {
		want := []string{"key INTEGER", "id TEXT"}
		var wantIndexed []string
		for _, p := range info.Props {
			want = append(want, p.Name+" "+columnTypes[p.Type])
			if p.Indexed {
				wantIndexed = append(wantIndexed, p.Name)
			}
		}
		got := texts(t, c, "SELECT name || ' ' || type FROM pragma_table_info(?)", string(info.Kind))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("columns of %s (-want +got):\n%s", info.Kind, diff)
		}
		got = texts(t, c, `SELECT c.name FROM pragma_index_list(?) i JOIN pragma_index_info(i.name) c
			WHERE i.origin = 'c' AND c.seqno = 0 ORDER BY i.seq DESC`, string(info.Kind))
		if diff := cmp.Diff(wantIndexed, got); diff != "" {
			t.Errorf("indexes of %s (-want +got):\n%s", info.Kind, diff)
		}
	}
}

func texts(t *testing.T, c *conn, query string, args ...any) []string {
	t.Helper()
	var list []string
	err := c.each(func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		list = append(list, s)
		return err
	}, query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
	return s
}

func connected(t *testing.T, path string) *conn {
	t.Helper()
	c, err := connect(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	change := func(statement string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			if err := connected(t, path).db.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	ours := func(then string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			s, err := Open(t.Context(), path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(t.Context()); err != nil {
				t.Fatal(err)
			}
			change(then)(t, path)
		}
	}
	tests := []struct {
		name string
		make func(*testing.T, string)
		want error
		says string
	}{
		{"another program's database", change("CREATE TABLE recipes (id INTEGER)"), graph.ErrForeign, "name another file"},
		{"a text file", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("no database\n", 200)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, graph.ErrForeign, "no SQLite database"},
		{"a newer schema", ours("PRAGMA user_version = 99"), graph.ErrVersion, "use a newer claimgraph"},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, graph.ErrUnavailable, "open "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "graph.db")
			test.make(t, path)
			_, err := Open(t.Context(), path, nil)
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %v that says %q", err, test.want, test.says)
			}
		})
	}
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	c := connected(t, filepath.Join(t.TempDir(), "graph.db"))
	one := fstest.MapFS{"migrations/0001_a.sql": {Data: []byte("CREATE TABLE a (x)")}}
	two := fstest.MapFS{"migrations/0001_a.sql": one["migrations/0001_a.sql"], "migrations/0002_b.sql": {Data: []byte("CREATE TABLE b (x)")}}
	broken := fstest.MapFS{
		"migrations/0001_a.sql": one["migrations/0001_a.sql"], "migrations/0002_b.sql": two["migrations/0002_b.sql"],
		"migrations/0003_c.sql": {Data: []byte("CREATE TABLE c (x); CREATE TABLE c (x)")},
	}
	for _, step := range []struct {
		name    string
		scripts fstest.MapFS
		older   bool
		want    error
		tables  string
	}{
		{"an empty file is set up", one, false, nil, "a"},
		{"again changes nothing", one, false, nil, "a"},
		{"an old schema is refused", two, false, graph.ErrVersion, "a"},
		{"unless it may be migrated", two, true, nil, "a b"},
		{"a newer one is refused", one, true, graph.ErrVersion, "a b"},
	} {
		if err := migrate(t.Context(), c, step.scripts, step.older); !errors.Is(err, step.want) {
			t.Errorf("%s: got error %v, want %v", step.name, err, step.want)
		}
		got := strings.Join(texts(t, c, "SELECT name FROM sqlite_schema ORDER BY name"), " ")
		if got != step.tables {
			t.Errorf("%s: got tables %s, want %s", step.name, got, step.tables)
		}
	}
	if err := migrate(t.Context(), c, broken, true); err == nil {
		t.Error("a step that fails: got no error")
	}
	if got := strings.Join(texts(t, c, "SELECT name FROM sqlite_schema ORDER BY name"), " "); got != "a b" {
		t.Errorf("a step that fails half-way: got tables %s, want a b", got)
	}
	empty := connected(t, filepath.Join(t.TempDir(), "empty.db"))
	if err := migrate(t.Context(), empty, broken, false); err == nil {
		t.Error("a set-up that fails: got no error")
	}
	if got := strings.Join(texts(t, empty, "SELECT name FROM sqlite_schema"), " "); got != "" {
		t.Errorf("a set-up that fails: got tables %s, want none", got)
	}
}
