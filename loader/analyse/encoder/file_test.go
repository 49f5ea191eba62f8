package encoder

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
)

func TestLoadGivesWhatWasWritten(t *testing.T) {
	t.Parallel()
	want := random(tiny)
	data := file(t, want)
	m, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(*want, m.parameters, cmpopts.IgnoreUnexported(kernel.Matrix{}, TagHead{}, Words{})); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
	if got := file(t, &m.parameters); !bytes.Equal(got, data) {
		t.Error("written again, the file is another one")
	}
	if got := m.Shape(); got != tiny {
		t.Errorf("Shape() = %+v, want %+v", got, tiny)
	}
	if got := m.Head("many"); got != 1 || len(m.Labels(got)) != maxLabels || m.Head("none") != -1 {
		t.Errorf("the head of many labels is %d with %q, that of no name is %d", got, m.Labels(1), m.Head("none"))
	}
	if got := Version(data); got != m.Version() {
		t.Errorf("Version of the file is %s, want %s", got, m.Version())
	}
	want.Tags[0].Starts[0]++
	other, err := Load(file(t, want))
	if err != nil {
		t.Fatal(err)
	}
	if other.Version() == m.Version() {
		t.Errorf("another model has the version %s, too", m.Version())
	}
}

// seal makes the checksum right again.
func seal(data []byte) []byte {
	body := data[:len(data)-sha256.Size]
	sum := sha256.Sum256(body)
	return append(body[:len(body):len(body)], sum[:]...)
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	whole := file(t, random(tiny))
	damaged := func(at int, b byte) []byte {
		d := bytes.Clone(whole)
		d[at] ^= b
		return d
	}
	last, heads := len(whole)-sha256.Size, len(random(tiny).headLines())
	nan := binary.LittleEndian.AppendUint32(bytes.Clone(whole[:last-4]), math.Float32bits(float32(math.NaN())))
	for name, data := range map[string][]byte{
		"nothing":               nil,
		"another file":          bytes.Repeat([]byte("claimgraph"), 20),
		"another version":       seal(damaged(len(magic), 2)),
		"one bit wrong":         damaged(last/2, 1),
		"cut off":               whole[:last-1],
		"cut off and sealed":    seal(whole[:len(whole)-100]),
		"too long":              seal(append(bytes.Clone(whole), 0, 0, 0, 0)),
		"odd shape":             seal(damaged(len(magic)+4+4*4, 1)),
		"too many layers":       seal(damaged(len(magic)+4+4*3, 8)),
		"layers out of range":   seal(damaged(len(magic)+4+4*3, 255)),
		"a piece less":          seal(damaged(headLength+heads+5, '\n'^'\x00')),
		"a head without labels": seal(damaged(headLength+len("few"), '\t'^'\n')),
		"no separator":          seal(damaged(headLength+heads+13, 1)),
		"not a number":          seal(append(nan, whole[last:]...)),
	} {
		if _, err := Load(data); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: got %v, want %v", name, err, graph.ErrInvalid)
		}
	}
}

// TestBorrow leaves the words of a model out and finds them again.
func TestBorrow(t *testing.T) {
	t.Parallel()
	s := tiny
	s.Roles, s.Link, s.Distances = 0, 0, 0
	lender, p := load(t, tiny), random(s)
	alone := load(t, s)
	p.Words = lender.parameters.Words
	p.Borrow()
	data := file(t, p)
	if whole := file(t, random(s)); len(data) >= len(whole)-s.Pieces*s.Hidden {
		t.Errorf("without words the file has %d bytes, with them %d", len(data), len(whole))
	}
	m, err := LoadWith(data, lender)
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"a ab w7.", "", "w9 w9"}
	want, err := New(alone, nil).Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	got, err := New(m, nil).Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("vectors by borrowed words (-want +got):\n%.500s", diff)
	}
	other := random(tiny)
	other.Rows[0]++
	stranger, err := Load(file(t, other))
	if err != nil {
		t.Fatal(err)
	}
	for name, words := range map[string]*Model{"no words": nil, "other words": stranger} {
		if _, err := LoadWith(data, words); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: got %v, want %v", name, err, graph.ErrInvalid)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(p *Parameters){
		"shape":      func(p *Parameters) { p.Hidden = 65 },
		"vocabulary": func(p *Parameters) { p.Vocabulary = p.Vocabulary[1:] },
		"layers":     func(p *Parameters) { p.Layers = p.Layers[1:] },
		"matrix":     func(p *Parameters) { p.Layers[0].Join.Rows = 32 },
		"section":    func(p *Parameters) { p.Tags[0].Bias = p.Tags[0].Bias[1:] },
		"no label":   func(p *Parameters) { p.Tags[0].Labels = nil },
		"same name":  func(p *Parameters) { p.Tags[0].Name = p.Tags[1].Name },
		"label":      func(p *Parameters) { p.Tags[0].Labels[1] = "" },
	} {
		p := random(tiny)
		spoil(p)
		if err := p.Write(new(bytes.Buffer)); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: got %v, want %v", name, err, graph.ErrInvalid)
		}
	}
}

// FuzzLoad seals what it makes, so that it gets beyond the checksum; what loads must then encode.
func FuzzLoad(f *testing.F) {
	small := tiny
	small.Layers, small.Pieces, small.Packed, small.Window = 1, 6, 4, 5
	whole := file(f, random(small))
	f.Add(0, whole[:headLength])
	f.Add(headLength, []byte("[UNK]\n[CLS]"))
	f.Add(len(magic)+4, []byte{6, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0, 0, 64, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, at int, patch []byte) {
		data := bytes.Clone(whole)
		if at < 0 || at > len(data)-sha256.Size {
			return
		}
		copy(data[at:len(data)-sha256.Size], patch)
		m, err := Load(seal(data))
		if err != nil {
			if !errors.Is(err, graph.ErrInvalid) {
				t.Fatalf("got %v, want %v", err, graph.ErrInvalid)
			}
			return
		}
		err = New(m, &Options{Workers: 1}).Encode(t.Context(), windows(m.Shape(), 3), func(_ int, s *Scores) {
			for head := range m.parameters.Tags {
				s.Decode(nil, head, []int{0, 1, 2})
				s.Marginals(nil, head, []int{0, 1, 2})
			}
			if m.Shape().Roles > 0 {
				s.Link(m.Shape().Roles-1, 0, 2)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
