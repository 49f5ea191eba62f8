package graphtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// Documents makes n batches that are as large and as linked as real articles: each about 130 nodes and 260 edges, with
// actors and claims that many documents share and few share often (Zipf distributions): of 20,000 documents nearly all
// speak of the busiest actor, and 350 hold the claim that most do. Some documents copy, follow or cite one of those just
// before. The same n and seed give the same batches, and fewer documents are the first of more. Words are drawn at random;
// nobody says anything in them.
func Documents(n int, seed uint64) []graph.Batch { return DocumentsFrom(0, n, seed) }

// DocumentsFrom leaves out the first documents.
func DocumentsFrom(first, n int, seed uint64) []graph.Batch {
	var batches []graph.Batch
	for number := first; number < first+n; number++ {
		// Each document has its own source of randomness, so that it does not depend on those before it.
		p := newPress(number, rand.New(rand.NewPCG(seed, uint64(number)))) //nolint:gosec // numbers are not negative
		p.write()
		p.derive(rand.New(rand.NewPCG(seed+1, uint64(number)))) //nolint:gosec // numbers are not negative
		batches = append(batches, p.batch)
	}
	return batches
}

// How large documents are, and how many nodes there are to share.
const (
	sentencesEach    = 20
	mentionsEach     = 26
	attributionsEach = 17
	citationsEach    = 4
	relationsEach    = 5

	sharedActors  = 5000
	sharedClaims  = 200_000
	sharedOutlets = 40
)

// A press makes one document.
type press struct {
	number int
	rand   *rand.Rand
	actors *rand.Zipf
	claims *rand.Zipf
	batch  graph.Batch
	there  map[graph.ID]bool
	date   time.Time
	text   strings.Builder
}

func newPress(number int, r *rand.Rand) *press {
	return &press{
		number: number,
		rand:   r,
		actors: rand.NewZipf(r, 1.2, 4, sharedActors-1),
		claims: rand.NewZipf(r, 1.5, 500, sharedClaims-1),
		there:  make(map[graph.ID]bool),
		date:   time.Date(2023, 1, 1, 6, 0, 0, 0, time.UTC).Add(time.Duration(number%700) * 24 * time.Hour),
	}
}

// add brings a node in, once.
func (p *press) add(n graph.Node) graph.ID {
	if !p.there[n.ID] {
		p.there[n.ID] = true
		p.batch.Nodes = append(p.batch.Nodes, n)
	}
	return n.ID
}

func (p *press) link(kind graph.EdgeKind, from, to graph.ID, props graph.Props) {
	p.batch.Edges = append(p.batch.Edges, graph.Edge{Kind: kind, From: from, To: to, Props: props})
}

// own brings in a node of the document.
func (p *press) own(n graph.Node) graph.ID {
	p.add(n)
	p.link(graph.EdgeIn, n.ID, p.batch.Owner, nil)
	return n.ID
}

func (p *press) write() {
	var stretches []graph.Stretch
	for range sentencesEach {
		stretches = append(stretches, p.sentence())
	}
	outlet := actor(p.rand.IntN(sharedOutlets), graph.Outlet)
	doc := graph.Document{
		Title: p.words(7), URL: address(p.number), Outlet: outlet.Name, Lang: "en",
		PublishedAt: p.date, Precision: graph.ToDay, RetrievedAt: p.date.Add(24 * time.Hour),
		Text: p.text.String(), TextSHA256: fmt.Sprintf("%064x", p.number), ModelVersion: "press",
	}
	p.batch.Owner = p.add(doc.Node())
	p.link(graph.EdgePublishedBy, p.batch.Owner, p.add(outlet.Node()), nil)
	p.link(graph.EdgeGeneratedBy, p.batch.Owner, p.add(graph.Run{
		LoaderVersion: "press", ModelVersion: "press", StartedAt: time.Date(2025, 1, 1+p.number/1000, 0, 0, 0, 0, time.UTC),
	}.Node()), nil)

	var passages []graph.ID
	for i, s := range stretches {
		passages = append(passages, p.own(graph.Passage{
			Document: p.batch.Owner, Stretch: s, Paragraph: i / 4, Role: graph.SentenceRole,
		}.Node()))
	}
	p.mention(stretches, passages)
	citations := p.cite(stretches, passages)
	claims := p.attribute(passages, citations)
	p.relate(claims)
}

// sentence adds a sentence to the text and says where it stands. Its letters are ASCII, so that all units agree.
func (p *press) sentence() graph.Stretch {
	start := p.text.Len()
	exact := p.words(16 + p.rand.IntN(14))
	p.text.WriteString(exact + " ")
	end := start + len(exact)
	return graph.Stretch{Start: start, End: end, Start16: start, End16: end, Exact: exact}
}

func (p *press) mention(stretches []graph.Stretch, passages []graph.ID) {
	for i := range mentionsEach {
		in := i % len(stretches)
		who := p.actor()
		start := stretches[in].Start + i
		m := graph.Mention{
			Document: p.batch.Owner, Actor: who.ID(), Metonym: i%9 == 0,
			Stretch: graph.Stretch{Start: start, End: start + 5, Start16: start, End16: start + 5, Exact: who.Name},
		}
		id := p.own(m.Node())
		p.link(graph.EdgeHas, passages[in], id, nil)
		p.link(graph.EdgeRefersTo, id, p.add(who.Node()), graph.Props{"method": "press", "score": 0.5 + float64(i%5)/10})
	}
}

