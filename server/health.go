package server

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

const (
	healthTime = 2 * time.Second // for the store to answer
	healthAge  = time.Second     // how long its answer is good
)

// health asks the graph how it is, at most once at a time and once in a while, however often it is asked itself.
type health struct {
	graph Counter

	mu    sync.Mutex
	stats graph.Stats // guarded by mu, like the rest
	err   error
	at    time.Time
}

func (h *health) check(ctx context.Context) (graph.Stats, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Since(h.at) > healthAge {
		// A client that goes away must not leave its cancellation to others as an answer.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), healthTime)
		defer cancel()
		h.stats, h.err = h.graph.Stats(ctx)
		h.at = time.Now()
	}
	return h.stats, h.err
}

// livez says that the process answers.
func (s *Server) livez(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "alive\n")
}

// readyz says whether requests should come here: the store answers, and the server is not about to end.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if s.draining.Load() {
		plain(w, http.StatusServiceUnavailable, "shutting down\n")
		return
	}
	if _, err := s.health.check(r.Context()); err != nil {
		s.options.Log.LogAttrs(r.Context(), slog.LevelWarn, "not ready", slog.String("error", err.Error()))
		plain(w, http.StatusServiceUnavailable, "the store does not answer\n")
		return
	}
	plain(w, http.StatusOK, "ready\n")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}
