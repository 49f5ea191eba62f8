package sqlitegraph

import (
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// Rows are written several at a time, since a call of the driver costs more than a row.
const (
	edgesAtOnce = 64
	nodesAtOnce = 8
)

// An edgeRow is a row of table edge.
type edgeRow struct {
	src, kind, dst int64
	props          string
}

// addEdge draws an edge, at the latest when flush is called.
func (w *writer) addEdge(e edgeRow) error {
	w.touchShortcuts(e.src, e.kind, e.dst)
	w.edges = append(w.edges, e)
	if len(w.edges) < edgesAtOnce {
		return nil
	}
	return w.flushEdges()
}

func (w *writer) flushEdges() error {
	for rows := range slices.Chunk(w.edges, edgesAtOnce) {
		args := make([]any, 0, 4*len(rows))
		for _, e := range rows {
			args = append(args, e.src, e.kind, e.dst, e.props)
		}
		n, err := w.exec("INSERT OR IGNORE INTO edge(src, kind, dst, props) VALUES "+tuples(len(rows), 4), args...)
		if err != nil {
			return err
		}
		w.tally[0] += n
	}
	w.edges = w.edges[:0]
	return nil
}

// addRow writes a node's row, at the latest when flush is called.
func (w *writer) addRow(key int64, n graph.Node) error {
	args := w.rows[n.Kind]
	args = append(args, key, n.ID)
	for _, p := range n.Kind.Info().Props {
		v, err := column(n.Props[p.Name])
		if err != nil {
			return err
		}
		args = append(args, v)
	}
	w.rows[n.Kind] = args
	if len(args) < nodesAtOnce*width(n.Kind) {
		return nil
	}
	return w.flushRows(n.Kind)
}

// width returns how many columns the kind's table has.
func width(kind graph.NodeKind) int { return 2 + len(kind.Info().Props) }

func (w *writer) flushRows(kind graph.NodeKind) error {
	args := w.rows[kind]
	if len(args) == 0 {
		return nil
	}
	w.rows[kind] = args[:0]
	_, err := w.exec(`INSERT INTO "`+string(kind)+`"(key, id`+columns(kind.Info().Props)+") VALUES "+
		tuples(len(args)/width(kind), width(kind)), args...)
	return err
}

// flush writes what addRow and addEdge hold back.
func (w *writer) flush() error {
	for _, kind := range nodeCodes {
		if err := w.flushRows(kind); err != nil {
			return err
		}
	}
	return w.flushEdges()
}

// tuples returns the placeholders of so many rows.
func tuples(rows, columns int) string {
	tuple := "(?" + strings.Repeat(", ?", columns-1) + ")"
	return tuple + strings.Repeat(", "+tuple, rows-1)
}
