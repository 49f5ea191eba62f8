package graph

import "context"

// A Store keeps one graph. It is safe for concurrent use. Its callers are Graph, which checks and clamps what it
// passes on, and the conformance suite: a Store may rely on batches and requests that keep the rules of this package.
//
// Every method ends soon after its context does, with the context's error.
type Store interface {
	// Put replaces, in one transaction, all that each batch's owner contributed before. Putting a batch twice is as
	// putting it once. Batches of one call have different owners; their edges may lead to nodes of one another.
	// When it returns nil, the batches are durable.
	//
	// A batch's links are added to those that are there; one that is there already, or has an end that is not there, is
	// passed over. A link stays as long as both its ends do, whoever deletes or replaces what. But what an owner owns may
	// have changed when it is replaced: first all links at it and at what it owns go. Those between shared nodes stay.
	// A batch's meanings take the place of those that their claims have.
	Put(ctx context.Context, batches []Batch) error

	// Delete removes the owners and all that they contributed. ErrNotFound names one that is not there, and then
	// nothing is removed.
	Delete(ctx context.Context, owners []ID) error

	// Select answers one tree of nodes and what hangs on them, never with a dangling reference. IDs that are not
	// there are absent, not errors; each level is in a stable order, bounded, and says whether there is more. SQLite
	// answers from one snapshot; Neo4j is read-committed, so a reader that races a Put may miss a part of that
	// document, and sees all of it when it asks again.
	Select(ctx context.Context, s Select) (Rows, error)

	// Count groups the nodes of kind that match where (nil: all) by the facets, and returns at most so many, the largest
	// groups: by falling count, then by key, absent values last. A node is in a group for each way to choose one of its
	// values for every facet, and counts once in each; with no facets there is one group of all.
	Count(ctx context.Context, kind NodeKind, where Filter, by []Facet, most int) ([]Bucket, error)

	// Paths returns the shortest paths between two nodes, in whichever direction their edges point, at most o.First;
	// all are of one length. They are in the order of their nodes' IDs, then of their edges' kinds; parallel edges of
	// one kind give one path. It returns none if there is no path of at most o.MaxLength edges, or an end is not there,
	// and one path without edges if both ends are the same.
	Paths(ctx context.Context, from, to ID, o PathOptions) ([]Subgraph, error)

	// Neighbourhood returns the seeds, nodes near them, and every edge of the allowed kinds between two of these
	// nodes, but of shortcuts, of which there may be hundreds between two actors, no more than MaxShortcuts: those that
	// join a seed, then others. Nearer nodes come first; which nodes of one distance and which shortcuts are kept where
	// not all fit is the store's choice, the same as long as the graph is. Nodes that o.Kinds and o.Where leave out are not
	// walked through, and shortcuts that o.Shortcuts leaves out are not there. Nodes are in the order of their distance,
	// then their IDs; edges in the order of From, Kind, To and their properties.
	Neighbourhood(ctx context.Context, seeds []ID, o NeighbourhoodOptions) (Subgraph, error)

	// Degrees counts the edges of each of the nodes, shortcuts and parallel edges too: for each kind, direction, and kind
	// of node at the other end, how many there are, in no order. Nodes without edges, and unknown IDs, may be absent.
	Degrees(ctx context.Context, ids []ID) (map[ID][]Degree, error)

	// Nearest returns, for each of the vectors, the claims whose meanings by that model have a cosine of at least o.AtLeast
	// to it: the o.First nearest, in the order of CompareNear. It may leave out some that are not near: what has a
	// cosine of 0.8, and is among the nearest, is nearly always there.
	Nearest(ctx context.Context, vectors []Vector, o NearestOptions) ([][]Near, error)

	Stats(ctx context.Context) (Stats, error)

	// Close waits for running calls and lets go of everything. Later calls fail with ErrClosed; closing twice is
	// closing once.
	Close(ctx context.Context) error
}

// Bounds of what one call may bring or ask for. Graph refuses more.
const (
	MaxBatchNodes = 1_000_000

	MaxFirst     = 1000 // rows of one level for each row of the level above
	MaxFollows   = 64   // levels of a Select in all
	MaxLevels    = 16   // levels of a Select below one another
	MaxFilters   = 200  // filters and values of one level, nested ones too
	MaxSteps     = 16   // of an Onward
	MaxBuckets   = 1000
	MaxPaths     = 100
	MaxPathEdges = 8
	MaxNodes     = 2000 // nodes of a Neighbourhood
	MaxDepth     = 4    // of a Neighbourhood
	MaxOmitted   = 1000 // where Subgraph.Omitted and EdgesOmitted stop counting
	MaxShortcuts = 1000 // between the nodes of a Neighbourhood
)

// A Select asks for nodes and, nested, for what hangs on them: the shape of a GraphQL selection without GraphQL.
type Select struct {
	// IDs asks for these nodes, in this order, each as often as it is asked for, if they are there and match Level's
	// Kinds and Where; Order, First and After do not apply. Nil asks for all nodes that match Level.
	IDs []ID
	// Onward, with IDs, asks also for what lies behind their nodes. Nil: for nothing more.
	Onward *Onward
	Level
}

