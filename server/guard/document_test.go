package guard

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// attacks are documents of each class that costs a server without a guard more than it can bear, by generator.
var attacks = []struct {
	name  string
	limit string // that refuses it
	query func() string
}{
	{"long document", "bytes", func() string { return "{a(x:\"" + strings.Repeat("x", 70_000) + "\")}" }},
	{"directive flood", "tokens", func() string { return "{a " + strings.Repeat("@x", 2000) + "}" }},
	{"directives", "directives", func() string { return "{a " + strings.Repeat("@x", 20) + "}" }},
	{"directives of a variable", "directives", func() string { return "query($v:Int " + strings.Repeat("@x", 9) + "){a}" }},
	{"directives of an operation", "directives", func() string { return "query " + strings.Repeat("@x", 9) + "{a}" }},
	{"directives of a fragment", "directives", func() string { return "{a} fragment F on Q " + strings.Repeat("@x", 9) + "{a}" }},
	{"nested beyond the parser's stack", "tokens", func() string { return strings.Repeat("{a", 30_000) }},
	{"nested", "depth", func() string { return strings.Repeat("{a", 16) + strings.Repeat("}", 16) }},
	{"nested by fragments", "depth", func() string { return fragments(40, "a{...F%d}") }},
	{"repeated field", "comparisons", func() string { return "{" + strings.Repeat("a ", 500) + "}" }},
	{"repeated object", "comparisons", func() string { return "{" + strings.Repeat("a{x}", 300) + "}" }},
	{
		"repeats within repeats", "comparisons",
		func() string { return "{" + strings.Repeat("a{"+strings.Repeat("b{c}", 10)+"}", 20) + "}" },
	},
	{
		"repeats through inline fragments", "comparisons",
		func() string { return "{" + strings.Repeat("...{a{x}}", 200) + "}" },
	},
	{
		"repeats through fragments", "comparisons",
		func() string { return "{" + strings.Repeat("...F ", 150) + "} fragment F on Q{a b c}" },
	},
	{"fields", "fields", func() string { return "{" + numbered(1200, "f%d ") + "}" }},
	{"fields of several operations", "fields", func() string { return numbered(200, "query q%d{a b c d e f}") }},
	{"fragments that double", "fields", func() string { return fragments(30, "...F%d ...F%[1]d") }},
	{"unused fragments that double", "fields", func() string { return "{a}" + fragments(30, "...F%d ...F%[1]d")[7:] }},
	{"fragments", "fragments", func() string { return fragments(51, "a ...F%d") }},
	{"aliases", "aliases", func() string { return "{" + numbered(31, "a%d:a ") + "}" }},
	{"aliases through fragments", "aliases", func() string { return "{a{...F}b{...F}} fragment F on Q{" + numbered(16, "a%d:a ") + "}" }},
	{"fragment in itself", "fragmentCycles", func() string { return "{...A} fragment A on Q{...A}" }},
	{"fragments in a circle", "fragmentCycles", func() string { return "{a} fragment A on Q{a{...B}} fragment B on Q{...A}" }},
}

func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// fragments writes a document of n fragments, each containing the next one in the way that body says.
func fragments(n int, body string) string {
	var b strings.Builder
	b.WriteString("{...F0}")
	for i := range n {
		if i == n-1 {
			body = "a"
		}
		fmt.Fprintf(&b, " fragment F%d on Q{", i)
		if strings.Contains(body, "%") {
			fmt.Fprintf(&b, body, i+1)
		} else {
			b.WriteString(body)
		}
		b.WriteString("}")
	}
	return b.String()
}

func TestDocumentRefuses(t *testing.T) {
	t.Parallel()
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			err := DefaultLimits().Document(a.query())
			var refusal *RefusalError
			if !errors.As(err, &refusal) {
				t.Fatalf("got %v, want a refusal", err)
			}
			if refusal.Limit != a.limit {
				t.Errorf("got refused by %s, want %s", refusal.Limit, a.limit)
			}
			if refusal.Value <= refusal.Max {
				t.Errorf("got value %d within max %d", refusal.Value, refusal.Max)
			}
		})
	}
}

func TestDocumentAccepts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, query string }{
		{"introspection", introspection.Query},
		{"depth at the limit", strings.Repeat("{a", 15) + strings.Repeat("}", 15)},
		{"many fields", "{" + numbered(990, "f%d ") + "}"},
		{"shared fragments", "{a{...F}b{...F}c{...F}} fragment F on Q{" + numbered(10, "x%d ") + "}"},
		{"undefined fragment, which validation refuses", "{...Nowhere}"},
		{"shorthand", "{a}"},
	} {
		if err := DefaultLimits().Document(tt.query); err != nil {
			t.Errorf("%s: got %v, want nil", tt.name, err)
		}
	}
}

func TestDocumentReportsSyntax(t *testing.T) {
	t.Parallel()
	for _, query := range []string{"", "{", "{a", "}", "query", "{a(}", "\x00", "{\"\"\"", "{a\xff}"} {
		err := DefaultLimits().Document(query)
		var refusal *RefusalError
		if errors.As(err, &refusal) {
			t.Errorf("%q: got refusal %v, want a syntax error or nil", query, err)
		}
	}
}

// The work of refusing is counted rather than timed: it must not grow with how often fragments are used.
func TestWorkIsLinear(t *testing.T) {
	for _, a := range attacks {
		query := a.query()
		if len(query) > DefaultLimits().Bytes {
			continue
		}
		allocations := testing.AllocsPerRun(1, func() { _ = DefaultLimits().Document(query) })
		if most := float64(200 + 12*2000); allocations > most {
			t.Errorf("%s: got %.0f allocations, want at most %.0f", a.name, allocations, most)
		}
	}
}

func FuzzDocument(f *testing.F) {
	for _, a := range attacks {
		if query := a.query(); len(query) < 2000 {
			f.Add(query)
		}
	}
	f.Add(introspection.Query)
	limits := DefaultLimits()
	f.Fuzz(func(t *testing.T, query string) {
		if limits.Document(query) != nil {
			return
		}
		doc, err := parser.ParseQuery(&ast.Source{Input: query})
		if err != nil {
			t.Fatalf("passed although it cannot be parsed: %v", err)
		}
		_ = validator.ValidateWithRules(anySchema, doc, rules.NewDefaultRules())
	})
}

// anySchema is what the documents of these tests are validated against.
var anySchema = gqlparser.MustLoadSchema(&ast.Source{Input: `
	directive @cost(weight: Int, length: Int) on FIELD_DEFINITION
	directive @x repeatable on QUERY | FIELD | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
	type Query { a(x: String, v: Int): Query b: Query c: Query x: Int
		page(first: Int = 20, last: Int): QueryConnection list: [Query!]! nodes(ids: [ID!]!): [Query]! near(maxNodes: Int = 300): Query
		heavy: Query @cost(weight: 50) long: [Query!]! @cost(weight: 2, length: 100) heavyPage(first: Int): QueryConnection @cost(weight: 40) }
	type QueryConnection { nodes: [Query!]! edges: [QueryEdge!]! totalCount: Int }
	type QueryEdge { cursor: String node: Query }`})
