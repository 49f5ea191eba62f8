package server

import (
	"context"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// A cache keeps what was used last, by document or hash, within a number of entries and a number of bytes of keys and
// of those values that are text. It implements graphql.Cache.
type cache[T any] struct {
	mu      sync.Mutex
	entries *simplelru.LRU[string, T] // guarded by mu
	bytes   int                       // guarded by mu
	most    int
}

func newCache[T any](entries, bytes int) *cache[T] {
	c := &cache[T]{most: bytes}
	c.entries, _ = simplelru.NewLRU(entries, func(key string, value T) { c.bytes -= weight(key, value) })
	return c
}

func weight(key string, value any) int {
	text, _ := value.(string)
	return len(key) + len(text)
}

// Get implements graphql.Cache.
func (c *cache[T]) Get(_ context.Context, key string) (T, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries.Get(key)
}

// Add implements graphql.Cache. What alone is beyond the bound is not kept.
func (c *cache[T]) Add(_ context.Context, key string, value T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := weight(key, value)
	if w > c.most {
		return
	}
	c.entries.Remove(key)
	c.entries.Add(key, value)
	c.bytes += w
	for c.bytes > c.most {
		c.entries.RemoveOldest()
	}
}
