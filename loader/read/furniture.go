package read

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// findFurniture lists the blocks that belong to the page and not to the article, in order. It knows single lines by
// what they say (phrases.go) and lists of other stories by their heading and the shape of what follows. Doubtful lines
// stay in the article: a claim lost cannot be found again, a stray line can be ignored. The links of an HTML article
// help; plain text has none.
func findFurniture(text string, blocks []block, links []Link) []Skipped {
	f := &furniture{text: text, blocks: blocks, reasons: make([]string, len(blocks))}
	f.markLines()
	f.markLinks(links)
	f.markButtonColumns()
	f.markComments()
	f.markOtherStories()
	f.markFooter()
	return f.skipped()
}

type furniture struct {
	text    string
	blocks  []block
	reasons []string // by block; "" is the article
}

func (f *furniture) line(i int) string { return f.blocks[i].in(f.text) }

func (f *furniture) skipped() []Skipped {
	var s []Skipped
	for i, reason := range f.reasons {
		if reason != "" {
			s = append(s, Skipped{Start: f.blocks[i].start, End: f.blocks[i].end, Reason: reason})
		}
	}
	return s
}

func (f *furniture) markLines() {
	for i := range f.blocks {
		f.reasons[i] = lineReason(f.line(i))
	}
}

// markLinks marks the short lines after the first that consist of one hyperlink: in an article they lead elsewhere.
func (f *furniture) markLinks(links []Link) {
	const fewestWords, mostWords = 4, 25
	i := 1
	for _, l := range links {
		for i < len(f.blocks) && f.blocks[i].start < l.Start {
			i++
		}
		if i == len(f.blocks) {
			return
		}
		words := countWords(f.line(i), mostWords+1)
		if f.blocks[i].start == l.Start && f.blocks[i].end == l.End && words >= fewestWords && words <= mostWords {
			f.mark(i, i+1, reasonPointer)
		}
	}
}

// markButtonColumns marks networks that stand alone on their lines, where two or more follow one another: one alone may
// be a heading.
func (f *furniture) markButtonColumns() {
	isButton := func(i int) bool {
		return f.reasons[i] == reasonShare || networks[fold(f.shortLine(i))]
	}
	for i := 0; i < len(f.blocks); {
		end := i
		for end < len(f.blocks) && isButton(end) {
			end++
		}
		if end-i > 1 {
			f.mark(i, end, reasonShare)
		}
		i = max(end, i+1)
	}
}

// shortLine is the block's line if it may be one word or two, else "".
func (f *furniture) shortLine(i int) string {
	const longest = 24
	if b := f.blocks[i]; b.end-b.start > longest {
		return ""
	}
	return f.line(i)
}

// markComments marks a comment section to the end of the page. It must stand in the second half: before that "Comments"
// is the label of a link to it.
func (f *furniture) markComments() {
	for i := range f.blocks {
		if !isHeading(f.line(i), commentHeadings) && !isCommentCount(f.line(i)) {
			continue
		}
		f.reasons[i] = reasonComments
		if f.blocks[i].start > len(f.text)/2 {
			f.mark(i, len(f.blocks), reasonComments)
			return
		}
	}
}

// markFooter marks what follows other stories, a sharing row or a copyright line in the second half of the page where
// nothing but labels follows: menus, titles of other stories, the name of the site.
func (f *furniture) markFooter() {
	first := len(f.blocks)
	for i := len(f.blocks) - 1; i >= 0; i-- {
		if f.blocks[i].start < len(f.text)/2 || f.reasons[i] == "" && !isHeadlineShaped(f.line(i)) {
			break
		}
		if closesArticle[f.reasons[i]] {
			first = i
		}
	}
	f.mark(first, len(f.blocks), reasonFooter)
}

// closesArticle holds the reasons after which an article does not go on with a lone label.
var closesArticle = map[string]bool{
	reasonShare: true, reasonTags: true, reasonCopyright: true, reasonComments: true, reasonFooter: true,
	reasonRelated: true, reasonTeaser: true,
}

// mark gives the blocks [from, to) that have no reason yet this one.
func (f *furniture) mark(from, to int, reason string) {
	for i := from; i < to; i++ {
		if f.reasons[i] == "" {
			f.reasons[i] = reason
		}
	}
}

// longestLine, in bytes, is beyond what any single line of furniture takes.
const longestLine = 1200

// lineReason says why a line on its own is furniture, "" if it is not.
func lineReason(line string) string {
	if len(line) > longestLine || isQuotation(line) {
		return ""
	}
	folded := fold(line)
	if reason, ok := wholeLines[folded]; ok {
		return reason
	}
	if isHeading(line, relatedHeadings) {
		return reasonRelated
	}
	if reason := labelReason(line, folded); reason != "" {
		return reason
	}
	if reason := openingReason(folded); reason != "" {
		return reason
	}
	switch {
	case strings.Contains(folded, "all rights reserved") && countWords(folded, 41) <= 40:
		return reasonCopyright
	case isButtonRow(folded):
		return reasonShare
	case isReadingTime(folded), isBreadcrumb(line):
		return reasonControl
	case isPhotoCredit(line):
		return reasonPhoto
	}
	return ""
}

// isQuotation reports whether line begins as speech does.
func isQuotation(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return strings.ContainsRune("\"“‘'«„", r)
}

// isHeading reports whether line is one of the headings, with nothing of a sentence about it.
func isHeading(line string, headings []string) bool {
	const longest = 48
	if len(line) > longest || strings.HasSuffix(line, ".") || strings.HasSuffix(line, "?") || strings.ContainsAny(line, "“\"") {
		return false
	}
	return slices.Contains(headings, fold(line))
}

