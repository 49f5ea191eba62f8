package guard

import "fmt"

// Limits bound what one GraphQL operation may ask for. A limit of zero allows nothing.
type Limits struct {
	Bytes       int // of the document, UTF-8
	Tokens      int // lexical, comments included
	Depth       int // of fields in fields, fragments expanded
	Fields      int // in all operations of the document, fragments expanded
	Aliases     int // among these fields
	Fragments   int // fragment definitions
	Directives  int // on one field, fragment, variable or operation
	Comparisons int // what validation compares: the sum over response paths of the square of their occurrences
	Page        int // first or last of one connection
	Nodes       int // that the answer may take, by first, last, the expected length of other lists, and @cost
	ListLength  int // how long a list without first or last is taken to be
}

// DefaultLimits are generous for people and for generated clients, and keep the work of the costliest document that
// they let through within a few milliseconds.
func DefaultLimits() Limits {
	return Limits{
		Bytes:       64 << 10,
		Tokens:      2000,
		Depth:       15,
		Fields:      1000,
		Aliases:     30,
		Fragments:   50,
		Directives:  4,
		Comparisons: 10_000,
		Page:        100,
		Nodes:       50_000,
		ListLength:  5,
	}
}

// A Limit is one line of the table of limits, as readers see it.
type Limit struct {
	Name    string // as errors name it
	Max     int
	Meaning string
}

// Table lists the limits in the order in which they are checked.
func (l Limits) Table() []Limit {
	return []Limit{
		{"bytes", l.Bytes, "bytes of the document"},
		{"tokens", l.Tokens, "words, numbers and punctuation marks of the document"},
		{"fragments", l.Fragments, "fragment definitions"},
		{"fragmentCycles", 0, "fragments that contain themselves"},
		{"directives", l.Directives, "directives on one field, fragment, variable or operation"},
		{"depth", l.Depth, "levels of fields within fields"},
		{"fields", l.Fields, "fields, with every fragment written out"},
		{"aliases", l.Aliases, "of these fields with an alias"},
		{"comparisons", l.Comparisons, "comparisons between fields that share a place in the answer"},
		{"page", l.Page, "items of one page (first, last)"},
		{"nodes", l.Nodes, "nodes to read: the product of the pages' sizes, summed over the document; analyses count as many as they read"},
	}
}

// Code is the extensions.code of every refusal.
const Code = "LIMIT_EXCEEDED"

// A RefusalError says which limit an operation exceeds.
type RefusalError struct {
	Limit string // a Limit's name
	Value int    // what the document asks for; counting may have stopped at the first value beyond Max
	Max   int
}

func (r *RefusalError) Error() string {
	return fmt.Sprintf("the operation exceeds the limit %q: %d asked for, %d allowed", r.Limit, r.Value, r.Max)
}

// within returns a RefusalError if value is beyond the limit.
func within(limit string, value, most int) error {
	if value <= most {
		return nil
	}
	return &RefusalError{Limit: limit, Value: value, Max: most}
}
