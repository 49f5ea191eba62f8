package link

import (
	"slices"
	"strings"
)

// The words that comparison needs to know, folded.
var (
	negations = set("not no never none neither nor nobody nothing nowhere cannot without")

	// contractions are negated verbs as they stand without their apostrophe.
	contractions = set("dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt wont wouldnt cant couldnt shouldnt " +
		"neednt mustnt shant mightnt")

	functionWords = set("a an the this that these those such same and or but if as than then so because while when where " +
		"which who whom whose what how why whether of in on at by for with to from into onto over under about after before " +
		"between among through during against toward towards upon within since until till per via is are was were be been " +
		"being am has have had having do does did doing done will would shall should can could may might must also too very " +
		"just only even still already yet again there here it its itself he him his she her hers they them their theirs i " +
		"me my we us our you your up down out off s t d ll ve re all any each both more most other another own some said " +
		"say says told tell")

	// placing are the prepositions behind which an actor is where something happens, not who does it or to whom.
	placing = set("in at near inside outside across around through from")

	// opposites are words that deny one another, by their stems.
	opposites = pairs("rise fall rose fell increase decrease gain lose win lose open close accept reject agree refuse support oppose " +
		"confirm deny begin end start stop more less fewer more import export buy sell release detain arrive leave enter leave " +
		"allow forbid permit ban lift impose join quit succeed fail advance retreat strengthen weaken north south east west " +
		"northern southern eastern western likely unlikely possible impossible legal illegal able unable true false")

	weekdays = set("monday tuesday wednesday thursday friday saturday sunday")

	// yearly and monthly are the words behind which four digits are a year, and an ambiguous word a month.
	yearly  = set("in since until till by of from to after before late early mid year and january february march april may june july august september october november december")
	monthly = set("in since until till by of from after before late early mid last this next on")

	percents = set("percent per pc")

	scales = map[string]float64{"dozen": 12, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9}

	units = numbered("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "+
		"seventeen eighteen nineteen", "twenty thirty forty fifty sixty seventy eighty ninety")

	months = monthNames("january february march april may june july august september october november december")
)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func numbered(ones, tens string) map[string]float64 {
	m := make(map[string]float64)
	for i, w := range strings.Fields(ones) {
		m[w] = float64(i)
	}
	for i, w := range strings.Fields(tens) {
		m[w] = float64(20 + 10*i)
	}
	return m
}

// monthNames maps the names, and their short forms, to the names.
func monthNames(words string) map[string]string {
	m := make(map[string]string)
	for w := range strings.FieldsSeq(words) {
		m[w], m[w[:3]] = w, w
	}
	m["sept"] = "september"
	return m
}

// pairs makes stems known as opposites of one another.
func pairs(words string) map[[2]string]bool {
	m := make(map[[2]string]bool)
	for pair := range slices.Chunk(strings.Fields(words), 2) {
		a, b := stemOf(pair[0]), stemOf(pair[1])
		m[[2]string{a, b}], m[[2]string{b, a}] = true, true
	}
	return m
}
