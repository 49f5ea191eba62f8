package actors

import (
	_ "embed" // word lists
	"fmt"
	"iter"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

//go:embed data/words.txt
var wordsData string

// UsualWords yields the English words that news writes in lower case.
func UsualWords() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, line := range lines(wordsData) {
			for word := range strings.FieldsSeq(line) {
				if !yield(word) {
					return
				}
			}
		}
	}
}

//go:embed data/firstnames.txt
var firstNamesData string

// A property is what we know of an English word that stands alone; a word may have several.
type property uint32

const (
	common        property = 1 << iota // written small in news: a capital at the start of a sentence says nothing
	femaleName                         // a woman's first name
	maleName                           // a man's first name
	bodyCue                            // names of organisations have it: "University"
	outletCue                          // names of media have it: "Gazette"
	armedCue                           // names of armed groups have it: "Brigades"
	placeCue                           // names of places have it: "Province"
	placeFirst                         // names of places begin with it: "Lake"
	particle                           // small words within names: "bin", "al"
	locative                           // prepositions before places: "in"
	saying                             // verbs that persons and bodies do with words
	acting                             // other verbs that only an actor does: "insists", "wants"
	relating                           // prepositions before partners and foes: "with", "against"
	leaving                            // verbs after which those prepositions lead to a place: "left for"
	clause                             // words that begin a clause
	classHead                          // plural nouns that mean nameless sources: "officials"
	classHeadOne                       // the same in the singular
	groupHead                          // the same if a modifier says of what: "aid agencies"
	classModifier                      // adjectives and nouns that say which sources: "diplomatic"
	vagueModifier                      // those that say nothing lasting of them: "senior", "several"
	notName                            // capitalised, yet no names: days, months, "God"
	groupNoun                          // "the group": an armed group or body
	stopping                           // words behind which a source is only described: "a spokesman for"
	determiner                         // "the", "this"
	calendar                           // days and months
	thingCue                           // names of texts, plans and events end with it: "Treaty"
	thingFirst                         // names of such begin with it: "Operation"
)

