package actors

import (
	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Finder finds the casts of texts. It is safe for concurrent use.
type Finder struct{ lexicon *lexicon }

// Meta is what is known of an article beside its text.
type Meta struct {
	Title  string // names that the text shortens are often whole here
	Outlet string // the publisher's name
	// Names and Speakers are what a model takes for names and for sources, if one has read the text before.
	Names    []Named
	Speakers []text.Span
}

// NewFinder reads the embedded gazetteer and word lists.
func NewFinder() (*Finder, error) {
	countries, err := parseCountries(countriesData)
	if err != nil {
		return nil, err
	}
	entries, err := parseGazetteer(gazetteerData, countries)
	if err != nil {
		return nil, err
	}
	l, err := newLexicon(append(parsePlaces(placesData), entries...))
	if err != nil {
		return nil, err
	}
	return &Finder{l}, nil
}

// Find returns everybody whom the text mentions outside its furniture, actors in the order of their first mention. It
// takes time linear in the length of the text.
func (f *Finder) Find(t *text.Text, about Meta) *Cast {
	s := newScene(f.lexicon, t)
	if about.Outlet != "" {
		s.publisher(about.Outlet)
	}
	if about.Title != "" {
		s.learn(newScene(f.lexicon, text.Parse(about.Title, nil)))
	}
	s.hint(about.Names, about.Speakers)
	s.eachSentence(s.readNames)
	s.readAcronyms()
	s.readHinted(true)
	s.readOutlets()
	s.readShortNames()
	s.readHinted(false)
	s.eachSentence(s.readClasses)
	s.refer()
	c := s.cast()
	c.finder, c.text = f, t
	return c
}

// eachSentence calls read with the index of every sentence outside the furniture.
func (s *scene) eachSentence(read func(sentence int)) {
	for i := range s.text.Sentences {
		if !s.text.Paragraphs[s.text.Sentences[i].Paragraph].Skipped {
			read(i)
		}
	}
}

// publisher makes the outlet known by its name, whether or not the text mentions it.
func (s *scene) publisher(name string) {
	s.publishedBy = foldName(name)
	if e, ok := s.lexicon.lookup(name); ok {
		s.local[foldName(name)] = s.known(e)
		return
	}
	s.local[foldName(name)] = s.unknown(name, graph.Outlet)
}

// learn takes over the persons whom another scene, a title's, names in full.
func (s *scene) learn(title *scene) {
	title.eachSentence(title.readNames)
	for _, p := range title.people {
		if p.entry < 0 && p.Kind == graph.Person {
			s.surname(s.unknown(p.Name, graph.Person), p.Name)
		}
	}
}
