// Package queue runs load jobs: what somebody asked to be loaded, one job after another. Jobs are on record in the graph
// itself, so that a process which was killed takes up again what it had begun: loading is idempotent, and documents that
// are in the graph already are passed over.
package queue

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/url"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/read"
)

// Bounds of jobs.
const (
	MaxSources  = 100  // of one job
	sourceBytes = 2000 // of one source
	maxOpen     = 1000 // jobs that wait or run
	maxFailures = 20   // that a job keeps
	maxAttempts = 5    // of a job whose process ends again and again
)

// Options say how to run jobs. Graph, Load and Log are required; zero values of the rest are defaults.
type Options struct {
	Graph *graph.Graph
	// Load loads the articles and tells observe of each. It returns soon after ctx ends.
	Load func(ctx context.Context, refs iter.Seq2[read.Ref, error], observe func(loader.Event)) (loader.Summary, error)
	Log  *slog.Logger
	Now  func() time.Time

	Root  string        // the folder whose files may be loaded; "": none
	Beat  time.Duration // between two signs of life on record; default 2 s
	Lease time.Duration // after which a job without such a sign is taken over; default 30 s
}

// A Runner runs jobs. It is safe for concurrent use.
type Runner struct {
	options Options
	worker  string        // this process
	wake    chan struct{} // there may be a job to run

	mu        sync.Mutex
	running   graph.ID                // "" between jobs
	cancel    context.CancelCauseFunc // of the running job
	listeners map[int]func(graph.ID)
	next      int
}

// New returns a runner. It runs nothing before Run.
func New(o Options) *Runner {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Beat == 0 {
		o.Beat = 2 * time.Second
	}
	if o.Lease == 0 {
		o.Lease = 30 * time.Second
	}
	return &Runner{
		options: o, worker: rand.Text(), wake: make(chan struct{}, 1), listeners: make(map[int]func(graph.ID)),
	}
}

// Listen has fn told of the jobs that change, until stop is called. fn must return at once.
func (r *Runner) Listen(fn func(id graph.ID)) (stop func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := r.next
	r.next++
	r.listeners[id] = fn
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.listeners, id)
	}
}

// put records a job as it is now, and tells who listens.
func (r *Runner) put(ctx context.Context, j graph.Job) error {
	if err := r.options.Graph.PutJob(ctx, j); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, fn := range r.listeners {
		fn(j.ID)
	}
	return nil
}

// Add records a job, for somebody, and returns its ID. ErrInvalid says what cannot be loaded, ErrLimit that too many jobs
// wait.
func (r *Runner) Add(ctx context.Context, sources []string, by string) (graph.ID, error) {
	if len(sources) == 0 || len(sources) > MaxSources {
		return "", fmt.Errorf("%w: %d sources are given; 1 to %d are allowed", graph.ErrInvalid, len(sources), MaxSources)
	}
	for _, s := range sources {
		if _, err := r.place(s); err != nil {
			return "", err
		}
	}
	open, err := r.options.Graph.OpenJobs(ctx)
	if err != nil {
		return "", err
	}
	if len(open) >= maxOpen {
		return "", fmt.Errorf("%w: %d jobs wait already", graph.ErrLimit, len(open))
	}
	j := graph.Job{
		ID: graph.NewID(graph.KindJob, rand.Text()), State: graph.JobWaiting, Sources: sources, By: by, CreatedAt: r.options.Now(),
	}
	if err := r.put(ctx, j); err != nil {
		return "", err
	}
	r.rouse()
	return j.ID, nil
}

