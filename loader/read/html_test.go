package read

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

// page is an article with what pages have around it. It stands under /news/quays.
const page = `<!doctype html><html lang="en-GB"><head><title>Envoys agree on quays - Coast Courier</title>
<meta property="og:site_name" content="Coast Courier Online"><meta property="og:title" content="Envoys agree">
<meta property="article:published_time" content="2024-07-04T10:15:00+02:00">
<link rel="canonical" href="/canonical/quays">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
{"@type":["NewsArticle"],"headline":"Envoys agree on &quot;quays&quot;","author":[{"@type":"Person","name":"Anna Roe"},{"name":"Idris Holt"}],
"publisher":{"@type":"Organization","name":"The Coast Courier"},"datePublished":"2024-07-03T08:15:00Z"}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<main><article><h1>Envoys agree on “quays”</h1>
<p>Envoys of the two coasts met in Port Sorrel on Monday, <a href="/agency/1">the port agency <b>said</b></a>, and agreed to
open three of the five quays before winter, a person close to the talks told reporters who waited outside the customs house.</p>
<p>The mayor denied the report.<br>She said the quays would stay shut until the dredging is done and the pilots are paid in full.</p>
<h2>What the pilots want</h2>
<ul><li>Pay for the whole of last year, with interest</li><li>Two new boats before the winter storms set in</li></ul>
<blockquote><p>“We were promised this money in spring,” the pilots' spokesman said in a statement on their
<a href="https://pilots.example/statement">website</a>.</p></blockquote>
<p><a href="/other/story">Fishermen threaten to block the northern harbour mouth</a></p>
<p>Nobody at the ministry could be reached for comment on Monday evening, and its press office did not answer written
questions sent by this newspaper. <a href="javascript:alert(1)">Its spokesman</a> was on leave.</p>
<p>Read more: Ferry company cuts its night service</p>
</article></main>
<footer>© 2024 Coast Courier. All rights reserved. <a href="/privacy">Privacy</a></footer></body></html>`

const pageText = `Envoys of the two coasts met in Port Sorrel on Monday, the port agency said, and agreed to open three of the five quays before winter, a person close to the talks told reporters who waited outside the customs house.

The mayor denied the report.
She said the quays would stay shut until the dredging is done and the pilots are paid in full.

What the pilots want

Pay for the whole of last year, with interest
Two new boats before the winter storms set in

“We were promised this money in spring,” the pilots' spokesman said in a statement on their website.

Fishermen threaten to block the northern harbour mouth

Nobody at the ministry could be reached for comment on Monday evening, and its press office did not answer written questions sent by this newspaper. Its spokesman was on leave.

Read more: Ferry company cuts its night service`

