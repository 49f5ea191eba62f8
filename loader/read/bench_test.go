package read

import (
	"strings"
	"testing"
)

// longArticle is about 850 words.
var longArticle = "Envoys agree on quays\n\nBy Anna Roe\n\nCoast Courier | 3 July 2024\n\n" +
	strings.Repeat(body+"\n\n", 7) + "Related Articles\n\nFerry strike enters second week\n\n© 2024 Coast Courier"

func BenchmarkParseText(b *testing.B) {
	b.SetBytes(int64(len(longArticle)))
	data := []byte(longArticle)
	for b.Loop() {
		if _, err := Parse(data, Hints{Path: "article.txt"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFindFurniture(b *testing.B) {
	blocks, err := splitBlocks(longArticle)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(longArticle)))
	for b.Loop() {
		findFurniture(longArticle, blocks, nil)
	}
}

func BenchmarkDetectLanguage(b *testing.B) {
	for b.Loop() {
		detectLanguage(longArticle)
	}
}

func BenchmarkParseHTML(b *testing.B) {
	data := []byte("<html><body><article><p>" + strings.ReplaceAll(longArticle, "\n\n", "</p><p>") + "</p></article></body></html>")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Parse(data, Hints{Path: "article.html"}); err != nil {
			b.Fatal(err)
		}
	}
}
