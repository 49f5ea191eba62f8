package citations

import "strings"

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

var (
	// One text that could be looked up.
	document = set(`report statement article study analysis interview briefing brief release communique communiqué document
		paper survey memo memorandum letter speech tweet post testimony transcript dispatch editorial column resolution review
		assessment estimate forecast bulletin factsheet broadcast readout update note filing complaint indictment yearbook handbook op-ed
		podcast commentary remarks address press-release newsletter website site page blog book`)
	// Many texts, or a body of data.
	documents = set(`reports statements articles studies analyses interviews briefings briefs releases communiques
		communiqués documents papers surveys memos letters speeches tweets posts testimonies transcripts dispatches editorials
		columns resolutions reviews assessments bulletins factsheets broadcasts readouts updates notes filings publications
		data figures estimates records archives archive statistics files reporting coverage commentaries database dataset
		monitoring findings cables leaks correspondents`)
	// What such texts are called by, in small letters between a name and its noun.
	describing = set(`official annual monthly weekly daily quarterly press news public joint recent various multiple several
		open-source media agency agencies state field country human rights security intelligence defence defense policy
		situation fact sheet sheets white background latest internal leaked preliminary final english persian arabic dari
		pashto russian service telegram channel account website web online page wire staff author trade economic
		humanitarian independent government ministry spokesperson spokesman office conference satellite imagery flight
		tracking local al. working white army police military hospital court industry company union party tribal border customs
		port market palace bank school church prison rebel opposition royal municipal regional judicial legal medical two
		three four five several some many senior former unnamed western`)
	// Verbs between a source and its date: "(Reuters reported on 3 May)".
	reports = set("reported said wrote announced")
	// Nameless sources, in small letters throughout.
	anonymous = set(`sources media agencies outlets officials analysts witnesses diplomats residents experts press author authors`)
	// Names that end so, or begin so, are those of bodies that publish.
	bodies = set(`news agency times post journal herald tribune guardian gazette telegraph monitor observer press radio tv
		television broadcasting network channel wire media watch international institute institution center centre council
		foundation initiative ministry department office bureau commission committee secretariat embassy university college
		library academy organization organisation association society federation programme program fund bank command
		treasury observatory project archive nations service review today daily weekly magazine tracker monitoring relations
		digest chronicle courier spokesperson directorate administration authority inspectorate consulate mission`)
	// Bodies whose names go on with "of", "for" or "on" and may hold commas: "Ministry of Trade, Industry and Mines".
	wholes = set(`ministry department committee bureau council centre center institute office commission organization
		organisation directorate school faculty college secretariat agency academy association subcommittee institution
		society foundation federation union chamber`)
	// Small words within names.
	joining = set(`of for on the and in to & de la del du des et al from at against der und und's with le by`)
	// A bracket with one of these is no citation.
	pictures = set(`photo photos photograph photographs image images picture pictures pictured file-photo credit credits
		left right top bottom centre-left centre-right illustration map screenshot courtesy handout video getty caption
		animation graphic infographic figure table appendix annex chapter`)
	// "(Reporting by …; editing by …)" names persons of the desk.
	crew = set(`reporting editing writing additional compiled edited written translated updated adds corrects recasts
		subscribe read click follow share listen`)
	// Capital letters that are no source: states, units, eras, parties' seats.
	statesAndUnits = set(`us u.s u.s. usa u.s.a u.s.a. uk u.k u.k. uae u.a.e. eu e.u. ksa drc prc ussr gdr gmt utc est edt cst
		cdt pst pdt bst cet ist irst aft am pm a.m. p.m. ad bc ce bce usd eur gbp irr irt afn pkr ceo cfo pm. mp mps ii iii
		iv vi vii viii ok tbd tba na n/a id phd md jr sr nyse nasdaq plc ltd llc`)
	abbreviations = set(`jan feb mar apr jun jul aug sep sept oct nov dec inc corp ltd co jr sr dr mr mrs ms prof gen col st
		no vol pp p ch ed eds et al`)
	// "Ministry of Defence (MoD)", "an armed group (XYZ)": a noun before a bracket that the bracket only names.
	named = set(`agency agencies organisation organization organisations organizations group groups ministry corps forces
		force movement movements party parties army militia militias union alliance coalition council committee command
		front brigade brigades network body bodies countries states members states' nations provinces cities faction
		factions institutions watchdogs companies banks service services commission department office`)
	// Places within a source: "p. 12", "para. 3".
	locators = set(`p p. pp pp. page pages para para. paras paragraph section sec sec. § vol vol. no no. art. article ch ch.
		slide minute`)
)

// leads open a citation: "(see Amnesty International)", "(according to residents)". Longer ones come first.
var leads = [][]string{
	{"according", "to"},
	{"as", "reported", "by"},
	{"as", "quoted", "by"},
	{"as", "cited", "by"},
	{"as", "cited", "in"},
	{"as", "reported", "in"},
	{"with", "inputs", "from"},
	{"with", "input", "from"},
	{"with", "reporting", "by"},
	{"with", "information", "from"},
	{"interview", "with"},
	{"reported", "by"},
	{"quoted", "by"},
	{"quoted", "in"},
	{"cited", "by"},
	{"cited", "in"},
	{"hat", "tip"},
	{"h/t"},
	{"ref"},
	{"see", "also"},
	{"see", "e.g."},
	{"see", "for", "example"},
	{"based", "on"},
	{"citing"},
	{"quoting"},
	{"see"},
	{"cf."},
	{"cf"},
	{"via"},
	{"per"},
	{"source"},
	{"sources"},
	{"e.g."},
	{"from"},
}
