package neo4jgraph

import (
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// toDriver returns a value as the driver sends it. Times go with their offset, not with the name of their zone: to
// Neo4j, 12:00Z and 12:00[UTC] are different values, and people type the former.
func toDriver(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.In(time.FixedZone("Offset", 0))
	case graph.ID:
		return string(v)
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = toDriver(v[i])
		}
		return list
	}
	return v
}

// fromDriver returns a property's value as the driver reads it.
func fromDriver(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.UTC()
	case []any:
		list := make([]string, 0, len(v))
		for _, element := range v {
			if s, ok := element.(string); ok {
				list = append(list, s)
			}
		}
		return list
	}
	return v
}

// stored returns properties as the driver sends them, with room for extra ones.
func stored(p graph.Props, extra int) map[string]any {
	m := make(map[string]any, len(p)+extra)
	for name, v := range p {
		m[name] = toDriver(v)
	}
	return m
}

// restored returns those of a node's or an edge's properties that the vocabulary knows.
func restored(known []graph.Prop, have map[string]any) graph.Props {
	var p graph.Props
	for _, prop := range known {
		if v := have[prop.Name]; v != nil {
			if p == nil {
				p = make(graph.Props, len(known))
			}
			p[prop.Name] = fromDriver(v)
		}
	}
	return p
}

// text returns a value that is a string by construction of the statement that returned it.
func text(v any) string {
	s, _ := v.(string)
	return s
}

// lists returns a value that is a list of lists by construction of the statement that returned it.
func lists(v any) [][]any {
	outer, _ := v.([]any)
	inner := make([][]any, len(outer))
	for i := range outer {
		inner[i], _ = outer[i].([]any)
	}
	return inner
}

// texts returns IDs as the driver sends them.
func texts(ids []graph.ID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return list
}
