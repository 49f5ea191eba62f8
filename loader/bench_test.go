package loader_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/claimgraph/claimgraph/loader"
	"github.com/claimgraph/claimgraph/loader/read"
)

// A press writes articles of about 850 words, as many as are asked for, each from its number alone.
type press struct{}

func (press) Read(_ context.Context, ref read.Ref) (*read.Document, error) {
	return read.Parse([]byte(pressArticle(string(ref))), read.Hints{Path: string(ref)})
}

func pressRefs(n int) iter.Seq2[read.Ref, error] {
	return func(yield func(read.Ref, error) bool) {
		for i := range n {
			if !yield(read.Ref(fmt.Sprintf("%d.txt", i)), nil) {
				return
			}
		}
	}
}

func pressArticle(name string) string {
	random := rand.New(rand.NewPCG(uint64(len(name)), hash(name)))
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	var b strings.Builder
	fmt.Fprintf(&b, "Title: %s and %s, part %s\nOutlet: %s\nDate: 2025-%02d-%02d\nURL: https://press.example/%s\nLang: en\n\n",
		pick(pressActors), pick(pressActors), name, pick(pressOutlets), 1+random.IntN(12), 1+random.IntN(28), name)
	for words := 0; words < 850; {
		var paragraph []string
		for range 2 + random.IntN(3) {
			s := pick(pressSentences)
			for strings.Contains(s, "{") {
				s = strings.Replace(s, "{a}", pick(pressActors), 1)
				s = strings.Replace(s, "{p}", pick(pressPeople), 1)
				s = strings.Replace(s, "{o}", pick(pressOutlets), 1)
				s = strings.Replace(s, "{n}", fmt.Sprint(random.IntN(9000)), 1)
			}
			paragraph = append(paragraph, s)
			words += len(strings.Fields(s))
		}
		b.WriteString(strings.Join(paragraph, " ") + "\n\n")
	}
	return b.String()
}

func hash(s string) (h uint64) {
	for _, c := range s {
		h = h*31 + uint64(c)
	}
	return h
}

var (
	pressActors = []string{
		"Iran", "the Taliban", "Pakistan", "the Houthis", "Hezbollah", "Iraq", "Israel", "Qatar", "the Quds Force",
		"the United Nations", "Saudi Arabia", "the border guard", "the foreign ministry", "Turkey", "India",
	}
	pressPeople = []string{
		"Brigadier General Sohrab Kianfar", "Latifa Sarwari", "Halina Brodeur", "the minister", "Qari Zahir",
		"a senior diplomat", "Western officials", "analysts", "Farhad Golshani", "Minister Amina Darwish",
	}
	pressOutlets   = []string{"Harrowgate Ledger", "Pamir Ridge Bulletin", "IRNA", "Reuters", "Ashkaran Times"}
	pressSentences = []string{
		"{p} said on Tuesday that {a} had sent {n} rifles across the river in the last month.",
		"According to {p}, {a} backs {a} and has trained {n} of its men since the spring.",
		"“We never agreed to this,” {p} said. “{a} knows that, and so does {a}.”",
		"He added that the {n} families who live along the canal had received nothing from {a}.",
		"{a} denied that it had armed {a}, and called the report “a story built on a story”.",
		"The road was closed for {n} hours, and the market stood empty ({o}, July 2024; {a} reports).",
		"{p} met with envoys of {a} to discuss the {n} prisoners whom {a} still holds.",
		"The harvest was poor, the wells were low, and {n} trucks waited at the gate until evening.",
		"{p} believes that {a} may withdraw if {a} keeps its promise about the {n} dams.",
		"Iran-backed groups have attacked {n} convoys, {p} told {o}, which could not confirm the number.",
		"{p} warned {a} against any attack, and demanded that {a} release {n} sailors.",
		"Nobody at the ministry would say how many of the {n} boxes had been opened before the rain began.",
		"The road climbs from the plain through orchards of almond and mulberry to a pass where snow lies until May, and {n} " +
			"people live beyond it in houses of stone and mud that the wind finds in every season.",
		"It was the third such meeting since the winter, and like the others it ended without a paper that both sides " +
			"had signed, without a date for the next one, and without a word to those who had waited outside.",
		"Prices in the bazaar rose by half within a week: flour, oil and sugar first, then cloth, then the rent of a cart.",
		"By the evening {n} trucks stood in a line that reached back to the second bridge, their drivers asleep or at tea.",
	}
)

// BenchmarkLoad loads b.N articles of about 850 words into SQLite in one load: -benchtime 10000x loads ten thousand. Beside
// the rate it tells the most memory that the process had.
func BenchmarkLoad(b *testing.B) {
	l := newLoader(b, openSQLite(b), press{})
	l.Options = loader.Options{}
	l.Now = time.Now
	used := cpuTime()
	b.ResetTimer()
	summary, err := l.Load(b.Context(), pressRefs(b.N))
	b.StopTimer()
	if err != nil || summary.Loaded != b.N {
		b.Fatalf("loaded %d of %d: %v", summary.Loaded, b.N, err)
	}
	b.ReportMetric(summary.Rate(), "documents/s")
	b.ReportMetric(float64(summary.Nodes)/float64(b.N), "nodes/document")
	b.ReportMetric(float64(summary.Edges)/float64(b.N), "edges/document")
	b.ReportMetric((cpuTime()-used)/float64(b.N), "cpu-ms/document")
	b.ReportMetric(peakMemory(), "peak-MB")
}

// peakMemory returns the most memory that the process has had in megabytes, as Linux counts it; 0 elsewhere.
func peakMemory() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes := 0.0
	_, _ = fmt.Sscan(rest, &kilobytes) // 0 where there is no such line
	return kilobytes / 1024
}

// cpuTime returns how many milliseconds of the processors the process has used, as Linux counts them; 0 elsewhere.
func cpuTime() float64 {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	var user, system float64
	_, _ = fmt.Sscan(fields[11]+" "+fields[12], &user, &system) // in hundredths of a second
	return 10 * (user + system)
}

// BenchmarkAssemble analyses and assembles one article of about 850 words.
func BenchmarkAssemble(b *testing.B) {
	doc, err := press{}.Read(b.Context(), "1.txt")
	if err != nil {
		b.Fatal(err)
	}
	analyser := newAnalyser(b)
	b.SetBytes(int64(len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		assemble(b, analyser, doc)
	}
}
