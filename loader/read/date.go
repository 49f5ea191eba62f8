package read

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/claimgraph/claimgraph/graph"
)

// A date is a moment with how much of it is known; the parts below the precision are zero.
type date struct {
	at        time.Time
	precision graph.Precision
}

var months = map[string]time.Month{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
	"jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10,
	"november": 11, "nov": 11, "december": 12, "dec": 12,
}

var weekdays = map[string]bool{
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true,
	"sunday": true, "mon": true, "tue": true, "tues": true, "wed": true, "thu": true, "thur": true, "thurs": true,
	"fri": true, "sat": true, "sun": true,
}

// timestampLayouts are the machine-readable forms that carry a time of day and a zone.
var timestampLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z0700",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04 -0700", time.RFC1123Z,
	"2006-01-02 15:04:05 UTC", "2006-01-02 15:04 UTC", "Mon, 02 Jan 2006 15:04:05 GMT",
}

// parseDate reads a date as pages and people write it in English: ISO 8601, "3 July 2024", "July 3rd, 2024, 10:15 GMT",
// "July 2024", "2024". A time of day without a zone is left out, since it may be off by most of a day, and so is
// midnight sharp, which is how systems write that no time is known. Forms that could be read in two ways, as 03/07/2024,
// are not read.
func parseDate(s string) (date, bool) {
	s = strings.TrimSpace(s)
	const longest = 64
	if len(s) > longest {
		return date{}, false
	}
	if at, err := time.Parse("2006/1/2", s); err == nil {
		s = at.Format(time.DateOnly)
	}
	for _, layout := range timestampLayouts {
		if at, err := time.Parse(layout, s); err == nil && isPlausibleYear(at.Year()) {
			if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
				return date{day(at.Year(), at.Month(), at.Day()), graph.ToDay}, true
			}
			return date{at.UTC().Truncate(time.Minute), graph.ToMinute}, true
		}
	}
	if len(s) >= len(time.DateOnly) && (len(s) == len(time.DateOnly) || strings.ContainsRune("T ", rune(s[len(time.DateOnly)]))) {
		if at, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)]); err == nil && isPlausibleYear(at.Year()) {
			return date{at, graph.ToDay}, true
		}
	}
	for _, layout := range []string{"2006-01", "2006/01"} {
		if at, err := time.Parse(layout, s); err == nil && isPlausibleYear(at.Year()) {
			return date{at, graph.ToMonth}, true
		}
	}
	return parseWrittenDate(s)
}

// writtenDate gathers the parts of a date written in words.
type writtenDate struct {
	year, day    int
	month        time.Month
	hour, minute int
	timed, zoned bool
}

func parseWrittenDate(s string) (date, bool) {
	var w writtenDate
	for word := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return unicode.IsSpace(r) || r == ',' }) {
		if !w.take(strings.TrimRight(word, ".")) {
			return date{}, false
		}
	}
	return w.date()
}

// take understands one word of a date; false if it belongs to none, or repeats a part.
func (w *writtenDate) take(word string) bool {
	if month, ok := months[word]; ok && w.month == 0 {
		w.month = month
		return true
	}
	if weekdays[word] || word == "at" || word == "on" || word == "the" || word == "of" || word == "–" || word == "-" || word == "|" {
		return true
	}
	if word == "gmt" || word == "utc" || word == "z" {
		w.zoned = true
		return w.timed
	}
	if word == "am" || word == "pm" || word == "a.m" || word == "p.m" {
		return w.timed && w.halfDay(word[0] == 'p')
	}
	if strings.Contains(word, ":") {
		return w.clock(word)
	}
	return w.number(word)
}

// number takes a year or a day of the month, with or without its ordinal ending.
func (w *writtenDate) number(word string) bool {
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, ending)
	}
	n, err := strconv.Atoi(word)
	switch {
	case err != nil:
		return false
	case len(word) == 4 && w.year == 0 && isPlausibleYear(n):
		w.year = n
		return true
	case len(word) <= 2 && w.day == 0 && n >= 1 && n <= 31:
		w.day = n
		return true
	}
	return false
}

// clock takes a time of day: "15:04", "3:04pm".
func (w *writtenDate) clock(word string) bool {
	afternoon := strings.HasSuffix(word, "pm")
	half := afternoon || strings.HasSuffix(word, "am")
	if half {
		word = word[:len(word)-2]
	}
	at, err := time.Parse("15:04", word)
	if err != nil || w.timed {
		return false
	}
	w.timed, w.hour, w.minute = true, at.Hour(), at.Minute()
	return !half || w.halfDay(afternoon)
}

func (w *writtenDate) halfDay(afternoon bool) bool {
	if w.hour < 1 || w.hour > 12 {
		return false
	}
	w.hour %= 12
	if afternoon {
		w.hour += 12
	}
	return true
}

func (w *writtenDate) date() (date, bool) {
	switch {
	case w.year == 0, w.day != 0 && w.month == 0, w.timed && w.day == 0:
		return date{}, false
	case w.month == 0:
		return date{day(w.year, time.January, 1), graph.ToYear}, true
	case w.day == 0:
		return date{day(w.year, w.month, 1), graph.ToMonth}, true
	}
	at := day(w.year, w.month, w.day)
	if at.Day() != w.day {
		return date{}, false // 31 June.
	}
	if w.timed && w.zoned {
		return date{at.Add(time.Duration(w.hour)*time.Hour + time.Duration(w.minute)*time.Minute), graph.ToMinute}, true
	}
	return date{at, graph.ToDay}, true
}

func day(year int, month time.Month, dayOfMonth int) time.Time {
	return time.Date(year, month, dayOfMonth, 0, 0, 0, 0, time.UTC)
}

// isPlausibleYear keeps counts and house numbers from passing as years.
func isPlausibleYear(year int) bool { return year >= 1800 && year < 2200 }
