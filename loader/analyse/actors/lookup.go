package actors

import "github.com/claimgraph/claimgraph/loader/analyse/text"

// lookup returns the entry that a name means as a whole.
func (l *lexicon) lookup(name string) (int, bool) {
	s := newScene(l, text.Parse(name, nil))
	all := text.Range{First: 0, Last: len(s.words)}
	if all.Empty() {
		return 0, false
	}
	u, ok := s.nameAt(0, text.Range{First: -1, Last: all.Last}, false)
	if !ok || u.Last != all.Last || l.endings[u.of].as != asName {
		return 0, false
	}
	return int(l.endings[u.of].entry), true
}
