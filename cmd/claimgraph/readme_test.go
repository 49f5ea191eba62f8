package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

var update = flag.Bool("update", false, "write the answers in the README and in docs/analyses.md anew")

// TestReadme asks the questions of the README and of docs/analyses.md of the examples, in both stores, and compares the
// answers with theirs.
func TestReadme(t *testing.T) {
	url := demonstrate(t)
	uri := neo4jServer.Empty(t)
	if r := run(t, "load", "--store", uri, "../../examples"); r.status != 0 {
		t.Fatal(r.err)
	}
	for _, path := range []string{"../../README.md", "../../docs/analyses.md"} {
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := answer(t, string(want), "graphql", "json", func(query string) string { return askGraphQL(t, url, query) })
		got = answer(t, got, "cypher", "text", func(query string) string { return askCypher(t, uri, query) })
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-as it is +as it should be; -update writes it):\n%s", path, diff)
		}
	}
}

// answer replaces each block of code in one language that follows one in another by the answer to the latter.
func answer(t *testing.T, text, question, reply string, ask func(string) string) string {
	t.Helper()
	pairs := regexp.MustCompile("(?s)(```" + question + "\n(.*?)```\n\n```" + reply + "\n).*?```")
	if questions := strings.Count(text, "```"+question+"\n"); len(pairs.FindAllString(text, -1)) != questions {
		t.Fatalf("there is a %s block that no %s block follows", question, reply)
	}
	return pairs.ReplaceAllStringFunc(text, func(pair string) string {
		m := pairs.FindStringSubmatch(pair)
		return m[1] + ask(m[2]) + "```"
	})
}

// demonstrate runs `claimgraph demo` until the test ends, and returns its address.
func demonstrate(t *testing.T) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	address, ended := make(chan string, 1), make(chan int, 1)
	var said bytes.Buffer
	p := &program{
		in: strings.NewReader(""), out: &said, err: &said, now: time.Now,
		env: func(string) string { return "" }, listening: func(url string) { address <- url },
	}
	go func() { ended <- p.Run(ctx, "demo", "--addr", "127.0.0.1:0") }()
	t.Cleanup(stop)
	select {
	case url := <-address:
		t.Cleanup(func() { stop(); <-ended })
		return url
	case status := <-ended:
		t.Fatalf("demo ended with status %d:\n%s", status, said.String())
	}
	return ""
}

func askGraphQL(t *testing.T, url, query string) string {
	t.Helper()
	var data json.RawMessage
	ask(t, url, query, &data)
	return layOut(t, data, "", 100) + "\n"
}

// layOut writes JSON with what fits into the width on one line.
func layOut(t *testing.T, value json.RawMessage, indent string, width int) string {
	t.Helper()
	var flat bytes.Buffer
	if err := json.Compact(&flat, value); err != nil {
		t.Fatal(err)
	}
	if len(indent)+flat.Len() <= width || !strings.ContainsAny(flat.String()[:1], "[{") {
		return flat.String()
	}
	parts := json.NewDecoder(&flat)
	next := func() json.RawMessage {
		var part json.RawMessage
		if err := parts.Decode(&part); err != nil {
			t.Fatal(err)
		}
		return part
	}
	opening, err := parts.Token()
	if err != nil {
		t.Fatal(err)
	}
	deeper := indent + "  "
	var lines []string
	for parts.More() {
		line := deeper
		if opening == json.Delim('{') {
			key, err := parts.Token()
			if err != nil {
				t.Fatal(err)
			}
			line += fmt.Sprintf("%q: ", key)
		}
		lines = append(lines, line+layOut(t, next(), deeper, width))
	}
	brackets := map[json.Token]string{json.Delim('{'): "{}", json.Delim('['): "[]"}[opening]
	return brackets[:1] + "\n" + strings.Join(lines, ",\n") + "\n" + indent + brackets[1:]
}

// askCypher returns the rows as a table.
func askCypher(t *testing.T, uri, query string) string {
	t.Helper()
	address, database, _ := strings.Cut(strings.TrimPrefix(uri, "bolt://"), "/")
	driver, err := neo4j.NewDriverWithContext("bolt://"+address, neo4j.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer driver.Close(t.Context())
	result, err := neo4j.ExecuteQuery(t.Context(), driver, query, nil, neo4j.EagerResultTransformer,
		neo4j.ExecuteQueryWithDatabase(database))
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	table.WriteString(strings.Join(result.Keys, " | ") + "\n")
	for _, record := range result.Records {
		var cells []string
		for _, v := range record.Values {
			cells = append(cells, fmt.Sprint(v))
		}
		table.WriteString(strings.Join(cells, " | ") + "\n")
	}
	return table.String()
}
