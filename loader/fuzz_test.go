package loader_test

import (
	"testing"

	"github.com/claimgraph/claimgraph/loader/read"
)

// FuzzAssemble checks that whatever can be read becomes a batch that keeps the rules of the model.
func FuzzAssemble(f *testing.F) {
	for _, doc := range exampleDocuments(f) {
		f.Add(doc.Text)
	}
	f.Add("“We,” he said, “will come.” (IRNA, July 2024) That\u2028\x00 the U.S. 💥 denied.\n\n\n\"")
	f.Add("Title: \nDate: 0001-01-01\n\nx said x said x said")
	analyser := newAnalyser(f)
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := read.Parse([]byte(text), read.Hints{Path: "fuzz.txt"})
		if err != nil {
			t.Skip()
		}
		checkBatch(t, assemble(t, analyser, doc))
	})
}