// wordLists gives properties their words.
var wordLists = map[property]string{
	bodyCue: `academy administration agency alliance army assembly association authority bank board brotherhood bureau cabinet
		center centre chamber church club coalition college command commission committee company congress consortium
		consulate corp corporation corps council court delegation department directorate division embassy exchange faculty
		federation fleet forum foundation fund government group guard headquarters hospital house inc initiative institute institution
		laboratory league legion llc ltd ministry mission mosque movement museum navy network observatory office
		organisation organization panel parliament partnership party police project school secretariat senate seminary service
		services society summit syndicate taskforce trust tribunal union university watch wing workshop
		soldiers forces force marines squadron battery detachment airlines airways energy oil petroleum systems industries
		holding holdings program programme technologies labs analytics rights terminals mills lines railways motors shipyards shipping logistics
		pharmaceuticals insurance telecom plc fc guild rovers athletic wanderers steel`,
	outletCue: `broadcasting bulletin chronicle courier digest dispatch ledger letter monitor review daily gazette herald journal magazine media news newspaper post press radio telegraph times television tribune tv weekly`,
	armedCue:  `brigade brigades battalion battalions regiment front militia militias mujahideen mojahedin rebels resistance fighters jihad liwa katibat kataib harakat jaish lashkar`,
	placeCue: `airport bay base beach border bridge canal city coast county crossing dam desert district garrison governorate gulf heights hills island islands lake mountain mountains ocean palace pass peninsula plain plateau port prefecture prison province refinery region river road sea square strait street town territory valley village zone avenue
		corridor wetlands wetland basin delta enclave shrine camp airbase airfield harbour harbor reservoir rud junction
		roundabout checkpoint archipelago`,
	thingCue: `treaty treaties agreement agreements accord accords pact convention conventions protocol protocols charter
		communique report reports update updates act law bill declaration framework snapshot plan roadmap strategy doctrine
		dialogue process war wars day operation operations offensive revolution uprising massacre intifada decree
		resolution memorandum amendment procedure guidelines code test cup prize award cessation dome
		ceasefire truce`,
	thingFirst: `operation exercise resolution article annex chapter`,
	placeFirst: `kfar beit wadi jabal jebel ras deir fort lake mount north south east west northern southern eastern western camp cape port gulf saint`,
	particle:   `al el ul ur bin ibn abu abd de del della der den van von da di la le dos du al-din uz ud`,
	locative:   `in at near outside inside across around throughout from into off`,
	saying: `said says say told tells tell stated states added adds noted notes warned warns claimed claims argued argues explained
		explains continued emphasized emphasised stressed stresses insisted insists announced announces confirmed confirms denied
		denies declared declares accused accuses called calls urged urges rejected rejects condemned condemns reported reports
		replied wrote writes asked asks believes thinks concluded pointed suggested suggests reiterated alleged vowed pledged
		described describes acknowledged admitted cautioned commented tweeted posted promised predicted testified questioned
		criticized criticised praised welcomed demanded demands threatened expressed observed recalled remarked spoke
		say tell state add note warn claim argue explain stress insist announce confirm deny declare accuse urge reject condemn
		believe think suggest reiterate describe acknowledge admit caution agree allege emphasize emphasise estimate estimated
		assess assessed fear expect contend contends contended object objected objects protest protested disagree disagreed doubt doubted decline declined
		refuse maintain conclude predict question point points concede conceded
		persuade persuaded convince convinced`,
	acting: `has had is was wants wanted seeks sought hopes hoped fears feared plans planned refuses refused agreed agrees
		tries tried aims aimed views viewed considers considered supports supported backs backed sent sends signed remains
		recognizes recognises recognized recognised maintains maintained wishes expects expected faces faced needs will would
		should must can could may might does did continues appears launched responded decided blamed blames hosted hosts
		offered offers sees saw uses used moved made makes gave gives took takes pushed pushes struck stepped pays paid severed
		severs recalled recalls cancelled canceled cancels suspended suspends imposed imposes expelled expels deployed deploys
		froze lifted lifts vetoed ratified withdrew armed arms funded funds bankrolls deported deports extradited summoned
		summons retaliated retaliates`,
	relating: `with against between by for upon on about`,
	leaving:  `left leave leaves leaving departed departs bound headed heads flew flies traveled travelled set`,
	clause:   `that who which because when after before while since if and but as whom whose where`,
	classHead: `officials sources analysts experts authorities leaders diplomats observers critics witnesses residents activists
		lawmakers politicians commanders scholars academics researchers economists lawyers doctors protesters villagers locals
		journalists reporters militants eyewitnesses insiders aides advisers advisors allies opponents supporters rivals
		investigators prosecutors policymakers scientists specialists spokespeople spokesmen veterans elders clerics
		representatives delegates envoys negotiators refugees migrants survivors pollsters commentators executives traders
		police people voters environmentalists regulators demonstrators physicians attorneys parents relatives students
		workers civilians pilgrims passengers neighbours neighbors citizens readers users customers companies shopkeepers
		farmers officers troops soldiers generals ministers parliamentarians legislators
		environmentalists advocates supporters backers proponents detractors sceptics skeptics historians pollsters
		conservatives liberals moderates progressives donors employees employers executives entrepreneurs investors lenders
		landlords tenants teachers professors graduates strategists staffers superdelegates surrogates candidates
		contenders mayors governors senators congressmen councillors judges jurors firefighters medics nurses paramedics
		psychologists epidemiologists geologists engineers inspectors auditors whistleblowers relatives colleagues friends
		classmates viewers listeners commuters consumers taxpayers homeowners immigrants inmates prisoners hostages
		loyalists commissioners separatists dissidents exiles feminists columnists correspondents
		editors moderators organisers organizers volunteers campaigners canvassers defectors informants bankers brokers
		fundraisers contractors suppliers manufacturers publishers producers artists musicians athletes players fans
		clergymen bishops imams priests rabbis monks worshippers mourners bystanders passersby onlookers tourists
		women men families teenagers youths millennials seniors`,
	classHeadOne: `official source analyst expert diplomat observer critic witness resident activist lawmaker aide
		insider eyewitness scholar researcher villager adviser advisor commander spokesman spokeswoman spokesperson
		parliamentarian legislator`,
	groupHead: `agencies organizations organisations groups governments media outlets forces channels institutions circles
		quarters communities powers states countries nations parties services militias factions bodies
		companies networks associations charities families populations delegations partners militia rulers`,
	classModifier: `diplomatic western eastern european african asian regional international local foreign domestic official
		intelligence security military defense defence government state political religious tribal opposition independent
		human rights civil society aid humanitarian medical health legal nuclear financial economic business media press news
		palace court police judicial congressional parliamentary presidential administration republican democratic
		law enforcement advocacy women women's student union election border customs immigration
		informed knowledgeable anonymous allied gulf arab muslim islamist sunni shia shiite jewish christian
		social community relief rescue monitoring research outside neighbouring neighboring southern northern
		conservative hardline hard-line reformist moderate liberal environmental industry market energy oil former ex
		counterterrorism counter-terrorism army air naval rebel militant jihadist transnational extremist jihadi proxy latin american
		private public`,
	vagueModifier: `senior top high-ranking high ranking several some many most two three four five six several various other
		unnamed unidentified anonymous numerous few more leading key recent respected prominent veteran certain one
		dozens hundreds thousands multiple all both these those the an a his her its their our
		high-level level current retired seasoned`,
	notName: `god islam islamic islamist islamists muslim muslims christian christians jews jewish jew sunni sunnis shia shiite
		shiites shi'a shi'ite internet covid english arabic persian farsi pashto dari hebrew ramadan eid quran koran bible
		nazi communist i'm i mr mrs ms western west westerners eastern east northern southern north south
		republican democrat democratic hispanic hispanics latino latinos
		twitter facebook youtube telegram instagram web olympic olympics nobel states jcpoa npt tapi uav uavs ied ieds
		shahed ababil burkan qasef zolfaghar sejjil kalashnikov katyusha himars tomahawk hellfire kornet`,
	calendar: `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
		september october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun`,
	groupNoun:  `group movement militia organization organisation organisations faction militants rebels`,
	stopping:   `for of at in from on with who which that whose whom to by near about after including`,
	determiner: `the this that these those a an his her its their our some several many`,
}

