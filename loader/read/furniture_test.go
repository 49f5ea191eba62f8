package read

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// body is the article of the cases: their furniture stands around it.
const body = `Envoys of the two coasts met in Port Sorrel on Monday and agreed to reopen three of the five quays before winter, a person close to the talks said, after a summer in which hardly a ship had called.

"We were promised this money in spring," said Anna Vell, who speaks for the pilots. "Nobody has paid us."

The harbour ministry denied that any promise had been made. It said the quays would stay shut until the dredging is done and the channel has been surveyed by the northern hydrographic office.

Traders in the old town expect prices to fall by a tenth once the ferries run again, according to the chamber of commerce.`

// The cases hold furniture between "«" and "»", which are taken out before the text is read.
var furnitureCases = []struct{ name, text string }{
	{"plain article", body},
	{"editing control", "«Edit Post»\n\n" + body},
	{"skip link and breadcrumb", "«Skip to main content»\n«Home > Coast > Harbours»\n\n" + body},
	{"reading time and buttons", "«4 min read»\n«Share on Facebook»\n«Facebook Twitter WhatsApp Email»\n\n" + body},
	{"button column", body + "\n\n«Facebook»\n«Twitter»\n«Telegram»"},
	{"one network is a heading", body + "\n\nTelegram\n\nThe messenger's owners said on Friday that they had closed the channel in which the strike was planned, and would say more next week."},
	{"advertisement in the middle", strings.Replace(body, "\n\nThe harbour", "\n\n«ADVERTISEMENT»\n\nThe harbour", 1)},
	{"continue below", strings.Replace(body, "\n\nThe harbour", "\n\n«Story continues below advertisement»\n\nThe harbour", 1)},
	{"pointer in the middle", strings.Replace(body, "\n\nThe harbour", "\n\n«Read more: Ferry company cuts its night service»\n\nThe harbour", 1)},
	{"pointer with a bar", strings.Replace(body, "\n\nThe harbour", "\n\n«ALSO READ | Who owns the northern quay?»\n\nThe harbour", 1)},
	{"newsletter", body + "\n\n«Sign up for our newsletter and get the week's harbour news in your inbox.»"},
	{"cookies", "«We use cookies to improve this site. By clicking Accept you agree to our policy.»\n«Accept all cookies»\n\n" + body},
	{"copyright", body + "\n\n«© 2024 Coast Courier. All rights reserved.»"},
	{"copyright in letters", body + "\n\n«(c) 2024 Coast Courier»"},
	{"tags", body + "\n\n«Tags: harbour, pilots, dredging»"},
	{"photo credit", "«Photo: The northern quay in June. Anna Roe/Coast Images»\n\n" + body},
	{"caption with credit", "«Fishing boats lie idle in Port Sorrel on Sunday. (Photo by Anna Roe for Coast Images)»\n\n" + body},
	{"caption with agency", "«The customs house after the storm. [Anna Roe/Coast Images]»\n\n" + body},
	{"citation is no credit", strings.Replace(body, "ship had called.", "ship had called (Reuters, July 2024; Harbour Ministry).", 1)},
	{"single citation line", body + "\n\nThe chamber counted nine ships in June (Coast Images Agency, June 2024)."},
	{"comments", body + "\n\n«12 comments»\n\n«gull77: About time too.»\n\n«He should resign, the whole ministry should go and never come back to this coast.»"},
	{"comments by heading", body + "\n\n«Leave a reply»\n\n«Name»\n«Website»"},
	{
		"headlines at the end", body + "\n\n«Related Stories»\n\n«Ferry strike enters second week»\n\n«Lighthouse to be automated by spring»\n\n«Mayor loses vote on quay fees»",
	},
	{
		"summaries at the end", body + "\n\n«More on this topic»\n\n«A storm tore the roof off the fish market in Port Sorrel on Friday night. Nobody was hurt.»\n\n«The ferry company cuts its night service from October, which leaves the islands without a doctor after ten.»",
	},
	{
		"headlines with summaries at the end", body + "\n\n«You may also like»\n\n«Market roof torn off»\n«A storm hit the fish market in Port Sorrel on Friday night.»\n\n«Night ferry cut»\n«The islands will have no doctor after ten from October on.»",
	},
	{
		"box in the middle", strings.Replace(body, "\n\nThe harbour", "\n\n«Related Articles»\n\n«Ferry strike enters second week»\n«Lighthouse to be automated»\n\nThe harbour", 1),
	},
	{
		"empty box in the middle", strings.Replace(body, "\n\n\"We", "\n\n«Related Articles»\n\n\"We", 1),
	},
	{
		"box near the end", strings.Replace(body, "\n\nTraders", "\n\n«Related»\n\n«Ferry strike enters second week»\n«Lighthouse to be automated»\n\nTraders", 1),
	},
	{
		"box before speech", strings.Replace(body, "\n\nTraders in the old town", "\n\n«Related Articles»\n\nHe added that traders", 1),
	},
	{
		"summary list, then the page ends", body + "\n\n«Recommended»\n\n«A storm tore the roof off the fish market in Port Sorrel on Friday night.»\n«No more posts»\n\n«Share this story»\n\n«Sharing: Envoys agree on quays»",
	},
	{
		"two lists and a footer", body + "\n\n«Most read»\n«Ferry strike enters second week»\n«Lighthouse to be automated»\n\n«Latest news»\n«Mayor loses vote on quay fees»\n\n«About us»\n«Contact»\n«© Coast Courier»",
	},
	{"titles after the buttons", body + "\n\n«Share this article»\n\n«Envoys agree on quays»\n\n«Coast Courier»"},
	{"section headings stay", strings.Replace(body, "\n\nThe harbour", "\n\nA Ministry Without a Plan\n\nThe harbour", 1)},
	{"related in a sentence stays", body + "\n\nRelated articles of the treaty remain in force, the ministry said."},
	{"quoted question stays", body + "\n\n\"Subscribe to that?\" she asked. \"Never.\""},
	{"hard-wrapped text", strings.Replace(body, "The harbour ministry denied that any promise had been made. It said the quays would stay shut until the dredging is done and the channel",
		"The harbour ministry denied that any promise had been made. It said\nthe quays would stay shut until the dredging is done and the channel\nwas clear of the wreck that blocks it, in the view of all who were to\nshare on that day what they had seen, and the approach to the channel", 1)},
	{"social prompt of an author", body + "\n\n«Follow Anna Roe on Twitter @annaroe.»"},
	{"appeal", body + "\n\n«Support our journalism with a small gift today.»"},
	{"invisible characters around", "«Advertisement»\n\n\u200b«Share»\u200e\n\n" + body},
	{"Windows line ends", strings.ReplaceAll("«Edit Post»\n\n"+body+"\n\n«Related Articles»\n\n«Lighthouse to be automated»", "\n", "\r\n")},
}

// unmark takes the marks out of a case and returns the furniture they enclosed.
func unmark(marked string) (text string, furniture []string) {
	for rest := marked; ; {
		before, after, ok := strings.Cut(rest, "«")
		text += before
		if !ok {
			return text, furniture
		}
		inside, after, _ := strings.Cut(after, "»")
		text += inside
		furniture = append(furniture, inside)
		rest = after
	}
}

func TestFurniture(t *testing.T) {
	t.Parallel()
	for _, c := range furnitureCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text, want := unmark(c.text)
			doc, err := Parse([]byte(text), Hints{Path: "case.txt"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range doc.Skipped {
				got = append(got, doc.Text[s.Start:s.End])
				if s.Reason == "" {
					t.Errorf("no reason for %q", doc.Text[s.Start:s.End])
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("skipped (-want +got):\n%s", d)
			}
		})
	}
}

func TestFurnitureOfManyHeadingsIsLinear(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("Related Articles\n\nShare\n\n", 20_000) + body
	blocks, err := splitBlocks(text)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(findFurniture(text, blocks, nil)), 40_000; got != want {
		t.Errorf("%d blocks skipped, want %d", got, want)
	}
}
