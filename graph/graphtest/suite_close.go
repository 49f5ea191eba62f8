package graphtest

import (
	"errors"
	"fmt"
	"sync"

	"github.com/claimgraph/claimgraph/graph"
)

var closeChecks = []check{
	{name: "Close/twice is once, and later calls fail", run: closeTwice},
	{name: "Close/waits for running calls", run: closeWaits},
	{name: "Close/then open keeps everything", run: closeReopen, needs: canReopen},
	{name: "Close/in the middle of writing loses nothing that was reported as stored", run: closeMidWrite, needs: canReopen},
}

func canReopen(o *Options) bool { return o.Reopen != nil }

func (s *subject) close() {
	s.Helper()
	if err := s.store.Close(s.Context()); err != nil {
		s.Fatalf("Close: %v", err)
	}
}

func closeTwice(s *subject) {
	s.put(sample)
	s.close()
	s.close()
	for _, c := range calls(s.draw("late Document")) {
		s.sameErr(c.name+" after Close", c.make(s.Context(), s.store), graph.ErrClosed)
	}
}

func closeWaits(s *subject) { s.writeUntilClosed() }

// writeUntilClosed closes the store while several goroutines write, and returns the batches that were stored.
func (s *subject) writeUntilClosed() []graph.Batch {
	s.Helper()
	var mu sync.Mutex
	var stored []graph.Batch
	var started, wg sync.WaitGroup
	for w := range writers {
		started.Add(1)
		wg.Go(func() {
			for round := 0; ; round++ {
				batches := s.editions(w, round%26, round)
				err := s.store.Put(s.Context(), batches)
				if round == 0 {
					started.Done()
				}
				if err != nil {
					if !errors.Is(err, graph.ErrClosed) {
						s.Errorf("Put beside Close: got error %v, want none or %v", err, graph.ErrClosed)
					}
					return
				}
				mu.Lock()
				stored = append(stored, batches...)
				mu.Unlock()
			}
		})
	}
	started.Wait()
	s.close()
	wg.Wait()
	return stored
}

func closeReopen(s *subject) {
	s.put(sample)
	s.delete("paper")
	s.put("extra Document\nextra -PUBLISHED_BY-> lost")
	for i := range 2 {
		s.close()
		s.store = s.reopen()
		s.agrees(fmt.Sprint("opened again, ", i))
	}
	s.put("found Document\nlost Actor")
	s.delete("echo")
	s.agrees("after changes")
}

func closeMidWrite(s *subject) {
	stored := s.writeUntilClosed()
	s.store = s.reopen()
	for _, b := range stored {
		s.expect([]graph.Batch{b}) // The writers' documents differ, so the last of each is the one that is stored.
	}
	s.agrees("opened again")
}
