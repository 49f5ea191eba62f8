package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A hostile request, and what it is refused by.
type hostileRequest struct {
	name  string
	body  string
	code  string // of the first error; "" if it is answered
	words string // in its message or, where it is answered, in the data
}

// hostile returns requests that no good client makes, for a graph that gave that cursor to a list of actors.
func hostile(cursor string) []hostileRequest {
	const limit, invalid = "LIMIT_EXCEEDED", "BAD_REQUEST"
	var aliases strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&aliases, "a%d:stats{nodes}", i)
	}
	const forged = "clm_aaaaaaaaaaaaaaaaaaaaaaaa"
	all := []hostileRequest{
		{"a depth of 50", requestOf("{" + strings.Repeat("claims{nodes{attributions{nodes{content{", 10) + "id" + strings.Repeat("}", 51)), limit, `limit "depth": 16 asked for, 15 allowed`},
		{"1,000 aliases", requestOf("{" + aliases.String() + "}"), limit, `limit "tokens": 2001 asked for, 2000 allowed`},
		{"100 aliases", requestOf("{" + strings.Repeat("a:stats{nodes}", 100) + "}"), limit, `limit "aliases": 31 asked for, 30 allowed`},
		{"fragments in a circle", requestOf("{claims{nodes{...A}}}fragment A on Claim{...B}fragment B on Claim{...A}"), limit, `limit "fragmentCycles"`},
		{"10,000 directives", requestOf("{stats{nodes " + strings.Repeat("@a ", 10_000) + "}}"), limit, `limit "tokens": 2001 asked for`},
		{"10,000 directives and their arguments", requestOf("{stats{nodes " + strings.Repeat("@include(if:true) ", 10_000) + "}}"), limit, `limit "body"`},
		{"a huge page", requestOf("{claims(first:2147483647){totalCount}}"), limit, `limit "page": 2147483647 asked for, 100 allowed`},
		{"an integer that none is", requestOf("{claims(first:99999999999999999999){totalCount}}"), "GRAPHQL_VALIDATION_FAILED", "32-bit"},
		{"the same by variable", requestOf("query($n:Int){claims(first:$n){totalCount}}", map[string]any{"n": json.Number("99999999999999999999")}), "GRAPHQL_VALIDATION_FAILED", "as Int"},
		{"the same in a filter", requestOf("query($n:Int){claims(filter:{originCount:{gt:$n}}){totalCount}}", map[string]any{"n": json.Number("99999999999999999999")}), "GRAPHQL_VALIDATION_FAILED", "as Int"},
		{"a negative page", requestOf("{claims(first:-1){totalCount}}"), invalid, "1 to 100 are allowed"},
		{"a huge neighbourhood", requestOf("{subgraph(seeds:[\"" + forged + "\"],maxNodes:2147483647){total}}"), limit, `limit "nodes"`},
		{"long cycles", requestOf("{circularCitations(maxLength:2147483647){nodes{level}}}"), invalid, "2 to 8 are allowed"},
		{"a year that none is", requestOf("{claims(filter:{asOf:\"99999-01-01T00:00:00Z\"}){totalCount}}"), invalid, "is no time"},
		{"a forged ID", requestOf("{authority(claim:\"" + forged + "\"){length}}"), "NOT_FOUND", forged},
		{"an ID of another kind", requestOf("{authority(claim:\"act_aaaaaaaaaaaaaaaaaaaaaaaa\"){length}}"), "NOT_FOUND", "act_aaaa"},
		{"an ID with SQL in it", requestOf("{node(id:\"clm_' OR 1=1 --\"){id}}"), invalid, "is not an ID"},
		{"search syntax of Lucene", requestOf(`{search(text:"zyzzyva~9 AND text:[* TO *] /r.*/ \\\"x"){totalCount}}`), "", `"totalCount":0`},
		{"search syntax of SQLite", requestOf(`{search(text:"NEAR(rifles zyzzyva) text:* ^ -"){totalCount}}`), "", `"totalCount":0`},
		{"nothing but syntax", requestOf(`{search(text:"*:* (\") ~^/"){totalCount}}`), "", `"totalCount":0`},
		{"a deep filter", requestOf("query($f:ClaimFilter){claims(filter:$f){totalCount}}", map[string]any{
			"f": json.RawMessage(strings.Repeat(`{"not":`, 900) + `{"contested":true}` + strings.Repeat("}", 900)),
		}), invalid, "more than 200 parts"},
		{"a body of 10 MB", requestOf("{stats{nodes}}" + strings.Repeat(" ", 10_000_000)), limit, `limit "body": 10000026 bytes sent, 65536 allowed`},
	}
	for list, node := range map[string]string{
		"claims": "id", "search": "id", "contradictions": "type", "circularCitations": "level", "mergeCandidates": "score",
		"judgements": "id", "jobs": "id",
	} {
		arguments := "after:" + fmt.Sprintf("%q", cursor)
		if list == "search" {
			arguments += ` text:"Iran"`
		}
		all = append(all, hostileRequest{
			"a cursor of another list to " + list, requestOf("{" + list + "(" + arguments + "){nodes{" + node + "}}}"), invalid, "is not a cursor of",
		})
	}
	return all
}

