package graph

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A Resolution says whether the source that a citation names can be looked up.
type Resolution string

// The resolutions.
const (
	IsResolved   Resolution = "RESOLVED"     // a document of the graph is the source
	Resolvable   Resolution = "RESOLVABLE"   // it names one text, which is not in the graph
	Unresolvable Resolution = "UNRESOLVABLE" // it names a body, many texts or nobody: there is nothing to look up
)

// Resolutions lists every Resolution.
var Resolutions = []Resolution{IsResolved, Resolvable, Unresolvable}

// A CitationProblem is something that a citation is weak by, or wrong.
type CitationProblem string

// The problems of citations.
const (
	Undated      CitationProblem = "UNDATED"       // no date, or none that we can read
	Nameless     CitationProblem = "NAMELESS"      // nobody in particular: "media reports"
	ManyTexts    CitationProblem = "MANY_TEXTS"    // many texts at once: "press releases"
	NoScope      CitationProblem = "NO_SCOPE"      // no sentence that it could support
	AfterArticle CitationProblem = "AFTER_ARTICLE" // the source is dated after the article that cites it
	BeforeEvent  CitationProblem = "BEFORE_EVENT"  // it is dated before an event that it is to support
)

// CitationProblems lists every CitationProblem.
var CitationProblems = []CitationProblem{Undated, Nameless, ManyTexts, NoScope, AfterArticle, BeforeEvent}

// A CitationCheck is what can be said of a citation without looking the source up.
type CitationCheck struct {
	Resolution Resolution
	From, To   time.Time // the source's date as written: from the first moment to before the second; zero if unreadable
	Sentences  int       // that it can support
	Problems   []CitationProblem
}

// The follows of a citation that is checked.
const (
	checkArticle = iota
	checkSource
	checkScope
	checkTold
)

// CitationChecks checks citations.
func (g *Graph) CitationChecks(ctx context.Context, citations []ID) (map[ID]CitationCheck, error) {
	dated := Level{First: 1, Props: []string{"publishedAt", "publishedPrecision"}}
	events := Follow{Edge: EdgeContent, Level: Level{First: 1, Follow: []Follow{{Edge: EdgeAsserts, Level: Level{
		First: maxCited, Props: []string{"validFrom"}, Where: Where{Prop: "class", Value: string(Event)},
	}}}}}
	rows, err := g.ByIDs(ctx, citations, Level{
		Kinds: []NodeKind{KindCitation}, Props: []string{"granularity", "dateText"},
		Follow: []Follow{
			checkArticle: {Edge: EdgeIn, Level: dated},
			checkSource:  {Edge: EdgeResolvesTo, Level: dated},
			checkScope:   {Edge: EdgeScope, Level: Level{First: 1, Total: true}},
			checkTold:    {Edge: EdgeCites, Reverse: true, Level: Level{First: maxCited, Follow: []Follow{events}}},
		},
	})
	if err != nil {
		return nil, err
	}
	checks := make(map[ID]CitationCheck, len(rows))
	for _, row := range rows {
		checks[row.ID] = checkCitation(row)
	}
	return checks, nil
}

func checkCitation(row Row) CitationCheck {
	granularity, _ := row.Props[0].(string)
	text, _ := row.Props[1].(string)
	c := CitationCheck{Resolution: Unresolvable, Sentences: row.Follow[checkScope].Total}
	var readable bool
	c.From, c.To, readable = readDate(text)
	sources := row.Follow[checkSource].Rows
	if len(sources) > 0 { // its own date is better than the citation's
		if from, to, ok := published(sources[0]); ok {
			c.From, c.To, readable = from, to, true
		}
		c.Resolution = IsResolved
	} else if Granularity(granularity) == OneDocument {
		c.Resolution = Resolvable
	}
	for _, p := range []struct {
		problem CitationProblem
		holds   bool
	}{
		{Undated, !readable},
		{Nameless, Granularity(granularity) == Anonymous},
		{ManyTexts, Granularity(granularity) == Bundle},
		{NoScope, c.Sentences == 0},
		{AfterArticle, readable && c.afterArticle(row.Follow[checkArticle])},
		{BeforeEvent, readable && c.beforeEvent(row.Follow[checkTold])},
	} {
		if p.holds {
			c.Problems = append(c.Problems, p.problem)
		}
	}
	return c
}

