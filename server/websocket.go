package server

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"

	"github.com/claimgraph/claimgraph/server/guard"
)

const (
	webSocketProtocol = "graphql-transport-ws"
	// operationsPerConnection is how many operations of one WebSocket connection may be open at once.
	operationsPerConnection = 20
)

func (s *Server) webSocket() graphql.Transport {
	payload := s.options.Body
	return transport.Websocket{
		InitTimeout:      s.options.InitTime,
		InitFunc:         s.connected,
		PayloadReadLimit: &payload,
		PingPongInterval: keepAlive,
	}
}

// connected prepares a connection whose client has introduced itself.
func (s *Server) connected(ctx context.Context, _ transport.InitPayload) (context.Context, *transport.InitPayload, error) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		select {
		case <-s.closing:
		case <-ctx.Done():
		}
	}()
	return context.WithValue(ctx, openKey{}, new(atomic.Int32)), nil, nil
}

// openKey keeps the number of a connection's open operations, an *atomic.Int32, in its context.
type openKey struct{}

// perConnection bounds the operations that one WebSocket connection has open.
func perConnection(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	open, ok := ctx.Value(openKey{}).(*atomic.Int32)
	if !ok {
		return next(ctx)
	}
	context.AfterFunc(ctx, func() { open.Add(-1) })
	if n := open.Add(1); n > operationsPerConnection {
		response := failure(guard.Code, "too many operations are open on this connection")
		response.Errors[0].Extensions["limit"] = "operationsPerConnection"
		response.Errors[0].Extensions["value"] = n
		response.Errors[0].Extensions["max"] = operationsPerConnection
		return graphql.OneShot(response)
	}
	return next(ctx)
}

// streamsBounded bounds the connections that stay open, and lets in only WebSocket clients that speak our protocol and
// come from our own page, or from no page.
func (s *Server) streamsBounded(next http.Handler) http.Handler {
	streams := make(chan struct{}, s.options.Streams)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		upgrade := r.Header.Get("Upgrade") != ""
		if !upgrade && !strings.Contains(r.Header.Get("Accept"), eventMedia) {
			next.ServeHTTP(w, r)
			return
		}
		if upgrade && !speaksOurProtocol(r) {
			http.Error(w, "upgrade to a WebSocket with the protocol "+webSocketProtocol, http.StatusBadRequest)
			return
		}
		if upgrade && !sameOrigin(r) {
			http.Error(w, "foreign origin", http.StatusForbidden)
			return
		}
		select {
		case streams <- struct{}{}:
			defer func() { <-streams }()
			next.ServeHTTP(w, r)
		default:
			w.Header().Set("Retry-After", "10")
			http.Error(w, "too many open connections", http.StatusServiceUnavailable)
		}
	})
}

func speaksOurProtocol(r *http.Request) bool {
	var offered []string
	for _, header := range r.Header.Values("Sec-WebSocket-Protocol") {
		for protocol := range strings.SplitSeq(header, ",") {
			offered = append(offered, strings.TrimSpace(protocol))
		}
	}
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket") &&
		slices.Equal(offered, []string{webSocketProtocol})
}

func sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}
