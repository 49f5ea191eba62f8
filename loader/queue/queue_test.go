package queue

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/read"
)

// A fixture runs jobs whose loads are what the test says.
type fixture struct {
	*Runner
	graph *graph.Graph
	load  func(ctx context.Context, refs []read.Ref, observe func(loader.Event)) error
}

func setup(t *testing.T, store graph.Store) *fixture {
	t.Helper()
	f := &fixture{graph: graph.New(store)}
	var asked atomic.Int64
	f.Runner = New(Options{
		// No two moments are the same: jobs run in the order in which they were added.
		Now:   func() time.Time { return time.Now().Add(time.Duration(asked.Add(1)) * time.Millisecond) },
		Graph: f.graph, Log: slog.New(slog.DiscardHandler), Root: t.TempDir(), Beat: 5 * time.Millisecond, Lease: 300 * time.Millisecond,
		Load: func(ctx context.Context, refs iter.Seq2[read.Ref, error], observe func(loader.Event)) (loader.Summary, error) {
			var list []read.Ref
			for ref, err := range refs {
				if err != nil {
					observe(loader.Event{Outcome: loader.Failed, Ref: ref, Err: err})
					continue
				}
				list = append(list, ref)
			}
			return loader.Summary{}, f.load(ctx, list, observe)
		},
	})
	return f
}

// run runs jobs until the test ends or stop is called.
func (f *fixture) run(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var running sync.WaitGroup
	running.Go(func() { f.Run(ctx) })
	stop = func() { cancel(); running.Wait() }
	t.Cleanup(stop)
	return stop
}

// until waits for a job to be as wanted.
func (f *fixture) until(t *testing.T, id graph.ID, what string, is func(graph.Job) bool) graph.Job {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		j, err := f.graph.Job(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if is(j) {
			return j
		}
	}
	j, _ := f.graph.Job(t.Context(), id)
	t.Fatalf("the job is never %s: %+v", what, j)
	return j
}

// add adds a job. Jobs run in the order of the milliseconds in which they were added, so the next one has another.
func (f *fixture) add(t *testing.T, sources ...string) graph.ID {
	t.Helper()
	id, err := f.Add(t.Context(), sources, "mina")
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Millisecond)
	return id
}

func ended(j graph.Job) bool { return j.State.Ended() }

