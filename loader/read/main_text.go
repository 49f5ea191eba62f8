package read

import (
	"slices"
	"strings"
)

// keepMain reduces a page to the blocks that the extractor took for the article. The extractor chooses well but renders
// badly – it drops hyperlinks and glues words in quotations and lists – so its text only says which blocks of our own
// rendering to keep. Both are in the page's order. If they cannot be matched, the extractor's rendering it is.
func keepMain(page, extracted rendered) (rendered, error) {
	blocks, err := splitBlocks(page.text)
	if err != nil {
		return rendered{}, err
	}
	kept, matched := align(page.text, blocks, extracted.text)
	if float64(matched) < fewestMatched*float64(len(squeeze(extracted.text))) {
		return extracted, nil
	}
	return page.only(kept), nil
}

// fewestMatched is the share of the extractor's text that must be found in the page. On some pages the extractor gives
// everything twice, so half of it is all there is to find.
const fewestMatched = 0.5

// squeeze removes white space and invisible marks, on which renderings differ.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isInvisible(r):
			return -1
		case r >= '²': // Beyond most characters, without looking.
			if i := slices.Index(raisedDigits, r); i >= 0 {
				return rune('0' + i) // The extractor lowers them.
			}
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
