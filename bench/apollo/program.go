package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A program is a server in a process of its own.
type program struct {
	url  string // of GraphQL
	cmd  *exec.Cmd
	stop func()
}

var urls = regexp.MustCompile(`http://127\.0\.0\.1:\d+/(graphql)?`)

// start starts a server, which prints the URL of GraphQL once it listens.
func start(ctx context.Context, name string, args ...string) (*program, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "NODE_ENV=production")
	cmd.WaitDelay = time.Second
	r, w := io.Pipe()
	cmd.Stdout, cmd.Stderr = w, w
	if _, err := cmd.StdinPipe(); err != nil { // open as long as we live
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait() // it is told to end, and why it ended by itself stands in its output
		_ = w.Close()
	}()
	p := &program{cmd: cmd, stop: func() {
		_ = cmd.Process.Signal(os.Interrupt)
		<-ended
	}}
	var said strings.Builder
	lines := bufio.NewScanner(r)
	for p.url == "" && lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		p.url = lastURL(lines.Text())
	}
	if p.url == "" {
		<-ended
		return nil, fmt.Errorf("start %s: it ended:\n%s", name, said.String())
	}
	go func() { _, _ = io.Copy(io.Discard, r) }() // the log
	return p, nil
}

// lastURL returns where a line says that GraphQL is. Ours has a page at the root, theirs has GraphQL there.
func lastURL(line string) string {
	if strings.HasPrefix(line, "page") {
		return ""
	}
	return urls.FindString(line)
}

// ticks is how many units of time a second has in /proc; Linux shows it so on every machine.
const ticks = 100

// processorTime returns how much processor time the process has used so far.
func (p *program) processorTime() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, behind, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(behind)
	var used time.Duration
	for _, field := range fields[11:13] { // user and system
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, err
		}
		used += time.Duration(n) * time.Second / ticks
	}
	return used, nil
}
