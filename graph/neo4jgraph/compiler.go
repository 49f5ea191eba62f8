package neo4jgraph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// A compiler turns a request into one Cypher statement with parameters. What stands in the statement itself are names
// of the vocabulary, and names that the compiler makes; everything else is a parameter. So requests of one shape have
// one statement, which the server plans once.
type compiler struct {
	params map[string]any
	names  int
}

func newCompiler() *compiler { return &compiler{params: make(map[string]any)} }

// param returns the placeholder of a value.
func (c *compiler) param(v any) string {
	name := "p" + strconv.Itoa(len(c.params))
	c.params[name] = toDriver(v)
	return "$" + name
}

// name returns a new variable.
func (c *compiler) name(prefix string) string {
	c.names++
	return prefix + strconv.Itoa(c.names)
}

// filter returns a condition on a node or an edge. It may be null where it is not true.
func (c *compiler) filter(f graph.Filter, on string) string {
	switch f := f.(type) {
	case graph.And:
		return c.filters(f, on, " AND ", "true")
	case graph.Or:
		return c.filters(f, on, " OR ", "false")
	case graph.Not:
		return c.not(f, on)
	case graph.Where:
		return c.where(f, on)
	case graph.Has:
		return c.has(f, on)
	case graph.Spoken:
		d := c.name("n")
		return "EXISTS { MATCH (" + on + ")<-[:CONTRIBUTES]-(" + d + ":" + string(graph.KindDocument) + ") WITH " + d +
			whereAll(c.conditions(nil, "", f.By, d)) + " RETURN 1 }"
	case graph.Match:
		return c.match(f, on)
	}
	return "true"
}

// not negates. Without negations, null comes out as null or as what false would give, so here it can be false. Two
// negations are none: Neo4j plans deep expressions slowly.
func (c *compiler) not(f graph.Not, on string) string {
	negation := "NOT "
	for inner, ok := f.Filter.(graph.Not); ok; inner, ok = f.Filter.(graph.Not) {
		f = inner
		if negation == "" {
			negation = "NOT "
		} else {
			negation = ""
		}
	}
	return negation + "coalesce(" + c.filter(f.Filter, on) + ", false)"
}

func (c *compiler) filters(list []graph.Filter, on, operator, none string) string {
	if len(list) == 0 {
		return none
	}
	parts := make([]string, len(list))
	for i, f := range list {
		parts[i] = c.filter(f, on)
	}
	return "(" + strings.Join(parts, operator) + ")"
}

// operators are the comparisons that Cypher writes between two values.
var operators = map[graph.Op]string{
	graph.Eq: " = ", graph.Ne: " <> ", graph.Lt: " < ", graph.Le: " <= ", graph.Gt: " > ", graph.Ge: " >= ",
	graph.In: " IN ", graph.Prefix: " STARTS WITH ",
}

func (c *compiler) where(f graph.Where, on string) string {
	prop := on + "." + f.Prop
	switch f.Op {
	case graph.Exists:
		return prop + " IS NOT NULL"
	case graph.Contains:
		return c.param(f.Value) + " IN " + prop
	}
	return c.compare(prop, operators[f.Op], f.Value)
}

// compare compares an expression with a value. Where no index takes part, Neo4j's < compares strings by their UTF-16
// units, unlike its indexes and us. For values without characters from U+E000 on that makes no difference.
func (c *compiler) compare(have, operator string, value any) string {
	s, _ := value.(string)
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= afterSurrogates }) {
		return have + operator + c.param(value)
	}
	have = "(" + have + " + '')" // so that no index takes part
	switch operator {
	case " < ":
		return c.precedes(have, s)
	case " <= ":
		return "(" + c.precedes(have, s) + " OR " + have + " = " + c.param(s) + ")"
	case " > ":
		return "(NOT " + c.precedes(have, s) + " AND " + have + " <> " + c.param(s) + ")"
	case " >= ":
		return "NOT " + c.precedes(have, s)
	}
	return have + operator + c.param(value)
}

// Units of UTF-16: those of characters above U+FFFF lie between those of the characters before and from
// afterSurrogates on.
const (
	afterSurrogates = '\ue000'
	firstAstral     = '\U00010000'
)

// precedes returns the condition that a string comes before s by code points, in terms of comparisons by UTF-16 units.
// They err where the strings first differ in two characters one of which is above U+FFFF and the other from U+E000 on.
func (c *compiler) precedes(have, s string) string {
	wrong, missed := []string{"false"}, []string{"false"}
	for i, r := range s {
		if r < afterSurrogates {
			continue
		}
		same := have + " STARTS WITH " + c.param(s[:i])
		next := c.param(s[:i] + string(afterSurrogates))
		switch {
		case r >= firstAstral:
			missed = append(missed, same+" AND "+have+" >= "+next)
		default:
			wrong = append(wrong, same+" AND "+have+" < "+next+" AND "+have+" >= "+c.param(s[:i]+string(firstAstral)))
		}
	}
	const or = " OR "
	return "(" + have + " < " + c.param(s) + " AND NOT (" + strings.Join(wrong, or) + ") OR " + strings.Join(missed, or) + ")"
}

func (c *compiler) has(f graph.Has, near string) string {
	edge, far := c.name("e"), c.name("n")
	way, conditions := pattern(near, edge, f.Edge, f.Reverse, far), whereAll(c.conditions(f.Via, edge, f.Where, far))
	if strings.Contains(conditions, "EXISTS {") {
		return "EXISTS { MATCH " + way + " WITH " + edge + ", " + far + conditions + " RETURN 1 }"
	}
	return "EXISTS { " + way + conditions + " }"
}

