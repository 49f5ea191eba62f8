package read

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/claimgraph/claimgraph/graph"
)

// front is what a text's first lines are to say.
type front struct {
	Title, Outlet, Author, URL, Lang string
	Published                        time.Time
	Precision                        graph.Precision
	Skipped                          []string
}

func frontOf(doc *Document) front {
	f := front{
		Title: doc.Title, Outlet: doc.Outlet, Author: doc.Author, URL: doc.URL, Lang: doc.Lang,
		Published: doc.PublishedAt, Precision: doc.Precision,
	}
	for _, s := range doc.Skipped {
		f.Skipped = append(f.Skipped, s.Reason+": "+doc.Text[s.Start:s.End])
	}
	return f
}

func TestFront(t *testing.T) {
	t.Parallel()
	july3 := time.Date(2024, 7, 3, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name, top string
		want      front
	}{
		{"nothing", "", front{Lang: "en"}},
		{"headline", "Envoys Agree on Quays\n\n", front{Title: "Envoys Agree on Quays", Lang: "en"}},
		{"headline as a sentence", "Envoys of two coasts agree on quays, U.N. envoy says.\n\n", front{Title: "Envoys of two coasts agree on quays, U.N. envoy says.", Lang: "en"}},
		{"markdown", "# Envoys agree\n\n", front{Title: "Envoys agree", Lang: "en"}},
		{
			"headline after a control", "Edit Content\n\nEnvoys agree\n\n",
			front{Title: "Envoys agree", Lang: "en", Skipped: []string{"page control: Edit Content"}},
		},
		{
			"byline and date", "Envoys agree\n\nBy Anna Roe and Idris van Holt\nPublished 3 July 2024\n\n",
			front{
				Title: "Envoys agree", Author: "Anna Roe and Idris van Holt", Published: july3, Precision: graph.ToDay, Lang: "en",
				Skipped: []string{"byline: By Anna Roe and Idris van Holt", "publication line: Published 3 July 2024"},
			},
		},
		{
			"outlet and date before the headline", "Coast Courier | July 3rd, 2024\n\nEnvoys agree\n\n",
			front{
				Title: "Envoys agree", Outlet: "Coast Courier", Published: july3, Precision: graph.ToDay, Lang: "en",
				Skipped: []string{"publication line: Coast Courier | July 3rd, 2024"},
			},
		},
		{
			"all in one line, updated later", "Envoys agree\n\nBy Anna Roe | Coast Courier | Published: July 3, 2024, 10:15 GMT | Updated: 5 July 2024\n\n",
			front{
				Title: "Envoys agree", Outlet: "Coast Courier", Author: "Anna Roe", Precision: graph.ToMinute, Lang: "en",
				Published: time.Date(2024, 7, 3, 10, 15, 0, 0, time.UTC),
				Skipped:   []string{"publication line: By Anna Roe | Coast Courier | Published: July 3, 2024, 10:15 GMT | Updated: 5 July 2024"},
			},
		},
		{"paragraph that begins with By", "By Monday the envoys had left the town and nobody knew where they were going next.\n\n", front{Title: "", Lang: "en"}},
		{"dateline is the article", "PORT SORREL, July 3 (Coast Wire) – Envoys of the two coasts met here on Monday, and the quays are to open again soon, they said.\n\n", front{Lang: "en"}},
		{
			"header", "Title: Envoys agree\nOutlet: Coast Courier\nDate: 2024-07-03T10:15:00+02:00\nURL: https://courier.example/1\nAuthor: Anna Roe\nLang: EN-gb\n\n",
			front{
				Title: "Envoys agree", Outlet: "Coast Courier", Author: "Anna Roe", URL: "https://courier.example/1", Lang: "en-GB",
				Published: time.Date(2024, 7, 3, 8, 15, 0, 0, time.UTC), Precision: graph.ToMinute,
				Skipped: []string{"header: Title: Envoys agree\nOutlet: Coast Courier\nDate: 2024-07-03T10:15:00+02:00\nURL: https://courier.example/1\nAuthor: Anna Roe\nLang: EN-gb"},
			},
		},
		{
			"header of odd values", "URL: javascript:alert(1)\nDate: some day\nLang: none of these\n\n",
			front{Lang: "en", Skipped: []string{"header: URL: javascript:alert(1)\nDate: some day\nLang: none of these"}},
		},
		{
			"header then headline", "Outlet: Coast Courier\r\nTitle: Envoys agree\r\n\r\nAnother Headline\r\n\r\n",
			front{Title: "Envoys agree", Outlet: "Coast Courier", Lang: "en", Skipped: []string{"header: Outlet: Coast Courier\r\nTitle: Envoys agree"}},
		},
		{"no header with another line in it", "Title: Envoys agree\nand so on and so forth it went\n\n", front{Title: "Title: Envoys agree", Lang: "en"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text := test.top + body
			doc, err := Parse([]byte(text), Hints{Path: "case.txt"})
			if err != nil {
				t.Fatal(err)
			}
			if doc.Text != text {
				t.Error("the text has changed")
			}
			if d := cmp.Diff(test.want, frontOf(doc)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestTextIsKeptExactly(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"NUL":              "The quay\x00 is shut, the ministry said on Monday to all who asked.",
		"bidi controls":    "The \u202equay\u202c is shut, \u2066the\u2069 ministry said.",
		"zero width":       "\u200bThe qu\u200day is shut\ufeff, the ministry said.",
		"combining marks":  "The quay is shut, the ministry said" + strings.Repeat("\u0301", 100_000),
		"tags":             "The quay is shut.\U000E0041\U000E0042 So the ministry said.",
		"line ends":        "The quay\r\nis\rshut.\u2028The ministry said so.\v\f",
		"replacement char": "The quay \ufffd is shut, the ministry said.",
		"bitmap letters":   "BM Shipping said on Monday that the quay is shut.",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := Parse([]byte(text), Hints{Path: "case.txt"})
			if err != nil {
				t.Fatal(err)
			}
			if doc.Text != text {
				t.Errorf("got %.80q, want %.80q", doc.Text, text)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	const accented = "Die Behörde bestätigte am Montag, dass die Kais für größere Schiffe geöffnet würden. Der Präsident äußerte sich nicht. "
	const cyrillic = "Министерство заявило в понедельник, что причалы останутся закрытыми до конца работ. Лоцманы с этим не согласны. "
	tests := []struct {
		name, text  string
		encoding    encoding.Encoding
		mark        string
		contentType string
	}{
		{"UTF-8", accented, encoding.Nop, "", ""},
		{"UTF-8 with mark", accented, encoding.Nop, "\xEF\xBB\xBF", ""},
		{"UTF-16 little endian", accented, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "", ""},
		{"UTF-16 big endian", accented, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "", ""},
		{"UTF-32 little endian", accented, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "", ""},
		{"UTF-32 big endian", accented, utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "", ""},
		{"declared Latin 2", "Przystań była zamknięta", charmap.ISO8859_2, "", "text/plain; charset=iso-8859-2"},
		{"guessed Western", strings.Repeat(accented, 3), charmap.Windows1252, "", ""},
		{"guessed Cyrillic", strings.Repeat(cyrillic, 3), charmap.Windows1251, "", ""},
		{"guessed KOI8-R", strings.Repeat(cyrillic, 3), charmap.KOI8R, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			data, err := test.encoding.NewEncoder().String(test.text)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Parse([]byte(test.mark+data), Hints{Path: "case.txt", ContentType: test.contentType})
			if err != nil {
				t.Fatal(err)
			}
			if doc.Text != test.text {
				t.Errorf("got %q, want %q", doc.Text, test.text)
			}
		})
	}
}

func TestRefusedInput(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		data string
		path string
		want error
		says string
	}{
		{"empty", "", "a.txt", ErrEmpty, "read a.txt: no text in it"},
		{"white space", " \n\t\r\n ", "a.txt", ErrEmpty, ""},
		{"only a mark", "\xEF\xBB\xBF\n", "a.txt", ErrEmpty, ""},
		{"only invisible characters", "\u200b\u200b\n\u00a0", "a.txt", ErrEmpty, ""},
		{"marked UTF-16 without text", "\xFF\xFE\n\x00", "a.txt", ErrEmpty, ""},
		{"PDF", "%PDF-1.4\n1 0 obj\n", "a.txt", ErrBinary, "application/pdf"},
		{"zip", "PK\x03\x04\x14\x00\x08\x00", "a.txt", ErrBinary, "application/zip"},
		{"PNG", "\x89PNG\x0D\x0A\x1A\x0A" + strings.Repeat("word ", 40), "a.html", ErrBinary, "image/png"},
		{"gzip", "\x1f\x8b\x08\x00" + strings.Repeat("\x00\x01\x02", 9), "-", ErrBinary, "read standard input: "},
		{"NULs", strings.Repeat("ab\x00", 99), "a", ErrBinary, ""},
		{"feed", `<?xml version="1.0"?><rss><channel></channel></rss>`, "feed.xml", ErrUnsupported, "text/xml"},
		{"broken UTF-8", strings.Repeat("“Größe” – ", 40) + "\xff the end", "a.txt", ErrUndecodable, "byte 720 is not valid UTF-8"},
		{"noise", "\xff\xfd\xff\xc0 \xc1\xf8 \xff", "a.txt", ErrUndecodable, "byte 0 "},
		{"odd UTF-16", "\xFF\xFEa\x00b", "a.txt", ErrUndecodable, ""},
		{"lone surrogate", "\xFF\xFEa\x00\x00\xD8b\x00", "a.txt", ErrUndecodable, "character 1"},
		{"too many lines", strings.Repeat("a\n", maxBlocks+1), "a.txt", ErrTooManyRows, "100000"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse([]byte(test.data), Hints{Path: test.path})
			if !errors.Is(err, test.want) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			if !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %q, want one line with %q", err, test.says)
			}
		})
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	at := func(y, mo, d, h, mi int) time.Time { return time.Date(y, time.Month(mo), d, h, mi, 0, 0, time.UTC) }
	tests := []struct {
		written   string
		want      time.Time
		precision graph.Precision
	}{
		{"2024-07-03T10:15:30+02:00", at(2024, 7, 3, 8, 15), graph.ToMinute},
		{"2024-07-03T10:15:30.123Z", at(2024, 7, 3, 10, 15), graph.ToMinute},
		{"2024-07-03T10:15:30+0200", at(2024, 7, 3, 8, 15), graph.ToMinute},
		{"Wed, 03 Jul 2024 10:15:30 GMT", at(2024, 7, 3, 10, 15), graph.ToMinute},
		{"2024-07-03T00:00:00Z", at(2024, 7, 3, 0, 0), graph.ToDay},
		{"2024-07-03T10:15:30", at(2024, 7, 3, 0, 0), graph.ToDay},
		{"2024-07-03 10:15", at(2024, 7, 3, 0, 0), graph.ToDay},
		{"2024-07-03", at(2024, 7, 3, 0, 0), graph.ToDay},
		{"2024/7/3", at(2024, 7, 3, 0, 0), graph.ToDay},
		{"2024-07", at(2024, 7, 1, 0, 0), graph.ToMonth},
		{"2024", at(2024, 1, 1, 0, 0), graph.ToYear},
		{"3 July 2024", at(2024, 7, 3, 0, 0), graph.ToDay},
		{"July 3rd, 2024", at(2024, 7, 3, 0, 0), graph.ToDay},
		{"Wednesday, 3 Jul. 2024", at(2024, 7, 3, 0, 0), graph.ToDay},
		{"JULY 3, 2024 AT 9:05 PM", at(2024, 7, 3, 0, 0), graph.ToDay},
		{"July 3, 2024 9:05pm UTC", at(2024, 7, 3, 21, 5), graph.ToMinute},
		{"July 3, 2024 12:05 a.m. GMT", at(2024, 7, 3, 0, 5), graph.ToMinute},
		{"July 2024", at(2024, 7, 1, 0, 0), graph.ToMonth},
	}
	for _, test := range tests {
		got, ok := parseDate(test.written)
		if !ok || !got.at.Equal(test.want) || got.precision != test.precision {
			t.Errorf("%q: got %v %s %v, want %v %s", test.written, got.at, got.precision, ok, test.want, test.precision)
		}
	}
	for _, written := range []string{
		"", "03/07/2024", "31 June 2024", "3 July", "2024 2023", "Monday", "July 3 2024 25:00 GMT", "13:00 pm July 3 2024",
		"yesterday", "1204", "40 July 2024", "3 July 2024 in the town", "12:30 2024", strings.Repeat("2024 ", 99),
	} {
		if got, ok := parseDate(written); ok {
			t.Errorf("%q: got %v, want none", written, got)
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"en": body,
		"de": "Die Hafenbehörde bestätigte am Montag, dass drei der fünf Kais noch vor dem Winter wieder geöffnet werden sollen, wie eine mit den Gesprächen vertraute Person sagte.",
		"fr": "Le ministère du port a démenti lundi avoir promis quoi que ce soit aux pilotes, et il a déclaré que les quais resteraient fermés jusqu'à la fin des travaux de dragage.",
		"ru": "Министерство заявило в понедельник, что причалы останутся закрытыми до конца работ, а лоцманы с этим решением не согласны. Они требуют выплатить им жалованье за прошлый год и говорят, что без этого не выйдут в море.",
		"ar": "قالت وزارة الموانئ يوم الاثنين إن الأرصفة ستبقى مغلقة حتى انتهاء أعمال التجريف في القناة الشمالية ولم تقدم أي وعود للعمال في الميناء",
		"fa": "وزارت بندر روز دوشنبه اعلام کرد که اسکله\u200cها تا پایان لایروبی بسته خواهند ماند و هیچ وعده\u200cای به کارگران داده نشده است و گفتگوها ادامه دارد",
		"zh": "港口部周一表示，码头将继续关闭，直到疏浚工程完成为止。",
		"":   "1234 5678",
	}
	for want, text := range tests {
		if got := detectLanguage(text); got != want {
			t.Errorf("got %q, want %q for %.40q", got, want, text)
		}
	}
}
