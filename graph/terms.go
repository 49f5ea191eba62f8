package graph

// The closed lists of the model: what the enumerated properties may hold. Stores keep the words as they stand here and
// the API shows them unchanged.

// An ActorKind says what an actor is.
type ActorKind string

// The kinds of actors.
const (
	Person       ActorKind = "PERSON"
	Organisation ActorKind = "ORGANISATION"
	State        ActorKind = "STATE"
	ArmedGroup   ActorKind = "ARMED_GROUP"
	Outlet       ActorKind = "OUTLET"
	SourceClass  ActorKind = "SOURCE_CLASS" // nameless sources: "diplomatic sources", "analysts"
	Place        ActorKind = "PLACE"
)

// ActorKinds lists every ActorKind.
var ActorKinds = []ActorKind{Person, Organisation, State, ArmedGroup, Outlet, SourceClass, Place}

// A Voice says who speaks in an attribution.
type Voice string

// The voices.
const (
	Attributed  Voice = "ATTRIBUTED" // a cue says who speaks
	CarryOver   Voice = "CARRY_OVER" // no cue: the speaker of the sentence before goes on
	OutletVoice Voice = "OUTLET"     // the outlet's own voice
)

// Voices lists every Voice.
var Voices = []Voice{Attributed, CarryOver, OutletVoice}

// An AttributionKind says what kind of act an attribution reports.
type AttributionKind string

// The kinds of attributions.
const (
	Statement AttributionKind = "STATEMENT"
	Belief    AttributionKind = "BELIEF"
	Intention AttributionKind = "INTENTION"
	Decree    AttributionKind = "DECREE"
	Evidence  AttributionKind = "EVIDENCE"
)

// AttributionKinds lists every AttributionKind.
var AttributionKinds = []AttributionKind{Statement, Belief, Intention, Decree, Evidence}

// A QuoteType says how the content is worded.
type QuoteType string

// The quote types.
const (
	Direct   QuoteType = "DIRECT"
	Indirect QuoteType = "INDIRECT"
	Mixed    QuoteType = "MIXED"
)

// QuoteTypes lists every QuoteType.
var QuoteTypes = []QuoteType{Direct, Indirect, Mixed}

// A Polarity says whether a source asserts or denies.
type Polarity string

// The polarities.
const (
	Affirms Polarity = "AFFIRMS"
	Denies  Polarity = "DENIES"
)

// Polarities lists every Polarity.
var Polarities = []Polarity{Affirms, Denies}

// A Factuality is how certain the wording makes the content, after FactBank (Saurí and Pustejovsky 2009).
type Factuality string

// The degrees of factuality.
const (
	Certain        Factuality = "CERTAIN"
	Probable       Factuality = "PROBABLE"
	Possible       Factuality = "POSSIBLE"
	Underspecified Factuality = "UNDERSPECIFIED"
)

// Factualities lists every Factuality.
var Factualities = []Factuality{Certain, Probable, Possible, Underspecified}

// A Granularity says how exactly a citation names its source.
type Granularity string

// The granularities.
const (
	OneDocument     Granularity = "DOCUMENT"     // one report, statement or article that could be looked up
	OneOrganisation Granularity = "ORGANISATION" // a body, but not which of its texts
	Bundle          Granularity = "BUNDLE"       // many texts at once: "press releases"
	Anonymous       Granularity = "ANONYMOUS"    // nobody in particular: "media reports"
)

// Granularities lists every Granularity.
var Granularities = []Granularity{OneDocument, OneOrganisation, Bundle, Anonymous}

// A Mode says whether what a relation says is told as a fact.
type Mode string

// The modes.
const (
	Actual       Mode = "ACTUAL"
	Denied       Mode = "DENIED"
	Hypothetical Mode = "HYPOTHETICAL"
	Planned      Mode = "PLANNED"
)

// Modes lists every Mode.
var Modes = []Mode{Actual, Denied, Hypothetical, Planned}

// A Precision says how much of a date is known.
type Precision string

// The precisions.
const (
	ToYear   Precision = "YEAR"
	ToMonth  Precision = "MONTH"
	ToDay    Precision = "DAY"
	ToMinute Precision = "MINUTE"
)

