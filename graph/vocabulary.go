package graph

// This file is the vocabulary: every kind of node and edge and every property in the graph. Labels, relationship
// types, tables, constraints, indexes, checks and the API's field table follow from it.

// A NodeKind is a kind of node. It is also the first label of its nodes.
type NodeKind string

// The kinds of nodes.
const (
	KindDocument    NodeKind = "Document"    // one article
	KindPassage     NodeKind = "Passage"     // a stretch of an article's text
	KindActor       NodeKind = "Actor"       // who speaks, acts or is meant
	KindMention     NodeKind = "Mention"     // a stretch of text that means an actor
	KindAttribution NodeKind = "Attribution" // one act of saying
	KindClaim       NodeKind = "Claim"       // what is said, shared by all who say it
	KindRelation    NodeKind = "Relation"    // what a claim says about two actors
	KindCitation    NodeKind = "Citation"    // a cited source as written
	KindAssessment  NodeKind = "Assessment"  // an analyst's grade or note
	KindRun         NodeKind = "Run"         // one load with its versions
	KindJudgement   NodeKind = "Judgement"   // an analyst's word on who is who, or on what no longer stands
	KindJob         NodeKind = "Job"         // what somebody asked to be loaded, and what came of it
)

// An EdgeKind is a kind of edge; Neo4j calls it a relationship type. Every RelationType is one too: that of the
// shortcuts between actors (see Shortcut).
type EdgeKind string

// The kinds of edges.
const (
	EdgeSource      EdgeKind = "SOURCE"       // Attribution → Actor: who says it
	EdgeContent     EdgeKind = "CONTENT"      // Attribution → Claim: what is said
	EdgeWithin      EdgeKind = "WITHIN"       // Attribution → Attribution that reports it
	EdgeEvidence    EdgeKind = "EVIDENCE"     // Attribution → Passage {role}
	EdgeIn          EdgeKind = "IN"           // owned node → its Document, and no other
	EdgePublishedBy EdgeKind = "PUBLISHED_BY" // Document → Actor (an outlet)
	EdgeCites       EdgeKind = "CITES"        // Attribution → Citation
	EdgeNames       EdgeKind = "NAMES"        // Citation → Actor
	EdgeScope       EdgeKind = "SCOPE"        // Citation → Passage that it can support
	EdgeResolvesTo  EdgeKind = "RESOLVES_TO"  // Citation → Document {method, score}
	EdgeAsserts     EdgeKind = "ASSERTS"      // Claim → Relation {polarity}
	EdgeAgent       EdgeKind = "AGENT"        // Relation → Actor
	EdgeTarget      EdgeKind = "TARGET"       // Relation → Actor
	EdgePlace       EdgeKind = "PLACE"        // Relation → Actor (a place)
	EdgeSupports    EdgeKind = "SUPPORTS"     // Claim → Claim {method, score}
	EdgeContradicts EdgeKind = "CONTRADICTS"  // Claim → Claim {method, score}
	EdgeVariantOf   EdgeKind = "VARIANT_OF"   // Claim → Claim {method, score}
	EdgeCopyOf      EdgeKind = "COPY_OF"      // Document → Document {method, score}
	EdgeDerivedFrom EdgeKind = "DERIVED_FROM" // Document → Document {method, score}
	EdgeHas         EdgeKind = "HAS"          // Passage → Mention
	EdgeRefersTo    EdgeKind = "REFERS_TO"    // Mention → Actor {score, method}
	EdgeSameAs      EdgeKind = "SAME_AS"      // Actor → Actor {judgement, by, at, undoneAt}
	EdgeJudges      EdgeKind = "JUDGES"       // Judgement → what it is about
	EdgeAssesses    EdgeKind = "ASSESSES"     // Assessment → what it grades
	EdgeGeneratedBy EdgeKind = "GENERATED_BY" // Document → Run
)

// A Type is the type of a property's values.
type Type uint8

// The types of values, with the Go type that Props holds.
const (
	String  Type = iota // string
	Int                 // int64
	Float               // float64
	Bool                // bool
	Time                // time.Time, UTC, whole milliseconds
	Strings             // []string, sorted, without repeats, not empty
)

// A Merge says how the property of a shared node follows from what its owners say of it. Every rule gives the same
// result in whatever order the owners come.
type Merge uint8

// The rules of merging.
const (
	Least     Merge = iota // the smallest value, in the order of Compare
	Greatest               // the greatest value
	Union                  // all values of a Strings property
	Documents              // Int: how many documents say anything of the node; what analysts say of it does not count
	Differs                // Bool: whether the Strings property Of holds more than one value
)

