package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/claimgraph/claimgraph/graph/neo4jgraph/neo4jtest"
)

// asProgram, set in the environment, makes the test binary be claimgraph, so that tests can start and kill the real
// process.
const asProgram = "CLAIMGRAPH_TEST_AS_PROGRAM"

var neo4jServer neo4jtest.Server

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	code := m.Run()
	neo4jServer.Stop()
	os.Exit(code)
}

// A result is what a run left.
type result struct {
	status   int
	out, err string
}

// run runs the command line in this process, with the store in a fresh folder.
func run(tb testing.TB, args ...string) result {
	tb.Helper()
	return runWith(tb, map[string]string{storeVariable: "sqlite:" + filepath.Join(tb.TempDir(), "graph.db")}, "", args...)
}

// runWith runs it in an environment, with something to read.
func runWith(tb testing.TB, env map[string]string, in string, args ...string) result {
	tb.Helper()
	var out, err bytes.Buffer
	p := &program{
		in: strings.NewReader(in), out: &out, err: &err, now: time.Now,
		env: func(name string) string { return env[name] }, listening: func(string) {},
	}
	status := p.Run(tb.Context(), args...)
	return result{status, out.String(), err.String()}
}

// start starts the command line in a process of its own.
func start(tb testing.TB, env map[string]string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	tb.Helper()
	cmd := exec.CommandContext(tb.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	return cmd, &said
}

// write writes an article into dir and returns its path.
func write(tb testing.TB, dir, name, text string) string {
	tb.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}
