package actors

import (
	_ "embed" // the gazetteer's data
	"fmt"
	"slices"
	"strings"

	"github.com/claimgraph/claimgraph/graph"
)

//go:embed data/gazetteer.txt
var gazetteerData string

//go:embed data/countries.tsv
var countriesData string

//go:embed data/places.txt
var placesData string

// An entry is one actor of the gazetteer; data/gazetteer.txt explains the fields.
type entry struct {
	key, name  string
	kind       graph.ActorKind
	aliases    []string
	adjectives []string
	seats      []string
	offices    []string
	owner      string // the key, "" for none
	gender     gender
}

// A gender says which pronouns a person takes.
type gender uint8

const (
	unknownGender gender = iota
	she
	he
)

// parseCountries reads lines of name, adjective and capital, parted by tabs; the latter two may be empty.
func parseCountries(source string) ([]entry, error) {
	var entries []entry
	for n, line := range lines(source) {
		fields := strings.Split(line, "\t")
		if len(fields) != 3 || fields[0] == "" {
			return nil, fmt.Errorf("countries line %d: %w: want name, adjective, capital", n, graph.ErrInvalid)
		}
		c := entry{key: slug(fields[0]), name: fields[0], kind: graph.State}
		if fields[1] != "" {
			c.adjectives = []string{fields[1]}
		}
		if fields[2] != "" {
			c.seats = []string{fields[2]}
		}
		entries = append(entries, c)
	}
	return entries, nil
}

// parsePlaces reads one name a line.
func parsePlaces(source string) []entry {
	var entries []entry
	for _, name := range lines(source) {
		entries = append(entries, entry{key: "place-" + slug(name), name: name, kind: graph.Place})
	}
	return entries
}

// parseGazetteer reads the gazetteer's lines and merges them with the countries. Every error names its line.
func parseGazetteer(source string, countries []entry) ([]entry, error) {
	entries := slices.Clone(countries)
	index := make(map[string]int, len(entries))
	for i, e := range entries {
		index[e.key] = i
	}
	seen, lineOf := make(map[string]bool), make(map[string]int)
	for n, line := range lines(source) {
		e, err := parseEntry(line)
		if err == nil && seen[e.key] {
			err = fmt.Errorf("%w: a second %q", graph.ErrInvalid, e.key)
		}
		if err != nil {
			return nil, fmt.Errorf("gazetteer line %d: %w", n, err)
		}
		seen[e.key], lineOf[e.key] = true, n
		if i, ok := index[e.key]; ok {
			entries[i] = addTo(entries[i], e)
			continue
		}
		index[e.key] = len(entries)
		entries = append(entries, e)
	}
	for _, e := range entries {
		if _, ok := index[e.owner]; e.owner != "" && !ok {
			return nil, fmt.Errorf("gazetteer line %d: %w: %q is of %q, which is nowhere", lineOf[e.key], graph.ErrInvalid, e.key, e.owner)
		}
	}
	return entries, checkOwners(entries, index)
}

// checkOwners refuses actors that own themselves, however far round.
func checkOwners(entries []entry, index map[string]int) error {
	for _, e := range entries {
		steps := 0
		for at := e; at.owner != ""; at = entries[index[at.owner]] {
			if steps++; steps > len(entries) {
				return fmt.Errorf("gazetteer: %w: %q owns itself", graph.ErrInvalid, e.key)
			}
		}
	}
	return nil
}

// addTo adds what a line says about a country that is already known.
func addTo(country, line entry) entry {
	line.aliases = append(line.aliases, country.name)
	line.adjectives = union(line.adjectives, country.adjectives)
	line.seats = union(line.seats, country.seats)
	return line
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// parseEntry reads "KIND | key | Name | label values | …".
func parseEntry(line string) (entry, error) {
	fields := strings.Split(line, " | ")
	if len(fields) < 3 {
		return entry{}, fmt.Errorf("%w: want KIND | key | Name", graph.ErrInvalid)
	}
	for i, f := range fields {
		fields[i] = strings.TrimSpace(f)
	}
	e := entry{kind: graph.ActorKind(fields[0]), key: fields[1], name: fields[2]}
	switch {
	case !slices.Contains(graph.ActorKinds, e.kind):
		return entry{}, fmt.Errorf("%w: unknown kind %q", graph.ErrInvalid, e.kind)
	case e.key == "" || slug(e.key) != e.key:
		return entry{}, fmt.Errorf("%w: key %q is not lower case with hyphens", graph.ErrInvalid, e.key)
	case e.name == "":
		return entry{}, fmt.Errorf("%w: no name", graph.ErrInvalid)
	}
	said := make(map[string]bool)
	for _, f := range fields[3:] {
		label, values, _ := strings.Cut(f, " ")
		if said[label] {
			return entry{}, fmt.Errorf("%w: label %q twice", graph.ErrInvalid, label)
		}
		said[label] = true
		if err := e.set(label, values); err != nil {
			return entry{}, err
		}
	}
	return e, nil
}

// set takes over the values of one label.
func (e *entry) set(label, values string) error {
	if label == "he" || label == "she" {
		if values != "" || e.kind != graph.Person || e.gender != unknownGender {
			return fmt.Errorf("%w: %q is for persons, once, and takes no value", graph.ErrInvalid, label)
		}
		e.gender = he
		if label == "she" {
			e.gender = she
		}
		return nil
	}
	list := strings.Split(values, ";")
	for i, v := range list {
		if list[i] = strings.TrimSpace(v); list[i] == "" {
			return fmt.Errorf("%w: empty value in %q", graph.ErrInvalid, label)
		}
	}
	switch label {
	case "also":
		e.aliases = list
	case "adjective":
		e.adjectives = list
	case "seat":
		e.seats = list
	case "office":
		e.offices = list
	case "of":
		e.owner = list[0]
		if len(list) > 1 {
			return fmt.Errorf("%w: more than one owner", graph.ErrInvalid)
		}
	default:
		return fmt.Errorf("%w: unknown label %q", graph.ErrInvalid, label)
	}
	return nil
}

// lines yields the numbers and words of the lines that are neither empty nor comments.
func lines(source string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		n := 0
		for line := range strings.Lines(source) {
			n++
			line = strings.TrimRight(line, "\r\n")
			if strings.TrimSpace(line) == "" || line[0] == '#' {
				continue
			}
			if !yield(n, line) {
				return
			}
		}
	}
}

// slug returns a name as a key: "São Tomé" is "sao-tome".
func slug(name string) string {
	var b strings.Builder
	gap := false
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		for _, r := range fold(word) {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				if gap {
					b.WriteByte('-')
					gap = false
				}
				b.WriteRune(r)
			}
		}
		gap = b.Len() > 0
	}
	return b.String()
}
