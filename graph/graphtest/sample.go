package graphtest

// sample is the graph that most reading checks ask about: a wire story, its copy, a newspaper that has a denial of it,
// a blog without outlet and date, and an analyst's note. Some properties are absent on purpose.
const sample = `
wire    Document  title="Talks in Herat" outlet=ledger publishedAt=2024-07-01T08:30:00.125Z lang=en text="Iran says the truce in Herat holds, and a border guard agrees."
wire    -PUBLISHED_BY-> ledger
wire    -GENERATED_BY-> night
ledger  Actor     kind=OUTLET name="The Ledger"
iran    Actor     kind=STATE name=Iran aliases=Tehran,"the Islamic Republic" canonicalId=iran
guard   Actor     kind=SOURCE_CLASS name="a border guard"
truce   Claim     text="The truce in Herat holds." lang=en polarities=AFFIRMS firstSeen=2024-07-01 lastSeen=2024-07-01
backs   Relation  class=STANDING type=BACKS quad=MATERIAL_COOPERATION mode=ACTUAL polarities=AFFIRMS validFrom=2023-01-01
night   Run       loaderVersion=1.0 modelVersion=rules startedAt=2024-07-03T01:00:00Z
says    Attribution kind=STATEMENT voice=ATTRIBUTED polarity=AFFIRMS depth=1 confidence=0.9 credibility=2 assertedAt=2024-07-01 cue=says
says    -SOURCE-> iran
says    -CONTENT-> truce
says    -EVIDENCE-> first  role=SOURCE
says    -EVIDENCE-> first  role=CUE
says    -EVIDENCE-> second role=CONTENT
agrees  Attribution kind=BELIEF voice=ATTRIBUTED polarity=AFFIRMS depth=2 confidence=0.7
agrees  -SOURCE-> guard
agrees  -CONTENT-> truce
agrees  -WITHIN-> says
first   Passage   start=0 end=9 exact="Iran says" role=FRAGMENT paragraph=0
second  Passage   start=10 end=34 exact="the truce in Herat holds" role=FRAGMENT paragraph=0
second  -HAS-> herat
herat   Mention   surface=Herat start=23 end=28 metonym=false
herat   -REFERS_TO-> city method=gazetteer score=0.8
city    Actor     kind=PLACE name=Herat
truce   -ASSERTS-> backs polarity=AFFIRMS
backs   -AGENT->  iran
backs   -TARGET-> guard

echo    Document  title="Talks in Herat (repeated)" outlet=ledger publishedAt=2024-07-02T09:00:00Z text="The truce in Herat holds, Iran says."
echo    -PUBLISHED_BY-> ledger
echo    -COPY_OF-> wire method=SHINGLES score=0.95
echo    -DERIVED_FROM-> wire method=CREDIT score=0.6
ledger  Actor     kind=OUTLET name="The Ledger"
iran    Actor     kind=STATE name=Iran aliases=Persia
truce   Claim     text="The truce in Herat holds." polarities=AFFIRMS firstSeen=2024-07-02 lastSeen=2024-07-02
holds   Attribution kind=STATEMENT voice=CARRY_OVER polarity=AFFIRMS depth=1 confidence=0.9 credibility=4 assertedAt=2024-07-02
holds   -SOURCE-> iran
holds   -CONTENT-> truce

paper   Document  title="No truce, says the governor" outlet=courier publishedAt=2024-08-05T00:00:00Z lang=fa text="The governor denies that the truce holds."
paper   -PUBLISHED_BY-> courier
courier Actor     kind=OUTLET name="The Courier" reliability=B
truce   Claim     text="The truce in Herat holds." polarities=DENIES firstSeen=2024-08-05 lastSeen=2024-08-05
prices  Claim     text="Bread has become dearer." polarities=AFFIRMS
backs   Relation  class=STANDING type=BACKS quad=MATERIAL_COOPERATION mode=ACTUAL polarities=DENIES validTo=2024-08-01
chief   Actor     kind=PERSON name="the governor"
denies  Attribution kind=STATEMENT voice=ATTRIBUTED polarity=DENIES depth=1 confidence=0.8 cue=denies assertedAt=2024-08-04
denies  -SOURCE-> chief
denies  -CONTENT-> truce
notes   Attribution kind=STATEMENT voice=OUTLET polarity=AFFIRMS depth=0 confidence=0.5
notes   -CONTENT-> prices
notes   -CITES-> bulletin
bulletin Citation raw="(Bulletin, July)" name=Bulletin granularity=DOCUMENT
bulletin -NAMES-> ledger
bulletin -SCOPE-> third
bulletin -RESOLVES_TO-> wire method=URL score=1
third   Passage   start=0 end=41 exact="The governor denies that the truce holds." role=SENTENCE
truce   -CONTRADICTS-> prices method=NUMBER score=0.1
truce   -ASSERTS-> backs polarity=DENIES

blog    Document  text="Nobody is quoted here."

grade   Assessment grade=B3 note="Two outlets, one origin." by=mina at=2024-09-01T12:00:00Z
grade   -ASSESSES-> truce
`
