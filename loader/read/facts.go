package read

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// facts are what a page declares of itself, each list with the most trusted value first.
type facts struct {
	titles, authors, outlets, urls, languages []string
	published                                 date
}

// Where pages declare facts, in order of trust. Names are those of meta elements, in lower case; schema.org's article
// comes before all of them.
var (
	titleNames  = []string{"citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title"}
	authorNames = []string{"citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"}
	outletNames = []string{
		"og:site_name", "citation_journal_title", "citation_publisher", "dc.publisher", "dcterms.publisher",
		"publisher", "application-name",
	}
	dateNames = []string{
		"article:published_time", "og:published_time", "citation_publication_date", "citation_online_date",
		"citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
		"datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publication_date", "date",
	}
	languageNames = []string{"og:locale", "content-language", "dc.language"}
)

// collectFacts reads the declarations of a page; base resolves a relative canonical URL.
func collectFacts(root *html.Node, base *url.URL) facts {
	var d declarations
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			d.add(n)
		}
	}
	return d.facts(base)
}

// declarations are what the page says, by where it says it.
type declarations struct {
	meta      map[string][]string
	canonical string
	language  string
	times     []string // publication times of time elements
	article   article
}

func (d *declarations) add(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		d.language = attribute(n, "lang")
	case atom.Meta:
		d.addMeta(n)
	case atom.Link:
		if strings.EqualFold(attribute(n, "rel"), "canonical") && d.canonical == "" {
			d.canonical = attribute(n, "href")
		}
	case atom.Time:
		if attribute(n, "itemprop") == "datePublished" || hasAttribute(n, "pubdate") {
			d.times = append(d.times, attribute(n, "datetime"))
		}
	case atom.Script:
		if isJSONLD(n) {
			d.article.merge(findArticle(n.FirstChild.Data))
		}
	}
}

func (d *declarations) addMeta(n *html.Node) {
	content := strings.Join(strings.Fields(attribute(n, "content")), " ")
	if content == "" {
		return
	}
	if d.meta == nil {
		d.meta = map[string][]string{}
	}
	for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
		if name := strings.ToLower(attribute(n, key)); name != "" {
			d.meta[name] = append(d.meta[name], content)
		}
	}
}

func (d *declarations) facts(base *url.URL) facts {
	f := facts{
		titles:    nonEmpty(d.article.headline, d.first(titleNames)),
		authors:   nonEmpty(d.article.authors, d.authors()),
		outlets:   nonEmpty(d.article.publisher, strings.TrimPrefix(d.first(outletNames), "@")),
		urls:      nonEmpty(webURL(d.canonical, base), webURL(d.first([]string{"og:url"}), base), webURL(d.article.url, base)),
		languages: nonEmpty(languageTag(d.language), languageTag(d.first(languageNames)), languageTag(d.article.language)),
	}
	for _, written := range slices.Concat([]string{d.article.published}, d.all(dateNames), d.times) {
		if found, ok := parseDate(written); ok {
			f.published = found
			break
		}
	}
	return f
}

// first is the first value under the first of names that has one.
func (d *declarations) first(names []string) string {
	if all := d.all(names); len(all) > 0 {
		return all[0]
	}
	return ""
}

func (d *declarations) all(names []string) []string {
	var values []string
	for _, name := range names {
		values = append(values, d.meta[name]...)
	}
	return values
}

// authors joins the authors under the first name that has any; some pages give an address instead.
func (d *declarations) authors() string {
	for _, name := range authorNames {
		names := slices.DeleteFunc(slices.Clone(d.meta[name]), func(v string) bool { return strings.Contains(v, "://") })
		if len(names) > 0 {
			return strings.Join(names, ", ")
		}
	}
	return ""
}

func nonEmpty(values ...string) []string {
	return slices.DeleteFunc(values, func(v string) bool { return v == "" })
}

func hasAttribute(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// An article is what schema.org's Article says in JSON-LD, each "" if it does not.
type article struct {
	headline, authors, publisher, published, url, language string
}

// merge takes from other what is not known yet.
func (a *article) merge(other article) {
	for _, field := range []struct{ to, from *string }{
		{&a.headline, &other.headline},
		{&a.authors, &other.authors},
		{&a.publisher, &other.publisher},
		{&a.published, &other.published},
		{&a.url, &other.url},
		{&a.language, &other.language},
	} {
		if *field.to == "" {
			*field.to = *field.from
		}
	}
}

// findArticle reads the first article in a JSON-LD block. Broken JSON declares nothing.
func findArticle(source string) article {
	var value any
	if err := json.Unmarshal([]byte(source), &value); err != nil {
		return article{}
	}
	object := articleIn(value)
	if object == nil {
		return article{}
	}
	return article{
		headline:  text(object["headline"]),
		authors:   names(object["author"]),
		publisher: names(object["publisher"]),
		published: text(object["datePublished"]),
		url:       text(object["url"]),
		language:  text(object["inLanguage"]),
	}
}

// articleIn searches a block's objects: alone, in a list, or in an @graph.
func articleIn(value any) map[string]any {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			if found := articleIn(item); found != nil {
				return found
			}
		}
	case map[string]any:
		if isArticleType(v["@type"]) {
			return v
		}
		return articleIn(v["@graph"])
	}
	return nil
}

// isArticleType reports whether a schema.org type, or one of several, is a kind of article.
func isArticleType(value any) bool {
	switch v := value.(type) {
	case string:
		return strings.HasSuffix(v, "Article") || v == "BlogPosting" || v == "Report" || v == "LiveBlogPosting"
	case []any:
		return slices.ContainsFunc(v, isArticleType)
	}
	return false
}

// names are the names of a person or organisation, or of several.
func names(value any) string {
	switch v := value.(type) {
	case string:
		if strings.Contains(v, "://") {
			return ""
		}
		return text(v)
	case map[string]any:
		return text(v["name"])
	case []any:
		var all []string
		for _, item := range v {
			all = append(all, nonEmpty(names(item))...)
		}
		return strings.Join(all, ", ")
	}
	return ""
}

// text is value if it is a string, with entities resolved and white space collapsed.
func text(value any) string {
	s, _ := value.(string)
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}
