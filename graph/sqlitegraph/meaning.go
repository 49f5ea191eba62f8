package sqlitegraph

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// candidates is how many claims are compared in full with one vector: those whose sketches are nearest to its own. It is
// several times graph.MaxNearest.
const candidates = 1000

const (
	sketchBytes = graph.VectorSize / 8
	sketchWords = sketchBytes / 8
)

// A sketch has one bit for each value of a vector: whether it is above 0.
type sketch [sketchWords]uint64

func sketchOf(v *graph.Vector) sketch {
	var s sketch
	for i, x := range v {
		if x > 0 {
			s[i/64] |= 1 << (i % 64)
		}
	}
	return s
}

func (s *sketch) bytes() []byte {
	b := make([]byte, 0, sketchBytes)
	for _, word := range s {
		b = binary.LittleEndian.AppendUint64(b, word)
	}
	return b
}

func (s *sketch) read(b []byte) {
	for i := range s {
		s[i] = binary.LittleEndian.Uint64(b[i*8:])
	}
}

// differs returns how many bits of two sketches differ.
func (s *sketch) differs(t *sketch) int {
	n := 0
	for i, word := range s {
		n += bits.OnesCount64(word ^ t[i])
	}
	return n
}

// mostDiffering returns how many bits of two sketches may differ for their vectors to have that cosine. Each bit differs
// with the share of the half circle that the angle is (Charikar 2002); four standard deviations are allowed for chance.
func mostDiffering(cosine float64) int {
	share := math.Acos(max(-1, min(cosine, 1))) / math.Pi
	return int(math.Ceil(graph.VectorSize*share + 4*math.Sqrt(graph.VectorSize*share*(1-share))))
}

func vectorBytes(v *graph.Vector) []byte {
	b := make([]byte, len(v))
	for i, x := range v {
		b[i] = byte(x)
	}
	return b
}

func readVector(b []byte) (graph.Vector, error) {
	var v graph.Vector
	if len(b) != len(v) {
		return v, fmt.Errorf("%w: a vector of %d bytes", graph.ErrCorrupt, len(b))
	}
	for i, x := range b {
		v[i] = int8(x) //nolint:gosec // as it was written
	}
	return v, nil
}

// addMeanings notes where the batch's claims lie. All of them are there by now.
func (w *writer) addMeanings(list []graph.Meaning) error {
	for i := range list {
		m := &list[i]
		key, bits := w.keys[m.Claim], sketchOf(&m.Vector)
		if err := w.add(insertMeaning, key, m.Model, vectorBytes(&m.Vector)); err != nil {
			return err
		}
		if err := w.add(insertSketch, key, bits.bytes()); err != nil {
			return err
		}
	}
	return nil
}

// comparedAtOnce is how many claims' vectors are held at once, of all that are compared in full.
const comparedAtOnce = 5000

// Nearest looks through all sketches for those that are near to a vector's, and compares these in full.
func (s *Store) Nearest(ctx context.Context, vectors []graph.Vector, o graph.NearestOptions) ([][]graph.Near, error) {
	near := make([][]graph.Near, len(vectors))
	err := s.reading(ctx, func(r *reader) error {
		searches := make([]nearby, len(vectors))
		for i := range vectors {
			searches[i] = nearby{sketch: sketchOf(&vectors[i]), most: mostDiffering(o.AtLeast)}
		}
		if err := r.lookThrough(searches); err != nil {
			return err
		}
		for keys := range slices.Chunk(foundKeys(searches), comparedAtOnce) {
			known, err := r.meanings(keys, o.Model)
			if err != nil {
				return err
			}
			for i := range searches {
				near[i] = append(near[i], searches[i].compare(&vectors[i], known, keys[len(keys)-1], o.AtLeast)...)
			}
		}
		return nil
	})
	for i, list := range near {
		slices.SortFunc(list, graph.CompareNear)
		near[i] = list[:min(len(list), o.First)]
	}
	return near, err
}

// A nearby is a search for claims near to a sketch.
type nearby struct {
	sketch
	most  int // bits that may differ
	found []candidate
	next  int // the first of the found, in the order of their keys, that has not been compared
}

type candidate struct {
	key     int64
	differs int
}

func (n *nearby) look(key int64, s *sketch) {
	d := n.differs(s)
	if d > n.most {
		return
	}
	if n.found = append(n.found, candidate{key, d}); len(n.found) == candidates+candidates/4 {
		n.keep()
		n.most = n.found[len(n.found)-1].differs
	}
}

// keep drops all but the nearest.
func (n *nearby) keep() {
	slices.SortFunc(n.found, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.differs, b.differs), cmp.Compare(a.key, b.key)) })
	n.found = n.found[:min(len(n.found), candidates)]
}

func (r *reader) lookThrough(searches []nearby) error {
	var one sketch
	err := r.each(func(scan func(...any) error) error {
		var key int64
		var bits []byte
		if err := scan(&key, &bits); err != nil {
			return err
		}
		if len(bits) != sketchBytes {
			return fmt.Errorf("%w: a sketch of %d bytes", graph.ErrCorrupt, len(bits))
		}
		one.read(bits)
		for i := range searches {
			searches[i].look(key, &one)
		}
		return nil
	}, "SELECT node, bits FROM sketch")
	for i := range searches {
		searches[i].keep()
	}
	return err
}

// A known meaning is one that was found.
type knownMeaning struct {
	id     graph.ID
	vector graph.Vector
}

// foundKeys returns the keys of what searches have found, in order, each once, and brings what each has found into that order.
func foundKeys(searches []nearby) []int64 {
	var keys []int64
	for i := range searches {
		slices.SortFunc(searches[i].found, func(a, b candidate) int { return cmp.Compare(a.key, b.key) })
		for _, c := range searches[i].found {
			keys = append(keys, c.key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// meanings reads where the claims with the keys lie by one model.
func (r *reader) meanings(keys []int64, model string) (map[int64]*knownMeaning, error) {
	known := make(map[int64]*knownMeaning, len(keys))
	err := r.each(func(scan func(...any) error) error {
		var key int64
		var bytes []byte
		m := new(knownMeaning)
		if err := scan(&key, &m.id, &bytes); err != nil {
			return err
		}
		var err error
		m.vector, err = readVector(bytes)
		known[key] = m
		return err
	}, `SELECT m.node, n.id, m.vector FROM json_each(?) j CROSS JOIN meaning m ON m.node = j.value AND m.model = ?
		CROSS JOIN "Claim" n ON n.key = m.node`, keyList(keys), model)
	return known, err
}

// compare goes on comparing what was found with the vector, up to a key, and returns what is near enough.
func (n *nearby) compare(v *graph.Vector, known map[int64]*knownMeaning, last int64, atLeast float64) []graph.Near {
	var list []graph.Near
	for ; n.next < len(n.found) && n.found[n.next].key <= last; n.next++ {
		if m := known[n.found[n.next].key]; m != nil {
			if cosine := v.Cosine(&m.vector); cosine >= atLeast {
				list = append(list, graph.Near{ID: m.id, Cosine: cosine})
			}
		}
	}
	return list
}
