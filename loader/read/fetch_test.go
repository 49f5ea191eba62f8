package read

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// serve starts a server that answers with h, and a Fetcher that may reach it.
func serve(t *testing.T, h http.HandlerFunc, o FetchOptions) (*Fetcher, *httptest.Server) {
	t.Helper()
	server := httptest.NewServer(h)
	o.AllowedPrefixes, o.AnyPort = loopback, true
	fetcher := NewFetcher(&o)
	t.Cleanup(func() {
		fetcher.client.CloseIdleConnections()
		server.Close()
	})
	return fetcher, server
}

// answer writes text. A client that goes away in the middle is what some tests are about.
func answer(w http.ResponseWriter, text string) {
	_, _ = io.WriteString(w, text)
}

func TestFetch(t *testing.T) {
	t.Parallel()
	var agent, cookie atomic.Value
	fetcher, server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
			http.Redirect(w, r, "/news/quays", http.StatusMovedPermanently)
			return
		}
		agent.Store(r.UserAgent())
		cookie.Store(r.Header.Get("Cookie"))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		answer(w, page)
	}, FetchOptions{UserAgent: "claimgraph/test"})
	doc, err := fetcher.Fetch(t.Context(), server.URL+"/old")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := doc.Path, server.URL+"/old"; got != want {
		t.Errorf("path %q, want %q", got, want)
	}
	if got, want := doc.URL, server.URL+"/canonical/quays"; got != want {
		t.Errorf("URL %q, want %q", got, want)
	}
	if agent.Load() != "claimgraph/test" || cookie.Load() != "" {
		t.Errorf("user agent %q, cookies %q", agent.Load(), cookie.Load())
	}
}

func TestFetchPlainText(t *testing.T) {
	t.Parallel()
	fetcher, server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=iso-8859-1")
		answer(w, "Die Beh\xf6rde schweigt.")
	}, FetchOptions{})
	doc, err := fetcher.Fetch(t.Context(), server.URL+"/a.html")
	if err != nil {
		t.Fatal(err)
	}
	if doc.Text != "Die Behörde schweigt." || doc.URL != server.URL+"/a.html" {
		t.Errorf("got %q from %q", doc.Text, doc.URL)
	}
}

func TestFetchRefuses(t *testing.T) {
	t.Parallel()
	text := func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/plain") }
	tests := []struct {
		name   string
		handle http.HandlerFunc
		want   error
		says   string
	}{
		{"status", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, ErrStatus, "404 Not Found"},
		{"server error", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, ErrStatus, "502"},
		{"no content", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, ErrStatus, "204"},
		{"content type", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/pdf")
			answer(w, "%PDF-1.7")
		}, ErrUnsupported, `"application/pdf"`},
		{"empty", func(w http.ResponseWriter, _ *http.Request) { text(w) }, ErrEmpty, ""},
		{"declared too long", func(w http.ResponseWriter, _ *http.Request) {
			text(w)
			w.Header().Set("Content-Length", "1073741824")
		}, ErrTooLarge, "--max-size"},
		{"endless", func(w http.ResponseWriter, r *http.Request) {
			text(w)
			for block := bytes.Repeat([]byte("word "), 10_000); r.Context().Err() == nil; {
				if _, err := w.Write(block); err != nil {
					return
				}
			}
		}, ErrTooLarge, "the limit is 1 MB"},
		{"gzip bomb", func(w http.ResponseWriter, _ *http.Request) {
			text(w)
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 1000 {
				if _, err := z.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
			_ = z.Close()
		}, ErrTooLarge, ""},
		{"redirects without end", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, ErrRedirects, "more than 5"},
		{"redirect out of the web", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/hostname", http.StatusFound)
		}, ErrBadURL, `"file"`},
		{"redirect with a password", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://name:secret@"+r.Host, http.StatusFound)
		}, ErrBadURL, ""},
		{"redirect to a private address", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
		}, ErrForbidden, ""},
		{"redirect to the metadata service", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest/", http.StatusFound)
		}, ErrForbidden, ""},
		{"never answers", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, ErrTimeout, ""},
		{"stops in the middle", func(w http.ResponseWriter, r *http.Request) {
			text(w)
			answer(w, "word ")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, ErrTimeout, ""},
		{"huge header", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Long", strings.Repeat("a", 1<<20))
		}, nil, "header"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			timeout := time.Minute
			if errors.Is(test.want, ErrTimeout) {
				timeout = 500 * time.Millisecond
			}
			fetcher, server := serve(t, test.handle, FetchOptions{MaxSize: 1 << 20, Timeout: timeout})
			start := time.Now()
			_, err := fetcher.Fetch(t.Context(), server.URL+"/a")
			if err == nil || test.want != nil && !errors.Is(err, test.want) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			if !strings.HasPrefix(err.Error(), "read "+server.URL+"/a: ") || !strings.Contains(err.Error(), test.says) ||
				strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "secret") {
				t.Errorf("got %q", err)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// TestFetchReachesPublicAddressesOnly counts what reaches a listener on loopback by every notation of such an address.
func TestFetchReachesPublicAddressesOnly(t *testing.T) {
	t.Parallel()
	var hits atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	t.Cleanup(server.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	fetcher := NewFetcher(&FetchOptions{AnyPort: true, Timeout: 3 * time.Second})
	hosts := []string{
		"127.0.0.1", "127.1.2.3", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost",
		"10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.2.1",
		"198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[fe80::1]",
		"[fc00::1]", "[fd00:ec2::254]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:1::1]", "[2001:db8::1]", "[ff02::1]",
	}
	for _, host := range hosts {
		_, err := fetcher.Fetch(t.Context(), "http://"+host+":"+port+"/")
		if !errors.Is(err, ErrForbidden) {
			t.Errorf("%s: got %v, want %v", host, err, ErrForbidden)
		}
	}
	for _, host := range []string{"0177.0.0.1", "0x7f000001", "2130706433", "127.1"} {
		if _, err := fetcher.Fetch(t.Context(), "http://"+host+":"+port+"/"); err == nil {
			t.Errorf("%s: no error", host)
		}
	}
	if got := hits.Load(); got != 0 {
		t.Errorf("%d requests reached loopback", got)
	}
}

func TestFetchUsesWebPortsOnly(t *testing.T) {
	t.Parallel()
	fetcher := NewFetcher(&FetchOptions{AllowedPrefixes: loopback})
	for _, port := range []string{"22", "25", "7687", "8080"} {
		if _, err := fetcher.Fetch(t.Context(), "http://127.0.0.1:"+port+"/"); !errors.Is(err, ErrForbidden) {
			t.Errorf("port %s: got %v, want %v", port, err, ErrForbidden)
		}
	}
}

func TestFetchRefusesBadURLs(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "http://", "https:///a", "ftp://host/a", "file:///a", "http://user:secret@host/", "http://ho st/", "http://host/\x7f", "http://[::1"} {
		_, err := NewFetcher(nil).Fetch(t.Context(), address)
		if !errors.Is(err, ErrBadURL) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: got %v, want %v", address, err, ErrBadURL)
		}
	}
}

func TestFetchIgnoresProxies(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	if transport, ok := NewFetcher(nil).client.Transport.(*http.Transport); !ok || transport.Proxy != nil {
		t.Error("the environment's proxy would be used")
	}
}

func TestFetchIsCancelled(t *testing.T) {
	t.Parallel()
	fetcher, server := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, FetchOptions{})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := fetcher.Fetch(ctx, server.URL); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrTimeout) {
		t.Errorf("got %v, want the caller's deadline", err)
	}
}
