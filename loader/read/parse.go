package read

import (
	"fmt"
	"mime"
	"path/filepath"
	"strings"
)

// Hints are what is known about an article's bytes from where they came. All may be empty.
type Hints struct {
	Path        string // a file name, a URL, or "-"; kept as Document.Path and named in errors
	ContentType string // as an HTTP server declares it, with or without a charset
	URL         string // where it was found after redirects: resolves links, and is the URL if none is declared
}

// Parse turns the bytes of one plain text or HTML article into a Document. It decides between the two by the content
// type, then the extension of the path, then the content. Errors wrap ErrEmpty, ErrBinary, ErrUnsupported, ErrTooDeep,
// ErrTooManyTags, ErrTooManyRows, ErrUndecodable or ErrNoMainText, and name the path.
func Parse(data []byte, h Hints) (*Document, error) {
	doc, err := parse(data, h)
	if err != nil {
		return nil, named(h.Path, err)
	}
	doc.Path = h.Path
	if doc.URL == "" {
		doc.URL = webURL(h.URL, nil)
	}
	return doc, nil
}

func parse(data []byte, h Hints) (*Document, error) {
	if isBlank(data) {
		return nil, ErrEmpty
	}
	mediaType, params, err := mime.ParseMediaType(h.ContentType)
	if err != nil {
		mediaType, params = "", nil // A malformed header tells nothing.
	}
	switch detectFormat(data, mediaType, extension(h.Path)) {
	case formatBinary:
		return nil, describeBinary(data)
	case formatHTML:
		return parseHTML(data, h)
	case formatText:
		return parseText(data, params["charset"])
	}
	return nil, fmt.Errorf("%w: it looks like %s", ErrUnsupported, sniff(data))
}

// named says which source an error is about.
func named(path string, err error) error {
	switch path {
	case "":
		return err
	case "-":
		return fmt.Errorf("read standard input: %w", err)
	}
	return fmt.Errorf("read %s: %w", path, err)
}

func extension(path string) string {
	return strings.ToLower(filepath.Ext(path))
}
