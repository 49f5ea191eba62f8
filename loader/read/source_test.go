package read

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// write makes files, by their paths under a new folder, and returns that.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for path, content := range files {
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestReaderReadsEachKindOfRef(t *testing.T) {
	t.Parallel()
	_, server := serve(t, func(w http.ResponseWriter, _ *http.Request) { answer(w, body) }, FetchOptions{})
	root := write(t, map[string]string{"a.data": body})
	r := NewReader(&Options{
		Stdin: strings.NewReader(body),
		Fetch: FetchOptions{AllowedPrefixes: loopback, AnyPort: true},
	})
	t.Cleanup(r.fetcher.client.CloseIdleConnections)
	for _, ref := range []Ref{StandardInput, Ref(filepath.Join(root, "a.data")), Ref(server.URL + "/a")} {
		doc, err := r.Read(t.Context(), ref)
		if err != nil {
			t.Errorf("%s: %v", ref, err)
			continue
		}
		if doc.Text != body || doc.Path != string(ref) {
			t.Errorf("%s: got %.40q from %q", ref, doc.Text, doc.Path)
		}
	}
}

func TestFileErrors(t *testing.T) {
	t.Parallel()
	root := write(t, map[string]string{"long.txt": strings.Repeat("word ", 1000), "empty.txt": "", "folder.txt/a.txt": body})
	r := NewReader(&Options{MaxSize: 4999})
	tests := []struct {
		name string
		want error
		says string
	}{
		{"long.txt", ErrTooLarge, "the limit is 4999 bytes, raise it with --max-size"},
		{"empty.txt", ErrEmpty, ""},
		{"folder.txt", ErrDirectory, ""},
		{"gone.txt", fs.ErrNotExist, ""},
		{"empty.txt/a.txt", nil, ""},
	}
	for _, test := range tests {
		path := filepath.Join(root, test.name)
		_, err := r.File(path)
		if err == nil || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
			continue
		}
		if got := err.Error(); !strings.HasPrefix(got, "read "+path+": ") || !strings.Contains(got, test.says) || strings.Count(got, path) != 1 {
			t.Errorf("%s: got %q", test.name, got)
		}
	}
}

func TestStreamErrors(t *testing.T) {
	t.Parallel()
	r := NewReader(&Options{MaxSize: 1000})
	endless := io.MultiReader(strings.NewReader("word "), endlessReader{})
	if _, err := r.Stream(endless); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v, want %v", err, ErrTooLarge)
	}
	broken := io.MultiReader(strings.NewReader("word "), failingReader{})
	if _, err := r.Stream(broken); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.HasPrefix(err.Error(), "read standard input: ") {
		t.Errorf("got %v, want %v", err, io.ErrUnexpectedEOF)
	}
}

type endlessReader struct{}

func (endlessReader) Read(p []byte) (int, error) {
	return copy(p, bytes.Repeat([]byte("word "), len(p)/5+1)), nil
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestRefs(t *testing.T) {
	t.Parallel()
	root := write(t, map[string]string{
		"b.txt": "", "a.TXT": "", "c.md": "", "d.pdf": "", "e.html": "", "f.htm": "", "g.xhtml": "", "h.text": "",
		".hidden.txt": "", ".git/a.txt": "", "sub/deep/z.txt": "", "sub/y.txt": "", "noextension": "",
	})
	if err := os.Symlink(root, filepath.Join(root, "sub", "loop")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(root, "b.txt"), filepath.Join(root, "link.txt")); err != nil {
		t.Fatal(err)
	}
	var got []string
	args := []string{
		"-", "https://courier.example/a", "HTTP://courier.example/b", filepath.Join(root, "d.pdf"), filepath.Join(root, "link.txt"),
		filepath.Join(root, "gone"), root,
	}
	for ref, err := range Refs(args...) {
		name := strings.TrimPrefix(string(ref), root+string(filepath.Separator))
		if err != nil {
			name += ": " + strings.ReplaceAll(err.Error(), root+string(filepath.Separator), "")
		}
		got = append(got, filepath.ToSlash(name))
	}
	want := []string{
		"-", "https://courier.example/a", "HTTP://courier.example/b", "d.pdf", "link.txt",
		"gone: read gone: no such file or directory",
		"a.TXT", "b.txt", "c.md", "e.html", "f.htm", "g.xhtml", "h.text", "sub/deep/z.txt", "sub/y.txt",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestRefsStopWhenAsked(t *testing.T) {
	t.Parallel()
	root := write(t, map[string]string{"a.txt": "", "b.txt": "", "sub/c.txt": ""})
	seen := 0
	for range Refs(root, root) {
		if seen++; seen == 2 {
			break
		}
	}
	if seen != 2 {
		t.Errorf("saw %d, want 2", seen)
	}
}

func TestRefsOfHiddenRoot(t *testing.T) {
	t.Parallel()
	root := write(t, map[string]string{".articles/a.txt": ""})
	seen := 0
	for _, err := range Refs(filepath.Join(root, ".articles")) {
		if err != nil {
			t.Error(err)
		}
		seen++
	}
	if seen != 1 {
		t.Errorf("saw %d files of a hidden folder that was named, want 1", seen)
	}
}

func TestRefsGoOnWhenAFolderVanishes(t *testing.T) {
	t.Parallel()
	root := write(t, map[string]string{"a.txt": "", "gone/b.txt": "", "z.txt": ""})
	gone := filepath.Join(root, "gone")
	var got []string
	for ref, err := range Refs(root) {
		if err != nil && (!errors.Is(err, fs.ErrNotExist) || string(ref) != gone) {
			t.Errorf("got %v for %s, want %v for %s", err, ref, fs.ErrNotExist, gone)
		}
		got = append(got, filepath.Base(string(ref)))
		if err := os.RemoveAll(gone); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff([]string{"a.txt", "gone", "z.txt"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestRefsNameForbiddenFolders(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("needs a user whom permissions bind")
	}
	root := write(t, map[string]string{"a.txt": "", "closed/b.txt": "", "z.txt": ""})
	closed := filepath.Join(root, "closed")
	if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(closed, 0o755) })
	var failed, found int
	for ref, err := range Refs(root) {
		if err == nil {
			found++
			continue
		}
		failed++
		if !errors.Is(err, fs.ErrPermission) || string(ref) != closed {
			t.Errorf("got %v for %s, want %v for %s", err, ref, fs.ErrPermission, closed)
		}
	}
	if failed != 1 || found != 2 {
		t.Errorf("%d failed and %d found, want 1 and 2", failed, found)
	}
}
