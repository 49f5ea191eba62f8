package guard

import (
	"math"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
)

// Document checks a document before anything else reads it: its size and number of tokens first, which bound the
// recursion of the parser, then everything that decides what validation would cost. It returns a *RefusalError, the
// parser's error, or nil. Its own work grows linearly with the document.
func (l Limits) Document(query string) error {
	if err := within("bytes", len(query), l.Bytes); err != nil {
		return err
	}
	if err := within("tokens", countTokens(query, l.Tokens), l.Tokens); err != nil {
		return err
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		return err
	}
	return l.parsed(doc)
}

// countTokens counts up to one more than most. Where the lexer cannot read on, the parser will say why.
func countTokens(query string, most int) int {
	lex := lexer.New(&ast.Source{Input: query})
	for n := 0; ; n++ {
		token, err := lex.ReadToken()
		if err != nil || token.Kind == lexer.EOF || n > most {
			return n
		}
	}
}

func (l Limits) parsed(doc *ast.QueryDocument) error {
	if err := within("fragments", len(doc.Fragments), l.Fragments); err != nil {
		return err
	}
	w := &walk{limits: l, fragments: doc.Fragments, sizes: make(map[*ast.FragmentDefinition]*size)}
	var total size
	var roots []ast.SelectionSet
	for _, op := range doc.Operations {
		if err := w.operation(op, &total); err != nil {
			return err
		}
		roots = append(roots, op.SelectionSet)
	}
	for _, f := range doc.Fragments {
		if w.sizes[f] != nil {
			continue // part of an operation, or of a fragment before it
		}
		if err := w.spread(f, 0, &total); err != nil {
			return err
		}
		roots = append(roots, f.SelectionSet)
	}
	for _, root := range roots {
		if err := w.compare([]ast.SelectionSet{root}); err != nil {
			return err
		}
	}
	return nil
}

// A walk visits each selection of a document once, however often its fragment is used.
type walk struct {
	limits      Limits
	fragments   ast.FragmentDefinitionList
	sizes       map[*ast.FragmentDefinition]*size
	comparisons int
}

// A size is what a selection set holds, with its fragments expanded.
type size struct {
	fields, aliases int
	depth           int  // levels of fields, 1 where no field has fields
	open            bool // a fragment whose selections are being visited: meeting it again is a cycle
}

// add counts what lies so many levels below s.
func (s *size) add(other size, below int) {
	s.fields = sum(s.fields, other.fields)
	s.aliases = sum(s.aliases, other.aliases)
	s.depth = max(s.depth, other.depth+below)
}

func (w *walk) check(s size) error {
	if err := within("depth", s.depth, w.limits.Depth); err != nil {
		return err
	}
	if err := within("fields", s.fields, w.limits.Fields); err != nil {
		return err
	}
	return within("aliases", s.aliases, w.limits.Aliases)
}

func (w *walk) operation(op *ast.OperationDefinition, total *size) error {
	if err := w.directives(op.Directives); err != nil {
		return err
	}
	for _, v := range op.VariableDefinitions {
		if err := w.directives(v.Directives); err != nil {
			return err
		}
	}
	return w.selections(op.SelectionSet, 0, total)
}

// selections adds to s what the set holds, so many levels below.
func (w *walk) selections(set ast.SelectionSet, below int, s *size) error {
	for _, selection := range set {
		var err error
		switch selection := selection.(type) {
		case *ast.Field:
			err = w.field(selection, below, s)
		case *ast.InlineFragment:
			if err = w.directives(selection.Directives); err == nil {
				err = w.selections(selection.SelectionSet, below, s)
			}
		case *ast.FragmentSpread:
			if err = w.directives(selection.Directives); err != nil {
				break
			}
			// A fragment that is not defined is for validation to refuse.
			if f := w.fragments.ForName(selection.Name); f != nil {
				err = w.spread(f, below, s)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) field(f *ast.Field, below int, s *size) error {
	if err := w.directives(f.Directives); err != nil {
		return err
	}
	self := size{fields: 1, depth: 1}
	if f.Alias != f.Name {
		self.aliases = 1
	}
	if err := w.selections(f.SelectionSet, 1, &self); err != nil {
		return err
	}
	s.add(self, below)
	return w.check(*s)
}

func (w *walk) spread(f *ast.FragmentDefinition, below int, s *size) error {
	known := w.sizes[f]
	if known == nil {
		known = &size{open: true}
		w.sizes[f] = known
		if err := w.directives(f.Directives); err != nil {
			return err
		}
		if err := w.selections(f.SelectionSet, 0, known); err != nil {
			return err
		}
		known.open = false
	}
	if known.open {
		return within("fragmentCycles", 1, 0)
	}
	s.add(*known, below)
	return w.check(*s)
}

func (w *walk) directives(list ast.DirectiveList) error {
	return within("directives", len(list), w.limits.Directives)
}

// compare adds up what it takes to tell whether fields of one name can be merged: validation compares every two of
// them, and then every two fields within them. The sets are those of all fields at one place in the answer. The work
// is bounded by the number of expanded fields, which has been checked.
func (w *walk) compare(sets []ast.SelectionSet) error {
	places := make(map[string]*place)
	var order []*place
	for _, set := range sets {
		order = w.collect(set, places, order)
	}
	for _, p := range order {
		w.comparisons = sum(w.comparisons, p.occurrences*p.occurrences)
		if err := within("comparisons", w.comparisons, w.limits.Comparisons); err != nil {
			return err
		}
	}
	for _, p := range order {
		if len(p.sets) == 0 {
			continue
		}
		if err := w.compare(p.sets); err != nil {
			return err
		}
	}
	return nil
}

// A place is one name in one object of the answer.
type place struct {
	occurrences int
	sets        []ast.SelectionSet
}

func (w *walk) collect(set ast.SelectionSet, places map[string]*place, order []*place) []*place {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			p := places[selection.Alias]
			if p == nil {
				p = new(place)
				places[selection.Alias] = p
				order = append(order, p)
			}
			p.occurrences++
			if len(selection.SelectionSet) > 0 {
				p.sets = append(p.sets, selection.SelectionSet)
			}
		case *ast.InlineFragment:
			order = w.collect(selection.SelectionSet, places, order)
		case *ast.FragmentSpread:
			if f := w.fragments.ForName(selection.Name); f != nil {
				order = w.collect(f.SelectionSet, places, order)
			}
		}
	}
	return order
}

// sum and product stop at the largest number instead of beginning anew; neither takes negative numbers.
func sum(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func product(a, b int) int {
	if b != 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}
