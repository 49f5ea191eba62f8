package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/extraction"
)

// TestExtract checks every span that extract prints of the examples.
func TestExtract(t *testing.T) {
	t.Parallel()
	got := run(t, "extract", "--format", "jsonl", "../../examples")
	if got.status != 0 || got.err != "" {
		t.Fatal(got)
	}
	spans := 0
	var paths []string
	for line := range strings.Lines(got.out) {
		var printed map[string]any
		if err := json.Unmarshal([]byte(line), &printed); err != nil {
			t.Fatal(err)
		}
		doc, _ := printed["document"].(map[string]any)
		text, _ := doc["text"].(string)
		path, _ := doc["path"].(string)
		paths = append(paths, path)
		spans += checkSpans(t, path, []rune(text), printed)
	}
	if !slices.IsSorted(paths) || len(paths) < 14 {
		t.Errorf("got %v, want the examples in order", paths)
	}
	if spans < 1000 {
		t.Errorf("got %d spans, want more", spans)
	}
}

// checkSpans checks and counts the spans anywhere within v.
func checkSpans(t *testing.T, path string, text []rune, v any) int {
	t.Helper()
	spans := 0
	switch v := v.(type) {
	case map[string]any:
		exact, ok := v["exact"].(string)
		for _, part := range v {
			spans += checkSpans(t, path, text, part)
		}
		if !ok {
			return spans
		}
		start, _ := v["start"].(float64)
		end, _ := v["end"].(float64)
		if got := string(text[int(start):int(end)]); got != exact {
			t.Errorf("%s: text[%v:%v] is %q, exact says %q", path, start, end, got, exact)
		}
		return spans + 1
	case []any:
		for _, part := range v {
			spans += checkSpans(t, path, text, part)
		}
	case nil:
		t.Errorf("%s: a null is printed", path)
	}
	return spans
}

// TestExtractKeepsTheContract has the project's evaluation tools verify what is printed of the examples and of two real
// articles.
func TestExtractKeepsTheContract(t *testing.T) {
	t.Parallel()
	verifier, err := filepath.Abs("../../../shared/eval/score.py")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(verifier); err != nil {
		t.Skip("the evaluation tools, shared/eval beside the repository, are not there")
	}
	seeds, err := filepath.Glob("../../../shared/seeds/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	got := run(t, append([]string{"extract", "../../examples"}, seeds...)...)
	if got.status != 0 {
		t.Fatal(got.err)
	}
	out, err := exec.CommandContext(t.Context(), "python3", verifier, "verify", "--pred",
		write(t, t.TempDir(), "printed.jsonl", got.out)).CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// TestExtractGoesOn gives extract an unreadable article among others: they are printed, in order, and it is reported.
func TestExtractGoesOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	args := []string{"extract"}
	for _, name := range []string{"c.txt", "a.txt", "b.txt"} {
		args = append(args, write(t, dir, name, article))
	}
	args = slices.Insert(args, 2, write(t, dir, "empty.txt", ""))
	got := run(t, args...)
	checkFailure(t, got, "no text in it")
	var names []string
	for line := range strings.Lines(got.out) {
		var printed extraction.Record
		if err := json.Unmarshal([]byte(line), &printed); err != nil {
			t.Fatal(err)
		}
		names = append(names, filepath.Base(printed.Document.Path))
	}
	if diff := cmp.Diff([]string{"c.txt", "a.txt", "b.txt"}, names); diff != "" {
		t.Errorf("printed (-want +got):\n%s", diff)
	}
}

// TestExtractNamesTypesAsBefore checks that extract says DEMAND where the graph says REQUEST.
func TestExtractNamesTypesAsBefore(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(run(t, "extract", "../../examples").out) {
		var printed extraction.Record
		if err := json.Unmarshal([]byte(line), &printed); err != nil {
			t.Fatal(err)
		}
		for _, r := range printed.Relations {
			if r.Type == string(graph.Request) || r.Type == string(graph.Accuse) {
				t.Errorf("%s: %s is printed", printed.Document.Path, r.Type)
			}
		}
	}
}
