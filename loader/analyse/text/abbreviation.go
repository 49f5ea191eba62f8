package text

import "strings"

// Titles and the like stand before a name: their full stop never ends a sentence.
var titles = wordSet(`mr mrs ms mx dr prof hon rev fr msgr st mt ft messrs mme mlle cllr ald revd
	gen lt col sgt maj capt cmdr cdr adm vadm brig cpl pvt pfc spc det insp supt ens
	sen sens rep reps gov govs pres amb sec atty asst assoc dep min del
	vs no nos fig figs vol p pp ed eds cf approx est ca al`)

// Other abbreviations may end a sentence, or not: what follows decides.
var abbreviations = wordSet(`inc corp ltd co bros llc plc gmbh jr sr esq phd md ba ma bsc msc
	jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun
	ala ariz ark calif colo conn fla ga ill ind kan ky mass md mich minn miss mo mont neb nev okla ore pa
	tenn tex va vt wash wis wyo dept univ assn bldg ave blvd rd etc ie eg am pm`)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// isAbbreviation reports whether a full stop after the word belongs to it. Abbreviations that are words too ("no",
// "sat", "ma") count only with a capital; a single capital is an initial, unless it is "I", and "p" a page.
func isAbbreviation(word, lower string) bool {
	if strings.IndexByte(lower, '.') > 0 {
		return dotted(lower)
	}
	if len(word) == 1 {
		return word[0] != 'I' && word[0] <= 'Z' || lower == "p"
	}
	return (titles[lower] || abbreviations[lower]) && (startsUpper(word) || alwaysAbbreviation[lower])
}

// alwaysAbbreviation lists abbreviations that are written small and are no words.
var alwaysAbbreviation = wordSet("vs pp cf approx etc ie eg nos vol eds al")

// dotted reports whether every part between dots is a letter or two: "u.s", "a.m", "ph.d", but not "example.com".
func dotted(lower string) bool {
	run := 0
	for i := range len(lower) {
		if lower[i] == '.' {
			run = 0
			continue
		}
		run++
		if run > 2 {
			return false
		}
	}
	return true
}

// openers are words that, with a capital, begin a sentence even after an abbreviation: no name begins with them.
var openers = wordSet(`the a an this that these those he she it they we i you his her its their our my your there here
	but and or so yet if when while as at by for from in on of to with after before since until although though because
	however moreover meanwhile nevertheless therefore thus then also even still once both some many most all no not
	what who why how where which according during despite under over asked speaking earlier later now today yesterday`)

// endsDespiteDot reports whether an abbreviation ends the sentence, given the word after it.
func endsDespiteDot(abbreviation, next string, capital bool) bool {
	word := strings.TrimSuffix(abbreviation, ".")
	if !capital || titles[word] {
		return false
	}
	return openers[next]
}
