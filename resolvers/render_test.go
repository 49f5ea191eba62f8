package resolvers

import (
	"encoding/json"
	"math"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/claimgraph/claimgraph/graph"
)

func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", "plain", "\"quoted\"", "back\\slash", "\x00\x1f\n\r\t\x7f", "ünï \u202e", "\xff\xfebroken\xc3", "😀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal(appendString(nil, s), &got); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		want := string([]rune(s)) // bytes that are no UTF-8 become U+FFFD, one by one
		if got != want || !utf8.Valid(appendString(nil, s)) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func FuzzAppendTime(f *testing.F) {
	f.Add(int64(0))
	f.Add(int64(1719822600125))
	f.Add(int64(-62167219200000))
	f.Fuzz(func(t *testing.T, ms int64) {
		at := time.UnixMilli(ms)
		if year := at.UTC().Year(); year < 0 || year > 9999 {
			t.Skip("beyond what the model holds")
		}
		if got, want := string(appendTime(nil, at)), `"`+at.UTC().Format(graph.TimeFormat)+`"`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func TestAppendValue(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		v    any
		want string
	}{
		{"a", `"a"`},
		{int64(-7), `-7`},
		{0.25, `0.25`},
		{1e-9, `1e-09`},
		{math.MaxFloat64, `1.7976931348623157e+308`},
		{0.0, `0`},
		{true, `true`},
		{[]string{"a", "b"}, `["a","b"]`},
		{nil, `null`},
	} {
		if diff := cmp.Diff(tt.want, string(appendValue(nil, tt.v))); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.v, diff)
		}
	}
}

func TestSlice(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to int
		want     string
		ok       bool
	}{
		{0, 0, "", true},
		{0, 2, "aß", true},
		{1, 3, "ß😀", true},
		{3, 3, "", true},
		{0, 3, "aß😀", true},
		{0, 4, "", false},
		{4, 4, "", false},
		{2, 1, "", false},
		{-1, 1, "", false},
		{3, 2, "", false},
		{-1, 3, "", false},
	} {
		if got, ok := slice("aß😀", tt.from, tt.to); ok != tt.ok || ok && got != tt.want {
			t.Errorf("%d to %d: got %q, %v, want %q, %v", tt.from, tt.to, got, ok, tt.want, tt.ok)
		}
	}
}
