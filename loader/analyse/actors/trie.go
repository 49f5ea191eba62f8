package actors

// A trie finds the longest known phrase at a place in a text. Phrases are runs of word numbers; each has any number of
// values.
type trie struct {
	next map[uint64]int32 // node and word → node
	ends [][]int32        // by node: the values of the phrases that end there
}

func newTrie() *trie { return &trie{next: make(map[uint64]int32), ends: make([][]int32, 1)} }

// add stores a value under a phrase of at least one word.
func (t *trie) add(words []int32, value int32) {
	node := int32(0)
	for _, w := range words {
		next, ok := t.step(node, w)
		if !ok {
			next = int32(len(t.ends))
			t.ends = append(t.ends, nil)
			t.next[edge(node, w)] = next
		}
		node = next
	}
	t.ends[node] = append(t.ends[node], value)
}

// step follows one word from a node; the root is 0.
func (t *trie) step(node, word int32) (int32, bool) {
	next, ok := t.next[edge(node, word)]
	return next, ok
}

func edge(node, word int32) uint64 { return uint64(uint32(node))<<32 | uint64(uint32(word)) }
