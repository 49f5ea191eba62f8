package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// TestBadInput gives load one bad article among good ones: it is named in one line that says what to do, and the
// others are loaded.
func TestBadInput(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name string
		data string
		says string
	}{
		"empty":            {"empty.txt", "", "no text in it"},
		"blank":            {"blank.txt", " \n\n\t", "no text in it"},
		"binary":           {"tool.txt", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00", "convert it to plain text"},
		"PDF":              {"paper.txt", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "convert it to plain text"},
		"50 MB":            {"long.txt", strings.Repeat("The minister said that it rained.\n\n", 1_500_000), "raise it with --max-size"},
		"a library":        {"library.txt", strings.Repeat("The minister said that it rained.\n\n", 40_000), "split it"},
		"invalid UTF-8":    {"broken.txt", "Der Minister sagte “ja” – “nein” \xff und “doch” – mehr nicht.", "convert it to UTF-8"},
		"no main text":     {"menu.html", "<html><body><nav><a href=/a>Home</a><a href=/b>News</a></nav></body></html>", "no article text"},
		"too many tags":    {"deep.html", "<html><body>" + strings.Repeat("<div>", 100_000) + "x", "HTML"},
		"not text by name": {"feed.txt", `<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>`, "neither plain text nor HTML"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			good := write(t, dir, "good.txt", article)
			got := run(t, "load", write(t, dir, test.name, test.data), good)
			checkFailure(t, got, test.says)
			if !strings.Contains(got.err, test.name) {
				t.Errorf("%q does not name the file", got.err)
			}
			if !strings.HasPrefix(got.out, "1 loaded, 0 replaced, 0 unchanged, 1 failed;") {
				t.Errorf("got %q, want the good article loaded", got.out)
			}
		})
	}
}

func checkFailure(t *testing.T, got result, says string) {
	t.Helper()
	if got.status != statusFailed || !strings.Contains(got.err, says) {
		t.Errorf("got status %d and %q, want 1 and %q", got.status, got.err, says)
	}
	checkLine(t, got.err)
}

func TestVanishedAndForbiddenFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := write(t, dir, "good.txt", article)
	checkFailure(t, run(t, "load", filepath.Join(dir, "gone.txt"), good), "no such file")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	checkFailure(t, run(t, "load", filepath.Join(dir, "link.txt"), good), "no such file")

	if os.Geteuid() == 0 {
		t.Skip("root may read every directory, so what follows needs another user")
	}
	locked := filepath.Join(dir, "locked")
	write(t, locked, "secret.txt", article)
	if err := os.Chmod(locked, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(locked, 0o700) }) //nolint:errcheck // The folder goes with the test.
	checkFailure(t, run(t, "load", locked, good), "permission denied")
}

// website serves an article, and what may go wrong with one.
func website(tb testing.TB) string {
	tb.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/article", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, article)
	})
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data", http.StatusFound)
	})
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/huge", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		line := []byte(strings.Repeat("It rained. ", 1<<12))
		for sent := 0; sent < 1<<30; sent += len(line) {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/picture", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "image/png") })
	s := httptest.NewServer(mux)
	tb.Cleanup(s.Close)
	return s.URL
}

func TestURLs(t *testing.T) {
	t.Parallel()
	site := website(t)
	if got := run(t, "load", "--allow-private", site+"/article"); got.status != 0 || !strings.HasPrefix(got.out, "1 loaded") {
		t.Errorf("got %+v", got)
	}
	tests := map[string]struct {
		args []string
		says string
	}{
		"a private address": {[]string{site + "/article"}, "address not allowed"},
		"slow":              {[]string{"--allow-private", "--timeout", "200ms", site + "/slow"}, "try again later"},
		"1 GB":              {[]string{"--allow-private", site + "/huge"}, "raise it with --max-size"},
		"no article":        {[]string{"--allow-private", site + "/picture"}, "neither plain text nor HTML"},
		"absent":            {[]string{"--allow-private", site + "/nothing"}, "404"},
		"round and round":   {[]string{"--allow-private", site + "/round"}, "too many redirects"},
		"no web address":    {[]string{"https:///path"}, "not a URL"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkFailure(t, run(t, append([]string{"load"}, test.args...)...), test.says)
		})
	}
}

func TestStoresThatAreNotOurs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := write(t, dir, "good.txt", article)
	other := filepath.Join(dir, "other.db")
	statement(t, other, "CREATE TABLE bookmarks (url TEXT)")
	newer := filepath.Join(dir, "newer.db")
	if got := run(t, "migrate", "--store", "sqlite:"+newer); got.status != 0 {
		t.Fatal(got.err)
	}
	statement(t, newer, "PRAGMA user_version = 99")
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := listener.Addr().String()
	listener.Close()

	tests := map[string]struct{ store, says string }{
		"another program's": {"sqlite:" + other, "choose another database"},
		"no database":       {"sqlite:" + file, "choose another database"},
		"newer":             {"sqlite:" + newer, "use a newer claimgraph"},
		"a folder":          {"sqlite:" + dir, "check that the store is there"},
		"in no folder":      {"sqlite:" + filepath.Join(dir, "no", "graph.db"), "check that the store is there"},
		"no server":         {"bolt://" + closed + "/neo4j", "check that the store is there and running"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begun := time.Now()
			checkFailure(t, run(t, "load", "--store", test.store, file), test.says)
			if took := time.Since(begun); took > 45*time.Second {
				t.Errorf("it took %v to say so", took)
			}
		})
	}
	checkFailure(t, run(t, "export", "--store", "sqlite:"+filepath.Join(dir, "none.db")), "load documents into it first")
	if _, err := os.Stat(filepath.Join(dir, "none.db")); !os.IsNotExist(err) {
		t.Error("export made a database")
	}
}

// statement runs a statement on an SQLite file.
func statement(tb testing.TB, path, query string) {
	tb.Helper()
	db, err := sqlite3.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	if err := db.Exec(query); err != nil {
		tb.Fatal(err)
	}
}