func (r *Runner) rouse() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// place returns where a source lies: a web address, or a file or folder in the root, which no path and no link leads out of.
func (r *Runner) place(source string) (string, error) {
	invalid := func(why string) error {
		return fmt.Errorf("%w: source %.100q %s", graph.ErrInvalid, source, why)
	}
	if len(source) > sourceBytes {
		return "", invalid("is too long")
	}
	if u, err := url.Parse(source); err == nil && u.Scheme != "" {
		if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
			return "", invalid("is neither a web address nor a file")
		}
		return source, nil
	}
	if r.options.Root == "" {
		return "", invalid("is a file, and this server loads none; give it a folder to load from")
	}
	if !filepath.IsLocal(source) {
		return "", invalid("does not lie in the folder that this server loads from")
	}
	root, err := filepath.EvalSymlinks(r.options.Root)
	if err != nil {
		return "", fmt.Errorf("the folder to load from: %w", err)
	}
	path, err := filepath.EvalSymlinks(filepath.Join(root, source))
	if err != nil {
		return "", invalid("is not there")
	}
	if rel, err := filepath.Rel(root, path); err != nil || !filepath.IsLocal(rel) {
		return "", invalid("leads out of the folder that this server loads from")
	}
	return path, nil
}

var (
	errCancelled = errors.New("cancelled")
	errStopped   = errors.New("the server was stopped; it goes on when that runs again")
)

// Cancel ends a job. One that has ended stays as it is. ErrNotFound says that there is none.
func (r *Runner) Cancel(ctx context.Context, id graph.ID) error {
	r.mu.Lock()
	if r.running == id {
		r.cancel(errCancelled)
		r.mu.Unlock()
		return nil
	}
	r.mu.Unlock()
	j, err := r.options.Graph.Job(ctx, id)
	if err != nil || j.State.Ended() {
		return err
	}
	j.State, j.EndedAt, j.Reason = graph.JobCancelled, r.options.Now(), "cancelled before it had begun here"
	return r.put(ctx, j)
}

// Run runs jobs, the earliest first, until ctx ends. It takes up what other processes began and left. A job that is under
// way when ctx ends is left on record to be taken up again.
func (r *Runner) Run(ctx context.Context) {
	for ctx.Err() == nil {
		switch j, ok, err := r.due(ctx); {
		case err != nil && ctx.Err() == nil:
			r.options.Log.LogAttrs(ctx, slog.LevelWarn, "cannot look for jobs", slog.Any("error", err))
			r.rest(ctx)
		case ok:
			r.run(ctx, j)
		default:
			r.rest(ctx)
		}
	}
}

// rest waits for a new job, or for others' leases to end.
func (r *Runner) rest(ctx context.Context) {
	timer := time.NewTimer(r.options.Lease / 3)
	defer timer.Stop()
	select {
	case <-r.wake:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// due returns the next job to run: one that waits, or whose process has not been heard of for too long.
func (r *Runner) due(ctx context.Context) (graph.Job, bool, error) {
	open, err := r.options.Graph.OpenJobs(ctx)
	if err != nil {
		return graph.Job{}, false, err
	}
	i := slices.IndexFunc(open, func(j graph.Job) bool {
		return j.State == graph.JobWaiting || r.options.Now().Sub(j.AliveAt).Abs() > r.options.Lease
	})
	if i < 0 {
		return graph.Job{}, false, nil
	}
	return open[i], true, nil
}

// run runs one job and records what comes of it.
func (r *Runner) run(ctx context.Context, j graph.Job) {
	j.State, j.Worker, j.StartedAt, j.AliveAt = graph.JobRunning, r.worker, r.options.Now(), r.options.Now()
	j.Loaded, j.Replaced, j.Unchanged, j.Failed, j.Failures, j.Reason = 0, 0, 0, 0, nil, ""
	j.Attempts++
	if j.Attempts > maxAttempts {
		j.Attempts--
		r.end(ctx, j, graph.JobFailed, "its process ended again and again while it ran")
		return
	}
	work, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r.mu.Lock()
	r.running, r.cancel = j.ID, cancel
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.running, r.cancel = "", nil
	}()
	if err := r.put(ctx, j); err != nil {
		r.options.Log.LogAttrs(ctx, slog.LevelWarn, "cannot begin a job", slog.String("job", string(j.ID)), slog.Any("error", err))
		r.rest(ctx)
		return
	}
	p := &progress{job: j}
	var beating sync.WaitGroup
	beat, still := context.WithCancel(context.WithoutCancel(ctx))
	beating.Go(func() { r.beat(beat, p, cancel) })
	_, err := r.options.Load(work, r.refs(j.Sources), p.observe)
	still()
	beating.Wait()
	done := p.now()
	switch cause := context.Cause(work); {
	case errors.Is(cause, errCancelled):
		r.end(ctx, done, graph.JobCancelled, "cancelled")
	case ctx.Err() != nil:
		done.State, done.Reason = graph.JobWaiting, errStopped.Error()
		done.Attempts-- // it did not end by its own fault
		r.record(ctx, done)
	case err != nil:
		r.options.Log.LogAttrs(ctx, slog.LevelError, "a job failed", slog.String("job", string(j.ID)), slog.Any("error", err))
		r.end(ctx, done, graph.JobFailed, reasonOf(err))
	default:
		r.end(ctx, done, graph.JobDone, "")
	}
}

// reasonOf says what clients may know of why a load stopped. The rest is in the log.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, graph.ErrUnavailable), errors.Is(err, graph.ErrClosed):
		return "the store could not be reached"
	case errors.Is(err, graph.ErrDenied):
		return "the store refused to be written to"
	}
	return "internal error"
}

