package graph

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
)

// exportPage is how many nodes Export asks for at once, and exportEdges how many edges of one kind from each of them.
const (
	exportPage  = 200
	exportEdges = MaxFirst
)

// An exported line is a node with the edges that lead away from it.
type exported struct {
	ID    ID             `json:"id"`
	Kind  NodeKind       `json:"kind"`
	Props Props          `json:"props"`
	Edges []exportedEdge `json:"edges,omitempty"`
}

type exportedEdge struct {
	Kind  EdgeKind `json:"kind"`
	To    ID       `json:"to"`
	Props Props    `json:"props,omitempty"`
}

// Export writes the whole graph as JSON, a node a line with the edges that lead away from it: kinds in the order of
// Nodes, nodes by ID, edges by kind in the order of Edges, then by ID. Two stores that hold the same graph export the
// same bytes. It reads page by page, so what changes meanwhile may or may not be in it.
func (g *Graph) Export(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriter(w)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for _, kind := range Nodes {
		s := Select{Level: exportLevel(kind)}
		for more := true; more; {
			rows, err := g.Select(ctx, s)
			if err != nil {
				return fmt.Errorf("export: %w", err)
			}
			for _, row := range rows.Rows {
				line, err := g.exportLine(ctx, s.Level, row)
				if err != nil {
					return err
				}
				if err := lines.Encode(line); err != nil {
					return fmt.Errorf("export: %w", err)
				}
				s.After = row.Position()
			}
			more = rows.More
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// exportLevel asks for everything of a kind of nodes and of the edges that lead away from them.
func exportLevel(info NodeInfo) Level {
	level := Level{Kinds: []NodeKind{info.Kind}, First: exportPage, Props: names(info.Props)}
	for _, e := range Edges {
		for _, from := range e.From {
			if from == info.Kind {
				level.Follow = append(level.Follow, Follow{
					Edge: e.Kind, EdgeProps: names(e.Props), Level: Level{First: exportEdges},
				})
			}
		}
	}
	return level
}

func names(props []Prop) []string {
	var list []string
	for _, p := range props {
		list = append(list, p.Name)
	}
	return list
}

func (g *Graph) exportLine(ctx context.Context, l Level, row Row) (exported, error) {
	line := exported{ID: row.ID, Kind: row.Kind, Props: zip(l.Props, row.Props)}
	for i, f := range l.Follow {
		for rows := row.Follow[i]; ; {
			for _, far := range rows.Rows {
				line.Edges = append(line.Edges, exportedEdge{Kind: f.Edge, To: far.ID, Props: zip(f.EdgeProps, far.Edge)})
			}
			if !rows.More {
				break
			}
			// More edges of one kind than fit: read on from this node alone.
			f.After = rows.Rows[len(rows.Rows)-1].Position()
			rest, err := g.Select(ctx, Select{IDs: []ID{row.ID}, Level: Level{Follow: []Follow{f}}})
			if err != nil {
				return line, fmt.Errorf("export %s: %w", row.ID, err)
			}
			if len(rest.Rows) == 0 { // deleted meanwhile
				break
			}
			rows = rest.Rows[0].Follow[0]
		}
	}
	return line, nil
}

// zip makes properties of names and the values aligned with them.
func zip(names []string, values []any) Props {
	p := make(Props, len(names))
	for i, v := range values {
		if v != nil {
			p[names[i]] = v
		}
	}
	return p
}
