package read

// What the parts of a page that are not the article say of themselves. All phrases are folded (see fold).

// The reasons that Skipped gives.
const (
	reasonHeader     = "header"
	reasonByline     = "byline"
	reasonDateline   = "publication line"
	reasonControl    = "page control"
	reasonShare      = "sharing buttons"
	reasonNewsletter = "newsletter prompt"
	reasonSocial     = "social media prompt"
	reasonSupport    = "appeal to readers"
	reasonPointer    = "pointer to another story"
	reasonRelated    = "heading of other stories"
	reasonTeaser     = "teaser of another story"
	reasonAd         = "advertisement"
	reasonPhoto      = "photo credit"
	reasonCookies    = "cookie notice"
	reasonCopyright  = "copyright line"
	reasonTags       = "list of tags"
	reasonComments   = "comments"
	reasonFooter     = "page footer"
)

// wholeLines are lines that consist of nothing else.
var wholeLines = map[string]string{
	"edit": reasonControl, "edit content": reasonControl, "edit post": reasonControl, "edit page": reasonControl,
	"edit article": reasonControl, "edit this": reasonControl, "menu": reasonControl, "main menu": reasonControl,
	"search": reasonControl, "close": reasonControl, "close menu": reasonControl, "toggle navigation": reasonControl,
	"sign in": reasonControl, "log in": reasonControl, "login": reasonControl, "register": reasonControl,
	"my account": reasonControl, "back to top": reasonControl, "go to top": reasonControl, "scroll to top": reasonControl,
	"loading": reasonControl, "load more": reasonControl, "show more": reasonControl, "view more": reasonControl,
	"see more": reasonControl, "show less": reasonControl, "no more articles": reasonControl,
	"no more posts": reasonControl, "no more stories": reasonControl, "end of article": reasonControl,
	"next": reasonControl, "previous": reasonControl, "next article": reasonControl, "previous article": reasonControl,
	"next post": reasonControl, "previous post": reasonControl, "next story": reasonControl,
	"previous story": reasonControl, "previous next": reasonControl, "view all": reasonControl, "see all": reasonControl,
	"print": reasonControl, "print this article": reasonControl, "print this page": reasonControl,
	"font size": reasonControl, "play video": reasonControl, "play audio": reasonControl, "hide caption": reasonControl,
	"toggle caption": reasonControl, "enlarge this image": reasonControl, "view gallery": reasonControl,
	"open in app": reasonControl, "table of contents": reasonControl, "home": reasonControl,

	"share": reasonShare, "share this": reasonShare, "share article": reasonShare, "share the article": reasonShare,
	"share this article": reasonShare, "share story": reasonShare, "share this story": reasonShare,
	"share this post": reasonShare, "share this page": reasonShare, "share the story": reasonShare,
	"share via": reasonShare, "share with friends": reasonShare, "tweet": reasonShare, "retweet": reasonShare,
	"whatsapp": reasonShare, "pinterest": reasonShare, "copy link": reasonShare, "copy url": reasonShare,
	"link copied": reasonShare, "share link": reasonShare, "email this": reasonShare, "send by email": reasonShare,

	"advertisement": reasonAd, "advertisements": reasonAd, "advertising": reasonAd, "advert": reasonAd, "ad": reasonAd,
	"ads": reasonAd, "sponsored": reasonAd, "sponsored content": reasonAd, "promoted": reasonAd,
	"promoted content": reasonAd, "paid content": reasonAd, "paid for by": reasonAd, "partner content": reasonAd,
	"remove ads": reasonAd, "ad feedback": reasonAd, "skip advertisement": reasonAd, "skip ad": reasonAd,

	"newsletter": reasonNewsletter, "newsletters": reasonNewsletter, "subscribe": reasonNewsletter,
	"sign up": reasonNewsletter, "subscribe now": reasonNewsletter, "enter your email": reasonNewsletter,
	"email address": reasonNewsletter, "your email address": reasonNewsletter, "get the newsletter": reasonNewsletter,
	"follow us": reasonSocial, "follow": reasonSocial, "connect with us": reasonSocial, "stay connected": reasonSocial,
	"stay in touch": reasonSocial, "get in touch": reasonSocial,
	"donate": reasonSupport, "donate now": reasonSupport, "support us": reasonSupport, "become a member": reasonSupport,

	"accept": reasonCookies, "accept all": reasonCookies, "reject all": reasonCookies, "accept cookies": reasonCookies,
	"accept all cookies": reasonCookies, "cookie settings": reasonCookies, "manage preferences": reasonCookies,
	"manage cookies": reasonCookies, "privacy settings": reasonCookies, "i agree": reasonCookies,
	"privacy policy": reasonFooter, "terms of use": reasonFooter, "terms of service": reasonFooter,
	"terms and conditions": reasonFooter, "cookie policy": reasonFooter, "contact us": reasonFooter,
	"about us": reasonFooter, "advertise with us": reasonFooter, "site map": reasonFooter, "sitemap": reasonFooter,
	"all rights reserved": reasonCopyright,
	"file photo":          reasonPhoto, "file image": reasonPhoto, "photo": reasonPhoto, "getty images": reasonPhoto,
}

