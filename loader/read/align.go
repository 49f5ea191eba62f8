package read

import (
	"slices"
	"strings"
)

// headLength is how many bytes at the start of a line make it a candidate; a shorter line must be the same as a whole.
const headLength = 24

// mostCandidates bounds how many places are tried for a block that begins as many lines do.
const mostCandidates = 8

// align finds which blocks of text an extractor has taken, given what it extracted: the chain of blocks, in the order of
// both, that covers most of it. A teaser that stands beside the article and has the words of one of its lines does not
// lead astray, since the chain through the article is longer. It also returns how many bytes, white space apart, the
// chain covers.
func align(text string, blocks []block, extracted string) (taken []block, covered int) {
	wanted, lines := squeezedLines(extracted)
	chain := newChain(len(wanted))
	for i, b := range blocks {
		squeezed := squeeze(b.in(text))
		places := lines[head(squeezed)]
		for _, at := range slices.Backward(places[:min(len(places), mostCandidates)]) { // So that no block follows itself.
			if length := matchLength(wanted[at:], squeezed); length > 0 {
				chain.add(i, at, at+length)
			}
		}
	}
	for _, i := range chain.longest() {
		taken = append(taken, blocks[i])
	}
	return taken, chain.weight()
}

// squeezedLines is text without white space, and where in it lines begin, by their heads.
func squeezedLines(text string) (squeezed string, starts map[string][]int) {
	var all strings.Builder
	starts = map[string][]int{}
	for line := range strings.Lines(text) {
		if line = squeeze(line); line != "" {
			starts[head(line)] = append(starts[head(line)], all.Len())
			all.WriteString(line)
		}
	}
	return all.String(), starts
}

func head(line string) string {
	return line[:min(len(line), headLength)]
}

// matchLength is how much of wanted, from its start, block stands for; 0 if it is another text. The extractor may have
// dropped something within a block, a footnote's mark or a time, so the two ends are enough if they lie right.
func matchLength(wanted, block string) int {
	if strings.HasPrefix(wanted, block) {
		return len(block)
	}
	if len(block) < 2*headLength {
		return 0
	}
	tail := block[len(block)-headLength/2:]
	end := strings.LastIndex(wanted[:min(len(wanted), len(block))], tail) + len(tail)
	if 2*end < len(block) {
		return 0
	}
	return end
}

// A chain is built from stretches of one text, each belonging to a block and added in the blocks' order, and knows the
// heaviest sequence of them that do not overlap and follow one another. The weight of a stretch is its length.
type chain struct {
	links []chainLink
	best  []int // Fenwick tree over ends: the heaviest link that ends there or before, as an index into links plus 1
}

type chainLink struct {
	block, weight int // of the sequence up to here
	before        int // the link before it, plus 1; 0 if it is the first
}

func newChain(length int) *chain { return &chain{best: make([]int, length+1)} }

// add offers the stretch [start, end), which must not be empty.
func (c *chain) add(block, start, end int) {
	before := c.upTo(start)
	c.links = append(c.links, chainLink{block, c.weightOf(before) + end - start, before})
	added := len(c.links)
	for i := end; i < len(c.best); i += i & -i {
		if c.weightOf(added) > c.weightOf(c.best[i]) {
			c.best[i] = added
		}
	}
}

// upTo is the heaviest link that ends at end or before, plus 1; 0 if there is none.
func (c *chain) upTo(end int) int {
	heaviest := 0
	for i := end; i > 0; i -= i & -i {
		if c.weightOf(c.best[i]) > c.weightOf(heaviest) {
			heaviest = c.best[i]
		}
	}
	return heaviest
}

func (c *chain) weightOf(link int) int {
	if link == 0 {
		return 0
	}
	return c.links[link-1].weight
}

func (c *chain) weight() int { return c.weightOf(c.upTo(len(c.best) - 1)) }

// longest lists the blocks of the heaviest sequence, in order.
func (c *chain) longest() []int {
	var blocks []int
	for link := c.upTo(len(c.best) - 1); link != 0; link = c.links[link-1].before {
		blocks = append(blocks, c.links[link-1].block)
	}
	slices.Reverse(blocks)
	return blocks
}
