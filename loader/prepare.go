package loader

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/read"
)

// An article is a document on its way into the graph.
type article struct {
	ref   read.Ref
	doc   *read.Document
	id    graph.ID
	hash  string // of the text
	known bool   // the graph has another state of it
}

// A prepared article is ready to be stored.
type prepared struct {
	article
	batch graph.Batch
}

// A readyGroup is to be stored in one transaction.
type readyGroup struct {
	articles []prepared
	settled  chan struct{} // closed once they are in the graph, or have failed
}

func newReadyGroup(articles []prepared) readyGroup {
	return readyGroup{articles, make(chan struct{})}
}

// groups reads the articles, several at once, and yields them in groups, in the order of refs, until reading ends. No
// document is in a group twice.
func (j *job) groups(reading context.Context, refs iter.Seq2[read.Ref, error]) iter.Seq[[]article] {
	return func(yield func([]article) bool) {
		var group []article
		size := 0
		flush := func() bool {
			ok := len(group) == 0 || yield(group)
			group, size = nil, 0
			return ok
		}
		for a := range inOrder(j.options.Workers, until(reading, refs), func(l listed) readResult { return j.read(reading, l) }) {
			if a.err != nil {
				j.unread(reading, a)
				continue
			}
			same := slices.IndexFunc(group, func(b article) bool { return b.id == a.id })
			if same >= 0 && group[same].hash == a.hash {
				j.report(Event{Outcome: Unchanged, Ref: a.ref})
				continue
			}
			if same >= 0 && !flush() {
				return
			}
			group = append(group, a.article)
			size += len(a.doc.Text)
			if (len(group) >= j.options.GroupDocuments || size >= j.options.GroupBytes) && !flush() {
				return
			}
		}
		flush()
	}
}

// unread reports an article that could not be read, unless that is only because reading has ended.
func (j *job) unread(reading context.Context, a readResult) {
	if reading.Err() == nil || !errors.Is(a.err, reading.Err()) {
		j.fail(a.ref, a.err)
	}
}

// A listed reference is one as the listing gave it.
type listed struct {
	ref read.Ref
	err error
}

type readResult struct {
	article
	err error
}

// until yields the references until ctx ends.
func until(ctx context.Context, refs iter.Seq2[read.Ref, error]) iter.Seq[listed] {
	return func(yield func(listed) bool) {
		for ref, err := range refs {
			if ctx.Err() != nil || !yield(listed{ref, err}) {
				return
			}
		}
	}
}

func (j *job) read(ctx context.Context, l listed) readResult {
	a := article{ref: l.ref}
	if l.err != nil {
		return readResult{a, l.err}
	}
	doc, err := readDocument(ctx, j.Source, l.ref)
	if err != nil {
		return readResult{a, err}
	}
	if len(doc.Text) > maxText {
		return readResult{a, fmt.Errorf("read %s: %w (%d KB of text, %d are allowed)", l.ref, ErrTooLong, len(doc.Text)>>10, maxText>>10)}
	}
	d := DocumentOf(doc)
	a.doc, a.id, a.hash = doc, d.ID(), d.TextSHA256
	return readResult{a, nil}
}

// prepare passes on the groups without what the graph has already, analysed and assembled. Its error is the store's;
// then it has called stop.
func (j *job) prepare(
	ctx context.Context, groups iter.Seq[[]article], out chan<- readyGroup, stop context.CancelCauseFunc,
) error {
	var passed []readyGroup
	for group := range groups {
		passed = await(ctx, passed, group)
		changed, err := j.changed(ctx, group)
		if err != nil {
			stop(err)
			return err
		}
		var ready []prepared
		for r := range inOrder(j.options.Workers, slices.Values(changed), func(a article) assembled { return j.assemble(ctx, a) }) {
			switch {
			case r.err == nil:
				ready = append(ready, r.prepared)
			case ctx.Err() == nil: // Else the load is stopping, and nothing is wrong with the article.
				j.fail(r.ref, r.err)
			}
		}
		if len(ready) > 0 {
			next := newReadyGroup(ready)
			out <- next
			passed = append(passed, next)
		}
	}
	return nil
}

// await waits until none of the passed groups that are not settled yet has a document of the group, so that the graph can
// say what it has of them, or until ctx ends. It returns the groups that are not settled.
func await(ctx context.Context, passed []readyGroup, group []article) []readyGroup {
	return slices.DeleteFunc(passed, func(before readyGroup) bool {
		if sharesDocument(before.articles, group) {
			select {
			case <-before.settled:
			case <-ctx.Done():
			}
		}
		select {
		case <-before.settled:
			return true
		default:
			return false
		}
	})
}

func sharesDocument(before []prepared, group []article) bool {
	return slices.ContainsFunc(before, func(p prepared) bool {
		return slices.ContainsFunc(group, func(a article) bool { return a.id == p.id })
	})
}

// changed asks the graph which of the articles it has already, reports those that it has just so, and returns the
// others.
func (j *job) changed(ctx context.Context, group []article) ([]article, error) {
	request := graph.Select{Level: graph.Level{Props: []string{"textSha256", "modelVersion"}}}
	for _, a := range group {
		request.IDs = append(request.IDs, a.id)
	}
	var rows graph.Rows
	err := j.patiently(ctx, func(ctx context.Context) (err error) {
		rows, err = j.Graph.Select(ctx, request)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up what the graph has: %w", err)
	}
	have := make(map[graph.ID]graph.Row, len(rows.Rows))
	for _, row := range rows.Rows {
		have[row.ID] = row
	}
	var changed []article
	for _, a := range group {
		row, known := have[a.id]
		if known && row.Props[0] == a.hash && row.Props[1] == j.run.ModelVersion {
			j.report(Event{Outcome: Unchanged, Ref: a.ref})
			continue
		}
		a.known = known
		changed = append(changed, a)
	}
	return changed, nil
}

type assembled struct {
	prepared
	err error
}

func (j *job) assemble(ctx context.Context, a article) assembled {
	analysis, err := analyseDocument(ctx, j.Analyser, a.ref, a.doc)
	if err != nil {
		return assembled{prepared{article: a}, err}
	}
	batch, err := guarded("assemble", a.ref, func() (graph.Batch, error) {
		return Assemble(a.doc, analysis, j.run, j.Now()), nil
	})
	a.doc = nil // The batch has all of it.
	if err == nil && j.Sense != nil {
		batch.Meanings, err = meanings(ctx, j.Sense, batch)
	}
	return assembled{prepared{a, batch}, err}
}

// guarded turns a panic into an error: a fault of ours in one document must not end a load of many.
func guarded[T any](what string, ref read.Ref, fn func() (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s %s: internal error, please report it with the document: %v", what, ref, p)
		}
	}()
	return fn()
}
