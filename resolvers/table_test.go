package resolvers

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/claimgraph/claimgraph/graph"
)

// answeredElsewhere are the object types that functions answer and not the field table; the test of every field asks
// for all that they have.
var answeredElsewhere = []string{"Query", "Mutation", "Subscription", "PageInfo", "JobEvent", "ClaimEvent"}

func isAnsweredElsewhere(name string) bool {
	return strings.HasSuffix(name, "Connection") || strings.HasSuffix(name, "Edge") && name != "GraphEdge" ||
		strings.HasPrefix(name, "__") || slices.Contains(answeredElsewhere, name)
}

// The field table holds each field of the schema, and no other.
func TestFieldTable(t *testing.T) {
	t.Parallel()
	want, got := []string{}, []string{}
	for _, def := range Schema().Schema().Types {
		if def.Kind == ast.Object && !isAnsweredElsewhere(def.Name) {
			want = append(want, fieldNames(def)...)
		}
	}
	for name, table := range fieldTable() {
		for field := range table {
			got = append(got, name+"."+field)
		}
	}
	for name, fields := range shapes() {
		for _, field := range fields {
			got = append(got, name+"."+field)
		}
	}
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		t.Errorf("the schema (-) and the field table (+) differ:\n%s", diff)
	}
}

// shapes are the fields of each type whose values are computed.
func shapes() map[string][]string {
	return map[string][]string{
		"Corroboration": keys(corroborationShape), "ClaimAppearance": keys(appearanceShape),
		"AuthorityChain": keys(chainShape), "AuthorityHop": keys(hopShape),
		"ClaimPair": keys(pairShape), "ClaimSide": keys(sideShape),
		"CitationCycle": keys(cycleShape), "CitationCycleLink": keys(cycleLinkShape),
		"Bucket": keys(bucketShape), "BucketKey": keys(bucketKeyShape), "Sourcing": keys(sourcingShape),
		"LoadedTerm": keys(termShape), "OutletCount": keys(outletCountShape),
		"Receipt": keys(receiptShape), "CitationCheck": keys(citationCheckShape),
		"Graph": keys(new(drawing).shape()), "GraphEdge": keys(new(drawing).edgeShape()),
		"NodeNeighbours": keys(neighboursShape), "NeighbourCount": keys(degreeShape),
		"Identity": keys(identityShape), "MergeCandidate": keys(candidateShape),
		"WordRun": keys(wordRunShape), "Stats": keys(statsShape), "KindCount": keys(kindCountShape),
	}
}

func keys[V any](m map[string]V) []string { return slices.Collect(maps.Keys(m)) }

func fieldNames(def *ast.Definition) []string {
	var names []string
	for _, f := range def.Fields {
		if !strings.HasPrefix(f.Name, "__") {
			names = append(names, def.Name+"."+f.Name)
		}
	}
	return names
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

func TestRootTable(t *testing.T) {
	t.Parallel()
	var got []string
	for name := range new(Reads).rootTable() {
		got = append(got, "Query."+name)
	}
	if diff := cmp.Diff(sorted(fieldNames(Schema().Schema().Query)), sorted(got)); diff != "" {
		t.Errorf("the schema (-) and the table of root fields (+) differ:\n%s", diff)
	}
}

// Of each mutation and subscription it is said who may ask for it.
func TestRoles(t *testing.T) {
	t.Parallel()
	var got []string
	for name, role := range roles {
		if role == Nobody {
			t.Errorf("%s needs no role", name)
		}
		got = append(got, name)
	}
	var want []string
	for _, def := range []*ast.Definition{Schema().Schema().Mutation, Schema().Schema().Subscription} {
		for _, f := range def.Fields {
			want = append(want, f.Name)
		}
	}
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		t.Errorf("the schema (-) and the roles (+) differ:\n%s", diff)
	}
}

// The filter table holds each field of each filter, beside and, or and not.
func TestFilterTable(t *testing.T) {
	t.Parallel()
	want, got := []string{}, []string{}
	for _, def := range Schema().Schema().Types {
		if def.Fields.ForName("and") == nil {
			continue
		}
		for _, name := range fieldNames(def) {
			if _, field, _ := strings.Cut(name, "."); field != "and" && field != "or" && field != "not" {
				want = append(want, name)
			}
		}
	}
	for name, table := range filterTable() {
		for field := range table.conditions {
			got = append(got, name+"."+field)
		}
	}
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		t.Errorf("the schema (-) and the filter table (+) differ:\n%s", diff)
	}
}

