package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/read"
)

// linePause is how long to wait between two lines of progress where there is no terminal.
const linePause = 5 * time.Second

// A progress shows how far a load is.
type progress interface {
	observe(loader.Event)
	end()
}

// newProgress shows progress as a bar on a terminal, and as a line now and then elsewhere.
func (p *program) newProgress(args []string) progress {
	if f, ok := p.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return newBar(p.err, args)
	}
	return &lines{say: p.warn, now: p.now, last: p.now()}
}

type bar struct{ *progressbar.ProgressBar }

func newBar(w io.Writer, args []string) bar {
	total := 0
	for range read.Refs(args...) {
		total++
	}
	return bar{progressbar.NewOptions(total,
		progressbar.OptionSetWriter(w), progressbar.OptionSetDescription("loading"), progressbar.OptionShowCount(),
		progressbar.OptionShowIts(), progressbar.OptionSetItsString("documents"), progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
	)}
}

// observe and end ignore errors of the bar: all that can fail is writing to the terminal.
func (b bar) observe(loader.Event) { _ = b.Add(1) }

func (b bar) end() { _ = b.Clear() }

type lines struct {
	say   func(format string, args ...any)
	now   func() time.Time
	last  time.Time
	total int
}

func (l *lines) observe(loader.Event) {
	l.total++
	if now := l.now(); now.Sub(l.last) >= linePause {
		l.say("%d documents so far", l.total)
		l.last = now
	}
}

func (l *lines) end() {}
