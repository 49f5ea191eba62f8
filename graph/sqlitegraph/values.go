package sqlitegraph

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/claimgraph/claimgraph/graph"
)

// column returns a value as a column holds it: a text, an integer, a real, or nil.
func column(v any) (any, error) {
	switch v := v.(type) {
	case time.Time:
		return v.UTC().Format(graph.TimeFormat), nil
	case []string:
		b, err := json.Marshal(v)
		return string(b), err
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	}
	return v, nil
}

// value turns what a column of the type, or a JSON number, text or truth value, holds into what Props hold.
func value(t graph.Type, v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case int64:
		switch t {
		case graph.Bool:
			return v != 0, nil
		case graph.Float:
			return float64(v), nil
		default:
			return v, nil
		}
	case bool, float64:
		return v, nil
	case []byte:
		return value(t, string(v))
	case string:
		switch t {
		case graph.Time:
			at, err := time.Parse(graph.TimeFormat, v)
			return at, err
		case graph.Strings:
			var list []string
			err := json.Unmarshal([]byte(v), &list)
			return list, err
		default:
			return v, nil
		}
	}
	return nil, fmt.Errorf("%w: a column holds a %T", graph.ErrCorrupt, v)
}

// encode writes properties as JSON, the same bytes for the same properties, and none for no properties.
func encode(p graph.Props) (string, error) {
	if len(p) == 0 {
		return "", nil
	}
	names := slices.AppendSeq(make([]string, 0, 16), maps.Keys(p))
	slices.Sort(names)
	b := append(make([]byte, 0, 256), '{')
	for i, name := range names {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendValue(append(appendText(b, name), ':'), p[name]); err != nil {
			return "", err
		}
	}
	return string(append(b, '}')), nil
}

func appendValue(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		return appendText(b, v), nil
	case time.Time:
		return appendText(b, v.UTC().Format(graph.TimeFormat)), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	}
	text, err := json.Marshal(v)
	return append(b, text...), err
}

func appendText(b []byte, s string) []byte {
	special := func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == utf8.RuneError }
	if strings.ContainsFunc(s, special) {
		quoted, _ := json.Marshal(s) // no string is an error
		return append(b, quoted...)
	}
	return append(append(append(b, '"'), s...), '"')
}

// decode reads what encode wrote for properties that the list describes.
func decode(props []graph.Prop, text string) (graph.Props, error) {
	if text == "" {
		return graph.Props{}, nil
	}
	raw := make(map[string]json.RawMessage)
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		return nil, fmt.Errorf("%w: %w", graph.ErrCorrupt, err)
	}
	out := make(graph.Props, len(raw))
	for _, p := range props {
		text, ok := raw[p.Name]
		if !ok {
			continue
		}
		v, err := decodeValue(p.Type, text)
		if err != nil {
			return nil, fmt.Errorf("%w: property %s: %w", graph.ErrCorrupt, p.Name, err)
		}
		out[p.Name] = v
	}
	return out, nil
}

func decodeValue(t graph.Type, text json.RawMessage) (any, error) {
	switch t {
	case graph.Int:
		return unmarshal[int64](text)
	case graph.Float:
		return unmarshal[float64](text)
	case graph.Bool:
		return unmarshal[bool](text)
	case graph.Time:
		return unmarshal[time.Time](text)
	case graph.Strings:
		return unmarshal[[]string](text)
	default:
		return unmarshal[string](text)
	}
}

func unmarshal[T any](text json.RawMessage) (any, error) {
	var v T
	err := json.Unmarshal(text, &v)
	return v, err
}
