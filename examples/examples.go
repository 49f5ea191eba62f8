// Package examples holds news articles by made-up outlets, written for claimgraph to be tried and tested on. The README
// beside them says what each one shows.
package examples

import (
	"embed"
	"io/fs"
)

//go:embed *.txt *.html
var articles embed.FS

// Articles returns the articles: plain text and HTML files, all in the root, named so that lexical order is the order
// to read them in.
func Articles() fs.FS { return articles }
