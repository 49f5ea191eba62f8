package text

import "unicode/utf8"

// Points converts byte offsets into offsets of code points and of UTF-16 units. The zero value is not useful.
type Points struct {
	source string
	marks  []mark // one every stride bytes; none if the source is all ASCII
}

// A mark says how many code points and UTF-16 units stand before it.
type mark struct{ point, unit int }

const stride = 64

// NewPoints prepares the conversion of offsets into source, in time linear in its length.
func NewPoints(source string) *Points {
	p := &Points{source: source}
	if isASCII(source) {
		return p
	}
	p.marks = make([]mark, 0, len(source)/stride+1)
	var m mark
	for i := 0; i < len(source); i++ {
		if i%stride == 0 {
			p.marks = append(p.marks, m)
		}
		m.count(source[i])
	}
	p.marks = append(p.marks, m)
	return p
}

// count moves m over one byte: every byte that begins a code point counts, four-byte ones as two UTF-16 units.
func (m *mark) count(b byte) {
	if !utf8.RuneStart(b) {
		return
	}
	m.point++
	m.unit++
	if b >= 0xF0 {
		m.unit++
	}
}

// CodePoint returns how many code points stand before a byte offset. It takes constant time.
func (p *Points) CodePoint(offset int) int { return p.before(offset).point }

// UTF16 returns how many UTF-16 units stand before a byte offset. It takes constant time.
func (p *Points) UTF16(offset int) int { return p.before(offset).unit }

func (p *Points) before(offset int) mark {
	if p.marks == nil {
		return mark{offset, offset}
	}
	start := min(offset/stride, (len(p.source)-1)/stride)
	m := p.marks[start]
	for i := start * stride; i < offset; i++ {
		m.count(p.source[i])
	}
	return m
}