// An Onward walks on from nodes of one kind, along edges that lead to others of the kind, and asks for the nodes that it meets:
// the nearest, and of one distance those with the smallest IDs, MaxFirst at most. They come behind those asked for by their
// IDs, in the order of IDs, each once, if they match Level's Where.
type Onward struct {
	Edges []EdgeKind // one or more
	Steps int        // 1 to MaxSteps
	Where Filter     // what nodes must match to be walked to; nil: nothing
}

// A Level says what is wanted of the nodes of one level.
type Level struct {
	Kinds  []NodeKind // only these; a Select without IDs needs one or more, a Follow's nil means all that its edge leads to
	Where  Filter
	Order  []Order   // then by ID, always
	First  int       // rows wanted, 1 to MaxFirst; of a Follow: for each row of the level above
	After  *Position // only rows behind it, in the order asked for
	Total  bool      // count all that match, whatever First and After are
	Props  []string  // wanted properties; one that the node's kind lacks reads as absent
	Follow []Follow
}

// A Follow walks one kind of edge from each node of the level above. Parallel edges give a row each, in the order of
// their properties' values, property by property as the vocabulary lists them, absent values last.
type Follow struct {
	Edge      EdgeKind
	Reverse   bool
	Via       Filter   // on the edge's properties: And, Or, Not and Where only
	EdgeProps []string // wanted properties of the edge
	Level
}

// An Order sorts by a property of the level's nodes, absent values last in either direction. Score sorts by how well
// nodes match instead; only the store knows how, and only where Where is a Match or an And with one in it, and only
// at the top level.
type Order struct {
	Prop string
	Desc bool
}

// Compare orders two values of the property.
func (o Order) Compare(a, b any) int {
	if o.Desc && a != nil && b != nil {
		return Compare(b, a)
	}
	return Compare(a, b)
}

// Score is the Order.Prop that stands for the quality of a full-text match, best first when Desc.
const Score = "~score"

// Rows are the nodes of one level under one row of the level above.
type Rows struct {
	Rows  []Row
	More  bool // there are further rows behind the last
	Total int  // with Level.Total: all that match; otherwise 0
}

// A Row is one node, with what was asked for of it.
type Row struct {
	ID     ID
	Kind   NodeKind
	Props  []any  // aligned with Level.Props; nil where absent
	Edge   []any  // aligned with Follow.EdgeProps; nil where absent
	Order  []any  // aligned with Level.Order: the values that the row was sorted by; nil where absent
	Follow []Rows // aligned with Level.Follow
}

// A Position is a place in a sorted level: behind a row.
type Position struct {
	Order []any // the row's Order values
	ID    ID
}

// Position returns the place behind the row. Where parallel edges lead to the row's node, it is behind all of them.
func (r Row) Position() *Position { return &Position{Order: r.Order, ID: r.ID} }

// A Facet is what Count groups by: a property (or IDProp) of the counted node, or of the nodes that a chain of edges
// leads to.
type Facet struct {
	Steps    []Step // edges to walk first
	Prop     string // a Strings property puts a node into a group for each value
	Interval Interval
	Same     map[string]string // IDs that count as another; of IDProp only
}

// A Step is one edge to walk.
type Step struct {
	Edge    EdgeKind
	Reverse bool
}

// An Interval cuts times to the beginning of their day, month, or year, in UTC.
type Interval uint8

// The intervals. Weeks begin on Monday.
const (
	Exact Interval = iota
	Day
	Week
	Month
	Year
)

// A Bucket is one group of a Count.
type Bucket struct {
	Key   []any // aligned with the facets; nil where the property is absent or a chain of edges leads nowhere
	Count int
}

// A Degree is how many edges of one kind join a node to nodes of one kind.
type Degree struct {
	Edge    EdgeKind
	Reverse bool     // they lead to the node
	Far     NodeKind // at the other end
	Count   int      // at least 1
}

// PathOptions say which paths are wanted.
type PathOptions struct {
	Using     []EdgeKind // nil: every kind
	MaxLength int        // in edges, 0 to MaxPathEdges
	First     int        // 1 to MaxPaths
	Props     []string   // wanted properties of the nodes
}

// NeighbourhoodOptions say how far a Neighbourhood reaches.
type NeighbourhoodOptions struct {
	Depth     int                 // in edges, 0 to MaxDepth, in whichever direction they point
	Nodes     int                 // at most this many nodes, 1 to MaxNodes; seeds count
	Kinds     []NodeKind          // of the nodes beside the seeds; nil: every kind
	Where     map[NodeKind]Filter // what nodes of a kind must match, beside the seeds; absent: nothing
	Shortcuts Filter              // what the relations of shortcuts must match; nil: nothing
	Using     []EdgeKind          // nil: every kind
	Props     []string            // wanted properties of the nodes
	BareEdges bool                // edges come without their properties
}

// A Subgraph is some nodes and edges between them. A path's nodes are in its order, and its edges lead from each to
// the next (or back).
type Subgraph struct {
	Nodes     []Node // Props: those asked for that the node has
	Edges     []Edge
	Truncated bool // there were more nodes within reach than were allowed
	Omitted   int  // how many, at the distance where the walk was cut; counting stops at MaxOmitted

	EdgesOmitted int // shortcuts between the nodes that were left out; counting stops at MaxOmitted
}

// Stats counts what a graph holds.
type Stats struct {
	Documents int
	Nodes     int
	Edges     int              // shortcuts too
	ByKind    map[NodeKind]int // kinds without nodes are absent
}
