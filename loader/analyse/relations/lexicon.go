package relations

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

//go:embed lexicon.txt
var lexiconText string

// A frame says where around a trigger its agent and target stand.
type frame uint8

const (
	verb frame = iota
	noun
	role         // the agent is the target's such and such
	hyphenAgent  // "agent-backed target"
	hyphenTarget // "target-affiliated agent"
	link         // a preposition between a member and its body: "Lorne of the Lake League"
	chain        // a verb before "to" and another verb
	light        // a verb that carries a noun
	taking       // a verb that carries a noun to its subject
	giving       // a verb that carries a noun to the name behind it
	acting       // a noun for those who act for somebody
	people       // a noun for those who act for themselves
	ending       // a verb that ends what a noun names
	effort       // a noun for what is done, before "to" and a verb
)

// An inflection says which forms of a verb a word can be.
type inflection uint8

const (
	base inflection = 1 << iota
	third
	continuous
	past
	participle
)

// An entry is one meaning of a word.
type entry struct {
	rest    []string // the words that follow it, if it is several
	frame   frame
	form    inflection // of verbs
	typ     graph.RelationType
	both    bool
	swap    bool     // the agent stands where the target would
	bodies  bool     // not of persons
	ground  bool     // only of places
	guests  bool     // only of persons, states and classes of people
	person  bool     // only persons are in this role
	begins  bool     // it says when what lasts begins
	carried bool     // of a noun: only what a verb brings: "sent troops to"
	places  []string // prepositions, "-", "'s", "and", "between", "that", "to+", "-to"
	mode    graph.Mode
	turns   graph.RelationType // of a chain: what it makes of the verb behind it
}

// A lexicon finds entries by their first word in lower case; the longest come first.
type lexicon map[string][]entry

// entry returns the entry of a word that stands alone in the frame.
func (l lexicon) entry(word string, f frame) (entry, bool) {
	for _, e := range l[word] {
		if e.frame == f && len(e.rest) == 0 {
			return e, true
		}
	}
	return entry{}, false
}

// parseLexicon reads the format that lexicon.txt describes. Errors name the line.
func parseLexicon(s string) (lexicon, error) {
	l := lexicon{}
	var section, line entry
	plain, ready := false, false // plain: the section's lines are words alone; ready: words may follow
	for i, raw := range strings.Split(s, "\n") {
		text := strings.TrimSpace(raw)
		switch {
		case text == "" || text[0] == '#':
			continue
		case text[0] == '[':
			var err error
			if section, plain, err = parseHead(text); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			line, ready = section, plain
			continue
		}
		words := text
		if head, tail, ok := strings.Cut(text, ":"); ok && !plain {
			var err error
			if line, err = parseFrame(section, head); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			words, ready = tail, true
		}
		if !ready {
			return nil, fmt.Errorf("line %d: words outside of a section or a frame: %q", i+1, text)
		}
		for _, w := range strings.Fields(words) {
			if err := l.add(w, line); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
		}
	}
	for _, entries := range l {
		slices.SortStableFunc(entries, func(a, b entry) int { return len(b.rest) - len(a.rest) })
	}
	return l, nil
}

// plainFrames are the sections whose lines are words alone; [chain …], [effort …] and
// [ending …] also name what they make of what comes.
var plainFrames = map[string]frame{
	"chain": chain, "light": light, "taking": taking, "giving": giving, "ending": ending, "acting": acting, "people": people, "effort": effort,
}

