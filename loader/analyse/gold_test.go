package analyse_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
	"github.com/claimgraph/claimgraph/loader/read"
)

// The articles in testdata/gold were marked by hand: "first" while the rules were made, "second" when those were done. A
// line of a .gold file is one of
//
//	said: source | cue | content | speaker | DENIES, BELIEF, …
//	goes: content | speaker
//	cite: name @ date
//	actor: KIND name
//
// where "…" in a content leaves words out, "//" parts its pieces, and an empty speaker is not asked for.

// A tally counts what one model finds. Precision and recall are of whole things, one to one.
type tally struct {
	attributions, goesOn, citations, actors count
	speaker, polarity, kind                 count // of the attributions found
	wrong                                   []string
}

type count struct{ right, found, wanted int }

func (c *count) add(o count) {
	c.right += o.right
	c.found += o.found
	c.wanted += o.wanted
}

func (c count) precision() float64 { return 100 * float64(c.right) / float64(max(c.found, 1)) }
func (c count) recall() float64    { return 100 * float64(c.right) / float64(max(c.wanted, 1)) }
func (c count) f1() float64        { return 200 * float64(c.right) / float64(max(c.found+c.wanted, 1)) }

// floors are the least that a model must reach, in per cent.
type floors struct{ attributions, speaker, polarity, goesOn, citations, actors float64 }

func TestGold(t *testing.T) {
	t.Parallel()
	trained, err := tagger.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		model  string
		tagger attributions.Tagger
		set    string
		floors floors
	}{
		{"rules", attributions.Rules{}, "first", floors{86, 95, 94, 95, 97, 94}},
		{"trained", trained, "first", floors{89, 94, 94, 95, 97, 94}},
		{"rules", attributions.Rules{}, "second", floors{78, 86, 94, 95, 90, 95}},
		{"trained", trained, "second", floors{85, 84, 94, 95, 90, 95}},
	} {
		t.Run(test.model+" "+test.set, func(t *testing.T) {
			t.Parallel()
			got := scoreGold(t, test.tagger, test.set)
			for _, line := range got.wrong {
				t.Log(line)
			}
			for _, part := range []struct {
				name  string
				got   float64
				floor float64
				count count
			}{
				{"attributions, F1", got.attributions.f1(), test.floors.attributions, got.attributions},
				{"speakers of those found", got.speaker.recall(), test.floors.speaker, got.speaker},
				{"polarity of those found", got.polarity.recall(), test.floors.polarity, got.polarity},
				{"kind of those found", got.kind.recall(), 0, got.kind},
				{"sentences that go on, F1", got.goesOn.f1(), test.floors.goesOn, got.goesOn},
				{"cited sources with dates, F1", got.citations.f1(), test.floors.citations, got.citations},
				{"actors with kind, recall", got.actors.recall(), test.floors.actors, got.actors},
			} {
				t.Logf("%-30s P %5.1f R %5.1f F1 %5.1f (%d found, %d wanted)", part.name, part.count.precision(), part.count.recall(), part.count.f1(),
					part.count.found, part.count.wanted)
				if part.got < part.floor {
					t.Errorf("%s: got %.1f, want at least %.1f", part.name, part.got, part.floor)
				}
			}
		})
	}
}

// A marked article is what its .gold file says.
type marked struct {
	said, goes []spoken
	cites      []string
	actors     []string
}

type spoken struct {
	source, cue []text.Span
	content     []text.Span
	speaker     string
	flags       []string
	words       string
}

func scoreGold(tb testing.TB, tagger attributions.Tagger, set string) tally {
	tb.Helper()
	files, err := filepath.Glob("testdata/gold/" + set + "/*.gold")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no articles: %v", err)
	}
	analyser, err := analyse.New(tagger)
	if err != nil {
		tb.Fatal(err)
	}
	var all tally
	for _, file := range files {
		name := strings.TrimSuffix(file, ".gold")
		path := name + ".txt"
		if _, err := os.Stat(path); err != nil {
			path = name + ".html"
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		doc, err := read.Parse(raw, read.Hints{Path: path})
		if err != nil {
			tb.Fatal(err)
		}
		analysis, err := analyser.Analyse(tb.Context(), doc)
		if err != nil {
			tb.Fatal(err)
		}
		all.article(filepath.Base(name), analysis, readGold(tb, file, doc.Text))
	}
	return all
}

