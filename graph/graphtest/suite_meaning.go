package graphtest

import (
	"math/rand/v2"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

var meaningChecks = []check{
	{name: "Meaning/the nearest come first, within bounds", run: meaningNearest},
	{name: "Meaning/by another model is not near", run: meaningModels},
	{name: "Meaning/goes with its claim", run: meaningGoes},
	{name: "Meaning/of many claims is found again", run: meaningMany},
}

// steps returns a vector that points the farther from that of no steps, the more there are: cosine 1 - n/192.
func steps(n int) graph.Vector {
	var v graph.Vector
	for i := range v {
		v[i] = 100
		if (i%2 == 1) != (i < n) {
			v[i] = -100
		}
	}
	return v
}

// means draws a picture and gives the claims of its first batch meanings.
func (s *subject) means(picture, model string, places map[string]graph.Vector) {
	s.Helper()
	batches := s.draw(picture)
	for name, v := range places {
		batches[0].Meanings = append(batches[0].Meanings, graph.Meaning{Claim: ID(graph.KindClaim, name), Model: model, Vector: v})
	}
	s.putBatches(batches)
}

// nearest asks both for what is near, compares the answers, and returns the store's.
func (s *subject) nearest(what string, o graph.NearestOptions, vectors ...graph.Vector) [][]graph.Near {
	s.Helper()
	got, err := s.store.Nearest(s.Context(), vectors, o)
	if err != nil {
		s.Fatalf("%s: Nearest: %v", what, err)
	}
	want, err := s.oracle.Nearest(s.Context(), vectors, o)
	if err != nil {
		s.Fatalf("%s: oracle: Nearest: %v", what, err)
	}
	s.same(what, want, got)
	return got
}

// lies compares what is near one vector with a list of names.
func (s *subject) lies(what string, o graph.NearestOptions, v graph.Vector, want string) {
	s.Helper()
	var names []string
	for _, n := range s.nearest(what, o, v)[0] {
		names = append(names, short(n.ID))
	}
	if got := strings.Join(names, " "); got != want {
		s.Errorf("%s: got %q, want %q", what, got, want)
	}
}

const fourClaims = `
	wire Document
	north Claim
	east Claim
	south Claim
	west Claim`

func meaningNearest(s *subject) {
	o := graph.NearestOptions{Model: "m", First: 10, AtLeast: 0.9}
	s.lies("in an empty graph", o, steps(0), "")
	s.means(fourClaims, "m", map[string]graph.Vector{"north": steps(1), "east": steps(5), "south": steps(15), "west": steps(99)})
	s.lies("all that is near enough", o, steps(0), "clm_north clm_east clm_south")
	o.First = 2
	s.lies("the two nearest", o, steps(0), "clm_north clm_east")
	o.AtLeast = 0.9999
	s.lies("what is as good as there", o, steps(99), "clm_west")
	o.AtLeast = 0.5
	if got := s.nearest("several at once", o, steps(1), steps(99), steps(50)); len(got) != 3 {
		s.Errorf("got %d answers, want one for each of 3 vectors", len(got))
	}
	s.nearest("none", o)
	s.agrees("with meanings")
}

func meaningModels(s *subject) {
	o := graph.NearestOptions{Model: "new", First: 10, AtLeast: 0.9}
	s.means(fourClaims, "old", map[string]graph.Vector{"north": steps(1), "east": steps(2)})
	s.lies("by a new model", o, steps(0), "")
	s.means("echo Document\n north Claim", "new", map[string]graph.Vector{"north": steps(3)})
	s.lies("by the new model, of one claim", o, steps(0), "clm_north")
	o.Model = "old"
	s.lies("by the old model, of the other", o, steps(0), "clm_east")
}

func meaningGoes(s *subject) {
	o := graph.NearestOptions{Model: "m", First: 10, AtLeast: 0.9}
	s.means(fourClaims, "m", map[string]graph.Vector{"north": steps(1), "east": steps(2)})
	s.put("echo Document\n north Claim")
	s.lies("after another document", o, steps(0), "clm_north clm_east")
	s.delete("wire")
	s.lies("of whom another document speaks", o, steps(0), "clm_north")
	s.put("echo Document\n east Claim")
	s.lies("after all are gone", o, steps(0), "")
	s.means("echo Document\n north Claim", "m", map[string]graph.Vector{"north": steps(4)})
	s.lies("after it came again", o, steps(0), "clm_north")
}

// meaningMany looks for what lies very near to each of many claims that else lie anywhere: exactly one.
func meaningMany(s *subject) {
	const claims = 600
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // no secret
	picture, places := []string{"wire Document"}, make(map[string]graph.Vector)
	var asked []graph.Vector
	for i := range claims {
		name := manyName(i)
		picture = append(picture, name+" Claim")
		var v graph.Vector
		for k := range v {
			v[k] = int8(random.IntN(201) - 100) //nolint:gosec // small
		}
		places[name] = v
		for k := range v {
			v[k] += int8(random.IntN(41) - 20) //nolint:gosec // small
		}
		asked = append(asked, v)
	}
	s.means(strings.Join(picture, "\n"), "m", places)
	for i, near := range s.nearest("among many", graph.NearestOptions{Model: "m", First: 5, AtLeast: 0.8}, asked...) {
		if want := ID(graph.KindClaim, manyName(i)); len(near) != 1 || near[0].ID != want {
			s.Errorf("near claim %d: got %v, want it alone", i, near)
		}
	}
}

func manyName(i int) string { return string([]byte{'a' + byte(i/26), 'a' + byte(i%26)}) }
