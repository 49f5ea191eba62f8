package resolvers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/executor"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/graph/graphtest"
)

// writable returns a fixture over the story in which judgements can be made, each a day after the one before.
func writable(t testing.TB) *fixture {
	t.Helper()
	oracle := graphtest.NewOracle()
	g := graph.New(oracle)
	if err := g.Put(t.Context(), graphtest.Draw(t, strings.ReplaceAll(story, " Document ", " Document retrievedAt=2024-09-01 "))...); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	service := Service{Graph: g, Now: func() time.Time {
		now = now.Add(24 * time.Hour)
		return now
	}}
	f := &fixture{exec: executor.New(service.Schema())}
	f.exec.Use(NewReads(g))
	return f
}

// does asks as an analyst, and returns the data.
func (f *fixture) does(t testing.TB, query string) string {
	t.Helper()
	response := f.ask(As(t.Context(), Person{"mina", Analyst}), query, nil)
	if len(response.Errors) > 0 {
		t.Fatalf("%s: got %v", query, response.Errors)
	}
	return string(response.Data)
}

func TestJudge(t *testing.T) {
	t.Parallel()
	f := writable(t)
	ledger, guard := id(graph.KindActor, "ledger"), id(graph.KindActor, "guard")
	got := f.does(t, fmt.Sprintf(`mutation{judge(input:{actor:%q,other:%q,verdict:SAME,note:"one house"}){
		name identity{actors{name} judgements{verdict by note at undoneAt}}}}`, ledger, guard))
	want := `{"judge":{"name":"The Ledger","identity":{"actors":[{"name":"the guard"},{"name":"The Ledger"}],` +
		`"judgements":[{"verdict":"SAME","by":"mina","note":"one house","at":"2025-03-02T00:00:00.000Z","undoneAt":null}]}}}`
	if got != want && got != strings.Replace(want, `{"name":"the guard"},{"name":"The Ledger"}`, `{"name":"The Ledger"},{"name":"the guard"}`, 1) {
		t.Errorf("got %s\nwant %s", got, want)
	}
	var made struct {
		Judgements struct{ Nodes []struct{ ID string } }
	}
	if err := json.Unmarshal([]byte(f.does(t, `{judgements{nodes{id}}}`)), &made); err != nil || len(made.Judgements.Nodes) != 1 {
		t.Fatalf("got %v, %v, want one judgement", made, err)
	}
	got = f.does(t, fmt.Sprintf(`mutation{undoJudgement(id:%q){kind identity{judgements{id}} judgements{undoneBy undoneAt}}}`, made.Judgements.Nodes[0].ID))
	for _, part := range []string{`"kind":"OUTLET"`, `"kind":"ARMED_GROUP"`, `"identity":{"judgements":[]}`, `"undoneBy":"mina","undoneAt":"2025-03-03T00:00:00.000Z"`} {
		if !strings.Contains(got, part) {
			t.Errorf("got %s, want %s in it", got, part)
		}
	}
	got = f.does(t, fmt.Sprintf(`{nodes(ids:[%q]){...on Actor{identity{judgements{id}}}} facets(by:[VOICE],asOf:"2025-03-02T12:00:00Z"){count}}`, ledger))
	if !strings.Contains(got, `"judgements":[]`) {
		t.Errorf("got %s, want no identity any more", got)
	}
}

