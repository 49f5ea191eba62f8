package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/claimgraph/claimgraph/graph"
)

// errReported means that something failed and that what it was has been said.
var errReported = errors.New("some documents failed")

// A usageError is a command line that cannot be understood.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func badUsage(c *cobra.Command, err error) error {
	return usageError{fmt.Errorf("%w; see %s --help", err, c.CommandPath())}
}

// usageOf makes errors about a command's arguments usage errors.
func usageOf(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return badUsage(c, err)
		}
		return nil
	}
}

// oneLine says an error in one line, with what can be done about it where the error itself does not say.
func oneLine(err error) string {
	line := strings.Join(strings.Fields(err.Error()), " ")
	for _, advice := range []struct {
		about error
		text  string
	}{
		{graph.ErrUnavailable, "check that the store is there and running, then repeat the command"},
		{graph.ErrDenied, "check the permissions or, for Neo4j, " + userVariable + " and " + passwordVariable},
		{graph.ErrForeign, "choose another database with --store"},
		{graph.ErrCorrupt, "restore a backup, or load the documents into a new store"},
	} {
		if errors.Is(err, advice.about) {
			return line + " – " + advice.text
		}
	}
	return line
}