// The schema's enums are the model's lists.
func TestEnums(t *testing.T) {
	t.Parallel()
	var edges []string
	for _, e := range graph.Edges {
		edges = append(edges, string(e.Kind))
	}
	var nodes []string
	for _, n := range graph.Nodes {
		nodes = append(nodes, kindName(n.Kind))
	}
	enums := map[string][]string{
		"EdgeKind": edges, "NodeKind": nodes, "EvidenceRole": evidenceRoles(), "AppearanceRole": names(graph.AppearanceRoles),
		"HopKind": names(graph.HopKinds), "Footing": names(graph.Footings), "CycleLevel": names(graph.CycleLevels),
		"ContradictionType": names(graph.ContradictionTypes), "Facet": names(graph.FacetNames), "TermKind": names(graph.TermKinds),
		"Resolution": names(graph.Resolutions), "CitationProblem": names(graph.CitationProblems),
		"MergeReason": names(graph.MergeReasons), "ClaimChange": names(graph.ChangeKinds),
	}
	for enum, list := range map[string]struct {
		kind graph.NodeKind
		prop string
	}{
		"ActorKind": {graph.KindActor, "kind"}, "Reliability": {graph.KindActor, "reliability"},
		"Voice": {graph.KindAttribution, "voice"}, "AttributionKind": {graph.KindAttribution, "kind"},
		"QuoteType": {graph.KindAttribution, "quoteType"}, "Polarity": {graph.KindAttribution, "polarity"},
		"Factuality": {graph.KindAttribution, "modality"}, "RelationClass": {graph.KindRelation, "class"},
		"RelationType": {graph.KindRelation, "type"}, "Quad": {graph.KindRelation, "quad"},
		"Mode": {graph.KindRelation, "mode"}, "Granularity": {graph.KindCitation, "granularity"},
		"PassageRole": {graph.KindPassage, "role"}, "Verdict": {graph.KindJudgement, "verdict"}, "JobState": {graph.KindJob, "state"}, "Precision": {graph.KindDocument, "publishedPrecision"},
	} {
		p, _ := list.kind.Info().Prop(list.prop)
		enums[enum] = p.Values
	}
	for name, want := range enums {
		var got []string
		for _, v := range Schema().Schema().Types[name].EnumValues {
			got = append(got, v.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-model +schema):\n%s", name, diff)
		}
	}
}

func names[T ~string](list []T) []string {
	var names []string
	for _, v := range list {
		names = append(names, string(v))
	}
	return names
}

func evidenceRoles() []string {
	p, _ := graph.EdgeEvidence.Info().Prop("role")
	return p.Values
}

// Lists can be ordered by what stores index, and everything in the schema is described.
func TestSchema(t *testing.T) {
	t.Parallel()
	for _, def := range Schema().Schema().Types {
		if def.BuiltIn || strings.HasPrefix(def.Name, "__") {
			continue
		}
		if def.Description == "" {
			t.Errorf("%s has no description", def.Name)
		}
		for _, f := range def.Fields {
			if f.Description == "" && !strings.HasPrefix(f.Name, "__") {
				t.Errorf("%s.%s has no description", def.Name, f.Name)
			}
			for _, a := range f.Arguments {
				if a.Description == "" && !strings.HasPrefix(f.Name, "__") {
					t.Errorf("%s.%s(%s) has no description", def.Name, f.Name, a.Name)
				}
			}
		}
		kind, isOrder := strings.CutSuffix(def.Name, "OrderField")
		for _, v := range def.EnumValues {
			if v.Description == "" {
				t.Errorf("%s.%s has no description", def.Name, v.Name)
			}
			if p, ok := graph.NodeKind(kind).Info().Prop(camelCase(v.Name)); isOrder && (!ok || !p.Indexed) {
				t.Errorf("%s.%s: the vocabulary has no indexed property %s", def.Name, v.Name, camelCase(v.Name))
			}
		}
	}
}

// Every field of every type can be asked for, at the root and one step down, and gives an answer.
func TestEveryField(t *testing.T) {
	t.Parallel()
	f := setup(t)
	schema := Schema().Schema()
	arguments := map[string]string{
		"job":   `(id:"` + id(graph.KindJob, "night") + `")`,
		"node":  `(id:"` + id(graph.KindActor, "iran") + `")`,
		"nodes": `(ids:["` + id(graph.KindDocument, "wire") + `","` + id(graph.KindMention, "herat") + `","` + id(graph.KindRun, "night") + `"])`,
		"paths": `(from:"` + id(graph.KindActor, "iran") + `",to:"` + id(graph.KindClaim, "truce") + `")`, "search": `(text:"truce")`,
		"subgraph":        `(seeds:["` + id(graph.KindActor, "iran") + `"])`,
		"neighbourCounts": `(ids:["` + id(graph.KindActor, "iran") + `"])`, "facets": `(by:[OUTLET,ACTOR,ASSERTED_AT])`,
		"authority": `(claim:"` + id(graph.KindClaim, "truce") + `")`, "loadedTerms": `(actor:"` + id(graph.KindActor, "iran") + `")`,
	}
	for _, root := range schema.Query.Fields {
		if strings.HasPrefix(root.Name, "__") {
			continue
		}
		for _, selection := range selections(schema, root.Type, 4) {
			if strings.Count(selection, "chain") > 2 {
				continue // each chain is four levels, and a request has a bound on them
			}
			f.data(t, `{`+root.Name+arguments[root.Name]+selection+`}`, nil)
		}
	}
}

// selections writes, for each field of the type, a selection set that asks for it and what it holds, so many levels
// deep.
func selections(schema *ast.Schema, t *ast.Type, depth int) []string {
	def := schema.Types[t.Name()]
	if def.IsLeafType() {
		return []string{""}
	}
	if depth == 0 {
		return []string{"{__typename}"}
	}
	var sets []string
	for _, possible := range schema.GetPossibleTypes(def) {
		for _, f := range possible.Fields {
			for _, inner := range selections(schema, f.Type, depth-1) {
				sets = append(sets, fmt.Sprintf("{...on %s{%s%s}}", possible.Name, f.Name, inner))
			}
		}
	}
	return sets
}
