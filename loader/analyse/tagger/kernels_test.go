package tagger_test

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/claimgraph/claimgraph/loader/analyse/encoder"
	"github.com/claimgraph/claimgraph/loader/analyse/encoder/kernel"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// TestKernelsGiveTheSameSpans compares what every kernel of this processor finds, to the last digit of each sign: the
// native ones on all articles; the portable one, which reads a hundred words a second, on the shortest one.
func TestKernelsGiveTheSameSpans(t *testing.T) {
	t.Parallel()
	for name, articles := range map[string]func(testing.TB) []string{"examples": examples, "corpus": corpus} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := articles(t)
			slices.SortFunc(all, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
			for i, k := range kernel.All() {
				switch {
				case i == 0:
				case k.Name() == "portable":
					compareKernels(t, kernel.Best(), k, all[:1])
				default:
					compareKernels(t, kernel.Best(), k, all)
				}
			}
		})
	}
}

// compareKernels compares what two kernels find in articles.
func compareKernels(t *testing.T, a, b *kernel.Kernel, articles []string) {
	t.Helper()
	t.Run(a.Name()+" and "+b.Name(), func(t *testing.T) {
		t.Parallel()
		var taggers [2]*tagger.Tagger
		for i, k := range []*kernel.Kernel{a, b} {
			var err error
			if taggers[i], err = tagger.New(&encoder.Options{Kernel: k}); err != nil {
				t.Fatal(err)
			}
		}
		found := 0
		for _, article := range articles {
			parsed := text.Parse(article, nil)
			want, err := taggers[0].Tag(t.Context(), parsed, nil)
			if err != nil {
				t.Fatal(err)
			}
			got, err := taggers[1].Tag(t.Context(), parsed, nil)
			if err != nil {
				t.Fatal(err)
			}
			found += len(got.Triples)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%.60q: %s and %s find differently:\n%q\n%q", article, a.Name(), b.Name(),
					render(parsed, want.Triples), render(parsed, got.Triples))
			}
		}
		t.Logf("%d articles, %d attributions", len(articles), found)
	})
}

// examples are this project's own articles, as their files have them.
func examples(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob("../../../examples/*.txt")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no examples: %v", err)
	}
	var all []string
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, string(source))
	}
	return all
}

// corpus is PolNeAR's development part.
func corpus(tb testing.TB) []string {
	tb.Helper()
	f, err := os.Open("../../../../shared/corpora/polnear/dev.jsonl.gz")
	if err != nil {
		tb.Skip("the corpus, shared/corpora beside the repository, is not there")
	}
	defer f.Close()
	lines, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	var all []string
	for decoder := json.NewDecoder(lines); ; {
		var article struct{ Text string }
		switch err := decoder.Decode(&article); {
		case errors.Is(err, io.EOF):
			return all
		case err != nil:
			tb.Fatal(err)
		}
		all = append(all, article.Text)
	}
}