// relatedHeadings are lines that open a list of other stories.
var relatedHeadings = []string{
	"related", "related articles", "related article", "related stories", "related story", "related news", "related posts",
	"related content", "related coverage", "related topics", "related reading", "related links", "related reports",
	"more on this story", "more on this topic", "more on this", "more stories", "more articles", "more news",
	"more from us", "more to read", "more like this", "similar articles", "similar stories", "similar posts",
	"you may also like", "you might also like", "you might also be interested in", "you may be interested in",
	"you might be interested in", "you may also be interested in", "you may have missed", "in case you missed it",
	"recommended", "recommended for you", "recommended stories", "recommended articles", "recommended reading",
	"most read", "most popular", "most viewed", "most shared", "popular stories", "popular articles", "popular posts",
	"popular now", "trending", "trending now", "trending stories", "top stories", "latest stories", "latest news",
	"latest articles", "latest posts", "recent posts", "recent articles", "recent news", "other news", "other stories",
	"other articles", "in other news", "editor's picks", "editors' picks", "editor's choice", "don't miss",
	"must read", "must reads", "read next", "what to read next", "up next", "also read", "read also", "see also",
	"read more", "also in this section", "from our partners", "from around the web", "around the web",
	"sponsored stories", "promoted stories", "keep reading", "further reading", "continue exploring",
}

// commentHeadings are lines that open what readers wrote; everything after them is theirs.
var commentHeadings = []string{
	"comments", "reader comments", "readers' comments", "leave a comment", "leave a reply", "leave your comment",
	"post a comment", "add a comment", "add your comment", "write a comment", "join the conversation",
	"join the discussion", "view comments", "show comments", "load comments", "view all comments", "comment section",
	"comments are closed", "comments closed", "no comments", "no comments yet", "be the first to comment",
}

// labels open a line that goes on, after a colon, bar, dash or arrow, with something that is not the article's text.
var labels = []struct{ label, reason string }{
	{"read more", reasonPointer},
	{"also read", reasonPointer},
	{"read also", reasonPointer},
	{"see also", reasonPointer},
	{"read next", reasonPointer},
	{"related", reasonPointer},
	{"related article", reasonPointer},
	{"related articles", reasonPointer},
	{"related story", reasonPointer},
	{"related stories", reasonPointer},
	{"more on this", reasonPointer},
	{"more on this story", reasonPointer},
	{"must read", reasonPointer},
	{"don't miss", reasonPointer},
	{"recommended", reasonPointer},
	{"up next", reasonPointer},
	{"further reading", reasonPointer},
	{"in pictures", reasonPointer},
	{"keep reading", reasonPointer},
	{"continue reading", reasonPointer},
	{"you may also like", reasonPointer},
	{"in case you missed it", reasonPointer},
	{"photo", reasonPhoto},
	{"photos", reasonPhoto},
	{"photo credit", reasonPhoto},
	{"photo by", reasonPhoto},
	{"image", reasonPhoto},
	{"images", reasonPhoto},
	{"image credit", reasonPhoto},
	{"image source", reasonPhoto},
	{"picture", reasonPhoto},
	{"picture credit", reasonPhoto},
	{"credit", reasonPhoto},
	{"file photo", reasonPhoto},
	{"photograph", reasonPhoto},
	{"photo caption", reasonPhoto},
	{"caption", reasonPhoto},
	{"tags", reasonTags},
	{"tag", reasonTags},
	{"tagged", reasonTags},
	{"topics", reasonTags},
	{"keywords", reasonTags},
	{"filed under", reasonTags},
	{"categories", reasonTags},
	{"category", reasonTags},
	{"posted in", reasonTags},
	{"share", reasonShare},
	{"sharing", reasonShare},
	{"share this", reasonShare},
	{"share this article", reasonShare},
	{"share the article", reasonShare},
	{"share on", reasonShare},
	{"share via", reasonShare},
	{"follow us", reasonSocial},
	{"follow us on", reasonSocial},
	{"advertisement", reasonAd},
	{"sponsored", reasonAd},
	{"promoted", reasonAd},
}

