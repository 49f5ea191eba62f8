package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/claimgraph/claimgraph/graph"
)

// A question is one question in the words of both.
type question struct {
	name   string
	target float64 // how many times their throughput ours shall be
	ours   []byte  // requests
	theirs []byte
	plain  [2]func(data map[string]any) any // the answers in a form in which they can be compared
}

// equal asks both, and says where their answers differ.
func (q question) equal(ctx context.Context, sides ...*side) error {
	var answers []any
	for i, s := range sides {
		text, err := s.whole(ctx)
		if err != nil {
			return err
		}
		var answer struct {
			Data   map[string]any
			Errors []any
		}
		if err := json.Unmarshal(text, &answer); err != nil || answer.Errors != nil {
			return fmt.Errorf("%s answers %.500s", s.url, text)
		}
		answers = append(answers, q.plain[i](answer.Data))
	}
	if diff := cmp.Diff(answers[0], answers[1]); diff != "" {
		return fmt.Errorf("the answers differ (-ours +theirs):\n%.2000s", diff)
	}
	return nil
}

// questions returns what is asked of the graph in the store.
func questions(ctx context.Context, store string) ([]question, error) {
	actor, err := neighboured(ctx, store)
	if err != nil {
		return nil, err
	}
	plainClaims := func(data map[string]any) any { return plain(data["claims"]) }
	list := []question{{name: "10 claims", target: 4}, {name: "100 claims", target: 2}}
	for i, n := range []int{10, 100} {
		list[i].ours, list[i].theirs = request(ourClaims, "n", n), request(theirClaims, "n", n)
		list[i].plain = [...]func(map[string]any) any{plainClaims, plainClaims}
	}
	return append(list, question{
		name: "neighbourhood", target: 8,
		ours: request(ourNeighbourhood, "actor", actor), theirs: request(theirNeighbourhood, "actor", actor),
		plain: [...]func(map[string]any) any{plainSubgraph, plainActor},
	}), nil
}

// Claims, those of most documents first, each with up to ten attributions, the latest first, their sources, documents
// and outlets. In their API a list that has no order may come in any; where there is one item at most, it needs none.
const (
	ourClaims = `query($n: Int!) { claims(first: $n) { nodes { id text firstSeen originCount contested
	attributions(first: 10) { nodes { id cueText voice polarity confidence { extraction } assertedAt
		sources { id name kind } document { id title url publishedAt publisher { id name } } } } } } }`

	theirClaims = `query($n: Int!) { claims(limit: $n, sort: [{originCount: DESC}, {id: ASC}]) { id text firstSeen originCount contested
	attributions(limit: 10, sort: [{assertedAt: DESC}, {id: ASC}]) { id cueText: cue voice polarity confidence assertedAt
		sources(limit: 50, sort: [{id: ASC}]) { id name kind } document { id title url publishedAt publisher { id name } } } } }`
)

// The neighbourhood of an actor that has just under 300 neighbours, by the edges that lead to actors, with the edges
// among these neighbours.
const (
	ourNeighbourhood = `query($actor: ID!) { subgraph(seeds: [$actor], maxNodes: 300,
		filter: {using: [SOURCE, REFERS_TO, AGENT, TARGET, PLACE, NAMES, PUBLISHED_BY, WITHIN, CITES]}) {
	nodes { id caption } edges { kind from to } } }`

	theirNeighbourhood = `query($actor: String!) { actors(where: {id: {eq: $actor}}) { id caption
	SOURCE: attributions(limit: 299) { id caption
		WITHIN: within(where: {sources: {some: {id: {eq: $actor}}}}) { id }
		CITES: citations(where: {names: {some: {id: {eq: $actor}}}}) { id } }
	REFERS_TO: mentions(limit: 299) { id caption }
	AGENT: agentOf(limit: 299) { id caption } TARGET: targetOf(limit: 299) { id caption } PLACE: placeOf(limit: 299) { id caption }
	NAMES: citations(limit: 299) { id caption } PUBLISHED_BY: published(limit: 299) { id caption } } }`
)

