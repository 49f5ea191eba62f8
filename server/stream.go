package server

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// keepAlive is how often streams without news show that they are alive. Proxies give up after a minute or so.
const keepAlive = 20 * time.Second

// stream writes every response of an operation as a server-sent event.
func (t *overHTTP) stream(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, op *graphql.OperationContext) {
	w.Header().Set("Content-Type", eventMedia)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush() // a client that waits for the first event knows that the stream is open

	ctx, cancel := context.WithCancel(r.Context())
	var producer sync.WaitGroup
	defer producer.Wait()
	defer cancel()
	responses := make(chan *graphql.Response)
	producer.Go(func() {
		defer close(responses)
		next, ctx := exec.DispatchOperation(ctx, op)
		for response := next(ctx); response != nil; response = next(ctx) {
			response.Data = bytes.Clone(response.Data) // gqlgen writes the next one over it
			select {
			case responses <- response:
			case <-ctx.Done():
				return
			}
		}
	})

	ticker := time.NewTicker(keepAlive)
	defer ticker.Stop()
	event := eventWriter{w: w, control: http.NewResponseController(w), writeTime: t.writeTime}
	for {
		var err error
		select {
		case response, ok := <-responses:
			if !ok {
				_ = event.write("event: complete\ndata:\n\n", nil)
				return
			}
			err = event.write("event: next\ndata: ", response)
		case <-ticker.C:
			err = event.write(":\n\n", nil)
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// An eventWriter gives each event the time that a client has to take an answer.
type eventWriter struct {
	w         io.Writer
	control   *http.ResponseController
	writeTime time.Duration
}

func (e eventWriter) write(head string, response *graphql.Response) error {
	_ = e.control.SetWriteDeadline(time.Now().Add(e.writeTime))
	if _, err := io.WriteString(e.w, head); err != nil {
		return err
	}
	if response != nil {
		if err := writeResponse(e.w, response); err != nil {
			return err
		}
		if _, err := io.WriteString(e.w, "\n\n"); err != nil {
			return err
		}
	}
	return e.control.Flush()
}
