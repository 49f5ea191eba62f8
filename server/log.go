package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// requestKey keeps a request's ID, a string, in its context.
type requestKey struct{}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// logged writes one line a request, counts it, and gives it an ID that answers carry as X-Request-Id.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		id := rand.Text()[:13] // 65 bits
		w.Header().Set("X-Request-Id", id)
		recorder := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(recorder, r.WithContext(context.WithValue(r.Context(), requestKey{}, id)))

		s.metrics.requests.WithLabelValues(strconv.Itoa(recorder.status/100) + "xx").Inc()
		s.options.Log.LogAttrs(r.Context(), levelOf(r, recorder.status), "request",
			slog.String("request", id), slog.String("method", visible(r.Method)), slog.String("path", visible(r.URL.Path)),
			slog.Int("status", recorder.status), slog.Int64("bytes", recorder.bytes),
			slog.Duration("took", time.Since(start)), slog.String("remote", r.RemoteAddr))
	})
}

// levelOf keeps probes and files out of the ordinary log.
func levelOf(r *http.Request, status int) slog.Level {
	if status < http.StatusInternalServerError && r.URL.Path != "/graphql" {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// visible writes what clients sent so that nothing in it acts on a terminal or hides.
func visible(s string) string {
	if len(s) > 200 {
		s = s[:200] + "…"
	}
	return strings.Trim(strconv.QuoteToASCII(s), `"`)
}

// A recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// Unwrap lets http.ResponseController reach deadlines, flushing and hijacking.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(b []byte) (int, error) {
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}
