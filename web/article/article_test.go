package article

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/extraction"
	"github.com/claimgraph/claimgraph/loader/read"
)

// hostile is an article that tries to be more than text.
const hostile = `Title: <script>document.title='run'</script> & "onerror=" </title>
Outlet: <b onmouseover="document.title='run'">The Red Quay Dispatch</b>
Date: 2025-02-19
URL: javascript:document.title='run'
Lang: en

The minister of Iran, <script>document.title='run'</script>, said that <img src=x onerror="document.title='run'"> would ` +
	`“</article></main><script>document.title='run'</script>” be built (IRNA, July 2024). He denied that ` + "\u202etxet siht\u202c" + ` was reversed.

Iran’s foreign ministry said “javascript:alert(1)” &amp; &lt;b&gt; were ` + "harm\u200bless\u00ad. Nul \x00, bell \a, \u0085 and \ufeff." + `
{{.Script}} ` + "\r\nThe next line, he added,\ris <!-- not --> old.\n\n\t\n  وزیر خارجه گفت \u2067RLI\u2069.\n"

// found reads and analyses an article.
func found(tb testing.TB, data []byte, path string) *extraction.Record {
	tb.Helper()
	doc, err := read.Parse(data, read.Hints{Path: path})
	if err != nil {
		tb.Fatal(err)
	}
	analyser, err := analyse.New(attributions.Rules{})
	if err != nil {
		tb.Fatal(err)
	}
	analysis, err := analyser.Analyse(tb.Context(), doc)
	if err != nil {
		tb.Fatal(err)
	}
	return extraction.Of(doc, analysis)
}

