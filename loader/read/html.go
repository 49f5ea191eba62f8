package read

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/claimgraph/claimgraph/graph"
)

// fewestLetters is how much text outside furniture makes an article: about one sentence.
const fewestLetters = 50

// maxReplaced is the share of characters of a page that may be undecodable. Browsers replace any number of them.
const maxReplaced = 0.01

// parseHTML reads an article from a page: its main text with paragraphs separated by blank lines, its hyperlinks, and
// what the page says of its title, outlet, author, date, address and language.
func parseHTML(data []byte, h Hints) (*Document, error) {
	page, err := decodeHTML(data, h.ContentType)
	if err != nil {
		return nil, err
	}
	if err := checkBounds(page); err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		// The parser fails only where misnested formatting makes the tree deeper than the tags are.
		return nil, fmt.Errorf("%w (%w)", ErrTooDeep, err)
	}
	dropScripts(root)
	base := pageURL(h.URL)
	facts := collectFacts(root, base)
	whole := render(root, base)
	main, err := extractMain(root, base)
	if err != nil {
		return nil, err
	}
	article, err := keepMain(whole, render(main.ContentNode, base))
	if err != nil {
		return nil, err
	}
	doc := &Document{Text: article.text, Links: article.links}
	if err := doc.skipFurniture(); err != nil {
		return nil, err
	}
	if lettersOutside(doc.Text, doc.Skipped) < fewestLetters {
		return nil, ErrNoMainText
	}
	doc.take(facts, main.Metadata)
	if doc.Lang == "" {
		doc.Lang = detectLanguage(doc.Text)
	}
	return doc, nil
}

// pageURL is where a page was found, nil if that is unknown or no URL.
func pageURL(found string) *url.URL {
	u, err := url.Parse(found)
	if err != nil || found == "" {
		return nil
	}
	return u
}

// decodeHTML turns a page into UTF-8 as browsers do – by its mark, its declaration or a guess, replacing what does not
// decode – but refuses it if much is replaced.
func decodeHTML(data []byte, contentType string) ([]byte, error) {
	e := markedEncoding(data)
	if e == nil {
		if utf8.Valid(data) {
			return bytes.TrimPrefix(data, utf8Mark), nil
		}
		var name string
		var certain bool
		e, name, certain = charset.DetermineEncoding(data, contentType)
		if !certain && name == "windows-1252" && !mostlyUTF8(data) { // What it answers where nothing is declared.
			if guesses := guessEncodings(data); len(guesses) > 0 {
				e = guesses[0]
			}
		}
	}
	page, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrUndecodable, err)
	}
	page = bytes.ToValidUTF8(page, []byte(string(utf8.RuneError)))
	if n := bytes.Count(page, []byte(string(utf8.RuneError))); float64(n) > maxReplaced*float64(utf8.RuneCount(page)) {
		return nil, fmt.Errorf("%w (as %v, %d characters of it break)", ErrUndecodable, e, n)
	}
	return page, nil
}

// extractMain finds the main text. The extractor works through hostile trees by recursion and regular expressions, so a
// panic of its is taken as a page that it cannot read.
func extractMain(root *html.Node, base *url.URL) (main *trafilatura.ExtractResult, err error) {
	defer func() {
		if r := recover(); r != nil {
			main, err = nil, fmt.Errorf("%w (the extractor failed: %v)", ErrNoMainText, r)
		}
	}()
	main, err = trafilatura.ExtractDocument(root, trafilatura.Options{
		OriginalURL:     base,
		EnableFallback:  true,
		ExcludeComments: true,
		IncludeLinks:    true,
		HtmlDateMode:    trafilatura.Fast, // the extensive one would ask the library that go.mod replaces
	})
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrNoMainText, err)
	}
	if main.ContentNode == nil {
		return nil, ErrNoMainText
	}
	return main, nil
}

// skipFurniture lists the furniture that stands within the main text.
func (doc *Document) skipFurniture() error {
	blocks, err := splitBlocks(doc.Text)
	if err != nil {
		return err
	}
	doc.Skipped = findFurniture(doc.Text, blocks, doc.Links)
	return nil
}

// lettersOutside counts the letters of text that are not skipped.
func lettersOutside(text string, skipped []Skipped) int {
	n, from := 0, 0
	count := func(stretch string) {
		for _, r := range stretch {
			if unicode.IsLetter(r) {
				n++
			}
		}
	}
	for _, s := range skipped {
		count(text[from:s.Start])
		from = s.End
	}
	count(text[from:])
	return n
}

// take fills the fields that say where the article comes from: from what the page declares, else from what the
// extractor found by looking at it. The extractor gives days only.
func (doc *Document) take(f facts, found trafilatura.Metadata) {
	doc.Title = firstOf(f.titles, found.Title)
	doc.Author = firstOf(f.authors, found.Author)
	doc.Outlet = firstOf(f.outlets, found.Sitename)
	if strings.Contains(strings.ToLower(found.Hostname), strings.ToLower(doc.Outlet)) && len(f.outlets) == 0 {
		doc.Outlet = "" // Taken from the address: not a name that anybody wrote.
	}
	doc.URL = firstOf(f.urls, "")
	doc.Lang = firstOf(f.languages, "")
	switch {
	case f.published.precision != "":
		doc.PublishedAt, doc.Precision = f.published.at, f.published.precision
	case !found.Date.IsZero():
		doc.PublishedAt, doc.Precision = foundDate(found.Date)
	}
}

// foundDate says how much of a date that the extractor found is known: it fills a missing day and month with the first.
func foundDate(t time.Time) (time.Time, graph.Precision) {
	at := day(t.Date())
	switch {
	case at.YearDay() == 1:
		return at, graph.ToYear
	case at.Day() == 1:
		return at, graph.ToMonth
	}
	return at, graph.ToDay
}

func firstOf(values []string, otherwise string) string {
	if len(values) > 0 {
		return values[0]
	}
	return strings.Join(strings.Fields(otherwise), " ")
}
