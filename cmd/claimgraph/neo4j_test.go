package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// cypher runs a statement on a test server.
func cypher(tb testing.TB, uri, statement string) error {
	tb.Helper()
	address, database, _ := strings.Cut(strings.TrimPrefix(uri, "bolt://"), "/")
	driver, err := neo4j.NewDriverWithContext("bolt://"+address, neo4j.NoAuth())
	if err != nil {
		return err
	}
	defer driver.Close(tb.Context())
	_, err = neo4j.ExecuteQuery(tb.Context(), driver, statement, nil, neo4j.EagerResultTransformer,
		neo4j.ExecuteQueryWithDatabase(database))
	return err
}

// emptyNeo4j removes everything but the schema.
func emptyNeo4j(tb testing.TB, uri string) error {
	tb.Helper()
	return cypher(tb, uri, "MATCH (n) WHERE NOT n:Schema DETACH DELETE n")
}

// TestBothStoresHoldTheSameGraph loads the examples and, where they are there, two real articles into each store.
func TestBothStoresHoldTheSameGraph(t *testing.T) {
	args := []string{"load", "--model", "fast", "../../examples"}
	if seeds, err := filepath.Glob("../../../shared/seeds/*.txt"); err == nil && len(seeds) > 0 {
		args = append(args, seeds...)
	} else {
		t.Log("the folder with real articles, shared/seeds beside the repository, is not there: only the examples are loaded")
	}
	var exports [][]string
	for _, store := range []string{"sqlite:" + filepath.Join(t.TempDir(), "graph.db"), neo4jServer.Empty(t)} {
		env := map[string]string{storeVariable: store}
		if got := runWith(t, env, "", args...); got.status != 0 {
			t.Fatal(got.err)
		}
		exports = append(exports, comparable(t, runWith(t, env, "", "export")))
	}
	if diff := cmp.Diff(exports[0], exports[1]); diff != "" {
		t.Errorf("exports (-SQLite +Neo4j):\n%s", diff)
	}
}

func TestNeo4jThatIsNotOurs(t *testing.T) {
	uri := neo4jServer.Blank(t)
	file := write(t, t.TempDir(), "good.txt", article)
	if err := cypher(t, uri, "CREATE (:Bookmark {url: 'https://news.example'})"); err != nil {
		t.Fatal(err)
	}
	checkFailure(t, run(t, "load", "--store", uri, file), "choose another database")
	if err := cypher(t, uri, "MATCH (n) DETACH DELETE n"); err != nil {
		t.Fatal(err)
	}
	if got := run(t, "load", "--store", uri, file); got.status != 0 {
		t.Fatal(got.err)
	}
	if err := cypher(t, uri, "MATCH (s:Schema) SET s.version = 99"); err != nil {
		t.Fatal(err)
	}
	checkFailure(t, run(t, "load", "--store", uri, file), "newer claimgraph")
}

// TestNeo4jDiesDuringALoad kills the server while a load runs, and starts it again: the load waits and goes on, and the
// graph is as if nothing had happened.
func TestNeo4jDiesDuringALoad(t *testing.T) {
	uri := neo4jServer.Empty(t)
	dir := articles(t, 12)
	quiet := map[string]string{storeVariable: "sqlite:" + filepath.Join(t.TempDir(), "graph.db")}
	if got := runWith(t, quiet, "", "load", "--model", "fast", dir); got.status != 0 {
		t.Fatal(got.err)
	}
	env := map[string]string{storeVariable: uri}
	done := make(chan result, 1)
	go func() { done <- runWith(t, env, "", "load", "--model", "fast", "--batch", "1", dir) }()
	for exported := ""; !strings.Contains(exported, `"kind":"Document"`); {
		exported = runWith(t, env, "", "export").out
	}
	neo4jServer.Kill(t)
	neo4jServer.Restart(t)
	if got := <-done; got.status != 0 || !strings.HasPrefix(got.out, "12 loaded") {
		t.Errorf("got %+v", got)
	}
	if diff := cmp.Diff(comparable(t, runWith(t, quiet, "", "export")), comparable(t, runWith(t, env, "", "export"))); diff != "" {
		t.Errorf("exports (-undisturbed +disturbed):\n%s", diff)
	}
}