// A Prop is one property of a kind of nodes or edges.
type Prop struct {
	Name     string
	Type     Type
	Values   []string // the closed list of values, nil if open
	Required bool
	Indexed  bool   // filters and orders on it must be fast; texts have at most MaxIndexedBytes
	Searched bool   // full-text search covers it
	Merge    Merge  // shared nodes only
	Of       string // Differs only: the property that it looks at
	Computed bool   // set by stores, never by a batch
}

// ByStores reports whether stores say what the property is, and batches never do.
func (p Prop) ByStores() bool { return p.Computed || p.Merge == Documents || p.Merge == Differs }

// MaxIndexedBytes is how long a text may be that stores keep in an index: engines have limits of their own above it.
const MaxIndexedBytes = 4000

// A NodeInfo says everything about a kind of nodes.
type NodeInfo struct {
	Kind    NodeKind
	Shared  bool              // belongs to nobody: there as long as some owner says something of it
	Owner   bool              // owns itself and the other owned nodes of its batch
	LabelBy string            // the property that decides the second label, "" if there is none
	Labels  map[string]string // from that property's values to labels
	Props   []Prop
	prefix  string
	byName  map[string]Prop
}

// An EdgeInfo says everything about a kind of edges.
type EdgeInfo struct {
	Kind     EdgeKind
	From, To []NodeKind
	Props    []Prop
	Derived  bool // a shortcut: made by stores, never part of a batch
	// Link: it follows from its two ends alone, which different documents may have brought. It belongs to nobody, and
	// is there as long as both ends are: see Batch.Links.
	Link      bool
	Symmetric bool // a link that means the same in both directions: it leads from the greater ID to the smaller
}

// Shortcuts are the edges that stores derive so that people see who does what to whom at a glance: for each Relation
// with an AGENT, a TARGET, mode ACTUAL and at least one Claim that asserts it with polarity AFFIRMS, one edge from
// agent to target whose kind is the relation's type, with the properties
//
//	relationId  the Relation's ID
//	claims      how many claims assert it with polarity AFFIRMS
//	origins     the Relation's originCount
//	contested   the Relation's contested
//	derived     true
//
// Put and Delete keep them in step within their transaction.
var shortcutProps = []Prop{
	{Name: "relationId", Required: true},
	{Name: "claims", Type: Int, Computed: true},
	{Name: "origins", Type: Int, Computed: true},
	{Name: "contested", Type: Bool, Computed: true},
	{Name: "derived", Type: Bool, Computed: true},
}

var (
	captioned = Prop{Name: "caption", Required: true}
	matchKeys = Prop{Name: "matchKeys", Type: Strings, Merge: Union, Searched: true} // what likely ends of links share
	start     = Prop{Name: "start", Type: Int, Required: true}                       // code points of Document.text
	end       = Prop{Name: "end", Type: Int, Required: true}                         // code points, exclusive
	start16   = Prop{Name: "startUtf16", Type: Int, Required: true}                  // UTF-16 code units, for browsers
	end16     = Prop{Name: "endUtf16", Type: Int, Required: true}
)

