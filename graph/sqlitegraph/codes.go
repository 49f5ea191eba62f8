package sqlitegraph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// The codes of kinds, as databases hold them. A kind's code is its place in its list, from 1, and from firstShortcut for
// shortcuts: the lists only ever grow at their ends.
var (
	nodeCodes = []graph.NodeKind{
		graph.KindDocument, graph.KindPassage, graph.KindActor, graph.KindMention, graph.KindAttribution,
		graph.KindClaim, graph.KindRelation, graph.KindCitation, graph.KindAssessment, graph.KindRun,
		graph.KindJudgement, graph.KindJob,
	}
	edgeCodes = []graph.EdgeKind{
		graph.EdgeSource, graph.EdgeContent, graph.EdgeWithin, graph.EdgeEvidence, graph.EdgeIn, graph.EdgePublishedBy,
		graph.EdgeCites, graph.EdgeNames, graph.EdgeScope, graph.EdgeResolvesTo, graph.EdgeAsserts, graph.EdgeAgent,
		graph.EdgeTarget, graph.EdgePlace, graph.EdgeSupports, graph.EdgeContradicts, graph.EdgeVariantOf,
		graph.EdgeCopyOf, graph.EdgeDerivedFrom, graph.EdgeHas, graph.EdgeRefersTo, graph.EdgeSameAs,
		graph.EdgeAssesses, graph.EdgeGeneratedBy, graph.EdgeJudges,
	}
	shortcutCodes = []graph.EdgeKind{
		"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "INVESTIGATE", "REQUEST", "ACCUSE",
		"REJECT", "THREATEN", "SANCTION", "PROTEST", "CRIME", "MOBILIZE", "COERCE", "ASSAULT", "PROXY_OF", "BACKS",
		"MEMBER_OF", "LEADS", "HOSTS", "ALLIED_WITH", "RIVAL_OF", "RECOGNISES", "DISPUTES_WITH",
	}
)

// firstShortcut is the first code of a shortcut.
const firstShortcut = 100

func nodeCode(k graph.NodeKind) int64 { return int64(slices.Index(nodeCodes, k) + 1) }

func edgeCode(k graph.EdgeKind) int64 {
	if i := slices.Index(edgeCodes, k); i >= 0 {
		return int64(i + 1)
	}
	return int64(firstShortcut + slices.Index(shortcutCodes, k))
}

func edgeKind(code int64) graph.EdgeKind {
	if code >= firstShortcut {
		return shortcutCodes[code-firstShortcut]
	}
	return edgeCodes[code-1]
}

// A node's key is, from its highest bit, the number of a block, a place in the block, and the code of the node's kind.
// What a batch brings to the graph takes a block of its own, the owner the first place, so that a document's nodes and
// the edges between them lie together in every table, behind those of the documents before. Shared nodes stay in the
// block of the batch that first spoke of them.
const (
	kindBits  = 4
	blockBits = 24 // of the place and the kind, enough for graph.MaxBatchNodes
	blockMask = 1<<blockBits - 1
)

// kindOf returns the kind of the node with that key.
func kindOf(key int64) graph.NodeKind { return nodeCodes[key&(1<<kindBits-1)-1] }

// codeOf returns the SQL for the code of a key's kind.
func codeOf(key string) string { return key + " & 15" }

// isOwned reports whether nodes of that kind belong to a document. Their IN edges are no rows: they follow from keys.
func isOwned(kind graph.NodeKind) bool { return slices.Contains(ownedKinds, kind) }

var ownedKinds = graph.EdgeIn.Info().From

// sameBlock reports whether two keys lie in one block, as those of the nodes that a batch was the first to bring do.
func sameBlock(a, b int64) bool { return a>>blockBits == b>>blockBits }

// home returns the key of the document in whose block a key lies.
func home(key int64) int64 { return key&^blockMask | nodeCode(graph.KindDocument) }

// inHome returns the SQL for: the owned node with one key is in the document with the other.
func inHome(node, document string) string {
	return "(" + document + " = " + homeOf(node) + " AND " + ofKinds(node, ownedKinds) + ")"
}

// homeOf returns the SQL for the key of the document that the owned node with that key is in.
func homeOf(node string) string { return node + " & ~" + strconv.Itoa(blockMask) + " | 1" }

// isHomeOf returns the SQL for the same, so written that the document's nodes are found by their range of keys.
func isHomeOf(document, node string) string {
	return "(" + node + " BETWEEN " + document + " AND " + document + " | " + strconv.Itoa(blockMask) + " AND " +
		ofKinds(document, []graph.NodeKind{graph.KindDocument}) + ")"
}

// ofKinds returns the SQL for: the node with that key is of one of the kinds.
func ofKinds(key string, kinds []graph.NodeKind) string {
	return codeOf(key) + " IN (" + codes(nodeCode, kinds) + ")"
}

// codes lists the codes of kinds.
func codes[K any](code func(K) int64, kinds []K) string {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i] = strconv.FormatInt(code(k), 10)
	}
	return strings.Join(list, ", ")
}