// conditions returns the conditions of an edge and of the node that it leads to.
func (c *compiler) conditions(via graph.Filter, edge string, f graph.Filter, far string) []string {
	var list []string
	if via != nil {
		list = append(list, c.filter(via, edge))
	}
	if f != nil {
		list = append(list, c.filter(f, far))
	}
	return list
}

// match compares words, for where the full-text index cannot be the way in.
func (c *compiler) match(f graph.Match, on string) string {
	terms := f.Terms()
	if len(terms) == 0 {
		return "false"
	}
	of := "all"
	if f.Any {
		of = "any"
	}
	return of + "(term IN " + c.param(terms) + " WHERE ' ' + " + on + ".search + ' ' CONTAINS ' ' + term + ' ')"
}

// takeMatch takes a full-text search that every match of the filter must satisfy out of it.
func takeMatch(f graph.Filter) (m graph.Match, rest graph.Filter, ok bool) {
	switch f := f.(type) {
	case graph.Match:
		return f, nil, true
	case graph.And:
		for i, part := range f {
			if m, rest, ok := takeMatch(part); ok {
				others := slices.Delete(slices.Clone(f), i, i+1)
				if rest != nil {
					others = append(others, rest)
				}
				return m, others, true
			}
		}
	}
	return graph.Match{}, f, false
}

// lucene writes a search as a query of the full-text index, "" if it has no words. They hold nothing but letters and
// digits, and quoted they are words, whatever they are.
func lucene(f graph.Match) string {
	terms := f.Terms()
	if len(terms) == 0 {
		return ""
	}
	between := `" AND "`
	if f.Any {
		between = `" OR "`
	}
	return `"` + strings.Join(terms, between) + `"`
}

// order returns the order of a level: absent values last, then by ID, then parallel edges by their properties.
func order(l graph.Level, node, edge string, kind graph.EdgeKind) string {
	return orderBy(append(sortKeys(l, node), edgeKeys(edge, kind)...))
}

// edgeKeys returns the keys of the order of parallel edges.
func edgeKeys(edge string, kind graph.EdgeKind) []string {
	var keys []string
	for _, p := range kind.Info().Props {
		keys = append(keys, edge+"."+p.Name)
	}
	return keys
}

func orderBy(keys []string) string { return " ORDER BY " + strings.Join(keys, ", ") }

// sortKeys returns the keys of a level's order and the ID. Neo4j has absent values last where values rise, but first
// where they fall.
func sortKeys(l graph.Level, node string) []string {
	var keys []string
	for _, o := range l.Order {
		key := orderKey(o, node)
		if o.Desc {
			keys = append(keys, key+" IS NULL", key+" DESC")
		} else {
			keys = append(keys, key)
		}
	}
	return append(keys, node+".id")
}

func orderKey(o graph.Order, node string) string {
	if o.Prop == graph.Score {
		return "score"
	}
	return node + "." + o.Prop
}

// behind returns the condition that a node comes after a position.
func (c *compiler) behind(l graph.Level, node string) string {
	var cases []string
	same := ""
	for i, o := range l.Order {
		key, value := orderKey(o, node), l.After.Order[i]
		if value == nil {
			same += key + " IS NULL AND "
			continue
		}
		operator := " > "
		if o.Desc {
			operator = " < "
		}
		cases = append(cases, same+"("+c.compare(key, operator, value)+" OR "+key+" IS NULL)")
		same += key + " = " + c.param(value) + " AND "
	}
	cases = append(cases, same+node+".id > "+c.param(l.After.ID))
	return "(" + strings.Join(cases, " OR ") + ")"
}

// pattern writes one edge of a kind between two nodes.
func pattern(near, edge string, kind graph.EdgeKind, reverse bool, far string) string {
	if reverse {
		return "(" + near + ")<-[" + edge + ":" + string(kind) + "]-(" + far + ")"
	}
	return "(" + near + ")-[" + edge + ":" + string(kind) + "]->(" + far + ")"
}

// whereAll writes conditions that must all hold.
func whereAll(conditions []string) string {
	if len(conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(conditions, " AND ")
}

// labels writes kinds of nodes as a label expression.
func labels(kinds []graph.NodeKind) string { return join(kinds, "|") }

// types writes kinds of edges as a type expression; nil are all that the vocabulary knows.
func types(kinds []graph.EdgeKind) string {
	if kinds == nil {
		for _, e := range graph.Edges {
			kinds = append(kinds, e.Kind)
		}
	}
	return join(kinds, "|")
}

func join[T ~string](list []T, separator string) string {
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = string(v)
	}
	return strings.Join(parts, separator)
}

// byKind groups IDs by the kind that they name, in the order of graph.Nodes; what is no ID names nothing.
func byKind(ids []graph.ID) []kindIDs {
	groups := make(map[graph.NodeKind][]graph.ID)
	for _, id := range ids {
		if kind, err := id.Kind(); err == nil {
			groups[kind] = append(groups[kind], id)
		}
	}
	var list []kindIDs
	for _, n := range graph.Nodes {
		if ids := groups[n.Kind]; ids != nil {
			slices.Sort(ids)
			list = append(list, kindIDs{n.Kind, slices.Compact(ids)})
		}
	}
	return list
}

// kindIDs are IDs of one kind, each once, in order.
type kindIDs struct {
	kind graph.NodeKind
	ids  []graph.ID
}
