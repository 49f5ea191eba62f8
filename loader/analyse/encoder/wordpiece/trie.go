package wordpiece

import (
	"fmt"
	"math/bits"

	"github.com/claimgraph/claimgraph/graph"
)

// A trie finds the longest piece that begins a word. Its edges, from a node by a byte to a node, stand in one hash table
// with open addressing. Node 0 is the root.
type trie struct {
	edges []edge
	shift int     // of a hash, to a place in edges
	piece []int32 // by node: the piece that ends there, or -1
}

// An edge leads from a node by a byte; node<<8 | byte is its key. It is free if it leads to 0.
type edge struct {
	key uint32
	to  int32
}

// maxNodes is how many nodes there can be beside a byte in 32 bits.
const maxNodes = 1 << 24

// newTrie returns an empty trie with room for the pieces.
func newTrie(pieces []string) (*trie, error) {
	size := 1
	for _, p := range pieces {
		size += len(p)
	}
	if size > maxNodes {
		return nil, fmt.Errorf("%w: a vocabulary of %d bytes", graph.ErrInvalid, size)
	}
	n := bits.Len(uint(size)) // so that a place stays free, where searches end
	return &trie{edges: make([]edge, 1<<n), shift: 64 - n, piece: []int32{-1}}, nil
}

// place returns where the edge from a node by a byte is, or would be.
func (t *trie) place(node int32, b byte) *edge {
	key := uint32(node)<<8 | uint32(b)
	at := int(uint64(key) * 0x9E3779B97F4A7C15 >> t.shift)
	for {
		e := &t.edges[at]
		if e.to == 0 || e.key == key {
			return e
		}
		at = (at + 1) & (len(t.edges) - 1)
	}
}

// add adds a piece, unless it is there already, and returns the number that it was first added with.
func (t *trie) add(piece string, id int32) int32 {
	node := int32(0)
	for i := range len(piece) {
		e := t.place(node, piece[i])
		if e.to == 0 {
			e.key, e.to = uint32(node)<<8|uint32(piece[i]), int32(len(t.piece))
			t.piece = append(t.piece, -1)
		}
		node = e.to
	}
	if t.piece[node] < 0 {
		t.piece[node] = id
	}
	return t.piece[node]
}

// walk returns the node that s leads to from a node, or -1.
func (t *trie) walk(node int32, s string) int32 {
	for i := range len(s) {
		node = t.place(node, s[i]).to
		if node == 0 {
			return -1
		}
	}
	return node
}

// find returns the number of a piece, or -1.
func (t *trie) find(piece string) int32 {
	node := t.walk(0, piece)
	if node < 0 {
		return -1
	}
	return t.piece[node]
}

// longest returns the longest piece that begins s, read on from a node, and how many bytes of s it takes: none if there
// is no piece.
func (t *trie) longest(node int32, s []byte) (piece int32, n int) {
	if node < 0 {
		return -1, 0
	}
	for i, b := range s {
		node = t.place(node, b).to
		if node == 0 {
			break
		}
		if t.piece[node] >= 0 {
			piece, n = t.piece[node], i+1
		}
	}
	return piece, n
}
