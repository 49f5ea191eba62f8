package graphql

import (
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/claimgraph/claimgraph/graph/neo4jgraph/neo4jtest"
)

// A cost is what answers took.
type cost struct {
	requests int
	cpu      time.Duration // of this process
	neo4j    time.Duration // of Neo4j's
	heap     uint64        // bytes that this process allocated
	objects  uint64
	answer   int // bytes of one
}

func (c *cost) add(other cost) {
	c.requests += other.requests
	c.cpu += other.cpu
	c.neo4j += other.neo4j
	c.heap += other.heap
	c.objects += other.objects
	c.answer = other.answer
}

// each returns a total for one request.
func (c *cost) each(total float64) float64 { return total / float64(c.requests) }

// report tells the cost of a request; name says whose it is.
func (c *cost) report(b *testing.B, name string) {
	b.ReportMetric(c.each(c.cpu.Seconds()*1e3), name+"-cpu-ms")
	b.ReportMetric(c.each(float64(c.heap)/1e3), name+"-heap-kB")
	b.ReportMetric(c.each(float64(c.objects)), name+"-allocs")
	b.ReportMetric(float64(c.answer), name+"-bytes")
}

// measure runs work, which makes so many requests and returns the length of an answer. neo4j is where the Neo4j server
// is, if there is one.
func measure(b *testing.B, neo4j string, requests int, work func() int) cost {
	b.Helper()
	var before, after runtime.MemStats
	runtime.GC() // so that neither side sweeps up what the other left
	server := neo4jTime(b, neo4j)
	runtime.ReadMemStats(&before)
	cpu := ownTime(b)
	answer := work()
	cpu = ownTime(b) - cpu
	runtime.ReadMemStats(&after)
	return cost{
		requests: requests, cpu: cpu, neo4j: neo4jTime(b, neo4j) - server,
		heap: after.TotalAlloc - before.TotalAlloc, objects: after.Mallocs - before.Mallocs, answer: answer,
	}
}

// ownTime returns the processor time that this process has used so far.
func ownTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// neo4jTime returns the processor time that a Neo4j server has used so far.
func neo4jTime(b *testing.B, uri string) time.Duration {
	b.Helper()
	if uri == "" {
		return 0
	}
	used, err := neo4jtest.ProcessorTime(b.Context(), uri)
	if err != nil {
		b.Fatal(err)
	}
	return used
}