// parseHead reads "[TYPE FLAG…]" or the head of a section of plain words.
func parseHead(s string) (e entry, plain bool, err error) {
	unknown := fmt.Errorf("unknown section %q", s)
	f := strings.Fields(strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"))
	if !strings.HasSuffix(s, "]") || len(f) == 0 {
		return entry{}, false, unknown
	}
	if frame, ok := plainFrames[f[0]]; ok {
		e.frame = frame
		if made := frame == chain || frame == effort; made && len(f) < 2 || !made && frame != ending && len(f) > 1 || len(f) > 2 {
			return entry{}, false, unknown
		} else if len(f) == 2 {
			switch {
			case slices.Contains(graph.Modes, graph.Mode(f[1])):
				e.mode = graph.Mode(f[1])
			case slices.Contains(graph.RelationTypes, graph.RelationType(f[1])):
				e.mode, e.turns = graph.Actual, graph.RelationType(f[1])
			default:
				return entry{}, false, unknown
			}
		}
		return e, true, nil
	}
	if e.typ = graph.RelationType(f[0]); !slices.Contains(graph.RelationTypes, e.typ) {
		return entry{}, false, unknown
	}
	for _, name := range f[1:] {
		flag, ok := map[string]*bool{"both": &e.both, "swap": &e.swap, "bodies": &e.bodies, "ground": &e.ground, "guests": &e.guests, "begins": &e.begins, "carried": &e.carried}[name]
		if !ok {
			return entry{}, false, unknown
		}
		*flag = true
	}
	return e, false, nil
}

// parseFrame reads what stands before the colon of a line.
func parseFrame(section entry, head string) (entry, error) {
	f := strings.Fields(head)
	e := section
	switch {
	case section.typ == "" || len(f) < 2:
	case f[0] == "verb" || f[0] == "noun":
		if f[0] == "noun" {
			e.frame = noun
		}
		e.places = f[1:]
		return e, nil
	case head == "role of person" || head == "role of any":
		e.frame, e.person = role, f[2] == "person"
		return e, nil
	case head == "hyphen agent":
		e.frame = hyphenAgent
		return e, nil
	case head == "hyphen target":
		e.frame = hyphenTarget
		return e, nil
	case head == "link of":
		e.frame = link
		return e, nil
	}
	return entry{}, fmt.Errorf("unknown frame %q", head)
}

// add adds a word in all its forms.
func (l lexicon) add(word string, e entry) error {
	word, named := strings.CutSuffix(word, "~")
	lemma, irregular, _ := strings.Cut(word, "(")
	parts := strings.Split(strings.ReplaceAll(lemma, "-", "_-_"), "_") // a hyphen is a token of its own
	if irregular != "" && !strings.HasSuffix(irregular, ")") || slices.Contains(parts, "") {
		return fmt.Errorf("unreadable word %q", word)
	}
	if !slices.Contains([]frame{verb, chain, light, taking, giving, ending}, e.frame) {
		l.put(parts, 0, e)
		return nil
	}
	for form, forms := range inflect(parts[0], irregular) {
		if named && forms&^third == 0 {
			continue
		}
		l.put(append(strings.Split(form, "_")[:1:1], parts[1:]...), forms, e)
	}
	return nil
}

func (l lexicon) put(words []string, form inflection, e entry) {
	e.rest, e.form = words[1:], form
	l[words[0]] = append(l[words[0]], e)
}

// inflect returns the forms of a verb; irregular gives past and participle, "met)" or "spoke,spoken)".
func inflect(lemma, irregular string) map[string]inflection {
	doubled, out := lemma, map[string]inflection{}
	switch n := len(lemma); {
	case lemma[n-1] == 'e' && !strings.HasSuffix(lemma, "ee"):
		doubled = lemma[:n-1]
	case closed(lemma):
		doubled = lemma + lemma[n-1:]
	case lemma[n-1] == 'l' && vowel(lemma, n-2) && !vowel(lemma, n-3):
		out[lemma+"ling"], out[lemma+"led"] = continuous, past|participle // British "cancelled", American "canceled"
	}
	out[lemma] |= base
	out[doubled+"ing"] |= continuous
	switch {
	case strings.HasSuffix(lemma, "y") && !vowel(lemma, len(lemma)-2):
		out[lemma[:len(lemma)-1]+"ies"] |= third
	case slices.ContainsFunc([]string{"s", "sh", "ch", "x", "z", "o"}, func(end string) bool { return strings.HasSuffix(lemma, end) }):
		out[lemma+"es"] |= third
	default:
		out[lemma+"s"] |= third
	}
	if irregular != "" {
		first, second, two := strings.Cut(strings.TrimSuffix(irregular, ")"), ",")
		first, _, _ = strings.Cut(first, "_")
		second, _, _ = strings.Cut(second, "_")
		if !two {
			second = first
		}
		out[first] |= past
		out[second] |= participle
		return out
	}
	pastForm := doubled + "ed"
	switch {
	case lemma[len(lemma)-1] == 'e':
		pastForm = lemma + "d"
	case strings.HasSuffix(lemma, "y") && !vowel(lemma, len(lemma)-2):
		pastForm = lemma[:len(lemma)-1] + "ied"
	}
	out[pastForm] |= past | participle
	return out
}

// closed reports whether a verb of one syllable doubles its last consonant: ban, plan, not sow.
func closed(lemma string) bool {
	n := len(lemma)
	return n >= 3 && strings.IndexAny(lemma, "aeiou") == n-2 && !strings.ContainsAny(lemma[n-1:], "aeiouwxy")
}

func vowel(s string, i int) bool { return i >= 0 && strings.IndexByte("aeiou", s[i]) >= 0 }
