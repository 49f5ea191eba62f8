package resolvers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
)

// fakeJobs has one job, which changes when the test says so.
type fakeJobs struct {
	graph    *graph.Graph
	listener func(graph.ID)
	stopped  chan struct{} // tells each end of listening
}

func (f *fakeJobs) Add(context.Context, []string, string) (graph.ID, error) { return "", nil }
func (f *fakeJobs) Cancel(context.Context, graph.ID) error                  { return nil }

func (f *fakeJobs) Listen(fn func(graph.ID)) func() {
	f.listener = fn
	return func() { f.stopped <- struct{}{} }
}

// subscribe begins a subscription and returns what gives its answers one after another.
func (f *fixture) subscribe(ctx context.Context, t testing.TB, query string) func() *graphql.Response {
	t.Helper()
	ctx = graphql.StartOperationTrace(As(ctx, Person{"eve", Reader}))
	op, errs := f.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query})
	if errs != nil {
		t.Fatal(errs)
	}
	responses, ctx := f.exec.DispatchOperation(ctx, op)
	return func() *graphql.Response { return responses(ctx) }
}

func liveFixture(t testing.TB) (*fixture, *graph.Graph, *fakeJobs) {
	t.Helper()
	g := graph.New(graphtest.NewOracle())
	jobs := &fakeJobs{graph: g, stopped: make(chan struct{}, 1)}
	service := Service{Graph: g, Jobs: jobs, Now: time.Now}
	f := &fixture{exec: executor.New(service.Schema())}
	f.exec.Use(NewReads(g))
	f.exec.SetRecoverFunc(func(_ context.Context, v any) error { // else a panic looks like any other error
		t.Errorf("panic: %v", v)
		return graph.ErrCorrupt
	})
	return f, g, jobs
}

func TestJobProgress(t *testing.T) {
	t.Parallel()
	f, g, jobs := liveFixture(t)
	j := graph.Job{ID: graph.NewID(graph.KindJob, "x"), State: graph.JobWaiting, Sources: []string{"a"}, By: "mina", CreatedAt: time.Now()}
	put := func(state graph.JobState, loaded int) {
		j.State, j.Loaded = state, loaded
		if err := g.PutJob(t.Context(), j); err != nil {
			t.Fatal(err)
		}
		if jobs.listener != nil {
			jobs.listener(graph.NewID(graph.KindJob, "another"))
			jobs.listener(j.ID)
		}
	}
	put(graph.JobWaiting, 0)
	next := f.subscribe(t.Context(), t, fmt.Sprintf(`subscription{jobProgress(id:%q){job{state loaded}}}`, j.ID))
	for i, want := range []string{`"state":"WAITING","loaded":0`, `"state":"RUNNING","loaded":3`, `"state":"DONE","loaded":5`} {
		switch i {
		case 1:
			put(graph.JobRunning, 3)
		case 2:
			put(graph.JobDone, 5)
		}
		got := next()
		if got == nil || len(got.Errors) > 0 || !strings.Contains(string(got.Data), want) {
			t.Fatalf("got %+v, want %s", got, want)
		}
	}
	if got := next(); got != nil {
		t.Errorf("got %s after the end", got.Data)
	}
	<-jobs.stopped
	if got := f.subscribe(t.Context(), t, fmt.Sprintf(`subscription{jobProgress(id:%q){job{state}}}`, graph.NewID(graph.KindJob, "none")))(); got == nil || len(got.Errors) != 1 || !errors.Is(got.Errors[0], graph.ErrNotFound) {
		t.Errorf("got %+v for a job that is not there, want that it is not found", got)
	}
	<-jobs.stopped
}

func TestClaimChanged(t *testing.T) {
	t.Parallel()
	f, g, _ := liveFixture(t)
	next := f.subscribe(t.Context(), t, `subscription{claimChanged(filter:{text:"truce"}){change claimId cause{id caption} claim{text attributions{totalCount}} at}}`)
	put := func(picture string) {
		if err := g.Put(t.Context(), graphtest.Draw(t, picture)...); err != nil {
			t.Fatal(err)
		}
	}
	put("paper Document\npeace Claim text=\"peace came\"\nspoke Attribution\nspoke -CONTENT-> peace")
	put("wire Document\ntruce Claim text=\"the truce holds\"\nsays Attribution\nsays -CONTENT-> truce")
	id, err := g.Retract(t.Context(), graphtest.ID(graph.KindAttribution, "says"), graph.Word{By: "mina", At: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Undo(t.Context(), id, graph.Word{By: "mina", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	// What nobody says any more is found by its ID alone; a filter asks for what stands.
	for _, want := range []string{`"change":"TOLD"`, `"change":"RESTORED"`} {
		got := string(next().Data)
		if strings.Contains(got, "RETRACTED") {
			got = string(next().Data)
		}
		if !strings.Contains(got, want) || !strings.Contains(got, `"claim":{"text":"the truce holds","attributions":{"totalCount":1}}`) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// A client that reads nothing is told so and dropped; whoever stores does not wait for it.
func TestSlowClientIsDropped(t *testing.T) {
	t.Parallel()
	f, g, _ := liveFixture(t)
	next := f.subscribe(t.Context(), t, `subscription{claimChanged{claimId}}`)
	batches := graphtest.Draw(t, "wire Document\ntruce Claim")
	next2 := f.subscribe(t.Context(), t, `subscription{claimChanged{claimId}}`)
	for range queueLength + 10 {
		if err := g.Put(t.Context(), batches...); err != nil {
			t.Fatal(err)
		}
		if got := next2(); len(got.Errors) > 0 {
			t.Fatalf("a client that keeps up got %v", got.Errors)
		}
	}
	var last *graphql.Response
	read := 0
	for r := next(); r != nil; r = next() {
		last = r
		read++
	}
	if len(last.Errors) != 1 || last.Errors[0].Extensions["code"] != CodeSlow || read > queueLength {
		t.Errorf("got %d answers, the last %s, %v, want a refusal as too slow", read, last.Data, last.Errors)
	}
}

// Whoever goes away is not kept.
func TestSubscriptionEndsWithItsContext(t *testing.T) {
	t.Parallel()
	f, g, _ := liveFixture(t)
	ctx, cancel := context.WithCancel(t.Context())
	next := f.subscribe(ctx, t, `subscription{claimChanged{claimId}}`)
	cancel()
	if got := next(); got != nil {
		t.Errorf("got %s", got.Data)
	}
	if err := g.Put(t.Context(), graphtest.Draw(t, "wire Document\ntruce Claim")...); err != nil {
		t.Fatal(err)
	}
}

func TestSubscriptionsRefuse(t *testing.T) {
	t.Parallel()
	f, _, _ := liveFixture(t)
	long := slices.Repeat([]string{`{lang:{eq:"en"}}`}, 300)
	got := f.subscribe(t.Context(), t, `subscription{claimChanged(filter:{or:[`+strings.Join(long, ",")+`]}){claimId}}`)()
	if got == nil || len(got.Errors) != 1 {
		t.Errorf("got %+v, want a refusal of so long a filter", got)
	}
}