// A role is what a person is called by: an office, a rank, or a calling.
type role struct {
	name   string // the form that others are brought to
	also   string // other forms, parted by ";"
	gender gender
	before bool // it stands before names only: "Mr."
}

// roles lists them; "X minister" is every ministry's.
var roles = []role{
	{name: "president", also: "presidents"},
	{name: "vice president", also: "vice-president"},
	{name: "prime minister", also: "premier;caretaker prime minister;acting prime minister"},
	{name: "deputy prime minister", also: "deputy premier"},
	{name: "foreign minister", also: "minister of foreign affairs;minister for foreign affairs;acting foreign minister;external affairs minister;top diplomat"},
	{name: "deputy foreign minister", also: "deputy minister of foreign affairs"},
	{name: "defence minister", also: "defense minister;minister of defense;minister of defence;acting defense minister;defense secretary;secretary of defense;defence secretary"},
	{name: "interior minister", also: "minister of interior;minister of the interior;acting interior minister"},
	{name: "health minister", also: "minister of health;minister of public health"},
	{name: "finance minister", also: "minister of finance"},
	{name: "economy minister", also: "minister of economy"},
	{name: "energy minister", also: "minister of energy"},
	{name: "oil minister", also: "minister of petroleum;petroleum minister"},
	{name: "trade minister", also: "commerce minister;minister of commerce"},
	{name: "justice minister", also: "minister of justice"},
	{name: "information minister", also: "minister of information"},
	{name: "education minister", also: "minister of education"},
	{name: "intelligence minister", also: "minister of intelligence"},
	{name: "minister", also: "deputy minister;acting minister"},
	{name: "secretary of state"},
	{name: "foreign secretary"},
	{name: "home secretary"},
	{name: "assistant secretary", also: "deputy assistant secretary;under secretary;undersecretary;assistant secretary of state;deputy secretary;deputy secretary of state"},
	{name: "secretary-general", also: "secretary general;general secretary;deputy secretary-general"},
	{name: "director-general", also: "director general"},
	{name: "supreme leader"},
	{name: "leader", also: "co-leader;leaders"},
	{name: "emir"},
	{name: "king", gender: he},
	{name: "queen", gender: she},
	{name: "prince", gender: he},
	{name: "crown prince", gender: he},
	{name: "princess", gender: she},
	{name: "sultan", gender: he},
	{name: "pope", gender: he},
	{name: "chancellor"},
	{name: "governor", also: "gov."},
	{name: "deputy governor"},
	{name: "mayor", also: "deputy mayor"},
	{name: "senator", also: "sen.;sens."},
	{name: "representative", also: "rep.;reps."},
	{name: "congressman", gender: he},
	{name: "congresswoman", gender: she},
	{name: "lawmaker", also: "member of parliament;legislator;parliamentarian;ranking member"},
	{name: "speaker"},
	{name: "judge"},
	{name: "justice"},
	{name: "attorney general"},
	{name: "prosecutor"},
	{name: "lawyer", also: "attorney"},
	{name: "national security adviser", also: "national security advisor"},
	{name: "adviser", also: "advisor;senior adviser;senior advisor"},
	{name: "ambassador", also: "amb."},
	{name: "envoy", also: "special envoy;special presidential envoy;special representative"},
	{name: "special rapporteur"},
	{name: "high commissioner"},
	{name: "high representative"},
	{name: "commissioner"},
	{name: "consul", also: "consul general"},
	{name: "spokesman", gender: he, also: "deputy spokesman;chief spokesman"},
	{name: "spokeswoman", gender: she, also: "deputy spokeswoman"},
	{name: "spokesperson", also: "deputy spokesperson"},
	{name: "chief executive", also: "ceo;chief executive officer"},
	{name: "director", also: "deputy director;executive director"},
	{name: "chief", also: "deputy chief"},
	{name: "head", also: "deputy head"},
	{name: "chairman", gender: he},
	{name: "chairwoman", gender: she},
	{name: "chair"},
	{name: "secretary"},
	{name: "commander", also: "deputy commander;cmdr.;commander-in-chief;commander in chief"},
	{name: "coordinator"},
	{name: "general", also: "gen.;lt. gen.;lieutenant general;maj. gen.;major general;brig. gen.;brigadier general;brigadier;chief of staff"},
	{name: "colonel", also: "col.;lt. col.;lieutenant colonel"},
	{name: "major", also: "maj."},
	{name: "captain", also: "capt."},
	{name: "lieutenant", also: "lt.;1st lt.;2nd lt."},
	{name: "admiral", also: "adm.;vice adm.;rear adm."},
	{name: "sergeant", also: "sgt.;staff sgt.;sgt. 1st class;master sgt.;sergeant major;tech. sgt.;sgt. maj.;command sgt. maj.;1st sgt."},
	{name: "specialist", also: "spc."},
	{name: "private", also: "pvt.;pfc.;cpl.;corporal", before: true},
	{name: "ayatollah", gender: he, also: "grand ayatollah"},
	{name: "imam", gender: he},
	{name: "mullah", gender: he, also: "mawlawi;maulvi;molavi;mowlavi;maulana", before: true},
	{name: "sheikh", gender: he, also: "shaikh", before: true},
	{name: "sayyid", gender: he, also: "seyed;seyyed;sayed;sayyed;syed", before: true},
	{name: "hojatoleslam", gender: he, before: true},
	{name: "haji", gender: he, before: true},
	{name: "sardar", gender: he, before: true},
	{name: "mr", gender: he, also: "mr.", before: true},
	{name: "mrs", gender: she, also: "mrs.;ms.;ms;miss;madam", before: true},
	{name: "sir", gender: he, before: true},
	{name: "lady", gender: she, before: true},
	{name: "lord", gender: he, before: true},
	{name: "doctor", also: "dr.;dr", before: true},
	{name: "professor", also: "prof.;associate professor;assistant professor;lecturer"},
	{name: "reverend", also: "rev.", before: true},
	{name: "bishop"},
	{name: "archbishop"},
	{name: "cleric"},
	{name: "academic"},
	{name: "analyst"},
	{name: "expert"},
	{name: "researcher", also: "research fellow;senior fellow;fellow"},
	{name: "scholar"},
	{name: "economist"},
	{name: "historian"},
	{name: "political-scientist", also: "political scientist"},
	{name: "journalist", also: "reporter;correspondent;editor"},
	{name: "activist"},
	{name: "diplomat", also: "senior diplomat"},
	{name: "official"},
	{name: "politician"},
	{name: "author", also: "writer"},
	{name: "scientist"},
	{name: "physician"},
	{name: "teacher"},
	{name: "businessman", gender: he},
	{name: "farmer"},
	{name: "trader"},
	{name: "student"},
	{name: "resident"},
	{name: "officer"},
	{name: "founder", also: "co-founder"},
	{name: "candidate"},
	{name: "warlord"},
}

