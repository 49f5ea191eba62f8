package graphtest

import (
	"fmt"
	"sync"

	"github.com/claimgraph/claimgraph/graph"
)

var concurrencyChecks = []check{
	{name: "Concurrency/writers that share actors and claims", run: concurrentWriters},
	{name: "Concurrency/readers never see a dangling reference", run: concurrentReaders},
	{
		name: "Concurrency/readers see whole batches", run: concurrentSnapshots,
		needs: func(o *Options) bool { return !o.ReadCommitted },
	},
}

const (
	writers = 8
	rounds  = 5
)

// edition draws a document of one of several writers: each speaks of the same actors, claims and relations.
func edition(writer, document, round int) string {
	return fmt.Sprintf(`
		doc%[1]s Document title="edition %[2]d"
		doc%[1]s -PUBLISHED_BY-> ledger
		ledger   Actor kind=OUTLET
		iran     Actor kind=STATE aliases=alias%[3]d
		guard    Actor
		truce    Claim polarities=%[4]s
		peace    Claim
		aids     Relation class=STANDING type=BACKS polarities=%[4]s
		aids     -AGENT-> iran
		aids     -TARGET-> guard
		truce    -ASSERTS-> aids polarity=%[4]s
		says%[1]s Attribution cue="edition %[2]d"
		says%[1]s -SOURCE-> iran
		says%[1]s -CONTENT-> truce
		adds%[1]s Attribution cue="edition %[2]d"
		adds%[1]s -SOURCE-> guard
		adds%[1]s -CONTENT-> peace
		adds%[1]s -WITHIN-> says%[1]s`,
		string([]byte{'a' + byte(writer), 'a' + byte(document)}), round, writer, graph.Polarities[(writer+document+round)%2])
}

// concurrentWriters puts, replaces and deletes documents from several goroutines. Each has its own documents, so that
// the end is known.
func concurrentWriters(s *subject) {
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for round := range rounds {
				batches := append(s.editions(w, 0, round), s.editions(w, 1, round)...)
				if err := s.store.Put(s.Context(), batches); err != nil {
					s.Errorf("writer %d: Put: %v", w, err)
				}
				if round%2 == 1 {
					if err := s.store.Delete(s.Context(), []graph.ID{batches[1].Owner}); err != nil {
						s.Errorf("writer %d: Delete: %v", w, err)
					}
				}
			}
		})
	}
	wg.Wait()
	for w := range writers {
		s.expect(append(s.editions(w, 0, rounds-1), s.editions(w, 1, rounds-1)...))
	}
	s.agrees("after all")
	s.ask("who backs whom", backing())
}

func (s *subject) editions(writer, document, round int) []graph.Batch {
	batches, err := Parse(edition(writer, document, round))
	if err != nil {
		s.Errorf("picture: %v", err)
	}
	return batches
}

// whileWriting calls read again and again while two documents get new editions, each time in one call.
func (s *subject) whileWriting(read func() error) {
	s.Helper()
	put := func(round int) error {
		return s.store.Put(s.Context(), append(s.editions(0, 0, round), s.editions(1, 0, round)...))
	}
	if err := put(0); err != nil {
		s.Fatalf("Put: %v", err)
	}
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for {
				if err := read(); err != nil {
					s.Errorf("while writing: %v", err)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	const editions = 20
	for round := 1; round <= editions; round++ {
		if err := put(round); err != nil {
			s.Errorf("Put: %v", err)
		}
	}
	close(done)
	wg.Wait()
	s.expect(append(s.editions(0, 0, editions), s.editions(1, 0, editions)...))
	s.agrees("after all")
}

// readEditions asks for the documents with their attributions, and those with what they lead to.
func readEditions() graph.Select {
	sel := among(nil, graph.KindDocument)
	sel.Props = []string{"title"}
	source, content := along(graph.EdgeSource), along(graph.EdgeContent)
	source.Props, content.Props = []string{"caption"}, []string{"caption"}
	in := against(graph.EdgeIn, source, content)
	in.Props = []string{"cue"}
	sel.Follow = []graph.Follow{in}
	return sel
}

func concurrentReaders(s *subject) {
	s.whileWriting(func() error {
		rows, err := s.store.Select(s.Context(), readEditions())
		if err != nil {
			return err
		}
		return dangling(rows)
	})
}

// dangling reports a row that is not wholly a node. Every level of rows asks for one property that all its nodes have.
func dangling(rows graph.Rows) error {
	for _, r := range rows.Rows {
		if kind, err := r.ID.Kind(); err != nil || kind != r.Kind || r.Props[0] == nil {
			return fmt.Errorf("a row is no node: %+v", r)
		}
		for _, f := range r.Follow {
			if err := dangling(f); err != nil {
				return err
			}
		}
	}
	return nil
}

func concurrentSnapshots(s *subject) {
	s.whileWriting(func() error {
		rows, err := s.store.Select(s.Context(), readEditions())
		if err != nil {
			return err
		}
		if len(rows.Rows) != 2 {
			return fmt.Errorf("got %d documents, want 2", len(rows.Rows))
		}
		for _, doc := range rows.Rows {
			if doc.Props[0] != rows.Rows[0].Props[0] {
				return fmt.Errorf("documents that were put in one call differ: %s", sketch(rows))
			}
			if len(doc.Follow[0].Rows) != 2 {
				return fmt.Errorf("%s is not whole: %s", short(doc.ID), sketch(rows))
			}
			for _, att := range doc.Follow[0].Rows {
				if att.Props[0] != doc.Props[0] || len(att.Follow[0].Rows) != 1 || len(att.Follow[1].Rows) != 1 {
					return fmt.Errorf("%s is not as its document is: %s", short(att.ID), sketch(rows))
				}
			}
		}
		return nil
	})
}
