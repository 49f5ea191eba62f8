package loader_test

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/examples"
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/read"
)

var update = flag.Bool("update", false, "write the expected graphs anew; read the difference before committing it")

// now is when the tests' documents are recorded.
var now = time.Date(2025, time.March, 1, 12, 0, 0, 0, time.UTC)

func newAnalyser(tb testing.TB) *analyse.Analyser {
	tb.Helper()
	a, err := analyse.New(attributions.Rules{})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

var run = graph.Run{LoaderVersion: loader.Version, ModelVersion: "test", StartedAt: now}

// assemble analyses and assembles a document.
func assemble(tb testing.TB, analyser *analyse.Analyser, doc *read.Document) graph.Batch {
	tb.Helper()
	analysis, err := analyser.Analyse(tb.Context(), doc)
	if err != nil {
		tb.Fatal(err)
	}
	return loader.Assemble(doc, analysis, run, now)
}

// exampleDocuments returns the example articles in their order.
func exampleDocuments(tb testing.TB) []*read.Document {
	tb.Helper()
	var docs []*read.Document
	err := fs.WalkDir(examples.Articles(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(examples.Articles(), path)
		if err != nil {
			return err
		}
		doc, err := read.Parse(data, read.Hints{Path: path})
		docs = append(docs, doc)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return docs
}

// TestExamples holds the graph of each example article to the picture of it in testdata.
func TestExamples(t *testing.T) {
	t.Parallel()
	analyser := newAnalyser(t)
	for _, doc := range exampleDocuments(t) {
		t.Run(doc.Path, func(t *testing.T) {
			t.Parallel()
			batch := assemble(t, analyser, doc)
			checkBatch(t, batch)
			got := picture(batch)
			path := filepath.Join("testdata", doc.Path+".graph")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(lines(string(want)), lines(got)); diff != "" {
				t.Errorf("the graph differs from the picture (-want +got); with -update it is drawn anew:\n%s", diff)
			}
		})
	}
}

// A sink is a store that takes everything.
type sink struct{ graph.Store }

func (sink) Put(context.Context, []graph.Batch) error { return nil }

// checkBatch fails the test if the batch breaks the rules of the model.
func checkBatch(tb testing.TB, b graph.Batch) {
	tb.Helper()
	if err := graph.New(sink{}).Put(tb.Context(), b); err != nil {
		tb.Fatal(err)
	}
}
