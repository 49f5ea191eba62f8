package resolvers

import (
	"maps"

	"github.com/claimgraph/claimgraph/graph"
)

// fieldTable says how each field of each type of the schema that shows nodes is answered. A type shows a node as it
// is, or looks at it in some way, as Span does.
func fieldTable() map[string]map[string]field {
	return map[string]map[string]field{
		"Document": node("title url path outlet author publishedAt publishedPrecision retrievedAt lang text textSha256 modelVersion",
			map[string]field{
				"judgements":   latest(graph.EdgeJudges),
				"assessments":  latest(graph.EdgeAssesses),
				"publisher":    one(to(graph.EdgePublishedBy)),
				"run":          one(to(graph.EdgeGeneratedBy)),
				"attributions": page(from(graph.EdgeIn)),
				"citations":    page(from(graph.EdgeIn)),
				"passages":     page(from(graph.EdgeIn), graph.Order{Prop: "start"}),
				"annotations":  self,
				"direction":    direction("text"),
				"copyOf":       list(to(graph.EdgeCopyOf)),
				"derivedFrom":  list(to(graph.EdgeDerivedFrom)),
			}),
		"Annotations": {
			"passages":     whole(graph.KindPassage, false),
			"skipped":      whole(graph.KindPassage, true),
			"mentions":     whole(graph.KindMention, false),
			"citations":    whole(graph.KindCitation, false),
			"attributions": whole(graph.KindAttribution, false),
			"complete":     complete,
		},
		"DocumentLink": {"document": self, "method": edgeProp("method"), "score": edgeProp("score")},
		"Passage": node("role paragraph reason", map[string]field{
			"span":     self,
			"document": one(to(graph.EdgeIn)),
			"mentions": list(to(graph.EdgeHas)),
		}),
		"Mention": node("surface metonym", map[string]field{
			"span":     self,
			"document": one(to(graph.EdgeIn)),
			"refersTo": list(to(graph.EdgeRefersTo)),
		}),
		"Reference": {"actor": self, "score": edgeProp("score"), "method": edgeProp("method")},
		"Span": with(props("start end startUtf16 endUtf16 prefix suffix"), map[string]field{
			"document":  one(to(graph.EdgeIn)),
			"exact":     exact,
			"verified":  verified,
			"lang":      langOfDocument,
			"direction": directionOfWords,
		}),
		"Actor": node("name kind aliases canonicalId owner side reliability originCount", map[string]field{
			"judgements":   latest(graph.EdgeJudges),
			"assessments":  latest(graph.EdgeAssesses),
			"identity":     analysed(identityShape.compile, identities),
			"attributions": page(from(graph.EdgeSource)),
			"agentOf":      page(from(graph.EdgeAgent)),
			"targetOf":     page(from(graph.EdgeTarget)),
			"published":    page(from(graph.EdgePublishedBy)),
			"citations":    page(from(graph.EdgeNames)),
			"mentions":     page(from(graph.EdgeRefersTo)),
			"direction":    direction("name"),
			"sourcing":     analysed(sourcingShape.compile, sourcings),
		}),
		"Attribution": node("voice kind quoteType polarity depth assertedAt recordedAt", map[string]field{
			"judgements":  latest(graph.EdgeJudges),
			"assessments": latest(graph.EdgeAssesses),
			"cueText":     prop("cue"),
			"cue":         one(edge{kind: graph.EdgeEvidence, via: graph.Where{Prop: "role", Value: string(graph.CueRole)}}),
			"sources":     list(to(graph.EdgeSource)),
			"content":     one(to(graph.EdgeContent)),
			"evidence":    list(to(graph.EdgeEvidence)),
			"within":      one(to(graph.EdgeWithin)),
			"chain":       chain(to(graph.EdgeWithin)),
			"document":    one(to(graph.EdgeIn)),
			"citations":   list(to(graph.EdgeCites)),
			"confidence":  self,
			"receipts":    analysed(receiptShape.list, receipts),
		}),
		"Evidence": {"role": edgeProp("role"), "span": self, "passage": self},
		"Confidence": {
			"extraction": prop("confidence"), "factuality": prop("modality"), "credibility": credibility,
		},
		"Claim": node("text lang firstSeen lastSeen originCount contested", map[string]field{
			"judgements":    latest(graph.EdgeJudges),
			"assessments":   latest(graph.EdgeAssesses),
			"attributions":  page(from(graph.EdgeContent)),
			"relations":     list(to(graph.EdgeAsserts)),
			"asserts":       list(to(graph.EdgeAsserts)),
			"contradicts":   both(graph.EdgeContradicts),
			"variants":      both(graph.EdgeVariantOf),
			"direction":     direction("text"),
			"receipts":      analysed(receiptShape.list, receipts),
			"corroboration": analysed(corroborationShape.compile, corroborations),
			"timeline":      analysed(appearanceShape.list, timelines),
		}),
		"ClaimLink": {"claim": self, "method": edgeProp("method"), "score": edgeProp("score"), "diff": wordDiff},
		"Assertion": {"polarity": edgeProp("polarity"), "relation": self},
		"Relation": node("class type quad mode validFrom validTo originCount contested", map[string]field{
			"assessments": latest(graph.EdgeAssesses),
			"agent":       one(to(graph.EdgeAgent)),
			"target":      one(to(graph.EdgeTarget)),
			"place":       one(to(graph.EdgePlace)),
			"claims":      page(from(graph.EdgeAsserts)),
			"receipts":    analysed(receiptShape.list, receipts),
		}),
		"Citation": node("raw name dateText url granularity", map[string]field{
			"resolved":     leads(to(graph.EdgeResolvesTo)), // as of the moment that is asked for
			"span":         self,
			"names":        list(to(graph.EdgeNames)),
			"scope":        list(to(graph.EdgeScope)),
			"document":     one(to(graph.EdgeIn)),
			"resolvesTo":   one(to(graph.EdgeResolvesTo)),
			"check":        analysed(citationCheckShape.compile, citationChecks),
			"attributions": page(from(graph.EdgeCites)),
		}),
		"Run":        node("loaderVersion modelVersion startedAt", nil),
		"Assessment": node("grade note by at supersededAt", map[string]field{"subject": one(to(graph.EdgeAssesses))}),
		"Judgement": node("verdict note by at undoneBy undoneAt", map[string]field{
			"subjectIds": prop("subjects"), "subjects": list(to(graph.EdgeJudges)),
		}),
		"Job": node("state sources by createdAt startedAt endedAt loaded replaced unchanged failed failures reason attempts", map[string]field{
			"judgementId": prop("judgement"),
		}),
		"GraphNode": {
			"id": identity, "kind": kind, "label": label, "caption": prop("caption"),
			"neighbourCounts": analysed(degreeShape.list, degrees),
		},
	}
}

// node is the table of a type that shows nodes as they are: what all nodes have, properties by name, and the rest.
func node(properties string, rest map[string]field) map[string]field {
	table := with(props("caption "+properties), rest)
	table["id"] = identity
	return table
}

func with(table, rest map[string]field) map[string]field {
	maps.Copy(table, rest)
	return table
}

// to follows an edge from the node; from follows it against its direction.
func to(kind graph.EdgeKind) edge   { return edge{kind: kind} }
func from(kind graph.EdgeKind) edge { return edge{kind: kind, reverse: true} }