func (r *Runner) end(ctx context.Context, j graph.Job, state graph.JobState, reason string) {
	j.State, j.Reason, j.EndedAt = state, reason, r.options.Now()
	r.record(ctx, j)
}

// record writes a job's last state, whether or not the runner is being stopped.
func (r *Runner) record(ctx context.Context, j graph.Job) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.options.Lease)
	defer cancel()
	if err := r.put(ctx, j); err != nil {
		r.options.Log.LogAttrs(ctx, slog.LevelError, "cannot record what came of a job", slog.String("job", string(j.ID)), slog.Any("error", err))
	}
}

// beat records signs of life and progress until ctx ends, and stops the job if somebody else ended or took it.
func (r *Runner) beat(ctx context.Context, p *progress, cancel context.CancelCauseFunc) {
	ticker := time.NewTicker(r.options.Beat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		j := p.now()
		have, err := r.options.Graph.Job(ctx, j.ID)
		if err == nil && (have.State != graph.JobRunning || have.Worker != r.worker) {
			cancel(errCancelled)
			return
		}
		j.AliveAt = r.options.Now()
		if err == nil {
			err = r.put(ctx, j)
		}
		if err != nil && ctx.Err() == nil {
			r.options.Log.LogAttrs(ctx, slog.LevelWarn, "cannot record a job's progress", slog.String("job", string(j.ID)), slog.Any("error", err))
		}
	}
}

// refs lists the articles of the sources. What is not there any more comes as an error.
func (r *Runner) refs(sources []string) iter.Seq2[read.Ref, error] {
	return func(yield func(read.Ref, error) bool) {
		for _, s := range sources {
			path, err := r.place(s)
			if err != nil {
				if !yield(read.Ref(s), err) {
					return
				}
				continue
			}
			for ref, err := range read.Refs(path) {
				if !yield(ref, err) {
					return
				}
			}
		}
	}
}

// A progress counts what comes of a job's documents.
type progress struct {
	mu  sync.Mutex
	job graph.Job
}

func (p *progress) now() graph.Job {
	p.mu.Lock()
	defer p.mu.Unlock()
	j := p.job
	j.Failures = slices.Clone(j.Failures)
	return j
}

func (p *progress) observe(e loader.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e.Outcome {
	case loader.Loaded:
		p.job.Loaded++
	case loader.Replaced:
		p.job.Replaced++
	case loader.Unchanged:
		p.job.Unchanged++
	case loader.Failed:
		p.job.Failed++
		if len(p.job.Failures) < maxFailures {
			p.job.Failures = append(p.job.Failures, e.Err.Error())
		}
	}
}
