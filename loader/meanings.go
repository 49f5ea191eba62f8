package loader

import (
	"context"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

// A Sense places texts by what they mean. It is called from several goroutines. meaning.Encoder is one.
type Sense interface {
	// Vectors returns where each of the texts lies, which depends on nothing but the text.
	Vectors(ctx context.Context, texts []string) ([]graph.Vector, error)
	// Version names the model.
	Version() string
}

// meanings says where the batch's claims lie. Only what is said in English is placed, since the models read nothing else.
// A claim is placed by its words, which all who make it share, and not by its text, which is one of several: so it lies in
// one place, whoever brought it first.
func meanings(ctx context.Context, s Sense, batch graph.Batch) ([]graph.Meaning, error) {
	names := make(map[graph.ID]string)
	for _, n := range batch.Nodes {
		if name, ok := n.Props["name"].(string); ok && n.Kind == graph.KindActor {
			names[n.ID] = strings.Join(graph.Terms(name), " ")
		}
	}
	var list []graph.Meaning
	var texts []string
	for _, n := range batch.Nodes {
		words, _ := n.Props["words"].(string)
		lang, _ := n.Props["lang"].(string)
		if n.Kind == graph.KindClaim && words != "" && (lang == "" || strings.HasPrefix(lang, "en")) {
			list = append(list, graph.Meaning{Claim: n.ID, Model: s.Version()})
			texts = append(texts, spelled(words, names))
		}
	}
	vectors, err := s.Vectors(ctx, texts)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Vector = vectors[i]
	}
	return list, nil
}

// spelled returns a claim's words with names for actors, and without the document that tells it apart from others.
func spelled(words string, names map[graph.ID]string) string {
	var terms []string
	for term := range strings.FieldsSeq(words) {
		switch kind, err := graph.ID(term).Kind(); {
		case err != nil:
			terms = append(terms, term)
		case kind == graph.KindActor:
			terms = append(terms, names[graph.ID(term)])
		default: // "in" and a document
			terms = terms[:max(0, len(terms)-1)]
		}
	}
	return strings.Join(terms, " ")
}
