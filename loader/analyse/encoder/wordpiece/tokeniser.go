// Package wordpiece splits text into the word pieces that uncased BERT models read (Devlin et al. 2019,
// arXiv:1810.04805), keeping where in the text each word stands and what lower-casing drops from it.
//
// It gives the words and pieces of the reference, the library tokenizers of Hugging Face with its BertNormalizer and
// BertPreTokenizer. Its tables are those of Unicode 8, ours are Go's: 129 rare punctuation marks that Unicode added or
// classed anew since then stand alone here, and are letters there; and so are the combining marks added since.
package wordpiece

import (
	"fmt"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
)

// Names of the pieces that stand for no text of their own.
const (
	unknownPiece   = "[UNK]"
	firstPiece     = "[CLS]"
	separatorPiece = "[SEP]"
)

// maxLetters is the length, in code points, beyond which the reference does not look into a word.
const maxLetters = 100

// A Word is a stretch of text between spaces and punctuation marks, or one mark.
type Word struct {
	Start, End  int // half-open, in bytes of the text
	First, Last int // half-open, in Tokens.Pieces
	Shape       Shape
}

// Tokens are the words of a text in order, and their pieces. Its zero value is empty; to use it again, Reset it.
type Tokens struct {
	Words  []Word
	Pieces []int32 // places in the vocabulary
}

// Reset empties the tokens and keeps their memory.
func (t *Tokens) Reset() { t.Words, t.Pieces = t.Words[:0], t.Pieces[:0] }

// A Tokeniser knows a vocabulary. It is safe for concurrent use.
type Tokeniser struct {
	pieces       *trie
	continuation int32 // the node of the trie where pieces go on that do not begin a word

	// Unknown stands for a word that the vocabulary cannot spell; First begins every window of text that the model
	// reads, and Separator ends every paragraph in it.
	Unknown, First, Separator int32
}

// New returns a tokeniser for a vocabulary, in which pieces that do not begin a word begin with "##". A vocabulary that
// names a piece twice, or lacks a special piece, is ErrInvalid.
func New(vocabulary []string) (*Tokeniser, error) {
	pieces, err := newTrie(vocabulary)
	if err != nil {
		return nil, err
	}
	t := &Tokeniser{pieces: pieces}
	for i, piece := range vocabulary {
		if piece == "" || !utf8.ValidString(piece) {
			return nil, fmt.Errorf("%w: piece %d is empty or not UTF-8", graph.ErrInvalid, i)
		}
		if first := t.pieces.add(piece, int32(i)); first != int32(i) {
			return nil, fmt.Errorf("%w: piece %q stands at %d and at %d", graph.ErrInvalid, piece, first, i)
		}
	}
	t.continuation = t.pieces.walk(0, "##")
	for name, id := range map[string]*int32{
		unknownPiece: &t.Unknown, firstPiece: &t.First, separatorPiece: &t.Separator,
	} {
		*id = t.pieces.find(name)
		if *id < 0 {
			return nil, fmt.Errorf("%w: the vocabulary lacks %s", graph.ErrInvalid, name)
		}
	}
	return t, nil
}

// Piece returns the place of a piece in the vocabulary, if it is there.
func (t *Tokeniser) Piece(name string) (id int32, ok bool) {
	id = t.pieces.find(name)
	return id, id >= 0
}

// Append adds the words of a text to dst. It takes time linear in the text, and no memory but dst's.
func (t *Tokeniser) Append(dst *Tokens, text string) {
	w := word{tokeniser: t, tokens: dst, text: text}
	for i, r := range text {
		if r < utf8.RuneSelf {
			w.ascii(byte(r), i)
			continue
		}
		w.other(r, i)
	}
	w.finish()
}

// A word collects the letters of the word that is being read.
type word struct {
	tokeniser  *Tokeniser
	tokens     *Tokens
	text       string
	start, end int // in text
	letters    int // so far, normalised
	size       int // bytes of spelling in use
	spelling   [maxLetters * utf8.UTFMax]byte
}

// add adds a normalised letter that stands in the text from start to end.
func (w *word) add(r rune, start, end int) {
	if w.letters == 0 {
		w.start = start
	}
	w.end = end
	w.letters++
	if w.letters <= maxLetters {
		w.size += utf8.EncodeRune(w.spelling[w.size:], r)
	}
}

// alone adds a letter that is a word by itself.
func (w *word) alone(r rune, start, end int) {
	w.finish()
	w.add(r, start, end)
	w.finish()
}

// finish ends the word, if there is one, and adds its pieces.
func (w *word) finish() {
	if w.letters == 0 {
		return
	}
	first := len(w.tokens.Pieces)
	if w.letters > maxLetters || !w.spell() {
		w.tokens.Pieces = append(w.tokens.Pieces[:first], w.tokeniser.Unknown)
	}
	w.tokens.Words = append(w.tokens.Words, Word{
		Start: w.start, End: w.end, First: first, Last: len(w.tokens.Pieces), Shape: shapeOf(w.text, w.start, w.end),
	})
	w.letters, w.size = 0, 0
}

// spell adds the longest piece that begins the word, then the longest that goes on, and so forth, and reports whether
// that reached the end.
func (w *word) spell() bool {
	rest, node := w.spelling[:w.size], int32(0)
	for len(rest) > 0 {
		id, n := w.tokeniser.pieces.longest(node, rest)
		if n == 0 {
			return false
		}
		w.tokens.Pieces = append(w.tokens.Pieces, id)
		rest, node = rest[n:], w.tokeniser.continuation
	}
	return true
}
