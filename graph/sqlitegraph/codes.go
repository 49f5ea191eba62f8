package sqlitegraph

import (
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// The codes of kinds, as databases hold them. A kind's code is its place in its list, from 1: the lists only ever grow
// at their ends.
var (
	nodeCodes = []graph.NodeKind{
		graph.KindDocument, graph.KindPassage, graph.KindActor, graph.KindMention, graph.KindAttribution,
		graph.KindClaim, graph.KindRelation, graph.KindCitation, graph.KindAssessment, graph.KindRun,
	}
	edgeCodes = []graph.EdgeKind{
		graph.EdgeSource, graph.EdgeContent, graph.EdgeWithin, graph.EdgeEvidence, graph.EdgeIn, graph.EdgePublishedBy,
		graph.EdgeCites, graph.EdgeNames, graph.EdgeScope, graph.EdgeResolvesTo, graph.EdgeAsserts, graph.EdgeAgent,
		graph.EdgeTarget, graph.EdgePlace, graph.EdgeSupports, graph.EdgeContradicts, graph.EdgeVariantOf,
		graph.EdgeCopyOf, graph.EdgeDerivedFrom, graph.EdgeHas, graph.EdgeRefersTo, graph.EdgeSameAs,
		graph.EdgeAssesses, graph.EdgeGeneratedBy,
		"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "INVESTIGATE", "REQUEST", "ACCUSE",
		"REJECT", "THREATEN", "SANCTION", "PROTEST", "CRIME", "MOBILIZE", "COERCE", "ASSAULT", "PROXY_OF", "BACKS",
		"MEMBER_OF", "LEADS", "HOSTS", "ALLIED_WITH", "RIVAL_OF", "RECOGNISES", "DISPUTES_WITH",
	}
)

// kindBits is how many of a key's lowest bits hold the code of the node's kind.
const kindBits = 4

func nodeCode(k graph.NodeKind) int64 { return int64(slices.Index(nodeCodes, k) + 1) }

func edgeCode(k graph.EdgeKind) int64 { return int64(slices.Index(edgeCodes, k) + 1) }

func edgeKind(code int64) graph.EdgeKind { return edgeCodes[code-1] }

// kindOf returns the kind of the node with that key.
func kindOf(key int64) graph.NodeKind { return nodeCodes[key&(1<<kindBits-1)-1] }
