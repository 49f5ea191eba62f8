package encoder

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
)

// bits returns all scores of a window, as the bits of floats.
func bits(s *Scores, window *Window) []uint32 {
	shape := s.model.Shape()
	var all []uint32
	for row := range window.Pieces {
		for head, h := range s.model.parameters.Tags {
			for label := range h.Labels {
				all = append(all, math.Float32bits(s.Tag(head, row, label)))
			}
		}
		for role := range shape.Roles {
			all = append(all, math.Float32bits(s.Link(role, 0, row)), math.Float32bits(s.Link(role, row, 0)))
		}
	}
	return all
}

// scored returns the bits of the scores of each window.
func scored(t testing.TB, e *Encoder, windows []Window) [][]uint32 {
	t.Helper()
	var all [][]uint32
	err := e.Encode(t.Context(), windows, func(i int, s *Scores) {
		if i != len(all) {
			t.Errorf("visit of window %d after %d windows", i, len(all))
		}
		all = append(all, bits(s, &windows[i]))
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestEveryKernelAndBatchGivesTheSameBits reads windows alone, with the portable kernel, and in batches, with each.
func TestEveryKernelAndBatchGivesTheSameBits(t *testing.T) {
	t.Parallel()
	m := load(t, tiny)
	windows := windows(tiny, 1, 41, 12, 13, 31, 32, 33, 2, 41, 40, 41, 41, 5, 24)
	plain, err := kernel.Named("portable")
	if err != nil {
		t.Fatal(err)
	}
	alone := New(m, &Options{Kernel: plain, Workers: 1})
	var want [][]uint32
	for _, w := range windows {
		want = append(want, scored(t, alone, []Window{w})...)
	}
	for _, k := range kernel.All() {
		got := scored(t, New(m, &Options{Kernel: k}), windows)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: bits differ (-want +got):\n%.2000s", k.Name(), diff)
		}
	}
}

func TestEncodeConcurrently(t *testing.T) {
	t.Parallel()
	e := New(load(t, tiny), &Options{Workers: 2})
	windows := windows(tiny, 20, 30, 40)
	want := scored(t, e, windows)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				if diff := cmp.Diff(want, scored(t, e, windows)); diff != "" {
					t.Errorf("bits differ (-want +got):\n%.500s", diff)
				}
			}
		})
	}
	all.Wait()
}

func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	e := New(load(t, tiny), nil)
	spoilt := func(spoil func(w *Window)) []Window {
		w := windows(tiny, 5, 5)
		spoil(&w[1])
		return w
	}
	for name, windows := range map[string][]Window{
		"empty window":   spoilt(func(w *Window) { *w = Window{} }),
		"long window":    windows(tiny, 5, tiny.Window+1),
		"missing shapes": spoilt(func(w *Window) { w.Shapes = w.Shapes[1:] }),
		"negative piece": spoilt(func(w *Window) { w.Pieces[0] = -1 }),
		"unknown piece":  spoilt(func(w *Window) { w.Pieces[4] = int32(tiny.Pieces) }),
		"unknown shape":  spoilt(func(w *Window) { w.Shapes[0] = 8 }),
	} {
		err := e.Encode(t.Context(), windows, func(int, *Scores) { t.Errorf("%s: a window is visited", name) })
		if !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: got %v, want %v", name, err, graph.ErrInvalid)
		}
	}
	if err := e.Encode(t.Context(), nil, nil); err != nil {
		t.Errorf("no windows: %v", err)
	}
}

func TestEncodeStops(t *testing.T) {
	t.Parallel()
	e := New(load(t, tiny), &Options{Workers: 1})
	ctx, cancel := context.WithCancel(t.Context())
	visits := 0
	err := e.Encode(ctx, windows(tiny, 40, 40, 40, 40, 40, 40, 40, 40), func(int, *Scores) {
		visits++
		cancel()
		if err := e.Encode(ctx, windows(tiny, 1), nil); !errors.Is(err, context.Canceled) {
			t.Errorf("waiting for the only worker: got %v, want %v", err, context.Canceled)
		}
	})
	if !errors.Is(err, context.Canceled) || visits != 6 {
		t.Errorf("got %v after %d visits, want %v after the 6 of a batch", err, visits, context.Canceled)
	}
}

