package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/loader/read"
)

// extractPages runs extract for pages, by rules, which need no model.
func extractPages(t *testing.T, args ...string) result {
	t.Helper()
	return run(t, append([]string{"extract", "--format", "html", "--model", "fast"}, args...)...)
}

// isPage checks that a text is a whole page.
func isPage(t *testing.T, page string) {
	t.Helper()
	if !strings.HasPrefix(page, "<!doctype html>") || !strings.HasSuffix(page, "</html>\n") {
		t.Errorf("got no page: %.80q", page)
	}
}

func readPage(t *testing.T, path string) {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	isPage(t, string(page))
}

func TestPageOfOneArticle(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in, out := write(t, dir, "a.txt", article), filepath.Join(dir, "page.html")
	got := extractPages(t, in)
	if got.status != 0 {
		t.Fatal(got)
	}
	isPage(t, got.out)
	for range 2 { // A page is written anew.
		if got := extractPages(t, "--out", out, in); got.status != 0 || got.out != out+"\n" {
			t.Fatal(got)
		}
		readPage(t, out)
	}
	if got := extractPages(t, "-o", dir, in); got.status != 0 || got.out != filepath.Join(dir, "a.html")+"\n" {
		t.Error(got)
	}
}

func TestPagesOfSeveralArticles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"x/a.txt", "x/b.txt", "y/A.txt"} {
		write(t, dir, name, article)
	}
	pages := filepath.Join(dir, "new", "pages")
	got := extractPages(t, "--out", pages, filepath.Join(dir, "x"), filepath.Join(dir, "y", "A.txt"))
	if got.status != 0 {
		t.Fatal(got)
	}
	var names []string
	for line := range strings.Lines(got.out) {
		path := strings.TrimSpace(line)
		readPage(t, path)
		names = append(names, filepath.Base(path))
	}
	if diff := cmp.Diff([]string{"a.html", "b.html", "A-2.html"}, names); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

// TestPagesOverwriteNoArticle gives extract places for pages where articles are, or would be taken for some.
func TestPagesOverwriteNoArticle(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := write(t, dir, "articles/a.txt", article)
	page := write(t, dir, "articles/b.html", "<title>B</title><p>"+strings.Repeat(article+"<p>", 3))
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Dir(text), link); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		status int
		says   string
		args   []string
	}{
		{statusFailed, "is itself an article", []string{"--out", text, text}},
		{statusFailed, "is itself an article", []string{"--out", filepath.Join(link, "a.txt"), text}},
		{statusFailed, "is itself an article", []string{"--out", filepath.Dir(text), text, page}},
		{statusUsage, "lies within", []string{"--out", filepath.Join(link, "pages"), filepath.Dir(text)}},
		{statusUsage, "must name a folder", []string{text, page}},
		{statusUsage, "must name a folder", []string{filepath.Dir(text)}},
		{statusUsage, "must name a folder", []string{"--out", text, text, page}},
		{statusUsage, "--out is for --format html", []string{"--format", "jsonl", "--out", filepath.Join(dir, "x"), text}},
		{statusUsage, "only jsonl and html", []string{"--format", "xml", text}},
	} {
		before := contents(t, text, page)
		if got := extractPages(t, c.args...); got.status != c.status || !strings.Contains(got.err, c.says) {
			t.Errorf("%v: got status %d and %q, want %d and %q", c.args, got.status, got.err, c.status, c.says)
		}
		if !slices.Equal(before, contents(t, text, page)) {
			t.Fatalf("%v: an article was overwritten", c.args)
		}
	}
}

func contents(t *testing.T, paths ...string) []string {
	t.Helper()
	var list []string
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(data))
	}
	return list
}

func TestPageNames(t *testing.T) {
	t.Parallel()
	s := &pages{names: make(map[string]bool)}
	for _, c := range []struct {
		ref  read.Ref
		want string
	}{
		{"-", "standard-input.html"},
		{"https://news.example/a/b?c=d/../e", "news.example-a-b-c-d-..-e.html"},
		{"https://news.example/a/b/", "news.example-a-b.html"},
		{"x/story.html", "story.html"},
		{"y/story.txt", "story-2.html"},
	} {
		if got := s.name(c.ref); got != c.want {
			t.Errorf("%s: got %s, want %s", c.ref, got, c.want)
		}
	}
}
