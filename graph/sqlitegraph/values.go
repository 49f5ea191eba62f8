package sqlitegraph

import (
	"encoding/json"
	"fmt"
	"time"

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
	plain := make(map[string]any, len(p))
	for name, v := range p {
		if at, ok := v.(time.Time); ok {
			v = at.UTC().Format(graph.TimeFormat)
		}
		plain[name] = v
	}
	b, err := json.Marshal(plain)
	return string(b), err
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
