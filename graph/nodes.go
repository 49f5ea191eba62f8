package graph

import (
	"strconv"
	"strings"
	"time"
)

// The typed forms of the nodes that a loader makes. Node gives each its ID and caption, in one place.

// nameRunes is where names and titles are cut off, in code points: longer ones are mistakes of reading.
const nameRunes = 500

// A Document is one article.
type Document struct {
	Title, URL, Path, Outlet, Author string
	PublishedAt                      time.Time
	Precision                        Precision // of PublishedAt
	RetrievedAt                      time.Time
	Lang                             string // BCP 47
	Text                             string
	TextSHA256                       string   // of the UTF-8 text, hexadecimal
	ModelVersion                     string   // of the analysis
	Hyperlinks                       []string // the addresses that the article leads to
	MatchKeys                        []string // what it likely shares with articles of the same origin
}

// ID derives from the URL or, where there is none, from the text.
func (d Document) ID() ID {
	if d.URL != "" {
		return NewID(KindDocument, "url", d.URL)
	}
	return NewID(KindDocument, "text", d.TextSHA256)
}

// Node returns the document as stores keep it.
func (d Document) Node() Node {
	title := d.Title
	if title == "" {
		title = clip(strings.TrimSpace(d.Text), 4*captionRunes)
	}
	url := d.URL
	if len(url) > MaxIndexedBytes { // a part of it would lead elsewhere
		url = ""
	}
	p := Props{}.set("caption", caption(title)).set("title", clip(d.Title, nameRunes)).set("url", url).set("path", d.Path).
		set("outlet", clip(d.Outlet, nameRunes)).set("author", d.Author).set("publishedAt", d.PublishedAt).
		set("publishedPrecision", string(d.Precision)).set("retrievedAt", d.RetrievedAt).set("lang", d.Lang).
		set("text", d.Text).set("textSha256", d.TextSHA256).set("modelVersion", d.ModelVersion).
		set("hyperlinks", d.Hyperlinks).set("matchKeys", d.MatchKeys)
	return Node{ID: d.ID(), Kind: KindDocument, Props: p}
}

// A Stretch is a half-open range of a document's text, in both units that readers count in.
type Stretch struct {
	Start, End     int // code points
	Start16, End16 int // UTF-16 code units
	Exact          string
}

func (s Stretch) props() Props {
	return Props{
		"start": int64(s.Start), "end": int64(s.End), "startUtf16": int64(s.Start16), "endUtf16": int64(s.End16),
	}
}

func (s Stretch) key() []string { return []string{strconv.Itoa(s.Start), strconv.Itoa(s.End)} }

// A Passage is a sentence, a fragment, or a skipped part of a document.
type Passage struct {
	Document ID
	Stretch
	Prefix, Suffix string // the text around it
	Paragraph      int    // from 0
	Role           PassageRole
	Reason         string // why it is skipped
}

// Node returns the passage as stores keep it.
func (p Passage) Node() Node {
	props := p.props().set("caption", caption(p.Exact)).set("exact", p.Exact).set("prefix", p.Prefix).
		set("suffix", p.Suffix).set("paragraph", p.Paragraph).set("role", string(p.Role)).set("reason", p.Reason)
	return Node{ID: OwnedID(KindPassage, p.Document, p.key()...), Kind: KindPassage, Props: props}
}

// An Actor is who speaks, acts or is meant.
type Actor struct {
	Name      string
	Kind      ActorKind
	Canonical string // the gazetteer's key, "" if it lacks the actor
	Aliases   []string
	Owner     string // of an outlet: the name of whom it belongs to, "" for nobody known
	Side      string // of an outlet: the name of who owns its owner, and so on, in the end
}

// ID derives from the gazetteer's key or, where there is none, from kind and folded name.
func (a Actor) ID() ID {
	if a.Canonical != "" {
		return NewID(KindActor, "canonical", a.Canonical)
	}
	return NewID(KindActor, string(a.Kind), strings.Join(Terms(a.Name), " "))
}

// Node returns the actor as stores keep it.
func (a Actor) Node() Node {
	props := Props{}.set("caption", caption(a.Name)).set("name", clip(a.Name, nameRunes)).set("kind", string(a.Kind)).
		set("aliases", a.Aliases).set("canonicalId", a.Canonical).set("owner", a.Owner).set("side", a.Side)
	return Node{ID: a.ID(), Kind: KindActor, Props: props}
}

// A Mention is a stretch of text that means an actor.
type Mention struct {
	Document, Actor ID
	Stretch
	Metonym bool
}

// Node returns the mention as stores keep it.
func (m Mention) Node() Node {
	props := m.props().set("caption", caption(m.Exact)).set("surface", m.Exact).set("metonym", m.Metonym)
	id := OwnedID(KindMention, m.Document, append(m.key(), string(m.Actor))...)
	return Node{ID: id, Kind: KindMention, Props: props}
}

