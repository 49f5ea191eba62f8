package resolvers

import (
	"testing"

	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
)

// TestWordDiff asks for the diff from either end of a link.
func TestWordDiff(t *testing.T) {
	t.Parallel()
	g := graph.New(graphtest.NewOracle())
	err := g.Put(t.Context(), graphtest.Draw(t, `
		wire  Document
		truce Claim text="The truce holds well"
		peace Claim text="The truce lasts"
		truce -VARIANT_OF-> peace method=WORDS score=0.8`)...)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{exec: executor.New(Schema())}
	f.exec.Use(NewReads(g))
	for name, want := range map[string]string{
		"truce": `[{"op":"EQUAL","text":"The truce"},{"op":"DELETE","text":"holds well"},{"op":"INSERT","text":"lasts"}]`,
		"peace": `[{"op":"EQUAL","text":"The truce"},{"op":"DELETE","text":"lasts"},{"op":"INSERT","text":"holds well"}]`,
	} {
		got := f.data(t, `{node(id:"`+id(graph.KindClaim, name)+`"){...on Claim{variants{method diff{op text}}}}}`, nil)
		if want := `{"node":{"variants":[{"method":"WORDS","diff":` + want + `}]}}`; got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