// Precisions lists every Precision.
var Precisions = []Precision{ToYear, ToMonth, ToDay, ToMinute}

// A Role says what a passage is to an attribution.
type Role string

// The roles of evidence.
const (
	SourceRole  Role = "SOURCE"
	CueRole     Role = "CUE"
	ContentRole Role = "CONTENT"
)

// Roles lists every Role.
var Roles = []Role{SourceRole, CueRole, ContentRole}

// A RelationClass divides relations into what happens and what lasts.
type RelationClass string

// The classes of relations.
const (
	Event    RelationClass = "EVENT"
	Standing RelationClass = "STANDING"
)

// RelationClasses lists every RelationClass.
var RelationClasses = []RelationClass{Event, Standing}

// A Quad is PLOVER's quad class: verbal or material, cooperation or conflict.
type Quad string

// The quad classes.
const (
	VerbalCooperation   Quad = "VERBAL_COOPERATION"
	MaterialCooperation Quad = "MATERIAL_COOPERATION"
	VerbalConflict      Quad = "VERBAL_CONFLICT"
	MaterialConflict    Quad = "MATERIAL_CONFLICT"
)

// Quads lists every Quad.
var Quads = []Quad{VerbalCooperation, MaterialCooperation, VerbalConflict, MaterialConflict}

// A RelationType says what an agent does to, or is to, a target. Event types are PLOVER's
// (Open Event Data Alliance, PLOVER code book); standing types are our own.
type RelationType string

// The types of events.
const (
	Agree       RelationType = "AGREE"
	Consult     RelationType = "CONSULT"
	Support     RelationType = "SUPPORT"
	Concede     RelationType = "CONCEDE"
	Cooperate   RelationType = "COOPERATE"
	Aid         RelationType = "AID"
	Retreat     RelationType = "RETREAT"
	Investigate RelationType = "INVESTIGATE"
	Request     RelationType = "REQUEST" // DEMAND in PLOVER's first edition
	Accuse      RelationType = "ACCUSE"  // DISAPPROVE in PLOVER's first edition
	Reject      RelationType = "REJECT"
	Threaten    RelationType = "THREATEN"
	Protest     RelationType = "PROTEST"
	Crime       RelationType = "CRIME"
	Sanction    RelationType = "SANCTION"
	Mobilize    RelationType = "MOBILIZE"
	Coerce      RelationType = "COERCE"
	Assault     RelationType = "ASSAULT" // FIGHT in older data
)

// The types of standing relations.
const (
	ProxyOf      RelationType = "PROXY_OF"
	Backs        RelationType = "BACKS"
	MemberOf     RelationType = "MEMBER_OF"
	Leads        RelationType = "LEADS"
	Hosts        RelationType = "HOSTS"
	AlliedWith   RelationType = "ALLIED_WITH"
	RivalOf      RelationType = "RIVAL_OF"
	Recognises   RelationType = "RECOGNISES"
	DisputesWith RelationType = "DISPUTES_WITH"
)

// relationTypes says of every relation type what follows from it.
var relationTypes = map[RelationType]struct {
	class RelationClass
	quad  Quad
}{
	Agree: {Event, VerbalCooperation}, Consult: {Event, VerbalCooperation}, Support: {Event, VerbalCooperation},
	Concede: {Event, VerbalCooperation}, Cooperate: {Event, MaterialCooperation}, Aid: {Event, MaterialCooperation},
	Retreat: {Event, MaterialCooperation}, Investigate: {Event, MaterialCooperation},
	Request: {Event, VerbalConflict}, Accuse: {Event, VerbalConflict}, Reject: {Event, VerbalConflict},
	Threaten: {Event, VerbalConflict}, Sanction: {Event, VerbalConflict},
	Protest: {Event, MaterialConflict}, Crime: {Event, MaterialConflict}, Mobilize: {Event, MaterialConflict},
	Coerce: {Event, MaterialConflict}, Assault: {Event, MaterialConflict},

	ProxyOf: {Standing, MaterialCooperation}, Backs: {Standing, MaterialCooperation},
	MemberOf: {Standing, MaterialCooperation}, Leads: {Standing, MaterialCooperation},
	Hosts: {Standing, MaterialCooperation}, AlliedWith: {Standing, VerbalCooperation},
	RivalOf: {Standing, VerbalConflict}, Recognises: {Standing, VerbalCooperation},
	DisputesWith: {Standing, VerbalConflict},
}

