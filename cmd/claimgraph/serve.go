package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

func (p *program) serveCommand() *cobra.Command {
	c := &cobra.Command{Use: "serve", Args: usageOf(cobra.NoArgs)}
	c.RunE = func(c *cobra.Command, _ []string) error { return errors.New("x") }
	return c
}
func (p *program) demoCommand() *cobra.Command {
	c := &cobra.Command{Use: "demo", Args: usageOf(cobra.NoArgs)}
	c.RunE = func(c *cobra.Command, _ []string) error { return context.Canceled }
	return c
}
