package extraction_test

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/wordpiece"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
	"github.com/claimgraph/claimgraph/loader/extraction"
	"github.com/claimgraph/claimgraph/loader/read"
)

// BenchmarkExtract reads the examples as `claimgraph extract` does, from files to JSON: by the rules, and by the tagger
// with every kernel that this processor has, on one and on two cores. Rates are by the clock; those a CPU second are what
// a core does that nobody else uses.
func BenchmarkExtract(b *testing.B) {
	files, err := filepath.Glob("../../examples/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatalf("no examples: %v", err)
	}
	b.Run("fast", func(b *testing.B) {
		benchmarkExtract(b, files, func(int) (attributions.Tagger, error) { return attributions.Rules{}, nil })
	})
	for _, k := range kernel.All() {
		few := files
		if k.Name() == "portable" {
			few = files[:1]
		}
		b.Run(k.Name(), func(b *testing.B) {
			benchmarkExtract(b, few, func(workers int) (attributions.Tagger, error) {
				return tagger.New(&encoder.Options{Kernel: k, Workers: workers})
			})
		})
	}
}

func benchmarkExtract(b *testing.B, files []string, newTagger func(workers int) (attributions.Tagger, error)) {
	b.Helper()
	words, pieces := sizes(b, files)
	for _, cores := range []int{1, 2} {
		b.Run(fmt.Sprintf("%d core", cores), func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
			model, err := newTagger(cores)
			if err != nil {
				b.Fatal(err)
			}
			analyser, err := analyse.New(model)
			if err != nil {
				b.Fatal(err)
			}
			out := json.NewEncoder(io.Discard)
			before := cpuSeconds(b)
			for b.Loop() {
				for a := range loader.Analyses(b.Context(), read.Refs(files...), read.NewReader(nil), analyser, cores) {
					if a.Err != nil {
						b.Fatal(a.Err)
					}
					if err := out.Encode(extraction.Of(a.Document, a.Analysis)); err != nil {
						b.Fatal(err)
					}
				}
			}
			used, n := cpuSeconds(b)-before, float64(b.N)
			b.ReportMetric(n*float64(pieces)/b.Elapsed().Seconds(), "pieces/s")
			b.ReportMetric(n*float64(words)/b.Elapsed().Seconds(), "words/s")
			b.ReportMetric(n*float64(len(files))/b.Elapsed().Seconds(), "articles/s")
			b.ReportMetric(n*float64(words)/used, "words/cpu-s")
		})
	}
}

// sizes counts the words of the articles' texts, and their word pieces.
func sizes(b *testing.B, files []string) (words, pieces int) {
	b.Helper()
	model, err := tagger.Model()
	if err != nil {
		b.Fatal(err)
	}
	for _, file := range files {
		doc, err := read.NewReader(nil).File(file)
		if err != nil {
			b.Fatal(err)
		}
		var t wordpiece.Tokens
		model.Tokeniser().Append(&t, doc.Text)
		words += len(strings.Fields(doc.Text))
		pieces += len(t.Pieces)
	}
	return words, pieces
}

// cpuSeconds returns the time of all processors that the process has used.
func cpuSeconds(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
