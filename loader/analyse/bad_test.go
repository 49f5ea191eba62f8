package analyse_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/tagger"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
	"github.com/claimgraph/claimgraph/loader/read"
)

// Who speaks in another language than English is not looked for, neither in an article nor in a paragraph of one: what
// stands there is given to the outlet, with little confidence.
func TestOtherLanguages(t *testing.T) {
	t.Parallel()
	trained, err := tagger.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	const english = "The foreign minister, Farhad Golshani, said on Monday that Iran does not arm the Houthis.\n\n"
	for _, model := range []attributions.Tagger{attributions.Rules{}, trained} {
		analyser, err := analyse.New(model)
		if err != nil {
			t.Fatal(err)
		}
		for lang, paragraph := range map[string]string{
			"de": "Der Außenminister sagte am Montag, dass der Iran niemanden bewaffne. „Wir haben damit nichts zu tun“, sagte er vor Journalisten in Teheran.",
			"fr": "Le ministre a déclaré lundi que l’Iran n’armait personne. « Nous n’avons rien à voir avec cela », a-t-il affirmé devant des journalistes.",
			"es": "El ministro dijo el lunes que Irán no arma a nadie. «No tenemos nada que ver con eso», afirmó ante los periodistas en Teherán.",
			"fa": "وزیر امور خارجه روز دوشنبه گفت که ایران کسی را مسلح نمی\u200cکند. او گفت: «ما با این موضوع کاری نداریم.»",
			"ar": "قال وزير الخارجية يوم الاثنين إن إيران لا تسلح أحدا. وقال: «لا علاقة لنا بذلك».",
			"ru": "Министр заявил в понедельник, что Иран никого не вооружает. «Мы не имеем к этому отношения», — сказал он.",
			"zh": "外交部长周一表示，伊朗没有武装任何人。“我们与此无关，”他在德黑兰对记者说。",
		} {
			for _, source := range []string{paragraph, english + paragraph + "\n\n" + english} {
				doc, err := read.Parse([]byte(source), read.Hints{Path: "article.txt"})
				if err != nil {
					t.Fatal(err)
				}
				if source == paragraph && doc.Lang != lang {
					t.Errorf("%s: the language is said to be %q", lang, doc.Lang)
				}
				first := strings.Index(doc.Text, paragraph)
				last := first + len(paragraph)
				said := 0
				for _, a := range analysis(t, analyser, doc).Attributions {
					at := a.Content[0].Start
					switch {
					case a.Voice == graph.Attributed && at < last && a.Content[len(a.Content)-1].End > first:
						t.Errorf("%s: %q is said by somebody", lang, doc.Text[at:a.Content[0].End])
					case at >= first && at < last && a.Confidence > 0.5:
						t.Errorf("%s: confidence is %.2f", lang, a.Confidence)
					case a.Voice == graph.Attributed:
						said++
					}
				}
				if source != paragraph && said < 2 {
					t.Errorf("%s: of the English around it %d attributions are found, want 2", lang, said)
				}
			}
		}
	}
}

// shapes are texts that no editor would send, in about the number of bytes wanted.
var shapes = map[string]func(size int) string{
	"articles":        repeated(story + "\n\n"),
	"one paragraph":   repeated("The minister said that Iran backs the Houthis (IRNA, July 2024), and “nobody” denied it. "),
	"no sentence":     repeated("word another "),
	"no space":        repeated("x"),
	"only quotations": repeated("“We will come.” "),
	"open quotation":  repeated("“We will come, he said, "),
	"open bracket":    repeated("(see Reuters, July 2024; "),
	"brackets":        repeated("((((([[["),
	"marks":           repeated("\"'“”‘’(),;:"),
	"labels":          repeated("Ana Kell: It rained.\n\n"),
	"bullets":         repeated("• “It rained.”\n"),
	"names":           repeated("Ana Kell and Bo Lind, "),
	"table":           repeated("2019 | 1,200 | Iran | said | 900\n"),
	"code":            repeated("for i := 0; i < 10; i++ { said := \"no\" } // told you\n"),
	"line breaks":     repeated("a\n"),
	"combining marks": repeated("e\u0301\u0301\u0301\u0301"),
	"emoji":           repeated("👩‍👩‍👧‍👦 said 🇮🇷 "),
	"bidi controls":   repeated("\u202eThe minister said\u202c \u2066that\u2069\u200b it rained. "),
	"notes":           repeated("It rained.[1] "),
	"right to left":   repeated("قال الوزير إن المطر نزل. "),
	"mixed languages": repeated("The minister said “نعم” and “да”, 他说。 Он сказал: “no”. "),
	"joiners":         repeated("می\u200cگوید\u200d said\u2060 that\ufeff it\u00ad rained. "),
	"unbalanced":      repeated("”We will come,“ he said. ’No' \"yes” “ “ said. "),
	"capitals":        repeated("THE MINISTER SAID THAT IRAN BACKS THE HOUTHIS. "),
	"who said whom":   repeated("he said that she said that "),
}

func repeated(s string) func(int) string {
	return func(size int) string { return strings.Repeat(s, max(1, size/len(s))) }
}

// Nothing panics, and every span is of whole code points within the text.
func TestShapes(t *testing.T) {
	t.Parallel()
	trained, err := tagger.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, model := range []attributions.Tagger{attributions.Rules{}, trained} {
		analyser, err := analyse.New(model)
		if err != nil {
			t.Fatal(err)
		}
		for name, shape := range shapes {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				doc, err := read.Parse([]byte(shape(8_000)), read.Hints{Path: "article.txt"})
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range spansOf(analysis(t, analyser, doc)) {
					if s.Start < 0 || s.Start >= s.End || s.End > len(doc.Text) || !utf8.ValidString(doc.Text[s.Start:s.End]) {
						t.Fatalf("span %v of %d bytes", s, len(doc.Text))
					}
				}
			})
		}
	}
}

// spansOf lists all stretches of the text that an analysis points to.
func spansOf(a *analyse.Analysis) []text.Span {
	var all []text.Span
	for _, x := range a.Attributions {
		all = append(all, slices.Concat(x.Source, x.Cue, x.Content)...)
	}
	for _, c := range a.Citations {
		all = append(append(all, c.Span), c.Scope...)
	}
	for _, m := range a.Cast.Mentions {
		all = append(all, m.Span)
	}
	for _, r := range a.Relations {
		all = append(all, r.Trigger)
	}
	return all
}

// BenchmarkShapes shows that time is linear in the size, whatever the text is: compare ns/byte.
//
//	go test ./loader/analyse -run '^$' -bench Shapes/fast -benchtime 1x -timeout 1h
//
// The tagger, by far the slowest part, reads up to a megabyte.
func BenchmarkShapes(b *testing.B) {
	trained, err := tagger.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	sizes := []int{1_000, 10_000, 100_000, 1_000_000, 10_000_000}
	b.Run("fast", func(b *testing.B) { benchmarkShapes(b, attributions.Rules{}, sizes) })
	b.Run("accurate", func(b *testing.B) { benchmarkShapes(b, trained, sizes[:4]) })
}

func benchmarkShapes(b *testing.B, model attributions.Tagger, sizes []int) {
	b.Helper()
	analyser, err := analyse.New(model)
	if err != nil {
		b.Fatal(err)
	}
	for name, shape := range shapes {
		for _, size := range sizes {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				doc := &read.Document{Text: shape(size)}
				for b.Loop() {
					if _, err := analyser.Analyse(b.Context(), doc); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(doc.Text)), "ns/byte")
			})
		}
	}
}
