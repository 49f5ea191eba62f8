package read

import "strings"

// keepMain reduces a page to the blocks that the extractor took for the article. The extractor chooses well but renders
// badly – it drops hyperlinks and glues words in quotations and lists – so its text only says which blocks of our own
// rendering to keep. Both are in the page's order. If they cannot be matched, the extractor's rendering it is.
func keepMain(page, extracted rendered) (rendered, error) {
	blocks, err := splitBlocks(page.text)
	if err != nil {
		return rendered{}, err
	}
	a := alignment{wanted: squeeze(extracted.text)}
	var kept []block
	for _, b := range blocks {
		if a.take(squeeze(b.in(page.text))) {
			kept = append(kept, b)
		}
	}
	if float64(a.matched) < fewestMatched*float64(len(a.wanted)) {
		return extracted, nil
	}
	return page.only(kept), nil
}

// fewestMatched is the share of the extractor's text that must be found in the page.
const fewestMatched = 0.8

// An alignment follows the wanted text, from its start to its end, as blocks of the page turn up in it.
type alignment struct {
	wanted  string
	at      int // what is before has been passed
	matched int // bytes
}

// Bounds of the search. A window keeps it linear; a short block, such as a menu's "World", must stand exactly where the
// last one ended, or it would match anywhere.
const (
	searchWindow = 16 << 10
	shortBlock   = 24
)

// take reports whether a squeezed block comes next in the wanted text, and passes it. The extractor may have dropped
// something within a long block, a footnote's mark or a time, so its two ends are enough if they lie right.
func (a *alignment) take(block string) bool {
	if block == "" {
		return false
	}
	ahead := a.wanted[a.at:]
	if strings.HasPrefix(ahead, block) {
		a.pass(0, len(block))
		return true
	}
	if len(block) < shortBlock {
		return false
	}
	if window := ahead[:min(len(ahead), searchWindow+len(block))]; len(block) <= len(window) {
		if i := strings.Index(window, block); i >= 0 {
			a.pass(i, i+len(block))
			return true
		}
	}
	return a.takeByEnds(ahead, block)
}

func (a *alignment) takeByEnds(ahead, block string) bool {
	const endLength = shortBlock / 2
	head, tail := block[:endLength], block[len(block)-endLength:]
	i := strings.Index(ahead[:min(len(ahead), searchWindow)], head)
	if i < 0 {
		return false
	}
	rest := ahead[i:min(len(ahead), i+len(block))]
	j := strings.LastIndex(rest, tail)
	if j < 0 || 2*(j+endLength) < len(block) {
		return false
	}
	a.pass(i, i+j+endLength)
	return true
}

// pass counts wanted[at+from:at+to] as matched and goes on after it.
func (a *alignment) pass(from, to int) {
	a.matched += to - from
	a.at += to
}

// squeeze removes white space and invisible marks, on which renderings differ.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, s)
}

// only is the page reduced to blocks, with the links whose anchors they hold. Blocks that follow one another keep the
// line breaks between them; others are separated by a blank line.
func (p rendered) only(blocks []block) rendered {
	var text strings.Builder
	var links []Link
	next := 0
	for i, b := range blocks {
		if i > 0 {
			text.WriteString(p.separator(blocks[i-1].end, b.start))
		}
		for ; next < len(p.links) && p.links[next].Start < b.end; next++ {
			if l := p.links[next]; l.Start >= b.start && l.End <= b.end {
				shift := text.Len() - b.start
				links = append(links, Link{l.Start + shift, l.End + shift, l.URL})
			}
		}
		text.WriteString(b.in(p.text))
	}
	return rendered{text.String(), links}
}

func (p rendered) separator(from, to int) string {
	if between := p.text[from:to]; strings.TrimSpace(between) == "" {
		return between
	}
	return "\n\n"
}
