package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
)

// read returns a file's content, unpacked if its name says so. A file that is not there skips the test.
func read(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("nothing to convert or to read: %v", err)
	}
	if err == nil && strings.HasSuffix(name, ".gz") {
		var r *gzip.Reader
		if r, err = gzip.NewReader(bytes.NewReader(raw)); err == nil {
			raw, err = io.ReadAll(r)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// converted returns the model that the program makes of a checkpoint.
func converted(t testing.TB, checkpoint string, vocabulary []byte) *encoder.Model {
	t.Helper()
	pieces, model := filepath.Join(t.TempDir(), "vocabulary.txt"), filepath.Join(t.TempDir(), "model")
	if err := os.WriteFile(pieces, vocabulary, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run([]string{checkpoint, pieces, model}, &out); err != nil {
		t.Fatal(err)
	}
	m, err := encoder.Load(read(t, model))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestReference compares with arithmetic outside of this program. With activations rounded as here, the scores are the
// same; float32 throughout gives scores that are spread by 1 to 6, and by at most a tenth of that otherwise.
func TestReference(t *testing.T) {
	t.Parallel()
	vocabulary := []byte("[UNK]\n[CLS]\n[SEP]\n")
	for i := 3; i < 40; i++ {
		vocabulary = append(strconv.AppendInt(append(vocabulary, 'p'), int64(i), 10), '\n')
	}
	m := converted(t, "testdata/tiny.checkpoint", vocabulary)
	var cases []struct {
		Pieces         []int32
		Shapes         []int
		Exact, Rounded []float64
	}
	if err := json.Unmarshal(read(t, "testdata/tiny.json"), &cases); err != nil {
		t.Fatal(err)
	}
	windows := make([]encoder.Window, len(cases))
	for i, c := range cases {
		windows[i].Pieces = c.Pieces
		for _, s := range c.Shapes {
			windows[i].Shapes = append(windows[i].Shapes, wordpiece.Shape(s))
		}
	}
	for _, k := range kernel.All() {
		err := encoder.New(m, &encoder.Options{Kernel: k}).Encode(t.Context(), windows, func(i int, s *encoder.Scores) {
			got := scores(s, len(windows[i].Pieces))
			if _, worst := differences(got, cases[i].Rounded); worst > 5e-4 {
				t.Errorf("%s: scores of window %d differ by up to %v from rounded arithmetic", k.Name(), i, worst)
			}
			if mean, worst := differences(got, cases[i].Exact); mean > 0.1 || worst > 0.5 {
				t.Errorf("%s: scores of window %d differ by %v, up to %v, from float32", k.Name(), i, mean, worst)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// scores returns what the reference prints of a window: the tags of all rows, then by role, and by cue in the first three
// rows, the links of all rows.
func scores(s *encoder.Scores, rows int) []float32 {
	var all []float32
	for row := range rows {
		for label := range 7 {
			all = append(all, s.Tag(0, row, label))
		}
	}
	for role := range 2 {
		for cue := range min(3, rows) {
			for row := range rows {
				all = append(all, s.Link(role, cue, row))
			}
		}
	}
	return all
}

// differences returns the root of the mean square and the largest of the differences.
func differences(got []float32, want []float64) (mean, worst float64) {
	if len(got) != len(want) {
		return math.Inf(1), math.Inf(1)
	}
	for i, w := range want {
		d := math.Abs(float64(got[i]) - w)
		mean, worst = mean+d*d, max(worst, d)
	}
	return math.Sqrt(mean / float64(len(want))), worst
}

// TestKernelsAgreeOnTrainedModel has every kernel read articles by trained weights, and compares the scores' bits. The
// portable kernel reads the shortest window.
func TestKernelsAgreeOnTrainedModel(t *testing.T) {
	t.Parallel()
	const shared = "../../../../../shared/"
	corpus := read(t, shared+"corpora/polnear/dev.jsonl.gz")
	m := converted(t, shared+"prototypes/tagger/l6.i8", read(t, "../wordpiece/testdata/vocabulary.txt.gz"))
	windows := articleWindows(t, m, corpus, 5)
	short := slices.MinFunc(windows, func(a, b encoder.Window) int { return len(a.Pieces) - len(b.Pieces) })
	for _, some := range [][]encoder.Window{{short}, windows} {
		var first string
		for _, k := range kernel.All() {
			if k.Name() == "portable" && len(some) > 1 {
				continue
			}
			got := digest(t, encoder.New(m, &encoder.Options{Kernel: k}), some)
			if first == "" {
				first = got
			}
			if got != first {
				t.Errorf("%s: the SHA-256 of all scores is %s, that of the best kernel's %s", k.Name(), got, first)
			}
		}
	}
}

// articleWindows returns the windows of a corpus's first articles.
func articleWindows(t *testing.T, m *encoder.Model, corpus []byte, articles int) []encoder.Window {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(corpus))
	lines.Buffer(nil, 1<<24)
	var windows []encoder.Window
	for ; articles > 0 && lines.Scan(); articles-- {
		var article struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
			t.Fatal(err)
		}
		var paragraphs []wordpiece.Tokens
		for line := range strings.SplitSeq(article.Text, "\n") {
			var tokens wordpiece.Tokens
			m.Tokeniser().Append(&tokens, line)
			paragraphs = append(paragraphs, tokens)
		}
		windows = append(windows, encoder.Pack(m, paragraphs)...)
	}
	return windows
}

// digest returns the checksum of all scores of windows.
func digest(t *testing.T, e *encoder.Encoder, windows []encoder.Window) string {
	t.Helper()
	sum := sha256.New()
	err := e.Encode(t.Context(), windows, func(i int, s *encoder.Scores) {
		var b []byte
		for row := range windows[i].Pieces {
			for label := range 7 {
				b = binary.LittleEndian.AppendUint32(b, math.Float32bits(s.Tag(0, row, label)))
			}
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(s.Link(0, row, 0)))
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(s.Link(1, 0, row)))
		}
		sum.Write(s.Decode(b, 0, windows[i].Rows()))
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// FuzzCheckpoint converts what can be read.
func FuzzCheckpoint(f *testing.F) {
	whole, err := os.ReadFile("testdata/tiny.checkpoint")
	if err != nil {
		f.Fatal(err)
	}
	header := func(json string) []byte {
		return append(binary.LittleEndian.AppendUint32(nil, uint32(len(json))), json...)
	}
	f.Add(whole)
	f.Add([]byte{1, 0, 0, 0})
	f.Add(header(`{"Arrays":[{"Name":"word","Shape":[1,1],"Off":0,"Dtype":"i8r"}]}`))
	f.Add(header(`{"Arrays":[{"Name":"word","Shape":[-1],"Off":-1,"Dtype":"f32"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := readCheckpoint(raw)
		if err == nil {
			_, err = c.parameters([]string{"[UNK]"})
		}
		if err != nil && !errors.Is(err, graph.ErrInvalid) {
			t.Fatalf("got %v, want %v", err, graph.ErrInvalid)
		}
	})
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, args := range map[string][]string{
		"no arguments":  nil,
		"no checkpoint": {filepath.Join(dir, "none"), "convert_test.go", filepath.Join(dir, "m")},
		"no vocabulary": {"testdata/tiny.checkpoint", filepath.Join(dir, "none"), filepath.Join(dir, "m")},
		"no arrays":     {"convert_test.go", "convert_test.go", filepath.Join(dir, "m")},
		"no fit":        {"testdata/tiny.checkpoint", "convert_test.go", filepath.Join(dir, "m")},
		"no folder":     {"testdata/tiny.checkpoint", "convert_test.go", filepath.Join(dir, "none", "m")},
	} {
		if err := run(args, io.Discard); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// tinyCheckpoint returns the checkpoint of the tests.
func tinyCheckpoint(t *testing.T) checkpoint {
	t.Helper()
	c, err := readCheckpoint(read(t, "testdata/tiny.checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestSafetensors writes a checkpoint's layers as base models are published, and reads them as they were.
func TestSafetensors(t *testing.T) {
	t.Parallel()
	c := tinyCheckpoint(t)
	want, err := c.parameters(nil)
	if err != nil {
		t.Fatal(err)
	}
	want.Tags, want.Roles, want.Link, want.Distances = nil, 0, 0, 0
	want.Links, want.LinkBias, want.ByDistance = kernel.Matrix{}, nil, nil
	clear(want.Shapes)
	read, err := readSafetensors(published(t, c))
	if err != nil {
		t.Fatal(err)
	}
	got, err := read.parameters(nil)
	if err != nil {
		t.Fatal(err)
	}
	hidden := cmpopts.IgnoreUnexported(kernel.Matrix{}, encoder.Words{}, encoder.TagHead{})
	if diff := cmp.Diff(want, got, hidden, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("parameters (-want +got):\n%.1000s", diff)
	}
}

// published returns the safetensors file of a checkpoint's layers.
func published(t *testing.T, c checkpoint) []byte {
	t.Helper()
	var data []byte
	header := map[string]any{"__metadata__": map[string]string{"format": "pt"}}
	put := func(name string, values []float32, shape ...int) {
		first := len(data)
		for _, v := range values {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
		}
		header[name] = map[string]any{"dtype": "F32", "shape": shape, "data_offsets": []int{first, len(data)}}
	}
	whole := func(name, from string) { put(name, c[from].values(), c[from].shape...) }
	dense := func(name, weights, bias string, part, parts int) {
		a := c[weights]
		n := a.columns() / parts
		var byOutput []float32
		for column := part * n; column < (part+1)*n; column++ {
			for row := range a.rows() {
				byOutput = append(byOutput, a.values()[row*a.columns()+column])
			}
		}
		put(name+".weight", byOutput, n, a.rows())
		put(name+".bias", c[bias].values()[part*n:][:n], n)
	}
	norm := func(name, from string) {
		whole(name+".weight", from+".g")
		whole(name+".bias", from+".b")
	}
	whole("embeddings.word_embeddings.weight", "word")
	whole("embeddings.position_embeddings.weight", "pos")
	put("embeddings.token_type_embeddings.weight", make([]float32, 2*c["word"].columns()), 2, c["word"].columns())
	norm("embeddings.LayerNorm", "ln")
	for i := range c.layers() {
		from, to := fmt.Sprintf("%02d.", i), fmt.Sprintf("encoder.layer.%d.", i)
		for part, name := range []string{"query", "key", "value"} {
			dense(to+"attention.self."+name, from+"wqkv", from+"bqkv", part, 3)
		}
		dense(to+"attention.output.dense", from+"wo", from+"bo", 0, 1)
		dense(to+"intermediate.dense", from+"w1", from+"b1", 0, 1)
		dense(to+"output.dense", from+"w2", from+"b2", 0, 1)
		norm(to+"attention.output.LayerNorm", from+"ln1")
		norm(to+"output.LayerNorm", from+"ln2")
	}
	head, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	return append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(head))), head...), data...)
}

func TestNamesHead(t *testing.T) {
	t.Parallel()
	c := tinyCheckpoint(t)
	hidden := c["head.w"].rows()
	for name, shape := range map[string][]int{"w": {hidden, 9}, "b": {9}, "tr": {9, 9}, "st": {9}} {
		c["names."+name] = floatArray(nil, shape...)
	}
	p, err := c.parameters(nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Tags) != 2 || p.Tags[1].Name != "names" || len(p.Tags[1].Labels) != 9 {
		t.Fatalf("tag heads %+v, want attributions and names", p.Tags)
	}
	h := p.Tags[1]
	label := func(name string) int { return slices.Index(h.Labels, name) }
	for _, move := range []struct {
		from, to string
		allowed  bool
	}{
		{"O", "B-place", true},
		{"B-place", "I-place", true},
		{"I-place", "I-place", true},
		{"O", "I-place", false},
		{"B-person", "I-place", false},
	} {
		got := h.Transitions[label(move.from)*9+label(move.to)]
		if (got == 0) != move.allowed {
			t.Errorf("from %s to %s scores %v", move.from, move.to, got)
		}
	}
	c["names.b"] = floatArray(nil, 8)
	if _, err := c.parameters(nil); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a bias too few: got %v, want %v", err, graph.ErrInvalid)
	}
}

// FuzzSafetensors converts what can be read.
func FuzzSafetensors(f *testing.F) {
	f.Add([]byte("\x02\x00\x00\x00\x00\x00\x00\x00{}"))
	f.Add([]byte("\x02\x00\x00\x00\x00\x00\x00\xff{}"))
	header := `{"embeddings.word_embeddings.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}`
	f.Add(append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...), 0, 0, 0, 0))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !isSafetensors(raw) {
			t.Skip("another kind of file")
		}
		c, err := readSafetensors(raw)
		if err == nil {
			_, err = c.parameters([]string{"[UNK]"})
		}
		if err != nil && !errors.Is(err, graph.ErrInvalid) {
			t.Fatalf("got %v, want %v", err, graph.ErrInvalid)
		}
	})
}
