package relations

import (
	"slices"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/actors"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A unit is what a sentence is read by: a mention of one or more actors as a whole, or a token outside of mentions.
type unit struct {
	text.Span
	low      string // of a token, "" for a mention
	actors   []int  // of a mention: "Upland and Lowland forces" has two
	modifier bool   // the mention only says whose
	pronoun  bool   //
	capital  bool   // it begins with an upper-case letter
	attached bool   // no space stands before it
}

func (u unit) actor() bool { return len(u.actors) > 0 }

// A sentence is one sentence as units, with what its words can be.
type sentence struct {
	units     []unit
	words     lexicon
	cast      *actors.Cast
	published time.Time  // the day of publication, zero if unknown
	started   int        // index of the first unit that a reading may use
	doers     []int      // the agents of the last trigger
	begins    bool       // the trigger says when what lasts begins
	last      []Relation // what the last trigger told
	asks      bool       // the sentence is a question that yes or no would answer
}

// possessives are the pronouns that stand before what somebody has.
var possessives = set("its his her their our my your whose")

// fill reads the units of a range of tokens. Mentions start with the first that can lie in the range; the index of the
// first beyond it comes back.
func (s *sentence) fill(t *text.Text, r text.Range, mention int) int {
	cast := s.cast
	s.units = s.units[:0]
	for i := r.First; i < r.Last; {
		at := t.Tokens[i]
		for mention < len(cast.Mentions) && (cast.Mentions[mention].Start < at.Start || s.predicated(t, i, cast.Mentions[mention])) {
			mention++
		}
		if mention == len(cast.Mentions) || cast.Mentions[mention].Start >= at.End {
			s.units = append(s.units, unit{Span: at.Span, low: at.Lower, capital: t.Capital(i), attached: t.Attached(i)})
			i++
			continue
		}
		m := cast.Mentions[mention]
		u := unit{Span: m.Span, modifier: m.Modifier, pronoun: m.Form == actors.Pronoun, capital: t.Capital(i), attached: t.Attached(i)}
		for mention < len(cast.Mentions) && cast.Mentions[mention].Span == m.Span {
			u.actors = append(u.actors, cast.Mentions[mention].Actor)
			mention++
		}
		u.modifier = u.modifier || u.pronoun && possessives[at.Lower] && at.Lower != "her" // which also means her
		for n := mention; n < len(cast.Mentions) && cast.Mentions[n].Start < m.End; n++ {
			other := cast.Mentions[n]
			if other.End == m.End && !other.Modifier && s.allOf(graph.SourceClass, []int{m.Actor, other.Actor}) {
				u.actors = append(u.actors, other.Actor) // "Upland and Mirean soldiers"
			}
		}
		first := i
		for i < r.Last && (t.Tokens[i].Start < m.End || i == first) {
			i++
		}
		s.units = append(s.units, u)
	}
	s.unbracket()
	return mention
}

// longestBrackets is how many units may stand in brackets that a reading passes over.
const longestBrackets = 14

// unbracket takes out the brackets behind names: "the Lake League (LL) met".
func (s *sentence) unbracket() {
	kept := s.units[:0]
	for i := 0; i < len(s.units); i++ {
		last := len(kept) - 1
		if last > 0 && genitive(kept[last].low) {
			last-- // "the League’s (LL) council"
		}
		if end := s.closing(i); end > i && last >= 0 && kept[last].actor() {
			i = end
			continue
		}
		kept = append(kept, s.units[i])
	}
	s.units = kept
}

// closing returns the unit that closes the bracket at i, i if none does soon.
func (s *sentence) closing(i int) int {
	if s.units[i].low != "(" {
		return i
	}
	for k := i + 1; k < min(len(s.units), i+longestBrackets); k++ {
		if s.units[k].low == ")" {
			return k
		}
	}
	return i
}

// predicated reports whether a mention that begins at token i only says what somebody else is to its owner, and is to be
// read word by word: "one of Upland’s allies", "Upland’s allies such as".
func (s *sentence) predicated(t *text.Text, i int, m actors.Mention) bool {
	if a := s.cast.Actors[m.Actor]; a.Kind != graph.SourceClass || a.Owner < 0 || m.Start != t.Tokens[i].Start {
		return false
	}
	last := i
	for last+1 < len(t.Tokens) && t.Tokens[last+1].Start < m.End {
		last++
	}
	e, ok := s.words.entry(t.Tokens[last].Lower, role)
	if !ok || e.person {
		return false
	}
	if i > 0 && predicating[t.Tokens[i-1].Lower] {
		return true
	}
	return last+1 < len(t.Tokens) && (listing[t.Tokens[last+1].Lower] || t.Capital(last+1))
}

// at returns the word at i, "" for a mention or beyond the sentence.
func (s *sentence) at(i int) string {
	if i < s.started || i >= len(s.units) {
		return ""
	}
	return s.units[i].low
}

func (s *sentence) actor(i int) bool {
	return i >= s.started && i < len(s.units) && s.units[i].actor()
}

// is reports whether the word at i has an entry of the frame.
func (s *sentence) is(i int, f frame) bool {
	_, ok := s.entry(i, f)
	return ok
}

// opens reports whether the words at i are those of an entry of the frame, several perhaps: "broke off".
func (s *sentence) opens(i int, f frame) bool {
	return slices.ContainsFunc(s.words[s.at(i)], func(e entry) bool {
		return e.frame == f && s.matches(i, e) && (e.form != base || s.verbal(i))
	})
}

// verbal reports whether the plain form at i stands where a verb can: not "trade" of "held trade talks".
func (s *sentence) verbal(i int) bool {
	w := s.at(i - 1)
	return w == "" || w == "to" || w == "and" || possibly[w] || future[w] || auxiliary[w] || negations[w] || adverb(w) || clauses[w]
}

func (s *sentence) entry(i int, f frame) (entry, bool) { return s.words.entry(s.at(i), f) }

// acts reports whether the word at i is a noun for those who act.
func (s *sentence) acts(i int) bool { return s.is(i, acting) || s.is(i, people) }

// person reports whether all actors of a unit are persons.
func (s *sentence) person(actors []int) bool { return s.allOf(graph.Person, actors) }

// allOf reports whether all actors of a unit are of that kind.
func (s *sentence) allOf(kind graph.ActorKind, actors []int) bool {
	return !slices.ContainsFunc(actors, func(a int) bool { return s.cast.Actors[a].Kind != kind })
}

// question reports whether the sentence asks whether something is so: "Did A meet B?".
func (s *sentence) question() bool {
	first, last := 0, len(s.units)-1
	for first < last && punctuation(s.units[first].low) {
		first++
	}
	for last > first && punctuation(s.units[last].low) && s.units[last].low != "?" {
		last--
	}
	w := s.units[first].low
	return s.units[last].low == "?" && (being[w] || having[w] || possibly[w] || future[w] || auxiliary[w])
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// Small words by what they do.
var (
	determiners  = set("the a an this these those some all both any each every several many no two three four five its his her their")
	prepositions = set(`of in on at from with by to for against over under into toward towards between among amid after before
		during since about near within without via through across around along despite including like than as upon
		regarding concerning until per alongside beside besides atop amidst onto off behind beyond inside
		outside throughout versus`)
	clauses = set(`that which who whose whom while when where because although though if unless whether but lest so what how
		why whereas yet nor or`)
	// conjunctions are the prepositions that also open a clause: "after A attacked".
	predicating  = set("of is are was were be been as a an ,")
	listing      = set("such including like namely , : – — ( -")
	conjunctions = set("as after before since until than")
	manners      = set("turn fact part return effect private public secret response theory practice absentia")
	being        = set("is are was were be been being became become becomes isn't aren't wasn't weren't")
	having       = set("has have had having hasn't haven't hadn't")
	auxiliary    = set(`do does did don't doesn't didn't get got remain remains remained`)
	negations    = set("not never cannot isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't couldn't can't shouldn't mustn't without no neither nor")
	possibly     = set("nearly almost may might could would should must can cannot wouldn't couldn't can't shouldn't mustn't ought")
	future       = set("will shall won't 'll")
	conditions   = set("if unless whether lest should")
	pending      = set("once until")
	factive      = set("used uses using enabled enables enabling allowed allows allowing forced forces forcing joined rushed flew travelled traveled arrived gathered convened hurried donated spent paid")
	abstains     = set("refrain refrains refrained refraining abstain abstains abstained abstaining shied shy")
	counts       = set("dozen dozens twenty thirty forty fifty sixty hundred hundreds thousand thousands million half")
	speaking     = set("speak speaks spoke spoken speaking")
	wished       = set("called calls call calling demand demands demanded demanding urged urges urging sought seeks")
	unproven     = set("evidence proof indication sign signs suggestion truth")
	ideas        = set("idea notion suggestion suggestions claim claims allegation allegations report reports rumours rumors theory accusation accusations")
	dismissed    = set("denied denies dismissed dismisses rejected rejects refuted disputed disputes debunked down denying dismissing rejecting")
	adjectival   = set("ruling incoming outgoing leading warring visiting neighbouring neighboring opposing remaining existing sitting breaking")
	alleged      = set("alleged possible potential would-be suspected purported reported hypothetical any")
	preventing   = set("block blocks blocked blocking veto vetoes vetoed vetoing")
	uncertain    = set("event risk possibility prospect threat danger fear likelihood chance case idea hopes hope")
	// arms act for whoever has them, but nobody deals with them.
	arms = set(`missiles missile drones drone rockets rocket jets warplanes aircraft airstrikes airstrike strike strikes raid raids
		bomb bombs mine mines shells shelling bombardment artillery device air suicide`)
	// bands are those who fight for themselves, whoever's they are called.
	bands = set("militia militias rebels insurgents gunmen group groups movement movements factions faction bands")
	// governing act for the state in which they are: "police in A".
	governing  = set("police authorities officials prosecutors government court courts judge judges parliament lawmakers tribunal regulators customs")
	addressing = set("on upon to with for by")
	borders    = set("border borders frontier boundary")
	// strangers do what nobody known is said to have done.
	strangers = set(`gunmen militants rebels insurgents attackers assailants bombers protesters protestors demonstrators rioters activists
		students workers farmers villagers residents tribesmen extremists terrorists jihadists separatists pirates police
		mobs crowds mob crowd court judge jury tribunal prosecutors people men hundreds thousands dozens
		nurses teachers doctors lawyers miners drivers traders fishermen settlers hackers smugglers loyalists dissidents opposition
		parents women priests monks lawmakers legislators mps regulators investigators soldiers troops crews unions`)

	// unnamed are persons for whom their party or state does not stand.
	unnamed  = set("nominee nominees candidate candidates contender contenders donor donors voter voters supporters critics hopefuls")
	strained = set("difficult complicated troubled poor bad damaged frosty rocky tense strained hostile icy sour fraught chilly uneasy bitter stormy")
	closes   = set(". , ; : ! ? – —")
	lacking  = set("absence lack end cessation suspension breakdown collapse")
	// verbal are attacks that nobody dies of.
	verbal  = set("public rhetorical verbal personal withering blistering scathing bitter negative political legal")
	adverbs = set(`also then again already now still just even once often always later earlier today yesterday ever soon
		thus therefore meanwhile together further together twice both all each long first jointly hard sometimes never`)
	partitive = set(`province region capital state government people republic millions
		thousands hundreds dozens scores number group groups series members unit branch assets convoy convoys patrol patrols`)
	// sites stand for the state in which they are, if they are attacked.
	sites = set(`town towns city cities village villages district districts port ports area areas camp camps position positions base
		bases headquarters stronghold strongholds checkpoint checkpoints outpost outposts post posts barracks home homes house houses
		target targets airport airfield suburb suburbs neighbourhood neighbourhoods building buildings facility facilities
		site sites depot depots refinery hideout hideouts hospital hospitals school schools market prison`)
	// opening words begin a phrase that says on which occasion the rest happened.
	opening = set("in at during after following on before ahead")
	// dwellers do so, too.
	dwellers = set("people civilians villagers residents families refugees survivors victims migrants worshippers pilgrims children")
	inside   = set("in inside")
	// apart are the words that may follow a name without making it say whose they are.
	apart = set(`ahead right early today yesterday tomorrow tonight here there home back alone alike last next this that once more most less least
		such so then ago if when while not no n't away up down out off over hard twice anyway though either too else abroad now yet
		himself herself itself themselves dead alive free liable responsible guilty overnight nearby nationwide closer nearer`)
	// irregular are pasts that do not look like it.
	irregular = set(`used said wrote told saw came went took made knew thought found gave got kept lost paid ran sat
		sold sent spent spoke stood taught won began became brought bought built chose did drew drove fell flew grew heard hid held
		laid led lent let lit rose sang sank shook shut slept stuck swore threw understood withdrew woke wore wept quit
		says goes gets knows sees thinks wants seems`)
	// matters are what a name before them only tells the subject of: "the Upland deal".
	matters    = set("deal deals agreement pact treaty war conflict crisis sanctions policy strategy nomination ticket race primary election vote vaccine accord talks bill law")
	moments    = set("last next today yesterday tomorrow tonight ahead here there")
	movers     = set("deployed visiting drawn recruited dispatched")
	appositive = set("a an the who which whose along together including as then led headed accompanied said known also formerly once born")
)

// approximations stand before a number that is not exact.
var approximations = [][]string{
	{"more", "than"}, {"at", "least"}, {"at", "most"}, {"up", "to"}, {"as", "many", "as"}, {"fewer", "than"}, {"less", "than"}, {"about"}, {"around"}, {"over"},
}

// adverb reports whether a word only colours a verb.
func adverb(w string) bool {
	return adverbs[w] || len(w) > 4 && strings.HasSuffix(w, "ly")
}

func punctuation(w string) bool {
	return w != "" && strings.IndexFunc(w, func(r rune) bool { return !strings.ContainsRune(".,;:!?()[]\"“”‘’'—–-…/", r) }) < 0
}

// compounded reports whether the hyphen at i joins two words: "a four-day visit".
func (s *sentence) compounded(i int) bool {
	return s.at(i) == "-" && i+1 < len(s.units) && s.units[i].attached && s.units[i+1].attached
}

// genitive reports whether a word makes what stands before it say whose something is.
func genitive(w string) bool { return w == "'s" || w == "’" || w == "'" }
