package attributions

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

//go:embed cues.txt
var cuesFile string

//go:embed words.txt
var wordsFile string

//go:embed kinds.txt
var kindsFile string

//go:embed speakers.txt
var speakersFile string

// Frames are the complements that a cue takes, one bit each.
type frames uint16

const (
	thatClause frames = 1 << iota
	bareClause
	quotation
	infinitive
	nounPhrase
	addressee
	secondPhrase // A noun phrase and "as", or a second noun phrase.
	raised       // An infinitive whose subject belongs to the content.
	preposition  // The cue itself is a preposition: its source follows.
)

var frameLetters = map[rune]frames{
	't': thatClause, 'c': bareClause, 'q': quotation, 'i': infinitive, 'n': nounPhrase, 'o': addressee, 'a': secondPhrase,
	's': raised,
}

// A sense is one reading of a cue.
type sense struct {
	kind   graph.AttributionKind
	takes  frames
	denies bool
}

// An entry is a cue by its first word; rest are the words that must follow, adverbs between them allowed.
type entry struct {
	rest   []string
	senses []sense
}

// takes returns all complements that some sense of the entry takes.
func (e entry) takes() frames {
	var f frames
	for _, s := range e.senses {
		f |= s.takes
	}
	return f
}

// sense returns the first sense that takes one of the given complements, or else the first.
func (e entry) sense(f frames) sense {
	for _, s := range e.senses {
		if s.takes&f != 0 {
			return s
		}
	}
	return e.senses[0]
}

// Cues and their inflected forms, and the parts of speech of words, as the embedded files list them.
var (
	cues, nounCues, inflections = readCues(cuesFile)
	partsOfSpeech               = readWords(wordsFile, inflections)
	speakers                    = readSpeakers(speakersFile)
	kindsByStem                 = readKinds(kindsFile)
)

// readCues reads the cue file: entries by each inflected form of their first word, longest first, those of nouns apart,
// and the parts of speech of the verbs' forms.
func readCues(file string) (cues, nouns map[string][]entry, inflections map[string]string) {
	irregular := make(map[string][]string)
	lemmas := make(map[string][]entry)
	var order []string
	var current sense
	inIrregular, inNouns := false, false
	nouns = make(map[string][]entry)
	for line := range strings.Lines(file) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0][0] == '#':
		case fields[0] == "[irregular]":
			inIrregular, inNouns = true, false
		case fields[0][0] == '[':
			head := strings.Fields(strings.Trim(strings.TrimSpace(line), "[]"))
			if inNouns = head[0] == "nouns"; inNouns {
				head = head[1:]
			}
			current = readHead(head)
		case inNouns:
			addNouns(nouns, fields, current)
		case inIrregular:
			irregular[strings.TrimSuffix(fields[0], ":")] = fields[1:]
		default:
			for _, cue := range fields {
				words := strings.Split(cue, "_")
				if _, ok := lemmas[words[0]]; !ok {
					order = append(order, words[0])
				}
				lemmas[words[0]] = addSense(lemmas[words[0]], words[1:], current)
			}
		}
	}
	cues, inflections = make(map[string][]entry), make(map[string]string)
	for _, lemma := range order {
		entries := lemmas[lemma]
		slices.SortStableFunc(entries, func(a, b entry) int { return len(b.rest) - len(a.rest) })
		if entries[0].takes()&preposition != 0 {
			cues[lemma] = append(cues[lemma], entries...)
			continue
		}
		for form, tags := range inflect(lemma, irregular[lemma]) {
			if _, ok := cues[form]; !ok || form == lemma {
				cues[form] = entries
			}
			if _, ok := inflections[form]; !ok || form == lemma {
				inflections[form] = tags
			}
		}
	}
	return cues, nouns, inflections
}

// addNouns adds cues that are nouns, in the singular and plural.
func addNouns(nouns map[string][]entry, fields []string, s sense) {
	for _, cue := range fields {
		words := strings.Split(cue, "_")
		for _, form := range []string{words[0], words[0] + "s"} {
			nouns[form] = addSense(nouns[form], words[1:], s)
		}
	}
}

// readHead reads the head of a section: the kind, the complements, and perhaps DENIES.
func readHead(fields []string) sense {
	s := sense{kind: graph.AttributionKind(fields[0])}
	for _, f := range fields[1:] {
		switch f {
		case "DENIES":
			s.denies = true
		case "prep":
			s.takes |= preposition
		default:
			for _, letter := range f {
				s.takes |= frameLetters[letter]
			}
		}
	}
	return s
}

