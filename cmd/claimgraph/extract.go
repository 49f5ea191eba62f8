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
		Short: "Print what is found in articles, without a graph",
		Long: `Extract reads articles and prints what it finds in each: attributions, citations, actors, mentions, relations, and
what it skips. Offsets count Unicode code points of the text that it prints; each span repeats its words.

It prints one JSON object a line, in the order of the arguments. An article that cannot be read is reported, the others
are printed, and the exit status is 1.` + sourcesHelp,
		Example: `  claimgraph extract --format jsonl article.txt
  claimgraph extract articles/ > found.jsonl`,
		Args: usageOf(cobra.MinimumNArgs(1)),
	}
	reading := addReadFlags(c)
	format := c.Flags().String("format", "jsonl", "how to print: jsonl, one JSON object a line")
	c.RunE = func(c *cobra.Command, args []string) error {
		if *format != "jsonl" {
			return badUsage(c, fmt.Errorf("format %q is not known, only jsonl", *format))
		}
		return p.extract(c, reading, args)
	}
	return c
}

func (p *program) extract(c *cobra.Command, reading *readFlags, args []string) error {
	analyser, err := newAnalyser(reading.model.value, int(reading.workers))
	if err != nil {
		return err
	}
	out := bufio.NewWriter(p.out)
	objects := json.NewEncoder(out)
	objects.SetEscapeHTML(false)
	failed := false
	for a := range loader.Analyses(c.Context(), read.Refs(args...), p.reader(reading), analyser, int(reading.workers)) {
		if a.Err != nil {
			failed = true
			p.warn("failed: %s", oneLine(a.Err))
			continue
		}
		if err := errors.Join(objects.Encode(extraction.Of(a.Document, a.Analysis)), out.Flush()); err != nil {
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
