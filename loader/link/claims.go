package link

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// How alike two claims must be, in the share of what means something that they have in common (Dice's measure).
const (
	leastVariant       = 0.75 // to be one claim in other words
	leastContradiction = 0.8  // to say different things of one matter
	leastSpecific      = 0.9  // the same where only the actor or the date differs
	fewItems           = 5    // fewer items of content say too little to be compared
)

// LeastClose is how close in meaning two claims must lie, as the cosine of their vectors, for wordings that have less in
// common to be one claim; leastReworded and leastLength are how much they must have in common all the same, and how
// long the shorter one must be beside the longer, in items of content. See docs/measurements.md for what that finds.
const (
	LeastClose    = 0.8
	leastReworded = 0.4
	leastLength   = 0.6
)

// A Claim is a claim to be compared.
type Claim struct {
	ID graph.ID
	wording
	items []string // content, sorted
	names []string // unusual words as spelled writes them, sorted
}

// NewClaim returns the claim with those words (see graph.Claim.Words).
func NewClaim(id graph.ID, words string) Claim {
	w := parse(words)
	return Claim{id, w, sorted(w.content), sorted(spelled(w.unusual))}
}

// Claims compares two claims that lie so close in meaning (0: nobody knows), and returns the link between them, if there
// is one: VARIANT_OF where they say the same, CONTRADICTS where they say different things of one matter. It is symmetric.
func Claims(a, b Claim, closeness float64) (graph.Edge, bool) {
	if a.ID == b.ID {
		return graph.Edge{}, false
	}
	d := compare(a, b)
	kind, method, score := d.judge()
	if kind == "" && closeness >= LeastClose && d.reworded() {
		kind, method, score = graph.EdgeVariantOf, graph.ByMeaning, min(closeness, 1)
	}
	if kind == "" {
		return graph.Edge{}, false
	}
	return edge(kind, max(a.ID, b.ID), min(a.ID, b.ID), method, score), true
}

// edge makes a link. Scores are rounded, so that they are the same on all machines.
func edge(kind graph.EdgeKind, from, to graph.ID, method graph.LinkMethod, score float64) graph.Edge {
	return graph.Edge{Kind: kind, From: from, To: to, Props: graph.Props{
		"method": string(method), "score": math.Round(score*1000) / 1000,
	}}
}

// An agreement says how two values of one kind stand to each other.
type agreement uint8

const (
	same    agreement = iota
	differs           // in just one point, of the same matter
	unlike            // otherwise
)

// A difference is how two wordings stand to each other.
type difference struct {
	a, b                   Claim
	likeness               float64 // of content, without what stands against each other
	numbers, dates, actors agreement
	polarity               bool // one says yes, the other no
}

func compare(a, b Claim) difference {
	d := difference{
		a: a, b: b,
		numbers: compareNumbers(a.numbers, b.numbers), dates: compareDates(a.dates, b.dates),
		actors: compareActors(a.actors, b.actors), polarity: a.negated != b.negated,
	}
	onlyA, onlyB := without(a.items, b.items), without(b.items, a.items)
	common := len(a.content) - len(onlyA)
	total := len(a.content) + len(b.content)
	if d.actors == differs {
		total -= 2 // the two that stand against each other
	}
	if opposed(onlyA, onlyB) {
		total -= 2
		d.polarity = !d.polarity
	}
	if total > 0 {
		d.likeness = 2 * float64(common) / float64(total)
	}
	return d
}

// judge says what link the difference makes; kind is "" if none.
func (d difference) judge() (kind graph.EdgeKind, method graph.LinkMethod, score float64) {
	if d.garbled() {
		return graph.EdgeContradicts, graph.ByNumber, 0.5 + d.likeness/2
	}
	if !d.comparable() || d.renamed() {
		return "", "", 0
	}
	differing := 0
	for _, yes := range []bool{d.numbers != same, d.dates != same, d.actors != same, d.polarity} {
		if yes {
			differing++
		}
	}
	switch {
	case differing == 0 && d.likeness >= leastVariant:
		return graph.EdgeVariantOf, graph.ByWords, d.likeness
	case differing != 1:
	case d.polarity && d.likeness >= leastContradiction && !d.nested():
		return graph.EdgeContradicts, graph.ByPolarity, d.likeness
	case d.numbers == differs && d.likeness >= leastContradiction:
		return graph.EdgeContradicts, graph.ByNumber, d.likeness
	case d.dates == differs && d.likeness >= leastSpecific:
		return graph.EdgeContradicts, graph.ByDate, d.likeness
	case d.actors == differs && d.likeness >= leastSpecific && d.specific():
		return graph.EdgeContradicts, graph.ByActor, d.likeness
	}
	return "", "", 0
}

// nested reports whether one is part of the other, which says something of it: that they could not be sure that money came
// from there does not contradict that it came from there.
func (d difference) nested() bool {
	shorter, longer := d.byLength()
	for at := range len(longer) - len(shorter) + 1 {
		if slices.Equal(longer[at:at+len(shorter)], shorter) {
			return len(longer) > len(shorter)
		}
	}
	return false
}

// reworded reports whether nothing speaks against two claims that lie close together saying the same: they have the same
// numbers, dates, names and actors in the same places, neither denies what the other affirms, and neither says much
// more than the other.
func (d difference) reworded() bool {
	shorter, longer := d.byLength()
	return d.comparable() && d.numbers == same && d.dates == same && d.actors == same && !d.polarity &&
		slices.Equal(sorted(d.a.unusual), sorted(d.b.unusual)) &&
		d.likeness >= leastReworded && float64(len(shorter)) >= leastLength*float64(len(longer))
}

