package main

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the packages to the table of docs/architecture.md: each may import what stands in rows above its
// own, and within its own row.
func TestImports(t *testing.T) {
	t.Parallel()
	const module = "github.com/claimgraph/claimgraph/"
	rows := packageTable(t)
	row := func(pkg string) int {
		best, at := -1, -1
		for i, names := range rows {
			for _, name := range names {
				if (pkg == name || strings.HasPrefix(pkg, name+"/")) && len(name) > best {
					best, at = len(name), i
				}
			}
		}
		return at
	}
	list := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "../../...")
	out, err := list.CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		pkg := strings.TrimPrefix(fields[0], module)
		if pkg == "examples" || strings.HasPrefix(pkg, "bench") {
			continue // the one imports nothing of ours, the other measures everything
		}
		if row(pkg) < 0 {
			t.Errorf("package %s is in no row of docs/architecture.md", pkg)
		}
		for _, imported := range fields[1:] {
			name, ours := strings.CutPrefix(imported, module)
			if ours && name != "examples" && row(name) > row(pkg) {
				t.Errorf("package %s imports %s, which stands below it in docs/architecture.md", pkg, name)
			}
		}
	}
}

// packageTable reads the packages of each row of the table.
func packageTable(t *testing.T) [][]string {
	t.Helper()
	text, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(text), "| package | owns |\n|---|---|\n")
	if !ok {
		t.Fatal("docs/architecture.md has no table of packages")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	var rows [][]string
	names := regexp.MustCompile("`([a-z0-9/]+)(?:/…)?`")
	for line := range strings.Lines(table) {
		cell := strings.Split(line, "|")[1]
		var row []string
		for _, m := range names.FindAllStringSubmatch(cell, -1) {
			row = append(row, m[1])
		}
		rows = append(rows, row)
	}
	if !slices.ContainsFunc(rows, func(row []string) bool { return slices.Contains(row, "graph") }) {
		t.Fatalf("no row of the table is about graph: %v", rows)
	}
	return rows
}
