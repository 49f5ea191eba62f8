package relations

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
	"github.com/claimgraph/claimgraph/loader/analyse/text"
)

// A Period is the time that a relation is said to hold, from the first moment of its first day to the first moment
// behind its last: "in May" is 1 May to 1 June. Either end may be unknown, as behind "since" and "until"; both are where
// the text gives no date, or one that only a dateline could settle.
type Period struct {
	text.Span // the words that say it
	From, To  time.Time
	Precision graph.Precision // of the words; weeks are given to the day
}

// A Publication is when a text was published, as far as that is known.
type Publication struct {
	time.Time
	Precision graph.Precision
}

// day is the day of publication, the zero time if that is not known to the day.
func (p Publication) day() time.Time {
	if p.Precision != graph.ToDay && p.Precision != graph.ToMinute {
		return time.Time{}
	}
	return date(p.Date())
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// A length is how long a date lasts, and how it is counted on.
type length struct {
	years, months, days int
	precision           graph.Precision
}

var (
	aDay   = length{days: 1, precision: graph.ToDay}
	aWeek  = length{days: 7, precision: graph.ToDay}
	aMonth = length{months: 1, precision: graph.ToMonth}
	aYear  = length{years: 1, precision: graph.ToYear}
)

// start returns the first day of the week, month or year in which a day lies.
func (l length) start(t time.Time) time.Time {
	y, m, d := t.Date()
	switch l {
	case aWeek:
		d -= (int(t.Weekday()) + 6) % 7
	case aMonth:
		d = 1
	case aYear:
		m, d = time.January, 1
	}
	return date(y, m, d)
}

// after returns the day that is n lengths after a first day.
func (l length) after(first time.Time, n int) time.Time {
	return first.AddDate(n*l.years, n*l.months, n*l.days)
}

func (l length) from(first time.Time) Period {
	return Period{From: first, To: l.after(first, 1), Precision: l.precision}
}

// An expression is a date as the sentence has it: a part of the calendar, or so many lengths before publication.
type expression struct {
	first, last int // units of the sentence, half-open
	length      length
	ago         int        // lengths before publication, negative for those to come; "last" Monday is 1, "next" May -1
	weekday     int        // from 1 for Monday; zero for none
	day         int        // of the month; zero for none
	month       time.Month // zero for none
	year        int        // zero where the sentence leaves it open
}

// Words of dates.
var (
	weekdays = places("monday mon.", "tuesday tue. tues.", "wednesday wed.", "thursday thu. thurs.", "friday fri.",
		"saturday sat.", "sunday sun.")
	months = places("january jan. jan", "february feb. feb", "march mar. mar", "april apr. apr", "may", "june jun. jun",
		"july jul. jul", "august aug. aug", "september sep. sept. sep sept", "october oct. oct", "november nov. nov",
		"december dec. dec")
	numbers = places("a one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
	lengths = map[string]length{
		"day": aDay, "days": aDay, "week": aWeek, "weeks": aWeek, "month": aMonth, "months": aMonth, "year": aYear, "years": aYear,
	}
	days   = map[string]int{"yesterday": 1, "today": 0, "tonight": 0, "tomorrow": -1}
	nearby = map[string]int{"last": 1, "past": 1, "this": 0, "current": 0, "next": -1}
	// calendrical are the prepositions that a bare year needs before it.
	calendrical = set("in since until till from to of during by through before after")
)

// places maps words to the place of their group, from 1.
func places(groups ...string) map[string]int {
	out := map[string]int{}
	for i, words := range groups {
		for _, w := range strings.Fields(words) {
			out[w] = i + 1
		}
	}
	return out
}

// ofDate reports whether a word names a day or a month.
func ofDate(w string) bool {
	_, day := days[w]
	return day || weekdays[w] > 0 || months[w] > 0
}

// expression reads the date that begins at unit i.
func (s *sentence) expression(i int) (expression, bool) {
	w := s.word(i)
	if ago, ok := days[w]; ok {
		return expression{first: i, last: i + 1, length: aDay, ago: ago}, true
	}
	if ago, ok := nearby[w]; ok {
		return s.near(i, ago)
	}
	if weekday := weekdays[w]; weekday > 0 && s.units[i].capital {
		next := i + 1
		if s.word(next) == "," {
			next++
		}
		if e, ok := s.month(next); ok && e.day > 0 { // "Monday, July 8"
			e.first = i
			return e, true
		}
		return expression{first: i, last: i + 1, length: aDay, weekday: weekday}, true
	}
	if y := year(w); y > 0 && calendrical[s.word(i-1)] {
		return expression{first: i, last: i + 1, length: aYear, year: y}, true
	}
	if length, ok := lengths[s.word(i+1)]; ok && s.word(i+2) == "ago" {
		n := max(numbers[w], dayOfMonth(w))
		return expression{first: i, last: i + 3, length: length, ago: n}, n > 0
	}
	return s.month(i)
}

// near reads "last week", "this Monday", "next May", the first word of which is so many lengths ago.
func (s *sentence) near(i, ago int) (expression, bool) {
	what := s.word(i + 1)
	e := expression{first: i, last: i + 2, length: aDay, weekday: weekdays[what], ago: ago}
	switch {
	case e.weekday > 0, s.word(i) == "this" && (what == "morning" || what == "afternoon" || what == "evening"):
		return e, true
	case what == "week", what == "month", what == "year":
		e.length = lengths[what]
		return e, true
	}
	e, ok := s.month(i + 1)
	e.first, e.ago = i, ago
	return e, ok
}

// month reads "July", "July 8", "8 July", each with or without a year behind it.
func (s *sentence) month(i int) (expression, bool) {
	e := expression{first: i, last: i + 1, length: aMonth, day: dayOfMonth(s.word(i))}
	if e.day > 0 {
		e.last++
	}
	e.month = time.Month(months[s.word(e.last-1)])
	if e.month == 0 || !s.units[e.last-1].capital {
		return expression{}, false
	}
	if e.day == 0 {
		if e.day = dayOfMonth(s.word(e.last)); e.day > 0 {
			e.last++
		}
	}
	if e.day > 0 {
		e.length = aDay
	}
	next := e.last
	if s.word(next) == "," || s.word(next) == "of" {
		next++
	}
	if e.year = year(s.word(next)); e.year > 0 {
		e.last = next + 1
	}
	return e, true
}

// word returns the word at i wherever it stands in the sentence.
func (s *sentence) word(i int) string {
	if i < 0 || i >= len(s.units) {
		return ""
	}
	return s.units[i].low
}

// dayOfMonth returns the number from 1 to 31 that a word is, zero for any other.
func dayOfMonth(w string) int {
	if n, err := strconv.Atoi(w); err == nil && n > 0 && n <= 31 && len(w) <= 2 {
		return n
	}
	return 0
}

// year returns the year that a word is, zero if it is none of the last and this century.
func year(w string) int {
	if n, err := strconv.Atoi(w); err == nil && len(w) == 4 && n >= 1900 && n < 2100 {
		return n
	}
	return 0
}

// farthestDate is how many units from a trigger its date may stand.
const farthestDate = 14

// when returns the time that the sentence gives for what the units from i to end tell: behind it, else right before it,
// else at the start of the sentence.
func (s *sentence) when(i, end int, r *Relation) Period {
	for k := end; k < min(len(s.units), end+farthestDate); k++ {
		if w := s.word(k); clauses[w] && w != "or" || w == ";" || w == "(" || s.triggers(k) || s.regular(k) {
			break
		}
		if e, ok := s.expression(k); ok && (s.word(k-1) != "of" || k-1 == end) { // not the day of "the truce of May 4"
			return s.period(e, r)
		}
	}
	for k := i - 1; k >= max(0, i-farthestDate); k-- {
		if w := s.word(k); clauses[w] || w == ";" || w == "and" || w == "," && year(s.word(k+1)) == 0 || s.triggers(k) || s.regular(k) {
			break
		}
		if e, ok := s.expression(k); ok && e.last <= i {
			if e, ok := s.expression(k - 1); ok && e.last <= i {
				return s.period(e, r) // "8 July", not "July"
			}
			return s.period(e, r)
		}
	}
	for k := 0; k < min(len(s.units), 3); k++ {
		if e, ok := s.expression(k); ok && e.last < i && s.word(e.last) == "," {
			return s.period(e, r)
		}
	}
	return Period{}
}

// triggers reports whether the word at i is a verb that tells something else, which a date there belongs to.
func (s *sentence) triggers(i int) bool {
	w := s.word(i)
	return irregular[w] || slices.ContainsFunc(s.words[w], func(e entry) bool {
		return e.frame == verb && e.typ != "" && e.form&past != 0 && s.matches(i, e)
	})
}

// period settles an expression by what stands before it.
func (s *sentence) period(e expression, r *Relation) Period {
	planned := r.Mode == graph.Planned
	p, ok := e.settle(s.published, planned)
	if !ok {
		return Period{}
	}
	p.Span = text.Span{Start: s.units[e.first].Start, End: s.units[e.last-1].End}
	until := p.To
	if s.begins { // it goes on
		p.To = time.Time{}
	}
	switch s.word(e.first - 1) {
	case "since", "from":
		p.To = time.Time{}
		if w := s.word(e.last); w == "to" || w == "until" || w == "through" {
			if end, ok := s.expression(e.last + 1); ok {
				until, _ := end.settle(s.published, planned)
				if until.To.Before(p.From) {
					until, _ = end.settle(s.published, true) // "from March to September", told in July
				}
				p.To, p.Span.End = until.To, s.units[end.last-1].End
			}
		}
	case "until", "till", "through":
		p.From, p.To = time.Time{}, until
	case "before", "after", "by":
		return Period{} // before or after which the sentence does not say when
	case "in", "during", "throughout":
	default:
		if r.Type.Class() == graph.Standing && !s.begins {
			return Period{} // what lasts is only told on that day
		}
	}
	return p
}

// settle returns the days that an expression means to a text of a day, which is zero if it is unknown: those last past, or
// next to come of what is planned. The day, month or year of the text itself is both, unless it says "last" or "next".
// There are none of "31 June".
func (e expression) settle(published time.Time, planned bool) (Period, bool) {
	if e.year > 0 {
		first := date(e.year, max(time.January, e.month), max(1, e.day))
		return e.length.from(first), e.day == 0 || first.Day() == e.day
	}
	if published.IsZero() {
		return Period{}, false
	}
	if e.month == 0 && e.weekday == 0 {
		return e.length.from(e.length.after(e.length.start(published), -e.ago)), true
	}
	step := -1
	if e.ago < 0 || e.ago == 0 && planned {
		step = 1
	}
	for k := range 9 { // as many years may pass from one 29 February to the next
		first := date(published.Year()+k*step, e.month, max(1, e.day))
		if e.weekday > 0 {
			first = aWeek.start(published).AddDate(0, 0, 7*k*step+e.weekday-1)
		}
		p := e.length.from(first)
		switch {
		case e.day > 0 && first.Day() != e.day: // not in this year
		case e.ago > 0 && p.To.After(published), e.ago < 0 && !first.After(published): // not over yet, or begun already
		case step < 0 && !first.After(published), step > 0 && p.To.After(published):
			return p, true
		}
	}
	return Period{}, false
}
