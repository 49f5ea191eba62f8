package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const article = "Title: The bridge\nOutlet: Tarnwick Press Agency\n\nThe minister said that Iran backs the Houthis.\n"

func TestLoadFilesFoldersAndStandardInput(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := write(t, dir, "one.txt", article)
	folder := filepath.Join(dir, "folder")
	write(t, folder, "two.txt", strings.Replace(article, "minister", "envoy", 1))
	write(t, folder, "deep/three.html", "<html><body><article><p>The general denied that he had met the envoy of Iran on "+
		"Tuesday, and said that nobody had asked him to.</p><p>He added that the road was open.</p></article></body></html>")
	write(t, folder, "picture.jpg", "not an article")
	env := map[string]string{storeVariable: "sqlite:" + filepath.Join(dir, "graph.db")}

	got := runWith(t, env, strings.Replace(article, "bridge", "ford", 1), "load", file, folder, "-")
	if got.status != 0 || !strings.HasPrefix(got.out, "4 loaded, 0 replaced, 0 unchanged, 0 failed; ") || got.err != "" {
		t.Errorf("load: got %+v", got)
	}
	got = runWith(t, env, "", "load", file, folder)
	if got.status != 0 || !strings.HasPrefix(got.out, "0 loaded, 0 replaced, 3 unchanged, 0 failed; ") {
		t.Errorf("repeated: got %+v", got)
	}
	got = runWith(t, env, "", "export")
	if n := strings.Count(got.out, `"kind":"Document"`); got.status != 0 || n != 4 {
		t.Errorf("export: got status %d and %d documents, want 4; %s", got.status, n, got.err)
	}
}

func TestExport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	env := map[string]string{storeVariable: "sqlite:" + filepath.Join(dir, "graph.db")}
	if got := runWith(t, env, article, "load", "-"); got.status != 0 {
		t.Fatal(got.err)
	}
	file := filepath.Join(dir, "graph.jsonl")
	if got := runWith(t, env, "", "export", "-o", file); got.status != 0 {
		t.Fatal(got.err)
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(runWith(t, env, "", "export").out, string(written)); diff != "" {
		t.Errorf("file (-standard output +file):\n%s", diff)
	}
	if got := runWith(t, env, "", "migrate"); got.status != 0 || got.out != "the schema is up to date\n" {
		t.Errorf("migrate: got %+v", got)
	}
}

func TestVersionAndHelp(t *testing.T) {
	t.Parallel()
	if got := run(t, "version"); got.status != 0 || !strings.HasPrefix(got.out, "claimgraph ") {
		t.Errorf("version: got %+v", got)
	}
	for _, command := range []string{"demo", "load", "serve", "extract", "migrate", "export"} {
		got := run(t, command, "--help")
		if got.status != 0 || !strings.Contains(got.out, "Examples:\n  claimgraph "+command) {
			t.Errorf("%s --help: status %d, without examples:\n%s", command, got.status, got.out)
		}
	}
	if got := run(t); got.status != 0 || !strings.Contains(got.out, "claimgraph demo") {
		t.Errorf("no command: got %+v", got)
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"fly"},
		{"load"},
		{"extract"},
		{"serve", "now"},
		{"load", "--spin", "x.txt"},
		{"load", "--workers", "many", "x"},
		{"extract", "--format", "xml", "x.txt"},
		{"load", "--store", "mysql://x", "x.txt"},
		{"load", "--store", "sqlite:", "x"},
		{"load", "--store", "bolt://user:secret@127.0.0.1:7687", "x"},
		{"load", "--batch", "0", "x"},
		{"load", "--workers", "0", "x"},
	} {
		t.Run(fmt.Sprint(args), func(t *testing.T) {
			t.Parallel()
			got := run(t, args...)
			if got.status != statusUsage || got.out != "" {
				t.Errorf("got %+v, want status %d", got, statusUsage)
			}
			checkLine(t, got.err)
			if strings.Contains(got.err, "secret") {
				t.Error("the password is shown")
			}
		})
	}
}

// checkLine fails the test unless said is one line that a person can read.
func checkLine(t *testing.T, said string) {
	t.Helper()
	if strings.Count(said, "\n") != 1 || strings.Contains(said, "goroutine") || len(said) > 400 {
		t.Errorf("got %q, want one line", said)
	}
}
