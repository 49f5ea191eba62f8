package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// A wsMessage is a message of the graphql-transport-ws protocol.
type wsMessage struct {
	Type    string          `json:"type"`
	ID      string          `json:"id,omitempty"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

type wsClient struct {
	t    *testing.T
	conn *websocket.Conn
}

func dial(t *testing.T, f *fixture, header http.Header) (*wsClient, error) {
	t.Helper()
	conn, _, err := websocket.Dial(t.Context(), f.url+"/graphql", &websocket.DialOptions{ //nolint:bodyclose // Dial closes it
		Subprotocols: []string{webSocketProtocol}, HTTPHeader: header,
	})
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return &wsClient{t, conn}, nil
}

// greeted dials and introduces itself.
func greeted(t *testing.T, f *fixture) *wsClient {
	t.Helper()
	c, err := dial(t, f, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.send(wsMessage{Type: "connection_init"})
	if got := c.receive(); got.Type != "connection_ack" {
		t.Fatalf("got %s, want connection_ack", got.Type)
	}
	return c
}

func (c *wsClient) send(m wsMessage) {
	c.t.Helper()
	b, err := json.Marshal(m)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.conn.Write(c.t.Context(), websocket.MessageText, b); err != nil {
		c.t.Fatal(err)
	}
}

func (c *wsClient) subscribe(id, document string) {
	c.t.Helper()
	payload, err := json.Marshal(map[string]any{"query": document})
	if err != nil {
		c.t.Fatal(err)
	}
	c.send(wsMessage{Type: "subscribe", ID: id, Payload: payload})
}

// receive returns the next message that is no ping.
func (c *wsClient) receive() wsMessage {
	c.t.Helper()
	for {
		_, b, err := c.conn.Read(c.t.Context())
		if err != nil {
			c.t.Fatal(err)
		}
		var m wsMessage
		if err := json.Unmarshal(b, &m); err != nil {
			c.t.Fatal(err)
		}
		if m.Type != "ping" && m.Type != "pong" {
			return m
		}
	}
}

// closed waits for the server to close the connection and returns the error that says so.
func (c *wsClient) closed(within time.Duration) error {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), within)
	defer cancel()
	for {
		if _, _, err := c.conn.Read(ctx); err != nil {
			if errors.Is(err, context.DeadlineExceeded) {
				c.t.Fatal("the connection is still open")
			}
			return err
		}
	}
}

func TestWebSocket(t *testing.T) {
	t.Parallel()
	c := greeted(t, setup(t, nil))
	c.subscribe("1", `{hello(name:"you")}`)
	if got := c.receive(); got.Type != "next" || !strings.Contains(string(got.Payload), "hello you") {
		t.Errorf("got %s %s, want next", got.Type, got.Payload)
	}
	if got := c.receive(); got.Type != "complete" || got.ID != "1" {
		t.Errorf("got %s, want complete", got.Type)
	}
	c.subscribe("2", `subscription{ticks(n:1)}`)
	if got := c.receive(); string(got.Payload) != `{"data":{"ticks":1}}` {
		t.Errorf("got %s, want a tick", got.Payload)
	}
	c.receive()
	c.subscribe("3", `{`+strings.Repeat("hello ", 200)+`}`)
	if got := c.receive(); !strings.Contains(string(got.Payload), "LIMIT_EXCEEDED") {
		t.Errorf("got %s %s, want a refusal by limit", got.Type, got.Payload)
	}
	c.receive()
	c.subscribe("4", `{helo}`)
	if got := c.receive(); got.Type != "error" || !strings.Contains(string(got.Payload), "GRAPHQL_VALIDATION_FAILED") {
		t.Errorf("got %s %s, want an error", got.Type, got.Payload)
	}
}

func TestWebSocketBoundsOperations(t *testing.T) {
	t.Parallel()
	f := setup(t, func(o *Options) { o.Running = 100 })
	c := greeted(t, f)
	for i := range operationsPerConnection {
		c.subscribe(fmt.Sprint(i), `{slow}`)
	}
	for deadline := time.Now().Add(10 * time.Second); len(f.runningNow(t)) == 0 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	c.subscribe("more", `{hello}`)
	if got := c.receive(); got.ID != "more" || !strings.Contains(string(got.Payload), "operationsPerConnection") {
		t.Errorf("got %s %s, want a refusal", got.ID, got.Payload)
	}
	close(f.stub.release)
}

// runningNow returns the line of the metrics that says that every operation of the test runs, or "".
func (f *fixture) runningNow(t testing.TB) string {
	line := fmt.Sprintf("claimgraph_operations_running %d\n", operationsPerConnection)
	if strings.Contains(f.do(t, http.MethodGet, "/metrics", "").body, line) {
		return line
	}
	return ""
}

func TestWebSocketWithoutInit(t *testing.T) {
	t.Parallel()
	c, err := dial(t, setup(t, func(o *Options) { o.InitTime = 50 * time.Millisecond }), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = c.closed(10 * time.Second)
}

func TestWebSocketRefuses(t *testing.T) {
	t.Parallel()
	f := setup(t, func(o *Options) { o.Streams = 2 })
	if _, err := dial(t, f, http.Header{"Origin": {"https://evil.example"}}); err == nil {
		t.Error("got a connection from a foreign origin")
	}
	got := f.do(t, http.MethodGet, "/graphql", "", "Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Protocol", "graphql-ws")
	if got.status != http.StatusBadRequest {
		t.Errorf("got %d, want 400 for the older protocol", got.status)
	}
	big := greeted(t, f)
	big.send(wsMessage{Type: "subscribe", ID: "1", Payload: json.RawMessage(`"` + strings.Repeat("x", 70<<10) + `"`)})
	if err := big.closed(10 * time.Second); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("got %v, want closed as too big", err)
	}
	greeted(t, f)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if _, err := dial(t, f, nil); err != nil {
			return // the streams that are allowed are taken
		}
	}
	t.Error("got more connections than allowed")
}

func TestShutdownEndsStreams(t *testing.T) {
	t.Parallel()
	f := setup(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	other, err := New(f.options)
	if err != nil {
		t.Fatal(err)
	}
	l, err := other.Listen(ctx)
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- other.Serve(ctx, l) }()
	c := greeted(t, &fixture{Server: other, url: "http://" + l.Addr().String()})
	cancel()
	if err := c.closed(10 * time.Second); websocket.CloseStatus(err) != websocket.StatusNormalClosure {
		t.Errorf("got %v, want a normal closure", err)
	}
	if err := <-served; err != nil {
		t.Errorf("got %v, want nil", err)
	}
}