// cursorOfActors returns a cursor that a list of actors gave.
func cursorOfActors(t *testing.T, url string) string {
	t.Helper()
	var data struct {
		Actors struct{ PageInfo struct{ EndCursor string } }
	}
	ask(t, url, "{actors(first:1){pageInfo{endCursor}}}", &data)
	return data.Actors.PageInfo.EndCursor
}

// TestHostileRequests makes requests that are to be refused, each with a code and a sentence that says why, over both
// stores.
func TestHostileRequests(t *testing.T) {
	uri := neo4jServer.Empty(t)
	if r := run(t, "load", "--model", "fast", "--store", uri, "../../examples"); r.status != 0 {
		t.Fatal(r.err)
	}
	for store, url := range map[string]string{
		"SQLite": serving(t, nil, "demo", "--addr", "127.0.0.1:0"),
		"Neo4j":  serving(t, nil, "serve", "--store", uri, "--addr", "127.0.0.1:0"),
	} {
		for _, r := range hostile(cursorOfActors(t, url)) {
			t.Run(store+"/"+r.name, func(t *testing.T) {
				t.Parallel()
				_, answer := fetch(t, url+"/graphql", r.body)
				var got struct {
					Data   json.RawMessage
					Errors []struct {
						Message    string
						Extensions struct{ Code string }
					}
				}
				if err := json.Unmarshal([]byte(answer), &got); err != nil {
					t.Fatalf("%v in %.200q", err, answer)
				}
				if r.code == "" {
					if len(got.Errors) > 0 || !strings.Contains(string(got.Data), r.words) {
						t.Errorf("got %.300s, want %s", answer, r.words)
					}
					return
				}
				if len(got.Errors) == 0 || got.Errors[0].Extensions.Code != r.code || !strings.Contains(got.Errors[0].Message, r.words) {
					t.Errorf("got %.300s, want %s: %s", answer, r.code, r.words)
				}
			})
		}
	}
}

// goodClients lets eight clients ask real questions until each has had enough answers, and returns how long half of the
// answers took at most, and the most memory that was in use meanwhile, in bytes.
func goodClients(t *testing.T, url string) (median time.Duration, memory uint64) {
	t.Helper()
	const clients, answers = 8, 40
	body := requestOf(`{claims(filter:{text:"rifles"},first:10){nodes{text attributions(first:5){nodes{sources{name} document{outlet}}}}}}`)
	took := make([][]time.Duration, clients)
	var good sync.WaitGroup
	for i := range clients {
		good.Go(func() {
			for range answers {
				start := time.Now()
				response, err := http.Post(url+"/graphql", "application/json", strings.NewReader(body)) //nolint:noctx // It ends soon.
				if err != nil {
					t.Error(err)
					return
				}
				var answer bytes.Buffer
				if _, err := answer.ReadFrom(response.Body); err != nil || !strings.Contains(answer.String(), `{"data":{"claims":{"nodes":[{`) {
					t.Errorf("got %v, %.200s", err, answer.String())
				}
				response.Body.Close()
				took[i] = append(took[i], time.Since(start))
			}
		})
	}
	ended := make(chan struct{})
	go func() { good.Wait(); close(ended) }()
	for {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		memory = max(memory, m.HeapInuse)
		select {
		case <-ended:
			all := slices.Concat(took...)
			slices.Sort(all)
			return all[len(all)/2], memory
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// TestGoodClientsBesideHostileOnes holds eight good clients, alone and while two hostile ones make every request of
// theirs again and again: it takes the good ones not much longer, and the server not much more memory. The bounds are
// wide, as all run in one process on a machine that does other things, too.
func TestGoodClientsBesideHostileOnes(t *testing.T) {
	url := serving(t, nil, "demo", "--addr", "127.0.0.1:0")
	requests := hostile(cursorOfActors(t, url))
	goodClients(t, url) // what is done once is done
	runtime.GC()
	aloneTook, aloneMemory := goodClients(t, url)

	stop := make(chan struct{})
	var bad sync.WaitGroup
	var made [2]int
	for i := range made {
		bad.Go(func() {
			for n := i; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				response, err := http.Post(url+"/graphql", "application/json", strings.NewReader(requests[n%len(requests)].body)) //nolint:noctx // It ends soon.
				if err == nil {
					response.Body.Close()
					made[i]++
				}
			}
		})
	}
	took, memory := goodClients(t, url)
	close(stop)
	bad.Wait()
	t.Logf("the median answer took %v alone, %v beside %d hostile requests; memory was %d and %d MiB",
		aloneTook, took, made[0]+made[1], aloneMemory>>20, memory>>20)
	if made[0]+made[1] < len(requests)/2 {
		t.Errorf("only %d hostile requests were made meanwhile", made[0]+made[1])
	}
	if most := 8*aloneTook + 20*time.Millisecond; took > most {
		t.Errorf("the median answer took %v, want at most %v", took, most)
	}
	if most := 2*aloneMemory + 64<<20; memory > most {
		t.Errorf("%d MiB were in use, want at most %d", memory>>20, most>>20)
	}
}
