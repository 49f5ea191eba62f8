package actors

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// group marks the names in units [k, end), which stand side by side, and returns the unit behind them.
func (r *reader) group(k, end int) int {
	if next := r.thing(k, end); next > k {
		return next
	}
	first, last := r.units[k].First, r.units[end-1].Last
	if who, ok := r.local[foldName(r.surface(first, last))]; ok && end-k > 1 && !r.allNames(k, end) {
		r.mark(first, last, who, Mention{Score: 0.9, Method: "name"})
		return end
	}
	if opening := r.withoutOpening(k, end); opening > k {
		return opening
	}
	if r.allNames(k, end) {
		for ; k < end; k++ {
			r.name(k)
		}
		return end
	}
	if r.cited(first) {
		for ; k < end; k++ {
			if r.units[k].what == nameUnit {
				r.name(k)
			}
		}
		return end
	}
	if r.units[k].what == bodyUnit && end-k == 1 && r.extend(end) == end {
		if last-first == 1 && r.opens(first, r.sentence.Range) {
			return end
		}
		m := r.mark(first, last, -1, Mention{Form: Name, Score: 0.6, Method: "body"})
		m.body = bodies[r.units[k].of].name
		return end
	}
	if r.is(last-1, bodyCue|placeCue) && !r.title && r.extend(end) > end {
		kind := graph.Organisation
		if r.is(last-1, placeCue) {
			kind = graph.Place // "Gulf of Aden"
		}
		return r.body(k, end, kind)
	}
	if kind := r.cue(first, last); kind != "" && last-first > 1 && r.believable(k, end) {
		return r.body(k, end, kind)
	}
	if r.units[k].what == nameUnit && !r.givenName(k) {
		r.name(k)
		return k + 1
	}
	if end-k == 1 {
		r.short(k)
		return end
	}
	return r.several(k, end)
}

// withoutOpening skips a common word at the start of a sentence, and words that are no names.
func (r *reader) withoutOpening(k, end int) int {
	for k < end && r.units[k].what == wordUnit {
		i := r.units[k].First
		w := r.words[i]
		switch {
		case w.is&determiner != 0:
		case w.is&common != 0 && w.is&(femaleName|maleName) == 0 && (r.opens(i, r.sentence.Range) || r.title) && w.shape == capital:
		case w.is&notName != 0 && (k+1 == end || r.units[k+1].what != wordUnit || r.is(r.units[k+1].First, maleName|femaleName)):
		default:
			return k
		}
		k++
	}
	return k
}

// thing skips what is named but can do nothing, a text, a plan or an event, and returns the unit behind it, or k if it is
// none: "the Helmand River Treaty", "Operation Long Night", "Plan of Action". The names of others within it only say whose
// or where.
func (r *reader) thing(k, end int) int {
	whole := end // with "of …"
	for next := r.extend(end); whole < next && r.units[whole].what == wordUnit; {
		whole++
	}
	first := r.units[k].First
	if !r.isThing(text.Range{First: first, Last: r.units[end-1].Last}) && !r.isAbout(text.Range{First: first, Last: r.units[whole-1].Last}) {
		return k
	}
	for ; k < end; k++ {
		if r.units[k].what == nameUnit {
			r.modifier(k)
		}
	}
	return whole
}

// isThing reports whether the words of a name say that it is a text's, a plan's or an event's.
func (s *scene) isThing(name text.Range) bool {
	last := name.Last - 1
	switch {
	case name.Last-name.First < 2 || s.words[last].shape == small:
		return false
	case s.is(name.First, thingFirst) && s.words[name.First].shape == capital:
		return true
	}
	return s.is(last, thingCue) && !(name.Last-name.First == 2 && surnames[s.lower(last)] && s.is(name.First, maleName|femaleName))
}

// isAbout reports whether a name has such a word before what it is about: "Cessation of Hostilities".
func (s *scene) isAbout(name text.Range) bool {
	for i := name.First; i+2 < name.Last; i++ {
		if s.is(i, thingCue) && s.words[i].shape != small && abouts[s.lower(i+1)] {
			return true
		}
	}
	return false
}