func addSense(entries []entry, rest []string, s sense) []entry {
	for i := range entries {
		if slices.Equal(entries[i].rest, rest) {
			entries[i].senses = append(entries[i].senses, s)
			return entries
		}
	}
	return append(entries, entry{rest, []sense{s}})
}

// inflect returns the forms of a verb with their parts of speech; irregular holds the third person, the past, the past
// participle, the -ing form, and further forms of the present or past, or is empty.
func inflect(lemma string, irregular []string) map[string]string {
	forms := map[string]string{lemma: "vn"}
	if len(irregular) >= 4 {
		for _, f := range irregular[4:] {
			forms[f] = "z"
		}
		forms[irregular[3]] = "gn"
		forms[irregular[2]] = "x"
		if irregular[1] == irregular[2] {
			forms[irregular[1]] = "ex"
		} else {
			forms[irregular[1]] = "e"
		}
		forms[irregular[0]] = "zn"
		return forms
	}
	last := lemma[len(lemma)-1]
	stem := lemma
	switch {
	case last == 'e':
		stem = lemma[:len(lemma)-1]
		forms[lemma+"s"] = "zn"
		forms[lemma+"d"] = "ex"
	case last == 'y' && len(lemma) > 2 && !isVowel(lemma[len(lemma)-2]):
		forms[lemma[:len(lemma)-1]+"ies"] = "zn"
		forms[lemma[:len(lemma)-1]+"ied"] = "ex"
	case strings.HasSuffix(lemma, "s") || strings.HasSuffix(lemma, "sh") || strings.HasSuffix(lemma, "ch"):
		forms[lemma+"es"] = "zn"
		forms[lemma+"ed"] = "ex"
	default:
		forms[lemma+"s"] = "zn"
		forms[lemma+"ed"] = "ex"
		forms[lemma+string(last)+"ed"] = "ex" // "admitted"; where it is wrong it is no word.
		forms[lemma+string(last)+"ing"] = "g"
	}
	forms[stem+"ing"] = "g"
	return forms
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// readWords reads the file of parts of speech: lines of words that follow the head "tags:". What a form of a cue can be
// besides is added to what the file says of it.
func readWords(file string, inflections map[string]string) map[string]string {
	words := make(map[string]string)
	tags := ""
	for line := range strings.Lines(file) {
		if line[0] == '#' {
			continue
		}
		for _, w := range strings.Fields(line) {
			if head, ok := strings.CutSuffix(w, ":"); ok {
				tags = head
				continue
			}
			words[w] = tags
			for _, t := range inflections[w] {
				if !strings.ContainsRune(words[w], t) {
					words[w] += string(t)
				}
			}
		}
	}
	return words
}

// readSpeakers reads the file of nouns for speakers, and adds their plurals.
func readSpeakers(file string) map[string]bool {
	words := make(map[string]bool)
	for line := range strings.Lines(file) {
		if line[0] == '#' {
			continue
		}
		for _, w := range strings.Fields(line) {
			words[w], words[w+"s"] = true, true
			if stem, ok := strings.CutSuffix(w, "y"); ok {
				words[stem+"ies"] = true
			}
			if stem, ok := strings.CutSuffix(w, "man"); ok {
				words[stem+"men"] = true
			}
		}
	}
	return words
}

// readKinds reads the file of kinds by the beginning of a word.
func readKinds(file string) map[string]graph.AttributionKind {
	kinds := make(map[string]graph.AttributionKind)
	var kind graph.AttributionKind
	for line := range strings.Lines(file) {
		if line[0] == '#' {
			continue
		}
		for _, w := range strings.Fields(line) {
			if head, ok := strings.CutSuffix(w, ":"); ok {
				kind = graph.AttributionKind(head)
				continue
			}
			kinds[w] = kind
		}
	}
	return kinds
}

// kindOfWord returns the kind of the longest beginning of a word that kinds.txt has, if it has one. What follows it must
// look like an ending.
func kindOfWord(word string) (graph.AttributionKind, bool) {
	const longestEnding = 6
	for n := len(word); n >= max(3, len(word)-longestEnding); n-- {
		if kind, ok := kindsByStem[word[:n]]; ok && (n >= 4 || len(word)-n <= 3) {
			return kind, true
		}
	}
	return "", false
}
