package graphtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// A mutant is an Oracle that breaks one promise: the functions that are set stand in for its methods.
type mutant struct {
	*Oracle
	put           func(ctx context.Context, o *Oracle, batches []graph.Batch) error
	remove        func(ctx context.Context, o *Oracle, owners []graph.ID) error
	choose        func(ctx context.Context, o *Oracle, s graph.Select) (graph.Rows, error)
	count         func([]graph.Bucket) []graph.Bucket
	paths         func([]graph.Subgraph) []graph.Subgraph
	neighbourhood func(graph.Subgraph) graph.Subgraph
	nearest       func([]graph.Near) []graph.Near
	shut          func(ctx context.Context, o *Oracle) error
}

func (m *mutant) Put(ctx context.Context, batches []graph.Batch) error {
	if m.put == nil {
		return m.Oracle.Put(ctx, batches)
	}
	return m.put(ctx, m.Oracle, batches)
}

func (m *mutant) Delete(ctx context.Context, owners []graph.ID) error {
	if m.remove == nil {
		return m.Oracle.Delete(ctx, owners)
	}
	return m.remove(ctx, m.Oracle, owners)
}

func (m *mutant) Select(ctx context.Context, s graph.Select) (graph.Rows, error) {
	if m.choose == nil {
		return m.Oracle.Select(ctx, s)
	}
	return m.choose(ctx, m.Oracle, s)
}

func (m *mutant) Count(
	ctx context.Context, kind graph.NodeKind, where graph.Filter, by []graph.Facet, most int,
) ([]graph.Bucket, error) {
	buckets, err := m.Oracle.Count(ctx, kind, where, by, most)
	if m.count != nil {
		buckets = m.count(buckets)
	}
	return buckets, err
}

func (m *mutant) Paths(ctx context.Context, from, to graph.ID, o graph.PathOptions) ([]graph.Subgraph, error) {
	paths, err := m.Oracle.Paths(ctx, from, to, o)
	if m.paths != nil {
		paths = m.paths(paths)
	}
	return paths, err
}

func (m *mutant) Neighbourhood(
	ctx context.Context, seeds []graph.ID, o graph.NeighbourhoodOptions,
) (graph.Subgraph, error) {
	sub, err := m.Oracle.Neighbourhood(ctx, seeds, o)
	if m.neighbourhood != nil {
		sub = m.neighbourhood(sub)
	}
	return sub, err
}

func (m *mutant) Nearest(ctx context.Context, vectors []graph.Vector, o graph.NearestOptions) ([][]graph.Near, error) {
	near, err := m.Oracle.Nearest(ctx, vectors, o)
	for i := range near {
		if m.nearest != nil {
			near[i] = m.nearest(near[i])
		}
	}
	return near, err
}

func (m *mutant) Close(ctx context.Context) error {
	if m.shut == nil {
		return m.Oracle.Close(ctx)
	}
	return m.shut(ctx, m.Oracle)
}

// filtered answers requests whose filters are changed on the way.
func filtered(change func(graph.Filter) graph.Filter) func(context.Context, *Oracle, graph.Select) (graph.Rows, error) {
	var everywhere func(f graph.Filter) graph.Filter
	everywhere = func(f graph.Filter) graph.Filter {
		switch part := f.(type) {
		case graph.And:
			list := graph.And{}
			for _, p := range part {
				list = append(list, everywhere(p))
			}
			f = list
		case graph.Or:
			list := graph.Or{}
			for _, p := range part {
				list = append(list, everywhere(p))
			}
			f = list
		case graph.Not:
			f = graph.Not{Filter: everywhere(part.Filter)}
		case graph.Has:
			part.Where = everywhere(part.Where)
			f = part
		}
		return change(f)
	}
	return func(ctx context.Context, o *Oracle, s graph.Select) (graph.Rows, error) {
		s.Where = everywhere(s.Where)
		return o.Select(ctx, s)
	}
}

// levels answers requests whose levels are changed on the way.
func levels(change func(*graph.Level)) func(context.Context, *Oracle, graph.Select) (graph.Rows, error) {
	var everywhere func(l graph.Level) graph.Level
	everywhere = func(l graph.Level) graph.Level {
		change(&l)
		l.Follow = slices.Clone(l.Follow)
		for i := range l.Follow {
			l.Follow[i].Level = everywhere(l.Follow[i].Level)
		}
		return l
	}
	return func(ctx context.Context, o *Oracle, s graph.Select) (graph.Rows, error) {
		s.Level = everywhere(s.Level)
		return o.Select(ctx, s)
	}
}

