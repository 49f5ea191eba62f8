package read

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// render writes the text under node as a reader sees it: white space collapsed, paragraphs separated by blank lines,
// list items, table rows and line breaks by one newline. It returns the hyperlinks with the bytes of their anchors;
// relative ones are resolved against base, and those that do not lead to a web page are left out.
func render(node *html.Node, base *url.URL) rendered {
	r := renderer{base: base}
	r.walk(node)
	return rendered{r.text.String(), r.links}
}

// A rendered page or part of one is its text with the hyperlinks in it.
type rendered struct {
	text  string
	links []Link
}

type renderer struct {
	text    strings.Builder
	base    *url.URL
	links   []Link
	newline int  // line breaks owed before the next character
	space   bool // a space is owed before it
	pre     bool // white space counts
	raised  bool // digits are raised, as footnote markers are
}

// breaksBefore says how many line breaks part an element from what stands around it. Elements are known by their names,
// because the nodes that an extractor makes have no atoms.
var breaksBefore = map[string]int{
	"p": 2, "div": 2, "h1": 2, "h2": 2, "h3": 2, "h4": 2, "h5": 2, "h6": 2, "ul": 2, "ol": 2, "dl": 2, "blockquote": 2,
	"pre": 2, "table": 2, "section": 2, "article": 2, "header": 2, "footer": 2, "main": 2, "aside": 2, "figure": 2,
	"figcaption": 2, "hr": 2, "details": 2, "summary": 2, "body": 2, "form": 2, "address": 2, "nav": 2,
	"li": 1, "tr": 1, "dt": 1, "dd": 1, "caption": 1,
}

func (r *renderer) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.write(n.Data)
		return
	case html.ElementNode:
		r.element(n)
		return
	}
	r.children(n)
}

func (r *renderer) element(n *html.Node) {
	switch n.Data {
	case "script", "style", "head", "noscript", "template", "textarea", "select", "iframe":
		return
	case "br":
		r.newline = min(r.newline+1, 2)
		return
	case "td", "th":
		r.space = true
	case "a":
		r.anchor(n)
		return
	case "sup":
		raised := r.raised
		r.raised = true
		r.children(n)
		r.raised = raised
		return
	}
	breaks := breaksBefore[n.Data]
	r.newline = max(r.newline, breaks)
	pre := r.pre
	r.pre = pre || n.Data == "pre"
	r.children(n)
	r.pre = pre
	r.newline = max(r.newline, breaks)
}

func (r *renderer) children(n *html.Node) {
	for c := range n.ChildNodes() {
		r.walk(c)
	}
}

// anchor writes a hyperlink. What is owed when it begins is written first, so that the anchor is its words alone.
func (r *renderer) anchor(n *html.Node) {
	before := r.text.Len()
	r.children(n)
	target := webURL(attribute(n, "href"), r.base)
	written := r.text.String()[before:]
	start := before + len(written) - len(strings.TrimLeftFunc(written, unicode.IsSpace))
	if target != "" && start < r.text.Len() {
		r.links = append(r.links, Link{Start: start, End: r.text.Len(), URL: target})
	}
}

// write appends text, with what is owed before it.
func (r *renderer) write(text string) {
	for _, c := range text {
		switch {
		case r.pre && c == '\n':
			r.newline = min(r.newline+1, 2)
		case unicode.IsSpace(c):
			r.space = true
		default:
			r.settle()
			if r.raised && '0' <= c && c <= '9' {
				c = raisedDigits[c-'0']
			}
			r.text.WriteRune(c)
		}
	}
}

// raisedDigits are what a page shows where it raises digits: as text of the same size they would run into the word before.
var raisedDigits = []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")

// settle writes the line breaks or the space that are owed, none at the start of the text.
func (r *renderer) settle() {
	switch {
	case r.text.Len() == 0:
	case r.newline > 0:
		r.text.WriteString("\n\n"[:r.newline])
	case r.space:
		r.text.WriteByte(' ')
	}
	r.newline, r.space = 0, false
}

// attribute is the value of n's attribute key, "" if it has none.
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
