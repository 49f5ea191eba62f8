package loader

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/attributions"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
	"github.com/claimgraph/claimgraph/loader/link"
)

// claims returns what each attribution says. Claims are shared by all who say the same, in whatever document, so each
// has a key that means the same everywhere: the words, folded, in which mentions of actors stand for their actors.
// "He will come" of two speakers are two claims, and what two outlets say of Tehran and of Iran may be one.
func (a *assembler) claims() []graph.Claim {
	claims := make([]graph.Claim, len(a.Attributions))
	polarities := make(polaritySets[string])
	for i, at := range a.Attributions {
		key := a.claimKey(at)
		claims[i] = graph.Claim{Text: a.claimText(at), Key: key, Words: key, Lang: a.doc.Lang, Seen: a.doc.PublishedAt}
		polarities.add(key, at.Polarity)
	}
	for i := range claims {
		claims[i].MatchKeys = link.NewClaim("", claims[i].Words).Keys()
		claims[i].Polarities = polarities[claims[i].Key]
	}
	return claims
}

// polaritySets hold with which polarities a document says things.
type polaritySets[K comparable] map[K][]string

func (s polaritySets[K]) add(what K, p graph.Polarity) {
	if !slices.Contains(s[what], string(p)) {
		s[what] = append(s[what], string(p))
	}
}

// claimText returns the content as a line for people: without the quotation marks and the "that" around it, and with an
// ellipsis where it jumps over other words.
func (a *assembler) claimText(at attributions.Attribution) string {
	var parts []string
	for _, s := range at.Content {
		if part := bare(strings.Join(strings.Fields(a.text.Slice(s)), " ")); part != "" {
			parts = append(parts, part)
		}
	}
	return cmp.Or(strings.Join(parts, " … "), a.words(at.Content))
}

func bare(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"“”„«»,;:`, r) })
	if rest, ok := strings.CutPrefix(s, "that "); ok {
		return rest
	}
	return s
}

// fewTerms is below how many words a content means nothing without its context: "No", "So be it".
const fewTerms = 3

// claimKey says what a claim has in common with all that say the same. One that leans on its context – a pronoun
// whose meaning is unknown, a word or two – has nothing in common with other documents'.
func (a *assembler) claimKey(at attributions.Attribution) string {
	k := keyWriter{speakers: a.speakers(at)}
	for _, s := range at.Content {
		from := s.Start
		for _, m := range outermost(a.Cast.Mentions, s) {
			k.words(a.text.Source[from:m.Start])
			k.actor(a.actor(m.Actor))
			from = m.End
		}
		k.words(a.text.Source[from:s.End])
	}
	if k.leans || len(k.terms) < fewTerms {
		k.terms = append(k.terms, "in", string(a.batch.Owner))
	}
	return strings.Join(k.terms, " ")
}

// A keyWriter writes a claim's key.
type keyWriter struct {
	speakers []graph.ID
	terms    []string
	leans    bool
}

func (k *keyWriter) actor(id graph.ID) { k.terms = append(k.terms, string(id)) }

func (k *keyWriter) words(s string) {
	for _, term := range graph.Terms(s) {
		switch {
		case len(k.terms) == 0 && term == "that":
		case firstPerson[term] && len(k.speakers) > 0:
			for _, id := range k.speakers {
				k.actor(id)
			}
		case firstPerson[term], otherPerson[term]:
			k.leans = true
			k.terms = append(k.terms, term)
		default:
			k.terms = append(k.terms, term)
		}
	}
}

// Personal pronouns, folded. Those of the first person mean the speaker.
var (
	firstPerson = map[string]bool{
		"i": true, "me": true, "my": true, "mine": true, "myself": true,
		"we": true, "us": true, "our": true, "ours": true, "ourselves": true,
	}
	otherPerson = map[string]bool{
		"you": true, "your": true, "yours": true, "he": true, "him": true, "his": true, "himself": true,
		"she": true, "her": true, "hers": true, "herself": true,
		"they": true, "them": true, "their": true, "theirs": true, "themselves": true,
	}
)

// outermost returns the mentions within a span, in order, without those that lie within others. Mentions are in the
// order of their starts, the longer first.
func outermost(mentions []actors.Mention, s text.Span) []actors.Mention {
	first := sort.Search(len(mentions), func(i int) bool { return mentions[i].Start >= s.Start })
	var list []actors.Mention
	end := s.Start
	for _, m := range mentions[first:] {
		if m.Start >= s.End {
			break
		}
		if m.Start >= end && m.End <= s.End {
			list = append(list, m)
			end = m.End
		}
	}
	return list
}
