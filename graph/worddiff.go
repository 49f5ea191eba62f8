package graph

import (
	"slices"
	"strings"
)

// A WordOp says what becomes of words on the way from one text to another.
type WordOp string

// What becomes of words.
const (
	WordsEqual    WordOp = "EQUAL"
	WordsInserted WordOp = "INSERT"
	WordsDeleted  WordOp = "DELETE"
)

// A WordRun is a run of words with one fate, as the text that has them writes them; equal ones as the second text does.
type WordRun struct {
	Op   WordOp
	Text string
}

// maxWordPairs is how many pairs of words are compared; longer texts are taken to share no more than their ends.
const maxWordPairs = 1 << 20

// DiffWords returns how to come from one text to another by deleting and inserting the fewest words. Words are equal
// whatever their case, diacritics and punctuation.
func DiffWords(from, to string) []WordRun {
	d := differ{from: strings.Fields(from), to: strings.Fields(to)}
	a, b := foldedWords(d.from), foldedWords(d.to)
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	d.equal(head)
	d.middle(a[head:len(a)-tail], b[head:len(b)-tail])
	d.equal(tail)
	return d.runs
}

// foldedWords returns words in the form in which they are compared.
func foldedWords(words []string) []string {
	list := make([]string, len(words))
	for i, w := range words {
		if list[i] = strings.Join(Terms(w), " "); list[i] == "" {
			list[i] = w
		}
	}
	return list
}

// A differ goes along two texts.
type differ struct {
	from, to []string // what is left of them
	runs     []WordRun
}

// middle goes along what differs at both ends: by the longest common subsequence.
func (d *differ) middle(a, b []string) {
	if len(a)*len(b) > maxWordPairs {
		d.delete(len(a))
		d.insert(len(b))
		return
	}
	common := make([][]int32, len(a)+1) // of what follows
	for i := range common {
		common[i] = make([]int32, len(b)+1)
	}
	for i, x := range slices.Backward(a) {
		for j, y := range slices.Backward(b) {
			if x == y {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			d.equal(1)
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			d.delete(1)
			i++
		default:
			d.insert(1)
			j++
		}
	}
	d.delete(len(a) - i)
	d.insert(len(b) - j)
}

func (d *differ) equal(n int) {
	d.add(WordsEqual, d.to[:n])
	d.from, d.to = d.from[n:], d.to[n:]
}

func (d *differ) delete(n int) {
	d.add(WordsDeleted, d.from[:n])
	d.from = d.from[n:]
}

func (d *differ) insert(n int) {
	d.add(WordsInserted, d.to[:n])
	d.to = d.to[n:]
}

// add adds words to the run before, if that has the same fate.
func (d *differ) add(op WordOp, words []string) {
	if len(words) == 0 {
		return
	}
	text := strings.Join(words, " ")
	if last := len(d.runs) - 1; last >= 0 && d.runs[last].Op == op {
		d.runs[last].Text += " " + text
		return
	}
	d.runs = append(d.runs, WordRun{op, text})
}