// byLength returns the content of both, the shorter first.
func (d difference) byLength() (shorter, longer []string) {
	if len(d.a.content) > len(d.b.content) {
		return d.b.content, d.a.content
	}
	return d.a.content, d.b.content
}

// comparable reports whether both say enough to be compared. What a pronoun means is unknown, so a claim with one needs
// something firm beside it.
func (d difference) comparable() bool {
	for _, w := range []Claim{d.a, d.b} {
		if len(w.content) < fewItems || w.leans && len(w.actors)+len(w.numbers) == 0 {
			return false
		}
	}
	return true
}

// specific reports whether both name one event: by its day or month, or by a number of two digits.
func (d difference) specific() bool {
	return d.a.dates[month] != "" || slices.ContainsFunc(d.a.numbers, func(n number) bool { return n.value >= 10 })
}

// garbled reports whether one number of the one is a number of the other, of the same thing and with the same actor,
// with other zeros: 3,500 rifles and 35,000 rifles. The wording may be quite another: nobody comes to the same digits by
// chance.
func (d difference) garbled() bool {
	if d.polarity || d.numbers == same || len(d.a.actors) == 0 || !slices.ContainsFunc(d.a.actors, func(id graph.ID) bool {
		return slices.Contains(d.b.actors, id)
	}) {
		return false
	}
	for _, x := range d.a.numbers {
		for _, y := range d.b.numbers {
			if x.value != y.value && digits(x.value) == digits(y.value) && len(digits(x.value)) > 1 && x.counts(y) &&
				!holds(d.b.numbers, x.value) && !holds(d.a.numbers, y.value) {
				return true
			}
		}
	}
	return false
}

func holds(list []number, value float64) bool {
	return slices.ContainsFunc(list, func(n number) bool { return n.value == value })
}

// counts reports whether two numbers count the same thing.
func (n number) counts(other number) bool {
	return slices.ContainsFunc(n.of, func(item string) bool { return slices.Contains(other.of, item) })
}

// digits returns the digits of a number without its zeros at either end and its point.
func digits(value float64) string {
	text := strings.Replace(strconv.FormatFloat(value, 'f', -1, 64), ".", "", 1)
	return strings.Trim(text, "0")
}

// compareNumbers says that one number differs where all others are equal and the two count the same thing.
func compareNumbers(a, b []number) agreement {
	restA, restB := slices.Clone(a), slices.Clone(b)
	for i := 0; i < len(restA); {
		j := slices.IndexFunc(restB, func(n number) bool { return n.value == restA[i].value })
		if j < 0 {
			i++
			continue
		}
		restA, restB = slices.Delete(restA, i, i+1), slices.Delete(restB, j, j+1)
	}
	switch {
	case len(restA)+len(restB) == 0:
		return same
	case len(restA) == 1 && len(restB) == 1 && restA[0].counts(restB[0]) && !near(restA[0].value, restB[0].value):
		return differs
	}
	return unlike
}

// near reports whether one number may be the other, rounded.
func near(a, b float64) bool { return math.Abs(a-b) <= 0.05*max(a, b) }

// compareDates says that dates differ where one of them is another in both, and that they are unlike where one names
// what the other does not: that may be one date, or not.
func compareDates(a, b map[dateUnit]string) agreement {
	conflicts, missing := 0, 0
	for _, unit := range []dateUnit{year, month, day, weekday} {
		x, y := a[unit], b[unit]
		switch {
		case x == y, unit == weekday && (x == "" || y == ""): // many leave the weekday out
		case x == "" || y == "":
			missing++
		default:
			conflicts++
		}
	}
	switch {
	case conflicts == 0 && missing == 0:
		return same
	case conflicts > 0 && missing == 0:
		return differs
	case conflicts == 0 && len(a) > 0 && len(b) > 0:
		return same
	}
	return unlike
}

// compareActors says that one differs where all others are the same and in the same places.
func compareActors(a, b []graph.ID) agreement {
	if slices.Equal(a, b) {
		return same
	}
	if len(a) != len(b) {
		return unlike
	}
	others := 0
	for i := range a {
		if a[i] != b[i] {
			others++
		}
	}
	if others == 1 {
		return differs
	}
	return unlike
}

// renamed reports whether each has words that may be names which the other lacks, in any spelling: who is known is an actor,
// but a village or a judge may be neither.
func (d difference) renamed() bool {
	return len(without(d.a.names, d.b.names)) > 0 && len(without(d.b.names, d.a.names)) > 0
}

// spelled returns names without what transliterations of one name differ in: vowels and doubled letters.
func spelled(names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		var b strings.Builder
		var before rune
		for _, r := range name {
			if r != before && (b.Len() == 0 || !strings.ContainsRune("aeiouy", r)) {
				b.WriteRune(r)
			}
			before = r
		}
		list[i] = b.String()
	}
	return list
}

// opposed reports whether just one word of each stands against the other's: rose and fell.
func opposed(a, b []string) bool {
	found := 0
	for _, x := range a {
		for _, y := range b {
			if opposites[[2]string{x, y}] {
				found++
			}
		}
	}
	return found == 1
}

// without returns the items of a that b lacks, one for one. Both are sorted.
func without(a, b []string) []string {
	var rest []string
	for _, item := range a {
		for len(b) > 0 && b[0] < item {
			b = b[1:]
		}
		if len(b) > 0 && b[0] == item {
			b = b[1:]
		} else {
			rest = append(rest, item)
		}
	}
	return rest
}

func sorted[T ~string](list []T) []T {
	c := slices.Clone(list)
	slices.Sort(c)
	return c
}