// TestDecode compares with the best of all sequences, and marginals with sums over them.
func TestDecode(t *testing.T) {
	t.Parallel()
	m := load(t, tiny)
	const head, labels = 0, 4
	h := &m.parameters.Tags[head]
	rows := []int{0, 2, 3, 7, 9}
	err := New(m, nil).Encode(t.Context(), windows(tiny, 10, 10, 10), func(_ int, scores *Scores) {
		score := func(sequence []uint8) float64 {
			sum := float64(h.Starts[sequence[0]])
			for i, l := range sequence {
				sum += float64(scores.Tag(head, rows[i], int(l)))
				if i > 0 {
					sum += float64(h.Transitions[int(sequence[i-1])*labels+int(l)])
				}
			}
			return sum
		}
		best, all, marginals := math.Inf(-1), 0.0, make([]float64, len(rows)*labels)
		for code := range 1 << (2 * len(rows)) {
			sequence := make([]uint8, len(rows))
			for i := range sequence {
				sequence[i] = uint8(code >> (2 * i) & 3)
			}
			best = max(best, score(sequence))
			all += math.Exp(score(sequence))
			for i, l := range sequence {
				marginals[i*labels+int(l)] += math.Exp(score(sequence))
			}
		}
		got := scores.Decode([]uint8{9}, head, rows)
		if got[0] != 9 || math.Abs(score(got[1:])-best) > 1e-4 {
			t.Errorf("Decode = %v with a score of %v, want %v", got, score(got[1:]), best)
		}
		if got := scores.Decode(nil, head, nil); got != nil {
			t.Errorf("Decode of nothing = %v", got)
		}
		for i, got := range scores.Marginals(nil, head, rows) {
			if want := marginals[i] / all; math.Abs(float64(got)-want) > 1e-4 {
				t.Errorf("label %d in row %d: Marginals = %v, want %v", i%labels, rows[i/labels], got, want)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// FuzzDecode compares with the best of all sequences, whatever the scores are.
func FuzzDecode(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{1, 2, 3, 4, 200, 100, 50, 25, 0, 0, 0, 0, 255, 1, 255, 1})
	f.Add([]byte("every row has the same labels, one of which is the best"))
	m := load(f, tiny)
	const head, labels, longest = 0, 4, 5
	h := &m.parameters.Tags[head]
	f.Fuzz(func(t *testing.T, data []byte) {
		n := min(len(data)/labels, longest)
		s := &Scores{model: m, tags: make([]float32, n*m.columns), steps: make([]step, n)}
		rows := make([]int, n)
		for i := range rows {
			rows[i] = i
			for l := range labels {
				s.tags[i*m.columns+m.firsts[head]+l] = float32(int8(data[i*labels+l])) / 8
			}
		}
		score := func(sequence []uint8) (sum float64) {
			for i, l := range sequence {
				sum += float64(s.Tag(head, i, int(l)))
				if i == 0 {
					sum += float64(h.Starts[l])
				} else {
					sum += float64(h.Transitions[int(sequence[i-1])*labels+int(l)])
				}
			}
			return sum
		}
		got := s.Decode(nil, head, rows)
		if len(got) != n {
			t.Fatalf("%d labels for %d rows", len(got), n)
		}
		sequence := make([]uint8, n)
		for code := range 1 << (2 * n) {
			for i := range sequence {
				sequence[i] = uint8(code >> (2 * i) & 3)
			}
			if score(sequence) > score(got)+1e-3 {
				t.Fatalf("Decode = %v with a score of %v, but %v has %v", got, score(got), sequence, score(sequence))
			}
		}
	})
}

func TestEncodeAllocatesNothing(t *testing.T) {
	e := New(load(t, tiny), &Options{Workers: 1})
	windows, rows := windows(tiny, 40, 41, 12), []int{0, 3, 5}
	labels := make([]uint8, 0, 3)
	marginals := make([]float32, 0, 3*maxLabels)
	visit := func(_ int, s *Scores) {
		labels = s.Decode(labels[:0], 0, rows)
		marginals = s.Marginals(marginals[:0], 1, rows)
	}
	got := testing.AllocsPerRun(20, func() {
		if err := e.Encode(t.Context(), windows, visit); err != nil {
			t.Error(err)
		}
	})
	if got > 0 {
		t.Errorf("Encode allocates %v times, want 0", got)
	}
}

// BenchmarkEncode gives the speed of six layers of 384 on one core.
func BenchmarkEncode(b *testing.B) {
	s := Shape{
		Pieces: 1000, Packed: 128, Window: 256, Layers: 6, Hidden: 384, Heads: 12, Inner: 1536, Roles: 2, Link: 96, Distances: 24,
	}
	m := load(b, s)
	for _, k := range kernel.All() {
		for _, length := range []int{30, 128} {
			b.Run(k.Name()+map[int]string{30: "/short", 128: "/full"}[length], func(b *testing.B) {
				r := rand.New(rand.NewPCG(5, 6))
				lengths := make([]int, batchPieces/length)
				for i := range lengths {
					lengths[i] = length - r.IntN(3)
				}
				e, windows := New(m, &Options{Kernel: k, Workers: 1}), windows(s, lengths...)
				pieces := 0
				for i := range windows {
					pieces += len(windows[i].Pieces)
				}
				for b.Loop() {
					if err := e.Encode(b.Context(), windows, func(int, *Scores) {}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(pieces)*float64(b.N)/b.Elapsed().Seconds(), "pieces/s")
			})
		}
	}
}
