package main

import (
	"errors"
	"strconv"
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
