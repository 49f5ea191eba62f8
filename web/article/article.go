// Package article owns the page that shows one article with all that was found in it: its text, marked, beside the
// records. The page is one file that fetches nothing and runs nothing but its own script. Without that it shows the marked text; the
// records, of which there may be tens of thousands, the script makes where they are looked at.
package article

import (
	"crypto/sha256"
	_ "embed" // the page's parts
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"github.com/claimgraph/claimgraph/loader/extraction"
)

var (
	//go:embed page.html
	page string
	//go:embed style.css
	style string
	//go:embed script.js
	script string
)

// policy lets the page run its own script and use its own style, both known by their hashes, and nothing else: no
// address is fetched, and no text can become markup.
var policy = fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'; "+
	"require-trusted-types-for 'script'; trusted-types 'none'", hash(style), hash(script))

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

var pages = template.Must(template.New("page").Funcs(template.FuncMap{
	"shown": shown,
	"plain": plain,
}).Parse(page))

// Write writes the page of an article. An error means that the record contradicts itself, such as by a span that does
// not have the words that it says, or that w fails.
func Write(w io.Writer, r *extraction.Record) error {
	v, err := viewOf(r)
	if err != nil {
		return fmt.Errorf("show %s: %w", r.Document.Path, err)
	}
	return pages.Execute(w, v)
}
