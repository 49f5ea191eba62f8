package neo4jgraph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

// TestMigrationsMakeWhatTheVocabularyAsksFor holds the migrations to the vocabulary: a new kind or index needs a step.
func TestMigrationsMakeWhatTheVocabularyAsksFor(t *testing.T) {
	t.Parallel()
	steps, err := readSteps()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range steps {
		for _, statement := range s.statements {
			if strings.HasPrefix(statement, "CREATE ") { // others change data
				got = append(got, statement)
			}
		}
	}
	want := wantedSchema()
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("migrations (-vocabulary +migrations):\n%s", diff)
	}
}

// wantedSchema returns the statements that follow from the vocabulary and from what the store keeps beside it.
func wantedSchema() []string {
	constraint := func(label, prop string) string {
		return fmt.Sprintf("CREATE CONSTRAINT %s_%s IF NOT EXISTS FOR (n:%s) REQUIRE n.%s IS UNIQUE",
			strings.ToLower(label), prop, label, prop)
	}
	index := func(label, prop string) string {
		return fmt.Sprintf("CREATE INDEX %s_%s IF NOT EXISTS FOR (n:%s) ON (n.%s)", strings.ToLower(label), prop, label, prop)
	}
	list := []string{
		constraint("Schema", "product"), constraint("Meaning", "id"),
		fmt.Sprintf("CREATE VECTOR INDEX meaning_vector IF NOT EXISTS FOR (n:Meaning) ON (n.vector)\n"+
			"OPTIONS {indexConfig: {`vector.dimensions`: %d, `vector.similarity_function`: 'cosine'}}", graph.VectorSize),
		constraint("Pending", "id"), index("Pending", "from"), index("Pending", "to"),
	}
	var searched []string
	for _, n := range graph.Nodes {
		list = append(list, constraint(string(n.Kind), "id"))
		for _, p := range n.Props {
			if p.Indexed {
				list = append(list, index(string(n.Kind), p.Name))
			}
			if p.Searched && !slices.Contains(searched, string(n.Kind)) {
				searched = append(searched, string(n.Kind))
			}
		}
	}
	return append(list, fmt.Sprintf("CREATE FULLTEXT INDEX search IF NOT EXISTS FOR (n:%s) ON EACH [n.search]\n"+
		"OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}", strings.Join(searched, "|")))
}
