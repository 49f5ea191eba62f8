package graph

import "slices"

// A Filter decides which nodes (or, in Follow.Via, which edges) match. It is one of And, Or, Not, Where, Has and
// Match; nil matches all. It knows only true and false: a comparison with an absent property is false, so Not of it is
// true.
type Filter interface{ filter() }

// And matches where all of its filters do; without filters, always.
type And []Filter

// Or matches where one of its filters does; without filters, never.
type Or []Filter

// Not matches where its filter does not.
type Not struct{ Filter Filter }

// IDProp is the name under which Where and Facet know a node's ID, as a string. It is no property: nodes have it always.
const IDProp = "id"

// Where compares a property, or a node's ID, with a value.
type Where struct {
	Prop  string
	Op    Op
	Value any // of the property's type; In: an []any of such values; Exists: nil; Contains: a string
}

// An Op is a comparison.
type Op uint8

// The comparisons. All but Exists are false where the property is absent.
const (
	Eq       Op = iota
	Ne          // present and different
	Lt          // in the order of Compare; not for Strings
	Le          //
	Gt          //
	Ge          //
	In          // equals one of the values; with none, false
	Prefix      // String: begins with the value, to the letter
	Contains    // Strings: the value is in the list
	Exists      // is present
)

// Has matches nodes that have an edge to (Reverse: from) a node that matches.
type Has struct {
	Edge    EdgeKind
	Reverse bool
	Via     Filter // on the edge's properties: And, Or, Not and Where only
	Where   Filter // on the far node
}

// Spoken matches shared nodes of which a document that matches says anything: where the node, and what it has become, is
// there by that document too.
type Spoken struct{ By Filter }

// Match matches nodes whose searched properties together hold every word of the text or, with Any, one of them at least
// (see Terms). A text without words matches nothing.
type Match struct {
	Text string
	Any  bool
}

// Terms returns the different words that count, in order: at most MaxTerms or, with Any, MaxAnyTerms.
func (m Match) Terms() []string {
	if m.Any {
		return distinct(m.Text, MaxAnyTerms)
	}
	return SearchTerms(m.Text)
}

func (And) filter()    {}
func (Or) filter()     {}
func (Not) filter()    {}
func (Where) filter()  {}
func (Has) filter()    {}
func (Spoken) filter() {}
func (Match) filter()  {}

// IsAny matches the nodes with those IDs.
func IsAny(ids []ID) Filter {
	list := make([]any, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return Where{Prop: IDProp, Op: In, Value: list}
}

// NamedIn returns the IDs of which a node must have one to match, nil if the filter names none.
func NamedIn(f Filter) []ID {
	switch f := f.(type) {
	case Where:
		list, ok := f.Value.([]any)
		if f.Prop != IDProp || f.Op != In || !ok {
			return nil
		}
		ids := make([]ID, len(list))
		for i, v := range list {
			id, _ := v.(string)
			ids[i] = ID(id)
		}
		return ids
	case And:
		for _, part := range f {
			if ids := NamedIn(part); ids != nil {
				return ids
			}
		}
	}
	return nil
}

// MostSorted is how many nodes behind what a filter names a store reads and sorts for the first of them. Where there are more,
// the first are met soon by going through all nodes in their order.
const MostSorted = 5000

// IndexOrdered reports whether an index soon gives the first nodes of the kind in the order of the level. It may have to sort those
// with one value by their IDs, which are many where values are few. Whoever wants as many rows as allowed wants them all.
func (l Level) IndexOrdered(kind NodeKind) bool {
	if l.First == MaxFirst {
		return false
	}
	if len(l.Order) == 0 {
		return true
	}
	p, _ := kind.Info().Prop(l.Order[0].Prop)
	return p.Indexed && p.Type != Bool && p.Values == nil
}

// TakeNamed takes an edge out of a filter that every match has, and whose far nodes are few: named by their IDs or by words,
// analysts' judgements, or found by such an edge in turn. To go on from these is quicker than to look at every node. It takes
// none, and ok is false, if the filter has none, or names the nodes themselves.
func TakeNamed(f Filter) (has Has, rest Filter, ok bool) {
	switch f := f.(type) {
	case Has:
		_, _, further := TakeNamed(f.Where)
		few := further || isNamed(f.Where) || f.Edge == EdgeJudges && f.Reverse
		return f, nil, few && len(f.Edge.Info().Far(f.Reverse)) == 1
	case And:
		if isNamed(f) {
			return has, f, false
		}
		for i, part := range f {
			if has, rest, ok := TakeNamed(part); ok {
				return has, every(append(slices.Delete(slices.Clone(f), i, i+1), rest)...), true
			}
		}
	}
	return has, f, false
}

func isNamed(f Filter) bool { return NamedIn(f) != nil || hasMatch(f) }
