package graphtest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

func TestParse(t *testing.T) {
	t.Parallel()
	got, err := Parse(`
		# A wire story and what an analyst thinks of it.
		wire  Document title="Talks, at last" publishedAt=2024-07-01T08:30:00.25Z text="#1"  # its owner
		iran  Actor kind=STATE aliases="the Islamic Republic",Tehran,Tehran
		says  Attribution confidence=0.9 depth=-1
		says  -SOURCE-> iran
		grade Assessment
		grade -ASSESSES-> Claim:truce`)
	if err != nil {
		t.Fatal(err)
	}
	wire, iran, says := ID(graph.KindDocument, "wire"), ID(graph.KindActor, "iran"), ID(graph.KindAttribution, "says")
	grade := ID(graph.KindAssessment, "grade")
	want := []graph.Batch{
		{
			Owner: wire,
			Nodes: []graph.Node{
				{ID: wire, Kind: graph.KindDocument, Props: graph.Props{
					"caption": "wire", "title": "Talks, at last", "text": "#1", "textSha256": "wire",
					"publishedAt": time.Date(2024, 7, 1, 8, 30, 0, 250_000_000, time.UTC),
				}},
				{ID: iran, Kind: graph.KindActor, Props: graph.Props{
					"caption": "iran", "name": "iran", "kind": "STATE",
					"aliases": []string{"Tehran", "the Islamic Republic"},
				}},
				{ID: says, Kind: graph.KindAttribution, Props: graph.Props{
					"caption": "says", "kind": "STATEMENT", "voice": "ATTRIBUTED", "polarity": "AFFIRMS",
					"depth": int64(-1), "confidence": 0.9,
				}},
			},
			Edges: []graph.Edge{
				{Kind: graph.EdgeIn, From: says, To: wire},
				{Kind: graph.EdgeSource, From: says, To: iran, Props: graph.Props{}},
			},
		},
		{
			Owner: grade,
			Nodes: []graph.Node{{ID: grade, Kind: graph.KindAssessment, Props: graph.Props{
				"caption": "grade", "by": "grade", "at": time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC),
			}}},
			Edges: []graph.Edge{
				{Kind: graph.EdgeAssesses, From: grade, To: ID(graph.KindClaim, "truce"), Props: graph.Props{}},
			},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct{ picture, want string }{
		{"iran Actor", "line 1: a batch begins with its owner"},
		{"\nwire Document\niran", `line 3: "iran" needs a kind`},
		{"wire Paper", `line 1: "Paper" is no kind of node`},
		{"Wire Document", `line 1: "Wire" is no name`},
		{"wire Document title=\"x", "line 1: \"x: a quote does not end"},
		{"wire Document titel=x", `line 1: Document has no property "titel"`},
		{"wire Document title=x title=y", `line 1: "title" is given twice`},
		{"wire Document title=x,y", "line 1: title: 2 values for one"},
		{`wire Document title="x"y`, `line 1: title: "y" behind a quoted value`},
		{"wire Document title", `line 1: "title" is no property`},
		{"wire Document publishedAt=soon", "line 1: publishedAt: "},
		{"wire Document\nwire Actor", `line 2: "wire" is a Document already`},
		{"wire Document\niran Actor\niran Actor", `line 3: "iran" is in this batch already`},
		{"wire Document\nwire -PUBLISHED_BY paper", `line 2: "-PUBLISHED_BY" is no arrow`},
		{"wire Document\nwire -LOVES-> paper", `line 2: "LOVES" is no kind of edge`},
		{"wire Document publishedPrecision=CENTURY", "batch doc_wire"},
		{"wire Document\nwire Document", "invalid: two batches of doc_wire"},
		{"wire Document\necho Document\niran -SAME_AS-> persia", "batch doc_echo"},
		{"wire Document\nwire -SOURCE-> paper", `line 2: "wire" is a "Document"; the edge needs one of`},
		{"note Assessment\nnote -ASSESSES-> wire", `line 2: "wire" may be any of`},
		{"note Assessment\nnote -ASSESSES-> Document:Wire", `line 2: "Wire" is no name`},
	}
	for _, tt := range tests {
		_, err := Parse(tt.picture)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("Parse(%q): got error %v, want %s…", tt.picture, err, tt.want)
		}
	}
}

func TestNamesShowInIDs(t *testing.T) {
	t.Parallel()
	for _, info := range graph.Nodes {
		id := ID(info.Kind, "iran7")
		if kind, err := id.Kind(); err != nil || kind != info.Kind {
			t.Errorf("%s: got kind %s, error %v; want %s", id, kind, err, info.Kind)
		}
		if !strings.HasSuffix(short(id), "_iran7") {
			t.Errorf("short(%s) = %s", id, short(id))
		}
	}
}

// FuzzParse checks that no picture crashes the parser, and that a picture that it accepts has batches for stores.
func FuzzParse(f *testing.F) {
	f.Add("wire Document title=\"a b\" publishedAt=2024-07-01\nsays Attribution confidence=1\nsays -IN-> wire")
	f.Add("grade Assessment at=2024-07-01T00:00:00Z # note\n")
	f.Add("wire Document text=\"\\u00e9\"\niran Actor aliases=a,\"b\",\niran -SAME_AS-> persia")
	f.Fuzz(func(t *testing.T, picture string) {
		batches, err := Parse(picture)
		if err != nil {
			return
		}
		o := NewOracle()
		if err := o.Put(t.Context(), batches); err != nil {
			t.Fatal(err)
		}
		stats, err := o.Stats(t.Context())
		if err != nil || stats.Nodes < len(batches) {
			t.Errorf("%d batches make %d nodes, error %v", len(batches), stats.Nodes, err)
		}
	})
}
