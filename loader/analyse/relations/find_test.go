package relations_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/relations"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

var update = flag.Bool("update", false, "rewrite the expected relations")

func newFinder(tb testing.TB) *relations.Finder {
	tb.Helper()
	f, err := relations.NewFinder()
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// published is the day of all cases, a Wednesday.
var published = relations.Publication{Time: time.Date(2024, 7, 10, 9, 30, 0, 0, time.UTC), Precision: graph.ToMinute}

// The files hold cases: a sentence with its mentions in brackets, then one line "=> …" a relation. [Lorne] mentions
// Lorne, [~Uplandish|Upland] says whose something is, and
// [Mirean envoys|Mirean envoys of Mirea] are a class of persons that belongs to Mirea. All are published on 10 July 2024.
func TestFind(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	finder := newFinder(t)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var rewritten []string
			for _, c := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n----\n") {
				marked, want, _ := strings.Cut(c, "\n=> ")
				if want != "" {
					want = "\n=> " + want
				}
				source, cast := stage(marked)
				source += " Nobody else was there on that day." // so that no case looks like a heading
				got := show(source, cast, finder.Find(text.Parse(source, nil), cast, nil, published))
				if diff := cmp.Diff(want, got); diff != "" && !*update {
					t.Errorf("%s\n(-want +got)\n%s", marked, diff)
				}
				rewritten = append(rewritten, marked+got)
			}
			if *update {
				if err := os.WriteFile(file, []byte(strings.Join(rewritten, "\n----\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

var kinds = map[string]graph.ActorKind{
	"Lorne": graph.Person, "Orr": graph.Person, "Orvelle": graph.Place, "Rowers": graph.ArmedGroup,
	"Varda": graph.Outlet, "Lake League": graph.Organisation, "Boat Office": graph.Organisation,
	"1st Battalion": graph.ArmedGroup, "2nd Regiment": graph.ArmedGroup, "Vale people": graph.SourceClass,
}

// stage takes the brackets out of a text and returns the cast that they mark.
func stage(marked string) (string, *actors.Cast) {
	var (
		out   strings.Builder
		cast  actors.Cast
		index = map[string]int{}
	)
	for marked != "" {
		before, rest, found := strings.Cut(marked, "[")
		out.WriteString(before)
		if !found {
			break
		}
		inside, after, _ := strings.Cut(rest, "]")
		surface, modifier := strings.CutPrefix(inside, "~")
		surface, name, named := strings.Cut(surface, "|")
		if !named {
			name = surface
		}
		if _, ok := index[name]; !ok {
			owner := -1
			if _, state, belongs := strings.Cut(name, " of "); belongs {
				owner = len(cast.Actors)
				cast.Actors = append(cast.Actors, actors.Actor{Name: state, Kind: graph.State, Owner: -1})
			}
			kind, known := kinds[name]
			switch {
			case owner >= 0:
				kind = graph.SourceClass
			case !known:
				kind = graph.State
			}
			index[name] = len(cast.Actors)
			title, _, _ := strings.Cut(name, " of ")
			cast.Actors = append(cast.Actors, actors.Actor{Name: title, Kind: kind, Owner: owner})
		}
		form := actors.Name
		if slices.Contains([]string{"it", "its", "he", "his", "they"}, surface) {
			form = actors.Pronoun
		}
		start := out.Len()
		out.WriteString(surface)
		cast.Mentions = append(cast.Mentions, actors.Mention{
			Span: text.Span{Start: start, End: out.Len()}, Actor: index[name], Form: form, Modifier: modifier,
		})
		marked = after
	}
	return out.String(), &cast
}

func show(source string, cast *actors.Cast, found []relations.Relation) string {
	name := func(i int) string {
		if i < 0 {
			return "?"
		}
		return cast.Actors[i].Name
	}
	var b strings.Builder
	for _, r := range found {
		fmt.Fprintf(&b, "\n=> %s %s %s: %s, %q", name(r.Agent), r.Type, name(r.Target), r.Mode, source[r.Trigger.Start:r.Trigger.End])
		if r.Place >= 0 {
			fmt.Fprintf(&b, " in %s", name(r.Place))
		}
		if p := r.When; p.Len() > 0 {
			fmt.Fprintf(&b, ", %s to %s", day(p.From), day(p.To))
		}
	}
	return b.String()
}

func day(t time.Time) string {
	if t.IsZero() {
		return "?"
	}
	return t.Format(time.DateOnly)
}

func TestFindWithinAttributions(t *testing.T) {
	t.Parallel()
	source, cast := stage("On the day before, [Lorne] said [Orr] had denied that [Upland]-backed [Rowers] attacked [Mirea].")
	at := func(s string) text.Span {
		i := strings.Index(source, s)
		return text.Span{Start: i, End: i + len(s)}
	}
	atts := []attributions.Attribution{
		{Content: []text.Span{at("Orr had denied that Upland-backed Rowers attacked Mirea")}, Within: -1},
		{Content: []text.Span{at("that Upland-backed Rowers attacked Mirea")}, Within: 0, Polarity: graph.Denies},
	}
	var got []string
	for _, r := range newFinder(t).Find(text.Parse(source, nil), cast, atts, published) {
		got = append(got, fmt.Sprintf("%s %s %d", r.Type, r.Mode, r.Attribution))
	}
	if diff := cmp.Diff([]string{"BACKS ACTUAL 1", "ASSAULT DENIED 1"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Whatever the text and the mentions, every relation names actors of the cast and lies within the text.
func FuzzFind(f *testing.F) {
	finder := newFinder(f)
	for _, file := range []string{"testdata/events.txt", "testdata/standing.txt"} {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range strings.Split(string(raw), "\n----\n") {
			f.Add(c)
		}
	}
	f.Fuzz(func(t *testing.T, marked string) {
		source, cast := stage(strings.ToValidUTF8(marked, "?"))
		for _, r := range finder.Find(text.Parse(source, nil), cast, nil, published) {
			if r.Agent < 0 && r.Target < 0 || r.Agent == r.Target || max(r.Agent, r.Target) >= len(cast.Actors) ||
				r.Trigger.Start >= r.Trigger.End || r.Trigger.End > len(source) || r.Type.Class() == "" ||
				!slices.Contains(graph.Modes, r.Mode) || r.Confidence <= 0 || r.Confidence > 1 {
				t.Fatalf("%q: %+v", source, r)
			}
		}
	})
}

// A list without end must not pair everybody with everybody.
func TestFindBoundsLists(t *testing.T) {
	t.Parallel()
	var names strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&names, "[State %d], ", i)
	}
	source, cast := stage("On that day there were talks between " + names.String() + "and [Mirea].")
	if found := newFinder(t).Find(text.Parse(source, nil), cast, nil, published); len(found) > 1000 {
		t.Errorf("got %d relations of one list", len(found))
	}
}

func BenchmarkFind(b *testing.B) {
	source, cast := stage(strings.Repeat("[Lorne], commander of the [Lake League], met [~Uplandish|Upland] President [Orr] in [Orvelle] "+
		"on Monday, after [Upland]-backed [Rowers] had attacked [Mirea]. Nobody else took part in the talks, which had "+
		"been put off twice, and no paper was signed, but both sides spoke of a good and useful day.\n", 400))
	t, finder := text.Parse(source, nil), newFinder(b)
	words := len(strings.Fields(source))
	for b.Loop() {
		finder.Find(t, cast, nil, published)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
