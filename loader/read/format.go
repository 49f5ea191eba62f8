package read

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

type format int

const (
	formatText format = iota
	formatHTML
	formatBinary
	formatOther // readable, but not an article: a feed, say
)

// binaryShare is the share of control characters from which on data is binary: compressed data has about 11 %, compiled
// programs far more, text with a few stray NULs far less.
const binaryShare = 0.05

// detectFormat decides how to read data. A declared media type and a known extension are believed, except where the
// content says plainly that it is something else: a PDF named .txt, or a whole page served as text from a folder.
func detectFormat(data []byte, mediaType, ext string) format {
	if hasByteOrderMark(data) {
		return declaredFormat(data, mediaType, ext)
	}
	if controlShare(data) > binaryShare || hasBinarySignature(data) {
		return formatBinary
	}
	return declaredFormat(data, mediaType, ext)
}

// hasBinarySignature reports whether data begins like a document, image or archive format. Some signatures are ordinary
// words ("BM", a bitmap), so except for PDF and PostScript, which may be all letters, clean UTF-8 is believed to be text.
func hasBinarySignature(data []byte) bool {
	switch kind := sniff(data); {
	case strings.HasPrefix(kind, "text/"), kind == "application/octet-stream":
		return false
	case kind == "application/pdf", kind == "application/postscript":
		return true
	}
	return controlShare(data) > 0 || !utf8.Valid(data)
}

func declaredFormat(data []byte, mediaType, ext string) format {
	switch {
	case mediaType == "text/plain" || mediaType == "text/markdown":
		return formatText
	case mediaType == "text/html" || mediaType == "application/xhtml+xml" || isHTMLExtension(ext):
		return htmlIfTagged(data)
	case opensAsPage(data):
		return formatHTML
	case sniff(data) == "text/xml":
		return formatOther
	case !isTextExtension(ext) && sniff(data) == "text/html":
		return formatHTML
	}
	return formatText
}

// htmlIfTagged guards against plain text in a file called .html: without a single tag there are no paragraphs to find.
func htmlIfTagged(data []byte) format {
	if bytes.IndexByte(data, '<') < 0 {
		return formatText
	}
	return formatHTML
}

// opensAsPage reports whether data begins as only a whole HTML page does.
func opensAsPage(data []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(firstBytes(bytes.TrimPrefix(data, utf8Mark), 1024)))
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return bytes.Contains(head, []byte("<html"))
	}
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

func isTextExtension(ext string) bool {
	return ext == ".txt" || ext == ".text" || ext == ".md"
}

func isHTMLExtension(ext string) bool {
	return ext == ".html" || ext == ".htm" || ext == ".xhtml"
}

// sniff names data's media type by its first bytes, without parameters.
func sniff(data []byte) string {
	kind, _, _ := strings.Cut(http.DetectContentType(data), ";")
	return kind
}

// controlShare is the share of bytes that no text needs: control characters other than white space and escape.
func controlShare(data []byte) float64 {
	controls := 0
	for _, b := range data {
		if b < ' ' && b != '\t' && b != '\n' && b != '\v' && b != '\f' && b != '\r' && b != 0x1b {
			controls++
		}
	}
	return float64(controls) / float64(len(data))
}

func describeBinary(data []byte) error {
	if kind := sniff(data); kind != "application/octet-stream" && !strings.HasPrefix(kind, "text/") {
		return fmt.Errorf("%w (it looks like %s)", ErrBinary, kind)
	}
	return ErrBinary
}

// isBlank reports whether data is empty or only white space, with or without a byte order mark.
func isBlank(data []byte) bool {
	return len(bytes.TrimSpace(bytes.TrimPrefix(data, utf8Mark))) == 0
}

// firstBytes is the first n bytes of data, or all, without cutting a UTF-8 character.
func firstBytes(data []byte, n int) []byte {
	if len(data) <= n {
		return data
	}
	for n > 0 && !utf8.RuneStart(data[n]) {
		n--
	}
	return data[:n]
}
