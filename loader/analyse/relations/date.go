package relations

import (
	"slices"
	"strconv"
	"strings"
	"time"

	dateparser "github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-dateparser/date"

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

// A calendar settles the dates of one text.
type calendar struct {
	parser    *dateparser.Parser
	published time.Time            // the day of publication, zero if unknown
	known     map[string]date.Date // what the parser made of words; it takes longer than all else
}

// newDateParser returns a parser of dates in words. It is safe for concurrent use.
func newDateParser() *dateparser.Parser {
	return &dateparser.Parser{ParserTypes: []dateparser.ParserType{dateparser.RelativeTime, dateparser.AbsoluteTime}}
}

func newCalendar(parser *dateparser.Parser, at Publication) *calendar {
	c := &calendar{parser: parser, known: map[string]date.Date{}}
	if !at.IsZero() && (at.Precision == graph.ToDay || at.Precision == graph.ToMinute) {
		c.published = time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	}
	return c
}

// An expression is a date as the sentence has it.
type expression struct {
	first, last int    // units, half-open
	words       string // as the parser wants them
	relative    bool   // only the day of publication settles it
	week        bool   // all of the week around it is meant
	coming      bool   // "next Monday"
}

// Words of dates.
var (
	weekdays = set("monday tuesday wednesday thursday friday saturday sunday mon. tue. tues. wed. thu. thurs. fri. sat. sun.")
	months   = set(`january february march april may june july august september october november december
		jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. jan feb mar apr jun jul aug sep sept oct nov dec`)
	units   = set("day days week weeks month months year years")
	days    = set("yesterday today tomorrow tonight")
	nearby  = set("last this next past current")
	numbers = set("a one two three four five six seven eight nine ten eleven twelve")
	// calendrical are the prepositions that a bare year needs before it.
	calendrical = set("in since until till from of during by through before after")
)

// expression reads the date that begins at unit i.
func (s *sentence) expression(i int) (expression, bool) {
	w := s.word(i)
	switch {
	case days[w]:
		return expression{first: i, last: i + 1, words: strings.Replace(w, "tonight", "today", 1), relative: true}, true
	case nearby[w]:
		return s.near(i)
	case weekdays[w] && s.units[i].capital:
		next := i + 1
		if s.word(next) == "," {
			next++
		}
		if e, ok := s.expression(next); ok && months[s.word(next)] {
			e.first = i
			return e, true
		}
		return expression{first: i, last: i + 1, words: strings.TrimSuffix(w, "."), relative: true}, true
	case months[w] && s.units[i].capital:
		return s.month(i)
	case year(w) && (calendrical[s.word(i-1)] || s.word(i-1) == "to"):
		return expression{first: i, last: i + 1, words: w}, true
	case numbers[w] || number(w, 31):
		if s.units[i].capital {
			return expression{}, false
		}
		if months[s.word(i+1)] && s.units[i+1].capital {
			e, ok := s.month(i + 1)
			e.first, e.words = i, w+" "+e.words
			return e, ok && e.last <= i+3
		}
		if units[s.word(i+1)] && s.word(i+2) == "ago" {
			return expression{
				first: i, last: i + 3, words: w + " " + s.word(i+1) + " ago", relative: true, week: strings.HasPrefix(s.word(i+1), "week"),
			}, true
		}
	}
	return expression{}, false
}

// near reads "last week", "this Monday", "next May".
func (s *sentence) near(i int) (expression, bool) {
	w, what := s.word(i), s.word(i+1)
	switch {
	case weekdays[what], months[what] && s.units[i+1].capital:
		return expression{first: i, last: i + 2, words: strings.TrimSuffix(what, "."), relative: true, coming: w == "next"}, true
	case what == "week" || what == "month" || what == "year":
		if w == "past" || w == "current" {
			w = map[string]string{"past": "last", "current": "this"}[w]
		}
		return expression{first: i, last: i + 2, words: w + " " + what, relative: true, week: what == "week"}, true
	case w == "this" && (what == "morning" || what == "afternoon" || what == "evening"):
		return expression{first: i, last: i + 2, words: "today", relative: true}, true
	}
	return expression{}, false
}

// month reads "July", "July 8", "July 2024", "July 8, 2024".
func (s *sentence) month(i int) (expression, bool) {
	e := expression{first: i, last: i + 1, words: strings.TrimSuffix(s.word(i), "."), relative: true}
	if number(s.word(e.last), 31) {
		e.words += " " + s.word(e.last)
		e.last++
	}
	next := e.last
	if s.word(next) == "," || s.word(next) == "of" {
		next++
	}
	if year(s.word(next)) {
		e.words, e.last, e.relative = e.words+" "+s.word(next), next+1, false
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

func number(w string, most int) bool {
	n, err := strconv.Atoi(w)
	return err == nil && n > 0 && n <= most && len(w) <= 2
}

func year(w string) bool {
	n, err := strconv.Atoi(w)
	return err == nil && len(w) == 4 && n >= 1900 && n < 2100
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
		if w := s.word(k); clauses[w] || w == ";" || w == "and" || w == "," && !year(s.word(k+1)) || s.triggers(k) || s.regular(k) {
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
	p, ok := s.calendar.settle(e, e.coming || r.Mode == graph.Planned)
	if !ok {
		return Period{}
	}
	p.Span = text.Span{Start: s.units[e.first].Start, End: s.units[e.last-1].End}
	switch s.word(e.first - 1) {
	case "since", "from":
		p.To = time.Time{}
		if w := s.word(e.last); w == "to" || w == "until" || w == "through" {
			if end, ok := s.expression(e.last + 1); ok {
				until, _ := s.calendar.settle(end, end.coming)
				p.To, p.Span.End = until.To, s.units[end.last-1].End
			}
		}
	case "until", "till", "through":
		p.From = time.Time{}
	case "before", "after", "by":
		return Period{} // before or after which the sentence does not say when
	case "in", "during", "throughout":
	default:
		if r.Type.Class() == graph.Standing {
			return Period{} // what lasts is only told on that day
		}
	}
	return p
}

// settle returns the days that an expression means: those last past, or next to come of what is planned.
func (c *calendar) settle(e expression, planned bool) (Period, bool) {
	if e.relative && c.published.IsZero() {
		return Period{}, false
	}
	cfg := &dateparser.Configuration{
		Locales: []string{"en"}, DefaultTimezone: time.UTC, CurrentTime: c.published,
		PreferredDateSource: dateparser.Past, PreferredDayOfMonth: dateparser.First,
	}
	key := e.words
	switch {
	case c.published.IsZero():
		cfg.CurrentTime = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // of no consequence, as the year is given
	case planned:
		cfg.PreferredDateSource = dateparser.Future
		key += " to come"
	case weekdays[e.words]:
		cfg.CurrentTime = c.published.AddDate(0, 0, 1) // "on Monday" of a Monday's article is that day
	}
	d, known := c.known[key]
	if !known {
		d, _ = c.parser.Parse(cfg, e.words) // words that it cannot read give no date
		c.known[key] = d
	}
	if d.IsZero() {
		return Period{}, false
	}
	y, m, day := d.Time.Date()
	p := Period{Precision: graph.ToDay}
	switch {
	case e.week:
		monday := time.Date(y, m, day-(int(d.Time.Weekday())+6)%7, 0, 0, 0, 0, time.UTC)
		p.From, p.To = monday, monday.AddDate(0, 0, 7)
	case d.Period == date.Year:
		p.From, p.Precision = time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), graph.ToYear
		p.To = p.From.AddDate(1, 0, 0)
	case d.Period == date.Month:
		p.From, p.Precision = time.Date(y, m, 1, 0, 0, 0, 0, time.UTC), graph.ToMonth
		p.To = p.From.AddDate(0, 1, 0)
	default:
		p.From = time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
		p.To = p.From.AddDate(0, 0, 1)
	}
	return p, true
}