var abouts = wordSet("of on for against between", " ")

// surnames are those of the words that people are called by, too: "Jude Law".
var surnames = wordSet("law day bill war code test plan", " ")

// allNames reports whether all units are names of the gazetteer.
func (r *reader) allNames(k, end int) bool {
	for ; k < end; k++ {
		if r.units[k].what != nameUnit {
			return false
		}
	}
	return true
}

// givenName reports whether unit k, a name of the gazetteer, may be a first name here: "Jordan Smith", "Israel Katz".
func (r *reader) givenName(k int) bool {
	u := r.units[k]
	if u.Last != u.First+1 || !r.is(u.First, femaleName|maleName) {
		return false
	}
	as := r.lexicon.endings[u.of].as
	return as == asName || as == asSeat && k+1 < len(r.units) && r.units[k+1].gap == adjacent && r.units[k+1].what == wordUnit // "Victoria Taylor"
}

// name marks a name of the gazetteer and returns the mark, which is valid until the next.
func (r *reader) name(k int) *mark {
	u := r.units[k]
	e := r.lexicon.endings[u.of]
	if who, ok := r.namesake(u, e); ok {
		return r.mark(u.First, u.Last, who, Mention{Score: 0.7, Method: "surname"})
	}
	switch e.as {
	case asSeat:
		return r.seat(u, int(e.entry))
	case asPeople:
		who := r.unknown(r.surface(u.First, u.Last), graph.SourceClass)
		r.people[who].owner = r.known(int(e.entry))
		return r.mark(u.First, u.Last, who, Mention{Score: 0.9, Method: "gazetteer"})
	}
	who := r.known(int(e.entry))
	if r.people[who].Kind == graph.Person {
		r.surname(who, r.people[who].Name)
		r.surname(who, r.surface(u.First, u.Last)) // as this text writes it
	}
	r.nested(u)
	r.bare(who, u.First, u.Last)
	m := r.mark(u.First, u.Last, who, Mention{Score: 1, Method: "gazetteer"})
	m.Modifier = e.as == asAdjective && r.beforeNoun(u.Last) || r.lower(u.Last) == "'s" || u.Last < len(r.words) && r.words[u.Last].joins
	return m
}

// nested marks the state that a name which goes on in small letters begins with: "Iraqi" in "Iraqi security forces".
func (r *reader) nested(u unit) {
	if u.Last-u.First < 2 || r.words[u.First+1].shape != small {
		return
	}
	r.walk(r.lexicon.names, u.First, u.First+1, func(last int, values []int32) {
		for _, v := range values {
			if e := r.lexicon.endings[v]; e.as == asAdjective && r.lexicon.entries[e.entry].kind == graph.State {
				m := r.mark(u.First, last, r.known(int(e.entry)), Mention{Score: 1, Method: "gazetteer"})
				m.Modifier = true
				return
			}
		}
	})
}

// namesake finds the person named before whose surname a state or city shares: "Jordan said", after Michael Jordan.
func (r *reader) namesake(u unit, e ending) (int, bool) {
	if u.Last != u.First+1 || e.as != asName && e.as != asSeat || r.is(u.First-1, locative) {
		return 0, false
	}
	who, ok := r.local[fold(r.lower(u.First))]
	kind := r.lexicon.entries[e.entry].kind
	return who, ok && r.people[who].Kind == graph.Person && (kind == graph.State || kind == graph.Place)
}

// beforeNoun reports whether a token goes on with what an adjective describes.
func (r *reader) beforeNoun(i int) bool {
	if r.is(i, classHead|groupHead) {
		return true
	}
	return i < r.sentence.Last && r.text.Tokens[i].Class == text.Word && !r.is(i, saying|acting|locative|relating)
}

