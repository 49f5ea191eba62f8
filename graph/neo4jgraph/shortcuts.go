package neo4jgraph

import (
	"slices"

	"github.com/claimgraph/claimgraph/graph"
)

// dropShortcuts removes the shortcuts of relations of which something is said no more, while the edges that lead to
// them are still there. Relations of which only more is said keep theirs.
func (c *change) dropShortcuts() error {
	if len(c.hadSaid) == 0 && !c.retyped() {
		return nil
	}
	return c.tx.exec(`
		UNWIND $ids AS id
		MATCH (r:Relation {id: id})-[:AGENT]->(a) MATCH (r)-[:TARGET]->(b)
		MATCH (a)-[s {relationId: id}]->(b)
		DELETE s`, map[string]any{"ids": texts(sortedKeys(c.affects))})
}

// retyped reports whether what is added may change the type of a relation, and so the kind of its shortcuts.
func (c *change) retyped() bool {
	for _, node := range c.shared {
		if node.kind == graph.KindRelation && node.before != nil && slices.ContainsFunc(node.added, func(key said) bool {
			return c.said[key].props["type"] != node.before["type"]
		}) {
			return true
		}
	}
	return false
}

// deriveShortcuts makes the shortcuts of the relations that the change affects what the graph now says they are. A new
// relation has none: nobody has to look for it among all that joins its two actors.
func (c *change) deriveShortcuts() error {
	var fresh, others []string
	for _, id := range sortedKeys(c.affects) {
		if c.fresh[id] {
			fresh = append(fresh, string(id))
		} else {
			others = append(others, string(id))
		}
	}
	if err := c.deriveEach(fresh, "CREATE"); err != nil {
		return err
	}
	return c.deriveEach(others, "MERGE")
}

func (c *change) deriveEach(relations []string, verb string) error {
	if len(relations) == 0 {
		return nil
	}
	return c.tx.exec(`
		UNWIND $ids AS id
		MATCH (r:Relation {id: id}) SET r.id = id
		WITH r, COUNT { (r)<-[:ASSERTS {polarity: $affirms}]-() } AS claims
		WHERE claims > 0 AND r.mode = $actual
		MATCH (r)-[:AGENT]->(a) MATCH (r)-[:TARGET]->(b)
		`+verb+` (a)-[s:$(r.type) {relationId: r.id}]->(b)
		SET s.claims = claims, s.origins = r.originCount, s.contested = r.contested, s.derived = true`,
		map[string]any{"ids": relations, "affirms": string(graph.Affirms), "actual": string(graph.Actual)})
}

// deriveResolved says of the citations whose links may have changed whether they are resolved.
func (c *change) deriveResolved() error {
	if len(c.cited) == 0 {
		return nil
	}
	return c.tx.exec(`
		UNWIND $ids AS id
		MATCH (c:Citation {id: id}) SET c.resolved = EXISTS { (c)-[:RESOLVES_TO]->() }`,
		map[string]any{"ids": texts(sortedKeys(c.cited))})
}
