package read

import (
	"net/url"
	"strings"

	"golang.org/x/text/language"
)

// takeHeader reads the optional header of a plain text: lines "Title:", "Outlet:", "Date:", "URL:", "Author:" or
// "Lang:" at the very top, up to a blank line. It sets what they say and returns the stretch they take; if any other
// line stands among them, it is no header and nothing is set. A value that cannot be read leaves its field unknown.
func takeHeader(doc *Document) (header Skipped, found bool) {
	parsed := *doc
	text := doc.Text
	last := block{}
	for start := 0; start < len(text); {
		end, next := lineEnd(text, start)
		line := trimmed(text, start, end)
		if line.start >= line.end {
			if !found {
				return Skipped{}, false
			}
			break
		}
		if !parsed.setField(line.in(text)) {
			return Skipped{}, false
		}
		if !found {
			header.Start = line.start
		}
		found, last, start = true, line, next
	}
	if !found {
		return Skipped{}, false
	}
	*doc = parsed
	header.End, header.Reason = last.end, reasonHeader
	return header, true
}

// setField sets the field that a line of the header names; false if it names none.
func (doc *Document) setField(line string) bool {
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return false
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "title":
		doc.Title = value
	case "outlet":
		doc.Outlet = value
	case "author":
		doc.Author = value
	case "date":
		if d, ok := parseDate(value); ok {
			doc.PublishedAt, doc.Precision = d.at, d.precision
		}
	case "url":
		doc.URL = webURL(value, nil)
	case "lang":
		doc.Lang = languageTag(value)
	default:
		return false
	}
	return true
}

// webURL is ref as an absolute HTTP(S) URL, resolved against base if there is one; "" if it is none. A fragment is dropped
// only by those who compare pages.
func webURL(ref string, base *url.URL) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// languageTag is s as a canonical BCP 47 tag, "" if it is none.
func languageTag(s string) string {
	tag, err := language.Parse(strings.TrimSpace(s))
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}
