package graph

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// TimeFormat writes times so that their order is that of the text: UTC, always with milliseconds. Years run from 0 to
// 9999.
const TimeFormat = "2006-01-02T15:04:05.000Z"

// holds reports whether v is a value of the type, in the form that Props demands.
func (t Type) holds(v any) bool {
	switch v := v.(type) {
	case string:
		return t == String && utf8.ValidString(v)
	case int64:
		return t == Int
	case float64:
		return t == Float && !math.IsNaN(v) && !math.IsInf(v, 0)
	case bool:
		return t == Bool
	case time.Time:
		return t == Time && v.Location() == time.UTC && v.Equal(v.Truncate(time.Millisecond)) &&
			v.Year() >= 0 && v.Year() <= 9999
	case []string:
		return t == Strings && len(v) > 0 && slices.IsSorted(v) && len(slices.Compact(slices.Clone(v))) == len(v) &&
			!slices.ContainsFunc(v, func(s string) bool { return !utf8.ValidString(s) })
	}
	return false
}

// Compare orders two values of one type: numbers and times by size, false before true, strings by their UTF-8 bytes,
// lists element by element. Values of different types are in the order of their types' names, and an absent one, nil,
// comes last.
func Compare(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok {
			return strings.Compare(a, b)
		}
	case int64:
		if b, ok := b.(int64); ok {
			return cmp.Compare(a, b)
		}
	case float64:
		if b, ok := b.(float64); ok {
			return cmp.Compare(a, b)
		}
	case bool:
		if b, ok := b.(bool); ok {
			return strings.Compare(strconv.FormatBool(a), strconv.FormatBool(b))
		}
	case time.Time:
		if b, ok := b.(time.Time); ok {
			return a.Compare(b)
		}
	case []string:
		if b, ok := b.([]string); ok {
			return slices.Compare(a, b)
		}
	}
	return strings.Compare(typeName(a), typeName(b))
}

func typeName(v any) string {
	switch v.(type) {
	case string:
		return "string"
	case int64:
		return "int"
	case float64:
		return "float"
	case bool:
		return "bool"
	case time.Time:
		return "time"
	case []string:
		return "strings"
	}
	return "none"
}

// FormatValue writes a value so that different values of one type differ.
func FormatValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.UTC().Format(TimeFormat)
	case []string:
		return strings.Join(v, "\x1f")
	}
	return ""
}
