// Package web owns what people see in a browser: the start page with its examples, and GraphiQL. They are embedded, so
// that serving them needs neither a network nor Node.
package web

import "embed"

// Files are index.html (a template over server.Page), static, examples, and dist: GraphiQL, compressed, as the script
// build writes it.
//
//go:embed index.html static examples dist
var Files embed.FS