// seat marks a city that may stand for its government.
func (r *reader) seat(u unit, entry int) *mark {
	if r.standsForGovernment(u) {
		return r.mark(u.First, u.Last, r.known(entry), Mention{Metonym: true, Score: 0.75, Method: "metonym"})
	}
	who := r.unknown(r.lexicon.endings[u.of].name, graph.Place)
	return r.mark(u.First, u.Last, who, Mention{Score: 0.9, Method: "gazetteer"})
}

// standsForGovernment reports whether a city speaks, acts, or is a partner: "Tehran seeks", "ties with Kabul".
func (r *reader) standsForGovernment(u unit) bool {
	before := u.First - 1
	if before >= r.sentence.First && r.is(before, locative) {
		return false
	}
	if before >= r.sentence.First && r.words[before].joins || u.Last < len(r.words) && r.words[u.Last].joins {
		return r.lower(u.Last+1) != "based" && r.lower(u.Last+1) != "born" // but "Tehran-backed", "Kabul-Tehran"
	}
	if r.is(u.Last, saying|acting) && u.Last < r.sentence.Last && r.lower(before) != "to" {
		return true
	}
	if end := r.asideEnd(u.Last); end > u.Last && (r.is(end, saying|acting) || auxiliaries[r.lower(end)] && r.is(end+1, saying|acting)) {
		return true // "Moscow, by contrast, has warned"
	}
	if auxiliaries[r.lower(u.Last)] && r.is(u.Last+1, saying) && u.Last+1 < r.sentence.Last {
		return true // "Tehran has warned"
	}
	if next := u.Last + 1; joining[r.lower(u.Last)] && next+1 < r.sentence.Last && r.words[next].shape == capital &&
		(r.is(next+1, saying|acting) || auxiliaries[r.lower(next+1)] && r.is(next+2, saying)) {
		return true // "Kabul and Tehran deny"
	}
	if between[r.lower(u.Last)] && u.Last+1 < r.sentence.Last && r.words[u.Last+1].shape == small && !r.is(u.Last+1, locative) {
		return true // "Tehran already arms"
	}
	if r.lower(u.Last) == "'s" {
		return !r.is(u.Last+1, placeCue|bodyCue)
	}
	switch r.lower(before) {
	case "to":
		return messages[r.lower(before-1)]
	case "and", "or", "nor":
		last := len(r.marks) - 1
		return last >= 0 && r.marks[last].Metonym && r.marks[last].Last == before
	}
	return before >= r.sentence.First && r.is(before, relating|saying) && !r.is(before-1, leaving)
}

// asideEnd returns the end of the short aside between commas that token i opens, or i: ", by contrast,".
func (r *reader) asideEnd(i int) int {
	const longest = 5
	if r.lower(i) != "," {
		return i
	}
	for k := i + 2; k < r.sentence.Last && k <= i+longest; k++ {
		switch {
		case r.lower(k) == ",":
			return k + 1
		case r.words[k].shape != small:
			return i
		}
	}
	return i
}

var joining = wordSet("and or nor", " ")

var auxiliaries = wordSet("has have had will would", " ")

// between are adverbs that stand between a subject and its verb.
var between = wordSet("already also still now never long repeatedly quietly openly", " ")

// messages are nouns that go to a government, not to a city.
var messages = wordSet("message signal warning letter ultimatum support appeal concessions threat", " ")

// cue returns the kind that the words of a name tell, "" if they tell none.
func (r *reader) cue(first, last int) graph.ActorKind {
	end := last - 1
	for i := end; i >= first; i-- {
		is := r.words[i].is
		if r.words[i].shape == small || r.words[i].joins {
			continue
		}
		switch {
		case is&placeCue != 0 && (i == end || i == first):
			return graph.Place
		case is&outletCue != 0 && (i == end || i == first):
			return graph.Outlet
		case i == end && r.lower(i) == "agency" && (r.lower(i-1) == "press" || r.lower(i-1) == "news"):
			return graph.Outlet
		case is&armedCue != 0 && (i == end || i == first):
			return graph.ArmedGroup
		case is&bodyCue != 0:
			return graph.Organisation
		}
	}
	if last-first > 1 && r.is(first, placeFirst) && !r.is(first, maleName|femaleName) {
		return graph.Place
	}
	return ""
}

