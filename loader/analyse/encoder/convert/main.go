// Convert packs a trained checkpoint and its vocabulary into a model file for package encoder.
//
//	go run ./loader/analyse/encoder/convert [-borrow] CHECKPOINT VOCABULARY MODEL
//
// CHECKPOINT is what the training script exports, or the safetensors file of a base model; VOCABULARY has a piece a line.
// With -borrow the model file leaves out the words, to borrow those of a model that was made from the same base.
package main

import (
	"flag"
	"fmt"
	"io"
	"os" //nolint:depguard // a program reads and writes files; the analysis does not import it
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "convert:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("convert", flag.ContinueOnError)
	flags.SetOutput(out)
	borrow := flags.Bool("borrow", false, "leave the words out")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if args = flags.Args(); len(args) != 3 {
		return fmt.Errorf("want the names of a checkpoint, a vocabulary and a model file, got %d arguments", len(args))
	}
	raw, err := os.ReadFile(args[0])
	if err != nil {
		return fmt.Errorf("read the checkpoint: %w", err)
	}
	vocabulary, err := os.ReadFile(args[1])
	if err != nil {
		return fmt.Errorf("read the vocabulary: %w", err)
	}
	reading := readCheckpoint
	if isSafetensors(raw) {
		reading = readSafetensors
	}
	c, err := reading(raw)
	if err != nil {
		return fmt.Errorf("read %s: %w", args[0], err)
	}
	p, err := c.parameters(strings.Split(strings.TrimSuffix(string(vocabulary), "\n"), "\n"))
	if err != nil {
		return fmt.Errorf("convert %s: %w", args[0], err)
	}
	if *borrow {
		p.Borrow()
	}
	f, err := os.Create(args[2])
	if err != nil {
		return fmt.Errorf("make the model file: %w", err)
	}
	defer f.Close()
	if err := p.Write(f); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("close the model file: %w", err)
	}
	_, err = fmt.Fprintf(out, "%s: %+v\n", args[2], p.Shape)
	return err
}