// An Attribution is one act of saying.
type Attribution struct {
	Document   ID
	Key        string // what tells it from the document's other attributions: its spans
	Speaker    string // for the caption, "" if unknown
	Cue        string
	Content    string // for the caption
	Kind       AttributionKind
	Voice      Voice
	QuoteType  QuoteType
	Polarity   Polarity
	Modality   Factuality
	Depth      int // how many attributions report it
	Confidence float64
	AssertedAt time.Time
	RecordedAt time.Time
}

// Node returns the attribution as stores keep it.
func (a Attribution) Node() Node {
	speaker, cue := a.Speaker, a.Cue
	if speaker == "" {
		speaker = "?"
	}
	switch a.Voice {
	case OutletVoice:
		cue = "in its own voice"
	case CarryOver:
		cue = "goes on"
	case Attributed:
	}
	props := Props{"confidence": a.Confidence}.set("caption", caption(speaker+" "+cue+": "+a.Content)).
		set("cue", a.Cue).set("kind", string(a.Kind)).set("voice", string(a.Voice)).
		set("quoteType", string(a.QuoteType)).set("polarity", string(a.Polarity)).set("modality", string(a.Modality)).
		set("depth", a.Depth).set("assertedAt", a.AssertedAt).set("recordedAt", a.RecordedAt)
	return Node{ID: OwnedID(KindAttribution, a.Document, a.Key), Kind: KindAttribution, Props: props}
}

// A Claim is what is said.
type Claim struct {
	Text       string
	Key        string   // what all who say the same share; "" means the folded text
	Words      string   // the same for comparison, with the case of names
	MatchKeys  []string // what it likely shares with claims in other words
	Lang       string
	Seen       time.Time // when it was said, zero if unknown
	Polarities []string  // with which polarities the document's attributions say it
}

// Node returns the claim as stores keep it.
func (c Claim) Node() Node {
	key := c.Key
	if key == "" {
		key = strings.Join(Terms(c.Text), " ")
	}
	props := Props{}.set("caption", caption(c.Text)).set("text", c.Text).set("words", c.Words).
		set("matchKeys", c.MatchKeys).set("lang", c.Lang).
		set("firstSeen", c.Seen).set("lastSeen", c.Seen).set("polarities", c.Polarities)
	return Node{ID: NewID(KindClaim, key), Kind: KindClaim, Props: props}
}

// A Relation is what a claim says about two actors. A denied relation is the actual one, asserted with polarity
// DENIES, so that assertion and denial meet in one node.
type Relation struct {
	Type               RelationType
	Mode               Mode
	Agent, Target      ID     // "" if unknown
	AgentName          string // for the caption
	TargetName         string // for the caption
	ValidFrom, ValidTo time.Time
	Polarities         []string // with which polarities the document's claims assert it
}

// Node returns the relation as stores keep it.
func (r Relation) Node() Node {
	agent, target := r.AgentName, r.TargetName
	if r.Agent == "" {
		agent = "?"
	}
	if r.Target == "" {
		target = "?"
	}
	props := Props{}.set("caption", caption(agent+" "+string(r.Type)+" "+target)).set("class", string(r.Type.Class())).
		set("type", string(r.Type)).set("quad", string(r.Type.Quad())).set("mode", string(r.mode())).
		set("validFrom", r.ValidFrom).set("validTo", r.ValidTo).set("polarities", r.Polarities)
	return Node{ID: r.ID(), Kind: KindRelation, Props: props}
}

// ID returns the relation's ID, which type, mode, agent and target decide.
func (r Relation) ID() ID {
	return NewID(KindRelation, string(r.Type), string(r.mode()), string(r.Agent), string(r.Target))
}

func (r Relation) mode() Mode {
	if r.Mode == Denied {
		return Actual
	}
	return r.Mode
}

// A Citation is one cited source as written.
type Citation struct {
	Document ID
	Stretch         // of the source's name
	Raw      string // the whole citation
	DateText string
	URL      string // where the source can be read, "" if the article does not say
	Granularity
}

// Node returns the citation as stores keep it.
func (c Citation) Node() Node {
	url := c.URL
	if len(url) > MaxIndexedBytes { // a part of it would lead elsewhere
		url = ""
	}
	props := c.props().set("caption", caption(c.Exact)).set("raw", c.Raw).set("name", clip(c.Exact, nameRunes)).
		set("dateText", c.DateText).set("url", url).set("granularity", string(c.Granularity))
	return Node{ID: OwnedID(KindCitation, c.Document, c.key()...), Kind: KindCitation, Props: props}
}

// A Run is one load with its versions.
type Run struct {
	LoaderVersion, ModelVersion string
	StartedAt                   time.Time
}

// Node returns the run as stores keep it.
func (r Run) Node() Node {
	at := r.StartedAt.UTC().Format(TimeFormat)
	props := Props{}.set("caption", caption("Load of "+at)).set("loaderVersion", r.LoaderVersion).
		set("modelVersion", r.ModelVersion).set("startedAt", r.StartedAt)
	return Node{ID: NewID(KindRun, r.LoaderVersion, r.ModelVersion, at), Kind: KindRun, Props: props}
}
