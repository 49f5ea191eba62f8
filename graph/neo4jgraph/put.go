package neo4jgraph

import (
	"context"
	"fmt"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/claimgraph/claimgraph/graph"
)

// commitAttempts is how often Put tries when the connection broke during a commit, so that nobody knows whether it
// took place. Putting twice is as putting once.
const commitAttempts = 3

// Put replaces what the owners contributed.
func (s *Store) Put(ctx context.Context, batches []graph.Batch) error {
	var err error
	for range commitAttempts {
		err = s.writing(ctx, func(tx *transaction) error { return newChange(tx, batches).put() })
		if !neo4j.IsConnectivityError(err) || neo4j.IsRetryable(err) {
			break
		}
	}
	return err
}

// Delete removes what the owners contributed, and themselves.
func (s *Store) Delete(ctx context.Context, owners []graph.ID) error {
	return s.writing(ctx, func(tx *transaction) error {
		c := newChange(tx, nil)
		c.owners = slices.Compact(slices.Sorted(slices.Values(owners)))
		return c.delete()
	})
}

// A change replaces, in one transaction, what some owners contribute by what their batches say. Everything is locked
// in the same order by every change – owners, then shared nodes, each by kind and ID – so that two changes seldom wait
// for each other in a circle; where they do, the server ends one, and the driver runs it again.
type change struct {
	tx     *transaction
	owners []graph.ID // sorted

	// What the batches say now.
	owned map[graph.ID]ownedNode
	said  map[said]*contribution // of shared nodes
	edges []graph.Edge           // of owned nodes, but for their IN edge to the owner
	links []graph.Edge

	meanings map[graph.ID]graph.Meaning

	// What the owners said before.
	known   map[graph.ID]bool // owners that were there
	had     map[graph.ID]bool // owned nodes
	hadSaid map[said]*contribution

	numbers map[graph.ID]int64 // by which Neo4j knows the nodes that this change has met: no index finds nodes as fast
	fresh   map[graph.ID]bool  // nodes that are new and that other owners' edges may wait for
	shared  map[graph.ID]*sharedNode
	affects map[graph.ID]bool // relations whose shortcuts may change
	cited   map[graph.ID]bool // citations that may be resolved now, or no more
}

// An ownedNode is a node that belongs to an owner.
type ownedNode struct {
	graph.Node
	owner graph.ID
}

func newChange(tx *transaction, batches []graph.Batch) *change {
	c := &change{
		tx: tx, owned: make(map[graph.ID]ownedNode), said: make(map[said]*contribution),
		meanings: make(map[graph.ID]graph.Meaning),
		known:    make(map[graph.ID]bool), had: make(map[graph.ID]bool), hadSaid: make(map[said]*contribution),
		numbers: make(map[graph.ID]int64), fresh: make(map[graph.ID]bool),
		shared: make(map[graph.ID]*sharedNode), affects: make(map[graph.ID]bool), cited: make(map[graph.ID]bool),
	}
	for _, b := range batches {
		c.owners = append(c.owners, b.Owner)
		for _, n := range b.Nodes {
			if n.Kind.Info().Shared {
				c.said[said{b.Owner, n.ID}] = &contribution{props: n.Props}
			} else {
				c.owned[n.ID] = ownedNode{n, b.Owner}
			}
		}
		c.addEdges(b)
		c.links = append(c.links, b.Links...)
		for _, e := range b.Links {
			if e.Kind == graph.EdgeResolvesTo {
				c.cited[e.From] = true
			}
		}
		for _, m := range b.Meanings {
			c.meanings[m.Claim] = m
		}
	}
	for _, contribution := range c.said {
		contribution.sortEdges()
	}
	slices.Sort(c.owners)
	return c
}

// addEdges sorts a batch's edges by whom they belong to.
func (c *change) addEdges(b graph.Batch) {
	for _, e := range b.Edges {
		if contribution := c.said[said{b.Owner, e.From}]; contribution != nil {
			contribution.edges = append(contribution.edges, e)
		} else if e.Kind != graph.EdgeIn || e.To != b.Owner {
			c.edges = append(c.edges, e)
		}
	}
}