func readGold(tb testing.TB, file, source string) marked {
	tb.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	var m marked
	for line := range strings.Lines(string(raw)) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), ": ")
		fields := strings.Split(" "+rest, " |")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		fields = append(fields, "", "", "")
		switch kind {
		case "said":
			s := spoken{words: fields[2], speaker: fields[3], flags: strings.Fields(fields[4])}
			s.source, s.cue, s.content = together(tb, file, source, fields[0], fields[1], fields[2])
			m.said = append(m.said, s)
		case "goes":
			m.goes = append(m.goes, spoken{words: fields[0], speaker: fields[1], content: places(tb, file, source, fields[0], 0)})
		case "cite":
			m.cites = append(m.cites, rest)
		case "actor":
			m.actors = append(m.actors, rest)
		case "":
		default:
			tb.Fatalf("%s: %s", file, line)
		}
	}
	return m
}

// together finds a source, a cue and a content as a gold file words them, those that stand closest to each other.
func together(tb testing.TB, file, article, source, cue, content string) (sources, cues, contents []text.Span) {
	tb.Helper()
	best := -1
	for _, at := range starts(article, first(content)) {
		for _, c := range starts(article, first(cue)) {
			cueAt := places(tb, file, article, cue, c)
			contentAt := places(tb, file, article, content, at)
			apart, sourceAt := gap(cueAt, contentAt), []text.Span(nil)
			if source != "" {
				for i, s := range starts(article, first(source)) {
					if found := places(tb, file, article, source, s); i == 0 || gap(found, cueAt) < gap(sourceAt, cueAt) {
						sourceAt = found
					}
				}
				apart += gap(sourceAt, cueAt)
			}
			if best < 0 || apart < best {
				best, sources, cues, contents = apart, sourceAt, cueAt, contentAt
			}
		}
	}
	if best < 0 {
		tb.Fatalf("%s: no %q with %q in the text", file, content, cue)
	}
	return sources, cues, contents
}

func first(words string) string {
	piece, _, _ := strings.Cut(words, "//")
	piece, _, _ = strings.Cut(piece, " … ")
	return strings.TrimSpace(piece)
}

// gap returns how far two lists of spans are from each other.
func gap(a, b []text.Span) int {
	best := -1
	for _, x := range a {
		for _, y := range b {
			if d := max(0, x.Start-y.End, y.Start-x.End); best < 0 || d < best {
				best = d
			}
		}
	}
	return best
}

// places finds the pieces of a stretch as a gold file words it, from an offset on.
func places(tb testing.TB, file, source, words string, from int) []text.Span {
	tb.Helper()
	var out []text.Span
	for piece := range strings.SplitSeq(words, "//") {
		found := starts(source, first(piece))
		if len(found) == 0 {
			tb.Fatalf("%s: no %q in the text", file, piece)
		}
		start := found[0]
		if i := slices.IndexFunc(found, func(at int) bool { return at >= from }); i > 0 {
			start = found[i]
		}
		end := start + len(first(piece))
		if _, last, ok := strings.Cut(strings.TrimSpace(piece), " … "); ok {
			end = start + strings.Index(source[start:], last) + len(last)
		}
		out = append(out, text.Span{Start: start, End: end})
		from = end
	}
	return out
}