// mostNeighboured finds the actor with the most neighbours of those that have at most 299.
const mostNeighboured = `MATCH (a:Actor) WHERE a.originCount < 300
	WITH a, COUNT { MATCH (a)<-[:SOURCE|REFERS_TO|AGENT|TARGET|PLACE|NAMES|PUBLISHED_BY]-(n) RETURN DISTINCT n } AS neighbours
	WHERE neighbours < 300 RETURN a.id ORDER BY neighbours DESC, a.id LIMIT 1`

func neighboured(ctx context.Context, store string) (id string, err error) {
	at := strings.LastIndexByte(store, '/')
	driver, err := neo4j.NewDriverWithContext(store[:at], neo4j.NoAuth())
	if err != nil {
		return "", err
	}
	defer driver.Close(ctx)
	result, err := neo4j.ExecuteQuery(ctx, driver, mostNeighboured, nil, neo4j.EagerResultTransformer,
		neo4j.ExecuteQueryWithDatabase(store[at+1:]))
	if err != nil {
		return "", err
	}
	if len(result.Records) == 1 {
		id, _ = result.Records[0].Values[0].(string)
	}
	if id == "" {
		err = errors.New("no actor has fewer than 300 neighbours")
	}
	return id, err
}

// request writes a query with its one variable as it is sent.
func request(query, name string, value any) []byte {
	body, _ := json.Marshal(map[string]any{"query": query, "variables": map[string]any{name: value}}) // texts and numbers
	return body
}

// plain undoes what the two APIs word differently: connections, groups of values, lists of at most one, and times.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for _, wrapper := range []string{"nodes", "extraction"} {
			if inner, ok := v[wrapper]; ok {
				return plain(inner)
			}
		}
		m := make(map[string]any, len(v))
		for name, value := range v {
			if list, ok := value.([]any); ok && len(list) == 1 && (name == "document" || name == "publisher") {
				value = list[0]
			}
			m[name] = plain(value)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plain(v[i])
		}
		return list
	case string:
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			return t.UTC()
		}
	}
	return v
}

// A neighbourhood is nodes with their captions, and edges.
type neighbourhood struct {
	Nodes map[string]string
	Edges []string
}

func (n *neighbourhood) node(v any) string {
	m, _ := v.(map[string]any)
	id, _ := m["id"].(string)
	n.Nodes[id], _ = m["caption"].(string)
	return id
}

func (n *neighbourhood) edge(kind, from, to any) {
	n.Edges = append(n.Edges, fmt.Sprint(from, " ", kind, " ", to))
}

func (n *neighbourhood) sorted() *neighbourhood {
	slices.Sort(n.Edges)
	return n
}

func plainSubgraph(data map[string]any) any {
	n := &neighbourhood{Nodes: make(map[string]string)}
	sub, _ := data["subgraph"].(map[string]any)
	nodes, _ := sub["nodes"].([]any)
	for _, node := range nodes {
		n.node(node)
	}
	edges, _ := sub["edges"].([]any)
	for _, edge := range edges {
		e, _ := edge.(map[string]any)
		n.edge(e["kind"], e["from"], e["to"])
	}
	return n.sorted()
}

// plainActor reads the neighbourhood from an actor with lists that are called by the kinds of their edges.
func plainActor(data map[string]any) any {
	n := &neighbourhood{Nodes: make(map[string]string)}
	actors, _ := data["actors"].([]any)
	for _, actor := range actors {
		id := n.node(actor)
		n.lists(actor, func(kind string, neighbour any) {
			near := n.node(neighbour)
			n.edge(kind, near, id)
			n.lists(neighbour, func(kind string, far any) {
				m, _ := far.(map[string]any)
				n.edge(kind, near, m["id"])
			})
		})
	}
	return n.sorted()
}

// lists calls do for every item of the lists in v that are called by a kind of edges.
func (n *neighbourhood) lists(v any, do func(kind string, item any)) {
	m, _ := v.(map[string]any)
	for name, value := range m {
		list, _ := value.([]any)
		for _, item := range list {
			if graph.EdgeKind(name).Known() {
				do(name, item)
			}
		}
	}
}
