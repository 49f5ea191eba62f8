package actors

import (
	"strings"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

func (r *referrer) pronoun(k int, a answer) int {
	if a.who >= 0 && a.score >= leastScore {
		r.add(k, k+1, a, Pronoun, "pronoun")
	}
	return k + 1
}

// owns reports whether a pronoun says whose something is.
func (r *referrer) owns(k int) bool {
	switch r.lower(k) {
	case "his", "its", "their":
		return true
	case "her":
		return k+1 < r.tokens.Last && r.text.Tokens[k+1].Class == text.Word &&
			!r.is(k+1, saying|acting|determiner|locative|relating|clause)
	}
	return false
}

// person returns the person whom "he" or "she" means: the subject of the nearest sentence that has a person of that
// gender, or its only one. What a quotation says is not looked at from outside, nor the other way round.
func (r *referrer) person(k int, g gender) answer {
	if r.strangerSpeaks(k) {
		return nobody
	}
	quote := r.text.QuoteAt(r.text.Tokens[k].Start)
	best, others, sentence := nobody, 0, -1
	for i := len(r.recent) - 1; i >= r.oldest(); i-- {
		c := r.recent[i]
		if r.back(c) > 4 || sentence >= 0 && c.sentence != sentence {
			break
		}
		f := &r.people[c.who]
		if f.Kind != graph.Person && c.calling == "" || f.gender != unknownGender && f.gender != g && !f.weak || c.quote != quote {
			continue
		}
		if r.lower(k) == "him" && c.sentence == r.sentence && !r.clauseBetween(c.at, k) {
			continue // whoever does it does it to another
		}
		sentence = c.sentence
		score := 0.85 - 0.08*float64(r.back(c))
		switch f.gender {
		case g:
		case unknownGender:
			score -= 0.1
		default:
			score -= 0.25
		}
		if c.modifier {
			score -= 0.15
		}
		if c.subject {
			score += 0.1
		}
		if c.who != best.who && best.who >= 0 {
			others++
		}
		if score > best.score {
			best = answer{who: c.who, score: score}
		}
	}
	if best.who < 0 {
		return nobody
	}
	best.score -= 0.15 * float64(others)
	if best.score >= leastScore && r.people[best.who].Kind == graph.Person {
		r.people[best.who].gender, r.people[best.who].weak = g, false
	}
	return answer{who: best.who, score: min(best.score, 0.95)}
}

// strangerSpeaks reports whether a pronoun means somebody without a name who has just been introduced: "one shopkeeper
// said he".
func (r *referrer) strangerSpeaks(k int) bool {
	verb := k - 1
	if r.lower(verb) == "that" {
		verb--
	}
	if verb <= r.tokens.First || !r.is(verb, saying) || r.covers[verb-1] != 0 || r.words[verb-1].shape != small {
		return false
	}
	for i := verb - 2; i >= max(verb-5, r.tokens.First); i-- {
		switch r.lower(i) {
		case "a", "an", "one", "another":
			return true
		}
	}
	return false
}

// clauseBetween reports whether a new clause begins between two tokens.
func (r *referrer) clauseBetween(first, last int) bool {
	for i := max(first, last-reach); i < last; i++ {
		if r.is(i, clause) {
			return true
		}
	}
	return false
}

// several returns whom "they" means: the nearest subject that is many, in this sentence or the one before.
func (r *referrer) several(k int) answer {
	return r.nearest(k, func(f *figure) bool {
		return f.Kind == graph.SourceClass || f.Kind == graph.ArmedGroup
	})
}

// thing returns whom "it" means, where it is somebody: before a verb of saying, after one or a promise, or as "its"; and a subject, if a
// tagger takes it for a source.
func (r *referrer) thing(k int) answer {
	somebody := r.lower(k) != "it" || r.is(k+1, saying) || r.acts(k) || promising[r.lower(k-1)] || r.lower(k-1) == "that" && promising[r.lower(k-2)] ||
		r.is(k-1, saying) && r.is(k+1, acting) && r.lower(k+1) != "is" && r.lower(k+1) != "was"
	if !somebody && !r.speaking[k] {
		return nobody
	}
	a := r.nearest(k, func(f *figure) bool {
		switch f.Kind {
		case graph.State, graph.Organisation, graph.ArmedGroup, graph.Outlet:
			return true
		}
		return false
	})
	if !somebody {
		a.score -= 0.1
	}
	return a
}

// acts reports whether "it" at a token does something that only somebody does, or suffers it from somebody: "it armed",
// "it has been led by".
func (r *referrer) acts(k int) bool {
	if k > r.tokens.First && r.covers[k-1] == 0 && !r.is(k-1, clause|saying) && r.text.Tokens[k-1].Class == text.Word {
		return false // "the talks it abandoned"
	}
	if r.lower(k-1) == "that" && r.is(k-2, saying) {
		return !maybeNobody[r.lower(k+1)] // "says that it gives"
	}
	i := k + 1
	for r.lower(i) == "has" || r.lower(i) == "had" || r.lower(i) == "also" || r.lower(i) == "then" || r.lower(i) == "once" {
		i++
	}
	if r.lower(i) == "is" || r.lower(i) == "was" || r.lower(i) == "been" {
		return !r.is(i+1, saying) && r.lower(i+1) != "that" && (r.lower(i+2) == "by" || r.lower(i+3) == "by")
	}
	return strings.HasSuffix(r.lower(i), "ed") && !impersonal[r.lower(i)] && !r.is(i, saying)
}

// promising are verbs behind which "it" is whoever promises: "warned that it would".
var promising = wordSet("warned warns vowed vows threatened threatens promised promises pledged pledges swore", " ")

// maybeNobody are words behind which "it" may be nobody.
var maybeNobody = wordSet("is was 's will would may might could can should must seems seemed appears appeared takes took remains", " ")

// impersonal are verbs whose "it" may be nobody.
var impersonal = wordSet(`seemed appeared turned emerged happened looked helped mattered followed transpired needed rained snowed occurred
	ended lasted started headed arrived passed stopped continued failed worked changed involved included existed caused sounded indeed speed`, " ")

// nearest returns the last mentioned subject of this sentence or the one before that fits. Others that fit and are
// mentioned there make it less sure, but against a subject only other subjects do.
func (r *referrer) nearest(k int, fit func(*figure) bool) answer {
	quote := r.text.QuoteAt(r.text.Tokens[k].Start)
	best, subject, rivals, subjects, sentence := nobody, false, 0, 0, r.sentence
	for i := len(r.recent) - 1; i >= r.oldest() && r.back(r.recent[i]) <= 1; i-- {
		c := r.recent[i]
		if c.quote != quote || !fit(&r.people[c.who]) {
			continue
		}
		if best.who >= 0 && c.sentence != sentence {
			break
		}
		sentence = c.sentence
		score := 0.6
		if c.subject {
			score += 0.2
		}
		if c.modifier {
			score -= 0.25
		}
		if c.sentence != r.sentence {
			score -= 0.1
		}
		if best.who >= 0 && best.who != c.who {
			rivals++
			if subject && c.subject {
				subjects++
			}
		}
		if score > best.score {
			best, subject = answer{who: c.who, score: score}, c.subject
		}
	}
	if subject {
		rivals = subjects
	}
	best.score -= 0.1 * float64(rivals)
	return best
}
