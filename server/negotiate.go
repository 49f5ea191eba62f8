package server

import (
	"mime"
	"strconv"
	"strings"
)

// The media types of answers.
const (
	jsonMedia    = "application/json"
	graphqlMedia = "application/graphql-response+json"
	eventMedia   = "text/event-stream"
)

// negotiate returns the media type that an Accept header likes best; of those that it likes equally the one that it
// names first. A missing header, and a wildcard, mean JSON.
func negotiate(accept string) (string, bool) {
	if strings.TrimSpace(accept) == "" {
		return jsonMedia, true
	}
	best, quality := "", 0.0
	for part := range strings.SplitSeq(accept, ",") {
		media, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		switch media {
		case "*/*", "application/*":
			media = jsonMedia
		case jsonMedia, graphqlMedia, eventMedia:
		default:
			continue
		}
		q := 1.0
		if text, ok := parameters["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		if charset := strings.ToLower(parameters["charset"]); charset != "" && charset != "utf-8" {
			continue
		}
		if q > quality {
			best, quality = media, q
		}
	}
	return best, quality > 0
}
