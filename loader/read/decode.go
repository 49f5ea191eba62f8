package read

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

var (
	utf8Mark    = []byte{0xEF, 0xBB, 0xBF}
	utf16LEMark = []byte{0xFF, 0xFE}
	utf16BEMark = []byte{0xFE, 0xFF}
	utf32LEMark = []byte{0xFF, 0xFE, 0, 0}
	utf32BEMark = []byte{0, 0, 0xFE, 0xFF}
)

// minConfidence, of 100, is how sure the detector must be before its guess is taken: English prose in a Western
// encoding scores 50 and more, chance agreements below 30.
const minConfidence = 40

// detectionSample is how many bytes the detector looks at.
const detectionSample = 64 << 10

func hasByteOrderMark(data []byte) bool {
	return bytes.HasPrefix(data, utf8Mark) || markedEncoding(data) != nil
}

// markedEncoding is the encoding other than UTF-8 that a byte order mark announces, nil without one. The marks of
// UTF-32 are looked for first, because one of them begins with that of UTF-16.
func markedEncoding(data []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, utf32LEMark), bytes.HasPrefix(data, utf32BEMark):
		return utf32.UTF32(utf32.BigEndian, utf32.ExpectBOM)
	case bytes.HasPrefix(data, utf16LEMark), bytes.HasPrefix(data, utf16BEMark):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	}
	return nil
}

// decodeText turns plain text into valid UTF-8: unchanged where it is UTF-8 already, less its byte order mark; else by
// its mark, the declared charset, or a confident guess. Nothing is replaced silently: what fits no encoding is an error
// that names the first byte which is not UTF-8.
func decodeText(data []byte, declared string) (string, error) {
	if e := markedEncoding(data); e != nil {
		return decodeStrictly(data, e)
	}
	if utf8.Valid(data) {
		return string(bytes.TrimPrefix(data, utf8Mark)), nil
	}
	if e, name := charset.Lookup(declared); e != nil && name != "utf-8" {
		return decodeStrictly(data, e)
	}
	if !mostlyUTF8(data) {
		for _, e := range guessEncodings(data) {
			if text, err := decodeStrictly(data, e); err == nil {
				return text, nil
			}
		}
	}
	return "", fmt.Errorf("%w (byte %d is not valid UTF-8)", ErrUndecodable, firstInvalid(data))
}

// decodeStrictly decodes and refuses what does not exist in the encoding.
func decodeStrictly(data []byte, e encoding.Encoding) (string, error) {
	decoded, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("%w (%w)", ErrUndecodable, err)
	}
	if i := bytes.IndexRune(decoded, utf8.RuneError); i >= 0 {
		return "", fmt.Errorf("%w (as %v it breaks at character %d)", ErrUndecodable, e, utf8.RuneCount(decoded[:i]))
	}
	return string(decoded), nil
}

// mostlyUTF8 reports whether data is damaged UTF-8 rather than text in another encoding: valid characters of several
// bytes hardly ever come about by chance.
func mostlyUTF8(data []byte) bool {
	valid, invalid := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			invalid++
		case size > 1:
			valid++
		}
		data = data[size:]
	}
	return valid > invalid
}

// guessEncodings asks the detector and returns what it is confident of, the surest first. Equal scores are settled by
// name, since the detector's own order changes from call to call.
func guessEncodings(data []byte) []encoding.Encoding {
	guesses, err := chardet.NewTextDetector().DetectAll(firstBytes(data, detectionSample))
	if err != nil {
		return nil // It has no guess.
	}
	slices.SortFunc(guesses, func(a, b chardet.Result) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), strings.Compare(a.Charset, b.Charset))
	})
	var encodings []encoding.Encoding
	for _, g := range guesses {
		if e, name := charset.Lookup(g.Charset); g.Confidence >= minConfidence && e != nil && name != "utf-8" {
			encodings = append(encodings, e)
		}
	}
	return encodings
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}
