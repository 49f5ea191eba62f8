// Package server answers HTTP: GraphQL over POST, GET, server-sent events and WebSocket, health, metrics, and the
// files of the page. It bounds what a client can cost in bytes, time and work before anything is done for it.
package server

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/server/guard"
)

// Options say what to serve and how. Schema, Graph and Log are required; the zero values of the rest are defaults.
type Options struct {
	Schema     graphql.ExecutableSchema
	Extensions []graphql.HandlerExtension // beside the server's own
	Graph      Counter
	Log        *slog.Logger

	Addr        string   // host:port to listen on; default 127.0.0.1:8080
	AllowRemote bool     // listen on addresses that other machines can reach
	Hosts       []string // names beside the local ones by which browsers may call the server
	Analyst     string   // who asks, on a server that only this machine can reach; default "analyst"

	Web     fs.FS  // the page's files: see Page; nil: none
	Version string // shown on the page

	Limits    guard.Limits  // default guard.DefaultLimits()
	Body      int64         // most bytes of a request's body; default 64 KiB
	QueryTime time.Duration // most time for an operation, waiting included; default 10 s
	Running   int           // operations that run at once; default 8
	Waiting   int           // operations that wait for them; default 32
	Streams   int           // WebSocket and event-stream connections; default 256
	InitTime  time.Duration // for a WebSocket client to introduce itself; default 10 s
	ReadTime  time.Duration // for a request's header, and then for its body; default 10 s
	WriteTime time.Duration // for a client to take an answer; default 30 s
}

// A Counter counts what a graph holds. That it answers is what makes a server ready.
type Counter interface {
	Stats(ctx context.Context) (graph.Stats, error)
}

func (o Options) withDefaults() (Options, error) {
	if o.Schema == nil || o.Graph == nil || o.Log == nil {
		return o, errors.New("a server needs a schema, a graph and a log")
	}
	setDefault(&o.Addr, "127.0.0.1:8080")
	setDefault(&o.Analyst, "analyst")
	setDefault(&o.Limits, guard.DefaultLimits())
	setDefault(&o.Body, 64<<10)
	setDefault(&o.QueryTime, 10*time.Second)
	setDefault(&o.Running, 8)
	setDefault(&o.Waiting, 32)
	setDefault(&o.Streams, 256)
	setDefault(&o.InitTime, 10*time.Second)
	setDefault(&o.ReadTime, 10*time.Second)
	setDefault(&o.WriteTime, 30*time.Second)
	return o, nil
}

// arrival is the time in which a request has to arrive, header and body.
func (o Options) arrival() time.Duration { return o.ReadTime + o.ReadTime/2 }

func setDefault[T comparable](option *T, value T) {
	var zero T
	if *option == zero {
		*option = value
	}
}

// A Server is an http.Handler; Serve and ListenAndServe run it.
type Server struct {
	options  Options
	handler  http.Handler
	metrics  *metrics
	health   *health
	closing  chan struct{} // closed when the server begins to shut down: streams end
	draining atomic.Bool   // not ready any more
}

// New returns a server. It does not listen yet.
func New(o Options) (*Server, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, closing: make(chan struct{})}
	g := newGate(o.Running, o.Waiting)
	s.metrics = newMetrics(g)
	s.health = &health{graph: o.Graph}

	mux := http.NewServeMux()
	mux.Handle("/graphql", s.knowing(s.graphql(g)))
	mux.HandleFunc("GET /livez", s.livez)
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("GET /metrics", s.metrics.handler())
	if o.Web != nil {
		page, err := newPage(o.Web, s.health, o.Version, o.Limits)
		if err != nil {
			return nil, err
		}
		page.register(mux)
	}
	s.handler = s.logged(withHeaders(s.localOnly(http.NewCrossOriginProtection().Handler(mux))))
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Bounds of what is kept of past operations.
const (
	cachedDocuments = 1000
	cachedBytes     = 16 << 20
	// bytesParsed is about how much a byte of a dense document takes when parsed, measured with one-letter fields.
	bytesParsed = 150
)

func (s *Server) graphql(g *gate) http.Handler {
	documents := newCache[*ast.QueryDocument](cachedDocuments, cachedBytes/bytesParsed)
	h := handler.New(s.options.Schema)
	h.AddTransport(s.webSocket())
	h.AddTransport(&overHTTP{
		body: s.options.Body, readTime: s.options.arrival(), writeTime: s.options.WriteTime,
	})
	h.SetQueryCache(documents)
	h.SetDisableSuggestion(true)
	h.SetErrorPresenter(s.present)
	h.SetRecoverFunc(s.recovered)
	h.Use(extension.AutomaticPersistedQuery{Cache: newCache[string](cachedDocuments, cachedBytes/4)})
	h.Use(guard.New(s.options.Limits, documents, s.metrics.refused))
	h.Use(extension.Introspection{})
	for _, e := range s.options.Extensions {
		h.Use(e)
	}
	h.AroundResponses(s.metrics.response)
	h.AroundOperations(perConnection)
	h.AroundOperations((&timed{gate: g, limit: s.options.QueryTime}).operation)
	return s.streamsBounded(h)
}