// believable reports whether a name with a cue has a word beside it that makes it a name: not "Foreign Ministry" alone.
func (r *reader) believable(k, end int) bool {
	for i := r.units[k].First; i < r.units[end-1].Last; i++ {
		w := r.words[i]
		if r.capitalised(i) && w.is&(bodyCue|outletCue|armedCue|placeCue|determiner) == 0 && (!r.title || w.is&common == 0) {
			return true
		}
	}
	return !r.title && end-k > 1
}

// body marks a name whose words tell its kind, with what "of" or "for" adds to it.
func (r *reader) body(k, end int, kind graph.ActorKind) int {
	owner := -1
	if r.units[k].what == nameUnit {
		if kind == graph.Place && r.province(k, end) {
			who := r.known(int(r.lexicon.endings[r.units[k].of].entry))
			r.mark(r.units[k].First, r.units[end-1].Last, who, Mention{Score: 1, Method: "gazetteer"})
			return end
		}
		if o, ok := r.owner(k); ok && r.lexicon.endings[r.units[k].of].as != asSeat {
			owner = o
		}
		if m := r.name(k); m != nil {
			m.Modifier = true
		}
	}
	if kind == graph.Organisation || kind == graph.Place && end-k == 1 {
		end = r.extend(end)
	}
	first, last := r.units[k].First, r.units[end-1].Last
	who := r.unknown(r.surface(first, last), kind)
	if owner >= 0 && owner != who && kind != graph.Place {
		r.people[who].owner = owner
	}
	r.bare(who, first, last)
	r.mark(first, last, who, Mention{Score: 0.8, Method: "name"})
	return end
}

// bare makes a place known without the word that says what it is: "Kamal Khan", a dam.
func (r *reader) bare(who, first, last int) {
	if r.people[who].Kind != graph.Place || last-first < 2 || !barePlaces[r.lower(last-1)] {
		return
	}
	name := foldName(r.surface(first, last-1))
	if _, known := r.local[name]; !known {
		r.local[name] = who
	}
}

var barePlaces = wordSet("dam river district valley canal crossing reservoir wetlands lake refinery", " ")

// province reports whether units [k, end) are a place of the gazetteer and what it is: "Nimroz Province" is Nimroz.
func (r *reader) province(k, end int) bool {
	last := r.units[end-1].First
	return end-k == 2 && (r.lower(last) == "province" || r.lower(last) == "governorate") &&
		r.lexicon.entries[r.lexicon.endings[r.units[k].of].entry].kind == graph.Place
}

// extend returns the unit behind a body's name with its "of …" and "for …".
func (r *reader) extend(end int) int {
	for of, most := false, end+longestName; end < min(len(r.units), most) && r.units[end].First-r.units[end-1].Last <= 2; end++ {
		switch between := r.between(end); {
		case between == "of" || between == "for" || between == "of the" || between == "for the" || between == "on":
			of = true
		case between == "and" && of && r.units[end].what == wordUnit:
		case between == "" && r.continues(end):
		default:
			return end
		}
	}
	return end
}

// between returns the words before unit k since the one before it.
func (r *reader) between(k int) string {
	words := ""
	for i := r.units[k-1].Last; i < r.units[k].First; i++ {
		if words != "" {
			words += " "
		}
		words += r.lower(i)
	}
	return words
}

// short keeps a single word for later, when it is known whose surname it may be.
func (r *reader) short(k int) {
	if i := r.units[k].First; r.words[i].shape != initial && r.words[i].shape != small {
		r.shorts = append(r.shorts, short{i, r.index, r.title})
	}
}

