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

// An insertion is a way to write rows into a table, one or rowsAtOnce by a statement.
type insertion struct {
	width     int // columns
	one, many string
	edges     bool // the rows are edges
}

var (
	insertOwnEdge      = newInsertion("INSERT OR FAIL INTO edge(src, kind, dst, props)")
	insertEdge         = newInsertion("INSERT OR IGNORE INTO edge(src, kind, dst, props)")
	insertShortcut     = newInsertion("INSERT OR IGNORE INTO edge(src, kind, dst, props, relation)")
	insertLink         = newInsertion("INSERT OR IGNORE INTO link(src, kind, dst, props, owner)")
	insertContribution = newInsertion("INSERT OR FAIL INTO contribution(node, owner, props)")
	insertMeaning      = newInsertion("INSERT OR REPLACE INTO meaning(node, model, vector)")
	insertSketch       = newInsertion("INSERT OR REPLACE INTO sketch(node, bits)")
	insertNode         = newNodeInsertions()
)

func newNodeInsertions() map[graph.NodeKind]*insertion {
	insertions := make(map[graph.NodeKind]*insertion)
	for _, n := range graph.Nodes {
		insertions[n.Kind] = newInsertion(`INSERT OR FAIL INTO "` + string(n.Kind) + `"(key, id` + columns(n.Props) + ")")
	}
	return insertions
}

// rowsAtOnce is how many rows one statement writes: with four times as many nothing is gained.
const rowsAtOnce = 8

func newInsertion(into string) *insertion {
	width := strings.Count(into, ",") + 1
	tuple := "(?" + strings.Repeat(", ?", width-1) + ")"
	one := into + " VALUES " + tuple
	return &insertion{width, one, one + strings.Repeat(", "+tuple, rowsAtOnce-1), strings.Contains(into, " edge(")}
}

// add writes a row, at the latest when flush is called.
func (w *writer) add(ins *insertion, row ...any) error {
	w.rows[ins] = append(w.rows[ins], row...)
	if len(w.rows[ins]) < rowsAtOnce*ins.width {
		return nil
	}
	return w.write(ins)
}

// write writes the rows that wait.
func (w *writer) write(ins *insertion) error {
	statement, width := ins.one, ins.width
	if len(w.rows[ins]) == rowsAtOnce*ins.width {
		statement, width = ins.many, rowsAtOnce*ins.width
	}
	for row := range slices.Chunk(w.rows[ins], width) {
		n, err := w.exec(statement, row...)
		if err != nil {
			return err
		}
		if ins.edges {
			w.tally[0] += n
		}
	}
	w.rows[ins] = w.rows[ins][:0]
	return nil
}

// flush writes the rows that add holds back.
func (w *writer) flush() error {
	for ins := range w.rows {
		if err := w.write(ins); err != nil {
			return err
		}
	}
	return nil
}

// addNode writes a node's row.
func (w *writer) addNode(key int64, n graph.Node) error {
	row := append(make([]any, 0, 16), key, n.ID)
	for _, p := range n.Kind.Info().Props {
		have := n.Props[p.Name]
		if p.Computed { // not until links are there
			have = false
		}
		v, err := column(have)
		if err != nil {
			return err
		}
		row = append(row, v)
	}
	return w.add(insertNode[n.Kind], row...)
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
	w.touch(e.src, e.kind, e.dst)
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
	var texts []string
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
		texts = append(texts, text.now)
	}
	if len(texts) == 0 {
		return nil
	}
	return w.known.learn(w.conn, texts)
}
