package server

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAudits runs the audits of the npm package graphql-http: what the GraphQL-over-HTTP specification says a server
// must and should do.
func TestAudits(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: %v", tool, err)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "audit"))); err != nil {
		t.Fatal(err)
	}
	install := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("the npm registry does not give us the audits: %v\n%s", err, out)
	}

	f := setup(t, nil)
	audit := exec.CommandContext(t.Context(), "node", "audit.mjs", f.url+"/graphql")
	audit.Dir = dir
	out, err := audit.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	audits := 0
	for line := range strings.Lines(string(out)) {
		var result struct{ ID, Name, Status, Reason string }
		if err := json.Unmarshal([]byte(line), &result); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		audits++
		switch {
		case result.Status == "ok":
		case strings.HasPrefix(result.Name, "MUST"):
			t.Errorf("%s %s: %s: %s", result.ID, result.Name, result.Status, result.Reason)
		default:
			t.Logf("%s %s: %s: %s", result.ID, result.Name, result.Status, result.Reason)
		}
	}
	if audits < 50 {
		t.Errorf("got %d audits, want all of about 60", audits)
	}
}
