package web

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/claimgraph/claimgraph/graph/sqlitegraph"
)

// TestClients lets other people's clients and tools, in the versions of clients/package-lock.json, use our schema and
// our server as their manuals say.
func TestClients(t *testing.T) {
	t.Parallel()
	installClients(t)
	open := func(t *testing.T) string {
		t.Helper()
		store, err := sqlitegraph.Open(t.Context(), filepath.Join(t.TempDir(), "clients.db"), nil)
		if err != nil {
			t.Fatal(err)
		}
		return serve(t, store) + "/graphql"
	}
	url := open(t)

	// The tools write what they make of the schema into gen, and read the schema from there.
	if err := os.MkdirAll("clients/gen/relay", 0o755); err != nil {
		t.Fatal(err)
	}
	client(t, "npx", "graphql-inspector", "introspect", url, "--write", "gen/schema.graphql")
	for name, command := range map[string]string{
		"graphql-inspector": "npx graphql-inspector validate queries.graphql gen/schema.graphql",
		"Relay compiler":    "npx relay-compiler",
		"graphql-codegen":   "npx graphql-codegen --config codegen.json && npx tsc --project .",
		"Apollo Client":     "node apollo.mjs " + open(t), // what they change is nobody else's
		"urql":              "node urql.mjs " + open(t),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client(t, "sh", "-c", command)
		})
	}
	t.Run("GraphQL over HTTP", func(t *testing.T) {
		t.Parallel()
		audits(t, client(t, "node", "audit.mjs", url))
	})
}

// audits reads what came of the audits of the npm package graphql-http: what the GraphQL-over-HTTP specification says
// a server must and should do.
func audits(t *testing.T, out string) {
	t.Helper()
	n := 0
	for line := range strings.Lines(out) {
		var result struct{ ID, Name, Status, Reason string }
		if err := json.Unmarshal([]byte(line), &result); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		n++
		switch {
		case result.Status == "ok":
		case strings.HasPrefix(result.Name, "MUST"):
			t.Errorf("%s %s: %s: %s", result.ID, result.Name, result.Status, result.Reason)
		default:
			t.Logf("%s %s: %s: %s", result.ID, result.Name, result.Status, result.Reason)
		}
	}
	if n < 50 {
		t.Errorf("got %d audits, want all of about 60", n)
	}
}

// client runs a command among the clients and returns what it prints.
func client(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = "clients"
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out.String(), errs.String())
	}
	return out.String()
}

// installClients installs what the lock file names, unless it is there. A test that cannot have it is skipped, and
// fails under CI=true.
func installClients(t *testing.T) {
	t.Helper()
	lacking := t.Skipf
	if os.Getenv("CI") == "true" {
		lacking = t.Fatalf
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			lacking("no clients to test with: %v", err)
		}
	}
	lock, err := os.ReadFile("clients/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	const installed = "clients/node_modules/.installed" // the lock file that was followed
	if before, err := os.ReadFile(installed); err == nil && bytes.Equal(before, lock) {
		return
	}
	install := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	install.Dir = "clients"
	if out, err := install.CombinedOutput(); err != nil {
		lacking("the npm registry does not give us the clients: %v\n%s", err, out)
	}
	if err := os.WriteFile(installed, lock, 0o600); err != nil {
		t.Fatal(err)
	}
}
