package neo4jwrite

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph"
	"github.com/claimgraph/claimgraph/graph/neo4jgraph/neo4jtest"
)

var server = neo4jtest.Server{Throughput: true}

func TestMain(m *testing.M) {
	code := m.Run()
	server.Stop()
	os.Exit(code)
}

// How many documents each side writes. A server that has just started spends most of its time, for the first few
// hundred documents, on planning statements and compiling itself.
const (
	warmUp   = 400
	measured = 300
)

// BenchmarkWrite lets both sides write groups of documents into one database, in turn, so that both see the same
// noise. "ratio" is the store's rate by the loop's, and "cpu-ratio" the same by the server's processor time, which
// other programs on the machine disturb less.
func BenchmarkWrite(b *testing.B) {
	for _, each := range []int{10, 50} {
		b.Run(fmt.Sprintf("%d documents a transaction", each), func(b *testing.B) {
			batches := graphtest.Documents(2*(warmUp+measured), 1)
			var loop, store cost
			for b.Loop() {
				loop, store = compare(b, slices.Collect(slices.Chunk(batches, each)))
			}
			b.ReportMetric(loop.wall/store.wall, "ratio")
			b.ReportMetric(loop.cpu/store.cpu, "cpu-ratio")
			b.ReportMetric(measured/loop.wall, "loop-documents/s")
			b.ReportMetric(measured/store.wall, "store-documents/s")
		})
	}
}

// A cost is what writing took, in seconds.
type cost struct {
	wall float64
	cpu  float64 // of the server's process
}

// compare writes the groups in turn, and says what each side's measured ones took.
func compare(b *testing.B, groups [][]graph.Batch) (loop, store cost) {
	b.Helper()
	uri := server.Empty(b)
	s, err := neo4jgraph.Open(b.Context(), uri, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close(b.Context())
	driver, err := neo4j.NewDriverWithContext(strings.TrimSuffix(uri, "/neo4j"), neo4j.NoAuth())
	if err != nil {
		b.Fatal(err)
	}
	defer driver.Close(b.Context())

	written := 0
	for i := 0; i+1 < len(groups); i += 2 {
		statements := prepare(groups[i])
		byLoop := measure(b, uri, func() error { return write(b.Context(), driver, "neo4j", statements) })
		byStore := measure(b, uri, func() error { return s.Put(b.Context(), groups[i+1]) })
		if written += len(groups[i]); written > warmUp {
			loop, store = loop.plus(byLoop), store.plus(byStore)
		}
	}
	return loop, store
}

func (c cost) plus(other cost) cost { return cost{c.wall + other.wall, c.cpu + other.cpu} }

// measure runs work and says what it took.
func measure(b *testing.B, uri string, work func() error) cost {
	b.Helper()
	cpu, began := processorTime(b, uri), time.Now()
	if err := work(); err != nil {
		b.Fatal(err)
	}
	wall := time.Since(began)
	return cost{wall: wall.Seconds(), cpu: processorTime(b, uri) - cpu}
}

// processorTime returns what the server's process has used so far, in seconds.
func processorTime(b *testing.B, uri string) float64 {
	b.Helper()
	used, err := neo4jtest.ProcessorTime(b.Context(), uri)
	if err != nil {
		b.Fatal(err)
	}
	return used.Seconds()
}
