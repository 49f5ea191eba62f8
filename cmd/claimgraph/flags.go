package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A positive is the value of a flag that counts something: a whole number from 1.
type positive int

func (p *positive) String() string { return strconv.Itoa(int(*p)) }

func (p *positive) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return errors.New("it must be a whole number from 1")
	}
	*p = positive(n)
	return nil
}

func (p *positive) Type() string { return "n" }

// A choice is the value of a flag that is one of a few words.
type choice struct {
	value string
	among []string
}

func (c *choice) String() string { return c.value }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.among, s) {
		return fmt.Errorf("it must be %s", strings.Join(c.among, " or "))
	}
	c.value = s
	return nil
}

func (c *choice) Type() string { return strings.Join(c.among, "|") }