// pageOf writes the page of a record.
func pageOf(tb testing.TB, r *extraction.Record) string {
	tb.Helper()
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// A shownText is the article's text as a browser reads it from the page, with the tokens that stand on each code point.
type shownText struct {
	text   string
	tokens [][]string
}

// readBack reads the text out of a page.
func readBack(tb testing.TB, page string) shownText {
	tb.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	var s shownText
	var text strings.Builder
	var walk func(n *html.Node, tokens []string)
	walk = func(n *html.Node, tokens []string) {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
			for range n.Data {
				s.tokens = append(s.tokens, tokens)
			}
		}
		if marks, ok := attribute(n, "data-m"); ok {
			tokens = strings.Fields(marks)
		}
		for c := range n.ChildNodes() {
			walk(c, tokens)
		}
	}
	for n := range root.Descendants() {
		if id, _ := attribute(n, "id"); id == "text" {
			walk(n, nil)
		}
	}
	s.text = text.String()
	return s
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// marked returns the stretches of text that carry a token.
func (s shownText) marked(token string) []string {
	var list []string
	inside := false
	points := []rune(s.text)
	for i, tokens := range s.tokens {
		on := slices.Contains(tokens, token)
		switch {
		case on && !inside:
			list = append(list, string(points[i]))
		case on:
			list[len(list)-1] += string(points[i])
		}
		inside = on
	}
	return list
}

// checkPage checks that the page has the article's text, once and in order, and that each span's words are marked.
func checkPage(tb testing.TB, r *extraction.Record) {
	tb.Helper()
	page := pageOf(tb, r)
	got := readBack(tb, page)
	if want := asShown(r.Document.Text); got.text != want {
		tb.Fatalf("%s: the page's text is not the article's (-want +got):\n%s", r.Document.Path, cmp.Diff(want, got.text))
	}
	c := newCast(r)
	marks, err := marksOf(r, []rune(r.Document.Text), c)
	if err != nil {
		tb.Fatal(err)
	}
	covers := make(map[string][]bool)
	for _, m := range marks {
		token := m.record + "." + string(m.role)
		if covers[token] == nil {
			covers[token] = make([]bool, len(got.tokens))
		}
		for i := m.start; i < m.end; i++ {
			covers[token][i] = true
		}
	}
	for i, tokens := range got.tokens {
		for _, token := range tokens {
			if covers[token] == nil || !covers[token][i] {
				tb.Fatalf("%s: code point %d carries %s", r.Document.Path, i, token)
			}
			covers[token][i] = false
		}
	}
	for token, left := range covers {
		if i := slices.Index(left, true); i >= 0 {
			tb.Errorf("%s: code point %d does not carry %s", r.Document.Path, i, token)
		}
	}
}

// asShown returns a text as HTML can hold it.
func asShown(text string) string { return strings.ReplaceAll(text, "\x00", "\ufffd") }

func TestExamplesAreShown(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../../examples/*.[th]*")
	if err != nil || len(paths) < 14 {
		t.Fatalf("got %d examples, %v", len(paths), err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		checkPage(t, found(t, data, path))
	}
	checkPage(t, found(t, []byte(hostile), "hostile.txt"))
}

// spanOf marks the nth occurrence of words in text, from 0.
func spanOf(t *testing.T, text, words string, n int) extraction.Span {
	t.Helper()
	at := 0
	for range n + 1 {
		i := strings.Index(text[at:], words)
		if i < 0 {
			t.Fatalf("%q is not in the text", words)
		}
		at += i + 1
	}
	start := len([]rune(text[:at-1]))
	return extraction.Span{Start: start, End: start + len([]rune(words)), Exact: words}
}

// nested is a record in which all that can overlap does: an attribution within another's content, a content that jumps
// over its cue, a mention within a source, a relation across the edge of a content, a citation, skipped text.
func nested(t *testing.T) *extraction.Record {
	t.Helper()
	text := "Teaser 💥\n“Kabul,” Qari Zahir said, “denies that Iran armed it” (IRNA, 2024)."
	at := func(words string) extraction.Span { return spanOf(t, text, words, 0) }
	return &extraction.Record{
		Document: extraction.Document{Path: "nested.txt", Text: text, Outlet: "The Lantern"},
		Attributions: []extraction.Attribution{
			{
				ID: "a1", Voice: graph.Attributed, Polarity: graph.Affirms, Confidence: 0.9,
				Source: []extraction.Span{at("Qari Zahir")}, Cue: []extraction.Span{at("said")},
				Content:      []extraction.Span{at("“Kabul,”"), at("“denies that Iran armed it”")},
				SourceActors: []graph.ID{"act_z"}, Citations: []string{"c1"},
			},
			{
				ID: "a2", Voice: graph.Attributed, Polarity: graph.Denies, Within: "a1", Confidence: 0.5,
				Source: []extraction.Span{at("Kabul")}, Cue: []extraction.Span{at("denies")},
				Content: []extraction.Span{at("Iran armed it")},
			},
		},
		Citations: []extraction.Citation{{
			ID: "c1", Span: at("(IRNA, 2024)"), Sources: []extraction.CitedSource{{Name: "IRNA", DateText: "2024"}},
			Scope: []extraction.Span{at("“Kabul,” Qari Zahir said, “denies that Iran armed it”")},
		}},
		Actors: []extraction.Actor{
			{ID: "act_z", Name: "Qari Zahir", Kind: graph.Person}, {ID: "act_t", Name: "Taliban", Kind: graph.ArmedGroup},
		},
		Mentions: []extraction.Mention{
			{Span: at("Zahir"), Actor: "act_z"}, {Span: at("Kabul"), Actor: "act_t", Metonym: true}, {Span: at("it"), Actor: "act_t"},
		},
		Relations: []extraction.Relation{
			{ID: "r1", Type: "AID", Target: "act_t", Mode: graph.Denied, Attribution: "a2", Trigger: at("that Iran armed")},
		},
		Skipped: []extraction.Skipped{{Span: at("Teaser 💥\n"), Reason: "teaser of another story"}},
	}
}

func TestOverlappingMarks(t *testing.T) {
	t.Parallel()
	r := nested(t)
	checkPage(t, r)
	page := pageOf(t, r)
	got := readBack(t, page)
	for token, want := range map[string][]string{
		"a1.s": {"Qari Zahir"},
		"a1.q": {"said"},
		"a1.c": {"“Kabul,”", "“denies that Iran armed it”"},
		"a2.s": {"Kabul"},
		"a2.c": {"Iran armed it"},
		"p1.m": {"Zahir"},
		"p2.m": {"Kabul", "it"},
		"r1.r": {"that Iran armed"},
		"c1.x": {"(IRNA, 2024)"},
		"c1.e": {"“Kabul,” Qari Zahir said, “denies that Iran armed it”"},
		"s1.z": {"Teaser 💥\n"},
	} {
		if diff := cmp.Diff(want, got.marked(token)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", token, diff)
		}
	}
	at := len([]rune(r.Document.Text[:strings.Index(r.Document.Text, "Iran armed")]))
	if got, want := got.tokens[at], []string{"a2.c", "r1.r", "a1.c", "c1.e"}; !slices.Equal(got, want) {
		t.Errorf("on “Iran” got %v, want the shortest mark first: %v", got, want)
	}
	for _, want := range []string{
		`<a class="pin c d" data-m=a2></a>`,
		`class="s m y c" data-m="a2.s p2.m a1.c c1.e"`,
		`data-n="skipped: teaser of another story"`,
		`{"i":"a2","k":"c d","t":1,"n":0.5,`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

// Every record that a mark stands for, and every one that another refers to, is there, once.
func TestRecordsReferToRecords(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../examples/06-analysis-citation-bundles.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*extraction.Record{nested(t), found(t, data, "06"), found(t, []byte(hostile), "hostile")} {
		page := pageOf(t, r)
		known := recordsOf(t, page)
		ids := make(map[string]int)
		count := func(id string) { ids[id]++ }
		refer := func(from string, to ...string) {
			for _, id := range to {
				if ids[id] != 1 {
					t.Errorf("%s: %s refers to %q, of which there are %d", r.Document.Path, from, id, ids[id])
				}
			}
		}
		for _, a := range known.Attributions {
			count(a.ID)
		}
		for _, c := range known.Citations {
			count(c.ID)
		}
		for _, x := range known.Relations {
			count(x.ID)
		}
		for _, a := range known.Actors {
			count(a.ID)
		}
		for _, s := range known.Skipped {
			count(s.ID)
		}
		for _, a := range known.Attributions {
			refer(a.ID, slices.Concat(a.Actors, a.Citations)...)
			if a.Terms >= len(known.Terms) {
				t.Errorf("%s: %s has unknown terms", r.Document.Path, a.ID)
			}
		}
		for _, x := range known.Relations {
			for _, id := range []string{x.Agent, x.Target, x.Attribution} {
				if id != "" {
					refer(x.ID, id)
				}
			}
		}
		for _, tokens := range readBack(t, page).tokens {
			for _, token := range tokens {
				id, _, _ := strings.Cut(token, ".")
				refer("a mark", id)
			}
		}
	}
}

// recordsOf reads the records out of a page.
func recordsOf(tb testing.TB, page string) (r records) {
	tb.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	for n := range root.Descendants() {
		if id, _ := attribute(n, "id"); id == "data" {
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &r); err != nil {
				tb.Fatal(err)
			}
		}
	}
	return r
}

// A page has no markup but ours, whatever the article says, and its policy lets nothing else run.
func TestHostileArticle(t *testing.T) {
	t.Parallel()
	page := pageOf(t, found(t, []byte(hostile), "<script>.txt"))
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for n := range root.Descendants() {
		switch n.Data {
		case "script", "style":
			if kind, _ := attribute(n, "type"); kind == "application/json" {
				continue // Data, which nothing runs.
			}
			if n.Type == html.ElementNode && n.Data == "script" {
				scripts++
			}
			if n.Type == html.ElementNode && !strings.Contains(policy, hash(n.FirstChild.Data)) {
				t.Errorf("the policy does not have the hash of <%s>", n.Data)
			}
		case "img", "iframe", "object", "form", "svg":
			if n.Type == html.ElementNode {
				t.Errorf("there is a <%s>", n.Data)
			}
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" ||
				slices.Contains([]string{"href", "src"}, a.Key) && !regexp.MustCompile(`^(#|https?:)`).MatchString(a.Val) {
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	if scripts != 1 {
		t.Errorf("got %d scripts, want ours", scripts)
	}
	if strings.Contains(page, "@import") || strings.Contains(page, "url(") || strings.Contains(script, "innerHTML") {
		t.Error("the page fetches something, or makes markup of text")
	}
}

func TestHiddenCharacters(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a<b>&\"'":              `a&lt;b&gt;&amp;&#34;&#39;`,
		"a\r\nb\t":              "a&#13;\nb\t",
		"\x00":                  `<span class="ctl" data-n="0000" title="U+0000">` + "\ufffd</span>",
		"\u202e":                `<span class="ctl" data-n="RLO" title="U+202E">` + "\u202e</span>",
		"\u200f":                `<span class="ctl mild" data-n="RLM" title="U+200F">` + "\u200f</span>",
		"\u0085":                `<span class="ctl" data-n="0085" title="U+0085">` + "\u0085</span>",
		"می\u200cخواهیم":        "می\u200cخواهیم",
		"👩\u200d🚀":              "👩\u200d🚀",
		"🏴\U000e0067\U000e007f": "🏴\U000e0067\U000e007f",
		"x\U000e0067":           `x<span class="ctl" data-n="E0067" title="U+E0067">` + "\U000e0067</span>",
	} {
		if got := string(shown(text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
	if got := plain("a\u202eb\x00"); got != "a\ufffdb\ufffd" {
		t.Errorf("got %q", got)
	}
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	text := "one\r\ntwo\n \t\n\n  three\rfour"
	var got []string
	points := []rune(text)
	for _, p := range paragraphsOf(points) {
		got = append(got, string(points[p.start:p.tail])+"|"+string(points[p.tail:p.end])+"|"+p.class(points))
	}
	want := []string{"one|\r\n|close", "two|\n \t\n\n|", "  three|\r|close", "four||"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A record that contradicts itself is refused: what the page shows can be relied on.
func TestWrongRecords(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*extraction.Record){
		"reads":           func(r *extraction.Record) { r.Attributions[0].Cue[0].Exact = "asked" },
		"not within":      func(r *extraction.Record) { r.Relations[0].Trigger.End = 1000 },
		"is not":          func(r *extraction.Record) { r.Skipped[0].Span.Start = -1 },
		"does not have":   func(r *extraction.Record) { r.Mentions[0].Actor = "act_?" },
		"no ID of a reco": func(r *extraction.Record) { r.Citations[0].ID = `c1" x` },
	} {
		r := nested(t)
		spoil(r)
		if err := Write(&bytes.Buffer{}, r); err == nil || !strings.Contains(err.Error(), name) ||
			!strings.Contains(err.Error(), "nested.txt") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestNothingFound(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "\n\n\nx"} {
		checkPage(t, &extraction.Record{Document: extraction.Document{Path: "-", Text: text}})
	}
}

// long is an article of about a megabyte.
func long(tb testing.TB) *extraction.Record {
	tb.Helper()
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, "Farhad Golshani, Iran’s foreign minister, said on day %d that “Iran backs the Houthis” (IRNA, July 2024). "+
			"Qatar denied that it had armed anybody. The talks went on.\n\n", i)
	}
	return found(tb, []byte(b.String()), "long.txt")
}

func TestLongArticle(t *testing.T) {
	t.Parallel()
	r := long(t)
	began := time.Now()
	page := pageOf(t, r)
	if took := time.Since(began); took > time.Minute {
		t.Errorf("a page of %d bytes took %s", len(page), took)
	}
	if most := 11 * len(r.Document.Text); len(page) > most {
		t.Errorf("the page has %d bytes, want at most %d", len(page), most)
	}
	if got := readBack(t, page); got.text != r.Document.Text {
		t.Error("the page's text is not the article's")
	}
}

func BenchmarkWrite(b *testing.B) {
	r := long(b)
	b.SetBytes(int64(len(r.Document.Text)))
	for b.Loop() {
		b.ReportMetric(float64(len(pageOf(b, r))), "page-bytes")
	}
}

// FuzzPage checks that whatever the text and wherever the marks, the page has the text once and in order, and each mark
// on its words.
func FuzzPage(f *testing.F) {
	f.Add(hostile, []byte{1, 2, 3, 40, 5, 6, 70, 8, 9, 100, 11, 12})
	f.Add("💥\r\n\n“\u202ea”\x00</p>", []byte{0, 0, 9, 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5})
	f.Add("a b", []byte{})
	f.Fuzz(func(t *testing.T, text string, places []byte) {
		text = strings.ToValidUTF8(text[:min(len(text), 400)], "?") // Each record repeats it.
		places = places[:min(len(places), 150)]
		points := []rune(text)
		next := func() extraction.Span {
			var at [2]int
			for i := range at {
				if len(places) > 0 {
					at[i], places = int(places[0])%(len(points)+1), places[1:]
				}
			}
			start, end := min(at[0], at[1]), max(at[0], at[1])
			return extraction.Span{Start: start, End: end, Exact: string(points[start:end])}
		}
		r := &extraction.Record{
			Document: extraction.Document{Path: text, Title: text, Outlet: text, URL: text, Lang: text, Text: text},
			Actors:   []extraction.Actor{{ID: "x", Name: text, Kind: graph.State, Aliases: []string{text}}},
		}
		for len(places) > 0 {
			n := len(r.Attributions)
			r.Attributions = append(r.Attributions, extraction.Attribution{
				ID: numbered("a", n), Voice: graph.Voices[n%3], Polarity: graph.Polarities[n%2],
				Source: []extraction.Span{next()}, Cue: []extraction.Span{next()}, Content: []extraction.Span{next(), next()},
				SourceActors: []graph.ID{"x", "?"}, Within: numbered("a", n/2), Citations: []string{numbered("c", n)},
			})
			r.Citations = append(r.Citations, extraction.Citation{
				ID: numbered("c", n), Span: next(), Sources: []extraction.CitedSource{{Name: text}}, Scope: []extraction.Span{next()},
			})
			r.Mentions = append(r.Mentions, extraction.Mention{Span: next(), Actor: "x", Metonym: n%2 > 0})
			r.Relations = append(r.Relations, extraction.Relation{
				ID: numbered("r", n), Type: text, Agent: "x", Target: "x", Attribution: numbered("a", n), Trigger: next(),
			})
			r.Skipped = append(r.Skipped, extraction.Skipped{Span: next(), Reason: text})
		}
		checkPage(t, r)
	})
}
