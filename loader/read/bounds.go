package read

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds on HTML, checked before anything recursive sees it, since main-text extraction takes a hundred times a page's
// size. Long live blogs have some 30,000 tags, nested 60 deep; two million bytes of text are a long novel.
const (
	maxDepth      = 256
	maxTags       = 50_000 // comments count, too
	maxAttributes = 200_000
	maxInTag      = 1_000     // attributes of one tag; the tokenizer's memory of them is cleared at each later tag
	maxPageText   = 2 << 20   // bytes, with comments, in which drawings may hide text
	maxJSONLD     = 512 << 10 // bytes of metadata in a page; what is beyond is not read
)

// checkBounds runs over the tags of a page without building its tree and refuses it beyond maxDepth, maxTags,
// maxAttributes and maxPageText.
func checkBounds(page []byte) error {
	z := html.NewTokenizer(bytes.NewReader(page))
	s := size{visible: true}
	for {
		token := z.Next()
		if token == html.ErrorToken {
			if errors.Is(z.Err(), io.EOF) {
				return nil
			}
			return fmt.Errorf("%w: %w", ErrUnsupported, z.Err())
		}
		s.add(z, token)
		if err := s.check(); err != nil {
			return err
		}
	}
}

// A size is what of a page has been seen.
type size struct {
	open                   []string // the elements that the next tag stands in
	tags, attributes, text int
	inTag                  int  // attributes of the last tag
	visible                bool // not in a script
}

func (s *size) add(z *html.Tokenizer, token html.TokenType) {
	if token == html.TextToken || token == html.CommentToken {
		if s.visible {
			s.text += len(z.Raw())
		}
		if token == html.TextToken {
			return
		}
	}
	s.tags++ // An empty tag nests nothing in a drawing; elsewhere the parser's own limit on its stack holds.
	name, more := z.TagName()
	switch token {
	case html.StartTagToken:
		s.visible = !isScript(string(name))
		if !closesItself[string(name)] {
			s.open = append(s.open, string(name))
		}
	case html.EndTagToken:
		s.visible = true
		s.open = closeTag(s.open, string(name))
	}
	s.inTag = 0
	for more && s.inTag <= maxInTag {
		_, _, more = z.TagAttr()
		s.inTag++
	}
	s.attributes += s.inTag
}

func (s *size) check() error {
	switch {
	case len(s.open) > maxDepth:
		return fmt.Errorf("%w (more than %d elements in one another)", ErrTooDeep, maxDepth)
	case s.tags > maxTags:
		return fmt.Errorf("%w (more than %d)", ErrTooManyTags, maxTags)
	case s.inTag > maxInTag:
		return fmt.Errorf("%w (one with more than %d attributes)", ErrTooManyTags, maxInTag)
	case s.attributes > maxAttributes:
		return fmt.Errorf("%w (more than %d attributes)", ErrTooManyTags, maxAttributes)
	case s.text > maxPageText:
		return fmt.Errorf("%w: the limit is %s of text in a page", ErrTooLarge, megabytes(maxPageText))
	}
	return nil
}

func isScript(name string) bool { return name == "script" || name == "style" }

// closesItself holds the elements that have no content, or that the next of their kind closes.
var closesItself = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true,
	"p": true, "li": true, "dt": true, "dd": true, "option": true, "optgroup": true, "tr": true, "td": true, "th": true,
	"thead": true, "tbody": true, "tfoot": true, "colgroup": true, "caption": true, "rt": true, "rp": true,
}

// closeTag pops the innermost element called name, and what stands open in it; an end tag of nothing is ignored.
func closeTag(open []string, name string) []string {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] == name {
			return open[:i]
		}
	}
	return open
}

// dropScripts removes what is neither text nor metadata from the tree: scripts and styles, except JSON-LD up to maxJSONLD.
func dropScripts(root *html.Node) {
	budget := maxJSONLD
	for _, n := range slices.Collect(root.Descendants()) {
		if n.Type != html.ElementNode || n.DataAtom != atom.Script && n.DataAtom != atom.Style {
			continue
		}
		if isJSONLD(n) && len(n.FirstChild.Data) <= budget {
			budget -= len(n.FirstChild.Data)
			continue
		}
		n.Parent.RemoveChild(n)
	}
}

// isJSONLD reports whether n is a script that holds metadata.
func isJSONLD(n *html.Node) bool {
	return n.DataAtom == atom.Script && n.FirstChild != nil && strings.EqualFold(attribute(n, "type"), "application/ld+json")
}
