package graph

import (
	"context"
	"fmt"
	"time"
)

// A Job is what somebody asked to be loaded, and what came of it.
type Job struct {
	ID                                  ID
	State                               JobState
	Sources                             []string
	By                                  string
	CreatedAt, StartedAt, EndedAt       time.Time
	Loaded, Replaced, Unchanged, Failed int
	Failures                            []string
	Reason                              string
	Attempts                            int
	Worker                              string
	AliveAt                             time.Time
	Judgement                           ID
}

// Node returns the job as stores keep it.
func (j Job) Node() Node {
	what := j.Sources[0]
	if n := len(j.Sources); n > 1 {
		what = fmt.Sprintf("%s and %d more", what, n-1)
	}
	verb := "Load "
	if j.Judgement != "" {
		verb = "Retract "
	}
	props := Props{}.set("caption", caption(verb+what)).set("state", string(j.State)).set("sources", j.Sources).
		set("by", j.By).set("createdAt", j.CreatedAt).set("startedAt", j.StartedAt).set("endedAt", j.EndedAt).
		set("loaded", j.Loaded).set("replaced", j.Replaced).set("unchanged", j.Unchanged).set("failed", j.Failed).
		set("failures", j.Failures).set("reason", j.Reason).set("attempts", j.Attempts).set("worker", j.Worker).
		set("aliveAt", j.AliveAt).set("judgement", string(j.Judgement))
	return Node{ID: j.ID, Kind: KindJob, Props: props}
}

// PutJob records the job as it is now.
func (g *Graph) PutJob(ctx context.Context, j Job) error {
	if len(j.Sources) == 0 {
		return invalid("a job needs something to load")
	}
	return g.Put(ctx, Batch{Owner: j.ID, Nodes: []Node{j.Node()}})
}

// Job returns a job as it is on record. ErrNotFound says that there is none.
func (g *Graph) Job(ctx context.Context, id ID) (Job, error) {
	rows, err := g.Select(ctx, Select{IDs: []ID{id}, Level: jobLevel()})
	if err != nil {
		return Job{}, err
	}
	if len(rows.Rows) == 0 {
		return Job{}, fmt.Errorf("%w: job %s", ErrNotFound, id)
	}
	return readJob(rows.Rows[0]), nil
}

// OpenJobs returns the jobs that have not ended, the earliest first, at most MaxFirst.
func (g *Graph) OpenJobs(ctx context.Context) ([]Job, error) {
	l := jobLevel()
	l.First, l.Order = MaxFirst, []Order{{Prop: "createdAt"}}
	l.Where = Where{Prop: "state", Op: In, Value: []any{string(JobWaiting), string(JobRunning)}}
	rows, err := g.Select(ctx, Select{Level: l})
	if err != nil {
		return nil, err
	}
	var list []Job
	for _, row := range rows.Rows {
		list = append(list, readJob(row))
	}
	return list, nil
}

func jobLevel() Level {
	return Level{Kinds: kindsOf(KindJob), Props: names(KindJob.Info().Props)}
}

func readJob(row Row) Job {
	p := zip(names(KindJob.Info().Props), row.Props)
	text := func(name string) string { v, _ := p[name].(string); return v }
	at := func(name string) time.Time { v, _ := p[name].(time.Time); return v }
	n := func(name string) int { v, _ := p[name].(int64); return int(v) }
	list := func(name string) []string { v, _ := p[name].([]string); return v }
	return Job{
		ID: row.ID, State: JobState(text("state")), Sources: list("sources"), By: text("by"), CreatedAt: at("createdAt"),
		StartedAt: at("startedAt"), EndedAt: at("endedAt"), Loaded: n("loaded"), Replaced: n("replaced"),
		Unchanged: n("unchanged"), Failed: n("failed"), Failures: list("failures"), Reason: text("reason"),
		Attempts: n("attempts"), Worker: text("worker"), AliveAt: at("aliveAt"), Judgement: ID(text("judgement")),
	}
}
