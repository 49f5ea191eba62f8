package graphql

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"testing"
)

// asClient makes the test program a client instead.
const asClient = "CLAIMGRAPH_BENCH_CLIENT"

// A task is what a client shall ask, one request after another.
type task struct {
	URL   string          `json:"url"`
	Body  json.RawMessage `json:"body"`
	Times int             `json:"times"`
}

// A report is what came of a task.
type report struct {
	Answer []byte `json:"answer"` // the last one
	Error  string `json:"error"`
}

// serveTasks reads tasks and writes reports until there are no more.
func serveTasks(in io.Reader, out io.Writer) error {
	tasks, reports := json.NewDecoder(in), json.NewEncoder(out)
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	for {
		var t task
		if err := tasks.Decode(&t); err != nil {
			return nil // the benchmark has ended
		}
		var r report
		for range t.Times {
			var err error
			if r.Answer, err = post(client, t); err != nil {
				r.Error = err.Error()
				break
			}
		}
		if err := reports.Encode(r); err != nil {
			return err
		}
	}
}

func post(client *http.Client, t task) ([]byte, error) {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, t.URL, bytes.NewReader(t.Body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", response.Status, answer)
	}
	return answer, err
}

// A client is a client process.
type client struct {
	tasks   *json.Encoder
	reports *json.Decoder
}

// newClient starts a client, which ends with the test.
func newClient(tb testing.TB) *client {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.CommandContext(tb.Context(), self)
	cmd.Env = append(os.Environ(), asClient+"=1")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	return &client{tasks: json.NewEncoder(in), reports: json.NewDecoder(bufio.NewReader(out))}
}

// ask sends a body so many times and returns the last answer.
func (c *client) ask(tb testing.TB, url string, body []byte, times int) []byte {
	tb.Helper()
	if err := c.tasks.Encode(task{URL: url, Body: body, Times: times}); err != nil {
		tb.Fatal(err)
	}
	var r report
	if err := c.reports.Decode(&r); err != nil {
		tb.Fatal(err)
	}
	if r.Error != "" {
		tb.Fatalf("POST %s: %s", url, r.Error)
	}
	return r.Answer
}
