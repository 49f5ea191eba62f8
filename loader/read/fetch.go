package read

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// Bounds of a fetch that cannot be changed.
const (
	maxRedirects   = 5
	connectTimeout = 10 * time.Second
	headerTimeout  = 15 * time.Second
	maxHeaderBytes = 64 << 10
)

// FetchOptions say what a Fetcher may do.
type FetchOptions struct {
	MaxSize         int64          // bytes of a decompressed body; 0 means DefaultMaxSize
	Timeout         time.Duration  // of a whole fetch with its redirects; 0 means 30 s
	UserAgent       string         // "" means "claimgraph"
	AllowedPrefixes []netip.Prefix // networks that may be reached although they are private or special-purpose
	AnyPort         bool           // not only 80 and 443
}

// A Fetcher reads articles from the web. It reaches public addresses only: each connection, of a redirect as of the
// first request, is checked after its name was resolved, so that no name or redirect leads into a private network. It
// sends no cookies and uses no proxy. It is safe for concurrent use.
type Fetcher struct {
	client    *http.Client
	maxSize   int64
	timeout   time.Duration
	userAgent string
}

// NewFetcher returns a Fetcher; nil options mean the defaults.
func NewFetcher(o *FetchOptions) *Fetcher {
	if o == nil {
		o = &FetchOptions{}
	}
	f := &Fetcher{
		maxSize:   cmp.Or(o.MaxSize, DefaultMaxSize),
		timeout:   cmp.Or(o.Timeout, 30*time.Second),
		userAgent: cmp.Or(o.UserAgent, "claimgraph"),
	}
	dialer := &net.Dialer{Timeout: connectTimeout, Control: guardian(o).Safe}
	f.client = &http.Client{
		CheckRedirect: checkRedirect,
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSHandshakeTimeout:    connectTimeout,
			ResponseHeaderTimeout:  headerTimeout,
			MaxResponseHeaderBytes: maxHeaderBytes,
			MaxIdleConns:           16,
			IdleConnTimeout:        connectTimeout,
			ForceAttemptHTTP2:      true,
		},
	}
	return f
}

func guardian(o *FetchOptions) *ssrf.Guardian {
	var options []ssrf.Option
	if o.AnyPort {
		options = append(options, ssrf.WithAnyPort())
	}
	var v4, v6 []netip.Prefix
	for _, p := range o.AllowedPrefixes {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return ssrf.New(append(options, ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...))...)
}

// checkRedirect refuses redirects beyond maxRedirects and those that leave the web; where they connect to is checked on
// connecting.
func checkRedirect(next *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return fmt.Errorf("%w (more than %d)", ErrRedirects, maxRedirects)
	}
	return checkURL(next.URL)
}

// checkURL refuses what is not a plain web address. Names and passwords in it are refused because they would end up in
// the graph, and because "http://known-site@other" misleads.
func checkURL(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w: %q is neither http nor https", ErrBadURL, u.Scheme)
	case u.Hostname() == "":
		return fmt.Errorf("%w: no host in it", ErrBadURL)
	case u.User != nil:
		return fmt.Errorf("%w: user names in it are not allowed", ErrBadURL)
	}
	return nil
}

// Fetch reads the article at an HTTP or HTTPS URL. Its Path is the URL as given; its URL is the one that the page calls
// canonical, else the one reached after redirects. Errors are those of Parse, ErrBadURL, ErrForbidden, ErrRedirects,
// ErrStatus, ErrUnsupported, ErrTooLarge, ErrTimeout, or the network's.
func (f *Fetcher) Fetch(ctx context.Context, address string) (*Document, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrBadURL, address)
	}
	if err := checkURL(u); err != nil {
		return nil, named(u.Redacted(), err)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, f.timeout, ErrTimeout)
	defer cancel()
	data, h, err := f.get(ctx, address)
	if err != nil {
		return nil, named(address, explain(ctx, err))
	}
	return Parse(data, h)
}

// get fetches the bytes and what the server said of them.
func (f *Fetcher) get(ctx context.Context, address string) ([]byte, Hints, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, Hints{}, fmt.Errorf("%w: %w", ErrBadURL, err)
	}
	req.Header.Set("User-Agent", f.userAgent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, text/plain;q=0.9")
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, Hints{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, Hints{}, fmt.Errorf("%w: %s", ErrStatus, resp.Status)
	}
	contentType := resp.Header.Get("Content-Type")
	if !isArticleContent(contentType) {
		return nil, Hints{}, fmt.Errorf("%w: the server calls it %q", ErrUnsupported, contentType)
	}
	data, err := readAll(resp.Body, f.maxSize, resp.ContentLength)
	if err != nil {
		return nil, Hints{}, err
	}
	return data, Hints{Path: address, ContentType: contentType, URL: resp.Request.URL.String()}, nil
}

// isArticleContent reports whether a declared type may be an article; without one the content decides.
func isArticleContent(contentType string) bool {
	if contentType == "" {
		return true
	}
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		mediaType, _, _ = strings.Cut(contentType, ";") // Servers write odd parameters.
	}
	switch strings.ToLower(strings.TrimSpace(mediaType)) {
	case "text/html", "application/xhtml+xml", "text/plain", "text/markdown":
		return true
	}
	return false
}

// explain says what a failed fetch means in terms of this package: our own time limit, a refused address, else the
// network's error without the URL that net/http repeats.
func explain(ctx context.Context, err error) error {
	var urlError *url.Error
	if errors.As(err, &urlError) {
		err = urlError.Err
	}
	switch {
	case errors.Is(context.Cause(ctx), ErrTimeout):
		return ErrTimeout
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return fmt.Errorf("%w (%w)", ErrForbidden, err)
	}
	var netError net.Error
	if errors.As(err, &netError) && netError.Timeout() {
		return fmt.Errorf("%w (%w)", ErrTimeout, err)
	}
	return err
}
