package read

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// check holds a document to what its type promises.
func check(t *testing.T, doc *Document) {
	t.Helper()
	if !utf8.ValidString(doc.Text) {
		t.Error("the text is not valid UTF-8")
	}
	at := 0
	for _, s := range doc.Skipped {
		if s.Start < at || s.End <= s.Start || s.End > len(doc.Text) || s.Reason == "" {
			t.Fatalf("skipped %+v after %d, text of %d bytes", s, at, len(doc.Text))
		}
		if !utf8.ValidString(doc.Text[s.Start:s.End]) {
			t.Errorf("skipped %+v cuts a character", s)
		}
		at = s.End
	}
	at = 0
	for _, l := range doc.Links {
		if l.Start < at || l.End <= l.Start || l.End > len(doc.Text) || !utf8.ValidString(doc.Text[l.Start:l.End]) {
			t.Fatalf("link %+v after %d, text of %d bytes", l, at, len(doc.Text))
		}
		if !strings.HasPrefix(l.URL, "http://") && !strings.HasPrefix(l.URL, "https://") {
			t.Errorf("link to %q", l.URL)
		}
		at = l.End
	}
	if (doc.Precision == "") != doc.PublishedAt.IsZero() {
		t.Errorf("published at %v, precision %q", doc.PublishedAt, doc.Precision)
	}
}

func FuzzText(f *testing.F) {
	for _, c := range furnitureCases {
		text, _ := unmark(c.text)
		f.Add([]byte(text))
	}
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("Die Beh\xf6rde"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Parse(data, Hints{Path: "a.txt", ContentType: "text/plain"})
		if err != nil {
			return
		}
		check(t, doc)
		if utf8.Valid(data) && markedEncoding(data) == nil && doc.Text != string(bytes.TrimPrefix(data, utf8Mark)) {
			t.Error("the text has changed")
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte(wrapPage(`<meta property="og:title" content="a">`)))
	f.Add([]byte("<table><tr><td><a href=/x>a<p>b</a></table><pre>\n a</pre>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Parse(data, Hints{Path: "a.html", ContentType: "text/html", URL: "https://courier.example/a"})
		if err == nil {
			check(t, doc)
		}
	})
}

func FuzzFurniture(f *testing.F) {
	for _, c := range furnitureCases {
		text, _ := unmark(c.text)
		f.Add(text, 4, 9)
	}
	f.Fuzz(func(t *testing.T, text string, linkStart, linkEnd int) {
		blocks, err := splitBlocks(text)
		if err != nil || !utf8.ValidString(text) {
			return
		}
		var links []Link
		if 0 <= linkStart && linkStart < linkEnd && linkEnd <= len(text) {
			links = []Link{{linkStart, linkEnd, "https://courier.example/"}}
		}
		check(t, &Document{Text: text, Skipped: findFurniture(text, blocks, links)})
	})
}

func FuzzHeader(f *testing.F) {
	f.Add("Title: a\nDate: 3 July 2024 10:15 GMT\n\nText")
	f.Add("Lang: en\r\nURL: http://a/\r\n\r\nText")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		doc := &Document{Text: text}
		if header, ok := takeHeader(doc); ok {
			doc.Skipped = []Skipped{header}
		}
		check(t, doc)
	})
}

func FuzzDate(f *testing.F) {
	f.Add("July 3rd, 2024, 9:05pm UTC")
	f.Add("2024-07-03T10:15:30+02:00")
	f.Fuzz(func(t *testing.T, written string) {
		if d, ok := parseDate(written); ok && (d.at.IsZero() || d.precision == "" || d.at.Location().String() != "UTC") {
			t.Errorf("got %+v", d)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("Die Beh\xf6rde"), "iso-8859-1")
	f.Add([]byte("\xfe\xff\x00a"), "")
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		text, err := decodeText(data, declared)
		switch {
		case err == nil && !utf8.ValidString(text):
			t.Error("the text is not valid UTF-8")
		case err != nil && !errors.Is(err, ErrUndecodable):
			t.Errorf("got %v, want %v", err, ErrUndecodable)
		}
	})
}