// Nodes lists the kinds of nodes.
var Nodes = index([]NodeInfo{
	{Kind: KindDocument, prefix: "doc", Owner: true, Props: []Prop{
		captioned,
		{Name: "title", Searched: true, Indexed: true},
		{Name: "url", Indexed: true},
		{Name: "path"}, // the file, URL or "-" that it was loaded from
		{Name: "outlet", Indexed: true},
		{Name: "author"},
		{Name: "publishedAt", Type: Time, Indexed: true},
		{Name: "publishedPrecision", Values: words(Precisions)},
		{Name: "retrievedAt", Type: Time},
		{Name: "lang"},
		{Name: "text", Required: true, Searched: true},
		{Name: "textSha256", Required: true}, // of the UTF-8 text, hexadecimal
		{Name: "modelVersion"},               // of the analysis that the document's nodes come from
		{Name: "hyperlinks", Type: Strings},  // the addresses that the article leads to
		matchKeys,
	}},
	{Kind: KindPassage, prefix: "psg", Props: []Prop{
		captioned, start, end, start16, end16,
		{Name: "exact", Required: true},
		{Name: "prefix"}, // up to 32 code points before
		{Name: "suffix"}, // up to 32 code points after
		{Name: "paragraph", Type: Int},
		{Name: "role", Values: words(PassageRoles), Required: true},
		{Name: "reason"}, // SKIPPED: why
	}},
	{
		Kind: KindActor, prefix: "act", Shared: true, LabelBy: "kind", Labels: map[string]string{
			"PERSON": "Person", "ORGANISATION": "Organisation", "STATE": "State", "ARMED_GROUP": "ArmedGroup",
			"OUTLET": "Outlet", "SOURCE_CLASS": "SourceClass", "PLACE": "Place",
		},
		Props: []Prop{
			captioned,
			{Name: "name", Required: true, Searched: true, Indexed: true},
			{Name: "kind", Values: words(ActorKinds), Required: true, Indexed: true},
			{Name: "aliases", Type: Strings, Merge: Union, Searched: true},
			{Name: "canonicalId", Indexed: true}, // the gazetteer's key
			{Name: "reliability", Values: []string{"A", "B", "C", "D", "E", "F"}},
			{Name: "originCount", Type: Int, Merge: Documents, Indexed: true},
			{Name: "owner"}, // of an outlet: the name of whom it belongs to
			{Name: "side"},  // of an outlet: the name of who owns its owner, and so on, in the end
		},
	},
	{Kind: KindMention, prefix: "mnt", Props: []Prop{
		captioned, start, end, start16, end16,
		{Name: "surface", Required: true},
		{Name: "metonym", Type: Bool},
	}},
	{Kind: KindAttribution, prefix: "att", Props: []Prop{
		captioned,
		{Name: "cue"}, // the cue's words
		{Name: "kind", Values: words(AttributionKinds), Required: true, Indexed: true},
		{Name: "voice", Values: words(Voices), Required: true, Indexed: true},
		{Name: "quoteType", Values: words(QuoteTypes)},
		{Name: "polarity", Values: words(Polarities), Required: true, Indexed: true},
		{Name: "modality", Values: words(Factualities)},
		{Name: "depth", Type: Int, Required: true},        // 0: reported by the outlet itself
		{Name: "confidence", Type: Float, Required: true}, // 0 to 1: is the reading right
		{Name: "credibility", Type: Int},                  // 1 to 6, given by analysts
		{Name: "assertedAt", Type: Time, Indexed: true},
		{Name: "recordedAt", Type: Time},
	}},
	{Kind: KindClaim, prefix: "clm", Shared: true, Props: []Prop{
		captioned,
		{Name: "text", Required: true, Searched: true},
		{Name: "words"}, // the claim's words as all who make it share them; actors stand as their IDs
		matchKeys,
		{Name: "lang"},
		{Name: "firstSeen", Type: Time, Indexed: true},
		{Name: "lastSeen", Type: Time, Merge: Greatest, Indexed: true},
		{Name: "originCount", Type: Int, Merge: Documents, Indexed: true},
		{Name: "polarities", Type: Strings, Values: words(Polarities), Merge: Union},
		{Name: "contested", Type: Bool, Merge: Differs, Of: "polarities", Indexed: true},
	}},
	{
		Kind: KindRelation, prefix: "rel", Shared: true, LabelBy: "class",
		Labels: map[string]string{"EVENT": "Event", "STANDING": "Standing"},
		Props: []Prop{
			captioned,
			{Name: "class", Values: words(RelationClasses), Required: true, Indexed: true},
			{Name: "type", Values: words(RelationTypes), Required: true, Indexed: true},
			{Name: "quad", Values: words(Quads), Required: true, Indexed: true},
			{Name: "mode", Values: words(Modes), Required: true, Indexed: true},
			{Name: "validFrom", Type: Time, Indexed: true},
			{Name: "validTo", Type: Time, Merge: Greatest, Indexed: true},
			{Name: "originCount", Type: Int, Merge: Documents, Indexed: true},
			{Name: "polarities", Type: Strings, Values: words(Polarities), Merge: Union},
			{Name: "contested", Type: Bool, Merge: Differs, Of: "polarities", Indexed: true},
		},
	},
	{Kind: KindCitation, prefix: "cit", Props: []Prop{
		captioned, start, end, start16, end16, // of the name
		{Name: "raw", Required: true}, // the whole citation as written
		{Name: "name", Required: true, Searched: true, Indexed: true},
		{Name: "dateText"},
		{Name: "url", Indexed: true},
		{Name: "granularity", Values: words(Granularities), Required: true, Indexed: true},
		{Name: "resolved", Type: Bool, Computed: true}, // whether a RESOLVES_TO leads from it
	}},
	{Kind: KindAssessment, prefix: "asm", Owner: true, Props: []Prop{
		captioned,
		{Name: "grade"}, // A to F of an actor, 1 to 6 of an attribution
		{Name: "note"},
		{Name: "by", Required: true, Indexed: true},
		{Name: "at", Type: Time, Required: true, Indexed: true},
		{Name: "supersededAt", Type: Time}, // when a later grade of the same thing took its place
	}},
	{Kind: KindRun, prefix: "run", Shared: true, Props: []Prop{
		captioned,
		{Name: "loaderVersion", Required: true},
		{Name: "modelVersion", Required: true},
		{Name: "startedAt", Type: Time, Required: true, Indexed: true},
	}},
	{Kind: KindJudgement, prefix: "jdg", Owner: true, Props: []Prop{
		captioned,
		{Name: "verdict", Values: words(Verdicts), Required: true, Indexed: true},
		{Name: "subjects", Type: Strings, Required: true}, // the IDs of what it is about, there or not
		{Name: "note"},
		{Name: "by", Required: true, Indexed: true},
		{Name: "at", Type: Time, Required: true, Indexed: true},
		{Name: "undoneBy"},
		{Name: "undoneAt", Type: Time}, // it held from at until then
	}},
	{Kind: KindJob, prefix: "job", Owner: true, Props: []Prop{
		captioned,
		{Name: "state", Values: words(JobStates), Required: true, Indexed: true},
		{Name: "sources", Type: Strings, Required: true}, // files, folders and addresses
		{Name: "by", Required: true, Indexed: true},
		{Name: "createdAt", Type: Time, Required: true, Indexed: true},
		{Name: "startedAt", Type: Time},
		{Name: "endedAt", Type: Time},
		{Name: "loaded", Type: Int}, // documents, as are the following
		{Name: "replaced", Type: Int},
		{Name: "unchanged", Type: Int},
		{Name: "failed", Type: Int},
		{Name: "failures", Type: Strings}, // why, of the first of them
		{Name: "reason"},                  // why it ended as it did
		{Name: "attempts", Type: Int},     // how often it was begun
		{Name: "worker"},                  // which process runs it
		{Name: "aliveAt", Type: Time},     // when that process was last heard of
		{Name: "judgement"},               // the ID of the one that it made
	}},
})

