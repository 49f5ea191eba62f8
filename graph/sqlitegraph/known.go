package sqlitegraph

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/bits-and-blooms/bloom/v3"

	"github.com/claimgraph/claimgraph/graph"
)

// Most of the keys by which a load looks for what its articles are linked with are in no node, and full-text search looks
// for each of them in every segment of its index. So the words that nodes hold are kept in Bloom filters as well (Bloom,
// Space/time trade-offs in hash coding with allowable errors, 1970): what is in none of them need not be looked for.

const (
	wordsOfFilter = 100_000 // that it takes before a further one is begun
	bitsOfWord    = 10      // with so many, one of a hundred words that no node holds passes
	hashesOfWord  = 7
)

// A filter tells some words that nodes hold from nearly all others. It does not change.
type filter struct {
	words int64
	bits  *bloom.BloomFilter
}

// known are the words that nodes hold, or have held. Who reads and who writes has them as of its own transaction, or later.
type known struct {
	mu      sync.Mutex
	filters []filter // guarded by mu; committed
}

// asOf returns the filters as of the connection's transaction, or later; only those that it does not have yet are read.
func (k *known) asOf(c *conn) ([]filter, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	filters := slices.Clone(k.filters)
	var newer []int
	err := c.each(func(scan func(...any) error) error {
		var part int
		var words int64
		if err := scan(&part, &words); err != nil {
			return err
		}
		if part > len(filters) {
			filters = append(filters, filter{})
		}
		if words > filters[part-1].words {
			newer = append(newer, part)
		}
		return nil
	}, "SELECT part, words FROM known ORDER BY part")
	if err != nil {
		return nil, err
	}
	for _, part := range newer {
		f := filter{bits: new(bloom.BloomFilter)}
		err := c.each(func(scan func(...any) error) error {
			var encoded []byte
			if err := scan(&f.words, &encoded); err != nil {
				return err
			}
			return f.bits.UnmarshalBinary(encoded)
		}, "SELECT words, filter FROM known WHERE part = ?", part)
		if err != nil {
			return nil, fmt.Errorf("filter %d of known words: %w", part, err)
		}
		filters[part-1] = f
	}
	k.filters = filters
	return filters, nil
}

// mayHold reports whether a node may hold the word.
func mayHold(filters []filter, word string) bool {
	return slices.ContainsFunc(filters, func(f filter) bool { return f.bits.TestString(word) })
}

// possible returns the condition without the words that no node holds, if any word is enough.
func (k *known) possible(c *conn, f graph.Filter) (graph.Filter, error) {
	m, ok := f.(graph.Match)
	if !ok || !m.Any {
		return f, nil
	}
	filters, err := k.asOf(c)
	if err != nil {
		return nil, err
	}
	words := slices.DeleteFunc(m.Terms(), func(word string) bool { return !mayHold(filters, word) })
	return graph.Match{Text: strings.Join(words, " "), Any: true}, nil
}

// learn adds the words of texts, which have single spaces between them. The connection's transaction writes.
func (k *known) learn(c *conn, texts []string) error {
	filters, err := k.asOf(c)
	if err != nil {
		return err
	}
	filters = slices.Clone(filters)
	changed := len(filters) // from there on
	for _, text := range texts {
		for word := range strings.SplitSeq(text, " ") {
			if mayHold(filters, word) {
				continue
			}
			last := len(filters) - 1
			if last < 0 || filters[last].words >= wordsOfFilter {
				filters = append(filters, filter{bits: bloom.New(wordsOfFilter*bitsOfWord, hashesOfWord)})
				last++
			} else if last < changed {
				filters[last].bits = filters[last].bits.Copy()
				changed = last
			}
			filters[last].bits.AddString(word)
			filters[last].words++
		}
	}
	for i, f := range filters[changed:] {
		encoded, err := f.bits.MarshalBinary()
		if err != nil {
			return err
		}
		if _, err := c.exec("INSERT OR REPLACE INTO known(part, words, filter) VALUES (?, ?, ?)", changed+i+1, f.words, encoded); err != nil {
			return err
		}
	}
	return nil
}