// labelReason recognises "Label: something short". A dash instead of the colon may belong to a sentence, so then the
// line must not end like one.
func labelReason(line, folded string) string {
	const mostWords = 30
	for _, l := range labels {
		rest, ok := strings.CutPrefix(folded, l.label)
		if !ok {
			continue
		}
		rest = strings.TrimPrefix(rest, " ")
		r, _ := utf8.DecodeRuneInString(rest)
		separated := strings.ContainsRune(":|»→›>", r) ||
			(strings.ContainsRune("–—", r) || strings.HasPrefix(rest, "- ")) && !endsSentence(line)
		if separated && countWords(rest, mostWords+1) <= mostWords && !strings.ContainsAny(line, "“\"") {
			return l.reason
		}
	}
	return ""
}

func openingReason(folded string) string {
	for _, o := range openings {
		if !strings.HasPrefix(folded, o.start) || countWords(folded, o.words+1) > o.words {
			continue
		}
		rest := folded[len(o.start):]
		if o.needs == nil || slices.ContainsFunc(o.needs, func(n string) bool { return strings.Contains(rest, n) }) {
			return o.reason
		}
	}
	return ""
}

// isButtonRow reports whether folded is made of at least two networks and nothing else.
func isButtonRow(folded string) bool {
	const longest = 160
	if len(folded) > longest {
		return false
	}
	found := 0
	for word := range strings.FieldsFuncSeq(folded, func(r rune) bool { return !isWordRune(r) && r != '-' }) {
		switch {
		case networks[word]:
			found++
		case !networkJoiners[word]:
			return false
		}
	}
	return found > 1
}

// isReadingTime recognises "5 min read" and "3 minutes read".
func isReadingTime(folded string) bool {
	words := strings.Fields(folded)
	return len(words) == 3 && isNumber(words[0]) && strings.HasPrefix(words[1], "min") && words[2] == "read" ||
		len(words) == 2 && words[1] == "read" && strings.HasSuffix(words[0], "-min")
}

// isCommentCount recognises "12 comments".
func isCommentCount(line string) bool {
	const longest = 20
	if len(line) > longest {
		return false
	}
	count, rest, _ := strings.Cut(fold(line), " ")
	return isNumber(strings.ReplaceAll(count, ",", "")) && (rest == "comments" || rest == "comment")
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isBreadcrumb recognises the path to a page: "Home > World > Asia".
func isBreadcrumb(line string) bool {
	const longest = 200
	if len(line) > longest || !strings.HasPrefix(line, "Home") {
		return false
	}
	rest := strings.TrimSpace(strings.TrimPrefix(line, "Home"))
	r, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune(">»›/|→", r)
}

// isPhotoCredit recognises a credit line ("Jane Doe/Example Images via Getty Images") and a short caption that ends in
// a credit ("… on Monday. [File: Jane Doe/Example]", "… (Photo by Jane Doe)"). Plain parentheses with a name in them
// are citations, not credits.
func isPhotoCredit(line string) bool {
	const mostWords = 60
	if countWords(line, mostWords+1) > mostWords {
		return false
	}
	if open, credit := lastBracket(line); credit != "" {
		return isCredit(fold(credit)) || open == '[' && isNameSlashAgency(credit)
	}
	return isAgencyLine(line)
}

// lastBracket is the bracket that closes line, and what stands in it; "" if none does.
func lastBracket(line string) (open byte, content string) {
	line = strings.TrimSuffix(line, ".")
	for _, pair := range []string{"()", "[]"} {
		if !strings.HasSuffix(line, pair[1:]) {
			continue
		}
		if i := strings.LastIndexByte(line, pair[0]); i >= 0 {
			return pair[0], line[i+1 : len(line)-1]
		}
	}
	return 0, ""
}

// creditOpenings begin the bracket of a photo credit.
var creditOpenings = []string{
	"photo by", "photo:", "photo/", "photo courtesy", "photograph by", "photo credit", "image:", "image credit",
	"image courtesy", "picture:", "picture by", "file photo", "file:", "file image", "ap photo", "credit:", "photo ",
}

func isCredit(folded string) bool {
	return folded == "photo" || strings.Contains(folded, "getty images") ||
		slices.ContainsFunc(creditOpenings, func(o string) bool { return strings.HasPrefix(folded, o) })
}

// isNameSlashAgency recognises "Jane Doe/Example Agency": capitalised names on both sides of one slash.
func isNameSlashAgency(credit string) bool {
	const mostWords = 8
	name, agency, ok := strings.Cut(credit, "/")
	return ok && countWords(credit, mostWords+1) <= mostWords && isCapitalised(name) && isCapitalised(agency)
}

// isAgencyLine recognises a line that is only a credit.
func isAgencyLine(line string) bool {
	const mostWords = 9
	if endsSentence(line) || countWords(line, mostWords+1) > mostWords {
		return false
	}
	folded := fold(line)
	for _, agency := range []string{"getty images", "afp", "reuters", "ap photo", "epa", "ap", "shutterstock"} {
		if strings.HasPrefix(folded, agency+"/") || strings.HasSuffix(folded, "/"+agency) {
			return true
		}
	}
	return strings.HasSuffix(folded, "via getty images") || strings.HasSuffix(folded, "/getty images")
}

// isCapitalised reports whether s begins with a capital letter.
func isCapitalised(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	return unicode.IsUpper(r)
}