// An opening recognises a line by how it begins and, where that alone says too little, by a word that must follow.
type opening struct {
	start  string
	needs  []string // at least one of these; none: the start is enough
	words  int      // at most so many words in the line
	reason string
}

var openings = []opening{
	{"sign up", []string{"newsletter", "inbox", "email", "e-mail", "updates", "alerts", "briefing", "for free"}, 60, reasonNewsletter},
	{"subscribe to", nil, 45, reasonNewsletter},
	{"subscribe now", nil, 45, reasonNewsletter},
	{"subscribe for", nil, 45, reasonNewsletter},
	{"get ", []string{"newsletter", "inbox", "our app", "news alerts", "email alerts"}, 45, reasonNewsletter},
	{"receive ", []string{"newsletter", "inbox"}, 45, reasonNewsletter},
	{"want more", []string{"newsletter", "sign up", "subscribe"}, 45, reasonNewsletter},
	{"never miss", []string{"newsletter", "sign up", "subscribe", "story", "update"}, 45, reasonNewsletter},
	{"stay informed", nil, 30, reasonNewsletter},
	{"stay up to date", nil, 30, reasonNewsletter},
	{"enter your email", nil, 45, reasonNewsletter},
	{"join our", []string{"newsletter", "mailing list", "channel", "telegram", "whatsapp", "community"}, 45, reasonNewsletter},
	{"by signing up", nil, 60, reasonNewsletter},
	{"by subscribing", nil, 60, reasonNewsletter},
	{"by providing your email", nil, 60, reasonNewsletter},
	{"thank you for subscribing", nil, 30, reasonNewsletter},
	{"thanks for signing up", nil, 30, reasonNewsletter},
	{"you can unsubscribe", nil, 40, reasonNewsletter},

	{"we use cookies", nil, 120, reasonCookies},
	{"we value your privacy", nil, 120, reasonCookies},
	{"we and our partners", []string{"cookie", "data", "store"}, 120, reasonCookies},
	{"this site uses cookies", nil, 120, reasonCookies},
	{"this website uses cookies", nil, 120, reasonCookies},
	{"our website uses cookies", nil, 120, reasonCookies},
	{"our site uses cookies", nil, 120, reasonCookies},
	{"by continuing to use", []string{"site", "cookies"}, 120, reasonCookies},
	{"by continuing to browse", nil, 120, reasonCookies},
	{"by clicking", []string{"cookie", "you agree", "consent"}, 120, reasonCookies},

	{"follow us on", nil, 20, reasonSocial},
	{"follow ", []string{"on twitter", "on facebook", "on instagram", "on telegram", "on x", "on bluesky", "@"}, 15, reasonSocial},
	{"like us on", nil, 15, reasonSocial},
	{"find us on", nil, 15, reasonSocial},
	{"join us on", nil, 15, reasonSocial},
	{"watch us on", nil, 15, reasonSocial},
	{"click to share", nil, 15, reasonShare},
	{"click to email", nil, 15, reasonShare},
	{"share on ", nil, 8, reasonShare},
	{"share to ", nil, 8, reasonShare},
	{"share via ", nil, 8, reasonShare},
	{"share this", []string{"facebook", "twitter", "on x", "whatsapp", "email", "with", "article", "story"}, 12, reasonShare},

	{"story continues below", nil, 10, reasonAd},
	{"article continues", []string{"below", "after"}, 10, reasonAd},
	{"continue reading below", nil, 10, reasonAd},
	{"scroll to continue", nil, 12, reasonAd},
	{"advertisement scroll to", nil, 12, reasonAd},
	{"this advertisement has not", nil, 15, reasonAd},
	{"report this ad", nil, 6, reasonAd},

	{"skip to", []string{"content", "main", "navigation", "footer", "search"}, 8, reasonControl},
	{"click here to", nil, 20, reasonControl},
	{"click here for", nil, 20, reasonControl},
	{"tap here", nil, 20, reasonControl},
	{"listen to this", []string{"article", "story"}, 15, reasonControl},
	{"listen to article", nil, 12, reasonControl},
	{"please enable javascript", nil, 40, reasonControl},
	{"javascript is", []string{"disabled", "required"}, 40, reasonControl},
	{"your browser does not support", nil, 40, reasonControl},
	{"this video is not available", nil, 20, reasonControl},
	{"download our", []string{"app"}, 20, reasonControl},
	{"download the", []string{" app"}, 12, reasonControl},
	{"estimated reading time", nil, 8, reasonControl},
	{"reading time", []string{"min"}, 8, reasonControl},

	{"support our", []string{"journalism", "work", "reporting", "newsroom"}, 45, reasonSupport},
	{"support independent journalism", nil, 45, reasonSupport},
	{"become a member", nil, 30, reasonSupport},
	{"become a subscriber", nil, 30, reasonSupport},
	{"make a donation", nil, 30, reasonSupport},

	{"read the rest here", nil, 4, reasonPointer},
	{"read the full story", nil, 12, reasonPointer},
	{"read the full article", nil, 12, reasonPointer},
	{"read more about", nil, 14, reasonPointer},
	{"read more here", nil, 6, reasonPointer},
	{"read more on", nil, 14, reasonPointer},
	{"read more from", nil, 10, reasonPointer},

	{"©", nil, 60, reasonCopyright},
	{"copyright ©", nil, 60, reasonCopyright},
	{"copyright (c)", nil, 60, reasonCopyright},
	{"c) 20", nil, 30, reasonCopyright},
	{"copyright 20", nil, 60, reasonCopyright},
}

