package guard

import (
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// BenchmarkDocument measures what it takes to refuse each attack, and to let the introspection query pass.
func BenchmarkDocument(b *testing.B) {
	limits := DefaultLimits()
	run := func(name, query string) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = limits.Document(query)
			}
		})
	}
	run("introspection", introspection.Query)
	for _, a := range attacks {
		run(a.name, a.query())
	}
}

// BenchmarkValidation measures what the costliest documents within the limits cost afterwards.
func BenchmarkValidation(b *testing.B) {
	limits := DefaultLimits()
	for _, d := range []struct{ name, query string }{
		{"repeated field", "{" + strings.Repeat("a{x}", 70) + "}"},
		{"repeats within repeats", "{" + strings.Repeat("a{"+strings.Repeat("x ", 9)+"}", 10) + "}"},
		{"distinct fields", "{" + numbered(29, "f%d:a{x}") + strings.Repeat("b{x}", 60) + "}"},
		{"fragments", fragments(50, "x ...F%d")},
		{"fragments side by side", "{" + numbered(48, "...F%d ") + "}" + numbered(48, " fragment F%d on Query{a{x}}")},
		{"fragments in pairs", "{" + numbered(13, "...F%d ...F%[1]d ") + "}" + numbered(13, " fragment F%d on Query{a{b{c{x}}}}")},
		{"nested", "{" + strings.Repeat("a{b{", 6) + strings.Repeat("x ", 70) + strings.Repeat("}}", 6) + "}"},
		{"operations", numbered(240, "query q%d{x}")},
	} {
		if err := limits.Document(d.query); err != nil {
			b.Fatalf("%s: %v", d.name, err)
		}
		b.Run(d.name, func(b *testing.B) {
			for b.Loop() {
				doc, err := parser.ParseQuery(&ast.Source{Input: d.query})
				if err != nil {
					b.Fatal(err)
				}
				_ = validator.ValidateWithRules(anySchema, doc, rules.NewDefaultRules())
			}
		})
	}
}
