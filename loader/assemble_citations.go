package loader

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/citations"
)

// citations brings in a node for each cited source. Several markers of one footnote cite the same source.
func (a *assembler) citations() {
	a.sources = make([][]graph.ID, len(a.Citations))
	for i, c := range a.Citations {
		for k, source := range c.Sources {
			id := a.source(c, source)
			if actor := a.actor(a.Cited[i][k]); actor != "" {
				a.join(graph.EdgeNames, id, actor)
			}
			a.sources[i] = append(a.sources[i], id)
			for _, s := range c.Scope {
				if sentence := a.text.SentenceAt(s.Start); sentence >= 0 {
					a.join(graph.EdgeScope, id, a.sentence(sentence))
				}
			}
		}
	}
}

func (a *assembler) source(c citations.Citation, source citations.Source) graph.ID {
	return a.add(graph.Citation{
		Document: a.batch.Owner, Stretch: a.stretch(source.Name), Raw: a.text.Slice(c.Span),
		DateText: a.text.Slice(source.Date), URL: source.URL, Granularity: source.Granularity,
	}.Node())
}