// several marks a name of several words that no cue explains.
func (r *reader) several(k, end int) int {
	first, last := r.units[k].First, r.units[end-1].Last
	who, ok := r.local[foldName(r.surface(first, last))]
	if !ok {
		who, ok = r.variant(k, end)
	}
	if ok {
		r.mark(first, last, who, Mention{Score: 0.9, Method: "name"})
		return end
	}
	kind := r.guess(first, last)
	if kind != graph.Person || r.units[k].what == nameUnit && !r.givenName(k) {
		for i := k; i < end; i++ { // a name of the gazetteer within a guess is surer than the guess
			if r.units[i].what == nameUnit {
				for k < i {
					k = r.group(k, i)
				}
				if k == i {
					r.name(i)
				}
				return i + 1
			}
		}
	}
	switch kind {
	case "":
	case graph.Person:
		r.mark(first, last, r.newPerson(first, last), Mention{Score: 0.75, Method: "name"})
	default:
		r.mark(first, last, r.unknown(r.surface(first, last), kind), Mention{Score: 0.6, Method: "name"})
	}
	return end
}

// anyCommon reports whether a word of a name is a common one.
func (r *reader) anyCommon(first, last int) bool {
	for i := first; i < last; i++ {
		if r.is(i, common) {
			return true
		}
	}
	return false
}

// mostlyCommon reports whether half the words of a name or more are common ones, the last among them.
func (s *scene) mostlyCommon(first, last int) bool {
	n := 0
	for i := first; i < last; i++ {
		if s.is(i, common) {
			n++
		}
	}
	return s.is(last-1, common) && n > 1 && 2*n >= last-first
}

// variant finds the gazetteer's person whose surname ends the units, if the first name begins alike: "Massoud Pezeshkian".
func (r *reader) variant(k, end int) (int, bool) {
	u := r.units[end-1]
	if u.what != nameUnit {
		return 0, false
	}
	entry := int(r.lexicon.endings[u.of].entry)
	e := r.lexicon.entries[entry]
	if e.kind != graph.Person || r.text.Tokens[r.units[k].First].Lower[0] != fold(e.name)[0] {
		return 0, false
	}
	return r.known(entry), true
}

// guess returns the likeliest kind of a name of several words, "" if it is likely none.
func (r *reader) guess(first, last int) graph.ActorKind {
	before := first - 1
	switch sure := r.hinted(first, last, surelyName); {
	case r.isPaper(text.Range{First: first, Last: last}):
		return graph.Outlet
	case r.employs(before):
		return graph.Organisation
	case r.armed(last):
		return ""
	case last < r.sentence.Last && bands[r.lower(last)]:
		return graph.ArmedGroup // "the Shahid Soleimani brigade"
	case sure != "":
		return sure
	case r.is(last, placeCue) && last < r.sentence.Last && r.words[last].shape == small:
		return graph.Place // "the Kamal Khan dam"
	case r.is(first, femaleName|maleName) && !r.is(first, notName):
		return graph.Person
	case r.title && (last-first > 3 || !r.personLike(first, last) || r.anyCommon(first, last)):
		return ""
	case r.words[last-1].shape == upper || r.words[first].shape == upper:
		return graph.Organisation
	case before >= r.sentence.First && r.is(before, locative):
		return graph.Place
	case last < r.sentence.Last && r.is(last, saying) && r.personLike(first, last):
		return graph.Person
	case r.mostlyCommon(first, last): // "Greenwich Mean Time"
		return ""
	}
	if kind := r.hinted(first, last, likelyName); kind != "" {
		return kind
	}
	switch {
	case before >= r.sentence.First && r.lower(before) == "the" && r.is(last-1, common): // "the Persian New Year"
		return ""
	case before >= r.sentence.First && r.lower(before) == "the", r.is(first, notName|classModifier),
		last-first > 4, !r.personLike(first, last):
		return graph.Organisation
	case r.lower(last) == "," && r.lower(last+1) == "which": // “Eldin Terminals, which runs the port”
		return graph.Organisation
	}
	return graph.Person
}