// networks are the words that rows of sharing buttons are made of.
var networks = map[string]bool{
	"facebook": true, "twitter": true, "x": true, "whatsapp": true, "telegram": true, "linkedin": true, "email": true,
	"e-mail": true, "mail": true, "print": true, "pinterest": true, "reddit": true, "instagram": true, "youtube": true,
	"tiktok": true, "messenger": true, "viber": true, "threads": true, "bluesky": true, "mastodon": true,
	"flipboard": true, "pocket": true, "sms": true, "rss": true, "tumblr": true, "skype": true, "signal": true,
	"share": true, "tweet": true, "copy": true, "link": true, "save": true, "bookmark": true, "url": true, "vk": true,
	"wechat": true, "line": true, "gmail": true, "like": true, "pin": true, "post": true,
}

// networkJoiners may stand between networks, but make no row of buttons by themselves.
var networkJoiners = map[string]bool{
	"on": true, "via": true, "by": true, "to": true, "this": true, "and": true, "or": true, "with": true, "article": true,
}

// resumptions are words that lead a sentence back to what the article has just said, as no teaser begins.
var resumptions = map[string]bool{
	"he": true, "she": true, "they": true, "his": true, "her": true, "their": true, "its": true, "but": true, "and": true,
	"however": true, "meanwhile": true, "moreover": true, "nevertheless": true, "nonetheless": true, "still": true,
	"yet": true, "also": true, "additionally": true, "furthermore": true, "similarly": true, "therefore": true,
	"instead": true, "earlier": true, "later": true, "separately": true, "asked": true, "we": true, "i": true,
	"those": true, "these": true, "that": true, "both": true,
}

// speechVerbs mark a report of speech; paragraphs of an article are full of them, summaries of other stories are not.
var speechVerbs = []string{
	" said", " says", " told ", " added", " according to ", " warned", " stressed", " insisted", " explained", " stated",
}
