package graphtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/claimgraph/claimgraph/graph"
)

// A line of a picture: a node (edge is "", object is its kind) or an edge.
type line struct {
	number                int
	subject, edge, object string
	given                 []setting
}

// A setting is a property with its values as they are written, without quotes.
type setting struct {
	name   string
	values []string
}

// scanLine takes a line apart. A line without content gives a line without subject.
func scanLine(text string) (line, error) {
	words, err := scanWords(text)
	if err != nil || len(words) == 0 {
		return line{}, err
	}
	l := line{subject: words[0]}
	words = words[1:]
	if len(words) > 0 && strings.HasPrefix(words[0], "-") {
		inner, ok := strings.CutSuffix(words[0][1:], "->")
		if !ok || inner == "" {
			return line{}, fmt.Errorf("%q is no arrow: -KIND->", words[0])
		}
		l.edge, words = inner, words[1:]
	}
	if len(words) == 0 {
		return line{}, fmt.Errorf("%q needs a kind, or an arrow and another name", l.subject)
	}
	l.object, words = words[0], words[1:]
	for _, w := range words {
		s, err := scanSetting(w)
		if err != nil {
			return line{}, err
		}
		if slices.ContainsFunc(l.given, func(have setting) bool { return have.name == s.name }) {
			return line{}, fmt.Errorf("%q is given twice", s.name)
		}
		l.given = append(l.given, s)
	}
	return l, nil
}

// scanWords splits a line at spaces outside quotes, up to a comment.
func scanWords(text string) ([]string, error) {
	var words []string
	begin := -1 // of the word that is being read
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ' || c == '\t' || c == '\r':
			if begin >= 0 {
				words = append(words, text[begin:i])
			}
			begin = -1
		case c == '#' && begin < 0:
			return words, nil
		case c == '"':
			quoted, err := strconv.QuotedPrefix(text[i:])
			if err != nil {
				return nil, fmt.Errorf("%s: a quote does not end", text[i:])
			}
			if begin < 0 {
				begin = i
			}
			i += len(quoted) - 1
		case begin < 0:
			begin = i
		}
	}
	if begin >= 0 {
		words = append(words, text[begin:])
	}
	return words, nil
}

// scanSetting reads name=value or name=value,value.
func scanSetting(word string) (setting, error) {
	name, rest, ok := strings.Cut(word, "=")
	if !ok || name == "" {
		return setting{}, fmt.Errorf("%q is no property: name=value", word)
	}
	s := setting{name: name}
	for {
		value, after, err := scanValue(rest)
		if err != nil {
			return setting{}, fmt.Errorf("%s: %w", name, err)
		}
		s.values = append(s.values, value)
		if after == "" {
			return s, nil
		}
		if rest, ok = strings.CutPrefix(after, ","); !ok {
			return setting{}, fmt.Errorf("%s: %q behind a quoted value", name, after)
		}
	}
}

// scanValue reads one value, and returns what is behind it.
func scanValue(text string) (value, rest string, err error) {
	if !strings.HasPrefix(text, `"`) {
		i := strings.IndexByte(text, ',')
		if i < 0 {
			i = len(text)
		}
		return text[:i], text[i:], nil
	}
	quoted, err := strconv.QuotedPrefix(text)
	if err != nil {
		return "", "", fmt.Errorf("%s: a quote does not end", text)
	}
	value, err = strconv.Unquote(quoted)
	return value, text[len(quoted):], err
}

// props returns the line's properties, and values for those that are required and not given.
func (l line) props(known []graph.Prop, name string) (graph.Props, error) {
	props := make(graph.Props)
	for _, s := range l.given {
		i := slices.IndexFunc(known, func(p graph.Prop) bool { return p.Name == s.name })
		if i < 0 {
			return nil, fmt.Errorf("%s has no property %q", l.what(), s.name)
		}
		v, err := parseValue(known[i].Type, s.values)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		props[s.name] = v
	}
	for _, p := range known {
		if _, ok := props[p.Name]; p.Required && !ok {
			props[p.Name] = usual(p, name)
		}
	}
	return props, nil
}

// what names the kind of the line's node or edge.
func (l line) what() string {
	if l.edge != "" {
		return l.edge
	}
	return l.object
}

// usual is the value of a required property that a picture leaves out.
func usual(p graph.Prop, name string) any {
	switch p.Type {
	case graph.Int:
		return int64(0)
	case graph.Float:
		return 0.5
	case graph.Bool:
		return false
	case graph.Time:
		return time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)
	case graph.Strings:
		return []string{name}
	}
	if p.Values != nil {
		return p.Values[0]
	}
	return name
}

// parseValue reads a value of that type.
func parseValue(t graph.Type, values []string) (any, error) {
	if t == graph.Strings {
		set := slices.Clone(values)
		slices.Sort(set)
		return slices.Compact(set), nil
	}
	if len(values) > 1 {
		return nil, fmt.Errorf("%d values for one; quote a text with commas", len(values))
	}
	switch text := values[0]; t {
	case graph.Int:
		return strconv.ParseInt(text, 10, 64)
	case graph.Float:
		return strconv.ParseFloat(text, 64)
	case graph.Bool:
		return strconv.ParseBool(text)
	case graph.Time:
		return parseTime(text)
	default:
		return text, nil
	}
}

// parseTime reads a day, or a moment with milliseconds at most.
func parseTime(text string) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t.UTC(), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, err
	}
	return t.UTC().Truncate(time.Millisecond), nil
}
