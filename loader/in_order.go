package loader

import (
	"iter"
	"sync"
)

// inOrder applies fn to the items, up to workers at once, and yields the results in the items' order. At most
// workers results are held. Its goroutines have ended when the iteration has.
func inOrder[In, Out any](workers int, items iter.Seq[In], fn func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		slots := make(chan chan Out, max(workers-1, 0)) // and one that yield waits for
		stop := make(chan struct{})
		var running sync.WaitGroup
		defer running.Wait()
		defer close(stop)
		running.Go(func() {
			defer close(slots)
			for item := range items {
				slot := make(chan Out, 1)
				select {
				case slots <- slot:
				case <-stop:
					return
				}
				running.Go(func() { slot <- fn(item) })
			}
		})
		for slot := range slots {
			if !yield(<-slot) {
				return
			}
		}
	}
}
