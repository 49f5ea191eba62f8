package text

// A heading has at most headingWords words, and if it is not written like a title no more than shortHeading.
const (
	headingWords = 30
	shortHeading = 9
)

// markHeading marks the only sentence of a paragraph as a heading if it looks like one: short, without a full stop at
// its end, and with most of its longer words capitalised, or very short. The first of several paragraphs may end in one.
func (t *Text) markHeading(paragraph int) {
	p := t.Paragraphs[paragraph]
	last := t.Tokens[t.Sentences[p.Last-1].Last-1]
	full := last.Class == Punct && (isFullStop(last.Lower) || isClosing(last.Lower) || isInner(last.Lower))
	if full && (p.First > 0 || len(t.Paragraphs) == 1) || p.Last-p.First > 1 {
		return
	}
	s := &t.Sentences[p.First]
	words, long, capitals := 0, 0, 0
	for i := s.First; i < s.Last; i++ {
		if t.Tokens[i].Class != Word {
			continue
		}
		words++
		if t.Tokens[i].Len() > 3 {
			long++
			if t.Capital(i) {
				capitals++
			}
		}
	}
	if words == 0 || words > headingWords {
		return
	}
	title := 4*capitals >= 3*long
	s.Heading = title && (!full || long > 3) || words <= shortHeading && !full
}