// answered changes every level of the answer.
func answered(change func(*graph.Rows)) func(context.Context, *Oracle, graph.Select) (graph.Rows, error) {
	var everywhere func(rows *graph.Rows)
	everywhere = func(rows *graph.Rows) {
		for i := range rows.Rows {
			for j := range rows.Rows[i].Follow {
				everywhere(&rows.Rows[i].Follow[j])
			}
		}
		change(rows)
	}
	return func(ctx context.Context, o *Oracle, s graph.Select) (graph.Rows, error) {
		rows, err := o.Select(ctx, s)
		everywhere(&rows)
		return rows, err
	}
}

// mutants break a promise each; the name begins with the subject whose checks must notice.
func mutants() map[string]mutant {
	return map[string]mutant{
		"Put/keeps what the owner contributed before": {put: func(ctx context.Context, o *Oracle, batches []graph.Batch) error {
			for i, b := range batches {
				batches[i].Edges = append(slices.Clone(b.Edges), o.batches[b.Owner].Edges...)
			}
			return o.Put(ctx, batches)
		}},
		"Put/forgets the last of several batches": {put: func(ctx context.Context, o *Oracle, batches []graph.Batch) error {
			return o.Put(ctx, batches[:max(1, len(batches)-1)])
		}},
		"Delete/ignores what is not there": {remove: func(ctx context.Context, o *Oracle, owners []graph.ID) error {
			if err := o.Delete(ctx, owners); !errors.Is(err, graph.ErrNotFound) {
				return err
			}
			return nil
		}},
		"Delete/removes what it can": {remove: func(ctx context.Context, o *Oracle, owners []graph.ID) error {
			var failed error
			for _, id := range owners {
				failed = errors.Join(failed, o.Delete(ctx, []graph.ID{id}))
			}
			return failed
		}},
		"Merge/the last word counts": {put: func(ctx context.Context, o *Oracle, batches []graph.Batch) error {
			said := make(map[graph.ID]graph.Props)
			for _, b := range batches {
				for _, n := range b.Nodes {
					said[n.ID] = n.Props
				}
			}
			for _, b := range o.batches {
				for i, n := range b.Nodes {
					if last, ok := said[n.ID]; ok {
						b.Nodes[i].Props = cloneProps(last)
					}
				}
			}
			return o.Put(ctx, batches)
		}},
		"Dangling/forgets edges whose end is not there": {put: func(ctx context.Context, o *Oracle, batches []graph.Batch) error {
			there := make(map[graph.ID]bool)
			for _, b := range batches {
				for _, n := range b.Nodes {
					there[n.ID] = true
				}
			}
			o.mu.Lock()
			for id := range mergeNodes(o.batches) {
				there[id] = true
			}
			o.mu.Unlock()
			for i, b := range batches {
				batches[i].Edges = slices.DeleteFunc(slices.Clone(b.Edges), func(e graph.Edge) bool { return !there[e.To] })
			}
			return o.Put(ctx, batches)
		}},
		"Link/belongs to whom it came with": {remove: func(ctx context.Context, o *Oracle, owners []graph.ID) error {
			for _, id := range owners {
				for _, e := range o.batches[id].Links {
					delete(o.links, e.ID())
				}
			}
			return o.Delete(ctx, owners)
		}},
		"Link/outlives replacement": {put: func(ctx context.Context, o *Oracle, batches []graph.Batch) error {
			before := maps.Clone(o.links)
			err := o.Put(ctx, batches)
			maps.Copy(o.links, before)
			o.settle()
			return err
		}},
		"Shortcut/counts edges, not claims": {choose: answered(func(rows *graph.Rows) {
			for _, r := range rows.Rows {
				if n, ok := at(r.Edge, 1).(int64); ok {
					r.Edge[1] = n + 1
				}
			}
		})},
		"Value/ends texts at NUL": {neighbourhood: changed(func(v any) any {
			text, ok := v.(string)
			if !ok {
				return v
			}
			before, _, _ := strings.Cut(text, "\x00")
			return before
		})},
		"Value/cuts times to the second": {neighbourhood: changed(func(v any) any {
			if t, ok := v.(time.Time); ok {
				return t.Truncate(time.Second)
			}
			return v
		})},
		"Value/keeps times in another zone": {neighbourhood: changed(func(v any) any {
			if t, ok := v.(time.Time); ok {
				return t.In(time.FixedZone("Herat", 4*3600+1800))
			}
			return v
		})},
		"Value/counts in floats": {neighbourhood: changed(func(v any) any {
			if n, ok := v.(int64); ok {
				return int64(float64(n))
			}
			return v
		})},
		"Select/IDs in the order of IDs": {choose: func(ctx context.Context, o *Oracle, s graph.Select) (graph.Rows, error) {
			if s.IDs != nil {
				s.IDs = sortedSet(s.IDs)
			}
			return o.Select(ctx, s)
		}},
		"Select/goes onward a step too far": {choose: func(ctx context.Context, o *Oracle, s graph.Select) (graph.Rows, error) {
			if s.Onward != nil {
				further := *s.Onward
				further.Steps++
				s.Onward = &further
			}
			return o.Select(ctx, s)
		}},
		"Select/goes onward over what does not match": {choose: func(ctx context.Context, o *Oracle, s graph.Select) (graph.Rows, error) {
			if s.Onward != nil {
				further := *s.Onward
				further.Where, s.Onward = nil, &further
			}
			return o.Select(ctx, s)
		}},
		"Filter/Not lets no absent property through": {choose: filtered(func(f graph.Filter) graph.Filter {
			if not, ok := f.(graph.Not); ok {
				if w, ok := not.Filter.(graph.Where); ok && w.Op != graph.Exists {
					return graph.And{f, graph.Where{Prop: w.Prop, Op: graph.Exists}}
				}
			}
			return f
		})},
		"Filter/Prefix ignores case": {choose: filtered(func(f graph.Filter) graph.Filter {
			if w, ok := f.(graph.Where); ok && w.Op == graph.Prefix {
				text, _ := w.Value.(string)
				lower, upper := w, w
				lower.Value, upper.Value = strings.ToLower(text), strings.ToUpper(text)
				return graph.Or{w, lower, upper}
			}
			return f
		})},
		"Filter/Lt is Le": {choose: filtered(func(f graph.Filter) graph.Filter {
			if w, ok := f.(graph.Where); ok && w.Op == graph.Lt {
				w.Op = graph.Le
				return w
			}
			return f
		})},
		"Has/ignores Via": {choose: filtered(func(f graph.Filter) graph.Filter {
			if h, ok := f.(graph.Has); ok {
				h.Via = nil
				return h
			}
			return f
		})},
		"Has/ignores direction": {choose: filtered(func(f graph.Filter) graph.Filter {
			if h, ok := f.(graph.Has); ok {
				back := h
				back.Reverse = !h.Reverse
				return graph.Or{h, back}
			}
			return f
		})},
		"Follow/ignores Via": {choose: levels(func(l *graph.Level) {
			l.Follow = slices.Clone(l.Follow)
			for i := range l.Follow {
				l.Follow[i].Via = nil
			}
		})},
		"Follow/drops rows without neighbours": {choose: answered(func(rows *graph.Rows) {
			rows.Rows = slices.DeleteFunc(rows.Rows, func(r graph.Row) bool {
				return len(r.Follow) > 0 && len(r.Follow[0].Rows) == 0
			})
		})},
		"Follow/makes parallel edges one": {choose: answered(func(rows *graph.Rows) {
			rows.Rows = slices.CompactFunc(rows.Rows, func(a, b graph.Row) bool { return a.ID == b.ID && len(a.Edge) > 0 })
		})},
		"Order/ignores the second property": {choose: levels(func(l *graph.Level) {
			l.Order = l.Order[:min(1, len(l.Order))]
		})},
		"Order/ignores falling": {choose: levels(func(l *graph.Level) {
			l.Order = slices.Clone(l.Order)
			for i := range l.Order {
				l.Order[i].Desc = false
			}
		})},
		"Page/does not say that there is more": {choose: answered(func(rows *graph.Rows) { rows.More = false })},
		"Page/always says that there is more":  {choose: answered(func(rows *graph.Rows) { rows.More = len(rows.Rows) > 0 })},
		"Page/goes on by offset": {choose: func(ctx context.Context, o *Oracle, s graph.Select) (graph.Rows, error) {
			rows, err := o.Select(ctx, s)
			if s.After != nil && len(rows.Rows) > 1 {
				rows.Rows = rows.Rows[1:]
			}
			return rows, err
		}},
		"Search/finds any of the words": {choose: filtered(func(f graph.Filter) graph.Filter {
			m, ok := f.(graph.Match)
			if !ok {
				return f
			}
			anyWord := graph.Or{}
			for _, w := range graph.SearchTerms(m.Text) {
				anyWord = append(anyWord, graph.Match{Text: w})
			}
			return anyWord
		})},
		"Search/stumbles over syntax": {choose: func(ctx context.Context, o *Oracle, s graph.Select) (graph.Rows, error) {
			if m, ok := s.Where.(graph.Match); ok && strings.Contains(m.Text, `"`) {
				return graph.Rows{}, errors.New("syntax error")
			}
			return o.Select(ctx, s)
		}},
		"Count/in no order": {count: func(list []graph.Bucket) []graph.Bucket { slices.Reverse(list); return list }},
		"Count/without groups for what is absent": {count: func(list []graph.Bucket) []graph.Bucket {
			return slices.DeleteFunc(list, func(b graph.Bucket) bool { return slices.Contains(b.Key, nil) })
		}},
		"Meaning/leaves the nearest out": {nearest: func(list []graph.Near) []graph.Near { return list[min(1, len(list)):] }},
		"Meaning/the farthest first": {nearest: func(list []graph.Near) []graph.Near {
			slices.Reverse(list)
			return list
		}},
		"Meaning/outlives its claim": {remove: func(ctx context.Context, o *Oracle, owners []graph.ID) error {
			before := maps.Clone(o.means)
			err := o.Delete(ctx, owners)
			o.means = before
			return err
		}},
		"Paths/only one": {paths: func(list []graph.Subgraph) []graph.Subgraph { return list[:min(1, len(list))] }},
		"Paths/not from a node to itself": {paths: func(list []graph.Subgraph) []graph.Subgraph {
			return slices.DeleteFunc(list, func(p graph.Subgraph) bool { return len(p.Edges) == 0 })
		}},
		"Neighbourhood/does not say that it was cut": {neighbourhood: func(g graph.Subgraph) graph.Subgraph {
			g.Truncated, g.Omitted = false, 0
			return g
		}},
		"Neighbourhood/loses loops": {neighbourhood: func(g graph.Subgraph) graph.Subgraph {
			g.Edges = slices.DeleteFunc(g.Edges, func(e graph.Edge) bool { return e.From == e.To })
			return g
		}},
		"Concurrency/puts batch by batch": {put: func(ctx context.Context, o *Oracle, batches []graph.Batch) error {
			for _, b := range batches {
				if err := o.Put(ctx, []graph.Batch{b}); err != nil {
					return err
				}
				runtime.Gosched()
			}
			return nil
		}},
		"Context/ignores it": {put: func(ctx context.Context, o *Oracle, batches []graph.Batch) error {
			return o.Put(context.WithoutCancel(ctx), batches)
		}},
		"Close/only once": {shut: func(ctx context.Context, o *Oracle) error {
			if o.closed {
				return graph.ErrClosed
			}
			return o.Close(ctx)
		}},
		"Close/goes on answering": {shut: func(context.Context, *Oracle) error { return nil }},
	}
}

