package server

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/server/guard"
)

// graphiqlPolicy is what GraphiQL needs beyond the strict policy: its editor makes style elements, and has fonts and
// icons in them.
const graphiqlPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Page is what the template index.html shows.
type Page struct {
	Version  string
	Ready    bool // the store answers, and Stats are its own
	Stats    graph.Stats
	Examples []Example
	Limits   []guard.Limit
}

// An Example is a query that readers may open in GraphiQL.
type Example struct {
	Title string // the document's first line, a comment
	Body  string // the rest
	Query string // both
}

// A page serves index.html, a template over Page, at the root; static/ as it stands; and dist/, which is GraphiQL,
// under /graphiql with a policy of its own. Files that end in .gz go out compressed, under the name without.
type page struct {
	index    *template.Template
	assets   map[string]asset
	health   *health
	version  string
	examples []Example
	limits   guard.Limits
}

// An asset is one file, ready to be sent.
type asset struct {
	content []byte
	gzipped bool
	media   string
	etag    string
}

func newPage(files fs.FS, h *health, version string, limits guard.Limits) (*page, error) {
	index, err := template.ParseFS(files, "index.html")
	if err != nil {
		return nil, fmt.Errorf("read the page: %w", err)
	}
	p := &page{index: index, assets: make(map[string]asset), health: h, version: version, limits: limits}
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		switch folder, _, _ := strings.Cut(name, "/"); folder {
		case "examples":
			title, body, _ := strings.Cut(strings.TrimPrefix(string(content), "# "), "\n")
			p.examples = append(p.examples, Example{Title: title, Body: body, Query: string(content)})
		case "static", "dist":
			plain := strings.TrimSuffix(name, ".gz")
			hash := sha256.Sum256(content)
			p.assets[plain] = asset{
				content: content, gzipped: plain != name, media: mediaType(plain), etag: fmt.Sprintf(`"%x"`, hash[:12]),
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the page: %w", err)
	}
	return p, nil
}

func (p *page) register(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", p.start)
	mux.HandleFunc("GET /static/{file}", func(w http.ResponseWriter, r *http.Request) {
		p.send(w, r, path.Join("static", r.PathValue("file")))
	})
	mux.HandleFunc("GET /graphiql", p.graphiql)
	mux.HandleFunc("GET /graphiql/{file}", p.graphiql)
}

func (p *page) start(w http.ResponseWriter, r *http.Request) {
	stats, err := p.health.check(r.Context())
	var html bytes.Buffer
	data := Page{Version: p.version, Ready: err == nil, Stats: stats, Examples: p.examples, Limits: p.limits.Table()}
	if err := p.index.Execute(&html, data); err != nil {
		http.Error(w, "the page cannot be shown", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = html.WriteTo(w)
}

func (p *page) graphiql(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", graphiqlPolicy)
	p.send(w, r, path.Join("dist", cmp.Or(r.PathValue("file"), "index.html")))
}

func (p *page) send(w http.ResponseWriter, r *http.Request, name string) {
	a, ok := p.assets[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.media)
	h.Set("Cache-Control", "no-cache") // that is: ask whether it is still this one
	h.Set("ETag", a.etag)
	content := a.content
	if a.gzipped {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
		} else {
			var err error
			if content, err = unzipped(content); err != nil {
				http.Error(w, "the file is damaged", http.StatusInternalServerError)
				return
			}
		}
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

// unzipped serves clients that do not know compression. What it reads is our own.
func unzipped(content []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// mediaType names the types of our own files; the machine's table of types may differ.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".ttf":
		return "font/ttf"
	}
	return "application/octet-stream"
}
