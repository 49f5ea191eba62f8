package read

import (
	"cmp"
	"slices"
)

// parseText reads a plain text article. Its text is the input, decoded; what a header, a byline or page furniture say is
// noted and listed as skipped.
func parseText(data []byte, declaredCharset string) (*Document, error) {
	text, err := decodeText(data, declaredCharset)
	if err != nil {
		return nil, err
	}
	doc := &Document{Text: text}
	blocks, err := splitBlocks(text)
	if err != nil {
		return nil, err
	}
	if len(blocks) == 0 {
		return nil, ErrEmpty
	}
	if header, ok := takeHeader(doc); ok {
		doc.Skipped = []Skipped{header}
		blocks = slices.DeleteFunc(blocks, func(b block) bool { return b.start < header.End })
	}
	furniture := findFurniture(text, blocks, nil)
	doc.Skipped = slices.Concat(doc.Skipped, takeFront(doc, blocks, furniture), furniture)
	slices.SortFunc(doc.Skipped, func(a, b Skipped) int { return cmp.Compare(a.Start, b.Start) })
	if doc.Lang == "" {
		doc.Lang = detectLanguage(text)
	}
	return doc, nil
}
