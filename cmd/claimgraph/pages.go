package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/claimgraph/claimgraph/loader/extraction"
	"github.com/claimgraph/claimgraph/loader/read"
	page "github.com/claimgraph/claimgraph/web/article"
)

// pages are the pages that extract writes, and where they go.
type pages struct {
	program *program
	inputs  []os.FileInfo   // the files among the arguments
	file    string          // of the only page; "" for standard output, or if there is a folder
	folder  string          // "" if there is only one page
	names   map[string]bool // taken in the folder, in lower case
}

// newPages decides where the pages of the articles go. An error means that they cannot go there.
func newPages(p *program, args []string, out string) (*pages, error) {
	s := &pages{program: p, names: make(map[string]bool)}
	var folders []os.FileInfo
	for _, arg := range args {
		switch info, err := os.Stat(arg); {
		case err != nil: // Standard input, an address, or what reading will report.
		case info.IsDir():
			folders = append(folders, info)
		default:
			s.inputs = append(s.inputs, info)
		}
	}
	if info, err := os.Stat(out); len(args) == 1 && len(folders) == 0 && !isFolder(out, info, err) {
		s.file = out
		return s, nil
	}
	if out == "" {
		return nil, errors.New("several articles make several pages: --out must name a folder for them")
	}
	if err := os.MkdirAll(out, 0o750); err != nil {
		return nil, fmt.Errorf("--out must name a folder for the pages of several articles: %w", err)
	}
	s.folder = out
	return s, outside(out, folders)
}

// isFolder tells whether path, with what is known of it, means a folder.
func isFolder(path string, info os.FileInfo, err error) bool {
	return err == nil && info.IsDir() || path != "" && os.IsPathSeparator(path[len(path)-1])
}

// outside checks that a folder is not within those that are read: the next run would take its pages for articles.
func outside(folder string, inputs []os.FileInfo) error {
	at, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	if at, err = filepath.EvalSymlinks(at); err != nil {
		return err
	}
	for ; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		for _, input := range inputs {
			if err == nil && os.SameFile(info, input) {
				return fmt.Errorf("the folder %s lies within %s, whose files are articles: choose one elsewhere", folder, at)
			}
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// write writes the page of one article.
func (s *pages) write(ref read.Ref, r *extraction.Record) error {
	path := s.file
	if s.folder != "" {
		path = filepath.Join(s.folder, s.name(ref))
	}
	if path == "" {
		out := bufio.NewWriter(s.program.out)
		return errors.Join(page.Write(out, r), out.Flush())
	}
	if info, err := os.Stat(path); err == nil {
		for _, input := range s.inputs {
			if os.SameFile(info, input) {
				return fmt.Errorf("%s is itself an article, and stays as it is", path)
			}
		}
	}
	if err := writeFile(path, func(w io.Writer) error { return page.Write(w, r) }); err != nil {
		return err
	}
	s.program.say("%s", path)
	return nil
}

// name returns a name for the page of an article, one that no other page of this run has.
func (s *pages) name(ref read.Ref) string {
	base := filepath.Base(string(ref))
	switch {
	case ref == read.StandardInput:
		base = "standard-input"
	case ref.IsURL():
		_, base, _ = strings.Cut(string(ref), "://")
		base = strings.Trim(strings.Map(inName, base), "-.")
		base = base[:min(len(base), 100)]
	default:
		base = strings.TrimSuffix(base, filepath.Ext(base))
	}
	name := base + ".html"
	for n := 2; s.names[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s-%d.html", base, n)
	}
	s.names[strings.ToLower(name)] = true
	return name
}

// inName keeps of an address what every system allows in the name of a file.
func inName(r rune) rune {
	if r == '.' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return '-'
}
