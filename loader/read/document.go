// Package read turns the bytes of an article – plain text or HTML, from a file, a stream or a URL – into a Document:
// its text, what is known of its origin, and which stretches of it are page furniture.
package read

import (
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// A Document is one article as read: the text that every later offset points into, and what the page said of itself.
// All its offsets are half-open byte offsets into Text.
type Document struct {
	Path        string          // as given by the user: a file name, a URL, or "-"
	URL         string          // canonical URL, "" if unknown
	Title       string          // "" if unknown
	Outlet      string          // the publisher's name as written, "" if unknown
	Author      string          // the byline as written, "" if unknown
	PublishedAt time.Time       // UTC; zero if unknown
	Precision   graph.Precision // how much of PublishedAt is known
	Lang        string          // BCP 47, "" if unknown
	Text        string          // valid UTF-8; for plain text the input unchanged (less a byte order mark)
	Skipped     []Skipped       // furniture in Text, in order, not overlapping
	Links       []Link          // hyperlinks of an HTML article whose anchor stands in Text, in order
}

// A Skipped stretch of the text is not part of the article.
type Skipped struct {
	Start, End int
	Reason     string // a short phrase for people: "teaser of another story", "photo credit"
}

// A Link is a hyperlink in the article's text.
type Link struct {
	Start, End int // the anchor
	URL        string
}