// learned are the callings that news changes about for one person.
var learned = wordSet("academic professor scholar researcher expert analyst economist historian scientist political-scientist", " ")

// offices are the roles of which a state or body has one at a time, so that "the Iranian president" means somebody even
// if no text names him.
var offices = wordSet(`president;prime minister;foreign minister;defence minister;interior minister;supreme leader;
	secretary-general;health minister;finance minister;economy minister;energy minister;oil minister;trade minister;
	justice minister;information minister;education minister;intelligence minister;king;queen;chancellor;crown prince;
	vice president;secretary of state;foreign secretary`, ";")

// A body is a part that most states have.
type body struct {
	name string // "" stands for the state itself
	also string // other forms, parted by ";"
	kind graph.ActorKind
}

// forces are what "troops" and "soldiers" without a name are of.
var forces = body{"armed forces", "military;forces;troops;security forces", graph.Organisation}

// bodies lists them; parliaments and forces keep the small letter in which news writes them.
var bodies = []body{
	{"Ministry of Foreign Affairs", "foreign ministry;ministry of foreign affairs;ministry for foreign affairs;mfa;mofa;foreign affairs ministry", graph.Organisation},
	{"Ministry of Defence", "defence ministry;defense ministry;ministry of defence;ministry of defense;mod;ministry of national defense;ministry of national defence", graph.Organisation},
	{"Ministry of Interior", "interior ministry;ministry of interior;ministry of the interior;ministry of interior affairs", graph.Organisation},
	{"Ministry of Intelligence", "intelligence ministry;ministry of intelligence", graph.Organisation},
	{"Ministry of Health", "health ministry;ministry of health;ministry of public health", graph.Organisation},
	{"Ministry of Finance", "finance ministry;ministry of finance", graph.Organisation},
	{"Ministry of Economy", "economy ministry;ministry of economy", graph.Organisation},
	{"Ministry of Energy", "energy ministry;ministry of energy", graph.Organisation},
	{"Ministry of Petroleum", "oil ministry;petroleum ministry;ministry of petroleum;ministry of oil", graph.Organisation},
	{"Ministry of Justice", "justice ministry;ministry of justice", graph.Organisation},
	{"Ministry of Education", "education ministry;ministry of education", graph.Organisation},
	{"Ministry of Commerce", "commerce ministry;trade ministry;ministry of commerce;ministry of trade", graph.Organisation},
	{"Ministry of Agriculture", "agriculture ministry;ministry of agriculture", graph.Organisation},
	{"Ministry of Culture", "culture ministry;ministry of culture", graph.Organisation},
	{"Ministry of Information", "information ministry;ministry of information", graph.Organisation},
	{"Ministry of Transport", "transport ministry;ministry of transport;ministry of transportation", graph.Organisation},
	{"Prime Minister's Office", "prime minister's office;pmo;office of the prime minister", graph.Organisation},
	{"presidency", "president's office;presidential office;office of the president", graph.Organisation},
	{"embassy", "", graph.Organisation},
	{"parliament", "national assembly;legislature", graph.Organisation},
	{"judiciary", "", graph.Organisation},
	{"Supreme Court", "supreme court", graph.Organisation},
	{"central bank", "", graph.Organisation},
	forces,
	{"army", "", graph.Organisation},
	{"navy", "naval forces", graph.Organisation},
	{"air force", "", graph.Organisation},
	{"police", "", graph.Organisation},
	{"intelligence agency", "intelligence service;intelligence services;spy agency", graph.Organisation},
	{"Security Council", "national security council", graph.Organisation},
	{"state media", "state-run media;state run media;state-controlled media;official media;state-owned media", graph.SourceClass},
	{"state television", "state tv;state broadcaster", graph.Outlet},
	{"media", "", graph.SourceClass},
	{"", "government;regime", graph.State},
}

func wordSet(list, separator string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Split(list, separator) {
		set[strings.Join(strings.Fields(w), " ")] = true
	}
	return set
}

// readFirstNames calls add for each name under its heading: [she], [he] or [either].
func readFirstNames(source string, add func(name string, p property)) error {
	var p property
	for n, line := range lines(source) {
		switch line {
		case "[she]":
			p = femaleName
		case "[he]":
			p = maleName
		case "[either]":
			p = femaleName | maleName
		default:
			if p == 0 || strings.HasPrefix(line, "[") {
				return fmt.Errorf("first names line %d: %w: want [she], [he] or [either] first", n, graph.ErrInvalid)
			}
			for _, name := range strings.Fields(line) {
				add(name, p)
			}
		}
	}
	return nil
}
