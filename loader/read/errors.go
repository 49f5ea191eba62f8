package read

import "errors"

// What may be wrong with a source. Every error of this package that is about the source wraps one of these, or an error
// of the operating system (fs.ErrNotExist, fs.ErrPermission) or of the context.
var (
	ErrEmpty       = errors.New("no text in it")
	ErrBinary      = errors.New("binary data, not text: convert it to plain text or HTML first")
	ErrUnsupported = errors.New("neither plain text nor HTML")
	ErrTooLarge    = errors.New("too large")
	ErrTooDeep     = errors.New("HTML nested too deeply")
	ErrTooManyTags = errors.New("too many HTML tags")
	ErrTooManyRows = errors.New("too many lines for one article: split it")
	ErrUndecodable = errors.New("unknown character encoding: convert it to UTF-8 first")
	ErrNoMainText  = errors.New("no article text found in the page: save the text itself to a file and load that")
	ErrDirectory   = errors.New("a directory, not a file")
	ErrBadURL      = errors.New("not a URL that can be fetched")
	ErrForbidden   = errors.New("address not allowed: it is private, special-purpose or on an unusual port")
	ErrRedirects   = errors.New("too many redirects")
	ErrStatus      = errors.New("the server refused")
	ErrTimeout     = errors.New("no complete answer in time: try again later")
)
