package graphtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/claimgraph/claimgraph/graph"
)

// Parse reads batches from a picture of a graph: lines that each bring a node or an edge, such as
//
//	wire  Document title="Talks in Herat" publishedAt=2024-07-01   # begins wire's batch
//	iran  Actor kind=STATE aliases=Tehran,"the Islamic Republic"
//	says  Attribution confidence=0.9
//	says  -SOURCE-> iran
//	says  -EVIDENCE-> cue role=CUE
//	cue   Passage
//
// A node that can own a batch begins one; what follows belongs to it. Names are 1 to 24 lower-case letters and digits
// from 3 to 7, each for one kind of nodes; a node's ID shows its name (see ID), so that IDs are in the order of their
// kinds' prefixes, then of the names. Where the picture does not declare a name and the kind of edge allows several
// kinds of ends, the name is written with its kind: Document:wire.
//
// A picture leaves out what does not matter: a required property that is not given gets a value that derives from
// name and type, and an owned node its edge to the document. An error names the line, or the node or edge that breaks
// the model's rules.
func Parse(text string) ([]graph.Batch, error) {
	p := parser{kinds: make(map[string]graph.NodeKind)}
	for i, line := range strings.Split(text, "\n") {
		l, err := scanLine(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if l.subject == "" {
			continue
		}
		l.number = i + 1
		if err := p.declare(l); err != nil {
			return nil, fmt.Errorf("line %d: %w", l.number, err)
		}
		p.lines = append(p.lines, l)
	}
	for _, l := range p.lines {
		if err := p.add(l); err != nil {
			return nil, fmt.Errorf("line %d: %w", l.number, err)
		}
	}
	// Graph checks the rest: it refuses what breaks the model's rules.
	return p.batches, graph.New(NewOracle()).Put(context.Background(), p.batches...)
}

// Draw is Parse for tests: it fails the test where the picture is wrong.
func Draw(t testing.TB, text string) []graph.Batch {
	t.Helper()
	batches, err := Parse(text)
	if err != nil {
		t.Fatalf("picture: %v", err)
	}
	return batches
}

const (
	idLetters = 24
	idPadding = "2" // not used in names, and before all that is
)

// ID returns the ID that the node of that kind and name has in pictures. A name that pictures do not allow gives
// something that is not an ID.
func ID(kind graph.NodeKind, name string) graph.ID {
	prefix, _, _ := strings.Cut(string(graph.NewID(kind)), "_")
	return graph.ID(prefix + "_" + name + strings.Repeat(idPadding, max(0, idLetters-len(name))))
}

// short is the ID without what makes it long: "act_iran".
func short(id graph.ID) string { return strings.TrimRight(string(id), idPadding) }

// A parser turns scanned lines into batches.
type parser struct {
	lines   []line
	kinds   map[string]graph.NodeKind // by name, of declared nodes
	batches []graph.Batch
}

// declare remembers what kind of node a name stands for.
func (p *parser) declare(l line) error {
	if l.edge != "" {
		return nil
	}
	kind := graph.NodeKind(l.object)
	if !kind.Known() {
		return fmt.Errorf("%q is no kind of node", l.object)
	}
	if err := checkName(l.subject); err != nil {
		return err
	}
	if have, ok := p.kinds[l.subject]; ok && have != kind {
		return fmt.Errorf("%q is a %s already", l.subject, have)
	}
	p.kinds[l.subject] = kind
	return nil
}

func checkName(name string) error {
	ok := len(name) >= 1 && len(name) <= idLetters
	for _, r := range name {
		ok = ok && (r >= 'a' && r <= 'z' || r >= '3' && r <= '7')
	}
	if !ok {
		return fmt.Errorf("%q is no name: 1 to %d of a-z and 3-7", name, idLetters)
	}
	return nil
}

func (p *parser) add(l line) error {
	if l.edge != "" {
		return p.addEdge(l)
	}
	kind := graph.NodeKind(l.object)
	info := kind.Info()
	props, err := l.props(info.Props, l.subject)
	if err != nil {
		return err
	}
	n := graph.Node{ID: ID(kind, l.subject), Kind: kind, Props: props}
	if info.Owner {
		p.batches = append(p.batches, graph.Batch{Owner: n.ID})
	}
	b, err := p.batch()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(b.Nodes, func(have graph.Node) bool { return have.ID == n.ID }) {
		return fmt.Errorf("%q is in this batch already", l.subject)
	}
	b.Nodes = append(b.Nodes, n)
	if !info.Shared && !info.Owner {
		b.Edges = append(b.Edges, graph.Edge{Kind: graph.EdgeIn, From: n.ID, To: b.Owner})
	}
	return nil
}

// batch returns the batch that is being drawn.
func (p *parser) batch() (*graph.Batch, error) {
	if len(p.batches) == 0 {
		return nil, errors.New("a batch begins with its owner: a Document, an Assessment, a Judgement or a Job")
	}
	return &p.batches[len(p.batches)-1], nil
}

func (p *parser) addEdge(l line) error {
	b, err := p.batch()
	if err != nil {
		return err
	}
	kind := graph.EdgeKind(l.edge)
	info := kind.Info()
	if !kind.Known() {
		return fmt.Errorf("%q is no kind of edge", l.edge)
	}
	props, err := l.props(info.Props, l.subject)
	if err != nil {
		return err
	}
	from, err := p.end(l.subject, info.From)
	if err != nil {
		return err
	}
	to, err := p.end(l.object, info.To)
	if err != nil {
		return err
	}
	e := graph.Edge{Kind: kind, From: from, To: to, Props: props}
	if info.Link {
		b.Links = append(b.Links, e)
	} else {
		b.Edges = append(b.Edges, e)
	}
	return nil
}

// end returns the node that a name at the end of an edge stands for.
func (p *parser) end(name string, allowed []graph.NodeKind) (graph.ID, error) {
	kind := p.kinds[name]
	if given, rest, ok := strings.Cut(name, ":"); ok {
		kind, name = graph.NodeKind(given), rest
	}
	if kind == "" && len(allowed) == 1 {
		kind = allowed[0]
	}
	if kind == "" {
		return "", fmt.Errorf("%q may be any of %v; write Kind:%s", name, allowed, name)
	}
	if !slices.Contains(allowed, kind) {
		return "", fmt.Errorf("%q is a %q; the edge needs one of %v", name, kind, allowed)
	}
	return ID(kind, name), checkName(name)
}
