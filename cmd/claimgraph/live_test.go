package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// ferryStory is an article that a job loads while clients listen.
const ferryStory = `Ferry talks resume in Port Ansel

The Harbour Post, 4 March 2025

The governor of Port Ansel said that the ferry line would reopen in May. "We have signed the contract," said Mara Oden.
Union officials denied that any contract had been signed.
`

// events reads server-sent events: the data of each.
func events(ctx context.Context, t *testing.T, url, query string) <-chan string {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", strings.NewReader(requestOf(query)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	resp, err := http.DefaultClient.Do(req) //nolint:bodyclose // the goroutine closes it
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("got status %d", resp.StatusCode)
	}
	all := make(chan string, 1000)
	go func() {
		defer resp.Body.Close()
		defer close(all)
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				all <- data
			}
		}
	}()
	return all
}

// await returns the first event that holds all the words.
func await(t *testing.T, all <-chan string, words ...string) string {
	t.Helper()
	timeout := time.After(15 * time.Second)
	var others []string
	for {
		select {
		case got, ok := <-all:
			if !ok {
				t.Fatalf("the stream ended without %q", words)
			}
			missing := false
			for _, w := range words {
				missing = missing || !strings.Contains(got, w)
			}
			if !missing {
				return got
			}
			others = append(others, got)
		case <-timeout:
			t.Fatalf("no event with %q within a minute, but %q", words, others)
		}
	}
}

// follow follows a job over a WebSocket, and returns its last event.
func follow(t *testing.T, url, job string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, url+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}) //nolint:bodyclose // Dial closes it
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow() //nolint:errcheck // it may be closed already
	say := func(text string) {
		if err := conn.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	say(`{"type":"connection_init"}`)
	last := ""
	for {
		_, message, err := conn.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var m struct {
			Type    string
			Payload json.RawMessage
		}
		if err := json.Unmarshal(message, &m); err != nil {
			t.Fatal(err)
		}
		switch m.Type {
		case "connection_ack":
			say(fmt.Sprintf(`{"type":"subscribe","id":"1","payload":{"query":"subscription{jobProgress(id:\"%s\"){job{state loaded unchanged failed reason}}}"}}`, job))
		case "ping":
			say(`{"type":"pong"}`)
		case "next":
			last = string(m.Payload)
		case "complete", "error":
			return last
		}
	}
}

// One client has an article loaded and follows the job over a WebSocket, another hears by server-sent events what its
// claims are, and that they are retracted; a reader sees it, now and as it was.
func TestLive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "ferry.txt"), []byte(ferryStory), 0o600); err != nil {
		t.Fatal(err)
	}
	url := serving(t, nil, "serve", "--store", "sqlite:"+filepath.Join(t.TempDir(), "graph.db"), "--addr", "127.0.0.1:0",
		"--load-from", dir, "--model", "fast", "--analyst", "mina")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	heard := events(ctx, t, url, `subscription{claimChanged{change claim{text} cause{...on Document{id} caption}}}`)

	var loaded struct {
		Load struct{ ID, State, By string }
	}
	ask(t, url, `mutation{load(input:{sources:["ferry.txt"]}){id state by}}`, &loaded)
	if loaded.Load.By != "mina" || loaded.Load.ID == "" {
		t.Errorf("got %+v", loaded)
	}
	if got, want := follow(t, url, loaded.Load.ID), `{"data":{"jobProgress":{"job":{"state":"DONE","loaded":1,"unchanged":0,"failed":0,"reason":null}}}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	told := await(t, heard, `"change":"TOLD"`, "ferry line")
	var event struct {
		Data struct {
			ClaimChanged struct{ Cause struct{ ID string } }
		}
	}
	if err := json.Unmarshal([]byte(told), &event); err != nil {
		t.Fatal(err)
	}

	ask(t, url, `mutation{load(input:{sources:["."]}){id}}`, &loaded)
	if got := follow(t, url, loaded.Load.ID); !strings.Contains(got, `"loaded":0,"unchanged":1`) {
		t.Errorf("loaded again: got %s", got)
	}
	before := time.Now().UTC().Format("2006-01-02T15:04:05.000Z")
	time.Sleep(2 * time.Millisecond) // times are kept in milliseconds
	var retracted struct {
		Retract struct{ State, JudgementID string }
	}
	ask(t, url, fmt.Sprintf(`mutation{retract(document:%q,note:"withdrawn"){state judgementId}}`, event.Data.ClaimChanged.Cause.ID), &retracted)
	if retracted.Retract.State != "DONE" {
		t.Errorf("got %+v", retracted)
	}
	await(t, heard, `"change":"RETRACTED"`)
	var counts struct{ Now, Past struct{ TotalCount int } }
	const count = `{now:claims{totalCount} past:claims(filter:{asOf:%q}){totalCount}}`
	ask(t, url, fmt.Sprintf(count, before), &counts)
	if counts.Now.TotalCount != 0 || counts.Past.TotalCount == 0 {
		t.Errorf("got %+v, want no claims now, and some before", counts)
	}
	ask(t, url, `mutation{load(input:{sources:["ferry.txt"]}){id}}`, &loaded)
	follow(t, url, loaded.Load.ID)
	ask(t, url, fmt.Sprintf(count, before), &counts)
	if counts.Now.TotalCount != 0 {
		t.Errorf("a load brought back %d claims of a retracted article", counts.Now.TotalCount)
	}
	ask(t, url, fmt.Sprintf(`mutation{undoJudgement(id:%q){id}}`, retracted.Retract.JudgementID), &struct{}{})
	await(t, heard, `"change":"RESTORED"`)
	ask(t, url, fmt.Sprintf(count, before), &counts)
	if counts.Now.TotalCount == 0 {
		t.Error("the retraction was undone, and there are still no claims")
	}
}

// Who reaches a server from elsewhere may read and hear, and change nothing.
func TestRemoteClientsOnlyRead(t *testing.T) {
	t.Parallel()
	url := serving(t, nil, "serve", "--store", "sqlite:"+filepath.Join(t.TempDir(), "graph.db"), "--addr", "127.0.0.1:0", "--allow-remote")
	for query, want := range map[string]string{
		`{stats{documents}}`: `{"data":{"stats":{"documents":0}}}`,
		`mutation{load(input:{sources:["https://news.example/"]}){id}}`: `"code":"FORBIDDEN"`,
		`mutation{cancelJob(id:"job_aaaaaaaaaaaaaaaaaaaaaaaa"){id}}`:    `"code":"FORBIDDEN"`,
	} {
		if _, got := fetch(t, url+"/graphql", requestOf(query)); !strings.Contains(got, want) {
			t.Errorf("%s: got %s, want %s in it", query, got, want)
		}
	}
}
