package loader

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
	"github.com/claimgraph/claimgraph/loader/link"
	"github.com/claimgraph/claimgraph/loader/read"
)

// Assemble returns all that a document brings to the graph, recorded at now by run. It is pure: the same arguments
// give the same batch, to the order of its nodes and edges.
func Assemble(doc *read.Document, analysis *analyse.Analysis, run graph.Run, now time.Time) graph.Batch {
	a := newAssembler(doc, analysis, run, now)
	a.document(run)
	a.skipped()
	a.mentions()
	a.citations()
	a.attributions()
	a.relations()
	a.matchKeys()
	return a.batch
}

// matchKeys says under what the document is found by others that may be of the same origin.
func (a *assembler) matchKeys() {
	keys := link.ReadDocument(a.batch.Owner, a.batch.Nodes, a.batch.Edges).Keys()
	for i, n := range a.batch.Nodes {
		if n.ID == a.batch.Owner && len(keys) > 0 {
			a.batch.Nodes[i].Props["matchKeys"] = keys
		}
	}
}

// An assembler assembles one batch, step by step.
type assembler struct {
	*builder
	*analyse.Analysis
	text      *text.Text
	points    *text.Points
	doc       *read.Document
	article   graph.Document
	now       time.Time
	outlet    graph.ID     // the publisher, "" if unknown
	sentences []graph.ID   // by sentence, "" where it has no passage yet
	sources   [][]graph.ID // by citation: its sources' nodes
	said      []said       // by attribution
}

func newAssembler(doc *read.Document, analysis *analyse.Analysis, run graph.Run, now time.Time) *assembler {
	article := DocumentOf(doc)
	article.RetrievedAt = now
	article.ModelVersion = run.ModelVersion
	return &assembler{
		builder: newBuilder(article.ID()), Analysis: analysis,
		text: analysis.Text, points: text.NewPoints(doc.Text),
		doc: doc, article: article, now: now,
		sentences: make([]graph.ID, len(analysis.Text.Sentences)),
	}
}

// DocumentOf returns what the graph keeps of a document as it was read.
func DocumentOf(doc *read.Document) graph.Document {
	sum := sha256.Sum256([]byte(doc.Text))
	return graph.Document{
		Title: doc.Title, URL: doc.URL, Path: doc.Path, Outlet: doc.Outlet, Author: doc.Author,
		PublishedAt: doc.PublishedAt, Precision: doc.Precision, Lang: doc.Lang,
		Text: doc.Text, TextSHA256: hex.EncodeToString(sum[:]), Hyperlinks: hyperlinks(doc),
	}
}

// hyperlinks returns the addresses that the article itself leads to.
func hyperlinks(doc *read.Document) []string {
	var list []string
	for _, l := range doc.Links {
		furniture := slices.ContainsFunc(doc.Skipped, func(s read.Skipped) bool { return s.Start <= l.Start && l.Start < s.End })
		if !furniture && l.URL != doc.URL {
			list = append(list, l.URL)
		}
	}
	return list
}

func (a *assembler) document(run graph.Run) {
	id := a.add(a.article.Node())
	a.join(graph.EdgeGeneratedBy, id, a.add(run.Node()))
	a.outlet = a.actor(a.Publisher)
	if a.outlet != "" {
		a.join(graph.EdgePublishedBy, id, a.outlet)
	}
}

func (a *assembler) skipped() {
	for _, s := range a.doc.Skipped {
		a.passage(text.Span{Start: s.Start, End: s.End}, graph.SkippedRole, s.Reason)
	}
}

// passage brings in a stretch of the text and returns its ID.
func (a *assembler) passage(s text.Span, role graph.PassageRole, reason string) graph.ID {
	prefix, suffix := a.around(s)
	return a.add(graph.Passage{
		Document: a.batch.Owner, Stretch: a.stretch(s), Prefix: prefix, Suffix: suffix,
		Paragraph: max(a.text.ParagraphAt(s.Start), 0), Role: role, Reason: reason,
	}.Node())
}

// fragment brings in a part of the text that is evidence; one that is just a sentence is that sentence's passage.
func (a *assembler) fragment(s text.Span) graph.ID {
	if i := a.text.SentenceAt(s.Start); i >= 0 && a.text.Sentences[i].Span == s {
		return a.sentence(i)
	}
	return a.passage(s, graph.FragmentRole, "")
}

// sentence brings in a whole sentence.
func (a *assembler) sentence(i int) graph.ID {
	if a.sentences[i] == "" {
		a.sentences[i] = a.passage(a.text.Sentences[i].Span, graph.SentenceRole, "")
	}
	return a.sentences[i]
}
