package guard

import (
	"errors"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

func TestCost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, query string
		variables   map[string]any
		limit       string // that refuses it, "" if none
		value       int
	}{
		{name: "page at the limit", query: `{page(first:100){nodes{x}}}`},
		{name: "page beyond the limit", query: `{page(first:101){nodes{x}}}`, limit: "page", value: 101},
		{name: "last counts too", query: `{page(first:null,last:101){nodes{x}}}`, limit: "page", value: 101},
		{name: "page by variable", query: `query($n:Int){page(first:$n){nodes{x}}}`, variables: map[string]any{"n": int64(500)}, limit: "page", value: 500},
		{name: "page by default", query: `{page{nodes{page{nodes{x}}}}}`},
		{name: "page without size counts as the largest", query: `{page(first:null){nodes{page(first:null){nodes{page(first:null){nodes{x}}}}}}}`, limit: "nodes", value: 1_010_100},
		{name: "product", query: `{page(first:100){edges{node{page(first:100){nodes{page(first:100){nodes{x}}}}}}}}`, limit: "nodes", value: 1_010_100},
		{name: "sum", query: `{a:page(first:100){nodes{page(first:100){nodes{list{x}}}}} b:page(first:90){nodes{page(first:100){nodes{x}}}}}`, limit: "nodes", value: 60_100},
		{name: "lists", query: `{list{list{list{list{list{list{list{x}}}}}}}}`, limit: "nodes", value: 97_655},
		{name: "through fragments", query: `{page(first:100){...F}} fragment F on QueryConnection{nodes{page(first:100){nodes{... on Query{page(first:100){nodes{x}}}}}}}`, limit: "nodes", value: 1_010_100},
		{name: "ids", query: `{nodes(ids:["a","b"]){x}}`},
		{name: "negative", query: `{page(first:-1){nodes{x}}}`},
		{name: "neighbourhood", query: `{near(maxNodes:60000){x}}`, limit: "nodes", value: 60_000},
		{name: "weight", query: `{page(first:100){nodes{page(first:10){nodes{heavy{x}}}}}}`, limit: "nodes", value: 51_100},
		{name: "weight is not passed on", query: `{page(first:100){nodes{heavy{page(first:10){nodes{list{list{x}}}}}}}}`},
		{name: "length", query: `{long{long{long{x}}}}`, limit: "nodes", value: 2_020_200},
		{name: "weight of a page", query: `{a:heavyPage(first:100){nodes{heavyPage(first:12){nodes{x}}}}}`, limit: "nodes", value: 52_000},
		{name: "schema", query: `{__schema{types{fields{type{ofType{name}}}}}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, errs := gqlparser.LoadQueryWithRules(anySchema, tt.query, rules.NewDefaultRules())
			if errs != nil {
				t.Fatal(errs)
			}
			err := DefaultLimits().Cost(anySchema, doc.Operations[0], tt.variables)
			var refusal *RefusalError
			if !errors.As(err, &refusal) {
				refusal = &RefusalError{}
			}
			if refusal.Limit != tt.limit || refusal.Value != tt.value {
				t.Errorf("got %q %d, want %q %d", refusal.Limit, refusal.Value, tt.limit, tt.value)
			}
		})
	}
}
