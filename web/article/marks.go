package article

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/claimgraph/claimgraph/loader/extraction"
)

// A role is what a marked stretch of text is to its record. The style sheet knows it as a class, the script as the end of
// a token: “a3.s” is the source of attribution a3.
type role string

const (
	source  role = "s"
	cue     role = "q"
	content role = "c"
	cited   role = "x"
	scope   role = "e" // what a citation stands behind; seen only with its citation
	mention role = "m"
	trigger role = "r"
	skipped role = "z"
)

// A mark is one stretch of the text that belongs to a record. It counts code points.
type mark struct {
	start, end int
	role       role
	record     string // ID of the record on the page
	index      int    // of the record in its list
}

// A segment is a stretch of text that the same marks lie on from its beginning to its end, the shortest mark first.
type segment struct {
	start, end int
	marks      []mark
}

// marksOf lists all that is marked in the article, ordered by start; of marks that start together, the longer first. It
// checks that each span says what the text says there.
func marksOf(r *extraction.Record, points []rune, c *cast) ([]mark, error) {
	m := marker{points: points}
	for i, a := range r.Attributions {
		m.add(a.ID, i, source, a.Source...)
		m.add(a.ID, i, cue, a.Cue...)
		m.add(a.ID, i, content, a.Content...)
	}
	for i, c := range r.Citations {
		m.add(c.ID, i, cited, c.Span)
		m.add(c.ID, i, scope, c.Scope...)
	}
	for i, x := range r.Mentions {
		if _, ok := c.numbers[x.Actor]; !ok {
			return nil, fmt.Errorf("%q means actor %q, whom the record does not have", x.Span.Exact, x.Actor)
		}
		m.add(c.numbers[x.Actor], i, mention, x.Span)
	}
	for i, x := range r.Relations {
		m.add(x.ID, i, trigger, x.Trigger)
	}
	for i, x := range r.Skipped {
		m.add(numbered("s", i), i, skipped, x.Span)
	}
	slices.SortStableFunc(m.marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	return m.marks, m.err
}

type marker struct {
	points []rune
	marks  []mark
	err    error // the first span that is not as the text has it
}

// add adds marks; an empty span marks nothing.
func (m *marker) add(record string, index int, role role, spans ...extraction.Span) {
	for _, s := range spans {
		if m.err == nil {
			m.err = m.check(record, s)
		}
		if s.Start < s.End {
			m.marks = append(m.marks, mark{s.Start, s.End, role, record, index})
		}
	}
}

func (m *marker) check(record string, s extraction.Span) error {
	if !isID(record) {
		return fmt.Errorf("%q is no ID of a record", record)
	}
	if s.Start < 0 || s.End < s.Start || s.End > len(m.points) {
		return fmt.Errorf("span %d to %d of %s is not within the text, which has %d code points",
			s.Start, s.End, record, len(m.points))
	}
	if got := string(m.points[s.Start:s.End]); got != s.Exact {
		return fmt.Errorf("span %d to %d of %s reads %.40q, not %.40q", s.Start, s.End, record, got, s.Exact)
	}
	return nil
}

// segments cuts length code points at every edge of the marks and at the other edges, which are in order.
func segments(length int, marks []mark, edges []int) []segment {
	cuts := make([]int, 0, 2*len(marks)+len(edges)+2)
	cuts = append(append(cuts, 0, length), edges...)
	for _, m := range marks {
		cuts = append(cuts, m.start, m.end)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	list := make([]segment, 0, len(cuts))
	var open []mark
	for i, start := range cuts[:len(cuts)-1] {
		open = slices.DeleteFunc(open, func(m mark) bool { return m.end <= start })
		for ; len(marks) > 0 && marks[0].start == start; marks = marks[1:] {
			open = append(open, marks[0])
		}
		on := slices.Clone(open)
		slices.SortStableFunc(on, func(a, b mark) int { return cmp.Compare(a.end-a.start, b.end-b.start) })
		list = append(list, segment{start, cuts[i+1], on})
	}
	return list
}

// isID tells whether a record's ID can be told from its role in a token, and from markup.
func isID(id string) bool {
	return id != "" && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// numbered returns the ID on the page of an element of a list that has none of its own.
func numbered(list string, index int) string { return list + strconv.Itoa(index+1) }
