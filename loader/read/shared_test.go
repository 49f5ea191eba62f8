package read

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unicode"
	"unicode/utf8"
)

// shared is where articles lie that are other people's, beside the repository.
const shared = "../../../shared"

// TestSharedFurniture reads articles whose furniture was marked by hand: all of it is to be skipped, and nothing else but
// what may be either.
func TestSharedFurniture(t *testing.T) {
	t.Parallel()
	type span struct{ Start, End int }
	var marked map[string]struct{ Furniture, Either []span }
	source, err := os.ReadFile(filepath.Join(shared, "eval", "seed_extra.json"))
	if err != nil {
		t.Skip("no marked articles beside the repository: ", err)
	}
	if err := json.Unmarshal(source, &marked); err != nil {
		t.Fatal(err)
	}
	for key, marks := range marked {
		paths, err := filepath.Glob(filepath.Join(shared, "seeds", key+"_*.txt"))
		if err != nil || len(paths) != 1 {
			t.Fatalf("article %s: %v %v", key, paths, err)
		}
		doc, err := NewReader(nil).File(paths[0])
		if err != nil {
			t.Fatal(err)
		}
		skipped := make(map[int]bool) // by code point, as the marks count
		for _, s := range doc.Skipped {
			for i := range utf8.RuneCountInString(doc.Text[s.Start:s.End]) {
				skipped[utf8.RuneCountInString(doc.Text[:s.Start])+i] = true
			}
		}
		text := []rune(doc.Text)
		for _, f := range marks.Furniture {
			for i := f.Start; i < f.End; i++ {
				if !skipped[i] && !unicode.IsSpace(text[i]) {
					t.Errorf("%s: not skipped: %q", key, string(text[f.Start:f.End]))
					break
				}
			}
		}
		for _, s := range append(marks.Furniture, marks.Either...) {
			for i := s.Start; i < s.End; i++ {
				delete(skipped, i)
			}
		}
		if len(skipped) > 0 {
			t.Errorf("%s: %d characters of the article are skipped", key, len(skipped))
		}
	}
}

// TestSharedArticlesKeepTheirText reads news articles that an archive has cleaned of furniture, apart from a line here
// and there.
func TestSharedArticlesKeepTheirText(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.Join(shared, "corpora", "polnear", "dev.jsonl.gz"))
	if err != nil {
		t.Skip("no corpus beside the repository: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	total, skipped, documents := 0, 0, 0
	for lines.Scan() {
		var article struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
			t.Fatal(err)
		}
		doc, err := Parse([]byte(article.Text), Hints{Path: "a.txt"})
		if err != nil {
			t.Fatal(err)
		}
		documents++
		total += len(doc.Text)
		for _, s := range doc.Skipped {
			skipped += s.End - s.Start
		}
		if doc.Lang != "en" {
			t.Errorf("language %q of %.60q", doc.Lang, doc.Text)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles, %d of %d bytes skipped", documents, skipped, total)
	if skipped*1000 > total {
		t.Errorf("%d of %d bytes skipped, want less than one in a thousand", skipped, total)
	}
}