// published returns the time in which a document was published, as exactly as it is known.
func published(doc Row) (from, to time.Time, ok bool) {
	from, ok = doc.Props[0].(time.Time)
	precision, _ := doc.Props[1].(string)
	switch Precision(precision) {
	case ToYear:
		to = from.AddDate(1, 0, 0)
	case ToMonth:
		to = from.AddDate(0, 1, 0)
	case ToDay:
		to = from.AddDate(0, 0, 1)
	default:
		to = from.Add(time.Minute)
	}
	return from, to, ok
}

// afterArticle reports whether the source is surely younger than the article. A day is allowed for time zones.
func (c CitationCheck) afterArticle(articles Rows) bool {
	for _, article := range articles.Rows {
		if _, to, ok := published(article); ok && !c.From.Before(to.AddDate(0, 0, 1)) {
			return true
		}
	}
	return false
}

// beforeEvent reports whether the source is surely older than something that it is to support.
func (c CitationCheck) beforeEvent(told Rows) bool {
	for _, said := range told.Rows {
		for _, claim := range said.Follow[0].Rows {
			for _, event := range claim.Follow[0].Rows {
				if at, ok := event.Props[0].(time.Time); ok && !c.To.AddDate(0, 0, 1).After(at) {
					return true
				}
			}
		}
	}
	return false
}

// monthNumbers leads from the first three letters of a month's name to its number.
var monthNumbers = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// readDate reads a date as citations write it, in English or ISO: a year, a month or a day, or a range of such. It
// returns the time from its beginning to before its end; ok is false if there is no year in it or nothing that fits.
func readDate(text string) (from, to time.Time, ok bool) {
	for _, part := range strings.Fields(text) {
		if day, err := time.Parse(time.DateOnly, strings.Trim(part, ",.;()")); err == nil && day.Year() > 0 {
			return day, day.AddDate(0, 0, 1), true
		}
	}
	var years, days []int
	var months []time.Month
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		digits := strings.TrimRight(strings.ToLower(w), "sthndr")
		n, err := strconv.Atoi(digits)
		month := time.Month(0)
		if len(w) >= 3 {
			month = monthOf(strings.ToLower(w))
		}
		switch {
		case month > 0:
			months = append(months, month)
		case err != nil:
		case len(digits) == 4 && n >= 1000:
			years = append(years, n)
		case len(digits) == 2 && len(years) > 0 && len(months) == 0: // 2023–24
			years = append(years, years[0]/100*100+n)
		case n >= 1 && n <= 31:
			days = append(days, n)
		}
	}
	if len(years) == 0 || len(days) > 0 && len(months) == 0 && len(years) == 1 {
		return from, to, false // without a year, or 12/07/2024, which two countries read in two ways
	}
	return span(years, months, days)
}

// monthOf returns the month of that name or abbreviation, 0 if it is none.
func monthOf(word string) time.Month {
	month := monthNumbers[word[:min(len(word), 3)]]
	if month == 0 || word == "sept" || len(word) == 3 {
		return month
	}
	if !strings.EqualFold(month.String(), word) {
		return 0
	}
	return month
}

// span returns the time from the first to behind the last of what a date names.
func span(years []int, months []time.Month, days []int) (from, to time.Time, ok bool) {
	first, last := slices.Min(years), slices.Max(years)
	if len(months) == 0 {
		return day(first, time.January, 1), day(last+1, time.January, 1), true
	}
	begin, end := months[0], months[len(months)-1]
	if len(days) == 0 {
		from, to = day(first, begin, 1), day(last, end+1, 1)
	} else {
		from, to = day(first, begin, days[0]), day(last, end, days[len(days)-1]+1)
		ok = from.Day() == days[0] // there is no 31 June
	}
	return from, to, from.Before(to) && (ok || len(days) == 0)
}

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
