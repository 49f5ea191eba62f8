package graph

import (
	"fmt"
	"slices"
	"strings"
)

// invalid makes an ErrInvalid with a sentence that says what is wrong.
func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, args...))
}

// check reports how a batch breaks the rules of the model.
func (b Batch) check() error {
	owner, err := b.Owner.Kind()
	if err != nil {
		return err
	}
	if !owner.Info().Owner {
		return invalid("batch %s: nodes of kind %s cannot own a batch", b.Owner, owner)
	}
	if len(b.Nodes) > MaxBatchNodes {
		return invalid("batch %s has %d nodes; at most %d are allowed", b.Owner, len(b.Nodes), MaxBatchNodes)
	}
	nodes := make(map[ID]*Node, len(b.Nodes))
	for i := range b.Nodes {
		n := &b.Nodes[i]
		if nodes[n.ID] != nil {
			return invalid("batch %s: node %s is there twice", b.Owner, n.ID)
		}
		if err := n.check(); err != nil {
			return fmt.Errorf("batch %s: %w", b.Owner, err)
		}
		if n.Kind.Info().Owner && n.ID != b.Owner {
			return invalid("batch %s: node %s needs a batch of its own", b.Owner, n.ID)
		}
		nodes[n.ID] = n
	}
	if nodes[b.Owner] == nil {
		return invalid("batch %s: the owner is not among its nodes", b.Owner)
	}
	home := make(map[*Node]bool, len(b.Nodes))
	for _, e := range b.Edges {
		if err := e.check(nodes); err != nil {
			return fmt.Errorf("batch %s: %w", b.Owner, err)
		}
		if e.Kind != EdgeIn {
			continue
		}
		if e.To != b.Owner {
			return invalid("batch %s: node %s cannot be %s %s", b.Owner, e.From, EdgeIn, e.To)
		}
		home[nodes[e.From]] = true
	}
	for _, e := range b.Links {
		if nodes[e.From] == nil && nodes[e.To] == nil {
			return invalid("batch %s: %s: the batch brings neither end", b.Owner, e.who())
		}
		if err := e.checkLink(); err != nil {
			return fmt.Errorf("batch %s: %w", b.Owner, err)
		}
	}
	for i := range b.Meanings {
		if err := b.Meanings[i].check(nodes); err != nil {
			return fmt.Errorf("batch %s: %w", b.Owner, err)
		}
	}
	for i := range b.Nodes {
		n := &b.Nodes[i]
		if info := n.Kind.Info(); !info.Shared && !info.Owner && !home[n] {
			return invalid("batch %s: node %s has no %s edge to it", b.Owner, n.ID, EdgeIn)
		}
	}
	return nil
}

func (n *Node) check() error {
	kind, err := n.ID.Kind()
	if err != nil {
		return err
	}
	if kind != n.Kind {
		return invalid("node %s is of kind %s, not %s", n.ID, kind, n.Kind)
	}
	info := kind.Info()
	for name, v := range n.Props {
		p, ok := info.Prop(name)
		if !ok {
			return invalid("node %s: a %s has no property %q", n.ID, kind, name)
		}
		if p.ByStores() {
			return invalid("node %s: stores compute %q", n.ID, name)
		}
		if err := p.check(v); err != nil {
			return fmt.Errorf("node %s: %w", n.ID, err)
		}
	}
	if name := missing(info.Props, n.Props); name != "" {
		return invalid("%s: %q is missing", n.ID, name)
	}
	return nil
}

// missing returns the name of a property that is required and not there, or "".
func missing(props []Prop, have Props) string {
	for _, p := range props {
		if _, ok := have[p.Name]; p.Required && !ok {
			return p.Name
		}
	}
	return ""
}

func (p Prop) check(v any) error {
	if !p.Type.holds(v) {
		return invalid("property %q: %v (%T) is not of its type", p.Name, v, v)
	}
	if text, ok := v.(string); ok && p.Indexed && len(text) > MaxIndexedBytes {
		return invalid("property %q has %d bytes; at most %d are allowed", p.Name, len(text), MaxIndexedBytes)
	}
	if p.Values == nil {
		return nil
	}
	words, ok := v.([]string)
	if !ok {
		words = []string{FormatValue(v)}
	}
	for _, w := range words {
		if !slices.Contains(p.Values, w) {
			return invalid("property %q: %q is none of %s", p.Name, w, strings.Join(p.Values, ", "))
		}
	}
	return nil
}

// check reports what is wrong with an edge of a batch that brings those nodes.
func (e Edge) check(nodes map[ID]*Node) error {
	info := e.Kind.Info()
	switch {
	case !e.Kind.Known():
		return e.invalid("unknown kind")
	case info.Derived:
		return e.invalid("stores derive it")
	case info.Link:
		return e.invalid("it is a link, which belongs to nobody")
	case nodes[e.From] == nil:
		return e.invalid("it leads from a node that the batch does not bring")
	}
	from, to := nodes[e.From].Kind, NodeKind("")
	if n := nodes[e.To]; n != nil {
		to = n.Kind
	} else {
		var err error
		if to, err = e.To.Kind(); err != nil {
			return fmt.Errorf("%s: %w", e.who(), err)
		}
		if !to.Info().Shared && !to.Info().Owner && to != KindAttribution {
			return e.invalid("it leads to a %s that another batch owns", to)
		}
	}
	return e.checkValue(from, to)
}

// checkLink reports what is wrong with a link.
func (e Edge) checkLink() error {
	info := e.Kind.Info()
	switch {
	case !info.Link:
		return e.invalid("it is no link")
	case e.From == e.To:
		return e.invalid("it leads nowhere else")
	case info.Symmetric && e.From < e.To:
		return e.invalid("it must lead from the greater ID to the smaller")
	}
	from, err := e.From.Kind()
	if err != nil {
		return fmt.Errorf("%s: %w", e.who(), err)
	}
	to, err := e.To.Kind()
	if err != nil {
		return fmt.Errorf("%s: %w", e.who(), err)
	}
	return e.checkValue(from, to)
}

// checkValue reports whether the kinds of an edge's ends, or its properties, are none that its kind can have.
func (e Edge) checkValue(from, to NodeKind) error {
	info := e.Kind.Info()
	if !slices.Contains(info.From, from) || !slices.Contains(info.To, to) {
		return e.invalid("it cannot lead from %s to %s", from, to)
	}
	for name, v := range e.Props {
		p, ok := info.Prop(name)
		if !ok {
			return e.invalid("no property %q", name)
		}
		if err := p.check(v); err != nil {
			return fmt.Errorf("%s: %w", e.who(), err)
		}
	}
	if name := missing(info.Props, e.Props); name != "" {
		return e.invalid("%q is missing", name)
	}
	return nil
}

// invalid makes an ErrInvalid that names the edge and says what is wrong with it.
func (e Edge) invalid(format string, args ...any) error {
	return invalid("%s: %s", e.who(), fmt.Sprintf(format, args...))
}

// who names the edge in messages.
func (e Edge) who() string { return fmt.Sprintf("edge %s from %s to %s", e.Kind, e.From, e.To) }