func (f *fixture) file(t *testing.T, name string) {
	t.Helper()
	path := filepath.Join(f.options.Root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("It is said."), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestJobRuns(t *testing.T) {
	t.Parallel()
	f := setup(t, graphtest.NewOracle())
	f.file(t, "a/one.txt")
	f.file(t, "a/two.txt")
	f.load = func(_ context.Context, refs []read.Ref, observe func(loader.Event)) error {
		for i, ref := range refs {
			observe(loader.Event{Outcome: loader.Outcome(i % 3), Ref: ref})
		}
		observe(loader.Event{Outcome: loader.Failed, Err: errors.New("no text")})
		return nil
	}
	var mu sync.Mutex
	told := make(map[graph.ID]int)
	stop := f.Listen(func(id graph.ID) {
		mu.Lock()
		defer mu.Unlock()
		told[id]++
	})
	id := f.add(t, "a", "https://news.example/story")
	f.run(t)
	j := f.until(t, id, "ended", ended)
	if j.State != graph.JobDone || j.Loaded != 1 || j.Replaced != 1 || j.Unchanged != 1 || j.Failed != 1 || j.Attempts != 1 ||
		j.By != "mina" || len(j.Failures) != 1 || j.EndedAt.Before(j.StartedAt) {
		t.Errorf("got %+v", j)
	}
	stop()
	mu.Lock()
	defer mu.Unlock()
	if told[id] < 3 {
		t.Errorf("was told %d times of three changes", told[id])
	}
}

func TestJobIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	store := graphtest.NewOracle()
	first, second := setup(t, store), setup(t, store)
	began := make(chan struct{})
	first.load = func(ctx context.Context, _ []read.Ref, observe func(loader.Event)) error {
		observe(loader.Event{Outcome: loader.Loaded})
		close(began)
		<-ctx.Done()
		return loader.ErrInterrupted
	}
	second.load = func(_ context.Context, _ []read.Ref, observe func(loader.Event)) error {
		observe(loader.Event{Outcome: loader.Unchanged})
		observe(loader.Event{Outcome: loader.Loaded})
		return nil
	}
	id := first.add(t, "https://news.example/story")
	stop := first.run(t)
	<-began
	stop()
	j, err := first.graph.Job(t.Context(), id)
	if err != nil || j.State != graph.JobWaiting || !strings.Contains(j.Reason, "stopped") {
		t.Errorf("got %+v, %v, want a job that waits", j, err)
	}
	second.run(t)
	if j := second.until(t, id, "ended", ended); j.State != graph.JobDone || j.Loaded != 1 || j.Unchanged != 1 || j.Reason != "" {
		t.Errorf("got %+v", j)
	}
}

// A job whose process was killed is on record as running, and nobody gives signs of life.
func TestKilledJobIsTakenOver(t *testing.T) {
	t.Parallel()
	f := setup(t, graphtest.NewOracle())
	f.load = func(context.Context, []read.Ref, func(loader.Event)) error { return nil }
	job := func(name string, alive time.Time, attempts int) graph.ID {
		j := graph.Job{
			ID: graph.NewID(graph.KindJob, name), State: graph.JobRunning, Sources: []string{"https://news.example/" + name}, By: "mina",
			CreatedAt: time.Now(), AliveAt: alive, Worker: "gone", Attempts: attempts,
		}
		if err := f.graph.PutJob(t.Context(), j); err != nil {
			t.Fatal(err)
		}
		return j.ID
	}
	dead, poison := job("dead", time.Now().Add(-time.Hour), 1), job("poison", time.Now().Add(-time.Hour), maxAttempts)
	alive := job("alive", time.Now().Add(200*time.Second), 1)
	f.run(t)
	if j := f.until(t, dead, "ended", ended); j.State != graph.JobDone || j.Attempts != 2 {
		t.Errorf("got %+v, want it done by the second attempt", j)
	}
	if j := f.until(t, poison, "ended", ended); j.State != graph.JobFailed || !strings.Contains(j.Reason, "again and again") {
		t.Errorf("got %+v, want it given up", j)
	}
	_ = alive // its clock is ahead by more than a lease, which is no sign of life either
	if j := f.until(t, alive, "ended", ended); j.State != graph.JobDone {
		t.Errorf("got %+v, want one taken over whose clock is wrong", j)
	}
}

func TestLivingJobIsLeftAlone(t *testing.T) {
	t.Parallel()
	store := graphtest.NewOracle()
	first, second := setup(t, store), setup(t, store)
	second.options.Lease = time.Second // a machine that is busy lets the first miss many beats
	release := make(chan struct{})
	first.load = func(context.Context, []read.Ref, func(loader.Event)) error { <-release; return nil }
	second.load = func(context.Context, []read.Ref, func(loader.Event)) error {
		t.Error("a job runs twice")
		return nil
	}
	id := first.add(t, "https://news.example/story")
	first.run(t)
	first.until(t, id, "running", func(j graph.Job) bool { return j.State == graph.JobRunning })
	second.run(t)
	time.Sleep(2 * second.options.Lease)
	close(release)
	if j := first.until(t, id, "ended", ended); j.State != graph.JobDone || j.Attempts != 1 {
		t.Errorf("got %+v", j)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	f := setup(t, graphtest.NewOracle())
	f.load = func(ctx context.Context, _ []read.Ref, observe func(loader.Event)) error {
		observe(loader.Event{Outcome: loader.Loaded})
		<-ctx.Done()
		return loader.ErrInterrupted
	}
	running, waiting := f.add(t, "https://news.example/a"), f.add(t, "https://news.example/b")
	f.run(t)
	f.until(t, running, "running", func(j graph.Job) bool { return j.State == graph.JobRunning })
	for _, id := range []graph.ID{waiting, running, running} {
		if err := f.Cancel(t.Context(), id); err != nil {
			t.Errorf("got %v", err)
		}
	}
	for _, id := range []graph.ID{running, waiting} {
		if j := f.until(t, id, "ended", ended); j.State != graph.JobCancelled {
			t.Errorf("got %+v, want it cancelled", j)
		}
	}
	if err := f.Cancel(t.Context(), graph.NewID(graph.KindJob, "none")); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("got %v, want %v", err, graph.ErrNotFound)
	}
}

func TestCancelFromElsewhere(t *testing.T) {
	t.Parallel()
	store := graphtest.NewOracle()
	f, other := setup(t, store), setup(t, store)
	f.load = func(ctx context.Context, _ []read.Ref, _ func(loader.Event)) error {
		<-ctx.Done()
		return loader.ErrInterrupted
	}
	id := f.add(t, "https://news.example/a")
	f.run(t)
	f.until(t, id, "running", func(j graph.Job) bool { return j.State == graph.JobRunning })
	for range 100 { // a beat that was under way may write over it
		if err := other.Cancel(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
		if j, err := f.graph.Job(t.Context(), id); err == nil && ended(j) {
			break
		}
	}
	if j := f.until(t, id, "ended", ended); j.State != graph.JobCancelled {
		t.Errorf("got %+v, want it cancelled", j)
	}
}

func TestFailedJob(t *testing.T) {
	t.Parallel()
	f := setup(t, graphtest.NewOracle())
	f.load = func(context.Context, []read.Ref, func(loader.Event)) error {
		return fmt.Errorf("secret.db: %w", graph.ErrUnavailable)
	}
	id := f.add(t, "https://news.example/a")
	f.run(t)
	if j := f.until(t, id, "ended", ended); j.State != graph.JobFailed || strings.Contains(j.Reason, "secret") || j.Reason == "" {
		t.Errorf("got %+v, want a failure whose reason tells nothing of the inside", j)
	}
}

func TestSources(t *testing.T) {
	t.Parallel()
	f := setup(t, graphtest.NewOracle())
	f.file(t, "in/one.txt")
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(f.options.Root, "link")); err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{"in", "in/one.txt", ".", "https://news.example/a?b=c", "http://news.example"} {
		if _, err := f.Add(t.Context(), []string{source}, "mina"); err != nil {
			t.Errorf("%s: got %v", source, err)
		}
	}
	for _, sources := range [][]string{
		nil,
		{""},
		{"../x"},
		{"/etc/passwd"},
		{"in/../../x"},
		{outside},
		{"link"},
		{"link/x"},
		{"absent"},
		{"file:///etc/passwd"},
		{"ftp://news.example/a"},
		{"https://user:secret@news.example/"},
		{"https:"},
		{"-"},
		{strings.Repeat("x", sourceBytes+1)},
		{"in", "/etc/passwd"},
		make([]string, MaxSources+1),
	} {
		if _, err := f.Add(t.Context(), sources, "mina"); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%.60q: got %v, want %v", sources, err, graph.ErrInvalid)
		}
	}
	f.options.Root = ""
	if _, err := f.Add(t.Context(), []string{"in"}, "mina"); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("without a folder: got %v, want %v", err, graph.ErrInvalid)
	}
}
