package loader

import (
	"slices"
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A said is one attribution with the nodes that it became.
type said struct {
	attribution, claim graph.ID
}

// attributions brings in who says what. First the claims are known by all that say them, then the nodes are made.
func (a *assembler) attributions() {
	claims := a.claims()
	a.said = make([]said, len(a.Attributions))
	for i := range a.Attributions {
		a.said[i] = said{attribution: a.attribution(i, claims[i].Text), claim: a.add(claims[i].Node())}
	}
	for i, at := range a.Attributions {
		id := a.said[i].attribution
		for _, source := range a.speakers(at) {
			a.join(graph.EdgeSource, id, source)
		}
		a.join(graph.EdgeContent, id, a.said[i].claim)
		if at.Within >= 0 && a.said[at.Within].attribution != id {
			a.join(graph.EdgeWithin, id, a.said[at.Within].attribution)
		}
		a.evidence(id, graph.SourceRole, at.Source)
		a.evidence(id, graph.CueRole, at.Cue)
		a.evidence(id, graph.ContentRole, at.Content)
		for _, c := range at.Citations {
			for _, source := range a.sources[c] {
				a.join(graph.EdgeCites, id, source)
			}
		}
	}
}

func (a *assembler) attribution(i int, content string) graph.ID {
	at := a.Attributions[i]
	return a.add(graph.Attribution{
		Document: a.batch.Owner, Key: a.spansKey(at), Speaker: a.speaker(at), Cue: a.words(at.Cue), Content: content,
		Kind: at.Kind, Voice: at.Voice, QuoteType: at.QuoteType, Polarity: at.Polarity, Modality: at.Factuality,
		Depth: a.depth(i), Confidence: at.Confidence, AssertedAt: a.doc.PublishedAt, RecordedAt: a.now,
	}.Node())
}

// spansKey tells an attribution from the document's others by where its parts stand.
func (a *assembler) spansKey(at attributions.Attribution) string {
	var key strings.Builder
	for _, part := range [][]text.Span{at.Source, at.Cue, at.Content} {
		for _, s := range part {
			key.WriteString(strconv.Itoa(a.points.CodePoint(s.Start)) + "-" + strconv.Itoa(a.points.CodePoint(s.End)) + " ")
		}
		key.WriteByte('/')
	}
	return key.String()
}

// speakers returns who says it: the actors of the source or, where the outlet speaks itself, the outlet.
func (a *assembler) speakers(at attributions.Attribution) []graph.ID {
	var ids []graph.ID
	for _, actor := range at.Sources {
		ids = append(ids, a.actor(actor))
	}
	if at.Voice == graph.OutletVoice && len(ids) == 0 && a.outlet != "" {
		ids = append(ids, a.outlet)
	}
	return ids
}

// speaker names for people who says it.
func (a *assembler) speaker(at attributions.Attribution) string {
	if len(at.Sources) == 0 {
		if at.Voice == graph.OutletVoice {
			return a.doc.Outlet
		}
		return a.words(at.Source)
	}
	var names []string
	for _, actor := range at.Sources {
		names = append(names, a.name(actor))
	}
	return strings.Join(slices.Compact(names), ", ")
}

// depth counts the attributions that report attribution i.
func (a *assembler) depth(i int) int {
	depth := 0
	for up := a.Attributions[i].Within; up >= 0 && depth < len(a.Attributions); up = a.Attributions[up].Within {
		depth++
	}
	return depth
}

func (a *assembler) evidence(id graph.ID, role graph.Role, spans []text.Span) {
	for _, s := range spans {
		a.edge(graph.Edge{
			Kind: graph.EdgeEvidence, From: id, To: a.fragment(s), Props: graph.Props{"role": string(role)},
		}, string(role))
	}
}
