package actors

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

func BenchmarkFind(b *testing.B) {
	f := setup(b)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		b.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(source)
		all.WriteByte('\n')
	}
	t := text.Parse(strings.Repeat(all.String(), 20), nil)
	words := 0
	for _, token := range t.Tokens {
		if token.Class == text.Word {
			words++
		}
	}
	for b.Loop() {
		f.Find(t, Meta{})
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkNewFinder(b *testing.B) {
	for b.Loop() {
		if _, err := NewFinder(); err != nil {
			b.Fatal(err)
		}
	}
}
