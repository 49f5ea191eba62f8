package loader

import (
	"errors"
	"sync"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/read"
)

// ErrInterrupted means that a load was asked to stop before its end.
var ErrInterrupted = errors.New("interrupted")

// An Outcome says what came of a document.
type Outcome uint8

// The outcomes.
const (
	Loaded    Outcome = iota // it was not in the graph
	Replaced                 // it was, from another text or by another analysis
	Unchanged                // it was, just so, and was not touched
	Failed                   // Event.Err says why
)

// String returns the outcome in a word.
func (o Outcome) String() string {
	return [...]string{Loaded: "loaded", Replaced: "replaced", Unchanged: "unchanged", Failed: "failed"}[o]
}

// An Event tells what came of one document.
type Event struct {
	Outcome
	Ref   read.Ref
	Nodes int // that it brought to the graph, shared ones too
	Edges int
	Err   error
}

// maxFailures is how many failures a Summary keeps, so that its size is bounded.
const maxFailures = 100

// A Summary counts what came of a load's documents.
type Summary struct {
	Loaded, Replaced, Unchanged, Failed int

	Nodes, Edges int     // that the loaded and replaced documents brought, shared ones counted with each
	Failures     []Event // the first hundred
	Duration     time.Duration
}

// Rate returns how many documents were loaded or replaced in a second.
func (s Summary) Rate() float64 {
	if s.Duration <= 0 {
		return 0
	}
	return float64(s.Loaded+s.Replaced) / s.Duration.Seconds()
}

func (s *Summary) count(e Event) {
	switch e.Outcome {
	case Loaded:
		s.Loaded++
	case Replaced:
		s.Replaced++
	case Unchanged:
		s.Unchanged++
	case Failed:
		s.Failed++
		if len(s.Failures) < maxFailures {
			s.Failures = append(s.Failures, e)
		}
	}
	s.Nodes += e.Nodes
	s.Edges += e.Edges
}

// A job is one load under way.
type job struct {
	*Loader
	options Options
	run     graph.Run
	finder  *finder

	mu      sync.Mutex // guards what follows, and calls of Observe
	summary Summary
}

func newJob(l *Loader) *job {
	j := &job{Loader: l, options: l.withDefaults(), run: graph.Run{
		LoaderVersion: Version, ModelVersion: l.modelVersion(), StartedAt: l.Now(),
	}}
	j.finder = newFinder(j.ask, j.near)
	return j
}

// modelVersion names all that decides what a text becomes.
func (l *Loader) modelVersion() string {
	if l.Sense == nil {
		return l.Analyser.Version()
	}
	return l.Analyser.Version() + ", " + l.Sense.Version()
}

// report counts an event and tells the observer.
func (j *job) report(e Event) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.summary.count(e)
	if j.Observe != nil {
		j.Observe(e)
	}
}

func (j *job) fail(ref read.Ref, err error) { j.report(Event{Outcome: Failed, Ref: ref, Err: err}) }

func (j *job) finish() Summary {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.summary.Duration = j.Now().Sub(j.run.StartedAt)
	return j.summary
}
