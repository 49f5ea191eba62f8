package resolvers

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// A condition compiles one field of a filter over nodes of the kind.
type condition func(t filters, kind graph.NodeKind, v any) (graph.Filter, error)

// filters say what each filter of the schema means, by the name of its input type.
type filters map[string]filterType

// A filterType says what the fields of one input type mean. And, or and not are common to all.
type filterType struct {
	kind       graph.NodeKind
	conditions map[string]condition
}

func filterTable() filters {
	return filters{
		"DocumentFilter": {graph.KindDocument, comparisons(map[string]condition{
			"text":         match,
			"publisher":    has(to(graph.EdgePublishedBy), "ActorFilter"),
			"attributions": has(from(graph.EdgeIn), "AttributionFilter", present("voice")),
			"citations":    has(from(graph.EdgeIn), "CitationFilter", present("granularity")),
		}, "title url outlet lang publishedAt")},
		"ActorFilter": {graph.KindActor, comparisons(map[string]condition{
			"text":         match,
			"attributions": has(from(graph.EdgeSource), "AttributionFilter"),
			"agentOf":      has(from(graph.EdgeAgent), "RelationFilter"),
			"targetOf":     has(from(graph.EdgeTarget), "RelationFilter"),
		}, "name kind aliases canonicalId owner side reliability originCount")},
		"AttributionFilter": {graph.KindAttribution, comparisons(map[string]condition{
			"factuality":  comparison("modality"),
			"credibility": graded,
			"source":      has(to(graph.EdgeSource), "ActorFilter"),
			"content":     has(to(graph.EdgeContent), "ClaimFilter"),
			"document":    has(to(graph.EdgeIn), "DocumentFilter"),
			"within":      has(to(graph.EdgeWithin), "AttributionFilter"),
			"citations":   has(to(graph.EdgeCites), "CitationFilter"),
		}, "voice kind quoteType polarity confidence depth assertedAt recordedAt")},
		"ClaimFilter": {graph.KindClaim, comparisons(map[string]condition{
			"text":         match,
			"attributions": has(from(graph.EdgeContent), "AttributionFilter"),
			"relations":    has(to(graph.EdgeAsserts), "RelationFilter"),
			"asOf":         narrowed("asOf"),
			"validAt":      narrowed("validAt"),
		}, "lang firstSeen lastSeen originCount contested")},
		"RelationFilter": {graph.KindRelation, comparisons(map[string]condition{
			"agent":   has(to(graph.EdgeAgent), "ActorFilter"),
			"target":  has(to(graph.EdgeTarget), "ActorFilter"),
			"place":   has(to(graph.EdgePlace), "ActorFilter"),
			"claims":  has(from(graph.EdgeAsserts), "ClaimFilter"),
			"asOf":    narrowed("asOf"),
			"validAt": narrowed("validAt"),
		}, "class type quad mode validFrom validTo originCount contested")},
		"CitationFilter": {graph.KindCitation, comparisons(map[string]condition{
			"text":       match,
			"names":      has(to(graph.EdgeNames), "ActorFilter"),
			"document":   has(to(graph.EdgeIn), "DocumentFilter"),
			"resolvesTo": has(to(graph.EdgeResolvesTo), "DocumentFilter"),
			"resolved":   leading(to(graph.EdgeResolvesTo)),
		}, "name url granularity")},
		"JudgementFilter": {graph.KindJudgement, comparisons(map[string]condition{}, "verdict by at undoneAt subjects")},
		"JobFilter":       {graph.KindJob, comparisons(map[string]condition{}, "state by createdAt")},
	}
}

// comparisons adds to the table a comparison for each property in the list, under the property's name, and one of IDs.
func comparisons(table map[string]condition, names string) map[string]condition {
	for name := range strings.FieldsSeq(names) {
		table[name] = comparison(name)
	}
	table["id"] = identified
	return table
}

// identified asks for some nodes by their IDs.
func identified(_ filters, _ graph.NodeKind, v any) (graph.Filter, error) {
	asked, err := ids(v)
	return graph.IsAny(asked), err
}

// narrowed asks for nodes as graph.Times narrow them.
func narrowed(name string) condition {
	return func(_ filters, kind graph.NodeKind, v any) (graph.Filter, error) {
		t, err := times(map[string]any{name: v})
		return t.Filter(kind), err
	}
}

// times reads the arguments asOf and validAt.
func times(given map[string]any) (t graph.Times, err error) {
	for _, part := range []struct {
		name string
		to   *time.Time
	}{{"asOf", &t.AsOf}, {"validAt", &t.ValidAt}} {
		if given[part.name] == nil {
			continue
		}
		v, err := convert(graph.Prop{Name: part.name, Type: graph.Time}, given[part.name])
		if err != nil {
			return t, err
		}
		*part.to, _ = v.(time.Time)
	}
	return t, nil
}

