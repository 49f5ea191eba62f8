package article

import (
	"fmt"
	"html/template"
	"strings"
	"unicode"
)

// shown returns text as HTML in which nothing hides: control characters, those that turn the direction of writing, and
// those without width are written inside an element that names them. The text content stays as it was, but for U+0000,
// which HTML cannot hold.
func shown(text string) template.HTML {
	var b strings.Builder
	var last rune // the last code point that is no tag
	for _, r := range text {
		name := hidden(r, last)
		if !isTag(r) {
			last = r
		}
		switch {
		case name != "":
			fmt.Fprintf(&b, `<span class="%s" data-n="%s" title="U+%04X">%s</span>`, controlClass(r), name, r, escaped(r))
		default:
			b.WriteString(escaped(r))
		}
	}
	return template.HTML(b.String()) //nolint:gosec // every code point is escaped
}

// plain returns text for attributes and titles: nothing in it hides or turns the direction.
func plain(text string) string {
	last := rune(0)
	return strings.Map(func(r rune) rune {
		hides := hidden(r, last) != ""
		if !isTag(r) {
			last = r
		}
		if hides {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// escaped returns a code point as a browser reads it back. A browser turns U+000D into U+000A, and U+0000 into nothing,
// where they stand for themselves.
func escaped(r rune) string {
	switch r {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&#34;"
	case '\'':
		return "&#39;"
	case '\r':
		return "&#13;"
	case 0:
		return string(unicode.ReplacementChar)
	}
	return string(r)
}

// controls are the code points that hide, by the names that Unicode abbreviates them to. The joiners U+200C and U+200D
// are not among them: they shape letters and emoji, and readers see that.
var controls = map[rune]string{
	0x00AD: "SHY", 0x034F: "CGJ", 0x061C: "ALM", 0x115F: "HCF", 0x1160: "HJF", 0x180E: "MVS", 0x200B: "ZWSP",
	0x200E: "LRM", 0x200F: "RLM", 0x2028: "LSEP", 0x2029: "PSEP", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF",
	0x202D: "LRO", 0x202E: "RLO", 0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
	0x3164: "HF", 0xFEFF: "ZWNBSP",
}

// hidden returns a name for a code point that readers would not see, "" for any other. Tags are seen where they make a
// flag.
func hidden(r, last rune) string {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ""
	case isTag(r) && last == 0x1F3F4:
		return ""
	case controls[r] != "":
		return controls[r]
	case unicode.IsControl(r), isTag(r), r >= 0x2061 && r <= 0x206F, r >= 0xFFF9 && r <= 0xFFFB:
		return fmt.Sprintf("%04X", r)
	}
	return ""
}

func isTag(r rune) bool { return r >= 0xE0000 && r <= 0xE007F }

// controlClass tells the marks that only nudge the direction, which keep their effect, from the others, which would turn
// what stands around them.
func controlClass(r rune) string {
	switch r {
	case 0x200E, 0x200F, 0x061C:
		return "ctl mild"
	}
	return "ctl"
}
