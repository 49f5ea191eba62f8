package wordpiece

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

// lines returns the lines of a gzipped file. A file that is not there skips the test.
func lines(t testing.TB, name string) []string {
	t.Helper()
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no corpus to compare on: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		all = append(all, s.Text())
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// bert returns a tokeniser with the vocabulary of uncased BERT.
func bert(t testing.TB) *Tokeniser {
	t.Helper()
	tokeniser, err := New(lines(t, "testdata/vocabulary.txt.gz"))
	if err != nil {
		t.Fatal(err)
	}
	return tokeniser
}

// TestReference compares with the reference on a corpus, by the checksum that testdata/reference.py prints.
func TestReference(t *testing.T) {
	t.Parallel()
	tokeniser, digest := bert(t), sha256.New()
	var tokens Tokens
	var count, words, pieces int
	for _, article := range lines(t, "../../../../../shared/corpora/polnear/dev.jsonl.gz") {
		var a struct{ Text string }
		if err := json.Unmarshal([]byte(article), &a); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(a.Text, "\n") {
			tokens.Reset()
			tokeniser.Append(&tokens, line)
			for _, w := range tokens.Words {
				ids := strings.Trim(fmt.Sprint(tokens.Pieces[w.First:w.Last]), "[]")
				digest.Write(fmt.Appendln(nil, w.Start, w.End, w.Shape, ids))
			}
			count++
			words += len(tokens.Words)
			pieces += len(tokens.Pieces)
		}
	}
	got := fmt.Sprint(count, words, pieces, " ", hex.EncodeToString(digest.Sum(nil)))
	want := "3713 82912 86851 44b7e0eb9cdcaa2db63d3032c69009f7253a2b413f35e074f69ccdffc40bf11d"
	if got != want {
		t.Errorf("reading of the corpus:\ngot  %s\nwant %s", got, want)
	}
}

// TestWords holds the corners in which the reference was asked.
func TestWords(t *testing.T) {
	t.Parallel()
	tokeniser := bert(t)
	vocabulary := lines(t, "testdata/vocabulary.txt.gz")
	for text, want := range map[string]string{
		"":                             "",
		" \t\u00a0\u2028 ":             "",
		"Unaffable, IRGC-backed":       "0-9:3:una ##ffa ##ble 9-10:0:, 11-15:5:ir ##gc 15-16:0:- 16-22:0:backed",
		"e\u0301x y":                   "0-4:1:ex 5-6:1:y",
		"a\u0301\u0302":                "0-1:1:a",
		"\u0301ab":                     "2-4:0:ab",
		"ab\u00ad cd":                  "0-2:1:ab 5-7:1:cd",
		"a\u00adb\x00":                 "0-4:1:ab",
		"caf\u00e9.":                   "0-5:1:cafe 5-6:0:.",
		"a\u4e2db":                     "0-1:1:a 1-4:0:中 4-5:0:b",
		"\uac00b":                      "0-4:1:ᄀ ##ᅡ ##b",
		"\u0130x":                      "0-3:3:ix",
		"\u2260":                       "0-3:1:=",
		"“McCain’s”":                   "0-3:1:“ 3-9:2:mccain 9-12:0:’ 12-13:0:s 13-16:0:”",
		"eBay iPhone\u200b":            "0-4:7:e ##bay 5-11:7:iphone",
		"\xffa\xc3":                    "1-2:0:a",
		"😀":                            "0-4:1:[UNK]",
		strings.Repeat("a", 101) + "!": "0-101:1:[UNK] 101-102:0:!",
	} {
		var tokens Tokens
		tokeniser.Append(&tokens, text)
		var got []string
		for _, w := range tokens.Words {
			var pieces []string
			for _, p := range tokens.Pieces[w.First:w.Last] {
				pieces = append(pieces, vocabulary[p])
			}
			got = append(got, fmt.Sprintf("%d-%d:%d:%s", w.Start, w.End, w.Shape, strings.Join(pieces, " ")))
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("words of %q (-want +got):\n%s", text, diff)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	special := []string{"[UNK]", "[CLS]", "[SEP]"}
	for name, vocabulary := range map[string][]string{
		"nothing":        nil,
		"no separator":   special[:2],
		"twice the same": append(special[:3:3], "a", "b", "a"),
		"an empty piece": append(special[:3:3], ""),
		"no UTF-8":       append(special[:3:3], "a\xff"),
		"too much":       append(special[:3:3], strings.Repeat("a", maxNodes)),
	} {
		if _, err := New(vocabulary); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: got %v, want %v", name, err, graph.ErrInvalid)
		}
	}
	if _, err := New(special); err != nil {
		t.Errorf("no continuations: %v", err)
	}
}

func FuzzAppend(f *testing.F) {
	tokeniser := bert(f)
	for _, s := range []string{"A word, “quoted”.", "a\u0301\u00ad\u4e2d\uac00", "\xff\xc3\xa9", strings.Repeat("é", 200)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var tokens Tokens
		tokeniser.Append(&tokens, text)
		start, end, last := 0, 0, 0
		for _, w := range tokens.Words {
			if w.Start >= w.End || w.Start < start || w.End < end || w.End > len(text) {
				t.Fatalf("%q: word from %d to %d after one from %d to %d", text, w.Start, w.End, start, end)
			}
			if w.First != last || w.Last <= w.First || w.Shape >= Shapes {
				t.Fatalf("%q: %+v after piece %d", text, w, last)
			}
			if !utf8.ValidString(text[w.Start:w.End]) && utf8.ValidString(text) {
				t.Fatalf("%q: a word cuts a character: %+v", text, w)
			}
			start, end, last = w.Start, w.End, w.Last
		}
		if last != len(tokens.Pieces) {
			t.Fatalf("%q: %d pieces, of which words have %d", text, len(tokens.Pieces), last)
		}
	})
}

func TestAppendAllocatesNothing(t *testing.T) {
	tokeniser := bert(t)
	text := strings.Repeat("The Élysée’s spokeswoman denied it, IRNA reported. ", 20)
	var tokens Tokens
	got := testing.AllocsPerRun(20, func() {
		tokens.Reset()
		tokeniser.Append(&tokens, text)
	})
	if got != 0 {
		t.Errorf("Append allocates %v times, want 0", got)
	}
}

// BenchmarkAppend shows time linear in the text, of words as well as of one endless word.
func BenchmarkAppend(b *testing.B) {
	tokeniser := bert(b)
	for name, unit := range map[string]string{"words": "The spokeswoman denied it, IRNA reported. ", "one word": "unaffable"} {
		for _, size := range []int{1 << 10, 1 << 16, 1 << 22} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				text := strings.Repeat(unit, size/len(unit)+1)[:size]
				var tokens Tokens
				b.SetBytes(int64(size))
				for b.Loop() {
					tokens.Reset()
					tokeniser.Append(&tokens, text)
				}
			})
		}
	}
}
