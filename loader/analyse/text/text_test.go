package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// words returns the tokens of a text, or of a part of it, joined by "|".
func words(t *text.Text, r text.Range) string {
	var out []string
	for _, k := range t.Tokens[r.First:r.Last] {
		out = append(out, t.Slice(k.Span))
	}
	return strings.Join(out, "|")
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"Iran-backed groups":                     "Iran|-|backed|groups",
		"the Taliban’s envoy isn't in":           "the|Taliban|’s|envoy|isn't|in",
		"they'll go, he'd stay":                  "they|'ll|go|,|he|'d|stay",
		"Lt. Gen. J. R. Smith of the U.S. Army.": "Lt.|Gen.|J.|R.|Smith|of|the|U.S.|Army|.",
		"Iran–U.S. ties":                         "Iran|–|U.S.|ties",
		"3.5 percent, $1,000 at 10:30 a.m.":      "3.5|percent|,|$|1,000|at|10:30|a.m.",
		"O'Neill and Shi’a":                      "O'Neill|and|Shi’a",
		"workers’ rights":                        "workers|’|rights",
		"Hold on... what?!":                      "Hold|on|...|what|?|!",
		"see example.com.":                       "see|example.com|.",
		"cafe\u0301 na\u00efve":                  "cafe\u0301|na\u00efve",
		"👨‍👩‍👧 🇦🇫 ok":                            "👨‍👩‍👧|🇦🇫|ok",
		"قال الوزير إن":                          "قال|الوزير|إن",
		"\u202bقال\u202c\u200b x":                "قال|x",
		"AT&T’s end.Next":                        "AT&T|’s|end|.|Next",
		"I. He":                                  "I|.|He",
	} {
		got := text.Parse(source, nil)
		if diff := cmp.Diff(want, words(got, text.Range{Last: len(got.Tokens)})); diff != "" {
			t.Errorf("%q (-want +got):\n%s", source, diff)
		}
	}
}