func (p *press) cite(stretches []graph.Stretch, passages []graph.ID) []graph.ID {
	var citations []graph.ID
	for i := range citationsEach {
		outlet := actor(p.rand.IntN(sharedOutlets), graph.Outlet)
		c := graph.Citation{
			Document: p.batch.Owner, Stretch: stretches[i], Raw: "(" + outlet.Name + ")", Granularity: graph.OneOrganisation,
		}
		id := p.own(c.Node())
		p.link(graph.EdgeNames, id, p.add(outlet.Node()), nil)
		for _, passage := range passages[3*i : 3*i+3] {
			p.link(graph.EdgeScope, id, passage, nil)
		}
		citations = append(citations, id)
	}
	return citations
}

func (p *press) attribute(passages, citations []graph.ID) []graph.ID {
	var claims []graph.ID
	var before graph.ID
	for i := range attributionsEach {
		polarity := graph.Affirms
		if p.rand.IntN(8) == 0 {
			polarity = graph.Denies
		}
		claim := graph.Claim{
			Key: fmt.Sprint("claim ", p.claims.Uint64()), Lang: "en", Seen: p.date, Polarities: []string{string(polarity)},
		}
		claim.Text = "It is said: " + claim.Key
		who := p.actor()
		a := graph.Attribution{
			Document: p.batch.Owner, Key: strconv.Itoa(i), Speaker: who.Name, Cue: "said", Content: claim.Text,
			Kind: graph.Statement, Voice: graph.Voices[i%len(graph.Voices)], QuoteType: graph.Indirect, Polarity: polarity,
			Modality: graph.Certain, Depth: i % 3, Confidence: 0.5 + float64(i)/40, AssertedAt: p.date,
			RecordedAt: p.date.Add(48 * time.Hour),
		}
		id := p.own(a.Node())
		p.link(graph.EdgeSource, id, p.add(who.Node()), nil)
		claims = append(claims, p.add(claim.Node()))
		p.link(graph.EdgeContent, id, claims[i], nil)
		for _, role := range graph.Roles {
			p.link(graph.EdgeEvidence, id, passages[i], graph.Props{"role": string(role)})
		}
		if i < len(citations) {
			p.link(graph.EdgeCites, id, citations[i], nil)
		}
		if i%3 == 1 {
			p.link(graph.EdgeWithin, id, before, nil)
		}
		before = id
	}
	return claims
}

func (p *press) relate(claims []graph.ID) {
	for i := range relationsEach {
		agent, target := p.actor(), p.actor()
		r := graph.Relation{
			Type: graph.RelationTypes[p.rand.IntN(len(graph.RelationTypes))], Mode: graph.Actual,
			Agent: agent.ID(), Target: target.ID(), AgentName: agent.Name, TargetName: target.Name,
			ValidFrom: p.date, Polarities: []string{string(graph.Affirms)},
		}
		id := p.add(r.Node())
		p.link(graph.EdgeAgent, id, p.add(agent.Node()), nil)
		p.link(graph.EdgeTarget, id, p.add(target.Node()), nil)
		p.link(graph.EdgeAsserts, claims[i], id, graph.Props{"polarity": string(graph.Affirms)})
	}
}

// derive links the document, its first citation and its first claim to what earlier documents brought.
func (p *press) derive(r *rand.Rand) {
	earlier := func() graph.ID { return graph.Document{URL: address(max(p.number-1-r.IntN(60), 0))}.ID() }
	link := func(kind graph.EdgeKind, from, to graph.ID, method string) {
		if kind.Info().Symmetric && from < to {
			from, to = to, from
		}
		if from != to {
			p.batch.Links = append(p.batch.Links, graph.Edge{
				Kind: kind, From: from, To: to, Props: graph.Props{"method": method, "score": 0.5 + r.Float64()/2},
			})
		}
	}
	first := func(kind graph.NodeKind) graph.ID {
		i := slices.IndexFunc(p.batch.Nodes, func(n graph.Node) bool { return n.Kind == kind })
		return p.batch.Nodes[i].ID
	}
	switch r.IntN(5) {
	case 0:
		link(graph.EdgeCopyOf, p.batch.Owner, earlier(), "SHINGLES")
	case 1:
		link(graph.EdgeDerivedFrom, p.batch.Owner, earlier(), "CREDIT")
	case 2:
		link(graph.EdgeResolvesTo, first(graph.KindCitation), earlier(), "OUTLET_AND_DATE")
	}
	other := graph.Claim{Key: fmt.Sprint("claim ", p.claims.Uint64())}.Node().ID
	switch r.IntN(5) {
	case 0:
		link(graph.EdgeVariantOf, first(graph.KindClaim), other, "WORDS")
	case 1:
		link(graph.EdgeContradicts, first(graph.KindClaim), other, "NUMBER")
	}
}

// address is the URL of the document with that number.
func address(number int) string { return fmt.Sprintf("https://press.example/%d", number) }

// actor picks one of the actors that all documents share.
func (p *press) actor() graph.Actor {
	i := int(p.actors.Uint64()) //nolint:gosec // below sharedActors
	return actor(i, graph.ActorKinds[i%len(graph.ActorKinds)])
}

func actor(i int, kind graph.ActorKind) graph.Actor {
	name := fmt.Sprintf("%s %d", syllables[i%len(syllables)], i)
	return graph.Actor{Name: name, Kind: kind, Canonical: fmt.Sprint(kind, i), Aliases: []string{fmt.Sprint("alias ", i)}}
}

// syllables make words.
var syllables = []string{
	"ba", "cor", "den", "fal", "gim", "hor", "jun", "kel", "lam", "mir", "nos", "pel", "qua", "ril", "sen", "tor", "ul", "ven", "wys", "zan",
}

// words makes a line of that many words.
func (p *press) words(n int) string {
	var line strings.Builder
	for i := range n {
		if i > 0 {
			line.WriteByte(' ')
		}
		for range 1 + p.rand.IntN(3) {
			line.WriteString(syllables[p.rand.IntN(len(syllables))])
		}
	}
	return line.String()
}