// starts returns where words stand that are no parts of others.
func starts(source, words string) []int {
	var out []int
	for from := 0; words != ""; {
		i := strings.Index(source[from:], words)
		if i < 0 {
			break
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(source[:i])
		after, _ := utf8.DecodeRuneInString(source[i+len(words):])
		head, _ := utf8.DecodeRuneInString(words)
		tail, _ := utf8.DecodeLastRuneInString(words)
		if !(unicode.IsLetter(before) && unicode.IsLetter(head)) && !(unicode.IsLetter(tail) && unicode.IsLetter(after)) {
			out = append(out, i)
		}
		from = i + 1
	}
	return out
}

func (all *tally) article(name string, a *analyse.Analysis, m marked) {
	miss := func(format string, args ...any) {
		all.wrong = append(all.wrong, name+": "+fmt.Sprintf(format, args...))
	}
	var told, going []attributions.Attribution
	for _, x := range a.Attributions {
		switch {
		case x.Voice == graph.CarryOver:
			going = append(going, x)
		case x.Voice == graph.Attributed && x.Within < 0: // What is told within another's words is not marked.
			told = append(told, x)
		}
	}
	pairs := matching(len(m.said), len(told), func(g, p int) bool { return m.said[g].matches(told[p]) })
	all.attributions.add(count{len(pairs), len(told), len(m.said)})
	for g, s := range m.said {
		p, ok := pairs[g]
		if !ok {
			miss("not found: %s", s.words)
			continue
		}
		if s.speaker != "" {
			right := named(a.Cast, told[p].Sources, s.speaker)
			all.speaker.tick(right)
			if !right {
				miss("speaker of %q is not %s", s.words, s.speaker)
			}
		}
		denies := slices.Contains(s.flags, "DENIES")
		all.polarity.tick(denies == (told[p].Polarity == graph.Denies))
		if denies != (told[p].Polarity == graph.Denies) {
			miss("polarity of %q", s.words)
		}
		kind := graph.Statement
		for _, f := range s.flags {
			if f != "DENIES" {
				kind = graph.AttributionKind(f)
			}
		}
		all.kind.tick(kind == told[p].Kind)
	}
	used := slices.Collect(maps.Values(pairs))
	for p, x := range told {
		if !slices.Contains(used, p) {
			miss("not there: %s", a.Text.Slice(x.Cue[0])+": "+a.Text.Slice(x.Content[0]))
		}
	}

	pairs = matching(len(m.goes), len(going), func(g, p int) bool {
		return similar(m.goes[g].content, going[p].Content) && named(a.Cast, going[p].Sources, m.goes[g].speaker)
	})
	all.goesOn.add(count{len(pairs), len(going), len(m.goes)})
	for g, s := range m.goes {
		if _, ok := pairs[g]; !ok {
			miss("does not go on: %s", s.words)
		}
	}

	var cited []string
	for _, c := range a.Citations {
		for _, s := range c.Sources {
			one := a.Text.Slice(s.Name)
			if s.Date.Len() > 0 {
				one += " @ " + a.Text.Slice(s.Date)
			}
			cited = append(cited, one)
		}
	}
	pairs = matching(len(m.cites), len(cited), func(g, p int) bool { return m.cites[g] == cited[p] })
	all.citations.add(count{len(pairs), len(cited), len(m.cites)})
	for g, s := range m.cites {
		if _, ok := pairs[g]; !ok {
			miss("not cited: %s", s)
		}
	}
	used = slices.Collect(maps.Values(pairs))
	for p, s := range cited {
		if !slices.Contains(used, p) {
			miss("no citation: %s", s)
		}
	}

	for _, want := range m.actors {
		kind, name, _ := strings.Cut(want, " ")
		right := slices.ContainsFunc(a.Cast.Actors, func(x actors.Actor) bool {
			return string(x.Kind) == kind && isNamed(x, name)
		})
		all.actors.tick(right)
		if !right {
			miss("no actor %s", want)
		}
	}
}

func (c *count) tick(right bool) {
	c.found++
	c.wanted++
	if right {
		c.right++
	}
}

// matches is the strict measure: the cues overlap, the sources overlap or both are absent, and the contents share half
// of the longer one's characters.
func (s spoken) matches(a attributions.Attribution) bool {
	return text.Common(s.cue, a.Cue) > 0 && (text.Common(s.source, a.Source) > 0 || len(s.source)+len(a.Source) == 0) && similar(s.content, a.Content)
}

func similar(a, b []text.Span) bool {
	return 2*text.Common(a, b) >= max(text.Length(a), text.Length(b))
}

func named(cast *actors.Cast, list []int, name string) bool {
	return slices.ContainsFunc(list, func(i int) bool { return isNamed(cast.Actors[i], name) })
}

// isNamed reports whether an actor has the name, titles and owners before it not counted.
func isNamed(a actors.Actor, name string) bool {
	for _, n := range append([]string{a.Name}, a.Aliases...) {
		n, name := strings.ToLower(strings.TrimPrefix(n, "The ")), strings.ToLower(strings.TrimPrefix(name, "The "))
		if n == name || strings.HasSuffix(n, " "+name) {
			return true
		}
	}
	return false
}

// matching pairs as many of the wanted with the found as can be, one to one.
func matching(wanted, found int, fits func(wanted, found int) bool) map[int]int {
	owner := map[int]int{}
	var augment func(w int, seen map[int]bool) bool
	augment = func(w int, seen map[int]bool) bool {
		for f := range found {
			if seen[f] || !fits(w, f) {
				continue
			}
			seen[f] = true
			other, taken := owner[f]
			if !taken || augment(other, seen) {
				owner[f] = w
				return true
			}
		}
		return false
	}
	for w := range wanted {
		augment(w, map[int]bool{})
	}
	out := map[int]int{}
	for f, w := range owner {
		out[w] = f
	}
	return out
}
