// Package dateparser stands where go-htmldate, which finds the date of a page, links a reader of dates in two hundred
// languages. Go-htmldate asks that reader only in the extensive search, which claimgraph does not run, but the 95 MB of
// tables that it makes before main begins were half of what every start took. So go.mod puts this in its place: the names
// that go-htmldate needs to compile, and a Parse that reads nothing. See docs/decisions/0013-no-dates-by-tables.md.
package dateparser

import (
	"errors"
	"time"
)

// A ParserType is a way to read dates.
type ParserType int

// The ways that go-htmldate asks for.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// A PreferredDateSource is where an incomplete date is looked for.
type PreferredDateSource int

// Past is the one that go-htmldate asks for.
const Past PreferredDateSource = 0

// A Configuration says how dates are read.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// A Parser reads no dates.
type Parser struct{ ParserTypes []ParserType }

// A Date is a moment.
type Date struct{ Time time.Time }

// Parse fails for every string, so that a page's date remains unknown.
func (*Parser) Parse(*Configuration, string) (Date, error) {
	return Date{}, errors.ErrUnsupported
}
