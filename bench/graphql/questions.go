package graphql

import (
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// claimsQuery asks for $n claims, those of most documents first.
const claimsQuery = `query($n: Int!) { claims(first: $n) { nodes { id text firstSeen originCount contested
	attributions(first: 10) { nodes { id cueText voice polarity confidence { extraction } assertedAt
		sources { id name kind } document { id title url publishedAt publisher { id name } } } } } } }`

// claimsByName answers it in maps.
const claimsByName = `RETURN {claims: {nodes: COLLECT {
	MATCH (c:Claim) WITH c ORDER BY c.originCount DESC, c.id LIMIT $n
	RETURN c {.id, .text, .firstSeen, .originCount, .contested, attributions: {nodes: COLLECT {
		MATCH (c)<-[:CONTENT]-(a:Attribution) WITH a ORDER BY a.assertedAt DESC, a.id LIMIT 10
		RETURN a {.id, cueText: a.cue, .voice, .polarity, confidence: {extraction: a.confidence}, .assertedAt,
			sources: COLLECT {
				MATCH (a)-[:SOURCE]->(s:Actor) WITH s ORDER BY s.id LIMIT 50 RETURN s {.id, .name, .kind}
			},
			document: head(COLLECT {
				MATCH (a)-[:IN]->(d:Document) WITH d LIMIT 1
				RETURN d {.id, .title, .url, .publishedAt, publisher: head(COLLECT {
					MATCH (d)-[:PUBLISHED_BY]->(o:Actor) WITH o LIMIT 1 RETURN o {.id, .name}
				})}
			})
		}
	}}}
}}}`

// claimsAsLists answers it in lists.
const claimsAsLists = `RETURN COLLECT {
	MATCH (c:Claim) WITH c ORDER BY c.originCount DESC, c.id LIMIT $n
	RETURN [c.id, c.text, c.firstSeen, c.originCount, c.contested, COLLECT {
		MATCH (c)<-[:CONTENT]-(a:Attribution) WITH a ORDER BY a.assertedAt DESC, a.id LIMIT 10
		RETURN [a.id, a.cue, a.voice, a.polarity, a.confidence, a.assertedAt,
			COLLECT { MATCH (a)-[:SOURCE]->(s:Actor) WITH s ORDER BY s.id LIMIT 50 RETURN [s.id, s.name, s.kind] },
			COLLECT {
				MATCH (a)-[:IN]->(d:Document) WITH d LIMIT 1
				RETURN [d.id, d.title, d.url, d.publishedAt, COLLECT {
					MATCH (d)-[:PUBLISHED_BY]->(o:Actor) WITH o LIMIT 1 RETURN [o.id, o.name]
				}]
			}
		]
	}]
}`

// subgraphQuery asks for the 300 nodes around $seed.
const subgraphQuery = `query($seed: ID!) { subgraph(seeds: [$seed], maxNodes: 300) {
	nodes { id caption } edges { kind from to } } }`

// subgraphByName and subgraphAsLists answer it for edges of the types TYPES.
const (
	subgraphByName = `MATCH (seed:Actor {id: $seed})
		WITH [seed] + COLLECT {
			MATCH (seed)-[:TYPES]-(n) WHERE n <> seed WITH DISTINCT n ORDER BY n.id LIMIT 299 RETURN n
		} AS near
		RETURN {subgraph: {nodes: [n IN near | n {.id, .caption}], edges: COLLECT {
			UNWIND near AS a MATCH (a)-[r:TYPES]->(b) WHERE b IN near RETURN {kind: type(r), from: a.id, to: b.id}
		}}}`
	subgraphAsLists = `MATCH (seed:Actor {id: $seed})
		WITH [seed] + COLLECT {
			MATCH (seed)-[:TYPES]-(n) WHERE n <> seed WITH DISTINCT n ORDER BY n.id LIMIT 299 RETURN n
		} AS near
		RETURN [[n IN near | [n.id, n.caption]], COLLECT {
			UNWIND near AS a MATCH (a)-[r:TYPES]->(b) WHERE b IN near RETURN [type(r), a.id, b.id]
		}]`
)

// withTypes writes the vocabulary's types of relationships into a statement.
func withTypes(cypher string) string {
	types := make([]string, len(graph.Edges))
	for i, e := range graph.Edges {
		types[i] = string(e.Kind)
	}
	return strings.ReplaceAll(cypher, "TYPES", strings.Join(types, "|"))
}

// A question is asked of our server by GraphQL, and answered by hand by two statements.
type question struct {
	name      string
	query     string
	variables map[string]any // of the query, and the statements' parameters
	byName    string
	asLists   string
}

func questions(busiest graph.ID) []question {
	claims := question{name: "100 claims", query: claimsQuery, byName: claimsByName, asLists: claimsAsLists}
	claims.variables = map[string]any{"n": 100}
	fewer := claims
	fewer.name, fewer.variables = "10 claims", map[string]any{"n": 10}
	return []question{claims, fewer, {
		name: "subgraph", query: subgraphQuery, variables: map[string]any{"seed": string(busiest)},
		byName: withTypes(subgraphByName), asLists: withTypes(subgraphAsLists),
	}}
}