func TestLower(t *testing.T) {
	t.Parallel()
	got := text.Parse("ÉTÉ Don’t Taliban’S", nil)
	var lower []string
	for _, k := range got.Tokens {
		lower = append(lower, k.Lower)
	}
	if diff := cmp.Diff([]string{"été", "don't", "taliban", "'s"}, lower); diff != "" {
		t.Errorf("lower (-want +got):\n%s", diff)
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"works":              {"Kell et al. (2021, p. 4) hold that it rose.", "Others do not."},
		"abbreviations":      {"Mr. Orlo of the U.S. Senate met Lt. Gen. Vask.", "They spoke at 10 a.m. in Tarn."},
		"abbreviation ends":  {"He flew to the U.S.", "The visit was short."},
		"initials":           {"Ana B. Kell and J. Q. Doe left."},
		"dash and dots":      {"Marland–U.S. tensions rose.", "Then they fell."},
		"closing quote":      {"“We came.”", "“We saw.”", "She left."},
		"straight quote":     {"\"We came.\"", "\"We saw.\" she said."},
		"question and tag":   {"“Why now?” he asked.", "Nobody knew."},
		"citation after":     {"Trade grew. (Tarn Wire, July 2031; UN reports)", "It fell later."},
		"citation before":    {"Trade grew (Tarn Wire, July 2031).", "It fell later."},
		"sentence in braces": {"He left (he came back. Then he left) again.", "(He came back.", "Then he left.)", "So be it."},
		"number":             {"No. 5 won 3.5 points.", "12 people saw it."},
		"ellipsis":           {"He said ... nothing.", "He left…", "She stayed."},
		"list":               {"1. Tarn wins; 2. Vask loses."},
	} {
		source := strings.Join(want, " ")
		tt := text.Parse(source, nil)
		var got []string
		for _, s := range tt.Sentences {
			got = append(got, tt.Slice(s.Span))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	source := "Read More\n\nThe Envoy Goes Home: A New Chapter\n\nHe left.  He was late.\r\nShe stayed."
	got := text.Parse(source, []text.Span{{Start: 0, End: 10}})
	if len(got.Paragraphs) != 4 {
		t.Fatalf("got %d paragraphs, want 4", len(got.Paragraphs))
	}
	if !got.Paragraphs[0].Skipped || got.Paragraphs[1].Skipped {
		t.Error("only the first paragraph should be skipped")
	}
	var headings []bool
	for _, s := range got.Sentences {
		headings = append(headings, s.Heading)
	}
	if diff := cmp.Diff([]bool{false, true, false, false, false}, headings); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
}

func TestQuotes(t *testing.T) {
	t.Parallel()
	type quotes []string
	for name, test := range map[string]struct {
		source string
		want   quotes
	}{
		"typographic":      {"“We came,” he said, “and saw.”", quotes{"We came,", "and saw."}},
		"straight":         {`"We came," he said, "and saw."`, quotes{"We came,", "and saw."}},
		"guillemets":       {"He said «we came».", quotes{"we came"}},
		"latex":            {"He said ``we came''.", quotes{"we came"}},
		"single":           {"‘We came to the workers’ hall,’ he said.", quotes{"We came to the workers’ hall,"}},
		"straight single":  {"'We don't know,' he said.", quotes{"We don't know,"}},
		"apostrophes":      {"In the ’90s the workers’ party didn’t win; 'tis true.", nil},
		"single in double": {"“He said ‘no’ to me,” she said.", quotes{"He said ‘no’ to me,"}},
		"double in single": {"‘He said “no” to me,’ she said.", quotes{"He said “no” to me,"}},
		"unclosed":         {"He said: “We came and saw.\nShe left.", quotes{"We came and saw."}},
		"paragraphs":       {"“We came.\n“We saw,” he said.", quotes{"We came.", "We saw,"}},
		"reopened":         {"He said “we came and “we saw” too.", quotes{"we came and", "we saw"}},
		"wrong way round":  {"He said ”we came“ and left.", quotes{"we came"}},
		"inches":           {`A 5" pipe and a 6" pipe.`, nil},
		"empty":            {`He said "" and left.`, quotes{""}},
	} {
		tt := text.Parse(test.source, nil)
		var got quotes
		for _, q := range tt.Quotes {
			got = append(got, tt.Slice(q.Inner))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	kinds := map[text.MarkKind]string{text.Bullet: "bullet", text.Stamp: "stamp", text.Dateline: "dateline", text.Label: "label"}
	for source, want := range map[string]string{
		"The dam failed.":                         "",
		"• The dam failed.":                       "bullet •",
		"- “It failed,” he said.":                 "bullet -",
		"3. The dam failed.":                      "bullet 3.",
		"(b) the dam":                             "bullet (b)",
		"3.5 percent of it failed.":               "",
		"2024. It was a dry year.":                "",
		"A. Kell spoke.":                          "label A. (A.)", // The whole text tells.
		"14:05 GMT – The dam failed.":             "stamp 14:05 GMT –",
		"[9.30am] The dam failed.":                "stamp [9.30am]",
		"14:05":                                   "stamp 14:05",
		"10:30 was early.":                        "",
		"NEW TARN, July 3 — The dam failed.":      "dateline NEW TARN, July 3 —",
		"TARN-based firms failed.":                "",
		"Tarn- TPA- The dam failed.":              "dateline Tarn- TPA-",
		"New Tarn – TPA – “It failed,” he said.":  "dateline New Tarn – TPA –",
		"Tarn- and lakeside- The dam":             "",
		"NATO, the alliance, failed.":             "",
		"MLR: It failed.":                         "label MLR: (MLR)",
		"Ana Kell: It failed.":                    "label Ana Kell: (Ana Kell)",
		"• Ana Kell, mayor of Tarn: “It failed.”": "bullet • / label Ana Kell, mayor of Tarn: (Ana Kell)",
		"Bo Lind (opposition): “It failed.”":      "label Bo Lind (opposition): (Bo Lind)",
		"Ana Kell, mayor of Tarn: it failed.":     "",
		"Ana Kell said: “It failed.”":             "",
		"Q. Did it fail?":                         "label Q. (Q.)",
		"Q: Did it fail?":                         "label Q: (Q)",
		"12:10 – KELL: It failed.":                "stamp 12:10 – / label KELL: (KELL)",
		"The Lord of the Lake and the Sea: no":    "",
	} {
		tt := text.Parse(source, nil)
		var got []string
		for _, m := range tt.Marks(0) {
			s := kinds[m.Kind] + " " + tt.Slice(m.Span)
			if m.Kind == text.Label {
				s += " (" + tt.Slice(m.Name) + ")"
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(want, strings.Join(got, " / ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", source, diff)
		}
	}
}

func TestLookups(t *testing.T) {
	t.Parallel()
	tt := text.Parse("He came. “We saw,” she said.\nThey won.", nil)
	at := func(s string) int { return strings.Index(tt.Source, s) }
	if got, want := tt.SentenceAt(at("saw")), 1; got != want {
		t.Errorf("SentenceAt: got %d, want %d", got, want)
	}
	if got, want := tt.ParagraphAt(at("won")), 1; got != want {
		t.Errorf("ParagraphAt: got %d, want %d", got, want)
	}
	if got, want := tt.QuoteAt(at("saw")), 0; got != want {
		t.Errorf("QuoteAt: got %d, want %d", got, want)
	}
	if got, want := tt.QuoteAt(at("she")), -1; got != want {
		t.Errorf("QuoteAt: got %d, want %d", got, want)
	}
	if got, want := words(tt, tt.RangeOf(text.Span{Start: at("aw"), End: at("she") + 1})), "saw|,|”|she"; got != want {
		t.Errorf("RangeOf: got %s, want %s", got, want)
	}
	for _, offset := range []int{-1, at("\n"), len(tt.Source), len(tt.Source) + 5} {
		if got := tt.SentenceAt(offset); got != -1 {
			t.Errorf("SentenceAt(%d): got %d, want -1", offset, got)
		}
	}
}

func TestPoints(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"", "plain", strings.Repeat("é👍 a", 100), strings.Repeat("x", 64) + "é"} {
		p := text.NewPoints(source)
		point, unit := 0, 0
		for i, r := range source {
			if p.CodePoint(i) != point || p.UTF16(i) != unit {
				t.Fatalf("%.10q at %d: got %d, %d, want %d, %d", source, i, p.CodePoint(i), p.UTF16(i), point, unit)
			}
			point++
			unit++
			if r > 0xFFFF {
				unit++
			}
		}
		if p.CodePoint(len(source)) != point || p.UTF16(len(source)) != unit {
			t.Errorf("%.10q at its end: got %d, %d, want %d, %d", source, p.CodePoint(len(source)), p.UTF16(len(source)), point, unit)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"“We came,” he said.\n\n'No' ‘’ “ \" « Mr. J. U.S. 3.5… (a; b) (", "👨‍👩‍👧\u202bقال\u0301ไทย漢字‘s’s", "''``\"\"“”’ ’s’", "a.b.c. A.B...", "\u2028\u200b\u00ad",
	} {
		f.Add(seed, 0, 5)
	}
	f.Fuzz(func(t *testing.T, source string, from, to int) {
		if !utf8.ValidString(source) {
			t.Skip("text is valid UTF-8")
		}
		var skipped []text.Span
		if 0 <= from && from < to && to <= len(source) {
			skipped = []text.Span{{Start: from, End: to}}
		}
		check(t, text.Parse(source, skipped))
	})
}

// check reports spans of a text that are out of order or range, or that cut a code point.
func check(t *testing.T, tt *text.Text) {
	t.Helper()
	boundary := func(i int) bool { return i == len(tt.Source) || utf8.RuneStart(tt.Source[i]) }
	end := 0
	in := func(what string, i int, s text.Span, from, to int) {
		t.Helper()
		if s.Start < from || s.End > to || s.Start >= s.End || !boundary(s.Start) || !boundary(s.End) {
			t.Fatalf("%s %d: %v is not within %d to %d of %q", what, i, s, from, to, tt.Source)
		}
	}
	for i, k := range tt.Tokens {
		in("token", i, k.Span, end, len(tt.Source))
		end = k.End
	}
	sentence, token := 0, 0
	for i, p := range tt.Paragraphs {
		in("paragraph", i, p.Span, 0, len(tt.Source))
		if p.First != sentence || p.Last <= p.First {
			t.Fatalf("paragraph %d: sentences %d to %d follow %d", i, p.First, p.Last, sentence)
		}
		for ; sentence < p.Last; sentence++ {
			s := tt.Sentences[sentence]
			in("sentence", sentence, s.Span, p.Start, p.End)
			if s.First != token || s.Range.Empty() || s.Paragraph != i {
				t.Fatalf("sentence %d: %+v follows token %d in paragraph %d", sentence, s, token, i)
			}
			token = s.Last
		}
	}
	for p := range tt.Paragraphs {
		end = tt.Paragraphs[p].Start
		for i, m := range tt.Marks(p) {
			in("mark", i, m.Span, end, tt.Paragraphs[p].End)
			end = m.End
			if m.Kind == text.Label {
				in("label", i, m.Name, m.Start, m.End)
			}
		}
	}
	if token != len(tt.Tokens) || sentence != len(tt.Sentences) {
		t.Fatalf("%d of %d tokens, %d of %d sentences are in paragraphs", token, len(tt.Tokens), sentence, len(tt.Sentences))
	}
	end = 0
	for i, q := range tt.Quotes {
		in("quote", i, q.Span, end, len(tt.Source))
		if !q.Holds(q.Inner) {
			t.Fatalf("quote %d: %v does not hold %v", i, q.Span, q.Inner)
		}
		end = q.End
	}
}

func BenchmarkParse(b *testing.B) {
	paragraph := strings.Repeat("“We have come a long way,” said Ana Kell, the Marland minister’s envoy to the U.S. (Tarn Wire, 2031). ", 10) + "\n"
	for name, source := range map[string]string{
		"article":       strings.Repeat(paragraph, 10),
		"one paragraph": strings.Repeat(strings.TrimSuffix(paragraph, "\n"), 1000),
		"open marks":    strings.Repeat("“‘( ", 100_000),
	} {
		b.Run(name, func(b *testing.B) {
			words := len(strings.Fields(source))
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				text.Parse(source, nil)
			}
			b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
