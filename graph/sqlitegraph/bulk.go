package sqlitegraph

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Rows are written several at a time, since a call of the driver costs more than a row. Statements that write several
// rows say OR FAIL or OR IGNORE: by default SQLite notes before each of them how to take it back alone, which we never
// do, and each of these notes makes full-text search write out what it holds back.

// rowsAtOnce are the numbers of rows that one statement writes; few, so that few statements are prepared.
var rowsAtOnce = []int{32, 8, 1}

// The statements that write rows, up to their values.
const (
	insertOwnEdge      = "INSERT OR FAIL INTO edge(src, kind, dst, props) VALUES "
	insertEdge         = "INSERT OR IGNORE INTO edge(src, kind, dst, props) VALUES "
	insertLink         = "INSERT OR IGNORE INTO link(src, kind, dst, props, owner) VALUES "
	insertContribution = "INSERT OR FAIL INTO contribution(node, owner, props) VALUES "
)

// insertNode returns the statement that writes nodes of a kind, up to their values.
func insertNode(kind graph.NodeKind) string {
	return `INSERT OR FAIL INTO "` + string(kind) + `"(key, id` + columns(kind.Info().Props) + ") VALUES "
}

// add writes a row, at the latest when flush is called.
func (w *writer) add(statement string, row ...any) error {
	w.rows[statement] = append(w.rows[statement], row...)
	if len(w.rows[statement]) < rowsAtOnce[0]*len(row) {
		return nil
	}
	return w.write(statement, len(row))
}

// write writes the rows, of so many columns each, that wait for the statement.
func (w *writer) write(statement string, width int) error {
	args := w.rows[statement]
	w.rows[statement] = args[:0]
	for _, rows := range rowsAtOnce {
		for len(args) >= rows*width {
			n, err := w.exec(statement+tuples(rows, width), args[:rows*width]...)
			if err != nil {
				return err
			}
			args = args[rows*width:]
			if statement == insertEdge || statement == insertOwnEdge {
				w.tally[0] += n
			}
		}
	}
	return nil
}

// flush writes the rows that add holds back.
func (w *writer) flush() error {
	for _, statement := range slices.Sorted(maps.Keys(w.rows)) {
		if err := w.write(statement, strings.Count(statement, ",")+1); err != nil {
			return err
		}
	}
	return nil
}

// tuples returns the placeholders of so many rows.
func tuples(rows, columns int) string {
	tuple := "(?" + strings.Repeat(", ?", columns-1) + ")"
	return tuple + strings.Repeat(", "+tuple, rows-1)
}

// addNode writes a node's row.
func (w *writer) addNode(key int64, n graph.Node) error {
	row := append(make([]any, 0, 16), key, n.ID)
	for _, p := range n.Kind.Info().Props {
		v, err := column(n.Props[p.Name])
		if err != nil {
			return err
		}
		row = append(row, v)
	}
	return w.add(insertNode(n.Kind), row...)
}

// An edgeRow is a row of table edge.
type edgeRow struct {
	src, kind, dst int64
	props          string
}

func compareRows(a, b edgeRow) int {
	return cmp.Or(cmp.Compare(a.src, b.src), cmp.Compare(a.kind, b.kind), cmp.Compare(a.dst, b.dst), cmp.Compare(a.props, b.props))
}

// addEdge draws an edge, if it is not there.
func (w *writer) addEdge(e edgeRow) error {
	w.touchShortcuts(e.src, e.kind, e.dst)
	return w.add(insertEdge, e.src, e.kind, e.dst, e.props)
}

// addOwnEdges draws the edges of a batch that lead away from nodes which it has just brought.
func (w *writer) addOwnEdges(edges []edgeRow) error {
	slices.SortFunc(edges, compareRows)
	for _, e := range slices.Compact(edges) {
		if err := w.add(insertOwnEdge, e.src, e.kind, e.dst, e.props); err != nil {
			return err
		}
	}
	return nil
}

// An indexed text changes: the words under which search finds a node, before and now.
type indexed struct{ before, now string }

// indexWords replaces the words under which search finds a node.
func (w *writer) indexWords(key int64, before, now string) {
	if before != now {
		w.words[key] = indexed{before, now}
	}
}

// writeWords writes the words all together and in the order of keys: else full-text search would write out what it
// holds back with each of them.
func (w *writer) writeWords() error {
	for _, key := range slices.Sorted(maps.Keys(w.words)) {
		text := w.words[key]
		if text.before != "" {
			if _, err := w.exec("DELETE FROM search WHERE rowid = ?", key); err != nil {
				return err
			}
		}
		if text.now == "" {
			continue
		}
		if _, err := w.exec("INSERT INTO search(rowid, words) VALUES (?, ?)", key, text.now); err != nil {
			return err
		}
	}
	return nil
}
