package read

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// DefaultMaxSize is how many bytes an article may have if nothing else is said: 20 MB, a hundred times the longest
// articles. For what a server sends compressed, the decompressed bytes count.
const DefaultMaxSize = 20 << 20

// Options say how a Reader reads.
type Options struct {
	MaxSize int64     // bytes of an article; 0 means DefaultMaxSize
	Stdin   io.Reader // what StandardInput means; nil means os.Stdin
	Fetch   FetchOptions
}

// A Reader reads articles from files, streams and the web. It is safe for concurrent use, except that standard input can
// be read only once.
type Reader struct {
	maxSize int64
	stdin   io.Reader
	fetcher *Fetcher
}

// NewReader returns a Reader; nil options mean the defaults. Its limit holds for what is fetched, too, unless the fetch
// options have their own.
func NewReader(o *Options) *Reader {
	if o == nil {
		o = &Options{}
	}
	r := &Reader{maxSize: cmp.Or(o.MaxSize, DefaultMaxSize), stdin: o.Stdin}
	if r.stdin == nil {
		r.stdin = os.Stdin
	}
	fetch := o.Fetch
	fetch.MaxSize = cmp.Or(fetch.MaxSize, r.maxSize)
	r.fetcher = NewFetcher(&fetch)
	return r
}

// Read reads the article at ref. Errors are those of File, Stream and Fetcher.Fetch; each names ref and is one line.
func (r *Reader) Read(ctx context.Context, ref Ref) (*Document, error) {
	switch {
	case ref == StandardInput:
		return r.Stream(r.stdin)
	case ref.IsURL():
		return r.fetcher.Fetch(ctx, string(ref))
	}
	return r.File(string(ref))
}

// File reads the article in the file at path, whatever its name; symbolic links are followed. Errors are those of Parse,
// ErrTooLarge, ErrDirectory, or wrap those of the operating system: fs.ErrNotExist, fs.ErrPermission.
func (r *Reader) File(path string) (*Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, named(path, causeOf(err))
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, named(path, causeOf(err))
	case info.IsDir():
		return nil, named(path, ErrDirectory)
	}
	data, err := readAll(f, r.maxSize, info.Size())
	if err != nil {
		return nil, named(path, causeOf(err))
	}
	return Parse(data, Hints{Path: path})
}

// Stream reads one article from src to its end. Its Path is "-". Errors are those of Parse, ErrTooLarge, or src's.
func (r *Reader) Stream(src io.Reader) (*Document, error) {
	data, err := readAll(src, r.maxSize, -1)
	if err != nil {
		return nil, named(string(StandardInput), err)
	}
	return Parse(data, Hints{Path: string(StandardInput)})
}

// readAll reads src, which is said to have size bytes (below 1: unknown), and refuses it beyond limit.
func readAll(src io.Reader, limit, size int64) ([]byte, error) {
	if size > limit {
		return nil, fmt.Errorf("%w: %s", tooLarge(limit), megabytes(size))
	}
	data, err := io.ReadAll(io.LimitReader(src, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, tooLarge(limit)
	}
	return data, nil
}

func tooLarge(limit int64) error {
	return fmt.Errorf("%w: the limit is %s, raise it with --max-size", ErrTooLarge, megabytes(limit))
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/(1<<20)), ".0") + " MB"
}

// causeOf drops the path that the operating system's errors repeat.
func causeOf(err error) error {
	var pathError *os.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
