package read_test

import (
	"fmt"

	"github.com/claimgraph/claimgraph/loader/read"
)

// A plain text article may begin with a header. What belongs to the page and not to the article stays in the text, so
// that offsets hold, and is listed as skipped.
func Example() {
	article := `Title: Envoys agree on quays
Outlet: Coast Courier
Date: 3 July 2024

Three of the five quays of Port Sorrel are to open again before winter, the port agency said on Monday.

The harbour ministry denied that. "Nothing has been signed," its spokesman told reporters.

Related Articles

Ferry strike enters second week
`
	doc, err := read.Parse([]byte(article), read.Hints{Path: "quays.txt"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Title, "|", doc.Outlet, "|", doc.PublishedAt.Format("2006-01-02"), doc.Precision, "|", doc.Lang)
	for _, s := range doc.Skipped[1:] {
		fmt.Printf("%s: %q\n", s.Reason, doc.Text[s.Start:s.End])
	}
	// Output:
	// Envoys agree on quays | Coast Courier | 2024-07-03 DAY | en
	// heading of other stories: "Related Articles"
	// teaser of another story: "Ferry strike enters second week"
}

// Bytes that are no article are refused with an error that says what to do.
func ExampleParse_refused() {
	_, err := read.Parse([]byte("%PDF-1.7\n"), read.Hints{Path: "report.pdf"})
	fmt.Println(err)
	// Output:
	// read report.pdf: binary data, not text: convert it to plain text or HTML first (it looks like application/pdf)
}
