package graph

import (
	"context"
	"slices"
	"time"
)

// Bounds of receipts: attributions of one claim, claims of one relation, spans of one attribution.
const (
	MaxReceipts     = 50
	receiptSpeakers = 20
	receiptClaims   = 10
	receiptSpans    = 50
)

// A Receipt says what something in the graph rests on: words of a document, as a run of the loader read them.
type Receipt struct {
	Attribution   ID // "" where no attribution stands between
	Document      ID
	TextSHA256    string // of the text that the spans count in
	LoaderVersion string // "" if unknown
	ModelVersion  string
	RetrievedAt   time.Time // zero if unknown
	Spans         []ID      // passages, mentions or citations, in the order of the text; none: the whole document
}

// The follows of a level of receipts.
const (
	receiptDocument = iota
	receiptEvidence
)

// recorded asks for a document as receipts show it.
func recorded() Level {
	return Level{
		First: 1, Props: []string{"textSha256", "modelVersion", "retrievedAt"},
		Follow: []Follow{{Edge: EdgeGeneratedBy, Level: Level{First: 1, Props: []string{"loaderVersion"}}}},
	}
}

// spoken follows to attributions with what they rest on.
func spoken(edge EdgeKind, first int) Follow {
	return Follow{Edge: edge, Reverse: true, Level: Level{First: first, Follow: evidence()}}
}

func evidence() []Follow {
	return []Follow{
		receiptDocument: {Edge: EdgeIn, Level: recorded()},
		receiptEvidence: {Edge: EdgeEvidence, Level: Level{First: receiptSpans, Order: []Order{{Prop: "start"}}}},
	}
}

// Receipts returns what each of the nodes rests on, at most MaxReceipts each: a claim on those who say it, a relation on
// those who say the claims that assert it, and what a document owns on its place there. Actors and runs rest on nothing
// of their own and are absent.
func (g *Graph) Receipts(ctx context.Context, ids []ID) (map[ID][]Receipt, error) {
	top := recorded()
	top.Kinds = []NodeKind{KindDocument, KindPassage, KindMention, KindCitation, KindAttribution, KindClaim, KindRelation}
	top.Follow = append(top.Follow, evidence()...)
	top.Follow = append(top.Follow, spoken(EdgeContent, receiptSpeakers), Follow{
		Edge: EdgeAsserts, Reverse: true,
		Level: Level{First: receiptClaims, Follow: []Follow{spoken(EdgeContent, receiptSpeakers)}},
	})
	rows, err := g.ByIDs(ctx, ids, top)
	if err != nil {
		return nil, err
	}
	all := make(map[ID][]Receipt, len(rows))
	for _, row := range rows {
		own := row
		own.Follow = row.Follow[1:]
		var list []Receipt
		switch row.Kind {
		case KindDocument:
			list = []Receipt{newReceipt(row)}
		case KindClaim:
			list = receiptsOf(row.Follow[3])
		case KindRelation:
			seen := make(map[ID]bool) // a claim may both affirm and deny it
			for _, claim := range row.Follow[4].Rows {
				if !seen[claim.ID] {
					seen[claim.ID] = true
					list = append(list, receiptsOf(claim.Follow[0])...)
				}
			}
		case KindAttribution:
			list = receiptsOf(Rows{Rows: []Row{own}})
		default: // a stretch of the text
			list = receiptsOf(Rows{Rows: []Row{own}})
			for i := range list {
				list[i].Attribution, list[i].Spans = "", []ID{row.ID}
			}
		}
		all[row.ID] = list[:min(len(list), MaxReceipts)]
	}
	return all, nil
}

func newReceipt(doc Row) Receipt {
	r := Receipt{Document: doc.ID}
	r.TextSHA256, _ = doc.Props[0].(string)
	r.ModelVersion, _ = doc.Props[1].(string)
	r.RetrievedAt, _ = doc.Props[2].(time.Time)
	for _, run := range doc.Follow[0].Rows {
		r.LoaderVersion, _ = run.Props[0].(string)
	}
	return r
}

func receiptsOf(said Rows) []Receipt {
	var list []Receipt
	for _, a := range said.Rows {
		for _, doc := range a.Follow[receiptDocument].Rows {
			r := newReceipt(doc)
			r.Attribution, r.Spans = a.ID, idsOf(a.Follow[receiptEvidence])
			list = append(list, r)
		}
	}
	return list
}

// Rests returns the nodes whose receipts are those of the edge.
func (e Edge) Rests() []ID {
	if relation, ok := e.Props["relationId"].(string); ok && e.Kind.Info().Derived {
		return []ID{ID(relation)}
	}
	from, _ := e.From.Kind()
	to, _ := e.To.Kind()
	switch {
	case from == KindActor || from == KindAssessment:
		return nil // judgements of analysts
	case from == to && from != KindAttribution:
		return slices.Compact([]ID{e.From, e.To}) // a link rests on both ends
	}
	return []ID{e.From}
}