func TestHTML(t *testing.T) {
	t.Parallel()
	doc, err := Parse([]byte(page), Hints{Path: "p", ContentType: "text/html", URL: "https://courier.example/news/quays?from=feed"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(pageText, strings.TrimPrefix(doc.Text, "Envoys agree on “quays”\n\n")); d != "" {
		t.Errorf("text (-want +got):\n%s", d)
	}
	var links, skipped []string
	for _, l := range doc.Links {
		links = append(links, doc.Text[l.Start:l.End]+" → "+l.URL)
	}
	for _, s := range doc.Skipped {
		skipped = append(skipped, s.Reason+": "+doc.Text[s.Start:s.End])
	}
	wantLinks := []string{
		"the port agency said → https://courier.example/agency/1",
		"website → https://pilots.example/statement",
		"Fishermen threaten to block the northern harbour mouth → https://courier.example/other/story",
	}
	wantSkipped := []string{
		"pointer to another story: Fishermen threaten to block the northern harbour mouth",
		"pointer to another story: Read more: Ferry company cuts its night service",
	}
	if d := cmp.Diff(wantLinks, links); d != "" {
		t.Errorf("links (-want +got):\n%s", d)
	}
	if d := cmp.Diff(wantSkipped, skipped); d != "" {
		t.Errorf("skipped (-want +got):\n%s", d)
	}
	doc.Text, doc.Skipped, doc.Links = "", nil, nil
	want := &Document{
		Path: "p", URL: "https://courier.example/canonical/quays", Title: `Envoys agree on "quays"`, Outlet: "The Coast Courier",
		Author: "Anna Roe, Idris Holt", PublishedAt: time.Date(2024, 7, 3, 8, 15, 0, 0, time.UTC), Precision: graph.ToMinute,
		Lang: "en-GB",
	}
	if d := cmp.Diff(want, doc); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// wrapPage is a page with the given head around the body of the text cases.
func wrapPage(head string) string {
	return "<html><head>" + head + "</head><body><article><p>" + strings.ReplaceAll(body, "\n\n", "</p><p>") + "</p></article></body></html>"
}

func TestHTMLFacts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, head string
		want       Document
	}{
		{"nothing", "", Document{Lang: "en"}},
		{
			"citation", `<meta name="citation_title" content="On Quays"><meta name="citation_author" content="Roe, Anna">
			<meta name="citation_author" content="Holt, Idris"><meta name="citation_publication_date" content="2024/07">
			<meta name="citation_journal_title" content="Harbour Studies">`,
			Document{
				Title: "On Quays", Author: "Roe, Anna, Holt, Idris", Outlet: "Harbour Studies", Lang: "en",
				PublishedAt: time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC), Precision: graph.ToMonth,
			},
		},
		{
			"Open Graph", `<meta property="og:title" content="On  Quays"><meta property="og:site_name" content="Coast Courier">
			<meta property="og:url" content="https://courier.example/1"><meta property="og:locale" content="en_US">
			<meta property="article:author" content="https://courier.example/anna"><meta name="author" content="Anna Roe">
			<meta property="article:published_time" content="2024-07-03">`,
			Document{
				Title: "On Quays", Author: "Anna Roe", Outlet: "Coast Courier", Lang: "en-US", URL: "https://courier.example/1",
				PublishedAt: time.Date(2024, 7, 3, 0, 0, 0, 0, time.UTC), Precision: graph.ToDay,
			},
		},
		{
			"broken JSON-LD", `<title>On Quays</title><script type="application/ld+json">{"@type":"NewsArticle",</script>
			<meta name="date" content="3 July 2024">`,
			Document{Title: "On Quays", Lang: "en", PublishedAt: time.Date(2024, 7, 3, 0, 0, 0, 0, time.UTC), Precision: graph.ToDay},
		},
		{"unsafe canonical", `<title>On Quays</title><link rel="canonical" href="javascript:alert(1)">`, Document{Title: "On Quays", Lang: "en"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			doc, err := Parse([]byte(wrapPage(test.head)), Hints{ContentType: "text/html"})
			if err != nil {
				t.Fatal(err)
			}
			if doc.Text != body {
				t.Errorf("text (-want +got):\n%s", cmp.Diff(body, doc.Text))
			}
			doc.Text = ""
			if d := cmp.Diff(&test.want, doc); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestHTMLEncodings(t *testing.T) {
	t.Parallel()
	latin1 := strings.ReplaceAll(strings.ReplaceAll(wrapPage(`<meta charset="iso-8859-1">`), "quays", "K\xe4is"), "\"", "'")
	doc, err := Parse([]byte(latin1), Hints{Path: "a.html"})
	if err != nil || !strings.Contains(doc.Text, "five Käis") {
		t.Errorf("declared Latin 1: got %v, %v", doc, err)
	}
	doc, err = Parse([]byte(strings.Replace(wrapPage(`<meta charset="utf-8">`), "quays", "qu\xffays", 1)), Hints{Path: "a.html"})
	if err != nil || !strings.Contains(doc.Text, "qu\ufffdays") {
		t.Errorf("one bad byte: got %v, %v", doc, err)
	}
	_, err = Parse([]byte(strings.ReplaceAll(wrapPage(`<meta charset="utf-8">`), "quays", "\xff\xff\xff\xff\xff")), Hints{Path: "a.html"})
	if !errors.Is(err, ErrUndecodable) {
		t.Errorf("many bad bytes: got %v, want %v", err, ErrUndecodable)
	}
}

func TestFormat(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, data, path, contentType string
		html                          bool
	}{
		{"page in a text file", page, "a.txt", "", true},
		{"page on standard input", page, "-", "", true},
		{"page served as text", page, "a", "text/plain", false},
		{"XHTML", `<?xml version="1.0"?>` + strings.TrimPrefix(page, "<!doctype html>"), "a", "", true},
		{"fragment in a page's file", "<p>" + body, "a.htm", "", true},
		{"fragment on standard input", "<p>" + body, "-", "", true},
		{"text that begins with a tag", "<p> is the tag of paragraphs. " + body, "a.md", "", false},
		{"text in a page's file", body, "a.html", "", false},
		{"text", body, "a.txt", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			doc, err := Parse([]byte(test.data), Hints{Path: test.path, ContentType: test.contentType})
			if err != nil {
				t.Fatal(err)
			}
			if got := doc.Text != test.data; got != test.html {
				t.Errorf("read as HTML: %v, want %v", got, test.html)
			}
		})
	}
}

// TestHostileHTML generates pages that would cost memory, time or the stack, and wants each read or refused soon.
func TestHostileHTML(t *testing.T) {
	t.Parallel()
	var attributes strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&attributes, "a%d=1 ", i)
	}
	tests := []struct {
		name, page string
		want       error // nil: anything but a panic
	}{
		{"a million nested elements", strings.Repeat("<div>", 1_000_000), ErrTooDeep},
		{"a million nested and closed", strings.Repeat("<div>", 1_000_000) + body + strings.Repeat("</div>", 1_000_000), ErrTooDeep},
		{"end tags of nothing between", strings.Repeat("<div></span>", 100_000), ErrTooDeep},
		{"nested formatting", strings.Repeat("<b><p>", 20_000), ErrTooDeep},
		{"nested tables", strings.Repeat("<table><tr><td>", 200) + body, ErrTooDeep},
		{"a million paragraphs", strings.Repeat("<p>word", 1_000_000), ErrTooManyTags},
		{"a million rules", strings.Repeat("<hr/>", 1_000_000), ErrTooManyTags},
		{"a million comments", strings.Repeat("<!---->", 1_000_000) + body, ErrTooManyTags},
		{"a novel's text twice", "<p>" + strings.Repeat("words and more words, he said. ", 200_000), ErrTooLarge},
		{"open formatting in many paragraphs", strings.Repeat("<p><a><i>word", 100), nil},
		{"a hundred thousand attributes", "<p " + attributes.String() + ">" + body, ErrTooManyTags},
		{"many attributes in many tags", strings.Repeat("<p a b c d e f>", 40_000) + body, ErrTooManyTags},
		{"text in a drawing", "<svg><![CDATA[" + strings.Repeat("x ", 2<<20) + "]]></svg>" + body, ErrTooLarge},
		{"long JSON-LD", `<script type="application/ld+json">[` + strings.Repeat("{},", 1_000_000) + "{}]</script><p>" + body, nil},
		{"deep JSON-LD", `<script type="application/ld+json">` + strings.Repeat("[", 1_000_000) + "</script><p>" + body, nil},
		{"angle brackets", strings.Repeat("<", 1_000_000), ErrNoMainText},
		{"open comment", "<!--" + strings.Repeat("-", 1_000_000), ErrNoMainText},
		{"menu only", `<nav><ul><li><a href="/">Home</a><li><a href="/a">About</a></ul></nav>`, ErrNoMainText},
		{"script only", "<script>" + strings.Repeat("document.write('word'); ", 100) + "</script>", ErrNoMainText},
		{"entities", strings.Repeat("&amp;", 100_000), ErrNoMainText},
		{"frameset", "<frameset>" + strings.Repeat("<frame>", 100), ErrNoMainText},
		{"plaintext", "<plaintext>" + body, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			_, err := Parse([]byte("<html><body>"+test.page), Hints{Path: "a.html"})
			if test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("several lines: %q", err)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
