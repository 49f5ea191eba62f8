package graph

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// A cursor is a Position as clients hold it: opaque, and good only for lists of the same kinds in the same order.
type cursor struct {
	List  string   `json:"l"` // which list it belongs to
	ID    ID       `json:"i"`
	Order []string `json:"o,omitempty"` // JSON values; "" where absent
}

// Cursor returns the position behind a row of the level in the form that clients hold.
func (l Level) Cursor(p *Position) string {
	c := cursor{List: l.name(), ID: p.ID}
	for _, v := range p.Order {
		text := ""
		if v != nil {
			b, err := json.Marshal(v)
			if err != nil { // only a NaN, which the vocabulary's types exclude
				return ""
			}
			text = string(b)
		}
		c.Order = append(c.Order, text)
	}
	b, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// Position reads a cursor that Cursor wrote for a level of the same kinds and order. Anything else is ErrInvalid.
func (l Level) Position(s string) (*Position, error) {
	bad := fmt.Errorf("%w: %q is not a cursor of this list; page on from a cursor that this list gave", ErrInvalid, clip(s, 40))
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, bad
	}
	var c cursor
	if err := json.Unmarshal(b, &c); err != nil || c.List != l.name() || len(c.Order) != len(l.Order) {
		return nil, bad
	}
	if _, err := c.ID.Kind(); err != nil {
		return nil, bad
	}
	p := &Position{ID: c.ID}
	for i, text := range c.Order {
		v, err := l.orderValue(l.Order[i], text)
		if err != nil {
			return nil, bad
		}
		p.Order = append(p.Order, v)
	}
	return p, nil
}

func (l Level) orderValue(o Order, text string) (any, error) {
	if text == "" {
		return nil, nil
	}
	prop := Prop{Type: Float}
	if o.Prop != Score {
		prop, _ = l.prop(o.Prop)
	}
	var v any
	var err error
	switch prop.Type {
	case String:
		v, err = decode[string](text)
	case Int:
		v, err = decode[int64](text)
	case Float:
		v, err = decode[float64](text)
	case Bool:
		v, err = decode[bool](text)
	case Time:
		v, err = decode[time.Time](text)
	case Strings:
		err = ErrInvalid
	}
	if err != nil || !prop.Type.holds(v) {
		return nil, ErrInvalid
	}
	return v, nil
}

func decode[T any](text string) (T, error) {
	var v T
	err := json.Unmarshal([]byte(text), &v)
	return v, err
}

// name tells lists apart whose cursors must not be mixed up.
func (l Level) name() string {
	key := words(l.Kinds)
	for _, o := range l.Order {
		key = append(key, o.Prop, strconv.FormatBool(o.Desc))
	}
	return digest("list", key)[:8]
}

// comparable returns what Where and Facet may look at: a property, or the ID.
func (l Level) comparable(name string) (Prop, bool) {
	if name == IDProp {
		return Prop{Name: IDProp, Type: String, Required: true}, true
	}
	return l.prop(name)
}

// prop returns the property of that name as the first of the level's kinds that has it defines it.
func (l Level) prop(name string) (Prop, bool) {
	for _, k := range l.Kinds {
		if p, ok := k.Info().Prop(name); ok {
			return p, true
		}
	}
	return Prop{}, false
}