// changed changes every value of the answer.
func changed(change func(any) any) func(graph.Subgraph) graph.Subgraph {
	return func(g graph.Subgraph) graph.Subgraph {
		for _, n := range g.Nodes {
			for name, v := range n.Props {
				n.Props[name] = change(v)
			}
		}
		return g
	}
}

// at is the value at that place, nil behind the end.
func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// A recorder is a test that notes that it failed, and fails nothing.
type recorder struct {
	testing.TB
	mu       sync.Mutex
	messages []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.messages = append(r.messages, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

// failures runs a check on a store and returns what it reports.
func failures(t *testing.T, c check, store graph.Store) []string {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.run(newSubject(r, store))
	}()
	<-done
	return r.messages
}

// TestSuiteNoticesNothing holds the ground of TestSuiteNotices: a mutant without a mutation passes.
func TestSuiteNoticesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range checks() {
		if c.needs != nil && !c.needs(&Options{}) || strings.HasPrefix(c.name, "Random/") {
			continue
		}
		if got := failures(t, c, &mutant{Oracle: NewOracle()}); len(got) > 0 {
			t.Errorf("%s: %s", c.name, strings.Join(got, "\n"))
		}
	}
}

// TestSuiteNotices holds the suite to its purpose: for each broken promise one of the checks about it fails.
func TestSuiteNotices(t *testing.T) {
	t.Parallel()
	for name, broken := range mutants() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			subject, _, _ := strings.Cut(name, "/")
			for _, c := range checks() {
				if about, _, _ := strings.Cut(c.name, "/"); about != subject || c.needs != nil && !c.needs(&Options{}) {
					continue
				}
				store := broken
				store.Oracle = NewOracle()
				if len(failures(t, c, &store)) > 0 {
					return
				}
			}
			t.Errorf("no check of %s fails", subject)
		})
	}
}