func TestRetract(t *testing.T) {
	t.Parallel()
	f := writable(t)
	query := `{claims%s{nodes{text corroboration{attributions denials documents}}}}`
	before := f.data(t, fmt.Sprintf(query, ""), nil)
	got := f.does(t, fmt.Sprintf(`mutation{retract(document:%q,note:"withdrawn"){state by caption sources endedAt judgementId}}`, id(graph.KindDocument, "wire")))
	if !strings.Contains(got, `"state":"DONE","by":"mina"`) || !strings.Contains(got, `"judgementId":"jdg_`) {
		t.Errorf("got %s, want a job that is done", got)
	}
	if got, want := f.data(t, fmt.Sprintf(query, ""), nil), `{"claims":{"nodes":[{"text":"The truce holds.","corroboration":{"attributions":0,"denials":1,"documents":0}}]}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := f.data(t, fmt.Sprintf(query, `(filter:{asOf:"2025-03-01T12:00:00Z"})`), nil); got != before {
		t.Errorf("as of the day before: got %s, want %s", got, before)
	}
	if got, want := f.data(t, `{documents{nodes{title}}}`, nil), `{"documents":{"nodes":[{"title":"No truce"}]}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	got = f.data(t, fmt.Sprintf(`{node(id:%q){...on Document{title judgements{verdict note}}}}`, id(graph.KindDocument, "wire")), nil)
	if want := `{"node":{"title":"Talks in Herat","judgements":[{"verdict":"RETRACTED","note":"withdrawn"}]}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAssess(t *testing.T) {
	t.Parallel()
	f := writable(t)
	f.does(t, fmt.Sprintf(`mutation{a:assess(input:{subject:%q,grade:"B"}){grade} b:assess(input:{subject:%q,grade:"5",note:"hearsay"}){
		grade subject{id}}}`, id(graph.KindActor, "iran"), id(graph.KindAttribution, "agrees")))
	got := f.data(t, `{actors(filter:{reliability:[B]}){nodes{reliability assessments{grade by}}}
		attributions(filter:{credibility:{gte:3}}){nodes{confidence{credibility} assessments{grade note supersededAt}}}
		x:attributions(filter:{credibility:{exists:false}}){totalCount} y:attributions(filter:{credibility:{in:[2]}}){totalCount}}`, nil)
	want := `{"actors":{"nodes":[{"reliability":"B","assessments":[{"grade":"B","by":"mina"}]}]},` +
		`"attributions":{"nodes":[{"confidence":{"credibility":5},"assessments":[{"grade":"5","note":"hearsay","supersededAt":null},` +
		`{"grade":"2","note":null,"supersededAt":"2025-03-03T00:00:00.000Z"}]}]},"x":{"totalCount":2},"y":{"totalCount":0}}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestMutationsRefuse(t *testing.T) {
	t.Parallel()
	f := writable(t)
	iran, wire := id(graph.KindActor, "iran"), id(graph.KindDocument, "wire")
	for query, want := range map[string]error{
		fmt.Sprintf(`mutation{judge(input:{actor:%q,other:%q,verdict:SAME}){id}}`, iran, iran):      graph.ErrInvalid,
		fmt.Sprintf(`mutation{judge(input:{actor:%q,other:%q,verdict:RETRACTED}){id}}`, iran, iran): graph.ErrInvalid,
		fmt.Sprintf(`mutation{judge(input:{actor:%q,other:%q,verdict:SAME}){id}}`, iran, wire):      graph.ErrInvalid,
		`mutation{retract{id}}`:                                 graph.ErrInvalid,
		fmt.Sprintf(`mutation{retract(document:%q){id}}`, iran): graph.ErrInvalid,
		fmt.Sprintf(`mutation{retract(document:%q,claim:%q){id}}`, wire, id(graph.KindClaim, "truce")): graph.ErrInvalid,
		fmt.Sprintf(`mutation{undoJudgement(id:%q){id}}`, id(graph.KindJudgement, "none")):             graph.ErrNotFound,
		fmt.Sprintf(`mutation{assess(input:{subject:%q,grade:"Z"}){id}}`, iran):                        graph.ErrInvalid,
		`mutation{load(input:{sources:["x"]}){id}}`:                                                    graph.ErrInvalid,
	} {
		response := f.ask(As(t.Context(), Person{"mina", Analyst}), query, nil)
		if len(response.Errors) != 1 || !errors.Is(response.Errors[0], want) {
			t.Errorf("%s: got %s, %v, want %v", query, response.Data, response.Errors, want)
		}
	}
	for _, ctx := range []context.Context{t.Context(), As(t.Context(), Person{"eve", Reader})} {
		response := f.ask(ctx, fmt.Sprintf(`mutation{retract(document:%q){id}}`, wire), nil)
		if len(response.Errors) != 1 || !errors.Is(response.Errors[0], ErrForbidden) {
			t.Errorf("got %s, %v, want %v", response.Data, response.Errors, ErrForbidden)
		}
	}
	response := f.ask(As(t.Context(), Person{}), `{stats{documents}}`, nil)
	if len(response.Errors) != 1 || !errors.Is(response.Errors[0], ErrForbidden) {
		t.Errorf("nobody: got %s, %v, want %v", response.Data, response.Errors, ErrForbidden)
	}
	if got, want := f.data(t, `{documents{totalCount} judgements{totalCount}}`, nil), `{"documents":{"totalCount":2},"judgements":{"totalCount":0}}`; got != want {
		t.Errorf("got %s, want %s: nothing happened", got, want)
	}
}

func TestMergeCandidates(t *testing.T) {
	t.Parallel()
	oracle := graphtest.NewOracle()
	g := graph.New(oracle)
	if err := g.Put(t.Context(), graphtest.Draw(t, `
wire    Document
front   Actor kind=ARMED_GROUP name="Northern Shore Liberation Front" aliases="the Front"
nslf    Actor kind=ORGANISATION name=NSLF
ali     Actor kind=PERSON name="Ali Makrani"
makrani Actor kind=PERSON name=Makrani
telegram Actor kind=OUTLET name="Harbour Telegraph"
telegraf Actor kind=OUTLET name="Harbour Telegraf"
lone    Actor kind=STATE name=Atlantis
person  Actor kind=PERSON name=NSLF
rurit   Actor kind=STATE name=Ruritania aliases="Republic of Ruritania" canonicalId=ruritania
lurit   Actor kind=STATE name=Luritania aliases="Republic of Luritania" canonicalId=luritania
some    Actor kind=SOURCE_CLASS name=Officials
others  Actor kind=SOURCE_CLASS name="US officials" aliases=officials
port    Actor kind=SOURCE_CLASS name="Port officials"
harbour Actor kind=ORGANISATION name="Port officials"
`)...); err != nil {
		t.Fatal(err)
	}
	service := Service{Graph: g, Now: time.Now}
	f := &fixture{exec: executor.New(service.Schema())}
	f.exec.Use(NewReads(g))
	const query = `{mergeCandidates{nodes{actor{name} other{name} reasons unsure{note}}}}`
	got := f.data(t, query, nil)
	for _, part := range []string{`"Harbour Tele`, `"NEAR_NAME"`, `"PART_OF_NAME"`, `Makrani`} {
		if !strings.Contains(got, part) {
			t.Errorf("got %s, want %s in it", got, part)
		}
	}
	if strings.Contains(got, "Atlantis") || strings.Contains(got, "Ruritania") {
		t.Errorf("got %s", got)
	}
	got = f.data(t, `{mergeCandidates(minScore:0,first:100){nodes{actor{name} other{name} score reasons}}}`, nil)
	if !strings.Contains(got, `"score":0.49,"reasons":["ACRONYM"]`) {
		t.Errorf("got %s, want an acronym of another kind", got)
	}
	if !strings.Contains(got, `"score":0.57,"reasons":["SAME_NAME"]`) || strings.Contains(got, "Port officials") {
		t.Errorf("got %s, want nameless sources to be one only with those of the same name", got)
	}
	f.does(t, fmt.Sprintf(`mutation{judge(input:{actor:%q,other:%q,verdict:NOT_SAME}){id}}`, id(graph.KindActor, "ali"), id(graph.KindActor, "makrani")))
	f.does(t, fmt.Sprintf(`mutation{judge(input:{actor:%q,other:%q,verdict:UNSURE,note:"ask"}){id}}`, id(graph.KindActor, "telegraf"), id(graph.KindActor, "telegram")))
	got = f.data(t, query, nil)
	if strings.Contains(got, "Makrani") || !strings.Contains(got, `"unsure":{"note":"ask"}`) {
		t.Errorf("got %s, want what is judged to be gone, and what was unsure to be marked", got)
	}
}