// Edges lists the kinds of edges, the shortcuts last.
var Edges = append([]EdgeInfo{
	{Kind: EdgeSource, From: kinds(KindAttribution), To: kinds(KindActor)},
	{Kind: EdgeContent, From: kinds(KindAttribution), To: kinds(KindClaim)},
	{Kind: EdgeWithin, From: kinds(KindAttribution), To: kinds(KindAttribution)},
	{
		Kind: EdgeEvidence, From: kinds(KindAttribution), To: kinds(KindPassage),
		Props: []Prop{{Name: "role", Values: words(Roles), Required: true}},
	},
	{Kind: EdgeIn, From: kinds(KindPassage, KindMention, KindAttribution, KindCitation), To: kinds(KindDocument)},
	{Kind: EdgePublishedBy, From: kinds(KindDocument), To: kinds(KindActor)},
	{Kind: EdgeCites, From: kinds(KindAttribution), To: kinds(KindCitation)},
	{Kind: EdgeNames, From: kinds(KindCitation), To: kinds(KindActor)},
	{Kind: EdgeScope, From: kinds(KindCitation), To: kinds(KindPassage)},
	{
		Kind: EdgeResolvesTo, From: kinds(KindCitation), To: kinds(KindDocument), Link: true,
		Props: linkProps(words(ResolvesToMethods)),
	},
	{
		Kind: EdgeAsserts, From: kinds(KindClaim), To: kinds(KindRelation),
		Props: []Prop{{Name: "polarity", Values: words(Polarities), Required: true}},
	},
	{Kind: EdgeAgent, From: kinds(KindRelation), To: kinds(KindActor)},
	{Kind: EdgeTarget, From: kinds(KindRelation), To: kinds(KindActor)},
	{Kind: EdgePlace, From: kinds(KindRelation), To: kinds(KindActor)},
	{Kind: EdgeSupports, From: kinds(KindClaim), To: kinds(KindClaim), Link: true, Props: linkProps(nil)},
	{
		Kind: EdgeContradicts, From: kinds(KindClaim), To: kinds(KindClaim), Link: true, Symmetric: true,
		Props: linkProps(words(ContradictsMethods)),
	},
	{
		Kind: EdgeVariantOf, From: kinds(KindClaim), To: kinds(KindClaim), Link: true, Symmetric: true,
		Props: linkProps(words(VariantOfMethods)),
	},
	{
		Kind: EdgeCopyOf, From: kinds(KindDocument), To: kinds(KindDocument), Link: true,
		Props: linkProps(words(CopyOfMethods)),
	},
	{
		Kind: EdgeDerivedFrom, From: kinds(KindDocument), To: kinds(KindDocument), Link: true,
		Props: linkProps(words(DerivedFromMethods)),
	},
	{Kind: EdgeHas, From: kinds(KindPassage), To: kinds(KindMention)},
	{
		Kind: EdgeRefersTo, From: kinds(KindMention), To: kinds(KindActor),
		Props: []Prop{{Name: "score", Type: Float, Required: true}, {Name: "method", Required: true}},
	},
	{Kind: EdgeSameAs, From: kinds(KindActor), To: kinds(KindActor), Props: []Prop{
		{Name: "judgement", Required: true},
		{Name: "by", Required: true},
		{Name: "at", Type: Time, Required: true},
		{Name: "undoneAt", Type: Time},
	}},
	{
		Kind: EdgeAssesses, From: kinds(KindAssessment),
		To: kinds(KindDocument, KindActor, KindAttribution, KindClaim, KindRelation),
	},
	{
		Kind: EdgeJudges, From: kinds(KindJudgement),
		To: kinds(KindDocument, KindActor, KindAttribution, KindClaim),
	},
	{Kind: EdgeGeneratedBy, From: kinds(KindDocument, KindAssessment), To: kinds(KindRun)},
}, shortcuts()...)