func (c *change) put() error {
	for _, step := range []func() error{
		c.claimOwners, c.readBefore, c.clearEdges, c.writeOwned, c.settleShared, c.vanish, c.writeMeanings, c.joinEdges, c.deriveShortcuts,
		c.deriveResolved,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) delete() error {
	for _, step := range []func() error{
		c.findOwners, c.readBefore, c.settleShared, c.vanish, c.deriveShortcuts, c.deriveResolved,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// claimOwners makes the owners, or locks those that are there.
func (c *change) claimOwners() error {
	for _, g := range byKind(c.owners) {
		there, err := c.merge(g, lockFound, "CASE WHEN n.caption IS NOT NULL THEN id END")
		if err != nil {
			return err
		}
		for _, id := range there {
			c.known[graph.ID(text(id))] = true
		}
		for _, id := range g.ids {
			if !c.known[id] {
				c.fresh[id] = true
			}
		}
	}
	return nil
}

// lockFound locks a node that was there until the change is over. A new one is locked anyway.
const lockFound = "ON MATCH SET n.id = id"

// merge makes those nodes that are not there, notes the numbers of all, and returns what an expression about n says of
// each, but for null.
func (c *change) merge(g kindIDs, clause, expression string) ([]any, error) {
	return c.meet(fmt.Sprintf("UNWIND $of AS id MERGE (n:%s {id: id}) %s", g.kind, clause), texts(g.ids), expression)
}

// meet runs clauses that meet nodes n, by their $of, and notes the nodes' numbers. It returns what an expression
// says of each, but for null. They come in one row, as each costs more than what is in it.
func (c *change) meet(clauses string, of any, expression string) ([]any, error) {
	rows, err := c.tx.run(clauses+" RETURN collect(n.id), collect(id(n)), collect("+expression+")", map[string]any{"of": of})
	if err != nil {
		return nil, err
	}
	columns := lists(rows[0])
	for i, id := range columns[0] {
		c.numbers[graph.ID(text(id))], _ = columns[1][i].(int64)
	}
	return columns[2], nil
}

// each runs clauses for each of the rows.
func (c *change) each(rows []any, clauses string) error {
	if len(rows) == 0 {
		return nil
	}
	return c.tx.exec("UNWIND $rows AS row "+clauses, map[string]any{"rows": rows})
}

// findOwners locks the owners, all of which must be there.
func (c *change) findOwners() error {
	for _, g := range byKind(c.owners) {
		if !g.kind.Info().Owner {
			continue
		}
		_, err := c.meet(fmt.Sprintf("UNWIND $of AS id MATCH (n:%s {id: id}) SET n.id = id", g.kind), texts(g.ids), "null")
		if err != nil {
			return err
		}
	}
	for _, id := range c.owners {
		if _, c.known[id] = c.numbers[id]; !c.known[id] {
			return fmt.Errorf("%s: %w", id, graph.ErrNotFound)
		}
	}
	return nil
}

// readBefore reads what the owners contributed before.
func (c *change) readBefore() error {
	for _, g := range byKind(c.knownOwners()) {
		params := map[string]any{"ids": texts(g.ids)}
		rows, err := c.tx.run(fmt.Sprintf("MATCH (o:%s) WHERE o.id IN $ids MATCH (o)<-[:IN]-(n) RETURN n.id", g.kind), params)
		if err != nil {
			return err
		}
		for _, row := range rows {
			c.had[graph.ID(text(row[0]))] = true
		}
		rows, err = c.tx.run(fmt.Sprintf("MATCH (o:%s) WHERE o.id IN $ids MATCH (o)<-[:RESOLVES_TO]-(n) RETURN n.id", g.kind), params)
		if err != nil {
			return err
		}
		for _, row := range rows {
			c.cited[graph.ID(text(row[0]))] = true
		}
		rows, err = c.tx.run(fmt.Sprintf(
			"MATCH (o:%s) WHERE o.id IN $ids MATCH (o)-[c:CONTRIBUTES]->(n) RETURN o.id, n.id, properties(c)", g.kind), params)
		if err != nil {
			return err
		}
		for _, row := range rows {
			key := said{graph.ID(text(row[0])), graph.ID(text(row[1]))}
			if c.hadSaid[key], err = decodeContribution(key.node, row[2]); err != nil {
				return err
			}
		}
	}
	for id := range c.known {
		c.had[id] = true
	}
	return nil
}

func (c *change) knownOwners() []graph.ID {
	var list []graph.ID
	for _, id := range c.owners {
		if c.known[id] {
			list = append(list, id)
		}
	}
	return list
}

// clearEdges removes the edges of owned nodes that stay, but for those to their owner, and the links at them; they are
// written anew.
func (c *change) clearEdges() error {
	var stay []graph.ID
	for id := range c.had {
		if _, ok := c.owned[id]; ok {
			stay = append(stay, id)
		}
	}
	for _, g := range byKind(stay) {
		rows := make([]map[string]any, len(g.ids))
		for i, id := range g.ids {
			rows[i] = map[string]any{"id": string(id), "owner": string(c.owned[id].owner)}
		}
		err := c.tx.exec(fmt.Sprintf("UNWIND $rows AS row MATCH (n:%s {id: row.id}) "+
			"MATCH (n)-[r:%s]->(far) WHERE NOT (type(r) = 'IN' AND far.id = row.owner) DELETE r",
			g.kind, types(contributed())), map[string]any{"rows": rows})
		if err != nil {
			return err
		}
		err = c.tx.exec(fmt.Sprintf("UNWIND $ids AS id MATCH (n:%s {id: id}) MATCH (n)-[r:%s]-() DELETE r",
			g.kind, types(links())), map[string]any{"ids": texts(g.ids)})
		if err != nil {
			return err
		}
	}
	return c.forgetPending("from", stay)
}

// writeOwned writes the owned nodes: new ones with the edge to their owner, the others in place.
func (c *change) writeOwned() error {
	fresh, stay := make(map[graph.NodeKind][]any), make(map[graph.NodeKind][]any)
	for _, id := range sortedKeys(c.owned) {
		n := c.owned[id]
		props := nodeProps(n.Node)
		if c.had[id] || id == n.owner {
			stay[n.Kind] = append(stay[n.Kind], props)
			continue
		}
		fresh[n.Kind] = append(fresh[n.Kind], []any{c.numbers[n.owner], props})
		if n.Kind == graph.KindAttribution {
			c.fresh[id] = true
		}
	}
	for _, info := range graph.Nodes {
		if rows := stay[info.Kind]; rows != nil {
			_, err := c.meet(fmt.Sprintf("UNWIND $of AS props MATCH (n:%s {id: props.id}) SET n = props", info.Kind), rows, "null")
			if err != nil {
				return err
			}
		}
		if rows := fresh[info.Kind]; rows != nil {
			_, err := c.meet(fmt.Sprintf("UNWIND $of AS row MATCH (o) WHERE id(o) = row[0] CREATE (n:%s)-[:IN]->(o) SET n = row[1]",
				info.Kind), rows, "null")
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// nodeProps returns all properties of a node as it is stored.
func nodeProps(n graph.Node) map[string]any {
	m := stored(n.Props, 2)
	m["id"] = string(n.ID)
	for _, p := range n.Kind.Info().Props {
		if p.Computed { // not until links are there
			m[p.Name] = false
		}
	}
	if words := n.SearchText(); words != "" {
		m["search"] = words
	}
	return m
}

func sortedKeys[V any](m map[graph.ID]V) []graph.ID {
	keys := make([]graph.ID, 0, len(m))
	for id := range m {
		keys = append(keys, id)
	}
	slices.Sort(keys)
	return keys
}
