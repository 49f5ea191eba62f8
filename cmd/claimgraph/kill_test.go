package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

// kills is how often a load is killed, for each store.
const kills = 20

// articles writes a folder of small articles that share actors, claims and relations. Who reads them does not matter to
// the tests that load them: rules do, since they start at once.
func articles(tb testing.TB, n int) string {
	tb.Helper()
	dir := tb.TempDir()
	for i := range n {
		text := fmt.Sprintf("Title: Part %d\nOutlet: Outlet %d\nURL: https://news.example/%d\nDate: 2025-03-%02d\n\n", i, i%3, i, 1+i%28)
		for k := range 6 {
			text += fmt.Sprintf("The minister of Iran said that the Houthis had received %d rifles from Iran. "+
				"Qatar denied that it backs group %d (IRNA, July 2024).\n\n", k*(i%5), i)
		}
		write(tb, dir, fmt.Sprintf("%03d.txt", i), text)
	}
	return dir
}

// TestKilledLoadsOnSQLite kills loads at random points and repeats them: in the end the graph is as if nothing had
// happened.
func TestKilledLoadsOnSQLite(t *testing.T) {
	t.Parallel()
	killedLoads(t, articles(t, 24), func() string { return "sqlite:" + filepath.Join(t.TempDir(), "graph.db") }, nil)
}

func TestKilledLoadsOnNeo4j(t *testing.T) {
	if testing.Short() {
		t.Skip("twenty loads into a Neo4j server take minutes")
	}
	uri := neo4jServer.Empty(t)
	killedLoads(t, articles(t, 16), func() string { return uri }, func() {
		if err := emptyNeo4j(t, uri); err != nil {
			t.Fatal(err)
		}
	})
}

// killedLoads compares the graph of an undisturbed load of the articles in dir with that of loads which were killed. A
// store that is used again is emptied in between.
func killedLoads(t *testing.T, dir string, store func() string, empty func()) {
	t.Helper()
	env := map[string]string{storeVariable: store()}
	killed, whole := killedWithin(t, time.Hour, env, "load", "--model", "fast", "--batch", "2", dir)
	if killed {
		t.Fatal("a load takes more than an hour")
	}
	want := comparable(t, runWith(t, env, "", "export"))

	random := rand.New(rand.NewPCG(1, 2))
	for done := 0; done < kills; {
		if empty != nil {
			empty()
		}
		env = map[string]string{storeVariable: store()}
		for range min(5, kills-done) {
			pause := time.Duration(random.Int64N(int64(whole)))
			killed, took := killedWithin(t, pause, env, "load", "--model", "fast", "--batch", "2", dir)
			if !killed { // It was done before.
				whole = min(whole, took)
				break
			}
			done++
		}
		if got := runWith(t, env, "", "load", "--model", "fast", dir); got.status != 0 {
			t.Fatalf("the load after %d kills: %+v", done, got)
		}
		if diff := cmp.Diff(want, comparable(t, runWith(t, env, "", "export"))); diff != "" {
			t.Fatalf("after %d kills (-undisturbed +killed):\n%s", done, diff)
		}
	}
}

// killedWithin starts the command line, kills it after a pause, and reports whether it was still running, and for how
// long it ran.
func killedWithin(t *testing.T, pause time.Duration, env map[string]string, args ...string) (killed bool, took time.Duration) {
	t.Helper()
	begun := time.Now()
	cmd, said := start(t, env, args...)
	timer := time.AfterFunc(pause, func() { cmd.Process.Kill() }) //nolint:errcheck // It may have ended.
	err := cmd.Wait()
	timer.Stop()
	var exit *exec.ExitError
	took = time.Since(begun)
	if err == nil {
		return false, took
	}
	if !errors.As(err, &exit) || exit.Exited() {
		t.Fatalf("%v: %v: %s", args, err, said)
	}
	return true, took
}

// comparable returns an export without what tells one load from another: runs, and when things were recorded.
func comparable(t *testing.T, got result) []string {
	t.Helper()
	if got.status != 0 {
		t.Fatal(got.err)
	}
	var list []string
	for line := range strings.Lines(got.out) {
		var node map[string]any
		if err := json.Unmarshal([]byte(line), &node); err != nil {
			t.Fatal(err)
		}
		if node["kind"] == string(graph.KindRun) {
			continue
		}
		props, _ := node["props"].(map[string]any)
		delete(props, "recordedAt")
		delete(props, "retrievedAt")
		edges, _ := node["edges"].([]any)
		kept := []any{}
		for _, e := range edges {
			if edge, _ := e.(map[string]any); edge["kind"] != string(graph.EdgeGeneratedBy) {
				kept = append(kept, e)
			}
		}
		node["edges"] = kept
		b, err := json.Marshal(node)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(b))
	}
	return list
}

// TestInterrupt sends Ctrl-C: the load ends in good order, says how to go on, and goes on.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	dir := articles(t, 400)
	path := filepath.Join(t.TempDir(), "graph.db")
	env := map[string]string{storeVariable: "sqlite:" + path}
	cmd, said := start(t, env, "load", "--model", "fast", "--batch", "2", dir)
	const some = 1 << 20 // bytes of the write-ahead log: more than the schema, much less than all the articles
	for written := int64(0); written < some; time.Sleep(5 * time.Millisecond) {
		if log, err := os.Stat(path + "-wal"); err == nil {
			written = log.Size()
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != statusInterrupted {
		t.Fatalf("got %v, want status %d; it said %s", err, statusInterrupted, said)
	}
	if !strings.Contains(said.String(), "repeat the command to load the rest: interrupted") {
		t.Errorf("it said %q, not how to go on", said)
	}
	got := runWith(t, env, "", "load", "--model", "fast", dir)
	if got.status != 0 || !strings.Contains(got.out, " 0 failed;") {
		t.Errorf("repeated: got %+v", got)
	}
}