// linkProps are the properties of links: how it was found, and how alike the ends are, from 0 to 1.
func linkProps(methods []string) []Prop {
	return []Prop{{Name: "method", Values: methods, Required: true}, {Name: "score", Type: Float, Required: true}}
}

func shortcuts() []EdgeInfo {
	var list []EdgeInfo
	for _, t := range RelationTypes {
		list = append(list, EdgeInfo{
			Kind: EdgeKind(t), From: kinds(KindActor), To: kinds(KindActor), Props: shortcutProps, Derived: true,
		})
	}
	return list
}

var (
	nodesByKind  = make(map[NodeKind]*NodeInfo)
	kindByPrefix = make(map[string]NodeKind)
	edgesByKind  = byKind(Edges)
)

func index(list []NodeInfo) []NodeInfo {
	for i := range list {
		n := &list[i]
		n.byName = make(map[string]Prop, len(n.Props))
		for _, p := range n.Props {
			n.byName[p.Name] = p
		}
		nodesByKind[n.Kind], kindByPrefix[n.prefix] = n, n.Kind
	}
	return list
}

func byKind(list []EdgeInfo) map[EdgeKind]*EdgeInfo {
	m := make(map[EdgeKind]*EdgeInfo, len(list))
	for i := range list {
		m[list[i].Kind] = &list[i]
	}
	return m
}

func kinds(list ...NodeKind) []NodeKind { return list }

func words[T ~string](list []T) []string {
	var s []string
	for _, v := range list {
		s = append(s, string(v))
	}
	return s
}

var (
	noNode = &NodeInfo{}
	noEdge = &EdgeInfo{}
)

// Info returns what the vocabulary says of the kind; an unknown kind has no properties.
func (k NodeKind) Info() *NodeInfo {
	if n, ok := nodesByKind[k]; ok {
		return n
	}
	return noNode
}

// Known reports whether the vocabulary has the kind.
func (k NodeKind) Known() bool { return nodesByKind[k] != nil }

// Prop returns the property of that name.
func (n *NodeInfo) Prop(name string) (Prop, bool) {
	p, ok := n.byName[name]
	return p, ok
}

// Info returns what the vocabulary says of the kind; an unknown kind has no properties.
func (k EdgeKind) Info() *EdgeInfo {
	if e, ok := edgesByKind[k]; ok {
		return e
	}
	return noEdge
}

// Known reports whether the vocabulary has the kind.
func (k EdgeKind) Known() bool { return edgesByKind[k] != nil }

// Prop returns the property of that name.
func (e *EdgeInfo) Prop(name string) (Prop, bool) {
	for _, p := range e.Props {
		if p.Name == name {
			return p, true
		}
	}
	return Prop{}, false
}

// Far returns the kinds of nodes that an edge of this kind leads to or, reversed, comes from.
func (e *EdgeInfo) Far(reverse bool) []NodeKind {
	if reverse {
		return e.From
	}
	return e.To
}

// Label returns the second label of a node with those properties, "" if its kind has none.
func (n *NodeInfo) Label(p Props) string {
	value, _ := p[n.LabelBy].(string)
	return n.Labels[value]
}
