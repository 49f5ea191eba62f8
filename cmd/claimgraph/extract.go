package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/extraction"
	"github.com/claimgraph/claimgraph/loader/read"
)

func (p *program) extractCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "extract [flags] FILE ...",
		Short: "Print what is found in articles, or show it, without a graph",
		Long: `Extract reads articles and prints what it finds in each: attributions, citations, actors, mentions, relations, and
what it skips. Offsets count Unicode code points of the text that it prints; each span repeats its words.

With --format jsonl it prints one JSON object a line, in the order of the arguments. With --format html it writes a page
for each article, to look at in a browser: the text, with all that was found marked in it, beside the records. A page is
one file that needs neither network nor scripts. That of a single article is printed, or written to the file --out;
those of several, or of a folder, are written into the folder --out, and their names are printed. An earlier page is
overwritten, an article that is read never.

An article that cannot be read is reported, the others are printed, and the exit status is 1.` + sourcesHelp,
		Example: `  claimgraph extract article.txt
  claimgraph extract articles/ > found.jsonl
  claimgraph extract --format html --out article.html article.txt
  claimgraph extract --format html --out pages/ articles/ https://news.example/story`,
		Args: usageOf(cobra.MinimumNArgs(1)),
	}
	reading := addReadFlags(c)
	format := c.Flags().String("format", "jsonl", "how to print: jsonl, one JSON object a line, or html, a page an article")
	out := c.Flags().StringP("out", "o", "", "the file, or for several articles the folder, that html is written to")
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case *format == "html":
			pages, err := newPages(p, args, *out)
			if err != nil {
				return badUsage(c, err)
			}
			return p.extract(c, reading, args, pages.write)
		case *format != "jsonl":
			return badUsage(c, fmt.Errorf("format %q is not known, only jsonl and html", *format))
		case *out != "":
			return badUsage(c, errors.New("--out is for --format html; JSON lines are sent to a file by >"))
		}
		return p.extract(c, reading, args, p.printLines())
	}
	return c
}

// printLines returns what prints records as JSON lines.
func (p *program) printLines() func(read.Ref, *extraction.Record) error {
	out := bufio.NewWriter(p.out)
	objects := json.NewEncoder(out)
	objects.SetEscapeHTML(false)
	return func(_ read.Ref, r *extraction.Record) error { return errors.Join(objects.Encode(r), out.Flush()) }
}

// extract gives what is found in each article to write.
func (p *program) extract(
	c *cobra.Command, reading *readFlags, args []string, write func(read.Ref, *extraction.Record) error,
) error {
	analyser, err := newAnalyser(reading.model.value, int(reading.workers))
	if err != nil {
		return err
	}
	failed := false
	for a := range loader.Analyses(c.Context(), read.Refs(args...), p.reader(reading), analyser, int(reading.workers)) {
		if a.Err != nil {
			failed = true
			p.warn("failed: %s", oneLine(a.Err))
			continue
		}
		if err := write(a.Ref, extraction.Of(a.Document, a.Analysis)); err != nil {
			return fmt.Errorf("print what was found in %s: %w", a.Ref, err)
		}
	}
	switch {
	case c.Context().Err() != nil:
		return loader.ErrInterrupted
	case failed:
		return errReported
	}
	return nil
}
