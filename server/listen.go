package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"time"
)

// shutdownTime is how long running requests may take to end.
const shutdownTime = 30 * time.Second

// spareHeap is what the heap may grow by, in bytes, before Go collects garbage. So little is alive between requests that Go
// would collect after every sixth large answer, at two fifths of the server's time.
const spareHeap = 32 << 20

// Listen opens the server's address, which must be this machine's own unless Options.AllowRemote.
func (s *Server) Listen(ctx context.Context) (net.Listener, error) {
	host, _, err := net.SplitHostPort(s.options.Addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", s.options.Addr, err)
	}
	if !s.options.AllowRemote && !isLoopback(host) {
		return nil, fmt.Errorf("listen on %s: other machines could reach it, and there is no authentication; "+
			"use 127.0.0.1, or allow remote clients explicitly", s.options.Addr)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", s.options.Addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", s.options.Addr, err)
	}
	return l, nil
}

// Serve answers on l until ctx ends, then stops being ready, lets running requests end for up to 30 s, and returns
// nil. It closes l. A Server serves once.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	ballast := make([]byte, spareHeap) // counts as alive, and takes no memory since nobody touches it
	defer runtime.KeepAlive(ballast)
	h := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: s.options.ReadTime,
		ReadTimeout:       s.options.arrival(),
		WriteTimeout:      s.options.QueryTime + s.options.WriteTime,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.options.Log.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	served := make(chan error, 1)
	go func() { served <- h.Serve(l) }()
	s.options.Log.LogAttrs(ctx, slog.LevelInfo, "serving", slog.String("addr", l.Addr().String()))
	select {
	case err := <-served:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}

	s.draining.Store(true)
	close(s.closing)
	s.options.Log.LogAttrs(ctx, slog.LevelInfo, "shutting down")
	shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := h.Shutdown(shutdown); err != nil {
		return errors.Join(fmt.Errorf("shut down: %w", err), h.Close())
	}
	return nil
}

// ListenAndServe is Listen and Serve.
func (s *Server) ListenAndServe(ctx context.Context) error {
	l, err := s.Listen(ctx)
	if err != nil {
		return err
	}
	return s.Serve(ctx, l)
}
