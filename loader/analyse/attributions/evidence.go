package attributions

import (
	"math"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// Evidence is what speaks for an attribution: what it rests on, and signs of how likely it is right. Its confidence
// follows from it.
type Evidence struct {
	Basis Basis
	Signs [signs]float64
}

// A Basis is what an attribution rests on.
type Basis int

// First the bases whose weights are fitted to texts that people have read, then those that no such texts cover.
const (
	TrainedModel  Basis = iota // what a trained model finds
	WrittenRules               // what Rules find
	SecondOpinion              // what Rules find where a trained model finds nothing
	ModelSilent                // the outlet's own: a trained model finds nobody who speaks
	RulesSilent                // the outlet's own: Rules find nobody who speaks

	label         // a speaker's label: "MLR:"
	signature     // “…” — Ana Kell
	answer        // what follows a question or a label in an interview
	listItem      // an item of a list whose lead names the speaker
	quoteGoesOn   // a quotation right behind what somebody says
	speakerGoesOn // a sentence in an article that speaks with one voice
	unread        // the outlet's own, as nobody could be told who speaks: another language

	fitted = RulesSilent + 1
)

// A Sign makes an attribution the likelier right the larger it is.
type Sign int

// Signs that are no log-odds are 1 or 0, if nothing else is said.
const (
	CueLikely     Sign = iota // log-odds that the words are a cue, in the mean
	SourceLikely              // of the least likely part of the source; 0 if there is none
	ContentLikely             // of the least likely part of the content
	ContentEnds               // log-odds that the content ends there, the least of all parts
	SourceLinked              // log-odds that the source belongs to the cue; 0 if there is none
	ContentLinked             // log-odds that the content does
	RulesAgree                // Rules find the same

	RuleQuotation // a quotation with its tag
	RuleThat      // source, cue, "that"
	RulePhrase    // "according to"
	RuleClause    // a bare clause
	RuleInfinitive
	RuleObject // criticised something

	HasSource
	Known   // the cast has the source
	Quoted  // the content is quoted: in part, 0.5
	Stated  // the kind is a statement
	Lengthy // the logarithm of the content's bytes
	signs
)

var (
	basisNames = [fitted]string{"model", "rules", "second-opinion", "model-silent", "rules-silent"}
	signNames  = [signs]string{
		"cue-likely", "source-likely", "content-likely", "content-ends", "source-linked", "content-linked", "rules-agree",
		"quotation", "that", "according-to", "clause", "infinitive", "object",
		"has-source", "known", "quoted", "stated", "lengthy",
	}
)

// String returns the name of a basis whose weights are fitted.
func (b Basis) String() string { return basisNames[b] }

func (s Sign) String() string { return signNames[s] }

// signsOfWording sets the signs that an attribution's words and actors give.
func (a *Attribution) signsOfWording() {
	s := &a.Evidence.Signs
	s[Lengthy] = math.Log(float64(max(1, text.Length(a.Content))))
	s[HasSource], s[Known] = indicator(len(a.Source) > 0), indicator(len(a.Sources) > 0)
	s[Quoted], s[Stated] = quoted[a.QuoteType], indicator(a.Kind == graph.Statement)
}

var quoted = map[graph.QuoteType]float64{graph.Direct: 1, graph.Mixed: 0.5}

func indicator(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// agrees reports whether two readings of a text find the same: sources that overlap or are both absent, and contents
// that share half of the longer. Their cues are known to overlap.
func agrees(a *Attribution, b *Triple) bool {
	if (len(a.Source) > 0 || len(b.Source) > 0) && text.Common(a.Source, b.Source) == 0 {
		return false
	}
	return 2*text.Common(a.Content, b.Content) >= max(text.Length(a.Content), text.Length(b.Content))
}