// compile compiles a filter of that input type; all that it says must hold.
func (t filters) compile(typeName string, filter map[string]any) (graph.Filter, error) {
	var all graph.And
	for _, name := range slices.Sorted(maps.Keys(filter)) {
		if filter[name] == nil {
			continue // null is as if it were not given
		}
		part, err := t.part(typeName, name, filter[name])
		if err != nil {
			return nil, err
		}
		all = append(all, part)
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return all, nil
}

func (t filters) part(typeName, name string, v any) (graph.Filter, error) {
	switch name {
	case "and":
		list, err := t.list(typeName, v)
		return graph.And(list), err
	case "or":
		list, err := t.list(typeName, v)
		return graph.Or(list), err
	case "not":
		filter, err := t.nested(typeName, v)
		return graph.Not{Filter: filter}, err
	}
	compile, ok := t[typeName].conditions[name]
	if !ok {
		return nil, fmt.Errorf("the filter table has no %s.%s", typeName, name)
	}
	return compile(t, t[typeName].kind, v)
}

func (t filters) list(typeName string, v any) ([]graph.Filter, error) {
	var list []graph.Filter
	for _, v := range values(v) {
		filter, err := t.nested(typeName, v)
		if err != nil {
			return nil, err
		}
		list = append(list, filter)
	}
	return list, nil
}

func (t filters) nested(typeName string, v any) (graph.Filter, error) {
	filter, _ := v.(map[string]any)
	return t.compile(typeName, filter)
}

// match is a search in the node's text.
func match(_ filters, _ graph.NodeKind, v any) (graph.Filter, error) {
	text, _ := v.(string)
	return graph.Match{Text: text}, nil
}

// has asks for an edge to a node that matches a filter of that type, and the conditions beside.
func has(e edge, typeName string, beside ...graph.Filter) condition {
	return func(t filters, _ graph.NodeKind, v any) (graph.Filter, error) {
		where, err := t.nested(typeName, v)
		if len(beside) > 0 {
			where = append(graph.And{where}, beside...)
		}
		return graph.Has{Edge: e.kind, Reverse: e.reverse, Where: where}, err
	}
}

// leading asks whether the edge leads anywhere.
func leading(e edge) condition {
	return func(_ filters, _ graph.NodeKind, v any) (graph.Filter, error) {
		led := graph.Has{Edge: e.kind, Reverse: e.reverse}
		if v == true {
			return led, nil
		}
		return graph.Not{Filter: led}, nil
	}
}

// graded compares the grade that an analyst gave: a digit, so that the order of texts is that of numbers.
func graded(t filters, _ graph.NodeKind, v any) (graph.Filter, error) {
	operators, _ := v.(map[string]any)
	texts := make(map[string]any, len(operators))
	for name, operand := range operators {
		switch n, ok := integer(operand); {
		case name == "exists" || operand == nil:
			continue
		case ok:
			texts[name] = strconv.FormatInt(n, 10)
		default:
			var list []any
			for _, v := range values(operand) {
				list = append(list, fmt.Sprint(v))
			}
			texts[name] = list
		}
	}
	where, err := comparison("grade")(t, graph.KindAssessment, texts)
	has := graph.Has{Edge: graph.EdgeAssesses, Reverse: true, Where: append(slices.Clone(gradeHolds), where)}
	if operators["exists"] == false {
		return graph.Not{Filter: has}, err
	}
	return has, err
}

// present is true of the only kind of nodes that has the property, which it requires. Edges that come from several
// kinds need it.
func present(prop string) graph.Filter { return graph.Where{Prop: prop, Op: graph.Exists} }

// comparison compares a property: with a list of values, of which it must be one; with a single value; or by an object
// of operators.
func comparison(name string) condition {
	return func(_ filters, kind graph.NodeKind, v any) (graph.Filter, error) {
		p, _ := kind.Info().Prop(name)
		operators, ok := v.(map[string]any)
		switch {
		case !ok && len(p.Values) > 0:
			operators = map[string]any{"in": v}
		case !ok:
			operators = map[string]any{"eq": v}
		}
		var all graph.And
		for _, operator := range slices.Sorted(maps.Keys(operators)) {
			if operators[operator] == nil {
				continue
			}
			part, err := compare(p, operator, operators[operator])
			if err != nil {
				return nil, err
			}
			all = append(all, part)
		}
		if len(all) == 1 {
			return all[0], nil
		}
		return all, nil
	}
}

// operators are the names of comparisons in the schema.
var operators = map[string]graph.Op{
	"eq": graph.Eq, "ne": graph.Ne, "lt": graph.Lt, "lte": graph.Le, "gt": graph.Gt, "gte": graph.Ge,
	"in": graph.In, "prefix": graph.Prefix, "contains": graph.Contains, "exists": graph.Exists,
}

func compare(p graph.Prop, operator string, v any) (graph.Filter, error) {
	op, ok := operators[operator]
	if !ok {
		return nil, fmt.Errorf("there is no operator %s", operator)
	}
	switch op {
	case graph.Exists:
		exists := graph.Where{Prop: p.Name, Op: graph.Exists}
		if v == false {
			return graph.Not{Filter: exists}, nil
		}
		return exists, nil
	case graph.In:
		list := []any{}
		for _, v := range values(v) {
			converted, err := convert(p, v)
			if err != nil {
				return nil, err
			}
			list = append(list, converted)
		}
		return graph.Where{Prop: p.Name, Op: graph.In, Value: list}, nil
	}
	converted, err := convert(p, v)
	return graph.Where{Prop: p.Name, Op: op, Value: converted}, err
}

// convert gives an argument the Go type that the vocabulary says for the property. Validation has seen to its type in
// GraphQL, so that only times, which are a scalar of ours, can be wrong.
func convert(p graph.Prop, v any) (any, error) {
	switch p.Type {
	case graph.Int:
		if n, ok := integer(v); ok {
			return n, nil
		}
		return nil, invalid("%v is no whole number for %s", v, p.Name)
	case graph.Float:
		return decimal(v), nil
	case graph.Time:
		text, _ := v.(string)
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return nil, invalid("%q is no time as in 2024-07-01T08:30:00Z", text)
		}
		return t.UTC().Truncate(time.Millisecond), nil
	case graph.String, graph.Bool, graph.Strings:
	}
	return v, nil
}

func decimal(v any) any {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case int:
		return float64(v)
	case json.Number:
		if f, err := v.Float64(); err == nil {
			return f
		}
	}
	return v
}