// RelationTypes lists every RelationType: events first, each class in the order of its quad classes.
var RelationTypes = []RelationType{
	Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Investigate,
	Request, Accuse, Reject, Threaten, Sanction, Protest, Crime, Mobilize, Coerce, Assault,
	ProxyOf, Backs, MemberOf, Leads, Hosts, AlliedWith, RivalOf, Recognises, DisputesWith,
}

// Class returns the class that the type belongs to, "" for an unknown type.
func (t RelationType) Class() RelationClass { return relationTypes[t].class }

// Quad returns the type's quad class, "" for an unknown type.
func (t RelationType) Quad() Quad { return relationTypes[t].quad }

// A PassageRole says what a passage is.
type PassageRole string

// The roles of passages.
const (
	SentenceRole PassageRole = "SENTENCE" // a whole sentence
	FragmentRole PassageRole = "FRAGMENT" // a source, cue or content within or across sentences
	SkippedRole  PassageRole = "SKIPPED"  // page furniture: not part of the article
)

// PassageRoles lists every PassageRole.
var PassageRoles = []PassageRole{SentenceRole, FragmentRole, SkippedRole}

// A LinkMethod says how a link was found.
type LinkMethod string

// The methods of links.
const (
	ByShingles   LinkMethod = "SHINGLES"  // the later text consists of the earlier one's runs of words
	ByCredit     LinkMethod = "CREDIT"    // the byline, the dateline or the first lines name the other's outlet
	ByReport     LinkMethod = "REPORTED"  // it says what the other's outlet reported
	ByCitation   LinkMethod = "CITATION"  // it cites the other
	ByHyperlink  LinkMethod = "HYPERLINK" // it leads to the other's address
	ByWords      LinkMethod = "WORDS"     // nearly the same words
	ByMeaning    LinkMethod = "MEANING"   // other words for the same
	ByNumber     LinkMethod = "NUMBER"    // the same of another number
	ByPolarity   LinkMethod = "POLARITY"  // one says that it is so, the other that it is not
	ByDate       LinkMethod = "DATE"      // the same at another time
	ByActor      LinkMethod = "ACTOR"     // the same of another actor
	ByAddress    LinkMethod = "URL"       // the citation holds the document's address
	ByTitle      LinkMethod = "TITLE"     // the citation holds the document's title
	ByOutletDate LinkMethod = "OUTLET_AND_DATE"
)

// The methods by which each kind of link may be found.
var (
	CopyOfMethods      = []LinkMethod{ByShingles}
	DerivedFromMethods = []LinkMethod{ByCredit, ByReport, ByCitation, ByHyperlink}
	VariantOfMethods   = []LinkMethod{ByWords, ByMeaning}
	ContradictsMethods = []LinkMethod{ByNumber, ByPolarity, ByDate, ByActor}
	ResolvesToMethods  = []LinkMethod{ByAddress, ByTitle, ByOutletDate}
)

// A Verdict is what a judgement says.
type Verdict string

// The verdicts: on two actors, and on what somebody said.
const (
	Same      Verdict = "SAME"      // they are one
	NotSame   Verdict = "NOT_SAME"  // they are two, however alike
	Unsure    Verdict = "UNSURE"    // somebody looked and could not tell
	Retracted Verdict = "RETRACTED" // it no longer stands
)

// Verdicts lists every Verdict.
var Verdicts = []Verdict{Same, NotSame, Unsure, Retracted}

// A JobState says how far a job is.
type JobState string

// The states of jobs.
const (
	JobWaiting   JobState = "WAITING"
	JobRunning   JobState = "RUNNING"
	JobDone      JobState = "DONE"      // to the end, whatever came of single documents
	JobFailed    JobState = "FAILED"    // it stopped before its end
	JobCancelled JobState = "CANCELLED" // somebody stopped it
)

// JobStates lists every JobState.
var JobStates = []JobState{JobWaiting, JobRunning, JobDone, JobFailed, JobCancelled}

// Ended reports whether a job in that state goes on no more.
func (s JobState) Ended() bool { return s == JobDone || s == JobFailed || s == JobCancelled }
